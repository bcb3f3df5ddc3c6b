/* sw-server-dialog.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-server-dialog.h"

#include <glib/gi18n.h>
#include "base/sw-text.h"
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

typedef struct
{
  SwDialog *dialog; /* a reference while the server is tried */
  SwServer *server;
  SwSession *session;
  gboolean add; /* when it answers */
  void (*added) (SwServer *server, gpointer data);
  gpointer data;
} Trial;

static void
trial_free (Trial *trial)
{
  sw_session_close (trial->session);
  g_object_unref (trial->session);
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
on_tried (GObject *source, GAsyncResult *result, gpointer data)
{
  Trial *trial = data;
  g_autoptr (GError) error = NULL;
  gboolean answers;

  answers = sw_session_open_finish (trial->session, result, &error)
            || g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_AUTHENTICATION)
            || g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_SERVER);
  sw_dialog_set_busy (trial->dialog, FALSE);
  if (answers && trial->add)
    {
      trial->added (trial->server, trial->data);
      gtk_window_destroy (GTK_WINDOW (trial->dialog));
    }
  else if (answers)
    say (trial->dialog, _ ("The server answers"), NULL);
  else
    {
      g_autofree char *message = sw_rule_message (error);

      say (trial->dialog, NULL, message);
    }
  trial_free (trial);
}

/* Whether the port is one, or left to the usual. */
static gboolean
check_port (SwDialog *dialog, const char *port)
{
  SwRow *row = sw_field_set_get_row (sw_dialog_get_fields (dialog), "port");

  if (port == NULL || g_ascii_string_to_unsigned (port, 10, 1, 65535, NULL, NULL))
    {
      sw_row_set_error (row, NULL);
      return TRUE;
    }
  sw_row_set_error (row, _ ("A port is a number from 1 to 65535; 5432 is the usual one"));
  sw_row_focus (row);
  return FALSE;
}

static SwServer *
create_server (SwDialog *dialog)
{
  g_autofree char *title = sw_dialog_get_value (dialog, "title");
  g_autofree char *host = sw_dialog_get_value (dialog, "host");
  g_autofree char *port = sw_dialog_get_value (dialog, "port");
  g_autofree char *database = sw_dialog_get_value (dialog, "database");
  g_autofree char *encryption = sw_dialog_get_value (dialog, "sslmode");
  SwServer *server;

  if (host == NULL)
    {
      say (dialog, NULL, _ ("Please write the name or the address of the server"));
      sw_row_focus (sw_field_set_get_row (sw_dialog_get_fields (dialog), "host"));
      return NULL;
    }
  if (!check_port (dialog, port))
    return NULL;
  server = sw_server_new (title, host, port, database != NULL ? database : "softwhere");
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
  trial->session = sw_session_new ();
  trial->add = g_str_equal (button, "add");
  trial->added = adder->added;
  trial->data = adder->data;
  say (dialog, NULL, NULL);
  sw_dialog_set_busy (dialog, TRUE);
  sw_session_open_async (trial->session, server, NOBODY, "", NULL, on_tried, trial);
}

void
sw_server_dialog_present (GtkWidget *parent,
                          void (*added) (SwServer *server, gpointer data),
                          gpointer data)
{
  SwDialog *dialog = sw_dialog_new (_ ("Add a server"), NULL);
  GtkWidget *database = sw_text_row_new ("database", _ ("Database"));
  GtkWidget *port = sw_text_row_new ("port", _ ("Port"));
  GtkWidget *encryption = sw_choice_row_new ("sslmode", _ ("Encryption"));
  Adder *adder = g_new (Adder, 1);

  adder->added = added;
  adder->data = data;
  sw_choice_row_set_choices (SW_CHOICE_ROW (encryption), encryptions);
  sw_row_set_value (SW_ROW (encryption), "require");
  sw_row_set_value (SW_ROW (database), "softwhere");
  sw_row_set_value (SW_ROW (port), "5432");
  sw_dialog_add_row (dialog, sw_text_row_new ("title", _ ("Name to remember")));
  sw_dialog_add_row (dialog, sw_text_row_new ("host", _ ("Server")));
  sw_dialog_add_row (dialog, port);
  sw_dialog_add_row (dialog, database);
  sw_dialog_add_row (dialog, encryption);
  sw_dialog_add_button (dialog, "cancel", _ ("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "try", _ ("_Try"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "add", _ ("_Add"), SW_BUTTON_SUGGESTED);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), adder, free_adder, 0);
  sw_dialog_present (dialog, parent);
}
