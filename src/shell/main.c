/* main.c: the program softwhere
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include <glib/gi18n.h>
#include <locale.h>
#include "config.h"
#include "shell/sw-application.h"

int
main (int argc, char *argv[])
{
  /* The translations of a build that is not installed. */
  const char *localedir = g_getenv ("SOFTWHERE_LOCALEDIR");
  g_autoptr (SwApplication) application = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  application = sw_application_new ();
  return g_application_run (G_APPLICATION (application), argc, argv);
}
