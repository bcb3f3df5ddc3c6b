/* sw-login.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-login.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "config.h"
#include "model/sw-keyring.h"
#include "model/sw-rule-messages.h"
#include "postgres/sw-pg-error.h"
#include "shell/sw-server-dialog.h"
#include "widgets/sw-button.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-switch-row.h"
#include "widgets/sw-toast.h"

struct _SwLogin
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *group;   /* server, user, password */
  GtkWidget *add_row; /* when no server is known */
  GtkWidget *server_row;
  GtkWidget *user_row;
  GtkWidget *password_row;
  GtkWidget *keep_row;
  GtkWidget *error;
  GtkWidget *button;
  GtkWidget *spinner;
  GtkWidget *demo_group;
  GPtrArray *demo_rows;

  GListModel *servers;
  SwServer *demonstration;
  GCancellable *cancellable; /* of the connection being made */
};

enum
{
  OPENED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwLogin, sw_login, GTK_TYPE_WIDGET)

/* What the logins of the demonstration do in the company. */
static const SwChoice demonstration_roles[] = {
  { "admin", N_ ("Administration: everything") },
  { "adv", N_ ("Sales administration") },
  { "compta", N_ ("Accounting") },
  { "support", N_ ("Support") },
  { "staging", N_ ("Staging") },
  { "deploiement", N_ ("Deployment") },
  { "technicien", N_ ("Technician") },
  { "partenaire", N_ ("Partner: own customers only") },
  { "client", N_ ("Customer: own account only") },
  { NULL },
};

/* {{{ Connecting */

typedef struct
{
  SwLogin *self;
  SwSession *session;
  SwServer *server;
  char *user;
  char *password;
  gboolean keep;
} Attempt;

static void
attempt_free (Attempt *attempt)
{
  g_object_unref (attempt->self);
  g_object_unref (attempt->session);
  g_object_unref (attempt->server);
  g_free (attempt->user);
  sw_keyring_password_free (attempt->password);
  g_free (attempt);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Attempt, attempt_free)

static void
say_error (SwLogin *self, const char *message)
{
  gtk_label_set_text (GTK_LABEL (self->error), message != NULL ? message : "");
  gtk_widget_set_visible (self->error, message != NULL);
}

static void
set_busy (SwLogin *self, gboolean busy)
{
  gtk_widget_set_sensitive (self->group, !busy);
  gtk_widget_set_sensitive (self->demo_group, !busy);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), busy);
  gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (self->button))),
                       busy ? _ ("_Cancel") : _ ("_Log In"));
  if (busy)
    gtk_widget_remove_css_class (self->button, "suggested-action");
  else
    gtk_widget_add_css_class (self->button, "suggested-action");
}

static void
on_password_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwLogin) self = data;
  g_autoptr (GError) error = NULL;

  if (!sw_keyring_store_finish (result, &error))
    sw_toast (GTK_WIDGET (self), _ ("This computer has no keyring to keep the password in"));
}

static void
remember (Attempt *attempt)
{
  SwLogin *self = attempt->self;
  g_autoptr (GError) error = NULL;

  if (sw_server_is_demonstration (attempt->server))
    return;
  sw_server_set_last_user (attempt->server, attempt->user);
  if (!sw_servers_save (self->servers, &error))
    sw_toast (GTK_WIDGET (self), _ ("The server could not be remembered"));
  if (attempt->keep)
    sw_keyring_store_async (attempt->server,
                            attempt->user,
                            attempt->password,
                            NULL,
                            on_password_kept,
                            g_object_ref (self));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Attempt) attempt = data;
  SwLogin *self = attempt->self;
  g_autoptr (GError) error = NULL;
  gboolean opened = sw_session_open_finish (attempt->session, result, &error);

  g_clear_object (&self->cancellable);
  if (self->box == NULL)
    return;
  set_busy (self, FALSE);
  if (opened)
    {
      remember (attempt);
      g_signal_emit (self, signals[OPENED], 0, attempt->session);
    }
  else if (!sw_rule_is_cancelled (error))
    {
      g_autofree char *message = sw_rule_message (error);

      say_error (self, message);
      if (g_error_matches (error, SW_PG_ERROR, SW_PG_ERROR_AUTHENTICATION))
        {
          gtk_widget_add_css_class (self->password_row, "error");
          gtk_widget_grab_focus (self->password_row);
        }
    }
}

