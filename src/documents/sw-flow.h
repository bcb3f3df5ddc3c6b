/* sw-flow.h: fills pages from top to bottom
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * When the room ends it turns to a new page.
 */
#pragma once

#include "documents/sw-stack.h"

G_BEGIN_DECLS

#define SW_MARGIN 42.0
#define SW_LEFT SW_MARGIN
#define SW_RIGHT (SW_PAGE_WIDTH - SW_MARGIN)
#define SW_WIDTH (SW_RIGHT - SW_LEFT)

typedef struct _SwFlow SwFlow;
typedef void (*SwFlowFunc) (SwFlow *flow, gpointer data);

struct _SwFlow
{
  SwBrand *brand;
  SwTypesetter *type;
  const char *color;
  GPtrArray *sheets;
  SwSheet *sheet;
  double y;
  double top;     /* where the content of this page began */
  double floor;   /* content stays above */
  double reserve; /* room kept above the floor for what end_page draws */
  SwFlowFunc begin_page;
  SwFlowFunc end_page;
  gpointer owner; /* what both functions receive */
};

void sw_flow_start (SwFlow *self);
void sw_flow_break (SwFlow *self);
gboolean sw_flow_fits (SwFlow *self, double height);
void sw_flow_need (SwFlow *self, double height);
void sw_flow_keep (SwFlow *self, SwFlowFunc block, gpointer data);
void sw_flow_text (SwFlow *self,
                   SwStyle style,
                   SwInk ink,
                   SwAlign align,
                   double x,
                   const char *text);
double sw_flow_measure (SwFlow *self, SwStyle style, const char *text);

G_END_DECLS
