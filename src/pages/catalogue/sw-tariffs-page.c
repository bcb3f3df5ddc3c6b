/* sw-tariffs-page.c: see sw-tariffs-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A grid has thousands of prices: they are a list of their own, read as it is scrolled, below the dates
 * of the versions.
 */
#include "config.h"

#include "pages/catalogue/sw-tariffs-page.h"

#include <glib/gi18n-lib.h>

#include "catalogue-resources.h"
#include "base/sw-date.h"
#include "base/sw-money.h"
#include "model/sw-call.h"
#include "pages/catalogue/sw-tariff-price.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-dialog.h"

struct _SwTariffsPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *group;
  GtkDropDown *version;
  SwTable *prices;
  GArray *version_ids; /* gint64, as in the drop-down */
};

G_DEFINE_FINAL_TYPE (SwTariffsPage, sw_tariffs_page, SW_TYPE_RECORD_PAGE)

static const SwColumn columns[] = {
  { .field = "code", .title = N_("Code"), .width = 90, .sortable = TRUE },
  { .field = "label", .title = N_("Label"), .main = TRUE, .sortable = TRUE },
  { .field = "valid_from_on", .title = N_("In force from"), .kind = SW_COLUMN_DATE, .width = 110, .priority = 2,
    .sortable = TRUE },
  { .field = "version_count", .title = N_("Versions"), .kind = SW_COLUMN_NUMBER, .width = 80, .priority = 3 },
  { .field = "price_count", .title = N_("Prices"), .kind = SW_COLUMN_NUMBER, .width = 80, .priority = 1 },
  { NULL }
};

/* "0,06", "0,1234": six decimals are stored, two are shown unless there are more. */
static char *
format_unit_price (SwRecord *price)
{
  return sw_money_format_significant (sw_record_get_text (price, "unit_price"), 2);
}

static char *
format_connection_price (SwRecord *price)
{
  return sw_money_format_significant (sw_record_get_text (price, "connection_price"), 2);
}

static const char *const unit_price_needs[] = { "unit_price", NULL };
static const char *const connection_price_needs[] = { "connection_price", NULL };

static const SwColumn price_columns[] = {
  { .field = "category", .title = N_("Category"), .kind = SW_COLUMN_CHOICE, .width = 80, .priority = 3,
    .sortable = TRUE, .choices = sw_tariff_price_categories },
  { .field = "prefix", .title = N_("Prefix"), .width = 90, .sortable = TRUE },
  { .field = "destination", .title = N_("Destination"), .main = TRUE, .sortable = TRUE },
  { .field = "zone", .title = N_("Zone"), .width = 100, .priority = 4, .sortable = TRUE },
  { .field = "connection_price", .title = N_("Connection"), .kind = SW_COLUMN_NUMBER, .width = 90, .priority = 2,
    .format = format_connection_price, .needs = connection_price_needs },
  { .field = "unit_price", .title = N_("Price"), .kind = SW_COLUMN_NUMBER, .width = 80, .sortable = TRUE,
    .format = format_unit_price, .needs = unit_price_needs },
  { .field = "unit", .title = N_("For"), .kind = SW_COLUMN_CHOICE, .width = 100, .priority = 1,
    .choices = sw_tariff_price_units },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "tariff_grid",
  .columns = columns,
  .sort = "code",
  .search = N_("Code, label…"),
  .title = N_("Price grids"),
  .icon_name = "x-office-spreadsheet-symbolic",
  .new_label = N_("New price grid"),
  .empty_title = N_("No price grid yet"),
  .empty_text = N_("A grid says what calls, messages and data cost."),
  .list_width = 420,
  .record_width = -1,
};

/* Versions */

static gint64
shown_version (SwTariffsPage *self)
{
  guint position = gtk_drop_down_get_selected (self->version);

  return position < self->version_ids->len ? g_array_index (self->version_ids, gint64, position) : 0;
}

static void
on_version_chosen (SwTariffsPage *self)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, shown_version (self));

  sw_table_set_scope (self->prices, "tariff_grid_version_id", id, NULL);
}

static void
on_copied (gint64 id, gpointer page)
{
  sw_record_page_reload (page);
}

static void
on_copy_apply (SwDialog *dialog, const char *button, SwTariffsPage *self)
{
  g_autoptr (SwCall) call = NULL;
  g_autofree char *from = NULL;

  if (!sw_dialog_check (dialog))
    return;
  from = sw_dialog_get_value (dialog, "valid_from_on");
  call = sw_call_new ("tariff_grid_copy");
  sw_call_add_id (call, NULL, shown_version (self));
  sw_call_add_date (call, NULL, from);
  sw_call_set_once (call, NULL);
  sw_dialog_run_call (dialog, call, sw_page_get_session (SW_PAGE (self)), on_copied, g_object_ref (self),
                      g_object_unref);
}

static void
ask_copy (SwRecordPage *page, gpointer data)
{
  SwDialog *dialog = sw_dialog_new (_("New version"),
                                    _("It begins with the prices shown; the version before it ends the day before, "
                                      "and the prices of past days stay what they were."));

  sw_dialog_add_row (dialog, sw_date_row_new ("valid_from_on", _("In force from")));
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "copy", _("_Begin the version"), SW_BUTTON_SUGGESTED);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_copy_apply), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

