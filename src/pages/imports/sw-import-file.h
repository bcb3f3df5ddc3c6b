/* sw-import-file.h: a file to be imported, read off the main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include "base/sw-decode.h"
#include "model/sw-delimited.h"
#include "model/sw-session.h"

G_BEGIN_DECLS

typedef struct
{
  gatomicrefcount refs;
  char *name;
  GBytes *bytes;
  SwEncoding encoding;
  SwDelimited *table;
} SwImportFile;

SwImportFile *sw_import_file_ref (SwImportFile *self);
void sw_import_file_unref (SwImportFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwImportFile, sw_import_file_unref)

/* Encoding, separator and titles are found out. Errors: G_IO_ERROR; too large, no text and no rows
 * are sentences for a person. */
void sw_import_file_open_async (GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* The same bytes read otherwise. */
void sw_import_file_reread_async (SwImportFile *self,
                                  SwEncoding encoding,
                                  char separator,
                                  gboolean titles,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);
SwImportFile *sw_import_file_finish (GAsyncResult *result, GError **error);

/* Sends the rows to import @id of the server, by chunks; @progress is told which part is sent, 0 to
 * 1, and lives as long as the call. */
void sw_import_file_send_async (SwImportFile *self,
                                SwSession *session,
                                gint64 id,
                                void (*progress) (double part, gpointer data),
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean sw_import_file_send_finish (GAsyncResult *result, GError **error);

G_END_DECLS
