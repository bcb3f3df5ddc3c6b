/* fetch.h: softwhere-document asks the server for invoices, waiting for each answer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "documents/sw-document.h"
#include "model/sw-session.h"

G_BEGIN_DECLS

SwSession *fetch_open (const char *conninfo, GError **error);
GArray *fetch_issued_ids (SwSession *session, const char *from, const char *to, GError **error);
SwBrand *fetch_brand (SwSession *session, GError **error);
GPtrArray *fetch_invoices (SwSession *session,
                           SwBrand *brand,
                           const gint64 *ids,
                           gsize n_ids,
                           GError **error);

G_END_DECLS
