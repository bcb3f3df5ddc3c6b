/* sw-authority.c: see sw-authority.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-authority.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* A bundle of every authority of a computer is a fifth of it. */
#define MOST_BYTES (1024 * 1024)

static gboolean
refuse (GError **error, const char *sentence)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, sentence);
  return FALSE;
}

/* Whether libpq could read it is for libpq to say; this finds the key, the PDF and the picture. */
static gboolean
check (const char *data, GError **error)
{
  if (strstr (data, "PRIVATE KEY-----") != NULL)
    return refuse (error, _ ("This file holds a private key: ask for the certificate alone"));
  if (strstr (data, "-----BEGIN CERTIFICATE-----") == NULL
      && strstr (data, "-----BEGIN TRUSTED CERTIFICATE-----") == NULL)
    return refuse (error, _ ("This file holds no certificate (a PEM file is expected)"));
  return TRUE;
}

/* Named by its content: two servers of one company share it, and a new one replaces none. */
static char *
keep (const char *data, gsize length, GError **error)
{
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) data, length);
  g_autofree char *name = g_strdup_printf ("%.16s.crt", sum);
  g_autofree char *directory
      = g_build_filename (g_get_user_config_dir (), "softwhere", "authorities", NULL);
  g_autofree char *path = g_build_filename (directory, name, NULL);

  if (g_mkdir_with_parents (directory, 0700) != 0
      || !g_file_set_contents_full (path, data, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                    NULL))
    {
      refuse (error, _ ("The certificate could not be kept with your settings"));
      return NULL;
    }
  return g_steal_pointer (&path);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer path, GCancellable *cancellable)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  g_autofree char *data = g_malloc (MOST_BYTES + 1);
  gsize length = 0;
  GError *error = NULL;
  char *kept = NULL;

  if (stream == NULL
      || !g_input_stream_read_all (G_INPUT_STREAM (stream), data, MOST_BYTES, &length, cancellable,
                                   NULL))
    refuse (&error, _ ("This file cannot be read"));
  else
    {
      data[length] = '\0';
      if (check (data, &error))
        kept = keep (data, length, &error);
    }
  if (kept != NULL)
    g_task_return_pointer (task, kept, g_free);
  else
    g_task_return_error (task, error);
}

void
sw_authority_keep_async (const char *path,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_authority_keep_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, keep_in_thread);
}

char *
sw_authority_keep_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
