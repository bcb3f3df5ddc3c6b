/* sw-import-calls.h: what the page asks of the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each is done once, whatever happens to the connection.
 */
#pragma once

#include "model/sw-call.h"
#include "pages/imports/sw-import-file.h"

G_BEGIN_DECLS

/* @target NULL: what its columns look like, which the answer says. */
SwCall *sw_import_call_begin (SwImportFile *file, const char *target, const char *supplier);
SwCall *sw_import_call_check (gint64 id, JsonObject *mapping, gboolean leave_out);
SwCall *sw_import_call_apply (gint64 id);
/* Runs by itself; nobody waits for it. */
void sw_import_call_discard (gint64 id, SwSession *session);

G_END_DECLS
