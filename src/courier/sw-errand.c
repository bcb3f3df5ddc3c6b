/* sw-errand.c: see sw-errand.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "courier/sw-errand.h"

#include <string.h>
#include <sysexits.h>

#include "model/sw-call.h"
#include "model/sw-rule-messages.h"
#include "network/sw-secret.h"
#include "network/sw-sync.h"
#include "postgres/sw-pg-error.h"

struct _SwErrand
{
  char *provider;
  gboolean full;
  char *secrets;

  SwSession *session;
  SwSync *sync;
  GCancellable *cancellable;
  SwErrandDone done;
  gpointer user_data;
  GListModel *requests;
  guint next_request;
  gint64 said_at; /* when progress was last said */
  int status;
};

SwErrand *
sw_errand_new (const char *provider, gboolean full, const char *secrets)
{
  SwErrand *self = g_new0 (SwErrand, 1);

  self->provider = g_strdup (provider);
  self->full = full;
  self->secrets = g_strdup (secrets);
  return self;
}

static void
forget_round (SwErrand *self)
{
  if (self->session != NULL)
    sw_session_close (self->session);
  g_clear_object (&self->sync);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->requests);
}

void
sw_errand_free (SwErrand *self)
{
  forget_round (self);
  g_free (self->provider);
  g_free (self->secrets);
  g_free (self);
}

gboolean
sw_errand_is_running (SwErrand *self)
{
  return self->done != NULL;
}

static void
finish (SwErrand *self, int status)
{
  SwErrandDone done = g_steal_pointer (&self->done);

  forget_round (self);
  done (status, self->user_data);
}

static int
status_of (const GError *error)
{
  if (error->domain == SW_PROVIDER_ERROR)
    return error->code == SW_PROVIDER_ERROR_SECRET ? EX_NOPERM : error->code == SW_PROVIDER_ERROR_UNSUPPORTED ? EX_CONFIG : EX_UNAVAILABLE;
  if (error->domain == SW_HTTP_ERROR)
    return EX_UNAVAILABLE;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED))
    return EX_NOPERM;
  if (error->domain == G_IO_ERROR && error->code != G_IO_ERROR_CANCELLED)
    return EX_CONFIG;
  /* No address, or no right to do this. */
  if (sw_pg_error_get_sqlstate (error) != NULL && (g_str_equal (sw_pg_error_get_sqlstate (error), "SW006") || g_str_equal (sw_pg_error_get_sqlstate (error), "SW002")))
    return EX_CONFIG;
  if (sw_pg_error_get_sqlstate (error) != NULL && (g_str_equal (sw_pg_error_get_sqlstate (error), "42501") || g_str_has_prefix (sw_pg_error_get_sqlstate (error), "28")))
    return EX_NOPERM;
  return EX_TEMPFAIL;
}

static void
tell_error (SwErrand *self, const char *what, const GError *error)
{
  g_autofree char *sentence = sw_rule_message (error);

  g_printerr ("%s: %s: %s\n", self->provider, what, sentence);
}

/* Requests */

static void carry_next (SwErrand *self);

static void
on_noted (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwErrand *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, &error);

  if (answer == NULL)
    {
      tell_error (self, "a request could not be noted", error);
      finish (self, status_of (error));
    }
  else
    carry_next (self);
}

static void
carry_next (SwErrand *self)
{
  g_autoptr (SwRecord) request = self->requests != NULL ? g_list_model_get_item (self->requests, self->next_request++) : NULL;
  g_autoptr (SwCall) call = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwProvider) provider = NULL;
  SwProviderPlace nowhere = { 0 };

  if (request == NULL)
    {
      finish (self, self->status);
      return;
    }
  provider = sw_provider_new (self->provider, &nowhere, NULL);
  /* No provider takes requests yet: each says why, on the request, for whoever asked. */
  sw_provider_send (provider, sw_record_get_text (request, "action"), &error);
  g_printerr ("%s: request %" G_GINT64_FORMAT " (%s) waits: %s\n", self->provider, sw_record_get_id (request),
              sw_record_get_text (request, "action"), error != NULL ? error->message : "not sent");
  call = sw_call_new ("operator_request_note");
  sw_call_add_id (call, NULL, sw_record_get_id (request));
  sw_call_add_text (call, NULL, error != NULL ? error->message : NULL);
  sw_call_run_async (call, self->session, self->cancellable, on_noted, self);
}

