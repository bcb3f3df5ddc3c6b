/* sw-steps.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-steps.h"

#include <glib/gi18n.h>

struct _SwSteps
{
  GtkWidget parent_instance;

  const SwChoice *steps;
  char *current;
};

G_DEFINE_FINAL_TYPE (SwSteps, sw_steps, GTK_TYPE_WIDGET)

static void
clear (SwSteps *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
}

static void
fill (SwSteps *self)
{
  gboolean known = sw_choice_find (self->steps, self->current) != NULL;
  gboolean behind = known;

  clear (self);
  for (const SwChoice *step = self->steps; step != NULL && step->value != NULL; step++)
    {
      gboolean current = g_strcmp0 (step->value, self->current) == 0;
      GtkWidget *label = gtk_label_new (_ (step->label));
      g_autofree char *spoken = NULL;

      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_set_hexpand (label, TRUE);
      gtk_widget_set_tooltip_text (label, _ (step->label));
      gtk_widget_add_css_class (label, "step");
      if (current)
        {
          gtk_widget_add_css_class (label, "current");
          spoken = g_strdup_printf (_ ("Present step: %s"), _ (step->label));
          gtk_accessible_update_property (GTK_ACCESSIBLE (label),
                                          GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                          spoken,
                                          -1);
          behind = FALSE;
        }
      else if (behind)
        gtk_widget_add_css_class (label, "done");
      gtk_widget_set_parent (label, GTK_WIDGET (self));
    }
}

static void
sw_steps_dispose (GObject *object)
{
  clear (SW_STEPS (object));
  G_OBJECT_CLASS (sw_steps_parent_class)->dispose (object);
}

static void
sw_steps_finalize (GObject *object)
{
  g_free (SW_STEPS (object)->current);
  G_OBJECT_CLASS (sw_steps_parent_class)->finalize (object);
}

static void
sw_steps_class_init (SwStepsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sw_steps_dispose;
  G_OBJECT_CLASS (klass)->finalize = sw_steps_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "steps");
}

static void
sw_steps_init (SwSteps *self)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (self));

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
}

GtkWidget *
sw_steps_new (const SwChoice *steps)
{
  SwSteps *self = g_object_new (SW_TYPE_STEPS, NULL);

  sw_steps_set_steps (self, steps);
  return GTK_WIDGET (self);
}

void
sw_steps_set_steps (SwSteps *self, const SwChoice *steps)
{
  g_return_if_fail (SW_IS_STEPS (self));
  self->steps = steps;
  fill (self);
}

void
sw_steps_set_current (SwSteps *self, const char *value)
{
  g_return_if_fail (SW_IS_STEPS (self));

  if (g_strcmp0 (self->current, value) == 0)
    return;
  g_free (self->current);
  self->current = g_strdup (value);
  fill (self);
}
