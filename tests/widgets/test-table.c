/* Tables: a million rows feel like ten, and names are never cut for the sake of other columns. */
#include "fixture.h"
#include "model/sw-record.h"
#include "widgets/sw-column-list.h"
#include "widgets/sw-table.h"

#define MILLION 1000000

/* A list that makes its records when asked, and counts how often it was. */
#define TEST_TYPE_ROWS (test_rows_get_type ())
G_DECLARE_FINAL_TYPE (TestRows, test_rows, TEST, ROWS, GObject)

struct _TestRows
{
  GObject parent_instance;

  guint n;
  guint asked;
};

static GType
test_rows_get_item_type (GListModel *model)
{
  return SW_TYPE_RECORD;
}

static guint
test_rows_get_n_items (GListModel *model)
{
  return TEST_ROWS (model)->n;
}

static gpointer
test_rows_get_item (GListModel *model, guint position)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *number = g_strdup_printf ("C-2026-%07u", position + 1);

  if (position >= TEST_ROWS (model)->n)
    return NULL;
  TEST_ROWS (model)->asked++;
  json_object_set_int_member (object, "id", position + 1);
  json_object_set_string_member (object, "number", number);
  json_object_set_string_member (object, "name", "Grande Pharmacie des Halles");
  json_object_set_string_member (object, "due_on", "2026-12-01");
  json_object_set_string_member (object, "amount", "1240.50");
  json_object_set_string_member (object, "indicator", "warning");
  return sw_record_new_from_json (object);
}

static void
test_rows_model_init (GListModelInterface *iface)
{
  iface->get_item_type = test_rows_get_item_type;
  iface->get_n_items = test_rows_get_n_items;
  iface->get_item = test_rows_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (TestRows,
                               test_rows,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, test_rows_model_init))

static void
test_rows_class_init (TestRowsClass *klass)
{
}

static void
test_rows_init (TestRows *self)
{
}

static const SwColumn columns[] = {
  { .field = "number", .title = "Number", .width = 120, .priority = 1, .sortable = TRUE },
  { .field = "name", .title = "Name", .main = TRUE, .sortable = TRUE },
  { .field = "due_on", .title = "Due", .kind = SW_COLUMN_DATE, .width = 60, .priority = 3 },
  { .field = "amount", .title = "Amount", .kind = SW_COLUMN_MONEY, .width = 110, .priority = 2 },
  { .field = "indicator", .title = "Follow-up", .kind = SW_COLUMN_INDICATOR, .width = 90 },
  { NULL },
};

static GtkWidget *
find_text (GtkWidget *widget, const char *text)
{
  if (GTK_IS_INSCRIPTION (widget)
      && g_strcmp0 (gtk_inscription_get_text (GTK_INSCRIPTION (widget)), text) == 0)
    return widget;
  if (GTK_IS_LABEL (widget) && g_str_equal (gtk_label_get_text (GTK_LABEL (widget)), text))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = gtk_widget_get_mapped (child) ? find_text (child, text) : NULL;

      if (found != NULL)
        return found;
    }
  return NULL;
}

static void
test_million (void)
{
  g_autoptr (TestRows) rows = g_object_new (TEST_TYPE_ROWS, NULL);
  GtkWidget *table = sw_table_new (columns);
  GtkWindow *window;

  rows->n = MILLION;
  sw_table_set_model (SW_TABLE (table), G_LIST_MODEL (rows));
  window = fixture_present (table, 900, 600);
  wait_until (find_text (table, "C-2026-0000001") != NULL);
  g_assert_cmpuint (sw_table_get_total (SW_TABLE (table)), ==, MILLION);
  /* GTK makes about 200 rows, whatever the length. */
  g_assert_cmpuint (rows->asked, <, 2000);

  rows->asked = 0;
  sw_column_list_select (SW_COLUMN_LIST (gtk_widget_get_ancestor (
                             find_text (table, "C-2026-0000001"), SW_TYPE_COLUMN_LIST)),
                         MILLION - 1,
                         TRUE);
  wait_until (find_text (table, "C-2026-1000000") != NULL);
  g_assert_cmpuint (rows->asked, <, 2000);
  gtk_window_destroy (window);
}