static void
on_requests (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwErrand *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) record = sw_call_run_finish_record (result, &error);

  if (record == NULL)
    {
      if (error != NULL)
        tell_error (self, "requests could not be read", error);
      finish (self, error != NULL ? status_of (error) : self->status);
      return;
    }
  self->requests = sw_record_get_rows (record, "requests");
  if (self->requests != NULL)
    g_object_ref (self->requests);
  self->next_request = 0;
  carry_next (self);
}

static void
carry (SwErrand *self)
{
  g_autoptr (SwCall) call = sw_call_new ("operator_requests");

  sw_call_add_text (call, NULL, self->provider);
  sw_call_run_async (call, self->session, self->cancellable, on_requests, self);
}

/* Synchronising */

static void
say_progress (SwErrand *self)
{
  const SwSyncProgress *p = sw_sync_get_progress (self->sync);

  g_printerr ("%s: %u of %u questions, %u new, %u changed, %u as they were, %u anomalies\n", self->provider, p->done, p->total,
              p->created, p->changed, p->same, p->anomalies);
}

static void
on_progress (SwSync *sync, SwErrand *self)
{
  /* A journal is read: a line every ten seconds. */
  if (g_get_monotonic_time () - self->said_at < 10 * G_USEC_PER_SEC)
    return;
  self->said_at = g_get_monotonic_time ();
  say_progress (self);
}

static void
on_synchronised (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwErrand *self = user_data;
  g_autoptr (GError) error = NULL;

  if (sw_sync_run_finish (self->sync, result, &error))
    {
      say_progress (self);
      carry (self);
      return;
    }
  tell_error (self, "the synchronisation ended early and goes on next time", error);
  self->status = status_of (error);
  if (g_error_matches (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_UNSUPPORTED))
    carry (self);
  else
    finish (self, self->status);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer user_data)
{
  SwErrand *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) no_secret = NULL;
  char *secret;

  if (!sw_session_open_finish (self->session, result, &error))
    {
      tell_error (self, "the database cannot be reached", error);
      finish (self, status_of (error));
      return;
    }
  secret = sw_secret_read_file (self->secrets, self->provider, &no_secret);
  /* An account without a secret is one nobody made a file for; a file others may read is a fault. */
  if (secret == NULL && !g_error_matches (no_secret, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    {
      g_printerr ("%s: %s\n", self->provider, no_secret->message);
      finish (self, status_of (no_secret));
      return;
    }
  self->sync = sw_sync_new (self->session, self->provider, NULL);
  self->said_at = g_get_monotonic_time ();
  g_signal_connect (self->sync, "progress", G_CALLBACK (on_progress), self);
  sw_sync_run_async (self->sync, self->full, secret, self->cancellable, on_synchronised, self);
  sw_secret_free (secret);
}

void
sw_errand_run (SwErrand *self, GCancellable *cancellable, SwErrandDone done, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwServer) server = NULL;
  SwProviderPlace nowhere = { 0 };
  g_autoptr (SwProvider) known = sw_provider_new (self->provider, &nowhere, NULL);
  char *uri;
  const char *user;

  self->done = done;
  self->user_data = user_data;
  self->status = EX_OK;
  if (known == NULL)
    {
      g_printerr ("%s: there is no such provider\n", self->provider);
      finish (self, EX_USAGE);
      return;
    }
  uri = sw_secret_read_file (self->secrets, "database", &error);
  if (uri != NULL)
    server = sw_server_new_from_uri (NULL, uri, &error);
  sw_secret_free (uri);
  if (server == NULL)
    {
      g_printerr ("%s: %s\n", self->provider, error->message);
      finish (self, status_of (error));
      return;
    }
  self->cancellable = g_object_ref (cancellable);
  self->session = sw_session_new ();
  user = sw_server_get_last_user (server);
  sw_session_open_async (self->session, server, user, sw_server_get_login_password (server, user), cancellable, on_opened, self);
}
