/* sw-rule-messages.c: see sw-rule-messages.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To add a code: one line in its table, in order, and its translation in po/. "%s" in a sentence is
 * replaced by what the server says in addition (the part after the colon of a missing condition,
 * the detail of an error); a sentence without it ignores that.
 */
#include "model/sw-rule-messages.h"
#include "base/sw-date.h"
#include "model/sw-session.h"
#include "postgres/sw-pg-error.h"

#include <glib/gi18n-lib.h>
#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>

/* Sorted by code: found by bsearch. */
typedef struct
{
  const char *code;
  const char *sentence; /* msgid */
} Message;

/* SQLSTATEs: ours (src/server/README.md) and PostgreSQL's. */
static const Message by_sqlstate[] = {
  { "08003", N_ ("Not done: there is no connection.") },
  { "08006", N_ ("Not done: the connection broke each time.") },
  { "0A000", N_ ("The server cannot do this.") },
  { "22001", N_ ("This text is too long.") },
  { "22003", N_ ("This number is too large.") },
  { "22007", N_ ("This is not a date.") },
  { "22008", N_ ("There is no such day.") },
  { "22P02", N_ ("This value is not valid.") },
  { "23502", N_ ("A value is required here.") },
  { "23503", N_ ("This is still used elsewhere, or refers to something that is gone.") },
  { "23505", N_ ("This already exists.") },
  { "23514", N_ ("This value is not allowed.") },
  { "23P01", N_ ("This overlaps something that already exists.") },
  { "25006", N_ ("The server accepts no changes at the moment.") },
  { "28000", N_ ("This user may not connect to the server.") },
  { "28P01", N_ ("The user name or the password is wrong.") },
  { "3D000", N_ ("There is no such database on the server.") },
  { "40001", N_ ("Somebody changed the same thing at the same moment. Try again.") },
  { "40P01", N_ ("Somebody changed the same thing at the same moment. Try again.") },
  { "42501", N_ ("Your role does not allow this.") },
  { "53100", N_ ("The server’s disk is full. Tell your administrator.") },
  { "53200", N_ ("The server is out of memory. Try again in a moment.") },
  { "53300", N_ ("Too many people are connected to the server. Try again in a moment.") },
  { "55P03", N_ ("Somebody is changing the same thing at this moment. Try again.") },
  { "57014", N_ ("This took too long and was stopped.") },
  { "57P01", N_ ("The server is being stopped.") },
  { "57P03", N_ ("The server is starting. Try again in a moment.") },
  { "SW001", N_ ("Somebody else changed this record meanwhile.") },
  { "SW002", N_ ("This record does not exist, or you may not see it.") },
  { "SW003", N_ ("Your role does not allow this.") },
  { "SW004", N_ ("A value is required here.") },
  { "SW005", N_ ("This value is not valid.") },
  { "SW006", N_ ("Some conditions are not met yet: %s") },
  { "SW007", N_ ("This is not possible at this step.") },
  { "SW008", N_ ("An issued invoice cannot change. Make a credit note instead.") },
  { "SW009", N_ ("A justification is required.") },
  { "SW010", N_ ("The amount exceeds what remains to be paid.") },
  { "SW011", N_ ("The reading is lower than the previous one.") },
  { "SW012", N_ ("This already exists.") },
  { "SW013", N_ ("This is still used elsewhere.") },
  { "SW014", N_ ("The file is too large, or of a type that is not accepted.") },
  { "SW015", N_ ("This is not due yet.") },
  { "SW016", N_ ("This cannot change once the contract has started.") },
  { "SW017", N_ ("The billing site %s has a VAT rate of 0 % without the text that exempts it.") },
};

/* Constraints and reasons (src/server/README.md) a person can mend; the others are told by their
 * SQLSTATE. */
