/* sw-document-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-document-view.h"

#include <glib/gi18n.h>
#include "widgets/sw-dialog.h"
#include "widgets/sw-print.h"

#define MARGIN 12                /* pixels around pages */
#define PIXELS_PER_POINT (96. / 72) /* at zoom 1 */
#define ZOOM_STEP 1.25
#define ZOOM_MIN 0.25
#define ZOOM_MAX 4.

/* Shared by the view and a print job that may outlive it. */
typedef struct
{
  gatomicrefcount ref_count;
  SwDrawPage draw;
  gpointer data;
  GDestroyNotify free_data;
  guint n_pages;
  double width; /* points */
  double height;
} Source;

struct _SwDocumentView
{
  GtkWidget parent_instance;

  GtkWidget *scroller;
  GtkWidget *pages;
  Source *source;
  double zoom; /* 0: fit the width */
  double applied;
};

G_DEFINE_FINAL_TYPE (SwDocumentView, sw_document_view, GTK_TYPE_WIDGET)

static Source *
source_ref (Source *source)
{
  g_atomic_ref_count_inc (&source->ref_count);
  return source;
}

static void
source_unref (Source *source)
{
  if (!g_atomic_ref_count_dec (&source->ref_count))
    return;
  if (source->free_data != NULL)
    source->free_data (source->data);
  g_free (source);
}

static void
draw_page (GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer data)
{
  SwDocumentView *self = data;
  guint page = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (area), "sw-page"));
  double scale;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  if (self->source == NULL)
    return;
  scale = width / self->source->width;
  cairo_scale (cr, scale, scale);
  self->source->draw (cr, page, self->source->data);
}

/* Gives the pages their size; @width is the room there is. */
static void
apply_zoom (SwDocumentView *self, int width)
{
  double scale;

  if (self->source == NULL || width <= 0)
    return;
  if (self->zoom > 0)
    scale = self->zoom * PIXELS_PER_POINT;
  else
    scale = MAX (width - 2 * MARGIN, 100) / self->source->width;
  if (scale == self->applied)
    return;
  self->applied = scale;
  for (GtkWidget *page = gtk_widget_get_first_child (self->pages); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    {
      gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (page),
                                          (int) (self->source->width * scale + .5));
      gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (page),
                                           (int) (self->source->height * scale + .5));
    }
}

static void
sw_document_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwDocumentView *self = SW_DOCUMENT_VIEW (widget);

  apply_zoom (self, width);
  gtk_widget_allocate (self->scroller, width, height, baseline, NULL);
}

static void
sw_document_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  gtk_widget_measure (SW_DOCUMENT_VIEW (widget)->scroller,
                      orientation,
                      for_size,
                      minimum,
                      natural,
                      NULL,
                      NULL);
}

static gboolean
on_scroll (GtkEventControllerScroll *controller, double dx, double dy, gpointer data)
{
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if ((state & GDK_CONTROL_MASK) == 0)
    return GDK_EVENT_PROPAGATE;
  if (dy < 0)
    sw_document_view_zoom_in (data);
  else if (dy > 0)
    sw_document_view_zoom_out (data);
  return GDK_EVENT_STOP;
}

static void
sw_document_view_dispose (GObject *object)
{
  SwDocumentView *self = SW_DOCUMENT_VIEW (object);

  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_pointer (&self->source, source_unref);
  G_OBJECT_CLASS (sw_document_view_parent_class)->dispose (object);
}

static void
sw_document_view_class_init (SwDocumentViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sw_document_view_dispose;
  widget_class->size_allocate = sw_document_view_size_allocate;
  widget_class->measure = sw_document_view_measure;
  gtk_widget_class_set_css_name (widget_class, "documentview");
}

