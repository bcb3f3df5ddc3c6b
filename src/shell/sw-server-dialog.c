/* sw-server-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-server-dialog.h"

#include <glib/gi18n.h>
#include "model/sw-hosts.h"
#include "model/sw-rule-messages.h"
#include "model/sw-session.h"
#include "postgres/sw-pg-error.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-text-row.h"

/* Nobody has this name: a server that asks for its password is there and listens. */
#define NOBODY "softwhere_probe"

static const SwChoice encryptions[] = {
  { "verify-full", N_ ("Required, the server is verified") },
  { "require", N_ ("Required") },
  { "prefer", N_ ("If the server offers it") },
  { NULL },
};

/* Every host of a server is tried on its own: one that is down must not hide behind the others. */
typedef struct
{
  SwDialog *dialog; /* a reference while the server is tried */
  SwServer *server;
  GPtrArray *names;    /* char *, "db2:5433" */
  GPtrArray *sessions; /* SwSession, one for each */
  GPtrArray *faults;   /* char *, a sentence for each that does not answer; NULL for one that does */
  guint pending;
  gboolean add; /* when one answers */
  void (*added) (SwServer *server, gpointer data);
  gpointer data;
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
  if (trial->add && one_answers (trial))
    {
      trial->added (trial->server, trial->data);
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
create_server (SwDialog *dialog)
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
  if (encryption != NULL)
    sw_server_set_option (server, "sslmode", encryption);
  return server;
}

typedef struct
{
  void (*added) (SwServer *server, gpointer data);
  gpointer data;
} Adder;

static void
free_adder (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
on_apply (SwDialog *dialog, const char *button, Adder *adder)
{
  SwServer *server = create_server (dialog);
  Trial *trial;

  if (server == NULL)
    return;
  trial = g_new0 (Trial, 1);
  trial->dialog = g_object_ref (dialog);
  trial->server = server;
  trial->names = g_ptr_array_new_with_free_func (g_free);
  trial->sessions = g_ptr_array_new_with_free_func (end_session);
  trial->faults = g_ptr_array_new_with_free_func (g_free);
  trial->add = g_str_equal (button, "add");
  trial->added = adder->added;
  trial->data = adder->data;
  say (dialog, NULL, NULL);
  sw_dialog_set_busy (dialog, TRUE);
  try_hosts (trial);
}

void
sw_server_dialog_present (GtkWidget *parent,
                          void (*added) (SwServer *server, gpointer data),
                          gpointer data)
{
  SwDialog *dialog = sw_dialog_new (_ ("Add a server"), NULL);
  GtkWidget *host = sw_text_row_new ("host", _ ("Server"));
  GtkWidget *database = sw_text_row_new ("database", _ ("Database"));
  GtkWidget *port = sw_text_row_new ("port", _ ("Port"));
  GtkWidget *encryption = sw_choice_row_new ("sslmode", _ ("Encryption"));
  Adder *adder = g_new (Adder, 1);

  adder->added = added;
  adder->data = data;
  sw_choice_row_set_choices (SW_CHOICE_ROW (encryption), encryptions);
  sw_row_set_value (SW_ROW (encryption), "require");
  sw_row_set_hint (SW_ROW (host), _ ("Several when there is a standby: db1, db2:5433"));
  sw_row_set_value (SW_ROW (database), "softwhere");
  sw_row_set_value (SW_ROW (port), "5432");
  sw_dialog_add_row (dialog, sw_text_row_new ("title", _ ("Name to remember")));
  sw_dialog_add_row (dialog, host);
  sw_dialog_add_row (dialog, port);
  sw_dialog_add_row (dialog, database);
  sw_dialog_add_row (dialog, encryption);
  sw_dialog_add_button (dialog, "cancel", _ ("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "try", _ ("_Try"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "add", _ ("_Add"), SW_BUTTON_SUGGESTED);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), adder, free_adder, 0);
  sw_dialog_present (dialog, parent);
}