static void
show_versions (SwTariffsPage *self, SwRecord *grid)
{
  GListModel *versions = sw_record_get_rows (grid, "versions");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64 before = shown_version (self);
  guint chosen = 0;

  g_signal_handlers_block_by_func (self->version, on_version_chosen, self);
  g_array_set_size (self->version_ids, 0);
  for (guint i = 0; i < g_list_model_get_n_items (versions); i++)
    {
      g_autoptr (SwRecord) version = g_list_model_get_item (versions, i);
      const char *until = sw_record_get_text (version, "valid_until_on");
      g_autofree char *from = sw_date_format (sw_record_get_text (version, "valid_from_on"));
      g_autofree char *end = sw_date_format (until);
      g_autofree char *name
          = until == NULL ? g_strdup_printf (_("From %s"), from) : g_strdup_printf (_("%s to %s"), from, end);
      gint64 id = sw_record_get_id (version);

      gtk_string_list_append (names, name);
      g_array_append_val (self->version_ids, id);
      /* What was looked at stays; else the version in force. */
      if (id == before || (chosen == 0 && g_strcmp0 (sw_record_get_text (version, "period"), "current") == 0))
        chosen = i;
    }
  gtk_drop_down_set_model (self->version, G_LIST_MODEL (names));
  gtk_drop_down_set_selected (self->version, chosen);
  g_signal_handlers_unblock_by_func (self->version, on_version_chosen, self);
  on_version_chosen (self);
  gtk_widget_set_visible (self->group, self->version_ids->len > 0);
}

/* The record */

static void
on_price_activated (SwTable *table, gint64 id, SwRecordPage *page)
{
  sw_tariff_price_edit (page, 0, id);
}

static void
on_add_clicked (SwTariffsPage *self)
{
  sw_tariff_price_edit (SW_RECORD_PAGE (self), shown_version (self), 0);
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwTariffsPage *self = SW_TARIFFS_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/catalogue/tariff-grid.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));

  self->group = GTK_WIDGET (gtk_builder_get_object (builder, "prices"));
  self->version = GTK_DROP_DOWN (gtk_builder_get_object (builder, "version"));
  self->prices = SW_TABLE (sw_table_new (price_columns));
  sw_table_set_placeholder (self->prices, _("Prefix, destination…"));
  sw_table_set_sort (self->prices, "destination", FALSE);
  sw_table_set_empty (self->prices, "x-office-spreadsheet-symbolic", _("No price yet"),
                      _("A file of prices can be imported."), NULL, NULL);
  /* Nothing until a version is known. */
  sw_table_set_scope (self->prices, "tariff_grid_version_id", "0", NULL);
  sw_table_set_source (self->prices, sw_page_get_session (SW_PAGE (self)), "tariff_price", "catalogue");
  gtk_widget_set_size_request (GTK_WIDGET (self->prices), -1, 480);
  gtk_widget_add_css_class (GTK_WIDGET (self->prices), "card");
  gtk_widget_set_overflow (GTK_WIDGET (self->prices), GTK_OVERFLOW_HIDDEN);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), GTK_WIDGET (self->prices));
  g_signal_connect_object (self->prices, "activated", G_CALLBACK (on_price_activated), self, 0);
  g_signal_connect_object (self->version, "notify::selected", G_CALLBACK (on_version_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_builder_get_object (builder, "add"), "clicked", G_CALLBACK (on_add_clicked), self,
                           G_CONNECT_SWAPPED);
  sw_record_page_set_form (page, sw_form_new (view, "tariff_grid"));
  return g_object_ref_sink (view);
}

static void
show (SwRecordPage *page, SwRecord *grid)
{
  SwTariffsPage *self = SW_TARIFFS_PAGE (page);

  sw_record_page_set_title (page, sw_record_get_text (grid, "label"), sw_record_get_text (grid, "code"));
  show_versions (self, grid);
  if (self->version_ids->len > 0)
    sw_record_page_set_primary (page, _("New version…"), ask_copy, NULL);
  else
    sw_record_page_set_primary (page, NULL, NULL, NULL);
}

static void
show_new (SwRecordPage *page)
{
  g_autoptr (JsonObject) defaults = json_object_new ();

  sw_record_page_set_title (page, _("New price grid"), NULL);
  sw_record_page_set_primary (page, NULL, NULL, NULL);
  gtk_widget_set_visible (SW_TARIFFS_PAGE (page)->group, FALSE);
  json_object_set_boolean_member (defaults, "active", TRUE);
  sw_form_load_new (sw_record_page_get_form (page), defaults);
}

static void
finalize (GObject *object)
{
  g_array_unref (SW_TARIFFS_PAGE (object)->version_ids);
  G_OBJECT_CLASS (sw_tariffs_page_parent_class)->finalize (object);
}

static void
sw_tariffs_page_class_init (SwTariffsPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_catalogue_get_resource ());
  G_OBJECT_CLASS (klass)->finalize = finalize;
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_tariffs_page_init (SwTariffsPage *self)
{
  self->version_ids = g_array_new (FALSE, FALSE, sizeof (gint64));
}
