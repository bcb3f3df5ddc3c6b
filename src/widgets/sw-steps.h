/* sw-steps.h: where a record stands: the steps behind, the present one, those to come
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

#define SW_TYPE_STEPS (sw_steps_get_type ())
G_DECLARE_FINAL_TYPE (SwSteps, sw_steps, SW, STEPS, GtkWidget)

/* @steps in order; the table stays with the caller. */
GtkWidget *sw_steps_new (const SwChoice *steps);
void sw_steps_set_steps (SwSteps *self, const SwChoice *steps);
/* A value that is not among the steps (cancelled) shows none as reached. */
void sw_steps_set_current (SwSteps *self, const char *value);

G_END_DECLS
