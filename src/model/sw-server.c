/* sw-server.c: see sw-server.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-server.h"
#include "model/sw-hosts.h"

#include <errno.h>
#include <string.h>

#define DEFAULT_DATABASE "softwhere"

struct _SwServer
{
  GObject parent_instance;

  SwPgTarget *target; /* without user and password */
  char *title;        /* NULL: show the hosts */
  char *hosts;        /* made when asked for */
  char *answered;     /* or NULL */
  char *last_user;
  gboolean demonstration;
  GPtrArray *logins;     /* char *user, NULL-terminated */
  GHashTable *passwords; /* char *user → char *password; never written anywhere */
};

G_DEFINE_FINAL_TYPE (SwServer, sw_server, G_TYPE_OBJECT)

enum
{
  PROP_TITLE = 1,
  PROP_HOST,
  PROP_PORT,
  PROP_DATABASE,
  PROP_LAST_USER,
  PROP_DEMONSTRATION,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

SwServer *
sw_server_new (const char *title, const char *host, const char *port, const char *database)
{
  return g_object_new (SW_TYPE_SERVER, "title", title, "host", host, "port", port, "database",
                       database, NULL);
}

static void
add_login (SwServer *self, const char *user, const char *password)
{
  g_ptr_array_insert (self->logins, (int) self->logins->len - 1, g_strdup (user));
  g_hash_table_replace (self->passwords, g_strdup (user), g_strdup (password));
}

SwServer *
sw_server_new_from_uri (const char *title, const char *uri, GError **error)
{
  g_autoptr (SwPgTarget) target = sw_pg_target_parse (uri, error);
  SwServer *self;

  if (target == NULL)
    return NULL;
  self = g_object_new (SW_TYPE_SERVER, "title", title, "last-user",
                       sw_pg_target_get (target, "user"), NULL);
  if (sw_pg_target_get (target, "user") != NULL && sw_pg_target_get (target, "password") != NULL)
    add_login (self, sw_pg_target_get (target, "user"), sw_pg_target_get (target, "password"));
  sw_pg_target_set (target, "user", NULL);
  sw_pg_target_set (target, "password", NULL);
  sw_pg_target_free (self->target);
  self->target = g_steal_pointer (&target);
  return self;
}

const char *
sw_server_get_own_title (SwServer *self)
{
  return self->title != NULL && *self->title != '\0' ? self->title : NULL;
}

const char *
sw_server_get_title (SwServer *self)
{
  g_return_val_if_fail (SW_IS_SERVER (self), NULL);
  if (sw_server_get_own_title (self) != NULL)
    return self->title;
  g_free (self->hosts);
  self->hosts = sw_server_dup_hosts (self);
  return self->hosts;
}

const char *
sw_server_get_host (SwServer *self)
{
  const char *host = sw_pg_target_get (self->target, "host");

  return host != NULL ? host : "";
}

char *
sw_server_dup_hosts (SwServer *self)
{
  return sw_hosts_to_text (sw_pg_target_get (self->target, "host"),
                           sw_pg_target_get (self->target, "port"));
}

gboolean
sw_server_has_several_hosts (SwServer *self)
{
  return strchr (sw_server_get_host (self), ',') != NULL;
}

const char *
sw_server_get_answered (SwServer *self)
{
  return self->answered;
}

void
sw_server_set_answered (SwServer *self, const char *host)
{
  g_autofree char *former = self->answered;

  self->answered = g_strdup (host);
}

const char *
sw_server_get_port (SwServer *self)
{
  const char *port = sw_pg_target_get (self->target, "port");

  return port != NULL ? port : "5432";
}

const char *
sw_server_get_database (SwServer *self)
{
  const char *database = sw_pg_target_get (self->target, "dbname");

  return database != NULL ? database : DEFAULT_DATABASE;
}

const char *
sw_server_get_last_user (SwServer *self)
{
  g_return_val_if_fail (SW_IS_SERVER (self), NULL);
  return self->last_user;
}

void
sw_server_set_last_user (SwServer *self, const char *user)
{
  if (g_strcmp0 (self->last_user, user) == 0)
    return;
  g_free (self->last_user);
  self->last_user = g_strdup (user);
  g_object_notify_by_pspec (G_OBJECT (self), props[PROP_LAST_USER]);
}

gboolean
sw_server_is_demonstration (SwServer *self)
{
  g_return_val_if_fail (SW_IS_SERVER (self), FALSE);
  return self->demonstration;
}

void
sw_server_set_option (SwServer *self, const char *keyword, const char *value)
{
  g_return_if_fail (g_strcmp0 (keyword, "password") != 0);
  sw_pg_target_set (self->target, keyword, value);
}

const char *
sw_server_get_option (SwServer *self, const char *keyword)
{
  return sw_pg_target_get (self->target, keyword);
}

const char *const *
sw_server_get_logins (SwServer *self)
{
  return (const char *const *) self->logins->pdata;
}

const char *
sw_server_get_login_password (SwServer *self, const char *user)
{
  return user != NULL ? g_hash_table_lookup (self->passwords, user) : NULL;
}

SwPgTarget *
sw_server_to_target (SwServer *self, const char *user, const char *password)
{
  SwPgTarget *target = sw_pg_target_copy (self->target);

  if (sw_pg_target_get (target, "dbname") == NULL)
    sw_pg_target_set (target, "dbname", DEFAULT_DATABASE);
  sw_pg_target_prefer (target, self->answered);
  sw_pg_target_set (target, "user", user);
  sw_pg_target_set (target, "password", password);
  return target;
}

/* ---- the remembered servers ---- */

static char *
servers_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "softwhere", "servers.ini", NULL);
}

