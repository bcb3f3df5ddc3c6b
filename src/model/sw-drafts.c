/* sw-drafts.c: see sw-drafts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file is MAGIC, the nonce, the cipher text and its tag; its name is authenticated with it, so
 * that files cannot be swapped. Writing syncs the disk: a thread does it, one file after the other.
 */
#include "model/sw-drafts.h"
#include "model/sw-keyring.h"
#include "model/sw-seal.h"

#include <errno.h>
#include <glib/gstdio.h>

struct _SwDrafts
{
  GObject parent_instance;

  char *directory;
  GBytes *key;      /* NULL until the keyring has answered, or when there is none */
  GHashTable *left; /* char *name → JsonObject * */
  GQueue waiting;   /* Writing */
  gboolean writing;
};

/* A file to be written, or to be removed. */
typedef struct
{
  char *path;
  GBytes *content; /* NULL: remove it */
} Writing;

enum
{
  READY,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwDrafts, sw_drafts, G_TYPE_OBJECT)

static void
writing_free (gpointer data)
{
  Writing *writing = data;

  g_free (writing->path);
  g_clear_pointer (&writing->content, g_bytes_unref);
  g_free (writing);
}

/* ---- writing ---- */

static void write_next (SwDrafts *self);

static void
do_writing (const Writing *writing)
{
  g_autofree char *directory = g_path_get_dirname (writing->path);
  g_autoptr (GError) error = NULL;

  if (writing->content == NULL)
    g_unlink (writing->path);
  else if (g_mkdir_with_parents (directory, 0700) != 0
           || !g_file_set_contents_full (writing->path, g_bytes_get_data (writing->content, NULL),
                                         (gssize) g_bytes_get_size (writing->content),
                                         G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_message ("A draft could not be kept: %s",
               error != NULL ? error->message : g_strerror (errno));
}

static void
write_in_thread (GTask *task, gpointer source, gpointer writing, GCancellable *cancellable)
{
  do_writing (writing);
  g_task_return_boolean (task, TRUE);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwDrafts *self = SW_DRAFTS (source);

  self->writing = FALSE;
  write_next (self);
}

static void
write_next (SwDrafts *self)
{
  Writing *writing = self->writing ? NULL : g_queue_pop_head (&self->waiting);
  g_autoptr (GTask) task = NULL;

  if (writing == NULL)
    return;
  self->writing = TRUE;
  task = g_task_new (self, NULL, on_written, NULL);
  g_task_set_task_data (task, writing, writing_free);
  g_task_run_in_thread (task, write_in_thread);
}

/* Takes @content. */
static void
plan (SwDrafts *self, const char *name, GBytes *content)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->path = g_build_filename (self->directory, name, NULL);
  writing->content = content;
  for (GList *l = self->waiting.head; l != NULL; l = l->next)
    if (g_str_equal (((Writing *) l->data)->path, writing->path))
      {
        /* What waits is out of date. */
        writing_free (l->data);
        g_queue_delete_link (&self->waiting, l);
        break;
      }
  if (content == NULL && !self->writing)
    {
      do_writing (writing); /* at once: the program may be about to end */
      writing_free (writing);
      return;
    }
  g_queue_push_tail (&self->waiting, writing);
  write_next (self);
}

/* ---- drafts ---- */

gboolean
sw_drafts_is_ready (SwDrafts *self)
{
  g_return_val_if_fail (SW_IS_DRAFTS (self), FALSE);
  return self->key != NULL;
}

void
sw_drafts_keep (SwDrafts *self, char **name, JsonObject *draft)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;

  g_return_if_fail (SW_IS_DRAFTS (self));
  if (self->key == NULL)
    return;
  if (*name == NULL)
    *name = g_uuid_string_random ();
  json_object_set_int_member (draft, "at", g_get_real_time () / G_USEC_PER_SEC);
  node = json_node_init_object (json_node_alloc (), draft);
  text = json_to_string (node, FALSE);
  plan (self, *name, sw_seal (self->key, *name, text));
}

void
sw_drafts_forget (SwDrafts *self, const char *name)
{
  g_autofree char *kept = g_strdup (name); /* it may be the key of the table */

  g_return_if_fail (SW_IS_DRAFTS (self));
  if (self->key == NULL)
    return;
  g_hash_table_remove (self->left, kept);
  plan (self, kept, NULL);
}

