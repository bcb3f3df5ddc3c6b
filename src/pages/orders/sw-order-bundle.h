/* sw-order-bundle.h: a bundle of the catalogue, chosen and read in the shape of an order
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* Asks which one; @callback gets api.order_bundle of it (line, services). */
void sw_order_bundle_ask (SwRecordPage *page,
                          void (*callback) (SwRecord *bundle, gpointer data),
                          gpointer data,
                          GDestroyNotify free_data);

G_END_DECLS
