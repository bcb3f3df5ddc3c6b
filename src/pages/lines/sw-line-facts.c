/* sw-line-facts.c: see sw-line-facts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/lines/sw-line-facts.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-identifier.h"
#include "base/sw-money.h"
#include "pages/common/sw-line-words.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-facts.h"

#define MOST_ROWS 24

static void
add_rest (SwTimeline *timeline, guint n_rows)
{
  g_autofree char *text = sw_words_rest (n_rows, MOST_ROWS);

  if (text != NULL)
    sw_timeline_add_note (timeline, text);
}

/* {{{ Offers */

/* "since 01/03/2026", "from 01/03/2026 to 30/06/2026" */
static char *
describe_span (SwRecord *offer)
{
  const char *last = sw_record_get_text (offer, "ends_on");
  g_autofree char *from = sw_date_format (sw_record_get_text (offer, "starts_on"));
  g_autofree char *to = sw_date_format (last);

  if (last == NULL && sw_record_get_bool (offer, "is_current"))
    return g_strdup_printf (_("since %s"), from);
  if (last == NULL)
    return g_strdup_printf (_("starting %s"), from);
  return g_strdup_printf (_("from %s to %s"), from, to);
}

static void
add_offer (SwTimeline *timeline, SwRecord *offer)
{
  gboolean is_option = g_strcmp0 (sw_record_get_text (offer, "kind"), "option") == 0;
  gboolean is_current = sw_record_get_bool (offer, "is_current");
  gboolean is_over = sw_record_get_text (offer, "ends_on") != NULL && !is_current;
  g_autofree char *span = describe_span (offer);
  g_autofree char *subtitle = g_strdup_printf ("%s · %s", is_option ? _("Option") : _("Subscription"), span);
  g_autofree char *price = sw_money_format (sw_record_get_text (offer, "monthly_net"));
  GtkWidget *row = sw_timeline_add (timeline,
                                    is_current ? SW_TIMELINE_PRESENT
                                    : is_over  ? SW_TIMELINE_PAST
                                               : SW_TIMELINE_FUTURE,
                                    sw_record_get_text (offer, "label"), subtitle);

  sw_timeline_add_figure (row, price);
}

/* A change that is asked, and is not in the dated rows yet. */
static void
add_coming (SwTimeline *timeline, SwRecord *request)
{
  const char *offer = sw_record_get_text (request, "asked_offer");
  const SwChoice *status
      = sw_choice_find (sw_line_request_statuses, sw_record_get_text (request, "status"));
  g_autofree char *day = sw_date_format (sw_record_get_text (request, "effective_on"));
  g_autofree char *subtitle = NULL;
  GtkWidget *row;

  if (!sw_record_get_bool (request, "is_open") || offer == NULL || status == NULL)
    return;
  subtitle = g_strdup_printf (_("asked from %s"), day);
  row = sw_timeline_add (timeline, SW_TIMELINE_FUTURE, offer, subtitle);
  sw_timeline_add_badge (row, _(status->label), status->style);
  sw_timeline_set_link (row, "line_request", sw_record_get_id (request));
}

void
sw_line_facts_show_offers (SwTimeline *timeline, SwRecord *line)
{
  GListModel *requests = sw_record_get_rows (line, "requests");
  GListModel *offers = sw_record_get_rows (line, "offers");
  guint n_rows = g_list_model_get_n_items (offers);

  sw_timeline_clear (timeline);
  for (guint i = 0; i < g_list_model_get_n_items (requests); i++)
    {
      g_autoptr (SwRecord) request = g_list_model_get_item (requests, i);

      add_coming (timeline, request);
    }
  for (guint i = 0; i < MIN (n_rows, MOST_ROWS); i++)
    {
      g_autoptr (SwRecord) offer = g_list_model_get_item (offers, i);

      add_offer (timeline, offer);
    }
  add_rest (timeline, n_rows);
  if (n_rows == 0)
    sw_timeline_add_note (timeline, _("No subscription yet"));
}

/* }}} */

