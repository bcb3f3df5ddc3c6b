/* sw-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-dialog.h"

#include <glib/gi18n.h>
#include "model/sw-rule-messages.h"
#include "widgets/sw-button.h"
#include "widgets/sw-toast.h"

struct _SwDialog
{
  AdwWindow parent_instance;

  GtkWidget *content;
  GtkWidget *rows; /* a boxed list, made with the first row */
  GtkWidget *error;
  GtkWidget *spinner;
  GtkWidget *buttons;
  SwFieldSet *fields;
  GTask *choose; /* while somebody waits for the answer */
  GCancellable *cancellable;
  int width;
};

enum
{
  APPLY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwDialog, sw_dialog, ADW_TYPE_WINDOW)

static void
answer (SwDialog *self, const char *name)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->choose);

  if (task != NULL)
    g_task_return_pointer (task, g_strdup (name), g_free);
}

static gboolean
sw_dialog_close_request (GtkWindow *window)
{
  SwDialog *self = SW_DIALOG (window);

  g_cancellable_cancel (self->cancellable);
  answer (self, "cancel");
  return GTK_WINDOW_CLASS (sw_dialog_parent_class)->close_request (window);
}

static void
on_button_clicked (GtkWidget *button, gpointer data)
{
  SwDialog *self = data;
  const char *name = gtk_widget_get_name (button);

  if (self->choose != NULL)
    {
      answer (self, name);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (g_str_equal (name, "cancel"))
    gtk_window_close (GTK_WINDOW (self));
  else if (sw_dialog_check (self))
    {
      gtk_widget_set_visible (self->error, FALSE);
      g_signal_emit (self, signals[APPLY], 0, name);
    }
}

static void
sw_dialog_dispose (GObject *object)
{
  SwDialog *self = SW_DIALOG (object);

  answer (self, "cancel");
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->fields);
  G_OBJECT_CLASS (sw_dialog_parent_class)->dispose (object);
}

static void
sw_dialog_finalize (GObject *object)
{
  g_clear_object (&SW_DIALOG (object)->cancellable);
  G_OBJECT_CLASS (sw_dialog_parent_class)->finalize (object);
}

static void
sw_dialog_class_init (SwDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sw_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = sw_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = sw_dialog_close_request;
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_DIALOG);
  signals[APPLY] = g_signal_new ("apply",
                                 SW_TYPE_DIALOG,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_STRING);
  gtk_widget_class_add_binding_action (widget_class,
                                       GDK_KEY_Escape,
                                       0,
                                       "window.close",
                                       NULL);
}

static void
sw_dialog_init (SwDialog *self)
{
  GtkWidget *handle = gtk_window_handle_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->width = 420;
  self->cancellable = g_cancellable_new ();
  gtk_window_set_modal (GTK_WINDOW (self), TRUE);
  gtk_window_set_resizable (GTK_WINDOW (self), FALSE);
  gtk_widget_add_css_class (GTK_WIDGET (self), "dialog");

  self->content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_add_css_class (self->content, "dialog-content");
  self->error = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->error), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->error), 0);
  gtk_widget_add_css_class (self->error, "error");
  gtk_widget_add_css_class (self->error, "dialog-error");
  gtk_widget_set_visible (self->error, FALSE);
  self->spinner = gtk_spinner_new ();
  self->buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  gtk_box_set_homogeneous (GTK_BOX (self->buttons), TRUE);
  gtk_widget_add_css_class (self->buttons, "dialog-buttons");

  gtk_box_append (GTK_BOX (box), self->content);
  gtk_box_append (GTK_BOX (box), self->error);
  gtk_box_append (GTK_BOX (box), self->spinner);
  gtk_box_append (GTK_BOX (box), self->buttons);
  gtk_window_handle_set_child (GTK_WINDOW_HANDLE (handle), box);
  adw_window_set_content (ADW_WINDOW (self), handle);
}

static GtkWidget *
create_text (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 50);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

SwDialog *
sw_dialog_new (const char *heading, const char *body)
{
  SwDialog *self = g_object_new (SW_TYPE_DIALOG, "title", heading, NULL);

  gtk_box_append (GTK_BOX (self->content), create_text (heading, "title-3"));
  if (body != NULL)
    gtk_box_append (GTK_BOX (self->content), create_text (body, NULL));
  return self;
}

