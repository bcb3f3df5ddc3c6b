/* sw-filter-menu.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-filter-menu.h"

#include <glib/gi18n.h>
#include "model/sw-record.h"
#include "widgets/sw-toast.h"

#define MAX_HEIGHT 420 /* px; longer menus scroll */

struct _SwFilterMenu
{
  GtkWidget parent_instance;

  const SwColumn *columns;
  SwListState *state;
  GtkWidget *button;
  GtkWidget *popover;
  GtkWidget *stack; /* "menu", "editor" */
};

enum
{
  APPLY,
  APPLY_SAVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwFilterMenu, sw_filter_menu, GTK_TYPE_WIDGET)

static void
set_page (SwFilterMenu *self, const char *name, GtkWidget *page)
{
  GtkWidget *old = gtk_stack_get_child_by_name (GTK_STACK (self->stack), name);

  if (old != NULL)
    gtk_stack_remove (GTK_STACK (self->stack), old);
  gtk_stack_add_named (GTK_STACK (self->stack), page, name);
  gtk_stack_set_visible_child (GTK_STACK (self->stack), page);
}

/* {{{ One column */

static void
on_applied (SwFilterMenu *self, SwFilterEditor *editor)
{
  g_signal_emit (self, signals[APPLY], 0, editor);
}

static void
show_editor (GtkWidget *button, SwFilterMenu *self)
{
  GtkWidget *editor
      = sw_filter_editor_new (g_object_get_data (G_OBJECT (button), "sw-column"), NULL);

  g_signal_connect_object (editor, "applied", G_CALLBACK (on_applied), self, G_CONNECT_SWAPPED);
  set_page (self, "editor", editor);
  sw_filter_editor_focus (SW_FILTER_EDITOR (editor));
}

static GtkWidget *
menu_item (const char *text)
{
  GtkWidget *button = gtk_button_new_with_label (text);
  GtkWidget *label = gtk_button_get_child (GTK_BUTTON (button));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "menu-item");
  gtk_widget_set_hexpand (button, TRUE);
  return button;
}

static void
add_heading (GtkWidget *box, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "menu-heading");
  gtk_box_append (GTK_BOX (box), label);
}

static void
add_columns (SwFilterMenu *self, GtkWidget *box)
{
  add_heading (box, _ ("Filter by"));
  for (const SwColumn *column = self->columns; column->field != NULL; column++)
    {
      GtkWidget *item;

      if (!sw_column_is_filterable (column))
        continue;
      item = menu_item (_ (column->title));
      g_object_set_data (G_OBJECT (item), "sw-column", (gpointer) column);
      g_signal_connect (item, "clicked", G_CALLBACK (show_editor), self);
      gtk_box_append (GTK_BOX (box), item);
    }
}

/* }}} */

/* {{{ Saved filters */

static void
on_saved_clicked (GtkWidget *button, SwFilterMenu *self)
{
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  g_signal_emit (self, signals[APPLY_SAVED], 0, g_object_get_data (G_OBJECT (button), "sw-record"));
}

typedef struct
{
  SwListState *state;
  SwRecord *filter;
} Removed;

static void
removed_free (gpointer data)
{
  Removed *removed = data;

  g_object_unref (removed->state);
  g_object_unref (removed->filter);
  g_free (removed);
}

static void
on_undo (gpointer data)
{
  Removed *removed = data;

  sw_list_state_restore_filter (removed->state, removed->filter);
}

