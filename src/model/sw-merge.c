/* sw-merge.c: see sw-merge.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-merge.h"

#include <string.h>

/* A conflict with what it takes to insist. */
typedef struct
{
  SwMergeConflict shown;
  JsonObject *restored; /* the row they removed, as I want it; NULL for any other conflict */
} Conflict;

struct _SwMerge
{
  JsonObject *mine;         /* a copy */
  char *row_version;        /* of theirs; NULL when it has none */
  GPtrArray *conflicts;     /* Conflict * */
  GPtrArray *their_changes; /* char *path, NULL-terminated */
  GPtrArray *settled;       /* char *path of rows both of us removed */
};

/* Members that are not fields a person changes. */
static gboolean
is_bookkeeping (const char *name)
{
  return strcmp (name, "id") == 0 || strcmp (name, "row_version") == 0;
}

static gboolean
is_null (JsonNode *node)
{
  return node == NULL || JSON_NODE_HOLDS_NULL (node);
}

/* What a person compares: text as it is, numbers and booleans as text, the rest as JSON. */
static char *
node_text (JsonNode *node)
{
  if (is_null (node))
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return g_strdup (json_node_get_string (node));
  return json_to_string (node, FALSE);
}

/* A form sends "12" where the server wrote 12, and "" where it wrote null: no difference to us. */
static gboolean
same (JsonNode *a, JsonNode *b)
{
  g_autofree char *x = node_text (a);
  g_autofree char *y = node_text (b);

  return g_strcmp0 (x != NULL && *x != '\0' ? x : NULL, y != NULL && *y != '\0' ? y : NULL) == 0;
}

static JsonNode *
member (JsonObject *object, const char *name)
{
  return object != NULL ? json_object_get_member (object, name) : NULL;
}

