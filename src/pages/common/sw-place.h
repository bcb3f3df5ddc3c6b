/* sw-place.h: the postcode fills in the city
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/sw-session.h"
#include "widgets/sw-row.h"

G_BEGIN_DECLS

/* When a whole postcode is typed in @postcode, its commune is put into @city; when there are
 * several, a button beside the city offers them. */
void sw_place_connect (SwRow *postcode, SwRow *city, SwSession *session);

G_END_DECLS
