/* sw-table.h: a list of records of any length: search, quick filters, columns, count
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   SwTable *table = SW_TABLE (sw_table_new (columns));
 *   sw_table_set_placeholder (table, _("Number, customer, SIRET…"));
 *   sw_table_set_filters (table, filters);
 *   sw_table_set_sort (table, "number", TRUE);
 *   sw_table_set_empty (table, "x-office-document-symbolic", _("No contract yet"),
 *                       _("Contracts bill themselves…"), _("New contract"), "win.new");
 *   sw_table_set_source (table, session, "contract", "contract");
 *
 * Sorting, searching and filtering happen on the server. Everything else (states, columns that hide
 * when it is narrow, keyboard, following changes made by others) is done here.
 *
 * Signals: "activated" (gint64 id): clicked, or Enter: open it;
 *          "selected" (gint64 id): chosen with the arrow keys.
 * Properties (read only, notify): total (guint), loading (boolean), filter-name (string: label of
 * the quick filter in use or NULL).
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-record-list.h"
#include "widgets/sw-column.h"

G_BEGIN_DECLS

/* A chip above the table; they exclude each other. Tables end with a NULL label; the first is
 * usually { N_("All") }, without a condition. */
typedef struct
{
  const char *label; /* msgid */
  const char *column;
  SwFilterOperator op;
  const char *values; /* separated by "|"; NULL for none */
  /* For a condition that depends on the day; replaces the three above. */
  void (*apply) (SwListQuery *query, const char *today);
} SwQuickFilter;

typedef struct _SwTable SwTable;

/* Something to do with the rows chosen. Tables end with a NULL label. */
typedef struct
{
  const char *label; /* msgid */
  /* Who may: NULL for everybody, the function called ("line_restrict"), or roles, "sw_adv|sw_support". */
  const char *role;
  /* @ids: gint64, in order; belongs to the caller. */
  void (*run) (SwTable *table, GArray *ids, gpointer data);
} SwBulkAction;

#define SW_TYPE_TABLE (sw_table_get_type ())
G_DECLARE_FINAL_TYPE (SwTable, sw_table, SW, TABLE, GtkWidget)

/* @columns stays with the caller (static). */
GtkWidget *sw_table_new (const SwColumn *columns);

void sw_table_set_placeholder (SwTable *self, const char *text);
void sw_table_set_filters (SwTable *self, const SwQuickFilter *filters);
/* Chooses one of the filters by position; as if clicked. */
void sw_table_set_filter (SwTable *self, guint position);
void sw_table_set_sort (SwTable *self, const char *field, gboolean descending);
/* What to say and offer when there is nothing at all; button and action may be NULL. */
void sw_table_set_empty (SwTable *self,
                         const char *icon_name,
                         const char *title,
                         const char *description,
                         const char *button,
                         const char *action_name);

/* Reads api.@relation; @entity is the name in the change feed, or NULL. */
void sw_table_set_source (SwTable *self,
                          SwSession *session,
                          const char *relation,
                          const char *entity);
/* Rows already at hand (a nested list): no search, filter or sort. */
void sw_table_set_model (SwTable *self, GListModel *records);
/* Limits the list to @column = @value ("customer_id", "12") until the person removes the chip that says
 * so with @label (the customer's name); without @label there is no chip. NULL @value: all of it
 * again. */
void sw_table_set_scope (SwTable *self, const char *column, const char *value, const char *label);

void sw_table_set_search (SwTable *self, const char *text);
void sw_table_focus_search (SwTable *self);
void sw_table_focus_rows (SwTable *self);
void sw_table_reload (SwTable *self);

guint sw_table_get_total (SwTable *self);
/* FALSE while a long list has only its first rows: the total will grow in a moment. */
gboolean sw_table_is_counted (SwTable *self);
gint64 sw_table_get_selected (SwTable *self);
/* Selects and scrolls to it, without any signal; 0 selects nothing. */
void sw_table_select (SwTable *self, gint64 id);
const char *sw_table_get_filter_name (SwTable *self);

/* What can be done with several rows; @actions is static, @data outlives the table. */
void sw_table_set_bulk_actions (SwTable *self, const SwBulkAction *actions, gpointer data);
/* What it reads; NULL before the first answer. */
SwRecordList *sw_table_get_list (SwTable *self);
/* "Grande Pharmacie" or what the main column says of this row. */
char *sw_table_describe_row (SwTable *self, SwRecord *record);
/* "⋮": export, print, columns; for the header bar above the table. @name is that of files: "Customers". */
GtkWidget *sw_table_create_menu_button (SwTable *self, const char *name);

G_END_DECLS
