/* What CFAST tells, over HTTP, with every fault of the fake operator: each ends in an answer or in an error that says what is wrong;
 * nothing hangs, nothing is asked for ever.
 *
 *   test-provider cfast.py */
#define WAIT_LIMIT 30
#include "../fakes/cfast.h"
#include "../postgres/wait.h"
#include "network/sw-provider.h"
#include "network/sw-secret.h"

#include <fcntl.h>
#include <glib/gstdio.h>

static const char *script;
static Operator *fake;

/* Quick: a test waits for its condition, not for the limits of real life. */
static const SwHttpLimits limits = {
  .connect_ms = 5000, .total_ms = 5000, .low_speed_bytes = 64, .low_speed_s = 1, .max_bytes = 4 * 1024 * 1024, .max_attempts = 3,
  .first_wait_ms = 20, .max_wait_ms = 1500,
};

static SwProvider *
provider_at (const char *base_url, const char *ca_file, const char *account, const char *secret)
{
  SwProviderPlace place = { (char *) base_url, (char *) account, (char *) secret, (char *) ca_file, NULL, 100 };

  return sw_provider_new ("cfast", &place, &limits);
}

static SwProviderPage *
ask_of (SwProvider *provider, const char *resource, const char *key, guint page, GCancellable *cancellable, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  sw_provider_ask_async (provider, resource, key, page, cancellable, wait_keep, &result);
  WAIT_FOR (result != NULL);
  return sw_provider_ask_finish (provider, result, error);
}

static SwProviderPage *
ask (const char *resource, const char *key, guint page, GError **error)
{
  g_autoptr (SwProvider) provider = provider_at (fake->base_url, NULL, NULL, NULL);

  return ask_of (provider, resource, key, page, NULL, error);
}

static const char *
text (JsonObject *object, const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

static void
test_lines (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwProviderPage) page = ask ("lines", "9000-000001", 1, &error);
  JsonObject *line, *article;

  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (page->items), ==, 20);
  g_assert_cmpuint (json_array_get_length (page->next), ==, 0);
  line = json_array_get_object_element (page->items, 2);
  g_assert_cmpstr (text (line, "external_id"), ==, "L-000003");
  g_assert_cmpstr (text (line, "parent_id"), ==, "9000-000001");
  g_assert_cmpstr (text (line, "number"), ==, "+33749000003");
  g_assert_cmpstr (text (line, "activity"), ==, "active");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (line, "articles")), ==, 14);
  article = json_array_get_object_element (json_object_get_array_member (line, "articles"), 0);
  g_assert_cmpstr (text (article, "starts_on"), ==, "2023-01-01");
  g_assert_cmpstr (text (article, "ends_on"), ==, "2023-02-28");
  g_assert_cmpstr (text (article, "price"), ==, "10");
  g_assert_cmpstr (text (article, "price_months"), ==, "1");
}

static void
test_paging (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwProviderPage) page = ask ("customers", "", 1, &error);
  g_autoptr (SwProviderPage) second = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (page->items), ==, 100);
  /* The parcs of each, and the second page. */
  g_assert_cmpuint (json_array_get_length (page->next), ==, 101);
  second = ask ("customers", "", 2, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (second->items), ==, 34);
}

