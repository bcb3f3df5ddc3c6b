/* sw-money.c: see sw-money.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A decimal is an integer and a scale: 1240.50 is 124050 with scale 2.
 */
#include "base/sw-money.h"

#include <string.h>

G_DEFINE_QUARK (sw-money-error-quark, sw_money_error)

#define MAX_DIGITS 24
#define MAX_SCALE 9

typedef __int128 Wide;

typedef struct
{
  Wide value;
  guint scale;
} Decimal;

/* Canonical text only: "-12.50". Anything else, NULL included, is FALSE. */
static gboolean
decimal_read (const char *text, Decimal *out)
{
  gboolean negative = FALSE, point = FALSE;
  guint digits = 0;

  *out = (Decimal){ 0 };
  if (text == NULL)
    return FALSE;
  if (*text == '-' || *text == '+')
    negative = *text++ == '-';
  for (; *text != '\0'; text++)
    {
      if (*text == '.' && !point)
        point = TRUE;
      else if (g_ascii_isdigit (*text))
        {
          if (point && out->scale == MAX_SCALE)
            continue; /* beyond what any column of ours holds */
          out->value = out->value * 10 + (*text - '0');
          out->scale += point ? 1 : 0;
          if (out->value != 0 && ++digits > MAX_DIGITS)
            return FALSE;
        }
      else
        return FALSE;
    }
  if (negative)
    out->value = -out->value;
  return TRUE;
}

static char *
decimal_write (Decimal decimal)
{
  char buffer[64];
  char *at = buffer + sizeof buffer;
  Wide value = decimal.value < 0 ? -decimal.value : decimal.value;
  guint written = 0;

  *--at = '\0';
  do
    {
      if (written == decimal.scale && decimal.scale > 0)
        *--at = '.';
      *--at = (char) ('0' + (int) (value % 10));
      value /= 10;
      written++;
    }
  while (value != 0 || written <= decimal.scale);
  if (decimal.value < 0)
    *--at = '-';
  return g_strdup (at);
}

static Decimal
decimal_rescale (Decimal decimal, guint scale)
{
  for (; decimal.scale < scale; decimal.scale++)
    decimal.value *= 10;
  if (decimal.scale > scale)
    {
      Wide divisor = 1;
      Wide rest;

      for (; decimal.scale > scale; decimal.scale--)
        divisor *= 10;
      rest = decimal.value % divisor;
      decimal.value /= divisor;
      if (rest * 2 >= divisor)
        decimal.value++;
      else if (rest * 2 <= -divisor)
        decimal.value--;
    }
  return decimal;
}

/* Drops zeros at the end of the fraction, but keeps @least decimals. */
static Decimal
decimal_trim (Decimal decimal, guint least)
{
  while (decimal.scale > least && decimal.value % 10 == 0)
    {
      decimal.value /= 10;
      decimal.scale--;
    }
  return decimal;
}

/* Groups of three digits and a decimal comma. */
static char *
decimal_to_french (Decimal decimal)
{
  g_autofree char *plain = decimal_write (decimal);
  const char *digits = *plain == '-' ? plain + 1 : plain;
  gsize whole = strcspn (digits, ".");
  GString *french = g_string_new (*plain == '-' ? "-" : NULL);

  for (gsize i = 0; i < whole; i++)
    {
      if (i > 0 && (whole - i) % 3 == 0)
        g_string_append (french, SW_MONEY_GROUP_SPACE);
      g_string_append_c (french, digits[i]);
    }
  if (digits[whole] == '.')
    g_string_append_printf (french, ",%s", digits + whole + 1);
  return g_string_free (french, FALSE);
}

char *
sw_money_format (const char *decimal)
{
  Decimal value;
  g_autofree char *number = NULL;

  if (!decimal_read (decimal, &value))
    return g_strdup ("");
  value = decimal_rescale (value, MAX (value.scale, 2));
  number = decimal_to_french (decimal_trim (value, 2));
  return g_strconcat (number, SW_MONEY_UNIT_SPACE, "€", NULL);
}

char *
sw_money_format_number (const char *decimal, int decimals)
{
  Decimal value;

  if (!decimal_read (decimal, &value))
    return g_strdup ("");
  if (decimals >= 0)
    value = decimal_rescale (value, MIN ((guint) decimals, MAX_SCALE));
  return decimal_to_french (value);
}

char *
sw_money_format_significant (const char *decimal, guint min_decimals)
{
  Decimal value;

  if (!decimal_read (decimal, &value))
    return g_strdup ("");
  value = decimal_rescale (value, MAX (value.scale, min_decimals));
  return decimal_to_french (decimal_trim (value, min_decimals));
}

char *
sw_money_format_percent (const char *decimal)
{
  Decimal value;
  g_autofree char *number = NULL;

  if (!decimal_read (decimal, &value))
    return g_strdup ("");
  number = decimal_to_french (decimal_trim (value, 0));
  return g_strconcat (number, SW_MONEY_UNIT_SPACE, "%", NULL);
}

