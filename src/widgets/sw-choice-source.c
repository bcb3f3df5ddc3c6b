/* sw-choice-source.c: a drop-down whose choices are nested rows of another record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "widgets/sw-choice-source.h"

#include "model/sw-call.h"

struct _SwChoiceSource
{
  GObject parent_instance;

  SwChoiceRow *row; /* owns self */
  SwSession *session;
  const char *entity;
  const char *list;
  const char *value_field;
  const char *label_field;
  GCancellable *cancellable;
  gint64 id;
  gboolean take_first;
};

G_DEFINE_FINAL_TYPE (SwChoiceSource, sw_choice_source, G_TYPE_OBJECT)

static void
on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecord) record = sw_call_read_record_finish (result, NULL);
  SwChoiceSource *self = user_data;
  g_autoptr (SwRecord) first = NULL;
  g_autofree char *id = NULL;
  GListModel *rows;

  if (record == NULL) /* cancelled: self may be gone; lost or refused: saving will say so */
    return;
  rows = sw_record_get_rows (record, self->list);
  sw_choice_row_set_rows (self->row, rows, self->value_field, self->label_field);
  if (!self->take_first || g_list_model_get_n_items (rows) == 0)
    return;
  first = g_list_model_get_item (rows, 0);
  id = g_strdup (sw_record_get_text (first, self->value_field));
  sw_row_set_value (SW_ROW (self->row), id);
  sw_row_edited (SW_ROW (self->row));
}

static void
read_choices (SwChoiceSource *self, gint64 id, gboolean take_first)
{
  /* A record being loaded changes the parent too: the value it comes with stays. */
  self->take_first = take_first;
  if (id == self->id)
    return;
  self->id = id;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (id == 0)
    return;
  self->cancellable = g_cancellable_new ();
  sw_call_read_record_async (self->session, self->entity, id, self->cancellable, on_read, self);
}

void
sw_choice_source_read (SwChoiceSource *self, gint64 id)
{
  read_choices (self, id, FALSE);
}

void
sw_choice_source_take_first (SwChoiceSource *self, gint64 id)
{
  read_choices (self, id, TRUE);
}

static void
on_parent_changed (SwChoiceSource *self, GParamSpec *pspec, SwRow *parent)
{
  g_autofree char *value = sw_row_get_value (parent, NULL);

  read_choices (self, value == NULL ? 0 : g_ascii_strtoll (value, NULL, 10), TRUE);
}

void
sw_choice_source_follow (SwChoiceSource *self, SwRow *parent)
{
  g_signal_connect_object (parent, "notify::value", G_CALLBACK (on_parent_changed), self,
                           G_CONNECT_SWAPPED);
}

SwChoiceSource *
sw_choice_source_new (SwChoiceRow *row,
                      SwSession *session,
                      const char *entity,
                      const char *list,
                      const char *value_field,
                      const char *label_field)
{
  SwChoiceSource *self = g_object_new (SW_TYPE_CHOICE_SOURCE, NULL);

  self->row = row;
  self->session = g_object_ref (session);
  self->entity = entity;
  self->list = list;
  self->value_field = value_field;
  self->label_field = label_field;
  g_object_set_data_full (G_OBJECT (row), "sw-choice-source", self, g_object_unref);
  return self;
}

static void
sw_choice_source_dispose (GObject *object)
{
  SwChoiceSource *self = SW_CHOICE_SOURCE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sw_choice_source_parent_class)->dispose (object);
}

static void
sw_choice_source_class_init (SwChoiceSourceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_choice_source_dispose;
}

static void
sw_choice_source_init (SwChoiceSource *self)
{
}
