/* sw-server-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-server-dialog.h"

#include <glib/gi18n.h>
#include "model/sw-authority.h"
#include "model/sw-hosts.h"
#include "model/sw-rule-messages.h"
#include "model/sw-session.h"
#include "postgres/sw-pg-error.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-file-dialog.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-text-row.h"

/* Nobody has this name: a server that asks for its password is there and listens. */
#define NOBODY "softwhere_probe"

/* Not verified is for the day certificates are being made: anybody in between could then read
 * everything. In clear is not offered. */
static const SwChoice encryptions[] = {
  { "verify-full", N_ ("Encrypted, the server is verified") },
  { "require", N_ ("Encrypted, the server is not verified") },
  { NULL },
};

static const SwFileKind certificates = { N_ ("Certificates"), "*.crt *.pem *.cer" };

/* What the dialog is for. */
typedef struct
{
  SwServer *edited; /* or NULL */
  SwServerDone done;
  gpointer data;
} Purpose;

/* Every host of a server is tried on its own: one that is down must not hide behind the others. */
typedef struct
{
  SwDialog *dialog; /* a reference while the server is tried */
  SwServer *server;
  GPtrArray *names;    /* char *, "db2:5433" */
  GPtrArray *sessions; /* SwSession, one for each */
  GPtrArray *faults;   /* char *, a sentence for each that does not answer; NULL for one that does */
  guint pending;
  gboolean keep; /* when one answers */
  Purpose *purpose; /* the dialog's */
} Trial;

static void
end_session (gpointer session)
{
  sw_session_close (session);
  g_object_unref (session);
}

static void
trial_free (Trial *trial)
{
  g_ptr_array_unref (trial->sessions);
  g_ptr_array_unref (trial->names);
  g_ptr_array_unref (trial->faults);
  g_object_unref (trial->server);
  g_object_unref (trial->dialog);
  g_free (trial);
}

static void
say (SwDialog *dialog, const char *hint, const char *error)
{
  SwRow *host = sw_field_set_get_row (sw_dialog_get_fields (dialog), "host");

  sw_row_set_hint (host, hint);
  sw_row_set_error (host, error);
}

static void
tell (Trial *trial)
{
  g_autoptr (GString) faults = g_string_new (NULL);

  for (guint i = 0; i < trial->faults->len; i++)
    if (trial->faults->pdata[i] != NULL)
      g_string_append_printf (faults, "%s%s", faults->len > 0 ? "\n" : "",
                              (char *) trial->faults->pdata[i]);
  if (faults->len > 0)
    say (trial->dialog, NULL, faults->str);
  else
    say (trial->dialog,
         trial->names->len == 1 ? _ ("The server answers") : _ ("All servers answer"), NULL);
}

static gboolean
one_answers (Trial *trial)
{
  return g_ptr_array_find (trial->faults, NULL, NULL);
}

static void
on_tried (GObject *source, GAsyncResult *result, gpointer data)
{
  Trial *trial = data;
  g_autoptr (GError) error = NULL;
  guint which = 0;

  g_ptr_array_find (trial->sessions, source, &which);
  if (!sw_session_open_finish (SW_SESSION (source), result, &error)
      && !g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_AUTHENTICATION)
      && !g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_SERVER))
    {
      char *message = sw_rule_message (error);

      if (trial->names->len > 1)
        {
          g_autofree char *alone = message;

          /* A host, and why it does not answer. */
          message = g_strdup_printf (_ ("%s: %s"), (char *) trial->names->pdata[which], alone);
        }
      trial->faults->pdata[which] = message;
    }
  if (--trial->pending > 0)
    return;
  sw_dialog_set_busy (trial->dialog, FALSE);
  if (trial->keep && one_answers (trial))
    {
      trial->purpose->done (trial->server, trial->purpose->data);
      gtk_window_destroy (GTK_WINDOW (trial->dialog));
    }
  else
    tell (trial);
  trial_free (trial);
}

