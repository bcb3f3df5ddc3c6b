/* sw-orders-page.c: see sw-orders-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/orders/sw-orders-page.h"

#include <glib/gi18n-lib.h>

#include "base/sw-money.h"
#include "orders-resources.h"
#include "pages/common/sw-words.h"
#include "pages/orders/sw-order-actions.h"
#include "pages/orders/sw-order-bundle.h"
#include "pages/orders/sw-order-line.h"
#include "pages/orders/sw-order-todo.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-choice-source.h"
#include "widgets/sw-figure.h"
#include "widgets/sw-form-list.h"
#include "widgets/sw-lookup-row.h"
#include "widgets/sw-steps.h"

struct _SwOrdersPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *kinds;
  GtkToggleButton *mobile;
  GtkToggleButton *service;
  GtkWidget *steps_place;
  GtkWidget *steps;
  GtkWidget *figures;
  SwFigure *monthly;
  SwFigure *once;
  SwFigure *lines_open;
  GtkWidget *todo_place;
  GtkWidget *bundle_place;
  SwLookupRow *customer;
  SwLookupRow *contract;
  SwChoiceRow *seller;
  SwChoiceSource *sites;
  AdwPreferencesGroup *messages;
  AdwPreferencesGroup *opened;
  SwFormList *lines;
  SwFormList *services;

  gboolean next_is_service; /* what the next new order is */
  gint64 next_customer_id;  /* whose; 0: not known */
};

G_DEFINE_FINAL_TYPE (SwOrdersPage, sw_orders_page, SW_TYPE_RECORD_PAGE)

