/* sw-unseen.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-unseen.h"

#include "widgets/sw-split-view.h"

static gboolean
shows_some (GtkWidget *parent)
{
  return GTK_IS_STACK (parent) || GTK_IS_REVEALER (parent) || SW_IS_SPLIT_VIEW (parent);
}

static void
tell (GtkWidget *child)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (child),
                               GTK_ACCESSIBLE_STATE_HIDDEN,
                               !gtk_widget_get_child_visible (child),
                               -1);
}

static gboolean
on_mapping (GSignalInvocationHint *hint, guint n_values, const GValue *values, gpointer data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (parent != NULL && shows_some (parent))
    tell (widget);
  /* Those it has never shown are not mapped themselves. */
  if (shows_some (widget))
    for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
         child = gtk_widget_get_next_sibling (child))
      tell (child);
  return G_SOURCE_CONTINUE;
}

void
sw_unseen_watch (void)
{
  static gsize once;

  if (!g_once_init_enter (&once))
    return;
  /* Its signals exist once the class does. */
  g_type_class_unref (g_type_class_ref (GTK_TYPE_WIDGET));
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_mapping, NULL, NULL);
  g_signal_add_emission_hook (g_signal_lookup ("unmap", GTK_TYPE_WIDGET), 0, on_mapping, NULL, NULL);
  g_once_init_leave (&once, 1);
}
