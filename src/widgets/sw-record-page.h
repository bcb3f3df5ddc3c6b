/* sw-record-page.h: the ordinary page: a list of records, and the open one beside it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   static const SwRecordPageInfo info = { .entity = "contract", .columns = columns, … };
 *
 *   sw_contracts_page_class_init (…)
 *     SW_RECORD_PAGE_CLASS (klass)->info = &info;
 *     SW_RECORD_PAGE_CLASS (klass)->build = build;     the widgets of a record, once
 *     SW_RECORD_PAGE_CLASS (klass)->show = show;       a record arrived, or was read again
 *     SW_RECORD_PAGE_CLASS (klass)->show_new = show_new;   an empty one (Ctrl+N)
 *
 * Done here: reading the list and the record, following what others change (an open record is read
 * again unless something is typed in it), search, selection and keyboard, the states loading, error
 * and empty, saving (button, Ctrl+S), reverting, conflicts, asking before unsaved work is left.
 */
#pragma once

#include "model/sw-call.h"
#include "widgets/sw-form.h"
#include "widgets/sw-page.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-table.h"

G_BEGIN_DECLS

/* Static; texts are msgids. */
typedef struct
{
  const char *entity;   /* "contract": api.contract_record, api.contract_save, the change feed */
  const char *relation; /* the list's view; NULL when it is the entity */
  const char *save;     /* without the right to call it nothing is made or changed here; NULL: <entity>_save */
  const SwColumn *columns;
  const SwQuickFilter *filters; /* NULL for none */
  const SwBulkAction *bulk_actions; /* with several rows; their data is the page; NULL for none */
  const char *sort;
  gboolean descending;
  const char *search; /* what may be typed: "Name, phone, SIRET…" */
  const char *title;  /* "Contracts" */
  const char *icon_name;
  const char *new_label;   /* "New contract"; NULL when they are not made here */
  const char *empty_title; /* "No contract yet" */
  const char *empty_text;
  int list_width; /* pixels beside an open record; -1: what the record leaves */
  int record_width;
} SwRecordPageInfo;

#define SW_TYPE_RECORD_PAGE (sw_record_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (SwRecordPage, sw_record_page, SW, RECORD_PAGE, SwPage)

struct _SwRecordPageClass
{
  SwPageClass parent_class;

  const SwRecordPageInfo *info;
  /* The body of the record's pane, which is put into a scrolled window; called once, before the
   * first record. */
  GtkWidget *(*build) (SwRecordPage *self);
  /* Show @record; the form is loaded already. Set title, badge, primary button, menu. */
  void (*show) (SwRecordPage *self, SwRecord *record);
  /* Show an empty record; default: an empty form. May set defaults with sw_form_load_new(). */
  void (*show_new) (SwRecordPage *self);
  /* For a list that depends on who is logged in; replaces info. Called once, first. */
  const SwRecordPageInfo *(*choose_info) (SwRecordPage *self);

  gpointer padding[3];
};

/* Fields of the open record: loaded, saved and guarded by the page. Call it in build(). */
void sw_record_page_set_form (SwRecordPage *self, SwForm *form);
SwForm *sw_record_page_get_form (SwRecordPage *self);

/* Whether the person may make and change such records; else the form only shows. */
gboolean sw_record_page_may_save (SwRecordPage *self);

/* The open record; NULL while loading, for a new one, or when none is open. */
SwRecord *sw_record_page_get_record (SwRecordPage *self);
/* 0 when none is open or it is new. */
gint64 sw_record_page_get_id (SwRecordPage *self);
/* Read it again (after a call); keeps what is typed. */
void sw_record_page_reload (SwRecordPage *self);
/* Closes the record after asking about unsaved work. */
void sw_record_page_close (SwRecordPage *self);

/* The record's header bar. */
void sw_record_page_set_title (SwRecordPage *self, const char *title, const char *subtitle);
/* The one blue button; NULL label hides it. While something is typed, "Save" takes its place. */
void sw_record_page_set_primary (SwRecordPage *self,
                                 const char *label,
                                 void (*callback) (SwRecordPage *self, gpointer data),
                                 gpointer data);
/* Why the blue button is not possible (tooltip); NULL makes it possible. */
void sw_record_page_set_primary_missing (SwRecordPage *self, const char *why);
/* Other actions, "⋮"; NULL hides it. Prefix "record" is looked up in the group of
 * sw_record_page_add_action(). */
void sw_record_page_set_menu (SwRecordPage *self, GMenuModel *menu);
/* An action "record.@name" of menus and buttons; @callback as for GSimpleAction's activate. */
GSimpleAction *sw_record_page_add_action (SwRecordPage *self,
                                          const char *name,
                                          const GVariantType *type,
                                          GCallback callback,
                                          gpointer data);
SwPane *sw_record_page_get_pane (SwRecordPage *self);
SwTable *sw_record_page_get_table (SwRecordPage *self);

/* Runs @call, whose buttons wait meanwhile, then reads the record again and says @done (nullable).
 * Errors go to the form's rows, a toast or a dialog. Takes no reference on @call. */
void sw_record_page_run (SwRecordPage *self, SwCall *call, const char *done);
/* The same, and then @callback with the id the function returned (an invoice just issued). */
void sw_record_page_run_then (SwRecordPage *self,
                              SwCall *call,
                              const char *done,
                              void (*callback) (SwRecordPage *self, gint64 id));

G_END_DECLS
