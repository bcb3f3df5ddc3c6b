/* sw-operators-lists.c: see sw-operators-lists.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/administration/sw-operators-lists.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-phone.h"
#include "model/sw-call.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-lookup-row.h"

#define MOST_ROWS 30

static const SwChoice statuses[] = {
  { "running", N_("Under way"), SW_BADGE_ACCENT },
  { "done", N_("Complete"), SW_BADGE_OK },
  { "cancelled", N_("Stopped"), SW_BADGE_WARNING },
  { "failed", N_("Ended early"), SW_BADGE_ALERT },
  { NULL }
};

static const SwChoice faults[] = {
  { "unreadable", N_("Cannot be read"), SW_BADGE_ALERT },
  { "unknown_account", N_("Account of no customer"), SW_BADGE_WARNING },
  { "unknown_operator", N_("Unknown operator"), SW_BADGE_WARNING },
  { "unknown_kind", N_("Unknown type of parc"), SW_BADGE_WARNING },
  { "line_in_two_parcs", N_("Line in two parcs"), SW_BADGE_WARNING },
  { "line_of_another_customer", N_("Line of another customer"), SW_BADGE_WARNING },
  { "number_clash", N_("Number of another line"), SW_BADGE_WARNING },
  { "invalid_number", N_("Number that is none"), SW_BADGE_WARNING },
  { "plans_overlap", N_("Plans that overlap"), SW_BADGE_WARNING },
  { "unknown_article", N_("Article outside the catalogue"), SW_BADGE_NEUTRAL },
  { "invalid_iccid", N_("SIM card number that is none"), SW_BADGE_WARNING },
  { "sim_clash", N_("SIM card used elsewhere"), SW_BADGE_WARNING },
  { "absent_at_source", N_("No longer at the operator"), SW_BADGE_WARNING },
  { NULL }
};

void
sw_operators_lists_show_runs (AdwPreferencesGroup *group, GListModel *rows)
{
  guint n_rows = g_list_model_get_n_items (rows);
  g_autofree char *rest = sw_words_rest (n_rows, MOST_ROWS);

  sw_facts_clear (group);
  for (guint i = 0; i < MIN (n_rows, MOST_ROWS); i++)
    {
      g_autoptr (SwRecord) run = g_list_model_get_item (rows, i);
      g_autofree char *when = sw_date_format_instant (sw_record_get_text (run, "started_at"));
      g_autofree char *what = g_strdup_printf (_("%d new · %d changed · %d as they were"), (int) sw_record_get_int (run, "created"),
                                               (int) sw_record_get_int (run, "changed"), (int) sw_record_get_int (run, "same"));
      const char *message = sw_record_get_text (run, "message");
      g_autofree char *subtitle = message != NULL && !g_str_equal (sw_record_get_text (run, "status"), "cancelled")
                                      ? g_strdup_printf ("%s\n%s", what, message) : g_strdup (what);
      const SwChoice *status = sw_choice_find (statuses, sw_record_get_text (run, "status"));
      GtkWidget *row = sw_facts_add (group, when, subtitle);

      if (status != NULL)
        sw_facts_add_badge (row, _(status->label), status->style);
    }
  if (rest != NULL)
    sw_facts_add (group, rest, NULL);
  if (n_rows == 0)
    sw_facts_add (group, _("Nothing yet"), NULL);
}

/* An account of nobody: a person says who it is */

static void
on_linked (gint64 id, gpointer data)
{
  sw_page_refresh (data);
}

static void
on_link (SwDialog *dialog, const char *button, SwPage *page)
{
  SwRecord *anomaly = g_object_get_data (G_OBJECT (dialog), "sw-record");
  g_autofree char *customer = sw_dialog_get_value (dialog, "customer_id");
  g_autoptr (SwCall) call = sw_call_new ("provider_account_link");

  sw_call_add_text (call, NULL, sw_record_get_text (anomaly, "provider"));
  sw_call_add_text (call, NULL, sw_record_get_text (anomaly, "external_id"));
  if (customer != NULL)
    sw_call_add_id (call, NULL, g_ascii_strtoll (customer, NULL, 10));
  else
    sw_call_add_text (call, NULL, NULL);
  sw_dialog_run_call (dialog, call, sw_page_get_session (page), on_linked, g_object_ref (page), g_object_unref);
}

