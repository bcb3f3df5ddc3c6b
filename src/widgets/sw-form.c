/* sw-form.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-form.h"

#include <glib/gi18n.h>
#include "model/sw-call.h"
#include "model/sw-merge.h"
#include "model/sw-request.h"
#include "model/sw-rule-messages.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-merge-dialog.h"
#include "widgets/sw-toast.h"

/* Nobody saves faster than we merge so many times: something else is wrong, and is shown. */
#define MOST_MERGES 8

struct _SwForm
{
  GObject parent_instance;

  GtkWidget *root; /* weak */
  char *entity;
  char *save_function;
  SwFieldSet *fields;
  JsonObject *base;     /* as loaded; NULL for a new record */
  JsonObject *defaults; /* of a new record */
  JsonObject *extra;
  char *request;     /* key of the next save, see sw-request.h; NULL until it is needed */
  JsonObject *later; /* typed while saving: shown again on what the server answers */
  gboolean changed;
  gboolean saving;
};

enum
{
  PROP_0,
  PROP_CHANGED,
  PROP_SAVING,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SwForm, sw_form, G_TYPE_OBJECT)

static void send (GTask *task, JsonObject *object);

static void
update_changed (SwForm *self)
{
  gboolean changed = sw_form_is_changed (self);

  if (changed == self->changed)
    return;
  self->changed = changed;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHANGED]);
}

static void
set_saving (SwForm *self, gboolean saving)
{
  self->saving = saving;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SAVING]);
}

