/* sw-keyring.c: see sw-keyring.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-keyring.h"
#include "model/sw-seal.h"

#include <glib/gi18n-lib.h>
#include <libsecret/secret.h>

static const SecretSchema schema = {
  "fr.softwhere.Login",
  SECRET_SCHEMA_NONE,
  { { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "port", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "database", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 } },
};

static const SecretSchema draft_schema = {
  "fr.softwhere.Drafts",
  SECRET_SCHEMA_NONE,
  { { "host", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "port", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "database", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "user", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 } },
};

static GHashTable *
attributes_of (const SecretSchema *of, SwServer *server, const char *user)
{
  return secret_attributes_build (of, "host", sw_server_get_host (server), "port",
                                  sw_server_get_port (server), "database",
                                  sw_server_get_database (server), "user", user, NULL);
}

static GHashTable *
attributes (SwServer *server, const char *user)
{
  return attributes_of (&schema, server, user);
}

/* No secret service on this computer: nothing is stored there, which is an answer. */
static gboolean
is_absent (const GError *error)
{
  return g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_SPAWN_SERVICE_NOT_FOUND)
         || g_error_matches (error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER)
         || (error != NULL && error->domain == G_IO_ERROR
             && error->code != G_IO_ERROR_CANCELLED);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  char *password = secret_password_lookup_finish (result, &error);

  if (is_absent (error))
    g_clear_error (&error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, password, (GDestroyNotify) secret_password_free);
}

void
sw_keyring_lookup_async (SwServer *server,
                         const char *user,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GHashTable) which = attributes (server, user);

  secret_password_lookupv (&schema, which, cancellable, on_looked_up,
                           g_task_new (server, cancellable, callback, user_data));
}

char *
sw_keyring_lookup_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (secret_password_store_finish (result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
sw_keyring_store_async (SwServer *server,
                        const char *user,
                        const char *password,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GHashTable) which = attributes (server, user);
  /* Translators: shown by the keyring; the first %s is a user, the second a server */
  g_autofree char *label = g_strdup_printf (_ ("Softwhere password of %s on %s"), user,
                                            sw_server_get_title (server));

  secret_password_storev (&schema, which, SECRET_COLLECTION_DEFAULT, label, password, cancellable,
                          on_stored, g_task_new (server, cancellable, callback, user_data));
}

gboolean
sw_keyring_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_cleared (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  if (is_absent (error))
    g_clear_error (&error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void
sw_keyring_clear_async (SwServer *server,
                        const char *user,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GHashTable) which = attributes (server, user);

  secret_password_clearv (&schema, which, cancellable, on_cleared,
                          g_task_new (server, cancellable, callback, user_data));
}

gboolean
sw_keyring_clear_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
sw_keyring_password_free (char *password)
{
  secret_password_free (password);
}

/* ---- the key of the drafts ---- */

typedef struct
{
  SwServer *server;
  char *user;
  GBytes *key; /* the new one */
} DraftKey;

static void
draft_key_free (gpointer data)
{
  DraftKey *self = data;

  g_object_unref (self->server);
  g_free (self->user);
  g_clear_pointer (&self->key, g_bytes_unref);
  g_free (self);
}

static void
on_draft_key_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DraftKey *self = g_task_get_task_data (task);
  gboolean stored = secret_password_store_finish (result, NULL);

  g_task_return_pointer (task, stored ? g_steal_pointer (&self->key) : NULL,
                         (GDestroyNotify) g_bytes_unref);
}

static void
store_new_draft_key (GTask *task)
{
  DraftKey *self = g_task_get_task_data (task);
  g_autoptr (GHashTable) which = attributes_of (&draft_schema, self->server, self->user);
  /* Translators: shown by the keyring; the first %s is a user, the second a server */
  g_autofree char *label = g_strdup_printf (_ ("Softwhere drafts of %s on %s"), self->user,
                                            sw_server_get_title (self->server));
  g_autofree char *text = NULL;
  gsize size;
  gconstpointer data;

  self->key = sw_seal_new_key ();
  data = g_bytes_get_data (self->key, &size);
  text = g_base64_encode (data, size);
  secret_password_storev (&draft_schema, which, SECRET_COLLECTION_DEFAULT, label, text,
                          g_task_get_cancellable (task), on_draft_key_stored, g_object_ref (task));
}

static void
on_draft_key (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *text = secret_password_lookup_finish (result, &error);
  guint8 *data = NULL;
  gsize size = 0;

  if (text != NULL)
    data = g_base64_decode (text, &size);
  secret_password_free (text);
  if (error != NULL)
    g_task_return_pointer (task, NULL, NULL);
  else if (size == SW_SEAL_KEY)
    g_task_return_pointer (task, g_bytes_new_take (g_steal_pointer (&data), size),
                           (GDestroyNotify) g_bytes_unref);
  else
    store_new_draft_key (task);
  g_free (data);
}

/* Asking a keyring that does not exist, or is locked, would open a dialog for what nobody asked. */
static void
on_collection (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  DraftKey *self = g_task_get_task_data (task);
  g_autoptr (SecretCollection) collection = secret_collection_for_alias_finish (result, NULL);
  g_autoptr (GHashTable) which = attributes_of (&draft_schema, self->server, self->user);

  if (collection == NULL || secret_collection_get_locked (collection))
    g_task_return_pointer (task, NULL, NULL);
  else
    secret_password_lookupv (&draft_schema, which, g_task_get_cancellable (task), on_draft_key,
                             g_object_ref (task));
}

void
sw_keyring_draft_key_async (SwServer *server,
                            const char *user,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  GTask *task = g_task_new (server, cancellable, callback, user_data);
  DraftKey *self = g_new0 (DraftKey, 1);

  self->server = g_object_ref (server);
  self->user = g_strdup (user);
  g_task_set_task_data (task, self, draft_key_free);
  secret_collection_for_alias (NULL, SECRET_COLLECTION_DEFAULT, SECRET_COLLECTION_NONE, cancellable,
                               on_collection, task);
}

GBytes *
sw_keyring_draft_key_finish (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
