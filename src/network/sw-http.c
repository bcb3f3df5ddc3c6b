/* sw-http.c: see sw-http.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * libcurl's multi interface with its sockets and its timer as sources of the main loop: many requests
 * at once, no thread. A Transfer lives from the sending to the callback, through its repetitions.
 */
#include "network/sw-http.h"

#include <curl/curl.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>

const SwHttpLimits sw_http_default_limits = {
  .connect_ms = 10000,
  .total_ms = 120000,
  .low_speed_bytes = 64,
  .low_speed_s = 20,
  .max_bytes = 16 * 1024 * 1024,
  .max_attempts = 5,
  .first_wait_ms = 500,
  .max_wait_ms = 60000,
};

struct _SwHttp
{
  GObject parent_instance;

  CURLM *multi;
  char *ca_file;
  SwHttpLimits limits;
  guint timer;
  guint n_sent;
};

G_DEFINE_FINAL_TYPE (SwHttp, sw_http, G_TYPE_OBJECT)
G_DEFINE_QUARK (sw-http-error, sw_http_error)

struct _SwHttpRequest
{
  char *method;
  char *url;
  struct curl_slist *headers;
  char *account;
  char *secret;
  GBytes *body;
  gboolean repeatable;
};

typedef struct
{
  SwHttp *http; /* not owned: the task holds it */
  GTask *task;
  SwHttpRequest *request;
  CURL *easy;
  GByteArray *body;
  GSource *cancelled;
  guint wait;
  guint attempt;
  gboolean too_large;
} Transfer;

static void start (Transfer *transfer);

/* Requests */

static void
forget (char *secret)
{
  if (secret != NULL)
    explicit_bzero (secret, strlen (secret));
  g_free (secret);
}

SwHttpRequest *
sw_http_request_new (const char *method, const char *url)
{
  SwHttpRequest *self = g_new0 (SwHttpRequest, 1);

  self->method = g_strdup (method);
  self->url = g_strdup (url);
  self->repeatable = g_str_equal (method, "GET");
  return self;
}

void
sw_http_request_free (SwHttpRequest *self)
{
  g_free (self->method);
  g_free (self->url);
  g_free (self->account);
  forget (self->secret);
  curl_slist_free_all (self->headers);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

void
sw_http_request_add_header (SwHttpRequest *self, const char *name, const char *value)
{
  g_autofree char *line = g_strdup_printf ("%s: %s", name, value);

  /* A value with a line break would be two headers. */
  g_return_if_fail (strpbrk (line, "\r\n") == NULL);
  self->headers = curl_slist_append (self->headers, line);
}

void
sw_http_request_set_secret (SwHttpRequest *self, const char *account, const char *secret)
{
  self->account = g_strdup (account);
  forget (self->secret);
  self->secret = g_strdup (secret);
}

void
sw_http_request_set_body (SwHttpRequest *self, const char *type, GBytes *body, const char *key)
{
  self->body = g_bytes_ref (body);
  sw_http_request_add_header (self, "Content-Type", type);
  if (key != NULL)
    {
      sw_http_request_add_header (self, "Idempotency-Key", key);
      self->repeatable = TRUE;
    }
}

/* Transfers */

static void
detach (Transfer *transfer)
{
  if (transfer->easy == NULL)
    return;
  curl_multi_remove_handle (transfer->http->multi, transfer->easy);
  g_clear_pointer (&transfer->easy, curl_easy_cleanup);
}

static void
transfer_free (Transfer *transfer)
{
  detach (transfer);
  g_clear_handle_id (&transfer->wait, g_source_remove);
  if (transfer->cancelled != NULL)
    g_source_destroy (transfer->cancelled);
  g_clear_pointer (&transfer->cancelled, g_source_unref);
  g_byte_array_unref (transfer->body);
  sw_http_request_free (transfer->request);
  g_clear_object (&transfer->task);
  g_free (transfer);
}

/* Takes @error. */
static void
fail (Transfer *transfer, GError *error)
{
  g_autoptr (GTask) task = g_object_ref (transfer->task);

  transfer_free (transfer);
  g_task_return_error (task, error);
}

static void
succeed (Transfer *transfer, long status)
{
  g_autoptr (GTask) task = g_object_ref (transfer->task);
  GBytes *body = g_byte_array_free_to_bytes (g_steal_pointer (&transfer->body));

  transfer->body = g_byte_array_new ();
  transfer_free (transfer);
  g_object_set_data (G_OBJECT (task), "sw-status", GUINT_TO_POINTER ((guint) status));
  g_task_return_pointer (task, body, (GDestroyNotify) g_bytes_unref);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer user_data)
{
  fail (user_data, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "the request was cancelled"));
  return G_SOURCE_REMOVE;
}

