/* fixture.h: what every test of widgets needs: GTK, the widgets, a window, a way to wait
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>
#include "widgets/sw-widgets.h"

G_BEGIN_DECLS

static inline void
fixture_init (int *argc, char ***argv)
{
  g_test_init (argc, argv, NULL);
  adw_init ();
  sw_widgets_init ();
  /* Animations would only make the waits longer. */
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

static inline gboolean
fixture_on_too_long (gpointer data)
{
  g_error ("waited too long: the condition never came true");
  return G_SOURCE_REMOVE;
}

/* Runs the main loop until @condition holds; fails after ten seconds. */
#define wait_until(condition) \
  G_STMT_START \
    { \
      guint too_long = g_timeout_add_seconds (10, fixture_on_too_long, NULL); \
      while (!(condition)) \
        g_main_context_iteration (NULL, TRUE); \
      g_source_remove (too_long); \
    } \
  G_STMT_END

/* A window of @width pixels with @child in it, on the screen. */
static inline GtkWindow *
fixture_present (GtkWidget *child, int width, int height)
{
  GtkWidget *window = adw_window_new ();

  adw_window_set_content (ADW_WINDOW (window), child);
  gtk_window_set_default_size (GTK_WINDOW (window), width, height);
  gtk_window_present (GTK_WINDOW (window));
  wait_until (gtk_widget_get_mapped (child) && gtk_widget_get_width (child) > 0);
  return GTK_WINDOW (window);
}

static inline JsonObject *
fixture_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

/* Takes @object; the order of members does not count. */
static inline void
fixture_assert_json (JsonObject *object, const char *expected)
{
  g_autoptr (JsonNode) got = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) wanted = json_from_string (expected, NULL);

  g_assert_nonnull (object);
  json_node_take_object (got, object);
  if (!json_node_equal (got, wanted))
    {
      g_autofree char *text = json_to_string (got, FALSE);

      g_error ("got      %s\nexpected %s", text, expected);
    }
}

G_END_DECLS
