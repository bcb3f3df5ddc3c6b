/* sw-figures.c: French forms of amounts, prices, quantities, rates and dates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-figures.h"

#include <string.h>

#define NO_BREAK "\u00a0"
#define NARROW_NO_BREAK "\u202f"
#define MINUS "\u2212"

/* The three parts of a decimal number, pointing into its text. */
typedef struct
{
  gboolean negative;
  const char *whole;
  int n_whole;
  const char *fraction;
  int n_fraction;
} Decimal;

static gboolean
decimal_split (const char *text, Decimal *decimal)
{
  const char *p = text;

  if (p == NULL)
    return FALSE;
  decimal->negative = *p == '-';
  if (decimal->negative)
    p++;
  decimal->whole = p;
  while (g_ascii_isdigit (*p))
    p++;
  decimal->n_whole = p - decimal->whole;
  decimal->fraction = p;
  decimal->n_fraction = 0;
  if (*p == '.')
    {
      decimal->fraction = ++p;
      while (g_ascii_isdigit (*p))
        p++;
      decimal->n_fraction = p - decimal->fraction;
    }
  if (*p != '\0' || decimal->n_whole == 0)
    return FALSE;
  while (decimal->n_whole > 1 && *decimal->whole == '0')
    {
      decimal->whole++;
      decimal->n_whole--;
    }
  while (decimal->n_fraction > 0 && decimal->fraction[decimal->n_fraction - 1] == '0')
    decimal->n_fraction--;
  return TRUE;
}

/* Writes the number with groups of three digits and at least `places` decimals. */
static GString *
decimal_write (const Decimal *decimal, int places)
{
  GString *out = g_string_sized_new (32);

  if (decimal->negative)
    g_string_append (out, MINUS);
  for (int i = 0; i < decimal->n_whole; i++)
    {
      if (i > 0 && (decimal->n_whole - i) % 3 == 0)
        g_string_append (out, NARROW_NO_BREAK);
      g_string_append_c (out, decimal->whole[i]);
    }
  if (MAX (places, decimal->n_fraction) > 0)
    g_string_append_c (out, ',');
  g_string_append_len (out, decimal->fraction, decimal->n_fraction);
  for (int i = decimal->n_fraction; i < places; i++)
    g_string_append_c (out, '0');
  return out;
}

/**
 * sw_figures_parse_cents:
 * Reads an amount of euros, at most two significant decimals, as a whole number of cents.
 *
 * Returns: whether @text is such an amount and fits
 */
gboolean
sw_figures_parse_cents (const char *text, gint64 *cents)
{
  Decimal decimal;
  gint64 value = 0;

  if (!decimal_split (text, &decimal) || decimal.n_fraction > 2 || decimal.n_whole > 16)
    return FALSE;
  for (int i = 0; i < decimal.n_whole; i++)
    value = value * 10 + (decimal.whole[i] - '0');
  for (int i = 0; i < 2; i++)
    value = value * 10 + (i < decimal.n_fraction ? decimal.fraction[i] - '0' : 0);
  *cents = decimal.negative ? -value : value;
  return TRUE;
}

/* "1234.5" gives "1 234,50 €", with no-break spaces. */
char *
sw_figures_amount (const char *text)
{
  Decimal decimal;
  GString *out;

  if (!decimal_split (text, &decimal))
    return g_strdup (text);
  out = decimal_write (&decimal, 2);
  g_string_append (out, NO_BREAK "€");
  return g_string_free (out, FALSE);
}

char *
sw_figures_amount_cents (gint64 cents)
{
  g_autofree char *text = g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d",
                                           cents < 0 ? "-" : "",
                                           ABS (cents) / 100,
                                           (int) (ABS (cents) % 100));

  return sw_figures_amount (text);
}

/* Unit prices keep their decimals, two at least, and four as soon as two are not enough. */
char *
sw_figures_price (const char *text)
{
  Decimal decimal;
  GString *out;

  if (!decimal_split (text, &decimal))
    return g_strdup (text);
  out = decimal_write (&decimal, decimal.n_fraction > 2 ? 4 : 2);
  g_string_append (out, NO_BREAK "€");
  return g_string_free (out, FALSE);
}

/* "2740.000" and "" give "2 740"; "1.5" and "h" give "1,5 h". */
char *
sw_figures_quantity (const char *text, const char *unit)
{
  Decimal decimal;
  GString *out;

  if (!decimal_split (text, &decimal))
    return g_strdup (text);
  out = decimal_write (&decimal, 0);
  if (unit != NULL && *unit != '\0')
    g_string_append_printf (out, NO_BREAK "%s", unit);
  return g_string_free (out, FALSE);
}

/* "5.50" gives "5,5 %". */
char *
sw_figures_rate (const char *text)
{
  Decimal decimal;
  GString *out;

  if (!decimal_split (text, &decimal))
    return g_strdup (text);
  out = decimal_write (&decimal, 0);
  g_string_append (out, NO_BREAK "%");
  return g_string_free (out, FALSE);
}

static gboolean
is_iso_date (const char *text)
{
  return text != NULL && strlen (text) >= 10 && text[4] == '-' && text[7] == '-';
}

/* "2026-11-01" gives "01/11/2026". */
char *
sw_figures_date (const char *iso)
{
  if (!is_iso_date (iso))
    return g_strdup (iso);
  return g_strdup_printf ("%.2s/%.2s/%.4s", iso + 8, iso + 5, iso);
}

/* "01/11 – 30/11/2026", or with both years when they differ. */
char *
sw_figures_period (const char *start_iso, const char *end_iso)
{
  g_autofree char *start = NULL;
  g_autofree char *end = NULL;

  if (!is_iso_date (start_iso) || !is_iso_date (end_iso))
    return g_strdup ("");
  start = sw_figures_date (start_iso);
  end = sw_figures_date (end_iso);
  if (strncmp (start_iso, end_iso, 4) == 0)
    start[5] = '\0';
  return g_strdup_printf ("%s –" NO_BREAK "%s", start, end);
}

/* "732829320" gives "732 829 320" and a SIRET of 14 digits "732 829 320 00074". */
char *
sw_figures_siren (const char *text)
{
  GString *out;
  gsize length = strlen (text);

  if (strspn (text, "0123456789") != length || (length != 9 && length != 14))
    return g_strdup (text);
  out = g_string_new (NULL);
  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && i <= 9 && i % 3 == 0)
        g_string_append (out, NO_BREAK);
      g_string_append_c (out, text[i]);
    }
  return g_string_free (out, FALSE);
}

/* "+33297000000" and "0297000000" give "02 97 00 00 00"; anything else stays. */
char *
sw_figures_phone (const char *text)
{
  const char *national = g_str_has_prefix (text, "+33") ? text + 3 : text + (*text == '0');

  if (national == text || strlen (national) != 9 || strspn (national, "0123456789") != 9)
    return g_strdup (text);
  return g_strdup_printf ("0%.1s" NO_BREAK "%.2s" NO_BREAK "%.2s" NO_BREAK "%.2s" NO_BREAK "%.2s",
                          national,
                          national + 1,
                          national + 3,
                          national + 5,
                          national + 7);
}

/* "FR7630006000011234567890189" gives groups of four. */
char *
sw_figures_iban (const char *text)
{
  GString *out = g_string_new (NULL);
  int written = 0;

  for (const char *p = text; *p != '\0'; p++)
    if (*p != ' ')
      {
        if (written > 0 && written % 4 == 0)
          g_string_append (out, NO_BREAK);
        g_string_append_c (out, *p);
        written++;
      }
  return g_string_free (out, FALSE);
}
