/* sw-figures.c: French forms of the figures printed on documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-figures.h"

#include "base/sw-date.h"
#include "base/sw-money.h"

#include <string.h>

#define MINUS "\u2212"
#define DIGITS "0123456789"

/* Whether @text is what the server sends for a sum of euros: "-12.50", two decimals at most. */
gboolean
sw_figures_is_amount (const char *text)
{
  gsize whole, cents;

  text += *text == '-';
  whole = strspn (text, DIGITS);
  text += whole;
  if (whole == 0 || *text == '\0')
    return whole > 0;
  cents = strspn (text + 1, DIGITS);
  return *text == '.' && (cents == 1 || cents == 2) && text[1 + cents] == '\0';
}

/* Takes @number, puts @unit after it and gives it a true minus sign. */
static char *
finish (char *number, const char *unit)
{
  g_autofree char *taken = number;
  gboolean negative = *number == '-';

  return g_strconcat (negative ? MINUS : "",
                      number + negative,
                      unit != NULL && *unit != '\0' ? SW_MONEY_UNIT_SPACE : "",
                      unit,
                      NULL);
}

/* "1234.5" gives "1 234,50 €". */
char *
sw_figures_amount (const char *text)
{
  return finish (sw_money_format (text), NULL);
}

/* Two decimals at least, and four as soon as two are not enough: "0.052" gives "0,0520 €". */
char *
sw_figures_price (const char *text)
{
  g_autofree char *cents = sw_money_round (text, 2);
  g_autofree char *finer = sw_money_round (text, 4);

  if (sw_money_compare (text, cents) == 0)
    return finish (sw_money_format_number (cents, 2), "€");
  if (sw_money_compare (text, finer) == 0)
    return finish (sw_money_format_number (finer, 4), "€");
  return finish (sw_money_format (text), NULL);
}

/* "2740.000" gives "2 740"; "1.5" and "h" give "1,5 h". */
char *
sw_figures_quantity (const char *text, const char *unit)
{
  int decimals = 0;
  const char *point = strchr (text, '.');

  for (int i = 1; point != NULL && point[i] != '\0'; i++)
    if (point[i] != '0')
      decimals = i;
  return finish (sw_money_format_number (text, decimals), unit);
}

/* "01/11 – 30/11/2026", or with both years when they differ. */
char *
sw_figures_period (const char *start_iso, const char *end_iso)
{
  g_autofree char *start = sw_date_format (start_iso);
  g_autofree char *end = sw_date_format (end_iso);

  if (*start == '\0' || *end == '\0')
    return g_strdup ("");
  if (strncmp (start_iso, end_iso, 4) == 0)
    start[5] = '\0';
  return g_strdup_printf ("%s –" SW_MONEY_UNIT_SPACE "%s", start, end);
}
