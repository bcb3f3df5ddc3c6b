/* sw-list-query.h: what a list shows: relation, columns, search, filters, order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A query is data, filled by a table and its filter bar, and may be saved as JSON (saved filters).
 * Values are always sent as parameters; names are checked and quoted in sw-sql.c.
 */
#pragma once

#include <glib-object.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  SW_FILTER_EQUAL,    /* values: one */
  SW_FILTER_IN,       /* values: any number; none matches nothing */
  SW_FILTER_CONTAINS, /* values: one; accents and case are ignored; on the column itself */
  SW_FILTER_BETWEEN,  /* values: from, to, both included; "" leaves an end open; dates, amounts */
  SW_FILTER_NULL,     /* no value */
  SW_FILTER_NOT_NULL,
} SwFilterOperator;

/* Owned by its query. */
typedef struct
{
  char *column;
  SwFilterOperator op;
  char **values;
} SwFilter;

#define SW_TYPE_LIST_QUERY (sw_list_query_get_type ())
typedef struct _SwListQuery SwListQuery;

GType sw_list_query_get_type (void) G_GNUC_CONST;

/* @relation is a view of the api schema, without its schema: "contract", "customer_list". It must
 * have a column id, and search_text when it is searched. */
SwListQuery *sw_list_query_new (const char *relation);
SwListQuery *sw_list_query_copy (const SwListQuery *self);
void sw_list_query_free (SwListQuery *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwListQuery, sw_list_query_free)

const char *sw_list_query_get_relation (const SwListQuery *self);

/* The columns to read; id is always read. NULL-terminated. */
void sw_list_query_set_columns (SwListQuery *self, const char *const *columns);
void sw_list_query_add_column (SwListQuery *self, const char *column);
const char *const *sw_list_query_get_columns (const SwListQuery *self);

/* What the person typed: every word must occur. A phone number or a SIRET may be typed with
 * spaces. NULL or blank for none. */
void sw_list_query_set_search (SwListQuery *self, const char *text);
const char *sw_list_query_get_search (const SwListQuery *self);

/* The name of a condition that is computed anew each time ("overdue" depends on the day): kept with a
 * saved filter, and put into effect by whoever knows it. Not part of the SQL. */
void sw_list_query_set_quick (SwListQuery *self, const char *name);
const char *sw_list_query_get_quick (const SwListQuery *self);

/* Filters are all to be met. Setting one replaces those of the same column. */
void sw_list_query_set_filter (SwListQuery *self,
                               const char *column,
                               SwFilterOperator op,
                               const char *const *values);
/* Shorter for SW_FILTER_EQUAL. */
void sw_list_query_set_equal (SwListQuery *self, const char *column, const char *value);
/* Adds a filter even if the column has one: a range and "not null" on one column. */
void sw_list_query_add_filter (SwListQuery *self,
                               const char *column,
                               SwFilterOperator op,
                               const char *const *values);
void sw_list_query_remove_filter (SwListQuery *self, const char *column);
void sw_list_query_clear_filters (SwListQuery *self);
guint sw_list_query_get_n_filters (const SwListQuery *self);
const SwFilter *sw_list_query_get_filter (const SwListQuery *self, guint position);

/* NULL sorts by id. Equal values are ordered by id. Empty values come last, or first when descending
 * (so a list of invoices, latest first, begins with the drafts). */
void sw_list_query_set_sort (SwListQuery *self, const char *column, gboolean descending);
const char *sw_list_query_get_sort (const SwListQuery *self);
gboolean sw_list_query_get_descending (const SwListQuery *self);

/* Search, filters and sort as JSON text, for saved filters; columns are not part of it. Applying
 * ignores what it does not understand. */
char *sw_list_query_save (const SwListQuery *self);
gboolean sw_list_query_apply (SwListQuery *self, const char *json, GError **error);

G_END_DECLS
