/* Every error becomes a sentence; the tables are sorted, or bsearch would miss lines. */
#include "model/sw-rule-messages.h"
#include "model/sw-session.h"

#include <string.h>

static void
check (GError *error, const char *expected)
{
  g_autofree char *message = sw_rule_message (error);

  g_assert_cmpstr (message, ==, expected);
  g_error_free (error);
}

static GError *
server (const char *sqlstate)
{
  return sw_pg_error_new (SW_PG_ERROR_SERVER, sqlstate, "internal words");
}

static void
test_codes (void)
{
  g_autofree const char **codes = sw_rule_codes ();
  guint n = 0;

  for (; codes[n] != NULL; n++)
    {
      GError *error = server (codes[n]);
      g_autofree char *message = sw_rule_message (error);

      /* Found: an unknown code shows the server's words. */
      g_assert_null (strstr (message, "internal words"));
      g_assert_cmpint (n > 0 ? strcmp (codes[n - 1], codes[n]) : -1, <, 0);
      g_error_free (error);
    }
  g_assert_cmpuint (n, >=, 15);
  g_assert_cmpstr (sw_rule_misplaced (), ==, NULL);
}

static void
test_messages (void)
{
  check (server ("28P01"), "The user name or the password is wrong.");
  check (server ("0A000"), "The server cannot do this.");
  check (server ("SW016"), "This cannot change once the contract has started.");
  check (server ("XX000"), "The server refused this. internal words (XX000)");
  check (sw_pg_error_new (SW_PG_ERROR_LOST, NULL, "x"),
         "The connection to the server was lost.");
  check (sw_pg_error_new (SW_PG_ERROR_LOST, "57P01", "x"), "The server is being stopped.");
  check (g_error_new_literal (SW_SESSION_ERROR, SW_SESSION_ERROR_NOT_SOFTWHERE, "x"),
         "This database does not hold Softwhere.");
  check (g_error_new_literal (G_IO_ERROR, G_IO_ERROR_NO_SPACE, "Disk full"), "Disk full");
}

static void
check_missing (const char *code, const char *expected)
{
  g_autofree char *sentence = sw_rule_missing (code);

  g_assert_cmpstr (sentence, ==, expected);
}

static void
test_missing (void)
{
  check_missing ("signed_on", "The contract is not signed");
  check_missing ("reading:12", "A meter reading is missing");
  check_missing ("not_due:2026-02-03", "Not before 03/02/2026");
  check_missing ("draft_invoice", "An invoice is still a draft");
  check_missing ("unpaid_invoice:4", "An invoice is not fully paid");
  check_missing ("from_the_future", "from_the_future");
}

static void
test_kinds (void)
{
  g_autoptr (GError) conflict = server ("SW001");
  g_autoptr (GError) lost = sw_pg_error_new (SW_PG_ERROR_LOST, NULL, "x");
  g_autoptr (GError) closed = sw_pg_error_new (SW_PG_ERROR_CLOSED, NULL, "x");
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");

  g_assert_true (sw_rule_is_conflict (conflict));
  g_assert_false (sw_rule_is_conflict (lost));
  g_assert_true (sw_rule_is_lost (lost));
  g_assert_true (sw_rule_is_lost (closed));
  g_assert_false (sw_rule_is_lost (conflict));
  g_assert_true (sw_rule_is_cancelled (cancelled));
  g_assert_null (sw_rule_field (conflict));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rule-messages/codes", test_codes);
  g_test_add_func ("/rule-messages/messages", test_messages);
  g_test_add_func ("/rule-messages/missing", test_missing);
  g_test_add_func ("/rule-messages/kinds", test_kinds);
  return g_test_run ();
}
