/* main.c: the program softwhere-courier, which speaks to operators without a screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   softwhere-courier --sync cfast [--full] [--once] [--every MINUTES] [--secrets DIRECTORY]
 *
 * The directory of secrets ($CREDENTIALS_DIRECTORY under systemd) holds one file each, readable by
 * nobody else: "database", a libpq URI, password included, of a member of sw_courier; and one named
 * after each provider ("cfast"), the secret of its account. Nothing secret is an argument.
 *
 * Exit status (sysexits.h): 0 done, 64 usage, 69 the operator does not answer or not sensibly, 75 the
 * database does not, or somebody else is synchronising: try later, 77 a secret is refused or readable
 * by others, 78 not set up.
 */
#include "config.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <locale.h>
#include <sysexits.h>

#include "courier/sw-errand.h"
#include "network/sw-secret.h"

typedef struct
{
  GMainLoop *loop;
  GCancellable *cancellable;
  SwErrand *errand;
  gboolean once;
  guint every_s;
  int status;
} Courier;

static gboolean
on_signal (gpointer user_data)
{
  Courier *courier = user_data;

  g_printerr ("asked to stop\n");
  g_cancellable_cancel (courier->cancellable);
  courier->once = TRUE;
  if (!sw_errand_is_running (courier->errand))
    g_main_loop_quit (courier->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean start (gpointer user_data);

static void
on_done (int status, gpointer user_data)
{
  Courier *courier = user_data;

  courier->status = status;
  /* What is not set up does not mend itself by waiting. */
  if (courier->once || status == EX_CONFIG || status == EX_NOPERM || status == EX_USAGE)
    g_main_loop_quit (courier->loop);
  else
    g_timeout_add_seconds (courier->every_s, start, courier);
}

static gboolean
start (gpointer user_data)
{
  Courier *courier = user_data;

  sw_errand_run (courier->errand, courier->cancellable, on_done, courier);
  return G_SOURCE_REMOVE;
}

int
main (int argc, char *argv[])
{
  g_autofree char *provider = NULL;
  g_autofree char *directory = g_strdup (g_getenv ("CREDENTIALS_DIRECTORY"));
  gboolean full = FALSE;
  Courier courier = { NULL, NULL, NULL, FALSE, 0, EX_OK };
  int minutes = 60;
  GOptionEntry entries[] = {
    { "sync", 's', 0, G_OPTION_ARG_STRING, &provider, "Bring what PROVIDER knows, then carry requests to it", "PROVIDER" },
    { "full", 'f', 0, G_OPTION_ARG_NONE, &full, "Everything, not only what changed since the last time", NULL },
    { "once", '1', 0, G_OPTION_ARG_NONE, &courier.once, "End afterwards, instead of going on every hour", NULL },
    { "every", 'e', 0, G_OPTION_ARG_INT, &minutes, "Go on every so many minutes", "MINUTES" },
    { "secrets", 0, 0, G_OPTION_ARG_FILENAME, &directory, "Where the secrets are, a file each", "DIRECTORY" },
    { NULL }
  };
  g_autoptr (GOptionContext) options = g_option_context_new ("- speaks to operators for Softwhere");
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error) || provider == NULL || argc > 1 || minutes < 1 || minutes > 10080)
    {
      g_printerr ("softwhere-courier: %s\n", error != NULL ? error->message : "--sync PROVIDER is missing, or something is too much; see --help");
      return EX_USAGE;
    }
  if (directory == NULL)
    {
      g_printerr ("softwhere-courier: no directory of secrets: --secrets, or LoadCredential in the unit\n");
      return EX_CONFIG;
    }
  courier.every_s = (guint) minutes * 60;
  courier.loop = g_main_loop_new (NULL, FALSE);
  courier.cancellable = g_cancellable_new ();
  courier.errand = sw_errand_new (provider, full, directory);
  g_unix_signal_add (SIGTERM, on_signal, &courier);
  g_unix_signal_add (SIGINT, on_signal, &courier);
  g_idle_add (start, &courier);
  g_main_loop_run (courier.loop);
  sw_errand_free (courier.errand);
  g_object_unref (courier.cancellable);
  g_main_loop_unref (courier.loop);
  return courier.status;
}
