/* sw-presence-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-presence-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#define MOST_FACES 3

struct _SwPresenceBar
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkWidget *faces;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (SwPresenceBar, sw_presence_bar, GTK_TYPE_WIDGET)

static void
sw_presence_bar_dispose (GObject *object)
{
  g_clear_pointer (&SW_PRESENCE_BAR (object)->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_presence_bar_parent_class)->dispose (object);
}

static void
sw_presence_bar_class_init (SwPresenceBarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_presence_bar_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "presencebar");
}

static void
sw_presence_bar_init (SwPresenceBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->faces = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (self->label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_box_append (GTK_BOX (box), self->faces);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_widget_set_valign (self->faces, GTK_ALIGN_CENTER);

  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), box);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

GtkWidget *
sw_presence_bar_new (void)
{
  return g_object_new (SW_TYPE_PRESENCE_BAR, NULL);
}

static char *
sentence (const char *const *names, guint n)
{
  if (n == 1)
    return g_strdup_printf (_ ("%s also has this record open"), names[0]);
  if (n == 2)
    return g_strdup_printf (_ ("%s and %s also have this record open"), names[0], names[1]);
  /* Translators: three colleagues or more: the first by name, the others counted, at least two. */
  return g_strdup_printf (ngettext ("%s and %u other also have this record open",
                                    "%s and %u others also have this record open", n - 1),
                          names[0], n - 1);
}

void
sw_presence_bar_set_names (SwPresenceBar *self, const char *const *names)
{
  guint n = g_strv_length ((GStrv) names);
  GtkWidget *face;

  g_return_if_fail (SW_IS_PRESENCE_BAR (self));

  /* What goes away keeps its words until it is gone. */
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), n > 0);
  if (n == 0)
    return;
  while ((face = gtk_widget_get_first_child (self->faces)) != NULL)
    gtk_box_remove (GTK_BOX (self->faces), face);
  for (guint i = 0; i < MIN (n, MOST_FACES); i++)
    {
      face = adw_avatar_new (20, names[i], TRUE);
      gtk_box_append (GTK_BOX (self->faces), face);
    }
  g_autofree char *text = sentence (names, n);
  gtk_label_set_text (GTK_LABEL (self->label), text);
}
