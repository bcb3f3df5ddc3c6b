/* sw-number-row.h: a row with an amount or a number, as exact decimal text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Properties: decimals (the most it takes, 2), unit ("€", "%", "mois"; shown after the number).
 */
#pragma once

#include "widgets/sw-row.h"

G_BEGIN_DECLS

#define SW_TYPE_NUMBER_ROW (sw_number_row_get_type ())
G_DECLARE_FINAL_TYPE (SwNumberRow, sw_number_row, SW, NUMBER_ROW, SwRow)

GtkWidget *sw_number_row_new (const char *field, const char *title, guint decimals, const char *unit);

G_END_DECLS
