/* sw-administration-roles.h: what each role sees, changes and closes, to read
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* Replaces the rows of @group; @rows are the roles of api.administration_record(). */
void sw_administration_roles_show (AdwPreferencesGroup *group, GListModel *rows);

G_END_DECLS
