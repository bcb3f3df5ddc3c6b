/* sw-server-dialog.h: adds a server to those remembered, after trying whether it answers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-server.h"

G_BEGIN_DECLS

/* @added is called with the new server, which is to be saved. */
void sw_server_dialog_present (GtkWidget *parent,
                               void (*added) (SwServer *server, gpointer data),
                               gpointer data);

G_END_DECLS