static gsize
on_body (char *data, gsize size, gsize n, void *user_data)
{
  Transfer *transfer = user_data;

  if (transfer->body->len + size * n > transfer->http->limits.max_bytes)
    {
      transfer->too_large = TRUE;
      return 0;
    }
  g_byte_array_append (transfer->body, (const guint8 *) data, (guint) (size * n));
  return size * n;
}

static gboolean
on_waited (gpointer user_data)
{
  Transfer *transfer = user_data;

  transfer->wait = 0;
  start (transfer);
  return G_SOURCE_REMOVE;
}

/* TRUE when the request will be sent again, after a wait. */
static gboolean
try_again (Transfer *transfer, guint64 retry_after_s)
{
  const SwHttpLimits *limits = &transfer->http->limits;
  guint64 wait;

  if (!transfer->request->repeatable || transfer->attempt >= limits->max_attempts)
    return FALSE;
  wait = MIN ((guint64) limits->first_wait_ms << MIN (transfer->attempt - 1, 20), limits->max_wait_ms);
  /* Many clients cut at once do not come back at once. */
  wait = wait / 2 + (guint64) g_random_int_range (0, (gint32) wait / 2 + 1);
  if (retry_after_s > 0)
    wait = MIN (MAX (wait, retry_after_s * 1000), limits->max_wait_ms);
  transfer->wait = g_timeout_add ((guint) wait, on_waited, transfer);
  return TRUE;
}

/* For a person; what libcurl says follows in brackets. */
static const char *const sentences[] = {
  [SW_HTTP_ERROR_UNREACHABLE] = N_("The address cannot be reached"),
  [SW_HTTP_ERROR_CUT] = N_("The connection was cut before the end of the answer"),
  [SW_HTTP_ERROR_TIMED_OUT] = N_("The answer takes too long"),
  [SW_HTTP_ERROR_TLS] = N_("The other side cannot prove who it is: check the address and the certificates"),
  [SW_HTTP_ERROR_TOO_LARGE] = N_("The answer is too large"),
  [SW_HTTP_ERROR_REDIRECTED] = N_("The address sends elsewhere, which is refused: enter the final one"),
  [SW_HTTP_ERROR_FAILED] = N_("The request failed"),
};

static GError *
error_of (Transfer *transfer, CURLcode code)
{
  int kind = SW_HTTP_ERROR_FAILED;

  switch (code)
    {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      kind = SW_HTTP_ERROR_UNREACHABLE;
      break;
    case CURLE_PARTIAL_FILE:
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_HTTP2_STREAM:
      kind = SW_HTTP_ERROR_CUT;
      break;
    case CURLE_OPERATION_TIMEDOUT:
      kind = SW_HTTP_ERROR_TIMED_OUT;
      break;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      kind = SW_HTTP_ERROR_TLS;
      break;
    case CURLE_FILESIZE_EXCEEDED:
      kind = SW_HTTP_ERROR_TOO_LARGE;
      break;
    default:
      break;
    }
  if (transfer->too_large)
    kind = SW_HTTP_ERROR_TOO_LARGE;
  return g_error_new (SW_HTTP_ERROR, kind, "%s (%s)", g_dgettext (GETTEXT_PACKAGE, sentences[kind]), curl_easy_strerror (code));
}

