/* sw-todo-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-todo-row.h"

#include "widgets/sw-button.h"

struct _SwTodoRow
{
  AdwActionRow parent_instance;

  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *spinner;
  char *subtitle; /* while an error stands in its place */
};

enum
{
  PRESSED,
  ENTERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwTodoRow, sw_todo_row, ADW_TYPE_ACTION_ROW)

static void
sw_todo_row_finalize (GObject *object)
{
  g_free (SW_TODO_ROW (object)->subtitle);
  G_OBJECT_CLASS (sw_todo_row_parent_class)->finalize (object);
}

static void
sw_todo_row_class_init (SwTodoRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sw_todo_row_finalize;
  signals[PRESSED] = g_signal_new ("pressed",
                                   SW_TYPE_TODO_ROW,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
  signals[ENTERED] = g_signal_new ("entered",
                                   SW_TYPE_TODO_ROW,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   1,
                                   G_TYPE_STRING);
}

static void
sw_todo_row_init (SwTodoRow *self)
{
  gtk_widget_add_css_class (GTK_WIDGET (self), "todo");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_visible (self->spinner, FALSE);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->spinner);
}

GtkWidget *
sw_todo_row_new (const char *title, const char *subtitle, SwBadgeStyle style)
{
  SwTodoRow *self = g_object_new (SW_TYPE_TODO_ROW, "title", title, NULL);
  const char *icon = "radio-symbolic";
  const char *css_class = "dim-label";
  GtkWidget *image;

  if (style == SW_BADGE_ALERT || style == SW_BADGE_WARNING)
    {
      icon = "dialog-warning-symbolic";
      css_class = style == SW_BADGE_ALERT ? "error" : "warning";
    }
  else if (style == SW_BADGE_OK)
    {
      icon = "object-select-symbolic";
      css_class = "success";
    }
  image = gtk_image_new_from_icon_name (icon);
  gtk_widget_add_css_class (image, css_class);
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), image);
  if (subtitle != NULL)
    adw_action_row_set_subtitle (ADW_ACTION_ROW (self), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  return GTK_WIDGET (self);
}

static void
on_pressed (SwTodoRow *self)
{
  if (self->entry == NULL)
    g_signal_emit (self, signals[PRESSED], 0);
  else if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    g_signal_emit (self,
                   signals[ENTERED],
                   0,
                   gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  else
    gtk_widget_grab_focus (self->entry);
}

void
sw_todo_row_set_button (SwTodoRow *self, const char *label)
{
  g_return_if_fail (SW_IS_TODO_ROW (self));

  self->button = sw_button_new (label);
  gtk_widget_set_valign (self->button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_pressed), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->button);
}

void
sw_todo_row_set_entry (SwTodoRow *self, const char *placeholder, const char *button)
{
  g_return_if_fail (SW_IS_TODO_ROW (self));

  self->entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), placeholder);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 9);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (self->entry), 9);
  gtk_widget_set_valign (self->entry, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->entry, "numeric");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                  -1);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_pressed), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->entry);
  sw_todo_row_set_button (self, button);
}

void
sw_todo_row_set_busy (SwTodoRow *self, gboolean busy)
{
  g_return_if_fail (SW_IS_TODO_ROW (self));

  gtk_widget_set_visible (self->spinner, busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  if (self->button != NULL)
    gtk_widget_set_sensitive (self->button, !busy);
  if (self->entry != NULL)
    gtk_widget_set_sensitive (self->entry, !busy);
}

void
sw_todo_row_set_error (SwTodoRow *self, const char *message)
{
  AdwActionRow *row = ADW_ACTION_ROW (self);

  g_return_if_fail (SW_IS_TODO_ROW (self));

  if (self->subtitle == NULL)
    self->subtitle = g_strdup (adw_action_row_get_subtitle (row));
  if (message != NULL)
    {
      gtk_widget_add_css_class (GTK_WIDGET (self), "failed");
      adw_action_row_set_subtitle (row, message);
    }
  else
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), "failed");
      adw_action_row_set_subtitle (row, self->subtitle != NULL ? self->subtitle : "");
      g_clear_pointer (&self->subtitle, g_free);
    }
  if (message != NULL && self->entry != NULL)
    gtk_widget_grab_focus (self->entry);
}
