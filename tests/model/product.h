/* Sessions of the people of the demonstration on the product's own server. */
#pragma once

#include "model/sw-session.h"
#include "../postgres/connect.h"

static inline SwSession *
open_as (const char *user)
{
  SwSession *session = sw_session_new ();
  g_autoptr (SwServer) server = sw_server_load_demonstration ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (server);
  sw_session_open_async (session, server, user, sw_server_get_login_password (server, user), NULL,
                         wait_keep, &result);
  WAIT_FOR (result != NULL);
  sw_session_open_finish (session, result, &error);
  g_assert_no_error (error);
  return session;
}
