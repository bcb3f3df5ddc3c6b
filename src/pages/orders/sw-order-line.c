/* sw-order-line.c: see sw-order-line.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/orders/sw-order-line.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-money.h"
#include "model/sw-rule-messages.h"
#include "pages/common/sw-words.h"
#include "pages/orders/sw-order-bundle.h"
#include "pages/orders/sw-order-repeat.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-lookup-row.h"
#include "widgets/sw-toast.h"

/* After the last key. */
#define CHECK_DELAY_MS 250

static const SwChoice commitments[] = {
  { "none", N_("No commitment"), SW_BADGE_NEUTRAL },
  { "new", N_("New commitment"), SW_BADGE_NEUTRAL },
  { "renewal", N_("Renewed commitment"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice sale_modes[] = {
  { "sale", N_("Sold"), SW_BADGE_NEUTRAL },
  { "rental", N_("Rented"), SW_BADGE_NEUTRAL },
  { "loan", N_("Lent"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice purchase_modes[] = {
  { "stock", N_("From our stock"), SW_BADGE_NEUTRAL },
  { "purchase", N_("To be bought"), SW_BADGE_NEUTRAL },
  { "operator", N_("Through the operator"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const char *const names[] = {
  "first_name", "last_name", "sim_card_id", "service_id", "ports_in", "number", "rio", "port_on", "offer_id", "price",
  "discount_percent", "throughput_mbps", "commitment_type", "commitment_months", "tariff_grid_id", "terminal_offer_id",
  "terminal_sale_mode", "terminal_purchase_mode", "terminal_price", "special_conditions", "billing_conditions",
};

/* Belongs to the fields of the line. */
typedef struct
{
  SwFieldSet *fields;
  SwFormList *list;
  SwRecordPage *page; /* outlives the line */
  GtkWidget *item;    /* the AdwExpanderRow; owned: a dialog about the line may outlive its place */
  SwRow *offer;
  SwRow *ports_in;
  GtkWidget *option_list;
  GCancellable *cancellable;
  guint waiting;        /* source */
  char *options;        /* which of the catalogue it may have, as SwLookupRow.filter; NULL: not known yet */
  GHashTable *told;     /* fields whose error came from a check */
  gboolean new_offer;   /* chosen, its commitment is to be proposed */
  gboolean new_port;    /* switched on, its day is to be proposed */
} Line;

static Line *
line_of (SwFieldSet *fields)
{
  return g_object_get_data (G_OBJECT (fields), "sw-order-line");
}

static SwRow *
row_of (Line *line, const char *field)
{
  return sw_field_set_get_row (line->fields, field);
}

static char *
value_of (Line *line, const char *field)
{
  return sw_row_get_value (row_of (line, field), NULL);
}

static gboolean
is_editable (Line *line)
{
  gboolean editable;

  g_object_get (line->list, "editable", &editable, NULL);
  return editable;
}

/* As if the person had typed it. */
static void
put (Line *line, const char *field, const char *value)
{
  sw_row_set_value (row_of (line, field), value);
  sw_row_edited (row_of (line, field));
}

/* What the rows hold */

static void
add_value (JsonObject *object, SwFieldSet *fields, const char *field)
{
  SwRow *row = sw_field_set_get_row (fields, field);
  g_autofree char *value = sw_row_get_value (row, NULL);

  if (value == NULL)
    return;
  if (sw_row_is_boolean (row))
    json_object_set_boolean_member (object, field, g_str_equal (value, "true"));
  else
    json_object_set_string_member (object, field, value);
  if (SW_IS_LOOKUP_ROW (row))
    {
      g_autofree char *words = sw_row_get_display (row);

      json_object_set_string_member (object, sw_lookup_row_get_shown_field (SW_LOOKUP_ROW (row)), words);
    }
}

JsonObject *
sw_order_line_copy (SwFieldSet *fields, const char *const *but)
{
  static const char *const option_names[] = { "offer_id", "price", "throughput_mbps" };
  SwFormList *options = SW_FORM_LIST (sw_field_set_get_list (fields, "options"));
  JsonObject *object = json_object_new ();
  JsonArray *array = json_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (!g_strv_contains (but, names[i]))
      add_value (object, fields, names[i]);
  for (guint i = 0; i < sw_form_list_get_n_items (options); i++)
    {
      JsonObject *option = json_object_new ();

      for (gsize f = 0; f < G_N_ELEMENTS (option_names); f++)
        add_value (option, sw_form_list_get_item (options, i), option_names[f]);
      json_array_add_object_element (array, option);
    }
  json_object_set_array_member (object, "options", array);
  return object;
}

void
sw_order_line_set_expanded (SwFieldSet *fields, gboolean expanded)
{
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (line_of (fields)->item), expanded);
}

/* What the server says about it */

/* Rows that say something only when others do. */
static void
show_rows (Line *line, gboolean carries_data)
{
  g_autofree char *ports_in = value_of (line, "ports_in");
  g_autofree char *commitment = value_of (line, "commitment_type");
  g_autofree char *terminal = value_of (line, "terminal_offer_id");
  g_autofree char *throughput = value_of (line, "throughput_mbps");
  gboolean ported = g_strcmp0 (ports_in, "true") == 0;
  const struct
  {
    const char *field;
    gboolean visible;
  } rows[] = {
    { "rio", ported },
    { "port_on", ported },
    { "commitment_months", commitment != NULL && !g_str_equal (commitment, "none") },
    { "throughput_mbps", carries_data || throughput != NULL },
    { "terminal_sale_mode", terminal != NULL },
    { "terminal_purchase_mode", terminal != NULL },
    { "terminal_price", terminal != NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_visible (GTK_WIDGET (row_of (line, rows[i].field)), rows[i].visible);
  sw_row_set_hint (row_of (line, "number"), ported ? NULL : _("Empty: allotted by the operator"));
}

static void
show_problems (Line *line, SwRecord *check)
{
  SwRecord *problems = sw_record_get_record (check, "problems");

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      const char *reason = problems == NULL ? NULL : sw_record_get_text (problems, names[i]);
      g_autofree char *sentence = reason == NULL ? NULL : sw_rule_sentence ("SW005", reason, NULL, NULL);

      /* What saving found wrong stays until it is changed. */
      if (sentence != NULL || g_hash_table_contains (line->told, names[i]))
        sw_row_set_error (row_of (line, names[i]), sentence);
      if (sentence != NULL)
        g_hash_table_add (line->told, (gpointer) names[i]);
      else
        g_hash_table_remove (line->told, names[i]);
    }
}

static void
show_rio (Line *line, SwRecord *check)
{
  SwRecord *rio = sw_record_get_record (check, "rio");
  g_autofree char *text = NULL;

  if (rio != NULL && sw_record_get_bool (rio, "valid"))
    text = g_strdup_printf (_("RIO verified with the number · operator %s"),
                            sw_record_get_text (rio, "operator_code"));
  else if (rio == NULL)
    text = g_strdup (_("Verified as soon as number and RIO are there"));
  sw_row_set_hint (row_of (line, "rio"), text);
}

static void
show_catalogue_price (Line *line, const char *field, const char *price)
{
  g_autofree char *money = sw_money_format (price);
  g_autofree char *text = price == NULL ? NULL : g_strdup_printf (_("Catalogue: %s"), money);

  sw_row_set_hint (row_of (line, field), text);
}

static void
show_throughput (Line *line, const char *mbps)
{
  g_autofree char *number = sw_money_format_number (mbps, 0);
  g_autofree char *text = mbps == NULL ? NULL : g_strdup_printf (_("Empty: the catalogue’s, %s Mbit/s"), number);

  sw_row_set_hint (row_of (line, "throughput_mbps"), text);
}

static void
show_monthly (Line *line, SwRecord *check)
{
  g_autofree char *money = sw_money_format (sw_record_get_text (check, "monthly_net"));
  g_autofree char *text = g_strdup_printf (_("%s a month with its options"), money);

  sw_row_set_hint (row_of (line, "discount_percent"), sw_record_get_text (check, "price") == NULL ? NULL : text);
}

static void
show_hints (Line *line, SwRecord *check)
{
  const char *first = sw_record_get_text (check, "operator_first_name");
  const char *last = sw_record_get_text (check, "operator_last_name");
  g_autofree char *from = sw_date_format (sw_record_get_text (check, "port_first_on"));
  g_autofree char *until = sw_date_format (sw_record_get_text (check, "port_last_on"));
  g_autofree char *window = g_strdup_printf (_("Working days from %s to %s"), from, until);
  g_autofree char *user = NULL;

  if (last != NULL && *last != '\0')
    user = g_strdup_printf (_("For the operator: %s"), last);
  if (user != NULL && first != NULL && *first != '\0')
    {
      g_free (user);
      user = g_strdup_printf (_("For the operator: %s %s"), first, last);
    }
  sw_row_set_hint (row_of (line, "last_name"), user);
  sw_row_set_hint (row_of (line, "port_on"), window);
  show_rio (line, check);
  show_catalogue_price (line, "price", sw_record_get_text (check, "price"));
  show_catalogue_price (line, "terminal_price", sw_record_get_text (check, "terminal_price"));
  show_monthly (line, check);
  show_throughput (line, sw_record_get_text (check, "throughput_mbps"));
}

/* What follows from what was just chosen. */
static void
propose (Line *line, SwRecord *check)
{
  g_autofree char *port_on = value_of (line, "port_on");
  const char *months = sw_record_get_text (check, "commitment_months");

  if (line->new_port && port_on == NULL)
    put (line, "port_on", sw_record_get_text (check, "port_first_on"));
  line->new_port = FALSE;
  if (line->new_offer && months != NULL && !g_str_equal (months, "0"))
    {
      put (line, "commitment_type", "new");
      put (line, "commitment_months", months);
    }
  line->new_offer = FALSE;
}

/* Only cards of its network, only options its subscription takes. */
static void
show_choices (Line *line, SwRecord *check)
{
  const char *operator_id = sw_record_get_text (check, "operator_id");
  g_autofree char *offer = sw_row_get_value (row_of (line, "offer_id"), NULL);
  g_autofree char *ids = g_strjoinv (",", (char **) sw_record_get_strv (check, "option_ids"));
  SwFormList *options = SW_FORM_LIST (line->option_list);
  g_autofree char *cards = g_strdup_printf ("state=in_stock%s%s", operator_id != NULL ? " operator_id=" : "",
                                            operator_id != NULL ? operator_id : "");

  sw_lookup_row_set_filter (SW_LOOKUP_ROW (row_of (line, "sim_card_id")), cards);
  g_free (line->options);
  /* Before there is a subscription any; for one that takes none, none. */
  if (offer == NULL)
    line->options = g_strdup ("kind=option technology=mobile on_sale=true");
  else
    line->options = g_strdup_printf ("id=%s", *ids != '\0' ? ids : "0");
  for (guint i = 0; i < sw_form_list_get_n_items (options); i++)
    sw_lookup_row_set_filter (
        SW_LOOKUP_ROW (sw_field_set_get_row (sw_form_list_get_item (options, i), "offer_id")), line->options);
}

static void
on_checked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) check = sw_call_run_finish_record (result, &error);
  Line *line = user_data;

  /* Cancelled: the line may be gone. Lost: saving says so. */
  if (check == NULL)
    return;
  propose (line, check);
  show_rows (line, sw_record_get_bool (check, "carries_data"));
  show_problems (line, check);
  show_hints (line, check);
  show_choices (line, check);
}

static void
stop (Line *line)
{
  g_clear_handle_id (&line->waiting, g_source_remove);
  g_cancellable_cancel (line->cancellable);
  g_clear_object (&line->cancellable);
}

static gboolean
check_now (gpointer data)
{
  static const char *const nothing[] = { NULL };
  Line *line = data;
  g_autoptr (SwCall) call = sw_call_new ("order_line_check");
  g_autoptr (JsonObject) values = sw_order_line_copy (line->fields, nothing);

  line->waiting = 0;
  stop (line);
  sw_field_set_identify (line->fields, values);
  sw_call_add_json_object (call, NULL, values);
  line->cancellable = g_cancellable_new ();
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (line->page)), line->cancellable, on_checked, line);
  return G_SOURCE_REMOVE;
}

static void
check_later (Line *line)
{
  show_rows (line, gtk_widget_get_visible (GTK_WIDGET (row_of (line, "throughput_mbps"))));
  if (!is_editable (line))
    return;
  stop (line);
  line->waiting = g_timeout_add (CHECK_DELAY_MS, check_now, line);
}

static void
on_expanded (Line *line)
{
  if (adw_expander_row_get_expanded (ADW_EXPANDER_ROW (line->item)))
    check_later (line);
}

void
sw_order_line_check (SwFieldSet *fields)
{
  on_expanded (line_of (fields));
}

/* The values are there. */
static gboolean
on_filled (gpointer data)
{
  Line *line = data;

  line->waiting = 0;
  /* Filling it in was nobody's choice. */
  line->new_offer = line->new_port = FALSE;
  show_rows (line, FALSE);
  on_expanded (line);
  return G_SOURCE_REMOVE;
}

static void
on_offer_chosen (Line *line)
{
  line->new_offer = TRUE;
}

static void
on_port_switched (Line *line)
{
  line->new_port = TRUE;
}

/* SIM cards */

GArray *
sw_order_line_cards (SwFormList *list)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < sw_form_list_get_n_items (list); i++)
    {
      SwRow *row = sw_field_set_get_row (sw_form_list_get_item (list, i), "sim_card_id");
      g_autofree char *value = sw_row_get_value (row, NULL);
      gint64 id = value == NULL ? 0 : g_ascii_strtoll (value, NULL, 10);

      if (id != 0)
        g_array_append_val (ids, id);
    }
  return ids;
}

void
sw_order_line_find_cards (SwFormList *list,
                          SwFieldSet *fields,
                          SwRecordPage *page,
                          guint count,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  static const char *const given[] = { "offer_id", "service_id" };
  static const char *const parameters[] = { "p_offer_id", "p_service_id" };
  g_autoptr (GArray) ids = sw_order_line_cards (list);
  g_autoptr (SwCall) call = sw_call_new ("sim_cards_free");
  g_autofree char *number = g_strdup_printf ("%u", count);

  for (gsize i = 0; i < G_N_ELEMENTS (given); i++)
    {
      g_autofree char *value = sw_row_get_value (sw_field_set_get_row (fields, given[i]), NULL);

      /* The subscription has no default; nothing is a card of no operator. */
      if (value != NULL || i == 0)
        sw_call_add_id (call, parameters[i], value == NULL ? 0 : g_ascii_strtoll (value, NULL, 10));
    }
  sw_call_add_number (call, "p_count", number);
  sw_call_add_ids (call, "p_except", (const gint64 *) ids->data, ids->len);
  sw_call_run_async (call, sw_page_get_session (SW_PAGE (page)), sw_page_get_cancellable (SW_PAGE (page)),
                     callback, user_data);
}

static void
on_card_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwFieldSet) fields = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) cards = sw_call_run_finish_rows (result, &error);
  g_autoptr (SwRecord) card = cards == NULL ? NULL : g_list_model_get_item (cards, 0);
  g_autofree char *id = NULL;
  SwRow *row;

  if (cards == NULL && sw_rule_is_cancelled (error))
    return;
  row = sw_field_set_get_row (fields, "sim_card_id");
  if (card == NULL)
    {
      g_autofree char *message = error != NULL ? sw_rule_message (error) : NULL;

      sw_row_set_error (row, message != NULL ? message : _("No card in stock for this subscription"));
      return;
    }
  id = g_strdup_printf ("%" G_GINT64_FORMAT, sw_record_get_id (card));
  sw_row_set_value (row, id);
  sw_lookup_row_set_label (SW_LOOKUP_ROW (row), sw_record_get_text (card, "iccid"));
  sw_row_edited (row);
}

