/* sw-sidebar.h: the pages by activity, with what needs attention, and who is logged in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "chosen" (const char *name): a page was chosen.
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_SIDEBAR (sw_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (SwSidebar, sw_sidebar, SW, SIDEBAR, GtkWidget)

GtkWidget *sw_sidebar_new (void);
/* Fills the list with the pages this person may use; badges follow the session. */
void sw_sidebar_set_session (SwSidebar *self, SwSession *session);
/* Without "chosen". */
void sw_sidebar_select (SwSidebar *self, const char *name);
/* The name of the page at @position, counted from 0; NULL when there are fewer. */
const char *sw_sidebar_get_name (SwSidebar *self, guint position);

G_END_DECLS
