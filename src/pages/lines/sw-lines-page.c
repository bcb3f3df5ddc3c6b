/* sw-lines-page.c: see sw-lines-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/lines/sw-lines-page.h"

#include <glib/gi18n-lib.h>

#include "lines-resources.h"
#include "base/sw-date.h"
#include "base/sw-money.h"
#include "pages/common/sw-line-words.h"
#include "pages/lines/sw-line-actions.h"
#include "pages/lines/sw-line-facts.h"
#include "widgets/sw-badge.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-figure.h"
#include "widgets/sw-form-list.h"
#include "widgets/sw-lookup-row.h"

struct _SwLinesPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *heading;
  GtkWidget *todo_place;
  GtkWidget *figures;
  GtkWidget *margin_place;
  GtkLabel *number;
  GtkLabel *summary;
  SwBadge *badge;
  SwFigure *monthly_net;
  SwFigure *monthly_margin;
  SwFigure *committed;
  SwLookupRow *service;
  SwChoiceRow *operator;
  GtkWidget *new_offers;
  AdwPreferencesGroup *user;
  AdwPreferencesGroup *offers;
  AdwPreferencesGroup *cards;
  AdwPreferencesGroup *place;
  AdwPreferencesGroup *equipment;
  GtkWidget *operations;
  SwTimeline *offers_line;
  SwTimeline *operations_line;

  gint64 scope; /* the customer whose lines are listed; 0: all */
};

G_DEFINE_FINAL_TYPE (SwLinesPage, sw_lines_page, SW_TYPE_RECORD_PAGE)

/* {{{ The list */

static char *
format_number (SwRecord *line)
{
  return g_strdup (sw_record_get_text (line, "number_shown"));
}

static char *
format_user (SwRecord *line)
{
  return g_strdup (sw_record_get_text (line, "user_name"));
}

static const char *const number_needs[] = { "number_shown", NULL };
static const char *const user_needs[] = { "user_name", NULL };

#define FIRST_COLUMNS                                                                                  \
  { .field = "number", .title = N_("Number"), .width = 126, .sortable = TRUE,                         \
    .format = format_number, .needs = number_needs, .filter_by = "number" },                          \
  { .field = "last_name", .title = N_("User"), .main = TRUE, .sortable = TRUE,                        \
    .format = format_user, .needs = user_needs, .filter_by = "user_name" },                           \
  { .field = "customer_name", .title = N_("Customer"), .width = 180, .priority = 2, .sortable = TRUE }, \
  { .field = "subscription", .title = N_("Subscription"), .width = 160, .priority = 3,                \
    .sortable = TRUE },                                                                               \
  { .field = "operator_name", .title = N_("Operator"), .width = 110, .priority = 5, .sortable = TRUE }, \
  { .field = "monthly_net", .title = N_("Monthly excl. VAT"), .kind = SW_COLUMN_MONEY, .width = 112,  \
    .priority = 4, .sortable = TRUE, .summed = TRUE }

#define LAST_COLUMNS                                                                                   \
  { .field = "number_kind", .title = N_("Kind"), .kind = SW_COLUMN_CHOICE, .width = 90,               \
    .priority = 5, .sortable = TRUE, .optional = TRUE, .choices = sw_line_number_kinds },             \
  { .field = "options", .title = N_("Options"), .width = 180, .priority = 5, .sortable = TRUE,        \
    .optional = TRUE },                                                                               \
  { .field = "iccid", .title = N_("SIM card"), .width = 190, .priority = 5, .sortable = TRUE,         \
    .optional = TRUE, .identifier = SW_IDENTIFIER_ICCID },                                                              \
  { .field = "service_name", .title = N_("Site"), .width = 160, .priority = 5, .sortable = TRUE,      \
    .optional = TRUE },                                                                               \
  { .field = "restriction", .title = N_("Restriction"), .kind = SW_COLUMN_CHOICE, .width = 170,       \
    .priority = 5, .sortable = TRUE, .optional = TRUE, .choices = sw_line_restrictions },             \
  { .field = "open_requests", .title = N_("Waiting requests"), .kind = SW_COLUMN_NUMBER, .width = 90, \
    .priority = 5, .sortable = TRUE, .optional = TRUE },                                              \
  { .field = "committed_until_on", .title = N_("Committed until"), .kind = SW_COLUMN_DATE,            \
    .width = 112, .priority = 5, .sortable = TRUE, .optional = TRUE },                                \
  { .field = "activated_on", .title = N_("Activated on"), .kind = SW_COLUMN_DATE, .width = 112,       \
    .priority = 5, .sortable = TRUE, .optional = TRUE },                                              \
  { .field = "state", .title = N_("Activity"), .kind = SW_COLUMN_BADGE, .width = 120,                 \
    .priority = 1, .sortable = TRUE, .choices = sw_line_states },                                                    \
  { NULL }

