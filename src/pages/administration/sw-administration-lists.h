/* sw-administration-lists.h: the lists of Administration and the dialogs that change a row
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/sw-record.h"
#include "widgets/sw-page.h"

G_BEGIN_DECLS

/* Each replaces the rows of @group; a row that can be changed opens its dialog, after which the page
 * is read again. */
void sw_administration_lists_show_methods (AdwPreferencesGroup *group, SwPage *page, GListModel *rows);
void sw_administration_lists_show_series (AdwPreferencesGroup *group, SwPage *page, GListModel *rows);
void sw_administration_lists_show_operators (AdwPreferencesGroup *group, SwPage *page, GListModel *rows);
void sw_administration_lists_show_users (AdwPreferencesGroup *group, SwPage *page, SwRecord *administration);
void sw_administration_lists_show_introducers (AdwPreferencesGroup *group, SwPage *page, SwRecord *administration);
void sw_administration_lists_show_runs (AdwPreferencesGroup *group, GListModel *rows);
void sw_administration_lists_show_failures (AdwPreferencesGroup *group, SwPage *page, GListModel *rows);

G_END_DECLS
