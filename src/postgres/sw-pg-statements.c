/* sw-pg-statements.c: which statements of a connection are prepared
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A statement is sent with its values, in one round trip. When it has come back it is prepared,
 * while nobody waits, and from then on the server neither parses nor plans it again.
 */
#include "postgres/sw-pg-private.h"

/* Texts of a program are few; only filter combinations could go on for ever. */
#define MAX_STATEMENTS 200

/* Uses after which it is prepared. */
#define WORTH_PREPARING 2

struct _SwPgStatements
{
  GHashTable *by_sql; /* char *sql → SwPgStatement * */
  guint last_name;
};

SwPgStatements *
sw_pg_statements_new (void)
{
  SwPgStatements *self = g_new0 (SwPgStatements, 1);

  self->by_sql = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

void
sw_pg_statements_free (SwPgStatements *self)
{
  g_hash_table_unref (self->by_sql);
  g_free (self);
}

SwPgStatement *
sw_pg_statements_find (SwPgStatements *self, const char *sql)
{
  return g_hash_table_lookup (self->by_sql, sql);
}

gboolean
sw_pg_statements_use (SwPgStatements *self, const char *sql)
{
  SwPgStatement *statement = sw_pg_statements_find (self, sql);

  if (statement == NULL && g_hash_table_size (self->by_sql) >= MAX_STATEMENTS)
    return FALSE;
  if (statement == NULL)
    {
      statement = g_new0 (SwPgStatement, 1);
      g_snprintf (statement->name, sizeof statement->name, "s%u", ++self->last_name);
      g_hash_table_insert (self->by_sql, g_strdup (sql), statement);
    }
  return !statement->prepared && ++statement->uses == WORTH_PREPARING;
}

void
sw_pg_statements_forget (SwPgStatement *self)
{
  /* Its name stays taken on the server, so it is not prepared again on this connection. */
  self->prepared = FALSE;
  self->uses = WORTH_PREPARING;
}
