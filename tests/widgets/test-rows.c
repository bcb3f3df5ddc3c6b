/* Rows of forms: what is shown, what is understood, what is told. */
#include "fixture.h"
#include "widgets/sw-area-row.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-switch-row.h"
#include "widgets/sw-text-row.h"

static GtkWidget *
find (GtkWidget *widget, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static GtkEditable *
entry_of (GtkWidget *row)
{
  return GTK_EDITABLE (find (row, GTK_TYPE_ENTRY));
}

static void
assert_value (GtkWidget *row, const char *expected)
{
  g_autofree char *value = sw_row_get_value (SW_ROW (row), NULL);

  g_assert_cmpstr (value, ==, expected);
}

/* Rows live in lists. */
static GtkWindow *
present (GtkWidget *row, GtkWidget *other)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_append (GTK_LIST_BOX (list), row);
  if (other != NULL)
    gtk_list_box_append (GTK_LIST_BOX (list), other);
  return fixture_present (list, 400, 200);
}

static GtkWidget *
keep (GtkWidget *row)
{
  return g_object_ref_sink (row);
}

static void
test_date (void)
{
  g_autoptr (GtkWidget) row = keep (sw_date_row_new ("signed_on", "Signed on"));

  sw_date_row_set_today ("2026-11-22");
  gtk_editable_set_text (entry_of (row), "+30");
  assert_value (row, "2026-12-22");
  gtk_editable_set_text (entry_of (row), "demain");
  assert_value (row, "2026-11-23");
  gtk_editable_set_text (entry_of (row), "");
  assert_value (row, NULL);
}

static void
test_number (void)
{
  g_autoptr (GtkWidget) row = keep (sw_number_row_new ("price", "Price", 2, "€"));
  g_autoptr (GError) error = NULL;
  g_autofree char *value = NULL;

  gtk_editable_set_text (entry_of (row), "1 240,5 €");
  assert_value (row, "1240.5");
  gtk_editable_set_text (entry_of (row), "1,999");
  value = sw_row_get_value (SW_ROW (row), &error);
  g_assert_null (value);
  g_assert_nonnull (error);
}

static void
test_masked_iban (void)
{
  g_autoptr (GtkWidget) row = keep (sw_text_row_new ("iban", "IBAN"));
  GtkWindow *window;

  g_object_set (row, "kind", "iban", "masked", TRUE, NULL);
  sw_row_set_value (SW_ROW (row), "FR7630006000011234567890189");
  g_assert_cmpstr (gtk_editable_get_text (entry_of (row)), ==, "FR76 •••• •••• 0189");
  /* Hidden or not, it is the same value. */
  assert_value (row, "FR7630006000011234567890189");

  window = present (row, NULL);
  sw_row_focus (SW_ROW (row));
  wait_until (g_str_equal (gtk_editable_get_text (entry_of (row)),
                           "FR76 3000 6000 0112 3456 7890 189"));
  assert_value (row, "FR7630006000011234567890189");
  gtk_window_destroy (window);
}

static void
test_wrong_digit (void)
{
  GtkWidget *siret = sw_text_row_new ("siret", "SIRET");
  GtkWidget *other = sw_text_row_new ("name", "Name");
  GtkWindow *window;

  g_object_set (siret, "kind", "siret", NULL);
  window = present (siret, other);
  sw_row_focus (SW_ROW (siret));
  gtk_editable_set_text (entry_of (siret), "73282932000075");
  g_assert_null (sw_row_get_error (SW_ROW (siret)));
  sw_row_focus (SW_ROW (other));
  wait_until (sw_row_get_error (SW_ROW (siret)) != NULL);
  /* Said, but not prevented: the server decides. */
  assert_value (siret, "73282932000075");
  gtk_window_destroy (window);
}

static void
test_choice (void)
{
  static const SwChoice choices[]
      = { { "transfer", "Transfer" }, { "card", "Card" }, { NULL } };
  g_autoptr (GtkWidget) row = keep (sw_choice_row_new ("payment_method", "Payment"));
  g_autofree char *display = NULL;

  sw_choice_row_set_choices (SW_CHOICE_ROW (row), choices);
  assert_value (row, NULL);
  sw_row_set_value (SW_ROW (row), "card");
  display = sw_row_get_display (SW_ROW (row));
  g_assert_cmpstr (display, ==, "Card");
  /* A value that is offered no more is kept. */
  sw_row_set_value (SW_ROW (row), "cheque");
  assert_value (row, "cheque");
  /* Choices may come after the value. */
  sw_row_set_value (SW_ROW (row), "transfer");
  sw_choice_row_set_choices (SW_CHOICE_ROW (row), choices);
  assert_value (row, "transfer");
}

static void
test_switch (void)
{
  g_autoptr (GtkWidget) row = keep (sw_switch_row_new ("blocked", "Blocked"));

  assert_value (row, "false");
  gtk_switch_set_active (GTK_SWITCH (find (row, GTK_TYPE_SWITCH)), TRUE);
  assert_value (row, "true");
  g_assert_true (sw_row_is_boolean (SW_ROW (row)));
}

/* As tall as its text at the width it will have, although it was never shown. */
static void
test_area (void)
{
  g_autoptr (GtkWidget) row = keep (sw_area_row_new ("note", "Note"));
  int wide, narrow;

  sw_row_set_value (SW_ROW (row),
                    "Ring the bell of the courtyard, the copier is on the second floor, "
                    "behind the reception desk; the lift needs a badge after six.");
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 1200, &wide, NULL, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, 200, &narrow, NULL, NULL, NULL);
  g_assert_cmpint (wide, <, 120);
  g_assert_cmpint (narrow, >, wide);
  g_assert_cmpint (narrow, <, 300);
}

int
main (int argc, char *argv[])
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/rows/date", test_date);
  g_test_add_func ("/rows/number", test_number);
  g_test_add_func ("/rows/masked-iban", test_masked_iban);
  g_test_add_func ("/rows/wrong-digit", test_wrong_digit);
  g_test_add_func ("/rows/choice", test_choice);
  g_test_add_func ("/rows/switch", test_switch);
  g_test_add_func ("/rows/area", test_area);
  return g_test_run ();
}
