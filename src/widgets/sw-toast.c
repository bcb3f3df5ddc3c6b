/* sw-toast.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-toast.h"

#include <adwaita.h>
#include <glib/gi18n.h>

typedef struct
{
  void (*callback) (gpointer data);
  gpointer data;
  GDestroyNotify free_data;
} Button;

static AdwToastOverlay *
find_overlay (GtkWidget *from)
{
  GtkWidget *overlay = from != NULL ? gtk_widget_get_ancestor (from, ADW_TYPE_TOAST_OVERLAY) : NULL;
  GtkRoot *root = from != NULL ? gtk_widget_get_root (from) : NULL;

  /* A dialog has none: its parent window does. */
  if (overlay == NULL && GTK_IS_WINDOW (root))
    {
      GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (root));
      GtkWidget *child = parent != NULL ? gtk_widget_get_first_child (GTK_WIDGET (parent)) : NULL;

      while (child != NULL && !ADW_IS_TOAST_OVERLAY (child))
        child = gtk_widget_get_first_child (child);
      overlay = child;
    }
  return (AdwToastOverlay *) overlay;
}

/* libadwaita 1.2 leaves the cross of a toast without a name, and GTK 4.8 says what a button with a mnemonic does
 * twice: "_Undo Undo". The cross is the last. */
static void
name_buttons (GListModel *children, guint position, guint removed, guint added, gpointer data)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr (GtkWidget) toast = g_list_model_get_item (children, i);

      if (!g_str_equal (gtk_widget_get_css_name (toast), "toast"))
        continue;
      for (GtkWidget *child = gtk_widget_get_first_child (toast); child != NULL;
           child = gtk_widget_get_next_sibling (child))
        if (GTK_IS_BUTTON (child) && gtk_widget_get_next_sibling (child) == NULL)
          gtk_accessible_update_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Close"), -1);
        else if (GTK_IS_BUTTON (child))
          gtk_accessible_reset_property (GTK_ACCESSIBLE (child), GTK_ACCESSIBLE_PROPERTY_LABEL);
    }
}

/* One at a time is shown, the others wait: whichever comes. */
static void
watch_toasts (AdwToastOverlay *overlay)
{
  GListModel *children = g_object_get_data (G_OBJECT (overlay), "sw-children");

  if (children != NULL)
    return;
  children = gtk_widget_observe_children (GTK_WIDGET (overlay));
  g_signal_connect (children, "items-changed", G_CALLBACK (name_buttons), NULL);
  g_object_set_data_full (G_OBJECT (overlay), "sw-children", children, g_object_unref);
}

static void
show (GtkWidget *from, AdwToast *toast)
{
  AdwToastOverlay *overlay = find_overlay (from);

  if (overlay != NULL)
    {
      watch_toasts (overlay);
      adw_toast_overlay_add_toast (overlay, toast);
    }
  else
    g_object_unref (toast);
}

static AdwToast *
create (const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  return adw_toast_new (escaped);
}

void
sw_toast (GtkWidget *from, const char *text)
{
  show (from, create (text));
}

static void
free_button (gpointer data, GClosure *closure)
{
  Button *button = data;

  if (button->free_data != NULL)
    button->free_data (button->data);
  g_free (button);
}

static void
on_button_clicked (AdwToast *toast, Button *button)
{
  button->callback (button->data);
}

void
sw_toast_with_button (GtkWidget *from,
                      const char *text,
                      const char *button,
                      void (*callback) (gpointer data),
                      gpointer data,
                      GDestroyNotify free_data)
{
  AdwToast *toast = create (text);
  Button *closure = g_new (Button, 1);

  closure->callback = callback;
  closure->data = data;
  closure->free_data = free_data;
  adw_toast_set_button_label (toast, button);
  adw_toast_set_timeout (toast, 8);
  g_signal_connect_data (toast,
                         "button-clicked",
                         G_CALLBACK (on_button_clicked),
                         closure,
                         free_button,
                         0);
  show (from, toast);
}
