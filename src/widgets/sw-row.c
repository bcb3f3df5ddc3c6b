/* sw-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-row.h"

typedef struct
{
  char *field;
  GtkWidget *line;
  GtkWidget *title;
  GtkWidget *start; /* title, and under it the editor unless beside */
  GtkWidget *editor;
  GtkWidget *hint;
  GtkWidget *error;
  gboolean editable; /* as asked for */
  gboolean locked;
  gboolean open; /* editable and not locked: as it is shown */
  guint setting;
} SwRowPrivate;

enum
{
  PROP_0,
  PROP_FIELD,
  PROP_VALUE,
  PROP_HINT,
  PROP_ERROR,
  PROP_EDITABLE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void sw_row_buildable_init (GtkBuildableIface *iface);

static GtkBuildableIface *parent_buildable;

G_DEFINE_ABSTRACT_TYPE_WITH_CODE (SwRow,
                                  sw_row,
                                  ADW_TYPE_PREFERENCES_ROW,
                                  G_ADD_PRIVATE (SwRow)
                                      G_IMPLEMENT_INTERFACE (GTK_TYPE_BUILDABLE,
                                                             sw_row_buildable_init))

#define PRIVATE(self) ((SwRowPrivate *) sw_row_get_instance_private (self))

static char *
sw_row_real_get_display (SwRow *self)
{
  char *value = sw_row_get_value (self, NULL);

  return value != NULL ? value : g_strdup ("");
}

static void
sw_row_real_set_editable (SwRow *self, gboolean editable)
{
  gtk_widget_set_sensitive (PRIVATE (self)->editor, editable);
}

static void
set_note (GtkWidget *label, const char *text)
{
  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
update_accessible_label (SwRow *self)
{
  gtk_accessible_update_property (GTK_ACCESSIBLE (self),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                                  -1);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  SwRow *self = data;
  GtkWidget *focus = gtk_root_get_focus (gtk_widget_get_root (GTK_WIDGET (self)));

  /* Anywhere on the row is the field. */
  if (PRIVATE (self)->open
      && (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self))))
    sw_row_focus (self);
}