static JsonArray *
array_of (JsonNode *node)
{
  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* The row of @rows with the id of @row; NULL for a new row and for one that is gone. */
static JsonObject *
find_row (JsonArray *rows, JsonObject *row)
{
  g_autofree char *id = node_text (member (row, "id"));

  for (guint i = 0; id != NULL && rows != NULL && i < json_array_get_length (rows); i++)
    {
      JsonNode *element = json_array_get_element (rows, i);
      g_autofree char *other = JSON_NODE_HOLDS_OBJECT (element)
                                   ? node_text (member (json_node_get_object (element), "id"))
                                   : NULL;

      if (g_strcmp0 (id, other) == 0)
        return json_node_get_object (element);
    }
  return NULL;
}

static gboolean
is_deleted (JsonObject *row)
{
  return json_object_get_boolean_member_with_default (row, "deleted", FALSE);
}

static Conflict *
add_conflict (SwMerge *self, const char *path, JsonNode *base, JsonNode *mine, JsonNode *theirs)
{
  Conflict *conflict = g_new0 (Conflict, 1);

  conflict->shown.path = g_strdup (path);
  conflict->shown.base = node_text (base);
  conflict->shown.mine = node_text (mine);
  conflict->shown.theirs = node_text (theirs);
  g_ptr_array_add (self->conflicts, conflict);
  return conflict;
}

static void
add_their_change (SwMerge *self, const char *path)
{
  g_ptr_array_insert (self->their_changes, (int) self->their_changes->len - 1, g_strdup (path));
}

static void compare_objects (SwMerge *self,
                             const char *prefix,
                             JsonObject *base,
                             JsonObject *mine,
                             JsonObject *theirs);

/* Whether they changed anything in a row, nested rows apart. */
static gboolean
row_changed (JsonObject *base, JsonObject *theirs)
{
  g_autoptr (GList) names = json_object_get_members (theirs);

  for (GList *node = names; node != NULL; node = node->next)
    if (!is_bookkeeping (node->data) && array_of (member (theirs, node->data)) == NULL
        && !same (member (base, node->data), member (theirs, node->data)))
      return TRUE;
  return FALSE;
}

static void
overlay (JsonObject *object, const char *name, JsonNode *node, gpointer below)
{
  json_object_set_member (below, name, json_node_copy (node));
}

/* The whole row as a new one: what it was, with what I changed. */
static JsonObject *
restore_row (JsonObject *base, JsonObject *mine)
{
  JsonObject *row = json_object_new ();

  json_object_foreach_member (base, overlay, row);
  json_object_foreach_member (mine, overlay, row);
  json_object_remove_member (row, "id");
  json_object_remove_member (row, "row_version");
  return row;
}

/* One row of mine against the same row of theirs. A new row of mine conflicts with nothing. */
static void
compare_row (SwMerge *self, const char *path, JsonObject *base, JsonObject *mine,
             JsonObject *theirs)
{
  g_autoptr (JsonNode) mine_node = NULL;
  g_autoptr (JsonNode) theirs_node = NULL;
  Conflict *conflict;

  if (base == NULL)
    return;
  /* They may have changed other fields of it: what is sent is about the row as it is now. */
  if (theirs != NULL && json_object_has_member (theirs, "row_version"))
    json_object_set_member (mine, "row_version",
                            json_node_copy (member (theirs, "row_version")));
  if (theirs != NULL && !is_deleted (mine))
    {
      g_autofree char *prefix = g_strconcat (path, ".", NULL);

      compare_objects (self, prefix, base, mine, theirs);
      return;
    }
  if (theirs == NULL && is_deleted (mine))
    {
      g_ptr_array_add (self->settled, g_strdup (path));
      return;
    }
  /* Removed on one side: a conflict if the other side worked on it. */
  if (theirs != NULL && !row_changed (base, theirs))
    return;
  mine_node = json_node_init_object (json_node_alloc (), mine);
  theirs_node = theirs != NULL ? json_node_init_object (json_node_alloc (), theirs) : NULL;
  conflict = add_conflict (self, path, NULL, is_deleted (mine) ? NULL : mine_node, theirs_node);
  if (theirs == NULL)
    conflict->restored = restore_row (base, mine);
}

static void
compare_rows (SwMerge *self, const char *path, JsonArray *base, JsonArray *mine, JsonArray *theirs)
{
  for (guint i = 0; i < json_array_get_length (mine); i++)
    {
      JsonNode *element = json_array_get_element (mine, i);
      JsonObject *row = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      g_autofree char *row_path = g_strdup_printf ("%s[%u]", path, i);

      if (row != NULL)
        compare_row (self, row_path, find_row (base, row), row, find_row (theirs, row));
    }
}

/* Rows that have ids are merged one by one; those without are one value, and ids themselves a set. */
typedef enum
{
  ARRAY_OF_ROWS,
  ARRAY_VALUE,
  ARRAY_SET,
} ArrayKind;

static ArrayKind
kind_of (JsonArray *mine, JsonArray *base, JsonArray *theirs)
{
  JsonArray *const arrays[] = { base, theirs, mine };

  for (guint i = 0; i < G_N_ELEMENTS (arrays); i++)
    if (arrays[i] != NULL && json_array_get_length (arrays[i]) > 0)
      {
        JsonNode *first = json_array_get_element (arrays[i], 0);

        if (!JSON_NODE_HOLDS_OBJECT (first))
          return ARRAY_SET;
        /* Of mine alone, a row without id is a new one. */
        if (arrays[i] != mine && !json_object_has_member (json_node_get_object (first), "id"))
          return ARRAY_VALUE;
        return ARRAY_OF_ROWS;
      }
  return ARRAY_OF_ROWS;
}

static gboolean
holds (JsonArray *set, JsonNode *element)
{
  for (guint i = 0; set != NULL && i < json_array_get_length (set); i++)
    if (same (json_array_get_element (set, i), element))
      return TRUE;
  return FALSE;
}

/* Theirs, with what I added and without what I removed: nobody needs to be asked. */
static void
merge_sets (JsonObject *mine, const char *name, JsonArray *base, JsonArray *wanted,
            JsonArray *theirs)
{
  JsonArray *merged = json_array_new ();

  for (guint i = 0; theirs != NULL && i < json_array_get_length (theirs); i++)
    {
      JsonNode *element = json_array_get_element (theirs, i);

      if (holds (wanted, element) || !holds (base, element))
        json_array_add_element (merged, json_node_copy (element));
    }
  for (guint i = 0; i < json_array_get_length (wanted); i++)
    {
      JsonNode *element = json_array_get_element (wanted, i);

      if (!holds (base, element) && !holds (theirs, element))
        json_array_add_element (merged, json_node_copy (element));
    }
  json_object_set_array_member (mine, name, merged);
}

/* Whether rows without ids hold the same, as far as @mine tells. */
static gboolean
same_rows (JsonArray *mine, JsonArray *theirs)
{
  guint n = json_array_get_length (mine);

  if (n != (theirs != NULL ? json_array_get_length (theirs) : 0))
    return FALSE;
  for (guint i = 0; i < n; i++)
    {
      JsonObject *row = json_array_get_object_element (mine, i);
      JsonObject *other = json_array_get_object_element (theirs, i);
      g_autoptr (GList) names = json_object_get_members (row);

      for (GList *item = names; item != NULL; item = item->next)
        if (!same (member (row, item->data), member (other, item->data)))
          return FALSE;
    }
  return TRUE;
}

/* A row they added or removed, or whose fields they changed, is one change to tell about. */
static gboolean
rows_changed (JsonArray *base, JsonArray *theirs)
{
  guint n = theirs != NULL ? json_array_get_length (theirs) : 0;

  if (n != (base != NULL ? json_array_get_length (base) : 0))
    return TRUE;
  for (guint i = 0; i < n; i++)
    {
      JsonNode *element = json_array_get_element (theirs, i);
      JsonObject *row = JSON_NODE_HOLDS_OBJECT (element) ? json_node_get_object (element) : NULL;
      JsonObject *before = row != NULL ? find_row (base, row) : NULL;

      if (row != NULL && (before == NULL || row_changed (before, row)))
        return TRUE;
    }
  return FALSE;
}

static void
compare_objects (SwMerge *self,
                 const char *prefix,
                 JsonObject *base,
                 JsonObject *mine,
                 JsonObject *theirs)
{
  g_autoptr (GList) names = json_object_get_members (mine);

  for (GList *item = names; item != NULL; item = item->next)
    {
      const char *name = item->data;
      JsonNode *was = member (base, name), *my = member (mine, name), *is = member (theirs, name);
      ArrayKind kind = kind_of (array_of (my), array_of (was), array_of (is));
      g_autofree char *path = g_strconcat (prefix, name, NULL);

      if (is_bookkeeping (name))
        continue;
      if (array_of (my) != NULL && kind == ARRAY_OF_ROWS)
        compare_rows (self, path, array_of (was), array_of (my), array_of (is));
      else if (array_of (my) != NULL && kind == ARRAY_SET)
        merge_sets (mine, name, array_of (was), array_of (my), array_of (is));
      else if (array_of (my) != NULL)
        {
          if (!same (was, is) && !same_rows (array_of (my), array_of (is))
              && !same_rows (array_of (my), array_of (was)))
            add_conflict (self, path, was, my, is);
        }
      else if (!same (was, is) && !same (my, is) && !same (my, was))
        add_conflict (self, path, was, my, is);
    }
}

/* Fields of theirs that differ from base and that I did not touch. */
static void
collect_their_changes (SwMerge *self, JsonObject *base, JsonObject *theirs)
{
  g_autoptr (GList) names = json_object_get_members (theirs);

  for (GList *item = names; item != NULL; item = item->next)
    {
      const char *name = item->data;
      JsonNode *was = member (base, name), *is = member (theirs, name);
      gboolean changed = array_of (is) != NULL ? rows_changed (array_of (was), array_of (is))
                                               : !same (was, is);

      if (changed && !is_bookkeeping (name) && !json_object_has_member (self->mine, name))
        add_their_change (self, name);
    }
}

static void
conflict_free (Conflict *conflict)
{
  g_free (conflict->shown.path);
  g_free (conflict->shown.base);
  g_free (conflict->shown.mine);
  g_free (conflict->shown.theirs);
  g_clear_pointer (&conflict->restored, json_object_unref);
  g_free (conflict);
}

static JsonObject *
deep_copy (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);

  return json_node_dup_object (copy);
}

