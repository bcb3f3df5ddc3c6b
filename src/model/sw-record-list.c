/* sw-record-list.c: see sw-record-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list owns the ordered ids and the records somebody has asked for. At first it reads one page,
 * which an index of the order gives at once, and the ids behind it; a search reads both together. Pages are asked for in an
 * idle, the latest wanted first, one statement at a time: who scrolls fast waits for what they see.
 */
#include "model/sw-record-list.h"
#include "model/sw-change-feed.h"
#include "model/sw-rule-messages.h"
#include "model/sw-sql.h"

#define PAGE 100           /* rows */
#define PAGES_AT_ONCE 4    /* in one statement */
#define MOST_WANTED 8      /* older wishes belong to rows scrolled away long ago */
#define EXPORT_STEP 2000   /* rows */

struct _SwRecordList
{
  GObject parent_instance;

  SwSession *session;
  SwListQuery *query;
  GCancellable *cancellable; /* cancelled in dispose */

  GArray *ids;         /* gint64, in order */
  GHashTable *records; /* gint64 *id → SwRecord *, those created so far */

  GArray *wanted;     /* guint page numbers, latest last */
  gboolean fetching;  /* a statement for pages is under way */
  guint fetch_source; /* idle */

  gboolean loading;  /* statements for the ids are under way */
  gboolean loaded;   /* the first rows have arrived */
  gboolean complete; /* all ids have arrived */
  gboolean again;    /* something changed while loading: load once more */
  char *error;
};