static void
sw_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwRow *self = SW_ROW (object);
  SwRowPrivate *priv = PRIVATE (self);

  switch (id)
    {
    case PROP_FIELD:
      g_value_set_string (value, priv->field);
      break;
    case PROP_VALUE:
      g_value_take_string (value, sw_row_get_value (self, NULL));
      break;
    case PROP_HINT:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (priv->hint)));
      break;
    case PROP_ERROR:
      g_value_set_string (value, sw_row_get_error (self));
      break;
    case PROP_EDITABLE:
      g_value_set_boolean (value, priv->open);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwRow *self = SW_ROW (object);
  SwRowPrivate *priv = PRIVATE (self);

  switch (id)
    {
    case PROP_FIELD:
      g_free (priv->field);
      priv->field = g_value_dup_string (value);
      break;
    case PROP_VALUE:
      sw_row_set_value (self, g_value_get_string (value));
      break;
    case PROP_HINT:
      sw_row_set_hint (self, g_value_get_string (value));
      break;
    case PROP_ERROR:
      sw_row_set_error (self, g_value_get_string (value));
      break;
    case PROP_EDITABLE:
      sw_row_set_editable (self, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_row_finalize (GObject *object)
{
  g_free (PRIVATE (SW_ROW (object))->field);
  G_OBJECT_CLASS (sw_row_parent_class)->finalize (object);
}

static void
sw_row_add_child (GtkBuildable *buildable, GtkBuilder *builder, GObject *child, const char *type)
{
  if (g_strcmp0 (type, "suffix") == 0)
    sw_row_add_suffix (SW_ROW (buildable), GTK_WIDGET (child));
  else
    parent_buildable->add_child (buildable, builder, child, type);
}

static void
sw_row_buildable_init (GtkBuildableIface *iface)
{
  parent_buildable = g_type_interface_peek_parent (iface);
  iface->add_child = sw_row_add_child;
}

static void
sw_row_class_init (SwRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  klass->get_display = sw_row_real_get_display;
  klass->set_editable = sw_row_real_set_editable;
  object_class->get_property = sw_row_get_property;
  object_class->set_property = sw_row_set_property;
  object_class->finalize = sw_row_finalize;

  properties[PROP_FIELD] = g_param_spec_string ("field", NULL, NULL, NULL, flags);
  properties[PROP_VALUE] = g_param_spec_string ("value", NULL, NULL, NULL, flags);
  properties[PROP_HINT] = g_param_spec_string ("hint", NULL, NULL, NULL, flags);
  properties[PROP_ERROR] = g_param_spec_string ("error", NULL, NULL, NULL, flags);
  properties[PROP_EDITABLE] = g_param_spec_boolean ("editable", NULL, NULL, TRUE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static GtkWidget *
create_note (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 40); /* a long sentence widens no dialog */
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_set_visible (label, FALSE);
  return label;
}

static void
sw_row_init (SwRow *self)
{
  SwRowPrivate *priv = PRIVATE (self);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkGesture *click = gtk_gesture_click_new ();

  priv->editable = priv->open = TRUE;
  priv->line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  priv->start = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_hexpand (priv->start, TRUE);
  gtk_widget_set_valign (priv->start, GTK_ALIGN_CENTER);
  priv->title = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (priv->title), 0);
  gtk_label_set_ellipsize (GTK_LABEL (priv->title), PANGO_ELLIPSIZE_END);
  g_object_bind_property (self, "title", priv->title, "label", G_BINDING_SYNC_CREATE);
  g_signal_connect (self, "notify::title", G_CALLBACK (update_accessible_label), NULL);
  gtk_box_append (GTK_BOX (priv->start), priv->title);
  gtk_box_append (GTK_BOX (priv->line), priv->start);
  gtk_box_append (GTK_BOX (box), priv->line);

  priv->hint = create_note ("dim-label");
  priv->error = create_note ("error");
  gtk_box_append (GTK_BOX (box), priv->hint);
  gtk_box_append (GTK_BOX (box), priv->error);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (self), box);

  gtk_widget_add_css_class (GTK_WIDGET (self), "field");
  /* Tab goes from editor to editor, not to the rows around them. */
  gtk_widget_set_focusable (GTK_WIDGET (self), FALSE);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), FALSE);
  g_signal_connect (click, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

void
sw_row_set_editor (SwRow *self, GtkWidget *editor, gboolean beside)
{
  SwRowPrivate *priv = PRIVATE (self);
  GtkWidget *inner;

  g_return_if_fail (SW_IS_ROW (self));

  priv->editor = editor;
  if (beside)
    {
      gtk_widget_set_valign (editor, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (GTK_WIDGET (self), "beside");
      gtk_label_set_wrap (GTK_LABEL (priv->title), TRUE);
      gtk_label_set_ellipsize (GTK_LABEL (priv->title), PANGO_ELLIPSIZE_NONE);
      gtk_box_append (GTK_BOX (priv->line), editor);
    }
  else
    {
      gtk_widget_add_css_class (priv->title, "field-title");
      gtk_box_append (GTK_BOX (priv->start), editor);
    }
  gtk_accessible_update_relation (GTK_ACCESSIBLE (editor),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  priv->title,
                                  NULL,
                                  -1);
  /* A drop-down or menu button: it is the button inside that has the focus. */
  inner = gtk_widget_get_first_child (editor);
  if (GTK_IS_BUTTON (inner))
    gtk_accessible_update_relation (GTK_ACCESSIBLE (inner),
                                    GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                    priv->title,
                                    NULL,
                                    -1);
}

void
sw_row_edited (SwRow *self)
{
  g_return_if_fail (SW_IS_ROW (self));

  if (PRIVATE (self)->setting > 0)
    return;
  sw_row_set_error (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

gboolean
sw_row_is_setting (SwRow *self)
{
  return PRIVATE (self)->setting > 0;
}

const char *
sw_row_get_field (SwRow *self)
{
  g_return_val_if_fail (SW_IS_ROW (self), NULL);
  return PRIVATE (self)->field;
}

char *
sw_row_get_value (SwRow *self, GError **error)
{
  g_return_val_if_fail (SW_IS_ROW (self), NULL);
  return SW_ROW_GET_CLASS (self)->get_value (self, error);
}

void
sw_row_set_value (SwRow *self, const char *value)
{
  g_return_if_fail (SW_IS_ROW (self));

  PRIVATE (self)->setting++;
  SW_ROW_GET_CLASS (self)->set_value (self, value);
  PRIVATE (self)->setting--;
  sw_row_set_error (self, NULL);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_VALUE]);
}

char *
sw_row_get_display (SwRow *self)
{
  g_return_val_if_fail (SW_IS_ROW (self), NULL);
  return SW_ROW_GET_CLASS (self)->get_display (self);
}

void
sw_row_set_error (SwRow *self, const char *message)
{
  SwRowPrivate *priv = PRIVATE (self);

  g_return_if_fail (SW_IS_ROW (self));

  if (g_strcmp0 (message, sw_row_get_error (self)) == 0)
    return;
  set_note (priv->error, message);
  if (message != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self), "error");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "error");
  gtk_accessible_update_state (GTK_ACCESSIBLE (priv->editor),
                               GTK_ACCESSIBLE_STATE_INVALID,
                               message != NULL ? GTK_ACCESSIBLE_INVALID_TRUE
                                               : GTK_ACCESSIBLE_INVALID_FALSE,
                               -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ERROR]);
}

const char *
sw_row_get_error (SwRow *self)
{
  const char *text = gtk_label_get_text (GTK_LABEL (PRIVATE (self)->error));

  return *text != '\0' ? text : NULL;
}

void
sw_row_set_hint (SwRow *self, const char *hint)
{
  g_return_if_fail (SW_IS_ROW (self));
  set_note (PRIVATE (self)->hint, hint);
}

gboolean
sw_row_get_editable (SwRow *self)
{
  return PRIVATE (self)->open;
}

static void
update_open (SwRow *self)
{
  SwRowPrivate *priv = PRIVATE (self);
  gboolean open = priv->editable && !priv->locked;

  if (priv->open == open)
    return;
  priv->open = open;
  if (open)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "fixed");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "fixed");
  SW_ROW_GET_CLASS (self)->set_editable (self, open);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_EDITABLE]);
}

void
sw_row_set_editable (SwRow *self, gboolean editable)
{
  g_return_if_fail (SW_IS_ROW (self));
  PRIVATE (self)->editable = editable;
  update_open (self);
}

void
sw_row_lock (SwRow *self)
{
  g_return_if_fail (SW_IS_ROW (self));
  PRIVATE (self)->locked = TRUE;
  update_open (self);
}

void
sw_row_focus (SwRow *self)
{
  SwRowPrivate *priv = PRIVATE (self);

  g_return_if_fail (SW_IS_ROW (self));
  if (!gtk_widget_grab_focus (priv->editor))
    gtk_widget_child_focus (priv->editor, GTK_DIR_TAB_FORWARD);
}

void
sw_row_add_suffix (SwRow *self, GtkWidget *widget)
{
  g_return_if_fail (SW_IS_ROW (self));
  gtk_widget_set_valign (widget, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (PRIVATE (self)->line), widget);
}

gboolean
sw_row_is_boolean (SwRow *self)
{
  return SW_ROW_GET_CLASS (self)->is_boolean;
}
