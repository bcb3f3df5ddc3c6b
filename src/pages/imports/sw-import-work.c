/* sw-import-work.c: see sw-import-work.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/imports/sw-import-work.h"

#include <glib/gi18n-lib.h>

#define PULSE_MS 120

struct _SwImportWork
{
  GtkBox parent_instance;

  GtkProgressBar *bar;
  GCancellable *cancellable; /* NULL: nothing is under way */
  guint pulse;
};

G_DEFINE_FINAL_TYPE (SwImportWork, sw_import_work, GTK_TYPE_BOX)

static gboolean
on_pulse (gpointer data)
{
  gtk_progress_bar_pulse (SW_IMPORT_WORK (data)->bar);
  return G_SOURCE_CONTINUE;
}

GCancellable *
sw_import_work_begin (SwImportWork *self, const char *what)
{
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  gtk_progress_bar_set_text (self->bar, what);
  g_clear_handle_id (&self->pulse, g_source_remove);
  self->pulse = g_timeout_add (PULSE_MS, on_pulse, self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
  return self->cancellable;
}

void
sw_import_work_set_part (SwImportWork *self, double part)
{
  g_clear_handle_id (&self->pulse, g_source_remove);
  gtk_progress_bar_set_fraction (self->bar, part);
}

void
sw_import_work_cancel (SwImportWork *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
sw_import_work_end (SwImportWork *self)
{
  g_clear_handle_id (&self->pulse, g_source_remove);
  g_clear_object (&self->cancellable);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

gboolean
sw_import_work_is_busy (SwImportWork *self)
{
  return self->cancellable != NULL;
}

static void
dispose (GObject *object)
{
  SwImportWork *self = SW_IMPORT_WORK (object);

  g_clear_handle_id (&self->pulse, g_source_remove);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (sw_import_work_parent_class)->dispose (object);
}

static void
sw_import_work_class_init (SwImportWorkClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
sw_import_work_init (SwImportWork *self)
{
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_progress_bar_set_show_text (self->bar, TRUE);
  gtk_progress_bar_set_ellipsize (self->bar, PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (GTK_WIDGET (self->bar), TRUE);
  gtk_widget_set_valign (GTK_WIDGET (self->bar), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (cancel, "clicked", G_CALLBACK (sw_import_work_cancel), self);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->bar));
  gtk_box_append (GTK_BOX (self), cancel);
  gtk_widget_add_css_class (GTK_WIDGET (self), "working-bar");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
