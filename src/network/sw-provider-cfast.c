/* sw-provider-cfast.c: see sw-provider-cfast.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * CFAST publishes no description of its interface. Known from the reseller's own documents: a GET
 * returns the history of changes, with articlePeriodicPrice and periodicBuyPrice; accounts are numbered
 * 1000 (customer), 5000 (billing site) and 9000 (service). The addresses, the paging and the way to log
 * in below are what these documents suggest, to be compared with the real system; everything that
 * depends on them is in this file. It only reads: nothing tells how to ask CFAST for a change.
 */
#include "network/sw-provider-cfast.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "base/sw-text.h"
#include "network/sw-json.h"

#define MAX_ITEMS 10000   /* of a page */
#define MAX_ARTICLES 1000 /* of a line */
#define MAX_PAGES 100000

struct _SwProviderCfast
{
  SwProvider parent_instance;
};

G_DEFINE_FINAL_TYPE (SwProviderCfast, sw_provider_cfast, SW_TYPE_PROVIDER)

typedef struct
{
  const char *theirs; /* folded */
  const char *ours;
} Word;

static const Word service_kinds[] = { { "mobile", "mobile" },     { "fixe", "fixed" },           { "fixed", "fixed" },
                                      { "internet", "internet" }, { "cybersecurite", "cybersecurity" }, { NULL, NULL } };
static const Word service_activities[] = { { "actif", "active" }, { "resilie", "terminated" }, { NULL, NULL } };
static const Word service_statuses[]
    = { { "principale", "main" }, { "agence", "branch" }, { "autres", "other" }, { "autre", "other" }, { NULL, NULL } };
static const Word line_activities[] = { { "actif", "active" },
                                        { "inactif", "inactive" },
                                        { "resilie", "terminated" },
                                        { "obsolete", "obsolete" },
                                        { "en cours de construction", "under_construction" },
                                        { NULL, NULL } };
static const Word article_kinds[] = { { "subscription", "subscription" }, { "option", "option" }, { NULL, NULL } };
/* Months a price is for. */
static const Word periods[] = { { "month", "1" },   { "mensuelle", "1" },     { "quarter", "3" }, { "trimestrielle", "3" },
                                { "half", "6" },    { "semestrielle", "6" },  { "year", "12" },   { "annuelle", "12" },
                                { NULL, NULL } };

/* Reading one object of theirs into one of ours. The first thing that does not fit ends it. */
typedef struct
{
  JsonObject *theirs;
  JsonObject *ours;
  GError *error;
} Reading;

static const char *
translate (const Word *words, const char *theirs)
{
  g_autofree char *folded = sw_text_fold (theirs);

  g_strdelimit (folded, "_-", ' ');
  for (; words->theirs != NULL; words++)
    if (g_str_equal (words->theirs, folded))
      return words->ours;
  return NULL;
}

/* The members below return what they set, or NULL; it belongs to the object. */
static const char *
take_text (Reading *reading, const char *theirs, const char *ours, gboolean required)
{
  g_autofree char *value = NULL;

  if (reading->error != NULL || !sw_json_read_text (reading->theirs, theirs, required, &value, &reading->error) || value == NULL)
    return NULL;
  json_object_set_string_member (reading->ours, ours, value);
  return json_object_get_string_member (reading->ours, ours);
}

static void
take_word (Reading *reading, const char *theirs, const char *ours, const Word *words, gboolean required)
{
  g_autofree char *value = NULL;
  const char *word;

  if (reading->error != NULL || !sw_json_read_text (reading->theirs, theirs, required, &value, &reading->error) || value == NULL)
    return;
  word = translate (words, value);
  if (word != NULL)
    json_object_set_string_member (reading->ours, ours, word);
  else if (required)
    g_set_error (&reading->error, SW_JSON_ERROR, SW_JSON_ERROR_TYPE, "%s: “%s” is not known", theirs, value);
}

static void
take_decimal (Reading *reading, const char *theirs, const char *ours, const char *otherwise)
{
  g_autofree char *value = NULL;

  if (reading->error != NULL || !sw_json_read_decimal (reading->theirs, theirs, &value, &reading->error))
    return;
  if (value != NULL || otherwise != NULL)
    json_object_set_string_member (reading->ours, ours, value != NULL ? value : otherwise);
}

static const char *
take_date (Reading *reading, const char *theirs, const char *ours, gboolean required)
{
  g_autofree char *value = NULL;

  if (reading->error != NULL || !sw_json_read_date (reading->theirs, theirs, required, &value, &reading->error) || value == NULL)
    return NULL;
  json_object_set_string_member (reading->ours, ours, value);
  return json_object_get_string_member (reading->ours, ours);
}

static void
read_account (Reading *reading)
{
  take_text (reading, "customer_name", "name", FALSE);
  take_text (reading, "internal_ref", "internal_ref", FALSE);
  take_text (reading, "siret", "siret", FALSE);
}