static const SwChoice order_kinds[] = {
  { "mobile", N_("Mobile lines"), SW_BADGE_NEUTRAL },
  { "service", N_("Services"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice order_way[] = {
  { "draft", N_("Being entered"), SW_BADGE_NEUTRAL },
  { "validated", N_("Validated"), SW_BADGE_NEUTRAL },
  { "open", N_("Lines open"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice service_way[] = {
  { "draft", N_("Being entered"), SW_BADGE_NEUTRAL },
  { "validated", N_("Validated"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwColumn columns[] = {
  { .field = "number", .title = N_("Number"), .width = 140, .sortable = TRUE },
  { .field = "customer_name", .title = N_("Customer"), .main = TRUE, .sortable = TRUE },
  { .field = "kind", .title = N_("Kind"), .kind = SW_COLUMN_CHOICE, .width = 120, .priority = 3, .sortable = TRUE,
    .choices = order_kinds },
  { .field = "seller_name", .title = N_("Seller"), .width = 140, .priority = 4, .sortable = TRUE },
  { .field = "line_count", .title = N_("Lines"), .kind = SW_COLUMN_NUMBER, .width = 70, .priority = 3, .sortable = TRUE },
  { .field = "monthly_net", .title = N_("Monthly excl. VAT"), .kind = SW_COLUMN_MONEY, .width = 128, .priority = 2,
    .sortable = TRUE, .summed = TRUE },
  { .field = "one_off_net", .title = N_("Once excl. VAT"), .kind = SW_COLUMN_MONEY, .width = 120, .priority = 5,
    .sortable = TRUE, .summed = TRUE, .optional = TRUE },
  { .field = "ordered_on", .title = N_("Ordered on"), .kind = SW_COLUMN_DATE, .width = 112, .priority = 2,
    .sortable = TRUE },
  { .field = "open_line_count", .title = N_("Lines open"), .kind = SW_COLUMN_NUMBER, .width = 110, .priority = 5,
    .sortable = TRUE, .optional = TRUE },
  { .field = "contract_number", .title = N_("Contract"), .width = 136, .priority = 5, .sortable = TRUE,
    .optional = TRUE },
  { .field = "status", .title = N_("Status"), .kind = SW_COLUMN_BADGE, .width = 116, .sortable = TRUE,
    .choices = sw_words_order_statuses },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("Being entered"), "status", SW_FILTER_EQUAL, "draft" },
  { N_("Validated"), "status", SW_FILTER_EQUAL, "validated" },
  { N_("Mobile lines"), "kind", SW_FILTER_EQUAL, "mobile" },
  { N_("Services"), "kind", SW_FILTER_EQUAL, "service" },
  { N_("Cancelled"), "status", SW_FILTER_EQUAL, "cancelled" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "sales_order",
  .save = "mobile_order_save",
  .columns = columns,
  .filters = filters,
  .sort = "number",
  .descending = TRUE,
  .search = N_("Number, customer…"),
  .title = N_("Orders"),
  .icon_name = "sw-order-symbolic",
  .new_label = N_("New order"),
  .empty_title = N_("No order yet"),
  .empty_text = N_("An order opens lines at their operator, or bills services."),
  .list_width = 430,
  .record_width = -1,
};

/* Choices of this session */

static void
on_choices_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecord) choices = sw_call_run_finish_record (result, NULL);
  SwOrdersPage *self = user_data;

  if (choices != NULL)
    sw_choice_row_set_rows (self->seller, sw_record_get_rows (choices, "users"), "role_name", "display_name");
}

static void
read_choices (SwOrdersPage *self)
{
  g_autoptr (SwCall) call = sw_call_new ("choices");

  sw_call_run_async (call, sw_page_get_session (SW_PAGE (self)), sw_page_get_cancellable (SW_PAGE (self)),
                     on_choices_read, self);
}

/* What depends on the customer */

static gint64
get_customer (SwOrdersPage *self)
{
  g_autofree char *id = sw_row_get_value (SW_ROW (self->customer), NULL);

  return id == NULL ? 0 : g_ascii_strtoll (id, NULL, 10);
}

static void
follow_customer (SwOrdersPage *self)
{
  gint64 id = get_customer (self);
  g_autofree char *filter = g_strdup_printf ("customer_id=%" G_GINT64_FORMAT, id);

  sw_lookup_row_set_filter (self->contract, filter);
  for (guint i = 0; i < sw_form_list_get_n_items (self->lines); i++)
    sw_order_line_set_customer (sw_form_list_get_item (self->lines, i), id);
}

static void
on_line_added (SwFormList *list, SwFieldSet *fields, SwOrdersPage *self)
{
  sw_order_line_connect (list, fields, SW_RECORD_PAGE (self));
  sw_order_line_set_customer (fields, get_customer (self));
}

static void
on_service_added (SwFormList *list, SwFieldSet *fields, SwOrdersPage *self)
{
  sw_lookup_row_set_session (SW_LOOKUP_ROW (sw_field_set_get_row (fields, "offer_id")),
                             sw_page_get_session (SW_PAGE (self)));
}

static void
on_saved (SwOrdersPage *self, GParamSpec *pspec, SwForm *form)
{
  if (sw_form_is_saving (form))
    return;
  for (guint i = 0; i < sw_form_list_get_n_items (self->lines); i++)
    sw_order_line_check (sw_form_list_get_item (self->lines, i));
}

/* Which of the two forms */

static void
show_kind (SwOrdersPage *self, gboolean is_service)
{
  sw_form_set_save_function (sw_record_page_get_form (SW_RECORD_PAGE (self)),
                             is_service ? "service_order_save" : "mobile_order_save");
  gtk_widget_set_visible (GTK_WIDGET (self->lines), !is_service);
  gtk_widget_set_visible (GTK_WIDGET (self->services), is_service);
  sw_steps_set_steps (SW_STEPS (self->steps), is_service ? service_way : order_way);
}

static void
show_kind_of_new (SwOrdersPage *self)
{
  gboolean is_service = gtk_toggle_button_get_active (self->service);

  show_kind (self, is_service);
  gtk_widget_set_visible (self->bundle_place, is_service);
}

static void
on_bundle (SwRecord *bundle, gpointer data)
{
  SwOrdersPage *self = data;
  g_autoptr (JsonObject) values = sw_record_to_json (bundle);

  sw_form_list_apply (self->services, json_object_get_array_member (values, "services"));
}

static void
on_insert_bundle (SwOrdersPage *self)
{
  sw_order_bundle_ask (SW_RECORD_PAGE (self), on_bundle, g_object_ref (self), g_object_unref);
}

/* The record */

static void
on_run (GSimpleAction *action, GVariant *name, SwRecordPage *page)
{
  sw_order_actions_run (page, g_variant_get_string (name, NULL));
}

static void
find_widgets (SwOrdersPage *self, GtkBuilder *builder)
{
  self->kinds = GTK_WIDGET (gtk_builder_get_object (builder, "kinds"));
  self->mobile = GTK_TOGGLE_BUTTON (gtk_builder_get_object (builder, "mobile"));
  self->service = GTK_TOGGLE_BUTTON (gtk_builder_get_object (builder, "service"));
  self->steps_place = GTK_WIDGET (gtk_builder_get_object (builder, "steps_place"));
  self->figures = GTK_WIDGET (gtk_builder_get_object (builder, "figures"));
  self->monthly = SW_FIGURE (gtk_builder_get_object (builder, "monthly"));
  self->once = SW_FIGURE (gtk_builder_get_object (builder, "once"));
  self->lines_open = SW_FIGURE (gtk_builder_get_object (builder, "lines_open"));
  self->todo_place = GTK_WIDGET (gtk_builder_get_object (builder, "todo_place"));
  self->bundle_place = GTK_WIDGET (gtk_builder_get_object (builder, "bundle_place"));
  self->customer = SW_LOOKUP_ROW (gtk_builder_get_object (builder, "customer"));
  self->contract = SW_LOOKUP_ROW (gtk_builder_get_object (builder, "contract"));
  self->seller = SW_CHOICE_ROW (gtk_builder_get_object (builder, "seller"));
  self->messages = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "messages"));
  self->opened = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "opened"));
  self->lines = SW_FORM_LIST (gtk_builder_get_object (builder, "lines"));
  self->services = SW_FORM_LIST (gtk_builder_get_object (builder, "services"));
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwOrdersPage *self = SW_ORDERS_PAGE (page);
  SwSession *session = sw_page_get_session (SW_PAGE (page));
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/orders/order.ui");
  GtkWidget *view = GTK_WIDGET (gtk_builder_get_object (builder, "view"));
  GtkWidget *bundle = gtk_button_new_with_label (_("Insert a bundle"));

  find_widgets (self, builder);
  self->steps = sw_steps_new (order_way);
  gtk_box_append (GTK_BOX (self->steps_place), self->steps);
  gtk_widget_set_halign (bundle, GTK_ALIGN_START);
  gtk_widget_add_css_class (bundle, "flat");
  gtk_box_append (GTK_BOX (self->bundle_place), bundle);
  g_signal_connect_swapped (bundle, "clicked", G_CALLBACK (on_insert_bundle), self);
  sw_lookup_row_set_session (self->customer, session);
  sw_lookup_row_set_session (self->contract, session);
  self->sites = sw_choice_source_new (SW_CHOICE_ROW (gtk_builder_get_object (builder, "billing_site")), session,
                                      "customer", "sites", "id", "name");
  sw_choice_source_follow (self->sites, SW_ROW (self->customer));
  g_signal_connect_object (self->customer, "notify::value", G_CALLBACK (follow_customer), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->lines, "item-added", G_CALLBACK (on_line_added), self, 0);
  g_signal_connect_object (self->services, "item-added", G_CALLBACK (on_service_added), self, 0);
  g_signal_connect_object (self->service, "toggled", G_CALLBACK (show_kind_of_new), self, G_CONNECT_SWAPPED);
  sw_record_page_add_action (page, "run", G_VARIANT_TYPE_STRING, G_CALLBACK (on_run), page);
  sw_record_page_set_form (page, sw_form_new (view, "sales_order"));
  g_signal_connect_object (sw_record_page_get_form (page), "notify::saving", G_CALLBACK (on_saved), self,
                           G_CONNECT_SWAPPED);
  read_choices (self);
  return g_object_ref_sink (view);
}

static void
show_figures (SwOrdersPage *self, SwRecord *order)
{
  g_autofree char *monthly = sw_money_format (sw_record_get_text (order, "monthly_net"));
  g_autofree char *once = sw_money_format (sw_record_get_text (order, "one_off_net"));
  g_autofree char *lines = g_strdup_printf (_("%s of %s"), sw_record_get_text (order, "open_line_count"),
                                            sw_record_get_text (order, "line_count"));
  gboolean is_mobile = g_strcmp0 (sw_record_get_text (order, "kind"), "mobile") == 0;

  sw_figure_set (self->monthly, monthly, SW_BADGE_NEUTRAL);
  sw_figure_set (self->once, once, SW_BADGE_NEUTRAL);
  sw_figure_set (self->lines_open, lines, SW_BADGE_NEUTRAL);
  gtk_widget_set_visible (gtk_widget_get_parent (GTK_WIDGET (self->lines_open)), is_mobile);
}

static const char *
get_step (SwRecord *order)
{
  const char *status = sw_record_get_text (order, "status");
  gint64 n_lines = sw_record_get_int (order, "line_count");

  if (g_strcmp0 (status, "validated") == 0 && n_lines > 0 && sw_record_get_int (order, "open_line_count") == n_lines)
    return "open";
  return status;
}

static void
show (SwRecordPage *page, SwRecord *order)
{
  SwOrdersPage *self = SW_ORDERS_PAGE (page);
  SwForm *form = sw_record_page_get_form (page);
  gboolean is_service = g_strcmp0 (sw_record_get_text (order, "kind"), "service") == 0;
  const char *status = sw_record_get_text (order, "status");
  gboolean is_editable = sw_record_get_bool (order, "editable");

  sw_record_page_set_title (page, sw_record_get_text (order, "number"), sw_record_get_text (order, "customer_name"));
  gtk_widget_set_visible (self->kinds, FALSE);
  gtk_widget_set_visible (self->steps_place, g_strcmp0 (status, "cancelled") != 0);
  gtk_widget_set_visible (self->figures, TRUE);
  show_kind (self, is_service);
  gtk_widget_set_visible (self->bundle_place, is_service && is_editable);
  sw_steps_set_current (SW_STEPS (self->steps), get_step (order));
  show_figures (self, order);
  sw_choice_source_read (self->sites, sw_record_get_int (order, "customer_id"));
  follow_customer (self);
  sw_field_set_set_editable (sw_form_get_fields (form), is_editable);
  sw_row_set_editable (SW_ROW (self->customer), FALSE);
  sw_order_actions_show (page, order);
  sw_order_todo_show (page, self->todo_place, order);
  sw_order_todo_show_messages (self->messages, order);
  sw_order_todo_show_opened (self->opened, order);
}

static void
show_new (SwRecordPage *page)
{
  SwOrdersPage *self = SW_ORDERS_PAGE (page);
  SwForm *form = sw_record_page_get_form (page);
  g_autoptr (JsonObject) defaults = json_object_new ();
  GtkWidget *hidden[] = { self->steps_place, self->figures, self->todo_place, GTK_WIDGET (self->messages),
                          GTK_WIDGET (self->opened) };

  for (gsize i = 0; i < G_N_ELEMENTS (hidden); i++)
    gtk_widget_set_visible (hidden[i], FALSE);
  gtk_widget_set_visible (self->kinds, TRUE);
  gtk_toggle_button_set_active (self->next_is_service ? self->service : self->mobile, TRUE);
  show_kind_of_new (self);
  sw_record_page_set_title (page, _("New order"), NULL);
  sw_record_page_set_primary (page, NULL, NULL, NULL);
  sw_record_page_set_menu (page, NULL);
  sw_lookup_row_set_label (self->customer, NULL);
  sw_field_set_set_editable (sw_form_get_fields (form), TRUE);
  sw_choice_source_read (self->sites, 0);
  json_object_set_string_member (defaults, "seller", sw_session_get_user_name (sw_page_get_session (SW_PAGE (page))));
  json_object_set_string_member (defaults, "ordered_on", sw_session_get_today (sw_page_get_session (SW_PAGE (page))));
  if (self->next_customer_id != 0)
    json_object_set_int_member (defaults, "customer_id", self->next_customer_id);
  sw_form_load_new (form, defaults);
  sw_choice_source_take_first (self->sites, self->next_customer_id);
  follow_customer (self);
  self->next_customer_id = 0;
  self->next_is_service = FALSE;
}

/* "mobile-order-of-customer" and "service-order-of-customer" are new orders for customer @id. */
static void
open_record (SwPage *page, const char *entity, gint64 id)
{
  SwOrdersPage *self = SW_ORDERS_PAGE (page);

  if (!g_str_has_suffix (entity, "-order-of-customer"))
    {
      SW_PAGE_CLASS (sw_orders_page_parent_class)->open_record (page, entity, id);
      return;
    }
  self->next_customer_id = id;
  self->next_is_service = g_str_has_prefix (entity, "service");
  sw_page_create (page);
}

static void
sw_orders_page_class_init (SwOrdersPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_orders_get_resource ());
  SW_PAGE_CLASS (klass)->open_record = open_record;
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
  page_class->show_new = show_new;
}

static void
sw_orders_page_init (SwOrdersPage *self)
{
}
