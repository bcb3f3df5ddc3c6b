/* sw-customers-page.c: customers, their contacts, sites, contracts and invoices
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/customers/sw-customers-page.h"

#include <glib/gi18n-lib.h>

#include "customers-resources.h"
#include "base/sw-money.h"
#include "pages/common/sw-parc-list.h"
#include "pages/common/sw-parc-words.h"
#include "pages/common/sw-place.h"
#include "pages/common/sw-words.h"
#include "pages/customers/sw-customer-access.h"
#include "pages/customers/sw-customer-bulk.h"
#include "pages/customers/sw-customer-delete.h"
#include "pages/customers/sw-customer-lists.h"
#include "pages/customers/sw-customer-mailing.h"
#include "pages/customers/sw-customer-segments.h"
#include "widgets/sw-attachments.h"
#include "widgets/sw-badge.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-figure.h"
#include "widgets/sw-form-list.h"

struct _SwCustomersPage
{
  SwRecordPage parent_instance;

  SwRecord *choices; /* api.choices(); NULL until it arrives */

  /* Owned by the record's view. */
  GtkWidget *heading;
  GtkWidget *switcher;
  GtkWidget *stack;
  GtkWidget *figures;
  AdwAvatar *avatar;
  GtkLabel *name;
  GtkLabel *summary;
  SwBadge *badge;
  GtkStackPage *parc_page;
  SwParcList *parc;
  GtkStackPage *contracts_page;
  GtkStackPage *invoices_page;
  GtkStackPage *orders_page;
  AdwPreferencesGroup *contracts;
  AdwPreferencesGroup *invoices;
  AdwPreferencesGroup *orders;
  AdwPreferencesGroup *history;
  AdwPreferencesGroup *notes;
  GtkWidget *files;
  SwAttachments *attachments;
  SwFigure *figure[4];
  GtkWidget *segments;
};

G_DEFINE_FINAL_TYPE (SwCustomersPage, sw_customers_page, SW_TYPE_RECORD_PAGE)

/* As on the record's cards. */
static const char *const figure_names[]
    = { "monthly_net", "unpaid", "live_contracts", "invoiced_12_months" };

static const SwColumn columns[] = {
  { .field = "number", .title = N_("Number"), .width = 132, .priority = 1, .sortable = TRUE },
  { .field = "legal_name", .title = N_("Name"), .main = TRUE, .sortable = TRUE },
  { .field = "city", .title = N_("City"), .width = 150, .priority = 2, .sortable = TRUE },
  { .field = "phone", .title = N_("Phone"), .kind = SW_COLUMN_PHONE, .width = 140, .priority = 4,
    .sortable = TRUE },
  { .field = "monthly_net", .title = N_("Monthly excl. VAT"), .kind = SW_COLUMN_MONEY, .width = 124,
    .priority = 3, .sortable = TRUE, .summed = TRUE },
  { .field = "unpaid", .title = N_("Unpaid"), .kind = SW_COLUMN_MONEY, .width = 110, .priority = 3,
    .sortable = TRUE, .summed = TRUE, .optional = TRUE },
  { .field = "segments", .title = N_("Segments"), .width = 160, .priority = 5, .sortable = TRUE,
    .optional = TRUE },
  { .field = "email", .title = N_("E-mail"), .width = 190, .priority = 6, .sortable = TRUE,
    .optional = TRUE },
  { .field = "siret", .title = N_("SIRET"), .width = 150, .priority = 6, .sortable = TRUE,
    .optional = TRUE, .identifier = SW_IDENTIFIER_SIRET },
  { .field = "postcode", .title = N_("Postcode"), .width = 80, .priority = 6, .sortable = TRUE,
    .optional = TRUE },
  { .field = "introducer_name", .title = N_("Introducer"), .width = 150, .priority = 6,
    .sortable = TRUE, .optional = TRUE },
  { .field = "created_on", .title = N_("Customer since"), .kind = SW_COLUMN_DATE, .width = 112,
    .priority = 6, .sortable = TRUE, .optional = TRUE },
  { .field = "status", .title = N_("Status"), .kind = SW_COLUMN_BADGE, .width = 116,
    .sortable = TRUE, .choices = sw_words_customer_statuses },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("Active"), "status", SW_FILTER_EQUAL, "active" },
  { N_("To be signed"), "status", SW_FILTER_EQUAL, "awaiting_signature" },
  { N_("Individuals"), "legal_kind", SW_FILTER_EQUAL, "individual" },
  { N_("Associations"), "legal_kind", SW_FILTER_EQUAL, "association" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "customer",
  .columns = columns,
  .filters = filters,
  .bulk_actions = sw_customer_bulk_actions,
  .sort = "legal_name",
  .search = N_("Name, phone, SIRET, city…"),
  .title = N_("Customers"),
  .icon_name = "system-users-symbolic",
  .new_label = N_("New customer"),
  .empty_title = N_("No customer yet"),
  .empty_text = N_("Everything starts with one."),
  .list_width = 430,
  .record_width = -1,
};