static void
on_finished (Transfer *transfer, CURLcode code)
{
  long status = 0;
  curl_off_t retry_after = 0;
  g_autoptr (GError) error = code != CURLE_OK ? error_of (transfer, code) : NULL;

  curl_easy_getinfo (transfer->easy, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo (transfer->easy, CURLINFO_RETRY_AFTER, &retry_after);
  detach (transfer);
  if (error != NULL)
    {
      gboolean passing = error->code == SW_HTTP_ERROR_UNREACHABLE || error->code == SW_HTTP_ERROR_CUT
                         || error->code == SW_HTTP_ERROR_TIMED_OUT;

      if (!passing || !try_again (transfer, 0))
        fail (transfer, g_steal_pointer (&error));
      return;
    }
  if ((status == 429 || status == 500 || (status >= 502 && status <= 504))
      && try_again (transfer, (guint64) MAX (retry_after, 0)))
    return;
  if (status >= 300 && status < 400)
    fail (transfer, g_error_new (SW_HTTP_ERROR, SW_HTTP_ERROR_REDIRECTED, "%s (%ld)",
                                 g_dgettext (GETTEXT_PACKAGE, sentences[SW_HTTP_ERROR_REDIRECTED]), status));
  else
    succeed (transfer, status);
}

static void
start (Transfer *transfer)
{
  const SwHttpLimits *limits = &transfer->http->limits;
  SwHttpRequest *request = transfer->request;
  CURL *easy = curl_easy_init ();

  transfer->easy = easy;
  transfer->attempt++;
  transfer->http->n_sent++;
  g_byte_array_set_size (transfer->body, 0);
  g_debug ("%s %s", request->method, request->url);
  curl_easy_setopt (easy, CURLOPT_URL, request->url);
  curl_easy_setopt (easy, CURLOPT_PRIVATE, transfer);
  curl_easy_setopt (easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt (easy, CURLOPT_FOLLOWLOCATION, 0L);
  /* In clear only to this machine: the database refuses other addresses too. */
  curl_easy_setopt (easy, CURLOPT_PROTOCOLS_STR,
                    g_str_has_prefix (request->url, "http://127.0.0.1") || g_str_has_prefix (request->url, "http://localhost") ? "http"
                                                                                                                             : "https");
  curl_easy_setopt (easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt (easy, CURLOPT_CONNECTTIMEOUT_MS, (long) limits->connect_ms);
  curl_easy_setopt (easy, CURLOPT_TIMEOUT_MS, (long) limits->total_ms);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_LIMIT, (long) limits->low_speed_bytes);
  curl_easy_setopt (easy, CURLOPT_LOW_SPEED_TIME, (long) limits->low_speed_s);
  curl_easy_setopt (easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t) limits->max_bytes);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  if (transfer->http->ca_file != NULL)
    curl_easy_setopt (easy, CURLOPT_CAINFO, transfer->http->ca_file);
  curl_easy_setopt (easy, CURLOPT_HTTPHEADER, request->headers);
  if (request->secret != NULL && request->account != NULL)
    {
      curl_easy_setopt (easy, CURLOPT_HTTPAUTH, (long) CURLAUTH_BASIC);
      curl_easy_setopt (easy, CURLOPT_USERNAME, request->account);
      curl_easy_setopt (easy, CURLOPT_PASSWORD, request->secret);
    }
  else if (request->secret != NULL)
    {
      curl_easy_setopt (easy, CURLOPT_HTTPAUTH, (long) CURLAUTH_BEARER);
      curl_easy_setopt (easy, CURLOPT_XOAUTH2_BEARER, request->secret);
    }
  if (request->body != NULL)
    {
      curl_easy_setopt (easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t) g_bytes_get_size (request->body));
      curl_easy_setopt (easy, CURLOPT_POSTFIELDS, g_bytes_get_data (request->body, NULL));
    }
  if (!g_str_equal (request->method, "GET"))
    curl_easy_setopt (easy, CURLOPT_CUSTOMREQUEST, request->method);
  curl_easy_setopt (easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt (easy, CURLOPT_WRITEDATA, transfer);
  curl_multi_add_handle (transfer->http->multi, easy);
}

/* libcurl in the main loop */

static void
collect (SwHttp *self)
{
  g_autoptr (SwHttp) alive = g_object_ref (self);
  CURLMsg *message;
  int left;

  while ((message = curl_multi_info_read (self->multi, &left)) != NULL)
    if (message->msg == CURLMSG_DONE)
      {
        CURLcode code = message->data.result;
        Transfer *transfer = NULL;

        curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, &transfer);
        on_finished (transfer, code);
      }
}