SwMerge *
sw_merge_new (JsonObject *base, JsonObject *mine, JsonObject *theirs)
{
  SwMerge *self = g_new0 (SwMerge, 1);

  self->mine = deep_copy (mine);
  self->row_version = node_text (member (theirs, "row_version"));
  self->conflicts = g_ptr_array_new_with_free_func ((GDestroyNotify) conflict_free);
  self->their_changes = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->their_changes, NULL);
  self->settled = g_ptr_array_new_with_free_func (g_free);
  compare_objects (self, "", base, self->mine, theirs);
  collect_their_changes (self, base, theirs);
  return self;
}

void
sw_merge_free (SwMerge *self)
{
  if (self == NULL)
    return;
  json_object_unref (self->mine);
  g_free (self->row_version);
  g_ptr_array_unref (self->conflicts);
  g_ptr_array_unref (self->their_changes);
  g_ptr_array_unref (self->settled);
  g_free (self);
}

guint
sw_merge_get_n_conflicts (SwMerge *self)
{
  return self->conflicts->len;
}

const SwMergeConflict *
sw_merge_get_conflict (SwMerge *self, guint position)
{
  g_return_val_if_fail (position < self->conflicts->len, NULL);
  return &((Conflict *) g_ptr_array_index (self->conflicts, position))->shown;
}

