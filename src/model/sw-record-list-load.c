/* sw-record-list-load.c: the ids of a list, what changes in it, and all of it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * At first the list reads one page, which an index of the order gives at once, and the ids behind
 * it; a search reads both together.
 */
#include "model/sw-record-list-private.h"
#include "model/sw-change-feed.h"
#include "model/sw-rule-messages.h"
#include "model/sw-sql.h"

#define EXPORT_STEP 2000 /* rows */
/* What others change makes a list read itself again; the longer that takes, the less often. */
#define REST 5 /* times as long as the reading */
/* Rows nobody has looked at may stand where they no longer belong for so long. */
#define ORDER_DELAY 30 /* s */
#define RETRY_DELAY 5  /* s, after an error of the server */

/* ---- the ids ---- */

/* A million of them come at once, between two frames: room is made once, and no library is called
 * for each, nor for each digit. */
static GArray *
parse_ids (const char *text)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  guint n = 1;

  if (text == NULL || *text == '\0')
    return ids;
  for (const char *c = text; *c != '\0'; c++)
    n += *c == ',';
  g_array_set_size (ids, n);
  for (guint i = 0; i < n; i++, text++) /* over what is no digit: a comma, in the end the end */
    {
      gint64 id = 0;

      for (guint digit; (digit = (guint) (*text - '0')) < 10; text++)
        id = id * 10 + digit;
      g_array_index (ids, gint64, i) = id;
    }
  return ids;
}

/* Records of rows that have left the list are forgotten. */
static void
forget_unlisted (SwRecordList *self)
{
  GHashTableIter iter;
  gpointer id;

  g_hash_table_iter_init (&iter, self->records);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    if (!sw_record_list_has_id (self, *(const gint64 *) id))
      g_hash_table_iter_remove (&iter);
}

/* A few rows gone, come or moved: more would be slower told one by one than together. */
#define MOST_EDITS 64
#define NEAR 16 /* rows that may differ in one place */

/* @removed rows at @position of the ids before give way to @added at @from of those after. */
typedef struct
{
  guint position, removed;
  guint from, added;
} Edit;

static gboolean
same_from (GArray *before, guint i, GArray *after, guint j)
{
  if (i >= before->len || j >= after->len)
    return i == before->len && j == after->len;
  return g_array_index (before, gint64, i) == g_array_index (after, gint64, j);
}

/* The nearest place after @edit where both go on alike. */
static gboolean
find_end (GArray *before, GArray *after, Edit *edit)
{
  for (guint n = 1; n <= NEAR; n++)
    for (edit->removed = 0; edit->removed <= n; edit->removed++)
      {
        edit->added = n - edit->removed;
        if (same_from (before, edit->position + edit->removed, after, edit->from + edit->added))
          return TRUE;
      }
  return FALSE;
}

/* Everything from @edit to where the ends are alike. */
static void
take_rest (GArray *before, GArray *after, Edit *edit)
{
  edit->removed = before->len - edit->position;
  edit->added = after->len - edit->from;
  while (edit->removed > 0 && edit->added > 0
         && same_from (before, edit->position + edit->removed - 1, after,
                       edit->from + edit->added - 1))
    {
      edit->removed--;
      edit->added--;
    }
}

static GArray *
find_edits (GArray *before, GArray *after)
{
  GArray *edits = g_array_new (FALSE, FALSE, sizeof (Edit));
  guint i = 0, j = 0;

  while (i < before->len || j < after->len)
    {
      Edit edit = { i, 0, j, 0 };

      if (same_from (before, i, after, j))
        {
          i++, j++;
          continue;
        }
      if (edits->len + 1 == MOST_EDITS || !find_end (before, after, &edit))
        take_rest (before, after, &edit);
      g_array_append_val (edits, edit);
      i += edit.removed;
      j += edit.added;
    }
  return edits;
}

/* Makes the ids those of @ids, telling only about the rows that differ: what the person looks at
 * stays where it is. Takes @ids. */
