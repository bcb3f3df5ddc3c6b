/* sw-attachments.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-attachments.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <glib/gstdio.h>
#include "base/sw-date.h"
#include "model/sw-call.h"
#include "model/sw-rule-messages.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-drop-zone.h"
#include "widgets/sw-file-dialog.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-toast.h"

struct _SwAttachments
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *zone; /* where new ones are dropped */
  GtkWidget *spinner;
  SwSession *session;
  GCancellable *cancellable;
  char *entity;
  gint64 id;
  guint running; /* calls under way */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwAttachments, sw_attachments, GTK_TYPE_WIDGET)

/* One file going out or coming in; @self is a reference so that callbacks never miss it. */
typedef struct
{
  SwAttachments *self;
  char *name;
  gint64 id;
  gboolean save; /* as the person says, rather than open */
  GBytes *content;
} Transfer;

static Transfer *
transfer_new (SwAttachments *self, const char *name, gint64 id)
{
  Transfer *transfer = g_new0 (Transfer, 1);

  transfer->self = g_object_ref (self);
  transfer->name = g_strdup (name);
  transfer->id = id;
  self->running++;
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  return transfer;
}

static void
transfer_free (Transfer *transfer)
{
  if (--transfer->self->running == 0 && transfer->self->spinner != NULL)
    gtk_spinner_stop (GTK_SPINNER (transfer->self->spinner));
  g_object_unref (transfer->self);
  g_clear_pointer (&transfer->content, g_bytes_unref);
  g_free (transfer->name);
  g_free (transfer);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Transfer, transfer_free)

static void
tell (Transfer *transfer, const GError *error)
{
  g_autofree char *heading = g_strdup_printf (_ ("“%s” could not be handled"), transfer->name);

  if (transfer->self->box != NULL)
    sw_dialog_tell_error (GTK_WIDGET (transfer->self), heading, error);
}

/* {{{ In */

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  g_autoptr (GError) error = NULL;

  sw_call_run_finish_id (result, &error);
  if (error != NULL)
    tell (transfer, error);
  else
    g_signal_emit (transfer->self, signals[CHANGED], 0);
}

static void
on_file_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  SwAttachments *self = transfer->self;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  g_autoptr (SwCall) call = NULL;

  if (bytes == NULL)
    {
      tell (transfer, error);
      return;
    }
  call = sw_call_new ("attachment_add");
  sw_call_set_once (call, NULL);
  sw_call_add_text (call, "p_entity", self->entity);
  sw_call_add_id (call, "p_entity_id", self->id);
  sw_call_add_text (call, "p_name", transfer->name);
  sw_call_add_bytes (call, "p_content", bytes);
  sw_call_run_async (call,
                     self->session,
                     self->cancellable,
                     on_added,
                     g_steal_pointer (&transfer));
}

static void
on_file (SwAttachments *self, GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  if (self->session == NULL || self->id == 0)
    {
      sw_toast (GTK_WIDGET (self), _ ("Please save first, then add files"));
      return;
    }
  g_file_load_bytes_async (file, self->cancellable, on_file_read, transfer_new (self, name, 0));
}

/* }}} */

/* {{{ Out */

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  g_autoptr (GError) error = NULL;
  GFile *file = G_FILE (source);

  if (!g_file_replace_contents_finish (file, result, NULL, &error))
    tell (transfer, error);
  else if (transfer->save)
    sw_toast (GTK_WIDGET (transfer->self), _ ("File saved"));
  else
    {
      g_autofree char *uri = g_file_get_uri (file);

      g_app_info_launch_default_for_uri_async (uri, NULL, NULL, NULL, NULL);
    }
}

static void
write_to (Transfer *transfer, GFile *file)
{
  g_file_replace_contents_bytes_async (file,
                                       transfer->content,
                                       NULL,
                                       FALSE,
                                       transfer->save ? G_FILE_CREATE_NONE : G_FILE_CREATE_PRIVATE,
                                       transfer->self->cancellable,
                                       on_written,
                                       transfer);
}

static void
on_target_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  Transfer *transfer = data;
  g_autoptr (GFile) file = sw_file_dialog_save_finish (result, NULL);

  if (file != NULL)
    write_to (transfer, file);
  else
    transfer_free (transfer);
}

static void
on_content (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  GtkWidget *widget = GTK_WIDGET (transfer->self);
  const char *name = transfer->name;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) rows = sw_call_run_finish (result, &error);

  if (rows != NULL && sw_pg_result_get_n_rows (rows) > 0)
    transfer->content = sw_pg_result_get_bytes (rows, 0, 0);
  if (transfer->content == NULL)
    {
      if (error != NULL)
        tell (transfer, error);
      return;
    }
  if (transfer->save)
    sw_file_dialog_save_async (widget,
                               _ ("Save the file"),
                               name,
                               NULL,
                               NULL,
                               on_target_chosen,
                               g_steal_pointer (&transfer));
  else
    {
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, transfer->id);
      g_autofree char *base = g_path_get_basename (transfer->name);
      g_autofree char *folder
          = g_build_filename (g_get_user_cache_dir (), "softwhere", "attachments", number, NULL);
      g_autofree char *path = g_build_filename (folder, base, NULL);
      g_autoptr (GFile) file = g_file_new_for_path (path);

      g_mkdir_with_parents (folder, 0700);
      write_to (g_steal_pointer (&transfer), file);
    }
}

static void
fetch (SwAttachments *self, SwRecord *record, gboolean save)
{
  g_autoptr (SwCall) call = sw_call_new ("attachment_content");
  gint64 id = sw_record_get_id (record);
  Transfer *transfer = transfer_new (self, sw_record_get_text (record, "name"), id);

  transfer->save = save;
  sw_call_add_id (call, NULL, id);
  sw_call_run_async (call, self->session, self->cancellable, on_content, transfer);
}

