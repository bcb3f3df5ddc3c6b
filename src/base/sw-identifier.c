/* sw-identifier.c: see sw-identifier.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/sw-identifier.h"
#include "base/sw-phone.h"

#include <string.h>

G_DEFINE_QUARK (sw-identifier-error-quark, sw_identifier_error)

#define LA_POSTE "356000000"

/* Luhn: from the right, every second digit doubled; used by SIREN, SIRET, ICCID and IMEI. */
static gboolean
luhn_ok (const char *digits)
{
  gsize length = strlen (digits);
  int sum = 0;

  for (gsize i = 0; i < length; i++)
    {
      int digit = digits[length - 1 - i] - '0';

      if (i % 2 == 1 && (digit *= 2) > 9)
        digit -= 9;
      sum += digit;
    }
  return sum % 10 == 0;
}

/* ISO 7064 mod 97-10 over digits and letters (A = 10 … Z = 35), two texts one after the other. */
static int
mod97 (const char *first, const char *second)
{
  int rest = 0;

  for (int part = 0; part < 2; part++)
    for (const char *p = part == 0 ? first : second; *p != '\0'; p++)
      rest = g_ascii_isdigit (*p) ? (rest * 10 + (*p - '0')) % 97
                                  : (rest * 100 + (*p - 'A' + 10)) % 97;
  return rest;
}

static gboolean
siren_ok (const char *siren)
{
  return luhn_ok (siren);
}

/* La Poste numbers its offices so that the 14 digits add up to a multiple of 5; its head office
 * keeps the ordinary key. */
static gboolean
siret_ok (const char *siret)
{
  g_autofree char *siren = g_strndup (siret, 9);
  int sum = 0;

  if (!siren_ok (siren))
    return FALSE;
  if (luhn_ok (siret))
    return TRUE;
  for (const char *p = siret; *p != '\0'; p++)
    sum += *p - '0';
  return strcmp (siren, LA_POSTE) == 0 && sum % 5 == 0;
}

/* The key of a French VAT number: two digits, or, for some foreign firms, one or two letters of an
 * alphabet without I and O. Monaco's numbers start with 000 and follow the same key. */
static gboolean
french_vat_ok (const char *vat)
{
  static const char alphabet[] = "0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
  const char *first = strchr (alphabet, vat[2]), *second = strchr (alphabet, vat[3]);
  gint64 siren = g_ascii_strtoll (vat + 4, NULL, 10);
  gint64 check;

  if (first == NULL || second == NULL)
    return FALSE;
  if (g_ascii_isdigit (vat[2]) && g_ascii_isdigit (vat[3]))
    return (12 + 3 * (siren % 97)) % 97 == (vat[2] - '0') * 10 + (vat[3] - '0');
  check = g_ascii_isdigit (vat[2]) ? (first - alphabet) * 24 + (second - alphabet) - 10
                                   : (first - alphabet) * 34 + (second - alphabet) - 100;
  return (siren + 1 + check / 11) % 11 == check % 11;
}

static gboolean
vat_ok (const char *vat)
{
  return !g_str_has_prefix (vat, "FR") || french_vat_ok (vat);
}

static gboolean
iban_ok (const char *iban)
{
  static const struct
  {
    const char *country;
    gsize length;
  } lengths[] = { { "BE", 16 }, { "CH", 21 }, { "DE", 22 }, { "ES", 24 },
                  { "FR", 27 }, { "GB", 22 }, { "IT", 27 }, { "LU", 20 },
                  { "MC", 27 }, { "NL", 18 }, { "PT", 25 } };
  char head[5] = { 0 };

  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    if (g_str_has_prefix (iban, lengths[i].country) && strlen (iban) != lengths[i].length)
      return FALSE;
  memcpy (head, iban, 4);
  return mod97 (iban + 4, head) == 1;
}

/* The business code, three characters behind the key, is not part of the check. */
static gboolean
ics_ok (const char *ics)
{
  char head[5] = { 0 };

  memcpy (head, ics, 4);
  return mod97 (ics + 7, head) == 1;
}

static gboolean
rum_ok (const char *rum)
{
  return rum[0] != '/' && !g_str_has_suffix (rum, "/") && strstr (rum, "//") == NULL;
}

