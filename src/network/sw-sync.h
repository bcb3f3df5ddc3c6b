/* sw-sync.h: brings what a provider knows to the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server keeps the questions; this asks them of the provider, some at a time, and hands the answers
 * in. Cut or cancelled at any moment, the next synchronisation goes on where it was.
 *
 * Signal "progress": another look at the numbers is worth it.
 */
#pragma once

#include "model/sw-session.h"
#include "network/sw-provider.h"

G_BEGIN_DECLS

typedef struct
{
  guint done, total; /* questions; total grows as answers raise more */
  guint created, changed, same;
  guint anomalies; /* open ones */
} SwSyncProgress;

#define SW_TYPE_SYNC (sw_sync_get_type ())
G_DECLARE_FINAL_TYPE (SwSync, sw_sync, SW, SYNC, GObject)

/* @limits: NULL for the default of SwHttp. */
SwSync *sw_sync_new (SwSession *session, const char *provider, const SwHttpLimits *limits);

/* @secret may be NULL. @full: everything, not only what changed since the last time. Errors: those of
 * the server (SW_PG_ERROR), SW_PROVIDER_ERROR, SW_HTTP_ERROR, G_IO_ERROR_CANCELLED. */
void sw_sync_run_async (SwSync *self,
                        gboolean full,
                        const char *secret,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
gboolean sw_sync_run_finish (SwSync *self, GAsyncResult *result, GError **error);

const SwSyncProgress *sw_sync_get_progress (SwSync *self);

G_END_DECLS
