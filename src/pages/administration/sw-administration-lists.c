/* sw-administration-lists.c: the lists of Administration and the dialogs that change a row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/administration/sw-administration-lists.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-money.h"
#include "model/sw-call.h"
#include "model/sw-rule-messages.h"
#include "pages/common/sw-login-dialog.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-area-row.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-switch-row.h"
#include "widgets/sw-text-row.h"

/* A dialog on one row, saved with one function: the fields typed, and what says which row it is. */
typedef struct
{
  SwPage *page;
  const char *function;
  const char *key; /* "code" or "id"; absent for a new row */
  SwRecord *row;   /* NULL for a new one */
} Edit;

static void
edit_free (gpointer data, GClosure *closure)
{
  Edit *edit = data;

  g_clear_object (&edit->row);
  g_free (edit);
}

static void
on_saved (gint64 id, gpointer data)
{
  sw_page_refresh (data);
}

static void
on_apply (SwDialog *dialog, const char *button, Edit *edit)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (SwCall) call = NULL;

  if (!sw_dialog_check (dialog))
    return;
  object = sw_field_set_build (sw_dialog_get_fields (dialog));
  if (object == NULL)
    return;
  if (edit->row != NULL && g_str_equal (edit->key, "code"))
    json_object_set_string_member (object, "code", sw_record_get_text (edit->row, "code"));
  call = sw_call_new (edit->function);
  sw_call_add_json_object (call, NULL, object);
  sw_dialog_run_call (dialog, call, sw_page_get_session (edit->page), on_saved,
                      g_object_ref (edit->page), g_object_unref);
}

/* Shows @dialog, whose rows are filled from @row. */
static void
present_edit (SwDialog *dialog, SwPage *page, const char *function, const char *key, SwRecord *row)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->page = page;
  edit->function = function;
  edit->key = key;
  edit->row = row == NULL ? NULL : g_object_ref (row);
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "save", _("_Save"), SW_BUTTON_SUGGESTED);
  if (row != NULL)
    {
      g_autoptr (JsonObject) base = sw_record_to_json (row);

      sw_field_set_load (sw_dialog_get_fields (dialog), base);
    }
  else
    sw_field_set_load_new (sw_dialog_get_fields (dialog), NULL);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), edit, edit_free, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

/* A row of the list that opens something when it is activated. */
static void
make_editable (GtkWidget *row, SwPage *page, SwRecord *record, GCallback callback)
{
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "sw-record", g_object_ref (record), g_object_unref);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             gtk_image_new_from_icon_name ("document-edit-symbolic"));
  g_signal_connect_object (row, "activated", callback, page, 0);
}

static SwRecord *
row_record (GtkWidget *row)
{
  return g_object_get_data (G_OBJECT (row), "sw-record");
}

/* Ways to pay */

static void
on_edit_method (GtkWidget *row, SwPage *page)
{
  SwRecord *record = row_record (row);
  SwDialog *dialog = sw_dialog_new (sw_record_get_text (record, "label"), NULL);

  sw_dialog_add_row (dialog, sw_text_row_new ("label", _("Name")));
  sw_dialog_add_row (dialog, sw_area_row_new ("invoice_text", _("Text on invoices")));
  sw_dialog_set_width (dialog, 520);
  present_edit (dialog, page, "payment_method_save", "code", record);
}

void
sw_administration_lists_show_methods (AdwPreferencesGroup *group, SwPage *page, GListModel *rows)
{
  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) method = g_list_model_get_item (rows, i);

      make_editable (sw_facts_add (group, sw_record_get_text (method, "label"),
                                   sw_record_get_text (method, "invoice_text")),
                     page, method, G_CALLBACK (on_edit_method));
    }
}

/* Numbers */

static const SwChoice series_names[] = {
  { "invoice", N_("Invoices"), SW_BADGE_NEUTRAL },
  { "credit_note", N_("Credit notes"), SW_BADGE_NEUTRAL },
  { "customer", N_("Customers"), SW_BADGE_NEUTRAL },
  { "contract", N_("Contracts"), SW_BADGE_NEUTRAL },
  { "mandate", N_("Mandates"), SW_BADGE_NEUTRAL },
  { "service", N_("Sites of installation"), SW_BADGE_NEUTRAL },
  { "order", N_("Orders"), SW_BADGE_NEUTRAL },
  { NULL }
};