static const Message by_constraint[] = {
  { "app_user_pkey", N_ ("This login exists already.") },
  { "attachment_same_file_once", N_ ("This file is already attached.") },
  { "b2b_for_individual", N_ ("A B2B mandate is for professionals only.") },
  { "before_law_of_1901", N_ ("No association existed before the law of 1 July 1901.") },
  { "billing_site_payment_days_within_law",
    N_ ("The law does not allow such a long payment delay.") },
  { "bundle_code_unique", N_ ("Another bundle has this code.") },
  { "bundle_item_offer_once", N_ ("This offer is already in the bundle.") },
  { "catalogue_name_unique", N_ ("Another catalogue has this name.") },
  { "catalogue_once", N_ ("This catalogue already exists.") },
  { "company_brand_color_is_hexadecimal", N_ ("Write the colour as #RRGGBB.") },
  { "contact_site_manager_email_unique", N_ ("Another site manager has this e-mail address.") },
  { "contract_end_after_start", N_ ("The end must be after the effective date.") },
  { "contract_equipment_attached_once", N_ ("This equipment is already attached to a contract.") },
  { "contract_item_ends_after_subscribed", N_ ("The end must be after the subscription date.") },
  { "contract_item_quantity_not_zero", N_ ("The quantity cannot be zero.") },
  { "contract_not_available", N_ ("This is not a live contract of the customer.") },
  { "contract_number_unique", N_ ("Another contract has this number.") },
  { "contract_sent_after_issued", N_ ("The sending date must not be before the issue date.") },
  { "contract_signed_after_sent", N_ ("The signature date must not be before the sending date.") },
  { "customer_in_use", N_ ("Something was made for this customer: it stays. Give it the status “Terminated” instead.") },
  { "customer_number_unique", N_ ("Another customer has this number.") },
  { "customer_published_after_declared",
    N_ ("The publication date must not be before the declaration date.") },
  { "direct_debit_without_mandate", N_ ("Direct debit needs an active mandate.") },
  { "end_of_one_off", N_ ("What is sold once has no end.") },
  { "end_outside_contract", N_ ("The end must lie within the contract.") },
  { "equipment_imei_unique", N_ ("Another machine has this IMEI.") },
  { "equipment_not_available", N_ ("This equipment is not available to this customer.") },
  { "equipment_serial_number_unique", N_ ("Another piece of equipment has this serial number.") },
  { "file_size", N_ ("This file is too large.") },
  { "file_type", N_ ("Files of this type are not accepted.") },
  { "in_the_future", N_ ("This date is in the future.") },
  { "in_the_past", N_ ("This takes effect today at the earliest.") },
  { "introducer_commission_rate_is_a_percentage", N_ ("Enter a percentage from 0 to 100.") },
  { "invalid_ape", N_ ("An APE code looks like 61.10Z.") },
  { "invalid_bic", N_ ("A BIC has 8 or 11 characters.") },
  { "invalid_boolean", N_ ("Answer yes or no.") },
  { "invalid_date", N_ ("This is not a date.") },
  { "invalid_email", N_ ("This is not an e-mail address.") },
  { "invalid_iban", N_ ("This IBAN is not valid: compare it with the bank details.") },
  { "invalid_iccid", N_ ("This SIM card number (ICCID) is not valid: a digit is wrong.") },
  { "invalid_ics", N_ ("This SEPA creditor identifier (ICS) is not valid.") },
  { "invalid_imei", N_ ("This IMEI is not valid: a digit is wrong.") },
  { "invalid_integer", N_ ("Enter a whole number.") },
  { "invalid_line_number", N_ ("This is not a number a line can have.") },
  { "invalid_login",
    N_ ("A login has small letters, digits, dots and dashes, and begins with a letter or a digit.") },
  { "invalid_number", N_ ("Enter a number.") },
  { "invalid_phone", N_ ("This is not a complete phone number.") },
  { "invalid_postcode", N_ ("A French postcode has five digits.") },
  { "invalid_rio", N_ ("A RIO has 12 characters, such as 01P12345636Q.") },
  { "invalid_rna", N_ ("An RNA number is a W and nine digits.") },
  { "invalid_rum",
    N_ ("A mandate reference has at most 35 letters, digits or dashes, without spaces.") },
  { "invalid_siren", N_ ("This SIREN is not valid: a digit is wrong.") },
  { "invalid_siret", N_ ("This SIRET is not valid: a digit is wrong.") },
  { "invalid_vat", N_ ("This VAT number is not valid.") },
  { "invalid_verifier", N_ ("The password could not be encrypted.") },
  { "invoice_number_unique", N_ ("Another invoice has this number.") },
  { "last_tranche_has_a_bound", N_ ("The last tranche must have no upper bound.") },
  { "line_changes_by_request", N_("This line is open: such a change is asked of the operator.") },
  { "line_external_id_unique", N_("Another line has this identifier.") },
  { "line_number_once", N_ ("Another line has this number.") },
  { "line_of_another_customer", N_ ("This line belongs to another customer.") },
  { "line_offer_ends_after_start", N_ ("The end must not be before the start.") },
  { "line_offer_one_subscription", N_ ("A line has one subscription at a time.") },
  { "line_offer_option_once", N_ ("The line has this option on these days already.") },
  { "line_request_open_once", N_ ("This was asked already and is not done yet.") },
  { "line_without_sim", N_ ("A fixed line has no SIM card.") },
  { "mandate_rum_unique", N_ ("Another mandate has this reference (RUM).") },
  { "meter_reading_value_not_negative", N_ ("A reading cannot be negative.") },
  { "meter_tranche_bound_once", N_ ("Two tranches end at the same volume.") },
  { "meters_invoiced_beyond", N_ ("Meters were already invoiced beyond this day.") },
  { "meters_without_readings", N_ ("Meters need a contract with readings.") },
  { "negative", N_ ("This cannot be negative.") },
  { "not_a_guest", N_ ("This is a login of the office.") },
  { "not_a_service", N_ ("Subscriptions and options are ordered with their line.") },
  { "not_a_subscription", N_ ("This offer is not a subscription.") },
  { "not_a_terminal", N_ ("This offer is not a terminal.") },
  { "not_an_option", N_ ("This offer is not an option.") },
  { "not_for_legal_kind", N_ ("This kind of customer has no such field.") },
  { "not_for_offer_kind", N_ ("This kind of offer has no such field.") },
  { "not_in_creation", N_ ("During creation, change the periodicity itself.") },
  { "not_international", N_ ("This is not an international option.") },
  { "not_of_the_office", N_ ("Partners and customers are not logins of the office.") },
  { "not_terminated", N_("Only a terminated line has this date.") },
  { "nothing_due", N_ ("Nothing remains to be paid.") },
  { "nothing_for_operator", N_ ("Operators accept none of these characters.") },
  { "number_for_one_line", N_ ("A number is for one line.") },
  { "offer_code_unique", N_ ("Another offer has this code.") },
  { "offer_not_on_sale", N_ ("This offer is not on sale on that day.") },
  { "offer_of_another_operator", N_ ("The operator of the line does not sell this offer.") },
  { "offer_option_once", N_ ("This option is already among them.") },
  { "offer_subscription_is_recurring", N_ ("Subscriptions and options recur.") },
  { "offer_valid_until_after_from", N_ ("The end must not be before the start.") },
  { "operator_name_unique", N_ ("Another operator has this name.") },
  { "option_not_compatible", N_ ("The subscription does not take this option.") },
  { "options_of_subscription", N_ ("Only a subscription carries options.") },
  { "order_line_discount_is_a_percentage", N_ ("Enter a percentage from 0 to 100.") },
  { "order_line_sim_card_once", N_ ("This SIM card is in another order.") },
  { "order_service_ends_after_start", N_ ("The end must not be before the start.") },
  { "out_of_range", N_ ("This value is out of range.") },
  { "own_login", N_ ("You cannot lock yourself out.") },
  { "parameter_payment_days_within_law", N_ ("The law does not allow such a long payment delay.") },
  { "parameter_portability_window", N_ ("The last day must not be before the first.") },
  { "payment_amount_not_zero", N_ ("The amount cannot be zero.") },
  { "port_not_a_working_day", N_ ("Numbers are ported on working days.") },
  { "port_too_early", N_ ("This day is too soon for the operator.") },
  { "port_too_late", N_ ("This day is too far away for the operator.") },
  { "provider_base_url_is_https", N_ ("Enter an address that begins with https://") },
  { "provider_ca_file_is_absolute", N_ ("Enter the whole path of the file, from /") },
  { "provider_page_size_is_sane", N_ ("Enter a number from 1 to 1000.") },
  { "read_only", N_ ("This field cannot be changed.") },
  { "reading_out_of_order", N_ ("This day is not between the previous reading and the next.") },
  { "restricted_already", N_ ("The line is restricted this way already.") },
  { "rio_key", N_ ("The key of this RIO does not fit the number.") },
  { "rio_number", N_ ("The RIO of this kind of number cannot be checked.") },
  { "rio_quality", N_ ("This RIO is for another kind of number, mobile or fixed.") },
  { "service_external_id_unique", N_ ("Another site has this identifier.") },
  { "service_number_unique", N_ ("Another site has this number.") },
  { "service_of_another_customer", N_ ("This site belongs to another customer.") },
  { "several_fit", N_ ("Several customers fit: give the number.") },
  { "sim_card_iccid_unique", N_ ("This SIM card is already known.") },
  { "sim_card_imsi_is_digits", N_ ("An IMSI has 15 digits.") },
  { "sim_not_available", N_ ("This SIM card is not free any more.") },
  { "sim_not_in_stock", N_("This SIM card is not known: import the operator’s file of cards first.") },
  { "sim_of_another_operator", N_ ("This SIM card belongs to another operator.") },
  { "siret_is_not_of_siren", N_ ("This SIRET belongs to another SIREN.") },
  { "site_of_another_customer", N_ ("This billing site belongs to another customer.") },
  { "spoilt_by_spreadsheet",
    N_ ("A spreadsheet rounded this identifier: export it again as text.") },
  { "sync_running", N_ ("Somebody else is synchronising with this operator.") },
  { "tariff_grid_code_unique", N_ ("Another grid has this code.") },
  { "tariff_grid_version_no_overlap", N_ ("Another version is valid on these days.") },
  { "tariff_grid_version_until_after_from", N_ ("The end must not be before the start.") },
  { "tariff_price_prefix_is_digits", N_ ("A prefix is made of digits, such as 336.") },
  { "tariff_price_prefix_once", N_ ("This prefix has a price already.") },
  { "tariff_version_begun", N_ ("This version has begun: its prices are fixed. Begin a new version from it.") },
  { "tariff_version_from_tomorrow", N_ ("Calls of today are billed already: the new version begins tomorrow at the earliest.") },
  { "template_character", N_ ("Only letters without accents, digits and + _ / - may be used.") },
  { "template_number", N_ ("The template must contain {N} or {N:5} once.") },
  { "template_series", N_ ("The template must contain {SERIE}, which stands for the customer.") },
  { "template_token", N_ ("Only {AAAA}, {AA}, {MM}, {N}, {N:5} and {SERIE} are known.") },
  { "template_year", N_ ("Numbers that restart each year must contain {AAAA} or {AA}.") },
  { "too_long", N_ ("This text is too long.") },
  { "too_many_lines", N_ ("The file has too many lines: cut it.") },
  { "too_old", N_ ("This date is too long ago.") },
  { "tranches_do_not_grow", N_ ("Each tranche must end above the previous one.") },
  { "twice_in_file", N_("This differs from line %s of the file, which is the same record.") },
  { "unknown_ape", N_ ("This code is not in the French nomenclature (NAF).") },
  { "unknown_field", N_ ("This version of Softwhere sends a field the server does not know.") },
  { "unknown_role", N_ ("Choose one role of the office.") },
  { "unknown_word", N_ ("This word is not known here.") },
  { "vat_is_not_of_siren", N_ ("This VAT number belongs to another SIREN.") },
};