void
sw_merge_choose (SwMerge *self, guint position, SwMergeChoice choice)
{
  g_return_if_fail (position < self->conflicts->len);
  ((Conflict *) g_ptr_array_index (self->conflicts, position))->shown.choice = choice;
}

const char *const *
sw_merge_get_their_changes (SwMerge *self)
{
  return (const char *const *) self->their_changes->pdata;
}

/* Puts @row (NULL: nothing) in place of row @index of the array @name. */
static void
replace_row (JsonObject *object, const char *name, guint index, JsonObject *row)
{
  JsonArray *rows = json_object_get_array_member (object, name);
  JsonArray *kept = json_array_new ();

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (i != index)
      json_array_add_element (kept, json_node_copy (json_array_get_element (rows, i)));
    else if (row != NULL)
      json_array_add_object_element (kept, json_object_ref (row));
    else /* keeps the indexes of the others; prune() removes it */
      json_array_add_null_element (kept);
  json_object_set_array_member (object, name, kept);
}

/* Goes to "contacts[2].email" or "contacts[2]" in @object, and removes the field, or replaces the
 * row by @row. */
static void
settle (JsonObject *object, const char *path, JsonObject *row)
{
  gsize length = strcspn (path, "[");
  g_autofree char *name = g_strndup (path, length);
  JsonArray *rows = array_of (member (object, name));
  char *end;
  guint index;

  if (path[length] == '\0')
    {
      json_object_remove_member (object, path);
      return;
    }
  index = (guint) g_ascii_strtoull (path + length + 1, &end, 10);
  g_return_if_fail (rows != NULL && index < json_array_get_length (rows));
  if (strncmp (end, "].", 2) == 0)
    settle (json_array_get_object_element (rows, index), end + 2, row);
  else
    replace_row (object, name, index, row);
}

/* Removes the rows given up as a whole, at every depth. */
static void
prune (JsonObject *object)
{
  g_autoptr (GList) names = json_object_get_members (object);

  for (GList *item = names; item != NULL; item = item->next)
    {
      JsonArray *rows = array_of (member (object, item->data));

      for (guint i = rows != NULL ? json_array_get_length (rows) : 0; i > 0; i--)
        {
          JsonNode *element = json_array_get_element (rows, i - 1);

          if (JSON_NODE_HOLDS_NULL (element))
            json_array_remove_element (rows, i - 1);
          else if (JSON_NODE_HOLDS_OBJECT (element))
            prune (json_node_get_object (element));
        }
    }
}

JsonObject *
sw_merge_to_json (SwMerge *self)
{
  JsonObject *result = deep_copy (self->mine);

  for (guint i = 0; i < self->conflicts->len; i++)
    {
      const Conflict *conflict = g_ptr_array_index (self->conflicts, i);

      if (conflict->shown.choice == SW_MERGE_THEIRS)
        settle (result, conflict->shown.path, NULL);
      else if (conflict->restored != NULL)
        settle (result, conflict->shown.path, conflict->restored);
    }
  for (guint i = 0; i < self->settled->len; i++)
    settle (result, g_ptr_array_index (self->settled, i), NULL);
  prune (result);
  if (self->row_version != NULL)
    json_object_set_int_member (result, "row_version",
                                g_ascii_strtoll (self->row_version, NULL, 10));
  return result;
}
