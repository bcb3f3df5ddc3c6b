/* sw-form-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-form-list.h"

#include <glib/gi18n.h>
#include "widgets/sw-pane.h"
#include "widgets/sw-toast.h"

typedef struct
{
  SwFormList *list; /* not owned: the list owns its items */
  GtkWidget *row;   /* the AdwExpanderRow; owned */
  GtkWidget *remove;
  SwFieldSet *fields;
  gint64 id; /* 0 for one not saved yet */
  gboolean removed;
  gboolean loaded; /* came from the server, with or without an id */
  gboolean kept;   /* cannot be removed, whatever the list allows */
} Item;

struct _SwFormList
{
  AdwPreferencesGroup parent_instance;

  char *field;
  char *item_ui;
  JsonObject *new_values; /* nullable */
  char **title_fields;
  char *title_separator;
  char **subtitle_fields;
  GtkWidget *add;
  GtkWidget *empty;
  GPtrArray *items;     /* Item */
  GPtrArray *submitted; /* Item, not owned: the array last built */
  gboolean editable; /* as asked for */
  gboolean locked;
  gboolean whole; /* loaded rows have no id: any change sends them all */
  guint loading;
};

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_ITEM_UI,
  PROP_TITLE_FIELDS,
  PROP_TITLE_SEPARATOR,
  PROP_SUBTITLE_FIELDS,
  PROP_ADD_LABEL,
  PROP_EMPTY_TEXT,
  PROP_NEW_VALUES,
  PROP_EDITABLE,
  N_PROPS,
};

enum
{
  ITEM_ADDED,
  EDITED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwFormList, sw_form_list, ADW_TYPE_PREFERENCES_GROUP)

/* {{{ Items */

/* The words of some fields, separated by @separator. */
static char *
join_fields (Item *item, char **names, const char *separator)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      SwRow *row = sw_field_set_get_row (item->fields, names[i]);
      g_autofree char *display = row != NULL ? sw_row_get_display (row) : NULL;

      if (display == NULL || *display == '\0')
        continue;
      if (text->len > 0)
        g_string_append (text, separator);
      g_string_append (text, display);
    }
  return g_string_free (text, FALSE);
}

static void
update_words (Item *item)
{
  g_autofree char *title = join_fields (item, item->list->title_fields, item->list->title_separator);
  g_autofree char *subtitle = join_fields (item, item->list->subtitle_fields, " · ");
  g_autofree char *label = NULL;

  if (*title == '\0')
    {
      g_free (title);
      title = g_strdup (_ ("New"));
    }
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (item->row), title);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (item->row), subtitle);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item->row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  title,
                                  -1);
  label = g_strdup_printf (_ ("Remove %s"), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (item->remove),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  label,
                                  -1);
}

static void
update_empty (SwFormList *self)
{
  gtk_widget_set_visible (self->empty, sw_form_list_get_n_items (self) == 0);
}

static void
emit_edited (SwFormList *self)
{
  update_empty (self);
  if (self->loading == 0)
    g_signal_emit (self, signals[EDITED], 0);
}

static void
on_item_edited (Item *item)
{
  update_words (item);
  emit_edited (item->list);
}

static void
set_removed (Item *item, gboolean removed)
{
  item->removed = removed;
  gtk_widget_set_visible (item->row, !removed);
  emit_edited (item->list);
}

typedef struct
{
  SwFormList *list;
  Item *item; /* only to be compared: it may be gone */
} Removal;

static void
free_removal (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->list);
  g_free (removal);
}

static void
undo_removal (gpointer data)
{
  Removal *removal = data;

  if (g_ptr_array_find (removal->list->items, removal->item, NULL))
    set_removed (removal->item, FALSE);
}

static void
on_remove_clicked (Item *item)
{
  Removal *removal = g_new (Removal, 1);
  g_autofree char *text = NULL;

  removal->list = g_object_ref (item->list);
  removal->item = item;
  text = g_strdup_printf (_ ("%s removed"),
                          adw_preferences_row_get_title (ADW_PREFERENCES_ROW (item->row)));
  set_removed (item, TRUE);
  sw_toast_with_button (GTK_WIDGET (item->list),
                        text,
                        _ ("_Undo"),
                        undo_removal,
                        removal,
                        free_removal);
}

static void
free_item (gpointer data)
{
  Item *item = data;

  g_signal_handlers_disconnect_by_data (item->fields, item);
  g_signal_handlers_disconnect_by_data (item->remove, item);
  g_object_unref (item->fields);
  g_object_unref (item->row);
  g_free (item);
}

static gboolean
is_open (SwFormList *self)
{
  return self->editable && !self->locked;
}

static void
apply_editable (Item *item)
{
  gtk_widget_set_visible (item->remove, is_open (item->list) && !item->kept);
  if (item->list->locked)
    sw_field_set_lock (item->fields);
}

