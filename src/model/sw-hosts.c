/* sw-hosts.c: see sw-hosts.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-hosts.h"

#include <gio/gio.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include "postgres/sw-pg-target.h"

gboolean
sw_hosts_is_port (const char *text)
{
  return g_ascii_string_to_unsigned (text, 10, 1, 65535, NULL, NULL);
}

/* Cuts @one into name and port: "name", "name:port", "address", "[address]:port". NULL when it names
 * no port; a fe80::1 without brackets is all address. */
static char *
cut_port (char *one)
{
  char *colon = strrchr (one, ':');
  char *end = *one == '[' ? strchr (one, ']') : NULL;

  if (end != NULL)
    {
      colon = end[1] == ':' ? end + 1 : NULL;
      *end = '\0';
      memmove (one, one + 1, strlen (one));
    }
  else if (*one == '/' || colon == NULL || strchr (one, ':') != colon)
    return NULL;
  if (colon == NULL)
    return NULL;
  *colon = '\0';
  return colon + 1;
}

static gboolean
is_name (const char *host)
{
  /* Whether it exists is for the network to say; these never do. */
  return *host == '/' || (*host != '\0' && strpbrk (host, " \t/'\"\\;@") == NULL);
}

static gboolean
add_host (char *one, const char *port, GString *hosts, GString *ports, GError **error)
{
  g_autofree char *written = g_strdup (one);
  const char *own = cut_port (one);
  const char *comma = hosts->len > 0 ? "," : "";

  if (!is_name (one))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("“%s” is not the name or the address of a server"), written);
  else if (own != NULL && !sw_hosts_is_port (own))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                 _ ("“%s”: a port is a number from 1 to 65535; 5432 is the usual one"), written);
  else
    {
      g_string_append_printf (hosts, "%s%s", comma, one);
      g_string_append_printf (ports, "%s%s", comma,
                              own != NULL ? own : port != NULL ? port : SW_PG_USUAL_PORT);
      return TRUE;
    }
  return FALSE;
}

gboolean
sw_hosts_parse (const char *text, const char *port, char **hosts, char **ports, GError **error)
{
  g_auto (GStrv) all = g_strsplit (text != NULL ? text : "", ",", -1);
  g_autoptr (GString) names = g_string_new (NULL);
  g_autoptr (GString) numbers = g_string_new (NULL);

  for (char **one = all; *one != NULL; one++)
    {
      g_strstrip (*one);
      if (**one == '\0') /* "db1, " while it is being written */
        continue;
      if (!add_host (*one, port, names, numbers, error))
        return FALSE;
    }
  if (names->len == 0)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                           _ ("Please write the name or the address of the server"));
      return FALSE;
    }
  *hosts = g_string_free (g_steal_pointer (&names), FALSE);
  *ports = g_string_free (g_steal_pointer (&numbers), FALSE);
  return TRUE;
}

char *
sw_hosts_to_text (const char *hosts, const char *ports)
{
  g_auto (GStrv) names = g_strsplit (hosts != NULL ? hosts : "", ",", -1);
  g_auto (GStrv) numbers = g_strsplit (ports != NULL ? ports : "", ",", -1);
  guint n = g_strv_length (numbers);
  GString *text = g_string_new (NULL);

  for (guint i = 0; names[i] != NULL; i++)
    {
      const char *port = n == 0 ? NULL : numbers[MIN (i, n - 1)];
      g_autofree char *one = sw_pg_host_name (g_strstrip (names[i]), port);

      g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", one);
    }
  return g_string_free (text, FALSE);
}
