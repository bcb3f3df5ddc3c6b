/* sw-sim-swap.c: see sw-sim-swap.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * While the two numbers are typed the server says whose line it is and which card leaves; nothing
 * changes before "Replace". What came of it is told in a second dialog: a lost card is urgent, and
 * "asked of the operator" is not yet "done".
 */
#include "config.h"

#include "pages/common/sw-sim-swap.h"

#include <glib/gi18n-lib.h>

#include "base/sw-identifier.h"
#include "model/sw-call.h"
#include "model/sw-rule-messages.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-text-row.h"

#define PREVIEW_DELAY 250 /* ms after the last key */

/* Lives with its dialog. */
typedef struct
{
  SwPage *page;
  SwDialog *dialog;
  AdwPreferencesGroup *facts;
  GCancellable *asking; /* the preview on its way */
  guint source;
} Swap;

static void
swap_free (gpointer data)
{
  Swap *swap = data;

  g_cancellable_cancel (swap->asking);
  g_clear_object (&swap->asking);
  g_clear_handle_id (&swap->source, g_source_remove);
  g_free (swap);
}

static SwRow *
row_of (Swap *swap, const char *field)
{
  return sw_field_set_get_row (sw_dialog_get_fields (swap->dialog), field);
}

/* The preview */

/* A reason, or SW002. */
static void
show_problem (SwRow *row, const char *problem, const char *missing)
{
  g_autofree char *sentence = NULL;

  if (problem == NULL)
    sw_row_set_error (row, NULL);
  else if (g_str_equal (problem, "SW002"))
    sw_row_set_error (row, missing);
  else
    {
      sentence = sw_rule_sentence ("SW005", problem, NULL, NULL);
      sw_row_set_error (row, sentence);
    }
}

static void
add_fact (AdwPreferencesGroup *group, const char *title, const char *value)
{
  if (value != NULL && *value != '\0')
    sw_facts_add_pair (group, title, value);
}

static void
show_preview (Swap *swap, SwRecord *preview)
{
  SwRecord *line = sw_record_get_record (preview, "line");
  SwRecord *card = sw_record_get_record (preview, "sim_card");

  sw_facts_clear (swap->facts);
  if (line != NULL)
    {
      const char *old = sw_record_get_text (line, "iccid");
      g_autofree char *iccid = sw_identifier_format (SW_IDENTIFIER_ICCID, old);

      add_fact (swap->facts, _("Customer"), sw_record_get_text (line, "customer_name"));
      add_fact (swap->facts, _("User"), sw_record_get_text (line, "user_name"));
      add_fact (swap->facts, _("Subscription"), sw_record_get_text (line, "subscription"));
      add_fact (swap->facts, _("Operator"), sw_record_get_text (line, "operator_name"));
      add_fact (swap->facts, _("Card in use"), old != NULL ? iccid : _("None"));
    }
  if (card != NULL)
    add_fact (swap->facts, _("New card"),
              sw_choice_label (sw_words_sim_states, sw_record_get_text (card, "state")));
  gtk_widget_set_visible (GTK_WIDGET (swap->facts), line != NULL || card != NULL);
  show_problem (row_of (swap, "number"), sw_record_get_text (preview, "number_problem"),
                _("There is no such line in service."));
  show_problem (row_of (swap, "iccid"), sw_record_get_text (preview, "iccid_problem"),
                _("This card is not known here: import or enter it first."));
}

static void
on_preview (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) preview = sw_call_run_finish_record (result, &error);
  Swap *swap = user_data;

  /* Cancelled: newer text is asked about, or the dialog is gone. */
  if (preview != NULL)
    show_preview (swap, preview);
}

static gboolean
ask_preview (gpointer data)
{
  Swap *swap = data;
  g_autoptr (SwCall) call = sw_call_new ("sim_swap_preview");
  g_autofree char *number = sw_row_get_value (row_of (swap, "number"), NULL);
  g_autofree char *iccid = sw_row_get_value (row_of (swap, "iccid"), NULL);

  swap->source = 0;
  g_cancellable_cancel (swap->asking);
  g_clear_object (&swap->asking);
  swap->asking = g_cancellable_new ();
  sw_call_add_text (call, NULL, number);
  sw_call_add_text (call, NULL, iccid);
  sw_call_run_async (call, sw_page_get_session (swap->page), swap->asking, on_preview, swap);
  return G_SOURCE_REMOVE;
}

static void
on_typed (Swap *swap)
{
  g_clear_handle_id (&swap->source, g_source_remove);
  swap->source = g_timeout_add (PREVIEW_DELAY, ask_preview, swap);
}

/* The replacement */

