/* sw-tariff-price.h: one price of a grid, changed, added or removed in a dialog (CSV-04)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

extern const SwChoice sw_tariff_price_categories[];
extern const SwChoice sw_tariff_price_units[];

/* Price @id, or a new one of @version_id when it is 0; the page is read again when it is saved. */
void sw_tariff_price_edit (SwRecordPage *page, gint64 version_id, gint64 id);

G_END_DECLS
