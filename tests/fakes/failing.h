/* A call that fails: where it is when it happens, and what happens. Each test of failures takes the whole table or
 * a part of it. */
#pragma once

#include "line.h"
#include "server.h"
#include "model/sw-session-private.h"

/* ms instead of 5 000: how long a client that cancelled believes in a line on which nothing moves. */
#define FAILING_SILENCE 300
/* ms instead of a minute: how long a statement may take, for what nobody cancels. */
#define FAILING_PATIENCE 1500

typedef enum
{
  ON_THE_WAY,      /* it never reaches the server */
  RUNNING,         /* the server is at it, nothing is committed */
  ON_THE_WAY_BACK, /* committed; nothing of the answer arrived */
  HALF_WAY_BACK,   /* committed; half of the answer arrived */
} Step;

typedef enum
{
  CUT,     /* of the line, both ends are told */
  HOLE,    /* nobody is told; the person cancels, or has patience */
  BACKEND, /* killed by an administrator */
  KILLED,  /* the server, kill -9, started again */
  STOPPED, /* the server, stop -m immediate, started again */
} Failure;

static const char *const failing_steps[] = { "on-the-way", "running", "on-the-way-back", "half-way-back" };
static const char *const failing_failures[] = { "cut", "hole", "backend", "killed", "stopped" };

typedef struct
{
  const char *function; /* what the client sends at that step contains this */
  const char *lock;     /* "TABLE IN … MODE" at which the server waits while RUNNING */
  Step step;
  Failure failure;
} Failing;

typedef struct
{
  Line *line;
  const char *local_server;
} FailingPlace;

static FailingPlace failing_place;

/* @argv: the program, line.py, build-aux/local-server. */
static inline void
failing_set_up (int argc, char **argv)
{
  g_autoptr (SwPgTarget) target = test_target ();
  g_autoptr (SwPgConnection) owner = test_connection ();

  g_assert_cmpint (argc, ==, 3);
  /* As servers are; that of the tests does not wait for its disk. */
  run (owner, "ALTER SYSTEM SET synchronous_commit = on");
  run (owner, "SELECT pg_reload_conf()");
  failing_place.local_server = argv[2];
  failing_place.line = line_new (argv[1], sw_pg_target_get (target, "host"));
}

static inline void
failing_tear_down (void)
{
  line_free (failing_place.line);
}

/* A session of adv behind the line. @patience in ms: how long a statement may take; 0: as long as ever. */
static inline SwSession *
failing_session_of (guint patience)
{
  SwSession *session = sw_session_new ();
  g_autoptr (SwServer) server = sw_server_load_demonstration ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (server);
  g_object_set (server, "host", failing_place.line->directory, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (session->lanes); i++)
    {
      sw_pg_connection_set_silence (session->lanes[i], FAILING_SILENCE);
      if (patience > 0)
        sw_pg_connection_set_statement_timeout (session->lanes[i], patience);
    }
  sw_session_open_async (session, server, "adv", sw_server_get_login_password (server, "adv"), NULL,
                         wait_keep, &result);
  WAIT_FOR (result != NULL);
  sw_session_open_finish (session, result, &error);
  g_assert_no_error (error);
  return session;
}

static inline SwSession *
failing_session (void)
{
  return failing_session_of (0);
}

/* Before the call: waits for it where it is to fail. @owner is the superuser's connection. */
static inline void
failing_lay (const Failing *self, SwPgConnection *owner)
{
  static const char *const holds[] = { "request", "", "answer", "part" };
  g_autofree char *command = NULL;

  if (self->step == RUNNING)
    {
      command = g_strdup_printf ("LOCK TABLE %s", self->lock);
      run (owner, "BEGIN");
      run (owner, command);
      return;
    }
  command = g_strdup_printf ("hold %s %s", holds[self->step], self->function);
  line_say (failing_place.line, command);
}

static inline void
failing_wait_until_blocked (SwPgConnection *owner)
{
  g_autofree char *blocked = NULL;

  while (blocked == NULL || g_str_equal (blocked, "0"))
    {
      g_free (blocked);
      blocked = query_text (owner, "SELECT count(*)::text FROM pg_stat_activity"
                                   " WHERE usename = 'adv' AND wait_event_type = 'Lock'");
    }
}

static inline void
failing_fall_into_hole (SwSession *session, GCancellable *cancellable)
{
  line_say (failing_place.line, "hole");
  g_cancellable_cancel (cancellable);
  WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
  line_say (failing_place.line, "up");
  sw_session_reconnect_now (session);
}

/* After the call was sent: fails it there, and mends what failed. @cancellable is the person's. */
static inline void
failing_spring (const Failing *self, SwPgConnection *owner, SwSession *session, GCancellable *cancellable)
{
  gboolean server = self->failure == KILLED || self->failure == STOPPED;
  g_autoptr (SwPgConnection) killer = NULL;

  if (self->step == RUNNING)
    failing_wait_until_blocked (owner);
  else
    line_expect (failing_place.line, "held");
  if (self->failure == CUT)
    line_say (failing_place.line, "cut");
  else if (self->failure == HOLE)
    failing_fall_into_hole (session, cancellable);
  else if (server)
    server_kill (self->failure == KILLED ? SIGKILL : SIGQUIT);
  else
    {
      killer = test_connection ();
      run (killer, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'adv'");
    }
  if (self->step != RUNNING && (server || self->failure == BACKEND))
    line_say (failing_place.line, "go");
  if (server)
    {
      server_start (failing_place.local_server);
      sw_session_reconnect_now (session);
    }
  else if (self->step == RUNNING)
    run (owner, "ROLLBACK");
}

/* What the person gave up and never arrived. All else is done: asked again after the cut. */
static inline gboolean
failing_is_undone (const Failing *self)
{
  return self->failure == HOLE && self->step == ON_THE_WAY;
}

#define ALL_FAILURES (1 << CUT | 1 << HOLE | 1 << BACKEND | 1 << KILLED | 1 << STOPPED)

/* Each of @failures, a mask, at each step. */
static inline void
failing_add (const char *path, const char *function, const char *lock, guint failures, GTestDataFunc test)
{
  for (gsize i = 0; i < G_N_ELEMENTS (failing_steps); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (failing_failures); j++)
      {
        g_autofree char *name = g_strdup_printf ("%s/%s/%s", path, failing_steps[i], failing_failures[j]);
        Failing *self = NULL;

        if ((failures & 1u << j) == 0)
          continue;
        self = g_new (Failing, 1);
        *self = (Failing){ function, lock, (Step) i, (Failure) j };
        g_test_add_data_func_full (name, self, test, g_free);
      }
}
