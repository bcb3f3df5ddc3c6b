/* sw-timeline.c: see sw-timeline.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-timeline.h"

#include "widgets/sw-badge.h"
#include "widgets/sw-page.h"

struct _SwTimeline
{
  GtkWidget parent_instance;

  GtkWidget *list; /* a list box */
};

G_DEFINE_FINAL_TYPE (SwTimeline, sw_timeline, GTK_TYPE_WIDGET)

enum
{
  PROP_LABEL = 1,
};

/* What a row keeps as data. */
#define BOX "sw-timeline-box"
#define ID "sw-timeline-id"
#define ENTITY "sw-timeline-entity"

static void
on_activated (GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
  const gint64 *id = g_object_get_data (G_OBJECT (row), ID);

  if (id != NULL)
    sw_page_open (GTK_WIDGET (row), g_object_get_data (G_OBJECT (row), ENTITY), *id);
}

static void
sw_timeline_dispose (GObject *object)
{
  g_clear_pointer (&SW_TIMELINE (object)->list, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_timeline_parent_class)->dispose (object);
}

static void
sw_timeline_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  if (id == PROP_LABEL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (SW_TIMELINE (object)->list),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, g_value_get_string (value), -1);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
sw_timeline_class_init (SwTimelineClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_timeline_dispose;
  G_OBJECT_CLASS (klass)->set_property = sw_timeline_set_property;
  g_object_class_install_property (G_OBJECT_CLASS (klass), PROP_LABEL,
                                   g_param_spec_string ("label", NULL, NULL, NULL,
                                                        G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "timeline");
}

static void
sw_timeline_init (SwTimeline *self)
{
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (self->list, "boxed-list");
  g_signal_connect (self->list, "row-activated", G_CALLBACK (on_activated), NULL);
  gtk_widget_set_parent (self->list, GTK_WIDGET (self));
}

GtkWidget *
sw_timeline_new (void)
{
  return g_object_new (SW_TYPE_TIMELINE, NULL);
}

void
sw_timeline_clear (SwTimeline *self)
{
  GtkWidget *row;

  g_return_if_fail (SW_IS_TIMELINE (self));

  while ((row = gtk_widget_get_first_child (self->list)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), row);
}

/* The line comes from the row above, passes the dot and goes on; CSS ends it at the first and last row. */
static GtkWidget *
create_mark (SwTimelineState state)
{
  static const char *const classes[] = { "future", "present", "past" };
  GtkWidget *mark = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *dot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  for (int i = 0; i < 2; i++)
    {
      GtkWidget *line = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

      gtk_widget_add_css_class (line, i == 0 ? "before" : "after");
      gtk_widget_set_vexpand (line, TRUE);
      gtk_widget_set_halign (line, GTK_ALIGN_CENTER);
      gtk_box_append (GTK_BOX (mark), line);
      if (i == 0)
        gtk_box_append (GTK_BOX (mark), dot);
    }
  gtk_widget_add_css_class (dot, "dot");
  gtk_widget_add_css_class (dot, classes[state]);
  gtk_widget_set_halign (dot, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (mark, "mark");
  return mark;
}

static GtkWidget *
create_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

GtkWidget *
sw_timeline_add (SwTimeline *self, SwTimelineState state, const char *title, const char *subtitle)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);

  g_return_val_if_fail (SW_IS_TIMELINE (self), NULL);

  gtk_widget_add_css_class (texts, "texts");
  gtk_widget_set_hexpand (texts, TRUE);
  gtk_widget_set_valign (texts, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (texts), create_label (title, NULL));
  if (subtitle != NULL)
    gtk_box_append (GTK_BOX (texts), create_label (subtitle, "subtitle"));
  if (state == SW_TIMELINE_PAST)
    gtk_widget_add_css_class (row, "past");
  gtk_box_append (GTK_BOX (box), create_mark (state));
  gtk_box_append (GTK_BOX (box), texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  g_object_set_data (G_OBJECT (row), BOX, box);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
  return row;
}

void
sw_timeline_add_note (SwTimeline *self, const char *text)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = create_label (text, "note");

  g_return_if_fail (SW_IS_TIMELINE (self));

  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), FALSE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  gtk_list_box_append (GTK_LIST_BOX (self->list), row);
}

void
sw_timeline_add_figure (GtkWidget *row, const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "numeric");
  gtk_box_append (g_object_get_data (G_OBJECT (row), BOX), label);
}

void
sw_timeline_add_badge (GtkWidget *row, const char *text, SwBadgeStyle style)
{
  GtkWidget *badge = sw_badge_new (text, style);

  gtk_widget_set_valign (badge, GTK_ALIGN_CENTER);
  gtk_box_append (g_object_get_data (G_OBJECT (row), BOX), badge);
}

void
sw_timeline_set_link (GtkWidget *row, const char *entity, gint64 id)
{
  g_object_set_data_full (G_OBJECT (row), ID, g_memdup2 (&id, sizeof id), g_free);
  g_object_set_data_full (G_OBJECT (row), ENTITY, g_strdup (entity), g_free);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
}
