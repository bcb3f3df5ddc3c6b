/* sw-sheet.h: one page laid out, replayed on any Cairo surface
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "documents/sw-brand.h"

G_BEGIN_DECLS

/* A4, in points. */
#define SW_PAGE_WIDTH 595.28
#define SW_PAGE_HEIGHT 841.89

typedef enum
{
  SW_INK_TEXT,
  SW_INK_MUTED,
  SW_INK_BRAND,
  SW_INK_ON_BRAND,
  SW_INK_BAND,
  SW_INK_PANEL,
  SW_INK_RULE,
  SW_INK_WATERMARK,
  SW_N_INKS
} SwInk;

typedef enum
{
  SW_ALIGN_LEFT,
  SW_ALIGN_RIGHT,
  SW_ALIGN_CENTER
} SwAlign;

typedef struct _SwSheet SwSheet;

SwSheet *sw_sheet_new (SwBrand *brand, const char *color);
void sw_sheet_free (SwSheet *self);
void sw_sheet_line (SwSheet *self, SwLine *line, SwInk ink, SwAlign align, double x, double top);
void sw_sheet_box (SwSheet *self, SwInk ink, double x, double y, double width, double height);
void sw_sheet_rule (SwSheet *self, double x, double y, double width);
void sw_sheet_logo (SwSheet *self, double x, double y, double width, double height);
void sw_sheet_watermark (SwSheet *self, SwLine *line);
guint sw_sheet_get_length (SwSheet *self);
void sw_sheet_truncate (SwSheet *self, guint length);
void sw_sheet_draw (SwSheet *self, cairo_t *cr);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwSheet, sw_sheet_free)

G_END_DECLS
