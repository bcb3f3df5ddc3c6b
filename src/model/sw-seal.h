/* sw-seal.h: text encrypted and authenticated with a key (AES-256-GCM of libgcrypt)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define SW_SEAL_KEY 32 /* bytes */

/* Makes libgcrypt ready, for those of this room who use it. */
void sw_seal_ensure_library (void);
/* A new random key. */
GBytes *sw_seal_new_key (void);
/* @name is authenticated with @text, not hidden. */
GBytes *sw_seal (GBytes *key, const char *name, const char *text);
/* NULL when it was not sealed with @key and @name, or was changed since. */
char *sw_unseal (GBytes *key, const char *name, GBytes *sealed);

G_END_DECLS
