/* sw-document.c: a document ready to be read, printed or saved
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-document.h"

struct _SwDocument
{
  GObject parent_instance;

  GPtrArray *sheets;
  SwDocumentInfo info;
};

G_DEFINE_FINAL_TYPE (SwDocument, sw_document, G_TYPE_OBJECT)

static void
sw_document_finalize (GObject *object)
{
  SwDocument *self = SW_DOCUMENT (object);

  g_clear_pointer (&self->sheets, g_ptr_array_unref);
  g_free (self->info.title);
  g_free (self->info.author);
  g_free (self->info.subject);
  g_free (self->info.keywords);
  g_free (self->info.created_on);
  g_free (self->info.file_name);
  G_OBJECT_CLASS (sw_document_parent_class)->finalize (object);
}

static void
sw_document_class_init (SwDocumentClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sw_document_finalize;
}

static void
sw_document_init (SwDocument *self)
{
}

/**
 * sw_document_new:
 * @sheets: (transfer full) (element-type SwSheet): the pages, one at least
 * @info: the strings are taken over
 */
SwDocument *
sw_document_new (GPtrArray *sheets, SwDocumentInfo *info)
{
  SwDocument *self = g_object_new (SW_TYPE_DOCUMENT, NULL);

  self->sheets = sheets;
  self->info = *info;
  return self;
}

int
sw_document_get_n_pages (SwDocument *self)
{
  return (int) self->sheets->len;
}

/* "Facture F-2026-03187", for a window or a print job. */
const char *
sw_document_get_title (SwDocument *self)
{
  return self->info.title;
}

/* "F-2026-03187.pdf", safe on every file system. */
const char *
sw_document_get_file_name (SwDocument *self)
{
  return self->info.file_name;
}

const SwDocumentInfo *
sw_document_get_info (SwDocument *self)
{
  return &self->info;
}

/**
 * sw_document_draw_page:
 * @cr: one unit is one point, the origin is the top left corner of the paper
 * @page: from 0
 *
 * Draws ink only: a preview paints the paper white first.
 */
void
sw_document_draw_page (SwDocument *self, cairo_t *cr, int page)
{
  g_return_if_fail (page >= 0 && page < (int) self->sheets->len);

  sw_sheet_draw (g_ptr_array_index (self->sheets, page), cr);
}
