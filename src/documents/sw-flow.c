/* sw-flow.c: fills pages from top to bottom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-flow.h"

/* Opens the first page. */
void
sw_flow_start (SwFlow *self)
{
  self->sheet = sw_sheet_new (self->brand, self->color);
  g_ptr_array_add (self->sheets, self->sheet);
  self->begin_page (self, self->owner);
  self->top = self->y;
}

void
sw_flow_break (SwFlow *self)
{
  self->end_page (self, self->owner);
  sw_flow_start (self);
}

gboolean
sw_flow_fits (SwFlow *self, double height)
{
  return self->y + height <= self->floor - self->reserve;
}

/* Turns the page unless @height fits here, or nothing was written on this page yet. */
void
sw_flow_need (SwFlow *self, double height)
{
  if (!sw_flow_fits (self, height) && self->y > self->top)
    sw_flow_break (self);
}

/**
 * sw_flow_keep:
 *
 * Draws @block on one page: when it runs over the end of this one it is taken back and drawn again
 * on the next. @block must draw the same whenever it is called.
 */
void
sw_flow_keep (SwFlow *self, SwFlowFunc block, gpointer data)
{
  guint length = sw_sheet_get_length (self->sheet);
  double y = self->y;

  block (self, data);
  if (sw_flow_fits (self, 0) || y <= self->top)
    return;
  sw_sheet_truncate (self->sheet, length);
  self->y = y;
  sw_flow_break (self);
  block (self, data);
}

/* Writes one line at the height reached, which does not change. */
void
sw_flow_text (SwFlow *self, SwStyle style, SwInk ink, SwAlign align, double x, const char *text)
{
  sw_sheet_line (self->sheet, sw_typesetter_line (self->type, style, text), ink, align, x, self->y);
}

double
sw_flow_measure (SwFlow *self, SwStyle style, const char *text)
{
  return sw_line_get_width (sw_typesetter_line (self->type, style, text));
}
