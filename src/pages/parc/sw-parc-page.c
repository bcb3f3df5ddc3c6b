/* sw-parc-page.c: the parc: sites of installation, their lines and machines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/parc/sw-parc-page.h"

#include <glib/gi18n-lib.h>

#include "parc-resources.h"
#include "base/sw-date.h"
#include "base/sw-money.h"
#include "pages/common/sw-parc-list.h"
#include "pages/common/sw-parc-words.h"
#include "pages/common/sw-place.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-figure.h"
#include "widgets/sw-lookup-row.h"

struct _SwParcPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *switcher;
  GtkWidget *stack;
  GtkWidget *figures;
  SwFigure *active_lines;
  SwFigure *machines;
  SwFigure *monthly_net;
  SwLookupRow *customer;
  SwChoiceRow *billing_site;
  GtkWidget *account_address;
  AdwPreferencesGroup *lines;
  SwParcList *parc;
  AdwPreferencesGroup *events;
  AdwPreferencesGroup *history;

  GCancellable *reading_account;
  gint64 account_id;      /* the customer whose sites and address are shown; 0: none */
  gint64 new_customer_id; /* whose site the next new one is; 0: not known */
};

G_DEFINE_FINAL_TYPE (SwParcPage, sw_parc_page, SW_TYPE_RECORD_PAGE)

static const SwColumn columns[] = {
  { .field = "number", .title = N_("Number"), .width = 120, .priority = 3, .sortable = TRUE },
  { .field = "name", .title = N_("Site"), .main = TRUE, .sortable = TRUE },
  { .field = "customer_name", .title = N_("Customer"), .width = 180, .priority = 4, .sortable = TRUE },
  { .field = "kind", .title = N_("Type"), .kind = SW_COLUMN_CHOICE, .width = 110, .sortable = TRUE,
    .choices = sw_parc_words_kinds },
  { .field = "city", .title = N_("City"), .width = 140, .priority = 2, .sortable = TRUE },
  { .field = "operator_name", .title = N_("Operator"), .width = 120, .priority = 3, .sortable = TRUE },
  { .field = "line_count", .title = N_("Lines"), .kind = SW_COLUMN_NUMBER, .width = 70, .priority = 1,
    .sortable = TRUE },
  { .field = "equipment_count", .title = N_("Machines"), .kind = SW_COLUMN_NUMBER, .width = 80,
    .priority = 5, .sortable = TRUE, .optional = TRUE },
  { .field = "status", .title = N_("Status"), .kind = SW_COLUMN_CHOICE, .width = 120, .priority = 5,
    .sortable = TRUE, .optional = TRUE, .choices = sw_parc_words_statuses },
  { .field = "postcode", .title = N_("Postcode"), .width = 80, .priority = 6, .sortable = TRUE,
    .optional = TRUE },
  { .field = "siret", .title = N_("SIRET"), .width = 150, .priority = 6, .sortable = TRUE,
    .optional = TRUE, .identifier = SW_IDENTIFIER_SIRET },
  { .field = "internal_reference", .title = N_("Internal reference"), .width = 120, .priority = 6,
    .sortable = TRUE, .optional = TRUE },
  { .field = "private_installer", .title = N_("Private installer"), .width = 150, .priority = 6,
    .sortable = TRUE, .optional = TRUE },
  { .field = "it_contractor", .title = N_("IT contractor"), .width = 150, .priority = 6,
    .sortable = TRUE, .optional = TRUE },
  { .field = "free_text", .title = N_("Free text"), .width = 200, .priority = 6, .sortable = TRUE,
    .optional = TRUE },
  { .field = "billing_site_name", .title = N_("Billing site"), .width = 150, .priority = 6,
    .sortable = TRUE, .optional = TRUE },
  { .field = "external_id", .title = N_("Imported as"), .width = 120, .priority = 6, .sortable = TRUE,
    .optional = TRUE },
  { .field = "activity", .title = N_("Activity"), .kind = SW_COLUMN_BADGE, .width = 100,
    .sortable = TRUE, .choices = sw_parc_words_activities },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("Fixed"), "kind", SW_FILTER_EQUAL, "fixed" },
  { N_("Internet"), "kind", SW_FILTER_EQUAL, "internet" },
  { N_("Mobile"), "kind", SW_FILTER_EQUAL, "mobile" },
  { N_("Cybersecurity"), "kind", SW_FILTER_EQUAL, "cybersecurity" },
  { N_("Active"), "activity", SW_FILTER_EQUAL, "active" },
  { N_("Terminated"), "activity", SW_FILTER_EQUAL, "terminated" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "service",
  .columns = columns,
  .filters = filters,
  .sort = "name",
  .search = N_("Site, customer, number, SIRET, city…"),
  .title = N_("Parc"),
  .icon_name = "network-wired-symbolic",
  .new_label = N_("New site"),
  .empty_title = N_("No site of installation yet"),
  .empty_text = N_("Lines and machines are at one. A file of them can be imported."),
  .list_width = 460,
  .record_width = -1,
};

