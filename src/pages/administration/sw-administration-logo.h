/* sw-administration-logo.h: the logo printed on documents: seen, replaced, removed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-page.h"

G_BEGIN_DECLS

/* Adds the logo to @group. */
void sw_administration_logo_build (AdwPreferencesGroup *group, SwPage *page);

G_END_DECLS
