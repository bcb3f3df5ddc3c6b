/* sw-change-feed.h: what others change on the server, while we look at it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "changed::<entity>" (gint64 id): the record changed; id 0 means "any of them": a bulk job,
 * or one of too many to name. A notice of the server wakes the feed, which then asks what changed
 * since it last asked (api.changes_since): so a cut loses nothing, and what was missed is told after
 * it like anything else. Equal changes between two questions come once.
 *
 *   g_signal_connect_object (sw_session_get_change_feed (session), "changed::contract",
 *                            G_CALLBACK (on_contract_changed), self, 0);
 */
#pragma once

#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_CHANGE_FEED (sw_change_feed_get_type ())
G_DECLARE_FINAL_TYPE (SwChangeFeed, sw_change_feed, SW, CHANGE_FEED, GObject)

/* Made by the session; holds no reference on it. */
SwChangeFeed *sw_change_feed_new (SwSession *session);

/* For the session: changes count from @position, which the server gave before anything was read.
 * Without effect when the feed is at some position already, as after a cut. */
void sw_change_feed_begin (SwChangeFeed *self, const char *position);

G_END_DECLS