static void list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (SwRecordList, sw_record_list, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

enum
{
  PROP_LOADING = 1,
  PROP_ERROR,
  PROP_TOTAL,
  PROP_N_ITEMS,
  N_PROPS
};

static GParamSpec *props[N_PROPS];
static guint loaded_signal;

static void plan_fetch (SwRecordList *self);

/* ---- the list model ---- */

static gint64
id_at (SwRecordList *self, guint position)
{
  return g_array_index (self->ids, gint64, position);
}

static SwRecord *
peek_record (SwRecordList *self, gint64 id)
{
  return g_hash_table_lookup (self->records, &id);
}

static SwRecord *
ensure_record (SwRecordList *self, gint64 id)
{
  SwRecord *record = peek_record (self, id);

  if (record == NULL)
    {
      record = sw_record_new (id);
      g_hash_table_insert (self->records, g_memdup2 (&id, sizeof id), record);
    }
  return record;
}

static void
want_page (SwRecordList *self, guint page)
{
  for (guint i = self->wanted->len; i > 0; i--)
    if (g_array_index (self->wanted, guint, i - 1) == page)
      return;
  g_array_append_val (self->wanted, page);
  if (self->wanted->len > MOST_WANTED)
    g_array_remove_index (self->wanted, 0);
  plan_fetch (self);
}

static gpointer
get_item (GListModel *model, guint position)
{
  SwRecordList *self = SW_RECORD_LIST (model);
  SwRecord *record;

  if (position >= self->ids->len)
    return NULL;
  record = ensure_record (self, id_at (self, position));
  if (!sw_record_is_loaded (record))
    want_page (self, position / PAGE);
  return g_object_ref (record);
}

static guint
get_n_items (GListModel *model)
{
  return SW_RECORD_LIST (model)->ids->len;
}

static GType
get_item_type (GListModel *model)
{
  return SW_TYPE_RECORD;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item = get_item;
  iface->get_n_items = get_n_items;
  iface->get_item_type = get_item_type;
}

static void
items_changed (SwRecordList *self, guint position, guint removed, guint added)
{
  if (removed == 0 && added == 0)
    return;
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    {
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
    }
}

static void
remove_id (SwRecordList *self, gint64 id)
{
  int position = sw_record_list_find (self, id);

  g_hash_table_remove (self->records, &id);
  if (position < 0)
    return;
  g_array_remove_index (self->ids, (guint) position);
  items_changed (self, (guint) position, 1, 0);
}

static void
set_error (SwRecordList *self, const GError *error)
{
  g_free (self->error);
  self->error = error != NULL ? sw_rule_message (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

static void
set_loading (SwRecordList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

/* ---- rows ---- */

/* Fills the records of the rows of @answer, a result of sw_sql_list_rows(). */
static void
take_rows (SwRecordList *self, SwPgResult *answer)
{
  int column = sw_pg_result_find_column (answer, "id");

  for (guint row = 0; row < sw_pg_result_get_n_rows (answer); row++)
    {
      gint64 id = sw_pg_result_get_int64 (answer, row, (guint) column);

      if (id != 0) /* 0: the row of ids */
        sw_record_load_row (ensure_record (self, id), answer, row);
    }
}

/* Ids that were asked for and did not come back are gone. */
static void
drop_missing (SwRecordList *self, GArray *asked, SwPgResult *answer)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  int column = sw_pg_result_find_column (answer, "id");

  for (guint row = 0; row < sw_pg_result_get_n_rows (answer); row++)
    {
      gint64 id = sw_pg_result_get_int64 (answer, row, (guint) column);

      g_hash_table_add (found, g_memdup2 (&id, sizeof id));
    }
  for (guint i = 0; i < asked->len; i++)
    {
      gint64 id = g_array_index (asked, gint64, i);

      if (!g_hash_table_contains (found, &id))
        remove_id (self, id);
    }
}

/* Asks for the rows of @ids; the callback's data is a task whose own data is @ids. */
static void
query_rows (SwRecordList *self,
            SwSessionLane lane,
            GArray *ids,
            gboolean matching,
            GAsyncReadyCallback callback,
            GTask *task)
{
  g_autoptr (SwPgParams) params = sw_pg_params_new ();
  g_autofree char *sql = sw_sql_list_rows (self->query, (const gint64 *) (void *) ids->data,
                                           ids->len, matching, params);

  sw_session_query_async (self->session, lane, sql, params, g_task_get_cancellable (task), callback,
                          task);
}

static void
on_fetched (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SwRecordList *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_session_query_finish (SW_SESSION (source), result, &error);

  self->fetching = FALSE;
  if (answer != NULL)
    {
      take_rows (self, answer);
      drop_missing (self, g_task_get_task_data (task), answer);
    }
  else if (!sw_rule_is_cancelled (error))
    set_error (self, error);
  plan_fetch (self);
}

/* The ids of the latest wanted pages that still need loading. */
static GArray *
take_wanted (SwRecordList *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint n = 0; n < PAGES_AT_ONCE && self->wanted->len > 0; n++)
    {
      guint page = g_array_index (self->wanted, guint, self->wanted->len - 1);
      guint end = MIN ((page + 1) * PAGE, self->ids->len);

      g_array_set_size (self->wanted, self->wanted->len - 1);
      for (guint position = page * PAGE; position < end; position++)
        {
          gint64 id = id_at (self, position);
          SwRecord *record = peek_record (self, id);

          if (record == NULL || !sw_record_is_loaded (record))
            g_array_append_val (ids, id);
        }
    }
  return ids;
}

static gboolean
on_idle_fetch (gpointer user_data)
{
  SwRecordList *self = user_data;
  g_autoptr (GTask) task = NULL;
  GArray *ids = take_wanted (self);

  self->fetch_source = 0;
  if (ids->len == 0)
    {
      g_array_unref (ids);
      return G_SOURCE_REMOVE;
    }
  self->fetching = TRUE;
  task = g_task_new (self, self->cancellable, NULL, NULL);
  g_task_set_task_data (task, ids, (GDestroyNotify) g_array_unref);
  query_rows (self, SW_SESSION_INTERACTIVE, ids, FALSE, on_fetched, g_steal_pointer (&task));
  return G_SOURCE_REMOVE;
}

static void
plan_fetch (SwRecordList *self)
{
  if (self->wanted->len > 0 && !self->fetching && self->fetch_source == 0
      && !g_cancellable_is_cancelled (self->cancellable))
    self->fetch_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle_fetch, self, NULL);
}

/* ---- the ids ---- */

static GArray *
parse_ids (const char *text)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  while (text != NULL && *text != '\0')
    {
      char *end;
      gint64 id = g_ascii_strtoll (text, &end, 10);

      g_array_append_val (ids, id);
      text = *end == ',' ? end + 1 : NULL;
    }
  return ids;
}

