/* sw-authority.h: the certificate authority a server is verified with, kept with the settings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A company usually signs its servers' certificates itself and hands out one file. Its copy lives in
 * ${XDG_CONFIG_HOME}/softwhere/authorities, so that emptying the folder of downloads costs nobody the
 * way in.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Copies the PEM file at @path. */
void sw_authority_keep_async (const char *path,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* Where the copy is, to be the option "sslrootcert" of a SwServer; free with g_free(). NULL with a
 * sentence for a person when the file cannot be read or holds no certificate. */
char *sw_authority_keep_finish (GAsyncResult *result, GError **error);

G_END_DECLS