static const SwChoice site_statuses[] = {
  { "active", N_("Active"), SW_BADGE_OK },
  { "terminated", N_("Terminated"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice mandate_schemes[] = {
  { "core", N_("SEPA core"), SW_BADGE_NEUTRAL },
  { "b2b", N_("SEPA business to business"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice period_formats[] = {
  { "current_month", N_("Current month"), SW_BADGE_NEUTRAL },
  { "next_month", N_("Next month"), SW_BADGE_NEUTRAL },
  { "previous_month", N_("Previous month"), SW_BADGE_NEUTRAL },
  { "anniversary", N_("From the due date"), SW_BADGE_NEUTRAL },
  { NULL }
};

/* Choices */

static SwChoiceRow *
choice_row (SwCustomersPage *self, const char *field)
{
  return SW_CHOICE_ROW (sw_form_get_row (sw_record_page_get_form (SW_RECORD_PAGE (self)), field));
}

static void
show_rows (SwForm *form, const char *const *fields, gboolean visible, gboolean even_filled)
{
  for (guint i = 0; fields[i] != NULL; i++)
    {
      SwRow *row = sw_form_get_row (form, fields[i]);
      g_autofree char *value = row != NULL ? sw_row_get_value (row, NULL) : NULL;

      if (row != NULL && (even_filled || value == NULL))
        gtk_widget_set_visible (GTK_WIDGET (row), visible);
    }
}

/* Only the fields its legal kind has, the server says which: some it has not, some only when filled. */
static void
show_fields_of_kind (SwCustomersPage *self)
{
  SwForm *form = sw_record_page_get_form (SW_RECORD_PAGE (self));
  g_autofree char *kind = sw_row_get_value (sw_form_get_row (form, "legal_kind"), NULL);
  GListModel *kinds;

  if (self->choices == NULL || kind == NULL)
    return;
  kinds = sw_record_get_rows (self->choices, "legal_kinds");
  for (guint pass = 0; pass < 2; pass++) /* show those of all kinds, then hide the foreign ones */
    for (guint i = 0; i < g_list_model_get_n_items (kinds); i++)
      {
        g_autoptr (SwRecord) row = g_list_model_get_item (kinds, i);

        if (pass == 1 && g_strcmp0 (sw_record_get_text (row, "code"), kind) != 0)
          continue;
        show_rows (form, sw_record_get_strv (row, "absent_fields"), pass == 0, TRUE);
        show_rows (form, sw_record_get_strv (row, "rare_fields"), pass == 0, pass == 0);
      }
}

static void
on_choices_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecord) choices = sw_call_run_finish_record (result, NULL);
  SwCustomersPage *self = user_data;
  GListModel *countries;

  if (choices == NULL) /* cancelled, or no answer: what is loaded is still shown */
    return;
  self->choices = g_steal_pointer (&choices);
  countries = sw_record_get_rows (self->choices, "countries");
  sw_choice_row_set_rows (choice_row (self, "country"), countries, "code", "name");
  sw_choice_row_set_rows (choice_row (self, "birth_country"), countries, "code", "name");
  sw_choice_row_set_rows (choice_row (self, "introducer_id"),
                          sw_record_get_rows (self->choices, "introducers"), "id", "name");
  sw_customer_segments_set_choices (self->segments, sw_record_get_rows (self->choices, "segments"));
  sw_customer_segments_show (self->segments, sw_record_page_get_record (SW_RECORD_PAGE (self)));
  show_fields_of_kind (self);
}

static void
read_choices (SwCustomersPage *self)
{
  g_autoptr (SwCall) call = sw_call_new ("choices");

  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)),
                     sw_page_get_cancellable (SW_PAGE (self)), on_choices_read, self);
}

static void
on_contact_added (SwFormList *list, SwFieldSet *fields, gpointer data)
{
  sw_choice_row_set_choices (SW_CHOICE_ROW (sw_field_set_get_row (fields, "title")),
                             sw_words_titles);
}

static void
on_site_added (SwFormList *list, SwFieldSet *fields, SwCustomersPage *self)
{
  const struct
  {
    const char *field;
    const SwChoice *choices;
  } rows[] = {
    { "status", site_statuses },
    { "vat_rate", sw_words_vat_rates },
    { "periodicity_months", sw_words_periodicities },
    { "period_format", period_formats },
    { "payment_method", sw_words_payment_methods },
    { "mandate_scheme", mandate_schemes },
  };
  SwSession *session = sw_page_get_session (SW_PAGE (self));

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    sw_choice_row_set_choices (SW_CHOICE_ROW (sw_field_set_get_row (fields, rows[i].field)),
                               rows[i].choices);
  sw_place_connect (sw_field_set_get_row (fields, "billing_postcode"),
                             sw_field_set_get_row (fields, "billing_city"), session);
  sw_place_connect (sw_field_set_get_row (fields, "delivery_postcode"),
                             sw_field_set_get_row (fields, "delivery_city"), session);
}

/* The record */

static void
on_new_contract (GSimpleAction *action, GVariant *parameter, SwRecordPage *page)
{
  sw_page_open (GTK_WIDGET (page), "contract-of-customer", sw_record_page_get_id (page));
}

static void
on_new_site (GSimpleAction *action, GVariant *parameter, SwRecordPage *page)
{
  sw_page_open (GTK_WIDGET (page), "service-of-customer", sw_record_page_get_id (page));
}

/* "Contracts 2", as the tabs are read. */
static void
count_tab (GtkStackPage *page, const char *title, guint n_rows)
{
  g_autofree char *text = n_rows == 0 ? g_strdup (title) : g_strdup_printf ("%s  %u", title, n_rows);

  gtk_stack_page_set_title (page, text);
}

/* Live lines, until the parc itself is read: it knows better. */
static void
count_lines (SwCustomersPage *self, SwRecord *customer)
{
  SwRecord *totals = sw_record_get_record (customer, "parc");
  guint n_lines = 0;

  for (const SwChoice *kind = sw_parc_words_kinds; totals != NULL && kind->value != NULL; kind++)
    n_lines += sw_record_get_int (sw_record_get_record (totals, kind->value), "lines");
  count_tab (self->parc_page, _("Parc"), n_lines);
}

static void
on_parc_read (SwCustomersPage *self)
{
  count_tab (self->parc_page, _("Parc"), sw_parc_list_get_n_lines (self->parc));
}

static void
on_new_order (GSimpleAction *action, GVariant *entity, SwRecordPage *page)
{
  sw_page_open (GTK_WIDGET (page), g_variant_get_string (entity, NULL), sw_record_page_get_id (page));
}

/* Ordering is two steps, as the office calls them: create an order, and which. */
static void
append_orders (GMenu *menu)
{
  g_autoptr (GMenu) orders = g_menu_new ();

  g_menu_append (orders, _("_Mobile order"), "record.new-order::mobile-order-of-customer");
  g_menu_append (orders, _("_Service order"), "record.new-order::service-order-of-customer");
  g_menu_append_submenu (menu, _("Create an _order"), G_MENU_MODEL (orders));
}

static void
on_access (GSimpleAction *action, GVariant *parameter, SwRecordPage *page)
{
  sw_customer_access_open (page);
}

static void
on_delete (GSimpleAction *action, GVariant *parameter, SwRecordPage *page)
{
  sw_customer_delete_ask (page);
}

static void
find_widgets (SwCustomersPage *self, GtkBuilder *builder)
{
  self->heading = GTK_WIDGET (gtk_builder_get_object (builder, "heading"));
  self->switcher = GTK_WIDGET (gtk_builder_get_object (builder, "switcher"));
  /* Each as wide as its words: six as wide as the widest would not fit beside the list. */
  gtk_box_layout_set_homogeneous (GTK_BOX_LAYOUT (gtk_widget_get_layout_manager (self->switcher)), FALSE);
  self->stack = GTK_WIDGET (gtk_builder_get_object (builder, "stack"));
  self->figures = GTK_WIDGET (gtk_builder_get_object (builder, "figures"));
  self->avatar = ADW_AVATAR (gtk_builder_get_object (builder, "avatar"));
  self->name = GTK_LABEL (gtk_builder_get_object (builder, "name"));
  self->summary = GTK_LABEL (gtk_builder_get_object (builder, "summary"));
  self->badge = SW_BADGE (gtk_builder_get_object (builder, "badge"));
  self->parc_page = GTK_STACK_PAGE (gtk_builder_get_object (builder, "parc_page"));
  self->contracts_page = GTK_STACK_PAGE (gtk_builder_get_object (builder, "contracts_page"));
  self->invoices_page = GTK_STACK_PAGE (gtk_builder_get_object (builder, "invoices_page"));
  self->orders_page = GTK_STACK_PAGE (gtk_builder_get_object (builder, "orders_page"));
  self->contracts = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "contracts"));
  self->invoices = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "invoices"));
  self->orders = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "orders"));
  self->history = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "history"));
  self->notes = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "notes"));
  self->files = GTK_WIDGET (gtk_builder_get_object (builder, "files"));
  self->attachments = SW_ATTACHMENTS (gtk_builder_get_object (builder, "attachments"));
  for (gsize i = 0; i < G_N_ELEMENTS (figure_names); i++)
    self->figure[i] = SW_FIGURE (gtk_builder_get_object (builder, figure_names[i]));
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwCustomersPage *self = SW_CUSTOMERS_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/customers/customer.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));
  SwForm *form;

  find_widgets (self, builder);
  g_signal_connect (gtk_builder_get_object (builder, "contacts"), "item-added",
                    G_CALLBACK (on_contact_added), NULL);
  g_signal_connect_object (gtk_builder_get_object (builder, "sites"), "item-added",
                           G_CALLBACK (on_site_added), self, 0);
  g_signal_connect_object (self->attachments, "changed", G_CALLBACK (sw_record_page_reload), self,
                           G_CONNECT_SWAPPED);

  form = sw_form_new (view, "customer");
  sw_record_page_set_form (page, form);
  self->segments = sw_customer_segments_new (form, !sw_record_page_may_save (page));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "account")),
                             self->segments);
  sw_choice_row_set_choices (choice_row (self, "legal_kind"), sw_words_legal_kinds);
  sw_choice_row_set_choices (choice_row (self, "title"), sw_words_titles);
  sw_choice_row_set_choices (choice_row (self, "status"), sw_words_customer_statuses);
  g_signal_connect_object (choice_row (self, "legal_kind"), "notify::value",
                           G_CALLBACK (show_fields_of_kind), self, G_CONNECT_SWAPPED);
  sw_place_connect (sw_form_get_row (form, "postcode"), sw_form_get_row (form, "city"),
                             sw_page_get_session (SW_PAGE (self)));
  sw_customer_lists_build_notes (self->notes, page);
  self->parc = SW_PARC_LIST (sw_parc_list_new (sw_page_get_session (SW_PAGE (self)), "customer"));
  gtk_box_append (GTK_BOX (gtk_builder_get_object (builder, "parc_place")), GTK_WIDGET (self->parc));
  g_signal_connect_object (self->parc, "read", G_CALLBACK (on_parc_read), self, G_CONNECT_SWAPPED);
  sw_record_page_add_action (page, "new-site", NULL, G_CALLBACK (on_new_site), page);
  sw_record_page_add_action (page, "new-contract", NULL, G_CALLBACK (on_new_contract), page);
  sw_record_page_add_action (page, "new-order", G_VARIANT_TYPE_STRING, G_CALLBACK (on_new_order), page);
  sw_record_page_add_action (page, "access", NULL, G_CALLBACK (on_access), page);
  sw_record_page_add_action (page, "delete", NULL, G_CALLBACK (on_delete), page);
  read_choices (self);
  return g_object_ref_sink (view);
}

