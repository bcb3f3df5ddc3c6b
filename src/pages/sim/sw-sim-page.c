/* sw-sim-page.c: see sw-sim-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/sim/sw-sim-page.h"

#include <glib/gi18n-lib.h>

#include "sim-resources.h"
#include "base/sw-date.h"
#include "base/sw-identifier.h"
#include "pages/common/sw-sim-swap.h"
#include "pages/common/sw-words.h"
#include "pages/sim/sw-sim-state.h"
#include "pages/sim/sw-sim-stock.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-lookup-row.h"

struct _SwSimPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  AdwPreferencesGroup *place;
  AdwPreferencesGroup *events;
  GtkWidget *codes;
  SwLookupRow *operator;
};

G_DEFINE_FINAL_TYPE (SwSimPage, sw_sim_page, SW_TYPE_RECORD_PAGE)

static const SwChoice forms[] = {
  { "card", N_("Plastic card"), SW_BADGE_NEUTRAL },
  { "esim", "eSIM", SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwColumn columns[] = {
  { .field = "iccid", .title = N_("Number (ICCID)"), .main = TRUE, .sortable = TRUE,
    .identifier = SW_IDENTIFIER_ICCID },
  { .field = "operator_name", .title = N_("Operator"), .width = 120, .priority = 2, .sortable = TRUE },
  { .field = "number", .title = N_("Line"), .kind = SW_COLUMN_PHONE, .width = 140, .priority = 1,
    .sortable = TRUE },
  { .field = "customer_name", .title = N_("Customer"), .width = 190, .priority = 3, .sortable = TRUE },
  { .field = "batch", .title = N_("Lot"), .width = 90, .priority = 4, .sortable = TRUE },
  { .field = "state_entered_on", .title = N_("Since"), .kind = SW_COLUMN_DATE, .width = 96, .priority = 5,
    .sortable = TRUE },
  { .field = "form", .title = N_("Form factor"), .kind = SW_COLUMN_CHOICE, .width = 100, .priority = 6,
    .sortable = TRUE, .optional = TRUE, .choices = forms },
  { .field = "imsi", .title = "IMSI", .width = 140, .priority = 6, .sortable = TRUE, .optional = TRUE },
  { .field = "received_on", .title = N_("Received on"), .kind = SW_COLUMN_DATE, .width = 96,
    .priority = 6, .sortable = TRUE, .optional = TRUE },
  { .field = "state", .title = N_("Status"), .kind = SW_COLUMN_BADGE, .width = 104, .sortable = TRUE,
    .choices = sw_words_sim_states },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("In stock"), "state", SW_FILTER_EQUAL, "in_stock" },
  { N_("Reserved"), "state", SW_FILTER_EQUAL, "reserved" },
  { N_("In service"), "state", SW_FILTER_EQUAL, "active" },
  { N_("Suspended"), "state", SW_FILTER_EQUAL, "suspended" },
  { N_("Out of use"), "state", SW_FILTER_IN, "replaced|terminated|defective" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "sim_card",
  .columns = columns,
  .filters = filters,
  .bulk_actions = sw_sim_state_bulk_actions,
  .sort = "iccid",
  .search = N_("Number or its end, IMSI, lot…"),
  .title = N_("SIM cards"),
  .icon_name = "auth-sim-symbolic",
  .new_label = N_("New SIM card"),
  .empty_title = N_("No SIM card yet"),
  .empty_text = N_("The operator’s file of cards can be imported."),
  .list_width = -1,
  .record_width = 560,
};

/* The record */

static void
on_set_state (GSimpleAction *action, GVariant *state, SwRecordPage *page)
{
  gint64 id = sw_record_page_get_id (page);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof id);

  g_array_append_val (ids, id);
  sw_sim_state_ask (sw_record_page_get_table (page), SW_PAGE (page), ids, g_variant_get_string (state, NULL));
}

