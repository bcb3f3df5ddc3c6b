/* sw-line-facts.h: what a line subscribes to, its cards, machines and operations
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>
#include "model/sw-record.h"
#include "widgets/sw-timeline.h"

G_BEGIN_DECLS

/* Subscription and options with their dates, what is to come first (LINE-08, LINE-12, LINE-13). */
void sw_line_facts_show_offers (SwTimeline *timeline, SwRecord *line);
void sw_line_facts_show_cards (AdwPreferencesGroup *group, SwRecord *line);
void sw_line_facts_show_equipment (AdwPreferencesGroup *group, SwRecord *line);
/* Requests, the latest first, with the operator's answer. */
void sw_line_facts_show_operations (SwTimeline *timeline, SwRecord *line);
/* Customer and site of installation, which open. */
void sw_line_facts_show_place (AdwPreferencesGroup *group, SwRecord *line);

G_END_DECLS
