/* sw-invoices-page.c: invoices and credit notes, their preview and their payments
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/billing/sw-invoices-page.h"

#include <glib/gi18n-lib.h>

#include "billing-resources.h"
#include "base/sw-date.h"
#include "base/sw-money.h"
#include "pages/billing/sw-invoice-actions.h"
#include "pages/billing/sw-invoice-bulk.h"
#include "pages/billing/sw-invoice-preview.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-attachments.h"
#include "widgets/sw-choice-source.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-figure.h"
#include "widgets/sw-form-list.h"
#include "widgets/sw-lookup-row.h"

struct _SwInvoicesPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *figures;
  SwFigure *total;
  SwFigure *balance;
  SwFigure *due;
  GtkWidget *draft;
  SwLookupRow *customer;
  SwInvoicePreview *preview;
  AdwPreferencesGroup *links;
  AdwPreferencesGroup *payments;
  GtkWidget *files;
  SwAttachments *attachments;
  SwChoiceSource *sites;
};

G_DEFINE_FINAL_TYPE (SwInvoicesPage, sw_invoices_page, SW_TYPE_RECORD_PAGE)

/* How money came, or what stood in for it. */
static const SwChoice payment_words[] = {
  { "transfer", N_("Bank transfer"), SW_BADGE_NEUTRAL },
  { "direct_debit", N_("Direct debit"), SW_BADGE_NEUTRAL },
  { "cheque", N_("Cheque"), SW_BADGE_NEUTRAL },
  { "card", N_("Card"), SW_BADGE_NEUTRAL },
  { "cash", N_("Cash"), SW_BADGE_NEUTRAL },
  { "credit_note", N_("Credit note"), SW_BADGE_NEUTRAL },
  { "write_off", N_("Written off"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwColumn columns[] = {
  { .field = "number", .title = N_("Number"), .width = 140, .sortable = TRUE },
  { .field = "customer_name", .title = N_("Customer"), .main = TRUE, .sortable = TRUE },
  { .field = "kind", .title = N_("Kind"), .kind = SW_COLUMN_CHOICE, .width = 160, .priority = 4,
    .sortable = TRUE, .choices = sw_words_invoice_kinds },
  { .field = "issued_on", .title = N_("Issued"), .kind = SW_COLUMN_DATE, .width = 112,
    .priority = 2, .sortable = TRUE },
  { .field = "payment_due_on", .title = N_("Due"), .kind = SW_COLUMN_DATE, .width = 112,
    .priority = 3, .sortable = TRUE },
  { .field = "total_gross", .title = N_("Total incl. VAT"), .kind = SW_COLUMN_MONEY, .width = 124,
    .priority = 1, .sortable = TRUE, .summed = TRUE },
  { .field = "balance", .title = N_("Remains due"), .kind = SW_COLUMN_MONEY, .width = 124,
    .priority = 3, .sortable = TRUE, .summed = TRUE, .optional = TRUE },
  { .field = "total_net", .title = N_("Total excl. VAT"), .kind = SW_COLUMN_MONEY, .width = 124,
    .priority = 3, .sortable = TRUE, .summed = TRUE, .optional = TRUE },
  { .field = "contract_number", .title = N_("Contract"), .width = 130, .priority = 5,
    .sortable = TRUE, .optional = TRUE },
  { .field = "days_late", .title = N_("Days late"), .kind = SW_COLUMN_NUMBER, .width = 100,
    .priority = 5, .sortable = TRUE, .optional = TRUE },
  { .field = "state", .title = N_("Status"), .kind = SW_COLUMN_BADGE, .width = 112,
    .sortable = TRUE, .choices = sw_words_invoice_states },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("To be paid"), "status", SW_FILTER_EQUAL, "issued" },
  { N_("Overdue"), "overdue", SW_FILTER_EQUAL, "true" },
  { N_("Drafts"), "status", SW_FILTER_EQUAL, "draft" },
  { N_("Credit notes"), "kind", SW_FILTER_EQUAL, "credit_note" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "invoice",
  .save = "invoice_save_draft",
  .columns = columns,
  .filters = filters,
  .bulk_actions = sw_invoice_bulk_actions,
  .sort = "issued_on",
  .descending = TRUE,
  .search = N_("Number, customer, contract…"),
  .title = N_("Invoices"),
  .icon_name = "accessories-calculator-symbolic",
  .new_label = N_("New invoice"),
  .empty_title = N_("No invoice yet"),
  .empty_text = N_("Contracts bill themselves; you can also write an invoice by hand."),
  .list_width = 520,
  .record_width = -1,
};

static void
on_line_added (SwFormList *list, SwFieldSet *fields, gpointer data)
{
  sw_choice_row_set_choices (SW_CHOICE_ROW (sw_field_set_get_row (fields, "vat_rate")), sw_words_vat_rates);
}

/* The record */

static void
on_run (GSimpleAction *action, GVariant *name, SwRecordPage *page)
{
  sw_invoice_actions_run (page, g_variant_get_string (name, NULL));
}

static void
on_print (GSimpleAction *action, GVariant *parameter, SwInvoicesPage *self)
{
  sw_invoice_preview_print (self->preview);
}

static void
on_save_pdf (GSimpleAction *action, GVariant *parameter, SwInvoicesPage *self)
{
  sw_invoice_preview_save (self->preview);
}

static void
find_widgets (SwInvoicesPage *self, GtkBuilder *builder)
{
  self->figures = GTK_WIDGET (gtk_builder_get_object (builder, "figures"));
  self->total = SW_FIGURE (gtk_builder_get_object (builder, "total"));
  self->balance = SW_FIGURE (gtk_builder_get_object (builder, "balance"));
  self->due = SW_FIGURE (gtk_builder_get_object (builder, "due"));
  self->draft = GTK_WIDGET (gtk_builder_get_object (builder, "draft"));
  self->customer = SW_LOOKUP_ROW (gtk_builder_get_object (builder, "customer"));
  self->links = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "links"));
  self->payments = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "payments"));
  self->files = GTK_WIDGET (gtk_builder_get_object (builder, "files"));
  self->attachments = SW_ATTACHMENTS (gtk_builder_get_object (builder, "attachments"));
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwInvoicesPage *self = SW_INVOICES_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/billing/invoice.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));
  SwForm *form;

  find_widgets (self, builder);
  self->preview = SW_INVOICE_PREVIEW (sw_invoice_preview_new ());
  gtk_box_append (GTK_BOX (gtk_builder_get_object (builder, "preview_place")),
                  GTK_WIDGET (self->preview));
  sw_choice_row_set_choices (SW_CHOICE_ROW (gtk_builder_get_object (builder, "kind")), sw_words_draft_kinds);
  sw_lookup_row_set_session (self->customer, sw_page_get_session (SW_PAGE (self)));
  self->sites = sw_choice_source_new (
      SW_CHOICE_ROW (gtk_builder_get_object (builder, "billing_site")),
      sw_page_get_session (SW_PAGE (self)), "customer", "sites", "id", "name");
  sw_choice_source_follow (self->sites, SW_ROW (self->customer));
  g_signal_connect (gtk_builder_get_object (builder, "lines"), "item-added",
                    G_CALLBACK (on_line_added), NULL);
  g_signal_connect_object (self->attachments, "changed", G_CALLBACK (sw_record_page_reload), self,
                           G_CONNECT_SWAPPED);
  sw_record_page_add_action (page, "run", G_VARIANT_TYPE_STRING, G_CALLBACK (on_run), page);
  sw_record_page_add_action (page, "print", NULL, G_CALLBACK (on_print), page);
  sw_record_page_add_action (page, "save-pdf", NULL, G_CALLBACK (on_save_pdf), page);
  form = sw_form_new (view, "invoice");
  sw_form_set_save_function (form, "invoice_save_draft");
  sw_record_page_set_form (page, form);
  return g_object_ref_sink (view);
}