static void
open_session (SwLogin *self,
              SwServer *server,
              const char *user,
              const char *password,
              gboolean keep)
{
  Attempt *attempt;

  if (self->cancellable != NULL)
    return;
  attempt = g_new0 (Attempt, 1);
  attempt->self = g_object_ref (self);
  attempt->session = sw_session_new ();
  attempt->server = g_object_ref (server);
  attempt->user = g_strdup (user);
  attempt->password = g_strdup (password);
  attempt->keep = keep;
  self->cancellable = g_cancellable_new ();
  say_error (self, NULL);
  gtk_widget_remove_css_class (self->password_row, "error");
  set_busy (self, TRUE);
  sw_session_open_async (attempt->session,
                         server,
                         user,
                         password,
                         self->cancellable,
                         on_opened,
                         attempt);
}

/* NULL when none is; else a reference. */
static SwServer *
chosen_server (SwLogin *self)
{
  g_autofree char *position = sw_row_get_value (SW_ROW (self->server_row), NULL);

  return position != NULL
             ? g_list_model_get_item (self->servers, (guint) g_ascii_strtoull (position, NULL, 10))
             : NULL;
}

static void
on_button_clicked (SwLogin *self)
{
  g_autoptr (SwServer) server = chosen_server (self);
  const char *user = gtk_editable_get_text (GTK_EDITABLE (self->user_row));
  g_autofree char *keep = sw_row_get_value (SW_ROW (self->keep_row), NULL);

  if (self->cancellable != NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }
  if (server == NULL)
    return;
  if (*user == '\0')
    {
      gtk_widget_grab_focus (self->user_row);
      return;
    }
  open_session (self,
                server,
                user,
                gtk_editable_get_text (GTK_EDITABLE (self->password_row)),
                g_str_equal (keep, "true"));
}

/* }}} */

/* {{{ Servers */

static void
on_password_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwLogin) self = data;
  char *password = sw_keyring_lookup_finish (result, NULL);

  if (password != NULL && self->box != NULL
      && *gtk_editable_get_text (GTK_EDITABLE (self->password_row)) == '\0')
    {
      gtk_editable_set_text (GTK_EDITABLE (self->password_row), password);
      sw_row_set_value (SW_ROW (self->keep_row), "true");
    }
  sw_keyring_password_free (password);
}

static void
on_server_chosen (SwLogin *self)
{
  g_autoptr (SwServer) server = chosen_server (self);
  const char *user = server != NULL ? sw_server_get_last_user (server) : NULL;

  gtk_editable_set_text (GTK_EDITABLE (self->user_row), user != NULL ? user : "");
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  if (user != NULL)
    sw_keyring_lookup_async (server, user, NULL, on_password_found, g_object_ref (self));
}

static void
fill_servers (SwLogin *self, guint chosen)
{
  guint n = g_list_model_get_n_items (self->servers);
  GtkWidget *rows[] = { self->server_row, self->user_row, self->password_row, self->keep_row };

  g_signal_handlers_block_by_func (self->server_row, on_server_chosen, self);
  sw_choice_row_clear (SW_CHOICE_ROW (self->server_row));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwServer) server = g_list_model_get_item (self->servers, i);
      g_autofree char *key = g_strdup_printf ("%u", i);

      sw_choice_row_add (SW_CHOICE_ROW (self->server_row), key, sw_server_get_title (server));
    }
  if (n > 0)
    {
      g_autofree char *key = g_strdup_printf ("%u", MIN (chosen, n - 1));

      sw_row_set_value (SW_ROW (self->server_row), key);
    }
  g_signal_handlers_unblock_by_func (self->server_row, on_server_chosen, self);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    gtk_widget_set_visible (rows[i], n > 0);
  gtk_widget_set_visible (self->add_row, n == 0);
  gtk_widget_set_visible (self->button, n > 0);
  on_server_chosen (self);
}

static void
save_servers (SwLogin *self)
{
  if (!sw_servers_save (self->servers, NULL))
    sw_toast (GTK_WIDGET (self), _ ("The server could not be remembered"));
}

static void
on_server_added (SwServer *server, gpointer data)
{
  SwLogin *self = data;

  g_list_store_append (G_LIST_STORE (self->servers), server);
  save_servers (self);
  fill_servers (self, g_list_model_get_n_items (self->servers) - 1);
  gtk_widget_grab_focus (self->user_row);
}

static void
on_add_clicked (SwLogin *self)
{
  sw_server_dialog_present (GTK_WIDGET (self), NULL, on_server_added, self);
}

