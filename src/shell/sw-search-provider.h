/* sw-search-provider.h: answers GNOME Shell's search on the session bus (org.gnome.Shell.SearchProvider2)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Finds what Ctrl+K finds, as whoever is logged in; nothing while nobody is.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_SEARCH_PROVIDER (sw_search_provider_get_type ())
G_DECLARE_FINAL_TYPE (SwSearchProvider, sw_search_provider, SW, SEARCH_PROVIDER, GObject)

/* @application, which owns the provider, brings the windows. */
SwSearchProvider *sw_search_provider_new (GtkApplication *application);
gboolean sw_search_provider_export (SwSearchProvider *self, GDBusConnection *connection, GError **error);
void sw_search_provider_unexport (SwSearchProvider *self);

G_END_DECLS
