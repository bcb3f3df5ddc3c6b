/* The line, the backend or the server fails at each step of an import: nothing doubled, nothing half imported, a plain
 * outcome, and the person can go on (CSV-07; issue 3, Bad lines). Two people with the same file at once.
 *
 * Usage: test-import-failure LINE LOCAL_SERVER, beside a server of its own. */
#include "../fakes/line.h"
#include "../fakes/server.h"
#include "imports.h"
#include "model/sw-rule-messages.h"

#define CARDS 2100 /* more than the page sends at a time */

typedef enum
{
  ON_THE_WAY, /* it never reaches the server */
  RUNNING,    /* the server is at it */
  ON_THE_WAY_BACK,
} Step;

typedef enum
{
  CUT,     /* of the line, both ends are told */
  HOLE,    /* nobody is told; the person cancels */
  BACKEND, /* killed by an administrator */
  SERVER,  /* kill -9, started again */
} Failure;

typedef struct
{
  const char *name;
  const char *function; /* the call that fails */
  Step step;
  Failure failure;
} Case;

#define CASES(name, function)                                                                      \
  { name "/on-the-way/cut", function, ON_THE_WAY, CUT },                                           \
  { name "/on-the-way/hole", function, ON_THE_WAY, HOLE },                                         \
  { name "/on-the-way/backend", function, ON_THE_WAY, BACKEND },                                   \
  { name "/on-the-way-back/cut", function, ON_THE_WAY_BACK, CUT },                                 \
  { name "/on-the-way-back/hole", function, ON_THE_WAY_BACK, HOLE },                               \
  { name "/on-the-way-back/backend", function, ON_THE_WAY_BACK, BACKEND },                         \
  { name "/on-the-way-back/server", function, ON_THE_WAY_BACK, SERVER }

static const Case cases[] = {
  CASES ("begin", "import_begin"),
  CASES ("send", "import_add"),
  CASES ("check", "import_check"),
  CASES ("apply", "import_apply"),
  { "apply/on-the-way/server", "import_apply", ON_THE_WAY, SERVER },
  { "apply/running/cut", "import_apply", RUNNING, CUT },
  { "apply/running/hole", "import_apply", RUNNING, HOLE },
  { "apply/running/backend", "import_apply", RUNNING, BACKEND },
  { "apply/running/server", "import_apply", RUNNING, SERVER },
};

static Line *line;
static const char *local_server;
static guint n_files;

/* ---- the client ---- */

static SwSession *
open_session (void)
{
  SwSession *session = sw_session_new ();
  g_autoptr (SwServer) server = sw_server_load_demonstration ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (server);
  g_object_set (server, "host", line->directory, NULL);
  sw_session_open_async (session, server, "adv", sw_server_get_login_password (server, "adv"), NULL,
                         wait_keep, &result);
  WAIT_FOR (result != NULL);
  sw_session_open_finish (session, result, &error);
  g_assert_no_error (error);
  return session;
}

/* An ICCID with its key. */
static void
append_card (GString *text, guint n)
{
  char digits[20];
  int sum = 0;

  g_snprintf (digits, sizeof digits, "893309%012u", n);
  for (int i = 0; i < 18; i++)
    {
      int digit = digits[17 - i] - '0';

      sum += i % 2 == 0 ? digit * 2 / 10 + digit * 2 % 10 : digit;
    }
  g_string_append_printf (text, "%s%d", digits, (10 - sum % 10) % 10);
}

/* A file of new cards of batch B<n_files>. */
static SwImportFile *
new_file (void)
{
  g_autoptr (GString) text = g_string_new ("ICCID;Lot\n");

  n_files++;
  for (guint i = 0; i < CARDS; i++)
    {
      append_card (text, n_files * 10000 + i);
      g_string_append_printf (text, ";B%u\n", n_files);
    }
  return read_text (text->str);
}

/* ---- failing ---- */

static void
wait_until_blocked (SwPgConnection *owner)
{
  g_autofree char *blocked = NULL;

  while (g_strcmp0 (blocked, "0") == 0 || blocked == NULL)
    {
      g_free (blocked);
      blocked = query_text (owner, "SELECT count(*)::text FROM pg_stat_activity"
                                   " WHERE usename = 'adv' AND wait_event_type = 'Lock'");
    }
}

