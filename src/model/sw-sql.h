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

/* One answer with all the ids in order and the first @page_size rows. Its first column "ids" holds
 * the ids, comma separated, in the one row whose id is null (and nothing there when none match);
 * the other rows come in any order. */
char *sw_sql_list_open (const SwListQuery *query, guint page_size, SwPgParams *params);

/* The rows of these ids, in any order; @matching: only those the query still matches. */
char *sw_sql_list_rows (const SwListQuery *query,
                        const gint64 *ids,
                        gsize n_ids,
                        gboolean matching,
                        SwPgParams *params);

/* @names: for each parameter its name, or NULL when it goes by position. */
char *sw_sql_call (const char *function, GPtrArray *names);

/* Who we are, and listening to changes. */
#define SW_SQL_SESSION "SELECT api.session()"
#define SW_SQL_LISTEN "LISTEN softwhere"

G_END_DECLS
