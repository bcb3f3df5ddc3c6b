/* sw-dialog.h: a small window that says or asks one thing, or holds a few fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   SwDialog *dialog = sw_dialog_new (_("Delete this note?"), NULL);
 *   sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
 *   sw_dialog_add_button (dialog, "delete", _("_Delete"), SW_BUTTON_DESTRUCTIVE);
 *   sw_dialog_choose_async (dialog, parent, cancellable, on_chosen, self);
 *
 * With fields, which stay open until the server agrees:
 *
 *   SwDialog *dialog = sw_dialog_new (_("Record a payment"), NULL);
 *   sw_dialog_add_row (dialog, sw_date_row_new ("p_paid_on", _("Paid on")));
 *   sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
 *   sw_dialog_add_button (dialog, "pay", _("_Record"), SW_BUTTON_SUGGESTED);
 *   g_signal_connect (dialog, "apply", G_CALLBACK (on_apply), self);
 *   sw_dialog_present (dialog, parent);
 *
 *   on_apply (SwDialog *dialog, const char *button, gpointer data): build a SwCall from
 *   sw_dialog_get_value (dialog, "p_paid_on") and sw_dialog_run_call (dialog, call, session,
 *   on_done, data): the dialog shows that it works, puts errors on its rows and closes on success.
 *
 * Escape and the close button mean "cancel".
 */
#pragma once

#include <adwaita.h>
#include "model/sw-call.h"
#include "widgets/sw-field-set.h"

G_BEGIN_DECLS

typedef enum
{
  SW_BUTTON_NORMAL,
  SW_BUTTON_SUGGESTED,
  SW_BUTTON_DESTRUCTIVE,
} SwButtonStyle;

#define SW_TYPE_DIALOG (sw_dialog_get_type ())
G_DECLARE_FINAL_TYPE (SwDialog, sw_dialog, SW, DIALOG, AdwWindow)

SwDialog *sw_dialog_new (const char *heading, const char *body);
void sw_dialog_add_button (SwDialog *self, const char *name, const char *label, SwButtonStyle style);
/* Any widget between the text and the buttons. */
void sw_dialog_add_child (SwDialog *self, GtkWidget *child);
/* A SwRow, in a boxed list. */
void sw_dialog_add_row (SwDialog *self, GtkWidget *row);
/* Pixels; 420 unless told. */
void sw_dialog_set_width (SwDialog *self, int width);

/* Shows it and waits for a button. Only the name is returned; the dialog closes itself. */
void sw_dialog_choose_async (SwDialog *self,
                             GtkWidget *parent,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* The name of the button, "cancel" when closed otherwise; free with g_free(). */
char *sw_dialog_choose_finish (SwDialog *self, GAsyncResult *result);

/* Shows it; buttons other than "cancel" emit "apply" (const char *name) and leave it open. */
void sw_dialog_present (SwDialog *self, GtkWidget *parent);
/* The rows added, for values, errors and focus. */
SwFieldSet *sw_dialog_get_fields (SwDialog *self);
/* Canonical text of the row @field, NULL when empty or unreadable; free with g_free(). */
char *sw_dialog_get_value (SwDialog *self, const char *field);
/* What all rows hold: field → canonical text; a row left empty is not there. */
GHashTable *sw_dialog_get_values (SwDialog *self);
/* FALSE when a row is unreadable: it says so. */
gboolean sw_dialog_check (SwDialog *self);
/* Runs @call; on success closes and calls @callback (id: the call's first column as id). @cancellable
 * may be NULL. */
void sw_dialog_run_call (SwDialog *self,
                         SwCall *call,
                         SwSession *session,
                         void (*callback) (gint64 id, gpointer user_data),
                         gpointer user_data,
                         GDestroyNotify free_data);
/* The same for a function that answers with a row a record (see sw-bulk.h), called for one: refused, it
 * says so as an error would; @callback gets the row. */
void sw_dialog_run_row (SwDialog *self,
                        SwCall *call,
                        SwSession *session,
                        void (*callback) (SwRecord *row, gpointer user_data),
                        gpointer user_data,
                        GDestroyNotify free_data);
/* On the row concerned, else above the buttons. */
void sw_dialog_show_error (SwDialog *self, const GError *error);
void sw_dialog_set_busy (SwDialog *self, gboolean busy);

/* "Delete this? cannot be undone": one sentence question. The answer is "yes" or "cancel". */
SwDialog *sw_dialog_new_question (const char *heading,
                                  const char *body,
                                  const char *yes_label,
                                  gboolean destructive);
/* Tells an error that belongs to no field; nothing for a cancelled call, a toast for a lost
 * connection. */
void sw_dialog_tell_error (GtkWidget *parent, const char *heading, const GError *error);

G_END_DECLS