static void
fail_now (const Case *c, SwSession *session, GCancellable *cancellable)
{
  g_autoptr (SwPgConnection) owner = NULL;

  switch (c->failure)
    {
    case CUT:
      line_say (line, "cut");
      break;
    case HOLE:
      line_say (line, "hole");
      g_cancellable_cancel (cancellable);
      WAIT_FOR (sw_session_get_state (session) == SW_SESSION_LOST);
      line_say (line, "up");
      sw_session_reconnect_now (session);
      break;
    case BACKEND:
      owner = test_connection ();
      run (owner, "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'adv'");
      if (c->step != RUNNING)
        line_say (line, "go");
      break;
    case SERVER:
    default:
      server_kill ();
      if (c->step != RUNNING)
        line_say (line, "go");
      server_start (local_server);
      break;
    }
}

/* Starts to wait for the call of @c, to fail it once it is there. */
static void
lay_trap (const Case *c, SwPgConnection *owner)
{
  g_autofree char *command = g_strdup_printf ("hold %s %s", c->step == ON_THE_WAY ? "request" : "answer", c->function);

  if (c->step == RUNNING)
    {
      run (owner, "BEGIN");
      run (owner, "LOCK TABLE softwhere.sim_card IN SHARE MODE");
    }
  else
    line_say (line, command);
}

static void
spring_trap (const Case *c, SwPgConnection *owner, SwSession *session, GCancellable *cancellable)
{
  if (c->step == RUNNING)
    wait_until_blocked (owner);
  else
    line_expect (line, "held");
  fail_now (c, session, cancellable);
  if (c->step == RUNNING && c->failure != SERVER)
    run (owner, "ROLLBACK");
}

/* ---- the steps, as the page takes them; TRUE when it may go to the next ---- */

typedef struct
{
  const Case *c;
  SwPgConnection *owner;
  SwSession *session;
} Scene;

/* Runs @call, which fails when it is the one of the scene. What the person is told is a sentence. */
static SwRecord *
step_call (Scene *scene, const char *function, SwCall *call)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  SwRecord *record;
  gboolean trapped = g_str_equal (scene->c->function, function);

  if (trapped)
    lay_trap (scene->c, scene->owner);
  sw_call_run_async (call, scene->session, cancellable, wait_keep, &result);
  if (trapped)
    spring_trap (scene->c, scene->owner, scene->session, cancellable);
  WAIT_FOR (result != NULL);
  record = sw_call_run_finish_record (result, &error);
  WAIT_FOR (sw_session_get_state (scene->session) == SW_SESSION_OPEN);
  if (record == NULL)
    {
      g_autofree char *sentence = sw_rule_message (error);

      /* Only what the person gave up is not done. */
      g_assert_true (trapped && scene->c->failure == HOLE);
      g_assert_true (sw_rule_is_cancelled (error));
      g_assert_true (g_utf8_validate (sentence, -1, NULL) && *sentence != '\0');
    }
  return record;
}

static void
step_begin (Scene *scene, Import *import)
{
  g_autoptr (SwRecord) begun = NULL;

  for (int i = 0; begun == NULL; i++)
    {
      g_autoptr (SwCall) call = sw_import_call_begin (import->file, "sim", "");

      begun = i == 0 ? step_call (scene, "import_begin", call) : try_call (scene->session, call, NULL, NULL);
      g_assert_cmpint (i, <, 2);
    }
  take_begun (import, begun);
}

/* FALSE when the page would begin again with all lines. */
static gboolean
step_send (Scene *scene, Import *import)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gboolean trapped = g_str_equal (scene->c->function, "import_add");

  if (trapped)
    lay_trap (scene->c, scene->owner);
  sw_import_file_send_async (import->file, scene->session, import->id, no_progress, cancellable, wait_keep, &result);
  if (trapped)
    spring_trap (scene->c, scene->owner, scene->session, cancellable);
  WAIT_FOR (result != NULL);
  WAIT_FOR (sw_session_get_state (scene->session) == SW_SESSION_OPEN);
  return sw_import_file_send_finish (result, &error);
}