static void
sw_form_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwForm *self = SW_FORM (object);

  switch (id)
    {
    case PROP_CHANGED:
      g_value_set_boolean (value, self->changed);
      break;
    case PROP_SAVING:
      g_value_set_boolean (value, self->saving);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
clear_loaded (SwForm *self)
{
  g_clear_pointer (&self->base, json_object_unref);
  g_clear_pointer (&self->defaults, json_object_unref);
  g_clear_pointer (&self->extra, json_object_unref);
  g_clear_pointer (&self->request, g_free);
}

static void
sw_form_finalize (GObject *object)
{
  SwForm *self = SW_FORM (object);

  clear_loaded (self);
  g_clear_pointer (&self->later, json_object_unref);
  g_clear_weak_pointer (&self->root);
  g_clear_object (&self->fields);
  g_free (self->request);
  g_free (self->entity);
  g_free (self->save_function);
  G_OBJECT_CLASS (sw_form_parent_class)->finalize (object);
}

static void
sw_form_class_init (SwFormClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->get_property = sw_form_get_property;
  object_class->finalize = sw_form_finalize;
  properties[PROP_CHANGED] = g_param_spec_boolean ("changed", NULL, NULL, FALSE, flags);
  properties[PROP_SAVING] = g_param_spec_boolean ("saving", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sw_form_init (SwForm *self)
{
}

SwForm *
sw_form_new (GtkWidget *root, const char *entity)
{
  SwForm *self = g_object_new (SW_TYPE_FORM, NULL);

  g_set_weak_pointer (&self->root, root);
  self->entity = g_strdup (entity);
  self->save_function = g_strconcat (entity, "_save", NULL);
  self->fields = sw_field_set_new (root);
  g_signal_connect_object (self->fields,
                           "edited",
                           G_CALLBACK (update_changed),
                           self,
                           G_CONNECT_SWAPPED);
  return self;
}

void
sw_form_set_save_function (SwForm *self, const char *function)
{
  g_return_if_fail (SW_IS_FORM (self));

  g_free (self->save_function);
  self->save_function = g_strdup (function);
}

void
sw_form_load (SwForm *self, SwRecord *record)
{
  g_return_if_fail (SW_IS_FORM (self));

  clear_loaded (self);
  self->base = sw_record_to_json (record);
  sw_field_set_load (self->fields, self->base);
  if (self->later != NULL)
    {
      g_autoptr (JsonObject) later = g_steal_pointer (&self->later);

      sw_field_set_apply (self->fields, later);
    }
  update_changed (self);
}

void
sw_form_load_new (SwForm *self, JsonObject *defaults)
{
  g_return_if_fail (SW_IS_FORM (self));

  if (defaults != NULL)
    json_object_ref (defaults);
  clear_loaded (self);
  g_clear_pointer (&self->later, json_object_unref);
  self->defaults = defaults;
  sw_field_set_load_new (self->fields, defaults);
  update_changed (self);
}

gboolean
sw_form_is_new (SwForm *self)
{
  g_return_val_if_fail (SW_IS_FORM (self), FALSE);
  return self->base == NULL;
}

gboolean
sw_form_is_changed (SwForm *self)
{
  g_return_val_if_fail (SW_IS_FORM (self), FALSE);
  return self->root != NULL && (self->extra != NULL || sw_field_set_is_changed (self->fields));
}

gboolean
sw_form_is_saving (SwForm *self)
{
  g_return_val_if_fail (SW_IS_FORM (self), FALSE);
  return self->saving;
}

/* {{{ Undo */

typedef struct
{
  SwForm *form;
  JsonObject *base; /* what was loaded when it was reverted, to be compared only */
  JsonObject *changes;
} Reverted;

static void
free_reverted (gpointer data)
{
  Reverted *reverted = data;

  g_object_unref (reverted->form);
  json_object_unref (reverted->changes);
  g_free (reverted);
}

static void
undo_revert (gpointer data)
{
  Reverted *reverted = data;

  /* Another record may be shown by now. */
  if (reverted->form->root != NULL && reverted->form->base == reverted->base)
    sw_field_set_apply (reverted->form->fields, reverted->changes);
}

void
sw_form_revert (SwForm *self)
{
  JsonObject *changes;

  g_return_if_fail (SW_IS_FORM (self));

  changes = sw_field_set_build (self->fields);
  g_clear_pointer (&self->extra, json_object_unref);
  if (self->base != NULL)
    sw_field_set_load (self->fields, self->base);
  else
    sw_field_set_load_new (self->fields, self->defaults);
  update_changed (self);
  if (changes != NULL)
    {
      Reverted *reverted = g_new (Reverted, 1);

      reverted->form = g_object_ref (self);
      reverted->base = self->base;
      reverted->changes = changes;
      sw_toast_with_button (self->root,
                            _ ("Changes discarded"),
                            _ ("_Undo"),
                            undo_revert,
                            reverted,
                            free_reverted);
    }
}

/* }}} */

void
sw_form_set_extra (SwForm *self, const char *key, JsonNode *value)
{
  g_return_if_fail (SW_IS_FORM (self));

  if (value != NULL)
    {
      if (self->extra == NULL)
        self->extra = json_object_new ();
      json_object_set_member (self->extra, key, value);
    }
  else if (self->extra != NULL)
    {
      json_object_remove_member (self->extra, key);
      if (json_object_get_size (self->extra) == 0)
        g_clear_pointer (&self->extra, json_object_unref);
    }
  update_changed (self);
}

SwRow *
sw_form_get_row (SwForm *self, const char *field)
{
  g_return_val_if_fail (SW_IS_FORM (self), NULL);
  return sw_field_set_get_row (self->fields, field);
}

GtkWidget *
sw_form_get_list (SwForm *self, const char *field)
{
  g_return_val_if_fail (SW_IS_FORM (self), NULL);
  return sw_field_set_get_list (self->fields, field);
}

SwFieldSet *
sw_form_get_fields (SwForm *self)
{
  g_return_val_if_fail (SW_IS_FORM (self), NULL);
  return self->fields;
}

void
sw_form_show_error (SwForm *self, const GError *error)
{
  const char *field;

  g_return_if_fail (SW_IS_FORM (self));

  if (self->root == NULL || sw_rule_is_cancelled (error))
    return;
  field = sw_rule_field (error);
  if (field != NULL)
    {
      g_autofree char *message = sw_rule_message (error);

      if (sw_field_set_set_error (self->fields, field, message))
        return;
    }
  if (sw_rule_is_lost (error) && sw_form_is_changed (self))
    {
      g_autofree char *message = sw_rule_message (error);
      g_autofree char *text = g_strdup_printf ("%s %s", message, _ ("Your work is kept here."));

      sw_toast (self->root, text);
    }
  else
    sw_dialog_tell_error (self->root, NULL, error);
}

/* {{{ Drafts */

static const char *
request_of (SwForm *self)
{
  if (self->request == NULL)
    self->request = sw_request_new_key ();
  return self->request;
}

JsonObject *
sw_form_get_draft (SwForm *self)
{
  JsonObject *draft, *values;

  g_return_val_if_fail (SW_IS_FORM (self), NULL);

  if (!sw_form_is_changed (self))
    return NULL;
  draft = json_object_new ();
  values = sw_field_set_peek (self->fields);
  json_object_set_object_member (draft, "values", values);
  if (self->base != NULL)
    json_object_set_object_member (draft, "base", json_object_ref (self->base));
  if (self->extra != NULL)
    json_object_set_object_member (draft, "extra", json_object_ref (self->extra));
  /* Whoever restores it can ask whether this very text was saved. */
  json_object_set_string_member (draft, "request", request_of (self));
  return draft;
}

static JsonObject *
draft_part (JsonObject *draft, const char *name)
{
  JsonNode *node = json_object_get_member (draft, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

void
sw_form_restore_draft (SwForm *self, JsonObject *draft)
{
  JsonObject *base = draft_part (draft, "base");
  JsonObject *values = draft_part (draft, "values");
  JsonObject *extra = draft_part (draft, "extra");

  g_return_if_fail (SW_IS_FORM (self));

  /* As it was then: what others changed since is merged when it is saved. */
  if (base != NULL)
    {
      clear_loaded (self);
      self->base = json_object_ref (base);
      sw_field_set_load (self->fields, base);
    }
  if (values != NULL)
    sw_field_set_apply (self->fields, values);
  if (extra != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (extra);

      for (GList *l = members; l != NULL; l = l->next)
        sw_form_set_extra (self, l->data, json_object_dup_member (extra, l->data));
    }
  update_changed (self);
}

/* }}} */

/* {{{ Saving */

typedef struct
{
  SwSession *session;
  JsonObject *object; /* what is being sent */
  JsonObject *base;   /* as it was when we last looked: what others change counts from there */
  SwMerge *merge;
  guint merges;
} Save;

static void
free_save (gpointer data)
{
  Save *save = data;

  g_object_unref (save->session);
  g_clear_pointer (&save->object, json_object_unref);
  g_clear_pointer (&save->base, json_object_unref);
  g_clear_pointer (&save->merge, sw_merge_free);
  g_free (save);
}

static void
fail (GTask *task)
{
  g_task_return_int (task, 0);
  g_object_unref (task);
}

/* What was typed between sending and the answer must survive the reload that follows. */
static void
keep_later_typing (SwForm *self, JsonObject *sent)
{
  g_autoptr (JsonObject) now = sw_field_set_build (self->fields);
  g_autoptr (GList) members = now != NULL ? json_object_get_members (now) : NULL;
  g_autoptr (JsonObject) later = json_object_new ();

  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonNode *node = json_object_get_member (now, l->data);
      JsonNode *before = json_object_get_member (sent, l->data);

      if (JSON_NODE_HOLDS_ARRAY (node) || g_str_equal (l->data, "id")
          || g_str_equal (l->data, "row_version"))
        continue;
      if (before == NULL || !json_node_equal (node, before))
        json_object_set_member (later, l->data, json_node_copy (node));
    }
  g_clear_pointer (&self->later, json_object_unref);
  if (json_object_get_size (later) > 0)
    self->later = g_steal_pointer (&later);
}

static void
on_merge_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Save *save = g_task_get_task_data (task);

  if (sw_merge_dialog_run_finish (result))
    send (task, sw_merge_to_json (save->merge));
  else
    fail (task);
}

static void
on_theirs_read (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  SwForm *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) record = sw_call_read_record_finish (result, &error);
  g_autoptr (JsonObject) theirs = NULL;

  if (record == NULL || self->root == NULL)
    {
      if (error != NULL)
        sw_form_show_error (self, error);
      fail (task);
      return;
    }
  theirs = sw_record_to_json (record);
  g_clear_pointer (&save->merge, sw_merge_free);
  save->merge = sw_merge_new (save->base, save->object, theirs);
  save->merges++;
  json_object_unref (save->base);
  save->base = json_object_ref (theirs); /* what is answered now need not be asked again */
  if (sw_merge_get_n_conflicts (save->merge) == 0)
    send (task, sw_merge_to_json (save->merge));
  else
    sw_merge_dialog_run_async (self->root,
                               save->merge,
                               self->fields,
                               g_task_get_cancellable (task),
                               on_merge_answered,
                               task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  SwForm *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gint64 id = sw_call_run_finish_id (result, &error);

  /* A key that was used, or given up, is no more; one that was refused is still free. */
  if (!g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_SERVER)
      || g_strcmp0 (sw_pg_error_get_constraint (error), "request_key_used") == 0)
    g_clear_pointer (&self->request, g_free);
  if (error == NULL)
    {
      if (self->root != NULL && save->merge == NULL)
        keep_later_typing (self, save->object);
      g_clear_pointer (&self->extra, json_object_unref);
      g_task_return_int (task, (gssize) id);
      g_object_unref (task);
    }
  else if (sw_rule_is_conflict (error) && save->base != NULL && self->root != NULL
           && save->merges < MOST_MERGES)
    sw_call_read_record_async (save->session,
                               self->entity,
                               json_object_get_int_member (save->base, "id"),
                               g_task_get_cancellable (task),
                               on_theirs_read,
                               task);
  else
    {
      sw_form_show_error (self, error);
      fail (task);
    }
}

/* Takes @object. */
static void
send (GTask *task, JsonObject *object)
{
  SwForm *self = g_task_get_source_object (task);
  Save *save = g_task_get_task_data (task);
  g_autoptr (SwCall) call = sw_call_new (self->save_function);

  g_clear_pointer (&save->object, json_object_unref);
  save->object = object;
  sw_call_add_json_object (call, NULL, object);
  sw_call_set_once (call, request_of (self));
  sw_call_run_async (call, save->session, g_task_get_cancellable (task), on_sent, task);
}

static void
on_completed (GTask *task, GParamSpec *pspec, gpointer data)
{
  set_saving (g_task_get_source_object (task), FALSE);
}

void
sw_form_save_async (SwForm *self,
                    SwSession *session,
                    GCancellable *cancellable,
                    GAsyncReadyCallback callback,
                    gpointer user_data)
{
  GTask *task;
  Save *save;
  JsonObject *object;

  g_return_if_fail (SW_IS_FORM (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, sw_form_save_async);
  if (self->saving)
    {
      fail (task);
      return;
    }
  sw_field_set_clear_errors (self->fields);
  object = sw_field_set_build (self->fields);
  if (object == NULL)
    {
      fail (task);
      return;
    }
  if (self->extra != NULL)
    {
      g_autoptr (GList) members = json_object_get_members (self->extra);

      for (GList *l = members; l != NULL; l = l->next)
        json_object_set_member (object, l->data, json_object_dup_member (self->extra, l->data));
    }

  save = g_new0 (Save, 1);
  save->session = g_object_ref (session);
  save->base = self->base != NULL ? json_object_ref (self->base) : NULL;
  g_task_set_task_data (task, save, free_save);
  set_saving (self, TRUE);
  g_signal_connect (task, "notify::completed", G_CALLBACK (on_completed), NULL);
  send (task, object);
}

gint64
sw_form_save_finish (SwForm *self, GAsyncResult *result)
{
  gssize id = g_task_propagate_int (G_TASK (result), NULL);

  return MAX (id, 0);
}

/* }}} */
