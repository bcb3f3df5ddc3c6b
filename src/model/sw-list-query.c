/* sw-list-query.c: see sw-list-query.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-list-query.h"
#include "base/sw-text.h"

#include <string.h>

struct _SwListQuery
{
  char *relation;
  GPtrArray *columns; /* char *, NULL-terminated */
  char *search;
  char *quick;
  GPtrArray *filters; /* SwFilter * */
  char *sort;
  gboolean descending;
};

G_DEFINE_BOXED_TYPE (SwListQuery, sw_list_query, sw_list_query_copy, sw_list_query_free)

/* How operators are written in saved filters: never change one. */
static const char *const operator_names[] = {
  [SW_FILTER_EQUAL] = "equal",     [SW_FILTER_IN] = "in",     [SW_FILTER_CONTAINS] = "contains",
  [SW_FILTER_BETWEEN] = "between", [SW_FILTER_NULL] = "null", [SW_FILTER_NOT_NULL] = "not-null",
};

static void
filter_free (SwFilter *filter)
{
  g_free (filter->column);
  g_strfreev (filter->values);
  g_free (filter);
}

SwListQuery *
sw_list_query_new (const char *relation)
{
  SwListQuery *self = g_new0 (SwListQuery, 1);

  self->relation = g_strdup (relation);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->columns, NULL);
  self->filters = g_ptr_array_new_with_free_func ((GDestroyNotify) filter_free);
  return self;
}

SwListQuery *
sw_list_query_copy (const SwListQuery *self)
{
  SwListQuery *copy = sw_list_query_new (self->relation);

  sw_list_query_set_columns (copy, sw_list_query_get_columns (self));
  copy->search = g_strdup (self->search);
  copy->quick = g_strdup (self->quick);
  for (guint i = 0; i < self->filters->len; i++)
    {
      const SwFilter *filter = sw_list_query_get_filter (self, i);

      sw_list_query_add_filter (copy, filter->column, filter->op,
                                (const char *const *) filter->values);
    }
  sw_list_query_set_sort (copy, self->sort, self->descending);
  return copy;
}

void
sw_list_query_free (SwListQuery *self)
{
  if (self == NULL)
    return;
  g_free (self->relation);
  g_ptr_array_unref (self->columns);
  g_free (self->search);
  g_free (self->quick);
  g_ptr_array_unref (self->filters);
  g_free (self->sort);
  g_free (self);
}

const char *
sw_list_query_get_relation (const SwListQuery *self)
{
  return self->relation;
}

void
sw_list_query_set_columns (SwListQuery *self, const char *const *columns)
{
  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_add (self->columns, NULL);
  for (; columns != NULL && *columns != NULL; columns++)
    sw_list_query_add_column (self, *columns);
}

void
sw_list_query_add_column (SwListQuery *self, const char *column)
{
  /* id is read anyway. */
  if (strcmp (column, "id") == 0
      || g_strv_contains ((const char *const *) self->columns->pdata, column))
    return;
  g_ptr_array_insert (self->columns, (int) self->columns->len - 1, g_strdup (column));
}

const char *const *
sw_list_query_get_columns (const SwListQuery *self)
{
  return (const char *const *) self->columns->pdata;
}

void
sw_list_query_set_search (SwListQuery *self, const char *text)
{
  g_free (self->search);
  self->search = sw_text_is_blank (text) ? NULL : g_strdup (text);
}

const char *
sw_list_query_get_search (const SwListQuery *self)
{
  return self->search;
}

void
sw_list_query_set_quick (SwListQuery *self, const char *name)
{
  g_free (self->quick);
  self->quick = g_strdup (name);
}

const char *
sw_list_query_get_quick (const SwListQuery *self)
{
  return self->quick;
}

void
sw_list_query_add_filter (SwListQuery *self,
                          const char *column,
                          SwFilterOperator op,
                          const char *const *values)
{
  static const char *const none[] = { NULL };
  SwFilter *filter = g_new0 (SwFilter, 1);

  filter->column = g_strdup (column);
  filter->op = op;
  filter->values = g_strdupv ((char **) (values != NULL ? values : none));
  g_ptr_array_add (self->filters, filter);
}

void
sw_list_query_set_filter (SwListQuery *self,
                          const char *column,
                          SwFilterOperator op,
                          const char *const *values)
{
  sw_list_query_remove_filter (self, column);
  sw_list_query_add_filter (self, column, op, values);
}

void
sw_list_query_set_equal (SwListQuery *self, const char *column, const char *value)
{
  const char *const values[] = { value, NULL };

  sw_list_query_set_filter (self, column, SW_FILTER_EQUAL, values);
}

