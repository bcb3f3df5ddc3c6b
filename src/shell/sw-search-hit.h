/* sw-search-hit.h: how a record that search found is worded, in the window and in GNOME Shell
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A hit is a row of api.search().
 */
#pragma once

#include "model/sw-record.h"
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

/* What can be found; a kind nobody translated is shown as the server names it. */
extern const SwChoice sw_search_kinds[];

const char *sw_search_hit_get_icon_name (SwRecord *hit);
/* Translated; a draft invoice has no number and is called so. */
const char *sw_search_hit_get_title (SwRecord *hit);
/* The line below the title: the number by which it was found, then whose it is. Free with g_free(). */
char *sw_search_hit_get_detail (SwRecord *hit);

G_END_DECLS
