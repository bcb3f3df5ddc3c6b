/* sw-switch-row.h: a row with a switch
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its value is "true" or "false".
 */
#pragma once

#include "widgets/sw-row.h"

G_BEGIN_DECLS

#define SW_TYPE_SWITCH_ROW (sw_switch_row_get_type ())
G_DECLARE_FINAL_TYPE (SwSwitchRow, sw_switch_row, SW, SWITCH_ROW, SwRow)

GtkWidget *sw_switch_row_new (const char *field, const char *title);

G_END_DECLS
