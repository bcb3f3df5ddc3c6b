/* sw-application.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-application.h"

#include <glib/gi18n.h>
#include "config.h"
#include "shell/sw-login.h"
#include "shell/sw-preferences.h"
#include "shell/sw-search-provider.h"
#include "shell/sw-settings.h"
#include "shell/sw-window.h"
#include "widgets/sw-widgets.h"

struct _SwApplication
{
  AdwApplication parent_instance;

  SwSearchProvider *provider; /* for GNOME Shell, while the session bus is there */
};

G_DEFINE_FINAL_TYPE (SwApplication, sw_application, ADW_TYPE_APPLICATION)

static const struct
{
  const char *action;
  const char *keys[3];
} accelerators[] = {
  { "app.quit", { "<Control>q" } },
  { "app.preferences", { "<Control>comma" } },
  { "window.close", { "<Control>w" } },
  { "win.new", { "<Control>n" } },
  { "win.save", { "<Control>s" } },
  { "win.search", { "<Control>f" } },
  { "win.search-anything('')", { "<Control>k" } },
  { "win.refresh", { "F5", "<Control>r" } },
  { "win.back", { "Escape", "<Alt>Left" } },
  { "win.show-sidebar", { "F9" } },
};

static SwWindow *
ensure_window (SwApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  while (window != NULL && !SW_IS_WINDOW (window))
    window = gtk_window_get_transient_for (window);
  if (window == NULL)
    window = GTK_WINDOW (sw_window_new (ADW_APPLICATION (self)));
  return SW_WINDOW (window);
}

static void
sw_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (ensure_window (SW_APPLICATION (application))));
}

static int
sw_application_command_line (GApplication *application, GApplicationCommandLine *command_line)
{
  GVariantDict *options = g_application_command_line_get_options_dict (command_line);
  SwWindow *window = ensure_window (SW_APPLICATION (application));
  const char *login;

  gtk_window_present (GTK_WINDOW (window));
  if (g_variant_dict_lookup (options, "demo", "&s", &login)
      && sw_window_get_session (window) == NULL)
    sw_login_open_demonstration (sw_window_get_login (window), login);
  return 0;
}

static void
activate_quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_window_quit (ensure_window (data));
}

static void
activate_preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_preferences_present (GTK_WINDOW (ensure_window (data)));
}

static void
activate_about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  static const char *const authors[] = { N_ ("The Softwhere team"), NULL };
  const char *translated[] = { _ (authors[0]), NULL };

  gtk_show_about_dialog (GTK_WINDOW (ensure_window (data)),
                         "program-name",
                         "Softwhere",
                         "logo-icon-name",
                         APPLICATION_ID,
                         "version",
                         PACKAGE_VERSION,
                         "comments",
                         _ ("Customers, contracts and invoices of a telecom and IT reseller"),
                         "license-type",
                         GTK_LICENSE_GPL_3_0,
                         "authors",
                         translated,
                         NULL);
}

static const GActionEntry actions[] = {
  { .name = "quit", .activate = activate_quit },
  { .name = "preferences", .activate = activate_preferences },
  { .name = "about", .activate = activate_about },
};

static void
sw_application_startup (GApplication *application)
{
  GtkApplication *self = GTK_APPLICATION (application);

  G_APPLICATION_CLASS (sw_application_parent_class)->startup (application);
  sw_widgets_init ();
  sw_settings_apply_appearance ();
  sw_settings_apply_font ();
  gtk_window_set_default_icon_name (APPLICATION_ID);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accelerators); i++)
    gtk_application_set_accels_for_action (self, accelerators[i].action, accelerators[i].keys);
  for (int i = 1; i <= 9; i++)
    {
      g_autofree char *action = g_strdup_printf ("win.page-number(%d)", i);
      g_autofree char *key = g_strdup_printf ("<Alt>%d", i);
      const char *keys[] = { key, NULL };

      gtk_application_set_accels_for_action (self, action, keys);
    }
}

static gboolean
sw_application_dbus_register (GApplication *application,
                              GDBusConnection *connection,
                              const char *path,
                              GError **error)
{
  SwApplication *self = SW_APPLICATION (application);

  if (!G_APPLICATION_CLASS (sw_application_parent_class)->dbus_register (application, connection, path, error))
    return FALSE;
  self->provider = sw_search_provider_new (GTK_APPLICATION (self));
  return sw_search_provider_export (self->provider, connection, error);
}

static void
sw_application_dbus_unregister (GApplication *application, GDBusConnection *connection, const char *path)
{
  SwApplication *self = SW_APPLICATION (application);

  if (self->provider != NULL)
    sw_search_provider_unexport (self->provider);
  g_clear_object (&self->provider);
  G_APPLICATION_CLASS (sw_application_parent_class)->dbus_unregister (application, connection, path);
}

static void
sw_application_class_init (SwApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  application_class->dbus_register = sw_application_dbus_register;
  application_class->dbus_unregister = sw_application_dbus_unregister;

  application_class->startup = sw_application_startup;
  application_class->activate = sw_application_activate;
  application_class->command_line = sw_application_command_line;
}

static void
sw_application_init (SwApplication *self)
{
  g_application_add_main_option (G_APPLICATION (self),
                                 "demo",
                                 0,
                                 0,
                                 G_OPTION_ARG_STRING,
                                 _ ("Open the demonstration of this computer as LOGIN"),
                                 _ ("LOGIN"));
}

SwApplication *
sw_application_new (void)
{
  /* The style and the icons are in the resources of the widgets, under the path of the id; they must
   * be there before AdwApplication starts. */
  sw_widgets_register_resources ();
  return g_object_new (SW_TYPE_APPLICATION,
                       "application-id",
                       APPLICATION_ID,
                       "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
