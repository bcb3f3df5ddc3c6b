/* sw-session.c: see sw-session.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-session-private.h"
#include "model/sw-change-feed.h"
#include "model/sw-rule-messages.h"

#include <string.h>

#define REFRESH 600                   /* s: the date changes while people work late */
#define STATEMENT_TIMEOUT 60000       /* ms, on the interactive connection */
#define LONG_STATEMENT_TIMEOUT 600000 /* ms, in the background: exports, reports */

G_DEFINE_FINAL_TYPE (SwSession, sw_session, G_TYPE_OBJECT)
G_DEFINE_QUARK (sw-session-error-quark, sw_session_error)

enum
{
  RESTORED,
  NOTIFICATION,
  PROGRESS,
  N_SIGNALS
};

static GParamSpec *props[SW_SESSION_N_PROPS];
static guint signals[N_SIGNALS];

GType
sw_session_state_get_type (void)
{
  static gsize type = 0;
  static const GEnumValue values[] = {
    { SW_SESSION_CLOSED, "SW_SESSION_CLOSED", "closed" },
    { SW_SESSION_CONNECTING, "SW_SESSION_CONNECTING", "connecting" },
    { SW_SESSION_OPEN, "SW_SESSION_OPEN", "open" },
    { SW_SESSION_LOST, "SW_SESSION_LOST", "lost" },
    { 0, NULL, NULL },
  };

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("SwSessionState", values));
  return type;
}

void
sw_session_set_text (SwSession *self, char **field, const char *text, guint prop)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void
sw_session_set_state (SwSession *self, SwSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[SW_SESSION_PROP_STATE]);
}

void
sw_session_set_last_error (SwSession *self, const GError *error)
{
  g_autofree char *sentence = error != NULL ? sw_rule_message (error) : NULL;

  sw_session_set_text (self, &self->last_error, sentence, SW_SESSION_PROP_LAST_ERROR);
}

void
sw_session_emit_restored (SwSession *self)
{
  g_signal_emit (self, signals[RESTORED], 0);
}

static void
wipe (char **password)
{
  if (*password != NULL)
    explicit_bzero (*password, strlen (*password));
  g_clear_pointer (password, g_free);
}

/* ---- opening and closing ---- */

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwSession *self = SW_SESSION (source);
  g_autoptr (GTask) task = user_data;
  gboolean current = g_task_get_cancellable (G_TASK (result)) == self->connecting;
  GError *error = NULL;
  gboolean done = sw_session_connect_finish (self, result, &error);

  g_cancellable_disconnect (g_task_get_cancellable (task),
                            GPOINTER_TO_SIZE (g_task_get_task_data (task)));
  if (current)
    g_clear_object (&self->connecting);
  if (!done)
    {
      if (current)
        {
          sw_session_set_last_error (self, error);
          wipe (&self->password);
          sw_session_set_state (self, SW_SESSION_CLOSED);
        }
      g_task_return_error (task, error);
      return;
    }
  sw_session_set_last_error (self, NULL);
  sw_server_set_last_user (self->server, self->user);
  self->refresh_timer = g_timeout_add_seconds (REFRESH, sw_session_refresh, self);
  sw_session_set_state (self, SW_SESSION_OPEN);
  g_task_return_boolean (task, TRUE);
}

static void
cancel_other (GCancellable *cancellable, gpointer other)
{
  g_cancellable_cancel (other);
}

void
sw_session_open_async (SwSession *self,
                       SwServer *server,
                       const char *user,
                       const char *password,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  gulong chained = 0;

  g_return_if_fail (SW_IS_SESSION (self) && SW_IS_SERVER (server));
  sw_session_close (self);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sw_session_open_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  g_set_object (&self->server, server);
  self->password = g_strdup (password);
  sw_session_set_text (self, &self->user, user, SW_SESSION_PROP_USER_NAME);
  self->retry_delay = SW_SESSION_FIRST_RETRY;
  sw_session_set_state (self, SW_SESSION_CONNECTING);
  sw_session_connect_async (self, on_opened, g_object_ref (task));
  if (cancellable != NULL)
    chained = g_cancellable_connect (cancellable, G_CALLBACK (cancel_other),
                                     g_object_ref (self->connecting), g_object_unref);
  g_task_set_task_data (task, GSIZE_TO_POINTER (chained), NULL);
}

