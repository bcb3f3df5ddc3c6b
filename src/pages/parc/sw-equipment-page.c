/* sw-equipment-page.c: machines, where they stand, their states and history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/parc/sw-equipment-page.h"

#include <glib/gi18n-lib.h>

#include "parc-resources.h"
#include "base/sw-date.h"
#include "pages/common/sw-parc-words.h"
#include "pages/common/sw-words.h"
#include "pages/parc/sw-equipment-state.h"
#include "widgets/sw-badge.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-lookup-row.h"

struct _SwEquipmentPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *heading;
  GtkLabel *name;
  SwBadge *badge;
  SwLookupRow *lookups[4];
  AdwPreferencesGroup *contracts;
  AdwPreferencesGroup *events;
  gint64 new_service_id; /* where the next new one stands; 0: in stock */
};

G_DEFINE_FINAL_TYPE (SwEquipmentPage, sw_equipment_page, SW_TYPE_RECORD_PAGE)

/* Rows that look up another record, and the field with its words. */
static const struct
{
  const char *id;
  const char *label_field;
} lookups[] = {
  { "offer", NULL },
  { "customer", "customer_name" },
  { "service", "service_name" },
  { "line", "line_number" },
};

static const SwColumn columns[] = {
  { .field = "label", .title = N_("Machine"), .main = TRUE, .sortable = TRUE },
  { .field = "serial_number", .title = N_("Serial number"), .width = 112, .priority = 1, .sortable = TRUE },
  { .field = "kind", .title = N_("Kind"), .kind = SW_COLUMN_CHOICE, .width = 130, .priority = 5,
    .sortable = TRUE, .optional = TRUE, .choices = sw_parc_words_machine_kinds },
  { .field = "customer_name", .title = N_("Customer"), .width = 180, .priority = 2, .sortable = TRUE },
  { .field = "service_name", .title = N_("Site"), .width = 150, .priority = 4, .sortable = TRUE,
    .optional = TRUE },
  { .field = "line_number", .title = N_("Line"), .width = 120, .priority = 4, .sortable = TRUE,
    .optional = TRUE },
  { .field = "imei", .title = N_("IMEI"), .width = 140, .priority = 5, .sortable = TRUE, .optional = TRUE },
  { .field = "mac_address", .title = N_("MAC address"), .width = 140, .priority = 5, .sortable = TRUE,
    .optional = TRUE },
  { .field = "state", .title = N_("State"), .kind = SW_COLUMN_BADGE, .width = 172, .sortable = TRUE,
    .choices = sw_parc_words_machine_states },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("In stock"), "state", SW_FILTER_EQUAL, "in_stock" },
  { N_("Under contract"), "state", SW_FILTER_EQUAL, "under_contract" },
  { N_("Out of contract"), "state", SW_FILTER_EQUAL, "in_service_off_contract" },
  { N_("Returned"), "state", SW_FILTER_EQUAL, "returned" },
  { N_("Sold"), "state", SW_FILTER_EQUAL, "sold" },
  { N_("Dead"), "state", SW_FILTER_EQUAL, "dead" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "equipment",
  .columns = columns,
  .filters = filters,
  .bulk_actions = sw_equipment_state_bulk,
  .sort = "label",
  .search = N_("Make, serial number, IMEI, MAC, customer…"),
  .title = N_("Machines"),
  .icon_name = "drive-harddisk-symbolic",
  .new_label = N_("New machine"),
  .empty_title = N_("No machine yet"),
  .empty_text = N_("Machines enter by the stock, then go to customers."),
  .list_width = -1,
  .record_width = 520,
};

static GtkWidget *
build (SwRecordPage *page)
{
  SwEquipmentPage *self = SW_EQUIPMENT_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/parc/equipment.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));

  self->heading = GTK_WIDGET (gtk_builder_get_object (builder, "heading"));
  self->name = GTK_LABEL (gtk_builder_get_object (builder, "name"));
  self->badge = SW_BADGE (gtk_builder_get_object (builder, "badge"));
  self->contracts = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "contracts"));
  self->events = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "events"));
  for (gsize i = 0; i < G_N_ELEMENTS (lookups); i++)
    {
      self->lookups[i] = SW_LOOKUP_ROW (gtk_builder_get_object (builder, lookups[i].id));
      sw_lookup_row_set_session (self->lookups[i], sw_page_get_session (SW_PAGE (self)));
    }
  sw_choice_row_set_choices (SW_CHOICE_ROW (gtk_builder_get_object (builder, "kind")),
                             sw_parc_words_machine_kinds);
  sw_equipment_state_setup (page);
  sw_record_page_set_form (page, sw_form_new (view, "equipment"));
  return g_object_ref_sink (view);
}

