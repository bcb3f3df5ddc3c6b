/* sw-session.c: see sw-session.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Connecting is four steps, the same for the first time and after a cut: the interactive
 * connection, api.session(), the background connection, LISTEN.
 */
#include "model/sw-session.h"
#include "model/sw-change-feed.h"
#include "model/sw-record.h"
#include "model/sw-rule-messages.h"
#include "model/sw-sql.h"

#include <string.h>

#define FIRST_RETRY 500      /* ms */
#define LONGEST_RETRY 30000  /* ms */
#define REFRESH 600          /* s: the date changes while people work late */
#define STATEMENT_TIMEOUT 60000      /* ms, on the interactive connection */
#define LONG_STATEMENT_TIMEOUT 600000 /* ms, in the background: exports, reports */

struct _SwSession
{
  GObject parent_instance;

  SwSessionState state;
  SwPgConnection *lanes[2];
  SwServer *server;
  char *user;
  char *password; /* kept for reconnecting; wiped by close() */
  SwChangeFeed *feed;

  char *display_name;
  char *role_label;
  char *company_name;
  char *today;
  char **roles;
  char *last_error;

  GCancellable *connecting; /* while the four steps run */
  guint retry_timer;
  guint retry_delay; /* ms until the next attempt */
  guint refresh_timer;
};

G_DEFINE_FINAL_TYPE (SwSession, sw_session, G_TYPE_OBJECT)
G_DEFINE_QUARK (sw-session-error-quark, sw_session_error)

enum
{
  PROP_STATE = 1,
  PROP_USER_NAME,
  PROP_DISPLAY_NAME,
  PROP_ROLE_LABEL,
  PROP_COMPANY_NAME,
  PROP_TODAY,
  PROP_LAST_ERROR,
  N_PROPS
};

enum
{
  RESTORED,
  NOTIFICATION,
  N_SIGNALS
};

static GParamSpec *props[N_PROPS];
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

static void
set_text (SwSession *self, char **field, const char *text, guint prop)
{
  if (g_strcmp0 (*field, text) == 0)
    return;
  g_free (*field);
  *field = g_strdup (text);
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

static void
set_state (SwSession *self, SwSessionState state)
{
  if (self->state == state)
    return;
  self->state = state;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_STATE]);
}

static void
set_last_error (SwSession *self, const GError *error)
{
  g_autofree char *sentence = error != NULL ? sw_rule_message (error) : NULL;

  set_text (self, &self->last_error, sentence, PROP_LAST_ERROR);
}

static void
wipe (char **password)
{
  if (*password != NULL)
    explicit_bzero (*password, strlen (*password));
  g_clear_pointer (password, g_free);
}

/* ---- who we are ---- */

static gboolean
check_level (gint64 level, GError **error)
{
  if (level > SW_SESSION_API_LEVEL_MAX)
    g_set_error (error, SW_SESSION_ERROR, SW_SESSION_ERROR_TOO_OLD_CLIENT,
                 "The server speaks level %" G_GINT64_FORMAT ", this program up to %d", level,
                 SW_SESSION_API_LEVEL_MAX);
  else if (level < SW_SESSION_API_LEVEL_MIN)
    g_set_error (error, SW_SESSION_ERROR, SW_SESSION_ERROR_TOO_OLD_SERVER,
                 "The server speaks level %" G_GINT64_FORMAT ", this program from %d", level,
                 SW_SESSION_API_LEVEL_MIN);
  else
    return TRUE;
  return FALSE;
}

/* Takes over what api.session() answered. */
static gboolean
adopt_identity (SwSession *self, const char *json, GError **error)
{
  g_autoptr (SwRecord) who = json != NULL ? sw_record_new_from_text (json, NULL) : NULL;

  if (who == NULL)
    {
      g_set_error_literal (error, SW_SESSION_ERROR, SW_SESSION_ERROR_ANSWER,
                           "api.session() answered nothing readable");
      return FALSE;
    }
  if (!check_level (sw_record_get_int (who, "api_level"), error))
    return FALSE;
  g_strfreev (self->roles);
  self->roles = g_strdupv ((char **) sw_record_get_strv (who, "roles"));
  set_text (self, &self->display_name, sw_record_get_text (who, "display_name"),
            PROP_DISPLAY_NAME);
  set_text (self, &self->role_label, sw_record_get_text (who, "role_label"), PROP_ROLE_LABEL);
  set_text (self, &self->company_name, sw_record_get_text (who, "company_name"),
            PROP_COMPANY_NAME);
  set_text (self, &self->today, sw_record_get_text (who, "today"), PROP_TODAY);
  return TRUE;
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwSession) self = user_data;
  g_autoptr (SwPgResult) answer
      = sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, NULL);

  /* A failure shows itself otherwise: as a lost connection, or at the next opening. */
  if (answer != NULL && self->state == SW_SESSION_OPEN)
    adopt_identity (self, sw_pg_result_get_text (answer, 0, 0), NULL);
}

