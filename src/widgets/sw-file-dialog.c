/* sw-file-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * GtkFileDialog came with GTK 4.10, which deprecates GtkFileChooserNative.
 */
#include "widgets/sw-file-dialog.h"

#include <glib/gi18n.h>

static GtkFileFilter *
create_filter (const SwFileKind *kind)
{
  GtkFileFilter *filter = gtk_file_filter_new ();
  g_auto (GStrv) patterns = g_strsplit (kind->patterns, " ", -1);

  gtk_file_filter_set_name (filter, _ (kind->label));
  for (guint i = 0; patterns[i] != NULL; i++)
    gtk_file_filter_add_pattern (filter, patterns[i]);
  return filter;
}

static GtkWindow *
window_of (GtkWidget *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

#if GTK_CHECK_VERSION(4, 10, 0)

static GtkFileDialog *
create (const char *title, const SwFileKind *kind)
{
  GtkFileDialog *dialog = gtk_file_dialog_new ();

  gtk_file_dialog_set_title (dialog, title);
  if (kind != NULL)
    {
      g_autoptr (GListStore) filters = g_list_store_new (GTK_TYPE_FILE_FILTER);
      g_autoptr (GtkFileFilter) filter = create_filter (kind);

      g_list_store_append (filters, filter);
      gtk_file_dialog_set_filters (dialog, G_LIST_MODEL (filters));
    }
  return dialog;
}

/* Dismissing is an answer, not an error. */
static void
complete (GTask *task, gpointer answer, GError *error)
{
  if (answer != NULL || g_error_matches (error, GTK_DIALOG_ERROR, GTK_DIALOG_ERROR_DISMISSED))
    {
      g_clear_error (&error);
      g_task_return_pointer (task, answer, g_object_unref);
    }
  else
    g_task_return_error (task, error);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GtkFileDialog *dialog = GTK_FILE_DIALOG (source);
  GError *error = NULL;
  GListModel *files = NULL;

  if (GPOINTER_TO_INT (g_task_get_task_data (task)))
    files = gtk_file_dialog_open_multiple_finish (dialog, result, &error);
  else
    {
      g_autoptr (GFile) file = gtk_file_dialog_open_finish (dialog, result, &error);

      if (file != NULL)
        {
          files = G_LIST_MODEL (g_list_store_new (G_TYPE_FILE));
          g_list_store_append (G_LIST_STORE (files), file);
        }
    }
  complete (task, files, error);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_save_finish (GTK_FILE_DIALOG (source), result, &error);

  complete (task, file, error);
}

static void
open_files (GtkWidget *parent,
            const char *title,
            const SwFileKind *kind,
            gboolean several,
            GTask *task)
{
  g_autoptr (GtkFileDialog) dialog = create (title, kind);
  GCancellable *cancellable = g_task_get_cancellable (task);

  g_task_set_task_data (task, GINT_TO_POINTER (several), NULL);
  if (several)
    gtk_file_dialog_open_multiple (dialog, window_of (parent), cancellable, on_opened, task);
  else
    gtk_file_dialog_open (dialog, window_of (parent), cancellable, on_opened, task);
}

static void
save_file (GtkWidget *parent,
           const char *title,
           const char *initial_name,
           const SwFileKind *kind,
           GTask *task)
{
  g_autoptr (GtkFileDialog) dialog = create (title, kind);

  gtk_file_dialog_set_initial_name (dialog, initial_name);
  gtk_file_dialog_save (dialog, window_of (parent), g_task_get_cancellable (task), on_saved, task);
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GFile *file = gtk_file_dialog_select_folder_finish (GTK_FILE_DIALOG (source), result, &error);

  complete (task, file, error);
}

static void
choose_folder (GtkWidget *parent, const char *title, GTask *task)
{
  g_autoptr (GtkFileDialog) dialog = create (title, NULL);

  gtk_file_dialog_select_folder (dialog, window_of (parent), g_task_get_cancellable (task), on_folder,
                                 task);
}

#else

static void
on_response (GtkNativeDialog *dialog, int response, gpointer data)
{
  g_autoptr (GTask) task = data;
  GtkFileChooser *chooser = GTK_FILE_CHOOSER (dialog);

  if (response != GTK_RESPONSE_ACCEPT)
    g_task_return_pointer (task, NULL, NULL);
  else if (gtk_file_chooser_get_action (chooser) != GTK_FILE_CHOOSER_ACTION_OPEN)
    g_task_return_pointer (task, gtk_file_chooser_get_file (chooser), g_object_unref);
  else
    g_task_return_pointer (task, gtk_file_chooser_get_files (chooser), g_object_unref);
  g_object_unref (dialog);
}

static GtkFileChooser *
create (GtkWidget *parent,
        const char *title,
        const SwFileKind *kind,
        GtkFileChooserAction action,
        const char *accept,
        GTask *task)
{
  GtkFileChooserNative *dialog
      = gtk_file_chooser_native_new (title, window_of (parent), action, accept, _ ("_Cancel"));

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  if (kind != NULL)
    {
      g_autoptr (GtkFileFilter) filter = create_filter (kind);

      gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
    }
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), task);
  return GTK_FILE_CHOOSER (dialog);
}

static void
open_files (GtkWidget *parent,
            const char *title,
            const SwFileKind *kind,
            gboolean several,
            GTask *task)
{
  GtkFileChooser *chooser
      = create (parent, title, kind, GTK_FILE_CHOOSER_ACTION_OPEN, _ ("_Open"), task);

  gtk_file_chooser_set_select_multiple (chooser, several);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
save_file (GtkWidget *parent,
           const char *title,
           const char *initial_name,
           const SwFileKind *kind,
           GTask *task)
{
  GtkFileChooser *chooser
      = create (parent, title, kind, GTK_FILE_CHOOSER_ACTION_SAVE, _ ("_Save"), task);

  gtk_file_chooser_set_current_name (chooser, initial_name);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
choose_folder (GtkWidget *parent, const char *title, GTask *task)
{
  GtkFileChooser *chooser
      = create (parent, title, NULL, GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _ ("_Choose"), task);

  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

#endif

void
sw_file_dialog_open_async (GtkWidget *parent,
                           const char *title,
                           const SwFileKind *kind,
                           gboolean several,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_file_dialog_open_async);
  open_files (parent, title, kind, several, task);
}

GListModel *
sw_file_dialog_open_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sw_file_dialog_save_async (GtkWidget *parent,
                           const char *title,
                           const char *initial_name,
                           const SwFileKind *kind,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_file_dialog_save_async);
  save_file (parent, title, initial_name, kind, task);
}

GFile *
sw_file_dialog_save_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

void
sw_file_dialog_folder_async (GtkWidget *parent,
                             const char *title,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  GTask *task = g_task_new (parent, cancellable, callback, user_data);

  g_task_set_source_tag (task, sw_file_dialog_folder_async);
  choose_folder (parent, title, task);
}