static void
on_edit_series (GtkWidget *row, SwPage *page)
{
  SwRecord *record = row_record (row);
  SwDialog *dialog = sw_dialog_new (
      sw_choice_label (series_names, sw_record_get_text (record, "code")),
      _("{AAAA} and {AA} stand for the year, {MM} for the month, {N:6} for the number on six digits."));

  sw_dialog_add_row (dialog, sw_text_row_new ("template", _("Form of the number")));
  sw_dialog_add_row (dialog, sw_switch_row_new ("restarts_yearly", _("Starts again at 1 every year")));
  present_edit (dialog, page, "number_series_save", "code", record);
}

void
sw_administration_lists_show_series (AdwPreferencesGroup *group, SwPage *page, GListModel *rows)
{
  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) series = g_list_model_get_item (rows, i);
      g_autofree char *next = g_strdup_printf (_("Next: %s"), sw_record_get_text (series, "preview"));

      make_editable (sw_facts_add (group,
                                   sw_choice_label (series_names, sw_record_get_text (series, "code")),
                                   next),
                     page, series, G_CALLBACK (on_edit_series));
    }
}

/* Operators */

static const SwChoice providers[] = {
  { "internal", N_("Own network: accepted at once"), SW_BADGE_NEUTRAL },
  { "manual", N_("A person asks and notes the answer"), SW_BADGE_NEUTRAL },
  { "cfast", "CFAST", SW_BADGE_NEUTRAL },
  { "alphalink", "Alphalink", SW_BADGE_NEUTRAL },
  { NULL }
};

static void
edit_operator (SwPage *page, SwRecord *record)
{
  SwDialog *dialog = sw_dialog_new (record == NULL ? _("New operator") : sw_record_get_text (record, "name"), NULL);
  GtkWidget *provider = sw_choice_row_new ("provider", _("Requests are carried by"));

  sw_choice_row_set_choices (SW_CHOICE_ROW (provider), providers);
  sw_dialog_add_row (dialog, sw_text_row_new ("name", _("Name")));
  sw_dialog_add_row (dialog, provider);
  sw_dialog_add_row (dialog, sw_number_row_new ("sim_alert_level", _("Fewest SIM cards wanted in stock"), 0, NULL));
  if (record != NULL)
    sw_dialog_add_row (dialog, sw_switch_row_new ("active", _("Active")));
  present_edit (dialog, page, "operator_save", "id", record);
}

static void
on_edit_operator (GtkWidget *row, SwPage *page)
{
  edit_operator (page, row_record (row));
}

static void
on_new_operator (GtkWidget *row, SwPage *page)
{
  edit_operator (page, NULL);
}

void
sw_administration_lists_show_operators (AdwPreferencesGroup *group, SwPage *page, GListModel *rows)
{
  GtkWidget *last;

  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) operator= g_list_model_get_item (rows, i);
      g_autofree char *level = g_strdup_printf (_("%s SIM cards in stock, at least %s wanted"),
                                                sw_record_get_text (operator, "in_stock"),
                                                sw_record_get_text (operator, "sim_alert_level"));
      GtkWidget *row = sw_facts_add (group, sw_record_get_text (operator, "name"), level);

      if (sw_record_get_bool (operator, "is_low"))
        sw_facts_add_badge (row, _("Low stock"), SW_BADGE_WARNING);
      if (!sw_record_get_bool (operator, "active"))
        sw_facts_add_badge (row, _("Inactive"), SW_BADGE_NEUTRAL);
      make_editable (row, page, operator, G_CALLBACK (on_edit_operator));
    }
  last = sw_facts_add (group, _("Add an operator"), NULL);
  adw_action_row_add_prefix (ADW_ACTION_ROW (last), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (last), TRUE);
  g_signal_connect_object (last, "activated", G_CALLBACK (on_new_operator), page, 0);
}

/* People */

