/* sw-table-print.c: a list on paper
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The texts are gathered first, since a printer asks for its pages at once; titles stand on each page.
 */
#include "widgets/sw-table-private.h"

#include <glib/gi18n.h>
#include "model/sw-list-export.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-print.h"
#include "widgets/sw-progress.h"
#include "widgets/sw-toast.h"

#define MOST_PRINTED 10000 /* rows: some two hundred pages */
#define LINE 15.0          /* points, a row */
#define HEADER 34.0        /* the name of the list and the titles */
#define FOOTER 18.0
#define GAP 8.0 /* between columns */

typedef struct
{
  SwTable *table;
  const SwColumn **columns;
  guint n_columns;
  GPtrArray *cells; /* char *, row by row */
  double *widths;   /* points */
  guint rows_a_page;
  guint n_pages;
  SwProgress *progress;
  GCancellable *cancellable;
} Print;

static void
print_free (Print *print)
{
  g_clear_pointer (&print->progress, sw_progress_free);
  g_object_unref (print->table);
  g_object_unref (print->cancellable);
  g_ptr_array_unref (print->cells);
  g_free (print->columns);
  g_free (print->widths);
  g_free (print);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Print, print_free)

static guint
n_rows (Print *print)
{
  return print->cells->len / print->n_columns;
}

static gboolean
gather_row (SwRecord *record, gpointer data, GError **error)
{
  Print *print = data;

  for (guint i = 0; i < print->n_columns; i++)
    g_ptr_array_add (print->cells, sw_column_format (print->columns[i], record));
  return TRUE;
}

static void
on_progress (guint done, guint total, gpointer data)
{
  sw_progress_set (((Print *) data)->progress, done, total);
}

/* {{{ Pages */

