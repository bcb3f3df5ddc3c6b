/* sw-choice-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-choice-row.h"

#include <glib/gi18n.h>
#include "model/sw-record.h"

/* From this many on, typing searches. */
#define SEARCH_FROM 12

struct _SwChoiceRow
{
  SwRow parent_instance;

  GtkWidget *drop_down;
  GtkStringList *labels;
  GPtrArray *values; /* char *, parallel to labels; NULL is "none" */
  gboolean optional;
};

enum
{
  PROP_0,
  PROP_OPTIONAL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SwChoiceRow, sw_choice_row, SW_TYPE_ROW)

static guint
find_value (SwChoiceRow *self, const char *value)
{
  for (guint i = 0; i < self->values->len; i++)
    if (g_strcmp0 (self->values->pdata[i], value) == 0)
      return i;
  return GTK_INVALID_LIST_POSITION;
}

static void
append (SwChoiceRow *self, const char *value, const char *label)
{
  g_ptr_array_add (self->values, g_strdup (value));
  gtk_string_list_append (self->labels, label);
  gtk_drop_down_set_enable_search (GTK_DROP_DOWN (self->drop_down),
                                   self->values->len >= SEARCH_FROM);
}

static void
sw_choice_row_set_value (SwRow *row, const char *value)
{
  SwChoiceRow *self = SW_CHOICE_ROW (row);
  guint position = find_value (self, value);

  /* No longer offered, but still the truth. */
  if (position == GTK_INVALID_LIST_POSITION && value != NULL)
    {
      append (self, value, value);
      position = self->values->len - 1;
    }
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), position);
}

static char *
sw_choice_row_get_value (SwRow *row, GError **error)
{
  SwChoiceRow *self = SW_CHOICE_ROW (row);
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));

  return position < self->values->len ? g_strdup (self->values->pdata[position]) : NULL;
}

static char *
sw_choice_row_get_display (SwRow *row)
{
  SwChoiceRow *self = SW_CHOICE_ROW (row);
  guint position = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));

  if (position >= self->values->len || self->values->pdata[position] == NULL)
    return g_strdup ("");
  return g_strdup (gtk_string_list_get_string (self->labels, position));
}

static void
sw_choice_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id)
    {
    case PROP_OPTIONAL:
      g_value_set_boolean (value, SW_CHOICE_ROW (object)->optional);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_choice_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwChoiceRow *self = SW_CHOICE_ROW (object);

  switch (id)
    {
    case PROP_OPTIONAL:
      self->optional = g_value_get_boolean (value);
      if (self->values->len == 0)
        sw_choice_row_clear (self);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_choice_row_finalize (GObject *object)
{
  SwChoiceRow *self = SW_CHOICE_ROW (object);

  g_clear_object (&self->labels);
  g_ptr_array_unref (self->values);
  G_OBJECT_CLASS (sw_choice_row_parent_class)->finalize (object);
}

static void
sw_choice_row_class_init (SwChoiceRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SwRowClass *row_class = SW_ROW_CLASS (klass);

  object_class->get_property = sw_choice_row_get_property;
  object_class->set_property = sw_choice_row_set_property;
  object_class->finalize = sw_choice_row_finalize;
  row_class->set_value = sw_choice_row_set_value;
  row_class->get_value = sw_choice_row_get_value;
  row_class->get_display = sw_choice_row_get_display;

  properties[PROP_OPTIONAL] = g_param_spec_boolean ("optional",
                                                    NULL,
                                                    NULL,
                                                    FALSE,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sw_choice_row_init (SwChoiceRow *self)
{
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->labels = gtk_string_list_new (NULL);
  self->drop_down
      = gtk_drop_down_new (g_object_ref (G_LIST_MODEL (self->labels)),
                           gtk_property_expression_new (GTK_TYPE_STRING_OBJECT, NULL, "string"));
  gtk_widget_add_css_class (self->drop_down, "flat");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), GTK_INVALID_LIST_POSITION);
  g_signal_connect_swapped (self->drop_down, "notify::selected", G_CALLBACK (sw_row_edited), self);
  sw_row_set_editor (SW_ROW (self), self->drop_down, FALSE);
}

GtkWidget *
sw_choice_row_new (const char *field, const char *title)
{
  return g_object_new (SW_TYPE_CHOICE_ROW, "field", field, "title", title, NULL);
}

/* Whatever the choices become, the value stays. */
static char *
begin_choices (SwChoiceRow *self)
{
  char *value = sw_choice_row_get_value (SW_ROW (self), NULL);

  sw_choice_row_clear (self);
  return value;
}

static void
end_choices (SwChoiceRow *self, char *value)
{
  if (value != NULL || self->optional)
    sw_row_set_value (SW_ROW (self), value);
  g_free (value);
}

void
sw_choice_row_set_choices (SwChoiceRow *self, const SwChoice *choices)
{
  char *value;

  g_return_if_fail (SW_IS_CHOICE_ROW (self));

  value = begin_choices (self);
  for (const SwChoice *choice = choices; choice->value != NULL; choice++)
    sw_choice_row_add (self, choice->value, _ (choice->label));
  end_choices (self, value);
}

void
sw_choice_row_set_rows (SwChoiceRow *self,
                        GListModel *rows,
                        const char *value_field,
                        const char *label_field)
{
  char *value;

  g_return_if_fail (SW_IS_CHOICE_ROW (self));

  value = begin_choices (self);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) record = g_list_model_get_item (rows, i);
      const char *key = sw_record_get_text (record, value_field);
      const char *label = sw_record_get_text (record, label_field);
      g_autofree char *id = NULL;

      if (key == NULL && g_str_equal (value_field, "id"))
        key = id = g_strdup_printf ("%" G_GINT64_FORMAT, sw_record_get_id (record));
      if (key != NULL)
        sw_choice_row_add (self, key, label != NULL && *label != '\0' ? _ (label) : key);
    }
  end_choices (self, value);
}

void
sw_choice_row_clear (SwChoiceRow *self)
{
  g_return_if_fail (SW_IS_CHOICE_ROW (self));

  g_signal_handlers_block_by_func (self->drop_down, sw_row_edited, self);
  g_ptr_array_set_size (self->values, 0);
  gtk_string_list_splice (self->labels,
                          0,
                          g_list_model_get_n_items (G_LIST_MODEL (self->labels)),
                          NULL);
  if (self->optional)
    append (self, NULL, "—");
  g_signal_handlers_unblock_by_func (self->drop_down, sw_row_edited, self);
}

void
sw_choice_row_add (SwChoiceRow *self, const char *value, const char *label)
{
  guint selected;

  g_return_if_fail (SW_IS_CHOICE_ROW (self));

  /* A drop-down selects the first item that comes; a field keeps its value. */
  selected = gtk_drop_down_get_selected (GTK_DROP_DOWN (self->drop_down));
  g_signal_handlers_block_by_func (self->drop_down, sw_row_edited, self);
  append (self, value, label);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (self->drop_down), selected);
  g_signal_handlers_unblock_by_func (self->drop_down, sw_row_edited, self);
}
