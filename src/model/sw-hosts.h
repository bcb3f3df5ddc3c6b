/* sw-hosts.h: the hosts of a server as a person writes them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "db1, db2:5433, [fe80::1]:5433": names or addresses between commas, each with a port of its own where it is
 * not the usual one of the server; or a socket directory of this computer.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A port is a number from 1 to 65535. */
gboolean sw_hosts_is_port (const char *text);

/* Reads @text into the lists libpq wants: "db1,db2" and "5432,5433", where @port (NULL for the usual one)
 * stands for those that name none. Free both with g_free(). The error is a sentence for a person. */
gboolean sw_hosts_parse (const char *text,
                         const char *port,
                         char **hosts,
                         char **ports,
                         GError **error);

/* The way back, from libpq's lists; @ports may be NULL or one for all. Free with g_free(). */
char *sw_hosts_to_text (const char *hosts, const char *ports);

G_END_DECLS
