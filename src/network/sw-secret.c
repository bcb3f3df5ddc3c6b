/* sw-secret.c: see sw-secret.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/sw-secret.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAX_SECRET 4096

static const SecretSchema schema = {
  "fr.softwhere.Provider",
  SECRET_SCHEMA_NONE,
  { { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "address", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { "account", SECRET_SCHEMA_ATTRIBUTE_STRING },
    { NULL, 0 } },
};

static GHashTable *
attributes (const char *provider, const char *base_url, const char *account)
{
  return secret_attributes_build (&schema, "provider", provider, "address", base_url != NULL ? base_url : "", "account",
                                  account != NULL ? account : "", NULL);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  char *secret = secret_password_lookup_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    /* No secret service on this computer: there is none, which is an answer. */
    g_task_return_pointer (task, secret, (GDestroyNotify) sw_secret_free);
}

void
sw_secret_lookup_async (const char *provider,
                        const char *base_url,
                        const char *account,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GHashTable) which = attributes (provider, base_url, account);

  secret_password_lookupv (&schema, which, cancellable, on_looked_up, g_task_new (NULL, cancellable, callback, user_data));
}

char *
sw_secret_lookup_finish (GAsyncResult *result, GError **error)
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
sw_secret_store_async (const char *provider,
                       const char *base_url,
                       const char *account,
                       const char *secret,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GHashTable) which = attributes (provider, base_url, account);
  /* Translators: shown by the keyring; the %s are an operator's system and its address */
  g_autofree char *label = g_strdup_printf (_ ("Secret of Softwhere for %s at %s"), provider, base_url);

  secret_password_storev (&schema, which, SECRET_COLLECTION_DEFAULT, label, secret, cancellable, on_stored,
                          g_task_new (NULL, cancellable, callback, user_data));
}

gboolean
sw_secret_store_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static char *
read_open_file (int fd, const char *path, guint others, GError **error)
{
  char text[MAX_SECRET + 1];
  struct stat about;
  ssize_t length;
  char *secret;

  if (fstat (fd, &about) != 0 || !S_ISREG (about.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "%s is no regular file", path);
      return NULL;
    }
  if ((about.st_mode & others) != 0 || (about.st_uid != 0 && about.st_uid != geteuid ()))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED,
                   "%s may be read by others: it must belong to root or to the courier, with mode 0600 or 0400", path);
      return NULL;
    }
  length = read (fd, text, sizeof text);
  if (length <= 0 || length > MAX_SECRET || memchr (text, '\0', (gsize) length) != NULL)
    {
      explicit_bzero (text, sizeof text);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s holds no secret of one line", path);
      return NULL;
    }
  secret = g_strstrip (g_strndup (text, (gsize) length));
  explicit_bzero (text, sizeof text);
  if (*secret == '\0' || strpbrk (secret, "\r\n") != NULL)
    {
      g_clear_pointer (&secret, sw_secret_free);
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s holds no secret of one line", path);
    }
  return secret;
}

char *
sw_secret_read_file (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  /* systemd lets the service in by an ACL, whose mask is seen as rights of the group. */
  guint others = g_strcmp0 (directory, g_getenv ("CREDENTIALS_DIRECTORY")) == 0 ? 037 : 077;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  char *secret;

  if (fd < 0)
    {
      int number = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "%s cannot be read: %s", path, g_strerror (number));
      return NULL;
    }
  secret = read_open_file (fd, path, others, error);
  close (fd);
  return secret;
}

void
sw_secret_free (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