static void
show_links (SwInvoicesPage *self, SwRecord *invoice)
{
  g_autofree char *period = NULL;
  GtkWidget *row;

  sw_facts_clear (self->links);
  row = sw_facts_add_pair (self->links, _("Customer"), sw_record_get_text (invoice, "customer_name"));
  if (row != NULL)
    sw_facts_set_link (row, "customer", sw_record_get_int (invoice, "customer_id"));
  row = sw_facts_add_pair (self->links, _("Contract"), sw_record_get_text (invoice, "contract_number"));
  if (row != NULL)
    sw_facts_set_link (row, "contract", sw_record_get_int (invoice, "contract_id"));
  row = sw_facts_add_pair (self->links, _("Credits"), sw_record_get_text (invoice, "credited_invoice_number"));
  if (row != NULL)
    sw_facts_set_link (row, "invoice", sw_record_get_int (invoice, "credited_invoice_id"));
  if (sw_record_get_text (invoice, "period_start_on") != NULL)
    period = sw_date_format_period (sw_record_get_text (invoice, "period_start_on"),
                                    sw_record_get_text (invoice, "period_end_on"));
  sw_facts_add_pair (self->links, _("Period"), period);
  sw_facts_add_pair (self->links, _("Paid by"),
                     sw_choice_label (payment_words, sw_record_get_text (invoice, "payment_method")));
}

