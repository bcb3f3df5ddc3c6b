/* sw-login-dialog.c: see sw-login-dialog.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/common/sw-login-dialog.h"

#include <glib/gi18n-lib.h>

#include "model/sw-password.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-switch-row.h"
#include "widgets/sw-text-row.h"

const SwChoice sw_login_roles[] = {
  { "sw_admin", N_("Administrator"), SW_BADGE_ACCENT },
  { "sw_support", N_("Support"), SW_BADGE_NEUTRAL },
  { "sw_staging", N_("Staging"), SW_BADGE_NEUTRAL },
  { "sw_adv", N_("Sales administration"), SW_BADGE_NEUTRAL },
  { "sw_accounting", N_("Accounting"), SW_BADGE_NEUTRAL },
  { "sw_deployment", N_("Deployment"), SW_BADGE_NEUTRAL },
  { "sw_technician", N_("Technician"), SW_BADGE_NEUTRAL },
  { "sw_partner", N_("Partner"), SW_BADGE_NEUTRAL },
  { "sw_customer", N_("Customer"), SW_BADGE_NEUTRAL },
  { NULL }
};

typedef struct
{
  SwPage *page;
  SwLoginKind kind;
  SwRecord *user;     /* NULL for a new one */
  SwRecord *proposed; /* NULL when nothing is */
  void (*saved) (SwPage *page);
} Login;

static void
login_free (gpointer data, GClosure *closure)
{
  Login *login = data;

  g_clear_object (&login->user);
  g_clear_object (&login->proposed);
  g_free (login);
}

/* Outlives the dialog, which closes first. */
typedef struct
{
  SwPage *page;
  void (*saved) (SwPage *page);
} After;

static void
after_free (gpointer data)
{
  After *after = data;

  g_object_unref (after->page);
  g_free (after);
}

static void
on_saved (gint64 id, gpointer data)
{
  After *after = data;

  if (after->saved != NULL)
    after->saved (after->page);
  else
    sw_page_refresh (after->page);
}

/* The password becomes its verifier, made for the login. FALSE when it cannot be. */
static gboolean
encrypt (SwDialog *dialog, Login *login, JsonObject *object)
{
  g_autofree char *typed = login->user == NULL ? sw_dialog_get_value (dialog, "role_name") : NULL;
  const char *name = login->user == NULL ? typed : sw_record_get_text (login->user, "role_name");
  g_autofree char *password = sw_dialog_get_value (dialog, "password");
  g_autofree char *verifier = NULL;
  g_autoptr (GError) error = NULL;

  if (password == NULL || name == NULL)
    return TRUE; /* the server says what is missing */
  verifier = sw_session_encrypt_password (sw_page_get_session (login->page), name, password, &error);
  if (verifier == NULL)
    {
      sw_dialog_show_error (dialog, error);
      return FALSE;
    }
  json_object_set_string_member (object, "password", verifier);
  return TRUE;
}

static void
on_apply (SwDialog *dialog, const char *button, Login *login)
{
  static const char *const owners[] = { "customer_id", "introducer_id" };
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (SwCall) call = NULL;
  After *after;

  if (!sw_dialog_check (dialog))
    return;
  object = sw_field_set_build (sw_dialog_get_fields (dialog));
  if (object == NULL || !encrypt (dialog, login, object))
    return;
  for (gsize i = 0; login->user == NULL && login->proposed != NULL && i < G_N_ELEMENTS (owners); i++)
    if (sw_record_get_text (login->proposed, owners[i]) != NULL)
      json_object_set_int_member (object, owners[i], sw_record_get_int (login->proposed, owners[i]));
  if (json_object_has_member (object, "roles") && !json_object_get_null_member (object, "roles"))
    {
      JsonArray *roles = json_array_new ();

      json_array_add_string_element (roles, json_object_get_string_member (object, "roles"));
      json_object_set_array_member (object, "roles", roles);
    }
  call = sw_call_new (login->kind == SW_LOGIN_OFFICE ? "user_save" : "guest_save");
  sw_call_add_json_object (call, NULL, object);
  after = g_new (After, 1);
  after->page = g_object_ref (login->page);
  after->saved = login->saved;
  sw_dialog_run_call (dialog, call, sw_page_get_session (login->page), on_saved, after, after_free);
}