static const SwColumn columns[] = { FIRST_COLUMNS, LAST_COLUMNS };

/* Purchase price and margin (LINE-14). */
static const SwColumn managed_columns[] = {
  FIRST_COLUMNS,
  { .field = "monthly_purchase", .title = N_("Purchase price"), .kind = SW_COLUMN_MONEY, .width = 120,
    .priority = 5, .sortable = TRUE, .summed = TRUE, .optional = TRUE },
  { .field = "monthly_margin", .title = N_("Margin"), .kind = SW_COLUMN_MONEY, .width = 96,
    .priority = 2, .sortable = TRUE, .summed = TRUE },
  LAST_COLUMNS
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("Active"), "state", SW_FILTER_EQUAL, "active" },
  { N_("Restricted"), "state", SW_FILTER_EQUAL, "restricted" },
  { N_("Under construction"), "state", SW_FILTER_EQUAL, "under_construction" },
  { N_("Waiting for the operator"), "open_requests", SW_FILTER_BETWEEN, "1|" },
  { N_("Terminated"), "state", SW_FILTER_IN, "terminated|obsolete" },
  { NULL }
};

#define PAGE(_relation, _columns)                                                                      \
  {                                                                                                    \
    .entity = "line", .relation = _relation, .columns = _columns, .filters = filters,                 \
    .bulk_actions = sw_line_bulk_actions, .sort = "number",                                           \
    .search = N_("Number, user, customer, site…"), .title = N_("Lines"),                              \
    .icon_name = "call-start-symbolic", .new_label = N_("New line"), .empty_title = N_("No line yet"), \
    .empty_text = N_("Lines come from orders, from imports and from the operator."),                  \
    .list_width = -1, .record_width = 560,                                                            \
  }

static const SwRecordPageInfo info = PAGE ("line", columns);
static const SwRecordPageInfo managed_info = PAGE ("line_managed", managed_columns);

static const SwRecordPageInfo *
choose_info (SwRecordPage *page)
{
  SwSession *session = sw_page_get_session (SW_PAGE (page));

  return session != NULL && sw_session_has_right (session, "margin") ? &managed_info : &info;
}

/* }}} */

/* {{{ The record */

static void
on_choices_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecord) choices = sw_call_run_finish_record (result, NULL);
  SwLinesPage *self = user_data;

  if (choices != NULL)
    sw_choice_row_set_rows (self->operator, sw_record_get_rows (choices, "operators"), "id", "name");
}

static void
on_item_added (SwFormList *list, SwFieldSet *fields, SwLinesPage *self)
{
  sw_lookup_row_set_session (SW_LOOKUP_ROW (sw_field_set_get_row (fields, "offer_id")),
                             sw_page_get_session (SW_PAGE (self)));
}

static void
on_run (GSimpleAction *action, GVariant *name, SwRecordPage *page)
{
  sw_line_actions_run (page, g_variant_get_string (name, NULL));
}