static void
show_payments (SwInvoicesPage *self, SwRecord *invoice)
{
  GListModel *payments = sw_record_get_rows (invoice, "payments");
  GListModel *credits = sw_record_get_rows (invoice, "credit_notes");
  guint n_payments = g_list_model_get_n_items (payments);

  sw_facts_clear (self->payments);
  for (guint i = 0; i < n_payments; i++)
    {
      g_autoptr (SwRecord) payment = g_list_model_get_item (payments, i);
      g_autofree char *day = sw_date_format (sw_record_get_text (payment, "paid_on"));
      g_autofree char *amount = sw_money_format (sw_record_get_text (payment, "amount"));

      sw_facts_add_figure (
          sw_facts_add (self->payments,
                        sw_choice_label (payment_words, sw_record_get_text (payment, "method")), day),
          amount);
    }
  for (guint i = 0; i < g_list_model_get_n_items (credits); i++)
    {
      g_autoptr (SwRecord) credit = g_list_model_get_item (credits, i);
      g_autofree char *day = sw_date_format (sw_record_get_text (credit, "issued_on"));
      g_autofree char *total = sw_money_format (sw_record_get_text (credit, "total_gross"));
      g_autofree char *title = g_strdup_printf (_("Credit note %s"),
                                                sw_record_get_text (credit, "number"));
      GtkWidget *row = sw_facts_add (self->payments, title, day);

      sw_facts_add_figure (row, total);
      sw_facts_set_link (row, "invoice", sw_record_get_id (credit));
    }
  if (n_payments == 0 && g_list_model_get_n_items (credits) == 0)
    sw_facts_add (self->payments, _("Nothing paid yet"), NULL);
}

static void
show_figures (SwInvoicesPage *self, SwRecord *invoice)
{
  gboolean overdue = sw_record_get_bool (invoice, "overdue");
  g_autofree char *total = sw_money_format (sw_record_get_text (invoice, "total_gross"));
  g_autofree char *balance = sw_money_format (sw_record_get_text (invoice, "balance"));
  g_autofree char *due = sw_date_format (sw_record_get_text (invoice, "payment_due_on"));

  sw_figure_set (self->total, total, SW_BADGE_NEUTRAL);
  sw_figure_set (self->balance, balance, overdue ? SW_BADGE_ALERT : SW_BADGE_NEUTRAL);
  sw_figure_set (self->due, *due != '\0' ? due : "—", overdue ? SW_BADGE_ALERT : SW_BADGE_NEUTRAL);
}

static void
set_new (SwInvoicesPage *self, gboolean is_new)
{
  GtkWidget *hidden[] = { self->figures, GTK_WIDGET (self->preview), GTK_WIDGET (self->links),
                          GTK_WIDGET (self->payments), self->files };

  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    gtk_widget_set_visible (hidden[i], !is_new);
}

static void
show (SwRecordPage *page, SwRecord *invoice)
{
  SwInvoicesPage *self = SW_INVOICES_PAGE (page);
  const char *number = sw_record_get_text (invoice, "number");
  gboolean is_draft = g_strcmp0 (sw_record_get_text (invoice, "status"), "draft") == 0;
  g_autoptr (GMenu) menu = g_menu_new ();

  set_new (self, FALSE);
  sw_record_page_set_title (page,
                            number != NULL ? number
                            : is_draft     ? _("Draft")
                                           : _("Without number"),
                            sw_record_get_text (invoice, "customer_name"));
  gtk_widget_set_visible (self->draft, is_draft);
  sw_lookup_row_set_label (self->customer, sw_record_get_text (invoice, "customer_name"));
  if (is_draft)
    sw_choice_source_read (self->sites, sw_record_get_int (invoice, "customer_id"));
  show_figures (self, invoice);
  show_links (self, invoice);
  show_payments (self, invoice);
  g_menu_append (menu, _("_Print…"), "record.print");
  g_menu_append (menu, _("Save as _PDF…"), "record.save-pdf");
  sw_invoice_actions_show (page, invoice, G_MENU_MODEL (menu));
  sw_invoice_preview_show (self->preview, sw_page_get_session (SW_PAGE (self)),
                           sw_record_get_id (invoice));
  sw_attachments_set (self->attachments, sw_page_get_session (SW_PAGE (self)), "invoice",
                      sw_record_get_id (invoice), sw_record_get_rows (invoice, "attachments"));
}

static void
show_new (SwRecordPage *page)
{
  SwInvoicesPage *self = SW_INVOICES_PAGE (page);
  g_autoptr (JsonObject) defaults = json_object_new ();

  set_new (self, TRUE);
  gtk_widget_set_visible (self->draft, TRUE);
  sw_choice_source_read (self->sites, 0);
  sw_record_page_set_title (page, _("New invoice"), NULL);
  sw_record_page_set_primary (page, NULL, NULL, NULL);
  sw_record_page_set_menu (page, NULL);
  sw_lookup_row_set_label (self->customer, NULL);
  json_object_set_string_member (defaults, "kind", "manual");
  sw_form_load_new (sw_record_page_get_form (page), defaults);
}

static void
sw_invoices_page_class_init (SwInvoicesPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_billing_get_resource ());
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_invoices_page_init (SwInvoicesPage *self)
{
}
