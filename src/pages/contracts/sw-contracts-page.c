/* sw-contracts-page.c: contracts, what each waits for, and the button that does it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/contracts/sw-contracts-page.h"

#include <glib/gi18n-lib.h>

#include "contracts-resources.h"
#include "pages/common/sw-words.h"
#include "pages/contracts/sw-contract-actions.h"
#include "pages/contracts/sw-contract-bulk.h"
#include "pages/contracts/sw-contract-lists.h"
#include "pages/contracts/sw-contract-todo.h"
#include "widgets/sw-attachments.h"
#include "widgets/sw-choice-source.h"
#include "widgets/sw-form-list.h"
#include "widgets/sw-lookup-row.h"
#include "widgets/sw-steps.h"

struct _SwContractsPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *steps;
  GtkWidget *todo_place;
  SwLookupRow *customer;
  SwChoiceRow *contract_type;
  AdwPreferencesGroup *invoices;
  AdwPreferencesGroup *readings;
  AdwPreferencesGroup *events;
  GtkWidget *files;
  SwAttachments *attachments;
  SwChoiceSource *sites;
  gint64 new_customer_id; /* whose contract the next new one is; 0: not known */
};

G_DEFINE_FINAL_TYPE (SwContractsPage, sw_contracts_page, SW_TYPE_RECORD_PAGE)

static const SwColumn columns[] = {
  { .field = "number", .title = N_("Number"), .width = 136, .sortable = TRUE },
  { .field = "customer_name", .title = N_("Customer"), .main = TRUE, .sortable = TRUE },
  { .field = "step", .title = N_("Step"), .kind = SW_COLUMN_CHOICE, .width = 190, .priority = 2,
    .sortable = TRUE, .choices = sw_words_contract_steps },
  { .field = "deadline_on", .title = N_("Deadline"), .kind = SW_COLUMN_DATE, .width = 112,
    .priority = 1, .sortable = TRUE },
  { .field = "monthly_net", .title = N_("Monthly excl. VAT"), .kind = SW_COLUMN_MONEY, .width = 132,
    .priority = 3, .sortable = TRUE, .summed = TRUE },
  { .field = "title", .title = N_("Title"), .width = 180, .priority = 5, .sortable = TRUE,
    .optional = TRUE },
  { .field = "contract_type_label", .title = N_("Type"), .width = 120, .priority = 5,
    .sortable = TRUE, .optional = TRUE },
  { .field = "effective_on", .title = N_("Effective"), .kind = SW_COLUMN_DATE, .width = 112,
    .priority = 5, .sortable = TRUE, .optional = TRUE },
  { .field = "end_on", .title = N_("End"), .kind = SW_COLUMN_DATE, .width = 112, .priority = 5,
    .sortable = TRUE, .optional = TRUE },
  { .field = "next_due_on", .title = N_("Next due date"), .kind = SW_COLUMN_DATE, .width = 112,
    .priority = 5, .sortable = TRUE, .optional = TRUE },
  { .field = "indicator", .title = N_("Follow-up"), .kind = SW_COLUMN_INDICATOR, .width = 96,
    .sortable = TRUE },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("Alert"), "indicator", SW_FILTER_EQUAL, "alert" },
  { N_("Warning"), "indicator", SW_FILTER_EQUAL, "warning" },
  { N_("Being created"), "step", SW_FILTER_EQUAL, "creation" },
  { N_("Ended"), "step", SW_FILTER_IN, "closed|cancelled" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "contract",
  .columns = columns,
  .filters = filters,
  .bulk_actions = sw_contract_bulk_actions,
  .sort = "number",
  .descending = TRUE,
  .search = N_("Number, customer, serial number…"),
  .title = N_("Contracts"),
  .icon_name = "x-office-document-symbolic",
  .new_label = N_("New contract"),
  .empty_title = N_("No contract yet"),
  .empty_text = N_("A contract bills itself once it is started."),
  .list_width = -1,
  .record_width = 540,
};

/* The choices of this session */

static void
on_choices_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecord) choices = sw_call_run_finish_record (result, NULL);
  SwContractsPage *self = user_data;

  if (choices != NULL)
    sw_choice_row_set_rows (self->contract_type, sw_record_get_rows (choices, "contract_types"),
                            "code", "label");
}

static void
read_choices (SwContractsPage *self)
{
  g_autoptr (SwCall) call = sw_call_new ("choices");

  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)),
                     sw_page_get_cancellable (SW_PAGE (self)), on_choices_read, self);
}

static void
on_item_added (SwFormList *list, SwFieldSet *fields, gpointer data)
{
  sw_choice_row_set_choices (SW_CHOICE_ROW (sw_field_set_get_row (fields, "price_months")),
                             sw_words_price_spans);
  sw_choice_row_set_choices (SW_CHOICE_ROW (sw_field_set_get_row (fields, "vat_rate")),
                             sw_words_vat_rates);
}

/* The record */

static void
on_run (GSimpleAction *action, GVariant *name, SwRecordPage *page)
{
  sw_contract_actions_run (page, g_variant_get_string (name, NULL));
}

