/* sw-catalogue-page.c: see sw-catalogue-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/catalogue/sw-catalogue-page.h"

#include <glib/gi18n-lib.h>

#include "catalogue-resources.h"
#include "base/sw-money.h"
#include "model/sw-call.h"
#include "pages/catalogue/sw-catalogue-words.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-figure.h"
#include "widgets/sw-form-list.h"
#include "widgets/sw-lookup-row.h"

struct _SwCataloguePage
{
  SwRecordPage parent_instance;

  SwRecord *choices; /* api.choices(); NULL until it arrives */

  /* Owned by the record's view. */
  GtkWidget *figures;
  SwFigure *sold;
  SwFigure *margin;
  GtkWidget *margin_place;
  SwLookupRow *catalogue;
  SwFormList *options;
};

G_DEFINE_FINAL_TYPE (SwCataloguePage, sw_catalogue_page, SW_TYPE_RECORD_PAGE)

static const SwChoice option_families[] = {
  { "international", N_("International"), SW_BADGE_NEUTRAL },
  { "data", N_("Data"), SW_BADGE_NEUTRAL },
  { "voice", N_("Voice"), SW_BADGE_NEUTRAL },
  { "messages", N_("Messages"), SW_BADGE_NEUTRAL },
  { "other", N_("Other"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice equipment_kinds[] = {
  { "terminal", N_("Mobile terminal"), SW_BADGE_NEUTRAL },
  { "router", N_("Router"), SW_BADGE_NEUTRAL },
  { "phone", N_("Desk phone"), SW_BADGE_NEUTRAL },
  { "other", N_("Other"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwColumn columns[] = {
  { .field = "code", .title = N_("Code"), .width = 130, .sortable = TRUE },
  { .field = "label", .title = N_("Label"), .main = TRUE, .sortable = TRUE },
  { .field = "catalogue_name", .title = N_("Catalogue"), .width = 200, .priority = 3, .sortable = TRUE },
  { .field = "kind", .title = N_("Kind"), .kind = SW_COLUMN_CHOICE, .width = 120, .priority = 2,
    .sortable = TRUE, .choices = sw_catalogue_kinds },
  { .field = "price", .title = N_("Price excl. VAT"), .kind = SW_COLUMN_MONEY, .width = 124,
    .priority = 1, .sortable = TRUE },
  { .field = "on_sale", .title = N_("On sale"), .kind = SW_COLUMN_BOOL, .width = 90, .priority = 4, .sortable = TRUE },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("Subscriptions"), "kind", SW_FILTER_EQUAL, "subscription" },
  { N_("Options"), "kind", SW_FILTER_EQUAL, "option" },
  { N_("Services"), "kind", SW_FILTER_EQUAL, "service" },
  { N_("Equipment"), "kind", SW_FILTER_EQUAL, "equipment" },
  { N_("Terminals"), "equipment_kind", SW_FILTER_EQUAL, "terminal" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "offer",
  .columns = columns,
  .filters = filters,
  .sort = "label",
  .search = N_("Code, label, brand…"),
  .title = N_("Offers"),
  .icon_name = "view-list-bullet-symbolic",
  .new_label = N_("New offer"),
  .empty_title = N_("No offer yet"),
  .empty_text = N_("Offers feed contracts and lines. A file of them can be imported."),
  .list_width = 440,
  .record_width = -1,
};

/* Only the fields its kind has: the server says which it has not. */
static void
show_fields_of_kind (SwCataloguePage *self)
{
  SwForm *form = sw_record_page_get_form (SW_RECORD_PAGE (self));
  g_autofree char *kind = sw_row_get_value (sw_form_get_row (form, "kind"), NULL);
  GListModel *rows;

  gtk_widget_set_visible (GTK_WIDGET (self->options), g_strcmp0 (kind, "subscription") == 0);
  if (self->choices == NULL || kind == NULL)
    return;
  rows = sw_record_get_rows (self->choices, "offer_kinds");
  for (guint pass = 0; pass < 2; pass++) /* show those of all kinds, then hide the foreign ones */
    for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
      {
        g_autoptr (SwRecord) row = g_list_model_get_item (rows, i);
        const char *const *fields = sw_record_get_strv (row, "absent_fields");

        if (pass == 1 && g_strcmp0 (sw_record_get_text (row, "code"), kind) != 0)
          continue;
        for (guint f = 0; fields[f] != NULL; f++)
          if (sw_form_get_row (form, fields[f]) != NULL)
            gtk_widget_set_visible (GTK_WIDGET (sw_form_get_row (form, fields[f])), pass == 0);
      }
}

/* Only options of its own catalogue are proposed, any when it is of none. */
static void
filter_options (SwCataloguePage *self)
{
  SwForm *form = sw_record_page_get_form (SW_RECORD_PAGE (self));
  g_autofree char *catalogue = sw_row_get_value (SW_ROW (self->catalogue), NULL);
  g_autofree char *filter = g_strdup_printf ("kind=option%s%s", catalogue != NULL ? " catalogue_id=" : "",
                                             catalogue != NULL ? catalogue : "");

  if (form == NULL)
    return;
  for (guint i = 0; i < sw_form_list_get_n_items (self->options); i++)
    sw_lookup_row_set_filter (
        SW_LOOKUP_ROW (sw_field_set_get_row (sw_form_list_get_item (self->options, i), "option_id")), filter);
}

static void
on_option_added (SwFormList *options, SwFieldSet *fields, SwCataloguePage *self)
{
  sw_lookup_row_set_session (SW_LOOKUP_ROW (sw_field_set_get_row (fields, "option_id")),
                             sw_page_get_session (SW_PAGE (self)));
  filter_options (self);
}

static void
on_choices_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecord) choices = sw_call_run_finish_record (result, NULL);
  SwCataloguePage *self = user_data;

  if (choices == NULL) /* cancelled, or no answer: every field is shown */
    return;
  self->choices = g_steal_pointer (&choices);
  show_fields_of_kind (self);
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwCataloguePage *self = SW_CATALOGUE_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/catalogue/offer.ui");
  const struct
  {
    const char *id;
    const SwChoice *choices;
  } rows[] = {
    { "kind", sw_catalogue_kinds },
    { "price_months", sw_words_price_spans },
    { "vat_rate", sw_words_vat_rates },
    { "option_family", option_families },
    { "equipment_kind", equipment_kinds },
  };
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));
  g_autoptr (SwForm) form = NULL;
  g_autoptr (SwCall) call = NULL;

  self->figures = GTK_WIDGET (gtk_builder_get_object (builder, "figures"));
  self->sold = SW_FIGURE (gtk_builder_get_object (builder, "sold"));
  self->margin = SW_FIGURE (gtk_builder_get_object (builder, "margin"));
  self->margin_place = GTK_WIDGET (gtk_builder_get_object (builder, "margin_place"));
  self->catalogue = SW_LOOKUP_ROW (gtk_builder_get_object (builder, "catalogue"));
  self->options = SW_FORM_LIST (gtk_builder_get_object (builder, "options"));
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    sw_choice_row_set_choices (SW_CHOICE_ROW (gtk_builder_get_object (builder, rows[i].id)),
                               rows[i].choices);
  sw_lookup_row_set_session (self->catalogue, sw_page_get_session (SW_PAGE (self)));
  form = sw_form_new (view, "offer");
  sw_record_page_set_form (page, form);
  g_signal_connect_object (self->options, "item-added", G_CALLBACK (on_option_added), self, 0);
  g_signal_connect_object (self->catalogue, "notify::value", G_CALLBACK (filter_options), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_builder_get_object (builder, "kind"), "notify::value",
                           G_CALLBACK (show_fields_of_kind), self, G_CONNECT_SWAPPED);
  /* Purchase prices are for managers: to the others the server shows no such field. */
  gtk_widget_set_visible (GTK_WIDGET (gtk_builder_get_object (builder, "purchase_price")),
                          sw_session_has_right (sw_page_get_session (SW_PAGE (self)), "margin"));
  call = sw_call_new ("choices");
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)), sw_page_get_cancellable (SW_PAGE (self)),
                     on_choices_read, self);
  return g_object_ref_sink (view);
}

