/* sw-change-feed.c: see sw-change-feed.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-change-feed.h"

#include <string.h>

#define CHANNEL "softwhere"
#define COALESCE 150 /* ms */

struct _SwChangeFeed
{
  GObject parent_instance;

  GHashTable *pending; /* char *entity → GHashTable set of gint64 *id; the id 0 means any */
  guint timer;
};

G_DEFINE_FINAL_TYPE (SwChangeFeed, sw_change_feed, G_TYPE_OBJECT)

static guint changed_signal;

static void
emit (SwChangeFeed *self, const char *entity, GHashTable *ids)
{
  const gint64 any = 0;
  GQuark detail = g_quark_from_string (entity);
  GHashTableIter iter;
  gpointer id;

  if (g_hash_table_contains (ids, &any))
    {
      g_signal_emit (self, changed_signal, detail, any);
      return;
    }
  g_hash_table_iter_init (&iter, ids);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_signal_emit (self, changed_signal, detail, *(gint64 *) id);
}

static gboolean
on_coalesced (gpointer user_data)
{
  g_autoptr (SwChangeFeed) self = g_object_ref (user_data);
  g_autoptr (GHashTable) pending = g_steal_pointer (&self->pending);
  GHashTableIter iter;
  gpointer entity, ids;

  self->timer = 0;
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_hash_table_unref);
  g_hash_table_iter_init (&iter, pending);
  while (g_hash_table_iter_next (&iter, &entity, &ids))
    emit (self, entity, ids);
  return G_SOURCE_REMOVE;
}

/* "contract:123", "contract:*"; anything else is not for us. */
static void
on_notification (SwSession *session, const char *channel, const char *payload, gpointer user_data)
{
  SwChangeFeed *self = user_data;
  const char *colon = strchr (payload, ':');
  g_autofree char *entity = NULL;
  GHashTable *ids;
  gint64 id = 0;

  if (strcmp (channel, CHANNEL) != 0 || colon == NULL || colon == payload)
    return;
  if (strcmp (colon + 1, "*") != 0
      && !g_ascii_string_to_signed (colon + 1, 10, 1, G_MAXINT64, &id, NULL))
    return;
  entity = g_strndup (payload, (gsize) (colon - payload));
  ids = g_hash_table_lookup (self->pending, entity);
  if (ids == NULL)
    {
      ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      g_hash_table_insert (self->pending, g_steal_pointer (&entity), ids);
    }
  g_hash_table_add (ids, g_memdup2 (&id, sizeof id));
  if (self->timer == 0)
    self->timer = g_timeout_add (COALESCE, on_coalesced, self);
}

/* Changes were missed while the connection was down: everything somebody listens to may be
 * different. Which details have a handler is not listed by GObject, so every quark is asked; there
 * are a few thousand, and this is rare. */
static void
on_restored (SwSession *session, gpointer user_data)
{
  g_autoptr (SwChangeFeed) self = g_object_ref (user_data);

  for (GQuark quark = 1; g_quark_to_string (quark) != NULL; quark++)
    if (g_signal_has_handler_pending (self, changed_signal, quark, FALSE))
      g_signal_emit (self, changed_signal, quark, (gint64) 0);
}

SwChangeFeed *
sw_change_feed_new (SwSession *session)
{
  SwChangeFeed *self = g_object_new (SW_TYPE_CHANGE_FEED, NULL);

  g_signal_connect_object (session, "notification", G_CALLBACK (on_notification), self, 0);
  g_signal_connect_object (session, "restored", G_CALLBACK (on_restored), self, 0);
  return self;
}

static void
sw_change_feed_finalize (GObject *object)
{
  SwChangeFeed *self = SW_CHANGE_FEED (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_hash_table_unref (self->pending);
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
  self->pending = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                         (GDestroyNotify) g_hash_table_unref);
}
