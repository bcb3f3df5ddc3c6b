/* sw-list-export.h: reads the rows of a list in order, some at a time, and keeps none
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * For what goes through a whole list: a file, a print, a copy. The ids are those of the list at the
 * start; rows that vanish meanwhile are left out. It reads on the background connection.
 */
#pragma once

#include "model/sw-list-file.h"
#include "model/sw-record-list.h"

G_BEGIN_DECLS

/* Called for each row, in order. FALSE with an error ends the reading. */
typedef gboolean (*SwListExportRow) (SwRecord *record, gpointer data, GError **error);
/* Rows done, of how many; 0 of 0 while the list is still being counted. */
typedef void (*SwListExportProgress) (guint done, guint total, gpointer data);

/* The rows @ids (gint64) of @list, or all of them when NULL. @data must live until the callback. */
void sw_list_export_async (SwRecordList *list,
                           GArray *ids,
                           SwListExportRow row,
                           SwListExportProgress progress,
                           gpointer data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
gboolean sw_list_export_finish (GAsyncResult *result, GError **error);

G_END_DECLS