const char *
sw_drafts_find_left (SwDrafts *self, const char *entity, gint64 id, JsonObject **draft)
{
  GHashTableIter iter;
  gpointer name, object;

  g_return_val_if_fail (SW_IS_DRAFTS (self), NULL);
  g_hash_table_iter_init (&iter, self->left);
  while (g_hash_table_iter_next (&iter, &name, &object))
    if (json_object_get_int_member_with_default (object, "id", -1) == id
        && g_strcmp0 (json_object_get_string_member_with_default (object, "entity", NULL), entity)
               == 0)
      {
        if (draft != NULL)
          *draft = object;
        return name;
      }
  return NULL;
}

JsonObject *
sw_drafts_get_latest_left (SwDrafts *self)
{
  JsonObject *latest = NULL;
  gint64 latest_at = 0;
  GHashTableIter iter;
  gpointer object;

  g_return_val_if_fail (SW_IS_DRAFTS (self), NULL);
  g_hash_table_iter_init (&iter, self->left);
  while (g_hash_table_iter_next (&iter, NULL, &object))
    {
      gint64 at = json_object_get_int_member_with_default (object, "at", 0);

      if (latest == NULL || at > latest_at)
        {
          latest = object;
          latest_at = at;
        }
    }
  return latest;
}

/* ---- what an earlier run left ---- */

static void
read_one (SwDrafts *self, const char *name)
{
  g_autofree char *path = g_build_filename (self->directory, name, NULL);
  g_autofree char *data = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GBytes) sealed = NULL;
  g_autoptr (JsonNode) node = NULL;
  gsize size;

  if (!g_file_get_contents (path, &data, &size, NULL))
    return;
  sealed = g_bytes_new_take (g_steal_pointer (&data), size);
  text = sw_unseal (self->key, name, sealed);
  node = text != NULL ? json_from_string (text, NULL) : NULL;
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    g_hash_table_insert (self->left, g_strdup (name), json_node_dup_object (node));
  else /* of a former key, or damaged: nobody can read it any more */
    plan (self, name, NULL);
}

static void
on_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwDrafts) self = user_data;
  g_autoptr (GDir) directory = NULL;
  const char *name;

  self->key = sw_keyring_draft_key_finish (result);
  if (self->key == NULL)
    return;
  directory = g_dir_open (self->directory, 0, NULL);
  while (directory != NULL && (name = g_dir_read_name (directory)) != NULL)
    if (g_uuid_string_is_valid (name))
      read_one (self, name);
    else
      plan (self, name, NULL); /* half written when the program died */
  g_signal_emit (self, signals[READY], 0);
}

static char *
directory_for (SwServer *server, const char *user)
{
  g_autofree char *who
      = g_strjoin ("\n", user, sw_server_get_host (server), sw_server_get_port (server),
                   sw_server_get_database (server), NULL);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, who, -1);

  return g_build_filename (g_get_user_state_dir (), "softwhere", "drafts", hash, NULL);
}

SwDrafts *
sw_drafts_for_session (SwSession *session)
{
  SwServer *server = sw_session_get_server (session);
  const char *user = sw_session_get_user_name (session);
  g_autofree char *directory = directory_for (server, user);
  SwDrafts *self = g_object_get_data (G_OBJECT (session), "sw-drafts");

  if (self != NULL && g_str_equal (self->directory, directory))
    return self;
  self = g_object_new (SW_TYPE_DRAFTS, NULL);
  self->directory = g_steal_pointer (&directory);
  g_object_set_data_full (G_OBJECT (session), "sw-drafts", self, g_object_unref);
  sw_keyring_draft_key_async (server, user, NULL, on_key, g_object_ref (self));
  return self;
}

/* ---- the object ---- */

static void
sw_drafts_finalize (GObject *object)
{
  SwDrafts *self = SW_DRAFTS (object);
  Writing *writing;

  /* The program may end now, and what was saved must not be offered again. */
  while ((writing = g_queue_pop_head (&self->waiting)) != NULL)
    {
      do_writing (writing);
      writing_free (writing);
    }
  g_hash_table_unref (self->left);
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self->directory);
  G_OBJECT_CLASS (sw_drafts_parent_class)->finalize (object);
}

static void
sw_drafts_class_init (SwDraftsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sw_drafts_finalize;
  signals[READY] = g_signal_new ("ready", SW_TYPE_DRAFTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                 G_TYPE_NONE, 0);
}

static void
sw_drafts_init (SwDrafts *self)
{
  g_queue_init (&self->waiting);
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                      (GDestroyNotify) json_object_unref);
}
