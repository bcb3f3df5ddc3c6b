/* sw-badge.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-badge.h"

struct _SwBadge
{
  GtkWidget parent_instance;

  GtkWidget *label;
  SwBadgeStyle style;
};

G_DEFINE_FINAL_TYPE (SwBadge, sw_badge, GTK_TYPE_WIDGET)

static const char *const style_classes[] = { "neutral", "ok", "warning", "alert", "accent" };

static void
sw_badge_dispose (GObject *object)
{
  g_clear_pointer (&SW_BADGE (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_badge_parent_class)->dispose (object);
}

static void
sw_badge_class_init (SwBadgeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sw_badge_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "badge");
}

static void
sw_badge_init (SwBadge *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_START);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self), style_classes[SW_BADGE_NEUTRAL]);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

GtkWidget *
sw_badge_new (const char *text, SwBadgeStyle style)
{
  SwBadge *self = g_object_new (SW_TYPE_BADGE, NULL);

  sw_badge_set (self, text, style);
  return GTK_WIDGET (self);
}

void
sw_badge_set (SwBadge *self, const char *text, SwBadgeStyle style)
{
  g_return_if_fail (SW_IS_BADGE (self));

  if (style != self->style)
    {
      gtk_widget_remove_css_class (GTK_WIDGET (self), style_classes[self->style]);
      gtk_widget_add_css_class (GTK_WIDGET (self), style_classes[style]);
      self->style = style;
    }
  gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL && *text != '\0');
}

void
sw_badge_set_choice (SwBadge *self, const SwChoice *choices, const char *value)
{
  const SwChoice *choice = sw_choice_find (choices, value);

  sw_badge_set (self,
                sw_choice_label (choices, value),
                choice != NULL ? choice->style : SW_BADGE_NEUTRAL);
}
