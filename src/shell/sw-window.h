/* sw-window.h: the main window: sidebar, pages, banner; the login when nobody is logged in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Actions for pages and menus: win.open ('entity', id), win.page 'name', win.new, win.save,
 * win.search, win.search-anything 'text', win.refresh, win.back, win.show-sidebar, win.log-out.
 */
#pragma once

#include <adwaita.h>
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_WINDOW (sw_window_get_type ())
G_DECLARE_FINAL_TYPE (SwWindow, sw_window, SW, WINDOW, AdwApplicationWindow)

GtkWidget *sw_window_new (AdwApplication *application);

/* Shows the pages for an open session; NULL goes back to the login. */
void sw_window_set_session (SwWindow *self, SwSession *session);
SwSession *sw_window_get_session (SwWindow *self);

/* Shows page @name of the registry. FALSE when there is none. */
gboolean sw_window_show_page (SwWindow *self, const char *name);
/* The page for @entity opens record @id; 0 is a new one. */
gboolean sw_window_open (SwWindow *self, const char *entity, gint64 id);
const char *sw_window_get_page_name (SwWindow *self);

/* For --demo. */
typedef struct _SwLogin SwLogin;
SwLogin *sw_window_get_login (SwWindow *self);

/* Asks about unsaved work of every page, then closes. */
void sw_window_quit (SwWindow *self);

G_END_DECLS
