/* sw-operations-page.h: what is asked of operators for lines, and what they answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_OPERATIONS_PAGE (sw_operations_page_get_type ())
G_DECLARE_FINAL_TYPE (SwOperationsPage, sw_operations_page, SW, OPERATIONS_PAGE, SwRecordPage)

G_END_DECLS
