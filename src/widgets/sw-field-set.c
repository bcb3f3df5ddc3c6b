/* sw-field-set.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-field-set.h"

#include <glib/gi18n.h>
#include "widgets/sw-form-list.h"
#include "widgets/sw-lookup-row.h"

typedef struct
{
  SwRow *row;     /* belongs to the tree of widgets */
  char *loaded;   /* the row's own canonical text just after loading: "20" for the server's "20.00" */
  gboolean given; /* a default of a new record: sent even if it was not touched */
} Field;

struct _SwFieldSet
{
  GObject parent_instance;

  GPtrArray *fields;
  GPtrArray *lists;  /* SwFormList, not owned */
  JsonObject *base;  /* NULL for a new record */
  guint loading;
  gboolean changed;
};

enum
{
  PROP_0,
  PROP_CHANGED,
  N_PROPS,
};

enum
{
  EDITED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwFieldSet, sw_field_set, G_TYPE_OBJECT)

/* {{{ JSON */

/* The text of a JSON value as the rows understand it; NULL for null. */
static char *
node_to_text (JsonNode *node)
{
  if (node == NULL || JSON_NODE_HOLDS_NULL (node) || !JSON_NODE_HOLDS_VALUE (node))
    return NULL;
  switch (json_node_get_value_type (node))
    {
    case G_TYPE_STRING:
      return json_node_dup_string (node);
    case G_TYPE_BOOLEAN:
      return g_strdup (json_node_get_boolean (node) ? "true" : "false");
    case G_TYPE_INT64:
      return g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
    default:
      return json_to_string (node, FALSE);
    }
}

static char *
member_text (JsonObject *object, const char *name)
{
  return object != NULL ? node_to_text (json_object_get_member (object, name)) : NULL;
}

