/* sw-operator-text.c: see sw-operator-text.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/lines/sw-operator-text.h"

#include <glib/gi18n-lib.h>

/* After the last key. */
#define DELAY 150 /* ms */

typedef struct
{
  SwSession *session;
  SwRow *first; /* the dialog's, which owns this */
  SwRow *last;
  guint source;
  GCancellable *cancellable;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *self = data;

  g_clear_handle_id (&self->source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_object_unref (self->session);
  g_free (self);
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sw_call_run_finish_text (result, &error);
  g_autofree char *hint = NULL;
  Preview *self = data;

  /* Cancelled when more is typed and when the dialog goes: then @self may be gone. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (text != NULL && *text != '\0')
    hint = g_strdup_printf (_("The operator reads: %s"), text);
  sw_row_set_hint (self->last, hint);
}

static gboolean
on_due (gpointer data)
{
  Preview *self = data;
  g_autoptr (SwCall) call = sw_call_new ("operator_text");
  g_autofree char *first = sw_row_get_value (self->first, NULL);
  g_autofree char *last = sw_row_get_value (self->last, NULL);
  g_autofree char *name
      = g_strjoin (" ", first != NULL ? first : "", last != NULL ? last : "", NULL);

  self->source = 0;
  self->cancellable = g_cancellable_new ();
  sw_call_add_text (call, NULL, name);
  sw_call_run_async (call, self->session, self->cancellable, on_read, self);
  return G_SOURCE_REMOVE;
}

static void
on_typed (SwRow *row, GParamSpec *pspec, Preview *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->source, g_source_remove);
  self->source = g_timeout_add (DELAY, on_due, self);
}

void
sw_operator_text_show (SwDialog *dialog,
                       SwSession *session,
                       const char *first_field,
                       const char *last_field)
{
  SwFieldSet *fields = sw_dialog_get_fields (dialog);
  Preview *self = g_new0 (Preview, 1);

  self->session = g_object_ref (session);
  self->first = sw_field_set_get_row (fields, first_field);
  self->last = sw_field_set_get_row (fields, last_field);
  g_signal_connect (self->first, "notify::value", G_CALLBACK (on_typed), self);
  g_signal_connect (self->last, "notify::value", G_CALLBACK (on_typed), self);
  g_object_set_data_full (G_OBJECT (dialog), "sw-operator-text", self, preview_free);
}