void
sw_dialog_add_button (SwDialog *self, const char *name, const char *label, SwButtonStyle style)
{
  GtkWidget *button = sw_button_new (label);

  g_return_if_fail (SW_IS_DIALOG (self));

  gtk_widget_set_name (button, name);
  g_signal_connect (button, "clicked", G_CALLBACK (on_button_clicked), self);
  gtk_box_append (GTK_BOX (self->buttons), button);
  if (style == SW_BUTTON_SUGGESTED)
    {
      gtk_widget_add_css_class (button, "suggested-action");
      gtk_window_set_default_widget (GTK_WINDOW (self), button);
    }
  else if (style == SW_BUTTON_DESTRUCTIVE)
    gtk_widget_add_css_class (button, "destructive-action");
  /* Three answers read better one above the other. */
  if (gtk_widget_get_next_sibling (gtk_widget_get_first_child (self->buttons)) != NULL
      && gtk_widget_get_last_child (self->buttons)
             != gtk_widget_get_next_sibling (gtk_widget_get_first_child (self->buttons)))
    {
      gtk_orientable_set_orientation (GTK_ORIENTABLE (self->buttons), GTK_ORIENTATION_VERTICAL);
      gtk_box_set_spacing (GTK_BOX (self->buttons), 6);
    }
}

void
sw_dialog_add_child (SwDialog *self, GtkWidget *child)
{
  g_return_if_fail (SW_IS_DIALOG (self));
  gtk_box_append (GTK_BOX (self->content), child);
}

void
sw_dialog_add_row (SwDialog *self, GtkWidget *row)
{
  g_return_if_fail (SW_IS_DIALOG (self));

  if (self->rows == NULL)
    {
      self->rows = gtk_list_box_new ();
      gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->rows), GTK_SELECTION_NONE);
      gtk_widget_add_css_class (self->rows, "boxed-list");
      sw_dialog_add_child (self, self->rows);
    }
  gtk_list_box_append (GTK_LIST_BOX (self->rows), row);
}

void
sw_dialog_set_width (SwDialog *self, int width)
{
  g_return_if_fail (SW_IS_DIALOG (self));
  self->width = width;
}

static void
show (SwDialog *self, GtkWidget *parent)
{
  GtkRoot *root = gtk_widget_get_root (parent);
  int width = self->width;

  if (GTK_IS_WINDOW (root))
    {
      int room = gtk_widget_get_width (GTK_WIDGET (root));

      gtk_window_set_transient_for (GTK_WINDOW (self), GTK_WINDOW (root));
      if (room > 0)
        width = MIN (width, MAX (300, room - 24));
    }
  gtk_widget_set_size_request (self->content, width, -1);
  gtk_window_present (GTK_WINDOW (self));
}

void
sw_dialog_choose_async (SwDialog *self,
                        GtkWidget *parent,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_return_if_fail (SW_IS_DIALOG (self));

  self->choose = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (self->choose, sw_dialog_choose_async);
  g_task_set_check_cancellable (self->choose, FALSE);
  show (self, parent);
}

char *
sw_dialog_choose_finish (SwDialog *self, GAsyncResult *result)
{
  char *name = g_task_propagate_pointer (G_TASK (result), NULL);

  return name != NULL ? name : g_strdup ("cancel");
}

void
sw_dialog_present (SwDialog *self, GtkWidget *parent)
{
  GtkWidget *focus;

  g_return_if_fail (SW_IS_DIALOG (self));

  show (self, parent);
  /* GTK may have given it to the first row already: a further step would leave that. */
  focus = gtk_window_get_focus (GTK_WINDOW (self));
  if (self->rows != NULL && (focus == NULL || !gtk_widget_is_ancestor (focus, self->rows)))
    gtk_widget_child_focus (self->rows, GTK_DIR_TAB_FORWARD);
}

SwFieldSet *
sw_dialog_get_fields (SwDialog *self)
{
  g_return_val_if_fail (SW_IS_DIALOG (self), NULL);

  if (self->fields == NULL)
    self->fields = sw_field_set_new (self->content);
  return self->fields;
}

char *
sw_dialog_get_value (SwDialog *self, const char *field)
{
  SwRow *row = sw_field_set_get_row (sw_dialog_get_fields (self), field);

  g_return_val_if_fail (row != NULL, NULL);
  return sw_row_get_value (row, NULL);
}

GHashTable *
sw_dialog_get_values (SwDialog *self)
{
  GHashTable *values = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  GtkWidget *row = self->rows != NULL ? gtk_widget_get_first_child (self->rows) : NULL;

  for (; row != NULL; row = gtk_widget_get_next_sibling (row))
    {
      char *value = SW_IS_ROW (row) ? sw_row_get_value (SW_ROW (row), NULL) : NULL;

      if (value != NULL)
        g_hash_table_insert (values, g_strdup (sw_row_get_field (SW_ROW (row))), value);
    }
  return values;
}

gboolean
sw_dialog_check (SwDialog *self)
{
  g_autoptr (JsonObject) object = sw_field_set_build (sw_dialog_get_fields (self));

  return object != NULL;
}