static void
sw_document_view_init (SwDocumentView *self)
{
  GtkEventController *scroll
      = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  self->pages = gtk_box_new (GTK_ORIENTATION_VERTICAL, MARGIN);
  gtk_widget_set_halign (self->pages, GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (self->pages, MARGIN);
  gtk_widget_set_margin_bottom (self->pages, MARGIN);
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->pages);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (scroll, GTK_PHASE_CAPTURE);
  g_signal_connect (scroll, "scroll", G_CALLBACK (on_scroll), self);
  gtk_widget_add_controller (self->scroller, scroll);
  gtk_widget_set_vexpand (GTK_WIDGET (self), TRUE);
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
sw_document_view_new (void)
{
  return g_object_new (SW_TYPE_DOCUMENT_VIEW, NULL);
}

static void
add_page (SwDocumentView *self, guint page)
{
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA,
                                  "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_IMG,
                                  NULL);
  g_autofree char *label = g_strdup_printf (_ ("Page %u"), page + 1);

  g_object_set_data (G_OBJECT (area), "sw-page", GUINT_TO_POINTER (page));
  gtk_widget_add_css_class (area, "paper");
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_page, self, NULL);
  gtk_box_append (GTK_BOX (self->pages), area);
}

void
sw_document_view_set (SwDocumentView *self,
                      guint n_pages,
                      double width,
                      double height,
                      SwDrawPage draw,
                      gpointer user_data,
                      GDestroyNotify free_data)
{
  GtkWidget *child;

  g_return_if_fail (SW_IS_DOCUMENT_VIEW (self));

  g_clear_pointer (&self->source, source_unref);
  self->source = g_new (Source, 1);
  g_atomic_ref_count_init (&self->source->ref_count);
  self->source->draw = draw;
  self->source->data = user_data;
  self->source->free_data = free_data;
  self->source->n_pages = n_pages;
  self->source->width = width;
  self->source->height = height;

  while ((child = gtk_widget_get_first_child (self->pages)) != NULL)
    gtk_box_remove (GTK_BOX (self->pages), child);
  for (guint i = 0; i < n_pages; i++)
    add_page (self, i);
  self->applied = 0;
  apply_zoom (self, gtk_widget_get_width (GTK_WIDGET (self)));
}

void
sw_document_view_set_zoom (SwDocumentView *self, double zoom)
{
  g_return_if_fail (SW_IS_DOCUMENT_VIEW (self));

  self->zoom = zoom > 0 ? CLAMP (zoom, ZOOM_MIN, ZOOM_MAX) : 0;
  apply_zoom (self, gtk_widget_get_width (GTK_WIDGET (self)));
}

double
sw_document_view_get_zoom (SwDocumentView *self)
{
  g_return_val_if_fail (SW_IS_DOCUMENT_VIEW (self), 0);
  return self->applied > 0 ? self->applied / PIXELS_PER_POINT : 1;
}

void
sw_document_view_zoom_in (SwDocumentView *self)
{
  sw_document_view_set_zoom (self, sw_document_view_get_zoom (self) * ZOOM_STEP);
}

void
sw_document_view_zoom_out (SwDocumentView *self)
{
  sw_document_view_set_zoom (self, sw_document_view_get_zoom (self) / ZOOM_STEP);
}

/* {{{ Printing */

static void
on_draw_page (GtkPrintOperation *operation, GtkPrintContext *context, int page, gpointer data)
{
  Source *source = data;

  source->draw (gtk_print_context_get_cairo_context (context), (guint) page, source->data);
}

static void
on_print_done (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer data)
{
  GtkWindow *parent = data;
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  if (error != NULL && parent != NULL)
    sw_dialog_tell_error (GTK_WIDGET (parent), _ ("Printing failed"), error);
}

static void
free_source (gpointer data, GClosure *closure)
{
  source_unref (data);
}

void
sw_document_view_print (SwDocumentView *self, const char *name)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  GtkRoot *root;

  g_return_if_fail (SW_IS_DOCUMENT_VIEW (self));
  if (self->source == NULL)
    return;

  root = gtk_widget_get_root (GTK_WIDGET (self));
  operation = sw_print_operation_new (name, FALSE);
  /* The document has its own margins. */
  gtk_print_operation_set_use_full_page (operation, TRUE);
  gtk_print_operation_set_n_pages (operation, (int) self->source->n_pages);
  g_signal_connect_data (operation,
                         "draw-page",
                         G_CALLBACK (on_draw_page),
                         source_ref (self->source),
                         free_source,
                         0);
  if (GTK_IS_WINDOW (root))
    g_signal_connect_object (operation, "done", G_CALLBACK (on_print_done), root, 0);
  gtk_print_operation_run (operation,
                           GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
                           GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL,
                           NULL);
}

/* }}} */