static gboolean
iccid_ok (const char *iccid)
{
  return luhn_ok (iccid);
}

/* One line a kind: its nick, the lengths it may have, its shape, its key and how it is shown
 * (sizes of the groups; the last one repeats). */
typedef struct
{
  const char *nick;
  guint shortest, longest;
  const char *pattern;
  gboolean (*key) (const char *text);
  const char *groups;
} Rule;

static const Rule rules[] = {
  [SW_IDENTIFIER_SIREN] = { "siren", 9, 9, "^[0-9]{9}$", siren_ok, "3" },
  [SW_IDENTIFIER_SIRET] = { "siret", 14, 14, "^[0-9]{14}$", siret_ok, "3335" },
  [SW_IDENTIFIER_VAT] = { "vat", 4, 14,
                          "^(FR[0-9A-HJ-NP-Z]{2}[0-9]{9}|(?!FR)[A-Z]{2}[0-9A-Z+*]{2,12})$", vat_ok,
                          NULL },
  [SW_IDENTIFIER_APE] = { "ape", 5, 5, "^[0-9]{4}[A-Z]$", NULL, NULL },
  [SW_IDENTIFIER_IBAN] = { "iban", 15, 34, "^[A-Z]{2}[0-9]{2}[0-9A-Z]+$", iban_ok, "4" },
  [SW_IDENTIFIER_BIC] = { "bic", 8, 11, "^[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?$", NULL, NULL },
  [SW_IDENTIFIER_RUM] = { "rum", 1, 35, "^[A-Z0-9+?/:().,'-]+$", rum_ok, NULL },
  [SW_IDENTIFIER_ICS] = { "ics", 8, 35, "^[A-Z]{2}[0-9]{2}[0-9A-Z]{3}[0-9A-Z]+$", ics_ok, NULL },
  [SW_IDENTIFIER_RNA] = { "rna", 10, 10, "^W[0-9]{9}$", NULL, NULL },
  [SW_IDENTIFIER_PHONE] = { "phone", 7, 16, "^\\+[1-9][0-9]+$", NULL, NULL },
  [SW_IDENTIFIER_EMAIL] = { "email", 3, 254, "^[^\\s@]+@[^\\s@.]+(\\.[^\\s@.]+)+$", NULL, NULL },
  [SW_IDENTIFIER_POSTCODE] = { "postcode", 5, 5, "^[0-9]{5}$", NULL, NULL },
  [SW_IDENTIFIER_RIO] = { "rio", 12, 12, "^[0-9A-Z]{2}[EPFGMNRSTUVWXYZA][0-9A-Z]{6}[0-9A-Z+]{3}$",
                          NULL, NULL },
  [SW_IDENTIFIER_ICCID] = { "iccid", 19, 20, "^89[0-9]+$", iccid_ok, "4" },
  [SW_IDENTIFIER_IMEI] = { "imei", 15, 15, "^[0-9]+$", luhn_ok, "2661" },
};

SwIdentifierKind
sw_identifier_kind_from_nick (const char *nick)
{
  for (guint kind = SW_IDENTIFIER_NONE + 1; kind < G_N_ELEMENTS (rules); kind++)
    if (g_strcmp0 (rules[kind].nick, nick) == 0)
      return kind;
  return SW_IDENTIFIER_NONE;
}

char *
sw_identifier_normalise (SwIdentifierKind kind, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  GString *bare = NULL;

  if (kind == SW_IDENTIFIER_NONE || kind == SW_IDENTIFIER_EMAIL)
    return g_strdup (g_strstrip (valid));
  if (kind == SW_IDENTIFIER_PHONE)
    {
      char *e164 = sw_phone_to_e164 (valid);

      return e164 != NULL ? e164 : g_strdup (g_strstrip (valid));
    }
  bare = g_string_new (NULL);
  for (const char *p = valid; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == 0x202f)
        continue;
      /* Dots and dashes only decorate, except in a mandate reference, where they count. */
      if ((c == '.' || c == '-') && kind != SW_IDENTIFIER_RUM)
        continue;
      g_string_append_unichar (bare, g_unichar_toupper (c));
    }
  return g_string_free (bare, FALSE);
}

