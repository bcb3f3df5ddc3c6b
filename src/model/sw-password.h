/* sw-password.h: passwords handed over to people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Four groups of four letters and digits nobody mistakes for another when read aloud: 78 bits of chance
 * from the strong generator of libgcrypt. Free with g_free(). */
char *sw_password_new (void);

G_END_DECLS
