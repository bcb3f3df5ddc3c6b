/* sw-sync.c: see sw-sync.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/sw-sync.h"

#include "model/sw-call.h"

#define AT_ONCE 6      /* questions on their way to the provider */
#define MAX_BATCH 100  /* answers handed in together */
#define MAX_BYTES (8 * 1024 * 1024)
#define MAX_WAITING 200 /* answers in memory: the server is slower than the provider */
#define ATTEMPTS 3     /* at an answer that makes no sense */

typedef struct
{
  gint64 id;
  char *resource;
  char *key;
  guint page;
  guint attempts;
} Question;

typedef struct
{
  gint64 id;
  SwProviderPage *page;
} Answer;

struct _SwSync
{
  GObject parent_instance;

  SwSession *session;
  char *code;
  char *secret;
  const SwHttpLimits *limits;
  SwProvider *provider;
  gint64 run_id;
  GTask *task;
  GCancellable *asking;  /* ends what is on its way to the provider */
  gulong cancelled;
  GHashTable *known;     /* ids of questions taken up */
  GQueue questions;
  GQueue answers;
  guint on_the_way;
  gboolean handing_in;
  GError *error; /* why it ends early */
  SwSyncProgress progress;
};

G_DEFINE_FINAL_TYPE (SwSync, sw_sync, G_TYPE_OBJECT)

static void go_on (SwSync *self);

static void
question_free (Question *question)
{
  g_free (question->resource);
  g_free (question->key);
  g_free (question);
}

static void
answer_free (Answer *answer)
{
  sw_provider_page_free (answer->page);
  g_free (answer);
}

/* What the server says */

static guint
number (JsonObject *object, const char *name)
{
  return (guint) json_object_get_int_member_with_default (object, name, 0);
}

static JsonObject *
object_of (const char *text)
{
  g_autoptr (JsonNode) root = text != NULL ? json_from_string (text, NULL) : NULL;

  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_object_ref (json_node_get_object (root)) : NULL;
}

static void
take_progress (SwSync *self, JsonObject *told)
{
  JsonArray *tasks = json_object_has_member (told, "tasks") ? json_object_get_array_member (told, "tasks") : NULL;

  self->progress = (SwSyncProgress) { number (told, "done"),    number (told, "total"), number (told, "created"),
                                      number (told, "changed"), number (told, "same"),  number (told, "anomalies") };
  /* The last of them first, so that the first of them is asked next. */
  for (guint i = tasks != NULL ? json_array_get_length (tasks) : 0; i-- > 0;)
    {
      JsonObject *task = json_array_get_object_element (tasks, i);
      gint64 id = json_object_get_int_member (task, "id");
      Question *question;

      if (!g_hash_table_add (self->known, g_memdup2 (&id, sizeof id)))
        continue;
      question = g_new0 (Question, 1);
      question->id = id;
      question->resource = g_strdup (json_object_get_string_member (task, "resource"));
      question->key = g_strdup (json_object_get_string_member (task, "key"));
      question->page = number (task, "page");
      g_queue_push_head (&self->questions, question);
    }
  g_signal_emit_by_name (self, "progress");
}

/* Takes @error; the first reason stays. */
static void
give_up (SwSync *self, GError *error)
{
  if (self->error == NULL)
    self->error = error;
  else
    g_error_free (error);
  g_cancellable_cancel (self->asking);
}

/* The end */

static void
finish (SwSync *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  if (self->cancelled != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), self->cancelled);
  self->cancelled = 0;
  if (self->error != NULL)
    g_task_return_error (task, g_steal_pointer (&self->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwSync) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sw_call_run_finish_text (result, &error);
  g_autoptr (JsonObject) told = object_of (text);

  if (error != NULL && self->error == NULL)
    self->error = g_steal_pointer (&error);
  if (told != NULL)
    take_progress (self, told);
  finish (self);
}

static void
end (SwSync *self)
{
  g_autoptr (SwCall) call = NULL;
  const char *status = "done";

  self->handing_in = TRUE; /* nothing follows */
  if (self->run_id == 0)
    {
      finish (self);
      return;
    }
  if (self->error != NULL)
    status = g_error_matches (self->error, G_IO_ERROR, G_IO_ERROR_CANCELLED) ? "cancelled" : "failed";
  call = sw_call_new ("sync_end");
  sw_call_add_id (call, NULL, self->run_id);
  sw_call_add_text (call, NULL, status);
  sw_call_add_text (call, NULL, self->error != NULL ? self->error->message : NULL);
  sw_call_set_once (call, NULL);
  sw_call_set_lane (call, SW_SESSION_BACKGROUND);
  sw_call_run_async (call, self->session, NULL, on_ended, g_object_ref (self));
}

