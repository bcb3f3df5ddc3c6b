/* sw-stack.c: a column of text, measured before it is drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-stack.h"

typedef struct
{
  SwLine *line; /* NULL: only space */
  SwInk ink;
  double height;
} Row;

void
sw_stack_init (SwStack *self, SwTypesetter *type, double width, SwAlign align)
{
  *self = (SwStack){ type, align, width, 0, g_array_new (FALSE, FALSE, sizeof (Row)) };
}

void
sw_stack_clear (SwStack *self)
{
  g_clear_pointer (&self->rows, g_array_unref);
}

/* Adds a paragraph, or nothing when @text is empty. */
void
sw_stack_add (SwStack *self, SwStyle style, SwInk ink, const char *text)
{
  GPtrArray *lines;

  if (text == NULL || *text == '\0')
    return;
  lines = sw_typesetter_wrap (self->type, style, text, self->width);
  for (guint i = 0; i < lines->len; i++)
    {
      Row row = { g_ptr_array_index (lines, i), ink, sw_style_get_leading (style) };

      g_array_append_val (self->rows, row);
      self->height += row.height;
    }
}

void
sw_stack_add_format (SwStack *self, SwStyle style, SwInk ink, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sw_stack_add (self, style, ink, text);
}

void
sw_stack_add_space (SwStack *self, double height)
{
  Row row = { NULL, SW_INK_TEXT, height };

  g_array_append_val (self->rows, row);
  self->height += height;
}

/**
 * sw_stack_draw_some:
 * @x: the left, right or middle of the column, as it is aligned
 * @top: (inout): where to start; where it ended
 * @first: the row to start with
 * @bottom: no row may pass this
 *
 * Returns: the first row that had no room, or the number of rows
 */
guint
sw_stack_draw_some (SwStack *self,
                    SwSheet *sheet,
                    double x,
                    double *top,
                    guint first,
                    double bottom)
{
  guint i;

  for (i = first; i < self->rows->len; i++)
    {
      const Row *row = &g_array_index (self->rows, Row, i);

      if (*top + row->height > bottom)
        break;
      if (row->line != NULL)
        sw_sheet_line (sheet, row->line, row->ink, self->align, x, *top);
      *top += row->height;
    }
  return i;
}

void
sw_stack_draw (SwStack *self, SwSheet *sheet, double x, double top)
{
  sw_stack_draw_some (self, sheet, x, &top, 0, G_MAXDOUBLE);
}