static void
show (SwRecordPage *page, SwRecord *offer)
{
  SwCataloguePage *self = SW_CATALOGUE_PAGE (page);
  const char *margin = sw_record_get_text (offer, "margin");
  g_autofree char *sold = sw_money_format_number (sw_record_get_text (offer, "sold"), 0);
  g_autofree char *money = sw_money_format (margin);

  sw_record_page_set_title (page, sw_record_get_text (offer, "label"),
                            sw_record_get_text (offer, "code"));
  gtk_widget_set_visible (self->figures, TRUE);
  sw_figure_set (self->sold, sold, SW_BADGE_NEUTRAL);
  gtk_widget_set_visible (self->margin_place, margin != NULL);
  sw_figure_set (self->margin, money, sw_money_sign (margin) < 0 ? SW_BADGE_ALERT : SW_BADGE_NEUTRAL);
  sw_lookup_row_set_label (self->catalogue, sw_record_get_text (offer, "catalogue_name"));
  show_fields_of_kind (self);
}

static void
show_new (SwRecordPage *page)
{
  SwCataloguePage *self = SW_CATALOGUE_PAGE (page);
  g_autoptr (JsonObject) defaults = json_object_new ();

  sw_record_page_set_title (page, _("New offer"), NULL);
  gtk_widget_set_visible (self->figures, FALSE);
  json_object_set_string_member (defaults, "kind", "subscription");
  json_object_set_boolean_member (defaults, "recurring", TRUE);
  json_object_set_string_member (defaults, "price_months", "1");
  sw_form_load_new (sw_record_page_get_form (page), defaults);
  show_fields_of_kind (self);
}

static void
dispose (GObject *object)
{
  g_clear_object (&SW_CATALOGUE_PAGE (object)->choices);
  G_OBJECT_CLASS (sw_catalogue_page_parent_class)->dispose (object);
}

static void
sw_catalogue_page_class_init (SwCataloguePageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_catalogue_get_resource ());
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_catalogue_page_init (SwCataloguePage *self)
{
}
