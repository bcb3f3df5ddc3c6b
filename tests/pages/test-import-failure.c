/* The line, the backend or the server fails at each step of an import: nothing doubled, nothing half imported, a plain
 * outcome, and the person can go on (CSV-07; issue 3, Bad lines). Two people with the same file at once.
 *
 * The matrix is in tests/model/test-failure.c. Usage: test-import-failure LINE LOCAL_SERVER, beside a server of its own. */
#include "../fakes/failing.h"
#include "imports.h"
#include "model/sw-rule-messages.h"

#define SENT_IN_PARTS 2100 /* more than the page sends at a time */
#define FEW 60

static guint n_files;

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

/* A file of @n new cards of batch B<n_files>. */
static SwImportFile *
new_file (guint n)
{
  g_autoptr (GString) text = g_string_new ("ICCID;Lot\n");

  n_files++;
  for (guint i = 0; i < n; i++)
    {
      append_card (text, n_files * 10000 + i);
      g_string_append_printf (text, ";B%u\n", n_files);
    }
  return read_text (text->str);
}

/* ---- the steps, as the page takes them; TRUE when it may go to the next ---- */

typedef struct
{
  const Failing *c;
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
    failing_lay (scene->c, scene->owner);
  sw_call_run_async (call, scene->session, cancellable, wait_keep, &result);
  if (trapped)
    failing_spring (scene->c, scene->owner, scene->session, cancellable);
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
    failing_lay (scene->c, scene->owner);
  sw_import_file_send_async (import->file, scene->session, import->id, no_progress, cancellable, wait_keep, &result);
  if (trapped)
    failing_spring (scene->c, scene->owner, scene->session, cancellable);
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
  const Failing *c = data;
  g_autoptr (SwPgConnection) owner = test_connection ();
  g_autoptr (SwSession) session = failing_session ();
  g_autoptr (SwRecord) checked = NULL;
  g_autoptr (SwRecord) applied = NULL;
  Scene scene = { c, owner, session };
  guint cards = g_str_equal (c->function, "import_add") ? SENT_IN_PARTS : FEW;
  Import import = { new_file (cards) };
  g_autofree char *all = g_strdup_printf ("%u", cards);

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
  g_assert_cmpint (sw_record_get_int (checked, "create"), ==, cards);
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
  g_autoptr (SwSession) one = failing_session ();
  g_autoptr (SwSession) two = failing_session ();
  Import first = { new_file (FEW) }, second = { sw_import_file_ref (first.file) };
  g_autoptr (SwRecord) checked = NULL;
  g_autoptr (SwRecord) checked_too = NULL;
  g_autoptr (SwCall) call = NULL;
  g_autoptr (SwCall) call_too = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) result_too = NULL;
  g_autoptr (SwRecord) done = NULL;
  g_autoptr (SwRecord) done_too = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *all = g_strdup_printf ("%d", FEW);

  begin_and_send (&first, one, "sim");
  begin_and_send (&second, two, "sim");
  checked = check (&first, one, FALSE);
  checked_too = check (&second, two, FALSE);
  g_assert_cmpint (sw_record_get_int (checked_too, "create"), ==, FEW);
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
  g_assert_cmpint (sw_record_get_int (done, "create") + sw_record_get_int (done_too, "create"), ==, FEW);
  g_assert_cmpint (sw_record_get_int (done, "same") + sw_record_get_int (done_too, "same"), ==, FEW);
  assert_cards (all);
  import_clear (&first);
  import_clear (&second);
}

int
main (int argc, char *argv[])
{
  const guint stopped = ALL_FAILURES & ~(1 << KILLED);
  int status;

  g_test_init (&argc, &argv, NULL);
  failing_set_up (argc, argv);
  failing_add ("/imports/failure/begin", "import_begin", "softwhere.import IN SHARE MODE", stopped, test_step);
  failing_add ("/imports/failure/send", "import_add", "softwhere.import_line IN SHARE MODE", stopped, test_step);
  failing_add ("/imports/failure/check", "import_check", "softwhere.import_line IN SHARE MODE", stopped, test_step);
  failing_add ("/imports/failure/apply", "import_apply", "softwhere.sim_card IN SHARE MODE", ALL_FAILURES, test_step);
  g_test_add_func ("/imports/failure/two-at-once", test_two_at_once);
  status = g_test_run ();
  failing_tear_down ();
  return status;
}
