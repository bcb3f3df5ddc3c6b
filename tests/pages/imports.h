/* The steps of an import as the page takes them: read, begin, send, check, apply. */
#pragma once

#include "../model/product.h"
#include "pages/imports/sw-import-calls.h"

#include <glib/gstdio.h>

typedef struct
{
  SwImportFile *file;
  gint64 id;
  JsonObject *mapping; /* owned */
} Import;

static inline SwImportFile *
read_bytes (const char *bytes, gsize length, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  SwImportFile *read;
  int fd = g_file_open_tmp ("softwhere-import-XXXXXX.csv", &path, NULL);

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  file = g_file_new_for_path (path);
  sw_import_file_open_async (file, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  read = sw_import_file_finish (result, error);
  g_unlink (path);
  return read;
}

static inline SwImportFile *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  SwImportFile *file = read_bytes (text, strlen (text), &error);

  g_assert_no_error (error);
  return file;
}

/* Runs @call; NULL with @error when it fails. */
static inline SwRecord *
try_call (SwSession *session, SwCall *call, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sw_call_run_async (call, session, cancellable, wait_keep, &result);
  WAIT_FOR (result != NULL);
  return sw_call_run_finish_record (result, error);
}

static inline void
take_begun (Import *self, SwRecord *begun)
{
  g_autoptr (JsonObject) record = sw_record_to_json (begun);

  self->id = sw_record_get_id (begun);
  g_clear_pointer (&self->mapping, json_object_unref);
  self->mapping = json_object_ref (json_object_get_object_member (record, "mapping"));
}

typedef struct
{
  GAsyncResult *result;
} Sent;

static inline void
no_progress (double part, gpointer data)
{
  g_assert_cmpfloat (part, <=, 1);
}

static inline gboolean
try_send (Import *self, SwSession *session, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sw_import_file_send_async (self->file, session, self->id, no_progress, cancellable, wait_keep,
                             &result);
  WAIT_FOR (result != NULL);
  return sw_import_file_send_finish (result, error);
}

/* Reads nothing: @file is begun and sent. */
static inline void
begin_and_send (Import *self, SwSession *session, const char *target)
{
  g_autoptr (SwCall) call = sw_import_call_begin (self->file, target, "");
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) begun = try_call (session, call, NULL, &error);

  g_assert_no_error (error);
  take_begun (self, begun);
  try_send (self, session, NULL, &error);
  g_assert_no_error (error);
}

static inline SwRecord *
check (Import *self, SwSession *session, gboolean leave_out)
{
  g_autoptr (SwCall) call = sw_import_call_check (self->id, self->mapping, leave_out);
  g_autoptr (GError) error = NULL;
  SwRecord *counts = try_call (session, call, NULL, &error);

  g_assert_no_error (error);
  return counts;
}

static inline void
apply (Import *self, SwSession *session)
{
  g_autoptr (SwCall) call = sw_import_call_apply (self->id);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) counts = try_call (session, call, NULL, &error);

  g_assert_no_error (error);
}

static inline void
import_clear (Import *self)
{
  g_clear_pointer (&self->file, sw_import_file_unref);
  g_clear_pointer (&self->mapping, json_object_unref);
}