gboolean
sw_session_open_finish (SwSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
sw_session_close (SwSession *self)
{
  g_return_if_fail (SW_IS_SESSION (self));
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  g_clear_handle_id (&self->refresh_timer, g_source_remove);
  if (self->connecting != NULL)
    {
      g_autoptr (GCancellable) connecting = g_steal_pointer (&self->connecting);

      g_cancellable_cancel (connecting);
    }
  sw_session_close_lanes (self);
  wipe (&self->password);
  sw_session_set_state (self, SW_SESSION_CLOSED);
}

/* ---- statements ---- */

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SwPgResult *answer = sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, &error);

  /* This server is a standby now: the change belongs to the other one. */
  if (sw_pg_error_is (error, "25006"))
    sw_session_on_lost (SW_PG_CONNECTION (source), error, g_task_get_source_object (task));
  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) sw_pg_result_unref);
  else
    g_task_return_error (task, error);
}

static void
query_free (SwSessionQuery *query)
{
  g_free (query->sql);
  g_clear_pointer (&query->params, sw_pg_params_unref);
  g_free (query);
}

void
sw_session_run (SwSession *self, SwSessionLane lane, GTask *task)
{
  const SwSessionQuery *query = g_task_get_task_data (task);

  sw_pg_connection_query_async (self->lanes[lane], query->sql, query->params,
                                g_task_get_cancellable (task), on_answered, task);
}

void
sw_session_query_async (SwSession *self,
                        SwSessionLane lane,
                        const char *sql,
                        SwPgParams *params,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  GTask *task;
  SwSessionQuery *query;

  g_return_if_fail (SW_IS_SESSION (self) && sql != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sw_session_query_async);
  query = g_new0 (SwSessionQuery, 1);
  query->sql = g_strdup (sql);
  query->params = params != NULL ? sw_pg_params_ref (params) : NULL;
  g_task_set_task_data (task, query, (GDestroyNotify) query_free);
  if (lane == SW_SESSION_READING)
    sw_session_read (self, task);
  else
    sw_session_run (self, lane, task);
}