/* Takes @trial. */
static void
try_hosts (Trial *trial)
{
  g_auto (GStrv) hosts = g_strsplit (sw_server_get_host (trial->server), ",", -1);
  g_auto (GStrv) ports = g_strsplit (sw_server_get_port (trial->server), ",", -1);

  trial->pending = g_strv_length (hosts);
  for (guint i = 0; hosts[i] != NULL; i++)
    {
      g_autoptr (SwServer) one
          = sw_server_new (NULL, hosts[i], ports[i], sw_server_get_database (trial->server));
      SwSession *session = sw_session_new ();

      sw_server_set_option (one, "sslmode", sw_server_get_option (trial->server, "sslmode"));
      sw_server_set_option (one, "sslrootcert", sw_server_get_option (trial->server, "sslrootcert"));
      g_ptr_array_add (trial->names, sw_server_dup_hosts (one));
      g_ptr_array_add (trial->sessions, session);
      g_ptr_array_add (trial->faults, NULL);
      sw_session_open_async (session, one, NOBODY, "", NULL, on_tried, trial);
    }
}

static gboolean
refuse (SwDialog *dialog, const char *field, const char *message)
{
  SwRow *row = sw_field_set_get_row (sw_dialog_get_fields (dialog), field);

  sw_row_set_hint (row, NULL);
  sw_row_set_error (row, message);
  if (message != NULL)
    sw_row_focus (row);
  return message == NULL;
}

static SwServer *
create_server (SwDialog *dialog, SwServer *edited)
{
  g_autofree char *title = sw_dialog_get_value (dialog, "title");
  g_autofree char *host = sw_dialog_get_value (dialog, "host");
  g_autofree char *port = sw_dialog_get_value (dialog, "port");
  g_autofree char *database = sw_dialog_get_value (dialog, "database");
  g_autofree char *encryption = sw_dialog_get_value (dialog, "sslmode");
  g_autofree char *hosts = NULL;
  g_autofree char *ports = NULL;
  g_autoptr (GError) error = NULL;
  SwServer *server;

  if (!refuse (dialog, "port",
               port == NULL || sw_hosts_is_port (port)
                   ? NULL
                   : _ ("A port is a number from 1 to 65535; 5432 is the usual one")))
    return NULL;
  sw_hosts_parse (host, port, &hosts, &ports, &error);
  if (!refuse (dialog, "host", error != NULL ? error->message : NULL))
    return NULL;
  server = sw_server_new (title, hosts, ports, database != NULL ? database : "softwhere");
  sw_server_set_option (server, "sslmode", encryption);
  if (edited != NULL)
    sw_server_set_last_user (server, sw_server_get_last_user (edited));
  return server;
}

static void
on_authority_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  Trial *trial = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = sw_authority_keep_finish (result, &error);

  if (path != NULL)
    {
      sw_server_set_option (trial->server, "sslrootcert", path);
      try_hosts (trial);
    }
  else
    {
      sw_dialog_set_busy (trial->dialog, FALSE);
      refuse (trial->dialog, "authority", error->message);
      trial_free (trial);
    }
}

static void
on_apply (SwDialog *dialog, const char *button, Purpose *purpose)
{
  g_autofree char *authority = sw_dialog_get_value (dialog, "authority");
  SwServer *server;
  Trial *trial;

  if (g_str_equal (button, "forget"))
    {
      purpose->done (NULL, purpose->data);
      gtk_window_destroy (GTK_WINDOW (dialog));
      return;
    }
  server = create_server (dialog, purpose->edited);
  if (server == NULL)
    return;
  trial = g_new0 (Trial, 1);
  trial->dialog = g_object_ref (dialog);
  trial->server = server;
  trial->names = g_ptr_array_new_with_free_func (g_free);
  trial->sessions = g_ptr_array_new_with_free_func (end_session);
  trial->faults = g_ptr_array_new_with_free_func (g_free);
  trial->keep = g_str_equal (button, "keep");
  trial->purpose = purpose;
  say (dialog, NULL, NULL);
  sw_dialog_set_busy (dialog, TRUE);
  if (authority != NULL)
    sw_authority_keep_async (authority, NULL, on_authority_kept, trial);
  else
    try_hosts (trial);
}

/* {{{ The dialog */

static void
free_purpose (gpointer data, GClosure *closure)
{
  Purpose *purpose = data;

  g_clear_object (&purpose->edited);
  g_free (purpose);
}

