/* sw-split-view.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-split-view.h"

#include <adwaita.h>

/* Below this width a sidebar is a page of its own rather than something that slides over. */
#define PHONE_WIDTH 500
#define SLIDE_DURATION 200 /* ms */

struct _SwSplitView
{
  GtkWidget parent_instance;

  GtkWidget *start;
  GtkWidget *separator;
  GtkWidget *content;
  AdwAnimation *slide;
  double progress; /* folded: 0 shows the start pane, 1 the content */
  int start_width;
  int content_width;
  int fold_below;
  guint sidebar : 1;
  guint folded : 1;
  guint narrow : 1;
  guint show_content : 1;
  GtkWidget *left; /* weak: what had the focus in the start pane when the content took its place */
};

enum
{
  PROP_0,
  PROP_START,
  PROP_CONTENT,
  PROP_FOLDED,
  PROP_SHOW_CONTENT,
  N_PROPS,
};

enum
{
  LAYOUT_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void sw_split_view_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (SwSplitView,
                               sw_split_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                      sw_split_view_buildable_init))

/* {{{ Geometry */

static void
allocate_pane (GtkWidget *pane, gboolean visible, int x, int width, int height)
{
  if (pane == NULL)
    return;
  gtk_widget_set_child_visible (pane, visible);
  if (visible)
    {
      GskTransform *transform
          = x == 0 ? NULL : gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (x, 0));
      int minimum;

      gtk_widget_measure (pane, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
      gtk_widget_allocate (pane, MAX (width, minimum), height, -1, transform);
    }
}

/* A sidebar on a wide enough window leaves some of the content to be seen beside it. */
static int
sliding_width (SwSplitView *self, int width)
{
  return self->sidebar && width >= PHONE_WIDTH ? MIN (self->start_width, width) : width;
}

static void
allocate_folded (SwSplitView *self, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int sign = rtl ? -1 : 1;
  int start_width = sliding_width (self, width);
  double p = self->progress;
  int start_x;
  int content_x;

  if (self->sidebar)
    {
      start_x = (int) (-p * start_width);
      content_x = start_width == width ? (int) ((1 - p) * width) : 0;
    }
  else
    {
      start_x = (int) (-p * width * 0.3);
      content_x = (int) ((1 - p) * width);
    }
  if (rtl)
    start_x += width - start_width;
  allocate_pane (self->start, p < 1, sign * start_x, start_width, height);
  allocate_pane (self->content,
                 p > 0 || (self->sidebar && start_width < width),
                 sign * content_x,
                 width,
                 height);
  gtk_widget_set_child_visible (self->separator, FALSE);
}

static void
allocate_side_by_side (SwSplitView *self, int width, int height)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  int minimum;
  int start;
  int rest;

  if (self->content == NULL || !(self->show_content || self->sidebar))
    {
      allocate_pane (self->start, TRUE, 0, width, height);
      allocate_pane (self->content, FALSE, 0, width, height);
      gtk_widget_set_child_visible (self->separator, FALSE);
      return;
    }

  start = self->start_width >= 0 ? self->start_width : width - 1 - self->content_width;
  gtk_widget_measure (self->start, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  start = CLAMP (start, MIN (minimum, width - 1), width - 1);
  rest = width - 1 - start;
  allocate_pane (self->start, TRUE, rtl ? width - start : 0, start, height);
  allocate_pane (self->separator, TRUE, rtl ? rest : start, 1, height);
  allocate_pane (self->content, TRUE, rtl ? 0 : start + 1, rest, height);
}

static void
update_targets (SwSplitView *self)
{
  gboolean covered = self->folded && self->sidebar && !self->show_content;

  if (self->content != NULL)
    {
      /* Under a sidebar that slides over it the content is only a backdrop. */
      gtk_widget_set_can_target (self->content, !covered);
      gtk_widget_set_can_focus (self->content, !covered);
    }
}

static void
sw_split_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwSplitView *self = SW_SPLIT_VIEW (widget);
  gboolean folded = width < self->fold_below;
  gboolean narrow = width < PHONE_WIDTH;

  if (narrow != self->narrow)
    {
      self->narrow = narrow;
      g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
    }
  if (folded != self->folded)
    {
      self->folded = folded;
      if (!folded && self->sidebar)
        self->show_content = TRUE;
      adw_animation_skip (self->slide);
      self->progress = self->show_content ? 1 : 0;
      update_targets (self);
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FOLDED]);
      g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
    }

  if (folded)
    allocate_folded (self, width, height);
  else
    allocate_side_by_side (self, width, height);
}

static void
sw_split_view_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  SwSplitView *self = SW_SPLIT_VIEW (widget);
  GtkWidget *panes[] = { self->start, self->content };

  *minimum = *natural = 0;
  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    {
      int pane_minimum;
      int pane_natural;

      if (panes[i] == NULL)
        continue;
      gtk_widget_measure (panes[i], orientation, -1, &pane_minimum, &pane_natural, NULL, NULL);
      *minimum = MAX (*minimum, pane_minimum);
      if (orientation == GTK_ORIENTATION_HORIZONTAL)
        *natural += pane_natural;
      else
        *natural = MAX (*natural, pane_natural);
    }
}

