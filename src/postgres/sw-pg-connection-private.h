/* sw-pg-connection-private.h: the connection as its two files see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sw-pg-connection.c opens, closes and enqueues; sw-pg-dispatch.c sends, receives and cancels.
 */
#pragma once

#include "postgres/sw-pg-connection.h"
#include "postgres/sw-pg-private.h"

G_BEGIN_DECLS

/* One statement on its way. */
typedef struct
{
  SwPgConnection *connection; /* not a reference: the task has one */
  GTask *task;                /* a reference; NULL when nobody waits for it (any more) */
  char *sql;
  SwPgParams *params;
  GSource *cancel_source;
  gboolean preparing; /* it is PREPARE, for the next time */
  gboolean prepared;  /* it was executed in its prepared form */
  SwPgResult *result;
  GError *error;
} SwPgCommand;

struct _SwPgConnection
{
  GObject parent_instance;

  GMainContext *context;
  SwPgState state;
  SwPgPatience patience;

  GTask *open_task;      /* while CONNECTING */
  GCancellable *opening; /* while CONNECTING: ours, the caller's is chained to it */
  gulong chained;        /* handler on the caller's cancellable */

  PGconn *conn;
  GSource *read_source;
  GSource *write_source; /* while libpq could not send everything */
  GSource *broken_source; /* idle: sending failed */
  GSource *again_source;  /* timer: the cancelled command still runs */
  GSource *silent_source; /* timer: the server must have answered by then */
  guint dispatching; /* inside libpq's data: PQfinish() must wait */

  SwPgStatements *statements;
  GQueue waiting; /* SwPgCommand */
  GQueue worth_preparing; /* char *sql */
  SwPgCommand *running;
  gboolean cancelling; /* a thread is telling the server: send nothing that it could hit */
  GPtrArray *notices;  /* char *sqlstate, char *message, alternating */
};

/* Emit the signals of the connection. */
void sw_pg_connection_emit_notification (SwPgConnection *self, PGnotify *notify);
void sw_pg_connection_emit_notice (SwPgConnection *self, const char *sqlstate, const char *message);
void sw_pg_connection_emit_lost (SwPgConnection *self, GError *error);

/* Takes an open @conn and starts listening to it. */
void sw_pg_dispatch_adopt (SwPgConnection *self, PGconn *conn);
/* Takes @command into the queue. */
void sw_pg_dispatch_push (SwPgConnection *self, SwPgCommand *command);
/* Drops the libpq side and fails every command: the running one with @error, the waiting ones,
 * which were never sent, with CLOSED. */
void sw_pg_dispatch_drop (SwPgConnection *self, const GError *error);
/* For the source of a command's cancellable; @user_data is the command. */
gboolean sw_pg_dispatch_on_cancelled (GCancellable *cancellable, gpointer user_data);

G_END_DECLS
