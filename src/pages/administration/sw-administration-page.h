/* sw-administration-page.h: the reseller itself: identity, documents, rules, schedule, people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-page.h"

G_BEGIN_DECLS

#define SW_TYPE_ADMINISTRATION_PAGE (sw_administration_page_get_type ())
G_DECLARE_FINAL_TYPE (SwAdministrationPage, sw_administration_page, SW, ADMINISTRATION_PAGE, SwPage)

G_END_DECLS
