/* Folding as the server folds, and initials. */
#include "base/sw-text.h"

static void
check_text (char *got, const char *expected)
{
  g_assert_cmpstr (got, ==, expected);
  g_free (got);
}

static void
test_fold (void)
{
  check_text (sw_text_fold ("Œuvre  Épée\n"), "oeuvre epee");
  check_text (sw_text_fold (" ÇÀ\u00a0et\u202flà "), "ca et la");
  check_text (sw_text_fold ("L’Haÿ-les-Roses"), "l'hay-les-roses");
  check_text (sw_text_fold ("Straße"), "strasse");
  check_text (sw_text_fold (NULL), "");
  check_text (sw_text_fold ("a\xff" "b"), "a\uFFFD" "b");
}

static void
test_matches (void)
{
  g_assert_true (sw_text_matches ("Boulangerie Le Gall, Quimper", "gall quim"));
  g_assert_true (sw_text_matches ("Hôpital", "HOPITAL"));
  g_assert_true (sw_text_matches ("x", ""));
  g_assert_false (sw_text_matches ("Boulangerie", "boucher"));
  g_assert_false (sw_text_matches (NULL, "a"));
}

static void
test_initials (void)
{
  check_text (sw_text_initials ("Jean Dupont"), "JD");
  check_text (sw_text_initials ("SARL Le Bois Joli"), "BJ");
  check_text (sw_text_initials ("Mairie de Lyon"), "ML");
  check_text (sw_text_initials ("élodie"), "É");
  check_text (sw_text_initials ("SAS"), "S");
  check_text (sw_text_initials ("  "), "");
  check_text (sw_text_initials (NULL), "");
}

static void
test_blank (void)
{
  g_assert_true (sw_text_is_blank (NULL));
  g_assert_true (sw_text_is_blank (" \t\u00a0\u202f"));
  g_assert_false (sw_text_is_blank (" a"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/text/fold", test_fold);
  g_test_add_func ("/text/matches", test_matches);
  g_test_add_func ("/text/initials", test_initials);
  g_test_add_func ("/text/blank", test_blank);
  return g_test_run ();
}
