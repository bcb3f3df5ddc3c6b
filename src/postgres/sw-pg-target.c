/* sw-pg-target.c: see sw-pg-target.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "postgres/sw-pg-private.h"

#include <string.h>

/* Debian's list of trusted authorities. libpq 15 has no "system" yet and would otherwise look for
 * ~/.postgresql/root.crt only. */
#define SYSTEM_CERTIFICATES "/etc/ssl/certs/ca-certificates.crt"

/* Where Debian's server listens; named, so that libpq never reads PGHOST, which we would not have
 * resolved. */
#define DEFAULT_SOCKET_DIRECTORY "/var/run/postgresql"

struct _SwPgTarget
{
  GHashTable *options; /* char *keyword → char *value */
  char *preferred;     /* as sw_pg_host_name() writes it, or NULL */
};

SwPgTarget *
sw_pg_target_new (void)
{
  SwPgTarget *self = g_new0 (SwPgTarget, 1);

  self->options = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return self;
}

SwPgTarget *
sw_pg_target_parse (const char *conninfo, GError **error)
{
  g_autoptr (SwPgTarget) self = sw_pg_target_new ();
  char *reason = NULL;
  PQconninfoOption *options = PQconninfoParse (conninfo, &reason);

  if (options == NULL)
    {
      g_set_error (error, SW_PG_ERROR, SW_PG_ERROR_INVALID, "%s",
                   reason != NULL ? g_strchomp (reason) : "Out of memory");
      PQfreemem (reason);
      return NULL;
    }
  for (PQconninfoOption *option = options; option->keyword != NULL; option++)
    sw_pg_target_set (self, option->keyword, option->val);
  PQconninfoFree (options);
  return g_steal_pointer (&self);
}

SwPgTarget *
sw_pg_target_copy (SwPgTarget *self)
{
  SwPgTarget *copy = sw_pg_target_new ();
  GHashTableIter iter;
  gpointer keyword, value;

  g_hash_table_iter_init (&iter, self->options);
  while (g_hash_table_iter_next (&iter, &keyword, &value))
    sw_pg_target_set (copy, keyword, value);
  copy->preferred = g_strdup (self->preferred);
  return copy;
}

void
sw_pg_target_free (SwPgTarget *self)
{
  if (self == NULL)
    return;
  g_hash_table_unref (self->options);
  g_free (self->preferred);
  g_free (self);
}

void
sw_pg_target_set (SwPgTarget *self, const char *keyword, const char *value)
{
  if (value == NULL || *value == '\0')
    g_hash_table_remove (self->options, keyword);
  else
    g_hash_table_replace (self->options, g_strdup (keyword), g_strdup (value));
}

const char *
sw_pg_target_get (SwPgTarget *self, const char *keyword)
{
  return g_hash_table_lookup (self->options, keyword);
}

char *
sw_pg_host_name (const char *host, const char *port)
{
  gboolean usual = port == NULL || *port == '\0' || strcmp (port, SW_PG_USUAL_PORT) == 0;

  if (usual)
    return g_strdup (host);
  return g_strdup_printf (strchr (host, ':') != NULL ? "[%s]:%s" : "%s:%s", host, port);
}

void
sw_pg_target_prefer (SwPgTarget *self, const char *name)
{
  g_free (self->preferred);
  self->preferred = g_strdup (name);
}

static gboolean
is_socket (const char *host)
{
  return *host == '\0' || *host == '/' || *host == '@';
}

gboolean
sw_pg_target_is_local (SwPgTarget *self)
{
  const char *host = sw_pg_target_get (self, "host");
  g_auto (GStrv) hosts = g_strsplit (host != NULL ? host : "", ",", -1);

  if (sw_pg_target_get (self, "hostaddr") != NULL)
    return FALSE;
  for (char **one = hosts; *one != NULL; one++)
    if (!is_socket (*one))
      return FALSE;
  return TRUE;
}

char *
sw_pg_target_to_string (SwPgTarget *self)
{
  g_autoptr (GList) keywords = g_hash_table_get_keys (self->options);
  GString *text = g_string_new (NULL);

  keywords = g_list_sort (keywords, (GCompareFunc) strcmp);
  for (GList *node = keywords; node != NULL; node = node->next)
    {
      const char *keyword = node->data;

      if (strcmp (keyword, "password") == 0 || strcmp (keyword, "sslpassword") == 0)
        continue;
      g_string_append_printf (text, "%s%s='", text->len > 0 ? " " : "", keyword);
      for (const char *p = sw_pg_target_get (self, keyword); *p != '\0'; p++)
        {
          if (*p == '\'' || *p == '\\')
            g_string_append_c (text, '\\');
          g_string_append_c (text, *p);
        }
      g_string_append_c (text, '\'');
    }
  return g_string_free (text, FALSE);
}

SwPgAddress *
sw_pg_address_new (const char *host, const char *hostaddr, const char *port)
{
  SwPgAddress *self = g_new0 (SwPgAddress, 1);

  self->host = g_strdup (host);
  self->hostaddr = g_strdup (hostaddr);
  self->port = g_strdup (port);
  return self;
}

