/* sw-list-state.c: see sw-list-state.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-list-state.h"
#include "model/sw-call.h"

/* A column dragged wider tells many widths. */
#define SAVE_DELAY 600 /* ms */

struct _SwListState
{
  GObject parent_instance;

  SwSession *session;
  char *list;
  GCancellable *cancellable;
  SwRecord *state; /* NULL until read */
  GListModel *none;
  JsonArray *layout;
  guint save_source;
};

static guint changed_signal;

G_DEFINE_FINAL_TYPE (SwListState, sw_list_state, G_TYPE_OBJECT)

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwListState) self = user_data;
  g_autoptr (SwRecord) state = sw_call_run_finish_record (result, NULL);
  g_autoptr (JsonObject) json = NULL;
  JsonNode *layout;

  if (state == NULL) /* a list without its filters is still a list */
    return;
  g_set_object (&self->state, state);
  json = sw_record_to_json (state);
  layout = json_object_get_member (json, "layout");
  g_clear_pointer (&self->layout, json_array_unref);
  if (layout != NULL && JSON_NODE_HOLDS_ARRAY (layout))
    self->layout = json_array_ref (json_node_get_array (layout));
  g_signal_emit (self, changed_signal, 0);
}

void
sw_list_state_reload (SwListState *self)
{
  g_autoptr (SwCall) call = sw_call_new ("list_state");

  g_return_if_fail (SW_IS_LIST_STATE (self));
  sw_call_add_text (call, NULL, self->list);
  sw_call_run_async (call, self->session, self->cancellable, on_read, g_object_ref (self));
}

SwListState *
sw_list_state_new (SwSession *session, const char *list)
{
  SwListState *self = g_object_new (SW_TYPE_LIST_STATE, NULL);

  self->session = g_object_ref (session);
  self->list = g_strdup (list);
  sw_list_state_reload (self);
  return self;
}

GListModel *
sw_list_state_get_filters (SwListState *self)
{
  g_return_val_if_fail (SW_IS_LIST_STATE (self), NULL);
  return self->state != NULL ? sw_record_get_rows (self->state, "filters") : self->none;
}

GListModel *
sw_list_state_get_roles (SwListState *self)
{
  g_return_val_if_fail (SW_IS_LIST_STATE (self), NULL);
  return self->state != NULL ? sw_record_get_rows (self->state, "roles") : self->none;
}

JsonArray *
sw_list_state_get_layout (SwListState *self)
{
  g_return_val_if_fail (SW_IS_LIST_STATE (self), NULL);
  return self->layout;
}

JsonObject *
sw_list_state_describe (SwListState *self, const SwListQuery *query)
{
  JsonObject *object = json_object_new ();
  g_autofree char *conditions = sw_list_query_save (query);

  json_object_set_string_member (object, "list", self->list);
  json_object_set_member (object, "conditions", json_from_string (conditions, NULL));
  return object;
}

SwRecord *
sw_list_state_find_own (SwListState *self, const char *name)
{
  GListModel *filters = sw_list_state_get_filters (self);

  for (guint i = 0; name != NULL && i < g_list_model_get_n_items (filters); i++)
    {
      g_autoptr (SwRecord) filter = g_list_model_get_item (filters, i);

      if (sw_record_get_bool (filter, "is_own")
          && g_str_equal (sw_record_get_text (filter, "name"), name))
        return filter; /* the list holds it */
    }
  return NULL;
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwListState) self = user_data;

  sw_call_run_finish_id (result, NULL);
  sw_list_state_reload (self);
}

void
sw_list_state_remove_filter (SwListState *self, gint64 id)
{
  g_autoptr (SwCall) call = sw_call_new ("saved_filter_save");
  g_autoptr (JsonObject) data = json_object_new ();

  json_object_set_int_member (data, "id", id);
  json_object_set_boolean_member (data, "deleted", TRUE);
  sw_call_add_json_object (call, NULL, data);
  sw_call_run_async (call, self->session, self->cancellable, on_written, g_object_ref (self));
}

void
sw_list_state_restore_filter (SwListState *self, SwRecord *filter)
{
  g_autoptr (SwCall) call = sw_call_new ("saved_filter_save");
  g_autoptr (JsonObject) data = json_object_new ();
  const char *shared_with = sw_record_get_text (filter, "shared_with");

  json_object_set_string_member (data, "list", self->list);
  json_object_set_string_member (data, "name", sw_record_get_text (filter, "name"));
  json_object_set_member (data, "conditions",
                          json_from_string (sw_record_get_text (filter, "conditions"), NULL));
  if (shared_with != NULL)
    json_object_set_string_member (data, "shared_with", shared_with);
  json_object_set_boolean_member (data, "is_default", sw_record_get_bool (filter, "is_default"));
  sw_call_add_json_object (call, NULL, data);
  sw_call_run_async (call, self->session, self->cancellable, on_written, g_object_ref (self));
}

static void
save_layout_now (SwListState *self)
{
  g_autoptr (SwCall) call = sw_call_new ("list_layout_save");
  g_autoptr (JsonNode) node = json_node_init_array (json_node_alloc (), self->layout);

  sw_call_add_text (call, NULL, self->list);
  sw_call_add_json (call, NULL, node);
  /* Widths are not worth an error message: the next change sends them again. */
  sw_call_run_async (call, self->session, NULL, NULL, NULL);
}

static gboolean
on_save_due (gpointer data)
{
  SwListState *self = data;

  self->save_source = 0;
  save_layout_now (self);
  return G_SOURCE_REMOVE;
}

void
sw_list_state_save_layout (SwListState *self, JsonArray *layout)
{
  g_return_if_fail (SW_IS_LIST_STATE (self));
  json_array_ref (layout);
  g_clear_pointer (&self->layout, json_array_unref);
  self->layout = layout;
  g_clear_handle_id (&self->save_source, g_source_remove);
  self->save_source = g_timeout_add (SAVE_DELAY, on_save_due, self);
}

static void
sw_list_state_dispose (GObject *object)
{
  SwListState *self = SW_LIST_STATE (object);

  if (self->save_source != 0)
    {
      g_clear_handle_id (&self->save_source, g_source_remove);
      save_layout_now (self);
    }
  g_cancellable_cancel (self->cancellable);
  G_OBJECT_CLASS (sw_list_state_parent_class)->dispose (object);
}

static void
sw_list_state_finalize (GObject *object)
{
  SwListState *self = SW_LIST_STATE (object);

  g_object_unref (self->cancellable);
  g_object_unref (self->none);
  g_clear_object (&self->session);
  g_clear_object (&self->state);
  g_clear_pointer (&self->layout, json_array_unref);
  g_free (self->list);
  G_OBJECT_CLASS (sw_list_state_parent_class)->finalize (object);
}

static void
sw_list_state_class_init (SwListStateClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_list_state_dispose;
  G_OBJECT_CLASS (klass)->finalize = sw_list_state_finalize;
  changed_signal = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                 NULL, NULL, G_TYPE_NONE, 0);
}

static void
sw_list_state_init (SwListState *self)
{
  self->cancellable = g_cancellable_new ();
  self->none = G_LIST_MODEL (g_list_store_new (SW_TYPE_RECORD));
}
