/* sw-import-values.c: see sw-import-values.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/imports/sw-import-values.h"

#include <glib/gi18n-lib.h>

#include "widgets/sw-text-row.h"

struct _SwImportValues
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  AdwExpanderRow *expander; /* a new one for each target: rows are only ever added to it */
  GPtrArray *rows;          /* of SwRow, one a field; the expander owns them */
};

G_DEFINE_FINAL_TYPE (SwImportValues, sw_import_values, ADW_TYPE_BIN)

/* "Operator: Orange · Form: SIM" says what is hidden. */
static void
show_summary (SwImportValues *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < self->rows->len; i++)
    {
      SwRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *value = sw_row_get_value (row, NULL);

      if (value != NULL && gtk_widget_get_visible (GTK_WIDGET (row)))
        /* Translators: a field and the value it has on every line: "Operator: Orange" */
        g_string_append_printf (text, _("%s%s: %s"), text->len > 0 ? " · " : "",
                                adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), value);
    }
  if (text->len == 0)
    g_string_append (text, _("For what no column says, such as the operator"));
  adw_expander_row_set_subtitle (self->expander, text->str);
}

static void
add_row (SwImportValues *self, SwRecord *field, JsonObject *mapping)
{
  const char *name = sw_record_get_text (field, "field");
  GtkWidget *row = sw_text_row_new (name, _(sw_record_get_text (field, "title")));
  JsonObject *place = json_object_has_member (mapping, name)
                          ? json_object_get_object_member (mapping, name)
                          : NULL;

  if (place != NULL && json_object_has_member (place, "value"))
    {
      sw_row_set_value (SW_ROW (row), json_object_get_string_member (place, "value"));
      adw_expander_row_set_expanded (self->expander, TRUE);
    }
  g_ptr_array_add (self->rows, row);
  adw_expander_row_add_row (self->expander, row);
  g_signal_connect_object (row, "notify::value", G_CALLBACK (show_summary), self,
                           G_CONNECT_SWAPPED);
}

void
sw_import_values_show (SwImportValues *self, SwRecord *target, JsonObject *mapping)
{
  GListModel *fields = sw_record_get_rows (target, "fields");

  g_ptr_array_set_size (self->rows, 0);
  if (self->expander != NULL)
    adw_preferences_group_remove (self->group, GTK_WIDGET (self->expander));
  self->expander = ADW_EXPANDER_ROW (adw_expander_row_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->expander), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->expander),
                                 _("The same value on every line"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->expander), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("The same value on every line"), -1);
  adw_preferences_group_add (self->group, GTK_WIDGET (self->expander));
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (SwRecord) field = g_list_model_get_item (fields, i);

      add_row (self, field, mapping);
    }
  sw_import_values_set_columns (self, mapping);
}

void
sw_import_values_set_columns (SwImportValues *self, JsonObject *mapping)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      SwRow *row = g_ptr_array_index (self->rows, i);
      const char *field = sw_row_get_field (row);
      gboolean has_column
          = json_object_has_member (mapping, field)
            && json_object_has_member (json_object_get_object_member (mapping, field), "column");

      gtk_widget_set_visible (GTK_WIDGET (row), !has_column);
    }
  show_summary (self);
}

void
sw_import_values_add (SwImportValues *self, JsonObject *mapping)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      SwRow *row = g_ptr_array_index (self->rows, i);
      const char *field = sw_row_get_field (row);
      g_autofree char *value = sw_row_get_value (row, NULL);
      JsonObject *place;

      if (value == NULL || json_object_has_member (mapping, field))
        continue;
      place = json_object_new ();
      json_object_set_string_member (place, "value", value);
      json_object_set_object_member (mapping, field, place);
    }
}

gboolean
sw_import_values_set_error (SwImportValues *self, const char *field, const char *message)
{
  for (guint i = 0; i < self->rows->len; i++)
    {
      SwRow *row = g_ptr_array_index (self->rows, i);

      if (g_strcmp0 (sw_row_get_field (row), field) != 0
          || !gtk_widget_get_visible (GTK_WIDGET (row)))
        continue;
      adw_expander_row_set_expanded (self->expander, TRUE);
      sw_row_set_error (row, message);
      sw_row_focus (row);
      return TRUE;
    }
  return FALSE;
}

static void
finalize (GObject *object)
{
  g_ptr_array_unref (SW_IMPORT_VALUES (object)->rows);
  G_OBJECT_CLASS (sw_import_values_parent_class)->finalize (object);
}

static void
sw_import_values_class_init (SwImportValuesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
sw_import_values_init (SwImportValues *self)
{
  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

GtkWidget *
sw_import_values_new (void)
{
  return g_object_new (SW_TYPE_IMPORT_VALUES, NULL);
}