static Item *
add_item (SwFormList *self)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (self->item_ui);
  GtkWidget *row = GTK_WIDGET (gtk_builder_get_object (builder, "item"));
  Item *item;

  g_return_val_if_fail (ADW_IS_EXPANDER_ROW (row), NULL);

  item = g_new0 (Item, 1);
  item->list = self;
  item->row = g_object_ref (row);
  item->fields = sw_field_set_new (row);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  item->remove = sw_pane_icon_button ("user-trash-symbolic", _ ("Remove"), NULL);
  gtk_widget_set_valign (item->remove, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (item->remove, "flat");
  g_signal_connect_swapped (item->remove, "clicked", G_CALLBACK (on_remove_clicked), item);
  adw_expander_row_add_action (ADW_EXPANDER_ROW (row), item->remove);
  g_ptr_array_add (self->items, item);
  g_signal_connect_swapped (item->fields, "edited", G_CALLBACK (on_item_edited), item);
  apply_editable (item);
  /* Before it has a place: actions inserted into a widget that has one are not found by its buttons. */
  g_signal_emit (self, signals[ITEM_ADDED], 0, item->fields);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  return item;
}

/* }}} */

static void
on_add_clicked (SwFormList *self)
{
  sw_form_list_add (self, NULL);
}

static void
sw_form_list_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwFormList *self = SW_FORM_LIST (object);

  switch (id)
    {
    case PROP_FIELD:
      g_value_set_string (value, self->field);
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, is_open (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
set_names (char ***names, const GValue *value)
{
  const char *text = g_value_get_string (value);

  g_strfreev (*names);
  *names = text != NULL ? g_strsplit (text, " ", -1) : NULL;
}

static void
set_new_values (SwFormList *self, const char *text)
{
  g_autoptr (JsonNode) node = text != NULL ? json_from_string (text, NULL) : NULL;

  g_return_if_fail (text == NULL || (node != NULL && JSON_NODE_HOLDS_OBJECT (node)));
  g_clear_pointer (&self->new_values, json_object_unref);
  self->new_values = node != NULL ? json_node_dup_object (node) : NULL;
}

static void
sw_form_list_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwFormList *self = SW_FORM_LIST (object);

  switch (id)
    {
    case PROP_FIELD:
      g_free (self->field);
      self->field = g_value_dup_string (value);
      break;
    case PROP_ITEM_UI:
      g_free (self->item_ui);
      self->item_ui = g_value_dup_string (value);
      break;
    case PROP_TITLE_FIELDS:
      set_names (&self->title_fields, value);
      break;
    case PROP_TITLE_SEPARATOR:
      g_free (self->title_separator);
      self->title_separator = g_value_dup_string (value);
      break;
    case PROP_SUBTITLE_FIELDS:
      set_names (&self->subtitle_fields, value);
      break;
    case PROP_ADD_LABEL:
      gtk_widget_set_tooltip_text (self->add, g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->add),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value),
                                      -1);
      break;
    case PROP_EMPTY_TEXT:
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->empty), g_value_get_string (value));
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->empty),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      g_value_get_string (value),
                                      -1);
      break;
    case PROP_NEW_VALUES:
      set_new_values (self, g_value_get_string (value));
      break;
    case PROP_EDITABLE:
      sw_form_list_set_editable (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_form_list_dispose (GObject *object)
{
  SwFormList *self = SW_FORM_LIST (object);

  g_ptr_array_set_size (self->submitted, 0);
  g_ptr_array_set_size (self->items, 0);
  G_OBJECT_CLASS (sw_form_list_parent_class)->dispose (object);
}

static void
sw_form_list_finalize (GObject *object)
{
  SwFormList *self = SW_FORM_LIST (object);

  g_ptr_array_unref (self->submitted);
  g_ptr_array_unref (self->items);
  g_strfreev (self->title_fields);
  g_free (self->title_separator);
  g_strfreev (self->subtitle_fields);
  g_clear_pointer (&self->new_values, json_object_unref);
  g_free (self->item_ui);
  g_free (self->field);
  G_OBJECT_CLASS (sw_form_list_parent_class)->finalize (object);
}

static void
sw_form_list_class_init (SwFormListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags writable = G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS;
  static const char *const texts[] = { NULL,        NULL,         "item-ui",   "title-fields", "title-separator", "subtitle-fields",
                                       "add-label", "empty-text", "new-values" };

  object_class->get_property = sw_form_list_get_property;
  object_class->set_property = sw_form_list_set_property;
  object_class->dispose = sw_form_list_dispose;
  object_class->finalize = sw_form_list_finalize;

  properties[PROP_FIELD] = g_param_spec_string ("field",
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  for (guint i = PROP_ITEM_UI; i <= PROP_NEW_VALUES; i++)
    properties[i] = g_param_spec_string (texts[i], NULL, NULL, NULL, writable);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable",
                                                    NULL,
                                                    NULL,
                                                    TRUE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[ITEM_ADDED] = g_signal_new ("item-added",
                                      SW_TYPE_FORM_LIST,
                                      G_SIGNAL_RUN_LAST,
                                      0,
                                      NULL,
                                      NULL,
                                      NULL,
                                      G_TYPE_NONE,
                                      1,
                                      SW_TYPE_FIELD_SET);
  signals[EDITED] = g_signal_new ("edited",
                                  SW_TYPE_FORM_LIST,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  0);
}

static void
sw_form_list_init (SwFormList *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->editable = TRUE;
  self->title_separator = g_strdup (" ");
  self->items = g_ptr_array_new_with_free_func (free_item);
  self->submitted = g_ptr_array_new ();
  /* AdwButtonContent would name the button a second time: "Add a contact Add". */
  gtk_box_append (GTK_BOX (content), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_box_append (GTK_BOX (content), gtk_label_new (_ ("Add")));
  self->add = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->add), content);
  gtk_widget_add_css_class (self->add, "flat");
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->add, "clicked", G_CALLBACK (on_add_clicked), self);
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add);

  self->empty = adw_action_row_new ();
  gtk_widget_add_css_class (self->empty, "dim-label");
  gtk_widget_set_focusable (self->empty, FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->empty),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Nothing here"),
                                  -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->empty), FALSE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), self->empty);
}

