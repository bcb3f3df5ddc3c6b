/* sw-figure.h: a key figure on a card: "412,80 €" over "per month"
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

#define SW_TYPE_FIGURE (sw_figure_get_type ())
G_DECLARE_FINAL_TYPE (SwFigure, sw_figure, SW, FIGURE, GtkWidget)

/* Properties: value, label (strings). Put several in a homogeneous GtkFlowBox or box. */
GtkWidget *sw_figure_new (const char *label);
/* @style ALERT colours the value: something unpaid. */
void sw_figure_set (SwFigure *self, const char *value, SwBadgeStyle style);

G_END_DECLS
