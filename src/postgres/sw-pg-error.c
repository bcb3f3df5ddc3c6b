/* sw-pg-error.c: see sw-pg-error.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "postgres/sw-pg-private.h"

#include <string.h>

typedef struct
{
  char *sqlstate;
  char *constraint;
  char *column;
  char *table;
  char *hint;
  char *detail;
} SwPgErrorPrivate;

static void
sw_pg_error_private_init (SwPgErrorPrivate *priv)
{
}

static void
sw_pg_error_private_copy (const SwPgErrorPrivate *src, SwPgErrorPrivate *dest)
{
  dest->sqlstate = g_strdup (src->sqlstate);
  dest->constraint = g_strdup (src->constraint);
  dest->column = g_strdup (src->column);
  dest->table = g_strdup (src->table);
  dest->hint = g_strdup (src->hint);
  dest->detail = g_strdup (src->detail);
}

static void
sw_pg_error_private_clear (SwPgErrorPrivate *priv)
{
  g_free (priv->sqlstate);
  g_free (priv->constraint);
  g_free (priv->column);
  g_free (priv->table);
  g_free (priv->hint);
  g_free (priv->detail);
}

G_DEFINE_EXTENDED_ERROR (SwPgError, sw_pg_error)

#define DEFINE_GETTER(field)                                                                       \
  const char *sw_pg_error_get_##field (const GError *error)                                        \
  {                                                                                                \
    if (error == NULL || error->domain != SW_PG_ERROR)                                             \
      return NULL;                                                                                 \
    return sw_pg_error_get_private (error)->field;                                                 \
  }

DEFINE_GETTER (sqlstate)
DEFINE_GETTER (constraint)
DEFINE_GETTER (column)
DEFINE_GETTER (table)
DEFINE_GETTER (hint)
DEFINE_GETTER (detail)

gboolean
sw_pg_error_is (const GError *error, const char *sqlstate)
{
  return g_strcmp0 (sw_pg_error_get_sqlstate (error), sqlstate) == 0;
}

GError *
sw_pg_error_new (SwPgErrorCode code, const char *sqlstate, const char *message)
{
  GError *error = g_error_new_literal (SW_PG_ERROR, code, message);

  sw_pg_error_get_private (error)->sqlstate = g_strdup (sqlstate);
  return error;
}

/* The server says goodbye with these: an administrator stops it, it crashed, it is not up yet, or
 * an idle session was closed. */
static gboolean
is_farewell (const char *sqlstate)
{
  static const char *const farewells[] = { "57P01", "57P02", "57P03", "57P05", "25P03", NULL };

  return sqlstate != NULL && g_strv_contains (farewells, sqlstate);
}

/* libpq ends its messages with a newline and may write several lines. */
static char *
one_line (const char *message)
{
  char *line = g_utf8_make_valid (message != NULL ? message : "", -1);

  g_strdelimit (line, "\n\t", ' ');
  return g_strstrip (line);
}

/* Fields the server's functions leave empty count as not sent. */
static char *
field (const PGresult *result, int code)
{
  const char *text = PQresultErrorField (result, code);

  return text != NULL && *text != '\0' ? g_strdup (text) : NULL;
}

GError *
sw_pg_error_new_from_result (SwPgErrorCode code, const PGresult *result)
{
  const char *sqlstate = PQresultErrorField (result, PG_DIAG_SQLSTATE);
  const char *primary = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);
  g_autofree char *message = one_line (primary != NULL ? primary : PQresultErrorMessage (result));
  SwPgErrorPrivate *priv;
  GError *error;

  /* Without SQLSTATE it is libpq that speaks: the connection broke while it waited. */
  if (code == SW_PG_ERROR_SERVER && (sqlstate == NULL || is_farewell (sqlstate)))
    code = SW_PG_ERROR_LOST;
  error = g_error_new_literal (SW_PG_ERROR, code, message);
  priv = sw_pg_error_get_private (error);
  priv->sqlstate = g_strdup (sqlstate);
  priv->constraint = field (result, PG_DIAG_CONSTRAINT_NAME);
  priv->column = field (result, PG_DIAG_COLUMN_NAME);
  priv->table = field (result, PG_DIAG_TABLE_NAME);
  priv->hint = field (result, PG_DIAG_MESSAGE_HINT);
  priv->detail = field (result, PG_DIAG_MESSAGE_DETAIL);
  return error;
}

GError *
sw_pg_error_new_from_conn (SwPgErrorCode code, PGconn *conn)
{
  g_autofree char *message = one_line (conn != NULL ? PQerrorMessage (conn) : "Out of memory");

  return g_error_new_literal (SW_PG_ERROR, code, message);
}

/* libpq 15 gives no fields for a refused connection. We ask it for verbose messages while it
 * connects, "FATAL:  28P01: password …", and take the SQLSTATE from there. */
GError *
sw_pg_error_new_from_attempt (PGconn *conn)
{
  g_autoptr (GRegex) verbose = g_regex_new (":  ([0-9A-Z]{5}): ([^\\n]*)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  const char *text = conn != NULL ? PQerrorMessage (conn) : "";
  g_autofree char *sqlstate = NULL;
  g_autofree char *message = NULL;
  SwPgErrorCode code = SW_PG_ERROR_CONNECT;

  if (!g_utf8_validate (text, -1, NULL) || !g_regex_match (verbose, text, 0, &match))
    {
      /* Only TLS fails between the socket and the server's first word; libpq has no code for it.
       * PQsslInUse() is FALSE again by now, so its own words are all there is. */
      if (conn != NULL && (strstr (text, "SSL") != NULL || strstr (text, "certificate") != NULL))
        code = SW_PG_ERROR_TLS;
      else if (conn != NULL && PQconnectionNeedsPassword (conn)) /* given up without sending one */
        code = SW_PG_ERROR_AUTHENTICATION;
      return sw_pg_error_new_from_conn (code, conn);
    }
  sqlstate = g_match_info_fetch (match, 1);
  if (g_str_has_prefix (sqlstate, "28"))
    code = SW_PG_ERROR_AUTHENTICATION;
  else if (!is_farewell (sqlstate))
    code = SW_PG_ERROR_SERVER;
  message = g_match_info_fetch (match, 2);
  return sw_pg_error_new (code, sqlstate, message);
}
