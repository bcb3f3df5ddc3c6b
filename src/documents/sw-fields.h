/* sw-fields.h: reads the members of a document's JSON
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A member that is absent or null reads as empty, which prints as nothing; what must be there is
 * checked once, by sw_document_new_invoice().
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

static inline const char *
sw_field (JsonObject *object, const char *name)
{
  JsonNode *node = object == NULL ? NULL : json_object_get_member (object, name);

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return "";
  return json_node_get_string (node);
}

static inline gboolean
sw_field_is_set (JsonObject *object, const char *name)
{
  return *sw_field (object, name) != '\0';
}

static inline gboolean
sw_field_is_true (JsonObject *object, const char *name)
{
  JsonNode *node = object == NULL ? NULL : json_object_get_member (object, name);

  return node != NULL && json_node_get_value_type (node) == G_TYPE_BOOLEAN
         && json_node_get_boolean (node);
}

/* NULL when the member is absent or null. */
static inline JsonObject *
sw_field_object (JsonObject *object, const char *name)
{
  JsonNode *node = object == NULL ? NULL : json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static inline JsonArray *
sw_field_array (JsonObject *object, const char *name)
{
  JsonNode *node = object == NULL ? NULL : json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static inline guint
sw_field_length (JsonArray *array)
{
  return array == NULL ? 0 : json_array_get_length (array);
}

G_END_DECLS