static SwRow *
field_row (SwParcPage *self, const char *field)
{
  return sw_form_get_row (sw_record_page_get_form (SW_RECORD_PAGE (self)), field);
}

/* {{{ The customer: billing sites to choose from, the address that serves */

static void
show_address_fields (SwParcPage *self)
{
  static const char *const fields[] = { "address_1", "address_2", "postcode", "city", "country" };
  g_autofree char *own = sw_row_get_value (field_row (self, "own_address"), NULL);
  gboolean is_own = g_strcmp0 (own, "true") == 0;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    gtk_widget_set_visible (GTK_WIDGET (field_row (self, fields[i])), is_own);
  gtk_widget_set_visible (self->account_address, !is_own);
}

static void
show_account_address (SwParcPage *self, SwRecord *account)
{
  g_autofree char *address = account != NULL ? sw_parc_words_address (account) : g_strdup ("");

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->account_address),
                               *address != '\0' ? address : _("It has none yet"));
}

static void
on_account_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwRecord) account = sw_call_read_record_finish (result, NULL);
  SwParcPage *self = data;
  g_autofree char *chosen = NULL;

  if (account == NULL) /* cancelled: self may be gone; lost or refused: saving will say so */
    return;
  chosen = sw_row_get_value (SW_ROW (self->billing_site), NULL);
  sw_choice_row_set_rows (self->billing_site, sw_record_get_rows (account, "sites"), "id", "name");
  sw_row_set_value (SW_ROW (self->billing_site), chosen);
  show_account_address (self, account);
}

static void
read_account (SwParcPage *self, gint64 id)
{
  if (self->account_id == id)
    return;
  self->account_id = id;
  g_cancellable_cancel (self->reading_account);
  g_clear_object (&self->reading_account);
  show_account_address (self, NULL);
  if (id == 0)
    return;
  self->reading_account = g_cancellable_new ();
  sw_call_read_record_async (sw_page_get_session (SW_PAGE (self)), "customer", id, self->reading_account,
                             on_account_read, self);
}

static void
on_customer_chosen (SwParcPage *self)
{
  g_autofree char *id = sw_row_get_value (SW_ROW (self->customer), NULL);

  sw_row_set_value (SW_ROW (self->billing_site), NULL);
  read_account (self, id == NULL ? 0 : g_ascii_strtoll (id, NULL, 10));
}

/* }}} */

/* {{{ What it shows */

static void
on_choices_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwRecord) choices = sw_call_run_finish_record (result, NULL);
  SwParcPage *self = data;

  if (choices == NULL) /* cancelled, or no answer: what is loaded is still shown */
    return;
  sw_choice_row_set_rows (SW_CHOICE_ROW (field_row (self, "operator_id")),
                          sw_record_get_rows (choices, "operators"), "id", "name");
  sw_choice_row_set_rows (SW_CHOICE_ROW (field_row (self, "country")),
                          sw_record_get_rows (choices, "countries"), "code", "name");
}

static void
show_figures (SwParcPage *self, SwRecord *service)
{
  SwRecord *figures = sw_record_get_record (service, "figures");
  g_autofree char *lines = sw_money_format_number (sw_record_get_text (figures, "active_lines"), 0);
  g_autofree char *machines = sw_money_format_number (sw_record_get_text (service, "equipment_count"), 0);
  g_autofree char *monthly = sw_money_format (sw_record_get_text (figures, "monthly_net"));

  gtk_widget_set_visible (self->figures, TRUE);
  sw_figure_set (self->active_lines, lines, SW_BADGE_NEUTRAL);
  sw_figure_set (self->machines, machines, SW_BADGE_NEUTRAL);
  sw_figure_set (self->monthly_net, monthly, SW_BADGE_NEUTRAL);
}

/* "Orange — 12, active" */
static void
show_lines (SwParcPage *self, SwRecord *service)
{
  GListModel *rows = sw_record_get_rows (service, "lines_by_activity");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_facts_clear (self->lines);
  gtk_widget_set_visible (GTK_WIDGET (self->lines), n_rows > 0);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (SwRecord) group = g_list_model_get_item (rows, i);
      const char *operator_name = sw_record_get_text (group, "operator_name");
      const SwChoice *state
          = sw_choice_find (sw_parc_words_line_states, sw_record_get_text (group, "state"));
      g_autofree char *count = sw_money_format_number (sw_record_get_text (group, "lines"), 0);
      GtkWidget *row
          = sw_facts_add (self->lines, operator_name != NULL ? operator_name : _("No operator"), NULL);

      sw_facts_add_figure (row, count);
      if (state != NULL)
        sw_facts_add_badge (row, _(state->label), state->style);
    }
}