/* Records of rows that have left the list are forgotten. */
static gboolean
is_unlisted (gpointer id, gpointer record, gpointer listed)
{
  return !g_hash_table_contains (listed, id);
}

/* Puts @ids in place of the present ones, telling only about the part that differs. Takes @ids. */
static void
replace_ids (SwRecordList *self, GArray *ids)
{
  g_autoptr (GArray) before = g_steal_pointer (&self->ids);
  guint shorter = MIN (before->len, ids->len), head = 0, tail = 0;

#define SAME(a, b) (g_array_index (before, gint64, a) == g_array_index (ids, gint64, b))
  while (head < shorter && SAME (head, head))
    head++;
  while (tail < shorter - head && SAME (before->len - 1 - tail, ids->len - 1 - tail))
    tail++;
#undef SAME
  self->ids = ids;
  if (before->len > 0)
    {
      g_autoptr (GHashTable) listed = g_hash_table_new (g_int64_hash, g_int64_equal);

      for (guint i = 0; i < ids->len; i++)
        g_hash_table_add (listed, &g_array_index (ids, gint64, i));
      g_hash_table_foreach_remove (self->records, is_unlisted, listed);
    }
  g_array_set_size (self->wanted, 0); /* page numbers mean other rows now; views ask again */
  items_changed (self, head, before->len - head - tail, ids->len - head - tail);
}

static void
loading_failed (SwRecordList *self, const GError *error)
{
  set_loading (self, FALSE);
  if (!sw_rule_is_cancelled (error))
    set_error (self, error);
}

static void
loading_done (SwRecordList *self)
{
  self->loaded = TRUE;
  self->complete = TRUE;
  set_loading (self, FALSE);
  set_error (self, NULL);
  g_signal_emit (self, loaded_signal, 0);
  if (self->again)
    sw_record_list_reload (self);
}

static void
on_ids (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecordList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_session_query_finish (SW_SESSION (source), result, &error);
  const char *ids = NULL;

  if (answer == NULL)
    {
      loading_failed (self, error);
      return;
    }
  for (guint row = 0; row < sw_pg_result_get_n_rows (answer) && ids == NULL; row++)
    ids = sw_pg_result_get_text (answer, row, 0);
  take_rows (self, answer);
  replace_ids (self, parse_ids (ids));
  loading_done (self);
}

static void
ask_ids (SwRecordList *self)
{
  g_autoptr (SwPgParams) params = sw_pg_params_new ();
  g_autofree char *sql = sw_sql_list_ids (self->query, params);

  g_return_if_fail (sql != NULL);
  /* In the background: people go on opening records meanwhile. */
  sw_session_query_async (self->session, SW_SESSION_BACKGROUND, sql, params, self->cancellable,
                          on_ids, g_object_ref (self));
}

static void
on_head (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecordList) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_session_query_finish (SW_SESSION (source), result, &error);
  GArray *ids;

  if (answer == NULL)
    {
      loading_failed (self, error);
      return;
    }
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint row = 0; row < sw_pg_result_get_n_rows (answer); row++)
    {
      gint64 id = sw_pg_result_get_int64 (answer, row, 0);

      g_array_append_val (ids, id);
    }
  take_rows (self, answer);
  replace_ids (self, ids);
  if (sw_pg_result_get_n_rows (answer) < PAGE)
    {
      loading_done (self);
      return;
    }
  self->loaded = TRUE;
  set_error (self, NULL);
  g_signal_emit (self, loaded_signal, 0);
  if (!g_cancellable_is_cancelled (self->cancellable))
    ask_ids (self);
}

/* Searches cannot be shown page first: see sw_sql_list_found(). */
static gboolean
is_search (SwRecordList *self)
{
  gboolean search = sw_list_query_get_search (self->query) != NULL;

  for (guint i = 0; i < sw_list_query_get_n_filters (self->query); i++)
    search = search || sw_list_query_get_filter (self->query, i)->op == SW_FILTER_CONTAINS;
  return search;
}

static void
ask_first (SwRecordList *self)
{
  g_autoptr (SwPgParams) params = sw_pg_params_new ();
  gboolean search = is_search (self);
  g_autofree char *sql = search ? sw_sql_list_found (self->query, PAGE, params)
                                : sw_sql_list_head (self->query, PAGE, params);

  g_return_if_fail (sql != NULL);
  sw_session_query_async (self->session, SW_SESSION_INTERACTIVE, sql, params, self->cancellable,
                          search ? on_ids : on_head, g_object_ref (self));
}