static gboolean
on_socket (int fd, GIOCondition condition, gpointer user_data)
{
  SwHttp *self = user_data;
  int mask = 0, running;

  if (condition & (G_IO_IN | G_IO_HUP))
    mask |= CURL_CSELECT_IN;
  if (condition & G_IO_OUT)
    mask |= CURL_CSELECT_OUT;
  if (condition & G_IO_ERR)
    mask |= CURL_CSELECT_ERR;
  curl_multi_socket_action (self->multi, fd, mask, &running);
  collect (self);
  return G_SOURCE_CONTINUE;
}

static int
on_socket_wanted (CURL *easy, curl_socket_t fd, int what, void *user_data, void *socket_data)
{
  SwHttp *self = user_data;
  GSource *source = socket_data;
  GIOCondition condition = 0;

  if (source != NULL)
    {
      g_source_destroy (source);
      g_source_unref (source);
    }
  if (what != CURL_POLL_REMOVE)
    {
      if (what == CURL_POLL_IN || what == CURL_POLL_INOUT)
        condition |= G_IO_IN;
      if (what == CURL_POLL_OUT || what == CURL_POLL_INOUT)
        condition |= G_IO_OUT;
      source = g_unix_fd_source_new (fd, condition);
      g_source_set_callback (source, G_SOURCE_FUNC (on_socket), self, NULL);
      g_source_attach (source, NULL);
    }
  else
    source = NULL;
  curl_multi_assign (self->multi, fd, source);
  return 0;
}

static gboolean
on_timer (gpointer user_data)
{
  SwHttp *self = user_data;
  int running;

  self->timer = 0;
  curl_multi_socket_action (self->multi, CURL_SOCKET_TIMEOUT, 0, &running);
  collect (self);
  return G_SOURCE_REMOVE;
}

static int
on_timer_wanted (CURLM *multi, long ms, void *user_data)
{
  SwHttp *self = user_data;

  g_clear_handle_id (&self->timer, g_source_remove);
  if (ms >= 0)
    self->timer = g_timeout_add ((guint) ms, on_timer, self);
  return 0;
}

/* The object */

SwHttp *
sw_http_new (const char *ca_file, const SwHttpLimits *limits)
{
  SwHttp *self = g_object_new (SW_TYPE_HTTP, NULL);

  self->ca_file = g_strdup (ca_file);
  self->limits = limits != NULL ? *limits : sw_http_default_limits;
  return self;
}

void
sw_http_send_async (SwHttp *self,
                    SwHttpRequest *request,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->http = self;
  transfer->task = g_task_new (self, cancellable, callback, user_data);
  transfer->request = request;
  transfer->body = g_byte_array_new ();
  if (cancellable != NULL)
    {
      transfer->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (transfer->cancelled, G_SOURCE_FUNC (on_cancelled), transfer, NULL);
      g_source_attach (transfer->cancelled, NULL);
    }
  start (transfer);
}

GBytes *
sw_http_send_finish (SwHttp *self, GAsyncResult *result, guint *status, GError **error)
{
  GBytes *body = g_task_propagate_pointer (G_TASK (result), error);

  if (body != NULL && status != NULL)
    *status = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (result), "sw-status"));
  return body;
}

guint
sw_http_get_n_sent (SwHttp *self)
{
  return self->n_sent;
}

static void
finalize (GObject *object)
{
  SwHttp *self = SW_HTTP (object);

  curl_multi_cleanup (self->multi);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_free (self->ca_file);
  G_OBJECT_CLASS (sw_http_parent_class)->finalize (object);
}

static void
sw_http_class_init (SwHttpClass *klass)
{
  curl_global_init (CURL_GLOBAL_DEFAULT);
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
sw_http_init (SwHttp *self)
{
  self->multi = curl_multi_init ();
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETFUNCTION, on_socket_wanted);
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERFUNCTION, on_timer_wanted);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERDATA, self);
}
