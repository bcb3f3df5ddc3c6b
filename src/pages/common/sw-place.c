/* sw-place.c: the postcode fills in the city
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/common/sw-place.h"

#include <glib/gi18n-lib.h>

#include "model/sw-call.h"

/* Lives with the city's row. */
typedef struct
{
  SwRow *city;
  SwSession *session;
  GCancellable *cancellable;
  GtkWidget *button;
  GtkWidget *list;
} Place;

static void
place_free (Place *place)
{
  g_cancellable_cancel (place->cancellable);
  g_clear_object (&place->cancellable);
  g_object_unref (place->session);
  g_free (place);
}

static void
take_city (Place *place, const char *city)
{
  sw_row_set_value (place->city, city);
  sw_row_edited (place->city);
}

static void
on_city_chosen (GtkListBox *list, GtkListBoxRow *row, Place *place)
{
  take_city (place, gtk_label_get_label (GTK_LABEL (gtk_list_box_row_get_child (row))));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (place->button));
}

static void
show_cities (Place *place, GListModel *cities)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (place->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (place->list), GTK_WIDGET (row));
  for (guint i = 0; i < g_list_model_get_n_items (cities); i++)
    {
      g_autoptr (SwRecord) city = g_list_model_get_item (cities, i);
      GtkWidget *label = gtk_label_new (sw_record_get_text (city, "city"));

      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_list_box_append (GTK_LIST_BOX (place->list), label);
    }
  gtk_widget_set_visible (place->button, g_list_model_get_n_items (cities) > 1);
}

static void
on_cities_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GListModel) cities = sw_call_run_finish_rows (result, NULL);
  Place *place = user_data;

  if (cities == NULL) /* cancelled, or no answer: the city can still be typed */
    return;
  show_cities (place, cities);
  if (g_list_model_get_n_items (cities) == 1)
    {
      g_autoptr (SwRecord) city = g_list_model_get_item (cities, 0);

      take_city (place, sw_record_get_text (city, "city"));
    }
}

static void
on_postcode_changed (SwRow *postcode, GParamSpec *pspec, Place *place)
{
  g_autofree char *value = sw_row_get_value (postcode, NULL);
  g_autoptr (SwCall) call = NULL;

  gtk_widget_set_visible (place->button, FALSE);
  g_cancellable_cancel (place->cancellable);
  g_clear_object (&place->cancellable);
  if (value == NULL || strlen (value) != 5)
    return;
  place->cancellable = g_cancellable_new ();
  call = sw_call_new ("postcode_city");
  sw_call_add_text (call, NULL, value);
  sw_call_run_async (call, place->session, place->cancellable, on_cities_read, place);
}

void
sw_place_connect (SwRow *postcode, SwRow *city, SwSession *session)
{
  Place *place = g_new0 (Place, 1);
  GtkWidget *popover = gtk_popover_new ();

  place->city = city;
  place->session = g_object_ref (session);
  place->list = gtk_list_box_new ();
  place->button = gtk_menu_button_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (place->list), GTK_SELECTION_NONE);
  g_signal_connect (place->list, "row-activated", G_CALLBACK (on_city_chosen), place);
  gtk_popover_set_child (GTK_POPOVER (popover), place->list);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (place->button), popover);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (place->button), "mark-location-symbolic");
  gtk_widget_set_tooltip_text (place->button, _("Cities with this postcode"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (place->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Cities with this postcode"), -1);
  gtk_widget_set_valign (place->button, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (place->button, FALSE);
  sw_row_add_suffix (city, place->button);
  g_object_set_data_full (G_OBJECT (city), "sw-place", place, (GDestroyNotify) place_free);
  g_signal_connect (postcode, "notify::value", G_CALLBACK (on_postcode_changed), place);
}
