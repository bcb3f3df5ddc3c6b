/* sw-bulk.h: one api function on many records, and what came of each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * How the function is called is sw-many.h's; a progress can be cancelled: what is done by then is done. A
 * dialog then names each record that is not, with the reason, in the order of the list.
 */
#pragma once

#include "model/sw-many.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-table.h"

G_BEGIN_DECLS

typedef SwManyCall SwBulkCall;

/* @heading says what is done: "Change the status". @ids is referenced; @data is freed at the end. */
void sw_bulk_run (SwTable *table,
                  SwSession *session,
                  const char *heading,
                  GArray *ids,
                  SwBulkCall call,
                  gpointer data,
                  GDestroyNotify free_data);

/* The same once @dialog was answered, whose title is the heading. It has its rows; the buttons are put
 * here, @button being the one that runs. @call gets what the rows hold as its data, a GHashTable of field →
 * text. @required: the fields that may not be left empty, "p_status|p_paid_on", or NULL. */
void sw_bulk_ask (SwTable *table,
                  SwSession *session,
                  SwDialog *dialog,
                  const char *required,
                  const char *button,
                  GArray *ids,
                  SwBulkCall call);

/* For work done elsewhere (files written): the dialog alone. @failures: id → sentence; those of them in
 * @ids are named, all of them, in that order. */
void sw_bulk_report (SwTable *table,
                     const char *heading,
                     guint n_done,
                     GArray *ids,
                     GHashTable *failures);

G_END_DECLS