static void
show_events (SwParcPage *self, SwRecord *service)
{
  GListModel *rows = sw_record_get_rows (service, "events");

  sw_facts_clear (self->events);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) event = g_list_model_get_item (rows, i);
      const SwChoice *state
          = sw_choice_find (sw_parc_words_machine_states, sw_record_get_text (event, "to_state"));
      g_autofree char *day = sw_date_format (sw_record_get_text (event, "occurred_on"));
      const char *reason = sw_record_get_text (event, "reason");
      g_autofree char *subtitle = g_strjoin (" · ", day, sw_record_get_text (event, "occurred_by"), reason, NULL);
      GtkWidget *row = sw_facts_add (self->events, sw_record_get_text (event, "equipment_label"), subtitle);

      if (state != NULL)
        sw_facts_add_badge (row, _(state->label), state->style);
      sw_facts_set_link (row, "equipment", sw_record_get_int (event, "equipment_id"));
    }
  if (g_list_model_get_n_items (rows) == 0)
    sw_facts_add (self->events, _("Nothing happened yet"), NULL);
}

static char *
describe_fields (SwRecord *change, SwForm *form)
{
  SwRecord *changes = sw_record_get_record (change, "changes");
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree const char **names = changes != NULL ? sw_record_get_names (changes) : NULL;

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    if (sw_form_get_row (form, names[i]) != NULL)
      {
        g_autofree char *title = sw_field_set_describe_path (sw_form_get_fields (form), names[i]);

        g_string_append_printf (text, " · %s", title);
      }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_history (SwParcPage *self, SwRecord *service)
{
  GListModel *rows = sw_record_get_rows (service, "history");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_facts_clear (self->history);
  gtk_widget_set_visible (GTK_WIDGET (self->history), n_rows > 0);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (SwRecord) change = g_list_model_get_item (rows, i);
      gboolean update = g_strcmp0 (sw_record_get_text (change, "action"), "update") == 0;
      g_autofree char *when = sw_date_format_instant (sw_record_get_text (change, "changed_at"));
      g_autofree char *fields
          = update ? describe_fields (change, sw_record_page_get_form (SW_RECORD_PAGE (self))) : g_strdup ("");
      g_autofree char *subtitle
          = g_strdup_printf ("%s · %s%s", sw_record_get_text (change, "changed_by_name"), when, fields);

      sw_facts_add (self->history, update ? _("Site changed") : _("Site created"), subtitle);
    }
}

/* }}} */

static void
on_new_machine (GSimpleAction *action, GVariant *parameter, SwRecordPage *page)
{
  sw_page_open (GTK_WIDGET (page), "equipment-of-service", sw_record_page_get_id (page));
}

static void
on_open_customer (GSimpleAction *action, GVariant *parameter, SwRecordPage *page)
{
  SwRecord *service = sw_record_page_get_record (page);

  if (service != NULL)
    sw_page_open (GTK_WIDGET (page), "customer", sw_record_get_int (service, "customer_id"));
}

