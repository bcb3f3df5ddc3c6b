/* sw-invoice-preview.h: an invoice as it is printed, with the ways to take it away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_INVOICE_PREVIEW (sw_invoice_preview_get_type ())
G_DECLARE_FINAL_TYPE (SwInvoicePreview, sw_invoice_preview, SW, INVOICE_PREVIEW, GtkWidget)

GtkWidget *sw_invoice_preview_new (void);
/* Reads and draws it again, also when the id is the same (a draft was changed). */
void sw_invoice_preview_show (SwInvoicePreview *self, SwSession *session, gint64 invoice_id);
void sw_invoice_preview_print (SwInvoicePreview *self);
void sw_invoice_preview_save (SwInvoicePreview *self);

G_END_DECLS
