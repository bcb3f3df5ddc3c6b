/* sw-drafts.h: what is typed and not saved, kept on disk for the case that the program dies
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One file a draft in ${XDG_STATE_HOME}/softwhere/drafts, one folder a login and server, encrypted
 * (AES-256-GCM) with a key that only the keyring has. Without keyring nothing is kept, and every
 * function here does nothing.
 *
 * Signal "ready": the key is there, and so is what an earlier run left.
 */
#pragma once

#include <json-glib/json-glib.h>
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_DRAFTS (sw_drafts_get_type ())
G_DECLARE_FINAL_TYPE (SwDrafts, sw_drafts, SW, DRAFTS, GObject)

/* Those of the person logged in; belongs to @session, which is open. */
SwDrafts *sw_drafts_for_session (SwSession *session);
gboolean sw_drafts_is_ready (SwDrafts *self);

/* Keeps @draft, which has "entity" and "id" (0 for a new record) and receives "at" (Unix time), in
 * place of the one named *@name, or under a new name, which is put there; free with g_free(). */
void sw_drafts_keep (SwDrafts *self, char **name, JsonObject *draft);
void sw_drafts_forget (SwDrafts *self, const char *name);

/* What an earlier run left of this record: its name, and @draft (nullable), which belongs to @self;
 * NULL when there is none. Both live until it is forgotten. */
const char *sw_drafts_find_left (SwDrafts *self, const char *entity, gint64 id, JsonObject **draft);
/* The latest of all; NULL when there is none. */
JsonObject *sw_drafts_get_latest_left (SwDrafts *self);

G_END_DECLS