static void
show_heading (SwCustomersPage *self, SwRecord *customer)
{
  const char *name = sw_record_get_text (customer, "legal_name");
  const char *introducer = sw_record_get_text (customer, "introducer_name");
  g_autoptr (GString) summary = g_string_new (sw_record_get_text (customer, "number"));

  adw_avatar_set_text (self->avatar, name);
  gtk_label_set_label (self->name, name);
  g_string_append_printf (summary, " · %s",
                          sw_choice_label (sw_words_legal_kinds,
                                           sw_record_get_text (customer, "legal_kind")));
  if (sw_record_get_text (customer, "segments") != NULL)
    g_string_append_printf (summary, " · %s", sw_record_get_text (customer, "segments"));
  if (sw_record_get_text (customer, "created_on") != NULL)
    {
      g_autofree char *year = g_strndup (sw_record_get_text (customer, "created_on"), 4);

      g_string_append_printf (summary, _(" · customer since %s"), year);
    }
  if (introducer != NULL)
    {
      g_autofree char *rate
          = sw_money_format_percent (sw_record_get_text (customer, "introducer_commission_rate"));

      g_string_append_printf (summary, _(" · introduced by %s (%s)"), introducer, rate);
    }
  gtk_label_set_label (self->summary, summary->str);
  sw_badge_set_choice (self->badge, sw_words_customer_statuses,
                       sw_record_get_text (customer, "status"));
}