gboolean
sw_identifier_check (SwIdentifierKind kind, const char *text, GError **error)
{
  g_autofree char *bare = sw_identifier_normalise (kind, text);
  gsize length = strlen (bare);
  const Rule *rule;

  if (kind == SW_IDENTIFIER_NONE || kind >= G_N_ELEMENTS (rules) || length == 0)
    return TRUE;
  rule = &rules[kind];
  if (length < rule->shortest || length > rule->longest)
    {
      g_set_error_literal (error, SW_IDENTIFIER_ERROR, SW_IDENTIFIER_ERROR_LENGTH, "Wrong length");
      return FALSE;
    }
  if (!g_regex_match_simple (rule->pattern, bare, 0, 0))
    {
      g_set_error_literal (error, SW_IDENTIFIER_ERROR, SW_IDENTIFIER_ERROR_CHARACTERS,
                           "A character does not belong there");
      return FALSE;
    }
  if (rule->key != NULL && !rule->key (bare))
    {
      g_set_error_literal (error, SW_IDENTIFIER_ERROR, SW_IDENTIFIER_ERROR_CHECKSUM,
                           "The check digit does not fit");
      return FALSE;
    }
  return TRUE;
}

/* @groups holds the group sizes as digits; the last one repeats. */
static char *
group (const char *bare, const char *groups)
{
  GString *out = g_string_new (NULL);
  int left = *groups - '0';

  for (const char *p = bare; *p != '\0'; p++, left--)
    {
      if (left == 0)
        {
          g_string_append_c (out, ' ');
          groups += groups[1] != '\0';
          left = *groups - '0';
        }
      g_string_append_c (out, *p);
    }
  return g_string_free (out, FALSE);
}

char *
sw_identifier_format (SwIdentifierKind kind, const char *text)
{
  g_autofree char *bare = NULL;

  if (text == NULL)
    return g_strdup ("");
  if (kind == SW_IDENTIFIER_PHONE)
    return sw_phone_format (text);
  bare = sw_identifier_normalise (kind, text);
  if (kind == SW_IDENTIFIER_NONE || kind >= G_N_ELEMENTS (rules)
      || strlen (bare) < rules[kind].shortest
      || !g_regex_match_simple (rules[kind].pattern, bare, 0, 0))
    return g_strdup (text);
  if (kind == SW_IDENTIFIER_VAT && g_str_has_prefix (bare, "FR"))
    return group (bare, "4333");
  if (kind == SW_IDENTIFIER_APE)
    return g_strdup_printf ("%.2s.%s", bare, bare + 2);
  return rules[kind].groups != NULL ? group (bare, rules[kind].groups) : g_steal_pointer (&bare);
}

char *
sw_identifier_vat_from_siren (const char *siren)
{
  g_autofree char *bare = sw_identifier_normalise (SW_IDENTIFIER_SIREN, siren);

  if (*bare == '\0' || !sw_identifier_check (SW_IDENTIFIER_SIREN, bare, NULL))
    return NULL;
  return g_strdup_printf ("FR%02d%s",
                          (int) ((12 + 3 * (g_ascii_strtoll (bare, NULL, 10) % 97)) % 97), bare);
}

/* Three sums over operator, quality, contract and number, with weights 1, 2 and 4, mod 37 (Arcep
 * decision 2013-0830, annex). */
gboolean
sw_identifier_rio_matches (const char *rio, const char *national)
{
  static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+";
  g_autofree char *bare = sw_identifier_normalise (SW_IDENTIFIER_RIO, rio);
  g_autofree char *body = NULL;
  guint a = 0, b = 0, c = 0;

  if (*bare == '\0' || !sw_identifier_check (SW_IDENTIFIER_RIO, bare, NULL) || national == NULL
      || strlen (national) != 10)
    return FALSE;
  body = g_strdup_printf ("%.9s%s", bare, national);
  for (const char *p = body; *p != '\0'; p++)
    {
      const char *found = strchr (alphabet, *p);
      guint value;

      if (found == NULL)
        return FALSE;
      value = (guint) (found - alphabet);
      a = (a + value) % 37;
      b = (2 * b + value) % 37;
      c = (4 * c + value) % 37;
    }
  return bare[9] == alphabet[a] && bare[10] == alphabet[b] && bare[11] == alphabet[c];
}
