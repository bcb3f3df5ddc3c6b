/* sw-id-set.h: which ids are in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Ids of one table lie close together: a bit for each, 125 kB for a million, and a question costs nothing.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SwIdSet SwIdSet;

SwIdSet *sw_id_set_new (const gint64 *ids, gsize n_ids);
void sw_id_set_free (SwIdSet *self);
gboolean sw_id_set_has (const SwIdSet *self, gint64 id);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwIdSet, sw_id_set_free)

G_END_DECLS