/* "Add a …" at the end of a list. */
static void
add_adder (AdwPreferencesGroup *group, SwPage *page, const char *title, GCallback callback)
{
  GtkWidget *row = sw_facts_add (group, title, NULL);

  adw_action_row_add_prefix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("list-add-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_signal_connect_object (row, "activated", callback, page, 0);
}

static SwLoginKind
login_kind (SwRecord *user)
{
  if (sw_record_get_text (user, "customer_id") != NULL)
    return SW_LOGIN_CUSTOMER;
  return sw_record_get_text (user, "introducer_id") != NULL ? SW_LOGIN_PARTNER : SW_LOGIN_OFFICE;
}

static void
on_edit_user (GtkWidget *row, SwPage *page)
{
  SwRecord *user = row_record (row);

  sw_login_dialog_present (page, login_kind (user), user, NULL, NULL);
}

static void
on_new_user (GtkWidget *row, SwPage *page)
{
  sw_login_dialog_present (page, SW_LOGIN_OFFICE, NULL, NULL, NULL);
}

void
sw_administration_lists_show_users (AdwPreferencesGroup *group, SwPage *page, SwRecord *administration)
{
  GListModel *rows = sw_record_get_rows (administration, "users");

  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) user = g_list_model_get_item (rows, i);
      const char *const *names = sw_record_get_strv (user, "roles");
      GtkWidget *row = sw_facts_add (group, sw_record_get_text (user, "display_name"),
                                     sw_record_get_text (user, "role_name"));

      for (guint r = 0; names[r] != NULL; r++)
        {
          const SwChoice *role = sw_choice_find (sw_login_roles, names[r]);

          if (role != NULL)
            sw_facts_add_badge (row, _(role->label), role->style);
        }
      if (!sw_record_get_bool (user, "active"))
        sw_facts_add_badge (row, _("Locked out"), SW_BADGE_WARNING);
      if (sw_record_get_bool (user, "may_change"))
        make_editable (row, page, user, G_CALLBACK (on_edit_user));
    }
  if (sw_record_get_bool (administration, "may_add_user"))
    add_adder (group, page, _("Add a user"), G_CALLBACK (on_new_user));
}

/* The kind of identifier is called like the field. */
static GtkWidget *
new_identifier_row (const char *field, const char *title)
{
  GtkWidget *row = sw_text_row_new (field, title);

  g_object_set (row, "kind", field, NULL);
  return row;
}

static void
edit_introducer (SwPage *page, SwRecord *record)
{
  SwDialog *dialog = sw_dialog_new (record == NULL ? _("New business introducer")
                                                   : sw_record_get_text (record, "name"),
                                    NULL);

  sw_dialog_add_row (dialog, sw_text_row_new ("name", _("Name")));
  sw_dialog_add_row (dialog, sw_number_row_new ("commission_rate", _("Commission"), 2, "%"));
  sw_dialog_add_row (dialog, new_identifier_row ("email", _("E-mail")));
  sw_dialog_add_row (dialog, new_identifier_row ("phone", _("Phone")));
  if (record != NULL)
    sw_dialog_add_row (dialog, sw_switch_row_new ("active", _("Active")));
  present_edit (dialog, page, "introducer_save", "id", record);
}

static void
on_edit_introducer (GtkWidget *row, SwPage *page)
{
  edit_introducer (page, row_record (row));
}

static void
on_new_introducer (GtkWidget *row, SwPage *page)
{
  edit_introducer (page, NULL);
}

static void
on_give_access (GtkButton *button, SwPage *page)
{
  SwRecord *introducer = row_record (GTK_WIDGET (button));

  sw_login_dialog_present (page, SW_LOGIN_PARTNER, NULL,
                           sw_record_get_record (introducer, "proposed_login"), NULL);
}

static void
add_access_button (GtkWidget *row, SwPage *page, SwRecord *introducer)
{
  GtkWidget *button = gtk_button_new_from_icon_name ("dialog-password-symbolic");
  g_autofree char *label
      = g_strdup_printf (_("Give access to %s"), sw_record_get_text (introducer, "name"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_object_set_data_full (G_OBJECT (button), "sw-record", g_object_ref (introducer), g_object_unref);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_give_access), page, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

void
sw_administration_lists_show_introducers (AdwPreferencesGroup *group,
                                          SwPage *page,
                                          SwRecord *administration)
{
  GListModel *rows = sw_record_get_rows (administration, "introducers");
  gboolean gives_access = sw_record_get_bool (administration, "may_give_access");

  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) introducer = g_list_model_get_item (rows, i);
      g_autofree char *rate = sw_money_format_percent (sw_record_get_text (introducer, "commission_rate"));
      g_autofree char *customers = g_strdup_printf (
          ngettext ("%d customer", "%d customers", (int) sw_record_get_int (introducer, "customer_count")),
          (int) sw_record_get_int (introducer, "customer_count"));
      GtkWidget *row = sw_facts_add (group, sw_record_get_text (introducer, "name"), customers);

      sw_facts_add_figure (row, rate);
      if (!sw_record_get_bool (introducer, "active"))
        sw_facts_add_badge (row, _("Inactive"), SW_BADGE_NEUTRAL);
      if (gives_access)
        add_access_button (row, page, introducer);
      make_editable (row, page, introducer, G_CALLBACK (on_edit_introducer));
    }
  add_adder (group, page, _("Add a business introducer"), G_CALLBACK (on_new_introducer));
}