void
sw_pg_address_free (SwPgAddress *self)
{
  g_free (self->host);
  g_free (self->hostaddr);
  g_free (self->port);
  g_free (self);
}

gboolean
sw_pg_address_needs_lookup (const SwPgAddress *self)
{
  return self->hostaddr == NULL && !is_socket (self->host);
}

GPtrArray *
sw_pg_target_get_addresses (SwPgTarget *self, GError **error)
{
  const char *host = sw_pg_target_get (self, "host");
  const char *hostaddr = sw_pg_target_get (self, "hostaddr");
  const char *port = sw_pg_target_get (self, "port");
  g_auto (GStrv) hosts = g_strsplit (host != NULL ? host : "", ",", -1);
  g_auto (GStrv) numeric = g_strsplit (hostaddr != NULL ? hostaddr : "", ",", -1);
  g_auto (GStrv) ports = g_strsplit (port != NULL ? port : "", ",", -1);
  guint n_hosts = g_strv_length (hosts), n_numeric = g_strv_length (numeric);
  guint n_ports = g_strv_length (ports), n = MAX (MAX (n_hosts, n_numeric), 1);
  g_autoptr (GPtrArray) addresses
      = g_ptr_array_new_with_free_func ((GDestroyNotify) sw_pg_address_free);

  if ((n_numeric > 0 && n_numeric != n) || (n_hosts > 0 && n_hosts != n)
      || (n_ports > 1 && n_ports != n))
    {
      g_set_error_literal (error, SW_PG_ERROR, SW_PG_ERROR_INVALID,
                           "Hosts and ports do not have the same number");
      return NULL;
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *one = g_strstrip (g_strdup (n_hosts > 0 ? hosts[i] : ""));
      const char *named = n_numeric > 0 && *numeric[i] != '\0' ? numeric[i] : NULL;
      const char *one_port = n_ports > 1 ? ports[i] : n_ports == 1 ? ports[0] : NULL;
      const char *name = *one == '\0' && named == NULL ? DEFAULT_SOCKET_DIRECTORY : one;
      g_autofree char *known = sw_pg_host_name (name, one_port);
      SwPgAddress *address;

      if (named == NULL && g_hostname_is_ip_address (name))
        named = name;
      address = sw_pg_address_new (name, named, one_port);
      g_ptr_array_insert (addresses, g_strcmp0 (known, self->preferred) == 0 ? 0 : -1, address);
    }
  return g_steal_pointer (&addresses);
}

static void
set_default (SwPgTarget *self, const char *keyword, const char *value)
{
  if (sw_pg_target_get (self, keyword) == NULL)
    sw_pg_target_set (self, keyword, value);
}

/* Every setting of a connection to @address: defaults a target may change, then what it may not. */
static SwPgTarget *
complete (SwPgTarget *self, const SwPgAddress *address, guint statement_timeout)
{
  SwPgTarget *all = sw_pg_target_copy (self);
  gboolean socket = address->hostaddr == NULL;
  g_autofree char *options = g_strdup_printf ("-c DateStyle=ISO -c IntervalStyle=iso_8601"
                                              " -c TimeZone=Europe/Paris -c statement_timeout=%u"
                                              " -c idle_in_transaction_session_timeout=60s",
                                              statement_timeout);

  set_default (all, "application_name", "softwhere");
  set_default (all, "target_session_attrs", "read-write");
  set_default (all, "keepalives_idle", "30"); /* s */
  set_default (all, "keepalives_interval", "5");
  set_default (all, "keepalives_count", "3");
  set_default (all, "tcp_user_timeout", "15000"); /* ms; else a sleeping laptop hangs minutes */
  set_default (all, "sslmode", socket ? "disable" : "verify-full");
  if (!socket && g_file_test (SYSTEM_CERTIFICATES, G_FILE_TEST_EXISTS))
    set_default (all, "sslrootcert", SYSTEM_CERTIFICATES);
  sw_pg_target_set (all, "client_encoding", "UTF8");
  sw_pg_target_set (all, "options", options);
  sw_pg_target_set (all, "gssencmode", "disable"); /* would ask Kerberos servers, blocking */
  sw_pg_target_set (all, "host", address->host);
  sw_pg_target_set (all, "hostaddr", address->hostaddr);
  sw_pg_target_set (all, "port", address->port);
  return all;
}

PGconn *
sw_pg_target_start (SwPgTarget *self, const SwPgAddress *address, guint statement_timeout)
{
  g_autoptr (SwPgTarget) all = complete (self, address, statement_timeout);
  guint size = g_hash_table_size (all->options) + 1, n = 0;
  g_autofree const char **keywords = g_new0 (const char *, size);
  g_autofree const char **values = g_new0 (const char *, size);
  GHashTableIter iter;
  gpointer keyword, value;

  g_hash_table_iter_init (&iter, all->options);
  while (g_hash_table_iter_next (&iter, &keyword, &value))
    {
      keywords[n] = keyword;
      values[n++] = value;
    }
  return PQconnectStartParams (keywords, values, 0);
}