static void
on_next_sim (GSimpleAction *action, GVariant *parameter, Line *line)
{
  g_autofree char *offer = value_of (line, "offer_id");
  g_autofree char *service = value_of (line, "service_id");

  if (offer == NULL && service == NULL)
    sw_row_set_error (row_of (line, "sim_card_id"), _("Choose the subscription first: it says which operator’s card"));
  else
    sw_order_line_find_cards (line->list, line->fields, line->page, 1, on_card_found, g_object_ref (line->fields));
}

/* The other buttons */

static void
on_bundle (SwRecord *bundle, gpointer data)
{
  SwFieldSet *fields = data;
  g_autoptr (JsonObject) values = sw_record_to_json (sw_record_get_record (bundle, "line"));

  line_of (fields)->new_offer = json_object_has_member (values, "offer_id");
  sw_field_set_apply (fields, values);
}

static void
on_insert_bundle (GSimpleAction *action, GVariant *parameter, Line *line)
{
  sw_order_bundle_ask (line->page, on_bundle, g_object_ref (line->fields), g_object_unref);
}

static void
on_repeat (GSimpleAction *action, GVariant *parameter, Line *line)
{
  sw_order_repeat_ask (line->list, line->fields, line->page);
}

static void
add_actions (Line *line)
{
  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  const struct
  {
    const char *name;
    GCallback callback;
  } actions[] = {
    { "next-sim", G_CALLBACK (on_next_sim) },
    { "bundle", G_CALLBACK (on_insert_bundle) },
    { "repeat", G_CALLBACK (on_repeat) },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      g_autoptr (GSimpleAction) action = g_simple_action_new (actions[i].name, NULL);

      g_signal_connect (action, "activate", actions[i].callback, line);
      g_object_bind_property (line->list, "editable", action, "enabled", G_BINDING_SYNC_CREATE);
      g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (action));
    }
  gtk_widget_insert_action_group (line->item, "line", G_ACTION_GROUP (group));
}