/* The schedule */

#define MOST_RUNS 30

void
sw_administration_lists_show_runs (AdwPreferencesGroup *group, GListModel *rows)
{
  guint n_rows = g_list_model_get_n_items (rows);
  g_autofree char *rest = sw_words_rest (n_rows, MOST_RUNS);

  sw_facts_clear (group);
  for (guint i = 0; i < MIN (n_rows, MOST_RUNS); i++)
    {
      g_autoptr (SwRecord) run = g_list_model_get_item (rows, i);
      g_autofree char *when = sw_date_format_instant (sw_record_get_text (run, "started_at"));
      g_autofree char *until = sw_date_format (sw_record_get_text (run, "until_on"));
      g_autofree char *subtitle = g_strdup_printf (_("Everything due by %s"), until);
      g_autofree char *count = g_strdup_printf (
          ngettext ("%d invoice", "%d invoices", (int) sw_record_get_int (run, "invoices")),
          (int) sw_record_get_int (run, "invoices"));
      GtkWidget *row = sw_facts_add (group, when, subtitle);

      sw_facts_add_figure (row, count);
      if (sw_record_get_int (run, "failures") > 0)
        {
          g_autofree char *failures = g_strdup_printf (
              ngettext ("%d failure", "%d failures", (int) sw_record_get_int (run, "failures")),
              (int) sw_record_get_int (run, "failures"));

          sw_facts_add_badge (row, failures, SW_BADGE_ALERT);
        }
    }
  if (rest != NULL)
    sw_facts_add (group, rest, NULL);
  if (n_rows == 0)
    sw_facts_add (group, _("Nothing yet"), _("The schedule bills every hour what is due."));
}

static void
on_retried (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwPage) page = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, &error);

  if (error != NULL)
    sw_dialog_tell_error (GTK_WIDGET (page), _("It failed again"), error);
  sw_page_refresh (page);
}

static void
on_retry (GtkButton *button, SwPage *page)
{
  const gint64 *id = g_object_get_data (G_OBJECT (button), "sw-failure");
  g_autoptr (SwCall) call = sw_call_new ("job_failure_retry");

  gtk_widget_set_sensitive (GTK_WIDGET (button), FALSE);
  sw_call_add_id (call, NULL, *id);
  sw_call_set_once (call, NULL);
  sw_call_run_async (call, sw_page_get_session (page), sw_page_get_cancellable (page), on_retried,
                     g_object_ref (page));
}

void
sw_administration_lists_show_failures (AdwPreferencesGroup *group, SwPage *page, GListModel *rows)
{
  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) failure = g_list_model_get_item (rows, i);
      g_autofree char *due = sw_date_format (sw_record_get_text (failure, "due_on"));
      g_autofree char *title = g_strdup_printf ("%s · %s", sw_record_get_text (failure, "contract_number"),
                                                sw_record_get_text (failure, "customer_name"));
      g_autofree char *why = sw_rule_sentence (sw_record_get_text (failure, "code"), NULL,
                                               sw_record_get_text (failure, "detail"),
                                               sw_record_get_text (failure, "message"));
      g_autofree char *subtitle = g_strdup_printf (_("Due on %s: %s"), due, why);
      GtkWidget *row = sw_facts_add (group, title, subtitle);
      GtkWidget *button = gtk_button_new_with_label (_("Try again"));
      gint64 id = sw_record_get_id (failure);

      gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
      g_object_set_data_full (G_OBJECT (button), "sw-failure", g_memdup2 (&id, sizeof id), g_free);
      g_signal_connect_object (button, "clicked", G_CALLBACK (on_retry), page, 0);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
      sw_facts_set_link (row, "contract", sw_record_get_int (failure, "contract_id"));
    }
  if (g_list_model_get_n_items (rows) == 0)
    sw_facts_add (group, _("None: everything due was billed"), NULL);
}