static void
read_site (Reading *reading)
{
  take_text (reading, "name", "name", FALSE);
}

static void
read_service (Reading *reading)
{
  JsonNode *address = json_object_get_member (reading->theirs, "address");

  take_text (reading, "name", "name", FALSE);
  take_text (reading, "kind", "kind_text", FALSE);
  take_word (reading, "kind", "service_kind", service_kinds, FALSE);
  take_text (reading, "operator", "operator", FALSE);
  take_word (reading, "activity", "activity", service_activities, TRUE);
  take_word (reading, "status", "status", service_statuses, FALSE);
  if (address != NULL && JSON_NODE_HOLDS_OBJECT (address))
    {
      Reading inner = { json_node_get_object (address), reading->ours, reading->error };

      take_text (&inner, "line1", "address_1", FALSE);
      take_text (&inner, "zip", "postcode", FALSE);
      take_text (&inner, "city", "city", FALSE);
      take_text (&inner, "country", "country", FALSE);
      reading->error = inner.error;
    }
}

/* NULL for a kind of article that is neither subscription nor option: kept in the raw answer only. */
static JsonObject *
read_article (JsonObject *theirs, GError **error)
{
  g_autoptr (JsonObject) ours = json_object_new ();
  Reading reading = { theirs, ours, NULL };
  const char *from, *to, *code;
  g_autofree char *kind = NULL;

  if (!sw_json_read_text (theirs, "kind", TRUE, &kind, error))
    return NULL;
  if (translate (article_kinds, kind) == NULL)
    return NULL;
  take_word (&reading, "kind", "kind", article_kinds, TRUE);
  take_text (&reading, "article_id", "id", TRUE);
  code = take_text (&reading, "code", "code", TRUE);
  if (take_text (&reading, "label", "label", FALSE) == NULL && code != NULL)
    json_object_set_string_member (ours, "label", code);
  take_decimal (&reading, "articlePeriodicPrice", "price", "0");
  take_decimal (&reading, "periodicBuyPrice", "purchase_price", NULL);
  take_decimal (&reading, "quantity", "quantity", "1");
  json_object_set_string_member (ours, "price_months", "1");
  take_word (&reading, "period", "price_months", periods, json_object_has_member (theirs, "period"));
  from = take_date (&reading, "start", "starts_on", TRUE);
  to = take_date (&reading, "end", "ends_on", FALSE);
  if (reading.error == NULL && to != NULL && strcmp (to, from) < 0)
    g_set_error_literal (&reading.error, SW_JSON_ERROR, SW_JSON_ERROR_TYPE, "end: before the start");
  if (reading.error == NULL && g_ascii_strtod (json_object_get_string_member (ours, "quantity"), NULL) <= 0)
    g_set_error_literal (&reading.error, SW_JSON_ERROR, SW_JSON_ERROR_TYPE, "quantity: is not positive");
  if (reading.error != NULL)
    {
      g_propagate_error (error, reading.error);
      return NULL;
    }
  return g_steal_pointer (&ours);
}

static void
read_line (Reading *reading)
{
  JsonNode *node = json_object_get_member (reading->theirs, "articles");
  JsonArray *theirs = node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  JsonArray *articles = json_array_new ();
  int hide = -1;

  take_text (reading, "service_number", "number", FALSE);
  take_text (reading, "msisdn", "number", FALSE);
  take_text (reading, "iccid", "iccid", FALSE);
  take_text (reading, "first_name", "first_name", FALSE);
  take_text (reading, "last_name", "last_name", FALSE);
  take_word (reading, "activity", "activity", line_activities, TRUE);
  if (reading->error == NULL && sw_json_read_boolean (reading->theirs, "hide_called_numbers", &hide, &reading->error) && hide >= 0)
    json_object_set_boolean_member (reading->ours, "hide_called_numbers", hide);
  if (reading->error == NULL && (theirs == NULL || json_array_get_length (theirs) > MAX_ARTICLES))
    g_set_error_literal (&reading->error, SW_JSON_ERROR, SW_JSON_ERROR_TYPE, "articles: is no list, or too long a one");
  for (guint i = 0; reading->error == NULL && i < json_array_get_length (theirs); i++)
    {
      JsonNode *element = json_array_get_element (theirs, i);
      JsonObject *article = NULL;

      if (!JSON_NODE_HOLDS_OBJECT (element))
        g_set_error_literal (&reading->error, SW_JSON_ERROR, SW_JSON_ERROR_TYPE, "is no object");
      else
        article = read_article (json_node_get_object (element), &reading->error);
      if (article != NULL)
        json_array_add_object_element (articles, article);
      else if (reading->error != NULL)
        g_prefix_error (&reading->error, "articles[%u].", i);
    }
  json_object_set_array_member (reading->ours, "articles", articles);
}

