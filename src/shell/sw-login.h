/* sw-login.h: who, and on which server: the first screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "opened" (SwSession *session): somebody is logged in.
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_LOGIN (sw_login_get_type ())
G_DECLARE_FINAL_TYPE (SwLogin, sw_login, SW, LOGIN, GtkWidget)

GtkWidget *sw_login_new (void);
/* Reads the servers again, forgets the password typed. */
void sw_login_reset (SwLogin *self);
/* Logs in to the demonstration of this computer; says so when there is none. */
void sw_login_open_demonstration (SwLogin *self, const char *login);

G_END_DECLS
