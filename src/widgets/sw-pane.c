/* sw-pane.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "widgets/sw-split-view.h"

struct _SwPane
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *header;
  GtkWidget *back;
  gboolean has_steps; /* the back button leads to the step before, not out of the pane */
  GtkWidget *title;
  GtkWidget *line;  /* when the title is at the start: words, then what is packed at the end */
  GtkWidget *words;
  GtkWidget *body;
  GPtrArray *splits; /* the SwSplitViews around, watched while rooted; not owned */
};

enum
{
  PROP_0,
  PROP_TITLE,
  PROP_SUBTITLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];
static guint step_back_signal;

static void sw_pane_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_FINAL_TYPE_WITH_CODE (SwPane,
                               sw_pane,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE, sw_pane_buildable_init))

/* A window as narrow as a phone needs neither: the room is for the title. */
static char *
narrow_layout (GtkWidget *widget)
{
  g_autoptr (GRegex) spared = g_regex_new ("minimize|maximize", 0, 0, NULL);
  g_autofree char *layout = NULL;

  g_object_get (gtk_widget_get_settings (widget), "gtk-decoration-layout", &layout, NULL);
  return g_regex_replace_literal (spared, layout != NULL ? layout : "", -1, 0, "", 0, NULL);
}

static void
update_layout (SwPane *self)
{
  SwSplitView *outermost = self->splits->len > 0 ? self->splits->pdata[self->splits->len - 1] : NULL;
  gboolean narrow = outermost != NULL && sw_split_view_is_narrow (outermost);
  g_autofree char *layout = narrow ? narrow_layout (GTK_WIDGET (self)) : NULL;

  adw_header_bar_set_decoration_layout (ADW_HEADER_BAR (self->header), layout);
}

static void
update_buttons (SwPane *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  AdwHeaderBar *header = ADW_HEADER_BAR (self->header);
  const char *label = self->has_steps ? _ ("Previous step") : _ ("Back");

  gtk_widget_set_visible (self->back, self->has_steps || sw_split_view_find_back (widget) != NULL);
  gtk_widget_set_tooltip_text (self->back, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->back), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  adw_header_bar_set_show_start_title_buttons (header,
                                               sw_split_view_at_edge (widget, GTK_POS_LEFT));
  adw_header_bar_set_show_end_title_buttons (header, sw_split_view_at_edge (widget, GTK_POS_RIGHT));
  update_layout (self);
}

static void
on_back (SwPane *self)
{
  SwSplitView *split = sw_split_view_find_back (GTK_WIDGET (self));

  if (self->has_steps)
    g_signal_emit (self, step_back_signal, 0);
  else if (split != NULL)
    sw_split_view_set_show_content (split, FALSE);
}

static void
sw_pane_root (GtkWidget *widget)
{
  SwPane *self = SW_PANE (widget);

  GTK_WIDGET_CLASS (sw_pane_parent_class)->root (widget);
  for (GtkWidget *parent = gtk_widget_get_parent (widget); parent != NULL;
       parent = gtk_widget_get_parent (parent))
    if (SW_IS_SPLIT_VIEW (parent))
      {
        g_ptr_array_add (self->splits, parent);
        g_signal_connect_swapped (parent, "layout-changed", G_CALLBACK (update_buttons), self);
      }
  update_buttons (self);
}

static void
sw_pane_unroot (GtkWidget *widget)
{
  SwPane *self = SW_PANE (widget);

  for (guint i = 0; i < self->splits->len; i++)
    g_signal_handlers_disconnect_by_data (self->splits->pdata[i], self);
  g_ptr_array_set_size (self->splits, 0);
  GTK_WIDGET_CLASS (sw_pane_parent_class)->unroot (widget);
}

static void
sw_pane_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  AdwWindowTitle *title = ADW_WINDOW_TITLE (SW_PANE (object)->title);

  switch (id)
    {
    case PROP_TITLE:
      g_value_set_string (value, adw_window_title_get_title (title));
      break;
    case PROP_SUBTITLE:
      g_value_set_string (value, adw_window_title_get_subtitle (title));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_pane_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  AdwWindowTitle *title = ADW_WINDOW_TITLE (SW_PANE (object)->title);
  const char *text = g_value_get_string (value);

  switch (id)
    {
    case PROP_TITLE:
      adw_window_title_set_title (title, text != NULL ? text : "");
      break;
    case PROP_SUBTITLE:
      adw_window_title_set_subtitle (title, text != NULL ? text : "");
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_pane_dispose (GObject *object)
{
  g_clear_pointer (&SW_PANE (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_pane_parent_class)->dispose (object);
}

static void
sw_pane_finalize (GObject *object)
{
  g_object_unref (SW_PANE (object)->title);
  g_ptr_array_unref (SW_PANE (object)->splits);
  G_OBJECT_CLASS (sw_pane_parent_class)->finalize (object);
}

static void
sw_pane_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  SwPane *self = SW_PANE (buildable);

  if (self->box == NULL || !GTK_IS_WIDGET (child))
    parent_buildable->add_child (buildable, builder, child, type);
  else if (g_strcmp0 (type, "start") == 0)
    sw_pane_pack_start (self, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "end") == 0)
    sw_pane_pack_end (self, GTK_WIDGET (child));
  else if (g_strcmp0 (type, "top") == 0)
    sw_pane_add_top (self, GTK_WIDGET (child));
  else
    sw_pane_set_body (self, GTK_WIDGET (child));
}

static void
sw_pane_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = sw_pane_add_child;
}