const char *
sw_form_list_get_field (SwFormList *self)
{
  g_return_val_if_fail (SW_IS_FORM_LIST (self), NULL);
  return self->field;
}

/* The item at @position among those that are not removed. */
static Item *
get_item (SwFormList *self, guint position)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (!item->removed && position-- == 0)
        return item;
    }
  return NULL;
}

guint
sw_form_list_get_n_items (SwFormList *self)
{
  guint n = 0;

  g_return_val_if_fail (SW_IS_FORM_LIST (self), 0);
  while (get_item (self, n) != NULL)
    n++;
  return n;
}

SwFieldSet *
sw_form_list_get_item (SwFormList *self, guint position)
{
  Item *item;

  g_return_val_if_fail (SW_IS_FORM_LIST (self), NULL);
  item = get_item (self, position);
  return item != NULL ? item->fields : NULL;
}

SwFieldSet *
sw_form_list_add (SwFormList *self, JsonObject *defaults)
{
  Item *item;

  g_return_val_if_fail (SW_IS_FORM_LIST (self), NULL);

  item = add_item (self);
  sw_field_set_load_new (item->fields, defaults != NULL ? defaults : self->new_values);
  update_words (item);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (item->row), TRUE);
  if (self->loading == 0)
    gtk_widget_child_focus (item->row, GTK_DIR_TAB_FORWARD);
  emit_edited (self);
  return item->fields;
}

static void
update_open (SwFormList *self)
{
  gtk_widget_set_visible (self->add, is_open (self));
  for (guint i = 0; i < self->items->len; i++)
    apply_editable (self->items->pdata[i]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
}

void
sw_form_list_set_editable (SwFormList *self, gboolean editable)
{
  g_return_if_fail (SW_IS_FORM_LIST (self));

  self->editable = editable;
  update_open (self);
}

static Item *
find_item (SwFormList *self, gint64 id)
{
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (item->id == id)
        return item;
    }
  return NULL;
}

SwFieldSet *
sw_form_list_find (SwFormList *self, gint64 id)
{
  Item *item;

  g_return_val_if_fail (SW_IS_FORM_LIST (self), NULL);
  item = find_item (self, id);
  return item != NULL ? item->fields : NULL;
}

void
sw_form_list_set_removable (SwFormList *self, gint64 id, gboolean removable)
{
  Item *item;

  g_return_if_fail (SW_IS_FORM_LIST (self));

  item = find_item (self, id);
  g_return_if_fail (item != NULL);
  item->kept = !removable;
  apply_editable (item);
}

void
sw_form_list_lock (SwFormList *self)
{
  g_return_if_fail (SW_IS_FORM_LIST (self));

  self->locked = TRUE;
  update_open (self);
}

/* The ids of the rows unfolded now, so that they stay so when the record is read again. */
static GHashTable *
expanded_ids (SwFormList *self)
{
  GHashTable *ids = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (item->id != 0 && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (item->row)))
        g_hash_table_add (ids, g_memdup2 (&item->id, sizeof item->id));
    }
  return ids;
}

