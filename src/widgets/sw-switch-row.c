/* sw-switch-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-switch-row.h"

#include <glib/gi18n.h>

struct _SwSwitchRow
{
  SwRow parent_instance;

  GtkWidget *toggle;
};

G_DEFINE_FINAL_TYPE (SwSwitchRow, sw_switch_row, SW_TYPE_ROW)

static void
sw_switch_row_set_value (SwRow *row, const char *value)
{
  gtk_switch_set_active (GTK_SWITCH (SW_SWITCH_ROW (row)->toggle),
                         g_strcmp0 (value, "true") == 0);
}

static char *
sw_switch_row_get_value (SwRow *row, GError **error)
{
  gboolean active = gtk_switch_get_active (GTK_SWITCH (SW_SWITCH_ROW (row)->toggle));

  return g_strdup (active ? "true" : "false");
}

static char *
sw_switch_row_get_display (SwRow *row)
{
  gboolean active = gtk_switch_get_active (GTK_SWITCH (SW_SWITCH_ROW (row)->toggle));

  return g_strdup (active ? _ ("Yes") : _ ("No"));
}

static void
sw_switch_row_class_init (SwSwitchRowClass *klass)
{
  SwRowClass *row_class = SW_ROW_CLASS (klass);

  row_class->set_value = sw_switch_row_set_value;
  row_class->get_value = sw_switch_row_get_value;
  row_class->get_display = sw_switch_row_get_display;
  row_class->is_boolean = TRUE;
}

static void
sw_switch_row_init (SwSwitchRow *self)
{
  self->toggle = gtk_switch_new ();
  g_signal_connect_swapped (self->toggle, "notify::active", G_CALLBACK (sw_row_edited), self);
  sw_row_set_editor (SW_ROW (self), self->toggle, TRUE);
}

GtkWidget *
sw_switch_row_new (const char *field, const char *title)
{
  return g_object_new (SW_TYPE_SWITCH_ROW, "field", field, "title", title, NULL);
}
