/* sw-request.h: one change asked of the server, until its outcome is known
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A request carries a key. When the connection breaks while it runs, it waits for the session to
 * come back and is asked again with the same key, which the server answers without doing it twice.
 * Cancelled, it asks whether it was done. So it ends with what happened, never with "perhaps": the
 * only exception is a session that is closed meanwhile (SW_PG_ERROR_CLOSED), where the key tells
 * later, see sw_request_outcome_async().
 */
#pragma once

#include "model/sw-session.h"

G_BEGIN_DECLS

/* A new key; free with g_free(). */
char *sw_request_new_key (void);

/* Runs api.<function> with @arguments, a JSON object as api.call() takes it. Fails at once with
 * SW_PG_ERROR_CLOSED when the session is not open. Cancelled: G_IO_ERROR_CANCELLED when it was not
 * done and never will be, an ordinary answer when it was. */
void sw_request_run_async (SwSession *session,
                           SwSessionLane lane,
                           const char *key,
                           const char *function,
                           const char *arguments,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* The answer is the text of the first column. */
SwPgResult *sw_request_run_finish (GAsyncResult *result, GError **error);

/* What became of a request of an earlier run of the program; it is given up if it was not done. */
void sw_request_outcome_async (SwSession *session,
                               const char *key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* TRUE when it was done; @answer (nullable) is its text. FALSE without error: never done. */
gboolean sw_request_outcome_finish (GAsyncResult *result, char **answer, GError **error);

G_END_DECLS