static void
on_insert_bundle (GSimpleAction *action, GVariant *parameter, SwRecordPage *page)
{
  sw_contract_actions_insert_bundle (page);
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwContractsPage *self = SW_CONTRACTS_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/contracts/contract.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));

  self->steps = sw_steps_new (sw_words_contract_way);
  gtk_box_append (GTK_BOX (gtk_builder_get_object (builder, "steps_place")), self->steps);
  self->todo_place = GTK_WIDGET (gtk_builder_get_object (builder, "todo_place"));
  self->customer = SW_LOOKUP_ROW (gtk_builder_get_object (builder, "customer"));
  self->contract_type = SW_CHOICE_ROW (gtk_builder_get_object (builder, "contract_type"));
  self->invoices = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "invoices"));
  self->readings = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "readings"));
  self->events = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "events"));
  self->files = GTK_WIDGET (gtk_builder_get_object (builder, "files"));
  self->attachments = SW_ATTACHMENTS (gtk_builder_get_object (builder, "attachments"));

  sw_choice_row_set_choices (SW_CHOICE_ROW (gtk_builder_get_object (builder, "periodicity")),
                             sw_words_periodicities);
  sw_lookup_row_set_session (self->customer, sw_page_get_session (SW_PAGE (self)));
  self->sites = sw_choice_source_new (
      SW_CHOICE_ROW (gtk_builder_get_object (builder, "billing_site")),
      sw_page_get_session (SW_PAGE (self)), "customer", "sites", "id", "name");
  sw_choice_source_follow (self->sites, SW_ROW (self->customer));
  g_signal_connect (gtk_builder_get_object (builder, "items"), "item-added",
                    G_CALLBACK (on_item_added), NULL);
  g_signal_connect_object (self->attachments, "changed", G_CALLBACK (sw_record_page_reload), self,
                           G_CONNECT_SWAPPED);
  sw_record_page_add_action (page, "run", G_VARIANT_TYPE_STRING, G_CALLBACK (on_run), page);
  sw_record_page_add_action (page, "insert-bundle", NULL, G_CALLBACK (on_insert_bundle), page);
  sw_record_page_set_form (page, sw_form_new (view, "contract"));
  read_choices (self);
  return g_object_ref_sink (view);
}

/* What the workflow has frozen is shown, not offered for typing. */
static void
show_locks (SwForm *form, SwRecord *contract)
{
  const char *const *locked = sw_record_get_strv (contract, "locked");
  SwFieldSet *fields = sw_form_get_fields (form);

  sw_field_set_set_editable (fields, TRUE);
  for (guint i = 0; locked[i] != NULL; i++)
    {
      SwRow *row = sw_form_get_row (form, locked[i]);
      GtkWidget *list = sw_form_get_list (form, locked[i]);

      if (row != NULL)
        sw_row_set_editable (row, FALSE);
      if (list != NULL)
        sw_form_list_set_editable (SW_FORM_LIST (list), FALSE);
    }
}

static void
show (SwRecordPage *page, SwRecord *contract)
{
  SwContractsPage *self = SW_CONTRACTS_PAGE (page);

  sw_record_page_set_title (page, sw_record_get_text (contract, "number"),
                            sw_record_get_text (contract, "customer_name"));
  sw_lookup_row_set_label (self->customer, sw_record_get_text (contract, "customer_name"));
  sw_choice_source_read (self->sites, sw_record_get_int (contract, "customer_id"));
  gtk_widget_set_visible (self->steps, TRUE);
  sw_steps_set_current (SW_STEPS (self->steps), sw_record_get_text (contract, "step"));
  sw_contract_actions_show (page, contract);
  sw_contract_todo_show (page, self->todo_place, contract);
  show_locks (sw_record_page_get_form (page), contract);
  gtk_widget_set_visible (GTK_WIDGET (self->invoices), TRUE);
  sw_contract_lists_show_invoices (self->invoices, contract);
  sw_contract_lists_show_readings (self->readings, contract);
  sw_contract_lists_show_events (self->events, contract);
  gtk_widget_set_visible (self->files, TRUE);
  sw_attachments_set (self->attachments, sw_page_get_session (SW_PAGE (self)), "contract",
                      sw_record_get_id (contract), sw_record_get_rows (contract, "attachments"));
}

static void
show_new (SwRecordPage *page)
{
  SwContractsPage *self = SW_CONTRACTS_PAGE (page);
  g_autoptr (JsonObject) defaults = json_object_new ();
  GtkWidget *hidden[] = { self->steps, self->todo_place, GTK_WIDGET (self->invoices),
                          GTK_WIDGET (self->readings), GTK_WIDGET (self->events), self->files };

  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    gtk_widget_set_visible (hidden[i], FALSE);
  sw_record_page_set_title (page, _("New contract"), NULL);
  sw_record_page_set_primary (page, NULL, NULL, NULL);
  sw_record_page_set_menu (page, NULL);
  sw_lookup_row_set_label (self->customer, NULL);
  sw_choice_source_read (self->sites, 0);
  sw_field_set_set_editable (sw_form_get_fields (sw_record_page_get_form (page)), TRUE);
  json_object_set_int_member (defaults, "periodicity_months", 1);
  if (self->new_customer_id != 0)
    json_object_set_int_member (defaults, "customer_id", self->new_customer_id);
  sw_choice_source_take_first (self->sites, self->new_customer_id);
  self->new_customer_id = 0;
  sw_form_load_new (sw_record_page_get_form (page), defaults);
}

/* "contract-of-customer" is a new contract for customer @id. */
static void
open_record (SwPage *page, const char *entity, gint64 id)
{
  if (g_str_equal (entity, "contract-of-customer"))
    {
      SW_CONTRACTS_PAGE (page)->new_customer_id = id;
      sw_page_create (page);
    }
  else
    SW_PAGE_CLASS (sw_contracts_page_parent_class)->open_record (page, entity, id);
}

static void
sw_contracts_page_class_init (SwContractsPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_contracts_get_resource ());
  SW_PAGE_CLASS (klass)->open_record = open_record;
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_contracts_page_init (SwContractsPage *self)
{
}
