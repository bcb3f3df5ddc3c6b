/* sw-record.c: see sw-record.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The values stay where they arrived: in a row of a result, or in a JSON object. Only what has to
 * be made from them (nested rows, numbers as text) is kept beside.
 */
#include "model/sw-record.h"

#include <string.h>

struct _SwRecord
{
  GObject parent_instance;

  gint64 id;
  SwPgResult *result; /* either this … */
  guint row;
  JsonObject *object; /* … or this; neither while unloaded */

  GHashTable *made_texts;  /* char *name → char *text */
  GHashTable *made_rows;   /* char *name → GListModel * */
  GHashTable *made_record; /* char *name → SwRecord * */
  GHashTable *made_strvs;  /* char *name → char ** */
};

G_DEFINE_FINAL_TYPE (SwRecord, sw_record, G_TYPE_OBJECT)

enum
{
  PROP_ID = 1,
  PROP_LOADED,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint changed_signal;

static void
forget (SwRecord *self)
{
  g_clear_pointer (&self->result, sw_pg_result_unref);
  g_clear_pointer (&self->object, json_object_unref);
  g_clear_pointer (&self->made_texts, g_hash_table_unref);
  g_clear_pointer (&self->made_rows, g_hash_table_unref);
  g_clear_pointer (&self->made_record, g_hash_table_unref);
  g_clear_pointer (&self->made_strvs, g_hash_table_unref);
}

/* Looks @name up in the table of made things at @table, which is created on first need. */
static gpointer
made_lookup (GHashTable **table, const char *name, GDestroyNotify destroy)
{
  if (*table == NULL)
    *table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, destroy);
  return g_hash_table_lookup (*table, name);
}

SwRecord *
sw_record_new (gint64 id)
{
  SwRecord *self = g_object_new (SW_TYPE_RECORD, NULL);

  self->id = id;
  return self;
}

static void
set_row (SwRecord *self, SwPgResult *result, guint row)
{
  int column = sw_pg_result_find_column (result, "id");

  sw_pg_result_ref (result);
  forget (self);
  self->result = result;
  self->row = row;
  if (column >= 0)
    self->id = sw_pg_result_get_int64 (result, row, (guint) column);
}

static void
set_json (SwRecord *self, JsonObject *object)
{
  JsonNode *id = json_object_get_member (object, "id");

  json_object_ref (object);
  forget (self);
  self->object = object;
  if (id != NULL && JSON_NODE_HOLDS_VALUE (id))
    self->id = json_node_get_value_type (id) == G_TYPE_STRING
                   ? g_ascii_strtoll (json_node_get_string (id), NULL, 10)
                   : json_node_get_int (id);
}

SwRecord *
sw_record_new_from_row (SwPgResult *result, guint row)
{
  SwRecord *self = g_object_new (SW_TYPE_RECORD, NULL);

  set_row (self, result, row);
  return self;
}

SwRecord *
sw_record_new_from_json (JsonObject *object)
{
  SwRecord *self = g_object_new (SW_TYPE_RECORD, NULL);

  set_json (self, object);
  return self;
}

SwRecord *
sw_record_new_from_text (const char *json, GError **error)
{
  g_autoptr (JsonNode) node = json_from_string (json, error);

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    {
      if (error != NULL && *error == NULL)
        g_set_error_literal (error, JSON_PARSER_ERROR, JSON_PARSER_ERROR_INVALID_DATA,
                             "Not a JSON object");
      return NULL;
    }
  return sw_record_new_from_json (json_node_get_object (node));
}

static void
emit_changed (SwRecord *self, gboolean was_loaded)
{
  if (!was_loaded)
    g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADED]);
  g_signal_emit (self, changed_signal, 0);
}

void
sw_record_load_row (SwRecord *self, SwPgResult *result, guint row)
{
  gboolean was_loaded = sw_record_is_loaded (self);

  set_row (self, result, row);
  emit_changed (self, was_loaded);
}