static PangoLayout *
create_layout (GtkPrintContext *context, const char *font)
{
  PangoLayout *layout = gtk_print_context_create_pango_layout (context);
  g_autoptr (PangoFontDescription) description = pango_font_description_from_string (font);

  pango_layout_set_font_description (layout, description);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

/* As on screen: the main column takes what the others leave. */
static void
measure_columns (Print *print, double width)
{
  double wanted = 0;
  double scale;

  print->widths = g_renew (double, print->widths, print->n_columns);
  for (guint i = 0; i < print->n_columns; i++)
    wanted += (print->columns[i]->main ? 200 : print->columns[i]->width * 0.75) + GAP;
  scale = width / wanted;
  for (guint i = 0; i < print->n_columns; i++)
    print->widths[i]
        = ((print->columns[i]->main ? 200 : print->columns[i]->width * 0.75) + GAP) * scale - GAP;
}

static void
on_begin (GtkPrintOperation *operation, GtkPrintContext *context, Print *print)
{
  double room = gtk_print_context_get_height (context) - HEADER - FOOTER;

  measure_columns (print, gtk_print_context_get_width (context));
  print->rows_a_page = MAX (1, (guint) (room / LINE));
  print->n_pages = MAX (1, (n_rows (print) + print->rows_a_page - 1) / print->rows_a_page);
  gtk_print_operation_set_n_pages (operation, (int) print->n_pages);
}

static void
draw_text (cairo_t *cr, PangoLayout *layout, const char *text, double x, double y, double width,
           gboolean right)
{
  pango_layout_set_width (layout, (int) (width * PANGO_SCALE));
  pango_layout_set_alignment (layout, right ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  pango_layout_set_text (layout, text, -1);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

/* @row -1: the titles. */
static void
draw_row (Print *print, cairo_t *cr, PangoLayout *layout, int row, double y)
{
  double x = 0;

  for (guint i = 0; i < print->n_columns; i++)
    {
      const char *text = row < 0
                             ? _ (print->columns[i]->title)
                             : g_ptr_array_index (print->cells, (guint) row * print->n_columns + i);

      draw_text (cr, layout, text, x, y, print->widths[i],
                 sw_column_is_right_aligned (print->columns[i]));
      x += print->widths[i] + GAP;
    }
}

static void
draw_line (cairo_t *cr, double width, double y, double grey)
{
  cairo_save (cr);
  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_set_line_width (cr, 0.4);
  cairo_move_to (cr, 0, y);
  cairo_line_to (cr, width, y);
  cairo_stroke (cr);
  cairo_restore (cr);
}

static void
on_draw (GtkPrintOperation *operation, GtkPrintContext *context, int page, Print *print)
{
  cairo_t *cr = gtk_print_context_get_cairo_context (context);
  double width = gtk_print_context_get_width (context);
  double height = gtk_print_context_get_height (context);
  g_autoptr (PangoLayout) bold = create_layout (context, "Cantarell, Sans Bold 8.5");
  g_autoptr (PangoLayout) plain = create_layout (context, "Cantarell, Sans 8.5");
  g_autofree char *number = g_strdup_printf (_ ("Page %d of %u"), page + 1, print->n_pages);
  guint first = (guint) page * print->rows_a_page;

  draw_text (cr, bold, print->table->name, 0, 0, width * 0.6, FALSE);
  draw_row (print, cr, bold, -1, 17);
  draw_line (cr, width, HEADER - 3, 0.3);
  for (guint i = 0; i < print->rows_a_page && first + i < n_rows (print); i++)
    {
      draw_row (print, cr, plain, (int) (first + i), HEADER + i * LINE);
      draw_line (cr, width, HEADER + (i + 1) * LINE - 2, 0.85);
    }
  draw_text (cr, plain, number, 0, height - FOOTER + 5, width, TRUE);
}

/* }}} */

static void
on_print_done (GtkPrintOperation *operation, GtkPrintOperationResult result, Print *print)
{
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR || print->table->box == NULL)
    return;
  gtk_print_operation_get_error (operation, &error);
  if (error != NULL)
    sw_dialog_tell_error (GTK_WIDGET (print->table), _ ("Printing failed"), error);
}

static void
free_print (gpointer data, GClosure *closure)
{
  print_free (data);
}

static void
start (Print *print)
{
  g_autofree char *name
      = g_strdup_printf ("%s %s", print->table->name, sw_session_get_today (print->table->session));
  g_autoptr (GtkPrintOperation) operation = sw_print_operation_new (name, print->n_columns > 6);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (print->table));

  g_signal_connect (operation, "begin-print", G_CALLBACK (on_begin), print);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw), print);
  g_signal_connect_data (operation, "done", G_CALLBACK (on_print_done), print, free_print, 0);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, NULL);
}

static void
on_gathered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Print) print = data;
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&print->progress, sw_progress_free);
  if (print->table->box == NULL)
    return;
  if (sw_list_export_finish (result, &error))
    start (g_steal_pointer (&print));
  else
    sw_dialog_tell_error (GTK_WIDGET (print->table), _ ("Printing failed"), error);
}

void
sw_table_print (SwTable *self)
{
  g_autoptr (GArray) ids = sw_table_get_chosen_ids (self);
  Print *print;

  if (ids != NULL && ids->len < 2)
    g_clear_pointer (&ids, g_array_unref);
  if (self->list == NULL)
    return;
  if ((ids != NULL ? ids->len : sw_table_get_total (self)) > MOST_PRINTED)
    {
      sw_toast (GTK_WIDGET (self), _ ("Too many rows to print: filter the list, or export it"));
      return;
    }
  print = g_new0 (Print, 1);
  print->table = g_object_ref (self);
  print->columns = sw_column_list_get_columns (self->rows, &print->n_columns);
  print->cells = g_ptr_array_new_with_free_func (g_free);
  print->cancellable = g_cancellable_new ();
  print->progress = sw_progress_new (GTK_WIDGET (self), _ ("Reading the list"), print->cancellable);
  sw_list_export_async (self->list, ids, gather_row, on_progress, print, print->cancellable,
                        on_gathered, print);
}
