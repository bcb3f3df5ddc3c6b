/* sw-merge-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-merge-dialog.h"

#include <glib/gi18n.h>
#include "widgets/sw-dialog.h"

/* What the dialog needs beside its list, and what it takes of a window too small for both. */
#define AROUND_LIST 270  /* px */
#define LEAST_LIST 200   /* px */
#define TALLEST_LIST 640 /* px */

typedef struct
{
  SwMerge *merge;
  guint position;
} Choice;

static void
free_choice (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
on_mine_toggled (GtkCheckButton *button, Choice *choice)
{
  sw_merge_choose (choice->merge,
                   choice->position,
                   gtk_check_button_get_active (button) ? SW_MERGE_MINE : SW_MERGE_THEIRS);
}

/* One of the two texts, in a row that chooses it. */
static GtkWidget *
create_option (const char *who, const char *text, GtkWidget *group)
{
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), *text != '\0' ? text : _ ("empty"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), who);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 4);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  who,
                                  -1);
  if (group != NULL)
    gtk_check_button_set_group (GTK_CHECK_BUTTON (check), GTK_CHECK_BUTTON (group));
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data (G_OBJECT (row), "sw-check", check);
  return row;
}

static GtkWidget *
create_conflict (SwMerge *merge, guint position, SwFieldSet *fields)
{
  const SwMergeConflict *conflict = sw_merge_get_conflict (merge, position);
  g_autofree char *title = sw_field_set_describe_path (fields, conflict->path);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *mine
      = sw_field_set_describe_value (fields, conflict->path, conflict->mine);
  g_autofree char *theirs
      = sw_field_set_describe_value (fields, conflict->path, conflict->theirs);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *mine_row = create_option (_ ("What you typed"), mine, NULL);
  GtkWidget *mine_check = g_object_get_data (G_OBJECT (mine_row), "sw-check");
  GtkWidget *theirs_row = create_option (_ ("Saved meanwhile"), theirs, mine_check);
  Choice *choice = g_new (Choice, 1);

  choice->merge = merge;
  choice->position = position;
  gtk_check_button_set_active (GTK_CHECK_BUTTON (mine_check), TRUE);
  g_signal_connect_data (mine_check,
                         "toggled",
                         G_CALLBACK (on_mine_toggled),
                         choice,
                         free_choice,
                         0);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), escaped);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), mine_row);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), theirs_row);
  return group;
}

/* As tall as its rows if the window of @parent has room for them. */
static GtkWidget *
create_list (GtkWidget *parent, SwMerge *merge, SwFieldSet *fields)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  int room = gtk_widget_get_height (GTK_WIDGET (gtk_widget_get_root (parent))) - AROUND_LIST;

  for (guint i = 0; i < sw_merge_get_n_conflicts (merge); i++)
    gtk_box_append (GTK_BOX (box), create_conflict (merge, i, fields));
  gtk_widget_add_css_class (scroller, "dialog-list");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller),
                                              CLAMP (room, LEAST_LIST, TALLEST_LIST));
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scroller), FALSE);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  return scroller;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *answer = sw_dialog_choose_finish (SW_DIALOG (source), result);

  g_task_return_boolean (task, g_str_equal (answer, "save"));
}

void
sw_merge_dialog_run_async (GtkWidget *parent,
                           SwMerge *merge,
                           SwFieldSet *fields,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  SwDialog *dialog = sw_dialog_new (_ ("Somebody else changed this too"),
                                    _ ("Which of the two should be kept? Everything else you "
                                       "typed, and everything else they changed, is kept."));

  g_task_set_source_tag (task, sw_merge_dialog_run_async);
  sw_dialog_add_child (dialog, create_list (parent, merge, fields));
  sw_dialog_set_width (dialog, 480);
  sw_dialog_add_button (dialog, "cancel", _ ("_Go on editing"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "save", _ ("_Save"), SW_BUTTON_SUGGESTED);
  sw_dialog_choose_async (dialog, parent, cancellable, on_answered, task);
}

gboolean
sw_merge_dialog_run_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