GListModel *
sw_servers_load (GError **error)
{
  g_autoptr (GListStore) servers = g_list_store_new (SW_TYPE_SERVER);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = servers_path ();
  g_auto (GStrv) groups = NULL;
  g_autoptr (GError) reading = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &reading))
    {
      if (!g_error_matches (reading, G_FILE_ERROR, G_FILE_ERROR_NOENT))
        {
          g_propagate_error (error, g_steal_pointer (&reading));
          return NULL;
        }
      return G_LIST_MODEL (g_steal_pointer (&servers));
    }
  groups = g_key_file_get_groups (file, NULL);
  for (char **group = groups; *group != NULL; group++)
    {
      g_autofree char *target = g_key_file_get_string (file, *group, "target", NULL);
      g_autofree char *title = g_key_file_get_string (file, *group, "title", NULL);
      g_autofree char *user = g_key_file_get_string (file, *group, "user", NULL);
      g_autofree char *answered = g_key_file_get_string (file, *group, "answered", NULL);
      g_autoptr (SwServer) server
          = target != NULL ? sw_server_new_from_uri (title, target, NULL) : NULL;

      if (server == NULL) /* edited by hand: the others are still good */
        continue;
      sw_server_set_last_user (server, user);
      sw_server_set_answered (server, answered);
      g_list_store_append (servers, server);
    }
  return G_LIST_MODEL (g_steal_pointer (&servers));
}

gboolean
sw_servers_save (GListModel *servers, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *path = servers_path ();
  g_autofree char *directory = g_path_get_dirname (path);
  g_autofree char *data = NULL;
  gsize length;

  for (guint i = 0; i < g_list_model_get_n_items (servers); i++)
    {
      g_autoptr (SwServer) server = g_list_model_get_item (servers, i);
      g_autofree char *group = g_strdup_printf ("server %u", i + 1);
      g_autofree char *target = sw_pg_target_to_string (server->target);

      if (server->demonstration)
        continue;
      g_key_file_set_string (file, group, "target", target);
      if (server->title != NULL)
        g_key_file_set_string (file, group, "title", server->title);
      if (server->last_user != NULL)
        g_key_file_set_string (file, group, "user", server->last_user);
      if (server->answered != NULL && sw_server_has_several_hosts (server))
        g_key_file_set_string (file, group, "answered", server->answered);
    }
  if (g_mkdir_with_parents (directory, 0700) != 0)
    {
      int code = errno;

      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (code), "%s: %s", directory,
                   g_strerror (code));
      return FALSE;
    }
  data = g_key_file_to_data (file, &length, NULL);
  return g_file_set_contents_full (path, data, (gssize) length,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

SwServer *
sw_server_load_demonstration (void)
{
  const char *named = g_getenv ("SOFTWHERE_DEMO");
  g_autofree char *path = named != NULL && *named != '\0'
                              ? g_strdup (named)
                              : g_build_filename (g_get_user_state_dir (), "softwhere", "server",
                                                  "demonstration.ini", NULL);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) users = NULL;
  SwServer *self = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;
  users = g_key_file_get_groups (file, NULL);
  for (char **user = users; *user != NULL; user++)
    {
      g_autofree char *uri = g_key_file_get_string (file, *user, "uri", NULL);
      g_autoptr (SwPgTarget) target = uri != NULL ? sw_pg_target_parse (uri, NULL) : NULL;

      if (target == NULL || sw_pg_target_get (target, "password") == NULL)
        continue;
      if (self == NULL)
        {
          self = g_object_new (SW_TYPE_SERVER, NULL);
          self->demonstration = TRUE;
          sw_pg_target_free (self->target);
          self->target = sw_pg_target_copy (target);
          sw_pg_target_set (self->target, "user", NULL);
          sw_pg_target_set (self->target, "password", NULL);
        }
      add_login (self, sw_pg_target_get (target, "user"), sw_pg_target_get (target, "password"));
    }
  return self;
}