/* A password is kept for an address: where that changes, it would be found by nobody. */
static void
forget_password (SwServer *server)
{
  const char *user = sw_server_get_last_user (server);

  if (user != NULL)
    sw_keyring_clear_async (server, user, NULL, NULL, NULL);
}

static gboolean
is_same_address (SwServer *one, SwServer *other)
{
  return g_str_equal (sw_server_get_host (one), sw_server_get_host (other))
         && g_str_equal (sw_server_get_port (one), sw_server_get_port (other))
         && g_str_equal (sw_server_get_database (one), sw_server_get_database (other));
}

static void
on_server_edited (SwServer *server, gpointer data)
{
  SwLogin *self = data;
  g_autoptr (SwServer) former = chosen_server (self);
  guint position = 0;

  g_list_store_find (G_LIST_STORE (self->servers), former, &position);
  if (server == NULL || !is_same_address (server, former))
    forget_password (former);
  g_list_store_splice (G_LIST_STORE (self->servers), position, 1, (gpointer *) &server,
                       server != NULL ? 1 : 0);
  save_servers (self);
  fill_servers (self, position);
  gtk_widget_grab_focus (gtk_widget_get_visible (self->add_row) ? self->add_row : self->user_row);
}

static void
on_edit_clicked (SwLogin *self)
{
  g_autoptr (SwServer) server = chosen_server (self);

  sw_server_dialog_present (GTK_WIDGET (self), server, on_server_edited, self);
}

/* }}} */

/* {{{ Demonstration */

static void
on_demo_activated (AdwActionRow *row, gpointer data)
{
  sw_login_open_demonstration (data, gtk_widget_get_name (GTK_WIDGET (row)));
}

static void
fill_demonstration (SwLogin *self)
{
  const char *const *logins;

  for (guint i = 0; i < self->demo_rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self->demo_group),
                                  self->demo_rows->pdata[i]);
  g_ptr_array_set_size (self->demo_rows, 0);
  g_clear_object (&self->demonstration);
  self->demonstration = sw_server_load_demonstration ();
  gtk_widget_set_visible (self->demo_group, self->demonstration != NULL);
  if (self->demonstration == NULL)
    return;
  logins = sw_server_get_logins (self->demonstration);
  for (guint i = 0; logins[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      const SwChoice *role = sw_choice_find (demonstration_roles, logins[i]);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), logins[i]);
      if (role != NULL)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ (role->label));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), adw_avatar_new (28, logins[i], TRUE));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                                 gtk_image_new_from_icon_name ("go-next-symbolic"));
      gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
      gtk_widget_set_name (row, logins[i]);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      logins[i],
                                      -1);
      g_signal_connect (row, "activated", G_CALLBACK (on_demo_activated), self);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->demo_group), row);
      g_ptr_array_add (self->demo_rows, row);
    }
}

void
sw_login_open_demonstration (SwLogin *self, const char *login)
{
  const char *password = NULL;

  g_return_if_fail (SW_IS_LOGIN (self));

  if (self->demonstration != NULL)
    password = sw_server_get_login_password (self->demonstration, login);
  if (password != NULL)
    open_session (self, self->demonstration, login, password, FALSE);
  else if (self->demonstration == NULL)
    say_error (self, _ ("There is no demonstration server on this computer"));
  else
    {
      g_autofree char *message
          = g_strdup_printf (_ ("The demonstration has no login “%s”"), login);

      say_error (self, message);
    }
}

/* }}} */

static void
sw_login_dispose (GObject *object)
{
  SwLogin *self = SW_LOGIN (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->servers);
  g_clear_object (&self->demonstration);
  G_OBJECT_CLASS (sw_login_parent_class)->dispose (object);
}

static void
sw_login_finalize (GObject *object)
{
  g_ptr_array_unref (SW_LOGIN (object)->demo_rows);
  G_OBJECT_CLASS (sw_login_parent_class)->finalize (object);
}

