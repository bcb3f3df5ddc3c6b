/* sw-record-list-private.h: the list as its two files see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sw-record-list.c is the list model and its pages; sw-record-list-load.c reads the ids, follows
 * changes and reads everything for an export.
 */
#pragma once

#include "model/sw-id-set.h"
#include "model/sw-record-list.h"

G_BEGIN_DECLS

#define SW_RECORD_LIST_PAGE 100 /* rows */

struct _SwRecordList
{
  GObject parent_instance;

  SwSession *session;
  SwListQuery *query;
  GCancellable *cancellable; /* cancelled in dispose */

  GArray *ids;         /* gint64, in order */
  SwIdSet *members;    /* the same, once somebody asked; NULL again when they change */
  GArray *after;       /* while replaced: the rows from seam on are those of after from seam_after on */
  guint seam, seam_after;
  GHashTable *records; /* gint64 *id → SwRecord *, those created so far */

  GArray *wanted;     /* guint page numbers, latest last */
  gboolean fetching;  /* a statement for pages is under way */
  guint fetch_source; /* idle */

  gboolean loading;  /* statements for the ids are under way */
  gboolean loaded;   /* the first rows have arrived */
  gboolean complete; /* all ids have arrived */
  gboolean again;    /* something changed while loading: load once more */
  gboolean stale;    /* a statement failed: what it should have told is not known */
  char *error;

  GArray *changed; /* gint64, told by the feed and not yet read; or NULL */
  guint changed_source;

  gint64 reload_began; /* monotonic, µs */
  gint64 reload_ended;
  guint reload_source;
};

gint64 sw_record_list_id_at (SwRecordList *self, guint position);
gboolean sw_record_list_has_id (SwRecordList *self, gint64 id);
/* NULL when nobody has asked for it yet. */
SwRecord *sw_record_list_peek (SwRecordList *self, gint64 id);

/* Tells about a change of the ids. */
void sw_record_list_items_changed (SwRecordList *self, guint position, guint removed, guint added);
void sw_record_list_set_error (SwRecordList *self, const GError *error);
void sw_record_list_set_loading (SwRecordList *self, gboolean loading);
void sw_record_list_emit_loaded (SwRecordList *self);

/* Asks for the rows of @ids; @matching: only those the query still matches. The callback's data is
 * @task, which is handed over. */
void sw_record_list_query_rows (SwRecordList *self,
                                SwSessionLane lane,
                                GArray *ids,
                                gboolean matching,
                                GAsyncReadyCallback callback,
                                GTask *task);
/* Fills the records of the rows of @answer. */
void sw_record_list_take_rows (SwRecordList *self, SwPgResult *answer);
/* Ids that were asked for and did not come back are gone. */
void sw_record_list_drop_missing (SwRecordList *self, GArray *asked, SwPgResult *answer);

G_END_DECLS
