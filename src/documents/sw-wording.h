/* sw-wording.h: every word printed on documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Documents are French by law whatever the language of the screen, so these are not translated;
 * they are together here so that a lawyer can read them.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SW_WORD_NUMBER_MISSING "Brouillon"
#define SW_WORD_WATERMARK_DRAFT "BROUILLON"
#define SW_WORD_WATERMARK_CANCELLED "ANNULÉE"
#define SW_WORD_DRAFT_NOTICE "Projet sans valeur comptable : ne pas régler."

#define SW_WORD_BILLED_TO "Facturé à"
#define SW_WORD_CREDITED_TO "Avoir établi pour"
#define SW_WORD_DELIVERED_TO "Adresse de livraison"
#define SW_WORD_FOR_ATTENTION "À l'attention de %s"

#define SW_WORD_SHARE_CAPITAL "%s au capital de %s"
#define SW_WORD_RCS "RCS %s %s"
#define SW_WORD_SIREN "SIREN %s"
#define SW_WORD_SIRET "SIRET %s"
#define SW_WORD_VAT_NUMBER "TVA %s"
#define SW_WORD_APE "APE %s"
#define SW_WORD_VAT_GROUP "Membre d'un assujetti unique"

#define SW_WORD_ISSUED_ON "Date d'émission"
#define SW_WORD_DUE_ON "Échéance"
#define SW_WORD_CONTRACT "Contrat"
#define SW_WORD_PERIOD "Période"
#define SW_WORD_CUSTOMER "N° client"
#define SW_WORD_PURCHASE_ORDER "Bon de commande"
#define SW_WORD_CREDITED_INVOICE "Facture d'origine"
#define SW_WORD_CREDIT_OF "Avoir sur la facture %s du %s"
#define SW_WORD_ON_DATE "%s du %s"

#define SW_WORD_LABEL "Désignation"
#define SW_WORD_QUANTITY "Qté"
#define SW_WORD_UNIT_PRICE "P.U. HT"
#define SW_WORD_VAT "TVA"
#define SW_WORD_NET "Montant HT"
#define SW_WORD_NO_LINE "Aucune ligne."
#define SW_WORD_CONTINUED "%s (suite)"
#define SW_WORD_CARRIED_OVER "À reporter"
#define SW_WORD_BROUGHT_FORWARD "Report"

#define SW_WORD_VAT_BASE "Base HT"
#define SW_WORD_VAT_AMOUNT "Montant"
#define SW_WORD_VAT_ON_DEBITS "Option pour le paiement de la taxe d'après les débits."
#define SW_WORD_FRANCHISE "TVA non applicable, art. 293 B du CGI."
#define SW_WORD_REVERSE_CHARGE "Autoliquidation."
#define SW_WORD_NATURE "Nature des opérations : %s."
#define SW_WORD_COMMITTED "Votre engagement court jusqu'au %s."
#define SW_WORD_COMMITMENT_ENDED                                                                  \
  "Engagement échu : vous pouvez résilier à tout moment, sans frais (art. L224-28 et suivants "   \
  "du code de la consommation)."

#define SW_WORD_TOTAL_NET "Total HT"
#define SW_WORD_TOTAL_VAT "TVA"
#define SW_WORD_TOTAL_GROSS "Total TTC"
#define SW_WORD_TOTAL_CREDIT "Total de l'avoir TTC"
#define SW_WORD_DEPOSIT "Acompte %s du %s"
#define SW_WORD_PAID "Déjà réglé"
#define SW_WORD_BALANCE "Net à payer"

#define SW_WORD_DEBIT "Prélèvement SEPA de %s le %s"
#define SW_WORD_DEBIT_UNDATED "Prélèvement SEPA de %s"
#define SW_WORD_DEBIT_ACCOUNT "Sur le compte %s"
#define SW_WORD_DEBIT_HOLDER "de %s"
#define SW_WORD_DEBIT_RUM "RUM %s"
#define SW_WORD_DEBIT_ICS "ICS %s"
#define SW_WORD_NOTHING_TO_DO "Vous n'avez rien à faire."
#define SW_WORD_PAY_BEFORE "À régler par %s avant le %s"
#define SW_WORD_PAY "À régler par %s"
#define SW_WORD_PAY_REFERENCE "Référence à rappeler : %s"
#define SW_WORD_IBAN "IBAN %s"
#define SW_WORD_BIC "BIC %s"
#define SW_WORD_CHEQUE_ORDER "À l'ordre de %s, à envoyer au %s"
#define SW_WORD_SETTLED "Facture acquittée"
#define SW_WORD_CREDITED "Cet avoir est porté au crédit de votre compte"
#define SW_WORD_CANCELLED "Facture annulée par un avoir"
#define SW_WORD_NOTHING_DUE "Aucun règlement n'est attendu de votre part."

#define SW_WORD_READINGS "Relevés de compteurs"
#define SW_WORD_EQUIPMENT "Matériel"
#define SW_WORD_METER "Compteur"
#define SW_WORD_PREVIOUS_READING "Ancien relevé"
#define SW_WORD_READING "Nouveau relevé"
#define SW_WORD_CONSUMED "Consommé"
#define SW_WORD_INCLUDED "Inclus"
#define SW_WORD_READING_ON "%s le %s"
#define SW_WORD_SERIAL_NUMBER "n° %s"

#define SW_WORD_INTERLOCUTOR "Votre interlocuteur : %s"
#define SW_WORD_PAGE "Page %d / %d"

/* The configured texts come with the invoice; these stand in when none was written. The fixed
 * indemnity is owed between professionals only, and must not be printed for a consumer. */
#define SW_WORD_LATE_PROFESSIONAL                                                                 \
  "En cas de retard de paiement : pénalités au taux de refinancement de la BCE majoré de "        \
  "10 points, exigibles sans rappel dès le lendemain de l'échéance, et indemnité forfaitaire "    \
  "de 40 € pour frais de recouvrement (art. L441-10 et D441-5 du code de commerce)."
#define SW_WORD_LATE_INDIVIDUAL                                                                   \
  "Toute somme non réglée à l'échéance porte intérêt au taux légal après mise en demeure."
#define SW_WORD_NO_DISCOUNT "Pas d'escompte pour paiement anticipé."

const char *sw_wording_title (const char *kind);
const char *sw_wording_name (const char *kind);
const char *sw_wording_section (const char *code);
const char *sw_wording_payment (const char *method);
const char *sw_wording_nature (const char *nature);
const char *sw_wording_source (const char *source);
const char *sw_wording_country (const char *code);

G_END_DECLS