static void
show_contracts (SwEquipmentPage *self, SwRecord *machine)
{
  GListModel *rows = sw_record_get_rows (machine, "contracts");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_facts_clear (self->contracts);
  gtk_widget_set_visible (GTK_WIDGET (self->contracts), n_rows > 0);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (SwRecord) contract = g_list_model_get_item (rows, i);
      GtkWidget *row = sw_facts_add (
          self->contracts, sw_record_get_text (contract, "number"),
          sw_choice_label (sw_words_contract_steps, sw_record_get_text (contract, "step")));

      sw_facts_set_link (row, "contract", sw_record_get_id (contract));
    }
}

/* "03/02/2026 · Pharmacie du Port · Auray · Loan" */
static char *
describe_event (SwRecord *event)
{
  static const char *const fields[] = { "customer_name", "service_name", "reason", "occurred_by" };
  g_autofree char *day = sw_date_format (sw_record_get_text (event, "occurred_on"));
  g_autoptr (GString) text = g_string_new (day);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      const char *value = sw_record_get_text (event, fields[i]);

      if (value != NULL && (i != 1 || g_strcmp0 (value, sw_record_get_text (event, fields[0])) != 0))
        g_string_append_printf (text, " · %s", value);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
show_events (SwEquipmentPage *self, SwRecord *machine)
{
  GListModel *rows = sw_record_get_rows (machine, "events");

  sw_facts_clear (self->events);
  gtk_widget_set_visible (GTK_WIDGET (self->events), TRUE);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) event = g_list_model_get_item (rows, i);
      const SwChoice *state
          = sw_choice_find (sw_parc_words_machine_states, sw_record_get_text (event, "to_state"));
      g_autofree char *subtitle = describe_event (event);
      const char *from = sw_record_get_text (event, "from_state");
      const char *title = state == NULL ? sw_record_get_text (event, "to_state") : _(state->label);

      if (from != NULL && g_strcmp0 (from, sw_record_get_text (event, "to_state")) == 0)
        title = _("Moved");
      sw_facts_add (self->events, title, subtitle);
    }
}

static void
show (SwRecordPage *page, SwRecord *machine)
{
  SwEquipmentPage *self = SW_EQUIPMENT_PAGE (page);

  sw_record_page_set_title (page, sw_record_get_text (machine, "label"),
                            sw_record_get_text (machine, "serial_number"));
  gtk_widget_set_visible (self->heading, TRUE);
  gtk_label_set_label (self->name, sw_record_get_text (machine, "label"));
  sw_badge_set_choice (self->badge, sw_parc_words_machine_states, sw_record_get_text (machine, "state"));
  for (gsize i = 0; i < G_N_ELEMENTS (lookups); i++)
    if (lookups[i].label_field != NULL)
      sw_lookup_row_set_label (self->lookups[i], sw_record_get_text (machine, lookups[i].label_field));
  sw_equipment_state_show (page, machine);
  show_contracts (self, machine);
  show_events (self, machine);
}

static void
show_new (SwRecordPage *page)
{
  SwEquipmentPage *self = SW_EQUIPMENT_PAGE (page);
  g_autoptr (JsonObject) defaults = json_object_new ();

  sw_record_page_set_title (page, _("New machine"), NULL);
  sw_record_page_set_primary (page, NULL, NULL, NULL);
  sw_record_page_set_menu (page, NULL);
  gtk_widget_set_visible (self->heading, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->contracts), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->events), FALSE);
  json_object_set_string_member (defaults, "kind", "other");
  if (self->new_service_id != 0)
    json_object_set_int_member (defaults, "service_id", self->new_service_id);
  self->new_service_id = 0;
  sw_form_load_new (sw_record_page_get_form (page), defaults);
}

/* "equipment-of-service" is a new machine at site @id. */
static void
open_record (SwPage *page, const char *entity, gint64 id)
{
  if (g_str_equal (entity, "equipment-of-service"))
    {
      SW_EQUIPMENT_PAGE (page)->new_service_id = id;
      sw_page_create (page);
    }
  else
    SW_PAGE_CLASS (sw_equipment_page_parent_class)->open_record (page, entity, id);
}

static void
sw_equipment_page_class_init (SwEquipmentPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_parc_get_resource ());
  SW_PAGE_CLASS (klass)->open_record = open_record;
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_equipment_page_init (SwEquipmentPage *self)
{
}
