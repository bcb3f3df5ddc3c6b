/* sw-server-dialog.h: one server of those remembered: added, changed or forgotten
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-server.h"

G_BEGIN_DECLS

/* @server is as it is to be remembered, after it answered; NULL when it is to be forgotten. */
typedef void (*SwServerDone) (SwServer *server, gpointer data);

/* @server NULL: a new one. @done is called once, or never when the person cancels. */
void sw_server_dialog_present (GtkWidget *parent, SwServer *server, SwServerDone done, gpointer data);

G_END_DECLS