static void
take_widgets (SwLinesPage *self, GtkBuilder *builder)
{
  self->heading = GTK_WIDGET (gtk_builder_get_object (builder, "heading"));
  self->todo_place = GTK_WIDGET (gtk_builder_get_object (builder, "todo_place"));
  self->figures = GTK_WIDGET (gtk_builder_get_object (builder, "figures"));
  self->margin_place = GTK_WIDGET (gtk_builder_get_object (builder, "margin_place"));
  self->number = GTK_LABEL (gtk_builder_get_object (builder, "number"));
  self->summary = GTK_LABEL (gtk_builder_get_object (builder, "summary"));
  self->badge = SW_BADGE (gtk_builder_get_object (builder, "badge"));
  self->monthly_net = SW_FIGURE (gtk_builder_get_object (builder, "monthly_net"));
  self->monthly_margin = SW_FIGURE (gtk_builder_get_object (builder, "monthly_margin"));
  self->committed = SW_FIGURE (gtk_builder_get_object (builder, "committed"));
  self->service = SW_LOOKUP_ROW (gtk_builder_get_object (builder, "service"));
  self->operator = SW_CHOICE_ROW (gtk_builder_get_object (builder, "operator"));
  self->new_offers = GTK_WIDGET (gtk_builder_get_object (builder, "new_offers"));
  self->user = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "user"));
  self->offers = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "offers"));
  self->cards = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "cards"));
  self->place = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "place"));
  self->equipment = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "equipment"));
  self->operations = GTK_WIDGET (gtk_builder_get_object (builder, "operations"));
  self->offers_line = SW_TIMELINE (gtk_builder_get_object (builder, "offers_line"));
  self->operations_line = SW_TIMELINE (gtk_builder_get_object (builder, "operations_line"));
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwLinesPage *self = SW_LINES_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/lines/line.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));
  g_autoptr (SwForm) form = NULL;
  g_autoptr (SwCall) choices = sw_call_new ("choices");

  take_widgets (self, builder);
  sw_lookup_row_set_session (self->service, sw_page_get_session (SW_PAGE (self)));
  g_signal_connect_object (self->new_offers, "item-added", G_CALLBACK (on_item_added), self, 0);
  sw_record_page_add_action (page, "run", G_VARIANT_TYPE_STRING, G_CALLBACK (on_run), page);
  form = sw_form_new (view, "line");
  sw_record_page_set_form (page, form);
  sw_call_run_async (choices, sw_page_get_session (SW_PAGE (self)),
                     sw_page_get_cancellable (SW_PAGE (self)), on_choices_read, self);
  return g_object_ref_sink (view);
}

/* What only a request changes is shown, not offered for typing; @locked NULL: nothing. */
static void
show_locks (SwLinesPage *self, SwRecord *line)
{
  static const char *const fields[] = { "number", "first_name", "last_name" };
  const char *const *locked = line != NULL ? sw_record_get_strv (line, "locked") : NULL;
  SwForm *form = sw_record_page_get_form (SW_RECORD_PAGE (self));
  gboolean open = locked != NULL && g_strv_contains (locked, "offers");

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    sw_row_set_editable (sw_form_get_row (form, fields[i]),
                         locked == NULL || !g_strv_contains (locked, fields[i]));
  gtk_widget_set_visible (self->new_offers, !open);
  gtk_widget_set_visible (GTK_WIDGET (self->offers), open);
}

static void
show_figures (SwLinesPage *self, SwRecord *line)
{
  SwRecord *margin = sw_record_get_record (line, "margin");
  const char *until = sw_record_get_text (line, "committed_until_on");
  const char *today = sw_session_get_today (sw_page_get_session (SW_PAGE (self)));
  g_autofree char *net = sw_money_format (sw_record_get_text (line, "monthly_net"));
  g_autofree char *day = sw_date_format (until);

  sw_figure_set (self->monthly_net, net, SW_BADGE_NEUTRAL);
  sw_figure_set (self->committed,
                 until != NULL && sw_date_days_between (today, until) >= 0 ? day : _("not committed"),
                 SW_BADGE_NEUTRAL);
  gtk_widget_set_visible (self->margin_place, margin != NULL);
  if (margin != NULL)
    {
      const char *amount = sw_record_get_text (margin, "monthly_margin");
      g_autofree char *money = sw_money_format (amount);

      sw_figure_set (self->monthly_margin, sw_record_get_bool (margin, "is_incomplete") ? "—" : money,
                     sw_money_sign (amount) < 0 ? SW_BADGE_ALERT : SW_BADGE_NEUTRAL);
    }
}

static void
show_heading (SwLinesPage *self, SwRecord *line)
{
  const char *number = sw_record_get_text (line, "number_shown");
  const char *kind = sw_record_get_text (line, "number_kind");
  const char *state = sw_record_get_text (line, "state");
  g_autofree char *summary
      = g_strjoin (" · ", sw_record_get_text (line, "customer_name"),
                   kind != NULL ? sw_choice_label (sw_line_number_kinds, kind) : _("Without number"),
                   sw_record_get_text (line, "operator_name"), NULL);

  gtk_label_set_label (self->number, number != NULL ? number : _("Without number"));
  gtk_label_set_label (self->summary, summary);
  if (g_strcmp0 (state, "restricted") == 0)
    sw_badge_set_choice (self->badge, sw_line_restrictions, sw_record_get_text (line, "restriction"));
  else
    sw_badge_set_choice (self->badge, sw_line_states, state);
}

