/* sw-catalogues-page.h: catalogues, owner – technology – operator, with what each sells (CATA-01…07)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

#define SW_TYPE_CATALOGUES_PAGE (sw_catalogues_page_get_type ())
G_DECLARE_FINAL_TYPE (SwCataloguesPage, sw_catalogues_page, SW, CATALOGUES_PAGE, SwRecordPage)

G_END_DECLS
