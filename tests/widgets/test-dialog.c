/* Dialogs: answers, fields, and the choice between two people's changes. */
#include "fixture.h"
#include "model/sw-merge.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-merge-dialog.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-text-row.h"

static GtkWidget *
find (GtkWidget *widget, GType type, const char *name)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type)
      && (name == NULL || g_str_equal (gtk_widget_get_name (widget), name)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type, name);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
press (GtkWindow *window, const char *name)
{
  g_signal_emit_by_name (find (GTK_WIDGET (window), GTK_TYPE_BUTTON, name), "clicked");
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = sw_dialog_choose_finish (SW_DIALOG (source), result);
}

static void
test_question (void)
{
  GtkWidget *label = gtk_label_new ("parent");
  GtkWindow *parent = fixture_present (label, 360, 400);
  SwDialog *dialog = sw_dialog_new_question ("Delete?", "For ever.", "_Delete", TRUE);
  g_autofree char *answer = NULL;
  g_autofree char *closed = NULL;

  sw_dialog_choose_async (dialog, label, NULL, on_chosen, &answer);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  /* On a phone it is not wider than the phone. */
  g_assert_cmpint (gtk_widget_get_width (GTK_WIDGET (dialog)), <=, 360);
  press (GTK_WINDOW (dialog), "yes");
  wait_until (answer != NULL);
  g_assert_cmpstr (answer, ==, "yes");

  dialog = sw_dialog_new_question ("Delete?", NULL, "_Delete", TRUE);
  sw_dialog_choose_async (dialog, label, NULL, on_chosen, &closed);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  gtk_window_close (GTK_WINDOW (dialog));
  wait_until (closed != NULL);
  g_assert_cmpstr (closed, ==, "cancel");
  gtk_window_destroy (parent);
}

static void
on_apply (SwDialog *dialog, const char *button, char **value)
{
  g_free (*value);
  *value = sw_dialog_get_value (dialog, "p_amount");
}

static void
test_fields (void)
{
  GtkWidget *label = gtk_label_new ("parent");
  GtkWindow *parent = fixture_present (label, 800, 600);
  SwDialog *dialog = sw_dialog_new ("Record a payment", NULL);
  GtkWidget *amount = sw_number_row_new ("p_amount", "Amount", 2, "€");
  g_autofree char *value = NULL;

  sw_dialog_add_row (dialog, amount);
  sw_dialog_add_button (dialog, "cancel", "_Cancel", SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "pay", "_Record", SW_BUTTON_SUGGESTED);
  g_signal_connect (dialog, "apply", G_CALLBACK (on_apply), &value);
  sw_dialog_present (dialog, label);
  wait_until (gtk_widget_get_mapped (GTK_WIDGET (dialog)));

  /* What cannot be read is told on its row, and not applied. */
  gtk_editable_set_text (GTK_EDITABLE (find (amount, GTK_TYPE_ENTRY, NULL)), "abc");
  press (GTK_WINDOW (dialog), "pay");
  g_assert_null (value);
  g_assert_nonnull (sw_row_get_error (SW_ROW (amount)));

  gtk_editable_set_text (GTK_EDITABLE (find (amount, GTK_TYPE_ENTRY, NULL)), "120,50");
  press (GTK_WINDOW (dialog), "pay");
  g_assert_cmpstr (value, ==, "120.5");
  /* It stays open until the server agrees. */
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (dialog)));
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_window_destroy (parent);
}

typedef struct
{
  gboolean done;
  gboolean save;
} Merged;

static void
on_merged (GObject *source, GAsyncResult *result, gpointer data)
{
  Merged *merged = data;

  merged->save = sw_merge_dialog_run_finish (result);
  merged->done = TRUE;
}

static SwDialog *
shown_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (SW_IS_DIALOG (window) && gtk_widget_get_mapped (window))
        return SW_DIALOG (window);
    }
  return NULL;
}

/* The check button beside @text. */
static GtkWidget *
option (GtkWidget *widget, const char *text)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ACTION_ROW (widget)
      && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), text))
    return find (widget, GTK_TYPE_CHECK_BUTTON, NULL);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = option (child, text);
  return found;
}

static void
test_merge (void)
{
  g_autoptr (JsonObject) base = fixture_json (
      "{\"id\":7,\"row_version\":1,\"name\":\"Port\",\"signed_on\":null,\"city\":\"Vannes\"}");
  g_autoptr (JsonObject) mine = fixture_json (
      "{\"id\":7,\"row_version\":1,\"name\":\"Port Neuf\",\"signed_on\":\"2026-02-03\"}");
  g_autoptr (JsonObject) theirs = fixture_json (
      "{\"id\":7,\"row_version\":2,\"name\":\"Port Vieux\",\"signed_on\":null,\"city\":\"Auray\"}");
  GtkWidget *box = gtk_list_box_new ();
  GtkWindow *parent;
  g_autoptr (SwFieldSet) fields = NULL;
  g_autoptr (SwMerge) merge = sw_merge_new (base, mine, theirs);
  Merged merged = { FALSE };

  gtk_list_box_append (GTK_LIST_BOX (box), sw_text_row_new ("name", "Name"));
  gtk_list_box_append (GTK_LIST_BOX (box), sw_date_row_new ("signed_on", "Signed on"));
  parent = fixture_present (box, 800, 600);
  fields = sw_field_set_new (box);

  /* Only the field both changed is asked about. */
  g_assert_cmpuint (sw_merge_get_n_conflicts (merge), ==, 1);
  sw_merge_dialog_run_async (box, merge, fields, NULL, on_merged, &merged);
  wait_until (shown_dialog () != NULL);
  g_assert_nonnull (option (GTK_WIDGET (shown_dialog ()), "Port Neuf"));
  gtk_check_button_set_active (
      GTK_CHECK_BUTTON (option (GTK_WIDGET (shown_dialog ()), "Port Vieux")),
      TRUE);
  press (GTK_WINDOW (shown_dialog ()), "save");
  wait_until (merged.done);
  g_assert_true (merged.save);
  fixture_assert_json (sw_merge_to_json (merge),
                       "{\"id\":7,\"row_version\":2,\"signed_on\":\"2026-02-03\"}");
  gtk_window_destroy (parent);
}

int
main (int argc, char *argv[])
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/dialog/question", test_question);
  g_test_add_func ("/dialog/fields", test_fields);
  g_test_add_func ("/dialog/merge", test_merge);
  return g_test_run ();
}
