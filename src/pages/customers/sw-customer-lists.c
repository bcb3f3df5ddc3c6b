/* sw-customer-lists.c: what a customer has: contracts, invoices, orders, notes, history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/customers/sw-customer-lists.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-money.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-pane.h"

void
sw_customer_lists_show_contracts (AdwPreferencesGroup *group, SwRecord *customer)
{
  GListModel *rows = sw_record_get_rows (customer, "contracts");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_facts_clear (group);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (SwRecord) contract = g_list_model_get_item (rows, i);
      const char *name = sw_record_get_text (contract, "title");
      const char *step = sw_choice_label (sw_words_contract_steps,
                                          sw_record_get_text (contract, "step"));
      const SwChoice *indicator = sw_choice_find (sw_choice_indicators,
                                                  sw_record_get_text (contract, "indicator"));
      g_autofree char *deadline = sw_date_format (sw_record_get_text (contract, "deadline_on"));
      g_autofree char *subtitle = NULL;
      GtkWidget *row;

      if (name == NULL)
        name = sw_record_get_text (contract, "contract_type_label");
      subtitle = g_strdup_printf ("%s · %s", name, step);
      row = sw_facts_add (group, sw_record_get_text (contract, "number"), subtitle);
      if (*deadline != '\0')
        sw_facts_add_figure (row, deadline);
      if (indicator != NULL)
        sw_facts_add_badge (row, _(indicator->label), indicator->style);
      sw_facts_set_link (row, "contract", sw_record_get_id (contract));
    }
  if (n_rows == 0)
    sw_facts_add (group, _("No contract yet"), _("“New contract” in the menu starts one."));
}

void
sw_customer_lists_show_invoices (AdwPreferencesGroup *group, SwRecord *customer)
{
  GListModel *rows = sw_record_get_rows (customer, "invoices");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_facts_clear (group);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (SwRecord) invoice = g_list_model_get_item (rows, i);

      sw_words_add_invoice (group, invoice);
    }
  if (n_rows == 0)
    sw_facts_add (group, _("No invoice yet"), NULL);
}

/* "3 lines · ordered on 12/10/2026". */
static char *
describe_order (SwRecord *order)
{
  gboolean mobile = g_strcmp0 (sw_record_get_text (order, "kind"), "mobile") == 0;
  guint count = sw_record_get_int (order, "line_count");
  g_autofree char *ordered = sw_date_format (sw_record_get_text (order, "ordered_on"));
  g_autofree char *what
      = g_strdup_printf (mobile ? g_dngettext (GETTEXT_PACKAGE, "%u mobile line", "%u mobile lines", count)
                                : g_dngettext (GETTEXT_PACKAGE, "%u service", "%u services", count),
                         count);

  return g_strdup_printf (_("%s · ordered on %s"), what, ordered);
}

void
sw_customer_lists_show_orders (AdwPreferencesGroup *group, SwRecord *customer)
{
  GListModel *rows = sw_record_get_rows (customer, "orders");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_facts_clear (group);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (SwRecord) order = g_list_model_get_item (rows, i);
      const SwChoice *status
          = sw_choice_find (sw_words_order_statuses, sw_record_get_text (order, "status"));
      const char *net = sw_record_get_text (order, "monthly_net");
      g_autofree char *subtitle = describe_order (order);
      GtkWidget *row = sw_facts_add (group, sw_record_get_text (order, "number"), subtitle);

      if (sw_money_sign (net) > 0)
        {
          g_autofree char *amount = sw_money_format (net);
          g_autofree char *monthly = g_strdup_printf (_("%s a month"), amount);

          sw_facts_add_figure (row, monthly);
        }
      if (status != NULL)
        sw_facts_add_badge (row, _(status->label), status->style);
      sw_facts_set_link (row, "sales_order", sw_record_get_id (order));
    }
  if (n_rows == 0)
    sw_facts_add (group, _("No order yet"), _("“Create an order” in the menu starts one."));
}

/* History */

/* "Phone, E-mail": the changed fields as the form calls them. */
static char *
describe_changes (SwRecord *change, SwForm *form)
{
  SwRecord *changes = sw_record_get_record (change, "changes");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree const char **names = NULL;

  if (changes == NULL)
    return g_strdup ("");
  names = sw_record_get_names (changes);
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *title = NULL;

      if (sw_form_get_row (form, names[i]) == NULL)
        continue;
      title = sw_field_set_describe_path (sw_form_get_fields (form), names[i]);
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : ", ", title);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
describe_entity (SwRecord *change)
{
  static const SwChoice entities[] = {
    { "customer", N_("Sheet"), SW_BADGE_NEUTRAL },
    { "contact", N_("Contact"), SW_BADGE_NEUTRAL },
    { "billing_site", N_("Billing site"), SW_BADGE_NEUTRAL },
    { "mandate", N_("Mandate"), SW_BADGE_NEUTRAL },
    { "note", N_("Note"), SW_BADGE_NEUTRAL },
    { "attachment", N_("File"), SW_BADGE_NEUTRAL },
    { "contract_item", N_("Contract item"), SW_BADGE_NEUTRAL },
    { "contract_equipment", N_("Contract equipment"), SW_BADGE_NEUTRAL },
    { "meter", N_("Meter"), SW_BADGE_NEUTRAL },
    { NULL }
  };

  return sw_choice_label (entities, sw_record_get_text (change, "entity"));
}

