/* The product's own server, as a member of the office meets it: who we are, the three main lists
 * with every way to narrow them, and a record that does not exist. */
#include "product.h"
#include "model/sw-call.h"
#include "model/sw-record-list.h"
#include "model/sw-rule-messages.h"

static void
test_session (void)
{
  g_autoptr (SwSession) session = open_as ("adv");

  g_assert_cmpstr (sw_session_get_user_name (session), ==, "adv");
  g_assert_nonnull (sw_session_get_display_name (session));
  g_assert_nonnull (sw_session_get_role_label (session));
  g_assert_nonnull (sw_session_get_company_name (session));
  g_assert_nonnull (sw_session_get_today (session));
  g_assert_true (sw_session_has_role (session, "sw_adv"));
  g_assert_false (sw_session_has_role (session, "sw_admin"));
}

static void
test_wrong_password (void)
{
  g_autoptr (SwSession) session = sw_session_new ();
  g_autoptr (SwServer) server = sw_server_load_demonstration ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sw_session_open_async (session, server, "adv", "not this", NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  g_assert_false (sw_session_open_finish (session, result, &error));
  g_assert_error (error, SW_PG_ERROR, SW_PG_ERROR_AUTHENTICATION);
  g_assert_cmpstr (sw_session_get_last_error (session), ==,
                   "The user name or the password is wrong.");
}

static void
check_list (SwSession *session, const SwListQuery *query)
{
  g_autoptr (SwRecordList) list = sw_record_list_new (session, query);

  WAIT_FOR (!sw_record_list_is_loading (list));
  g_assert_cmpstr (sw_record_list_get_error (list), ==, NULL);
  g_assert_true (sw_record_list_is_complete (list));
}

/* Every relation the pages list has an id, a number to sort by, and a text to search. */
static void
test_lists (void)
{
  static const char *const relations[] = { "customer", "contract", "invoice" };
  static const char *const columns[] = { "number", "row_version", NULL };
  g_autoptr (SwSession) session = open_as ("adv");

  for (gsize i = 0; i < G_N_ELEMENTS (relations); i++)
    {
      g_autoptr (SwListQuery) query = sw_list_query_new (relations[i]);

      sw_list_query_set_columns (query, columns);
      sw_list_query_set_sort (query, "number", TRUE);
      check_list (session, query);
      sw_list_query_set_filter (query, "number", SW_FILTER_CONTAINS, columns);
      check_list (session, query);
      sw_list_query_set_filter (query, "number", SW_FILTER_NOT_NULL, NULL);
      sw_list_query_set_search (query, "Été 06 12 34 56 78");
      check_list (session, query);
    }
}

static void
test_unknown_record (void)
{
  static const char *const entities[] = { "customer", "contract", "invoice" };
  g_autoptr (SwSession) session = open_as ("adv");

  for (gsize i = 0; i < G_N_ELEMENTS (entities); i++)
    {
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      sw_call_read_record_async (session, entities[i], G_MAXINT64, NULL, wait_keep, &result);
      WAIT_FOR (result != NULL);
      g_assert_null (sw_call_read_record_finish (result, &error));
      g_assert_true (sw_pg_error_is (error, "SW002"));
    }
}

/* An error of the server arrives with the field it concerns. */
static void
test_field (void)
{
  g_autoptr (SwSession) session = open_as ("adv");
  g_autoptr (SwCall) call = sw_call_new ("customer_save");
  g_autoptr (JsonNode) record
      = json_from_string ("{\"legal_kind\": \"company\", \"legal_name\": \"Essai\","
                          " \"contacts\": [{\"last_name\": \"A\"}, {\"last_name\": \"B\","
                          " \"email\": \"not an address\"}]}", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  sw_call_add_json (call, NULL, record);
  sw_call_run_async (call, session, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  g_assert_cmpint (sw_call_run_finish_id (result, &error), ==, 0);
  g_assert_cmpstr (sw_rule_field (error), ==, "contacts[1].email");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/product/session", test_session);
  g_test_add_func ("/product/wrong-password", test_wrong_password);
  g_test_add_func ("/product/lists", test_lists);
  g_test_add_func ("/product/unknown-record", test_unknown_record);
  g_test_add_func ("/product/field", test_field);
  return g_test_run ();
}