static GtkWidget *
identifier_row (const char *field, const char *title)
{
  GtkWidget *row = sw_text_row_new (field, title);

  g_object_set (row, "kind", field, NULL);
  return row;
}

static void
add_rows (SwDialog *dialog, Login *login)
{
  GtkWidget *password = sw_text_row_new ("password", login->user == NULL ? _("Password")
                                                                         : _("New password"));

  if (login->user == NULL)
    sw_dialog_add_row (dialog, sw_text_row_new ("role_name", _("Login")));
  sw_dialog_add_row (dialog, sw_text_row_new ("display_name", _("Name")));
  if (login->kind == SW_LOGIN_OFFICE)
    {
      GtkWidget *role = sw_choice_row_new ("roles", _("Role"));

      for (const SwChoice *choice = sw_login_roles; choice->value != NULL; choice++)
        if (!g_str_equal (choice->value, "sw_partner") && !g_str_equal (choice->value, "sw_customer"))
          sw_choice_row_add (SW_CHOICE_ROW (role), choice->value, _(choice->label));
      sw_dialog_add_row (dialog, role);
    }
  sw_dialog_add_row (dialog, identifier_row ("email", _("E-mail")));
  sw_dialog_add_row (dialog, identifier_row ("phone", _("Phone")));
  sw_row_set_hint (SW_ROW (password), login->user == NULL
                                          ? _("To be handed over: nobody can read it later")
                                          : _("Empty: the password stays"));
  sw_dialog_add_row (dialog, password);
  if (login->kind != SW_LOGIN_OFFICE)
    sw_dialog_add_row (dialog, sw_switch_row_new ("send_credentials", _("Send the login by e-mail")));
  if (login->user != NULL)
    sw_dialog_add_row (dialog, sw_switch_row_new ("active", _("May log in")));
}

/* What the rows show first. */
static JsonObject *
first_values (Login *login)
{
  SwRecord *record = login->user != NULL ? login->user : login->proposed;
  JsonObject *object = record == NULL ? json_object_new () : sw_record_to_json (record);

  if (login->user == NULL)
    {
      g_autofree char *password = sw_password_new ();

      json_object_set_string_member (object, "password", password);
      if (login->kind == SW_LOGIN_OFFICE)
        json_object_set_string_member (object, "roles", "sw_adv");
    }
  else
    {
      const char *const *roles = sw_record_get_strv (login->user, "roles");

      json_object_set_string_member (object, "roles", roles[0]);
    }
  json_object_set_boolean_member (object, "send_credentials", FALSE);
  return object;
}

void
sw_login_dialog_present (SwPage *page,
                         SwLoginKind kind,
                         SwRecord *user,
                         SwRecord *proposed,
                         void (*saved) (SwPage *page))
{
  static const char *const headings[]
      = { N_("New user"), N_("Access for a customer"), N_("Access for a partner") };
  Login *login = g_new0 (Login, 1);
  SwDialog *dialog;
  g_autoptr (JsonObject) values = NULL;

  login->page = page;
  login->kind = kind;
  login->user = user == NULL ? NULL : g_object_ref (user);
  login->proposed = proposed == NULL ? NULL : g_object_ref (proposed);
  login->saved = saved;
  dialog = sw_dialog_new (user == NULL ? _(headings[kind]) : sw_record_get_text (user, "role_name"),
                          NULL);
  sw_dialog_set_width (dialog, 520);
  add_rows (dialog, login);
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "save", _("_Save"), SW_BUTTON_SUGGESTED);
  values = first_values (login);
  if (user == NULL)
    sw_field_set_load_new (sw_dialog_get_fields (dialog), values);
  else
    sw_field_set_load (sw_dialog_get_fields (dialog), values);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), login, login_free, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}
