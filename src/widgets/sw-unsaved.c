/* sw-unsaved.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-unsaved.h"

#include <glib/gi18n.h>
#include "widgets/sw-dialog.h"

typedef struct
{
  SwForm *form;
  SwSession *session;
} Question;

static void
free_question (gpointer data)
{
  Question *question = data;

  g_clear_object (&question->form);
  g_clear_object (&question->session);
  g_free (question);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_boolean (task, sw_form_save_finish (SW_FORM (source), result) != 0);
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  Question *question = g_task_get_task_data (task);
  g_autofree char *answer = sw_dialog_choose_finish (SW_DIALOG (source), result);

  if (g_str_equal (answer, "save"))
    {
      sw_form_save_async (question->form,
                          question->session,
                          g_task_get_cancellable (task),
                          on_saved,
                          task);
      return;
    }
  g_task_return_boolean (task, g_str_equal (answer, "discard"));
  g_object_unref (task);
}

void
sw_unsaved_ask_async (GtkWidget *parent,
                      SwForm *form,
                      SwSession *session,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);
  Question *question;
  SwDialog *dialog;

  g_task_set_source_tag (task, sw_unsaved_ask_async);
  g_task_set_check_cancellable (task, FALSE);
  if (form == NULL || !sw_form_is_changed (form))
    {
      g_task_return_boolean (task, TRUE);
      g_object_unref (task);
      return;
    }
  question = g_new0 (Question, 1);
  question->form = g_object_ref (form);
  question->session = session != NULL ? g_object_ref (session) : NULL;
  g_task_set_task_data (task, question, free_question);

  dialog = sw_dialog_new (_ ("Save what you typed?"), _ ("It is lost if you do not save it."));
  sw_dialog_add_button (dialog, "save", _ ("_Save"), SW_BUTTON_SUGGESTED);
  sw_dialog_add_button (dialog, "discard", _ ("_Discard"), SW_BUTTON_DESTRUCTIVE);
  sw_dialog_add_button (dialog, "cancel", _ ("_Go on editing"), SW_BUTTON_NORMAL);
  sw_dialog_choose_async (dialog, parent, cancellable, on_answered, task);
}

gboolean
sw_unsaved_ask_finish (GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