static void
on_told (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwPage) page = user_data;
  g_autofree char *chosen = sw_dialog_choose_finish (SW_DIALOG (source), result);
  const gint64 *line = g_object_get_data (source, "sw-line");

  if (g_str_equal (chosen, "line"))
    sw_page_open (GTK_WIDGET (page), "line", *line);
}

static void
on_swapped (SwRecord *row, gpointer data)
{
  SwPage *page = data;
  gboolean done = g_strcmp0 (sw_record_get_text (row, "status"), "applied") == 0;
  g_autofree char *number = sw_identifier_format (SW_IDENTIFIER_PHONE, sw_record_get_text (row, "number"));
  g_autofree char *body
      = done ? g_strdup_printf (_("%s works with its new card; number and offers stay."), number)
             : g_strdup_printf (_("The operator of %s has been asked. The new card is kept for it and works once "
                                  "the operator has answered."),
                                number);
  SwDialog *dialog = sw_dialog_new (done ? _("SIM card replaced") : _("Replacement asked"), body);
  gint64 line = sw_record_get_id (row);

  g_object_set_data_full (G_OBJECT (dialog), "sw-line", g_memdup2 (&line, sizeof line), g_free);
  sw_dialog_add_button (dialog, "line", _("_Open the line"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "close", _("_Close"), SW_BUTTON_SUGGESTED);
  sw_dialog_choose_async (dialog, GTK_WIDGET (page), NULL, on_told, g_object_ref (page));
}

static void
on_apply (SwDialog *dialog, const char *button, Swap *swap)
{
  g_autoptr (SwCall) call = NULL;
  g_autofree char *number = NULL;
  g_autofree char *iccid = NULL;
  g_autofree char *cause = NULL;

  if (!sw_dialog_check (dialog))
    return;
  number = sw_dialog_get_value (dialog, "number");
  iccid = sw_dialog_get_value (dialog, "iccid");
  cause = sw_dialog_get_value (dialog, "cause");
  call = sw_call_new ("sim_swap");
  sw_call_add_text (call, NULL, number);
  sw_call_add_text (call, NULL, iccid);
  sw_call_add_text (call, NULL, cause);
  sw_call_set_once (call, NULL);
  sw_dialog_run_row (dialog, call, sw_page_get_session (swap->page), on_swapped, g_object_ref (swap->page),
                     g_object_unref);
}

static GtkWidget *
create_row (const char *field, const char *title, SwIdentifierKind kind, Swap *swap)
{
  GtkWidget *row = sw_text_row_new (field, title);

  sw_text_row_set_kind (SW_TEXT_ROW (row), kind);
  if (kind != SW_IDENTIFIER_NONE)
    g_signal_connect_swapped (row, "notify::value", G_CALLBACK (on_typed), swap);
  return row;
}

void
sw_sim_swap_present (SwPage *page, const char *number)
{
  Swap *swap = g_new0 (Swap, 1);
  GtkWidget *row;

  swap->page = page;
  swap->dialog = sw_dialog_new (_("Replace a SIM card"),
                                _("Number and offers of the line stay; the card in use stops working."));
  swap->facts = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  row = create_row ("number", _("Line (+33…)"), SW_IDENTIFIER_PHONE, swap);
  sw_text_row_set_placeholder (SW_TEXT_ROW (row), "+33 6 12 34 56 78");
  sw_dialog_add_row (swap->dialog, row);
  row = create_row ("iccid", _("New card (ICCID)"), SW_IDENTIFIER_ICCID, swap);
  sw_text_row_set_placeholder (SW_TEXT_ROW (row), "8933…");
  sw_dialog_add_row (swap->dialog, row);
  sw_dialog_add_row (swap->dialog, create_row ("cause", _("Why (lost, broken…)"), SW_IDENTIFIER_NONE, swap));
  sw_dialog_add_child (swap->dialog, GTK_WIDGET (swap->facts));
  gtk_widget_set_visible (GTK_WIDGET (swap->facts), FALSE);
  sw_dialog_set_width (swap->dialog, 480);
  sw_dialog_add_button (swap->dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (swap->dialog, "swap", _("_Replace"), SW_BUTTON_SUGGESTED);
  g_object_set_data_full (G_OBJECT (swap->dialog), "sw-swap", swap, swap_free);
  g_signal_connect (swap->dialog, "apply", G_CALLBACK (on_apply), swap);
  sw_dialog_present (swap->dialog, GTK_WIDGET (page));
  if (number != NULL)
    {
      sw_row_set_value (row_of (swap, "number"), number);
      ask_preview (swap);
      sw_row_focus (row_of (swap, "iccid"));
    }
}
