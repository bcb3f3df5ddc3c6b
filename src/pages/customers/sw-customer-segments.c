/* sw-customer-segments.c: the segments of a customer, ticked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/customers/sw-customer-segments.h"

#include <glib/gi18n-lib.h>

#define CHECKS "sw-segment-checks" /* GSList of the check buttons, on the row */
#define ID "sw-segment-id"
#define FORM "sw-segment-form"
#define LOCKED "sw-segment-locked"
#define SILENT "sw-segment-silent"

static gint64
check_id (gpointer check)
{
  return *(const gint64 *) g_object_get_data (G_OBJECT (check), ID);
}

static void
update_subtitle (GtkWidget *row)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (GSList *at = g_object_get_data (G_OBJECT (row), CHECKS); at != NULL; at = at->next)
    if (gtk_check_button_get_active (at->data))
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : ", ",
                              (const char *) g_object_get_data (at->data, "sw-name"));
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (row), text->len > 0 ? text->str : _("None"));
}

static void
on_toggled (GtkCheckButton *check, GtkWidget *row)
{
  JsonArray *ids;

  update_subtitle (row);
  if (g_object_get_data (G_OBJECT (row), SILENT) != NULL)
    return;
  ids = json_array_new ();
  for (GSList *at = g_object_get_data (G_OBJECT (row), CHECKS); at != NULL; at = at->next)
    if (gtk_check_button_get_active (at->data))
      json_array_add_int_element (ids, check_id (at->data));
  sw_form_set_extra (g_object_get_data (G_OBJECT (row), FORM), "segment_ids",
                     json_node_init_array (json_node_alloc (), ids));
  json_array_unref (ids);
}

void
sw_customer_segments_set_choices (GtkWidget *row, GListModel *segments)
{
  GSList *checks = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (segments); i++)
    {
      g_autoptr (SwRecord) segment = g_list_model_get_item (segments, i);
      const char *name = sw_record_get_text (segment, "name");
      gint64 id = sw_record_get_id (segment);
      GtkWidget *line = adw_action_row_new ();
      GtkWidget *check = gtk_check_button_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (line), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (line), name);
      gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                      -1);
      g_object_set_data_full (G_OBJECT (check), ID, g_memdup2 (&id, sizeof id), g_free);
      g_object_set_data_full (G_OBJECT (check), "sw-name", g_strdup (name), g_free);
      g_signal_connect (check, "toggled", G_CALLBACK (on_toggled), row);
      adw_action_row_add_prefix (ADW_ACTION_ROW (line), check);
      adw_action_row_set_activatable_widget (ADW_ACTION_ROW (line), check);
      gtk_widget_set_sensitive (line, !GPOINTER_TO_INT (g_object_get_data (G_OBJECT (row), LOCKED)));
      adw_expander_row_add_row (ADW_EXPANDER_ROW (row), line);
      checks = g_slist_append (checks, check);
    }
  g_object_set_data_full (G_OBJECT (row), CHECKS, checks, (GDestroyNotify) g_slist_free);
}

static gboolean
has_segment (SwRecord *customer, gint64 id)
{
  const char *const *ids = customer == NULL ? NULL : sw_record_get_strv (customer, "segment_ids");

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    if (g_ascii_strtoll (ids[i], NULL, 10) == id)
      return TRUE;
  return FALSE;
}

void
sw_customer_segments_show (GtkWidget *row, SwRecord *customer)
{
  g_object_set_data (G_OBJECT (row), SILENT, row);
  for (GSList *at = g_object_get_data (G_OBJECT (row), CHECKS); at != NULL; at = at->next)
    gtk_check_button_set_active (at->data, has_segment (customer, check_id (at->data)));
  g_object_set_data (G_OBJECT (row), SILENT, NULL);
  update_subtitle (row);
}

GtkWidget *
sw_customer_segments_new (SwForm *form, gboolean locked)
{
  GtkWidget *row = adw_expander_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Segments"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Segments"), -1);
  g_object_set_data (G_OBJECT (row), LOCKED, GINT_TO_POINTER (locked));
  g_object_set_data (G_OBJECT (row), FORM, form); /* the form watches the view this row is in */
  update_subtitle (row);
  return row;
}