static void
on_swap (SwRecordPage *page, gpointer data)
{
  SwRecord *card = sw_record_page_get_record (page);

  if (card != NULL)
    sw_sim_swap_present (SW_PAGE (page), sw_record_get_text (card, "number"));
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwSimPage *self = SW_SIM_PAGE (page);
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/sim/sim-card.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));
  g_autoptr (SwForm) form = NULL;

  self->place = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "place"));
  self->events = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "events"));
  self->codes = GTK_WIDGET (gtk_builder_get_object (builder, "codes"));
  self->operator= SW_LOOKUP_ROW (gtk_builder_get_object (builder, "operator"));
  sw_lookup_row_set_session (self->operator, sw_page_get_session (SW_PAGE (self)));
  sw_choice_row_set_choices (SW_CHOICE_ROW (gtk_builder_get_object (builder, "form")), forms);
  sw_record_page_add_action (page, "set-state", G_VARIANT_TYPE_STRING, G_CALLBACK (on_set_state), page);
  form = sw_form_new (view, "sim_card");
  sw_record_page_set_form (page, form);
  return g_object_ref_sink (view);
}

static void
show_place (SwSimPage *self, SwRecord *card)
{
  const SwChoice *choice = sw_choice_find (sw_words_sim_states, sw_record_get_text (card, "state"));
  g_autofree char *since = sw_date_format (sw_record_get_text (card, "state_entered_on"));
  g_autofree char *number = sw_identifier_format (SW_IDENTIFIER_PHONE, sw_record_get_text (card, "number"));
  g_autofree char *title = g_strdup_printf (_("Since %s"), since);
  GtkWidget *row;

  sw_facts_clear (self->place);
  row = sw_facts_add (self->place, title, sw_record_get_text (card, "state_reason"));
  if (choice != NULL)
    sw_facts_add_badge (row, _(choice->label), choice->style);
  if (sw_record_get_int (card, "line_id") != 0)
    {
      row = sw_facts_add (self->place, _("Line"), NULL);
      sw_facts_add_figure (row, number);
      sw_facts_set_link (row, "line", sw_record_get_int (card, "line_id"));
    }
  if (sw_record_get_int (card, "customer_id") != 0)
    {
      row = sw_facts_add (self->place, _("Customer"), NULL);
      sw_facts_add_figure (row, sw_record_get_text (card, "customer_name"));
      sw_facts_set_link (row, "customer", sw_record_get_int (card, "customer_id"));
    }
}

static void
show_events (SwSimPage *self, SwRecord *card)
{
  GListModel *events = sw_record_get_rows (card, "events");

  sw_facts_clear (self->events);
  for (guint i = 0; i < g_list_model_get_n_items (events); i++)
    {
      g_autoptr (SwRecord) event = g_list_model_get_item (events, i);
      const SwChoice *to = sw_choice_find (sw_words_sim_states, sw_record_get_text (event, "to_state"));
      g_autofree char *day = sw_date_format (sw_record_get_text (event, "occurred_on"));
      g_autofree char *number = sw_identifier_format (SW_IDENTIFIER_PHONE, sw_record_get_text (event, "number"));
      g_autoptr (GString) detail = g_string_new (day);
      const char *parts[] = { sw_record_get_text (event, "occurred_by"), number,
                              sw_record_get_text (event, "reason") };
      GtkWidget *row;

      for (gsize p = 0; p < G_N_ELEMENTS (parts); p++)
        if (parts[p] != NULL && *parts[p] != '\0')
          g_string_append_printf (detail, " · %s", parts[p]);
      row = sw_facts_add (self->events,
                          to != NULL ? _(to->label) : sw_record_get_text (event, "to_state"), detail->str);
      if (sw_record_get_int (event, "line_id") != 0)
        sw_facts_set_link (row, "line", sw_record_get_int (event, "line_id"));
    }
}

static void
show (SwRecordPage *page, SwRecord *card)
{
  SwSimPage *self = SW_SIM_PAGE (page);
  g_autofree char *iccid = sw_identifier_format (SW_IDENTIFIER_ICCID, sw_record_get_text (card, "iccid"));
  const char *const *states = sw_record_get_strv (card, "next_states");
  g_autoptr (GMenu) menu = sw_sim_state_create_menu (states);
  gboolean may_move = states[0] != NULL && sw_page_may (SW_PAGE (page), "sim_card_set_state");

  sw_record_page_set_title (page, iccid, sw_record_get_text (card, "operator_name"));
  sw_lookup_row_set_label (self->operator, sw_record_get_text (card, "operator_name"));
  gtk_widget_set_visible (GTK_WIDGET (self->place), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->events), TRUE);
  /* The server sends no codes to those who may not see them. */
  gtk_widget_set_visible (self->codes, sw_record_has (card, "pin"));
  show_place (self, card);
  show_events (self, card);
  sw_record_page_set_menu (page, may_move ? G_MENU_MODEL (menu) : NULL);
  if (sw_record_get_bool (card, "may_swap"))
    sw_record_page_set_primary (page, _("Replace…"), on_swap, NULL);
  else
    sw_record_page_set_primary (page, NULL, NULL, NULL);
}