static const char *
describe_action (SwRecord *change)
{
  static const SwChoice actions[] = {
    { "insert", N_("created"), SW_BADGE_NEUTRAL },
    { "update", N_("changed"), SW_BADGE_NEUTRAL },
    { "delete", N_("removed"), SW_BADGE_NEUTRAL },
    { NULL }
  };

  return sw_choice_label (actions, sw_record_get_text (change, "action"));
}

void
sw_customer_lists_show_history (AdwPreferencesGroup *group, SwRecord *customer, SwForm *form)
{
  GListModel *rows = sw_record_get_rows (customer, "history");

  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) change = g_list_model_get_item (rows, i);
      g_autofree char *title = g_strdup_printf (C_ ("history", "%s %s"), describe_entity (change),
                                                describe_action (change));
      g_autofree char *when = sw_date_format_instant (sw_record_get_text (change, "changed_at"));
      g_autofree char *fields = NULL;
      g_autofree char *subtitle = NULL;
      const char *by = sw_record_get_text (change, "changed_by_name");

      if (g_strcmp0 (sw_record_get_text (change, "action"), "update") == 0)
        fields = describe_changes (change, form);
      subtitle = fields == NULL || *fields == '\0'
                     ? g_strdup_printf ("%s · %s", by, when)
                     : g_strdup_printf ("%s · %s · %s", by, when, fields);
      sw_facts_add (group, title, subtitle);
    }
  if (g_list_model_get_n_items (rows) == 0)
    sw_facts_add (group, _("Nothing happened yet"), NULL);
}

/* Notes */

static void
on_note_entered (AdwEntryRow *entry, SwRecordPage *page)
{
  g_autoptr (SwCall) call = NULL;
  const char *text = gtk_editable_get_text (GTK_EDITABLE (entry));

  if (*text == '\0' || sw_record_page_get_id (page) == 0)
    return;
  call = sw_call_new ("note_add");
  sw_call_add_id (call, NULL, sw_record_page_get_id (page));
  sw_call_add_text (call, "p_body", text);
  sw_record_page_run (page, call, _("Note added"));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
}

static void
on_note_typed (GtkEditable *entry, GtkWidget *add)
{
  gtk_widget_set_visible (add, *gtk_editable_get_text (entry) != '\0');
}

static void
on_note_button (AdwEntryRow *entry)
{
  on_note_entered (entry, g_object_get_data (G_OBJECT (entry), "sw-page"));
}

void
sw_customer_lists_build_notes (AdwPreferencesGroup *group, SwRecordPage *page)
{
  GtkWidget *entry = adw_entry_row_new ();
  GtkWidget *add = sw_pane_icon_button ("object-select-symbolic", _("Add the note"), NULL);

  gtk_widget_set_visible (entry, sw_page_may (SW_PAGE (page), "note_add"));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("New note"));
  /* The row's own "apply" button would stay after the entry is emptied (libadwaita 1.2). */
  gtk_widget_add_css_class (add, "flat");
  gtk_widget_set_valign (add, GTK_ALIGN_CENTER);
  gtk_widget_set_visible (add, FALSE);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (entry), add);
  g_signal_connect_object (entry, "changed", G_CALLBACK (on_note_typed), add, 0);
  g_signal_connect_object (entry, "entry-activated", G_CALLBACK (on_note_entered), page, 0);
  g_object_set_data (G_OBJECT (entry), "sw-page", page);
  g_signal_connect_object (add, "clicked", G_CALLBACK (on_note_button), entry, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, entry);
}

static void
on_delete_note (GtkButton *button, SwRecordPage *page)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "sw-note");
  g_autoptr (SwCall) call = sw_call_new ("note_delete");

  sw_call_add_id (call, NULL, *id);
  sw_record_page_run (page, call, _("Note deleted"));
}

void
sw_customer_lists_show_notes (AdwPreferencesGroup *group, SwRecord *customer, SwRecordPage *page)
{
  GListModel *rows = sw_record_get_rows (customer, "notes");

  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) note = g_list_model_get_item (rows, i);
      g_autofree char *when = sw_date_format (sw_record_get_text (note, "created_at"));
      g_autofree char *subtitle = g_strdup_printf (
          "%s · %s", sw_record_get_text (note, "created_by_name"), when);
      GtkWidget *row = sw_facts_add (group, sw_record_get_text (note, "body"), subtitle);
      GtkWidget *button;
      gint64 id = sw_record_get_id (note);

      if (!sw_page_may (SW_PAGE (page), "note_delete"))
        continue;
      button = gtk_button_new_from_icon_name ("user-trash-symbolic");
      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (button, "flat");
      gtk_widget_set_tooltip_text (button, _("Delete this note"));
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _("Delete this note"), -1);
      g_object_set_data_full (G_OBJECT (button), "sw-note", g_memdup2 (&id, sizeof id), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_delete_note), page, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
    }
}
