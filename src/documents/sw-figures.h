/* sw-figures.h: French forms of amounts, prices, quantities, rates and dates
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The server sends every number as text with a dot ("1234.50"). The text is reformatted, never
 * turned into a double, so what is printed is what the database holds.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sw_figures_parse_cents (const char *text, gint64 *cents);
char *sw_figures_amount (const char *text);
char *sw_figures_amount_cents (gint64 cents);
char *sw_figures_price (const char *text);
char *sw_figures_quantity (const char *text, const char *unit);
char *sw_figures_rate (const char *text);
char *sw_figures_date (const char *iso);
char *sw_figures_period (const char *start_iso, const char *end_iso);
char *sw_figures_siren (const char *text);
char *sw_figures_phone (const char *text);
char *sw_figures_iban (const char *text);

G_END_DECLS