void
sw_line_facts_show_cards (AdwPreferencesGroup *group, SwRecord *line)
{
  GListModel *cards = sw_record_get_rows (line, "sim_cards");
  guint n_rows = g_list_model_get_n_items (cards);

  sw_facts_clear (group);
  gtk_widget_set_visible (GTK_WIDGET (group),
                          n_rows > 0 || g_strcmp0 (sw_record_get_text (line, "number_kind"), "fixed") != 0);
  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (SwRecord) card = g_list_model_get_item (cards, i);
      const SwChoice *state = sw_choice_find (sw_words_sim_states, sw_record_get_text (card, "state"));
      const char *reason = sw_record_get_text (card, "state_reason");
      g_autofree char *iccid = sw_identifier_format (SW_IDENTIFIER_ICCID, sw_record_get_text (card, "iccid"));
      g_autofree char *day = sw_date_format (sw_record_get_text (card, "state_entered_on"));
      g_autofree char *since = g_strdup_printf (_("since %s"), day);
      g_autofree char *subtitle = g_strjoin (" · ", since, reason, NULL);
      GtkWidget *row = sw_facts_add (group, iccid, subtitle);

      if (state != NULL)
        sw_facts_add_badge (row, _(state->label), state->style);
      sw_facts_set_link (row, "sim_card", sw_record_get_id (card));
    }
  if (n_rows == 0)
    sw_facts_add (group, _("No SIM card"), NULL);
}

void
sw_line_facts_show_equipment (AdwPreferencesGroup *group, SwRecord *line)
{
  GListModel *rows = sw_record_get_rows (line, "equipment");

  sw_facts_clear (group);
  gtk_widget_set_visible (GTK_WIDGET (group), g_list_model_get_n_items (rows) > 0);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) machine = g_list_model_get_item (rows, i);
      const char *imei = sw_record_get_text (machine, "imei");
      GtkWidget *row
          = sw_facts_add (group, sw_record_get_text (machine, "label"),
                          imei != NULL ? imei : sw_record_get_text (machine, "serial_number"));

      sw_facts_set_link (row, "equipment", sw_record_get_id (machine));
    }
}

static void
add_operation (SwTimeline *timeline, SwRecord *request)
{
  const char *operation = sw_choice_label (sw_line_operations, sw_record_get_text (request, "action"));
  const char *refusal = sw_record_get_text (request, "refusal");
  const SwChoice *status
      = sw_choice_find (sw_line_request_statuses, sw_record_get_text (request, "status"));
  g_autofree char *asked = sw_line_describe_asked (request);
  g_autofree char *day = sw_date_format (sw_record_get_text (request, "effective_on"));
  g_autofree char *who = g_strdup_printf ("%s · %s", day, sw_record_get_text (request, "requested_by"));
  g_autofree char *subtitle = g_strjoin (" · ", who, refusal != NULL ? refusal : asked,
                                         refusal != NULL ? asked : NULL, NULL);
  GtkWidget *row = sw_timeline_add (
      timeline, sw_record_get_bool (request, "is_open") ? SW_TIMELINE_FUTURE : SW_TIMELINE_PAST, operation,
      subtitle);

  if (status != NULL)
    sw_timeline_add_badge (row, _(status->label), status->style);
  sw_timeline_set_link (row, "line_request", sw_record_get_id (request));
}

void
sw_line_facts_show_operations (SwTimeline *timeline, SwRecord *line)
{
  GListModel *rows = sw_record_get_rows (line, "requests");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_timeline_clear (timeline);
  for (guint i = 0; i < MIN (n_rows, MOST_ROWS); i++)
    {
      g_autoptr (SwRecord) request = g_list_model_get_item (rows, i);

      add_operation (timeline, request);
    }
  add_rest (timeline, n_rows);
  if (n_rows == 0)
    sw_timeline_add_note (timeline, _("Nothing was asked yet"));
}

void
sw_line_facts_show_place (AdwPreferencesGroup *group, SwRecord *line)
{
  GtkWidget *row;

  sw_facts_clear (group);
  row = sw_facts_add (group, sw_record_get_text (line, "customer_name"), _("Customer"));
  sw_facts_set_link (row, "customer", sw_record_get_int (line, "customer_id"));
  if (sw_record_get_text (line, "service_name") != NULL)
    {
      row = sw_facts_add (group, sw_record_get_text (line, "service_name"), _("Site of installation"));
      sw_facts_set_link (row, "service", sw_record_get_int (line, "service_id"));
    }
}