/* Rows on screen keep their old values until the new ones arrive. */
static void
refresh_known (SwRecordList *self)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id, record;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, &id, &record))
    if (G_OBJECT (record)->ref_count > 1) /* somebody beside us shows it */
      g_array_append_vals (ids, id, 1);
    else
      g_hash_table_iter_remove (&iter);
  if (ids->len > 0)
    sw_record_list_refresh_ids (self, (const gint64 *) (void *) ids->data, ids->len);
}

void
sw_record_list_reload (SwRecordList *self)
{
  g_return_if_fail (SW_IS_RECORD_LIST (self));
  self->again = self->loading;
  if (self->loading)
    return;
  set_loading (self, TRUE);
  if (!self->loaded)
    ask_first (self);
  else
    {
      ask_ids (self);
      refresh_known (self);
    }
}

/* ---- changes ---- */

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SwRecordList *self = g_task_get_source_object (task);
  g_autoptr (SwPgResult) answer = sw_session_query_finish (SW_SESSION (source), result, NULL);
  gboolean strangers = FALSE;

  if (answer == NULL)
    return; /* cut: the list reloads when the session is back */
  for (guint row = 0; row < sw_pg_result_get_n_rows (answer); row++)
    {
      gint64 id = sw_pg_result_get_int64 (answer, row, 0);
      SwRecord *record = peek_record (self, id);

      if (record != NULL)
        sw_record_load_row (record, answer, row);
      else
        strangers = strangers || sw_record_list_find (self, id) < 0;
    }
  drop_missing (self, g_task_get_task_data (task), answer);
  if (strangers) /* where they belong only the server knows */
    sw_record_list_reload (self);
}

void
sw_record_list_refresh_ids (SwRecordList *self, const gint64 *ids, gsize n_ids)
{
  GArray *asked;
  GTask *task;

  g_return_if_fail (SW_IS_RECORD_LIST (self));
  for (gsize i = 0; i < n_ids; i++)
    if (ids[i] == 0)
      {
        sw_record_list_reload (self);
        return;
      }
  if (self->loading)
    self->again = self->again || !self->complete;
  if (n_ids == 0)
    return;
  asked = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_vals (asked, ids, (guint) n_ids);
  task = g_task_new (self, self->cancellable, NULL, NULL);
  g_task_set_task_data (task, asked, (GDestroyNotify) g_array_unref);
  query_rows (self, SW_SESSION_INTERACTIVE, asked, TRUE, on_refreshed, task);
}

static void
on_changed (SwChangeFeed *feed, gint64 id, gpointer user_data)
{
  sw_record_list_refresh_ids (user_data, &id, 1);
}

void
sw_record_list_follow (SwRecordList *self, const char *entity)
{
  g_autofree char *detailed = g_strdup_printf ("changed::%s", entity);

  g_signal_connect_object (sw_session_get_change_feed (self->session), detailed,
                           G_CALLBACK (on_changed), self, 0);
}

/* ---- all rows, for an export ---- */

static void load_next_rows (GTask *task);

static void
on_more_rows (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SwRecordList *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (SwPgResult) answer = sw_session_query_finish (SW_SESSION (source), result, &error);

  if (answer == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  take_rows (self, answer);
  drop_missing (self, g_task_get_task_data (task), answer);
  load_next_rows (task);
}

static void
load_next_rows (GTask *task)
{
  SwRecordList *self = g_task_get_source_object (task);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->ids->len && ids->len < EXPORT_STEP; i++)
    {
      gint64 id = id_at (self, i);
      SwRecord *record = peek_record (self, id);

      if (record == NULL || !sw_record_is_loaded (record))
        g_array_append_val (ids, id);
    }
  g_task_set_task_data (task, ids, (GDestroyNotify) g_array_unref);
  if (ids->len > 0)
    query_rows (self, SW_SESSION_BACKGROUND, ids, FALSE, on_more_rows, g_object_ref (task));
  else
    g_task_return_boolean (task, TRUE);
}

