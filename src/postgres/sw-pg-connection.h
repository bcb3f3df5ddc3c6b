/* sw-pg-connection.h: one connection to PostgreSQL in the GLib main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Nothing here blocks: names are resolved by GResolver, libpq is polled, cancelling runs in a
 * thread. Statements are queued and run one after the other, in order. Callbacks run in the main
 * context that was the thread's default when the connection was created.
 *
 * Signals:
 *   "notification" (const char *channel, const char *payload, int backend_pid)
 *   "notice" (const char *sqlstate, const char *message)
 *   "lost" (GError *error): an open connection broke. The running statement has failed with
 *      SW_PG_ERROR_LOST (it may or may not be done), the waiting ones with SW_PG_ERROR_CLOSED
 *      (nothing was sent). open_async() may be called again.
 */
#pragma once

#include <gio/gio.h>
#include "postgres/sw-pg-error.h"
#include "postgres/sw-pg-params.h"
#include "postgres/sw-pg-result.h"
#include "postgres/sw-pg-target.h"

G_BEGIN_DECLS

#define SW_TYPE_PG_CONNECTION (sw_pg_connection_get_type ())
G_DECLARE_FINAL_TYPE (SwPgConnection, sw_pg_connection, SW, PG_CONNECTION, GObject)

typedef enum
{
  SW_PG_STATE_CLOSED,
  SW_PG_STATE_CONNECTING,
  SW_PG_STATE_OPEN,
  SW_PG_STATE_LOST,
} SwPgState;

SwPgConnection *sw_pg_connection_new (void);
SwPgState sw_pg_connection_get_state (SwPgConnection *self);

/* Milliseconds for each address tried, name resolution apart (it has as much); 0 keeps 10 000. */
void sw_pg_connection_set_connect_timeout (SwPgConnection *self, guint milliseconds);
/* Milliseconds a silent address delays the next one; 0 keeps 500. */
void sw_pg_connection_set_head_start (SwPgConnection *self, guint milliseconds);
/* Milliseconds a statement may take on the server, from the next open on; 0 for no limit. */
void sw_pg_connection_set_statement_timeout (SwPgConnection *self, guint milliseconds);
/* How late an answer may be, past the time-out of its statement or past the cancelling, before the
 * connection counts as lost, in milliseconds; 0 keeps 5 000. */
void sw_pg_connection_set_silence (SwPgConnection *self, guint milliseconds);

/* Tries each address of each host, in their order, until a read-write server accepts: the next one as
 * soon as one fails, or beside it when it is slow. The target is copied.
 * Over a network TLS with a verified certificate is required unless the target says otherwise. */
void sw_pg_connection_open_async (SwPgConnection *self,
                                  SwPgTarget *target,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
gboolean sw_pg_connection_open_finish (SwPgConnection *self, GAsyncResult *result, GError **error);

/* Fails what is waiting with SW_PG_ERROR_CLOSED and says goodbye to the server. No "lost". */
void sw_pg_connection_close (SwPgConnection *self);

/* Runs one statement; @params (may be NULL) is referenced. Cancelling completes the call at once
 * with G_IO_ERROR_CANCELLED and asks the server to stop; the next statement waits for that. */
void sw_pg_connection_query_async (SwPgConnection *self,
                                   const char *sql,
                                   SwPgParams *params,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);
SwPgResult *sw_pg_connection_query_finish (SwPgConnection *self,
                                           GAsyncResult *result,
                                           GError **error);

/* The host that answered, as sw_pg_host_name() writes it; NULL when not open. */
char *sw_pg_connection_dup_host (SwPgConnection *self);
/* Process id of the server side, 0 when not open. */
int sw_pg_connection_get_backend_pid (SwPgConnection *self);
/* A SCRAM verifier for ALTER ROLE … PASSWORD, so that no clear password reaches a log. */
char *sw_pg_encrypt_password (SwPgConnection *self,
                              const char *user,
                              const char *password,
                              GError **error);

G_END_DECLS
