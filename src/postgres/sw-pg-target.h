/* sw-pg-target.h: where to connect: the pieces of a libpq connection string
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _SwPgTarget SwPgTarget;

SwPgTarget *sw_pg_target_new (void);
/* Reads a URI ("postgresql://adv@a,b/softwhere") or "host=… dbname=…". */
SwPgTarget *sw_pg_target_parse (const char *conninfo, GError **error);
SwPgTarget *sw_pg_target_copy (SwPgTarget *self);
void sw_pg_target_free (SwPgTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwPgTarget, sw_pg_target_free)

/* @keyword is one of libpq's: host, port, dbname, user, password, sslmode… NULL or "" unsets. */
void sw_pg_target_set (SwPgTarget *self, const char *keyword, const char *value);
const char *sw_pg_target_get (SwPgTarget *self, const char *keyword);

#define SW_PG_USUAL_PORT "5432"

/* "db1", "db2:5433", "[fe80::1]:5433": how a host is written; the usual port is not. */
char *sw_pg_host_name (const char *host, const char *port);
/* Of several hosts, tries the one written @name first; NULL for their order. */
void sw_pg_target_prefer (SwPgTarget *self, const char *name);

/* TRUE when every host is a socket directory of this computer (no network, no TLS). */
gboolean sw_pg_target_is_local (SwPgTarget *self);

/* "keyword='value' …" without the password: what may be written to a file or shown. */
char *sw_pg_target_to_string (SwPgTarget *self);

G_END_DECLS
