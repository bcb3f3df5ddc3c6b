/* sw-pdf.c: PDF files: one document a file, or many in one with a bookmark each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "documents/sw-document.h"

#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

static cairo_status_t
append (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
append_text (GByteArray *pdf, const char *text)
{
  g_byte_array_append (pdf, (const guint8 *) text, (guint) strlen (text));
}

static void
describe (cairo_surface_t *surface, const SwDocumentInfo *info, const char *title)
{
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_TITLE, title);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_AUTHOR, info->author);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_SUBJECT, info->subject);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_KEYWORDS, info->keywords);
  cairo_pdf_surface_set_metadata (surface,
                                  CAIRO_PDF_METADATA_CREATOR,
                                  "Softwhere " PACKAGE_VERSION);
  /* The date of the invoice, not of the print: the same invoice always makes the same file. */
  if (info->created_on != NULL)
    {
      g_autofree char *moment = g_strdup_printf ("%.10sT00:00:00Z", info->created_on);

      cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, moment);
    }
}

static void
draw (SwDocument *document, cairo_t *cr)
{
  for (int page = 0; page < sw_document_get_n_pages (document); page++)
    {
      sw_document_draw_page (document, cr, page);
      cairo_show_page (cr);
    }
}

static void
draw_many (SwDocument *const *documents, int n_documents, cairo_surface_t *surface, cairo_t *cr)
{
  int page = 1;

  for (int i = 0; i < n_documents; i++)
    {
      g_autofree char *target = g_strdup_printf ("page=%d pos=[0.0 0.0]", page);

      draw (documents[i], cr);
      cairo_pdf_surface_add_outline (surface,
                                     CAIRO_PDF_OUTLINE_ROOT,
                                     sw_document_get_title (documents[i]),
                                     target,
                                     0);
      page += sw_document_get_n_pages (documents[i]);
    }
}

static long
number_after (const char *text, const char *key)
{
  const char *found = strstr (text, key);

  return found == NULL ? 0 : strtol (found + strlen (key), NULL, 10);
}

/* The end of the file from the entries of its catalogue, the last object Cairo writes: all text. */
static char *
copy_tail (GByteArray *pdf, const char *from)
{
  gsize length = strlen (from);

  for (gssize i = (gssize) pdf->len - (gssize) length; i >= 0; i--)
    if (memcmp (pdf->data + i, from, length) == 0)
      return g_strndup ((const char *) pdf->data + i + length, pdf->len - i - length);
  return NULL;
}

/* Says which language the document speaks, for screen readers, and that the window shows its
 * title. Cairo 1.16 cannot: this appends what PDF calls an incremental update, a new version of
 * the catalogue and a table that points to it, and leaves all before untouched. */
static gboolean
declare_language (GByteArray *pdf)
{
  g_autofree char *tail = copy_tail (pdf, "<< /Type /Catalog");
  const char *end = tail == NULL ? NULL : strstr (tail, "endobj");
  g_autofree char *catalog = NULL;
  g_autofree char *table = NULL;
  long root, information, size, previous;

  if (end == NULL)
    return FALSE;
  root = number_after (end, "/Root ");
  information = number_after (end, "/Info ");
  size = number_after (end, "/Size ");
  previous = number_after (end, "startxref\n");
  if (root == 0 || information == 0 || size == 0 || previous == 0)
    return FALSE;

  catalog = g_strdup_printf ("%ld 0 obj\n<< /Type /Catalog\n   /Lang (fr-FR)\n"
                             "   /ViewerPreferences << /DisplayDocTitle true >>%.*sendobj\n",
                             root,
                             (int) (end - tail),
                             tail);
  table = g_strdup_printf ("xref\n%ld 1\n%010u 00000 n \ntrailer\n<< /Size %ld\n   /Root %ld 0 R\n"
                           "   /Info %ld 0 R\n   /Prev %ld\n>>\nstartxref\n%zu\n%%%%EOF\n",
                           root,
                           pdf->len,
                           size,
                           root,
                           information,
                           previous,
                           pdf->len + strlen (catalog));
  append_text (pdf, catalog);
  append_text (pdf, table);
  return TRUE;
}

/**
 * sw_document_make_pdf:
 * @documents: (array length=n_documents): one at least; several follow each other in one file
 *
 * Returns: (transfer full) (nullable): the whole file
 */
GBytes *
sw_document_make_pdf (SwDocument *const *documents, int n_documents, GError **error)
{
  g_autoptr (GByteArray) pdf = g_byte_array_sized_new (64 * 1024);
  cairo_surface_t *surface
    = cairo_pdf_surface_create_for_stream (append, pdf, SW_PAGE_WIDTH, SW_PAGE_HEIGHT);
  cairo_t *cr;
  cairo_status_t status;

  /* PDF 1.4 has plain tables at its end, which declare_language() extends. */
  cairo_pdf_surface_restrict_to_version (surface, CAIRO_PDF_VERSION_1_4);
  describe (surface,
            sw_document_get_info (documents[0]),
            n_documents == 1 ? sw_document_get_title (documents[0]) : "Factures");
  cr = cairo_create (surface);
  if (n_documents == 1)
    draw (documents[0], cr);
  else
    draw_many (documents, n_documents, surface, cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);

  if (status != CAIRO_STATUS_SUCCESS || !declare_language (pdf))
    {
      g_set_error (error,
                   G_IO_ERROR,
                   G_IO_ERROR_FAILED,
                   "The PDF could not be made: %s",
                   cairo_status_to_string (status));
      return NULL;
    }
  return g_byte_array_free_to_bytes (g_steal_pointer (&pdf));
}

/**
 * sw_document_write_pdf_many:
 *
 * Writes one file of all the documents. An existing file is replaced only by a complete one.
 */
gboolean
sw_document_write_pdf_many (SwDocument *const *documents,
                            int n_documents,
                            const char *path,
                            GError **error)
{
  g_autoptr (GBytes) pdf = sw_document_make_pdf (documents, n_documents, error);

  return pdf != NULL
         && g_file_set_contents (path,
                                 g_bytes_get_data (pdf, NULL),
                                 (gssize) g_bytes_get_size (pdf),
                                 error);
}

gboolean
sw_document_write_pdf (SwDocument *self, const char *path, GError **error)
{
  return sw_document_write_pdf_many (&self, 1, path, error);
}
