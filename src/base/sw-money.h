/* sw-money.h: amounts as decimal text, never floating point
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server sends amounts as decimal text ("1240.50"). These functions show that text in French
 * form, read what a person typed, and do the little arithmetic a screen needs (a running total
 * before saving). Invoices are computed by the server only.
 *
 * Limits: 24 significant digits, at most 9 of them after the point.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What separates thousands and precedes the currency: a narrow no-break space and a no-break space,
 * as the Imprimerie nationale asks. */
#define SW_MONEY_GROUP_SPACE "\u202f"
#define SW_MONEY_UNIT_SPACE "\u00a0"

#define SW_MONEY_ERROR (sw_money_error_quark ())
GQuark sw_money_error_quark (void);

typedef enum
{
  SW_MONEY_ERROR_NOT_A_NUMBER,
  SW_MONEY_ERROR_TOO_PRECISE, /* more decimals than the field takes */
  SW_MONEY_ERROR_TOO_LARGE,
} SwMoneyError;

/* "1240.5" → "1 240,50 €". NULL or unreadable text gives "". Two decimals at least; more are kept
 * when they are not zero (unit prices have four). */
char *sw_money_format (const char *decimal);

/* As sw_money_format() without the currency, with exactly @decimals decimals (rounded half away
 * from zero), or as many as the text has when @decimals is negative. */
char *sw_money_format_number (const char *decimal, int decimals);
/* The same with the decimals that say something, @min_decimals at least: "3.500000" → "3,50". */
char *sw_money_format_significant (const char *decimal, guint min_decimals);

/* "20.00" → "20 %", "5.50" → "5,5 %". */
char *sw_money_format_percent (const char *decimal);

/* The text to put into an entry: "1240.50" → "1240,50" (no spaces, no unit). */
char *sw_money_to_entry (const char *decimal);

/* Reads what a person typed: "1 240,5", "1240.50 €", "-3", "12,". Sets @decimal to canonical text
 * ("1240.5") for the server. Empty text gives TRUE and a NULL @decimal. "1.240,50" and "1,240.50"
 * are understood; a single separator is always the decimal one. */
gboolean sw_money_parse (const char *typed, guint max_decimals, char **decimal, GError **error);

/* Arithmetic on canonical text; unreadable or NULL text counts as zero. */
char *sw_money_add (const char *a, const char *b);
char *sw_money_subtract (const char *a, const char *b);
char *sw_money_multiply (const char *a, const char *b);
char *sw_money_round (const char *decimal, guint decimals);
int sw_money_compare (const char *a, const char *b);
/* -1, 0 or 1. */
int sw_money_sign (const char *decimal);

G_END_DECLS
