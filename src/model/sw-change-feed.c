/* sw-change-feed.c: see sw-change-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-change-feed.h"

#include <string.h>
#include "model/sw-call.h"
#include "model/sw-rule-messages.h"

#define CHANNEL "softwhere"
#define FIRST_DELAY 50  /* ms: a save is often several transactions */
#define BUSY_DELAY 500  /* ms: while colleagues never stop, twice a second is live enough */
#define RETRY_DELAY 5000 /* ms, after an error of the server */

struct _SwChangeFeed
{
  GObject parent_instance;

  SwSession *session; /* not owned */
  char *position;     /* up to where we know; NULL before the session is open */
  GCancellable *cancellable;
  gboolean asking;
  gboolean again; /* woken while asking */
  gint64 answered_at; /* monotonic, µs */
  guint timer;
};

G_DEFINE_FINAL_TYPE (SwChangeFeed, sw_change_feed, G_TYPE_OBJECT)

static guint changed_signal;

/* ---- telling ---- */

/* Which details have a handler is not listed by GObject, so every quark is asked; there are a few
 * thousand, and this is rare. */
static void
emit_everything (SwChangeFeed *self)
{
  for (GQuark quark = 1; g_quark_to_string (quark) != NULL; quark++)
    if (g_signal_has_handler_pending (self, changed_signal, quark, FALSE))
      g_signal_emit (self, changed_signal, quark, (gint64) 0);
}

static void
emit (SwChangeFeed *self, const char *entity, JsonArray *ids)
{
  GQuark detail = g_quark_from_string (entity);

  for (guint i = 0; i < json_array_get_length (ids); i++)
    g_signal_emit (self, changed_signal, detail, json_array_get_int_element (ids, i));
}

/* Tells what @text, an answer of api.changes_since(), holds; FALSE when that is not readable. */
static gboolean
take_answer (SwChangeFeed *self, const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonObject *answer = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  JsonObject *changes;
  JsonObjectIter iter;
  const char *entity;
  JsonNode *ids;

  if (answer == NULL || !json_object_has_member (answer, "position")
      || !json_object_has_member (answer, "changes"))
    return FALSE;
  g_free (self->position);
  self->position = g_strdup (json_object_get_string_member (answer, "position"));
  changes = json_object_get_object_member (answer, "changes");
  if (json_object_has_member (changes, "*"))
    {
      emit_everything (self);
      return TRUE;
    }
  json_object_iter_init (&iter, changes);
  while (json_object_iter_next (&iter, &entity, &ids))
    emit (self, entity, json_node_get_array (ids));
  return TRUE;
}

/* ---- asking ---- */

static void plan (SwChangeFeed *self, guint delay);

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwChangeFeed) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sw_call_run_finish_text (result, &error);

  if (error != NULL && sw_rule_is_cancelled (error))
    return; /* closed, and perhaps opened again */
  self->asking = FALSE;
  self->answered_at = g_get_monotonic_time ();
  if (error == NULL && !take_answer (self, text))
    g_warning ("The server tells its changes in an unknown way: %s", text);
  if (sw_session_get_state (self->session) != SW_SESSION_OPEN)
    return; /* cut: what we do not know yet is asked for when the session is back */
  if (self->again)
    plan (self, BUSY_DELAY);
  else if (error != NULL)
    plan (self, RETRY_DELAY);
  self->again = FALSE;
}

static void
ask (SwChangeFeed *self)
{
  g_autoptr (SwCall) call = sw_call_new ("changes_since");

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->asking)
    {
      self->again = TRUE;
      return;
    }
  self->asking = TRUE;
  sw_call_add_text (call, NULL, self->position);
  sw_call_set_lane (call, SW_SESSION_BACKGROUND);
  sw_call_run_async (call, self->session, self->cancellable, on_answered, g_object_ref (self));
}

static gboolean
on_due (gpointer user_data)
{
  SwChangeFeed *self = user_data;

  self->timer = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static void
plan (SwChangeFeed *self, guint delay)
{
  if (self->timer == 0)
    self->timer = g_timeout_add (delay, on_due, self);
}

static void
on_notification (SwSession *session, const char *channel, const char *payload, gpointer user_data)
{
  SwChangeFeed *self = user_data;
  gboolean busy = g_get_monotonic_time () - self->answered_at < BUSY_DELAY * G_TIME_SPAN_MILLISECOND;

  if (strcmp (channel, CHANNEL) != 0)
    return;
  if (self->asking)
    self->again = TRUE; /* the answer under way may be from before */
  else
    plan (self, busy ? BUSY_DELAY : FIRST_DELAY);
}

/* ---- the session ---- */

void
sw_change_feed_begin (SwChangeFeed *self, const char *position)
{
  g_return_if_fail (SW_IS_CHANGE_FEED (self));
  if (self->position == NULL)
    self->position = g_strdup (position);
}

/* What is asked of one server is nothing to the next. */
static void
forget (SwChangeFeed *self)
{
  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->position, g_free);
  self->asking = FALSE;
  self->again = FALSE;
}

static void
on_state (SwSession *session, GParamSpec *pspec, gpointer user_data)
{
  SwChangeFeed *self = user_data;

  if (sw_session_get_state (session) == SW_SESSION_CLOSED)
    forget (self);
}

SwChangeFeed *
sw_change_feed_new (SwSession *session)
{
  SwChangeFeed *self = g_object_new (SW_TYPE_CHANGE_FEED, NULL);

  self->session = session;
  g_signal_connect_object (session, "notification", G_CALLBACK (on_notification), self, 0);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state), self, 0);
  g_signal_connect_object (session, "restored", G_CALLBACK (ask), self, G_CONNECT_SWAPPED);
  return self;
}

static void
sw_change_feed_finalize (GObject *object)
{
  SwChangeFeed *self = SW_CHANGE_FEED (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_object_unref (self->cancellable);
  g_free (self->position);
  G_OBJECT_CLASS (sw_change_feed_parent_class)->finalize (object);
}

static void
sw_change_feed_class_init (SwChangeFeedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sw_change_feed_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass),
                                 G_SIGNAL_RUN_LAST | G_SIGNAL_DETAILED, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 1, G_TYPE_INT64);
}

static void
sw_change_feed_init (SwChangeFeed *self)
{
  self->cancellable = g_cancellable_new ();
}
