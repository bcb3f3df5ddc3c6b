/* sw-pg-result.c: see sw-pg-result.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "postgres/sw-pg-private.h"

#include <string.h>

#define BOOL_OID 16

struct _SwPgResult
{
  gatomicrefcount refs;
  PGresult *result; /* owned */
};

G_DEFINE_BOXED_TYPE (SwPgResult, sw_pg_result, sw_pg_result_ref, sw_pg_result_unref)

SwPgResult *
sw_pg_result_new (PGresult *result)
{
  SwPgResult *self = g_new0 (SwPgResult, 1);

  g_atomic_ref_count_init (&self->refs);
  self->result = result;
  return self;
}

SwPgResult *
sw_pg_result_ref (SwPgResult *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
sw_pg_result_unref (SwPgResult *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  PQclear (self->result);
  g_free (self);
}

guint
sw_pg_result_get_n_rows (SwPgResult *self)
{
  return (guint) PQntuples (self->result);
}

guint
sw_pg_result_get_n_columns (SwPgResult *self)
{
  return (guint) PQnfields (self->result);
}

gint64
sw_pg_result_get_n_affected (SwPgResult *self)
{
  return g_ascii_strtoll (PQcmdTuples (self->result), NULL, 10);
}

const char *
sw_pg_result_get_column_name (SwPgResult *self, guint column)
{
  return PQfname (self->result, (int) column);
}

/* Not PQfnumber(), which parses its argument as SQL (folds case, honours quotes). */
int
sw_pg_result_find_column (SwPgResult *self, const char *name)
{
  int n = PQnfields (self->result);

  for (int i = 0; i < n; i++)
    if (strcmp (PQfname (self->result, i), name) == 0)
      return i;
  return -1;
}

static gboolean
is_value (SwPgResult *self, guint row, guint column)
{
  return row < sw_pg_result_get_n_rows (self) && column < sw_pg_result_get_n_columns (self)
         && !PQgetisnull (self->result, (int) row, (int) column);
}

const char *
sw_pg_result_get_text (SwPgResult *self, guint row, guint column)
{
  const char *text;

  if (!is_value (self, row, column))
    return NULL;
  text = PQgetvalue (self->result, (int) row, (int) column);
  if (PQftype (self->result, (int) column) == BOOL_OID)
    return *text == 't' ? "true" : "false";
  return text;
}

const char *
sw_pg_result_get_named (SwPgResult *self, guint row, const char *name)
{
  int column = sw_pg_result_find_column (self, name);

  return column >= 0 ? sw_pg_result_get_text (self, row, (guint) column) : NULL;
}

gint64
sw_pg_result_get_int64 (SwPgResult *self, guint row, guint column)
{
  const char *text = sw_pg_result_get_text (self, row, column);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

gboolean
sw_pg_result_get_bool (SwPgResult *self, guint row, guint column)
{
  const char *text = sw_pg_result_get_text (self, row, column);

  return text != NULL && *text == 't';
}

GBytes *
sw_pg_result_get_bytes (SwPgResult *self, guint row, guint column)
{
  const char *text = sw_pg_result_get_text (self, row, column);
  unsigned char *bytes;
  size_t length;

  if (text == NULL)
    return NULL;
  bytes = PQunescapeBytea ((const unsigned char *) text, &length);
  if (bytes == NULL)
    return NULL;
  return g_bytes_new_with_free_func (bytes, length, PQfreemem, bytes);
}
