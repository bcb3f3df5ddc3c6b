/* Amounts: French display, typed text, exact arithmetic. */
#include "base/sw-money.h"

#define G SW_MONEY_GROUP_SPACE
#define U SW_MONEY_UNIT_SPACE

static void
check_text (char *got, const char *expected)
{
  g_assert_cmpstr (got, ==, expected);
  g_free (got);
}

static void
test_format (void)
{
  check_text (sw_money_format ("1240.50"), "1" G "240,50" U "€");
  check_text (sw_money_format ("1240.5"), "1" G "240,50" U "€");
  check_text (sw_money_format ("0"), "0,00" U "€");
  check_text (sw_money_format ("-0.01"), "-0,01" U "€");
  check_text (sw_money_format ("-1234567.891"), "-1" G "234" G "567,891" U "€");
  check_text (sw_money_format ("0.0035"), "0,0035" U "€");
  check_text (sw_money_format ("12.500000"), "12,50" U "€");
  check_text (sw_money_format ("999"), "999,00" U "€");
  check_text (sw_money_format (NULL), "");
  check_text (sw_money_format ("abc"), "");
  check_text (sw_money_format_number ("1234.567", 2), "1" G "234,57");
  check_text (sw_money_format_number ("1234.567", 0), "1" G "235");
  check_text (sw_money_format_number ("12.50", -1), "12,50");
  check_text (sw_money_format_significant ("3.500000", 2), "3,50");
  check_text (sw_money_format_significant ("0.0125", 2), "0,0125");
  check_text (sw_money_format_significant ("12", 2), "12,00");
  check_text (sw_money_format_significant ("1234.000", 0), "1" G "234");
  check_text (sw_money_format_significant (NULL, 2), "");
  check_text (sw_money_format_percent ("20.00"), "20" U "%");
  check_text (sw_money_format_percent ("5.50"), "5,5" U "%");
  check_text (sw_money_to_entry ("1240.50"), "1240,50");
}

static void
check_typed (const char *typed, const char *expected)
{
  g_autofree char *decimal = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (sw_money_parse (typed, 4, &decimal, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (decimal, ==, expected);
}

static void
check_refused (const char *typed, guint decimals, SwMoneyError code)
{
  g_autofree char *decimal = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (sw_money_parse (typed, decimals, &decimal, &error));
  g_assert_error (error, SW_MONEY_ERROR, (int) code);
  g_assert_null (decimal);
}

static void
test_parse (void)
{
  check_typed ("1240,5", "1240.5");
  check_typed (" 1 240,50 € ", "1240.5");
  check_typed ("1" G "240,50" U "€", "1240.5");
  check_typed ("1.240,50", "1240.5");
  check_typed ("1,240.50", "1240.5");
  check_typed ("1.240.500", "1240500");
  check_typed ("12,", "12");
  check_typed (",5", "0.5");
  check_typed ("-3", "-3");
  check_typed ("\u22123,20", "-3.2");
  check_typed ("+7", "7");
  check_typed ("00012", "12");
  check_typed ("20 %", "20");
  check_typed ("-0", "0");
  check_typed ("", NULL);
  check_typed ("  ", NULL);
  check_refused ("douze", 2, SW_MONEY_ERROR_NOT_A_NUMBER);
  check_refused ("1-2", 2, SW_MONEY_ERROR_NOT_A_NUMBER);
  check_refused (",", 2, SW_MONEY_ERROR_NOT_A_NUMBER);
  check_refused ("1,234", 2, SW_MONEY_ERROR_TOO_PRECISE);
  check_refused ("1234567890123456789012345", 2, SW_MONEY_ERROR_TOO_LARGE);
}

/* What is shown can be typed back. */
static void
test_round_trip (void)
{
  for (int i = 0; i < 2000; i++)
    {
      gint64 cents = (gint64) g_test_rand_int () * (i % 7 + 1);
      g_autofree char *text = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d", cents < 0 ? "-" : "",
                                               ABS (cents) / 100, (int) (ABS (cents) % 100));
      g_autofree char *shown = sw_money_format (text);
      g_autofree char *typed = NULL;

      g_assert_true (sw_money_parse (shown, 2, &typed, NULL));
      g_assert_cmpint (sw_money_compare (typed, text), ==, 0);
    }
}

static void
test_arithmetic (void)
{
  check_text (sw_money_add ("0.1", "0.2"), "0.3");
  check_text (sw_money_add ("999999999999.99", "0.01"), "1000000000000.00");
  check_text (sw_money_add (NULL, "2.50"), "2.50");
  check_text (sw_money_subtract ("1", "1.005"), "-0.005");
  check_text (sw_money_multiply ("12.50", "3"), "37.5");
  check_text (sw_money_multiply ("-0.0035", "1200"), "-4.2");
  check_text (sw_money_round ("10.005", 2), "10.01");
  check_text (sw_money_round ("-10.005", 2), "-10.01");
  check_text (sw_money_round ("10.00499", 2), "10.00");
  check_text (sw_money_round ("7", 2), "7.00");
  g_assert_cmpint (sw_money_compare ("1.10", "1.1"), ==, 0);
  g_assert_cmpint (sw_money_compare ("-1", "0.01"), ==, -1);
  g_assert_cmpint (sw_money_compare ("10", "9.99"), ==, 1);
  g_assert_cmpint (sw_money_sign ("-0.00"), ==, 0);
  g_assert_cmpint (sw_money_sign ("-0.01"), ==, -1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/round-trip", test_round_trip);
  g_test_add_func ("/money/arithmetic", test_arithmetic);
  return g_test_run ();
}
