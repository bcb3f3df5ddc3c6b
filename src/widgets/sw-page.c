/* sw-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-page.h"

#include <glib/gi18n.h>
#include "widgets/sw-dialog.h"

typedef struct
{
  SwSession *session;
  GCancellable *cancellable;
  char *title;
  char *icon_name;
  gboolean unsaved;
  gboolean can_create;
} SwPagePrivate;

enum
{
  PROP_0,
  PROP_SESSION,
  PROP_TITLE,
  PROP_ICON_NAME,
  PROP_UNSAVED,
  PROP_CAN_CREATE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SwPage, sw_page, ADW_TYPE_BIN)

#define PRIVATE(self) ((SwPagePrivate *) sw_page_get_instance_private (self))

/* {{{ Default methods */

static void
on_discard_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree char *answer = sw_dialog_choose_finish (SW_DIALOG (source), result);

  g_task_return_boolean (task, g_str_equal (answer, "yes"));
}

static void
sw_page_real_can_close_async (SwPage *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  SwDialog *dialog;

  g_task_set_source_tag (task, sw_page_real_can_close_async);
  if (!sw_page_get_unsaved (self))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  dialog = sw_dialog_new_question (_ ("Discard what you typed?"),
                                   _ ("It has not been saved."),
                                   _ ("_Discard"),
                                   TRUE);
  sw_dialog_choose_async (dialog, GTK_WIDGET (self), cancellable, on_discard_answered, task);
}

static gboolean
sw_page_real_can_close_finish (SwPage *self, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* }}} */

