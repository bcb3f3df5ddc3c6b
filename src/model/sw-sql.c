/* sw-sql.c: see sw-sql.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-sql.h"
#include "base/sw-phone.h"
#include "base/sw-text.h"

#include <string.h>

static gboolean
is_name (const char *name)
{
  gsize length = name != NULL ? strlen (name) : 0;

  return length > 0 && length <= 63 && !g_ascii_isdigit (*name)
         && strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789_") == length;
}

/* ---- search ---- */

/* A pattern for LIKE that finds @word anywhere. */
static char *
like_pattern (const char *word)
{
  GString *pattern = g_string_new ("%");

  for (; *word != '\0'; word++)
    {
      if (strchr ("%_\\", *word) != NULL)
        g_string_append_c (pattern, '\\');
      g_string_append_c (pattern, *word);
    }
  g_string_append_c (pattern, '%');
  return g_string_free (pattern, FALSE);
}

/* Text made of digits and what people put between them ("06 12 34 56 78", "732 829 320 00074") is
 * one thing to look for. Phones are stored as +33612345678, so the 0 of the national form goes.
 * NULL when it is ordinary text. */
static char *
number_to_find (const char *folded)
{
  g_autofree char *e164 = sw_phone_to_e164 (folded);
  GString *digits;

  if (e164 != NULL)
    {
      /* 0639 is Mayotte's and, in part, fictitious numbers': what follows the 0 finds either. */
      gboolean national = *folded == '0' && folded[1] != '0';

      if (g_str_has_prefix (e164, "+33"))
        return g_strdup (e164 + 3);
      return g_strdup (national ? e164 + strlen (e164) - 9 : e164 + 1);
    }
  if (strspn (folded, "0123456789 .+") != strlen (folded))
    return NULL;
  digits = g_string_new (NULL);
  for (; *folded != '\0'; folded++)
    if (g_ascii_isdigit (*folded))
      g_string_append_c (digits, *folded);
  return g_string_free (digits, digits->len < 6);
}

static void
append_search (GString *sql, const char *search, SwPgParams *params)
{
  g_autofree char *folded = sw_text_fold (search);
  g_autofree char *number = number_to_find (folded);
  g_auto (GStrv) words = g_strsplit (number != NULL ? number : folded, " ", -1);

  for (char **word = words; *word != NULL; word++)
    {
      g_autofree char *pattern = like_pattern (*word);

      g_string_append_printf (sql, " AND t.search_text LIKE $%u",
                              sw_pg_params_add_text (params, pattern));
    }
}

/* ---- filters ---- */

static void
append_between (GString *sql, const SwFilter *filter, SwPgParams *params)
{
  const char *from = filter->values[0];
  const char *to = from != NULL ? filter->values[1] : NULL;

  if (from != NULL && *from != '\0')
    g_string_append_printf (sql, " AND t.\"%s\" >= $%u", filter->column,
                            sw_pg_params_add_text (params, from));
  if (to != NULL && *to != '\0')
    g_string_append_printf (sql, " AND t.\"%s\" <= $%u", filter->column,
                            sw_pg_params_add_text (params, to));
}

/* The beginning of a phone, as it is stored: "02 61 9" and "+33 2 61 9" are "+332619". NULL for anything else. */
static char *
phone_beginning (const char *folded)
{
  gboolean national = folded[0] == '0' && folded[1] != '0';
  GString *stored;

  if ((!national && *folded != '+') || strspn (folded, "0123456789 .+") != strlen (folded))
    return NULL;
  stored = g_string_new (national ? "+33" : "+");
  for (folded++; *folded != '\0'; folded++)
    if (g_ascii_isdigit (*folded))
      g_string_append_c (stored, *folded);
  return g_string_free (stored, stored->len <= 3);
}

/* A text that may also be part of what @column holds. */
static void
append_or_like (GString *sql, const char *column, const char *text, SwPgParams *params)
{
  g_autofree char *pattern = text != NULL ? like_pattern (text) : NULL;

  if (pattern != NULL)
    g_string_append_printf (sql, " OR t.\"%s\"::text LIKE $%u", column,
                            sw_pg_params_add_text (params, pattern));
}

