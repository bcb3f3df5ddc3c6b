/* sw-pg-result.h: rows of an answer, without copying them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Text returned by the accessors lives as long as the result. Row and column numbers start at 0.
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define SW_TYPE_PG_RESULT (sw_pg_result_get_type ())
typedef struct _SwPgResult SwPgResult;

GType sw_pg_result_get_type (void) G_GNUC_CONST;
SwPgResult *sw_pg_result_ref (SwPgResult *self);
void sw_pg_result_unref (SwPgResult *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwPgResult, sw_pg_result_unref)

guint sw_pg_result_get_n_rows (SwPgResult *self);
guint sw_pg_result_get_n_columns (SwPgResult *self);
/* Rows written by a statement that returns none. */
gint64 sw_pg_result_get_n_affected (SwPgResult *self);

const char *sw_pg_result_get_column_name (SwPgResult *self, guint column);
/* -1 when there is no such column. */
int sw_pg_result_find_column (SwPgResult *self, const char *name);

/* NULL for SQL NULL and for anything out of range. Booleans are "true" and "false". */
const char *sw_pg_result_get_text (SwPgResult *self, guint row, guint column);
const char *sw_pg_result_get_named (SwPgResult *self, guint row, const char *name);
/* 0 and FALSE for SQL NULL. */
gint64 sw_pg_result_get_int64 (SwPgResult *self, guint row, guint column);
gboolean sw_pg_result_get_bool (SwPgResult *self, guint row, guint column);
/* A bytea column; NULL for SQL NULL. */
GBytes *sw_pg_result_get_bytes (SwPgResult *self, guint row, guint column);

G_END_DECLS
