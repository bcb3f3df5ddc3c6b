/* sw-keyring.c: see sw-keyring.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-keyring.h"

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

static GHashTable *
attributes (SwServer *server, const char *user)
{
  return secret_attributes_build (&schema, "host", sw_server_get_host (server), "port",
                                  sw_server_get_port (server), "database",
                                  sw_server_get_database (server), "user", user, NULL);
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
