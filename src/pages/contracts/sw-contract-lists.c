/* sw-contract-lists.c: what a contract has behind it: invoices, readings, history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/contracts/sw-contract-lists.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-money.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-facts.h"

#define MOST_ROWS 24

static const SwChoice reading_sources[] = {
  { "entered", N_("read"), SW_BADGE_NEUTRAL },
  { "estimated", N_("estimated"), SW_BADGE_WARNING },
  { "imported", N_("imported"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice event_kinds[] = {
  { "transition", N_("Step"), SW_BADGE_NEUTRAL },
  { "renewal", N_("Renewed"), SW_BADGE_NEUTRAL },
  { "periodicity_change", N_("Periodicity changed"), SW_BADGE_NEUTRAL },
  { "late_issue", N_("Invoice issued late"), SW_BADGE_WARNING },
  { "reading", N_("Meter reading"), SW_BADGE_NEUTRAL },
  { "renewal_refused", N_("Renewal refused"), SW_BADGE_NEUTRAL },
  { "note", N_("Note"), SW_BADGE_NEUTRAL },
  { NULL }
};

/* What did not fit, in words: never a list that silently stops. */
static void
add_rest (AdwPreferencesGroup *group, guint n_rows)
{
  g_autofree char *text = sw_words_rest (n_rows, MOST_ROWS);

  if (text != NULL)
    sw_facts_add (group, text, NULL);
}

void
sw_contract_lists_show_invoices (AdwPreferencesGroup *group, SwRecord *contract)
{
  GListModel *rows = sw_record_get_rows (contract, "invoices");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_facts_clear (group);
  for (guint i = 0; i < MIN (n_rows, MOST_ROWS); i++)
    {
      g_autoptr (SwRecord) invoice = g_list_model_get_item (rows, i);

      sw_words_add_invoice (group, invoice);
    }
  add_rest (group, n_rows);
  if (n_rows == 0)
    sw_facts_add (group, _("No invoice yet"), NULL);
}

static void
add_reading (AdwPreferencesGroup *group, SwRecord *reading)
{
  const char *value = sw_record_get_text (reading, "value");
  const char *consumed = sw_record_get_text (reading, "consumed");
  g_autofree char *due = sw_date_format (sw_record_get_text (reading, "due_on"));
  g_autofree char *title = g_strdup_printf ("%s · %s", sw_record_get_text (reading, "equipment_label"),
                                            sw_record_get_text (reading, "meter_label"));
  g_autofree char *subtitle = NULL;
  g_autofree char *figures = NULL;
  GtkWidget *row;

  if (value == NULL)
    subtitle = g_strdup_printf (_("Due on %s"), due);
  else
    {
      g_autofree char *read_on = sw_date_format (sw_record_get_text (reading, "read_on"));
      g_autofree char *units = consumed == NULL ? NULL : sw_money_format_number (consumed, 0);

      subtitle = units == NULL
                     ? g_strdup_printf ("%s · %s", read_on,
                                        sw_choice_label (reading_sources,
                                                         sw_record_get_text (reading, "source")))
                     : g_strdup_printf (_("%s · %s · %s used"), read_on,
                                        sw_choice_label (reading_sources,
                                                         sw_record_get_text (reading, "source")),
                                        units);
      figures = sw_money_format_number (value, 0);
    }
  row = sw_facts_add (group, title, subtitle);
  sw_facts_add_figure (row, figures != NULL ? figures : "—");
}

void
sw_contract_lists_show_readings (AdwPreferencesGroup *group, SwRecord *contract)
{
  GListModel *rows = sw_record_get_rows (contract, "readings");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_facts_clear (group);
  gtk_widget_set_visible (GTK_WIDGET (group), n_rows > 0);
  for (guint i = 0; i < MIN (n_rows, MOST_ROWS); i++)
    {
      g_autoptr (SwRecord) reading = g_list_model_get_item (rows, i);

      add_reading (group, reading);
    }
  add_rest (group, n_rows);
}

static char *
describe_event (SwRecord *event)
{
  const char *kind = sw_record_get_text (event, "kind");
  const char *from = sw_record_get_text (event, "from_step");
  const char *to = sw_record_get_text (event, "to_step");

  if (g_strcmp0 (kind, "transition") == 0 && g_strcmp0 (from, to) != 0)
    return g_strdup (sw_choice_label (sw_words_contract_steps, to));
  if (g_strcmp0 (kind, "transition") == 0)
    return g_strdup (_("Next period"));
  return g_strdup (sw_choice_label (event_kinds, kind));
}

static void
add_event (AdwPreferencesGroup *group, SwRecord *event)
{
  g_autofree char *title = describe_event (event);
  g_autofree char *day = sw_date_format (sw_record_get_text (event, "occurred_on"));
  const char *by = sw_record_get_text (event, "occurred_by");
  const char *reason = sw_record_get_text (event, "reason");
  const SwChoice *indicator = sw_choice_find (sw_choice_indicators,
                                              sw_record_get_text (event, "indicator"));
  g_autofree char *subtitle = reason == NULL ? g_strdup_printf ("%s · %s", day, by)
                                             : g_strdup_printf ("%s · %s · %s", day, by, reason);
  GtkWidget *row = sw_facts_add (group, title, subtitle);

  if (indicator != NULL)
    sw_facts_add_badge (row, _(indicator->label), indicator->style);
}

void
sw_contract_lists_show_events (AdwPreferencesGroup *group, SwRecord *contract)
{
  GListModel *rows = sw_record_get_rows (contract, "events");
  guint n_rows = g_list_model_get_n_items (rows);

  sw_facts_clear (group);
  gtk_widget_set_visible (GTK_WIDGET (group), n_rows > 0);
  for (guint i = 0; i < MIN (n_rows, MOST_ROWS); i++)
    {
      g_autoptr (SwRecord) event = g_list_model_get_item (rows, i);

      add_event (group, event);
    }
  add_rest (group, n_rows);
}
