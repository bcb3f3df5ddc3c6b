/* sw-words.c: the words for the server's codes, which several pages show
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/common/sw-words.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-money.h"
#include "widgets/sw-facts.h"

const SwChoice sw_words_contract_way[] = {
  { "creation", N_("Creation"), SW_BADGE_NEUTRAL },
  { "start_billing", N_("Start"), SW_BADGE_NEUTRAL },
  { "periodic_billing", N_("Periodic"), SW_BADGE_NEUTRAL },
  { "end_of_contract", N_("End"), SW_BADGE_NEUTRAL },
  { "closed", N_("Closed"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_contract_steps[] = {
  { "creation", N_("Contract creation"), SW_BADGE_NEUTRAL },
  { "start_billing", N_("Start billing"), SW_BADGE_NEUTRAL },
  { "periodic_billing", N_("Periodic billing"), SW_BADGE_NEUTRAL },
  { "end_of_contract", N_("End of contract"), SW_BADGE_NEUTRAL },
  { "closed", N_("Contract closed"), SW_BADGE_NEUTRAL },
  { "cancelled", N_("Contract cancelled"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_customer_statuses[] = {
  { "active", N_("Active"), SW_BADGE_OK },
  { "awaiting_signature", N_("To be signed"), SW_BADGE_WARNING },
  { "signed", N_("Signed"), SW_BADGE_ACCENT },
  { "obsolete", N_("Obsolete"), SW_BADGE_NEUTRAL },
  { "terminated", N_("Terminated"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_invoice_kinds[] = {
  { "first", N_("First invoice"), SW_BADGE_NEUTRAL },
  { "periodic", N_("Periodic invoice"), SW_BADGE_NEUTRAL },
  { "final", N_("Final invoice"), SW_BADGE_NEUTRAL },
  { "manual", N_("Invoice"), SW_BADGE_NEUTRAL },
  { "deposit", N_("Deposit invoice"), SW_BADGE_NEUTRAL },
  { "credit_note", N_("Credit note"), SW_BADGE_ACCENT },
  { NULL }
};

const SwChoice sw_words_draft_kinds[] = {
  { "manual", N_("Invoice"), SW_BADGE_NEUTRAL },
  { "deposit", N_("Deposit invoice"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_invoice_states[] = {
  { "draft", N_("Draft"), SW_BADGE_NEUTRAL },
  { "issued", N_("To be paid"), SW_BADGE_WARNING },
  { "overdue", N_("Overdue"), SW_BADGE_ALERT },
  { "paid", N_("Paid"), SW_BADGE_OK },
  { "cancelled", N_("Cancelled"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_legal_kinds[] = {
  { "company", N_("Company"), SW_BADGE_NEUTRAL },
  { "liberal_profession", N_("Liberal profession"), SW_BADGE_NEUTRAL },
  { "individual", N_("Individual"), SW_BADGE_NEUTRAL },
  { "public_body", N_("Public body"), SW_BADGE_NEUTRAL },
  { "association", N_("Association"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_payment_methods[] = {
  { "transfer", N_("Bank transfer"), SW_BADGE_NEUTRAL },
  { "direct_debit", N_("Direct debit"), SW_BADGE_NEUTRAL },
  { "cheque", N_("Cheque"), SW_BADGE_NEUTRAL },
  { "card", N_("Card"), SW_BADGE_NEUTRAL },
  { "cash", N_("Cash"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_order_statuses[] = {
  { "draft", N_("Being entered"), SW_BADGE_WARNING },
  { "validated", N_("Validated"), SW_BADGE_OK },
  { "cancelled", N_("Cancelled"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_periodicities[] = {
  { "1", N_("Monthly"), SW_BADGE_NEUTRAL },
  { "3", N_("Quarterly"), SW_BADGE_NEUTRAL },
  { "6", N_("Half-yearly"), SW_BADGE_NEUTRAL },
  { "12", N_("Yearly"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_price_spans[] = {
  { "1", N_("a month"), SW_BADGE_NEUTRAL },
  { "3", N_("a quarter"), SW_BADGE_NEUTRAL },
  { "6", N_("half a year"), SW_BADGE_NEUTRAL },
  { "12", N_("a year"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_words_sim_states[] = {
  { "in_stock", N_("In stock"), SW_BADGE_ACCENT },
  { "reserved", N_("Reserved"), SW_BADGE_WARNING },
  { "active", N_("In service"), SW_BADGE_OK },
  { "suspended", N_("Suspended"), SW_BADGE_WARNING },
  { "replaced", N_("Replaced"), SW_BADGE_NEUTRAL },
  { "terminated", N_("Terminated"), SW_BADGE_NEUTRAL },
  { "defective", N_("Defective"), SW_BADGE_ALERT },
  { NULL }
};

const SwChoice sw_words_titles[] = {
  { "mr", N_("Mr"), SW_BADGE_NEUTRAL },
  { "mrs", N_("Mrs"), SW_BADGE_NEUTRAL },
  { NULL }
};

/* As the server writes numeric(5,2). */
const SwChoice sw_words_vat_rates[] = {
  { "20.00", N_("20 %"), SW_BADGE_NEUTRAL },
  { "10.00", N_("10 %"), SW_BADGE_NEUTRAL },
  { "8.50", N_("8.5 %"), SW_BADGE_NEUTRAL },
  { "5.50", N_("5.5 %"), SW_BADGE_NEUTRAL },
  { "2.10", N_("2.1 %"), SW_BADGE_NEUTRAL },
  { "0.00", N_("0 %"), SW_BADGE_NEUTRAL },
  { NULL }
};

