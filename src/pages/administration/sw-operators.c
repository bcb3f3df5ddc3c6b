/* sw-operators.c: see sw-operators.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/administration/sw-operators.h"

#include <glib/gi18n-lib.h>

#include "model/sw-record-list.h"
#include "model/sw-rule-messages.h"
#include "network/sw-secret.h"
#include "network/sw-sync.h"
#include "pages/administration/sw-operators-lists.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-switch-row.h"
#include "widgets/sw-text-row.h"
#include "widgets/sw-toast.h"

struct _SwOperators
{
  GObject parent_instance;

  SwPage *page; /* not owned: it owns this */
  AdwPreferencesGroup *providers;
  AdwPreferencesGroup *runs;
  AdwPreferencesGroup *anomalies;
  SwRecordList *provider_list;
  SwRecordList *run_list;
  SwRecordList *anomaly_list;

  SwSync *sync; /* under way */
  char *sync_code;
  GCancellable *cancellable;
  GtkWidget *bar;
  GtkWidget *told;
};

G_DEFINE_FINAL_TYPE (SwOperators, sw_operators, G_TYPE_OBJECT)

/* Synchronising */

static char *
progress_text (SwOperators *self)
{
  const SwSyncProgress *p = sw_sync_get_progress (self->sync);

  return g_strdup_printf (_("%u of %u questions · %u new · %u changed · %u as they were"), p->done, p->total, p->created, p->changed, p->same);
}

static void
on_progress (SwSync *sync, SwOperators *self)
{
  const SwSyncProgress *p = sw_sync_get_progress (sync);
  g_autofree char *text = progress_text (self);

  if (self->bar == NULL)
    return;
  gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (self->bar), p->total > 0 ? (double) p->done / p->total : 0);
  gtk_label_set_text (GTK_LABEL (self->told), text);
}

static void
on_synchronised (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwOperators) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean done = sw_sync_run_finish (SW_SYNC (source), result, &error);
  g_autofree char *text = progress_text (self);

  g_clear_object (&self->sync);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sync_code, g_free);
  self->bar = self->told = NULL;
  if (self->page == NULL)
    return;
  if (done)
    sw_toast (GTK_WIDGET (self->page), text);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    sw_toast (GTK_WIDGET (self->page), _("Stopped: the next synchronisation goes on from here"));
  else
    sw_dialog_tell_error (GTK_WIDGET (self->page), _("The synchronisation ended early; the next one goes on from here"), error);
  sw_operators_refresh (self);
}

static void show_providers (SwOperators *self);

typedef struct
{
  SwOperators *self;
  gboolean full;
} Start;

static void
on_secret (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Start *start = user_data;
  g_autoptr (SwOperators) self = start->self;
  char *secret = sw_secret_lookup_finish (result, NULL);

  if (self->page != NULL)
    sw_sync_run_async (self->sync, start->full, secret, self->cancellable, on_synchronised, g_object_ref (self));
  sw_secret_free (secret);
}

static void
synchronise (SwOperators *self, SwRecord *provider, gboolean full)
{
  Start *start;

  if (self->sync != NULL)
    return;
  start = g_new0 (Start, 1);
  start->self = g_object_ref (self);
  start->full = full;
  self->sync_code = g_strdup (sw_record_get_text (provider, "code"));
  self->cancellable = g_cancellable_new ();
  self->sync = sw_sync_new (sw_page_get_session (self->page), self->sync_code, NULL);
  g_signal_connect_object (self->sync, "progress", G_CALLBACK (on_progress), self, 0);
  show_providers (self);
  sw_secret_lookup_async (self->sync_code, sw_record_get_text (provider, "base_url"), sw_record_get_text (provider, "account"),
                          self->cancellable, on_secret, start);
}

static SwRecord *
record_of (GtkWidget *widget)
{
  return g_object_get_data (G_OBJECT (widget), "sw-record");
}

static void
on_changes (GtkWidget *button, SwOperators *self)
{
  synchronise (self, record_of (button), FALSE);
}