/* What is asked, what it holds, and what each of its objects leads to. */
static const struct
{
  const char *resource;
  const char *path; /* %s: the key */
  const char *query;
  const char *id;
  const char *kind;
  const char *next;
  void (*read) (Reading *reading);
} resources[] = {
  { "customers", "/customers", NULL, "customer_id", "account", "sites", read_account },
  { "sites", "/customers/%s/sites", NULL, "site_id", "site", "services", read_site },
  { "services", "/sites/%s/services", NULL, "service_id", "service", "lines", read_service },
  { "lines", "/services/%s/lines", "history=true", "line_id", "line", NULL, read_line },
};

typedef struct
{
  gsize resource; /* index above */
  char *key;
  guint page;
} Question;

static void
question_free (Question *question)
{
  g_free (question->key);
  g_free (question);
}

static void
add_task (JsonArray *next, const char *resource, const char *key, guint page)
{
  JsonObject *task = json_object_new ();

  json_object_set_string_member (task, "resource", resource);
  json_object_set_string_member (task, "key", key);
  json_object_set_int_member (task, "page", page);
  json_array_add_object_element (next, task);
}

static void
read_item (Question *question, JsonNode *node, guint n, SwProviderPage *page)
{
  g_autoptr (JsonObject) ours = json_object_new ();
  Reading reading = { NULL, ours, NULL };
  g_autofree char *place = g_strdup_printf ("%s/%s/%u#%u", resources[question->resource].resource, question->key, question->page, n + 1);
  const char *id = NULL;

  json_object_set_string_member (ours, "kind", resources[question->resource].kind);
  if (JSON_NODE_HOLDS_OBJECT (node))
    {
      reading.theirs = json_node_get_object (node);
      id = take_text (&reading, resources[question->resource].id, "external_id", TRUE);
      if (question->key[0] != '\0')
        json_object_set_string_member (ours, "parent_id", question->key);
      resources[question->resource].read (&reading);
    }
  else
    g_set_error_literal (&reading.error, SW_JSON_ERROR, SW_JSON_ERROR_TYPE, "is no object");
  if (reading.error != NULL)
    {
      JsonObject *problem = json_object_new ();

      json_object_set_string_member (problem, "kind", resources[question->resource].kind);
      json_object_set_string_member (problem, "external_id", id != NULL ? id : place);
      json_object_set_string_member (problem, "problem", reading.error->message);
      json_array_add_object_element (page->items, problem);
      g_clear_error (&reading.error);
    }
  else
    {
      if (resources[question->resource].next != NULL)
        add_task (page->next, resources[question->resource].next, id, 1);
      json_array_add_object_element (page->items, g_steal_pointer (&ours));
    }
}

/* The further pages, all at once from the first: they are asked side by side. */
static gboolean
read_paging (SwProvider *provider, Question *question, JsonObject *answer, guint n_items, SwProviderPage *page, GError **error)
{
  gint64 number, size, total, last;

  if (!sw_json_read_int (answer, "page", &number, error) || !sw_json_read_int (answer, "pageSize", &size, error)
      || !sw_json_read_int (answer, "total", &total, error))
    return FALSE;
  if (number >= 0 && number != question->page)
    {
      g_set_error (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, "page %" G_GINT64_FORMAT " came when page %u was asked for", number,
                   question->page);
      return FALSE;
    }
  if (size <= 0 || size > MAX_ITEMS)
    size = MAX (1, sw_provider_get_place (provider)->page_size);
  if (total < 0 || n_items == 0)
    return TRUE;
  last = total / size + (total % size != 0);
  if (last > MAX_PAGES)
    {
      g_set_error_literal (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, "a total out of all proportion");
      return FALSE;
    }
  if (question->page == 1)
    for (gint64 n = 2; n <= last; n++)
      add_task (page->next, resources[question->resource].resource, question->key, (guint) n);
  return TRUE;
}

static SwProviderPage *
read_page (SwProvider *provider, Question *question, GBytes *text, GError **error)
{
  g_autoptr (JsonNode) root = sw_json_parse (text, error);
  g_autoptr (SwProviderPage) page = NULL;
  JsonObject *answer;
  JsonNode *items;
  JsonArray *array;

  if (root == NULL)
    return NULL;
  answer = JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  items = answer != NULL ? json_object_get_member (answer, "items") : NULL;
  if (items == NULL || !JSON_NODE_HOLDS_ARRAY (items))
    {
      g_set_error_literal (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, "items: is no list");
      return NULL;
    }
  array = json_node_get_array (items);
  if (json_array_get_length (array) > MAX_ITEMS)
    {
      g_set_error_literal (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_ANSWER, "items: too many");
      return NULL;
    }
  page = g_new0 (SwProviderPage, 1);
  page->text = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  page->items = json_array_new ();
  page->next = json_array_new ();
  if (!read_paging (provider, question, answer, json_array_get_length (array), page, error))
    return NULL;
  for (guint i = 0; i < json_array_get_length (array); i++)
    read_item (question, json_array_get_element (array, i), i, page);
  return g_steal_pointer (&page);
}

