/* sw-bundles-page.c: see sw-bundles-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/catalogue/sw-bundles-page.h"

#include <glib/gi18n-lib.h>

#include "catalogue-resources.h"
#include "base/sw-money.h"
#include "widgets/sw-figure.h"
#include "widgets/sw-form-list.h"
#include "widgets/sw-lookup-row.h"

struct _SwBundlesPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *figures;
  SwFigure *monthly;
  SwFigure *once;
};

G_DEFINE_FINAL_TYPE (SwBundlesPage, sw_bundles_page, SW_TYPE_RECORD_PAGE)

static const SwColumn columns[] = {
  { .field = "code", .title = N_("Code"), .width = 130, .priority = 2, .sortable = TRUE },
  { .field = "label", .title = N_("Label"), .main = TRUE, .sortable = TRUE },
  { .field = "monthly_net", .title = N_("A month"), .kind = SW_COLUMN_MONEY, .width = 104, .priority = 1, .sortable = TRUE },
  { .field = "one_off_net", .title = N_("Once"), .kind = SW_COLUMN_MONEY, .width = 104, .priority = 3, .sortable = TRUE },
  { .field = "active", .title = N_("On sale"), .kind = SW_COLUMN_BOOL, .width = 90, .priority = 4, .sortable = TRUE },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("On sale"), "active", SW_FILTER_EQUAL, "true" },
  { N_("Put aside"), "active", SW_FILTER_EQUAL, "false" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "bundle",
  .columns = columns,
  .filters = filters,
  .sort = "label",
  .search = N_("Code, label…"),
  .title = N_("Bundles"),
  .icon_name = "package-x-generic-symbolic",
  .new_label = N_("New bundle"),
  .empty_title = N_("No bundle yet"),
  .empty_text = N_("Offers sold together go into a contract or an order in one click."),
  .list_width = 460,
  .record_width = -1,
};

static void
on_item_added (SwFormList *items, SwFieldSet *fields, SwBundlesPage *self)
{
  sw_lookup_row_set_session (SW_LOOKUP_ROW (sw_field_set_get_row (fields, "offer_id")),
                             sw_page_get_session (SW_PAGE (self)));
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwBundlesPage *self = SW_BUNDLES_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/catalogue/bundle.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));
  g_autoptr (SwForm) form = sw_form_new (view, "bundle");

  self->figures = GTK_WIDGET (gtk_builder_get_object (builder, "figures"));
  self->monthly = SW_FIGURE (gtk_builder_get_object (builder, "monthly"));
  self->once = SW_FIGURE (gtk_builder_get_object (builder, "once"));
  g_signal_connect_object (gtk_builder_get_object (builder, "items"), "item-added", G_CALLBACK (on_item_added), self, 0);
  sw_record_page_set_form (page, form);
  return g_object_ref_sink (view);
}

static void
show (SwRecordPage *page, SwRecord *bundle)
{
  SwBundlesPage *self = SW_BUNDLES_PAGE (page);
  g_autofree char *monthly = sw_money_format (sw_record_get_text (bundle, "monthly_net"));
  g_autofree char *once = sw_money_format (sw_record_get_text (bundle, "one_off_net"));

  sw_record_page_set_title (page, sw_record_get_text (bundle, "label"), sw_record_get_text (bundle, "code"));
  gtk_widget_set_visible (self->figures, TRUE);
  sw_figure_set (self->monthly, monthly, SW_BADGE_NEUTRAL);
  sw_figure_set (self->once, once, SW_BADGE_NEUTRAL);
}

static void
show_new (SwRecordPage *page)
{
  g_autoptr (JsonObject) defaults = json_object_new ();

  sw_record_page_set_title (page, _("New bundle"), NULL);
  gtk_widget_set_visible (SW_BUNDLES_PAGE (page)->figures, FALSE);
  json_object_set_boolean_member (defaults, "active", TRUE);
  sw_form_load_new (sw_record_page_get_form (page), defaults);
}

static void
sw_bundles_page_class_init (SwBundlesPageClass *klass)
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
sw_bundles_page_init (SwBundlesPage *self)
{
}
