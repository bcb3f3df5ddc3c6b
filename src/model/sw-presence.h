/* sw-presence.h: says that we have a record open, and learns who else has
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Property "names" (read only, notify): see sw_presence_get_names(). It follows the change feed, and
 * asks again now and then, since a colleague whose machine died tells nobody.
 */
#pragma once

#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_PRESENCE (sw_presence_get_type ())
G_DECLARE_FINAL_TYPE (SwPresence, sw_presence, SW, PRESENCE, GObject)

/* @entity: of the records, "contract". */
SwPresence *sw_presence_new (SwSession *session, const char *entity);

/* The record we have open, 0 for none. Passing by one on the way to another is not told. */
void sw_presence_set_id (SwPresence *self, gint64 id);

/* The colleagues who have it open too, by name; empty when there are none. NULL-terminated. */
const char *const *sw_presence_get_names (SwPresence *self);

G_END_DECLS