static gboolean
on_time_to_refresh (gpointer user_data)
{
  SwSession *self = user_data;

  sw_pg_connection_query_async (self->lanes[SW_SESSION_BACKGROUND], SW_SQL_SESSION, NULL, NULL,
                                on_refreshed, g_object_ref (self));
  return G_SOURCE_CONTINUE;
}

/* ---- the four steps ---- */

static void
close_lanes (SwSession *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    sw_pg_connection_close (self->lanes[i]);
}

/* Takes @error. */
static void
steps_failed (GTask *task, GError *error)
{
  close_lanes (g_task_get_source_object (task));
  g_task_return_error (task, error);
}

/* A server without our schema is a frequent mistake in the login window: say so. */
static GError *
explain (GError *error)
{
  if (!sw_pg_error_is (error, "3F000") && !sw_pg_error_is (error, "42883"))
    return error;
  g_error_free (error);
  return g_error_new_literal (SW_SESSION_ERROR, SW_SESSION_ERROR_NOT_SOFTWHERE,
                              "There is no api schema");
}

static void
on_listening (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SwPgResult) answer
      = sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, &error);

  if (answer == NULL)
    steps_failed (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_background_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!sw_pg_connection_open_finish (SW_PG_CONNECTION (source), result, &error))
    {
      steps_failed (task, error);
      return;
    }
  sw_pg_connection_query_async (SW_PG_CONNECTION (source), SW_SQL_LISTEN, NULL,
                                g_task_get_cancellable (task), on_listening, g_object_ref (task));
}

static void
on_identity (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SwSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (SwPgResult) answer
      = sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, &error);
  g_autoptr (SwPgTarget) target = NULL;

  if (answer == NULL || !adopt_identity (self, sw_pg_result_get_text (answer, 0, 0), &error))
    {
      steps_failed (task, explain (error));
      return;
    }
  target = sw_server_to_target (self->server, self->user, self->password);
  sw_pg_connection_open_async (self->lanes[SW_SESSION_BACKGROUND], target,
                               g_task_get_cancellable (task), on_background_open,
                               g_object_ref (task));
}

static void
on_interactive_open (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!sw_pg_connection_open_finish (SW_PG_CONNECTION (source), result, &error))
    {
      steps_failed (task, error);
      return;
    }
  sw_pg_connection_query_async (SW_PG_CONNECTION (source), SW_SQL_SESSION, NULL,
                                g_task_get_cancellable (task), on_identity, g_object_ref (task));
}

/* Runs the four steps; self->connecting cancels them. */
static void
connect_async (SwSession *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (SwPgTarget) target = sw_server_to_target (self->server, self->user, self->password);
  GTask *task;

  g_clear_object (&self->connecting);
  self->connecting = g_cancellable_new ();
  task = g_task_new (self, self->connecting, callback, user_data);
  close_lanes (self);
  sw_pg_connection_open_async (self->lanes[SW_SESSION_INTERACTIVE], target, self->connecting,
                               on_interactive_open, task);
}

/* ---- cuts ---- */

static void plan_retry (SwSession *self);

/* Trying again cannot help: the password was changed, or one side was upgraded. */
static gboolean
is_final (const GError *error)
{
  return g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_AUTHENTICATION)
         || error->domain == SW_SESSION_ERROR;
}

static void
on_reconnected (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwSession *self = SW_SESSION (source);
  g_autoptr (GError) error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  if (g_task_get_cancellable (G_TASK (result)) != self->connecting
      || self->state != SW_SESSION_LOST)
    return; /* closed, or started over, meanwhile */
  g_clear_object (&self->connecting);
  if (done)
    {
      self->retry_delay = FIRST_RETRY;
      set_last_error (self, NULL);
      set_state (self, SW_SESSION_OPEN);
      g_signal_emit (self, signals[RESTORED], 0);
      return;
    }
  set_last_error (self, error);
  if (!is_final (error))
    plan_retry (self);
}

static gboolean
on_retry (gpointer user_data)
{
  SwSession *self = user_data;

  self->retry_timer = 0;
  connect_async (self, on_reconnected, NULL);
  return G_SOURCE_REMOVE;
}

static void
plan_retry (SwSession *self)
{
  /* A quarter at random, so that an office does not come back as one. */
  guint delay = self->retry_delay + (guint) g_random_int_range (0, (gint32) self->retry_delay / 4);

  self->retry_delay = MIN (self->retry_delay * 2, LONGEST_RETRY);
  self->retry_timer = g_timeout_add (delay, on_retry, self);
}

static void
on_lost (SwPgConnection *connection, GError *error, gpointer user_data)
{
  g_autoptr (SwSession) self = g_object_ref (user_data);

  if (self->state != SW_SESSION_OPEN)
    return; /* connecting: the step that failed tells */
  set_last_error (self, error);
  set_state (self, SW_SESSION_LOST);
  if (self->state != SW_SESSION_LOST)
    return; /* closed by somebody who watches the state */
  close_lanes (self);
  plan_retry (self);
}

