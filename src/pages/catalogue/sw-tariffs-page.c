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
#include "widgets/sw-form-list.h"

struct _SwTariffsPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *group;
  GtkDropDown *version;
  GtkWidget *add;
  GtkWidget *fixed;
  SwFormList *dates;
  SwTable *prices;
  GArray *versions; /* Version, as in the drop-down */
  gint64 begun;     /* the one just begun, to be shown when it is read; 0 for none */
};

typedef struct
{
  gint64 id;
  gboolean fixed; /* it has begun: calls are billed with its prices */
} Version;

G_DEFINE_FINAL_TYPE (SwTariffsPage, sw_tariffs_page, SW_TYPE_RECORD_PAGE)

static const SwColumn columns[] = {
  { .field = "code", .title = N_("Code"), .width = 90, .sortable = TRUE },
  { .field = "label", .title = N_("Label"), .main = TRUE, .sortable = TRUE },
  { .field = "valid_from_on", .title = N_("In force from"), .kind = SW_COLUMN_DATE, .width = 110, .priority = 2,
    .sortable = TRUE },
  { .field = "version_count", .title = N_("Versions"), .kind = SW_COLUMN_NUMBER, .width = 80, .priority = 3,
    .sortable = TRUE },
  { .field = "price_count", .title = N_("Prices"), .kind = SW_COLUMN_NUMBER, .width = 80, .priority = 1,
    .sortable = TRUE },
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
    .sortable = TRUE, .format = format_connection_price, .needs = connection_price_needs },
  { .field = "unit_price", .title = N_("Price"), .kind = SW_COLUMN_NUMBER, .width = 80, .sortable = TRUE,
    .format = format_unit_price, .needs = unit_price_needs },
  { .field = "unit", .title = N_("For"), .kind = SW_COLUMN_CHOICE, .width = 100, .priority = 1,
    .sortable = TRUE, .choices = sw_tariff_price_units },
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

static Version
shown_version (SwTariffsPage *self)
{
  guint position = gtk_drop_down_get_selected (self->version);

  return position < self->versions->len ? g_array_index (self->versions, Version, position) : (Version){ 0 };
}

static void
on_copied (gint64 id, gpointer page)
{
  SW_TARIFFS_PAGE (page)->begun = id;
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
  sw_call_add_id (call, NULL, shown_version (self).id);
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
on_version_chosen (SwTariffsPage *self)
{
  Version version = shown_version (self);
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, version.id);

  gtk_widget_set_visible (self->add, !version.fixed);
  gtk_widget_set_visible (self->fixed, version.fixed);
  if (version.id == 0 || !sw_page_may (SW_PAGE (self), "tariff_grid_copy"))
    sw_record_page_set_primary (SW_RECORD_PAGE (self), NULL, NULL, NULL);
  else
    sw_record_page_set_primary (SW_RECORD_PAGE (self), version.fixed ? _("Begin a new version…") : _("New version…"),
                                ask_copy, NULL);
  sw_table_set_scope (self->prices, "tariff_grid_version_id", id, NULL);
}

/* Which days a version counts for since it began is past; when it ends is not. */
static void
lock_begun (SwTariffsPage *self)
{
  for (guint i = 0; i < self->versions->len; i++)
    {
      Version version = g_array_index (self->versions, Version, i);
      SwFieldSet *dates = sw_form_list_find (self->dates, version.id);

      /* A version begun elsewhere while something is typed here is no row yet. */
      if (dates == NULL)
        continue;
      sw_row_set_editable (sw_field_set_get_row (dates, "valid_from_on"), !version.fixed);
      sw_form_list_set_removable (self->dates, version.id, !version.fixed);
    }
}