/* Folded on both sides; digits with spaces also find a phone stored without, from its beginning on. */
static void
append_contains (GString *sql, const char *column, const char *value, SwPgParams *params)
{
  g_autofree char *folded = sw_text_fold (value);
  g_autofree char *number = number_to_find (folded);
  g_autofree char *beginning = phone_beginning (folded);
  g_autofree char *pattern = like_pattern (folded);

  /* As sw_text_fold() does: small letters, ligatures apart, then the accents off. */
  g_string_append_printf (sql,
                          " AND (regexp_replace(normalize(replace(lower(t.\"%s\"::text), 'œ', 'oe'), NFD),"
                          " '[\\u0300-\\u036f]', '', 'g') LIKE $%u",
                          column, sw_pg_params_add_text (params, pattern));
  append_or_like (sql, column, number, params);
  append_or_like (sql, column, beginning, params);
  g_string_append_c (sql, ')');
}

static void
append_filter (GString *sql, const SwFilter *filter, SwPgParams *params)
{
  const char *value = filter->values[0] != NULL ? filter->values[0] : "";

  switch (filter->op)
    {
    case SW_FILTER_EQUAL:
      g_string_append_printf (sql, " AND t.\"%s\" = $%u", filter->column,
                              sw_pg_params_add_text (params, value));
      break;
    case SW_FILTER_IN:
      g_string_append_printf (sql, " AND t.\"%s\" = ANY ($%u)", filter->column,
                              sw_pg_params_add_text_array (params,
                                                           (const char *const *) filter->values));
      break;
    case SW_FILTER_CONTAINS:
      append_contains (sql, filter->column, value, params);
      break;
    case SW_FILTER_BETWEEN:
      append_between (sql, filter, params);
      break;
    case SW_FILTER_NULL:
      g_string_append_printf (sql, " AND t.\"%s\" IS NULL", filter->column);
      break;
    case SW_FILTER_NOT_NULL:
      g_string_append_printf (sql, " AND t.\"%s\" IS NOT NULL", filter->column);
      break;
    default:
      g_assert_not_reached ();
    }
}

static void
append_conditions (GString *sql, const SwListQuery *query, SwPgParams *params)
{
  const char *search = sw_list_query_get_search (query);

  if (search != NULL)
    append_search (sql, search, params);
  for (guint i = 0; i < sw_list_query_get_n_filters (query); i++)
    append_filter (sql, sw_list_query_get_filter (query, i), params);
}

/* ---- lists ---- */

static gboolean
names_ok (const SwListQuery *query)
{
  const char *const *columns = sw_list_query_get_columns (query);
  const char *sort = sw_list_query_get_sort (query);
  gboolean ok = is_name (sw_list_query_get_relation (query)) && (sort == NULL || is_name (sort));

  for (; *columns != NULL; columns++)
    ok = ok && is_name (*columns);
  for (guint i = 0; i < sw_list_query_get_n_filters (query); i++)
    ok = ok && is_name (sw_list_query_get_filter (query, i)->column);
  return ok;
}

/* ", t."a", t."b"", or ", NULL, NULL" for the row of ids. */
static void
append_columns (GString *sql, const SwListQuery *query, gboolean as_null)
{
  for (const char *const *column = sw_list_query_get_columns (query); *column != NULL; column++)
    if (as_null)
      g_string_append_printf (sql, ", NULL AS \"%s\"", *column);
    else
      g_string_append_printf (sql, ", t.\"%s\"", *column);
}

/* "FROM … WHERE … ORDER BY …". Descending is the exact reverse of ascending, nulls included, so that
 * one index serves both. */
static void
append_ordered (GString *sql, const SwListQuery *query, SwPgParams *params)
{
  const char *sort = sw_list_query_get_sort (query);
  const char *direction = sw_list_query_get_descending (query) ? "DESC" : "ASC";

  g_string_append_printf (sql, " FROM api.\"%s\" t WHERE true", sw_list_query_get_relation (query));
  append_conditions (sql, query, params);
  if (sort != NULL)
    g_string_append_printf (sql, " ORDER BY t.\"%s\" %s, t.id %s", sort, direction, direction);
  else
    g_string_append_printf (sql, " ORDER BY t.id %s", direction);
}