static void
sw_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwPagePrivate *priv = PRIVATE (SW_PAGE (object));

  switch (id)
    {
    case PROP_SESSION:
      g_value_set_object (value, priv->session);
      break;
    case PROP_TITLE:
      g_value_set_string (value, priv->title);
      break;
    case PROP_ICON_NAME:
      g_value_set_string (value, priv->icon_name);
      break;
    case PROP_UNSAVED:
      g_value_set_boolean (value, priv->unsaved);
      break;
    case PROP_CAN_CREATE:
      g_value_set_boolean (value, priv->can_create);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwPage *self = SW_PAGE (object);
  SwPagePrivate *priv = PRIVATE (self);

  switch (id)
    {
    case PROP_SESSION:
      priv->session = g_value_dup_object (value);
      break;
    case PROP_TITLE:
      g_free (priv->title);
      priv->title = g_value_dup_string (value);
      break;
    case PROP_ICON_NAME:
      g_free (priv->icon_name);
      priv->icon_name = g_value_dup_string (value);
      break;
    case PROP_UNSAVED:
      sw_page_set_unsaved (self, g_value_get_boolean (value));
      break;
    case PROP_CAN_CREATE:
      sw_page_set_can_create (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_page_dispose (GObject *object)
{
  g_cancellable_cancel (PRIVATE (SW_PAGE (object))->cancellable);
  G_OBJECT_CLASS (sw_page_parent_class)->dispose (object);
}

static void
sw_page_finalize (GObject *object)
{
  SwPagePrivate *priv = PRIVATE (SW_PAGE (object));

  g_clear_object (&priv->session);
  g_clear_object (&priv->cancellable);
  g_free (priv->title);
  g_free (priv->icon_name);
  G_OBJECT_CLASS (sw_page_parent_class)->finalize (object);
}

static void
sw_page_class_init (SwPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  klass->can_close_async = sw_page_real_can_close_async;
  klass->can_close_finish = sw_page_real_can_close_finish;
  object_class->dispose = sw_page_dispose;
  object_class->finalize = sw_page_finalize;
  object_class->get_property = sw_page_get_property;
  object_class->set_property = sw_page_set_property;

  properties[PROP_SESSION] = g_param_spec_object ("session",
                                                  NULL,
                                                  NULL,
                                                  SW_TYPE_SESSION,
                                                  flags | G_PARAM_CONSTRUCT_ONLY);
  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, flags);
  properties[PROP_ICON_NAME] = g_param_spec_string ("icon-name", NULL, NULL, NULL, flags);
  properties[PROP_UNSAVED]
      = g_param_spec_boolean ("unsaved", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  properties[PROP_CAN_CREATE]
      = g_param_spec_boolean ("can-create", NULL, NULL, FALSE, flags | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sw_page_init (SwPage *self)
{
  PRIVATE (self)->cancellable = g_cancellable_new ();
}

SwSession *
sw_page_get_session (SwPage *self)
{
  g_return_val_if_fail (SW_IS_PAGE (self), NULL);
  return PRIVATE (self)->session;
}

gboolean
sw_page_may (SwPage *self, const char *function)
{
  g_return_val_if_fail (SW_IS_PAGE (self), FALSE);
  return PRIVATE (self)->session == NULL || sw_session_has_right (PRIVATE (self)->session, function);
}

GCancellable *
sw_page_get_cancellable (SwPage *self)
{
  g_return_val_if_fail (SW_IS_PAGE (self), NULL);
  return PRIVATE (self)->cancellable;
}

gboolean
sw_page_get_unsaved (SwPage *self)
{
  g_return_val_if_fail (SW_IS_PAGE (self), FALSE);
  return PRIVATE (self)->unsaved;
}

void
sw_page_set_unsaved (SwPage *self, gboolean unsaved)
{
  g_return_if_fail (SW_IS_PAGE (self));

  if (PRIVATE (self)->unsaved == unsaved)
    return;
  PRIVATE (self)->unsaved = unsaved;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_UNSAVED]);
}

void
sw_page_set_can_create (SwPage *self, gboolean can_create)
{
  g_return_if_fail (SW_IS_PAGE (self));

  if (PRIVATE (self)->can_create == can_create)
    return;
  PRIVATE (self)->can_create = can_create;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CAN_CREATE]);
}

SwPage *
sw_page_of (GtkWidget *widget)
{
  return (SwPage *) gtk_widget_get_ancestor (widget, SW_TYPE_PAGE);
}

void
sw_page_open_record (SwPage *self, const char *entity, gint64 id)
{
  g_return_if_fail (SW_IS_PAGE (self));
  if (SW_PAGE_GET_CLASS (self)->open_record != NULL)
    SW_PAGE_GET_CLASS (self)->open_record (self, entity, id);
}

void
sw_page_open_file (SwPage *self, GFile *file)
{
  g_return_if_fail (SW_IS_PAGE (self));
  if (SW_PAGE_GET_CLASS (self)->open_file != NULL)
    SW_PAGE_GET_CLASS (self)->open_file (self, file);
}

void
sw_page_refresh (SwPage *self)
{
  g_return_if_fail (SW_IS_PAGE (self));
  if (SW_PAGE_GET_CLASS (self)->refresh != NULL)
    SW_PAGE_GET_CLASS (self)->refresh (self);
}

void
sw_page_create (SwPage *self)
{
  g_return_if_fail (SW_IS_PAGE (self));
  if (PRIVATE (self)->can_create && SW_PAGE_GET_CLASS (self)->create != NULL)
    SW_PAGE_GET_CLASS (self)->create (self);
}

void
sw_page_search (SwPage *self)
{
  g_return_if_fail (SW_IS_PAGE (self));
  if (SW_PAGE_GET_CLASS (self)->search != NULL)
    SW_PAGE_GET_CLASS (self)->search (self);
}

void
sw_page_save (SwPage *self)
{
  g_return_if_fail (SW_IS_PAGE (self));
  if (SW_PAGE_GET_CLASS (self)->save != NULL)
    SW_PAGE_GET_CLASS (self)->save (self);
}

gboolean
sw_page_back (SwPage *self)
{
  g_return_val_if_fail (SW_IS_PAGE (self), FALSE);
  return SW_PAGE_GET_CLASS (self)->back != NULL && SW_PAGE_GET_CLASS (self)->back (self);
}

void
sw_page_can_close_async (SwPage *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_return_if_fail (SW_IS_PAGE (self));
  SW_PAGE_GET_CLASS (self)->can_close_async (self, cancellable, callback, user_data);
}

gboolean
sw_page_can_close_finish (SwPage *self, GAsyncResult *result)
{
  g_return_val_if_fail (SW_IS_PAGE (self), FALSE);
  return SW_PAGE_GET_CLASS (self)->can_close_finish (self, result);
}

void
sw_page_open (GtkWidget *from, const char *entity, gint64 id)
{
  gtk_widget_activate_action (from, "win.open", "(sx)", entity, id);
}