static void
show_figures (SwCustomersPage *self, SwRecord *customer)
{
  SwRecord *figures = sw_record_get_record (customer, "figures");

  for (gsize i = 0; figures != NULL && i < G_N_ELEMENTS (figure_names); i++)
    {
      const char *value = sw_record_get_text (figures, figure_names[i]);
      g_autofree char *text = g_str_equal (figure_names[i], "live_contracts")
                                  ? sw_money_format_number (value, 0)
                                  : sw_money_format (value);
      gboolean alert = g_str_equal (figure_names[i], "unpaid") && sw_money_sign (value) > 0;

      if (g_str_equal (figure_names[i], "live_contracts"))
        g_object_set (self->figure[i], "label",
                      g_dngettext (GETTEXT_PACKAGE, "live contract", "live contracts",
                                   value == NULL ? 0 : (gulong) g_ascii_strtoull (value, NULL, 10)),
                      NULL);
      sw_figure_set (self->figure[i], text, alert ? SW_BADGE_ALERT : SW_BADGE_NEUTRAL);
    }
}

static void
set_new (SwCustomersPage *self, gboolean is_new)
{
  GtkWidget *hidden[] = { self->heading, self->switcher, self->figures, GTK_WIDGET (self->notes),
                          self->files };

  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    gtk_widget_set_visible (hidden[i], !is_new);
  if (is_new)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "sheet");
}

