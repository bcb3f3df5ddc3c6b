/* Dates: French display, typed text, months that never drift (WF-19). */
#include "base/sw-date.h"
#include "vectors.h"

static void
check_text (char *got, const char *expected)
{
  g_assert_cmpstr (got, ==, expected);
  g_free (got);
}

static void
test_format (void)
{
  check_text (sw_date_format ("2026-02-03"), "03/02/2026");
  check_text (sw_date_format ("2026-02-03 14:05:09.12+01"), "03/02/2026");
  check_text (sw_date_format ("2026-02-30"), "");
  check_text (sw_date_format ("2026-02-031"), "");
  check_text (sw_date_format (NULL), "");
  check_text (sw_date_format_long ("2026-08-01"), "1er août 2026");
  check_text (sw_date_format_long ("2026-02-03"), "3 février 2026");
  check_text (sw_date_format_instant ("2026-02-03 14:05:09.12+01"), "03/02/2026 14:05");
  check_text (sw_date_format_instant ("2026-02-03"), "03/02/2026");
  check_text (sw_date_format_month ("2026-12-31"), "décembre 2026");
}

static void
test_period (void)
{
  check_text (sw_date_format_period ("2026-02-01", "2026-02-28"), "février 2026");
  check_text (sw_date_format_period ("2026-01-01", "2026-03-31"), "1er trimestre 2026");
  check_text (sw_date_format_period ("2026-10-01", "2026-12-31"), "4e trimestre 2026");
  check_text (sw_date_format_period ("2026-01-01", "2026-12-31"), "année 2026");
  check_text (sw_date_format_period ("2026-02-01", "2026-04-30"), "du 01/02/2026 au 30/04/2026");
  check_text (sw_date_format_period ("2028-02-01", "2028-02-28"), "du 01/02/2028 au 28/02/2028");
  check_text (sw_date_format_period ("2026-02-01", NULL), "à partir du 01/02/2026");
}

static void
check_typed (const char *typed, const char *expected)
{
  g_autofree char *iso = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sw_date_parse (typed, "2026-11-22", &iso, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (iso, ==, expected);
}

static void
check_refused (const char *typed, SwDateError code)
{
  g_autofree char *iso = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sw_date_parse (typed, "2026-11-22", &iso, &error));
  g_assert_error (error, SW_DATE_ERROR, (int) code);
  g_assert_null (iso);
}

static void
test_parse (void)
{
  check_typed ("3/2/26", "2026-02-03");
  check_typed ("03022026", "2026-02-03");
  check_typed ("030226", "2026-02-03");
  check_typed ("03-02-2026", "2026-02-03");
  check_typed ("3.2.2026", "2026-02-03");
  check_typed ("2026-02-03", "2026-02-03");
  check_typed ("3 fév 2026", "2026-02-03");
  check_typed ("1er août 2026", "2026-08-01");
  check_typed ("3/2", "2026-02-03");
  check_typed ("12", "2026-11-12");
  check_typed ("31/12/1999", "1999-12-31");
  check_typed ("31/12/99", "1999-12-31");
  check_typed ("Demain", "2026-11-23");
  check_typed ("hier", "2026-11-21");
  check_typed ("aujourd’hui", "2026-11-22");
  check_typed ("+30", "2026-12-22");
  check_typed ("-22", "2026-10-31");
  check_typed ("", NULL);
  check_refused ("31/02/2026", SW_DATE_ERROR_NO_SUCH_DAY);
  check_refused ("29/02/2027", SW_DATE_ERROR_NO_SUCH_DAY);
  check_refused ("0/1/2026", SW_DATE_ERROR_NO_SUCH_DAY);
  check_refused ("3/2/026", SW_DATE_ERROR_NO_SUCH_DAY);
  check_refused ("bientôt", SW_DATE_ERROR_NOT_A_DATE);
  check_refused ("3/2/2026/1", SW_DATE_ERROR_NOT_A_DATE);
  check_refused ("3 jui 2026", SW_DATE_ERROR_NOT_A_DATE);
}

static void
test_round_trip (void)
{
  g_autofree char *day = g_strdup ("1999-12-01");

  for (int i = 0; i < 12000; i++)
    {
      char *next = sw_date_add_days (day, 1);
      g_autofree char *shown = sw_date_format (next);
      g_autofree char *named = sw_date_format_long (next);
      g_autofree char *back = NULL, *back_named = NULL;

      g_assert_cmpint (sw_date_days_between (day, next), ==, 1);
      g_assert_true (sw_date_parse (shown, day, &back, NULL));
      g_assert_cmpstr (back, ==, next);
      g_assert_true (sw_date_parse (named, day, &back_named, NULL));
      g_assert_cmpstr (back_named, ==, next);
      g_free (day);
      day = next;
    }
}

static void
test_anchors (void)
{
  JsonArray *cases = vectors ("echeances");

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      JsonObject *one = json_array_get_object_element (cases, i);
      const char *anchor = json_object_get_string_member (one, "date_effet");
      int months = (int) json_object_get_int_member (one, "periode_mois");
      JsonArray *expected = json_object_get_array_member (one, "echeances");

      for (guint n = 0; n < json_array_get_length (expected); n++)
        check_text (sw_date_add_months (anchor, months * (int) (n + 1)),
                    json_array_get_string_element (expected, n));
    }
}

/* A contract that ends on the last day of February ends on the last day of the next one; that is
 * the server's rule, so only the ordinary days are checked here. */
static void
test_months (void)
{
  check_text (sw_date_add_months ("2026-01-31", 1), "2026-02-28");
  check_text (sw_date_add_months ("2028-02-29", 12), "2029-02-28");
  check_text (sw_date_add_months ("2026-03-31", -1), "2026-02-28");
  check_text (sw_date_add_months ("2026-01-15", -13), "2024-12-15");
  check_text (sw_date_add_days ("2026-12-31", 1), "2027-01-01");
  g_assert_null (sw_date_add_days ("9999-12-31", 1));
  g_assert_null (sw_date_add_months ("rien", 1));
  g_assert_cmpint (sw_date_days_in_month (2028, 2), ==, 29);
  g_assert_cmpint (sw_date_days_between ("2026-03-01", "2026-02-01"), ==, -28);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/date/format", test_format);
  g_test_add_func ("/date/period", test_period);
  g_test_add_func ("/date/parse", test_parse);
  g_test_add_func ("/date/round-trip", test_round_trip);
  g_test_add_func ("/date/anchors", test_anchors);
  g_test_add_func ("/date/months", test_months);
  return g_test_run ();
}
