/* SwRecord from JSON. Rows of a result are tested with the lists. */
#include "model/sw-record.h"

static const char sample[]
    = "{\"id\": 12, \"name\": \"Boulangerie\", \"email\": null, \"active\": true, \"closed\": false,"
      " \"row_version\": 3, \"balance\": \"1240.50\", \"missing\": [\"signed_on\", \"reading:4\"],"
      " \"contacts\": [{\"id\": 7, \"email\": \"a@b.fr\"}, {\"email\": null}, 5],"
      " \"site\": {\"iban\": \"FR76\"}}";

static void
test_values (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) record = sw_record_new_from_text (sample, &error);
  g_autofree const char **names = NULL;

  g_assert_no_error (error);
  g_assert_true (sw_record_is_loaded (record));
  g_assert_cmpint (sw_record_get_id (record), ==, 12);
  g_assert_cmpstr (sw_record_get_text (record, "name"), ==, "Boulangerie");
  g_assert_null (sw_record_get_text (record, "email"));
  g_assert_true (sw_record_has (record, "email"));
  g_assert_false (sw_record_has (record, "nothing"));
  g_assert_cmpstr (sw_record_get_text (record, "active"), ==, "true");
  g_assert_true (sw_record_get_bool (record, "active"));
  g_assert_false (sw_record_get_bool (record, "closed"));
  g_assert_cmpstr (sw_record_get_text (record, "row_version"), ==, "3");
  g_assert_cmpint (sw_record_get_int (record, "row_version"), ==, 3);
  g_assert_cmpstr (sw_record_get_text (record, "balance"), ==, "1240.50");
  g_assert_null (sw_record_get_text (record, "contacts"));
  names = sw_record_get_names (record);
  g_assert_cmpstr (names[0], ==, "id");
  g_assert_cmpstr (names[1], ==, "name");
}

static void
test_nested (void)
{
  g_autoptr (SwRecord) record = sw_record_new_from_text (sample, NULL);
  GListModel *contacts = sw_record_get_rows (record, "contacts");
  g_autoptr (SwRecord) first = g_list_model_get_item (contacts, 0);
  const char *const *missing = sw_record_get_strv (record, "missing");

  g_assert_cmpuint (g_list_model_get_n_items (contacts), ==, 2);
  g_assert_true (contacts == sw_record_get_rows (record, "contacts"));
  g_assert_cmpint (sw_record_get_id (first), ==, 7);
  g_assert_cmpuint (g_list_model_get_n_items (sw_record_get_rows (record, "none")), ==, 0);
  g_assert_cmpstr (sw_record_get_text (sw_record_get_record (record, "site"), "iban"), ==, "FR76");
  g_assert_null (sw_record_get_record (record, "name"));
  g_assert_cmpuint (g_strv_length ((char **) missing), ==, 2);
  g_assert_cmpstr (missing[1], ==, "reading:4");
  g_assert_null (sw_record_get_strv (record, "none")[0]);
}

/* The segments of a customer: read as none, the next one ticked would replace them all. */
static void
test_numbers (void)
{
  g_autoptr (SwRecord) record
      = sw_record_new_from_text ("{\"id\": 1, \"segment_ids\": [8, 21]}", NULL);
  const char *const *ids = sw_record_get_strv (record, "segment_ids");

  g_assert_cmpuint (g_strv_length ((char **) ids), ==, 2);
  g_assert_cmpstr (ids[0], ==, "8");
  g_assert_cmpstr (ids[1], ==, "21");
}

/* A text[] column of a list arrives in PostgreSQL's own form. */
static void
test_array_text (void)
{
  g_autoptr (SwRecord) record
      = sw_record_new_from_text ("{\"a\": \"{one,\\\"t,wo\\\",\\\"q\\\\\\\"\\\"}\", \"b\": \"{}\"}", NULL);
  const char *const *strv = sw_record_get_strv (record, "a");

  g_assert_cmpuint (g_strv_length ((char **) strv), ==, 3);
  g_assert_cmpstr (strv[0], ==, "one");
  g_assert_cmpstr (strv[1], ==, "t,wo");
  g_assert_cmpstr (strv[2], ==, "q\"");
  g_assert_null (sw_record_get_strv (record, "b")[0]);
}

static void
count (GObject *record, gpointer user_data)
{
  ++*(guint *) user_data;
}

static void
test_loading (void)
{
  g_autoptr (SwRecord) record = sw_record_new (12);
  g_autoptr (SwRecord) other = sw_record_new_from_text (sample, NULL);
  g_autoptr (JsonObject) json = sw_record_to_json (other);
  guint changed = 0, loaded = 0;

  g_signal_connect (record, "changed", G_CALLBACK (count), &changed);
  g_signal_connect_swapped (record, "notify::loaded", G_CALLBACK (g_atomic_int_inc), &loaded);
  g_assert_false (sw_record_is_loaded (record));
  g_assert_null (sw_record_get_text (record, "name"));
  g_assert_cmpuint (g_list_model_get_n_items (sw_record_get_rows (record, "contacts")), ==, 0);
  sw_record_load_json (record, json);
  sw_record_load_json (record, json);
  g_assert_cmpuint (changed, ==, 2);
  g_assert_cmpuint (loaded, ==, 2 - 1);
  g_assert_cmpuint (g_list_model_get_n_items (sw_record_get_rows (record, "contacts")), ==, 2);
}

static void
test_to_json (void)
{
  g_autoptr (SwRecord) record = sw_record_new_from_text (sample, NULL);
  g_autoptr (JsonObject) json = sw_record_to_json (record);
  g_autoptr (JsonNode) expected = json_from_string (sample, NULL);
  g_autoptr (JsonNode) got = json_node_init_object (json_node_alloc (), json);

  g_assert_true (json_node_equal (expected, got));
}

static void
test_refused (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (sw_record_new_from_text ("[1]", &error));
  g_assert_nonnull (error);
  g_clear_error (&error);
  g_assert_null (sw_record_new_from_text ("{", &error));
  g_assert_nonnull (error);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/record/values", test_values);
  g_test_add_func ("/record/nested", test_nested);
  g_test_add_func ("/record/numbers", test_numbers);
  g_test_add_func ("/record/array-text", test_array_text);
  g_test_add_func ("/record/loading", test_loading);
  g_test_add_func ("/record/to-json", test_to_json);
  g_test_add_func ("/record/refused", test_refused);
  return g_test_run ();
}
