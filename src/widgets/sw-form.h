/* sw-form.h: the fields of one record: load, change, save with one call
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   self->form = sw_form_new (view, "customer");           api.customer_save, api.customer_record
 *   sw_form_load (self->form, record);                      or sw_form_load_new (form, defaults)
 *   sw_form_save_async (self->form, session, cancellable, on_saved, self);
 *
 * Only changed keys are sent, with id and row_version. An error of the server goes to the row it
 * concerns. When somebody else changed the record meanwhile it is read again and merged field by
 * field, asking only about fields both changed. Inside a SwRecordPage all of this is automatic: give
 * it the form with sw_record_page_set_form().
 *
 * Property "changed" (boolean, notify), "saving" (boolean, notify).
 */
#pragma once

#include "model/sw-record.h"
#include "model/sw-session.h"
#include "widgets/sw-field-set.h"

G_BEGIN_DECLS

#define SW_TYPE_FORM (sw_form_get_type ())
G_DECLARE_FINAL_TYPE (SwForm, sw_form, SW, FORM, GObject)

/* @root is watched: the form stops when it is disposed of. */
SwForm *sw_form_new (GtkWidget *root, const char *entity);

/* The function that saves, when it is not api.<entity>_save. */
void sw_form_set_save_function (SwForm *self, const char *function);

void sw_form_load (SwForm *self, SwRecord *record);
/* An empty form, or filled with @defaults, which are saved with the rest. */
void sw_form_load_new (SwForm *self, JsonObject *defaults);
gboolean sw_form_is_new (SwForm *self);
gboolean sw_form_is_changed (SwForm *self);
gboolean sw_form_is_saving (SwForm *self);
/* Back to what was loaded, with a toast that offers to undo that. */
void sw_form_revert (SwForm *self);

/* A key without a row, sent with the next save ("segment_ids", "customer_id"); takes @value; NULL
 * takes it back. It makes the form changed. */
void sw_form_set_extra (SwForm *self, const char *key, JsonNode *value);

/* What is typed and with what it was compared, for sw-drafts.h; NULL when nothing is. */
JsonObject *sw_form_get_draft (SwForm *self);
/* Shows it again, as typed. */
void sw_form_restore_draft (SwForm *self, JsonObject *draft);

SwRow *sw_form_get_row (SwForm *self, const char *field);
GtkWidget *sw_form_get_list (SwForm *self, const char *field);
SwFieldSet *sw_form_get_fields (SwForm *self);

void sw_form_save_async (SwForm *self,
                         SwSession *session,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* The id of the saved record, or 0: the person has been told (row, toast or dialog) and nothing is
 * lost. Read the record again and load it. */
gint64 sw_form_save_finish (SwForm *self, GAsyncResult *result);

/* Shows any error of a call concerning this record: on its row if it has one, else as a toast or a
 * dialog. */
void sw_form_show_error (SwForm *self, const GError *error);

G_END_DECLS