/* Handing in */

static void
on_handed_in (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwSync) self = user_data;
  GError *error = NULL;
  g_autofree char *text = sw_call_run_finish_text (result, &error);
  g_autoptr (JsonObject) told = object_of (text);

  self->handing_in = FALSE;
  if (error != NULL)
    give_up (self, error);
  else if (told != NULL)
    take_progress (self, told);
  go_on (self);
}

static JsonNode *
node_of_array (JsonArray *array)
{
  JsonNode *node = json_node_new (JSON_NODE_ARRAY);

  json_node_take_array (node, array);
  return node;
}

static void
hand_in (SwSync *self)
{
  g_autoptr (SwCall) call = sw_call_new ("sync_add");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);
  JsonArray *pages = json_array_new ();
  g_autoptr (JsonNode) node = NULL;
  gsize bytes = 0;

  while (!g_queue_is_empty (&self->answers) && ids->len < MAX_BATCH && bytes < MAX_BYTES)
    {
      Answer *answer = g_queue_pop_head (&self->answers);
      JsonObject *page = json_object_new ();

      bytes += strlen (answer->page->text);
      g_array_append_val (ids, answer->id);
      g_ptr_array_add (texts, g_steal_pointer (&answer->page->text));
      json_object_set_array_member (page, "items", g_steal_pointer (&answer->page->items));
      json_object_set_array_member (page, "next", g_steal_pointer (&answer->page->next));
      json_array_add_object_element (pages, page);
      answer_free (answer);
    }
  g_ptr_array_add (texts, NULL);
  node = node_of_array (pages);
  sw_call_add_id (call, NULL, self->run_id);
  sw_call_add_ids (call, NULL, (const gint64 *) ids->data, ids->len);
  sw_call_add_texts (call, NULL, (const char *const *) texts->pdata);
  sw_call_add_json (call, NULL, node);
  /* Cut, it waits for the session to come back and asks whether it was done. */
  sw_call_set_once (call, NULL);
  sw_call_set_lane (call, SW_SESSION_BACKGROUND);
  self->handing_in = TRUE;
  sw_call_run_async (call, self->session, NULL, on_handed_in, g_object_ref (self));
}

/* Asking */

typedef struct
{
  SwSync *sync;
  Question *question;
} Asked;

/* An answer nobody can read, below the list itself: told as an anomaly, the rest goes on. */
static SwProviderPage *
unreadable_page (Question *question, const char *why)
{
  SwProviderPage *page = g_new0 (SwProviderPage, 1);
  JsonObject *problem = json_object_new ();
  JsonObject *body = json_object_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_string_member (problem, "kind", g_str_equal (question->resource, "lines") ? "line" : g_str_equal (question->resource, "services") ? "service" : "site");
  json_object_set_string_member (problem, "external_id", question->key);
  json_object_set_string_member (problem, "problem", why);
  page->items = json_array_new ();
  page->next = json_array_new ();
  json_array_add_object_element (page->items, problem);
  json_object_set_string_member (body, "unreadable", why);
  json_node_take_object (node, body);
  page->text = json_to_string (node, FALSE);
  return page;
}

static void
on_asked (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Asked *asked = user_data;
  g_autoptr (SwSync) self = asked->sync;
  Question *question = asked->question;
  GError *error = NULL;
  SwProviderPage *page = sw_provider_ask_finish (SW_PROVIDER (source), result, &error);

  self->on_the_way--;
  if (g_error_matches (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER)
      || g_error_matches (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_REFUSED)
      || g_error_matches (error, SW_HTTP_ERROR, SW_HTTP_ERROR_TOO_LARGE))
    {
      if (++question->attempts < ATTEMPTS)
        {
          g_clear_error (&error);
          g_queue_push_tail (&self->questions, question);
          go_on (self);
          return;
        }
      if (!g_str_equal (question->resource, sw_provider_get_root (self->provider)))
        page = unreadable_page (question, error->message);
    }
  if (page != NULL)
    {
      Answer *answer = g_new0 (Answer, 1);

      g_clear_error (&error);
      answer->id = question->id;
      answer->page = page;
      g_queue_push_tail (&self->answers, answer);
    }
  else
    give_up (self, error);
  question_free (question);
  go_on (self);
}

static void
ask (SwSync *self)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->sync = g_object_ref (self);
  asked->question = g_queue_pop_head (&self->questions);
  self->on_the_way++;
  sw_provider_ask_async (self->provider, asked->question->resource, asked->question->key, asked->question->page, self->asking,
                         on_asked, asked);
}

