/* sw-draft-bar.c: see sw-draft-bar.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-draft-bar.h"

#include <glib/gi18n.h>
#include "widgets/sw-button.h"

struct _SwDraftBar
{
  GtkWidget parent_instance;

  GtkWidget *revealer;
  GtkWidget *label;
};

enum
{
  RESTORE,
  DISCARD,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwDraftBar, sw_draft_bar, GTK_TYPE_WIDGET)

static void
on_restore_clicked (SwDraftBar *self)
{
  g_signal_emit (self, signals[RESTORE], 0);
}

static void
on_discard_clicked (SwDraftBar *self)
{
  g_signal_emit (self, signals[DISCARD], 0);
}

static void
sw_draft_bar_dispose (GObject *object)
{
  g_clear_pointer (&SW_DRAFT_BAR (object)->revealer, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_draft_bar_parent_class)->dispose (object);
}

static void
sw_draft_bar_class_init (SwDraftBarClass *klass)
{
  static const char *const names[] = { "restore", "discard" };

  G_OBJECT_CLASS (klass)->dispose = sw_draft_bar_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], SW_TYPE_DRAFT_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
add_button (SwDraftBar *self, GtkWidget *box, const char *label, void (*clicked) (SwDraftBar *))
{
  GtkWidget *button = sw_button_new (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (clicked), self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

/* Folded away, it must not be read aloud either. */
static void
on_revealed (GtkRevealer *revealer)
{
  if (!gtk_revealer_get_child_revealed (revealer) && !gtk_revealer_get_reveal_child (revealer))
    gtk_widget_set_visible (GTK_WIDGET (revealer), FALSE);
}

/* What does not fit beside the other goes below it. */
static GtkWidget *
create_flow (GtkWidget *text, GtkWidget *buttons)
{
  GtkWidget *flow = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (flow), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (flow), 2);
  gtk_flow_box_set_row_spacing (GTK_FLOW_BOX (flow), 6);
  gtk_flow_box_insert (GTK_FLOW_BOX (flow), text, -1);
  gtk_flow_box_insert (GTK_FLOW_BOX (flow), buttons, -1);
  for (GtkWidget *child = gtk_widget_get_first_child (flow); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    gtk_widget_set_focusable (child, FALSE);
  return flow;
}

static void
sw_draft_bar_init (SwDraftBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *flow;

  self->label = gtk_label_new (NULL);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (self->label), 40);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  add_button (self, box, _ ("_Discard"), on_discard_clicked);
  gtk_widget_add_css_class (add_button (self, box, _ ("_Restore"), on_restore_clicked),
                            "suggested-action");
  flow = create_flow (self->label, box);
  gtk_widget_add_css_class (flow, "banner");

  self->revealer = gtk_revealer_new ();
  gtk_revealer_set_child (GTK_REVEALER (self->revealer), flow);
  gtk_widget_set_visible (self->revealer, FALSE);
  g_signal_connect (self->revealer, "notify::child-revealed", G_CALLBACK (on_revealed), NULL);
  gtk_widget_set_parent (self->revealer, GTK_WIDGET (self));
}

GtkWidget *
sw_draft_bar_new (void)
{
  return g_object_new (SW_TYPE_DRAFT_BAR, NULL);
}

void
sw_draft_bar_offer (SwDraftBar *self, gint64 at)
{
  g_return_if_fail (SW_IS_DRAFT_BAR (self));

  /* What goes away keeps its words until it is gone. */
  if (at != 0)
    {
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_local (at);
      /* Translators: day and hour, see strftime(3): "22 November, 14:05" */
      g_autofree char *when = g_date_time_format (time, _ ("%e %B, %H:%M"));
      g_autofree char *text
          /* Translators: %s is a day and an hour */
          = g_strdup_printf (_ ("You typed something here (%s) that was not saved."),
                             g_strstrip (when));

      gtk_label_set_text (GTK_LABEL (self->label), text);
      gtk_widget_set_visible (self->revealer, TRUE);
    }
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->revealer), at != 0);
}
