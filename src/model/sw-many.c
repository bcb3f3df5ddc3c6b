/* sw-many.c: see sw-many.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-many.h"

#include <glib/gi18n-lib.h>
#include "model/sw-rule-messages.h"

typedef struct
{
  GArray *ids;
  guint answered;
  guint asked;
  SwManyCall call;
  SwManyProgress progress;
  gpointer data;
  SwManyOutcome *outcome;
  gulong state_handler; /* while waiting for the session */
  gulong cancel_handler;
} Many;

static void run_next (GTask *task);

void
sw_many_outcome_free (SwManyOutcome *self)
{
  g_clear_pointer (&self->failures, g_hash_table_unref);
  g_clear_error (&self->error);
  g_free (self);
}

static void
many_free (gpointer data)
{
  Many *self = data;

  g_array_unref (self->ids);
  g_clear_pointer (&self->outcome, sw_many_outcome_free);
  g_free (self);
}

/* Takes @sentence. */
static void
add_failure (Many *self, gint64 id, char *sentence)
{
  g_hash_table_insert (self->outcome->failures, g_memdup2 (&id, sizeof id), sentence);
}

static void
finish (GTask *task)
{
  Many *self = g_task_get_task_data (task);

  g_task_return_pointer (task, g_steal_pointer (&self->outcome), (GDestroyNotify) sw_many_outcome_free);
}

/* None of what was not answered is done. @error: why, or NULL when the person wanted so. */
static void
stop (GTask *task, const GError *error)
{
  Many *self = g_task_get_task_data (task);

  for (guint i = self->answered; i < self->ids->len; i++)
    add_failure (self, g_array_index (self->ids, gint64, i),
                 error == NULL || sw_rule_is_cancelled (error) ? g_strdup (_("Not done: it was cancelled."))
                                                               : sw_rule_message (error));
  if (self->answered == 0 && error != NULL)
    self->outcome->error = g_error_copy (error);
  finish (task);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Many *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = sw_call_run_finish_rows (result, &error);

  if (rows == NULL)
    {
      stop (task, error);
      return;
    }
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) row = g_list_model_get_item (rows, i);

      if (sw_record_get_bool (row, "ok"))
        self->outcome->n_done++;
      else
        add_failure (self, sw_record_get_id (row),
                     sw_rule_sentence (sw_record_get_text (row, "code"), sw_record_get_text (row, "reason"),
                                       sw_record_get_text (row, "detail"),
                                       sw_record_get_text (row, "message")));
    }
  self->answered = self->asked;
  if (self->progress != NULL)
    self->progress (self->answered, self->ids->len, self->data);
  run_next (task);
}

/* {{{ Between two calls the connection may be lost */

static void
go_on (GTask *task)
{
  g_autoptr (GTask) owned = g_object_ref (task);
  Many *self = g_task_get_task_data (task);
  GObject *session = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (cancellable != NULL)
    g_clear_signal_handler (&self->cancel_handler, cancellable);
  g_clear_signal_handler (&self->state_handler, session);
  run_next (task);
}

static void
on_state (SwSession *session, GParamSpec *pspec, gpointer task)
{
  if (sw_session_get_state (session) != SW_SESSION_LOST)
    go_on (task);
}

static void
wait_for_session (GTask *task)
{
  Many *self = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  self->state_handler
      = g_signal_connect_data (g_task_get_source_object (task), "notify::state", G_CALLBACK (on_state),
                               g_object_ref (task), (GClosureNotify) (void (*) (void)) g_object_unref, 0);
  if (cancellable != NULL)
    /* Not g_cancellable_connect(), which may not be disconnected from its own handler. */
    self->cancel_handler
        = g_signal_connect_data (cancellable, "cancelled", G_CALLBACK (go_on), g_object_ref (task),
                                 (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
}

/* }}} */

static void
run_next (GTask *task)
{
  Many *self = g_task_get_task_data (task);
  SwSession *session = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  guint n = MIN (SW_MANY_STEP, self->ids->len - self->answered);
  g_autoptr (SwCall) call = NULL;

  if (n == 0)
    finish (task);
  else if (g_cancellable_is_cancelled (cancellable))
    stop (task, NULL);
  else if (self->answered > 0 && sw_session_get_state (session) == SW_SESSION_LOST)
    wait_for_session (task);
  else
    {
      call = self->call (&g_array_index (self->ids, gint64, self->answered), n, self->data);
      self->asked = self->answered + n;
      sw_call_set_once (call, NULL);
      sw_call_run_async (call, session, cancellable, on_called, g_object_ref (task));
    }
}

void
sw_many_run_async (SwSession *session,
                   GArray *ids,
                   SwManyCall call,
                   SwManyProgress progress,
                   gpointer data,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, user_data);
  Many *self = g_new0 (Many, 1);

  g_task_set_source_tag (task, sw_many_run_async);
  /* Cancelled, it still has an outcome. */
  g_task_set_check_cancellable (task, FALSE);
  self->ids = g_array_ref (ids);
  self->call = call;
  self->progress = progress;
  self->data = data;
  self->outcome = g_new0 (SwManyOutcome, 1);
  self->outcome->failures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  g_task_set_task_data (task, self, many_free);
  run_next (task);
}

SwManyOutcome *
sw_many_run_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
