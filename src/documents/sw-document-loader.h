/* sw-document-loader.h: documents of a server: the company's look, and invoices by their ids
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * To be called in the thread of the main loop, which then owns the brand and its documents.
 */
#pragma once

#include "documents/sw-document.h"
#include "model/sw-session.h"

G_BEGIN_DECLS

/* api.company_logo(). To be kept: a brand serves every document of the session. */
void sw_brand_load_async (SwSession *session,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
SwBrand *sw_brand_load_finish (GAsyncResult *result, GError **error);

/* api.invoice_documents(), one round trip. */
void sw_document_load_invoices_async (SwSession *session,
                                      SwBrand *brand,
                                      const gint64 *ids,
                                      gsize n_ids,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
/* An array of SwDocument in the order asked, without those that do not exist or may not be seen. */
GPtrArray *sw_document_load_invoices_finish (GAsyncResult *result, GError **error);

G_END_DECLS