static void
on_option_added (SwFormList *options, SwFieldSet *fields, Line *line)
{
  SwLookupRow *offer = SW_LOOKUP_ROW (sw_field_set_get_row (fields, "offer_id"));

  sw_lookup_row_set_session (offer, sw_page_get_session (SW_PAGE (line->page)));
  if (line->options != NULL)
    sw_lookup_row_set_filter (offer, line->options);
}

void
sw_order_line_set_customer (SwFieldSet *fields, gint64 customer_id)
{
  g_autofree char *filter = g_strdup_printf ("kind=mobile customer_id=%" G_GINT64_FORMAT, customer_id);

  sw_lookup_row_set_filter (SW_LOOKUP_ROW (sw_field_set_get_row (fields, "service_id")), filter);
}

static void
line_free (gpointer data)
{
  Line *line = data;

  stop (line);
  g_signal_handlers_disconnect_by_data (line->offer, line);
  g_signal_handlers_disconnect_by_data (line->ports_in, line);
  g_signal_handlers_disconnect_by_data (line->option_list, line);
  g_signal_handlers_disconnect_by_data (line->item, line);
  gtk_widget_insert_action_group (line->item, "line", NULL);
  g_object_unref (line->item);
  g_hash_table_unref (line->told);
  g_free (line->options);
  g_free (line);
}