static void
find_widgets (SwParcPage *self, GtkBuilder *builder)
{
  self->switcher = GTK_WIDGET (gtk_builder_get_object (builder, "switcher"));
  self->stack = GTK_WIDGET (gtk_builder_get_object (builder, "stack"));
  self->figures = GTK_WIDGET (gtk_builder_get_object (builder, "figures"));
  self->active_lines = SW_FIGURE (gtk_builder_get_object (builder, "active_lines"));
  self->machines = SW_FIGURE (gtk_builder_get_object (builder, "equipment_count"));
  self->monthly_net = SW_FIGURE (gtk_builder_get_object (builder, "monthly_net"));
  self->customer = SW_LOOKUP_ROW (gtk_builder_get_object (builder, "customer"));
  self->billing_site = SW_CHOICE_ROW (gtk_builder_get_object (builder, "billing_site"));
  self->account_address = GTK_WIDGET (gtk_builder_get_object (builder, "account_address"));
  self->lines = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "lines"));
  self->events = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "events"));
  self->history = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "history"));
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwParcPage *self = SW_PARC_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/parc/service.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));
  SwSession *session = sw_page_get_session (SW_PAGE (self));
  g_autoptr (SwCall) choices = sw_call_new ("choices");
  const struct
  {
    const char *id;
    const SwChoice *choices;
  } rows[] = {
    { "kind", sw_parc_words_kinds },
    { "activity", sw_parc_words_activities },
    { "status", sw_parc_words_statuses },
  };

  find_widgets (self, builder);
  self->parc = SW_PARC_LIST (sw_parc_list_new (session, "service"));
  gtk_box_append (GTK_BOX (gtk_builder_get_object (builder, "parc_place")), GTK_WIDGET (self->parc));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    sw_choice_row_set_choices (SW_CHOICE_ROW (gtk_builder_get_object (builder, rows[i].id)), rows[i].choices);
  sw_lookup_row_set_session (self->customer, session);
  sw_record_page_set_form (page, sw_form_new (view, "service"));
  g_signal_connect_object (self->customer, "notify::value", G_CALLBACK (on_customer_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (field_row (self, "own_address"), "notify::value",
                           G_CALLBACK (show_address_fields), self, G_CONNECT_SWAPPED);
  sw_place_connect (field_row (self, "postcode"), field_row (self, "city"), session);
  sw_record_page_add_action (page, "new-machine", NULL, G_CALLBACK (on_new_machine), page);
  sw_record_page_add_action (page, "open-customer", NULL, G_CALLBACK (on_open_customer), page);
  sw_call_run_async (choices, session, sw_page_get_cancellable (SW_PAGE (self)), on_choices_read, self);
  return g_object_ref_sink (view);
}

static void
show (SwRecordPage *page, SwRecord *service)
{
  SwParcPage *self = SW_PARC_PAGE (page);
  g_autoptr (GMenu) menu = g_menu_new ();

  sw_record_page_set_title (page, sw_record_get_text (service, "name"), sw_record_get_text (service, "customer_name"));
  gtk_widget_set_visible (self->switcher, TRUE);
  sw_lookup_row_set_label (self->customer, sw_record_get_text (service, "customer_name"));
  sw_row_set_editable (SW_ROW (self->customer), FALSE);
  read_account (self, sw_record_get_int (service, "customer_id"));
  sw_parc_list_set_id (self->parc, sw_record_get_id (service));
  show_address_fields (self);
  show_figures (self, service);
  show_lines (self, service);
  show_events (self, service);
  show_history (self, service);
  if (sw_page_may (SW_PAGE (page), "equipment_save"))
    g_menu_append (menu, _("New _machine here"), "record.new-machine");
  g_menu_append (menu, _("Open the _customer"), "record.open-customer");
  sw_record_page_set_menu (page, G_MENU_MODEL (menu));
}

static void
show_new (SwRecordPage *page)
{
  SwParcPage *self = SW_PARC_PAGE (page);
  g_autoptr (JsonObject) defaults = json_object_new ();

  sw_record_page_set_title (page, _("New site"), NULL);
  sw_record_page_set_menu (page, NULL);
  gtk_widget_set_visible (self->switcher, FALSE);
  gtk_widget_set_visible (self->figures, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->lines), FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "sheet");
  sw_parc_list_set_id (self->parc, 0);
  sw_lookup_row_set_label (self->customer, NULL);
  sw_row_set_editable (SW_ROW (self->customer), TRUE);
  json_object_set_string_member (defaults, "activity", "active");
  json_object_set_string_member (defaults, "status", "main");
  json_object_set_string_member (defaults, "country", "FR");
  if (self->new_customer_id != 0)
    json_object_set_int_member (defaults, "customer_id", self->new_customer_id);
  read_account (self, self->new_customer_id);
  self->new_customer_id = 0;
  sw_form_load_new (sw_record_page_get_form (page), defaults);
  show_address_fields (self);
}

/* "service-of-customer" is a new site of customer @id. */
static void
open_record (SwPage *page, const char *entity, gint64 id)
{
  if (g_str_equal (entity, "service-of-customer"))
    {
      SW_PARC_PAGE (page)->new_customer_id = id;
      sw_page_create (page);
    }
  else
    SW_PAGE_CLASS (sw_parc_page_parent_class)->open_record (page, entity, id);
}

static void
sw_parc_page_dispose (GObject *object)
{
  SwParcPage *self = SW_PARC_PAGE (object);

  g_cancellable_cancel (self->reading_account);
  g_clear_object (&self->reading_account);
  G_OBJECT_CLASS (sw_parc_page_parent_class)->dispose (object);
}

static void
sw_parc_page_class_init (SwParcPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_parc_get_resource ());
  G_OBJECT_CLASS (klass)->dispose = sw_parc_page_dispose;
  SW_PAGE_CLASS (klass)->open_record = open_record;
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_parc_page_init (SwParcPage *self)
{
}