static void
sw_pane_class_init (SwPaneClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = sw_pane_dispose;
  object_class->finalize = sw_pane_finalize;
  object_class->get_property = sw_pane_get_property;
  object_class->set_property = sw_pane_set_property;
  widget_class->root = sw_pane_root;
  widget_class->unroot = sw_pane_unroot;

  properties[PROP_TITLE] = g_param_spec_string ("title",
                                                NULL,
                                                NULL,
                                                NULL,
                                                G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_SUBTITLE] = g_param_spec_string ("subtitle",
                                                   NULL,
                                                   NULL,
                                                   NULL,
                                                   G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  step_back_signal = g_signal_new ("step-back", SW_TYPE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pane");
}

static void
sw_pane_init (SwPane *self)
{
  self->splits = g_ptr_array_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));

  self->header = adw_header_bar_new ();
  self->title = g_object_ref_sink (adw_window_title_new ("", ""));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header), self->title);
  gtk_box_append (GTK_BOX (self->box), self->header);

  self->back = sw_pane_icon_button ("go-previous-symbolic", _ ("Back"), NULL);
  gtk_widget_set_visible (self->back, FALSE);
  g_signal_connect_swapped (self->back, "clicked", G_CALLBACK (on_back), self);
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), self->back);
}

GtkWidget *
sw_pane_new (const char *title)
{
  return g_object_new (SW_TYPE_PANE, "title", title, NULL);
}

void
sw_pane_set_has_steps (SwPane *self, gboolean has_steps)
{
  self->has_steps = has_steps;
  update_buttons (self);
}

void
sw_pane_set_title (SwPane *self, const char *title, const char *subtitle)
{
  g_object_set (self, "title", title, "subtitle", subtitle, NULL);
}

void
sw_pane_set_body (SwPane *self, GtkWidget *body)
{
  g_return_if_fail (SW_IS_PANE (self));

  if (self->body != NULL)
    gtk_box_remove (GTK_BOX (self->box), self->body);
  self->body = body;
  if (body != NULL)
    {
      gtk_widget_set_vexpand (body, TRUE);
      gtk_box_append (GTK_BOX (self->box), body);
    }
}

void
sw_pane_add_top (SwPane *self, GtkWidget *bar)
{
  GtkWidget *last = self->header;

  g_return_if_fail (SW_IS_PANE (self));

  while (gtk_widget_get_next_sibling (last) != NULL
         && gtk_widget_get_next_sibling (last) != self->body)
    last = gtk_widget_get_next_sibling (last);
  gtk_box_insert_child_after (GTK_BOX (self->box), bar, last);
}

void
sw_pane_pack_start (SwPane *self, GtkWidget *widget)
{
  g_return_if_fail (SW_IS_PANE (self));
  adw_header_bar_pack_start (ADW_HEADER_BAR (self->header), widget);
}

void
sw_pane_pack_end (SwPane *self, GtkWidget *widget)
{
  g_return_if_fail (SW_IS_PANE (self));
  if (self->line != NULL)
    gtk_box_insert_child_after (GTK_BOX (self->line), widget, self->words);
  else
    adw_header_bar_pack_end (ADW_HEADER_BAR (self->header), widget);
}

static GtkWidget *
create_title_line (SwPane *self, const char *property, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  g_object_bind_property (self->title, property, label, "label", G_BINDING_SYNC_CREATE);
  return label;
}

static gboolean
is_not_empty (GBinding *binding, const GValue *from, GValue *to, gpointer data)
{
  const char *text = g_value_get_string (from);

  g_value_set_boolean (to, text != NULL && *text != '\0');
  return TRUE;
}

void
sw_pane_set_title_at_start (SwPane *self)
{
  GtkWidget *subtitle;

  g_return_if_fail (SW_IS_PANE (self));

  self->words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  subtitle = create_title_line (self, "subtitle", "pane-subtitle");
  g_object_bind_property_full (self->title,
                               "subtitle",
                               subtitle,
                               "visible",
                               G_BINDING_SYNC_CREATE,
                               is_not_empty,
                               NULL,
                               NULL,
                               NULL);
  gtk_widget_set_valign (self->words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (self->words, TRUE);
  gtk_box_append (GTK_BOX (self->words), create_title_line (self, "title", "pane-title"));
  gtk_box_append (GTK_BOX (self->words), subtitle);

  /* Beside the words, not at the bar's own end: that would get half of the bar at most. */
  self->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_hexpand (self->line, TRUE);
  gtk_box_append (GTK_BOX (self->line), self->words);
  sw_pane_set_title_widget (self, self->line);
}

void
sw_pane_set_title_widget (SwPane *self, GtkWidget *widget)
{
  g_return_if_fail (SW_IS_PANE (self));
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (self->header),
                                   widget != NULL ? widget : self->title);
}

GtkWidget *
sw_pane_icon_button (const char *icon_name, const char *label, const char *action_name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (action_name != NULL)
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  return button;
}