static void
append_delete (GMenu *menu)
{
  g_autoptr (GMenu) last = g_menu_new ();

  g_menu_append (last, _("_Delete the customer…"), "record.delete");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (last));
}

static void
show (SwRecordPage *page, SwRecord *customer)
{
  SwCustomersPage *self = SW_CUSTOMERS_PAGE (page);
  SwForm *form = sw_record_page_get_form (page);
  g_autoptr (GMenu) menu = g_menu_new ();

  set_new (self, FALSE);
  sw_record_page_set_title (page, sw_record_get_text (customer, "legal_name"),
                            sw_record_get_text (customer, "city"));
  show_heading (self, customer);
  show_figures (self, customer);
  show_fields_of_kind (self);
  sw_customer_segments_show (self->segments, customer);
  count_tab (self->contracts_page, _("Contracts"),
             g_list_model_get_n_items (sw_record_get_rows (customer, "contracts")));
  count_tab (self->invoices_page, _("Invoices"),
             g_list_model_get_n_items (sw_record_get_rows (customer, "invoices")));
  count_tab (self->orders_page, _("Orders"),
             g_list_model_get_n_items (sw_record_get_rows (customer, "orders")));
  count_lines (self, customer);
  sw_parc_list_set_id (self->parc, sw_record_get_id (customer));
  sw_customer_lists_show_contracts (self->contracts, customer);
  sw_customer_lists_show_invoices (self->invoices, customer);
  sw_customer_lists_show_orders (self->orders, customer);
  sw_customer_lists_show_history (self->history, customer, form);
  sw_customer_lists_show_notes (self->notes, customer, page);
  sw_attachments_set (self->attachments, sw_page_get_session (SW_PAGE (self)), "customer",
                      sw_record_get_id (customer), sw_record_get_rows (customer, "attachments"));
  if (sw_page_may (SW_PAGE (page), "contract_save"))
    g_menu_append (menu, _("New _contract"), "record.new-contract");
  if (sw_page_may (SW_PAGE (page), "mobile_order_save"))
    append_orders (menu);
  if (sw_page_may (SW_PAGE (page), "service_save"))
    g_menu_append (menu, _("New _site of installation"), "record.new-site");
  if (sw_record_get_bool (customer, "may_give_access"))
    g_menu_append (menu, _("Customer _access…"), "record.access");
  if (sw_page_may (SW_PAGE (page), "customer_delete"))
    append_delete (menu);
  sw_record_page_set_menu (page, g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (menu)
                                                                                   : NULL);
}

