/* sw-phone.c: see sw-phone.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbering plan: Arcep decision 2018-0881 as amended. Numbers starting with 0700 have 14 digits
 * (machine to machine); overseas départements have country codes of their own.
 */
#include "base/sw-phone.h"

#include <string.h>

/* National prefix → country code, overseas. */
static const struct
{
  const char *prefix;
  const char *country;
} overseas[] = {
  { "0590", "590" }, { "0690", "590" }, { "0691", "590" }, { "0594", "594" }, { "0694", "594" },
  { "0596", "596" }, { "0696", "596" }, { "0262", "262" }, { "0692", "262" }, { "0693", "262" },
  { "0269", "262" }, { "0639", "262" },
};

/* Digits, with "+" in front when the number is international; NULL when anything else is in it. */
static char *
bare_number (const char *typed)
{
  GString *bare = g_string_new (NULL);

  for (const char *p = typed; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_str_has_prefix (p, "(0)"))
        {
          p += 2;
          continue;
        }
      if (g_unichar_isspace (c) || c == 0x202f || c == '.' || c == '-' || c == '/' || c == '('
          || c == ')' || c == 0x2011)
        continue;
      if ((c >= '0' && c <= '9') || (c == '+' && bare->len == 0))
        g_string_append_c (bare, (char) c);
      else
        {
          g_string_free (bare, TRUE);
          return NULL;
        }
    }
  if (g_str_has_prefix (bare->str, "00"))
    {
      g_string_erase (bare, 0, 2);
      g_string_prepend_c (bare, '+');
    }
  return g_string_free (bare, FALSE);
}

/* "0612345678" → "+33612345678"; 14 digits only behind 0700. */
static char *
national_to_e164 (const char *number)
{
  gsize length = strlen (number);

  if (number[0] != '0' || number[1] == '0')
    return NULL;
  if (length == 14 && g_str_has_prefix (number, "0700"))
    return g_strconcat ("+33", number + 1, NULL);
  if (length != 10)
    return NULL;
  /* Among those of Mayotte, 06 39 98 is metropolitan: kept for fiction, and for demonstrations. */
  for (gsize i = 0; i < G_N_ELEMENTS (overseas); i++)
    if (g_str_has_prefix (number, overseas[i].prefix) && !g_str_has_prefix (number, "063998"))
      return g_strconcat ("+", overseas[i].country, number + 1, NULL);
  return g_strconcat ("+33", number + 1, NULL);
}

char *
sw_phone_to_e164 (const char *typed)
{
  g_autofree char *bare = NULL;
  gsize length;

  if (typed == NULL || !g_utf8_validate (typed, -1, NULL))
    return NULL;
  bare = bare_number (typed);
  if (bare == NULL)
    return NULL;
  length = strlen (bare);
  if (g_str_has_prefix (bare, "+33"))
    {
      /* People write +33 06…: the 0 is only dialled inside the country. */
      const char *rest = bare[3] == '0' ? bare + 4 : bare + 3;
      g_autofree char *national = g_strconcat ("0", rest, NULL);
      gsize digits = strlen (national);

      if (national[1] == '0' || !(digits == 10 || (digits == 14 && g_str_has_prefix (rest, "700"))))
        return NULL;
      return g_strconcat ("+33", rest, NULL);
    }
  if (*bare == '+')
    return length >= 8 && length <= 16 && bare[1] != '0' ? g_steal_pointer (&bare) : NULL;
  if (*bare == '0')
    return national_to_e164 (bare);
  if (length == 11 && g_str_has_prefix (bare, "33") && bare[2] != '0')
    return g_strconcat ("+", bare, NULL);
  return NULL;
}

/* Digits in groups of the sizes in @groups (the last one repeats). */
static char *
group_digits (const char *digits, const char *groups)
{
  GString *out = g_string_new (NULL);
  int left = *groups - '0';

  for (; *digits != '\0'; digits++)
    {
      if (left == 0)
        {
          g_string_append_c (out, ' ');
          if (groups[1] != '\0')
            groups++;
          left = *groups - '0';
        }
      g_string_append_c (out, *digits);
      left--;
    }
  return g_string_free (out, FALSE);
}

char *
sw_phone_format (const char *text)
{
  g_autofree char *e164 = sw_phone_to_e164 (text);
  g_autofree char *national = NULL;

  if (e164 == NULL)
    return g_strdup (text != NULL ? text : "");
  for (gsize i = 0; i < G_N_ELEMENTS (overseas); i++)
    if (strlen (e164) == 13 && g_str_has_prefix (e164 + 1, overseas[i].country)
        && g_str_has_prefix (e164 + 4, overseas[i].prefix + 1))
      {
        national = g_strconcat ("0", e164 + 4, NULL);
        return group_digits (national, "42");
      }
  if (g_str_has_prefix (e164, "+33"))
    {
      national = g_strconcat ("0", e164 + 3, NULL);
      return group_digits (national, strlen (national) == 14 ? "4" : "2");
    }
  return g_steal_pointer (&e164);
}
