/* sw-record-page-private.h: the record page as its files see it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * sw-record-page.c is the page; sw-record-page-open.c reads, opens and leaves records;
 * sw-record-page-save.c saves, calls, and keeps what is typed on disk.
 */
#pragma once

#include "model/sw-drafts.h"
#include "widgets/sw-draft-bar.h"
#include "widgets/sw-record-page.h"
#include "widgets/sw-record-pane.h"
#include "widgets/sw-split-view.h"

G_BEGIN_DECLS

typedef struct
{
  const SwRecordPageInfo *info;
  GtkWidget *split;
  SwPane *list_pane;
  SwTable *table;
  SwRecordPane *pane;
  GSimpleActionGroup *actions;

  SwForm *form;
  SwRecord *record;
  gint64 id; /* of the open record; 0 for none or a new one */
  gboolean is_new;
  gboolean load_form; /* the next answer replaces what is typed: another record, or just saved */
  GCancellable *reading;
  guint select_source;
  guint running;
  GCancellable *working; /* of the save or call under way */

  SwDrafts *drafts;     /* of the session; NULL without one */
  char *draft;          /* what is typed here, as kept on disk; or NULL */
  guint draft_source;   /* timer: it is about to be kept */
  GtkWidget *draft_bar; /* offers what an earlier run left */

  void (*primary_callback) (SwRecordPage *self, gpointer data);
  gpointer primary_data;
} SwRecordPagePrivate;

SwRecordPagePrivate *sw_record_page_private (SwRecordPage *self);
#define PRIVATE(self) sw_record_page_private (self)

static inline const SwRecordPageInfo *
info_of (SwRecordPage *self)
{
  return PRIVATE (self)->info;
}

static inline SwSplitView *
split_of (SwRecordPage *self)
{
  return SW_SPLIT_VIEW (PRIVATE (self)->split);
}

/* The buttons and the state "unsaved". */
void sw_record_page_update (SwRecordPage *self);

typedef void (*SwRecordPageThen) (SwRecordPage *self, gint64 id);

/* Calls @then (with @id) when the person has decided about what they typed, or @stay (nullable). */
void sw_record_page_leave (SwRecordPage *self,
                           SwRecordPageThen then,
                           SwRecordPageThen stay,
                           gint64 id);
void sw_record_page_open (SwRecordPage *self, gint64 id);
void sw_record_page_open_new (SwRecordPage *self);
/* Without asking. */
void sw_record_page_close_now (SwRecordPage *self, gint64 id);
void sw_record_page_read (SwRecordPage *self);
void sw_record_page_stop_reading (SwRecordPage *self);

/* SwPageClass.save */
void sw_record_page_save (SwPage *page);
/* Gives up the save or call under way. */
void sw_record_page_cancel (SwRecordPage *self);
/* Something was typed, or nothing is any more: keeps or forgets it. */
void sw_record_page_update_draft (SwRecordPage *self);
/* Forgets what is kept of the typing here: it was saved, or given up. */
void sw_record_page_forget_draft (SwRecordPage *self);
/* What an earlier run left of the open record, if it did. */
void sw_record_page_offer_draft (SwRecordPage *self);
/* Answers of the bar that offers it. */
void sw_record_page_restore_draft (SwRecordPage *self);
void sw_record_page_discard_draft (SwRecordPage *self);

G_END_DECLS
