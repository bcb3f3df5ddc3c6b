/* sw-sheet.c: one page laid out, replayed on any Cairo surface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-sheet.h"

#include <math.h>

typedef enum
{
  DRAW_LINE,
  DRAW_BOX,
  DRAW_LOGO,
  DRAW_WATERMARK
} Kind;

typedef struct
{
  Kind kind;
  SwInk ink;
  double x, y, width, height;
  SwLine *line;
} Mark;

struct _SwSheet
{
  SwBrand *brand;
  SwRgb inks[SW_N_INKS];
  GArray *marks;
};

static void
mark_clear (gpointer data)
{
  Mark *mark = data;

  g_clear_pointer (&mark->line, sw_line_unref);
}

/* The company chooses any colour; text in it, or on it, must still be read. */
static void
choose_inks (SwSheet *self, SwRgb brand)
{
  const SwRgb white = { 1, 1, 1 };
  const SwRgb black = { 0.11, 0.11, 0.13 };
  SwRgb readable = brand;

  for (int i = 0; i < 20 && sw_rgb_contrast (readable, white) < 4.5; i++)
    readable = sw_rgb_mix (readable, (SwRgb){ 0, 0, 0 }, 0.1);
  self->inks[SW_INK_TEXT] = black;
  self->inks[SW_INK_MUTED] = (SwRgb){ 0.40, 0.40, 0.45 };
  self->inks[SW_INK_BRAND] = readable;
  self->inks[SW_INK_BAND] = brand;
  self->inks[SW_INK_ON_BRAND] = sw_rgb_contrast (brand, white) >= 4 ? white : black;
  self->inks[SW_INK_PANEL] = sw_rgb_mix (white, brand, 0.055);
  self->inks[SW_INK_RULE] = (SwRgb){ 0.85, 0.86, 0.89 };
  self->inks[SW_INK_WATERMARK] = (SwRgb){ 0.925, 0.925, 0.94 };
}

/**
 * sw_sheet_new:
 * @color: (nullable): "#rrggbb" of this document, instead of the brand's
 */
SwSheet *
sw_sheet_new (SwBrand *brand, const char *color)
{
  SwSheet *self = g_new0 (SwSheet, 1);
  SwRgb rgb = sw_brand_get_color (brand);

  self->brand = g_object_ref (brand);
  self->marks = g_array_sized_new (FALSE, FALSE, sizeof (Mark), 256);
  g_array_set_clear_func (self->marks, mark_clear);
  sw_rgb_parse (color, &rgb);
  choose_inks (self, rgb);
  return self;
}

void
sw_sheet_free (SwSheet *self)
{
  g_array_unref (self->marks);
  g_object_unref (self->brand);
  g_free (self);
}

/* Adds a line of text whose leading starts at @top; @x is its left, right or middle. */
void
sw_sheet_line (SwSheet *self, SwLine *line, SwInk ink, SwAlign align, double x, double top)
{
  double width = sw_line_get_width (line);
  Mark mark = { .kind = DRAW_LINE, .ink = ink, .line = sw_line_ref (line) };

  mark.x = align == SW_ALIGN_LEFT ? x : align == SW_ALIGN_RIGHT ? x - width : x - width / 2;
  mark.y = top + sw_style_get_baseline (sw_line_get_style (line));
  g_array_append_val (self->marks, mark);
}

void
sw_sheet_box (SwSheet *self, SwInk ink, double x, double y, double width, double height)
{
  Mark mark = { DRAW_BOX, ink, x, y, width, height, NULL };

  g_array_append_val (self->marks, mark);
}

/* A thin horizontal line. It is a filled box: strokes change width with the zoom of a preview. */
void
sw_sheet_rule (SwSheet *self, double x, double y, double width)
{
  sw_sheet_box (self, SW_INK_RULE, x, y - 0.35, width, 0.7);
}

void
sw_sheet_logo (SwSheet *self, double x, double y, double width, double height)
{
  Mark mark = { DRAW_LOGO, SW_INK_TEXT, x, y, width, height, NULL };

  g_array_append_val (self->marks, mark);
}

/* Writes @line across the page, under everything added later. */
void
sw_sheet_watermark (SwSheet *self, SwLine *line)
{
  Mark mark = { .kind = DRAW_WATERMARK, .ink = SW_INK_WATERMARK, .line = sw_line_ref (line) };

  g_array_append_val (self->marks, mark);
}

/* The number of things on the page so far, to come back to with sw_sheet_truncate(). */
guint
sw_sheet_get_length (SwSheet *self)
{
  return self->marks->len;
}

/* Takes back what was added after @length. */
void
sw_sheet_truncate (SwSheet *self, guint length)
{
  g_array_set_size (self->marks, length);
}

static void
draw_logo (SwSheet *self, cairo_t *cr, const Mark *mark)
{
  cairo_surface_t *logo = sw_brand_get_logo (self->brand);

  cairo_save (cr);
  cairo_translate (cr, mark->x, mark->y);
  cairo_scale (cr,
               mark->width / cairo_image_surface_get_width (logo),
               mark->height / cairo_image_surface_get_height (logo));
  cairo_set_source_surface (cr, logo, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
}

static void
draw_watermark (cairo_t *cr, const Mark *mark)
{
  cairo_save (cr);
  cairo_translate (cr, SW_PAGE_WIDTH / 2, SW_PAGE_HEIGHT / 2);
  cairo_rotate (cr, -G_PI / 4);
  sw_line_draw (mark->line,
                cr,
                -sw_line_get_width (mark->line) / 2,
                sw_style_get_leading (SW_STYLE_WATERMARK) * 0.36);
  cairo_restore (cr);
}

void
sw_sheet_draw (SwSheet *self, cairo_t *cr)
{
  SwInk ink = SW_N_INKS;

  for (guint i = 0; i < self->marks->len; i++)
    {
      const Mark *mark = &g_array_index (self->marks, Mark, i);

      if (mark->kind != DRAW_LOGO && mark->ink != ink)
        {
          const SwRgb *rgb = &self->inks[ink = mark->ink];

          cairo_set_source_rgb (cr, rgb->red, rgb->green, rgb->blue);
        }
      switch (mark->kind)
        {
        case DRAW_LINE:
          sw_line_draw (mark->line, cr, mark->x, mark->y);
          break;
        case DRAW_BOX:
          cairo_rectangle (cr, mark->x, mark->y, mark->width, mark->height);
          cairo_fill (cr);
          break;
        case DRAW_LOGO:
          draw_logo (self, cr, mark);
          break;
        case DRAW_WATERMARK:
          draw_watermark (cr, mark);
          break;
        default:
          g_assert_not_reached ();
        }
    }
}
