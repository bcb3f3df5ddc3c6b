/* sw-date-row.h: a row with a date, typed or picked in a calendar
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "3/2", "030226", "+30", "demain" are understood (sw_date_parse). Relative dates count from the
 * server's day, given once by sw_date_row_set_today().
 */
#pragma once

#include "widgets/sw-row.h"

G_BEGIN_DECLS

#define SW_TYPE_DATE_ROW (sw_date_row_get_type ())
G_DECLARE_FINAL_TYPE (SwDateRow, sw_date_row, SW, DATE_ROW, SwRow)

GtkWidget *sw_date_row_new (const char *field, const char *title);
/* For all date rows of the program; the window keeps it equal to the session's. */
void sw_date_row_set_today (const char *iso);

G_END_DECLS