static void
replace_ids (SwRecordList *self, GArray *ids)
{
  g_autoptr (GArray) edits = find_edits (self->ids, ids);
  gboolean first = self->ids->len == 0;

  g_array_set_size (self->wanted, 0); /* page numbers mean other rows now; views ask again */
  /* The last first, so that positions of those to come still hold. Nothing is moved: what is told
   * is the end of @ids, what is not yet the beginning of those before. */
  self->after = ids;
  for (guint i = edits->len; i > 0; i--)
    {
      const Edit *edit = &g_array_index (edits, Edit, i - 1);

      self->seam = edit->position;
      self->seam_after = edit->from;
      sw_record_list_items_changed (self, edit->position, edit->removed, edit->added);
    }
  self->after = NULL;
  g_array_unref (self->ids);
  self->ids = ids;
  if (!first)
    forget_unlisted (self);
}

static void
loading_failed (SwRecordList *self, const GError *error)
{
  sw_record_list_set_loading (self, FALSE);
  self->stale = TRUE;
  if (!sw_rule_is_cancelled (error))
    sw_record_list_set_error (self, error);
}

static void
loading_done (SwRecordList *self)
{
  self->loaded = TRUE;
  self->complete = TRUE;
  self->reload_ended = g_get_monotonic_time ();
  sw_record_list_set_loading (self, FALSE);
  sw_record_list_set_error (self, NULL);
  sw_record_list_emit_loaded (self);
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
  sw_record_list_take_rows (self, answer);
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
  sw_session_query_async (self->session, SW_SESSION_READING, sql, params, self->cancellable,
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
  sw_record_list_take_rows (self, answer);
  replace_ids (self, ids);
  if (sw_pg_result_get_n_rows (answer) < SW_RECORD_LIST_PAGE)
    {
      loading_done (self);
      return;
    }
  self->loaded = TRUE;
  sw_record_list_set_error (self, NULL);
  sw_record_list_emit_loaded (self);
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
  g_autofree char *sql = search ? sw_sql_list_found (self->query, SW_RECORD_LIST_PAGE, params)
                                : sw_sql_list_head (self->query, SW_RECORD_LIST_PAGE, params);

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
  g_clear_handle_id (&self->reload_source, g_source_remove);
  self->reload_began = g_get_monotonic_time ();
  self->stale = FALSE;
  sw_record_list_set_loading (self, TRUE);
  if (!self->loaded)
    ask_first (self);
  else
    {
      ask_ids (self);
      refresh_known (self);
    }
}

/* ---- changes ---- */

typedef enum
{
  MOVED_NO,
  MOVED_PERHAPS, /* its place was never looked at: what it was sorted by is not known */
  MOVED_YES,
} Moved;

/* Whether the new @row of @answer belongs elsewhere in the list than @record stands. */
static Moved
has_moved (SwRecordList *self, SwRecord *record, SwPgResult *answer, guint row)
{
  const char *sort = sw_list_query_get_sort (self->query);
  int column = sort != NULL ? sw_pg_result_find_column (answer, sort) : -1;

  if (sort == NULL)
    return MOVED_NO;
  if (column < 0 || record == NULL || !sw_record_is_loaded (record))
    return MOVED_PERHAPS;
  return g_strcmp0 (sw_record_get_text (record, sort),
                    sw_pg_result_get_text (answer, row, (guint) column)) != 0
             ? MOVED_YES
             : MOVED_NO;
}

static gboolean
on_reload_due (gpointer user_data)
{
  SwRecordList *self = user_data;

  self->reload_source = 0;
  sw_record_list_reload (self);
  return G_SOURCE_REMOVE;
}

/* Reads the list again, now if it has rested. */
static void
plan_reload (SwRecordList *self)
{
  gint64 rest = REST * (self->reload_ended - self->reload_began);
  gint64 wait = self->reload_ended + rest - g_get_monotonic_time ();

  if (self->loading || wait < G_TIME_SPAN_MILLISECOND)
    sw_record_list_reload (self);
  else
    {
      g_clear_handle_id (&self->reload_source, g_source_remove);
      self->reload_source
          = g_timeout_add ((guint) (wait / G_TIME_SPAN_MILLISECOND), on_reload_due, self);
    }
}

static void
on_refreshed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  SwRecordList *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_session_query_finish (SW_SESSION (source), result, &error);
  gboolean come = FALSE;
  Moved moved = MOVED_NO;

  g_task_return_boolean (task, answer != NULL);
  if (answer == NULL)
    {
      self->stale = TRUE; /* cut: the list reloads when the session is back */
      if (!sw_rule_is_cancelled (error) && !sw_rule_is_lost (error) && self->reload_source == 0)
        self->reload_source = g_timeout_add_seconds (RETRY_DELAY, on_reload_due, self);
      return;
    }
  for (guint row = 0; row < sw_pg_result_get_n_rows (answer); row++)
    {
      gint64 id = sw_pg_result_get_int64 (answer, row, 0);
      SwRecord *record = sw_record_list_peek (self, id);

      moved = MAX (moved, has_moved (self, record, answer, row));
      if (record != NULL)
        sw_record_load_row (record, answer, row);
      else
        come = come || !sw_record_list_has_id (self, id);
    }
  sw_record_list_drop_missing (self, g_task_get_task_data (task), answer);
  /* Where the others belong only the server knows. */
  if (come || moved == MOVED_YES)
    plan_reload (self);
  else if (moved == MOVED_PERHAPS && self->reload_source == 0)
    self->reload_source = g_timeout_add_seconds (ORDER_DELAY, on_reload_due, self);
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
        plan_reload (self);
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
  sw_record_list_query_rows (self, SW_SESSION_INTERACTIVE, asked, TRUE, on_refreshed, task);
}

