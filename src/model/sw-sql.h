/* sw-sql.h: the only place outside src/server that composes SQL
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Names are checked ([a-z0-9_]) and quoted, values become parameters. Every function returns NULL
 * when a name is not one, which is a mistake of the caller.
 */
#pragma once

#include "model/sw-list-query.h"
#include "postgres/sw-pg-params.h"

G_BEGIN_DECLS

/* The first @limit rows in order: what a list shows at once. */
char *sw_sql_list_head (const SwListQuery *query, guint limit, SwPgParams *params);

/* All ids in order, comma separated, in one text; null when there are none. */
char *sw_sql_list_ids (const SwListQuery *query, SwPgParams *params);

/* Both in one answer, for searches. Its first column "ids" holds the ids in the one row whose id is
 * null; the other rows come in any order. */
char *sw_sql_list_found (const SwListQuery *query, guint limit, SwPgParams *params);

/* The rows of these ids, in any order; @matching: only those the query still matches. */
char *sw_sql_list_rows (const SwListQuery *query,
                        const gint64 *ids,
                        gsize n_ids,
                        gboolean matching,
                        SwPgParams *params);

/* One row with the sum of each of @columns (amounts) over all that the query matches. */
char *sw_sql_list_sums (const SwListQuery *query, const char *const *columns, SwPgParams *params);

/* @names: for each parameter its name, or NULL when it goes by position. */
char *sw_sql_call (const char *function, GPtrArray *names);

/* A change with its request key, and what became of it: see sw-request.h. */
#define SW_SQL_CALL "SELECT api.call($1, $2, $3)"
#define SW_SQL_GIVE_UP "SELECT answer, done FROM api.give_up($1)"

/* Who we are, and listening to changes. */
#define SW_SQL_SESSION "SELECT api.session()"
#define SW_SQL_LISTEN "LISTEN softwhere"

G_END_DECLS