char *
sw_money_to_entry (const char *decimal)
{
  Decimal value;
  char *text;

  if (!decimal_read (decimal, &value))
    return g_strdup ("");
  text = decimal_write (value);
  g_strdelimit (text, ".", ',');
  return text;
}

/* What a person typed without spaces and units, or NULL when something else is in it. */
static char *
strip_typed (const char *typed)
{
  GString *bare = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || c == 0x202f || c == 0x20ac || c == '\'' || c == '%')
        continue;
      if (c == 0x2212) /* the typographic minus */
        c = '-';
      if (c > 127 || strchr ("0123456789+-.,", (int) c) == NULL)
        {
          g_string_free (bare, TRUE);
          return NULL;
        }
      g_string_append_c (bare, (char) c);
    }
  return g_string_free (bare, FALSE);
}

static guint
count_char (const char *text, char c)
{
  guint n = 0;

  for (; *text != '\0'; text++)
    n += *text == c;
  return n;
}

/* Leaves "." as the decimal separator and nothing as the thousands' one. */
static char *
unify_separators (const char *bare)
{
  guint points = count_char (bare, '.'), commas = count_char (bare, ',');
  const char *last_point = strrchr (bare, '.');
  const char *last_comma = strrchr (bare, ',');
  char decimal = '\0';
  GString *plain = g_string_new (NULL);

  if (points == 1 && (commas == 0 || last_point > last_comma))
    decimal = '.';
  else if (commas == 1 && (points == 0 || last_comma > last_point))
    decimal = ',';
  for (const char *p = bare; *p != '\0'; p++)
    if (*p == decimal)
      g_string_append_c (plain, '.');
    else if (*p != '.' && *p != ',')
      g_string_append_c (plain, *p);
  return g_string_free (plain, FALSE);
}

gboolean
sw_money_parse (const char *typed, guint max_decimals, char **decimal, GError **error)
{
  g_autofree char *bare = NULL;
  g_autofree char *plain = NULL;
  Decimal value;

  *decimal = NULL;
  if (typed == NULL || !g_utf8_validate (typed, -1, NULL))
    typed = "";
  bare = strip_typed (typed);
  if (bare != NULL && *bare == '\0')
    return TRUE;
  plain = bare != NULL ? unify_separators (bare) : NULL;
  if (plain == NULL || strpbrk (plain, "0123456789") == NULL)
    {
      g_set_error_literal (error, SW_MONEY_ERROR, SW_MONEY_ERROR_NOT_A_NUMBER, "Not a number");
      return FALSE;
    }
  if (!decimal_read (plain, &value))
    {
      gboolean sign_inside = strpbrk (plain + 1, "+-") != NULL;

      g_set_error_literal (error, SW_MONEY_ERROR,
                           sign_inside ? SW_MONEY_ERROR_NOT_A_NUMBER : SW_MONEY_ERROR_TOO_LARGE,
                           sign_inside ? "Not a number" : "Number too large");
      return FALSE;
    }
  value = decimal_trim (value, 0);
  if (value.scale > max_decimals)
    {
      g_set_error (error, SW_MONEY_ERROR, SW_MONEY_ERROR_TOO_PRECISE,
                   "At most %u decimals", max_decimals);
      return FALSE;
    }
  *decimal = decimal_write (value);
  return TRUE;
}

/* Unreadable text is zero; both come back with the same scale. */
static void
read_pair (const char *a, const char *b, Decimal *x, Decimal *y)
{
  if (!decimal_read (a, x))
    *x = (Decimal){ 0 };
  if (!decimal_read (b, y))
    *y = (Decimal){ 0 };
  *x = decimal_rescale (*x, MAX (x->scale, y->scale));
  *y = decimal_rescale (*y, MAX (x->scale, y->scale));
}

char *
sw_money_add (const char *a, const char *b)
{
  Decimal x, y;

  read_pair (a, b, &x, &y);
  x.value += y.value;
  return decimal_write (x);
}

char *
sw_money_subtract (const char *a, const char *b)
{
  Decimal x, y;

  read_pair (a, b, &x, &y);
  x.value -= y.value;
  return decimal_write (x);
}

char *
sw_money_multiply (const char *a, const char *b)
{
  Decimal x, y;

  if (!decimal_read (a, &x) || !decimal_read (b, &y))
    return g_strdup ("0");
  x = decimal_trim (x, 0);
  y = decimal_trim (y, 0);
  if (__builtin_mul_overflow (x.value, y.value, &x.value))
    return g_strdup ("0");
  x.scale += y.scale;
  return decimal_write (decimal_trim (decimal_rescale (x, MIN (x.scale, MAX_SCALE)), 0));
}

char *
sw_money_round (const char *decimal, guint decimals)
{
  Decimal value;

  if (!decimal_read (decimal, &value))
    value = (Decimal){ 0 };
  return decimal_write (decimal_rescale (value, MIN (decimals, MAX_SCALE)));
}

int
sw_money_compare (const char *a, const char *b)
{
  Decimal x, y;

  read_pair (a, b, &x, &y);
  return (x.value > y.value) - (x.value < y.value);
}

int
sw_money_sign (const char *decimal)
{
  return sw_money_compare (decimal, NULL);
}
