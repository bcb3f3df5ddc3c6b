/* sw-request.c: see sw-request.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-request.h"
#include "model/sw-rule-messages.h"
#include "model/sw-sql.h"

/* A change that brings the server down each time is given up after as many times. */
#define MOST_TIMES 3

typedef struct
{
  SwSession *session; /* owned */
  SwSessionLane lane;
  char *key;
  char *function;
  char *arguments;
  guint times;          /* it was sent */
  gboolean giving_up;   /* only its outcome is asked from now on */
  GError *reason;       /* why it is given up; NULL: the person wants so */
  GCancellable *asking; /* of the statement under way */
  GSource *cancel_source;
  gulong state_handler; /* while waiting for the session */
} Request;

static void ask (GTask *task);

static void
forget_session (Request *self)
{
  if (self->state_handler != 0)
    g_signal_handler_disconnect (self->session, self->state_handler);
  self->state_handler = 0;
}

static void
request_free (gpointer data)
{
  Request *self = data;

  forget_session (self);
  g_object_unref (self->session);
  g_clear_object (&self->asking);
  g_clear_error (&self->reason);
  g_free (self->key);
  g_free (self->function);
  g_free (self->arguments);
  g_free (self);
}

char *
sw_request_new_key (void)
{
  return g_uuid_string_random ();
}

/* ---- the end ---- */

/* Drops what holds references on the task, which is about to be answered. */
static void
settle (Request *self)
{
  forget_session (self);
  if (self->cancel_source == NULL)
    return;
  g_source_destroy (self->cancel_source);
  g_clear_pointer (&self->cancel_source, g_source_unref);
}

/* Takes @error. */
static void
fail (GTask *task, GError *error)
{
  settle (g_task_get_task_data (task));
  g_task_return_error (task, error);
}

/* It was not done and will not be. */
static void
fail_for_good (GTask *task)
{
  Request *self = g_task_get_task_data (task);

  if (self->reason != NULL)
    fail (task, g_steal_pointer (&self->reason));
  else
    fail (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Cancelled"));
}

/* ---- cuts ---- */

static void
on_state (SwSession *session, GParamSpec *pspec, gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);

  if (sw_session_get_state (session) == SW_SESSION_LOST)
    return;
  forget_session (g_task_get_task_data (task));
  ask (task);
}

/* Asks again as soon as there is somebody to ask. */
static void
ask_when_open (GTask *task)
{
  Request *self = g_task_get_task_data (task);

  if (sw_session_get_state (self->session) != SW_SESSION_LOST)
    ask (task);
  else if (self->state_handler == 0)
    self->state_handler
        = g_signal_connect_data (self->session, "notify::state", G_CALLBACK (on_state),
                                 g_object_ref (task),
                                 (GClosureNotify) (void (*) (void)) g_object_unref, 0);
}

/* The statement ended without telling what became of the request. */
static gboolean
is_undecided (Request *self, const GError *error)
{
  return sw_rule_is_lost (error) || sw_pg_error_is (error, "25006")
         || (self->giving_up && sw_rule_is_cancelled (error));
}

/* ---- asking ---- */

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Request *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_session_query_finish (SW_SESSION (source), result, &error);

  if (answer != NULL && sw_pg_result_find_column (answer, "done") >= 0
      && g_strcmp0 (sw_pg_result_get_named (answer, 0, "done"), "true") != 0)
    fail_for_good (task);
  else if (answer != NULL)
    {
      settle (self);
      g_task_return_pointer (task, g_steal_pointer (&answer), (GDestroyNotify) sw_pg_result_unref);
    }
  else if (is_undecided (self, error))
    {
      if (self->times >= MOST_TIMES && !self->giving_up)
        {
          self->giving_up = TRUE;
          self->reason = sw_pg_error_new (SW_PG_ERROR_LOST, "08006", error->message);
        }
      ask_when_open (task);
    }
  else
    fail (task, g_steal_pointer (&error));
}

static void
ask (GTask *task)
{
  Request *self = g_task_get_task_data (task);
  g_autoptr (SwPgParams) params = sw_pg_params_new ();

  if (sw_session_get_state (self->session) != SW_SESSION_OPEN)
    {
      /* Once sent, only a session that is closed gets here: the key tells at the next opening. */
      fail (task, sw_pg_error_new (SW_PG_ERROR_CLOSED, self->times == 0 ? "08003" : NULL,
                                   "Not connected"));
      return;
    }
  g_clear_object (&self->asking);
  self->asking = g_cancellable_new ();
  sw_pg_params_add_text (params, self->key);
  if (!self->giving_up)
    {
      self->times++;
      sw_pg_params_add_text (params, self->function);
      sw_pg_params_add_json (params, self->arguments);
    }
  sw_session_query_async (self->session, self->lane, self->giving_up ? SW_SQL_GIVE_UP : SW_SQL_CALL,
                          params, self->asking, on_answered, g_object_ref (task));
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  Request *self = g_task_get_task_data (user_data);

  if (!self->giving_up)
    {
      self->giving_up = TRUE;
      g_cancellable_cancel (self->asking); /* on_answered() follows, if it was asking */
    }
  return G_SOURCE_REMOVE;
}

/* Takes @self. */
static void
start (Request *self, GTask *task)
{
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_task_set_task_data (task, self, request_free);
  /* Cancelling is a question to the server, not an answer. */
  g_task_set_check_cancellable (task, FALSE);
  if (cancellable != NULL)
    {
      self->cancel_source = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancel_source, G_SOURCE_FUNC (on_cancelled),
                             g_object_ref (task), g_object_unref);
      g_source_attach (self->cancel_source, g_task_get_context (task));
    }
  ask (task);
  g_object_unref (task);
}

void
sw_request_run_async (SwSession *session,
                      SwSessionLane lane,
                      const char *key,
                      const char *function,
                      const char *arguments,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  Request *self = g_new0 (Request, 1);
  GTask *task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_request_run_async);
  self->session = g_object_ref (session);
  self->lane = lane;
  self->key = g_strdup (key);
  self->function = g_strdup (function);
  self->arguments = g_strdup (arguments);
  start (self, task);
}

SwPgResult *
sw_request_run_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sw_request_outcome_async (SwSession *session,
                          const char *key,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Request *self = g_new0 (Request, 1);
  GTask *task = g_task_new (session, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_request_outcome_async);
  self->session = g_object_ref (session);
  self->lane = SW_SESSION_INTERACTIVE;
  self->key = g_strdup (key);
  self->giving_up = TRUE;
  start (self, task);
}

gboolean
sw_request_outcome_finish (GAsyncResult *result, char **answer, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (SwPgResult) found = g_task_propagate_pointer (G_TASK (result), &failure);

  if (found != NULL && answer != NULL)
    *answer = g_strdup (sw_pg_result_get_named (found, 0, "answer"));
  if (failure != NULL && !sw_rule_is_cancelled (failure)) /* cancelled: that is the outcome */
    g_propagate_error (error, g_steal_pointer (&failure));
  return found != NULL;
}
