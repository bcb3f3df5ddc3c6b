/* sw-keyring.h: passwords in the person's keyring, when they ask for it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A computer without a secret service is not an error: lookups find nothing, and storing says so.
 */
#pragma once

#include <gio/gio.h>
#include "model/sw-server.h"

G_BEGIN_DECLS

void sw_keyring_lookup_async (SwServer *server,
                              const char *user,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* The password, to free with sw_keyring_password_free(); NULL when there is none. */
char *sw_keyring_lookup_finish (GAsyncResult *result, GError **error);

void sw_keyring_store_async (SwServer *server,
                             const char *user,
                             const char *password,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean sw_keyring_store_finish (GAsyncResult *result, GError **error);

/* Forgets the password; finding none is a success. */
void sw_keyring_clear_async (SwServer *server,
                             const char *user,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data);
gboolean sw_keyring_clear_finish (GAsyncResult *result, GError **error);

/* Overwrites the text before freeing it. NULL is fine. */
void sw_keyring_password_free (char *password);

/* The key of the drafts of @user on @server, made the first time. NULL when this computer has no
 * keyring, or the person keeps it locked. */
void sw_keyring_draft_key_async (SwServer *server,
                                 const char *user,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
GBytes *sw_keyring_draft_key_finish (GAsyncResult *result);

G_END_DECLS
