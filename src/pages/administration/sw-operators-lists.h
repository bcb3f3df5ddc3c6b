/* sw-operators-lists.h: synchronisations that were, and what does not fit
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

#include "widgets/sw-page.h"

G_BEGIN_DECLS

void sw_operators_lists_show_runs (AdwPreferencesGroup *group, GListModel *rows);
void sw_operators_lists_show_anomalies (AdwPreferencesGroup *group, SwPage *page, GListModel *rows);

G_END_DECLS