void
sw_order_line_connect (SwFormList *list, SwFieldSet *fields, SwRecordPage *page)
{
  const struct
  {
    const char *field;
    const SwChoice *choices;
  } drop_downs[] = {
    { "commitment_type", commitments },
    { "terminal_sale_mode", sale_modes },
    { "terminal_purchase_mode", purchase_modes },
  };
  Line *line = g_new0 (Line, 1);

  line->fields = fields;
  line->list = list;
  line->page = page;
  line->told = g_hash_table_new (g_str_hash, g_str_equal);
  line->offer = row_of (line, "offer_id");
  line->ports_in = row_of (line, "ports_in");
  line->option_list = sw_field_set_get_list (fields, "options");
  line->item = g_object_ref (gtk_widget_get_ancestor (GTK_WIDGET (line->offer), ADW_TYPE_EXPANDER_ROW));
  g_object_set_data_full (G_OBJECT (fields), "sw-order-line", line, line_free);

  for (gsize i = 0; i < G_N_ELEMENTS (drop_downs); i++)
    sw_choice_row_set_choices (SW_CHOICE_ROW (row_of (line, drop_downs[i].field)), drop_downs[i].choices);
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    if (SW_IS_LOOKUP_ROW (row_of (line, names[i])))
      sw_lookup_row_set_session (SW_LOOKUP_ROW (row_of (line, names[i])), sw_page_get_session (SW_PAGE (page)));
  g_signal_connect (line->option_list, "item-added", G_CALLBACK (on_option_added), line);
  g_signal_connect_swapped (line->offer, "notify::value", G_CALLBACK (on_offer_chosen), line);
  g_signal_connect_swapped (line->ports_in, "notify::value", G_CALLBACK (on_port_switched), line);
  g_signal_connect_swapped (fields, "edited", G_CALLBACK (check_later), line);
  g_signal_connect_swapped (line->item, "notify::expanded", G_CALLBACK (on_expanded), line);
  add_actions (line);
  line->waiting = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_filled, line, NULL);
}
