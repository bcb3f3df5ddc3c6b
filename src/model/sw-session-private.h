/* sw-session-private.h: the session as its two files see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sw-session.c is the object; sw-session-connect.c connects, and connects again after a cut.
 */
#pragma once

#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_SESSION_FIRST_RETRY 250 /* ms */

/* The properties that change. */
enum
{
  SW_SESSION_PROP_STATE = 1,
  SW_SESSION_PROP_USER_NAME,
  SW_SESSION_PROP_DISPLAY_NAME,
  SW_SESSION_PROP_ROLE_LABEL,
  SW_SESSION_PROP_COMPANY_NAME,
  SW_SESSION_PROP_TODAY,
  SW_SESSION_PROP_HOST,
  SW_SESSION_PROP_LAST_ERROR,
  SW_SESSION_N_PROPS
};

/* A statement asked for. */
typedef struct
{
  char *sql;
  SwPgParams *params;
} SwSessionQuery;

struct _SwSession
{
  GObject parent_instance;

  SwSessionState state;
  SwPgConnection *lanes[3];
  GQueue readers; /* GTask, while the reading lane is being connected */
  SwServer *server;
  char *user;
  char *password; /* kept for reconnecting; wiped by close() */
  SwChangeFeed *feed;

  char *display_name;
  char *role_label;
  char *company_name;
  char *today;
  char *host;
  char **roles;
  char **rights;
  char *last_error;

  GCancellable *connecting; /* while the four steps run */
  guint retry_timer;
  guint retry_delay; /* ms until the next attempt */
  guint refresh_timer;
};

void sw_session_set_state (SwSession *self, SwSessionState state);
void sw_session_set_last_error (SwSession *self, const GError *error);
/* Replaces the text at @field and notifies property @prop. */
void sw_session_set_text (SwSession *self, char **field, const char *text, guint prop);
void sw_session_emit_restored (SwSession *self);

/* Connects both lanes and asks who we are. The cancellable of the callback's GTask is
 * self->connecting. */
void sw_session_connect_async (SwSession *self, GAsyncReadyCallback callback, gpointer user_data);
gboolean sw_session_connect_finish (SwSession *self, GAsyncResult *result, GError **error);
void sw_session_close_lanes (SwSession *self);
/* Takes @task, whose task data is a SwSessionQuery, and runs it on the reading connection. */
void sw_session_read (SwSession *self, GTask *task);
/* Runs the SwSessionQuery of @task, which is taken, on @lane as it is. */
void sw_session_run (SwSession *self, SwSessionLane lane, GTask *task);
/* For the "lost" signal of the lanes; @user_data is the session. */
void sw_session_on_lost (SwPgConnection *connection, GError *error, gpointer user_data);
/* For the "network-changed" signal: a network that comes back is not waited for. */
void sw_session_on_network (GNetworkMonitor *monitor, gboolean available, gpointer session);
/* A GSourceFunc that asks again who we are and which day it is. */
gboolean sw_session_refresh (gpointer session);

G_END_DECLS
