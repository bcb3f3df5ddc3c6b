/* sw-figures.h: French forms of the figures printed on documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Numbers come as text with a dot ("1234.50") and stay text, see base/sw-money.h. On paper they have
 * the typographic minus, and unit prices one number of decimals that suits their column.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean sw_figures_is_amount (const char *text);
char *sw_figures_amount (const char *text);
char *sw_figures_price (const char *text);
char *sw_figures_quantity (const char *text, const char *unit);
char *sw_figures_period (const char *start_iso, const char *end_iso);

G_END_DECLS