static void
on_certificate_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) row = data;
  g_autoptr (GListModel) files = sw_file_dialog_open_finish (result, NULL);
  g_autoptr (GFile) file = files != NULL ? g_list_model_get_item (files, 0) : NULL;
  g_autofree char *path = file != NULL ? g_file_get_path (file) : NULL;

  if (path == NULL)
    return;
  sw_row_set_value (SW_ROW (row), path);
  sw_row_set_error (SW_ROW (row), NULL);
}

static void
on_choose_clicked (GtkWidget *row)
{
  sw_file_dialog_open_async (row, _ ("Certificate of the authority"), &certificates, FALSE, NULL,
                             on_certificate_chosen, g_object_ref (row));
}

static GtkWidget *
create_authority_row (void)
{
  GtkWidget *row = sw_text_row_new ("authority", _ ("Certificate of the authority"));
  GtkWidget *choose = sw_pane_icon_button ("document-open-symbolic", _ ("Choose a file"), NULL);

  gtk_widget_add_css_class (choose, "flat");
  g_signal_connect_swapped (choose, "clicked", G_CALLBACK (on_choose_clicked), row);
  sw_row_add_suffix (SW_ROW (row), choose);
  sw_row_set_hint (SW_ROW (row), _ ("The file your administrator gave you, if any"));
  return row;
}

static void
add_rows (SwDialog *dialog)
{
  GtkWidget *host = sw_text_row_new ("host", _ ("Server"));
  GtkWidget *encryption = sw_choice_row_new ("sslmode", _ ("Encryption"));

  sw_choice_row_set_choices (SW_CHOICE_ROW (encryption), encryptions);
  sw_row_set_hint (SW_ROW (host), _ ("Several when there is a standby: db1, db2:5433"));
  sw_dialog_add_row (dialog, sw_text_row_new ("title", _ ("Name to remember")));
  sw_dialog_add_row (dialog, host);
  sw_dialog_add_row (dialog, sw_text_row_new ("port", _ ("Port")));
  sw_dialog_add_row (dialog, sw_text_row_new ("database", _ ("Database")));
  sw_dialog_add_row (dialog, encryption);
  sw_dialog_add_row (dialog, create_authority_row ());
}

static void
show (SwDialog *dialog, SwServer *server)
{
  g_autofree char *hosts = server != NULL ? sw_server_dup_hosts (server) : NULL;
  const char *mode = server != NULL ? sw_server_get_option (server, "sslmode") : NULL;
  struct
  {
    const char *field;
    const char *value;
  } shown[] = {
    { "title", server != NULL ? sw_server_get_own_title (server) : NULL },
    { "host", hosts },
    { "port", "5432" }, /* of the hosts that name none */
    { "database", server != NULL ? sw_server_get_database (server) : "softwhere" },
    { "sslmode", mode != NULL ? mode : "verify-full" },
    { "authority", server != NULL ? sw_server_get_option (server, "sslrootcert") : NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (shown); i++)
    sw_row_set_value (sw_field_set_get_row (sw_dialog_get_fields (dialog), shown[i].field),
                      shown[i].value);
}

void
sw_server_dialog_present (GtkWidget *parent, SwServer *server, SwServerDone done, gpointer data)
{
  SwDialog *dialog = sw_dialog_new (server != NULL ? sw_server_get_title (server) : _ ("Add a server"),
                                    NULL);
  Purpose *purpose = g_new0 (Purpose, 1);

  g_set_object (&purpose->edited, server);
  purpose->done = done;
  purpose->data = data;
  add_rows (dialog);
  show (dialog, server);
  sw_dialog_add_button (dialog, "cancel", _ ("_Cancel"), SW_BUTTON_NORMAL);
  if (server != NULL)
    sw_dialog_add_button (dialog, "forget", _ ("_Forget"), SW_BUTTON_DESTRUCTIVE);
  sw_dialog_add_button (dialog, "try", _ ("_Try"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "keep", server != NULL ? _ ("_Save") : _ ("_Add"),
                        SW_BUTTON_SUGGESTED);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), purpose, free_purpose, 0);
  sw_dialog_present (dialog, parent);
}

/* }}} */
