/* sw-typesetter.h: shapes the text of documents, once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One Pango context, prepared styles, and a memory of what was already shaped, so that "Montant HT"
 * costs its shaping once for ten thousand invoices. A typesetter belongs to the thread that made
 * it: Pango's font map is per thread.
 */
#pragma once

#include <pango/pangocairo.h>

G_BEGIN_DECLS

typedef enum
{
  SW_STYLE_TITLE,
  SW_STYLE_COMPANY,
  SW_STYLE_NUMBER,
  SW_STYLE_NAME,
  SW_STYLE_TOTAL,
  SW_STYLE_VALUE,
  SW_STYLE_BODY,
  SW_STYLE_FIGURE, /* as BODY and SMALL, with figures of one width for columns */
  SW_STYLE_SMALL,
  SW_STYLE_SMALL_FIGURE,
  SW_STYLE_NOTE,
  SW_STYLE_HEADING,
  SW_STYLE_SECTION,
  SW_STYLE_LEGAL,
  SW_STYLE_WATERMARK,
  SW_STYLE_LABEL,
  SW_N_STYLES
} SwStyle;

/* One line of shaped text, ready to be drawn anywhere. Reference counted, immutable. */
typedef struct _SwLine SwLine;

SwLine *sw_line_ref (SwLine *line);
void sw_line_unref (SwLine *line);
double sw_line_get_width (const SwLine *line);
SwStyle sw_line_get_style (const SwLine *line);
void sw_line_draw (const SwLine *line, cairo_t *cr, double x, double y);

typedef struct _SwTypesetter SwTypesetter;

SwTypesetter *sw_typesetter_new (void);
void sw_typesetter_free (SwTypesetter *self);
void sw_typesetter_trim (SwTypesetter *self);
SwLine *sw_typesetter_line (SwTypesetter *self, SwStyle style, const char *text);
GPtrArray *sw_typesetter_wrap (SwTypesetter *self, SwStyle style, const char *text, double width);

double sw_style_get_leading (SwStyle style);
double sw_style_get_baseline (SwStyle style);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwLine, sw_line_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwTypesetter, sw_typesetter_free)

G_END_DECLS