static void
on_everything (GtkWidget *button, SwOperators *self)
{
  synchronise (self, record_of (button), TRUE);
}

static void
on_stop (GtkWidget *button, SwOperators *self)
{
  gtk_widget_set_sensitive (button, FALSE);
  sw_operators_stop (self);
}

/* Settings */

static void
on_secret_stored (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwPage) page = user_data;
  g_autoptr (GError) error = NULL;

  if (!sw_secret_store_finish (result, &error))
    sw_dialog_tell_error (GTK_WIDGET (page), _("The keyring of this computer did not keep the secret"), error);
}

typedef struct
{
  SwOperators *self;
  SwRecord *provider;
  GtkWidget *secret;
  char *base_url;
  char *account;
} Edit;

static void
edit_free (gpointer data, GClosure *closure)
{
  Edit *edit = data;

  g_object_unref (edit->self);
  g_object_unref (edit->provider);
  g_free (edit->base_url);
  g_free (edit->account);
  g_free (edit);
}

static void
on_saved (gint64 id, gpointer data)
{
  if (SW_OPERATORS (data)->page != NULL)
    sw_operators_refresh (data);
}

static void
on_apply (SwDialog *dialog, const char *button, Edit *edit)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (SwCall) call = NULL;
  g_autofree char *base_url = NULL;
  g_autofree char *account = NULL;
  const char *secret = gtk_editable_get_text (GTK_EDITABLE (edit->secret));

  if (!sw_dialog_check (dialog))
    return;
  object = sw_field_set_build (sw_dialog_get_fields (dialog));
  if (object == NULL)
    return;
  base_url = sw_dialog_get_value (dialog, "base_url");
  account = sw_dialog_get_value (dialog, "account");
  /* To the keyring and nowhere else; left empty, the one there stays. */
  if (*secret != '\0')
    sw_secret_store_async (sw_record_get_text (edit->provider, "code"), base_url, account, secret, NULL, on_secret_stored,
                           g_object_ref (edit->self->page));
  call = sw_call_new ("provider_save");
  sw_call_add_json_object (call, NULL, object);
  sw_dialog_run_call (dialog, call, sw_page_get_session (edit->self->page), on_saved, g_object_ref (edit->self), g_object_unref);
}

static void
on_edit (GtkWidget *row, SwOperators *self)
{
  SwRecord *provider = record_of (row);
  SwDialog *dialog = sw_dialog_new (sw_record_get_text (provider, "label"),
                                    _("The secret goes to the keyring of this computer, never to the database. Left empty, the one kept there stays."));
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *secret = adw_password_entry_row_new ();
  g_autoptr (JsonObject) base = sw_record_to_json (provider);
  Edit *edit = g_new0 (Edit, 1);

  edit->self = g_object_ref (self);
  edit->provider = g_object_ref (provider);
  edit->secret = secret;
  sw_dialog_add_row (dialog, sw_switch_row_new ("active", _("In use")));
  sw_dialog_add_row (dialog, sw_text_row_new ("base_url", _("Address")));
  sw_dialog_add_row (dialog, sw_text_row_new ("account", _("Account")));
  sw_dialog_add_row (dialog, sw_text_row_new ("ca_file", _("File of trusted certificates")));
  sw_dialog_add_row (dialog, sw_number_row_new ("page_size", _("Objects asked at once"), 0, NULL));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (secret), _("Secret"));
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_list_box_append (GTK_LIST_BOX (list), secret);
  sw_dialog_add_child (dialog, list);
  sw_dialog_set_width (dialog, 520);
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "save", _("_Save"), SW_BUTTON_SUGGESTED);
  sw_field_set_load (sw_dialog_get_fields (dialog), base);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), edit, edit_free, 0);
  sw_dialog_present (dialog, GTK_WIDGET (self->page));
}

/* The list of systems */

static gboolean
may_synchronise (SwOperators *self)
{
  SwSession *session = sw_page_get_session (self->page);

  return sw_session_has_role (session, "sw_admin") || sw_session_has_role (session, "sw_adv");
}

