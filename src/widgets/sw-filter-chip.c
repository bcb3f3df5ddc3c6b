/* sw-filter-chip.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-filter-chip.h"

#include <glib/gi18n.h>

/* Longer conditions end with dots; the tooltip has all of it. */
#define MAX_CHARS 34

struct _SwFilterChip
{
  GtkWidget parent_instance;

  const SwColumn *column;
  GtkWidget *box;
};

enum
{
  APPLY,
  REMOVE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwFilterChip, sw_filter_chip, GTK_TYPE_WIDGET)

static void
on_applied (SwFilterChip *self, SwFilterEditor *editor)
{
  g_signal_emit (self, signals[APPLY], 0, editor);
}

static void
on_remove (SwFilterChip *self)
{
  g_signal_emit (self, signals[REMOVE], 0);
}

static GtkWidget *
create_button (SwFilterChip *self, const SwFilter *filter)
{
  g_autofree char *text = sw_filter_describe (self->column, filter);
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *label = gtk_label_new (text);
  GtkWidget *editor = sw_filter_editor_new (self->column, filter);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_menu_button_set_child (GTK_MENU_BUTTON (button), label);
  gtk_widget_set_tooltip_text (button, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect_object (editor, "applied", G_CALLBACK (on_applied), self, G_CONNECT_SWAPPED);
  gtk_popover_set_child (GTK_POPOVER (popover), editor);
  gtk_widget_add_css_class (popover, "filter-menu");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  return button;
}

static void
sw_filter_chip_dispose (GObject *object)
{
  g_clear_pointer (&SW_FILTER_CHIP (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_filter_chip_parent_class)->dispose (object);
}

static void
sw_filter_chip_class_init (SwFilterChipClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_filter_chip_dispose;
  signals[APPLY] = g_signal_new ("apply", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 1, SW_TYPE_FILTER_EDITOR);
  signals[REMOVE] = g_signal_new ("remove", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "filterchip");
}

static void
sw_filter_chip_init (SwFilterChip *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

static void
add_remove_button (SwFilterChip *self, const char *text)
{
  GtkWidget *remove = gtk_button_new_from_icon_name ("window-close-symbolic");
  g_autofree char *label = g_strdup_printf (_ ("Remove the filter “%s”"), text);

  gtk_widget_set_tooltip_text (remove, _ ("Remove this filter"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (remove), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (remove, "flat");
  g_signal_connect_swapped (remove, "clicked", G_CALLBACK (on_remove), self);
  gtk_box_append (GTK_BOX (self->box), remove);
}

GtkWidget *
sw_filter_chip_new (const SwColumn *column, const SwFilter *filter)
{
  SwFilterChip *self = g_object_new (SW_TYPE_FILTER_CHIP, NULL);
  g_autofree char *text = sw_filter_describe (column, filter);

  self->column = column;
  gtk_box_append (GTK_BOX (self->box), create_button (self, filter));
  add_remove_button (self, text);
  return GTK_WIDGET (self);
}

GtkWidget *
sw_filter_chip_new_scope (const char *text)
{
  SwFilterChip *self = g_object_new (SW_TYPE_FILTER_CHIP, NULL);
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (label), MAX_CHARS);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_tooltip_text (label, text);
  gtk_box_append (GTK_BOX (self->box), label);
  add_remove_button (self, text);
  return GTK_WIDGET (self);
}

const SwColumn *
sw_filter_chip_get_column (SwFilterChip *self)
{
  g_return_val_if_fail (SW_IS_FILTER_CHIP (self), NULL);
  return self->column;
}
