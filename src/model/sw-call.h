/* sw-call.h: runs one function of the api schema
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   g_autoptr (SwCall) call = sw_call_new ("invoice_pay");
 *   sw_call_add_id (call, NULL, invoice_id);
 *   sw_call_add_number (call, "p_amount", "120.50");
 *   sw_call_add_date (call, "p_paid_on", "2026-02-03");
 *   sw_call_run_async (call, session, cancellable, on_paid, self);
 *
 * Arguments without a name come first. A call may be run again. Errors are shown with
 * sw_rule_message() and placed with sw_rule_field().
 */
#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>
#include "model/sw-record.h"
#include "model/sw-session.h"

G_BEGIN_DECLS

typedef struct _SwCall SwCall;

/* @function is a name of the api schema, without its schema. */
SwCall *sw_call_new (const char *function);
SwCall *sw_call_ref (SwCall *self);
void sw_call_unref (SwCall *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwCall, sw_call_unref)

const char *sw_call_get_function (SwCall *self);

/* @name is the parameter's name ("p_amount"), or NULL for the next one by position. NULL text is
 * SQL NULL. */
void sw_call_add_id (SwCall *self, const char *name, gint64 id);
void sw_call_add_ids (SwCall *self, const char *name, const gint64 *ids, gsize n_ids);
void sw_call_add_text (SwCall *self, const char *name, const char *text);
/* For a text[] parameter; @texts ends with NULL. */
void sw_call_add_texts (SwCall *self, const char *name, const char *const *texts);
void sw_call_add_bool (SwCall *self, const char *name, gboolean value);
/* ISO, "2026-02-03". */
void sw_call_add_date (SwCall *self, const char *name, const char *iso);
/* Decimal text, "120.50". */
void sw_call_add_number (SwCall *self, const char *name, const char *decimal);
/* For a jsonb parameter; NULL is SQL NULL. */
void sw_call_add_json (SwCall *self, const char *name, JsonNode *json);
void sw_call_add_json_object (SwCall *self, const char *name, JsonObject *object);
void sw_call_add_bytes (SwCall *self, const char *name, GBytes *bytes);
/* It changes something: whatever happens to the connection, it is done once or not at all, and the
 * callback is told which (see sw-request.h). @key: its request key, or NULL for a new one each time
 * it is run. */
void sw_call_set_once (SwCall *self, const char *key);
/* Long reading (reports, exports) goes to the background connection. */
void sw_call_set_lane (SwCall *self, SwSessionLane lane);

void sw_call_run_async (SwCall *self,
                        SwSession *session,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data);
/* One of these in the callback, whose source object is the session. */
SwPgResult *sw_call_run_finish (GAsyncResult *result, GError **error);
/* The first column of the first row as text; NULL when it is null or there is none. Look at @error
 * to tell a null from a failure. */
char *sw_call_run_finish_text (GAsyncResult *result, GError **error);
/* The same as an id; 0 for null and on failure. */
gint64 sw_call_run_finish_id (GAsyncResult *result, GError **error);
/* One SwRecord per row. */
GListModel *sw_call_run_finish_rows (GAsyncResult *result, GError **error);
/* The jsonb of the first row as a record; NULL without error when it is null. */
SwRecord *sw_call_run_finish_record (GAsyncResult *result, GError **error);

/* The whole record api.<entity>_record(id), in one round trip. */
void sw_call_read_record_async (SwSession *session,
                                const char *entity,
                                gint64 id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* NULL with SQLSTATE SW002 when the record does not exist or may not be seen. */
SwRecord *sw_call_read_record_finish (GAsyncResult *result, GError **error);

G_END_DECLS
