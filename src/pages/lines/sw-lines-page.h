/* sw-lines-page.h: lines of the parc, and what is asked for them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Opens "line"; "lines-of-customer" shows the list of one customer's (MLINE-03).
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_LINES_PAGE (sw_lines_page_get_type ())
G_DECLARE_FINAL_TYPE (SwLinesPage, sw_lines_page, SW, LINES_PAGE, SwRecordPage)

G_END_DECLS