/* Codes of `missing`, before their colon. */
static const Message by_missing[] = {
  { "asked_already", N_ ("This was asked and is not done yet") },
  { "confirmation_email", N_ ("Nobody to send the confirmation to") },
  { "contract_id", N_ ("The contract that bills the order is missing") },
  { "customer_id", N_ ("The customer is missing") },
  { "draft_invoice", N_ ("An invoice is still a draft") },
  { "due_invoice", N_ ("The invoice that is due has not been issued") },
  { "effective_on", N_ ("The effective date is missing") },
  { "end_on", N_ ("The end date is missing") },
  { "equipment", N_ ("No equipment is attached to the contract") },
  { "final_invoice", N_ ("The final invoice has not been issued") },
  { "first_invoice", N_ ("The first invoice has not been issued") },
  { "issued_on", N_ ("The contract has not been issued") },
  { "items", N_ ("The contract has no item to bill") },
  { "line_number", N_ ("The number of line %s is missing") },
  { "line_offer", N_ ("The subscription of line %s is missing") },
  { "line_port_on", N_ ("The day of portability of line %s is missing or not possible") },
  { "line_rio", N_ ("The RIO of line %s is missing or wrong") },
  { "line_sim", N_ ("The SIM card of line %s is missing") },
  { "line_user", N_ ("The user of line %s is missing") },
  { "mandate", N_ ("There is no active direct debit mandate") },
  { "not_due", N_ ("Not before %s") },
  { "order_lines", N_ ("The order has no line") },
  { "order_services", N_ ("The order has no service") },
  { "periodicity_months", N_ ("The billing periodicity is missing") },
  { "provider_address",
    N_ ("The operator has no address, or is not in use: see Administration") },
  { "reading", N_ ("A meter reading is missing") },
  { "refused_lines", N_ ("%s lines of the file are refused") },
  { "seller", N_ ("The seller is missing") },
  { "sent_on", N_ ("The contract has not been sent") },
  { "signed_on", N_ ("The contract is not signed") },
  { "unpaid_invoice", N_ ("An invoice is not fully paid") },
};

