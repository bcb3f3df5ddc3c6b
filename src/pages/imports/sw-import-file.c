/* sw-import-file.c: see sw-import-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/imports/sw-import-file.h"

#include <glib/gi18n-lib.h>

#include "model/sw-call.h"

/* What api.import_add() takes is 10 000; smaller chunks move the progress bar. */
#define CHUNK 2000
#define MAX_BYTES (64 * 1024 * 1024)
/* As api.import_begin() and api.import_add() have them. */
#define MAX_COLUMNS 200
#define MAX_LINE 100000
/* Between the cells of a line on its way; a file that has it too loses it. Not U+001F: json-glib 1.6 forgets to escape
 * that one. */
#define CELL_SEPARATOR "\x1e"

SwImportFile *
sw_import_file_ref (SwImportFile *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
sw_import_file_unref (SwImportFile *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_free (self->name);
  g_bytes_unref (self->bytes);
  g_clear_pointer (&self->table, sw_delimited_free);
  g_free (self);
}

static SwImportFile *
file_new (const char *name, GBytes *bytes, SwEncoding encoding)
{
  SwImportFile *self = g_new0 (SwImportFile, 1);

  g_atomic_ref_count_init (&self->refs);
  self->name = g_strdup (name);
  self->bytes = g_bytes_ref (bytes);
  self->encoding = encoding;
  return self;
}

/* Reading: in a thread, since a file of 50 MB takes a second. @file is filled and returned. */

typedef struct
{
  SwImportFile *file;
  char separator; /* '\0': find out, as well as titles -1 */
  int titles;
} Reading;

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  sw_import_file_unref (reading->file);
  g_free (reading);
}

/* The number of the first line the server would not take; 0: none. */
static guint
find_long_line (SwDelimited *table)
{
  for (guint i = 0; i < table->rows->len; i++)
    {
      const SwDelimitedRow *row = g_ptr_array_index (table->rows, i);
      gsize length = 0;

      for (char **cell = row->cells; *cell != NULL; cell++)
        length += strlen (*cell) + 1;
      if (length > MAX_LINE)
        return row->line;
    }
  return 0;
}

static void
read_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Reading *reading = data;
  SwImportFile *file = reading->file;
  gsize length;
  const guint8 *bytes = g_bytes_get_data (file->bytes, &length);
  g_autofree char *text = NULL;
  guint too_long;

  if (file->encoding == SW_N_ENCODINGS && !sw_decode_detect (bytes, length, &file->encoding))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s",
                               _("This is not a text file: save the sheet as CSV first."));
      return;
    }
  text = sw_decode (bytes, length, file->encoding);
  if (text == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                               _("The file is not in %s."), sw_encoding_name (file->encoding));
      return;
    }
  file->table = sw_delimited_read (text, reading->separator, reading->titles);
  if (file->table->rows->len == 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s",
                             _("The file has no line to import."));
  else if (file->table->n_columns > MAX_COLUMNS)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             _("The file has %u columns: this is not a table of records."),
                             file->table->n_columns);
  else if ((too_long = find_long_line (file->table)) != 0)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                             _("Line %u is too long: a quotation mark may be missing."), too_long);
  else
    g_task_return_pointer (task, sw_import_file_ref (file), (GDestroyNotify) sw_import_file_unref);
}

static void
read_in_thread (GTask *task, SwImportFile *file, char separator, int titles)
{
  Reading *reading = g_new (Reading, 1);

  reading->file = file;
  reading->separator = separator;
  reading->titles = titles;
  g_task_set_task_data (task, reading, reading_free);
  /* Cancelled, nobody waits for the thread: what it read is dropped. */
  g_task_set_return_on_cancel (task, TRUE);
  g_task_run_in_thread (task, read_thread);
}

static void
on_bytes (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autofree char *name = g_file_get_basename (G_FILE (source));

  if (bytes == NULL)
    g_task_return_error (task, error);
  else
    read_in_thread (task, file_new (name, bytes, SW_N_ENCODINGS), '\0', -1);
}

/* The size is asked first: a film dropped by mistake must not fill the memory. */
static void
on_info (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GFileInfo) info = g_file_query_info_finish (G_FILE (source), result, &error);

  if (info == NULL)
    g_task_return_error (task, error);
  else if (g_file_info_get_size (info) > MAX_BYTES)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s",
                             _("The file is larger than 64 MB: cut it."));
  else
    g_file_load_bytes_async (G_FILE (source), g_task_get_cancellable (task), on_bytes,
                             g_object_ref (task));
}

void
sw_import_file_open_async (GFile *file,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (file, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_import_file_open_async);
  g_file_query_info_async (file, G_FILE_ATTRIBUTE_STANDARD_SIZE, G_FILE_QUERY_INFO_NONE,
                           G_PRIORITY_DEFAULT, cancellable, on_info, task);
}

void
sw_import_file_reread_async (SwImportFile *self,
                             SwEncoding encoding,
                             char separator,
                             gboolean titles,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_import_file_reread_async);
  read_in_thread (task, file_new (self->name, self->bytes, encoding), separator, titles);
}

SwImportFile *
sw_import_file_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Sending */

typedef struct
{
  SwImportFile *file;
  SwSession *session;
  gint64 id;
  guint next; /* the first row not sent yet */
  void (*progress) (double part, gpointer data);
  gpointer progress_data;
} Sending;

static void
sending_free (gpointer data)
{
  Sending *sending = data;

  sw_import_file_unref (sending->file);
  g_object_unref (sending->session);
  g_free (sending);
}

static void send_chunk (GTask *task);

static void
on_chunk_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, &error);
  Sending *sending = g_task_get_task_data (task);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  sending->progress ((double) sending->next / sending->file->table->rows->len,
                     sending->progress_data);
  if (sending->next < sending->file->table->rows->len)
    send_chunk (g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

/* Takes @task. */
static void
send_chunk (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  GPtrArray *rows = sending->file->table->rows;
  guint end = MIN (sending->next + CHUNK, rows->len);
  g_autoptr (SwCall) call = sw_call_new ("import_add");
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) texts = NULL;

  for (; sending->next < end; sending->next++)
    {
      const SwDelimitedRow *row = g_ptr_array_index (rows, sending->next);
      gint64 number = row->line;
      g_autofree char *line = NULL;

      for (char **cell = row->cells; *cell != NULL; cell++)
        g_strdelimit (*cell, CELL_SEPARATOR, ' ');
      line = g_strjoinv (CELL_SEPARATOR, row->cells);
      g_array_append_val (numbers, number);
      g_strv_builder_add (lines, line);
    }
  texts = g_strv_builder_end (lines);
  sw_call_add_id (call, NULL, sending->id);
  sw_call_add_ids (call, NULL, (gint64 *) (gpointer) numbers->data, numbers->len);
  sw_call_add_texts (call, NULL, (const char *const *) texts);
  sw_call_set_once (call, NULL); /* a chunk sent twice would be lines imported twice */
  sw_call_run_async (call, sending->session, g_task_get_cancellable (task), on_chunk_sent, task);
}

void
sw_import_file_send_async (SwImportFile *self,
                           SwSession *session,
                           gint64 id,
                           void (*progress) (double part, gpointer data),
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (session, cancellable, callback, user_data);
  Sending *sending = g_new0 (Sending, 1);

  g_task_set_source_tag (task, sw_import_file_send_async);
  sending->file = sw_import_file_ref (self);
  sending->session = g_object_ref (session);
  sending->id = id;
  sending->progress = progress;
  sending->progress_data = user_data;
  g_task_set_task_data (task, sending, sending_free);
  send_chunk (task);
}

gboolean
sw_import_file_send_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
