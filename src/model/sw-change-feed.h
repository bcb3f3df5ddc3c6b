/* sw-change-feed.h: what others change on the server, while we look at it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "changed::<entity>" (gint64 id): the record changed; id 0 means "any of them": a bulk job,
 * or the connection was cut and some changes were missed. Equal changes within 150 ms come once.
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

G_END_DECLS