/* Failures of the connection, by SwPgErrorCode. */
static const char *const by_pg_code[] = {
  [SW_PG_ERROR_SERVER] = N_ ("The server refused this."),
  [SW_PG_ERROR_CONNECT] = N_ ("No server answers at this address."),
  [SW_PG_ERROR_NAME] = N_ ("The server’s name is unknown. Check it and your network."),
  [SW_PG_ERROR_CONNECT_TIMEOUT] = N_ ("The server does not answer. Check your network."),
  [SW_PG_ERROR_AUTHENTICATION] = N_ ("The user name or the password is wrong."),
  [SW_PG_ERROR_TLS] = N_ ("The connection to this server is not secure: its certificate is not "
                          "trusted, or it offers no encryption."),
  [SW_PG_ERROR_LOST] = N_ ("The connection to the server was lost."),
  [SW_PG_ERROR_CLOSED] = N_ ("Not connected to the server."),
  [SW_PG_ERROR_INVALID] = N_ ("The server’s address is not valid."),
};

static const char *const by_session_code[] = {
  [SW_SESSION_ERROR_TOO_OLD_CLIENT]
  = N_ ("The server has been upgraded: install the new version of Softwhere."),
  [SW_SESSION_ERROR_TOO_OLD_SERVER]
  = N_ ("The server is older than this version of Softwhere: it has to be upgraded."),
  [SW_SESSION_ERROR_NOT_SOFTWHERE] = N_ ("This database does not hold Softwhere."),
  [SW_SESSION_ERROR_ANSWER] = N_ ("The server gave an answer that cannot be read."),
};