/* The actions of api.contract_next_action, api.invoice_next_action, api.line_next_action and orders: the server says which, in
 * English; here they are only known to translators. */
G_GNUC_UNUSED static const char *const action_labels[] = {
  N_("Start billing"),        N_("Issue the first invoice"), N_("Issue the due invoice"),
  N_("Issue the final invoice"), N_("Close the contract"),   N_("Refuse the renewal"),
  N_("Terminate early"),      N_("Cancel the contract"),     N_("Issue the invoice"),
  N_("Record a payment"),     N_("Issue a credit note"),     N_("Delete the draft"),
  N_("Activate"),             N_("Reactivate"),              N_("Change the user"),
  N_("Change the offer"),     N_("International option"),    N_("Replace the SIM card"),
  N_("Restrict"),             N_("Put on hold"),             N_("Terminate"),
  N_("Archive"),              N_("Validate the order"),      N_("Cancel the order"),
};

char *
sw_words_rest (guint n_rows, guint n_shown)
{
  if (n_rows <= n_shown)
    return NULL;
  return g_strdup_printf (ngettext ("%u older", "%u older", n_rows - n_shown), n_rows - n_shown);
}

void
sw_words_add_invoice (AdwPreferencesGroup *group, SwRecord *invoice)
{
  const char *number = sw_record_get_text (invoice, "number");
  const char *kind = sw_choice_label (sw_words_invoice_kinds, sw_record_get_text (invoice, "kind"));
  g_autofree char *day = sw_date_format (sw_record_get_text (invoice, "issued_on"));
  g_autofree char *subtitle = *day == '\0' ? g_strdup (kind) : g_strdup_printf ("%s · %s", day, kind);
  g_autofree char *total = sw_money_format (sw_record_get_text (invoice, "total_gross"));
  const SwChoice *state = sw_choice_find (sw_words_invoice_states,
                                          sw_record_get_bool (invoice, "overdue")
                                              ? "overdue"
                                              : sw_record_get_text (invoice, "status"));
  GtkWidget *row = sw_facts_add (group, number != NULL ? number : _("Without number"), subtitle);

  sw_facts_add_figure (row, total);
  if (state != NULL)
    sw_facts_add_badge (row, _(state->label), state->style);
  sw_facts_set_link (row, "invoice", sw_record_get_id (invoice));
}