static gboolean
on_changes_gathered (gpointer user_data)
{
  SwRecordList *self = user_data;
  g_autoptr (GArray) ids = g_steal_pointer (&self->changed);

  self->changed_source = 0;
  sw_record_list_refresh_ids (self, (const gint64 *) (void *) ids->data, ids->len);
  return G_SOURCE_REMOVE;
}

/* The feed tells one by one; they are read together. */
static void
on_changed (SwChangeFeed *feed, gint64 id, gpointer user_data)
{
  SwRecordList *self = user_data;

  if (self->changed == NULL)
    self->changed = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_array_append_val (self->changed, id);
  if (self->changed_source == 0)
    self->changed_source = g_idle_add (on_changes_gathered, self);
}

static void
on_restored (SwRecordList *self)
{
  if (self->stale || self->loading)
    sw_record_list_reload (self);
}

void
sw_record_list_follow (SwRecordList *self, const char *entity)
{
  g_autofree char *detailed = g_strdup_printf ("changed::%s", entity);

  /* After a cut the feed tells what was missed, unless we were just reading. */
  g_signal_handlers_disconnect_by_func (self->session, sw_record_list_reload, self);
  g_signal_connect_object (self->session, "restored", G_CALLBACK (on_restored), self,
                           G_CONNECT_SWAPPED);
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
  sw_record_list_take_rows (self, answer);
  sw_record_list_drop_missing (self, g_task_get_task_data (task), answer);
  load_next_rows (task);
}

static void
load_next_rows (GTask *task)
{
  SwRecordList *self = g_task_get_source_object (task);
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (guint i = 0; i < self->ids->len && ids->len < EXPORT_STEP; i++)
    {
      gint64 id = sw_record_list_id_at (self, i);
      SwRecord *record = sw_record_list_peek (self, id);

      if (record == NULL || !sw_record_is_loaded (record))
        g_array_append_val (ids, id);
    }
  g_task_set_task_data (task, ids, (GDestroyNotify) g_array_unref);
  if (ids->len > 0)
    sw_record_list_query_rows (self, SW_SESSION_READING, ids, FALSE, on_more_rows,
                               g_object_ref (task));
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

/* ---- sums ---- */

static void
on_sums (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (SwPgResult) answer = sw_session_query_finish (SW_SESSION (source), result, &error);

  if (answer != NULL)
    g_task_return_pointer (task, sw_record_new_from_row (answer, 0), g_object_unref);
  else
    g_task_return_error (task, error);
}

void
sw_record_list_sum_async (SwRecordList *self,
                          const char *const *columns,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  g_autoptr (SwPgParams) params = sw_pg_params_new ();
  g_autofree char *sql = sw_sql_list_sums (self->query, columns, params);

  g_task_set_source_tag (task, sw_record_list_sum_async);
  sw_session_query_async (self->session, SW_SESSION_READING, sql, params, cancellable, on_sums, task);
}

SwRecord *
sw_record_list_sum_finish (SwRecordList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