static JsonArray *
member_array (JsonObject *object, const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static void
set_member (JsonObject *object, SwRow *row, const char *value)
{
  const char *field = sw_row_get_field (row);

  if (value == NULL)
    json_object_set_null_member (object, field);
  else if (sw_row_is_boolean (row))
    json_object_set_boolean_member (object, field, g_str_equal (value, "true"));
  else
    json_object_set_string_member (object, field, value);
}

/* }}} */

static void
update_changed (SwFieldSet *self)
{
  gboolean changed = sw_field_set_is_changed (self);

  if (changed == self->changed)
    return;
  self->changed = changed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
}

static void
on_edited (SwFieldSet *self)
{
  if (self->loading > 0)
    return;
  update_changed (self);
  g_signal_emit (self, signals[EDITED], 0);
}

static void
free_field (gpointer data)
{
  Field *field = data;

  g_free (field->loaded);
  g_free (field);
}

static void
collect (SwFieldSet *self, GtkWidget *widget)
{
  if (SW_IS_FORM_LIST (widget))
    {
      g_ptr_array_add (self->lists, widget);
      g_signal_connect_object (widget, "edited", G_CALLBACK (on_edited), self, G_CONNECT_SWAPPED);
      return;
    }
  if (SW_IS_ROW (widget))
    {
      Field *field;

      if (sw_row_get_field (SW_ROW (widget)) == NULL)
        return;
      field = g_new0 (Field, 1);
      field->row = SW_ROW (widget);
      g_ptr_array_add (self->fields, field);
      g_signal_connect_object (widget,
                               "notify::value",
                               G_CALLBACK (on_edited),
                               self,
                               G_CONNECT_SWAPPED);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (self, child);
}

static void
sw_field_set_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_CHANGED:
      g_value_set_boolean (value, SW_FIELD_SET (object)->changed);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_field_set_finalize (GObject *object)
{
  SwFieldSet *self = SW_FIELD_SET (object);

  g_ptr_array_unref (self->fields);
  g_ptr_array_unref (self->lists);
  g_clear_pointer (&self->base, json_object_unref);
  G_OBJECT_CLASS (sw_field_set_parent_class)->finalize (object);
}

static void
sw_field_set_class_init (SwFieldSetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = sw_field_set_get_property;
  object_class->finalize = sw_field_set_finalize;
  properties[PROP_CHANGED]
      = g_param_spec_boolean ("changed",
                              NULL,
                              NULL,
                              FALSE,
                              G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[EDITED] = g_signal_new ("edited",
                                  SW_TYPE_FIELD_SET,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
}

static void
sw_field_set_init (SwFieldSet *self)
{
  self->fields = g_ptr_array_new_with_free_func (free_field);
  self->lists = g_ptr_array_new ();
}

SwFieldSet *
sw_field_set_new (GtkWidget *root)
{
  SwFieldSet *self = g_object_new (SW_TYPE_FIELD_SET, NULL);

  collect (self, root);
  return self;
}

/* Shows the value of @row, and its words when @values has them beside it. */
static void
set_value (SwRow *row, const char *text, JsonObject *values)
{
  const char *shown_field = SW_IS_LOOKUP_ROW (row) ? sw_lookup_row_get_shown_field (SW_LOOKUP_ROW (row)) : NULL;
  g_autofree char *words = shown_field != NULL && text != NULL ? member_text (values, shown_field) : NULL;

  sw_row_set_value (row, text);
  if (words != NULL)
    sw_lookup_row_set_label (SW_LOOKUP_ROW (row), words);
}

static void
show (SwFieldSet *self, JsonObject *values, gboolean new)
{
  self->loading++;
  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = self->fields->pdata[i];
      const char *name = sw_row_get_field (field->row);
      g_autofree char *text = member_text (values, name);

      set_value (field->row, text, values);
      g_free (field->loaded);
      field->loaded = sw_row_get_value (field->row, NULL);
      field->given = new && text != NULL;
    }
  for (guint i = 0; i < self->lists->len; i++)
    {
      SwFormList *list = self->lists->pdata[i];
      JsonArray *rows = member_array (values, sw_form_list_get_field (list));

      sw_form_list_load (list, new ? NULL : rows);
      if (new && rows != NULL)
        sw_form_list_apply (list, rows);
    }
  self->loading--;
  update_changed (self);
}

void
sw_field_set_load (SwFieldSet *self, JsonObject *base)
{
  g_return_if_fail (SW_IS_FIELD_SET (self));

  if (base != NULL)
    json_object_ref (base);
  g_clear_pointer (&self->base, json_object_unref);
  self->base = base;
  show (self, base, FALSE);
}

void
sw_field_set_load_new (SwFieldSet *self, JsonObject *defaults)
{
  g_return_if_fail (SW_IS_FIELD_SET (self));

  g_clear_pointer (&self->base, json_object_unref);
  show (self, defaults, TRUE);
}

void
sw_field_set_apply (SwFieldSet *self, JsonObject *changes)
{
  g_return_if_fail (SW_IS_FIELD_SET (self));

  self->loading++;
  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = self->fields->pdata[i];
      const char *name = sw_row_get_field (field->row);

      if (json_object_has_member (changes, name))
        {
          g_autofree char *text = member_text (changes, name);

          set_value (field->row, text, changes);
        }
    }
  for (guint i = 0; i < self->lists->len; i++)
    {
      SwFormList *list = self->lists->pdata[i];
      JsonArray *rows = member_array (changes, sw_form_list_get_field (list));

      if (rows != NULL)
        sw_form_list_apply (list, rows);
    }
  self->loading--;
  on_edited (self);
}

/* Text that cannot be read counts as changed. */
static gboolean
field_changed (Field *field)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = sw_row_get_value (field->row, &error);

  return error != NULL || g_strcmp0 (value, field->loaded) != 0;
}

gboolean
sw_field_set_is_changed (SwFieldSet *self)
{
  g_return_val_if_fail (SW_IS_FIELD_SET (self), FALSE);

  for (guint i = 0; i < self->fields->len; i++)
    if (field_changed (self->fields->pdata[i]))
      return TRUE;
  for (guint i = 0; i < self->lists->len; i++)
    if (sw_form_list_is_changed (self->lists->pdata[i]))
      return TRUE;
  return FALSE;
}

/* @lenient: what cannot be read is left out, and nobody is told. */
static gboolean
build_fields (SwFieldSet *self, JsonObject *object, gboolean lenient)
{
  SwRow *wrong = NULL;

  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = self->fields->pdata[i];
      g_autoptr (GError) error = NULL;
      g_autofree char *value = sw_row_get_value (field->row, &error);
      gboolean changed = g_strcmp0 (value, field->loaded) != 0;

      if (error != NULL && lenient)
        continue;
      if (error != NULL)
        {
          sw_row_set_error (field->row, error->message);
          if (wrong == NULL)
            wrong = field->row;
        }
      else if (changed || field->given)
        set_member (object, field->row, value);
    }
  if (wrong != NULL)
    sw_row_focus (wrong);
  return wrong == NULL;
}