void
sw_dialog_set_busy (SwDialog *self, gboolean busy)
{
  g_return_if_fail (SW_IS_DIALOG (self));

  gtk_widget_set_sensitive (self->content, !busy);
  for (GtkWidget *button = gtk_widget_get_first_child (self->buttons); button != NULL;
       button = gtk_widget_get_next_sibling (button))
    if (!g_str_equal (gtk_widget_get_name (button), "cancel"))
      gtk_widget_set_sensitive (button, !busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
}

static void
show_message (SwDialog *self, const char *field, const char *message)
{
  if (field != NULL)
    {
      SwFieldSet *fields = sw_dialog_get_fields (self);
      g_autofree char *parameter = g_strconcat ("p_", field, NULL);

      /* Rows are named by a column, or by the parameter of the call they are for. */
      if (sw_field_set_set_error (fields, field, message)
          || sw_field_set_set_error (fields, parameter, message))
        return;
    }
  gtk_label_set_text (GTK_LABEL (self->error), message);
  gtk_widget_set_visible (self->error, TRUE);
}

void
sw_dialog_show_error (SwDialog *self, const GError *error)
{
  g_autofree char *message = NULL;

  g_return_if_fail (SW_IS_DIALOG (self));

  if (sw_rule_is_cancelled (error))
    return;
  message = sw_rule_message (error);
  show_message (self, sw_rule_field (error), message);
}

/* {{{ A call behind the dialog */

typedef struct
{
  SwDialog *dialog;
  void (*callback) (gint64 id, gpointer data);
  void (*row_callback) (SwRecord *row, gpointer data);
  gpointer data;
  GDestroyNotify free_data;
} Run;

static void
run_free (Run *run)
{
  if (run->free_data != NULL)
    run->free_data (run->data);
  g_object_unref (run->dialog);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
tell_failure (SwDialog *self, const GError *error)
{
  if (sw_rule_is_cancelled (error))
    return;
  sw_dialog_set_busy (self, FALSE);
  sw_dialog_show_error (self, error);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sw_call_run_finish_text (result, &error);

  if (error != NULL)
    {
      tell_failure (run->dialog, error);
      return;
    }
  gtk_window_destroy (GTK_WINDOW (run->dialog));
  if (run->callback != NULL)
    run->callback (text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0, run->data);
}

static void
on_row_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) rows = sw_call_run_finish_rows (result, &error);
  g_autoptr (SwRecord) row = rows != NULL ? g_list_model_get_item (rows, 0) : NULL;

  if (error != NULL)
    tell_failure (run->dialog, error);
  else if (row != NULL && !sw_record_get_bool (row, "ok"))
    {
      g_autofree char *message
          = sw_rule_sentence (sw_record_get_text (row, "code"), sw_record_get_text (row, "reason"),
                              sw_record_get_text (row, "detail"), sw_record_get_text (row, "message"));

      sw_dialog_set_busy (run->dialog, FALSE);
      show_message (run->dialog, sw_record_get_text (row, "field"), message);
    }
  else
    {
      gtk_window_destroy (GTK_WINDOW (run->dialog));
      if (run->row_callback != NULL)
        run->row_callback (row, run->data);
    }
}

void
sw_dialog_run_call (SwDialog *self,
                    SwCall *call,
                    SwSession *session,
                    void (*callback) (gint64 id, gpointer user_data),
                    gpointer user_data,
                    GDestroyNotify free_data)
{
  Run *run = g_new0 (Run, 1);

  run->dialog = g_object_ref (self);
  run->callback = callback;
  run->data = user_data;
  run->free_data = free_data;
  sw_dialog_set_busy (self, TRUE);
  sw_call_set_once (call, NULL);
  sw_call_run_async (call, session, self->cancellable, on_called, run);
}

void
sw_dialog_run_row (SwDialog *self,
                   SwCall *call,
                   SwSession *session,
                   void (*callback) (SwRecord *row, gpointer user_data),
                   gpointer user_data,
                   GDestroyNotify free_data)
{
  Run *run = g_new0 (Run, 1);

  run->dialog = g_object_ref (self);
  run->row_callback = callback;
  run->data = user_data;
  run->free_data = free_data;
  sw_dialog_set_busy (self, TRUE);
  sw_call_set_once (call, NULL);
  sw_call_run_async (call, session, self->cancellable, on_row_answered, run);
}

/* }}} */

SwDialog *
sw_dialog_new_question (const char *heading,
                        const char *body,
                        const char *yes_label,
                        gboolean destructive)
{
  SwDialog *self = sw_dialog_new (heading, body);

  sw_dialog_add_button (self, "cancel", _ ("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (self,
                        "yes",
                        yes_label,
                        destructive ? SW_BUTTON_DESTRUCTIVE : SW_BUTTON_SUGGESTED);
  return self;
}

void
sw_dialog_tell_error (GtkWidget *parent, const char *heading, const GError *error)
{
  g_autofree char *message = NULL;
  SwDialog *dialog;

  if (sw_rule_is_cancelled (error))
    return;
  message = sw_rule_message (error);
  if (sw_rule_is_lost (error))
    {
      sw_toast (parent, message);
      return;
    }
  dialog = sw_dialog_new (heading != NULL ? heading : _ ("This is not possible now"), message);
  sw_dialog_add_button (dialog, "cancel", _ ("_Close"), SW_BUTTON_NORMAL);
  sw_dialog_present (dialog, parent);
}