static void
on_remove_clicked (GtkWidget *button, SwFilterMenu *self)
{
  SwRecord *record = g_object_get_data (G_OBJECT (button), "sw-record");
  Removed *removed = g_new (Removed, 1);

  removed->state = g_object_ref (self->state);
  removed->filter = g_object_ref (record);
  sw_list_state_remove_filter (self->state, sw_record_get_id (record));
  sw_toast_with_button (GTK_WIDGET (self), _ ("Filter removed"), _ ("_Undo"), on_undo, removed, removed_free);
  /* It takes every click there is, also one on the toast. */
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
add_saved_filter (SwFilterMenu *self, GtkWidget *box, SwRecord *record)
{
  const char *name = sw_record_get_text (record, "name");
  gboolean own = sw_record_get_bool (record, "is_own");
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *item = menu_item (name);

  g_object_set_data_full (G_OBJECT (item), "sw-record", g_object_ref (record), g_object_unref);
  g_signal_connect (item, "clicked", G_CALLBACK (on_saved_clicked), self);
  gtk_box_append (GTK_BOX (line), item);
  if (own)
    {
      GtkWidget *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
      g_autofree char *label = g_strdup_printf (_ ("Remove the filter “%s”"), name);

      gtk_widget_add_css_class (remove, "flat");
      gtk_widget_set_tooltip_text (remove, label);
      gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                      -1);
      g_object_set_data_full (G_OBJECT (remove), "sw-record", g_object_ref (record), g_object_unref);
      g_signal_connect (remove, "clicked", G_CALLBACK (on_remove_clicked), self);
      gtk_box_append (GTK_BOX (line), remove);
    }
  else
    {
      GtkWidget *owner = gtk_label_new (sw_record_get_text (record, "owner_name"));

      gtk_widget_add_css_class (owner, "dim-label");
      gtk_widget_add_css_class (owner, "caption");
      gtk_widget_set_margin_end (owner, 9);
      gtk_box_append (GTK_BOX (line), owner);
    }
  gtk_box_append (GTK_BOX (box), line);
}

static void
add_saved_filters (SwFilterMenu *self, GtkWidget *box)
{
  GListModel *filters = self->state != NULL ? sw_list_state_get_filters (self->state) : NULL;
  guint n = filters != NULL ? g_list_model_get_n_items (filters) : 0;

  if (n > 0)
    add_heading (box, _ ("Saved filters"));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwRecord) record = g_list_model_get_item (filters, i);

      add_saved_filter (self, box, record);
    }
}

/* }}} */

/* What is saved may have changed since it was last open. */
static void
on_popup (GtkMenuButton *button, gpointer data)
{
  SwFilterMenu *self = data;
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  add_saved_filters (self, box);
  add_columns (self, box);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), MAX_HEIGHT);
  gtk_widget_set_size_request (scroller, 220, -1);
  set_page (self, "menu", scroller);
}

static void
sw_filter_menu_dispose (GObject *object)
{
  SwFilterMenu *self = SW_FILTER_MENU (object);

  g_clear_object (&self->state);
  g_clear_pointer (&self->button, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_filter_menu_parent_class)->dispose (object);
}

static void
sw_filter_menu_class_init (SwFilterMenuClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_filter_menu_dispose;
  signals[APPLY] = g_signal_new ("apply", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, SW_TYPE_FILTER_EDITOR);
  signals[APPLY_SAVED] = g_signal_new ("apply-saved", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                       NULL, NULL, NULL, G_TYPE_NONE, 1, SW_TYPE_RECORD);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sw_filter_menu_init (SwFilterMenu *self)
{
  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->stack);
  gtk_widget_add_css_class (self->popover, "filter-menu");
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_label (GTK_MENU_BUTTON (self->button), _ ("Filters"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Filters"), -1);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->button), on_popup, self, NULL);
  gtk_widget_set_parent (self->button, GTK_WIDGET (self));
}

GtkWidget *
sw_filter_menu_new (const SwColumn *columns)
{
  SwFilterMenu *self = g_object_new (SW_TYPE_FILTER_MENU, NULL);

  self->columns = columns;
  return GTK_WIDGET (self);
}

void
sw_filter_menu_set_state (SwFilterMenu *self, SwListState *state)
{
  g_return_if_fail (SW_IS_FILTER_MENU (self));
  g_set_object (&self->state, state);
}
