/* sw-record-list.h: a list of any length as a GListModel of SwRecord
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The first 100 rows are read first, then all the ids in order; further pages of 100 rows by id,
 * only those somebody asked for. get_item() never queries: it returns an unloaded record that is
 * filled in later. A new search, filter or sort makes a new list. When the session comes back after
 * a cut the list reads itself again.
 *
 * Properties (read only, notify): loading (TRUE until all ids have arrived: the number of rows may
 * still grow), error (a sentence for a person or NULL), total (guint) and n-items, the same.
 * Signal "loaded": rows can be shown; a long list emits it twice, with its first rows and with all
 * its ids. Also emitted when the list has been read again.
 */
#pragma once

#include <gio/gio.h>
#include "model/sw-list-query.h"
#include "model/sw-record.h"
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_RECORD_LIST (sw_record_list_get_type ())
G_DECLARE_FINAL_TYPE (SwRecordList, sw_record_list, SW, RECORD_LIST, GObject)

/* Starts reading at once. The query is copied; the session is kept alive. */
SwRecordList *sw_record_list_new (SwSession *session, const SwListQuery *query);

const SwListQuery *sw_record_list_get_query (SwRecordList *self);
gboolean sw_record_list_is_loading (SwRecordList *self);
/* TRUE once "loaded" was emitted. */
gboolean sw_record_list_is_loaded (SwRecordList *self);
/* TRUE once all ids have arrived: the total is final, not that of the first rows. */
gboolean sw_record_list_is_complete (SwRecordList *self);
const char *sw_record_list_get_error (SwRecordList *self);
guint sw_record_list_get_total (SwRecordList *self);

SwSession *sw_record_list_get_session (SwRecordList *self);
/* -1 when the id is not in the list. */
int sw_record_list_find (SwRecordList *self, gint64 id);
/* The id at @position without creating the record; 0 when out of range. */
gint64 sw_record_list_get_id (SwRecordList *self, guint position);

/* The sums of @columns over all rows the list stands for, in the background: a SwRecord with these
 * columns. A NULL sum means that there is no value at all. */
void sw_record_list_sum_async (SwRecordList *self,
                               const char *const *columns,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
SwRecord *sw_record_list_sum_finish (SwRecordList *self, GAsyncResult *result, GError **error);

/* Reads everything again, keeping the records of rows that stay (the "Retry" button). */
void sw_record_list_reload (SwRecordList *self);
/* These rows changed on the server: re-reads them, drops those that no longer match, adds those
 * that do now. An id 0 among them reloads the list. */
void sw_record_list_refresh_ids (SwRecordList *self, const gint64 *ids, gsize n_ids);
/* Refresh by the session's change feed: @entity is the name in its payloads ("contract"). */
void sw_record_list_follow (SwRecordList *self, const char *entity);

/* Reads every row (for an export, or for a short list): calls back when all records are loaded. */
void sw_record_list_load_all_async (SwRecordList *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
gboolean sw_record_list_load_all_finish (SwRecordList *self, GAsyncResult *result, GError **error);

G_END_DECLS
