/* sw-presence.c: see sw-presence.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server keeps our presence with the background connection: after a cut it is to be said again.
 */
#include "model/sw-presence.h"

#include "model/sw-call.h"
#include "model/sw-change-feed.h"

#define STAY 500   /* ms on a record before it is told */
#define LOOK 20000 /* ms between two looks at who is still there */

struct _SwPresence
{
  GObject parent_instance;

  SwSession *session;
  char *entity;
  gint64 id;      /* what we have open */
  gint64 entered; /* what the server was told; 0 for nothing */
  GStrv names;
  guint timer;
  guint asked; /* answers to earlier questions say nothing of the present record */
};

enum
{
  PROP_NAMES = 1,
  N_PROPS
};

G_DEFINE_FINAL_TYPE (SwPresence, sw_presence, G_TYPE_OBJECT)

static GParamSpec *props[N_PROPS];

static void plan (SwPresence *self, guint delay);

/* Takes @names. */
static void
set_names (SwPresence *self, GStrv names)
{
  g_auto (GStrv) before = self->names;

  self->names = names;
  if (!g_strv_equal ((const char *const *) before, (const char *const *) names))
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_NAMES]);
}

static GStrv
parse_names (const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;
  JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));
  return g_strv_builder_end (builder);
}

typedef struct
{
  SwPresence *self;
  guint asked;
} Question;

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Question *question = user_data;
  g_autoptr (SwPresence) self = question->self;
  gboolean current = question->asked == self->asked;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sw_call_run_finish_text (result, &error);

  g_free (question);
  if (!current || self->entered == 0)
    return;
  /* A failure is of no concern to anybody: whoever is there is asked for later. */
  if (error == NULL)
    set_names (self, parse_names (text));
  plan (self, LOOK);
}

static void
call (SwPresence *self, const char *function, GAsyncReadyCallback callback, gpointer data)
{
  g_autoptr (SwCall) call = sw_call_new (function);

  sw_call_add_text (call, NULL, self->entity);
  sw_call_add_id (call, NULL, self->entered);
  sw_call_set_lane (call, SW_SESSION_BACKGROUND);
  sw_call_run_async (call, self->session, NULL, callback, data);
}

static gboolean
on_due (gpointer user_data)
{
  SwPresence *self = user_data;
  Question *question;

  self->timer = 0;
  if (sw_session_get_state (self->session) != SW_SESSION_OPEN)
    return G_SOURCE_REMOVE; /* said when it is back */
  question = g_new (Question, 1);
  question->self = g_object_ref (self);
  question->asked = ++self->asked;
  self->entered = self->id;
  call (self, "presence_enter", on_answered, question);
  return G_SOURCE_REMOVE;
}

static void
plan (SwPresence *self, guint delay)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  self->timer = g_timeout_add (delay, on_due, self);
}

static void
leave (SwPresence *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->entered != 0 && sw_session_get_state (self->session) == SW_SESSION_OPEN)
    call (self, "presence_leave", NULL, NULL);
  self->entered = 0;
  self->asked++;
}

static void
on_changed (SwChangeFeed *feed, gint64 id, gpointer user_data)
{
  SwPresence *self = user_data;

  if (self->entered != 0 && (id == 0 || id == self->entered))
    plan (self, 0);
}

static void
on_restored (SwPresence *self)
{
  if (self->id != 0)
    plan (self, STAY);
}

/* Without a connection nobody knows who is there. */
static void
on_state (SwPresence *self)
{
  if (sw_session_get_state (self->session) != SW_SESSION_OPEN)
    set_names (self, g_new0 (char *, 1));
}

SwPresence *
sw_presence_new (SwSession *session, const char *entity)
{
  SwPresence *self = g_object_new (SW_TYPE_PRESENCE, NULL);

  self->session = g_object_ref (session);
  self->entity = g_strdup (entity);
  g_signal_connect_object (sw_session_get_change_feed (session), "changed::presence",
                           G_CALLBACK (on_changed), self, 0);
  g_signal_connect_object (session, "restored", G_CALLBACK (on_restored), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::state", G_CALLBACK (on_state), self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
sw_presence_set_id (SwPresence *self, gint64 id)
{
  g_return_if_fail (SW_IS_PRESENCE (self));
  if (id == self->id)
    return;
  leave (self);
  self->id = id;
  set_names (self, g_new0 (char *, 1));
  if (id != 0)
    plan (self, STAY);
}

const char *const *
sw_presence_get_names (SwPresence *self)
{
  g_return_val_if_fail (SW_IS_PRESENCE (self), NULL);
  return (const char *const *) self->names;
}

static void
sw_presence_get_property (GObject *object, guint prop, GValue *value, GParamSpec *pspec)
{
  if (prop == PROP_NAMES)
    g_value_set_boxed (value, SW_PRESENCE (object)->names);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
}

static void
sw_presence_dispose (GObject *object)
{
  SwPresence *self = SW_PRESENCE (object);

  if (self->session != NULL)
    leave (self);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sw_presence_parent_class)->dispose (object);
}

static void
sw_presence_finalize (GObject *object)
{
  SwPresence *self = SW_PRESENCE (object);

  g_free (self->entity);
  g_strfreev (self->names);
  G_OBJECT_CLASS (sw_presence_parent_class)->finalize (object);
}

static void
sw_presence_class_init (SwPresenceClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sw_presence_get_property;
  object_class->dispose = sw_presence_dispose;
  object_class->finalize = sw_presence_finalize;
  props[PROP_NAMES] = g_param_spec_boxed ("names", NULL, NULL, G_TYPE_STRV,
                                          G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
sw_presence_init (SwPresence *self)
{
  self->names = g_new0 (char *, 1);
}
