/* sw-date.c: see sw-date.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/sw-date.h"
#include "base/sw-text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_QUARK (sw-date-error-quark, sw_date_error)

static const char *const month_names[] = { "janvier", "février",   "mars",    "avril",
                                           "mai",     "juin",      "juillet", "août",
                                           "septembre", "octobre", "novembre", "décembre" };

int
sw_date_days_in_month (int year, int month)
{
  if (!g_date_valid_month (month) || !g_date_valid_year ((GDateYear) year))
    return 31;
  return g_date_get_days_in_month (month, (GDateYear) year);
}

const char *
sw_date_month_name (int month)
{
  g_return_val_if_fail (month >= 1 && month <= 12, "");
  return month_names[month - 1];
}

static gboolean
is_day (int year, int month, int day)
{
  return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
         && day <= sw_date_days_in_month (year, month);
}

/* The @n digits at @text as a number, or -1. */
static int
digits (const char *text, int n)
{
  int value = 0;

  for (int i = 0; i < n; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return -1;
      value = value * 10 + (text[i] - '0');
    }
  return value;
}

gboolean
sw_date_split (const char *iso, int *year, int *month, int *day)
{
  int y, m, d;

  if (iso == NULL || strlen (iso) < 10 || iso[4] != '-' || iso[7] != '-'
      || g_ascii_isdigit (iso[10]))
    return FALSE;
  y = digits (iso, 4);
  m = digits (iso + 5, 2);
  d = digits (iso + 8, 2);
  if (!is_day (y, m, d))
    return FALSE;
  if (year != NULL)
    *year = y;
  if (month != NULL)
    *month = m;
  if (day != NULL)
    *day = d;
  return TRUE;
}

char *
sw_date_join (int year, int month, int day)
{
  return is_day (year, month, day) ? g_strdup_printf ("%04d-%02d-%02d", year, month, day) : NULL;
}

char *
sw_date_format (const char *iso)
{
  int y, m, d;

  if (!sw_date_split (iso, &y, &m, &d))
    return g_strdup ("");
  return g_strdup_printf ("%02d/%02d/%04d", d, m, y);
}

char *
sw_date_format_long (const char *iso)
{
  int y, m, d;

  if (!sw_date_split (iso, &y, &m, &d))
    return g_strdup ("");
  return g_strdup_printf ("%d%s %s %d", d, d == 1 ? "er" : "", month_names[m - 1], y);
}

char *
sw_date_format_instant (const char *instant)
{
  g_autofree char *date = sw_date_format (instant);

  if (*date == '\0' || strlen (instant) < 16)
    return g_steal_pointer (&date);
  return g_strdup_printf ("%s %.5s", date, instant + 11);
}

char *
sw_date_format_month (const char *iso)
{
  int y, m;

  if (!sw_date_split (iso, &y, &m, NULL))
    return g_strdup ("");
  return g_strdup_printf ("%s %d", month_names[m - 1], y);
}

char *
sw_date_format_period (const char *from, const char *to)
{
  int y1, m1, d1, y2, m2, d2;
  g_autofree char *first = sw_date_format (from);
  g_autofree char *last = sw_date_format (to);

  if (!sw_date_split (from, &y1, &m1, &d1) || !sw_date_split (to, &y2, &m2, &d2))
    return *first != '\0' ? g_strdup_printf ("à partir du %s", first) : g_strdup ("");
  if (d1 == 1 && y1 == y2 && d2 == sw_date_days_in_month (y2, m2))
    {
      if (m1 == m2)
        return sw_date_format_month (from);
      if (m1 == 1 && m2 == 12)
        return g_strdup_printf ("année %d", y1);
      if (m1 % 3 == 1 && m2 == m1 + 2)
        return g_strdup_printf ("%d%s trimestre %d", m1 / 3 + 1, m1 == 1 ? "er" : "e", y1);
    }
  return g_strdup_printf ("du %s au %s", first, last);
}

static gboolean
to_gdate (const char *iso, GDate *date)
{
  int y, m, d;

  if (!sw_date_split (iso, &y, &m, &d))
    return FALSE;
  g_date_clear (date, 1);
  g_date_set_dmy (date, (GDateDay) d, m, (GDateYear) y);
  return TRUE;
}