void
sw_record_load_json (SwRecord *self, JsonObject *object)
{
  gboolean was_loaded = sw_record_is_loaded (self);

  set_json (self, object);
  emit_changed (self, was_loaded);
}

gint64
sw_record_get_id (SwRecord *self)
{
  g_return_val_if_fail (SW_IS_RECORD (self), 0);
  return self->id;
}

gboolean
sw_record_is_loaded (SwRecord *self)
{
  g_return_val_if_fail (SW_IS_RECORD (self), FALSE);
  return self->result != NULL || self->object != NULL;
}

gboolean
sw_record_has (SwRecord *self, const char *name)
{
  if (self->object != NULL)
    return json_object_has_member (self->object, name);
  return self->result != NULL && sw_pg_result_find_column (self->result, name) >= 0;
}

/* A number of a JSON object has no text of its own: make one, once. */
static const char *
number_text (SwRecord *self, const char *name, JsonNode *node)
{
  char *text = made_lookup (&self->made_texts, name, g_free);

  if (text == NULL)
    {
      text = json_to_string (node, FALSE);
      g_hash_table_insert (self->made_texts, g_strdup (name), text);
    }
  return text;
}

const char *
sw_record_get_text (SwRecord *self, const char *name)
{
  JsonNode *node;

  g_return_val_if_fail (SW_IS_RECORD (self), NULL);
  if (self->result != NULL)
    return sw_pg_result_get_named (self->result, self->row, name);
  node = self->object != NULL ? json_object_get_member (self->object, name) : NULL;
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  if (json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);
  if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    return json_node_get_boolean (node) ? "true" : "false";
  return number_text (self, name, node);
}

gboolean
sw_record_get_bool (SwRecord *self, const char *name)
{
  return g_strcmp0 (sw_record_get_text (self, name), "true") == 0;
}

gint64
sw_record_get_int (SwRecord *self, const char *name)
{
  const char *text = sw_record_get_text (self, name);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

/* The member as a JSON node, parsed when it came as the text of a json column. NULL when absent. */
static JsonNode *
nested_node (SwRecord *self, const char *name)
{
  const char *text;

  if (self->object != NULL)
    {
      JsonNode *node = json_object_get_member (self->object, name);

      return node != NULL ? json_node_ref (node) : NULL;
    }
  text = sw_record_get_text (self, name);
  return text != NULL ? json_from_string (text, NULL) : NULL;
}

GListModel *
sw_record_get_rows (SwRecord *self, const char *name)
{
  GListStore *rows = made_lookup (&self->made_rows, name, g_object_unref);
  g_autoptr (JsonNode) node = NULL;

  if (rows != NULL)
    return G_LIST_MODEL (rows);
  rows = g_list_store_new (SW_TYPE_RECORD);
  g_hash_table_insert (self->made_rows, g_strdup (name), rows);
  node = nested_node (self, name);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    {
      JsonArray *array = json_node_get_array (node);

      for (guint i = 0; i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);
          g_autoptr (SwRecord) row = NULL;

          if (!JSON_NODE_HOLDS_OBJECT (element))
            continue;
          row = sw_record_new_from_json (json_node_get_object (element));
          g_list_store_append (rows, row);
        }
    }
  return G_LIST_MODEL (rows);
}

SwRecord *
sw_record_get_record (SwRecord *self, const char *name)
{
  SwRecord *record = made_lookup (&self->made_record, name, g_object_unref);
  g_autoptr (JsonNode) node = NULL;

  if (record != NULL)
    return record;
  node = nested_node (self, name);
  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
    return NULL;
  record = sw_record_new_from_json (json_node_get_object (node));
  g_hash_table_insert (self->made_record, g_strdup (name), record);
  return record;
}

