/* sw-figure.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-figure.h"

struct _SwFigure
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *value;
  GtkWidget *label;
  SwBadgeStyle style;
};

enum
{
  PROP_0,
  PROP_VALUE,
  PROP_LABEL,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SwFigure, sw_figure, GTK_TYPE_WIDGET)

static void
sw_figure_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwFigure *self = SW_FIGURE (object);

  switch (id)
    {
    case PROP_VALUE:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->value)));
      break;
    case PROP_LABEL:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->label)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_figure_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwFigure *self = SW_FIGURE (object);
  const char *text = g_value_get_string (value);

  switch (id)
    {
    case PROP_VALUE:
      gtk_label_set_text (GTK_LABEL (self->value), text != NULL ? text : "");
      break;
    case PROP_LABEL:
      gtk_label_set_text (GTK_LABEL (self->label), text != NULL ? text : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_figure_dispose (GObject *object)
{
  g_clear_pointer (&SW_FIGURE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_figure_parent_class)->dispose (object);
}

static void
sw_figure_class_init (SwFigureClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sw_figure_dispose;
  object_class->get_property = sw_figure_get_property;
  object_class->set_property = sw_figure_set_property;
  properties[PROP_VALUE] = g_param_spec_string ("value",
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_LABEL] = g_param_spec_string ("label",
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "figure");
}

static void
sw_figure_init (SwFigure *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->value = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->value), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->value), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->value, "figure-value");
  gtk_widget_add_css_class (self->value, "numeric");
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_add_css_class (self->label, "dim-label");
  gtk_widget_add_css_class (self->label, "caption");
  gtk_box_append (GTK_BOX (self->box), self->value);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_widget_add_css_class (GTK_WIDGET (self), "card");
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

GtkWidget *
sw_figure_new (const char *label)
{
  return g_object_new (SW_TYPE_FIGURE, "label", label, NULL);
}

void
sw_figure_set (SwFigure *self, const char *value, SwBadgeStyle style)
{
  static const char *const classes[] = { NULL, "success", "warning", "error", "accent" };

  g_return_if_fail (SW_IS_FIGURE (self));

  if (classes[self->style] != NULL)
    gtk_widget_remove_css_class (self->value, classes[self->style]);
  self->style = style;
  if (classes[style] != NULL)
    gtk_widget_add_css_class (self->value, classes[style]);
  g_object_set (self, "value", value, NULL);
}