static char *
from_gdate (const GDate *date)
{
  return sw_date_join (g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

int
sw_date_days_between (const char *from, const char *to)
{
  GDate first, last;

  if (!to_gdate (from, &first) || !to_gdate (to, &last))
    return 0;
  return g_date_days_between (&first, &last);
}

char *
sw_date_add_days (const char *iso, int days)
{
  GDate date;
  gint64 julian;

  if (!to_gdate (iso, &date))
    return NULL;
  julian = (gint64) g_date_get_julian (&date) + days;
  /* 3 652 059 is 31/12/9999. */
  if (julian < 1 || julian > 3652059)
    return NULL;
  g_date_set_julian (&date, (guint32) julian);
  return from_gdate (&date);
}

char *
sw_date_add_months (const char *iso, int months)
{
  int y, m, d, count;

  if (!sw_date_split (iso, &y, &m, &d))
    return NULL;
  count = y * 12 + (m - 1) + months;
  if (count < 12)
    return NULL;
  y = count / 12;
  m = count % 12 + 1;
  return sw_date_join (y, m, MIN (d, sw_date_days_in_month (y, m)));
}

/* "fev", "fevr", "février" → 2; at least three letters ("jui" is neither juin nor juillet); 0: no
 * month. */
static int
month_from_name (const char *folded)
{
  int found = 0;

  if (strlen (folded) < 3)
    return 0;
  for (int i = 0; i < 12; i++)
    {
      g_autofree char *name = sw_text_fold (month_names[i]);

      if (g_str_has_prefix (name, folded))
        {
          if (found != 0)
            return 0;
          found = i + 1;
        }
    }
  return found;
}

static int
full_year (const char *text, int today_year)
{
  int year = atoi (text);

  if (*text == '\0')
    return today_year;
  if (strlen (text) > 2)
    return strlen (text) == 4 ? year : -1;
  return year >= 70 ? 1900 + year : 2000 + year;
}

/* "aujourd'hui", "demain", "hier", "+30", "-5". NULL when it is none of these. */
static char *
parse_relative (const char *folded, const char *today)
{
  if (strcmp (folded, "aujourd'hui") == 0 || strcmp (folded, "auj") == 0)
    return sw_date_add_days (today, 0);
  if (strcmp (folded, "demain") == 0)
    return sw_date_add_days (today, 1);
  if (strcmp (folded, "hier") == 0)
    return sw_date_add_days (today, -1);
  if ((*folded == '+' || *folded == '-') && strlen (folded) <= 5 && folded[1] != '\0'
      && strspn (folded + 1, "0123456789") == strlen (folded + 1))
    return sw_date_add_days (today, atoi (folded));
  return NULL;
}

/* Day, month and year as three texts, from "03022026", "3/2/26" or "3 fev 2026". The year, then the
 * month, may be missing (""). FALSE when the text has another shape. */
static gboolean
cut_parts (const char *folded, char parts[3][5])
{
  g_auto (GStrv) words = g_strsplit_set (folded, "/-. ", -1);
  guint n = 0;

  memset (parts, 0, 3 * sizeof parts[0]);
  if (strspn (folded, "0123456789") == strlen (folded)
      && (strlen (folded) == 6 || strlen (folded) == 8))
    return sscanf (folded, "%2[0-9]%2[0-9]%4[0-9]", parts[0], parts[1], parts[2]) == 3;
  for (char **word = words; *word != NULL; word++)
    {
      int month = month_from_name (*word);

      if (**word == '\0')
        continue;
      if (n == 0 && g_str_has_suffix (*word, "er"))
        (*word)[strlen (*word) - 2] = '\0';
      if (n == 3)
        return FALSE;
      if (n == 1 && month != 0)
        g_snprintf (parts[n++], sizeof parts[0], "%d", month);
      else if (strlen (*word) <= 4 && strspn (*word, "0123456789") == strlen (*word))
        g_strlcpy (parts[n++], *word, sizeof parts[0]);
      else
        return FALSE;
    }
  return n > 0 && strlen (parts[0]) <= 2 && strlen (parts[1]) <= 2;
}

gboolean
sw_date_parse (const char *typed, const char *today, char **iso, GError **error)
{
  g_autofree char *folded = sw_text_fold (typed);
  char parts[3][5];
  int year = 2000, month = 1;

  *iso = NULL;
  if (*folded == '\0')
    return TRUE;
  sw_date_split (today, &year, &month, NULL);
  if (sw_date_split (folded, NULL, NULL, NULL) && strlen (folded) == 10)
    {
      *iso = g_steal_pointer (&folded);
      return TRUE;
    }
  *iso = parse_relative (folded, today);
  if (*iso != NULL)
    return TRUE;
  if (!cut_parts (folded, parts))
    {
      g_set_error_literal (error, SW_DATE_ERROR, SW_DATE_ERROR_NOT_A_DATE, "Not a date");
      return FALSE;
    }
  *iso = sw_date_join (full_year (parts[2], year), *parts[1] != '\0' ? atoi (parts[1]) : month,
                       atoi (parts[0]));
  if (*iso == NULL)
    {
      g_set_error_literal (error, SW_DATE_ERROR, SW_DATE_ERROR_NO_SUCH_DAY, "No such day");
      return FALSE;
    }
  return TRUE;
}