/* The ids have to be there first. */
static void
on_state_for_all (GTask *task)
{
  SwRecordList *self = g_task_get_source_object (task);

  if (!self->complete && self->error == NULL)
    return;
  g_object_ref (task);
  g_signal_handlers_disconnect_by_data (self, task);
  if (self->complete)
    load_next_rows (task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", self->error);
  g_object_unref (task);
}

void
sw_record_list_load_all_async (SwRecordList *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_record_list_load_all_async);
  if (self->complete)
    {
      load_next_rows (task);
      return;
    }
  g_signal_connect_data (self, "loaded", G_CALLBACK (on_state_for_all), g_object_ref (task),
                         (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
  g_signal_connect_data (self, "notify::error", G_CALLBACK (on_state_for_all), g_object_ref (task),
                         (GClosureNotify) (void (*) (void)) g_object_unref, G_CONNECT_SWAPPED);
}

gboolean
sw_record_list_load_all_finish (SwRecordList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* ---- the object ---- */

SwRecordList *
sw_record_list_new (SwSession *session, const SwListQuery *query)
{
  SwRecordList *self = g_object_new (SW_TYPE_RECORD_LIST, NULL);

  self->session = g_object_ref (session);
  self->query = sw_list_query_copy (query);
  g_signal_connect_object (session, "restored", G_CALLBACK (sw_record_list_reload), self,
                           G_CONNECT_SWAPPED);
  sw_record_list_reload (self);
  return self;
}

const SwListQuery *
sw_record_list_get_query (SwRecordList *self)
{
  return self->query;
}

gboolean
sw_record_list_is_loading (SwRecordList *self)
{
  return self->loading;
}

gboolean
sw_record_list_is_loaded (SwRecordList *self)
{
  return self->loaded;
}

gboolean
sw_record_list_is_complete (SwRecordList *self)
{
  return self->complete;
}

const char *
sw_record_list_get_error (SwRecordList *self)
{
  return self->error;
}

guint
sw_record_list_get_total (SwRecordList *self)
{
  return self->ids->len;
}

int
sw_record_list_find (SwRecordList *self, gint64 id)
{
  for (guint i = 0; i < self->ids->len; i++)
    if (id_at (self, i) == id)
      return (int) i;
  return -1;
}

gint64
sw_record_list_get_id (SwRecordList *self, guint position)
{
  return position < self->ids->len ? id_at (self, position) : 0;
}

static void
sw_record_list_get_property (GObject *object, guint prop, GValue *value, GParamSpec *pspec)
{
  SwRecordList *self = SW_RECORD_LIST (object);

  switch (prop)
    {
    case PROP_LOADING:
      g_value_set_boolean (value, self->loading);
      break;
    case PROP_ERROR:
      g_value_set_string (value, self->error);
      break;
    case PROP_TOTAL:
    case PROP_N_ITEMS:
      g_value_set_uint (value, self->ids->len);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
    }
}

static void
sw_record_list_dispose (GObject *object)
{
  SwRecordList *self = SW_RECORD_LIST (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->fetch_source, g_source_remove);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sw_record_list_parent_class)->dispose (object);
}

static void
sw_record_list_finalize (GObject *object)
{
  SwRecordList *self = SW_RECORD_LIST (object);

  g_object_unref (self->cancellable);
  sw_list_query_free (self->query);
  g_array_unref (self->ids);
  g_hash_table_unref (self->records);
  g_array_unref (self->wanted);
  g_free (self->error);
  G_OBJECT_CLASS (sw_record_list_parent_class)->finalize (object);
}

static void
sw_record_list_class_init (SwRecordListClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sw_record_list_get_property;
  object_class->dispose = sw_record_list_dispose;
  object_class->finalize = sw_record_list_finalize;
  props[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  props[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  props[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  props[PROP_N_ITEMS] = g_param_spec_uint ("n-items", NULL, NULL, 0, G_MAXUINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, props);
  loaded_signal = g_signal_new ("loaded", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
sw_record_list_init (SwRecordList *self)
{
  self->cancellable = g_cancellable_new ();
  self->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  self->wanted = g_array_new (FALSE, FALSE, sizeof (guint));
  self->records = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_object_unref);
}
