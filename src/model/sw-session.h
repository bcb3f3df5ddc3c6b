/* sw-session.h: who is logged in, what they may do, and their connections
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The *interactive* connection answers the person (records, saves, lists on screen); the
 * *background* one listens to changes; the *reading* one, made when it is first needed, does what is
 * long (all ids of a list, sums, exports), so that it delays neither. When one breaks, the state is LOST
 * and the session tries again by itself, less and less often (0.25 s to 4 s) and whenever the
 * network comes back, until it is closed. A server that accepts no changes any more (a standby now)
 * is left the same way, for the one of its hosts that does.
 *
 * Properties (all read only, all notify): state, user-name, display-name, role-label,
 * company-name, today, host (which of the server's hosts answered), last-error (a sentence for a person,
 * or NULL).
 * Signals:
 *   "restored": the connections are back after a cut; what is on screen should be read again.
 *   "notification" (const char *channel, const char *payload): for SwChangeFeed.
 *   "progress" (double part): how far the call that runs on the background connection is, 0 to 1.
 */
#pragma once

#include <gio/gio.h>
#include "postgres/sw-pg-connection.h"
#include "model/sw-server.h"

G_BEGIN_DECLS

/* The levels of the server's api schema this program understands, both included. */
#define SW_SESSION_API_LEVEL_MIN 1
#define SW_SESSION_API_LEVEL_MAX 1

typedef enum
{
  SW_SESSION_CLOSED,
  SW_SESSION_CONNECTING,
  SW_SESSION_OPEN,
  SW_SESSION_LOST,
} SwSessionState;

#define SW_TYPE_SESSION_STATE (sw_session_state_get_type ())
GType sw_session_state_get_type (void) G_GNUC_CONST;

#define SW_SESSION_ERROR (sw_session_error_quark ())
GQuark sw_session_error_quark (void);

typedef enum
{
  SW_SESSION_ERROR_TOO_OLD_CLIENT, /* the server is newer than this program */
  SW_SESSION_ERROR_TOO_OLD_SERVER,
  SW_SESSION_ERROR_NOT_SOFTWHERE, /* a PostgreSQL server, but without Softwhere in it */
  SW_SESSION_ERROR_ANSWER,        /* the server answered something unreadable */
} SwSessionError;

typedef enum
{
  SW_SESSION_INTERACTIVE,
  SW_SESSION_BACKGROUND,
  SW_SESSION_READING,
} SwSessionLane;

#define SW_TYPE_SESSION (sw_session_get_type ())
G_DECLARE_FINAL_TYPE (SwSession, sw_session, SW, SESSION, GObject)

typedef struct _SwChangeFeed SwChangeFeed;

SwSession *sw_session_new (void);

/* Connects and asks the server who we are. A session can be opened again after it was closed or
 * after a failure. Errors: SW_PG_ERROR, SW_SESSION_ERROR, G_IO_ERROR_CANCELLED. */
void sw_session_open_async (SwSession *self,
                            SwServer *server,
                            const char *user,
                            const char *password,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean sw_session_open_finish (SwSession *self, GAsyncResult *result, GError **error);
void sw_session_close (SwSession *self);
/* When LOST: try now instead of at the next attempt (the "Reconnect" button). */
void sw_session_reconnect_now (SwSession *self);

SwSessionState sw_session_get_state (SwSession *self);
SwServer *sw_session_get_server (SwSession *self);
const char *sw_session_get_user_name (SwSession *self);
const char *sw_session_get_display_name (SwSession *self);
/* As the server names it, an English msgid. */
const char *sw_session_get_role_label (SwSession *self);
const char *sw_session_get_company_name (SwSession *self);
/* The server's date, "YYYY-MM-DD"; NULL before the first opening. Kept up to date. */
const char *sw_session_get_today (SwSession *self);
const char *sw_session_get_last_error (SwSession *self);
/* The host that answered, "db2:5433"; NULL before the first opening. */
const char *sw_session_get_host (SwSession *self);
/* TRUE when the person is a member of @role ("sw_adv"). For showing or hiding only: the server
 * decides. */
gboolean sw_session_has_role (SwSession *self, const char *role);
/* TRUE when the server says so of this person, whatever their roles: "margin", purchase prices. As
 * above. */
gboolean sw_session_has_right (SwSession *self, const char *right);
/* What changes on the server; belongs to the session. */
SwChangeFeed *sw_session_get_change_feed (SwSession *self);

/* For this room only: pages use SwCall and SwRecordList. @params is referenced. */
void sw_session_query_async (SwSession *self,
                             SwSessionLane lane,
                             const char *sql,
                             SwPgParams *params,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
SwPgResult *sw_session_query_finish (SwSession *self, GAsyncResult *result, GError **error);

/* A SCRAM verifier, so that a new password never travels in clear. NULL when not open. */
char *sw_session_encrypt_password (SwSession *self,
                                   const char *user,
                                   const char *password,
                                   GError **error);

G_END_DECLS
