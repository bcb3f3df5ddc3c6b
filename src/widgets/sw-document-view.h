/* sw-document-view.h: pages of a document on screen, zoomed and scrolled, and printed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Knows nothing of the document but a function that draws page n with Cairo, in points:
 *
 *   sw_document_view_set (view, n_pages, 595.28, 841.89, draw_page, document, g_object_unref);
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Draws page @page (from 0). The origin is the page's corner, the unit the point. */
typedef void (*SwDrawPage) (cairo_t *cr, guint page, gpointer user_data);

#define SW_TYPE_DOCUMENT_VIEW (sw_document_view_get_type ())
G_DECLARE_FINAL_TYPE (SwDocumentView, sw_document_view, SW, DOCUMENT_VIEW, GtkWidget)

GtkWidget *sw_document_view_new (void);
void sw_document_view_set (SwDocumentView *self,
                           guint n_pages,
                           double width,
                           double height,
                           SwDrawPage draw,
                           gpointer user_data,
                           GDestroyNotify free_data);
/* 1.0 is 96 dpi; 0 fits the width. Ctrl and the wheel change it too. */
void sw_document_view_set_zoom (SwDocumentView *self, double zoom);
double sw_document_view_get_zoom (SwDocumentView *self);
void sw_document_view_zoom_in (SwDocumentView *self);
void sw_document_view_zoom_out (SwDocumentView *self);

/* The print dialog; @name is the job's and the proposed file's. Errors are told. */
void sw_document_view_print (SwDocumentView *self, const char *name);

G_END_DECLS