void
sw_form_list_load (SwFormList *self, JsonArray *rows)
{
  g_autoptr (GHashTable) expanded = NULL;
  guint n = rows != NULL ? json_array_get_length (rows) : 0;

  g_return_if_fail (SW_IS_FORM_LIST (self));

  self->loading++;
  expanded = expanded_ids (self);
  for (guint i = 0; i < self->items->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self),
                                  ((Item *) self->items->pdata[i])->row);
  g_ptr_array_set_size (self->submitted, 0);
  g_ptr_array_set_size (self->items, 0);
  self->whole = FALSE;
  for (guint i = 0; i < n; i++)
    {
      JsonObject *object = json_array_get_object_element (rows, i);
      Item *item = add_item (self);

      item->id = json_object_get_int_member_with_default (object, "id", 0);
      item->loaded = TRUE;
      if (item->id != 0)
        sw_field_set_load (item->fields, object);
      else
        sw_field_set_load_new (item->fields, object); /* so that all of it is built */
      self->whole |= item->id == 0;
      update_words (item);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (item->row),
                                     g_hash_table_contains (expanded, &item->id));
    }
  self->loading--;
  update_empty (self);
}

void
sw_form_list_apply (SwFormList *self, JsonArray *changes)
{
  g_return_if_fail (SW_IS_FORM_LIST (self));

  self->loading++;
  for (guint i = 0; i < json_array_get_length (changes); i++)
    {
      JsonObject *change = json_array_get_object_element (changes, i);
      gint64 id = json_object_get_int_member_with_default (change, "id", 0);
      gboolean deleted = json_object_get_boolean_member_with_default (change, "deleted", FALSE);

      if (id == 0)
        sw_form_list_add (self, change);
      for (guint j = 0; id != 0 && j < self->items->len; j++)
        {
          Item *item = self->items->pdata[j];

          if (item->id != id)
            continue;
          if (deleted)
            set_removed (item, TRUE);
          else
            sw_field_set_apply (item->fields, change);
        }
    }
  self->loading--;
  emit_edited (self);
}

gboolean
sw_form_list_is_changed (SwFormList *self)
{
  g_return_val_if_fail (SW_IS_FORM_LIST (self), FALSE);

  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];

      if (item->loaded ? item->removed || sw_field_set_is_changed (item->fields) : !item->removed)
        return TRUE;
    }
  return FALSE;
}

gboolean
sw_form_list_build (SwFormList *self, gboolean lenient, JsonArray **rows)
{
  g_autoptr (JsonArray) array = json_array_new ();

  g_return_val_if_fail (SW_IS_FORM_LIST (self), FALSE);

  *rows = NULL;
  if (!lenient)
    g_ptr_array_set_size (self->submitted, 0);
  if (self->whole && !sw_form_list_is_changed (self))
    return TRUE;
  for (guint i = 0; i < self->items->len; i++)
    {
      Item *item = self->items->pdata[i];
      JsonObject *object = NULL;

      if (item->removed && item->id != 0)
        {
          object = json_object_new ();
          sw_field_set_identify (item->fields, object);
          json_object_set_boolean_member (object, "deleted", TRUE);
        }
      else if (!item->removed && (item->id == 0 || sw_field_set_is_changed (item->fields)))
        {
          object = lenient ? sw_field_set_peek (item->fields) : sw_field_set_build (item->fields);
          if (object == NULL)
            {
              adw_expander_row_set_expanded (ADW_EXPANDER_ROW (item->row), TRUE);
              return FALSE;
            }
        }
      if (object != NULL)
        {
          json_array_add_object_element (array, object);
          if (!lenient)
            g_ptr_array_add (self->submitted, item);
        }
    }
  if (self->whole || json_array_get_length (array) > 0)
    *rows = g_steal_pointer (&array);
  return TRUE;
}

gboolean
sw_form_list_set_error (SwFormList *self, guint position, const char *path, const char *message)
{
  Item *item;

  g_return_val_if_fail (SW_IS_FORM_LIST (self), FALSE);

  if (self->submitted->len == 0) /* not of a save: of a call about the record as it is */
    item = get_item (self, position);
  else
    item = position < self->submitted->len ? self->submitted->pdata[position] : NULL;
  if (item == NULL || item->removed)
    return FALSE;
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (item->row), TRUE);
  return sw_field_set_set_error (item->fields, path, message);
}

void
sw_form_list_clear_errors (SwFormList *self)
{
  g_return_if_fail (SW_IS_FORM_LIST (self));

  for (guint i = 0; i < self->items->len; i++)
    sw_field_set_clear_errors (((Item *) self->items->pdata[i])->fields);
}

SwFieldSet *
sw_form_list_get_submitted (SwFormList *self, guint position)
{
  g_return_val_if_fail (SW_IS_FORM_LIST (self), NULL);

  if (position >= self->submitted->len)
    return NULL;
  return ((Item *) self->submitted->pdata[position])->fields;
}
