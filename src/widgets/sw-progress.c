/* sw-progress.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-progress.h"

#include <glib/gi18n.h>
#include "base/sw-money.h"
#include "widgets/sw-dialog.h"

/* What ends sooner shows no window. */
#define DELAY 400 /* ms */

struct _SwProgress
{
  GtkWidget *parent; /* weak */
  SwDialog *dialog;  /* NULL once the person closed it */
  GtkWidget *bar;
  GCancellable *cancellable;
  guint source;
};

static void
on_closed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GCancellable) cancellable = data;
  g_autofree char *answer = sw_dialog_choose_finish (SW_DIALOG (source), result);

  if (g_str_equal (answer, "cancel"))
    g_cancellable_cancel (cancellable);
}

static gboolean
on_due (gpointer data)
{
  SwProgress *self = data;

  self->source = 0;
  if (self->dialog != NULL && self->parent != NULL && gtk_widget_get_root (self->parent) != NULL)
    sw_dialog_choose_async (self->dialog, self->parent, NULL, on_closed,
                            g_object_ref (self->cancellable));
  return G_SOURCE_REMOVE;
}

SwProgress *
sw_progress_new (GtkWidget *parent, const char *heading, GCancellable *cancellable)
{
  SwProgress *self = g_new0 (SwProgress, 1);

  g_set_weak_pointer (&self->parent, parent);
  self->cancellable = g_object_ref (cancellable);
  self->bar = gtk_progress_bar_new ();
  gtk_progress_bar_set_show_text (GTK_PROGRESS_BAR (self->bar), TRUE);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->bar), "…");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, heading,
                                  -1);
  g_set_weak_pointer (&self->dialog, sw_dialog_new (heading, NULL));
  sw_dialog_add_child (self->dialog, self->bar);
  sw_dialog_add_button (self->dialog, "cancel", _ ("_Cancel"), SW_BUTTON_NORMAL);
  self->source = g_timeout_add (DELAY, on_due, self);
  return self;
}

void
sw_progress_set (SwProgress *self, guint done, guint total)
{
  g_autofree char *a = g_strdup_printf ("%u", done);
  g_autofree char *b = g_strdup_printf ("%u", total);
  g_autofree char *first = sw_money_format_number (a, 0);
  g_autofree char *last = sw_money_format_number (b, 0);
  /* Translators: rows done, of how many. */
  g_autofree char *text = g_strdup_printf (_ ("%s of %s"), first, last);

  if (self->dialog == NULL || total == 0)
    return;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), (double) done / total);
  gtk_progress_bar_set_text (GTK_PROGRESS_BAR (self->bar), text);
  /* GTK hides the words of the bar from who listens. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_VALUE_TEXT, text,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
}

void
sw_progress_free (SwProgress *self)
{
  SwDialog *dialog = self->dialog;

  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_weak_pointer (&self->parent);
  g_clear_weak_pointer (&self->dialog);
  /* Closing answers "cancel": harmless, the work is over. */
  if (dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (self->cancellable);
  g_free (self);
}