/* Faults that pass by themselves. */
static void
test_retry (void)
{
  static const char *const faults[] = { "cut", "429", "500", "503" };

  for (gsize i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *command = g_strdup_printf ("fault %s 2", faults[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (SwProviderPage) page = NULL;

      operator_count (fake);
      operator_do (fake, command);
      page = ask ("lines", "9000-000001", 1, &error);
      g_assert_no_error (error);
      g_assert_cmpuint (operator_count (fake), ==, 3);
      operator_do (fake, "well");
    }
}

static void
test_retry_after (void)
{
  gint64 start;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwProviderPage) page = NULL, capped = NULL;

  operator_do (fake, "retry-after 1");
  operator_do (fake, "fault 429 1");
  start = g_get_monotonic_time ();
  page = ask ("lines", "9000-000001", 1, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_USEC_PER_SEC);
  /* An hour is not obeyed: the limit is. */
  operator_do (fake, "retry-after 3600");
  operator_do (fake, "fault 429 1");
  capped = ask ("lines", "9000-000001", 1, &error);
  g_assert_no_error (error);
  operator_do (fake, "well");
}

/* Faults that stay: asked so many times and no more, then told as what they are. */
static void
test_lasting (void)
{
  const struct
  {
    const char *fault;
    GQuark domain;
    int code;
    guint asked;
  } cases[] = {
    { "cut", SW_HTTP_ERROR, SW_HTTP_ERROR_CUT, 3 },
    { "500", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_REFUSED, 3 },
    { "429", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_REFUSED, 3 },
    { "404", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_REFUSED, 1 },
    { "401", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_SECRET, 1 },
    { "redirect", SW_HTTP_ERROR, SW_HTTP_ERROR_REDIRECTED, 1 },
    { "malformed", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, 1 },
    { "empty", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, 1 },
    { "array", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, 1 },
    { "deep", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, 1 },
    { "huge", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, 1 },
    { "nul", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, 1 },
    { "unicode", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, 1 },
    { "wrongpage", SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, 1 },
    { "giant", SW_HTTP_ERROR, SW_HTTP_ERROR_TOO_LARGE, 1 },
    { "trickle", SW_HTTP_ERROR, SW_HTTP_ERROR_TIMED_OUT, 3 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *command = g_strdup_printf ("fault %s 0", cases[i].fault);
      g_autoptr (GError) error = NULL;
      g_autoptr (SwProviderPage) page = NULL;

      operator_count (fake);
      operator_do (fake, command);
      page = ask ("customers", "", 1, &error);
      g_test_message ("%s: %s", cases[i].fault, error != NULL ? error->message : "nothing");
      g_assert_null (page);
      g_assert_error (error, cases[i].domain, cases[i].code);
      g_assert_cmpuint (operator_count (fake), ==, cases[i].asked);
      operator_do (fake, "well");
    }
}

/* A page some rows of which make no sense: each is told, with its identifier when it has one. */
static void
test_rows (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwProviderPage) types = NULL, control = NULL;
  JsonObject *problem;

  operator_do (fake, "fault types 1");
  types = ask ("lines", "9000-000001", 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (json_array_get_length (types->items), ==, 23);
  for (guint i = 0; i < 23; i++)
    g_assert_nonnull (text (json_array_get_object_element (types->items, i), "problem"));
  g_assert_cmpstr (text (json_array_get_object_element (types->items, 0), "external_id"), ==, "lines/9000-000001/1#1");
  operator_do (fake, "fault control 1");
  control = ask ("lines", "9000-000001", 1, &error);
  g_assert_no_error (error);
  problem = json_array_get_object_element (control->items, 0);
  g_assert_cmpstr (text (problem, "external_id"), ==, "L-000001");
  g_assert_cmpstr (text (problem, "problem"), ==, "first_name: holds a control character");
}

static void
test_unreachable (void)
{
  g_autoptr (SwProvider) provider = provider_at ("http://127.0.0.1:1", NULL, NULL, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (ask_of (provider, "customers", "", 1, NULL, &error));
  g_assert_error (error, SW_HTTP_ERROR, SW_HTTP_ERROR_UNREACHABLE);
  g_assert_cmpuint (sw_http_get_n_sent (sw_provider_get_http (provider)), ==, 3);
}

static gboolean
cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_cancel (void)
{
  g_autoptr (SwProvider) provider = provider_at (fake->base_url, NULL, NULL, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  operator_do (fake, "slow 600000"); /* beyond the patience of this test */
  g_timeout_add (50, cancel, cancellable);
  g_assert_null (ask_of (provider, "customers", "", 1, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  operator_do (fake, "well");
}

/* A request that does something is sent once, unless it carries a key. */
static void
test_not_repeated (void)
{
  for (int with_key = 0; with_key < 2; with_key++)
    {
      g_autoptr (SwHttp) http = sw_http_new (NULL, &limits);
      g_autofree char *url = g_strconcat (fake->base_url, "/customers", NULL);
      g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) answer = NULL;
      SwHttpRequest *request = sw_http_request_new ("POST", url);

      sw_http_request_set_body (request, "application/json", body, with_key ? "6f1c" : NULL);
      operator_count (fake);
      operator_do (fake, "fault cut 1");
      sw_http_send_async (http, request, NULL, wait_keep, &result);
      WAIT_FOR (result != NULL);
      answer = sw_http_send_finish (http, result, NULL, &error);
      g_assert_cmpint (answer != NULL, ==, with_key);
      g_assert_cmpuint (operator_count (fake), ==, with_key ? 2 : 1);
      operator_do (fake, "well");
    }
}

static void
test_secret (void)
{
  const char *arguments[] = { "--lines", "20", "--secret", "c2VzYW1l", NULL };
  Operator *guarded = operator_start (script, "http", arguments);
  g_autoptr (SwProvider) wrong = provider_at (guarded->base_url, NULL, NULL, "guess");
  g_autoptr (SwProvider) bearer = provider_at (guarded->base_url, NULL, NULL, "c2VzYW1l");
  g_autoptr (GError) error = NULL;
  g_autoptr (SwProviderPage) page = NULL;

  g_assert_null (ask_of (wrong, "customers", "", 1, NULL, &error));
  g_assert_error (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_SECRET);
  g_assert_null (strstr (error->message, "guess"));
  g_clear_error (&error);
  page = ask_of (bearer, "customers", "", 1, NULL, &error);
  g_assert_no_error (error);
  operator_stop (guarded);
}

static void
test_tls (void)
{
  g_autofree char *folder = g_dir_make_tmp ("softwhere-tls-XXXXXX", NULL);
  g_autofree char *key = g_build_filename (folder, "key.pem", NULL);
  g_autofree char *certificate = g_build_filename (folder, "certificate.pem", NULL);
  const char *make[] = { "openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=operator", "-addext",
                         "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate, NULL };
  const char *arguments[] = { "--lines", "20", "--tls", certificate, key, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (SwProvider) stranger = NULL, known = NULL;
  g_autoptr (SwProviderPage) page = NULL;
  Operator *sealed;
  int status;

  g_assert_true (g_spawn_sync (NULL, (char **) make, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  sealed = operator_start (script, "https", arguments);
  stranger = provider_at (sealed->base_url, NULL, NULL, NULL);
  g_assert_null (ask_of (stranger, "customers", "", 1, NULL, &error));
  g_assert_error (error, SW_HTTP_ERROR, SW_HTTP_ERROR_TLS);
  g_assert_cmpuint (sw_http_get_n_sent (sw_provider_get_http (stranger)), ==, 1);
  g_clear_error (&error);
  known = provider_at (sealed->base_url, certificate, NULL, NULL);
  page = ask_of (known, "customers", "", 1, NULL, &error);
  g_assert_no_error (error);
  operator_stop (sealed);
  g_remove (key);
  g_remove (certificate);
  g_rmdir (folder);
}

/* What an operator cannot do is said, not pretended (CATA-07). */
static void
test_unsupported (void)
{
  static const char *const codes[] = { "manual", "alphalink", "cfast" };

  for (gsize i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      SwProviderPlace nowhere = { 0 };
      g_autoptr (SwProvider) provider = sw_provider_new (codes[i], &nowhere, NULL);
      g_autoptr (GError) error = NULL;

      g_assert_false (sw_provider_send (provider, "line_terminate", &error));
      g_assert_error (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_UNSUPPORTED);
      g_assert_cmpuint (strlen (error->message), >, 40);
      g_assert_cmpint (sw_provider_can (provider, SW_PROVIDER_LIST), ==, g_str_equal (codes[i], "cfast"));
    }
  g_assert_null (sw_provider_new ("nobody", &(SwProviderPlace){ 0 }, NULL));
}

static void
test_secret_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("softwhere-secret-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "cfast", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autoptr (GError) error = NULL;
  char *secret;

  g_assert_null (sw_secret_read_file (folder, "cfast", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_true (g_file_set_contents_full (path, "s3same\n", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  secret = sw_secret_read_file (folder, "cfast", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "s3same");
  sw_secret_free (secret);
  for (guint mode = 0; mode < 9; mode++)
    {
      gboolean open = mode < 6;

      g_chmod (path, 0600 | (1 << mode));
      secret = sw_secret_read_file (folder, "cfast", &error);
      g_assert_cmpint (secret == NULL, ==, open);
      if (open)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
      g_clear_error (&error);
      sw_secret_free (secret);
    }
  g_chmod (path, 0600);
  g_assert_cmpint (symlink (path, link), ==, 0);
  g_assert_null (sw_secret_read_file (folder, "link", &error));
  g_clear_error (&error);
  g_assert_true (g_file_set_contents_full (path, "two\nlines\n", -1, G_FILE_SET_CONTENTS_NONE, 0600, NULL));
  g_assert_null (sw_secret_read_file (folder, "cfast", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_remove (link);
  g_remove (path);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  const char *arguments[] = { "--lines", "8000", NULL };
  int status;

  g_test_init (&argc, &argv, NULL);
  script = argv[1];
  fake = operator_start (script, "http", arguments);
  g_test_add_func ("/provider/lines", test_lines);
  g_test_add_func ("/provider/paging", test_paging);
  g_test_add_func ("/provider/retry", test_retry);
  g_test_add_func ("/provider/retry-after", test_retry_after);
  g_test_add_func ("/provider/lasting", test_lasting);
  g_test_add_func ("/provider/rows", test_rows);
  g_test_add_func ("/provider/unreachable", test_unreachable);
  g_test_add_func ("/provider/cancel", test_cancel);
  g_test_add_func ("/provider/not-repeated", test_not_repeated);
  g_test_add_func ("/provider/secret", test_secret);
  g_test_add_func ("/provider/tls", test_tls);
  g_test_add_func ("/provider/unsupported", test_unsupported);
  g_test_add_func ("/provider/secret-file", test_secret_file);
  status = g_test_run ();
  operator_stop (fake);
  return status;
}
