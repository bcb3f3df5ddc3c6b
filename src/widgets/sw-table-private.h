/* sw-table-private.h: what the files of SwTable share; nobody else includes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/sw-list-state.h"
#include "widgets/sw-column-list.h"
#include "widgets/sw-filter-bar.h"
#include "widgets/sw-table.h"

G_BEGIN_DECLS

struct _SwTable
{
  GtkWidget parent_instance;

  const SwColumn *columns;
  const SwQuickFilter *filters;
  SwSession *session;
  char *relation;
  char *name; /* of files it is exported to */
  char *entity;
  char *search;
  char *sort;
  gboolean descending;
  char *scope_column; /* what the whole list is limited to, or NULL */
  char *scope_value;

  SwRecordList *list;    /* what is shown */
  SwRecordList *pending; /* a newer query whose ids have not arrived yet */
  gint64 selected;
  guint spinner_source;

  SwListState *state; /* filters under a name, columns chosen; NULL without a server */
  gboolean state_read;
  gboolean touched;   /* the person narrowed the list before the state arrived */
  GCancellable *summing;
  GSimpleActionGroup *actions;
  const SwBulkAction *bulk_actions;
  gpointer bulk_data;

  GtkWidget *box;
  SwFilterBar *bar;
  SwColumnList *rows;
  GtkWidget *stack;
  GtkWidget *empty;
  GtkWidget *no_match;
  GtkWidget *error;
  GtkWidget *footer; /* a label, or while several rows are chosen what can be done with them */
  GtkWidget *range;
  GtkWidget *total;
  GtkWidget *sum_button;
  GtkWidget *selection_bar;
  GtkWidget *selection_label;
  GtkWidget *bulk_button;
  GtkWidget *copy_button;
};


/* sw-table.c */
SwListQuery *sw_table_compose_query (SwTable *self);
void sw_table_read (SwTable *self);
/* The ids of the rows chosen, in order; NULL when there are none. */
GArray *sw_table_get_chosen_ids (SwTable *self);
/* "12 345" */
char *sw_table_format_count (guint n);

/* sw-table-state.c: saved filters and columns */
void sw_table_open_state (SwTable *self);
void sw_table_close_state (SwTable *self);
void sw_table_save_filter (SwTable *self);
void sw_table_apply_saved (SwTable *self, SwRecord *filter);
void sw_table_layout_changed (SwTable *self);
void sw_table_chosen_changed (SwTable *self);
/* The actions of the menu of columns. */
void sw_table_add_column_actions (SwTable *self);

/* sw-table-sum.c: totals of amounts */
void sw_table_sum (SwTable *self);
void sw_table_forget_sums (SwTable *self);
GtkWidget *sw_table_create_sum_button (SwTable *self);

/* sw-table-selection.c: several rows chosen */
GtkWidget *sw_table_create_selection_bar (SwTable *self);
void sw_table_update_selection (SwTable *self);

/* sw-table-export.c, sw-table-print.c: the list taken elsewhere */
void sw_table_export (SwTable *self, const char *format);
void sw_table_copy (SwTable *self);
void sw_table_print (SwTable *self);

G_END_DECLS