static void
go_on (SwSync *self)
{
  while (self->error == NULL && self->on_the_way < AT_ONCE && !g_queue_is_empty (&self->questions)
         && g_queue_get_length (&self->answers) < MAX_WAITING)
    ask (self);
  if (self->handing_in)
    return;
  /* What came is kept even when the rest is given up. */
  if (!g_queue_is_empty (&self->answers) && (self->error == NULL || self->error->domain != SW_PG_ERROR))
    hand_in (self);
  else if (self->on_the_way == 0 && (self->error != NULL || g_queue_is_empty (&self->questions)))
    end (self);
}

/* The beginning */

static void
on_cancelled (GCancellable *cancellable, SwSync *self)
{
  give_up (self, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled"));
}

static char *
text_of (JsonObject *object, const char *name)
{
  return g_strdup (json_object_get_string_member_with_default (object, name, NULL));
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwSync) self = user_data;
  GError *error = NULL;
  g_autofree char *text = sw_call_run_finish_text (result, &error);
  g_autoptr (JsonObject) told = object_of (text);
  g_autoptr (SwProviderPlace) place = NULL;

  if (told == NULL)
    {
      give_up (self, error != NULL ? error : g_error_new_literal (SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, "the server says nothing"));
      finish (self);
      return;
    }
  self->run_id = json_object_get_int_member (told, "run_id");
  place = g_new0 (SwProviderPlace, 1);
  place->base_url = text_of (told, "base_url");
  place->account = text_of (told, "account");
  place->ca_file = text_of (told, "ca_file");
  place->since = text_of (told, "since");
  place->secret = g_strdup (self->secret);
  place->page_size = number (told, "page_size");
  while (g_str_has_suffix (place->base_url, "/"))
    place->base_url[strlen (place->base_url) - 1] = '\0';
  g_clear_object (&self->provider);
  self->provider = sw_provider_new (self->code, place, self->limits);
  take_progress (self, told);
  if (g_task_get_cancellable (self->task) != NULL)
    self->cancelled = g_cancellable_connect (g_task_get_cancellable (self->task), G_CALLBACK (on_cancelled), self, NULL);
  go_on (self);
}

void
sw_sync_run_async (SwSync *self,
                   gboolean full,
                   const char *secret,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  SwProviderPlace nowhere = { 0 };
  g_autoptr (SwProvider) provider = sw_provider_new (self->code, &nowhere, NULL);
  g_autoptr (SwCall) call = sw_call_new ("sync_start");
  g_autoptr (JsonNode) first = json_node_new (JSON_NODE_ARRAY);
  JsonObject *question = json_object_new ();
  JsonArray *array = json_array_new ();

  g_return_if_fail (self->task == NULL && provider != NULL);
  self->task = g_task_new (self, cancellable, callback, user_data);
  /* The end is told to the server first, whatever was cancelled. */
  g_task_set_check_cancellable (self->task, FALSE);
  self->secret = g_strdup (secret);
  self->asking = g_cancellable_new ();
  self->known = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  json_object_set_string_member (question, "resource", sw_provider_get_root (provider) != NULL ? sw_provider_get_root (provider) : "lines");
  json_array_add_object_element (array, question);
  json_node_take_array (first, array);
  sw_call_add_text (call, NULL, self->code);
  sw_call_add_bool (call, NULL, full);
  sw_call_add_json (call, NULL, first);
  sw_call_set_lane (call, SW_SESSION_BACKGROUND);
  sw_call_run_async (call, self->session, cancellable, on_started, g_object_ref (self));
}

gboolean
sw_sync_run_finish (SwSync *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

const SwSyncProgress *
sw_sync_get_progress (SwSync *self)
{
  return &self->progress;
}

SwSync *
sw_sync_new (SwSession *session, const char *provider, const SwHttpLimits *limits)
{
  SwSync *self = g_object_new (SW_TYPE_SYNC, NULL);

  self->session = g_object_ref (session);
  self->code = g_strdup (provider);
  self->limits = limits;
  return self;
}

static void
finalize (GObject *object)
{
  SwSync *self = SW_SYNC (object);

  g_clear_object (&self->session);
  g_clear_object (&self->provider);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->known, g_hash_table_unref);
  g_clear_error (&self->error);
  g_queue_clear_full (&self->questions, (GDestroyNotify) question_free);
  g_queue_clear_full (&self->answers, (GDestroyNotify) answer_free);
  g_free (self->code);
  if (self->secret != NULL)
    explicit_bzero (self->secret, strlen (self->secret));
  g_free (self->secret);
  G_OBJECT_CLASS (sw_sync_parent_class)->finalize (object);
}

static void
sw_sync_class_init (SwSyncClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
  g_signal_new ("progress", SW_TYPE_SYNC, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
sw_sync_init (SwSync *self)
{
  g_queue_init (&self->questions);
  g_queue_init (&self->answers);
}
