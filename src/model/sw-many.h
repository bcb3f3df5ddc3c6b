/* sw-many.h: one api function on many records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The function takes ids and returns rows (id, ok, code, field, message, detail). It is called for some
 * of them at a time. Each call has its request key: cut, it is asked again and still done once
 * (sw-request.h). Of every record the outcome tells whether it was done, and if not, why.
 */
#pragma once

#include "model/sw-call.h"

G_BEGIN_DECLS

/* Records in one call, which is one transaction. */
#define SW_MANY_STEP 50

/* The call for these ids. */
typedef SwCall *(*SwManyCall) (const gint64 *ids, gsize n_ids, gpointer data);
/* @done of @total were answered. */
typedef void (*SwManyProgress) (guint done, guint total, gpointer data);

typedef struct
{
  guint n_done;
  GHashTable *failures; /* gint64 * → char *, a sentence; all that were not done */
  GError *error;        /* why none was even tried, when a call failed before any was; or NULL */
} SwManyOutcome;

void sw_many_outcome_free (SwManyOutcome *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwManyOutcome, sw_many_outcome_free)

/* @ids (gint64) is referenced. After a cut between two calls it waits for the connection. Cancelled, the
 * call under way is done as a whole or not at all, and no other one follows; the outcome tells.
 * @progress (may be NULL) gets @data too. */
void sw_many_run_async (SwSession *session,
                        GArray *ids,
                        SwManyCall call,
                        SwManyProgress progress,
                        gpointer data,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
/* It always has an outcome. */
SwManyOutcome *sw_many_run_finish (GAsyncResult *result);

G_END_DECLS
