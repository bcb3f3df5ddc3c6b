/* sw-line-actions.h: the buttons of a line, as the server offers them, and those of many
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-record-page.h"

G_BEGIN_DECLS

/* With several rows of the list chosen; their data is the page. */
extern const SwBulkAction sw_line_bulk_actions[];

/* The blue button and the menu. */
void sw_line_actions_show (SwRecordPage *page, SwRecord *line);
/* A button at the head of @group: "Change…"; hidden when @action may not be asked now. */
void sw_line_actions_offer (SwRecordPage *page,
                            SwRecord *line,
                            AdwPreferencesGroup *group,
                            const char *action,
                            const char *label);
/* What waits and what is to be done, in @place, which is hidden when there is nothing. */
void sw_line_actions_show_todo (SwRecordPage *page, GtkWidget *place, SwRecord *line);
/* Asks @action for the open line. */
void sw_line_actions_run (SwRecordPage *page, const char *action);

G_END_DECLS