/* {"error": {"code", "message"}}, as far as it can be read. */
static GError *
error_of_status (GBytes *text, guint status)
{
  g_autoptr (JsonNode) root = sw_json_parse (text, NULL);
  JsonObject *answer = root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
  JsonNode *node = answer != NULL ? json_object_get_member (answer, "error") : NULL;
  g_autofree char *message = NULL;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    sw_json_read_text (json_node_get_object (node), "message", FALSE, &message, NULL);
  if (status == 401 || status == 403)
    return g_error_new (SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_SECRET, _("CFAST refuses the account or its secret (%u)"), status);
  if (message != NULL)
    return g_error_new (SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_REFUSED, _("CFAST answers: %s (%u)"), message, status);
  return g_error_new (SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_REFUSED, _("CFAST answers with an error (%u)"), status);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  guint status = 0;
  g_autoptr (GBytes) text = sw_http_send_finish (SW_HTTP (source), result, &status, &error);
  SwProviderPage *page = NULL;

  if (text != NULL && status != 200)
    error = error_of_status (text, status);
  else if (text != NULL)
    page = read_page (g_task_get_source_object (task), g_task_get_task_data (task), text, &error);
  if (page != NULL)
    {
      g_task_return_pointer (task, page, (GDestroyNotify) sw_provider_page_free);
      return;
    }
  if (error->domain == SW_JSON_ERROR || error->domain == JSON_PARSER_ERROR)
    {
      error->domain = SW_PROVIDER_ERROR;
      error->code = SW_PROVIDER_ERROR_ANSWER;
    }
  g_task_return_error (task, error);
}

static char *
url_of (SwProvider *self, Question *question)
{
  const SwProviderPlace *place = sw_provider_get_place (self);
  g_autofree char *key = g_uri_escape_string (question->key, NULL, FALSE);
  g_auto (GStrv) around = g_strsplit (resources[question->resource].path, "%s", 2);
  GString *url = g_string_new (place->base_url);
  char mark = '?';

  g_string_append (url, around[0]);
  if (around[0] != NULL && around[1] != NULL)
    g_string_append_printf (url, "%s%s", key, around[1]);
  if (resources[question->resource].query != NULL)
    {
      g_string_append_printf (url, "?%s", resources[question->resource].query);
      mark = '&';
    }
  if (question->resource == 0 && place->since != NULL)
    {
      g_autofree char *since = g_uri_escape_string (place->since, NULL, FALSE);

      g_string_append_printf (url, "%cupdatedSince=%s", mark, since);
      mark = '&';
    }
  if (question->resource == 0 || question->page > 1)
    g_string_append_printf (url, "%cpage=%u&pageSize=%u", mark, question->page, place->page_size);
  return g_string_free (url, FALSE);
}

static void
ask (SwProvider *self, const char *resource, const char *key, guint page, GTask *task)
{
  const SwProviderPlace *place = sw_provider_get_place (self);
  Question *question = g_new0 (Question, 1);
  g_autofree char *url = NULL;
  SwHttpRequest *request;

  while (question->resource < G_N_ELEMENTS (resources) && g_strcmp0 (resources[question->resource].resource, resource) != 0)
    question->resource++;
  question->key = g_strdup (key != NULL ? key : "");
  question->page = page;
  g_task_set_task_data (task, question, (GDestroyNotify) question_free);
  if (question->resource == G_N_ELEMENTS (resources))
    {
      g_task_return_new_error (task, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_UNSUPPORTED, "CFAST has no “%s”", resource);
      g_object_unref (task);
      return;
    }
  url = url_of (self, question);
  request = sw_http_request_new ("GET", url);
  sw_http_request_add_header (request, "Accept", "application/json");
  if (place->secret != NULL)
    sw_http_request_set_secret (request, place->account, place->secret);
  sw_http_send_async (sw_provider_get_http (self), request, g_task_get_cancellable (task), on_answer, task);
}

static void
sw_provider_cfast_class_init (SwProviderCfastClass *klass)
{
  SwProviderClass *provider_class = SW_PROVIDER_CLASS (klass);

  provider_class->code = "cfast";
  provider_class->name = "CFAST";
  provider_class->operations = 1u << SW_PROVIDER_LIST;
  provider_class->why = N_("CFAST tells of lines and takes no requests over the network, as far as is known: ask on its site; the next "
                           "synchronisation brings its answer.");
  provider_class->root = "customers";
  provider_class->ask = ask;
}

static void
sw_provider_cfast_init (SwProviderCfast *self)
{
}
