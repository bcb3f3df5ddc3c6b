/* sw-date.h: calendar dates between ISO text (the server) and French text (people)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A date is text "YYYY-MM-DD" everywhere; an instant is what PostgreSQL prints with DateStyle ISO,
 * "2026-02-03 14:05:09.123+01". Month names are French whatever the interface language, because
 * documents and people are. "Today" always comes from the server and is passed in.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SW_DATE_ERROR (sw_date_error_quark ())
GQuark sw_date_error_quark (void);

typedef enum
{
  SW_DATE_ERROR_NOT_A_DATE,
  SW_DATE_ERROR_NO_SUCH_DAY, /* 31/02/2026 */
} SwDateError;

/* TRUE when @iso begins with a valid "YYYY-MM-DD"; any of the outputs may be NULL. */
gboolean sw_date_split (const char *iso, int *year, int *month, int *day);
/* The first argument that is not a real day gives NULL. */
char *sw_date_join (int year, int month, int day);

/* "2026-02-03" (or an instant) → "03/02/2026"; NULL or unreadable text gives "". */
char *sw_date_format (const char *iso);
/* → "3 février 2026", "1er mars 2026". */
char *sw_date_format_long (const char *iso);
/* An instant → "03/02/2026 14:05", as written: the server sends Europe/Paris time. */
char *sw_date_format_instant (const char *instant);
/* → "février 2026". */
char *sw_date_format_month (const char *iso);
/* Both ends included: "février 2026", "1er trimestre 2026", "année 2026" when the period is exactly
 * that, else "du 15/02/2026 au 14/03/2026". */
char *sw_date_format_period (const char *from, const char *to);
/* Relative to today: "today", "in 3 days", "12 days late" are sentences of the interface, so only
 * the number is here: days from @from to @to, negative when @to is before. */
int sw_date_days_between (const char *from, const char *to);

/* Reads "3/2/26", "03022026", "030226", "3-2-2026", "3 fév 2026", "2026-02-03", "3/2" (this year),
 * "12" (this month), "+30" and "-5" (days from today), "aujourd'hui", "demain", "hier".
 * Two-digit years: 70…99 are 19xx. Empty text gives TRUE and a NULL @iso. */
gboolean sw_date_parse (const char *typed, const char *today, char **iso, GError **error);

char *sw_date_add_days (const char *iso, int days);
/* Keeps the day of the month where it exists, else the last day: 31 January + 1 → 28 February.
 * Always count from the anchor (anchor + n × months), never from the previous result. */
char *sw_date_add_months (const char *iso, int months);
/* "février", for 1…12. */
const char *sw_date_month_name (int month);
/* The last day of the month, 28…31. */
int sw_date_days_in_month (int year, int month);

G_END_DECLS
