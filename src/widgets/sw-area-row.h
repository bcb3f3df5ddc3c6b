/* sw-area-row.h: a row with several lines of text
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-row.h"

G_BEGIN_DECLS

#define SW_TYPE_AREA_ROW (sw_area_row_get_type ())
G_DECLARE_FINAL_TYPE (SwAreaRow, sw_area_row, SW, AREA_ROW, SwRow)

GtkWidget *sw_area_row_new (const char *field, const char *title);

G_END_DECLS