void
sw_list_query_remove_filter (SwListQuery *self, const char *column)
{
  for (guint i = self->filters->len; i > 0; i--)
    if (strcmp (sw_list_query_get_filter (self, i - 1)->column, column) == 0)
      g_ptr_array_remove_index (self->filters, i - 1);
}

void
sw_list_query_clear_filters (SwListQuery *self)
{
  g_ptr_array_set_size (self->filters, 0);
}

guint
sw_list_query_get_n_filters (const SwListQuery *self)
{
  return self->filters->len;
}

const SwFilter *
sw_list_query_get_filter (const SwListQuery *self, guint position)
{
  g_return_val_if_fail (position < self->filters->len, NULL);
  return g_ptr_array_index (self->filters, position);
}

void
sw_list_query_set_sort (SwListQuery *self, const char *column, gboolean descending)
{
  g_free (self->sort);
  self->sort = g_strdup (column);
  self->descending = descending;
}

const char *
sw_list_query_get_sort (const SwListQuery *self)
{
  return self->sort;
}

gboolean
sw_list_query_get_descending (const SwListQuery *self)
{
  return self->descending;
}

/* ---- saved filters ---- */

char *
sw_list_query_save (const SwListQuery *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "search");
  json_builder_add_string_value (builder, self->search != NULL ? self->search : "");
  json_builder_set_member_name (builder, "quick");
  json_builder_add_string_value (builder, self->quick != NULL ? self->quick : "");
  json_builder_set_member_name (builder, "sort");
  json_builder_add_string_value (builder, self->sort != NULL ? self->sort : "");
  json_builder_set_member_name (builder, "descending");
  json_builder_add_boolean_value (builder, self->descending);
  json_builder_set_member_name (builder, "filters");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->filters->len; i++)
    {
      const SwFilter *filter = sw_list_query_get_filter (self, i);

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "column");
      json_builder_add_string_value (builder, filter->column);
      json_builder_set_member_name (builder, "operator");
      json_builder_add_string_value (builder, operator_names[filter->op]);
      json_builder_set_member_name (builder, "values");
      json_builder_begin_array (builder);
      for (char **value = filter->values; *value != NULL; value++)
        json_builder_add_string_value (builder, *value);
      json_builder_end_array (builder);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  return json_to_string (root, FALSE);
}

static void
apply_filter (JsonArray *array, guint position, JsonNode *node, gpointer user_data)
{
  SwListQuery *self = user_data;
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;
  const char *column, *operator;
  JsonNode *list;

  if (object == NULL)
    return;
  column = json_object_get_string_member_with_default (object, "column", NULL);
  operator = json_object_get_string_member_with_default (object, "operator", "");
  list = json_object_get_member (object, "values");
  if (list != NULL && JSON_NODE_HOLDS_ARRAY (list))
    for (guint i = 0; i < json_array_get_length (json_node_get_array (list)); i++)
      {
        JsonNode *value = json_array_get_element (json_node_get_array (list), i);

        if (json_node_get_value_type (value) == G_TYPE_STRING)
          g_strv_builder_add (builder, json_node_get_string (value));
      }
  values = g_strv_builder_end (builder);
  for (guint op = 0; column != NULL && op < G_N_ELEMENTS (operator_names); op++)
    if (strcmp (operator_names[op], operator) == 0)
      sw_list_query_add_filter (self, column, op, (const char *const *) values);
}

gboolean
sw_list_query_apply (SwListQuery *self, const char *json, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, error);
  JsonObject *object;
  JsonNode *filters;
  const char *sort;

  if (node == NULL)
    return FALSE;
  if (!JSON_NODE_HOLDS_OBJECT (node))
    {
      g_set_error_literal (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_INVALID_DATA,
                           "Not a saved filter");
      return FALSE;
    }
  object = json_node_get_object (node);
  sw_list_query_set_search (self,
                            json_object_get_string_member_with_default (object, "search", NULL));
  sw_list_query_set_quick (self,
                           json_object_get_string_member_with_default (object, "quick", NULL));
  sort = json_object_get_string_member_with_default (object, "sort", "");
  sw_list_query_set_sort (self, *sort != '\0' ? sort : NULL,
                          json_object_get_boolean_member_with_default (object, "descending",
                                                                       FALSE));
  sw_list_query_clear_filters (self);
  filters = json_object_get_member (object, "filters");
  if (filters != NULL && JSON_NODE_HOLDS_ARRAY (filters))
    json_array_foreach_element (json_node_get_array (filters), apply_filter, self);
  return TRUE;
}
