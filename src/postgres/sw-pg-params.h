/* sw-pg-params.h: the values of a statement, in order $1, $2…
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Values travel as text and the server infers their type from the place they are used in, so an
 * amount stays the decimal text it is. Only bytes travel in binary.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _SwPgParams SwPgParams;

SwPgParams *sw_pg_params_new (void);
SwPgParams *sw_pg_params_ref (SwPgParams *self);
void sw_pg_params_unref (SwPgParams *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwPgParams, sw_pg_params_unref)

guint sw_pg_params_get_n (SwPgParams *self);

/* Each returns the number of the added parameter: 1 for $1. NULL text is SQL NULL. */
guint sw_pg_params_add_text (SwPgParams *self, const char *text);
guint sw_pg_params_add_int64 (SwPgParams *self, gint64 value);
guint sw_pg_params_add_bool (SwPgParams *self, gboolean value);
/* @json is JSON text, for a json or jsonb parameter. */
guint sw_pg_params_add_json (SwPgParams *self, const char *json);
guint sw_pg_params_add_int64_array (SwPgParams *self, const gint64 *values, gsize n_values);
guint sw_pg_params_add_text_array (SwPgParams *self, const char *const *values);
/* A bytea; NULL is SQL NULL. */
guint sw_pg_params_add_bytes (SwPgParams *self, GBytes *bytes);

G_END_DECLS
