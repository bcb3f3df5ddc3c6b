/* sw-identifier.h: French business identifiers: instant feedback and display
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server enforces these rules; here they only tell a person, while typing, that a digit is
 * wrong, and put the usual spaces back for display.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SW_IDENTIFIER_ERROR (sw_identifier_error_quark ())
GQuark sw_identifier_error_quark (void);

typedef enum
{
  SW_IDENTIFIER_ERROR_LENGTH,     /* too short or too long */
  SW_IDENTIFIER_ERROR_CHARACTERS, /* a character that cannot be there */
  SW_IDENTIFIER_ERROR_CHECKSUM,   /* well formed, but a digit is wrong */
} SwIdentifierError;

/* The nick of each kind (used by form rows) is the name in lower case: "siret", "vat", "iban"… */
typedef enum
{
  SW_IDENTIFIER_NONE,
  SW_IDENTIFIER_SIREN,
  SW_IDENTIFIER_SIRET, /* La Poste's own rule included */
  SW_IDENTIFIER_VAT,   /* intra-Community VAT number; the key is checked for FR */
  SW_IDENTIFIER_APE,
  SW_IDENTIFIER_IBAN,
  SW_IDENTIFIER_BIC,
  SW_IDENTIFIER_RUM, /* SEPA mandate reference */
  SW_IDENTIFIER_ICS, /* SEPA creditor identifier */
  SW_IDENTIFIER_RNA, /* association */
  SW_IDENTIFIER_PHONE,
  SW_IDENTIFIER_EMAIL,
  SW_IDENTIFIER_POSTCODE, /* French, five digits */
  SW_IDENTIFIER_RIO,      /* form only; sw_identifier_rio_matches() checks the key */
  SW_IDENTIFIER_ICCID,
  SW_IDENTIFIER_IMEI,
} SwIdentifierKind;

/* SW_IDENTIFIER_NONE for an unknown nick. */
SwIdentifierKind sw_identifier_kind_from_nick (const char *nick);

/* Without spaces, dots and dashes, in upper case (e-mail: trimmed only; phone: E.164 when it can be
 * read). Never NULL; does not check. This is what goes to the server. */
char *sw_identifier_normalise (SwIdentifierKind kind, const char *text);

/* TRUE when @text, in any spacing, is well formed and its key is right. Empty text is TRUE: whether
 * a value is required is the server's business. Messages are untranslated; branch on the code. */
gboolean sw_identifier_check (SwIdentifierKind kind, const char *text, GError **error);

/* With the spaces people expect: "732 829 320 00074", "FR76 3000 6000 …", "06 12 34 56 78". Text
 * that is not of this kind comes back unchanged. */
char *sw_identifier_format (SwIdentifierKind kind, const char *text);

/* "732829320" → "FR44732829320"; NULL when @siren is not a SIREN. */
char *sw_identifier_vat_from_siren (const char *siren);

/* Whether the RIO @rio belongs to the phone number @national ("0612345678"). */
gboolean sw_identifier_rio_matches (const char *rio, const char *national);

G_END_DECLS
