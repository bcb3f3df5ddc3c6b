/* Delimited files: separators, titles, quotes, and the number of each line (CSV-01). */
#include "model/sw-delimited.h"

static void
check (const char *text, char separator, gboolean titles, guint columns, const char *rows)
{
  g_autoptr (SwDelimited) table = sw_delimited_read (text, '\0', -1);
  g_autoptr (GString) got = g_string_new (NULL);

  for (guint i = 0; i < table->rows->len; i++)
    {
      g_string_append_printf (got, "%u:", ((SwDelimitedRow *) g_ptr_array_index (table->rows, i))->line);
      for (guint c = 0; c < table->n_columns; c++)
        g_string_append_printf (got, "[%s]", sw_delimited_cell (table, i, c));
    }
  g_assert_cmpint (table->separator, ==, separator);
  g_assert_cmpint (table->has_titles, ==, titles);
  g_assert_cmpuint (table->n_columns, ==, columns);
  g_assert_cmpuint (g_strv_length (table->titles), ==, columns);
  g_assert_cmpstr (got->str, ==, rows);
}

static void
test_separators (void)
{
  check ("Nom;Ville\nLe Bihan;Vannes\n", ';', TRUE, 2, "2:[Le Bihan][Vannes]");
  check ("Nom,Ville\n\"Le Bihan, SARL\",Vannes\n", ',', TRUE, 2, "2:[Le Bihan, SARL][Vannes]");
  check ("Nom\tPrix\nForfait\t1,50\nOption\t2,50\n", '\t', TRUE, 2, "2:[Forfait][1,50]3:[Option][2,50]");
  check ("Nom|Ville\nEven|Auray", '|', TRUE, 2, "2:[Even][Auray]");
  check ("Nom;Prix\nForfait;1,50\nOption, 24 mois;2,50\n", ';', TRUE, 2,
         "2:[Forfait][1,50]3:[Option, 24 mois][2,50]");
  check ("Une seule colonne\nEven\n", ';', TRUE, 1, "2:[Even]");
  check ("", ';', FALSE, 0, "");
}

static void
test_titles (void)
{
  check ("0612345678;Vannes\n0612345679;Auray\n", ';', FALSE, 2,
         "1:[0612345678][Vannes]2:[0612345679][Auray]");
  check ("Even;contact@even.example\n", ';', FALSE, 2, "1:[Even][contact@even.example]");
  check ("Nom;Nom\nEven;Marc\n", ';', FALSE, 2, "1:[Nom][Nom]2:[Even][Marc]");
  check ("Nom;;Ville\nEven;x;Auray\n", ';', TRUE, 3, "2:[Even][x][Auray]");
}

static void
test_lines (void)
{
  check ("Nom;Note\n\n\"Even\";\"deux\nlignes\"\n;;\nRiou;\"un \"\"mot\"\"\"\n", ';', TRUE, 2,
         "3:[Even][deux\nlignes]6:[Riou][un \"mot\"]");
  check ("Nom;Ville\nEven\nRiou;Auray;de trop\n", ';', TRUE, 3, "2:[Even][][]3:[Riou][Auray][de trop]");
}

static void
test_told (void)
{
  g_autoptr (SwDelimited) table = sw_delimited_read ("Nom;Ville\nEven;Auray\n", ',', 0);

  g_assert_cmpuint (table->rows->len, ==, 2);
  g_assert_cmpuint (table->n_columns, ==, 1);
  g_assert_cmpstr (sw_delimited_cell (table, 0, 0), ==, "Nom;Ville");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/delimited/separators", test_separators);
  g_test_add_func ("/delimited/titles", test_titles);
  g_test_add_func ("/delimited/lines", test_lines);
  g_test_add_func ("/delimited/told", test_told);
  return g_test_run ();
}