/* PostgreSQL's own form of an array, {a,"b c",NULL}: what a text[] column of a list holds. */
static void
split_array (const char *text, GStrvBuilder *builder)
{
  GString *element = g_string_new (NULL);
  gboolean quoted = FALSE, any = FALSE;

  for (const char *p = text + 1; *p != '\0'; p++)
    {
      if (quoted && *p == '\\' && p[1] != '\0')
        g_string_append_c (element, *++p);
      else if (*p == '"')
        {
          quoted = !quoted;
          any = TRUE;
        }
      else if (!quoted && (*p == ',' || *p == '}'))
        {
          if (any || element->len > 0)
            g_strv_builder_add (builder, element->str);
          g_string_truncate (element, 0);
          any = FALSE;
        }
      else
        g_string_append_c (element, *p);
    }
  g_string_free (element, TRUE);
}

const char *const *
sw_record_get_strv (SwRecord *self, const char *name)
{
  char **strv = made_lookup (&self->made_strvs, name, (GDestroyNotify) g_strfreev);
  g_autoptr (GStrvBuilder) builder = NULL;
  const char *text;

  if (strv != NULL)
    return (const char *const *) strv;
  builder = g_strv_builder_new ();
  text = sw_record_get_text (self, name);
  if (text != NULL && *text == '{')
    split_array (text, builder);
  else
    {
      g_autoptr (JsonNode) node = nested_node (self, name);
      JsonArray *array = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node)
                                                                      : NULL;

      for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
        {
          JsonNode *element = json_array_get_element (array, i);

          if (json_node_get_value_type (element) == G_TYPE_STRING)
            g_strv_builder_add (builder, json_node_get_string (element));
          else if (json_node_get_value_type (element) == G_TYPE_INT64)
            {
              g_autofree char *number
                  = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (element));

              g_strv_builder_add (builder, number);
            }
        }
    }
  strv = g_strv_builder_end (builder);
  g_hash_table_insert (self->made_strvs, g_strdup (name), strv);
  return (const char *const *) strv;
}

const char **
sw_record_get_names (SwRecord *self)
{
  GPtrArray *names = g_ptr_array_new ();

  if (self->object != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (self->object);

      for (GList *node = members; node != NULL; node = node->next)
        g_ptr_array_add (names, node->data);
    }
  else if (self->result != NULL)
    for (guint i = 0; i < sw_pg_result_get_n_columns (self->result); i++)
      g_ptr_array_add (names, (gpointer) sw_pg_result_get_column_name (self->result, i));
  g_ptr_array_add (names, NULL);
  return (const char **) g_ptr_array_free (names, FALSE);
}

static void
copy_member (JsonObject *object, const char *name, JsonNode *node, gpointer copy)
{
  json_object_set_member (copy, name, json_node_copy (node));
}

JsonObject *
sw_record_to_json (SwRecord *self)
{
  JsonObject *copy = json_object_new ();
  g_autofree const char **names = sw_record_get_names (self);

  if (self->object != NULL)
    json_object_foreach_member (self->object, copy_member, copy);
  else
    for (const char **name = names; *name != NULL; name++)
      {
        const char *text = sw_record_get_text (self, *name);

        if (text != NULL)
          json_object_set_string_member (copy, *name, text);
        else
          json_object_set_null_member (copy, *name);
      }
  return copy;
}

static void
sw_record_get_property (GObject *object, guint prop, GValue *value, GParamSpec *pspec)
{
  SwRecord *self = SW_RECORD (object);

  switch (prop)
    {
    case PROP_ID:
      g_value_set_int64 (value, self->id);
      break;
    case PROP_LOADED:
      g_value_set_boolean (value, sw_record_is_loaded (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
    }
}

static void
sw_record_finalize (GObject *object)
{
  forget (SW_RECORD (object));
  G_OBJECT_CLASS (sw_record_parent_class)->finalize (object);
}

static void
sw_record_class_init (SwRecordClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sw_record_get_property;
  object_class->finalize = sw_record_finalize;
  props[PROP_ID] = g_param_spec_int64 ("id", NULL, NULL, 0, G_MAXINT64, 0, flags);
  props[PROP_LOADED] = g_param_spec_boolean ("loaded", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
sw_record_init (SwRecord *self)
{
}