SwPgResult *
sw_session_query_finish (SwSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

char *
sw_session_encrypt_password (SwSession *self,
                             const char *user,
                             const char *password,
                             GError **error)
{
  return sw_pg_encrypt_password (self->lanes[SW_SESSION_INTERACTIVE], user, password, error);
}

/* ---- properties ---- */

SwSessionState
sw_session_get_state (SwSession *self)
{
  g_return_val_if_fail (SW_IS_SESSION (self), SW_SESSION_CLOSED);
  return self->state;
}

SwServer *
sw_session_get_server (SwSession *self)
{
  return self->server;
}

const char *
sw_session_get_user_name (SwSession *self)
{
  return self->user;
}

const char *
sw_session_get_display_name (SwSession *self)
{
  return self->display_name;
}

const char *
sw_session_get_role_label (SwSession *self)
{
  return self->role_label;
}

const char *
sw_session_get_company_name (SwSession *self)
{
  return self->company_name;
}

const char *
sw_session_get_today (SwSession *self)
{
  return self->today;
}

const char *
sw_session_get_host (SwSession *self)
{
  return self->host;
}

const char *
sw_session_get_last_error (SwSession *self)
{
  return self->last_error;
}

gboolean
sw_session_has_role (SwSession *self, const char *role)
{
  g_return_val_if_fail (SW_IS_SESSION (self), FALSE);
  return self->roles != NULL && g_strv_contains ((const char *const *) self->roles, role);
}

gboolean
sw_session_has_right (SwSession *self, const char *right)
{
  g_return_val_if_fail (SW_IS_SESSION (self), FALSE);
  return self->rights != NULL && g_strv_contains ((const char *const *) self->rights, right);
}

SwChangeFeed *
sw_session_get_change_feed (SwSession *self)
{
  g_return_val_if_fail (SW_IS_SESSION (self), NULL);
  return self->feed;
}

static void
sw_session_get_property (GObject *object, guint prop, GValue *value, GParamSpec *pspec)
{
  SwSession *self = SW_SESSION (object);

  switch (prop)
    {
    case SW_SESSION_PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case SW_SESSION_PROP_USER_NAME:
      g_value_set_string (value, self->user);
      break;
    case SW_SESSION_PROP_DISPLAY_NAME:
      g_value_set_string (value, self->display_name);
      break;
    case SW_SESSION_PROP_ROLE_LABEL:
      g_value_set_string (value, self->role_label);
      break;
    case SW_SESSION_PROP_COMPANY_NAME:
      g_value_set_string (value, self->company_name);
      break;
    case SW_SESSION_PROP_TODAY:
      g_value_set_string (value, self->today);
      break;
    case SW_SESSION_PROP_HOST:
      g_value_set_string (value, self->host);
      break;
    case SW_SESSION_PROP_LAST_ERROR:
      g_value_set_string (value, self->last_error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
    }
}

/* ---- the object ---- */

/* rules.import_progress() of the server. */
static void
on_notice (SwPgConnection *connection, const char *sqlstate, const char *message, SwSession *self)
{
  if (g_strcmp0 (sqlstate, "SWPRG") == 0)
    g_signal_emit (self, signals[PROGRESS], 0, CLAMP (g_ascii_strtod (message, NULL), 0, 1));
}

static void
on_notification (SwPgConnection *connection,
                 const char *channel,
                 const char *payload,
                 int backend_pid,
                 gpointer user_data)
{
  g_signal_emit (user_data, signals[NOTIFICATION], 0, channel, payload);
}

SwSession *
sw_session_new (void)
{
  return g_object_new (SW_TYPE_SESSION, NULL);
}

static void
sw_session_dispose (GObject *object)
{
  SwSession *self = SW_SESSION (object);

  sw_session_close (self);
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    g_signal_handlers_disconnect_by_data (self->lanes[i], self);
  G_OBJECT_CLASS (sw_session_parent_class)->dispose (object);
}

static void
sw_session_finalize (GObject *object)
{
  SwSession *self = SW_SESSION (object);

  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    g_clear_object (&self->lanes[i]);
  g_clear_object (&self->server);
  g_clear_object (&self->feed);
  g_free (self->user);
  g_free (self->display_name);
  g_free (self->role_label);
  g_free (self->company_name);
  g_free (self->today);
  g_free (self->host);
  g_free (self->last_error);
  g_strfreev (self->roles);
  g_strfreev (self->rights);
  G_OBJECT_CLASS (sw_session_parent_class)->finalize (object);
}

static void
install_text (GObjectClass *object_class, guint prop, const char *name)
{
  props[prop] = g_param_spec_string (name, NULL, NULL, NULL,
                                     G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, prop, props[prop]);
}

static void
sw_session_class_init (SwSessionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GType type = G_TYPE_FROM_CLASS (klass);

  object_class->get_property = sw_session_get_property;
  object_class->dispose = sw_session_dispose;
  object_class->finalize = sw_session_finalize;
  props[SW_SESSION_PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SW_TYPE_SESSION_STATE,
                                         SW_SESSION_CLOSED,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, SW_SESSION_PROP_STATE,
                                   props[SW_SESSION_PROP_STATE]);
  install_text (object_class, SW_SESSION_PROP_USER_NAME, "user-name");
  install_text (object_class, SW_SESSION_PROP_DISPLAY_NAME, "display-name");
  install_text (object_class, SW_SESSION_PROP_ROLE_LABEL, "role-label");
  install_text (object_class, SW_SESSION_PROP_COMPANY_NAME, "company-name");
  install_text (object_class, SW_SESSION_PROP_TODAY, "today");
  install_text (object_class, SW_SESSION_PROP_HOST, "host");
  install_text (object_class, SW_SESSION_PROP_LAST_ERROR, "last-error");
  signals[RESTORED] = g_signal_new ("restored", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[NOTIFICATION] = g_signal_new ("notification", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
  signals[PROGRESS] = g_signal_new ("progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 1, G_TYPE_DOUBLE);
}

static void
sw_session_init (SwSession *self)
{
  const guint timeouts[] = { STATEMENT_TIMEOUT, LONG_STATEMENT_TIMEOUT, LONG_STATEMENT_TIMEOUT };

  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      self->lanes[i] = sw_pg_connection_new ();
      sw_pg_connection_set_statement_timeout (self->lanes[i], timeouts[i]);
      g_signal_connect (self->lanes[i], "lost", G_CALLBACK (sw_session_on_lost), self);
    }
  g_signal_connect (self->lanes[SW_SESSION_BACKGROUND], "notification",
                    G_CALLBACK (on_notification), self);
  g_signal_connect (self->lanes[SW_SESSION_BACKGROUND], "notice", G_CALLBACK (on_notice), self);
  g_signal_connect_object (g_network_monitor_get_default (), "network-changed",
                           G_CALLBACK (sw_session_on_network), self, 0);
  self->feed = sw_change_feed_new (self);
}