static void
show_new (SwRecordPage *page)
{
  SwCustomersPage *self = SW_CUSTOMERS_PAGE (page);
  g_autoptr (JsonObject) defaults = json_object_new ();

  set_new (self, TRUE);
  sw_record_page_set_title (page, _("New customer"), NULL);
  sw_record_page_set_menu (page, NULL);
  json_object_set_string_member (defaults, "legal_kind", "company");
  json_object_set_string_member (defaults, "status", "awaiting_signature");
  json_object_set_string_member (defaults, "country", "FR");
  sw_form_load_new (sw_record_page_get_form (page), defaults);
  show_fields_of_kind (self);
  sw_customer_segments_show (self->segments, NULL);
}

static void
sw_customers_page_dispose (GObject *object)
{
  SwCustomersPage *self = SW_CUSTOMERS_PAGE (object);

  g_clear_object (&self->choices);
  G_OBJECT_CLASS (sw_customers_page_parent_class)->dispose (object);
}

/* The whole list, as it is filtered; rows chosen have it among their actions. */
static void
on_mailing (SwRecordPage *page)
{
  sw_customer_mailing_ask (sw_record_page_get_table (page), SW_PAGE (page), NULL);
}

static void
constructed (GObject *object)
{
  SwSession *session;
  GtkWidget *table, *button;

  G_OBJECT_CLASS (sw_customers_page_parent_class)->constructed (object);
  session = sw_page_get_session (SW_PAGE (object));
  if (!sw_session_has_role (session, "sw_adv") && !sw_session_has_role (session, "sw_accounting")
      && !sw_session_has_role (session, "sw_support"))
    return;
  table = GTK_WIDGET (sw_record_page_get_table (SW_RECORD_PAGE (object)));
  button = sw_pane_icon_button ("mail-unread-symbolic", _("Mailing…"), NULL);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_mailing), object, G_CONNECT_SWAPPED);
  sw_pane_pack_start (SW_PANE (gtk_widget_get_ancestor (table, SW_TYPE_PANE)), button);
}

static void
sw_customers_page_class_init (SwCustomersPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_customers_get_resource ());
  G_OBJECT_CLASS (klass)->constructed = constructed;
  G_OBJECT_CLASS (klass)->dispose = sw_customers_page_dispose;
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_customers_page_init (SwCustomersPage *self)
{
}