void
sw_field_set_identify (SwFieldSet *self, JsonObject *object)
{
  static const char *const keys[] = { "id", "row_version" };

  g_return_if_fail (SW_IS_FIELD_SET (self));
  for (guint i = 0; self->base != NULL && i < G_N_ELEMENTS (keys); i++)
    if (json_object_has_member (self->base, keys[i]))
      json_object_set_member (object, keys[i], json_object_dup_member (self->base, keys[i]));
}

static JsonObject *
build (SwFieldSet *self, gboolean lenient)
{
  g_autoptr (JsonObject) object = json_object_new ();

  sw_field_set_identify (self, object);
  if (!build_fields (self, object, lenient))
    return NULL;
  for (guint i = 0; i < self->lists->len; i++)
    {
      SwFormList *list = self->lists->pdata[i];
      JsonArray *rows = NULL;

      if (!sw_form_list_build (list, lenient, &rows))
        return NULL;
      if (rows != NULL)
        json_object_set_array_member (object, sw_form_list_get_field (list), rows);
    }
  return g_steal_pointer (&object);
}

JsonObject *
sw_field_set_build (SwFieldSet *self)
{
  g_return_val_if_fail (SW_IS_FIELD_SET (self), NULL);
  return build (self, FALSE);
}

JsonObject *
sw_field_set_peek (SwFieldSet *self)
{
  g_return_val_if_fail (SW_IS_FIELD_SET (self), NULL);
  return build (self, TRUE);
}

SwRow *
sw_field_set_get_row (SwFieldSet *self, const char *field)
{
  g_return_val_if_fail (SW_IS_FIELD_SET (self), NULL);

  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *candidate = self->fields->pdata[i];

      if (g_strcmp0 (sw_row_get_field (candidate->row), field) == 0)
        return candidate->row;
    }
  return NULL;
}

GtkWidget *
sw_field_set_get_list (SwFieldSet *self, const char *field)
{
  g_return_val_if_fail (SW_IS_FIELD_SET (self), NULL);

  for (guint i = 0; i < self->lists->len; i++)
    if (g_strcmp0 (sw_form_list_get_field (self->lists->pdata[i]), field) == 0)
      return self->lists->pdata[i];
  return NULL;
}

/* {{{ Paths such as "contacts[2].email" */

/* TRUE when @path goes into a list of this set; @rest is what remains, or NULL. */
static gboolean
split_path (SwFieldSet *self, const char *path, SwFormList **list, guint *index, const char **rest)
{
  const char *bracket = strchr (path, '[');
  g_autofree char *name = NULL;
  char *end;

  if (bracket == NULL)
    return FALSE;
  name = g_strndup (path, (gsize) (bracket - path));
  *list = (SwFormList *) sw_field_set_get_list (self, name);
  *index = (guint) g_ascii_strtoull (bracket + 1, &end, 10);
  if (*list == NULL || *end != ']')
    return FALSE;
  *rest = end[1] == '.' ? end + 2 : NULL;
  return TRUE;
}

static SwRow *
first_row (SwFieldSet *self)
{
  return self->fields->len > 0 ? ((Field *) self->fields->pdata[0])->row : NULL;
}

gboolean
sw_field_set_set_error (SwFieldSet *self, const char *path, const char *message)
{
  SwFormList *list;
  const char *rest;
  guint index;
  SwRow *row;

  g_return_val_if_fail (SW_IS_FIELD_SET (self), FALSE);

  if (path != NULL && split_path (self, path, &list, &index, &rest))
    return sw_form_list_set_error (list, index, rest, message);
  /* An error of a nested row as a whole goes to its first field. */
  row = path != NULL ? sw_field_set_get_row (self, path) : first_row (self);
  if (row == NULL || !gtk_widget_get_visible (GTK_WIDGET (row)))
    return FALSE;
  sw_row_set_error (row, message);
  sw_row_focus (row);
  return TRUE;
}

void
sw_field_set_set_editable (SwFieldSet *self, gboolean editable)
{
  g_return_if_fail (SW_IS_FIELD_SET (self));

  for (guint i = 0; i < self->fields->len; i++)
    {
      Field *field = g_ptr_array_index (self->fields, i);

      sw_row_set_editable (field->row, editable);
    }
  for (guint i = 0; i < self->lists->len; i++)
    sw_form_list_set_editable (g_ptr_array_index (self->lists, i), editable);
}

