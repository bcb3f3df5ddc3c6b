/* sw-text.c: see sw-text.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/sw-text.h"

#include <string.h>

/* Letters that do not decompose into a base letter and an accent; as in PostgreSQL's unaccent. */
static const char *
fold_special (gunichar c)
{
  switch (c)
    {
    case 0x0153: return "oe";
    case 0x00e6: return "ae";
    case 0x00df: return "ss";
    case 0x00f8: return "o";
    case 0x0142: return "l";
    case 0x0111: return "d";
    case 0x2018: case 0x2019: return "'";
    case 0x2013: case 0x2014: return "-";
    default: return NULL;
    }
}

char *
sw_text_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autofree char *lower = g_utf8_strdown (valid, -1);
  g_autofree char *apart = g_utf8_normalize (lower, -1, G_NORMALIZE_DEFAULT);
  GString *folded = g_string_new (NULL);
  gboolean gap = FALSE;

  for (const char *p = apart; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      const char *special = fold_special (c);

      if (g_unichar_ismark (c))
        continue;
      if (g_unichar_isspace (c) || c == 0x202f)
        {
          gap = folded->len > 0;
          continue;
        }
      if (gap)
        g_string_append_c (folded, ' ');
      gap = FALSE;
      if (special != NULL)
        g_string_append (folded, special);
      else
        g_string_append_unichar (folded, c);
    }
  return g_string_free (folded, FALSE);
}

gboolean
sw_text_matches (const char *haystack, const char *needle)
{
  g_autofree char *where = sw_text_fold (haystack);
  g_autofree char *what = sw_text_fold (needle);
  g_auto (GStrv) words = g_strsplit (what, " ", -1);

  for (char **word = words; *word != NULL; word++)
    if (strstr (where, *word) == NULL)
      return FALSE;
  return TRUE;
}

/* Words that say nothing about who it is. */
static gboolean
is_small_word (const char *folded)
{
  static const char *const small[] = { "sa", "sas", "sasu", "sarl", "eurl", "sci", "snc", "scm",
                                       "selarl", "scp", "ei", "gie", "de", "du", "des", "la", "le",
                                       "les", "l", "d", "et", "en", "a", "au", "aux", NULL };

  return g_strv_contains (small, folded);
}

char *
sw_text_initials (const char *name)
{
  g_autofree char *valid = g_utf8_make_valid (name != NULL ? name : "", -1);
  g_auto (GStrv) words = g_strsplit_set (valid, " \t\n-'./&,()\"", -1);
  GString *initials = g_string_new (NULL);

  for (int skip_small = 1; skip_small >= 0 && initials->len == 0; skip_small--)
    for (char **word = words; *word != NULL; word++)
      {
        g_autofree char *folded = sw_text_fold (*word);

        if (!g_unichar_isalnum (g_utf8_get_char (*word)) || (skip_small && is_small_word (folded)))
          continue;
        g_string_append_unichar (initials, g_unichar_toupper (g_utf8_get_char (*word)));
        if (g_utf8_strlen (initials->str, -1) == 2)
          break;
      }
  return g_string_free (initials, FALSE);
}

gboolean
sw_text_is_blank (const char *text)
{
  if (text == NULL)
    return TRUE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!g_unichar_isspace (c) && c != 0x202f)
        return FALSE;
    }
  return TRUE;
}
