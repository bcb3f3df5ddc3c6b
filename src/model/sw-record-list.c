/* sw-record-list.c: see sw-record-list.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The list owns the ordered ids and the records somebody has asked for. Pages are asked for in an
 * idle, the latest wanted first, one statement at a time: who scrolls fast waits for what they see.
 */
#include "model/sw-record-list-private.h"
#include "model/sw-rule-messages.h"
#include "model/sw-sql.h"

#define PAGES_AT_ONCE 4 /* in one statement */
#define MOST_WANTED 8   /* older wishes belong to rows scrolled away long ago */

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

gint64
sw_record_list_id_at (SwRecordList *self, guint position)
{
  if (self->after == NULL || position < self->seam)
    return g_array_index (self->ids, gint64, position);
  return g_array_index (self->after, gint64, position - self->seam + self->seam_after);
}

static guint
n_ids (SwRecordList *self)
{
  return self->after == NULL ? self->ids->len : self->seam + self->after->len - self->seam_after;
}

SwRecord *
sw_record_list_peek (SwRecordList *self, gint64 id)
{
  return g_hash_table_lookup (self->records, &id);
}

static SwRecord *
ensure_record (SwRecordList *self, gint64 id)
{
  SwRecord *record = sw_record_list_peek (self, id);

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

  if (position >= n_ids (self))
    return NULL;
  record = ensure_record (self, sw_record_list_id_at (self, position));
  if (!sw_record_is_loaded (record))
    want_page (self, position / SW_RECORD_LIST_PAGE);
  return g_object_ref (record);
}

static guint
get_n_items (GListModel *model)
{
  return n_ids (SW_RECORD_LIST (model));
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

void
sw_record_list_items_changed (SwRecordList *self, guint position, guint removed, guint added)
{
  if (removed == 0 && added == 0)
    return;
  g_clear_pointer (&self->members, sw_id_set_free);
  g_list_model_items_changed (G_LIST_MODEL (self), position, removed, added);
  if (removed != added)
    {
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_TOTAL]);
      g_object_notify_by_pspec (G_OBJECT (self), props[PROP_N_ITEMS]);
    }
}

void
sw_record_list_set_error (SwRecordList *self, const GError *error)
{
  g_free (self->error);
  self->error = error != NULL ? sw_rule_message (error) : NULL;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_ERROR]);
}

void
sw_record_list_set_loading (SwRecordList *self, gboolean loading)
{
  if (self->loading == loading)
    return;
  self->loading = loading;
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LOADING]);
}

void
sw_record_list_emit_loaded (SwRecordList *self)
{
  g_signal_emit (self, loaded_signal, 0);
}

/* ---- rows ---- */

void
sw_record_list_take_rows (SwRecordList *self, SwPgResult *answer)
{
  int column = sw_pg_result_find_column (answer, "id");

  for (guint row = 0; row < sw_pg_result_get_n_rows (answer); row++)
    {
      gint64 id = sw_pg_result_get_int64 (answer, row, (guint) column);

      if (id != 0) /* 0: the row of ids */
        sw_record_load_row (ensure_record (self, id), answer, row);
    }
}

gboolean
sw_record_list_has_id (SwRecordList *self, gint64 id)
{
  if (self->members == NULL)
    self->members = sw_id_set_new ((const gint64 *) (void *) self->ids->data, self->ids->len);
  return sw_id_set_has (self->members, id);
}

/* The positions of @ids, ascending: one walk, whatever their number, and none when none is listed. */
static GArray *
find_all (SwRecordList *self, GArray *ids)
{
  GArray *positions = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GArray) listed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (SwIdSet) set = NULL;

  for (guint i = 0; i < ids->len; i++)
    if (sw_record_list_has_id (self, g_array_index (ids, gint64, i)))
      g_array_append_val (listed, g_array_index (ids, gint64, i));
  if (listed->len == 0)
    return positions;
  set = sw_id_set_new ((const gint64 *) (void *) listed->data, listed->len);
  for (guint position = 0; position < self->ids->len; position++)
    if (sw_id_set_has (set, sw_record_list_id_at (self, position)))
      g_array_append_val (positions, position);
  return positions;
}

void
sw_record_list_drop_missing (SwRecordList *self, GArray *asked, SwPgResult *answer)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) positions = NULL;
  int column = sw_pg_result_find_column (answer, "id");

  for (guint row = 0; row < sw_pg_result_get_n_rows (answer); row++)
    {
      gint64 id = sw_pg_result_get_int64 (answer, row, (guint) column);

      g_hash_table_add (found, g_memdup2 (&id, sizeof id));
    }
  for (guint i = 0; i < asked->len; i++)
    {
      gint64 id = g_array_index (asked, gint64, i);

      if (g_hash_table_contains (found, &id))
        continue;
      g_hash_table_remove (self->records, &id);
      g_array_append_val (missing, id);
    }
  positions = find_all (self, missing);
  for (guint i = positions->len; i > 0; i--)
    {
      guint position = g_array_index (positions, guint, i - 1);

      g_array_remove_index (self->ids, position);
      sw_record_list_items_changed (self, position, 1, 0);
    }
}

void
sw_record_list_query_rows (SwRecordList *self,
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

  g_task_return_boolean (task, answer != NULL);
  self->fetching = FALSE;
  if (answer != NULL)
    {
      sw_record_list_take_rows (self, answer);
      sw_record_list_drop_missing (self, g_task_get_task_data (task), answer);
    }
  else if (!sw_rule_is_cancelled (error))
    {
      self->stale = TRUE;
      sw_record_list_set_error (self, error);
    }
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
      guint end = MIN ((page + 1) * SW_RECORD_LIST_PAGE, n_ids (self));

      g_array_set_size (self->wanted, self->wanted->len - 1);
      for (guint position = page * SW_RECORD_LIST_PAGE; position < end; position++)
        {
          gint64 id = sw_record_list_id_at (self, position);
          SwRecord *record = sw_record_list_peek (self, id);

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
  sw_record_list_query_rows (self, SW_SESSION_INTERACTIVE, ids, FALSE, on_fetched,
                             g_steal_pointer (&task));
  return G_SOURCE_REMOVE;
}

static void
plan_fetch (SwRecordList *self)
{
  if (self->wanted->len > 0 && !self->fetching && self->fetch_source == 0
      && !g_cancellable_is_cancelled (self->cancellable))
    self->fetch_source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, on_idle_fetch, self, NULL);
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

SwSession *
sw_record_list_get_session (SwRecordList *self)
{
  return self->session;
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
  return n_ids (self);
}

int
sw_record_list_find (SwRecordList *self, gint64 id)
{
  for (guint i = 0; i < n_ids (self); i++)
    if (sw_record_list_id_at (self, i) == id)
      return (int) i;
  return -1;
}

gint64
sw_record_list_get_id (SwRecordList *self, guint position)
{
  return position < n_ids (self) ? sw_record_list_id_at (self, position) : 0;
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
      g_value_set_uint (value, n_ids (self));
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
  g_clear_handle_id (&self->changed_source, g_source_remove);
  g_clear_handle_id (&self->reload_source, g_source_remove);
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
  sw_id_set_free (self->members);
  g_hash_table_unref (self->records);
  g_array_unref (self->wanted);
  g_clear_pointer (&self->changed, g_array_unref);
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
