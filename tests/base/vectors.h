/* The shared test vectors: tests/vectors.json. */
#pragma once

#include <json-glib/json-glib.h>

/* The array @name of the vectors; owned by the process. */
static inline JsonArray *
vectors (const char *name)
{
  static JsonParser *parser;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "vectors.json", NULL);
  g_autoptr (GError) error = NULL;
  JsonArray *array;

  if (parser == NULL)
    {
      parser = json_parser_new_immutable ();
      json_parser_load_from_file (parser, path, &error);
      g_assert_no_error (error);
    }
  array = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)), name);
  g_assert_nonnull (array);
  g_assert_cmpuint (json_array_get_length (array), >, 0);
  return array;
}

static inline const char *
vector_text (JsonArray *array, guint i, const char *member)
{
  return json_object_get_string_member_with_default (json_array_get_object_element (array, i),
                                                     member, NULL);
}
