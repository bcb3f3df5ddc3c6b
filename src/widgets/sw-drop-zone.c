/* sw-drop-zone.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-drop-zone.h"

#include <glib/gi18n.h>
#include "widgets/sw-file-dialog.h"

struct _SwDropZone
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *label;
};

enum
{
  FILE_GIVEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwDropZone, sw_drop_zone, GTK_TYPE_WIDGET)

static gboolean
on_drop (GtkDropTarget *target, const GValue *value, double x, double y, gpointer data)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  for (GSList *l = files; l != NULL; l = l->next)
    g_signal_emit (data, signals[FILE_GIVEN], 0, l->data);
  return files != NULL;
}

static void
on_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwDropZone) self = data;
  g_autoptr (GListModel) files = sw_file_dialog_open_finish (result, NULL);

  for (guint i = 0; files != NULL && i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      g_signal_emit (self, signals[FILE_GIVEN], 0, file);
    }
}

static void
on_clicked (SwDropZone *self)
{
  sw_file_dialog_open_async (GTK_WIDGET (self),
                             _ ("Choose files"),
                             NULL,
                             TRUE,
                             NULL,
                             on_chosen,
                             g_object_ref (self));
}

static void
sw_drop_zone_dispose (GObject *object)
{
  g_clear_pointer (&SW_DROP_ZONE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_drop_zone_parent_class)->dispose (object);
}

static void
sw_drop_zone_class_init (SwDropZoneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sw_drop_zone_dispose;
  signals[FILE_GIVEN] = g_signal_new ("file",
                                      SW_TYPE_DROP_ZONE,
                                      G_SIGNAL_RUN_LAST,
                                      0,
                                      NULL,
                                      NULL,
                                      NULL,
                                      G_TYPE_NONE,
                                      1,
                                      G_TYPE_FILE);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "dropzone");
}

static void
sw_drop_zone_init (SwDropZone *self)
{
  GtkDropTarget *target = gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY);
  GtkWidget *button = gtk_button_new_with_label (_ ("Choose files…"));

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->label, "dim-label");
  gtk_box_append (GTK_BOX (self->box), gtk_image_new_from_icon_name ("mail-attachment-symbolic"));
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_widget_set_halign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clicked), self);
  gtk_box_append (GTK_BOX (self->box), button);

  g_signal_connect (target, "drop", G_CALLBACK (on_drop), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}

GtkWidget *
sw_drop_zone_new (const char *text)
{
  SwDropZone *self = g_object_new (SW_TYPE_DROP_ZONE, NULL);

  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : _ ("Drop files here"));
  return GTK_WIDGET (self);
}