static void
show_operator_hint (SwLinesPage *self, SwRecord *line)
{
  g_autofree char *hint = NULL;

  if (sw_record_get_text (line, "operator_id") == NULL && sw_record_get_text (line, "operator_name") != NULL)
    hint = g_strdup_printf (_("That of the site: %s"), sw_record_get_text (line, "operator_name"));
  sw_row_set_hint (SW_ROW (self->operator), hint);
}

static void
show_sections (SwLinesPage *self, gboolean visible)
{
  GtkWidget *sections[] = { self->heading, self->figures, GTK_WIDGET (self->place),
                            self->operations };

  for (gsize i = 0; i < G_N_ELEMENTS (sections); i++)
    gtk_widget_set_visible (sections[i], visible);
}

static void
show (SwRecordPage *page, SwRecord *line)
{
  SwLinesPage *self = SW_LINES_PAGE (page);
  const char *number = sw_record_get_text (line, "number_shown");
  const char *user = sw_record_get_text (line, "user_name");

  sw_record_page_set_title (page, number != NULL ? number : _("Without number"), user);
  show_sections (self, TRUE);
  show_heading (self, line);
  show_figures (self, line);
  show_operator_hint (self, line);
  sw_lookup_row_set_label (self->service, sw_record_get_text (line, "service_name"));
  show_locks (self, line);
  sw_line_actions_show (page, line);
  sw_line_actions_show_todo (page, self->todo_place, line);
  sw_line_actions_offer (page, line, self->user, "line_change_user", _("Change…"));
  sw_line_actions_offer (page, line, self->offers, "line_change_offer", _("Change…"));
  sw_line_actions_offer (page, line, self->cards, "line_swap_sim", _("Replace…"));
  sw_line_facts_show_offers (self->offers_line, line);
  sw_line_facts_show_cards (self->cards, line);
  sw_line_facts_show_place (self->place, line);
  sw_line_facts_show_equipment (self->equipment, line);
  sw_line_facts_show_operations (self->operations_line, line);
}

static void
show_new (SwRecordPage *page)
{
  SwLinesPage *self = SW_LINES_PAGE (page);
  g_autoptr (JsonObject) defaults = json_object_new ();

  sw_record_page_set_title (page, _("New line"), NULL);
  sw_record_page_set_primary (page, NULL, NULL, NULL);
  sw_record_page_set_menu (page, NULL);
  sw_lookup_row_set_label (self->service, NULL);
  sw_row_set_hint (SW_ROW (self->operator), NULL);
  show_sections (self, FALSE);
  gtk_widget_set_visible (self->todo_place, FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cards), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->equipment), FALSE);
  sw_line_actions_offer (page, NULL, self->user, NULL, NULL);
  show_locks (self, NULL);
  json_object_set_boolean_member (defaults, "hide_called_numbers", TRUE);
  sw_form_load_new (sw_record_page_get_form (page), defaults);
}

/* }}} */

/* {{{ The lines of one customer */

static void
show_scope (SwLinesPage *self, const char *customer)
{
  SwTable *table = sw_record_page_get_table (SW_RECORD_PAGE (self));
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, self->scope);

  sw_table_set_scope (table, "customer_id", id, customer);
}

static void
on_customer_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecord) customer = sw_call_read_record_finish (result, NULL);
  SwLinesPage *self = user_data;

  if (customer != NULL && sw_record_get_id (customer) == self->scope)
    show_scope (self, sw_record_get_text (customer, "legal_name"));
}

static void
open_record (SwPage *page, const char *entity, gint64 id)
{
  SwLinesPage *self = SW_LINES_PAGE (page);

  if (!g_str_equal (entity, "lines-of-customer"))
    {
      SW_PAGE_CLASS (sw_lines_page_parent_class)->open_record (page, entity, id);
      return;
    }
  self->scope = id;
  sw_record_page_close (SW_RECORD_PAGE (page));
  sw_table_set_search (sw_record_page_get_table (SW_RECORD_PAGE (page)), NULL);
  sw_table_set_filter (sw_record_page_get_table (SW_RECORD_PAGE (page)), 0);
  show_scope (self, _("One customer"));
  sw_call_read_record_async (sw_page_get_session (page), "customer", id, sw_page_get_cancellable (page),
                             on_customer_read, self);
}

/* }}} */

static void
sw_lines_page_class_init (SwLinesPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_lines_get_resource ());
  SW_PAGE_CLASS (klass)->open_record = open_record;
  page_class->info = &info;
  page_class->choose_info = choose_info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_lines_page_init (SwLinesPage *self)
{
}