static void
sw_split_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  SwSplitView *self = SW_SPLIT_VIEW (widget);
  int width = gtk_widget_get_width (widget);
  int height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  GtkWidget *below = self->sidebar ? self->content : self->start;
  GtkWidget *above = self->sidebar ? self->start : self->content;

  gtk_snapshot_push_clip (snapshot, &bounds);
  if (below != NULL)
    gtk_widget_snapshot_child (widget, below, snapshot);
  if (self->folded && self->sidebar && self->progress < 1)
    {
      GdkRGBA shade = { 0, 0, 0, (float) (0.3 * (1 - self->progress)) };

      gtk_snapshot_append_color (snapshot, &shade, &bounds);
    }
  gtk_widget_snapshot_child (widget, self->separator, snapshot);
  if (above != NULL)
    gtk_widget_snapshot_child (widget, above, snapshot);
  gtk_snapshot_pop (snapshot);
}

/* }}} */

static void
on_slide (double value, gpointer data)
{
  SwSplitView *self = data;

  self->progress = value;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

static void
on_released (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  SwSplitView *self = data;
  int width = gtk_widget_get_width (GTK_WIDGET (self));

  if (self->folded && self->sidebar && !self->show_content && x > sliding_width (self, width))
    sw_split_view_set_show_content (self, TRUE);
}

static void
set_pane (SwSplitView *self, GtkWidget **pane, GtkWidget *child, guint property)
{
  if (*pane == child)
    return;
  g_clear_pointer (pane, gtk_widget_unparent);
  *pane = child;
  if (child != NULL)
    {
      /* Tab goes from left to right. */
      if (pane == &self->start)
        gtk_widget_insert_after (child, GTK_WIDGET (self), NULL);
      else
        gtk_widget_insert_before (child, GTK_WIDGET (self), NULL);
    }
  update_targets (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

static void
sw_split_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwSplitView *self = SW_SPLIT_VIEW (object);

  switch (id)
    {
    case PROP_START:
      g_value_set_object (value, self->start);
      break;
    case PROP_CONTENT:
      g_value_set_object (value, self->content);
      break;
    case PROP_FOLDED:
      g_value_set_boolean (value, self->folded);
      break;
    case PROP_SHOW_CONTENT:
      g_value_set_boolean (value, self->show_content);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_split_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwSplitView *self = SW_SPLIT_VIEW (object);

  switch (id)
    {
    case PROP_START:
      sw_split_view_set_start (self, g_value_get_object (value));
      break;
    case PROP_CONTENT:
      sw_split_view_set_content (self, g_value_get_object (value));
      break;
    case PROP_SHOW_CONTENT:
      sw_split_view_set_show_content (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_split_view_dispose (GObject *object)
{
  SwSplitView *self = SW_SPLIT_VIEW (object);

  g_clear_weak_pointer (&self->left);
  g_clear_object (&self->slide);
  g_clear_pointer (&self->start, gtk_widget_unparent);
  g_clear_pointer (&self->separator, gtk_widget_unparent);
  g_clear_pointer (&self->content, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_split_view_parent_class)->dispose (object);
}

static void
sw_split_view_add_child (GtkBuildable *buildable,
                         GtkBuilder *builder,
                         GObject *child,
                         const char *type)
{
  SwSplitView *self = SW_SPLIT_VIEW (buildable);

  if (g_strcmp0 (type, "start") == 0)
    sw_split_view_set_start (self, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "content") == 0)
    sw_split_view_set_content (self, GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
sw_split_view_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = sw_split_view_add_child;
}

static void
sw_split_view_class_init (SwSplitViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sw_split_view_dispose;
  object_class->get_property = sw_split_view_get_property;
  object_class->set_property = sw_split_view_set_property;
  widget_class->measure = sw_split_view_measure;
  widget_class->size_allocate = sw_split_view_size_allocate;
  widget_class->snapshot = sw_split_view_snapshot;

  properties[PROP_START]
      = g_param_spec_object ("start", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | flags);
  properties[PROP_CONTENT]
      = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | flags);
  properties[PROP_FOLDED]
      = g_param_spec_boolean ("folded", NULL, NULL, FALSE, G_PARAM_READABLE | flags);
  properties[PROP_SHOW_CONTENT]
      = g_param_spec_boolean ("show-content", NULL, NULL, FALSE, G_PARAM_READWRITE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[LAYOUT_CHANGED] = g_signal_new ("layout-changed",
                                          SW_TYPE_SPLIT_VIEW,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          0);
  gtk_widget_class_set_css_name (widget_class, "splitview");
}

static void
sw_split_view_init (SwSplitView *self)
{
  AdwAnimationTarget *target = adw_callback_animation_target_new (on_slide, self, NULL);
  GtkGesture *click = gtk_gesture_click_new ();

  self->start_width = -1;
  self->content_width = 420;
  self->fold_below = 720;
  self->slide = adw_timed_animation_new (GTK_WIDGET (self), 0, 1, SLIDE_DURATION, target);
  self->separator = gtk_separator_new (GTK_ORIENTATION_VERTICAL);
  gtk_widget_set_parent (self->separator, GTK_WIDGET (self));
  g_signal_connect (click, "released", G_CALLBACK (on_released), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

GtkWidget *
sw_split_view_new (void)
{
  return g_object_new (SW_TYPE_SPLIT_VIEW, NULL);
}

void
sw_split_view_set_start (SwSplitView *self, GtkWidget *start)
{
  g_return_if_fail (SW_IS_SPLIT_VIEW (self));
  set_pane (self, &self->start, start, PROP_START);
}

void
sw_split_view_set_content (SwSplitView *self, GtkWidget *content)
{
  g_return_if_fail (SW_IS_SPLIT_VIEW (self));
  set_pane (self, &self->content, content, PROP_CONTENT);
}

GtkWidget *
sw_split_view_get_start (SwSplitView *self)
{
  return self->start;
}

GtkWidget *
sw_split_view_get_content (SwSplitView *self)
{
  return self->content;
}

void
sw_split_view_set_widths (SwSplitView *self, int start_width, int content_width)
{
  g_return_if_fail (SW_IS_SPLIT_VIEW (self));
  g_return_if_fail (start_width >= 0 || content_width >= 0);

  self->start_width = start_width;
  self->content_width = content_width;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
sw_split_view_set_fold_below (SwSplitView *self, int width)
{
  g_return_if_fail (SW_IS_SPLIT_VIEW (self));
  self->fold_below = width;
  gtk_widget_queue_allocate (GTK_WIDGET (self));
}

void
sw_split_view_set_sidebar (SwSplitView *self, gboolean sidebar)
{
  g_return_if_fail (SW_IS_SPLIT_VIEW (self));

  self->sidebar = sidebar;
  if (sidebar && !self->folded)
    sw_split_view_set_show_content (self, TRUE);
  update_targets (self);
}

gboolean
sw_split_view_get_folded (SwSplitView *self)
{
  return self->folded;
}

gboolean
sw_split_view_get_show_content (SwSplitView *self)
{
  return self->show_content;
}

/* The pane that goes away takes the focus with it, and GTK would give it to whatever comes next in the window: a
 * toast, which then stays. Who comes back is where they left. */
static void
move_focus (SwSplitView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *gone = self->show_content ? self->start : self->content;

  if (!self->folded || focus == NULL || gone == NULL || !gtk_widget_is_ancestor (focus, gone))
    return;
  if (self->show_content)
    g_set_weak_pointer (&self->left, focus);
  else if (self->left == NULL || !gtk_widget_is_ancestor (self->left, self->start)
           || !gtk_widget_grab_focus (self->left))
    gtk_widget_child_focus (self->start, GTK_DIR_TAB_FORWARD);
}

void
sw_split_view_set_show_content (SwSplitView *self, gboolean show_content)
{
  g_return_if_fail (SW_IS_SPLIT_VIEW (self));

  if (self->show_content == !!show_content)
    return;

  self->show_content = !!show_content;
  update_targets (self);
  move_focus (self);
  if (self->folded && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      AdwTimedAnimation *slide = ADW_TIMED_ANIMATION (self->slide);

      adw_timed_animation_set_value_from (slide, self->progress);
      adw_timed_animation_set_value_to (slide, show_content ? 1 : 0);
      adw_animation_play (self->slide);
    }
  else
    {
      self->progress = show_content ? 1 : 0;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOW_CONTENT]);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

gboolean
sw_split_view_is_narrow (SwSplitView *self)
{
  g_return_val_if_fail (SW_IS_SPLIT_VIEW (self), FALSE);
  return self->narrow;
}

SwSplitView *
sw_split_view_find_back (GtkWidget *widget)
{
  for (GtkWidget *child = widget; child != NULL; child = gtk_widget_get_parent (child))
    {
      GtkWidget *parent = gtk_widget_get_parent (child);

      if (SW_IS_SPLIT_VIEW (parent) && SW_SPLIT_VIEW (parent)->content == child)
        return SW_SPLIT_VIEW (parent)->folded ? SW_SPLIT_VIEW (parent) : NULL;
    }
  return NULL;
}

gboolean
sw_split_view_at_edge (GtkWidget *widget, GtkPositionType side)
{
  for (GtkWidget *child = widget; child != NULL; child = gtk_widget_get_parent (child))
    {
      GtkWidget *parent = gtk_widget_get_parent (child);
      SwSplitView *split;

      if (!SW_IS_SPLIT_VIEW (parent))
        continue;
      split = SW_SPLIT_VIEW (parent);
      if (split->folded)
        continue;
      if (side == GTK_POS_LEFT && child == split->content)
        return FALSE;
      if (side == GTK_POS_RIGHT && child == split->start && split->content != NULL
          && (split->show_content || split->sidebar))
        return FALSE;
    }
  return TRUE;
}
