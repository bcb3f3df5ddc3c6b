/* sw-catalogues-page.c: see sw-catalogues-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/catalogue/sw-catalogues-page.h"

#include <glib/gi18n-lib.h>

#include "catalogue-resources.h"
#include "base/sw-money.h"
#include "model/sw-call.h"
#include "pages/catalogue/sw-catalogue-words.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-facts.h"

/* Rows of a record; the page of offers shows them all. */
#define MOST_OFFERS 100

struct _SwCataloguesPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  AdwPreferencesGroup *offers;
  SwChoiceRow *technology;
  SwChoiceRow *operator_row;
};

G_DEFINE_FINAL_TYPE (SwCataloguesPage, sw_catalogues_page, SW_TYPE_RECORD_PAGE)

static const SwColumn columns[] = {
  { .field = "name", .title = N_("Catalogue"), .main = TRUE, .sortable = TRUE },
  { .field = "technology_label", .title = N_("Technology"), .width = 130, .priority = 2, .sortable = TRUE },
  { .field = "operator_name", .title = N_("Operator"), .width = 120, .priority = 3, .sortable = TRUE },
  { .field = "offer_count", .title = N_("Offers"), .kind = SW_COLUMN_NUMBER, .width = 72, .priority = 1, .sortable = TRUE },
  { .field = "active", .title = N_("Active"), .kind = SW_COLUMN_BOOL, .width = 72, .priority = 4, .sortable = TRUE },
  { .field = "position", .title = N_("Place"), .kind = SW_COLUMN_NUMBER, .width = 64, .priority = 5, .sortable = TRUE },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("Mobile"), "technology", SW_FILTER_EQUAL, "mobile" },
  { N_("Fixed"), "technology", SW_FILTER_EQUAL, "fixed" },
  { N_("Internet"), "technology", SW_FILTER_EQUAL, "internet" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "catalogue",
  .columns = columns,
  .filters = filters,
  .sort = "position",
  .search = N_("Owner, technology, operator…"),
  .title = N_("Catalogues"),
  .icon_name = "view-grid-symbolic",
  .new_label = N_("New catalogue"),
  .empty_title = N_("No catalogue yet"),
  .empty_text = N_("A catalogue holds the offers of one owner, one technology and one operator."),
  .list_width = 460,
  .record_width = -1,
};

static void
on_choices_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecord) choices = sw_call_run_finish_record (result, NULL);
  SwCataloguesPage *self = user_data;

  if (choices == NULL) /* cancelled, or no answer: a value there is stays shown */
    return;
  sw_choice_row_set_rows (self->technology, sw_record_get_rows (choices, "technologies"), "code", "label");
  sw_choice_row_set_rows (self->operator_row, sw_record_get_rows (choices, "operators"), "id", "name");
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwCataloguesPage *self = SW_CATALOGUES_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/catalogue/catalogue.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));
  g_autoptr (SwForm) form = sw_form_new (view, "catalogue");
  g_autoptr (SwCall) call = sw_call_new ("choices");

  self->offers = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "offers"));
  self->technology = SW_CHOICE_ROW (gtk_builder_get_object (builder, "technology"));
  self->operator_row = SW_CHOICE_ROW (gtk_builder_get_object (builder, "operator"));
  sw_record_page_set_form (page, form);
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)), sw_page_get_cancellable (SW_PAGE (self)),
                     on_choices_read, self);
  return g_object_ref_sink (view);
}

static void
show_offer (SwCataloguesPage *self, SwRecord *offer)
{
  g_autofree char *price = sw_money_format (sw_record_get_text (offer, "price"));
  const SwChoice *kind = sw_choice_find (sw_catalogue_kinds, sw_record_get_text (offer, "kind"));
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", sw_record_get_text (offer, "code"),
                                               kind != NULL ? _(kind->label) : "");
  GtkWidget *row = sw_facts_add (self->offers, sw_record_get_text (offer, "label"), subtitle);

  if (!sw_record_get_bool (offer, "on_sale"))
    sw_facts_add_badge (row, _("Not on sale"), SW_BADGE_NEUTRAL);
  sw_facts_add_figure (row, price);
  sw_facts_set_link (row, "offer", sw_record_get_id (offer));
}

static void
show (SwRecordPage *page, SwRecord *catalogue)
{
  SwCataloguesPage *self = SW_CATALOGUES_PAGE (page);
  GListModel *offers = sw_record_get_rows (catalogue, "offers");
  guint n_offers = g_list_model_get_n_items (offers);
  g_autofree char *rest = sw_words_rest (n_offers, MOST_OFFERS);

  sw_record_page_set_title (page, sw_record_get_text (catalogue, "name"), NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->offers), TRUE);
  sw_facts_clear (self->offers);
  for (guint i = 0; i < MIN (n_offers, MOST_OFFERS); i++)
    {
      g_autoptr (SwRecord) offer = g_list_model_get_item (offers, i);

      show_offer (self, offer);
    }
  if (rest != NULL)
    sw_facts_add (self->offers, rest, NULL);
  if (n_offers == 0)
    sw_facts_add (self->offers, _("No offer yet"), NULL);
}

static void
show_new (SwRecordPage *page)
{
  g_autoptr (JsonObject) defaults = json_object_new ();

  sw_record_page_set_title (page, _("New catalogue"), NULL);
  gtk_widget_set_visible (GTK_WIDGET (SW_CATALOGUES_PAGE (page)->offers), FALSE);
  json_object_set_boolean_member (defaults, "active", TRUE);
  sw_form_load_new (sw_record_page_get_form (page), defaults);
}

static void
sw_catalogues_page_class_init (SwCataloguesPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_catalogue_get_resource ());
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_catalogues_page_init (SwCataloguesPage *self)
{
}
