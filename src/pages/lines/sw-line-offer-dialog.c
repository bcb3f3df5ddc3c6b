/* sw-line-offer-dialog.c: another subscription with its options, from a day on (MLINE-15, MLINE-16)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/lines/sw-line-ask.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-money.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-lookup-row.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-switch-row.h"

#define OPTIONS_HEIGHT 260

typedef struct
{
  SwLineAsk *ask; /* the dialog's, as this */
  SwRow *offer;
  SwRow *price;
  SwRow *throughput;
  SwRow *keep;
  GtkWidget *place; /* of the options */
  GtkWidget *options;
  GCancellable *cancellable; /* of what is being read about the offer chosen */
} OfferDialog;

static void
offer_dialog_free (gpointer data)
{
  OfferDialog *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/* "2026-11-23" → "2026-12-01": subscriptions are billed by the month. */
static char *
first_of_next_month (const char *today)
{
  int year, month;

  if (!sw_date_split (today, &year, &month, NULL))
    return NULL;
  return month == 12 ? sw_date_join (year + 1, 1, 1) : sw_date_join (year, month + 1, 1);
}

/* {{{ Options */

static void
on_option_toggled (GtkCheckButton *check, GParamSpec *pspec, GtkWidget *entry)
{
  gtk_widget_set_sensitive (entry, gtk_check_button_get_active (check));
}

static gboolean
line_has (SwRecord *line, const char *offer_id)
{
  GListModel *offers = line != NULL ? sw_record_get_rows (line, "offers") : NULL;

  for (guint i = 0; offers != NULL && i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (SwRecord) offer = g_list_model_get_item (offers, i);

      if (sw_record_get_bool (offer, "is_current")
          && g_strcmp0 (sw_record_get_text (offer, "offer_id"), offer_id) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_option (OfferDialog *self, SwRecord *option)
{
  const char *label = sw_record_get_text (option, "label");
  g_autofree char *price = sw_money_to_entry (sw_record_get_text (option, "price"));
  g_autofree char *spoken = g_strdup_printf (_("Price excl. VAT of %s"), label);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();
  GtkWidget *entry = gtk_entry_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  gtk_editable_set_text (GTK_EDITABLE (entry), price);
  gtk_editable_set_width_chars (GTK_EDITABLE (entry), 7);
  gtk_editable_set_max_width_chars (GTK_EDITABLE (entry), 7);
  gtk_entry_set_alignment (GTK_ENTRY (entry), 1);
  gtk_widget_set_valign (entry, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (check, GTK_ALIGN_CENTER);
  gtk_widget_set_sensitive (entry, FALSE);
  g_signal_connect (check, "notify::active", G_CALLBACK (on_option_toggled), entry);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), entry);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_label_new ("€"));
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  g_object_set_data_full (G_OBJECT (row), "sw-offer", g_strdup (sw_record_get_text (option, "id")), g_free);
  g_object_set_data (G_OBJECT (row), "sw-check", check);
  g_object_set_data (G_OBJECT (row), "sw-entry", entry);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check),
                               line_has (sw_line_ask_get_line (self->ask),
                                         sw_record_get_text (option, "id")));
  gtk_list_box_append (GTK_LIST_BOX (self->options), row);
}

static void
show_options (OfferDialog *self)
{
  g_autofree char *keep = sw_row_get_value (self->keep, NULL);

  gtk_widget_set_visible (self->place, g_strcmp0 (keep, "true") != 0
                                           && gtk_widget_get_first_child (self->options) != NULL);
}

static void
on_options_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = sw_call_run_finish_rows (result, &error);
  OfferDialog *self = data;
  GtkWidget *child;

  if (rows == NULL) /* cancelled: another offer, or the dialog is gone */
    return;
  while ((child = gtk_widget_get_first_child (self->options)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->options), child);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) option = g_list_model_get_item (rows, i);

      add_option (self, option);
    }
  show_options (self);
}

/* FALSE when a price is unreadable: its entry has the focus. */
static gboolean
build_options (OfferDialog *self, JsonArray *options)
{
  for (GtkWidget *row = gtk_widget_get_first_child (self->options); row != NULL;
       row = gtk_widget_get_next_sibling (row))
    {
      GtkWidget *entry = g_object_get_data (G_OBJECT (row), "sw-entry");
      g_autoptr (JsonObject) option = json_object_new ();
      g_autofree char *price = NULL;

      if (!gtk_check_button_get_active (g_object_get_data (G_OBJECT (row), "sw-check")))
        continue;
      gtk_widget_remove_css_class (entry, "error");
      if (!sw_money_parse (gtk_editable_get_text (GTK_EDITABLE (entry)), 6, &price, NULL))
        {
          gtk_widget_add_css_class (entry, "error");
          gtk_widget_grab_focus (entry);
          return FALSE;
        }
      json_object_set_string_member (option, "offer_id", g_object_get_data (G_OBJECT (row), "sw-offer"));
      if (price != NULL)
        json_object_set_string_member (option, "price", price);
      json_array_add_object_element (options, g_steal_pointer (&option));
    }
  return TRUE;
}

/* }}} */

static void
on_offer_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwRecord) offer = sw_call_read_record_finish (result, NULL);
  OfferDialog *self = data;

  if (offer == NULL)
    return;
  sw_row_set_value (self->price, sw_record_get_text (offer, "price"));
  sw_row_set_value (self->throughput, sw_record_get_text (offer, "throughput_mbps"));
  gtk_widget_set_visible (GTK_WIDGET (self->throughput), sw_record_get_text (offer, "data_gb") != NULL);
}

