/* sw-area-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-area-row.h"

#include "base/sw-text.h"

/* GTK 4.8 asks for the height its text had at the width the view had last, which is none before it is
 * first shown: one letter a line. This one asks for the height of its text at the width it will have. */
#define SW_TYPE_AREA_VIEW (sw_area_view_get_type ())
G_DECLARE_FINAL_TYPE (SwAreaView, sw_area_view, SW, AREA_VIEW, GtkTextView)

#define LEAST_WIDTH 100 /* pixels: it wraps anywhere */

struct _SwAreaView
{
  GtkTextView parent_instance;
};

G_DEFINE_FINAL_TYPE (SwAreaView, sw_area_view, GTK_TYPE_TEXT_VIEW)

struct _SwAreaRow
{
  SwRow parent_instance;

  GtkWidget *view;
};

G_DEFINE_FINAL_TYPE (SwAreaRow, sw_area_row, SW_TYPE_ROW)

static void
sw_area_view_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  g_autoptr (PangoLayout) layout = NULL;
  g_autofree char *text = NULL;

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = LEAST_WIDTH;
      return;
    }
  g_object_get (gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget)), "text", &text, NULL);
  layout = gtk_widget_create_pango_layout (widget, text);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, (for_size >= 0 ? for_size : LEAST_WIDTH) * PANGO_SCALE);
  pango_layout_get_pixel_size (layout, NULL, natural);
  *minimum = *natural;
}

static GtkSizeRequestMode
sw_area_view_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sw_area_view_class_init (SwAreaViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->measure = sw_area_view_measure;
  widget_class->get_request_mode = sw_area_view_get_request_mode;
}

static void
sw_area_view_init (SwAreaView *self)
{
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self)),
                           "changed",
                           G_CALLBACK (gtk_widget_queue_resize),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
sw_area_row_set_value (SwRow *row, const char *value)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (SW_AREA_ROW (row)->view));

  gtk_text_buffer_set_text (buffer, value != NULL ? value : "", -1);
}

static char *
sw_area_row_get_value (SwRow *row, GError **error)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (SW_AREA_ROW (row)->view));
  g_autofree char *text = NULL;

  g_object_get (buffer, "text", &text, NULL);
  return sw_text_is_blank (text) ? NULL : g_strchomp (g_steal_pointer (&text));
}

static void
sw_area_row_set_editable (SwRow *row, gboolean editable)
{
  gtk_text_view_set_editable (GTK_TEXT_VIEW (SW_AREA_ROW (row)->view), editable);
}

static void
sw_area_row_class_init (SwAreaRowClass *klass)
{
  SwRowClass *row_class = SW_ROW_CLASS (klass);

  row_class->set_value = sw_area_row_set_value;
  row_class->get_value = sw_area_row_get_value;
  row_class->set_editable = sw_area_row_set_editable;
}

static void
sw_area_row_init (SwAreaRow *self)
{
  self->view = g_object_new (SW_TYPE_AREA_VIEW, NULL);
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (self->view), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (self->view), FALSE);
  gtk_widget_set_size_request (self->view, -1, 60);
  g_signal_connect_object (gtk_text_view_get_buffer (GTK_TEXT_VIEW (self->view)),
                           "changed",
                           G_CALLBACK (sw_row_edited),
                           self,
                           G_CONNECT_SWAPPED);
  sw_row_set_editor (SW_ROW (self), self->view, FALSE);
}

GtkWidget *
sw_area_row_new (const char *field, const char *title)
{
  return g_object_new (SW_TYPE_AREA_ROW, "field", field, "title", title, NULL);
}