char *
sw_sql_list_head (const SwListQuery *query, guint limit, SwPgParams *params)
{
  GString *sql;

  g_return_val_if_fail (names_ok (query), NULL);
  sql = g_string_new ("SELECT t.id");
  append_columns (sql, query, FALSE);
  append_ordered (sql, query, params);
  g_string_append_printf (sql, " LIMIT %u", limit);
  return g_string_free (sql, FALSE);
}

char *
sw_sql_list_ids (const SwListQuery *query, SwPgParams *params)
{
  GString *sql;

  g_return_val_if_fail (names_ok (query), NULL);
  /* One text: a row for each id would cost three times as much. An aggregate takes the rows of an
   * ordered sub-select in their order. */
  sql = g_string_new ("SELECT string_agg(hit.id::text, ',') AS ids FROM (SELECT t.id");
  append_ordered (sql, query, params);
  g_string_append (sql, ") AS hit");
  return g_string_free (sql, FALSE);
}

/* A search must not be ordered and limited in one go: the planner may then walk the whole index of
 * the order, row by row, looking for the few that match. So the hits are found first. */
char *
sw_sql_list_found (const SwListQuery *query, guint limit, SwPgParams *params)
{
  GString *sql;

  g_return_val_if_fail (names_ok (query), NULL);
  sql = g_string_new ("WITH hit AS MATERIALIZED (SELECT t.id");
  append_ordered (sql, query, params);
  g_string_append (sql, ") SELECT string_agg(id::text, ',') AS ids, NULL AS id");
  append_columns (sql, query, TRUE);
  g_string_append (sql, " FROM hit UNION ALL SELECT NULL, t.id");
  append_columns (sql, query, FALSE);
  /* ARRAY(…) is evaluated first, so that the view is asked for these ids only. */
  g_string_append_printf (sql, " FROM api.\"%s\" t WHERE t.id = ANY (ARRAY (SELECT id FROM hit"
                               " LIMIT %u))", sw_list_query_get_relation (query), limit);
  return g_string_free (sql, FALSE);
}

char *
sw_sql_list_rows (const SwListQuery *query,
                  const gint64 *ids,
                  gsize n_ids,
                  gboolean matching,
                  SwPgParams *params)
{
  GString *sql;

  g_return_val_if_fail (names_ok (query), NULL);
  sql = g_string_new ("SELECT t.id");
  append_columns (sql, query, FALSE);
  g_string_append_printf (sql, " FROM api.\"%s\" t WHERE t.id = ANY ($%u)",
                          sw_list_query_get_relation (query),
                          sw_pg_params_add_int64_array (params, ids, n_ids));
  if (matching)
    append_conditions (sql, query, params);
  return g_string_free (sql, FALSE);
}

char *
sw_sql_list_sums (const SwListQuery *query, const char *const *columns, SwPgParams *params)
{
  GString *sql;

  g_return_val_if_fail (names_ok (query), NULL);
  sql = g_string_new ("SELECT");
  for (guint i = 0; columns[i] != NULL; i++)
    {
      if (!is_name (columns[i]))
        {
          g_string_free (sql, TRUE);
          g_return_val_if_reached (NULL);
        }
      g_string_append_printf (sql, "%s sum(t.\"%s\") AS \"%s\"", i > 0 ? "," : "", columns[i],
                              columns[i]);
    }
  g_string_append_printf (sql, " FROM api.\"%s\" t WHERE true", sw_list_query_get_relation (query));
  append_conditions (sql, query, params);
  return g_string_free (sql, FALSE);
}

/* ---- calls ---- */

char *
sw_sql_call (const char *function, GPtrArray *names)
{
  GString *sql;

  g_return_val_if_fail (is_name (function), NULL);
  sql = g_string_new (NULL);
  g_string_append_printf (sql, "SELECT * FROM api.\"%s\"(", function);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = g_ptr_array_index (names, i);

      if (name != NULL && !is_name (name))
        {
          g_critical ("\"%s\" is no parameter name", name);
          g_string_free (sql, TRUE);
          return NULL;
        }
      g_string_append (sql, i > 0 ? ", " : "");
      if (name != NULL)
        g_string_append_printf (sql, "\"%s\" => ", name);
      g_string_append_printf (sql, "$%u", i + 1);
    }
  g_string_append_c (sql, ')');
  return g_string_free (sql, FALSE);
}
