/* sw-stack.h: a column of text, measured before it is drawn
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "documents/sw-sheet.h"

G_BEGIN_DECLS

typedef struct
{
  SwTypesetter *type;
  SwAlign align;
  double width;
  double height;
  GArray *rows;
} SwStack;

void sw_stack_init (SwStack *self, SwTypesetter *type, double width, SwAlign align);
void sw_stack_clear (SwStack *self);
void sw_stack_add (SwStack *self, SwStyle style, SwInk ink, const char *text);
void sw_stack_add_format (SwStack *self, SwStyle style, SwInk ink, const char *format, ...)
  G_GNUC_PRINTF (4, 5);
void sw_stack_add_space (SwStack *self, double height);
void sw_stack_draw (SwStack *self, SwSheet *sheet, double x, double top);
guint sw_stack_draw_some (SwStack *self,
                          SwSheet *sheet,
                          double x,
                          double *top,
                          guint first,
                          double bottom);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SwStack, sw_stack_clear)

G_END_DECLS