/* ---- the object ---- */

static void
sw_server_get_property (GObject *object, guint prop, GValue *value, GParamSpec *pspec)
{
  SwServer *self = SW_SERVER (object);

  switch (prop)
    {
    case PROP_TITLE:
      g_value_set_string (value, sw_server_get_title (self));
      break;
    case PROP_HOST:
      g_value_set_string (value, sw_server_get_host (self));
      break;
    case PROP_PORT:
      g_value_set_string (value, sw_server_get_port (self));
      break;
    case PROP_DATABASE:
      g_value_set_string (value, sw_server_get_database (self));
      break;
    case PROP_LAST_USER:
      g_value_set_string (value, self->last_user);
      break;
    case PROP_DEMONSTRATION:
      g_value_set_boolean (value, self->demonstration);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
    }
}

static void
sw_server_set_property (GObject *object, guint prop, const GValue *value, GParamSpec *pspec)
{
  SwServer *self = SW_SERVER (object);

  switch (prop)
    {
    case PROP_TITLE:
      g_free (self->title);
      self->title = g_value_dup_string (value);
      break;
    case PROP_HOST:
      sw_pg_target_set (self->target, "host", g_value_get_string (value));
      break;
    case PROP_PORT:
      sw_pg_target_set (self->target, "port", g_value_get_string (value));
      break;
    case PROP_DATABASE:
      sw_pg_target_set (self->target, "dbname", g_value_get_string (value));
      break;
    case PROP_LAST_USER:
      sw_server_set_last_user (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop, pspec);
    }
}

static void
sw_server_finalize (GObject *object)
{
  SwServer *self = SW_SERVER (object);

  sw_pg_target_free (self->target);
  g_free (self->title);
  g_free (self->hosts);
  g_free (self->answered);
  g_free (self->last_user);
  g_ptr_array_unref (self->logins);
  g_hash_table_unref (self->passwords);
  G_OBJECT_CLASS (sw_server_parent_class)->finalize (object);
}

static void
sw_server_class_init (SwServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags both = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS;

  object_class->get_property = sw_server_get_property;
  object_class->set_property = sw_server_set_property;
  object_class->finalize = sw_server_finalize;
  props[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL, both);
  props[PROP_HOST] = g_param_spec_string ("host", NULL, NULL, NULL, both);
  props[PROP_PORT] = g_param_spec_string ("port", NULL, NULL, NULL, both);
  props[PROP_DATABASE] = g_param_spec_string ("database", NULL, NULL, NULL, both);
  props[PROP_LAST_USER] = g_param_spec_string ("last-user", NULL, NULL, NULL,
                                               both | G_PARAM_EXPLICIT_NOTIFY);
  props[PROP_DEMONSTRATION] = g_param_spec_boolean ("demonstration", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
sw_server_init (SwServer *self)
{
  self->target = sw_pg_target_new ();
  self->logins = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->logins, NULL);
  self->passwords = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}
