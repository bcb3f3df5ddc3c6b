/* sw-http.h: HTTP for operators' systems, in the main loop
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * TLS is verified, redirections are refused, answers have a largest size and a longest time. A
 * request that may be repeated (GET, or one with an idempotency key) is, less and less often, after a
 * cut or a status 429, 500, 502, 503 or 504; Retry-After is obeyed up to a limit. Nothing a request
 * carries is ever logged but its method and address.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define SW_HTTP_ERROR (sw_http_error_quark ())
GQuark sw_http_error_quark (void);

typedef enum
{
  SW_HTTP_ERROR_UNREACHABLE, /* no such host, connection refused */
  SW_HTTP_ERROR_CUT,         /* the answer did not come to its end */
  SW_HTTP_ERROR_TIMED_OUT,   /* or came too slowly */
  SW_HTTP_ERROR_TLS,         /* the other side is not who it should be */
  SW_HTTP_ERROR_TOO_LARGE,
  SW_HTTP_ERROR_REDIRECTED,
  SW_HTTP_ERROR_FAILED, /* anything else */
} SwHttpError;

typedef struct
{
  guint connect_ms;
  guint total_ms;
  guint low_speed_bytes; /* a second, */
  guint low_speed_s;     /* for so long, is too slow */
  gsize max_bytes;       /* of an answer, after decompression */
  guint max_attempts;
  guint first_wait_ms; /* doubles at each attempt, less a random part */
  guint max_wait_ms;   /* also the most a Retry-After is obeyed */
} SwHttpLimits;

extern const SwHttpLimits sw_http_default_limits;

#define SW_TYPE_HTTP (sw_http_get_type ())
G_DECLARE_FINAL_TYPE (SwHttp, sw_http, SW, HTTP, GObject)

/* @ca_file: the certificates trusted instead of the system's, or NULL. @limits: NULL for the default. */
SwHttp *sw_http_new (const char *ca_file, const SwHttpLimits *limits);

typedef struct _SwHttpRequest SwHttpRequest;

SwHttpRequest *sw_http_request_new (const char *method, const char *url);
void sw_http_request_free (SwHttpRequest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwHttpRequest, sw_http_request_free)

void sw_http_request_add_header (SwHttpRequest *self, const char *name, const char *value);
/* With an account Basic, else Bearer. */
void sw_http_request_set_secret (SwHttpRequest *self, const char *account, const char *secret);
/* @key: sent as Idempotency-Key, so that the request may be repeated; or NULL. */
void sw_http_request_set_body (SwHttpRequest *self, const char *type, GBytes *body, const char *key);

/* Takes @request. */
void sw_http_send_async (SwHttp *self,
                         SwHttpRequest *request,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data);
/* The answer, of any status; NULL with SW_HTTP_ERROR or G_IO_ERROR_CANCELLED. */
GBytes *sw_http_send_finish (SwHttp *self, GAsyncResult *result, guint *status, GError **error);

/* How many times anything was sent, repetitions included. */
guint sw_http_get_n_sent (SwHttp *self);

G_END_DECLS