static void
on_account (GtkWidget *row, SwPage *page)
{
  SwRecord *anomaly = g_object_get_data (G_OBJECT (row), "sw-record");
  SwDialog *dialog = sw_dialog_new (_("Which customer is this account?"),
                                    _("Its parc and its lines are taken over at once."));
  GtkWidget *lookup = g_object_new (SW_TYPE_LOOKUP_ROW, "field", "customer_id", "title", _("Customer"), "relation", "customer", "label-field",
                                    "legal_name", "detail-field", "number", NULL);

  sw_lookup_row_set_session (SW_LOOKUP_ROW (lookup), sw_page_get_session (page));
  sw_dialog_add_row (dialog, lookup);
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "link", _("_Link"), SW_BUTTON_SUGGESTED);
  g_object_set_data_full (G_OBJECT (dialog), "sw-record", g_object_ref (anomaly), g_object_unref);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_link), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

static void
on_settled (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwPage) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, &error);

  if (error != NULL)
    sw_dialog_tell_error (GTK_WIDGET (page), _("This could not be settled"), error);
  sw_page_refresh (page);
}

static void
on_settle (GtkButton *button, SwPage *page)
{
  SwRecord *anomaly = g_object_get_data (G_OBJECT (button), "sw-record");
  g_autoptr (SwCall) call = sw_call_new ("sync_anomaly_settle");
  gint64 id = sw_record_get_id (anomaly);

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  sw_call_add_ids (call, NULL, &id, 1);
  sw_call_set_once (call, NULL);
  sw_call_run_async (call, sw_page_get_session (page), sw_page_get_cancellable (page), on_settled, g_object_ref (page));
}

static char *
subtitle_of (SwRecord *anomaly)
{
  const char *name = sw_record_get_text (anomaly, "name");
  /* What lines are called is their number. */
  g_autofree char *number = name != NULL && g_strcmp0 (sw_record_get_text (anomaly, "kind"), "line") == 0 ? sw_phone_format (name) : NULL;
  const char *parts[] = { sw_record_get_text (anomaly, "external_id"), number != NULL ? number : name,
                          sw_record_get_text (anomaly, "customer_name"), sw_record_get_text (anomaly, "told") };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", parts[i]);
  return g_string_free (text, FALSE);
}

static void
add_anomaly (AdwPreferencesGroup *group, SwPage *page, SwRecord *anomaly)
{
  const SwChoice *fault = sw_choice_find (faults, sw_record_get_text (anomaly, "code"));
  g_autofree char *subtitle = subtitle_of (anomaly);
  const char *label = fault != NULL ? _(fault->label) : sw_record_get_text (anomaly, "code");
  GtkWidget *row = sw_facts_add (group, label, subtitle);
  GtkWidget *button = gtk_button_new_from_icon_name ("object-select-symbolic");

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _("Settled"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Settled"), -1);
  g_object_set_data_full (G_OBJECT (button), "sw-record", g_object_ref (anomaly), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_settle), page, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  if (g_strcmp0 (sw_record_get_text (anomaly, "code"), "unknown_account") == 0)
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "sw-record", g_object_ref (anomaly), g_object_unref);
      g_signal_connect_object (row, "activated", G_CALLBACK (on_account), page, 0);
    }
  else if (sw_record_get_text (anomaly, "entity") != NULL && sw_record_get_int (anomaly, "entity_id") > 0)
    sw_facts_set_link (row, sw_record_get_text (anomaly, "entity"), sw_record_get_int (anomaly, "entity_id"));
}

void
sw_operators_lists_show_anomalies (AdwPreferencesGroup *group, SwPage *page, GListModel *rows)
{
  guint n_rows = g_list_model_get_n_items (rows);
  g_autofree char *rest = sw_words_rest (n_rows, MOST_ROWS);

  sw_facts_clear (group);
  for (guint i = 0; i < MIN (n_rows, MOST_ROWS); i++)
    {
      g_autoptr (SwRecord) anomaly = g_list_model_get_item (rows, i);

      add_anomaly (group, page, anomaly);
    }
  if (rest != NULL)
    sw_facts_add (group, rest, NULL);
  if (n_rows == 0)
    sw_facts_add (group, _("Everything fits"), NULL);
}