static GtkWidget *
add_button (SwOperators *self, GtkWidget *row, SwRecord *provider, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data_full (G_OBJECT (button), "sw-record", g_object_ref (provider), g_object_unref);
  g_signal_connect_object (button, "clicked", callback, self, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

/* Takes the place of the buttons while it lasts. */
static void
add_progress (SwOperators *self, SwRecord *provider)
{
  GtkWidget *row = sw_facts_add (self->providers, _("Synchronising"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  self->bar = gtk_progress_bar_new ();
  self->told = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->told), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->told), 0);
  gtk_widget_add_css_class (self->told, "dim-label");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->bar), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Progress of the synchronisation"), -1);
  gtk_widget_set_hexpand (box, TRUE);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (box, 12);
  gtk_widget_set_margin_bottom (box, 12);
  gtk_box_append (GTK_BOX (box), self->bar);
  gtk_box_append (GTK_BOX (box), self->told);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), box);
  add_button (self, row, provider, _("Stop"), G_CALLBACK (on_stop));
  on_progress (self->sync, self);
}

static void
add_provider (SwOperators *self, SwRecord *provider)
{
  gboolean active = sw_record_get_bool (provider, "active");
  SwProviderPlace nowhere = { 0 };
  g_autoptr (SwProvider) connector = sw_provider_new (sw_record_get_text (provider, "code"), &nowhere, NULL);
  gboolean lists = connector != NULL && sw_provider_can (connector, SW_PROVIDER_LIST);
  g_autoptr (GError) why = NULL;
  const char *subtitle = active ? sw_record_get_text (provider, "base_url") : _("Not in use");
  GtkWidget *row;

  /* What a connector cannot do is said before it is asked. */
  if (connector != NULL && !lists && !sw_provider_send (connector, "line_activate", &why))
    subtitle = why->message;
  row = sw_facts_add (self->providers, sw_record_get_text (provider, "label"), subtitle);
  if (sw_session_has_role (sw_page_get_session (self->page), "sw_admin"))
    {
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      g_object_set_data_full (G_OBJECT (row), "sw-record", g_object_ref (provider), g_object_unref);
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), gtk_image_new_from_icon_name ("document-edit-symbolic"));
      g_signal_connect_object (row, "activated", G_CALLBACK (on_edit), self, 0);
    }
  if (!active || !lists || !may_synchronise (self))
    return;
  if (self->sync != NULL)
    {
      if (g_strcmp0 (self->sync_code, sw_record_get_text (provider, "code")) == 0)
        add_progress (self, provider);
      return;
    }
  row = sw_facts_add (self->providers, _("Bring what it knows"), _("What changed since the last time, or everything again"));
  add_button (self, row, provider, _("Everything"), G_CALLBACK (on_everything));
  gtk_widget_add_css_class (add_button (self, row, provider, _("Synchronise"), G_CALLBACK (on_changes)), "suggested-action");
}

static void
show_providers (SwOperators *self)
{
  GListModel *rows = G_LIST_MODEL (self->provider_list);

  sw_facts_clear (self->providers);
  self->bar = self->told = NULL;
  for (guint i = 0; rows != NULL && i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) provider = g_list_model_get_item (rows, i);

      add_provider (self, provider);
    }
}

/* Reading */

static void
on_providers_loaded (SwRecordList *list, SwOperators *self)
{
  show_providers (self);
}

static void
on_runs_loaded (SwRecordList *list, SwOperators *self)
{
  sw_operators_lists_show_runs (self->runs, G_LIST_MODEL (list));
}

static void
on_anomalies_loaded (SwRecordList *list, SwOperators *self)
{
  sw_operators_lists_show_anomalies (self->anomalies, self->page, G_LIST_MODEL (list));
}

static void
on_list_error (SwRecordList *list, GParamSpec *pspec, AdwPreferencesGroup *group)
{
  if (sw_record_list_get_error (list) == NULL)
    return;
  sw_facts_clear (group);
  sw_facts_add (group, sw_record_list_get_error (list), NULL);
}