static void
show_new (SwRecordPage *page)
{
  SwSimPage *self = SW_SIM_PAGE (page);
  g_autoptr (JsonObject) defaults = json_object_new ();

  sw_record_page_set_title (page, _("New SIM card"), NULL);
  sw_record_page_set_primary (page, NULL, NULL, NULL);
  sw_record_page_set_menu (page, NULL);
  sw_lookup_row_set_label (self->operator, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->place), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->events), FALSE);
  gtk_widget_set_visible (self->codes, TRUE);
  json_object_set_string_member (defaults, "form", "card");
  json_object_set_string_member (defaults, "received_on",
                                 sw_session_get_today (sw_page_get_session (SW_PAGE (page))));
  sw_form_load_new (sw_record_page_get_form (page), defaults);
}

/* The page */

static void
on_swap_clicked (SwPage *page)
{
  sw_sim_swap_present (page, NULL);
}

static void
on_import_clicked (GtkWidget *page)
{
  sw_page_open (page, "import-sim", 0);
}

static GtkWidget *
create_button (const char *icon_name, const char *label, GCallback callback, gpointer page)
{
  GtkWidget *button = sw_pane_icon_button (icon_name, label, NULL);

  g_signal_connect_object (button, "clicked", callback, page, G_CONNECT_SWAPPED);
  return button;
}

/* The stock, and beside it what takes a card from it: the bar above has no room for one more on a phone. */
static GtkWidget *
create_top (SwRecordPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *stock
      = sw_sim_stock_new (sw_page_get_session (SW_PAGE (page)), sw_record_page_get_table (page));
  GtkWidget *swap = create_button ("emblem-synchronizing-symbolic", _("Replace a SIM card…"),
                                   G_CALLBACK (on_swap_clicked), page);

  gtk_widget_set_visible (swap, sw_page_may (SW_PAGE (page), "sim_swap"));
  gtk_widget_set_halign (swap, GTK_ALIGN_END);
  gtk_widget_set_hexpand (swap, TRUE); /* at the end, without a stock too */
  gtk_widget_set_valign (swap, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_end (swap, 9);
  gtk_widget_add_css_class (swap, "flat");
  gtk_box_append (GTK_BOX (box), stock);
  gtk_box_append (GTK_BOX (box), swap);
  return box;
}

static void
constructed (GObject *object)
{
  SwRecordPage *page = SW_RECORD_PAGE (object);
  SwPane *pane;

  G_OBJECT_CLASS (sw_sim_page_parent_class)->constructed (object);
  pane = SW_PANE (gtk_widget_get_ancestor (GTK_WIDGET (sw_record_page_get_table (page)), SW_TYPE_PANE));
  sw_pane_add_top (pane, create_top (page));
  if (sw_page_may (SW_PAGE (page), "import_begin"))
    sw_pane_pack_start (pane, create_button ("document-open-symbolic", _("Import the operator’s file…"),
                                             G_CALLBACK (on_import_clicked), page));
}

/* "sim-swap" is the screen that replaces the card of a line (MLINE-17), wherever it was asked from. */
static void
open_record (SwPage *page, const char *entity, gint64 id)
{
  if (g_str_equal (entity, "sim-swap"))
    sw_sim_swap_present (page, NULL);
  else
    SW_PAGE_CLASS (sw_sim_page_parent_class)->open_record (page, entity, id);
}

static void
sw_sim_page_class_init (SwSimPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_sim_get_resource ());
  G_OBJECT_CLASS (klass)->constructed = constructed;
  SW_PAGE_CLASS (klass)->open_record = open_record;
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_sim_page_init (SwSimPage *self)
{
}
