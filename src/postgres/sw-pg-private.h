/* sw-pg-private.h: what the files of this room share; nobody else includes it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>
#include <libpq-fe.h>
#include "postgres/sw-pg-error.h"
#include "postgres/sw-pg-params.h"
#include "postgres/sw-pg-result.h"
#include "postgres/sw-pg-target.h"

G_BEGIN_DECLS

/* An error of code @code with the fields of @result, which may be NULL. Code SERVER becomes LOST
 * when the server says that it is going away. */
GError *sw_pg_error_new_from_result (SwPgErrorCode code, const PGresult *result);
/* An error with the text libpq left on @conn, on one line; @sqlstate may be NULL. */
GError *sw_pg_error_new_from_conn (SwPgErrorCode code, PGconn *conn);
/* Why a connection attempt failed, from what libpq left on @conn. */
GError *sw_pg_error_new_from_attempt (PGconn *conn);

/* Takes @result. */
SwPgResult *sw_pg_result_new (PGresult *result);

/* The arrays libpq wants. They belong to @self. */
const char *const *sw_pg_params_get_values (SwPgParams *self);
const int *sw_pg_params_get_lengths (SwPgParams *self);
const int *sw_pg_params_get_formats (SwPgParams *self);
const Oid *sw_pg_params_get_types (SwPgParams *self);
/* No value is binary. */
gboolean sw_pg_params_is_text (SwPgParams *self);

/* One address to try: everything resolved. */
typedef struct
{
  char *host;     /* as named: what a certificate is checked against; or a socket directory */
  char *hostaddr; /* numeric, or NULL for a socket */
  char *port;     /* or NULL */
} SwPgAddress;

void sw_pg_address_free (SwPgAddress *self);
/* @host with another numeric address; NULL for a socket. */
SwPgAddress *sw_pg_address_new (const char *host, const char *hostaddr, const char *port);

/* The hosts of @target with their ports, the preferred one first, unresolved: SwPgAddress with
 * hostaddr set only when the host is numeric already. */
GPtrArray *sw_pg_target_get_addresses (SwPgTarget *self, GError **error);
/* A host that needs GResolver: neither a socket directory nor a numeric address. */
gboolean sw_pg_address_needs_lookup (const SwPgAddress *self);

/* Calls back with a GPtrArray of SwPgAddress: every address of the one host @host. */
void sw_pg_resolve_async (const SwPgAddress *host,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
GPtrArray *sw_pg_resolve_finish (GAsyncResult *result, GError **error);

/* Starts libpq towards @address with our settings; statement_timeout in ms, 0 for none. NULL only
 * when out of memory. */
PGconn *sw_pg_target_start (SwPgTarget *self, const SwPgAddress *address, guint statement_timeout);

/* How long what is waited for, in ms. */
typedef struct
{
  guint connect;    /* for each name and each address */
  guint head_start; /* of each address before the next */
  guint statement;  /* on the server; 0 for no limit */
  guint silence;    /* of the server once it had its statement's time */
} SwPgPatience;

/* Connects to the first host that accepts; @timeout ms for each name and each address. */
void sw_pg_connect_async (SwPgTarget *target,
                          const SwPgPatience *patience,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data);
/* An open PGconn; the caller calls PQfinish(). */
PGconn *sw_pg_connect_finish (GAsyncResult *result, GError **error);

/* Statements seen on one connection, by their text; those that come back are prepared. */
typedef struct
{
  guint uses;
  gboolean prepared;
  char name[16]; /* on the server */
} SwPgStatement;

typedef struct _SwPgStatements SwPgStatements;

SwPgStatements *sw_pg_statements_new (void);
void sw_pg_statements_free (SwPgStatements *self);
/* NULL when unknown. */
SwPgStatement *sw_pg_statements_find (SwPgStatements *self, const char *sql);
/* Counts a use; TRUE when it is time to prepare the statement, which is said once. */
gboolean sw_pg_statements_use (SwPgStatements *self, const char *sql);
/* The server no longer accepts the prepared form. */
void sw_pg_statements_forget (SwPgStatement *self);

G_END_DECLS