/* Price, throughput and options are those of the catalogue until the person says otherwise. */
static void
on_offer_chosen (SwRow *row, GParamSpec *pspec, OfferDialog *self)
{
  SwSession *session = sw_line_ask_get_session (self->ask);
  g_autofree char *id = sw_row_get_value (row, NULL);
  g_autoptr (SwCall) call = sw_call_new ("offer_options");

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (id == NULL)
    return;
  self->cancellable = g_cancellable_new ();
  sw_call_read_record_async (session, "offer", g_ascii_strtoll (id, NULL, 10), self->cancellable,
                             on_offer_read, self);
  sw_call_add_id (call, "p_subscription_id", g_ascii_strtoll (id, NULL, 10));
  sw_call_run_async (call, session, self->cancellable, on_options_read, self);
}

static void
set_text (JsonObject *object, const char *key, SwRow *row)
{
  g_autofree char *value = sw_row_get_value (row, NULL);

  if (value != NULL)
    json_object_set_string_member (object, key, value);
}

static void
on_apply (SwDialog *dialog, const char *button, SwLineAsk *ask)
{
  OfferDialog *self = g_object_get_data (G_OBJECT (dialog), "sw-offer-dialog");
  g_autoptr (JsonObject) offer = json_object_new ();
  g_autofree char *on = sw_dialog_get_value (dialog, "p_effective_on");
  g_autofree char *keep = sw_row_get_value (self->keep, NULL);

  set_text (offer, "offer_id", self->offer);
  set_text (offer, "price", self->price);
  if (gtk_widget_get_visible (GTK_WIDGET (self->throughput)))
    set_text (offer, "throughput_mbps", self->throughput);
  if (g_strcmp0 (keep, "true") != 0)
    {
      g_autoptr (JsonArray) options = json_array_new ();

      if (!build_options (self, options))
        return;
      json_object_set_array_member (offer, "options", g_steal_pointer (&options));
    }
  sw_line_ask_set_json (ask, "p_offer", offer);
  sw_line_ask_set_date (ask, "p_effective_on", on);
  sw_line_ask_run (ask, dialog);
}

static GtkWidget *
create_offer_row (SwLineAsk *ask)
{
  SwRecord *line = sw_line_ask_get_line (ask);
  const char *operator_id = line != NULL ? sw_record_get_text (line, "applied_operator_id") : NULL;
  g_autofree char *filter
      = g_strdup_printf ("kind=subscription on_sale=true%s%s", operator_id != NULL ? " operator_id=" : "",
                         operator_id != NULL ? operator_id : "");
  GtkWidget *row = g_object_new (SW_TYPE_LOOKUP_ROW, "field", "offer_id", "title", _("New offer"),
                                 "relation", "offer", "label-field", "label", "detail-field",
                                 "catalogue_name", "filter", filter, NULL);

  sw_lookup_row_set_session (SW_LOOKUP_ROW (row), sw_line_ask_get_session (ask));
  return row;
}

static GtkWidget *
create_options (OfferDialog *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->options = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->options), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->options, "boxed-list");
  gtk_widget_set_valign (self->options, GTK_ALIGN_START);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->options), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Options"), -1);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->options);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scroller), OPTIONS_HEIGHT);
  gtk_widget_set_visible (scroller, FALSE);
  self->place = scroller;
  return scroller;
}

void
sw_line_offer_dialog_present (SwLineAsk *ask)
{
  OfferDialog *self = g_new0 (OfferDialog, 1);
  SwDialog *dialog = sw_line_ask_create_dialog (ask, NULL);
  g_autofree char *day
      = first_of_next_month (sw_session_get_today (sw_line_ask_get_session (ask)));
  GtkWidget *from = sw_date_row_new ("p_effective_on", _("Takes effect on"));

  self->ask = ask;
  self->offer = SW_ROW (create_offer_row (ask));
  self->price = SW_ROW (sw_number_row_new ("price", _("Price excl. VAT"), 6, "€"));
  self->throughput = SW_ROW (sw_number_row_new ("throughput_mbps", _("Throughput, in Mbit/s"), 2, NULL));
  self->keep = SW_ROW (sw_switch_row_new ("keep", _("Keep the options it takes")));
  gtk_widget_set_visible (GTK_WIDGET (self->throughput), FALSE);
  sw_row_set_value (self->keep, "true");
  sw_row_set_value (SW_ROW (from), day);
  sw_dialog_add_row (dialog, GTK_WIDGET (self->offer));
  sw_dialog_add_row (dialog, GTK_WIDGET (self->price));
  sw_dialog_add_row (dialog, GTK_WIDGET (self->throughput));
  sw_dialog_add_row (dialog, from);
  sw_dialog_add_row (dialog, GTK_WIDGET (self->keep));
  sw_dialog_add_child (dialog, create_options (self));
  g_signal_connect (self->offer, "notify::value", G_CALLBACK (on_offer_chosen), self);
  g_signal_connect_swapped (self->keep, "notify::value", G_CALLBACK (show_options), self);
  g_object_set_data_full (G_OBJECT (dialog), "sw-offer-dialog", self, offer_dialog_free);
  sw_line_ask_present (ask, dialog, G_CALLBACK (on_apply));
}