static void
sw_login_class_init (SwLoginClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_login_dispose;
  G_OBJECT_CLASS (klass)->finalize = sw_login_finalize;
  signals[OPENED] = g_signal_new ("opened",
                                  SW_TYPE_LOGIN,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  SW_TYPE_SESSION);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
create_group (SwLogin *self)
{
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *add = sw_pane_icon_button ("list-add-symbolic", _ ("Add a server"), NULL);
  GtkWidget *edit = sw_pane_icon_button ("document-edit-symbolic", _ ("Change this server"), NULL);
  AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP (group);

  self->server_row = sw_choice_row_new (NULL, _ ("Server"));
  g_signal_connect_swapped (self->server_row, "notify::value", G_CALLBACK (on_server_chosen), self);
  gtk_widget_add_css_class (add, "flat");
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_add_clicked), self);
  gtk_widget_add_css_class (edit, "flat");
  g_signal_connect_swapped (edit, "clicked", G_CALLBACK (on_edit_clicked), self);
  sw_row_add_suffix (SW_ROW (self->server_row), edit);
  sw_row_add_suffix (SW_ROW (self->server_row), add);

  self->user_row = adw_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->user_row), _ ("User name"));
  self->password_row = adw_password_entry_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password_row), _ ("Password"));
  g_signal_connect_swapped (self->user_row,
                            "entry-activated",
                            G_CALLBACK (gtk_widget_grab_focus),
                            self->password_row);
  g_signal_connect_swapped (self->password_row,
                            "entry-activated",
                            G_CALLBACK (on_button_clicked),
                            self);
  self->keep_row = sw_switch_row_new (NULL, _ ("Keep the password in my keyring"));

  self->add_row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->add_row), _ ("Add a server"));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->add_row),
                               _ ("The one of your company: ask your administrator"));
  adw_action_row_add_prefix (ADW_ACTION_ROW (self->add_row),
                             gtk_image_new_from_icon_name ("network-server-symbolic"));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->add_row), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->add_row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Add a server"),
                                  -1);
  g_signal_connect_swapped (self->add_row, "activated", G_CALLBACK (on_add_clicked), self);

  adw_preferences_group_add (rows, self->server_row);
  adw_preferences_group_add (rows, self->user_row);
  adw_preferences_group_add (rows, self->password_row);
  adw_preferences_group_add (rows, self->keep_row);
  adw_preferences_group_add (rows, self->add_row);
  return group;
}

static GtkWidget *
create_content (SwLogin *self)
{
  GtkWidget *content = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);
  GtkWidget *icon = gtk_image_new_from_icon_name (APPLICATION_ID);
  GtkWidget *title = gtk_label_new ("Softwhere");

  gtk_image_set_pixel_size (GTK_IMAGE (icon), 96);
  gtk_widget_add_css_class (title, "title-1");
  gtk_box_append (GTK_BOX (content), icon);
  gtk_box_append (GTK_BOX (content), title);

  self->group = create_group (self);
  gtk_box_append (GTK_BOX (content), self->group);
  self->error = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->error), TRUE);
  gtk_widget_add_css_class (self->error, "error");
  gtk_widget_set_visible (self->error, FALSE);
  gtk_box_append (GTK_BOX (content), self->error);
  self->button = sw_button_new (_ ("_Log In"));
  gtk_widget_set_halign (self->button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->button, "pill");
  gtk_widget_add_css_class (self->button, "suggested-action");
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (on_button_clicked), self);
  gtk_box_append (GTK_BOX (content), self->button);
  self->spinner = gtk_spinner_new ();
  gtk_box_append (GTK_BOX (content), self->spinner);

  self->demo_group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self->demo_group),
                                   _ ("Demonstration on this computer"));
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (self->demo_group),
                                         _ ("A fictitious company: try everything. As whom?"));
  gtk_box_append (GTK_BOX (content), self->demo_group);
  gtk_widget_set_margin_start (content, 12);
  gtk_widget_set_margin_end (content, 12);
  gtk_widget_set_margin_top (content, 12);
  gtk_widget_set_margin_bottom (content, 36);
  return content;
}

static void
sw_login_init (SwLogin *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkWidget *clamp = adw_clamp_new ();

  self->demo_rows = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_add_css_class (header, "flat");
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (header), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (self->box), header);
  adw_clamp_set_maximum_size (ADW_CLAMP (clamp), 440);
  adw_clamp_set_child (ADW_CLAMP (clamp), create_content (self));
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), clamp);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroller);
  sw_login_reset (self);
}

GtkWidget *
sw_login_new (void)
{
  return g_object_new (SW_TYPE_LOGIN, NULL);
}

void
sw_login_reset (SwLogin *self)
{
  g_autoptr (GError) error = NULL;

  g_return_if_fail (SW_IS_LOGIN (self));

  g_clear_object (&self->servers);
  self->servers = sw_servers_load (&error);
  if (self->servers == NULL)
    self->servers = G_LIST_MODEL (g_list_store_new (SW_TYPE_SERVER));
  say_error (self, error != NULL ? _ ("The servers you added before could not be read") : NULL);
  fill_servers (self, 0);
  fill_demonstration (self);
}