void
sw_session_reconnect_now (SwSession *self)
{
  g_return_if_fail (SW_IS_SESSION (self));
  if (self->state != SW_SESSION_LOST || self->connecting != NULL)
    return;
  g_clear_handle_id (&self->retry_timer, g_source_remove);
  self->retry_delay = FIRST_RETRY;
  connect_async (self, on_reconnected, NULL);
}

/* ---- opening and closing ---- */

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwSession *self = SW_SESSION (source);
  g_autoptr (GTask) task = user_data;
  gboolean current = g_task_get_cancellable (G_TASK (result)) == self->connecting;
  GError *error = NULL;
  gboolean done = g_task_propagate_boolean (G_TASK (result), &error);

  g_cancellable_disconnect (g_task_get_cancellable (task),
                            GPOINTER_TO_SIZE (g_task_get_task_data (task)));
  if (current)
    g_clear_object (&self->connecting);
  if (!done)
    {
      if (current)
        {
          set_last_error (self, error);
          wipe (&self->password);
          set_state (self, SW_SESSION_CLOSED);
        }
      g_task_return_error (task, error);
      return;
    }
  set_last_error (self, NULL);
  sw_server_set_last_user (self->server, self->user);
  self->refresh_timer = g_timeout_add_seconds (REFRESH, on_time_to_refresh, self);
  set_state (self, SW_SESSION_OPEN);
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
  set_text (self, &self->user, user, PROP_USER_NAME);
  self->retry_delay = FIRST_RETRY;
  set_state (self, SW_SESSION_CONNECTING);
  connect_async (self, on_opened, g_object_ref (task));
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
  close_lanes (self);
  wipe (&self->password);
  set_state (self, SW_SESSION_CLOSED);
}

/* ---- statements ---- */

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  SwPgResult *answer = sw_pg_connection_query_finish (SW_PG_CONNECTION (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, answer, (GDestroyNotify) sw_pg_result_unref);
  else
    g_task_return_error (task, error);
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

  g_return_if_fail (SW_IS_SESSION (self) && sql != NULL);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sw_session_query_async);
  sw_pg_connection_query_async (self->lanes[lane], sql, params, cancellable, on_answered, task);
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
    case PROP_STATE:
      g_value_set_enum (value, self->state);
      break;
    case PROP_USER_NAME:
      g_value_set_string (value, self->user);
      break;
    case PROP_DISPLAY_NAME:
      g_value_set_string (value, self->display_name);
      break;
    case PROP_ROLE_LABEL:
      g_value_set_string (value, self->role_label);
      break;
    case PROP_COMPANY_NAME:
      g_value_set_string (value, self->company_name);
      break;
    case PROP_TODAY:
      g_value_set_string (value, self->today);
      break;
    case PROP_LAST_ERROR:
      g_value_set_string (value, self->last_error);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
    }
}

/* ---- the object ---- */

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

  g_clear_object (&self->lanes[SW_SESSION_INTERACTIVE]);
  g_clear_object (&self->lanes[SW_SESSION_BACKGROUND]);
  g_clear_object (&self->server);
  g_clear_object (&self->feed);
  g_free (self->user);
  g_free (self->display_name);
  g_free (self->role_label);
  g_free (self->company_name);
  g_free (self->today);
  g_free (self->last_error);
  g_strfreev (self->roles);
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
  props[PROP_STATE] = g_param_spec_enum ("state", NULL, NULL, SW_TYPE_SESSION_STATE,
                                         SW_SESSION_CLOSED,
                                         G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_property (object_class, PROP_STATE, props[PROP_STATE]);
  install_text (object_class, PROP_USER_NAME, "user-name");
  install_text (object_class, PROP_DISPLAY_NAME, "display-name");
  install_text (object_class, PROP_ROLE_LABEL, "role-label");
  install_text (object_class, PROP_COMPANY_NAME, "company-name");
  install_text (object_class, PROP_TODAY, "today");
  install_text (object_class, PROP_LAST_ERROR, "last-error");
  signals[RESTORED] = g_signal_new ("restored", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                    G_TYPE_NONE, 0);
  signals[NOTIFICATION] = g_signal_new ("notification", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_STRING);
}

static void
sw_session_init (SwSession *self)
{
  const guint timeouts[] = { STATEMENT_TIMEOUT, LONG_STATEMENT_TIMEOUT };

  for (guint i = 0; i < G_N_ELEMENTS (self->lanes); i++)
    {
      self->lanes[i] = sw_pg_connection_new ();
      sw_pg_connection_set_statement_timeout (self->lanes[i], timeouts[i]);
      g_signal_connect (self->lanes[i], "lost", G_CALLBACK (on_lost), self);
    }
  g_signal_connect (self->lanes[SW_SESSION_BACKGROUND], "notification",
                    G_CALLBACK (on_notification), self);
  self->feed = sw_change_feed_new (self);
}
