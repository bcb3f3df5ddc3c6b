/* sw-masonry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-masonry.h"

#define SPACING 18
#define MAX_COLUMNS 4

struct _SwMasonry
{
  GtkWidget parent_instance;

  int column_width;
  int max_columns;
};

enum
{
  PROP_0,
  PROP_COLUMN_WIDTH,
  PROP_MAX_COLUMNS,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void sw_masonry_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (SwMasonry,
                               sw_masonry,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      sw_masonry_buildable_init))

/* Places every child in @width; returns the height taken. With @allocate they are really put there. */
static int
arrange (SwMasonry *self, int width, gboolean allocate)
{
  int columns = CLAMP ((width + SPACING) / (self->column_width + SPACING), 1, self->max_columns);
  int column_width = (width - (columns - 1) * SPACING) / columns;
  int heights[MAX_COLUMNS] = { 0 };
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int tallest = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int column = 0;
      int height;

      if (!gtk_widget_should_layout (child))
        continue;
      for (int i = 1; i < columns; i++)
        if (heights[i] < heights[column])
          column = i;
      gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, column_width, &height, NULL, NULL, NULL);
      if (heights[column] > 0)
        heights[column] += SPACING;
      if (allocate)
        {
          int place = rtl ? columns - 1 - column : column;
          GtkAllocation area
              = { place * (column_width + SPACING), heights[column], column_width, height };

          gtk_widget_size_allocate (child, &area, -1);
        }
      heights[column] += height;
      tallest = MAX (tallest, heights[column]);
    }
  return tallest;
}

static void
sw_masonry_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  arrange (SW_MASONRY (widget), width, TRUE);
}

static void
sw_masonry_measure (GtkWidget *widget,
                    GtkOrientation orientation,
                    int for_size,
                    int *minimum,
                    int *natural,
                    int *minimum_baseline,
                    int *natural_baseline)
{
  SwMasonry *self = SW_MASONRY (widget);
  int least = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      int child_minimum;

      if (!gtk_widget_should_layout (child))
        continue;
      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &child_minimum, NULL, NULL, NULL);
      least = MAX (least, child_minimum);
    }

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = least;
      *natural = MAX (least, self->max_columns * (self->column_width + SPACING) - SPACING);
    }
  else
    *minimum = *natural = arrange (self, for_size >= 0 ? MAX (for_size, least) : least, FALSE);
}

static GtkSizeRequestMode
sw_masonry_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
sw_masonry_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwMasonry *self = SW_MASONRY (object);

  switch (id)
    {
    case PROP_COLUMN_WIDTH:
      g_value_set_int (value, self->column_width);
      break;
    case PROP_MAX_COLUMNS:
      g_value_set_int (value, self->max_columns);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_masonry_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwMasonry *self = SW_MASONRY (object);

  switch (id)
    {
    case PROP_COLUMN_WIDTH:
      self->column_width = g_value_get_int (value);
      break;
    case PROP_MAX_COLUMNS:
      self->max_columns = g_value_get_int (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
sw_masonry_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sw_masonry_parent_class)->dispose (object);
}

static void
sw_masonry_add_child (GtkBuildable *buildable,
                      GtkBuilder *builder,
                      GObject *child,
                      const char *type)
{
  if (GTK_IS_WIDGET (child))
    sw_masonry_append (SW_MASONRY (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
sw_masonry_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = sw_masonry_add_child;
}

static void
sw_masonry_class_init (SwMasonryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sw_masonry_dispose;
  object_class->get_property = sw_masonry_get_property;
  object_class->set_property = sw_masonry_set_property;
  widget_class->measure = sw_masonry_measure;
  widget_class->size_allocate = sw_masonry_size_allocate;
  widget_class->get_request_mode = sw_masonry_get_request_mode;

  properties[PROP_COLUMN_WIDTH] = g_param_spec_int ("column-width",
                                                    NULL,
                                                    NULL,
                                                    1,
                                                    G_MAXINT,
                                                    320,
                                                    G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MAX_COLUMNS] = g_param_spec_int ("max-columns",
                                                   NULL,
                                                   NULL,
                                                   1,
                                                   MAX_COLUMNS,
                                                   2,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sw_masonry_init (SwMasonry *self)
{
  self->column_width = 320;
  self->max_columns = 2;
}

GtkWidget *
sw_masonry_new (void)
{
  return g_object_new (SW_TYPE_MASONRY, NULL);
}

void
sw_masonry_append (SwMasonry *self, GtkWidget *child)
{
  g_return_if_fail (SW_IS_MASONRY (self));
  gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
}
