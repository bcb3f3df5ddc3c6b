/* sw-line-ask.h: asks the operator something for one line or many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Which actions exist and who may ask them comes from api.line_next_action. Here is only what each
 * asks the person before it becomes a request: one dialog, the same for a line and for a list. For one
 * line a refusal stays in the dialog, on its row; for several a report names each.
 */
#pragma once

#include "widgets/sw-dialog.h"
#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* @ids: gint64, referenced. @line: the record, when it is one that is open; else NULL. */
void sw_line_ask (SwRecordPage *page, const char *action, GArray *ids, SwRecord *line);

/* What is to be asked; for the dialogs of this folder. */
typedef struct _SwLineAsk SwLineAsk;

SwLineAsk *sw_line_ask_new (SwRecordPage *page, const char *action, GArray *ids, SwRecord *line);
void sw_line_ask_free (SwLineAsk *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwLineAsk, sw_line_ask_free)

SwSession *sw_line_ask_get_session (SwLineAsk *self);
/* The record of the only line, or NULL. */
SwRecord *sw_line_ask_get_line (SwLineAsk *self);
/* A dialog named after the action and its lines, with @body beneath; NULL for none. */
SwDialog *sw_line_ask_create_dialog (SwLineAsk *self, const char *body);
/* Ends the dialog with its buttons and shows it; @apply as for SwDialog::apply, and @self is freed with
 * the dialog. */
void sw_line_ask_present (SwLineAsk *self, SwDialog *dialog, GCallback apply);
/* An argument of the api function, taken when the person confirms. */
void sw_line_ask_set_text (SwLineAsk *self, const char *name, const char *text);
void sw_line_ask_set_id (SwLineAsk *self, const char *name, const char *id);
void sw_line_ask_set_date (SwLineAsk *self, const char *name, const char *iso);
void sw_line_ask_set_json (SwLineAsk *self, const char *name, JsonObject *object);
void sw_line_ask_run (SwLineAsk *self, SwDialog *dialog);

/* sw-line-offer-dialog.c: another subscription, its options, their prices, from a day on. Takes @ask. */
void sw_line_offer_dialog_present (SwLineAsk *ask);

G_END_DECLS
