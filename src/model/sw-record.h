/* sw-record.h: one row, or one whole record with its nested rows; one class for all entities
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values are text or NULL under their column names, as the server wrote them: amounts "1240.50",
 * dates "2026-02-03", booleans "true"/"false". A record of a list may still be unloaded: everything
 * is NULL until its page arrives and "changed" is emitted.
 *
 * Signal "changed": some value may be different (also emitted once when loading ends).
 * Properties: id, loaded.
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include "postgres/sw-pg-result.h"

G_BEGIN_DECLS

#define SW_TYPE_RECORD (sw_record_get_type ())
G_DECLARE_FINAL_TYPE (SwRecord, sw_record, SW, RECORD, GObject)

/* An unloaded record. */
SwRecord *sw_record_new (gint64 id);
/* A loaded record that keeps a reference on @result and reads row @row of it. The id is the column
 * "id" when there is one. */
SwRecord *sw_record_new_from_row (SwPgResult *result, guint row);
/* A loaded record from a JSON object; arrays of objects become nested records. */
SwRecord *sw_record_new_from_json (JsonObject *object);
/* As above from JSON text. */
SwRecord *sw_record_new_from_text (const char *json, GError **error);

/* Replace the values and emit "changed". */
void sw_record_load_row (SwRecord *self, SwPgResult *result, guint row);
void sw_record_load_json (SwRecord *self, JsonObject *object);

gint64 sw_record_get_id (SwRecord *self);
gboolean sw_record_is_loaded (SwRecord *self);
gboolean sw_record_has (SwRecord *self, const char *name);

/* NULL when null, unknown or not loaded. The text lives until the next "changed". */
const char *sw_record_get_text (SwRecord *self, const char *name);
gboolean sw_record_get_bool (SwRecord *self, const char *name);
gint64 sw_record_get_int (SwRecord *self, const char *name);
/* Nested rows; an empty model when there are none, never NULL. The same object until "changed". */
GListModel *sw_record_get_rows (SwRecord *self, const char *name);
/* A nested object, or NULL. */
SwRecord *sw_record_get_record (SwRecord *self, const char *name);
/* A nested array of text or ids (missing, segment_ids…): NULL-terminated, {NULL} when there is none. */
const char *const *sw_record_get_strv (SwRecord *self, const char *name);

/* The names of the values, in the server's order; free with g_free(), the texts belong to self. */
const char **sw_record_get_names (SwRecord *self);

/* Everything as a new JSON object; a record read from JSON gives back what it was. */
JsonObject *sw_record_to_json (SwRecord *self);

G_END_DECLS