static void
show_versions (SwTariffsPage *self, SwRecord *grid)
{
  GListModel *versions = sw_record_get_rows (grid, "versions");
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  gint64 before = self->begun != 0 ? self->begun : shown_version (self).id;
  guint seen = GTK_INVALID_LIST_POSITION, current = GTK_INVALID_LIST_POSITION;

  g_signal_handlers_block_by_func (self->version, on_version_chosen, self);
  g_array_set_size (self->versions, 0);
  for (guint i = 0; i < g_list_model_get_n_items (versions); i++)
    {
      g_autoptr (SwRecord) version = g_list_model_get_item (versions, i);
      const char *until = sw_record_get_text (version, "valid_until_on");
      g_autofree char *from = sw_date_format (sw_record_get_text (version, "valid_from_on"));
      g_autofree char *end = sw_date_format (until);
      g_autofree char *name
          = until == NULL ? g_strdup_printf (_("From %s"), from) : g_strdup_printf (_("%s to %s"), from, end);
      Version it = { sw_record_get_id (version), sw_record_get_bool (version, "fixed") };

      gtk_string_list_append (names, name);
      g_array_append_val (self->versions, it);
      if (it.id == before)
        seen = i;
      if (g_strcmp0 (sw_record_get_text (version, "period"), "current") == 0)
        current = i;
    }
  gtk_drop_down_set_model (self->version, G_LIST_MODEL (names));
  /* What was looked at stays; else the version in force; else the newest. */
  gtk_drop_down_set_selected (self->version, seen != GTK_INVALID_LIST_POSITION      ? seen
                                             : current != GTK_INVALID_LIST_POSITION ? current
                                                                                    : 0);
  g_signal_handlers_unblock_by_func (self->version, on_version_chosen, self);
  on_version_chosen (self);
  gtk_widget_set_visible (self->group, self->versions->len > 0);
  self->begun = 0;
  lock_begun (self);
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
  sw_tariff_price_edit (SW_RECORD_PAGE (self), shown_version (self).id, 0);
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
  self->add = GTK_WIDGET (gtk_builder_get_object (builder, "add"));
  self->fixed = GTK_WIDGET (gtk_builder_get_object (builder, "fixed"));
  self->dates = SW_FORM_LIST (gtk_builder_get_object (builder, "versions"));
  self->prices = SW_TABLE (sw_table_new (price_columns));
  sw_table_set_placeholder (self->prices, _("Prefix, destination…"));
  sw_table_set_sort (self->prices, "destination", FALSE);
  sw_table_set_empty (self->prices, "x-office-spreadsheet-symbolic", _("No price yet"),
                      _("A file of prices can be imported."), NULL, NULL);
  /* Nothing until a version is known. */
  sw_table_set_scope (self->prices, "tariff_grid_version_id", "0", NULL);
  sw_table_set_source (self->prices, sw_page_get_session (SW_PAGE (self)), "tariff_price", "tariff_price");
  gtk_widget_set_size_request (GTK_WIDGET (self->prices), -1, 480);
  gtk_widget_add_css_class (GTK_WIDGET (self->prices), "card");
  gtk_widget_set_margin_top (GTK_WIDGET (self->prices), 12);
  gtk_widget_set_overflow (GTK_WIDGET (self->prices), GTK_OVERFLOW_HIDDEN);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), GTK_WIDGET (self->prices));
  g_signal_connect_object (self->prices, "activated", G_CALLBACK (on_price_activated), self, 0);
  g_signal_connect_object (self->version, "notify::selected", G_CALLBACK (on_version_chosen), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add_clicked), self, G_CONNECT_SWAPPED);
  sw_record_page_set_form (page, sw_form_new (view, "tariff_grid"));
  return g_object_ref_sink (view);
}

static void
show (SwRecordPage *page, SwRecord *grid)
{
  SwTariffsPage *self = SW_TARIFFS_PAGE (page);

  sw_record_page_set_title (page, sw_record_get_text (grid, "label"), sw_record_get_text (grid, "code"));
  show_versions (self, grid);
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
  g_array_unref (SW_TARIFFS_PAGE (object)->versions);
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
  self->versions = g_array_new (FALSE, FALSE, sizeof (Version));
}
