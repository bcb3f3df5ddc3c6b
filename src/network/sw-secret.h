/* sw-secret.h: secrets of accounts at providers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A desktop keeps them in the person's keyring, by provider, address and account. The courier, which
 * has no keyring, reads a file nobody else may read. They are never in the database, an argument or a log.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void sw_secret_lookup_async (const char *provider,
                             const char *base_url,
                             const char *account,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
/* To free with sw_secret_free(); NULL without error when there is none, or no keyring. */
char *sw_secret_lookup_finish (GAsyncResult *result, GError **error);

void sw_secret_store_async (const char *provider,
                            const char *base_url,
                            const char *account,
                            const char *secret,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
gboolean sw_secret_store_finish (GAsyncResult *result, GError **error);

/* The file @provider (or @provider.secret) of @directory: one line, a regular file of root or of who
 * runs this, which nobody else may read. */
char *sw_secret_read_file (const char *directory, const char *name, GError **error);

/* Overwrites it first. NULL is fine. */
void sw_secret_free (char *secret);

G_END_DECLS
