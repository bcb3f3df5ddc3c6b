/* Panes side by side or one after the other, down to 360 pixels (MOB-01). */
#include "fixture.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-split-view.h"

typedef struct
{
  GtkWindow *window;
  SwSplitView *outer;
  SwSplitView *inner;
  GtkWidget *sidebar;
  GtkWidget *list;
  GtkWidget *record;
} Panes;

/* As the window nests them: sidebar | (list | record). */
static void
set_up (Panes *panes, gconstpointer data)
{
  panes->outer = SW_SPLIT_VIEW (sw_split_view_new ());
  panes->inner = SW_SPLIT_VIEW (sw_split_view_new ());
  panes->sidebar = sw_pane_new ("Sidebar");
  panes->list = sw_pane_new ("List");
  panes->record = sw_pane_new ("Record");
  sw_split_view_set_widths (panes->outer, 230, -1);
  sw_split_view_set_fold_below (panes->outer, 1000);
  sw_split_view_set_sidebar (panes->outer, TRUE);
  sw_split_view_set_widths (panes->inner, -1, 420);
  sw_split_view_set_fold_below (panes->inner, 720);
  sw_split_view_set_start (panes->inner, panes->list);
  sw_split_view_set_content (panes->inner, panes->record);
  sw_split_view_set_start (panes->outer, panes->sidebar);
  sw_split_view_set_content (panes->outer, GTK_WIDGET (panes->inner));
  sw_split_view_set_show_content (panes->inner, TRUE);
  panes->window = fixture_present (GTK_WIDGET (panes->outer), GPOINTER_TO_INT (data), 600);
}

static void
tear_down (Panes *panes, gconstpointer data)
{
  gtk_window_destroy (panes->window);
}

/* The window less its borders. */
static int
width_of (Panes *panes)
{
  return gtk_widget_get_width (GTK_WIDGET (panes->outer));
}

static gboolean
seen (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget);
}

static void
test_wide (Panes *panes, gconstpointer data)
{
  wait_until (seen (panes->sidebar) && seen (panes->list) && seen (panes->record));
  g_assert_cmpint (gtk_widget_get_width (panes->sidebar), ==, 230);
  g_assert_cmpint (gtk_widget_get_width (panes->record), ==, 420);
  g_assert_null (sw_split_view_find_back (panes->record));
  g_assert_null (sw_split_view_find_back (panes->list));
  g_assert_true (sw_split_view_at_edge (panes->sidebar, GTK_POS_LEFT));
  g_assert_false (sw_split_view_at_edge (panes->list, GTK_POS_RIGHT));
  g_assert_true (sw_split_view_at_edge (panes->record, GTK_POS_RIGHT));

  /* Without a record the list has all the room, and the window's buttons. */
  sw_split_view_set_show_content (panes->inner, FALSE);
  wait_until (!seen (panes->record));
  g_assert_true (sw_split_view_at_edge (panes->list, GTK_POS_RIGHT));
}

static void
test_medium (Panes *panes, gconstpointer data)
{
  wait_until (!seen (panes->sidebar) && seen (panes->list) && seen (panes->record));
  g_assert_true (sw_split_view_find_back (panes->list) == panes->outer);
  g_assert_null (sw_split_view_find_back (panes->record));

  /* The sidebar slides over the list, which stays in sight. */
  sw_split_view_set_show_content (panes->outer, FALSE);
  wait_until (seen (panes->sidebar));
  g_assert_true (seen (panes->list));
  g_assert_cmpint (gtk_widget_get_width (panes->sidebar), ==, 230);
}

static void
test_phone (Panes *panes, gconstpointer data)
{
  wait_until (seen (panes->record) && !seen (panes->list) && !seen (panes->sidebar));
  g_assert_cmpint (width_of (panes), <=, 360);
  g_assert_cmpint (gtk_widget_get_width (panes->record), ==, width_of (panes));
  g_assert_true (sw_split_view_find_back (panes->record) == panes->inner);

  sw_split_view_set_show_content (panes->inner, FALSE);
  wait_until (seen (panes->list) && !seen (panes->record));
  g_assert_cmpint (gtk_widget_get_width (panes->list), ==, width_of (panes));
  g_assert_true (sw_split_view_find_back (panes->list) == panes->outer);

  sw_split_view_set_show_content (panes->outer, FALSE);
  wait_until (seen (panes->sidebar) && !seen (panes->list));
  g_assert_cmpint (gtk_widget_get_width (panes->sidebar), ==, width_of (panes));
}

/* Who goes back is where they left; the window's own buttons do not take the room of the title. */
static void
test_phone_focus (Panes *panes, gconstpointer data)
{
  GtkWidget *row = gtk_button_new_with_label ("Row");
  GtkWidget *field = gtk_button_new_with_label ("Field");

  g_assert_true (sw_split_view_is_narrow (panes->outer));
  sw_pane_set_body (SW_PANE (panes->list), row);
  sw_pane_set_body (SW_PANE (panes->record), field);
  sw_split_view_set_show_content (panes->inner, FALSE);
  wait_until (seen (row) && !seen (field));
  g_assert_true (gtk_widget_grab_focus (row));
  sw_split_view_set_show_content (panes->inner, TRUE);
  wait_until (seen (field) && !seen (row));
  g_assert_true (gtk_widget_grab_focus (field));
  sw_split_view_set_show_content (panes->inner, FALSE);
  wait_until (seen (row) && !seen (field));
  g_assert_true (gtk_window_get_focus (panes->window) == row);
}

int
main (int argc, char *argv[])
{
  fixture_init (&argc, &argv);
  g_test_add ("/split-view/wide", Panes, GINT_TO_POINTER (1280), set_up, test_wide, tear_down);
  g_test_add ("/split-view/medium", Panes, GINT_TO_POINTER (860), set_up, test_medium, tear_down);
  g_test_add ("/split-view/phone", Panes, GINT_TO_POINTER (360), set_up, test_phone, tear_down);
  g_test_add ("/split-view/phone-focus", Panes, GINT_TO_POINTER (360), set_up, test_phone_focus, tear_down);
  return g_test_run ();
}