static SwRecordList *
read_list (SwOperators *self, SwListQuery *query, AdwPreferencesGroup *group, GCallback callback)
{
  SwRecordList *list = sw_record_list_new (sw_page_get_session (self->page), query);

  g_signal_connect_object (list, "loaded", callback, self, 0);
  g_signal_connect_object (list, "notify::error", G_CALLBACK (on_list_error), group, 0);
  return list;
}

void
sw_operators_refresh (SwOperators *self)
{
  static const char *provider_columns[] = { "code", "label", "base_url", "account", "ca_file", "page_size", "active", "row_version", NULL };
  static const char *run_columns[] = { "provider", "status", "message", "is_full", "created", "changed", "same", "started_at", NULL };
  static const char *anomaly_columns[]
      = { "provider", "code", "kind", "external_id", "name", "told", "entity", "entity_id", "customer_id", "customer_name", NULL };
  g_autoptr (SwListQuery) providers = sw_list_query_new ("provider");
  g_autoptr (SwListQuery) runs = sw_list_query_new ("sync_run");
  g_autoptr (SwListQuery) anomalies = sw_list_query_new ("sync_anomaly");

  sw_list_query_set_columns (providers, provider_columns);
  sw_list_query_set_sort (providers, "id", FALSE);
  g_clear_object (&self->provider_list);
  self->provider_list = read_list (self, providers, self->providers, G_CALLBACK (on_providers_loaded));
  sw_list_query_set_columns (runs, run_columns);
  sw_list_query_set_sort (runs, "id", TRUE);
  g_clear_object (&self->run_list);
  self->run_list = read_list (self, runs, self->runs, G_CALLBACK (on_runs_loaded));
  sw_list_query_set_columns (anomalies, anomaly_columns);
  sw_list_query_set_sort (anomalies, "id", TRUE);
  sw_list_query_set_filter (anomalies, "resolved_at", SW_FILTER_NULL, NULL);
  g_clear_object (&self->anomaly_list);
  self->anomaly_list = read_list (self, anomalies, self->anomalies, G_CALLBACK (on_anomalies_loaded));
}

void
sw_operators_stop (SwOperators *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

/* While it runs here its own progress is on the screen; every batch is a change. */
static void
on_changed (SwOperators *self)
{
  if (self->sync == NULL)
    sw_operators_refresh (self);
}

static void
on_page_gone (gpointer data, GObject *page)
{
  SwOperators *self = data;

  self->page = NULL;
  sw_operators_stop (self);
}

SwOperators *
sw_operators_new (SwPage *page, SwAdministrationSection *section)
{
  SwOperators *self = g_object_new (SW_TYPE_OPERATORS, NULL);

  self->page = page;
  g_object_weak_ref (G_OBJECT (page), on_page_gone, self);
  self->providers = ADW_PREFERENCES_GROUP (sw_administration_section_get (section, "providers"));
  self->runs = ADW_PREFERENCES_GROUP (sw_administration_section_get (section, "sync_runs"));
  self->anomalies = ADW_PREFERENCES_GROUP (sw_administration_section_get (section, "anomalies"));
  g_signal_connect_object (sw_session_get_change_feed (sw_page_get_session (page)), "changed::provider", G_CALLBACK (on_changed),
                           self, G_CONNECT_SWAPPED);
  return self;
}

static void
dispose (GObject *object)
{
  SwOperators *self = SW_OPERATORS (object);

  if (self->page != NULL)
    g_object_weak_unref (G_OBJECT (self->page), on_page_gone, self);
  self->page = NULL;
  sw_operators_stop (self);
  g_clear_object (&self->provider_list);
  g_clear_object (&self->run_list);
  g_clear_object (&self->anomaly_list);
  g_clear_object (&self->sync);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->sync_code, g_free);
  G_OBJECT_CLASS (sw_operators_parent_class)->dispose (object);
}

static void
sw_operators_class_init (SwOperatorsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
}

static void
sw_operators_init (SwOperators *self)
{
}