static void
test_french_forms (void)
{
  g_autoptr (TestRows) rows = g_object_new (TEST_TYPE_ROWS, NULL);
  GtkWidget *table = sw_table_new (columns);
  GtkWindow *window;

  rows->n = 3;
  sw_table_set_model (SW_TABLE (table), G_LIST_MODEL (rows));
  window = fixture_present (table, 900, 600);
  wait_until (find_text (table, "01/12/2026") != NULL);
  g_assert_nonnull (find_text (table, "1\u202f240,50\u00a0€"));
  /* Coloured, and worded. */
  g_assert_nonnull (find_text (table, "Warning"));
  gtk_window_destroy (window);
}

/* The width a text needs on one line. */
static int
needed (GtkWidget *inscription)
{
  g_autoptr (PangoLayout) layout
      = gtk_widget_create_pango_layout (inscription,
                                        gtk_inscription_get_text (GTK_INSCRIPTION (inscription)));
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static gboolean
shows_whole (GtkWidget *table, const char *text)
{
  GtkWidget *found = find_text (table, text);

  return found != NULL && gtk_widget_get_width (found) >= needed (found);
}

static void
test_narrow (void)
{
  g_autoptr (TestRows) rows = g_object_new (TEST_TYPE_ROWS, NULL);
  GtkWidget *table = sw_table_new (columns);
  GtkWindow *window;

  rows->n = 30;
  sw_table_set_model (SW_TABLE (table), G_LIST_MODEL (rows));
  window = fixture_present (table, 360, 600);
  /* What matters least went first, and the name stands whole. */
  wait_until (shows_whole (table, "Grande Pharmacie des Halles"));
  wait_until (find_text (table, "01/12/2026") == NULL);
  g_assert_nonnull (find_text (table, "Warning"));
  gtk_window_destroy (window);
}

static void
test_columns_grow (void)
{
  g_autoptr (TestRows) rows = g_object_new (TEST_TYPE_ROWS, NULL);
  GtkWidget *table = sw_table_new (columns);
  GtkWindow *window;

  rows->n = 3;
  sw_table_set_model (SW_TABLE (table), G_LIST_MODEL (rows));
  window = fixture_present (table, 900, 600);
  /* Sixty pixels were asked for; a date takes more. */
  wait_until (shows_whole (table, "01/12/2026"));
  gtk_window_destroy (window);
}

static void
on_sort_changed (SwColumnList *list, guint *count)
{
  (*count)++;
}

static void
test_sort (void)
{
  GtkWidget *list = g_object_ref_sink (sw_column_list_new (columns));
  gboolean descending = TRUE;
  guint count = 0;

  g_signal_connect (list, "sort-changed", G_CALLBACK (on_sort_changed), &count);
  g_assert_null (sw_column_list_get_sort (SW_COLUMN_LIST (list), &descending));
  sw_column_list_set_sort (SW_COLUMN_LIST (list), "name", FALSE);
  g_assert_cmpstr (sw_column_list_get_sort (SW_COLUMN_LIST (list), &descending), ==, "name");
  g_assert_false (descending);
  sw_column_list_set_sort (SW_COLUMN_LIST (list), "number", TRUE);
  g_assert_cmpstr (sw_column_list_get_sort (SW_COLUMN_LIST (list), &descending), ==, "number");
  g_assert_true (descending);
  /* Only a person's click is told. */
  g_assert_cmpuint (count, ==, 0);
  g_object_unref (list);
}

int
main (int argc, char *argv[])
{
  fixture_init (&argc, &argv);
  g_test_add_func ("/table/million", test_million);
  g_test_add_func ("/table/french-forms", test_french_forms);
  g_test_add_func ("/table/narrow", test_narrow);
  g_test_add_func ("/table/columns-grow", test_columns_grow);
  g_test_add_func ("/table/sort", test_sort);
  return g_test_run ();
}
