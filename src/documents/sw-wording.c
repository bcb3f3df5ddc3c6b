/* sw-wording.c: every word printed on documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-wording.h"

typedef struct
{
  const char *code;
  const char *word;
} Word;

static const Word titles[] = {
  { "credit_note", "AVOIR" },
  { "deposit", "FACTURE D'ACOMPTE" },
  { "final", "FACTURE DE SOLDE" },
  { NULL, "FACTURE" },
};

static const Word names[] = {
  { "credit_note", "Avoir" },
  { "deposit", "Facture d'acompte" },
  { "final", "Facture de solde" },
  { NULL, "Facture" },
};

/* The four first are the ones the decree of 31 December 2013 asks on telecom invoices. */
static const Word sections[] = {
  { "subscription", "Abonnements, forfaits et options" },
  { "usage", "Communications" },
  { "one_off", "Prestations et frais ponctuels" },
  { "third_party", "Services de tiers" },
  { "meter", "Relevés de compteurs" },
  { "adjustment", "Régularisations" },
  { NULL, "Divers" },
};

static const Word payments[] = {
  { "direct_debit", "prélèvement" },
  { "cheque", "chèque" },
  { "card", "carte bancaire" },
  { "cash", "espèces" },
  { NULL, "virement" },
};

static const Word natures[] = {
  { "goods", "livraisons de biens" },
  { "mixed", "livraisons de biens et prestations de services" },
  { NULL, "prestations de services" },
};

static const Word sources[] = {
  { "estimated", "estimé" },
  { "imported", "télérelevé" },
  { NULL, "relevé" },
};

/* France is left out: it goes without saying between two French addresses. */
static const Word countries[] = {
  { "FR", "" },          { "France", "" },      { "AD", "Andorre" },    { "BE", "Belgique" },
  { "CH", "Suisse" },    { "DE", "Allemagne" }, { "ES", "Espagne" },    { "GB", "Royaume-Uni" },
  { "IE", "Irlande" },   { "IT", "Italie" },    { "LU", "Luxembourg" }, { "MC", "Monaco" },
  { "NL", "Pays-Bas" },  { "PT", "Portugal" },  { NULL, NULL },
};

static const char *
find (const Word *words, const char *code)
{
  while (words->code != NULL && g_strcmp0 (words->code, code) != 0)
    words++;
  return words->word;
}

/* "FACTURE", as printed on top. */
const char *
sw_wording_title (const char *kind)
{
  return find (titles, kind);
}

/* "Facture", as it begins a sentence or a file's title. */
const char *
sw_wording_name (const char *kind)
{
  return find (names, kind);
}

const char *
sw_wording_section (const char *code)
{
  return find (sections, code);
}

/* "virement", after "À régler par". */
const char *
sw_wording_payment (const char *method)
{
  return find (payments, method);
}

const char *
sw_wording_nature (const char *nature)
{
  return find (natures, nature);
}

/* Where a meter reading comes from: an estimate must be told from a true reading. */
const char *
sw_wording_source (const char *source)
{
  return find (sources, source);
}

/* The name of a country as the last line of an address, empty for France; a code that is not known
 * stays as it is. */
const char *
sw_wording_country (const char *code)
{
  const char *name = find (countries, code);

  return name != NULL ? name : code;
}
