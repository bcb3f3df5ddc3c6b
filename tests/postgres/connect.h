/* Connections to the throw-away server of tests/with-server. */
#pragma once

#include "postgres/sw-pg-connection.h"
#include "wait.h"

static inline SwPgTarget *
test_target (void)
{
  g_autoptr (GError) error = NULL;
  const char *uri = g_getenv ("SOFTWHERE_TEST_URI");
  SwPgTarget *target;

  g_assert_nonnull (uri);
  target = sw_pg_target_parse (uri, &error);
  g_assert_no_error (error);
  return target;
}

static inline gboolean
try_open (SwPgConnection *connection, SwPgTarget *target, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sw_pg_connection_open_async (connection, target, cancellable, wait_keep, &result);
  WAIT_FOR (result != NULL);
  return sw_pg_connection_open_finish (connection, result, error);
}

static inline SwPgConnection *
test_connection (void)
{
  SwPgConnection *connection = sw_pg_connection_new ();
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (GError) error = NULL;

  try_open (connection, target, NULL, &error);
  g_assert_no_error (error);
  return connection;
}

/* Takes @params. */
static inline SwPgResult *
try_query (SwPgConnection *connection, const char *sql, SwPgParams *params, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sw_pg_connection_query_async (connection, sql, params, NULL, wait_keep, &result);
  g_clear_pointer (&params, sw_pg_params_unref);
  WAIT_FOR (result != NULL);
  return sw_pg_connection_query_finish (connection, result, error);
}

static inline SwPgResult *
query (SwPgConnection *connection, const char *sql, SwPgParams *params)
{
  g_autoptr (GError) error = NULL;
  SwPgResult *result = try_query (connection, sql, params, &error);

  g_assert_no_error (error);
  return result;
}

static inline char *
query_text (SwPgConnection *connection, const char *sql)
{
  g_autoptr (SwPgResult) result = query (connection, sql, NULL);

  return g_strdup (sw_pg_result_get_text (result, 0, 0));
}

static inline void
run (SwPgConnection *connection, const char *sql)
{
  sw_pg_result_unref (query (connection, sql, NULL));
}
