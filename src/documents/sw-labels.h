/* sw-labels.h: sheets of address labels, for the preview, the printer and PDF files
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Addresses are kept as text and laid out when their page is drawn, so that ten thousand of them take
 * a few megabytes; a file is written page by page.
 */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/* A4 sheets as sold; millimetres. */
typedef struct
{
  const char *name; /* "70x37", stable: settings and scripts use it */
  guint columns, rows;
  double width, height;  /* of a label */
  double left, top;      /* of the first one */
  double across, down;   /* from one to the next */
} SwLabelFormat;

/* Ends with a NULL name. */
extern const SwLabelFormat sw_label_formats[];
/* NULL when unknown. */
const SwLabelFormat *sw_label_format_find (const char *name);

#define SW_TYPE_LABELS (sw_labels_get_type ())
G_DECLARE_FINAL_TYPE (SwLabels, sw_labels, SW, LABELS, GObject)

/* @first: the first label used, from 0: those before it on the sheet were used already. */
SwLabels *sw_labels_new (const SwLabelFormat *format, guint first);
void sw_labels_add (SwLabels *self, const char *const *lines);
guint sw_labels_get_n_labels (SwLabels *self);
/* One at least. */
guint sw_labels_get_n_pages (SwLabels *self);
/* One unit is one point; ink only. */
void sw_labels_draw_page (SwLabels *self, cairo_t *cr, guint page);

/* Pages done, of how many. */
typedef void (*SwLabelsProgress) (guint done, guint total, gpointer data);

/* Writes @path, which is replaced only by a complete file. */
void sw_labels_write_pdf_async (SwLabels *self,
                                const char *path,
                                SwLabelsProgress progress,
                                gpointer data,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
gboolean sw_labels_write_pdf_finish (SwLabels *self, GAsyncResult *result, GError **error);
/* The same for programs without a main loop. */
gboolean sw_labels_write_pdf (SwLabels *self, const char *path, GError **error);

G_END_DECLS