/* }}} */

/* {{{ Removing */

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  g_autoptr (GError) error = NULL;

  sw_call_run_finish_id (result, &error);
  if (error != NULL)
    tell (transfer, error);
  else
    g_signal_emit (transfer->self, signals[CHANGED], 0);
}

static void
on_remove_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Transfer) transfer = data;
  SwAttachments *self = transfer->self;
  g_autofree char *answer = sw_dialog_choose_finish (SW_DIALOG (source), result);
  g_autoptr (SwCall) call = NULL;

  if (!g_str_equal (answer, "yes"))
    return;
  call = sw_call_new ("attachment_delete");
  sw_call_set_once (call, NULL);
  sw_call_add_id (call, NULL, transfer->id);
  sw_call_run_async (call,
                     self->session,
                     self->cancellable,
                     on_deleted,
                     g_steal_pointer (&transfer));
}

static void
on_remove_clicked (GtkWidget *button, SwRecord *record)
{
  SwAttachments *self
      = SW_ATTACHMENTS (gtk_widget_get_ancestor (button, SW_TYPE_ATTACHMENTS));
  const char *name = sw_record_get_text (record, "name");
  g_autofree char *heading = g_strdup_printf (_ ("Delete “%s”?"), name);
  SwDialog *dialog = sw_dialog_new_question (heading,
                                             _ ("The file is deleted for everybody."),
                                             _ ("_Delete"),
                                             TRUE);

  sw_dialog_choose_async (dialog,
                          button,
                          NULL,
                          on_remove_answered,
                          transfer_new (self, name, sw_record_get_id (record)));
}

/* }}} */

static void
on_save_clicked (GtkWidget *button, SwRecord *record)
{
  fetch (SW_ATTACHMENTS (gtk_widget_get_ancestor (button, SW_TYPE_ATTACHMENTS)), record, TRUE);
}

static void
on_row_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  SwRecord *record = g_object_get_data (G_OBJECT (row), "sw-record");

  if (record != NULL)
    fetch (data, record, FALSE);
}

static void
add_button (GtkWidget *row,
            const char *icon_name,
            const char *label,
            GCallback callback,
            SwRecord *record)
{
  GtkWidget *button = sw_pane_icon_button (icon_name, label, NULL);

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", callback, record, 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static gboolean
may (SwAttachments *self, const char *function)
{
  return self->session == NULL || sw_session_has_right (self->session, function);
}

static GtkWidget *
create_row (gpointer item, gpointer data)
{
  SwRecord *record = item;
  GtkWidget *row = adw_action_row_new ();
  const char *name = sw_record_get_text (record, "name");
  const char *author = sw_record_get_text (record, "created_by");
  g_autofree char *size = g_format_size ((guint64) sw_record_get_int (record, "size"));
  g_autofree char *date = sw_date_format (sw_record_get_text (record, "created_at"));
  g_autofree char *subtitle
      = g_strjoin (" · ", size, date, author != NULL ? author : NULL, NULL);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (row), "sw-record", g_object_ref (record), g_object_unref);
  add_button (row, "document-save-symbolic", _ ("Save a copy"), G_CALLBACK (on_save_clicked), record);
  if (may (data, "attachment_delete"))
    add_button (row, "user-trash-symbolic", _ ("Delete"), G_CALLBACK (on_remove_clicked), record);
  return row;
}

static void
on_items_changed (SwAttachments *self,
                  guint position,
                  guint removed,
                  guint added,
                  GListModel *rows)
{
  gtk_widget_set_visible (self->list, g_list_model_get_n_items (rows) > 0);
}

static void
sw_attachments_dispose (GObject *object)
{
  SwAttachments *self = SW_ATTACHMENTS (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->spinner = NULL;
  G_OBJECT_CLASS (sw_attachments_parent_class)->dispose (object);
}

static void
sw_attachments_finalize (GObject *object)
{
  SwAttachments *self = SW_ATTACHMENTS (object);

  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_free (self->entity);
  G_OBJECT_CLASS (sw_attachments_parent_class)->finalize (object);
}

static void
sw_attachments_class_init (SwAttachmentsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_attachments_dispose;
  G_OBJECT_CLASS (klass)->finalize = sw_attachments_finalize;
  signals[CHANGED] = g_signal_new ("changed",
                                   SW_TYPE_ATTACHMENTS,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sw_attachments_init (SwAttachments *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  gtk_widget_set_visible (self->list, FALSE);
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_box_append (GTK_BOX (self->box), self->list);
  self->zone = sw_drop_zone_new (NULL);
  g_signal_connect_swapped (self->zone, "file", G_CALLBACK (on_file), self);
  gtk_box_append (GTK_BOX (self->box), self->zone);
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (self->box), self->spinner);
}

GtkWidget *
sw_attachments_new (void)
{
  return g_object_new (SW_TYPE_ATTACHMENTS, NULL);
}

void
sw_attachments_set (SwAttachments *self,
                    SwSession *session,
                    const char *entity,
                    gint64 id,
                    GListModel *rows)
{
  g_return_if_fail (SW_IS_ATTACHMENTS (self));

  g_set_object (&self->session, session);
  g_free (self->entity);
  self->entity = g_strdup (entity);
  self->id = id;
  gtk_widget_set_visible (self->zone, may (self, "attachment_add"));
  gtk_list_box_bind_model (GTK_LIST_BOX (self->list), rows, create_row, self, NULL);
  gtk_widget_set_visible (self->list, rows != NULL && g_list_model_get_n_items (rows) > 0);
  if (rows != NULL)
    g_signal_connect_object (rows,
                             "items-changed",
                             G_CALLBACK (on_items_changed),
                             self,
                             G_CONNECT_SWAPPED);
}