static int
compare (gconstpointer code, gconstpointer message)
{
  return strcmp (code, ((const Message *) message)->code);
}

/* The translated sentence for @code, or NULL. */
static const char *
find (const Message *table, gsize n, const char *code)
{
  const Message *found
      = code != NULL ? bsearch (code, table, n, sizeof *table, compare) : NULL;

  return found != NULL ? g_dgettext (GETTEXT_PACKAGE, found->sentence) : NULL;
}

#define FIND(table, code) find (table, G_N_ELEMENTS (table), code)

/* @sentence with @extra in place of "%s". Not printf(): a translation is data. */
static char *
fill (const char *sentence, const char *extra)
{
  const char *hole = strstr (sentence, "%s");

  if (hole == NULL)
    return g_strdup (sentence);
  return g_strdup_printf ("%.*s%s%s", (int) (hole - sentence), sentence,
                          extra != NULL ? extra : "", hole + 2);
}

char *
sw_rule_missing (const char *code)
{
  g_autofree char *name = g_strndup (code, strcspn (code, ":"));
  const char *extra = strchr (code, ':');
  const char *sentence = FIND (by_missing, name);
  g_autofree char *date = NULL;

  if (sentence == NULL)
    return g_strdup (code);
  date = sw_date_format (extra != NULL ? extra + 1 : NULL);
  return fill (sentence, *date != '\0' ? date : extra != NULL ? extra + 1 : "");
}

