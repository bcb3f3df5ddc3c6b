/* sw-pg-error.h: errors of the database with all their fields
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Code branches on the error code and on the SQLSTATE, never on text. The accessors take any
 * GError and give NULL when it is of another domain or the field was not sent.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SW_PG_ERROR (sw_pg_error_quark ())
GQuark sw_pg_error_quark (void);

typedef enum
{
  SW_PG_ERROR_SERVER,         /* the server refused the statement: see the SQLSTATE */
  SW_PG_ERROR_CONNECT,        /* no server answers at this address */
  SW_PG_ERROR_NAME,           /* the host name is unknown */
  SW_PG_ERROR_CONNECT_TIMEOUT,/* no answer in time while connecting */
  SW_PG_ERROR_AUTHENTICATION, /* unknown user or wrong password */
  SW_PG_ERROR_TLS,            /* no TLS, or its certificate is not trusted */
  SW_PG_ERROR_LOST,           /* the connection broke: what was sent may or may not be done */
  SW_PG_ERROR_CLOSED,         /* not connected: nothing was sent */
  SW_PG_ERROR_INVALID,        /* unusable address or statement kind */
} SwPgErrorCode;

/* @sqlstate may be NULL. */
GError *sw_pg_error_new (SwPgErrorCode code, const char *sqlstate, const char *message);

const char *sw_pg_error_get_sqlstate (const GError *error);
const char *sw_pg_error_get_constraint (const GError *error);
const char *sw_pg_error_get_column (const GError *error);
const char *sw_pg_error_get_table (const GError *error);
const char *sw_pg_error_get_hint (const GError *error);
const char *sw_pg_error_get_detail (const GError *error);

/* TRUE when @error is of this domain and carries SQLSTATE @sqlstate. */
gboolean sw_pg_error_is (const GError *error, const char *sqlstate);

G_END_DECLS
