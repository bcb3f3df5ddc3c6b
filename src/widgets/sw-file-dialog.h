/* sw-file-dialog.h: choosing files; hides which of GTK's two file dialogs is used
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A kind of file: { N_("PDF documents"), "*.pdf" }; patterns separated by spaces. May be NULL. */
typedef struct
{
  const char *label; /* msgid */
  const char *patterns;
} SwFileKind;

void sw_file_dialog_open_async (GtkWidget *parent,
                                const char *title,
                                const SwFileKind *kind,
                                gboolean several,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* GFiles; NULL when dismissed. */
GListModel *sw_file_dialog_open_finish (GAsyncResult *result, GError **error);

void sw_file_dialog_save_async (GtkWidget *parent,
                                const char *title,
                                const char *initial_name,
                                const SwFileKind *kind,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* NULL when dismissed. */
GFile *sw_file_dialog_save_finish (GAsyncResult *result, GError **error);

/* A folder, also answered by sw_file_dialog_save_finish(). */
void sw_file_dialog_folder_async (GtkWidget *parent,
                                  const char *title,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer user_data);

G_END_DECLS