static void
assert_cards (const char *expected)
{
  /* The server may have been killed meanwhile. */
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autofree char *sql = g_strdup_printf ("SELECT count(*)::text FROM softwhere.sim_card WHERE batch = 'B%u'", n_files);
  g_autofree char *count = query_text (owner, sql);

  g_assert_cmpstr (count, ==, expected);
}

static void
test_step (gconstpointer data)
{
  const Case *c = data;
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = open_session ();
  g_autoptr (SwRecord) checked = NULL;
  g_autoptr (SwRecord) applied = NULL;
  Scene scene = { c, owner, session };
  Import import = { new_file () };
  g_autofree char *all = g_strdup_printf ("%d", CARDS);

  step_begin (&scene, &import);
  if (!step_send (&scene, &import))
    begin_and_send (&import, session, "sim");
  assert_cards ("0");
  {
    g_autoptr (SwCall) call = sw_import_call_check (import.id, import.mapping, FALSE);

    checked = step_call (&scene, "import_check", call);
  }
  if (checked == NULL)
    checked = check (&import, session, FALSE);
  g_assert_cmpint (sw_record_get_int (checked, "create"), ==, CARDS);
  assert_cards ("0");
  {
    g_autoptr (SwCall) call = sw_import_call_apply (import.id);

    applied = step_call (&scene, "import_apply", call);
  }
  if (applied == NULL)
    {
      assert_cards ("0"); /* "Cancelled: nothing was imported" is true */
      apply (&import, session);
    }
  assert_cards (all);
  import_clear (&import);
}

/* ---- two people ---- */

static void
test_two_at_once (void)
{
  g_autoptr (SwSession) one = open_session ();
  g_autoptr (SwSession) two = open_session ();
  Import first = { new_file () }, second = { sw_import_file_ref (first.file) };
  g_autoptr (SwRecord) checked = NULL;
  g_autoptr (SwRecord) checked_too = NULL;
  g_autoptr (SwCall) call = NULL;
  g_autoptr (SwCall) call_too = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) result_too = NULL;
  g_autoptr (SwRecord) done = NULL;
  g_autoptr (SwRecord) done_too = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *all = g_strdup_printf ("%d", CARDS);

  begin_and_send (&first, one, "sim");
  begin_and_send (&second, two, "sim");
  checked = check (&first, one, FALSE);
  checked_too = check (&second, two, FALSE);
  g_assert_cmpint (sw_record_get_int (checked_too, "create"), ==, CARDS);
  call = sw_import_call_apply (first.id);
  call_too = sw_import_call_apply (second.id);
  sw_call_run_async (call, one, NULL, wait_keep, &result);
  sw_call_run_async (call_too, two, NULL, wait_keep, &result_too);
  WAIT_FOR (result != NULL && result_too != NULL);
  done = sw_call_run_finish_record (result, &error);
  g_assert_no_error (error);
  done_too = sw_call_run_finish_record (result_too, &error);
  g_assert_no_error (error);
  /* Each card is one of theirs; the other found it there. */
  g_assert_cmpint (sw_record_get_int (done, "create") + sw_record_get_int (done_too, "create"), ==, CARDS);
  g_assert_cmpint (sw_record_get_int (done, "same") + sw_record_get_int (done_too, "same"), ==, CARDS);
  assert_cards (all);
  import_clear (&first);
  import_clear (&second);
}

int
main (int argc, char *argv[])
{
  g_autoptr (SwPgTarget) target = NULL;
  g_autoptr (SwPgConnection) owner = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);
  g_assert_cmpint (argc, ==, 3);
  local_server = argv[2];
  target = test_target ();
  /* As servers are; that of the tests does not wait for its disk. */
  owner = test_connection ();
  run (owner, "ALTER SYSTEM SET synchronous_commit = on");
  run (owner, "SELECT pg_reload_conf()");
  g_clear_object (&owner);
  line = line_new (argv[1], sw_pg_target_get (target, "host"));
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/imports/failure/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_step);
    }
  g_test_add_func ("/imports/failure/two-at-once", test_two_at_once);
  status = g_test_run ();
  line_free (line);
  return status;
}
