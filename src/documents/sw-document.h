/* sw-document.h: a document ready to be read, printed or saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Its pages are laid out once and drawn the same for PDF, preview and printer. What differs between
 * an invoice and a quote is who lays the pages out.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "documents/sw-sheet.h"

G_BEGIN_DECLS

#define SW_TYPE_DOCUMENT (sw_document_get_type ())
G_DECLARE_FINAL_TYPE (SwDocument, sw_document, SW, DOCUMENT, GObject)

/* What a PDF says about itself; all owned by the document. */
typedef struct
{
  char *title;
  char *author;
  char *subject;
  char *keywords;
  char *created_on; /* ISO date; NULL: the moment the file is written */
  char *file_name;
} SwDocumentInfo;

SwDocument *sw_document_new (GPtrArray *sheets, SwDocumentInfo *info);
SwDocument *sw_document_new_invoice (JsonObject *data, SwBrand *brand, GError **error);

int sw_document_get_n_pages (SwDocument *self);
const char *sw_document_get_title (SwDocument *self);
const char *sw_document_get_file_name (SwDocument *self);
const SwDocumentInfo *sw_document_get_info (SwDocument *self);

void sw_document_draw_page (SwDocument *self, cairo_t *cr, int page);
GBytes *sw_document_make_pdf (SwDocument *const *documents, int n_documents, GError **error);
gboolean sw_document_write_pdf (SwDocument *self, const char *path, GError **error);
gboolean sw_document_write_pdf_many (SwDocument *const *documents,
                                     int n_documents,
                                     const char *path,
                                     GError **error);

G_END_DECLS
