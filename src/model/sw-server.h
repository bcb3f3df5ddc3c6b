/* sw-server.h: a server the person may connect to, remembered between runs
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Remembered servers are kept in ${XDG_CONFIG_HOME}/softwhere/servers.ini. Passwords never are:
 * see sw-keyring.h.
 */
#pragma once

#include <gio/gio.h>
#include "postgres/sw-pg-target.h"

G_BEGIN_DECLS

#define SW_TYPE_SERVER (sw_server_get_type ())
G_DECLARE_FINAL_TYPE (SwServer, sw_server, SW, SERVER, GObject)

/* Properties: title, host ("a" or "a,b" or a socket directory), port, database, last-user
 * (all strings, read-write), demonstration (boolean, read only). */
SwServer *sw_server_new (const char *title,
                         const char *host,
                         const char *port,
                         const char *database);
/* From a libpq URI or "host=… dbname=…"; @title may be NULL, the host is then shown. A user in it
 * becomes the last user; a password is kept in memory as the login of that user. */
SwServer *sw_server_new_from_uri (const char *title, const char *uri, GError **error);

/* The hosts where it was given none. */
const char *sw_server_get_title (SwServer *self);
/* NULL where it was given none. */
const char *sw_server_get_own_title (SwServer *self);
const char *sw_server_get_host (SwServer *self);
const char *sw_server_get_port (SwServer *self);
const char *sw_server_get_database (SwServer *self);
const char *sw_server_get_last_user (SwServer *self);
void sw_server_set_last_user (SwServer *self, const char *user);
gboolean sw_server_is_demonstration (SwServer *self);

/* The hosts as a person writes them: "db1, db2:5433"; free with g_free(). */
char *sw_server_dup_hosts (SwServer *self);
gboolean sw_server_has_several_hosts (SwServer *self);
/* The host that accepted us last, as sw_pg_host_name() writes it: the next time it is asked first. Kept
 * with the server. NULL before. */
const char *sw_server_get_answered (SwServer *self);
void sw_server_set_answered (SwServer *self, const char *host);

/* A further libpq keyword such as "sslmode" or "sslrootcert". */
void sw_server_set_option (SwServer *self, const char *keyword, const char *value);
const char *sw_server_get_option (SwServer *self, const char *keyword);

/* The logins that come with their password (demonstration), in the order of the file;
 * {NULL} for an ordinary server. */
const char *const *sw_server_get_logins (SwServer *self);
/* NULL when unknown. */
const char *sw_server_get_login_password (SwServer *self, const char *user);

/* Where to connect as @user; the password is part of it. */
SwPgTarget *sw_server_to_target (SwServer *self, const char *user, const char *password);

/* A GListStore of SwServer; empty when nothing was saved yet. */
GListModel *sw_servers_load (GError **error);
/* Writes every server of @servers that is not the demonstration. */
gboolean sw_servers_save (GListModel *servers, GError **error);

/* The demonstration server of this computer as build-aux/local-server describes it, or NULL when
 * there is none. The file is $SOFTWHERE_DEMO, or softwhere/server/demonstration.ini in
 * ${XDG_STATE_HOME}; its groups are logins, each with the key "uri". */
SwServer *sw_server_load_demonstration (void);

G_END_DECLS