void
sw_field_set_lock (SwFieldSet *self)
{
  g_return_if_fail (SW_IS_FIELD_SET (self));

  for (guint i = 0; i < self->fields->len; i++)
    sw_row_lock (((Field *) self->fields->pdata[i])->row);
  for (guint i = 0; i < self->lists->len; i++)
    sw_form_list_lock (g_ptr_array_index (self->lists, i));
}

void
sw_field_set_clear_errors (SwFieldSet *self)
{
  g_return_if_fail (SW_IS_FIELD_SET (self));

  for (guint i = 0; i < self->fields->len; i++)
    sw_row_set_error (((Field *) self->fields->pdata[i])->row, NULL);
  for (guint i = 0; i < self->lists->len; i++)
    sw_form_list_clear_errors (self->lists->pdata[i]);
}

char *
sw_field_set_describe_path (SwFieldSet *self, const char *path)
{
  SwFormList *list;
  const char *rest;
  guint index;
  SwRow *row;

  g_return_val_if_fail (SW_IS_FIELD_SET (self), NULL);

  if (split_path (self, path, &list, &index, &rest))
    {
      SwFieldSet *item = sw_form_list_get_submitted (list, index);
      const char *title = adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (list));
      g_autofree char *inner
          = item != NULL && rest != NULL ? sw_field_set_describe_path (item, rest) : NULL;

      return inner != NULL ? g_strdup_printf ("%s %u · %s", title, index + 1, inner)
                           : g_strdup_printf ("%s %u", title, index + 1);
    }
  if (sw_field_set_get_list (self, path) != NULL)
    return g_strdup (adw_preferences_group_get_title (
        ADW_PREFERENCES_GROUP (sw_field_set_get_list (self, path))));
  row = sw_field_set_get_row (self, path);
  return g_strdup (row != NULL ? adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)) : path);
}

/* What the fields of a row hold, in their order, of @text, a JSON object. */
static char *
describe_row (SwFieldSet *self, const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  JsonObject *object = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; object != NULL && i < self->fields->len; i++)
    {
      const char *name = sw_row_get_field (((Field *) self->fields->pdata[i])->row);
      JsonNode *value = name != NULL ? json_object_get_member (object, name) : NULL;
      g_autofree char *plain = NULL;

      if (value == NULL || !JSON_NODE_HOLDS_VALUE (value))
        continue;
      plain = json_node_get_value_type (value) == G_TYPE_STRING ? json_node_dup_string (value)
                                                                : json_to_string (value, FALSE);
      if (*plain != '\0')
        g_ptr_array_add (words, sw_field_set_describe_value (self, name, plain));
    }
  if (words->len == 0)
    return g_strdup (_ ("kept"));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (" · ", (char **) words->pdata);
}

/* How many rows @text, a JSON array, holds. */
static char *
describe_rows (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  guint n = node != NULL && JSON_NODE_HOLDS_ARRAY (node)
                ? json_array_get_length (json_node_get_array (node))
                : 0;

  return g_strdup_printf (ngettext ("%u row", "%u rows", n), n);
}

char *
sw_field_set_describe_value (SwFieldSet *self, const char *path, const char *text)
{
  SwFormList *list;
  const char *rest;
  guint index;
  SwRow *row;
  g_autofree char *typed = NULL;
  char *display;

  g_return_val_if_fail (SW_IS_FIELD_SET (self), NULL);

  if (split_path (self, path, &list, &index, &rest))
    {
      SwFieldSet *item = sw_form_list_get_submitted (list, index);

      if (item != NULL && rest != NULL)
        return sw_field_set_describe_value (item, rest, text);
      if (text == NULL)
        return g_strdup (_ ("removed"));
      return item != NULL ? describe_row (item, text) : g_strdup (text);
    }
  if (text != NULL && sw_field_set_get_list (self, path) != NULL)
    return describe_rows (text);
  row = sw_field_set_get_row (self, path);
  if (row == NULL || text == NULL)
    return g_strdup (text != NULL ? text : _ ("empty"));

  /* The row knows the words: let it show the value for a moment. */
  self->loading++;
  typed = sw_row_get_value (row, NULL);
  sw_row_set_value (row, text);
  display = sw_row_get_display (row);
  sw_row_set_value (row, typed);
  self->loading--;
  return display;
}

/* }}} */