/* "signed_on, equipment" → the sentences, separated by semicolons. */
static char *
missing_sentences (const char *codes)
{
  g_auto (GStrv) parts = g_strsplit (codes != NULL ? codes : "", ",", -1);
  GString *all = g_string_new (NULL);

  for (char **part = parts; *part != NULL; part++)
    {
      g_autofree char *sentence = sw_rule_missing (g_strstrip (*part));

      g_string_append_printf (all, "%s%s", all->len > 0 ? " ; " : "", sentence);
    }
  return g_string_free (all, FALSE);
}

char *
sw_rule_sentence (const char *sqlstate, const char *reason, const char *detail, const char *message)
{
  const char *sentence = FIND (by_constraint, reason);
  g_autofree char *extra = NULL;

  if (sentence != NULL)
    return fill (sentence, detail);
  sentence = FIND (by_sqlstate, sqlstate);
  if (sentence == NULL) /* our mistake: all we can do is to say it so that it can be reported */
    return g_strdup_printf ("%s %s (%s)",
                            g_dgettext (GETTEXT_PACKAGE, by_pg_code[SW_PG_ERROR_SERVER]),
                            message != NULL ? message : "", sqlstate != NULL ? sqlstate : "?");
  extra = strcmp (sqlstate, "SW006") == 0 ? missing_sentences (detail) : g_strdup (detail);
  return fill (sentence, extra);
}

char *
sw_rule_message (const GError *error)
{
  const char *sentence = NULL;

  g_return_val_if_fail (error != NULL, g_strdup (""));
  if (error->domain == SW_PG_ERROR)
    {
      sentence = FIND (by_sqlstate, sw_pg_error_get_sqlstate (error));
      if (error->code == SW_PG_ERROR_SERVER)
        return sw_rule_sentence (sw_pg_error_get_sqlstate (error), sw_pg_error_get_constraint (error),
                                 sw_pg_error_get_detail (error), error->message);
      if (sentence == NULL && error->code < (int) G_N_ELEMENTS (by_pg_code))
        sentence = g_dgettext (GETTEXT_PACKAGE, by_pg_code[error->code]);
    }
  else if (error->domain == SW_SESSION_ERROR && error->code < (int) G_N_ELEMENTS (by_session_code))
    sentence = g_dgettext (GETTEXT_PACKAGE, by_session_code[error->code]);
  else if (error->domain == JSON_PARSER_ERROR)
    sentence = g_dgettext (GETTEXT_PACKAGE, by_session_code[SW_SESSION_ERROR_ANSWER]);
  /* GLib's own errors are translated already (files, keyring…). */
  return g_strdup (sentence != NULL ? sentence : error->message);
}

const char *
sw_rule_field (const GError *error)
{
  return sw_pg_error_get_column (error);
}

gboolean
sw_rule_is (const GError *error, const char *code)
{
  return sw_pg_error_is (error, code);
}

gboolean
sw_rule_is_conflict (const GError *error)
{
  const char *field = sw_rule_field (error);

  /* Of rows below the record, one that somebody removed. */
  return sw_pg_error_is (error, "SW001")
         || (sw_pg_error_is (error, "SW002") && field != NULL && g_str_has_suffix (field, "].id"));
}

gboolean
sw_rule_is_cancelled (const GError *error)
{
  return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

gboolean
sw_rule_is_lost (const GError *error)
{
  return g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_LOST)
         || g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_CLOSED);
}

static const char *
misplaced (const Message *table, gsize n)
{
  for (gsize i = 1; i < n; i++)
    if (strcmp (table[i - 1].code, table[i].code) >= 0)
      return table[i].code;
  return NULL;
}

const char *
sw_rule_misplaced (void)
{
  const char *code = misplaced (by_sqlstate, G_N_ELEMENTS (by_sqlstate));

  if (code == NULL)
    code = misplaced (by_constraint, G_N_ELEMENTS (by_constraint));
  return code != NULL ? code : misplaced (by_missing, G_N_ELEMENTS (by_missing));
}

const char **
sw_rule_codes (void)
{
  GPtrArray *codes = g_ptr_array_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (by_sqlstate); i++)
    if (g_str_has_prefix (by_sqlstate[i].code, "SW"))
      g_ptr_array_add (codes, (gpointer) by_sqlstate[i].code);
  g_ptr_array_add (codes, NULL);
  return (const char **) g_ptr_array_free (codes, FALSE);
}
