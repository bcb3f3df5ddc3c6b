/* sw-record-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-record-bar.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "widgets/sw-button.h"
#include "widgets/sw-pane.h"

/* Characters of the main action that are shown in the narrowest header bar. */
#define PRIMARY_CHARS 9

/* At the foot, the blue button is as wide as a phone. */
#define FOOT_WIDTH 400 /* px */

/* What ends sooner shows neither spinner nor "Cancel". */
#define BUSY_DELAY 700 /* ms */

/* In the header bar and at the foot; never both are shown. */
typedef struct
{
  GtkWidget *spinner;
  GtkWidget *cancel;
  GtkWidget *revert;
  GtkWidget *save;
  GtkWidget *primary;
  GtkWidget *primary_label;
} Buttons;

struct _SwRecordBar
{
  GtkWidget parent_instance;

  Buttons head;
  Buttons foot;
  GtkWidget *foot_bar; /* owned: the record pane shows it under the record */
  GtkWidget *menu;
  SwRecordBarState state;
  gboolean missing;
  gboolean narrow;
  gboolean slow; /* busy for long enough to say so */
  guint busy_source;
};

enum
{
  PRIMARY,
  REVERT,
  CANCEL,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwRecordBar, sw_record_bar, GTK_TYPE_WIDGET)

static void update (SwRecordBar *self);

static gboolean
on_busy_due (gpointer data)
{
  SwRecordBar *self = data;

  self->busy_source = 0;
  self->slow = TRUE;
  gtk_widget_set_sensitive (self->head.cancel, TRUE);
  gtk_widget_set_sensitive (self->foot.cancel, TRUE);
  update (self);
  return G_SOURCE_REMOVE;
}

static void
update_buttons (SwRecordBar *self, Buttons *buttons, gboolean here)
{
  gboolean busy = self->state == SW_RECORD_BAR_BUSY;
  gboolean at_rest = self->state == SW_RECORD_BAR_RECORD || busy;
  gboolean changed = self->state == SW_RECORD_BAR_CHANGED;
  gboolean labelled = *gtk_label_get_text (GTK_LABEL (buttons->primary_label)) != '\0';

  gtk_widget_set_visible (buttons->spinner, here && self->slow);
  gtk_spinner_set_spinning (GTK_SPINNER (buttons->spinner), here && self->slow);
  gtk_widget_set_visible (buttons->cancel, here && self->slow);
  gtk_widget_set_visible (buttons->revert, here && changed);
  gtk_widget_set_visible (buttons->save, here && (changed || self->state == SW_RECORD_BAR_NEW));
  gtk_widget_set_visible (buttons->primary, here && at_rest && labelled);
  gtk_widget_set_sensitive (buttons->primary, !busy && !self->missing);
}

static void
update (SwRecordBar *self)
{
  gboolean busy = self->state == SW_RECORD_BAR_BUSY;
  GMenuModel *menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (self->menu));

  if (busy && self->busy_source == 0 && !self->slow)
    self->busy_source = g_timeout_add (BUSY_DELAY, on_busy_due, self);
  if (!busy)
    {
      g_clear_handle_id (&self->busy_source, g_source_remove);
      self->slow = FALSE;
    }
  update_buttons (self, &self->head, !self->narrow);
  update_buttons (self, &self->foot, self->narrow);
  gtk_widget_set_visible (self->foot_bar,
                          gtk_widget_get_visible (self->foot.save)
                              || gtk_widget_get_visible (self->foot.primary)
                              || gtk_widget_get_visible (self->foot.cancel));
  gtk_widget_set_visible (self->menu,
                          menu != NULL && self->state != SW_RECORD_BAR_NOTHING
                              && self->state != SW_RECORD_BAR_NEW);
  gtk_widget_set_sensitive (self->menu, !busy);
}

static void
on_cancel_clicked (SwRecordBar *self)
{
  /* Once is enough: the server's answer may take a while. */
  gtk_widget_set_sensitive (self->head.cancel, FALSE);
  gtk_widget_set_sensitive (self->foot.cancel, FALSE);
  g_signal_emit (self, signals[CANCEL], 0);
}

static void
on_primary_clicked (SwRecordBar *self)
{
  g_signal_emit (self, signals[PRIMARY], 0);
}

static void
on_revert_clicked (SwRecordBar *self)
{
  g_signal_emit (self, signals[REVERT], 0);
}

static void
sw_record_bar_dispose (GObject *object)
{
  GtkWidget *child;

  g_clear_handle_id (&SW_RECORD_BAR (object)->busy_source, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&SW_RECORD_BAR (object)->foot_bar);
  G_OBJECT_CLASS (sw_record_bar_parent_class)->dispose (object);
}

static void
sw_record_bar_class_init (SwRecordBarClass *klass)
{
  static const char *const names[] = { "primary", "revert", "cancel" };

  G_OBJECT_CLASS (klass)->dispose = sw_record_bar_dispose;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i],
                               SW_TYPE_RECORD_BAR,
                               G_SIGNAL_RUN_LAST,
                               0,
                               NULL,
                               NULL,
                               NULL,
                               G_TYPE_NONE,
                               0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static GtkWidget *
create_blue_button (const char *text)
{
  GtkWidget *button = sw_button_new (text);

  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (button, "suggested-action");
  return button;
}

static void
create_buttons (SwRecordBar *self, Buttons *buttons, GtkWidget *parent)
{
  buttons->spinner = gtk_spinner_new ();
  gtk_widget_set_parent (buttons->spinner, parent);
  buttons->cancel = sw_button_new (_ ("_Cancel"));
  g_signal_connect_swapped (buttons->cancel, "clicked", G_CALLBACK (on_cancel_clicked), self);
  gtk_widget_set_parent (buttons->cancel, parent);
  buttons->revert = sw_pane_icon_button ("edit-undo-symbolic", _ ("Discard the changes"), NULL);
  g_signal_connect_swapped (buttons->revert, "clicked", G_CALLBACK (on_revert_clicked), self);
  gtk_widget_set_parent (buttons->revert, parent);

  buttons->save = create_blue_button (_ ("_Save"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (buttons->save), "win.save");
  gtk_widget_set_parent (buttons->save, parent);

  buttons->primary = create_blue_button ("");
  buttons->primary_label = gtk_button_get_child (GTK_BUTTON (buttons->primary));
  g_signal_connect_swapped (buttons->primary, "clicked", G_CALLBACK (on_primary_clicked), self);
  gtk_widget_set_parent (buttons->primary, parent);
}

static void
create_foot (SwRecordBar *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  create_buttons (self, &self->foot, box);
  gtk_widget_set_hexpand (self->foot.save, TRUE);
  gtk_widget_set_hexpand (self->foot.primary, TRUE);
  self->foot_bar = g_object_ref_sink (adw_clamp_new ());
  adw_clamp_set_maximum_size (ADW_CLAMP (self->foot_bar), FOOT_WIDTH);
  adw_clamp_set_child (ADW_CLAMP (self->foot_bar), box);
  gtk_widget_add_css_class (self->foot_bar, "record-foot");
}

static void
sw_record_bar_init (SwRecordBar *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (widget);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  create_buttons (self, &self->head, widget);
  create_foot (self);
  self->menu = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->menu), "view-more-symbolic");
  gtk_widget_set_tooltip_text (self->menu, _ ("More actions"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->menu),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("More actions"),
                                  -1);
  gtk_widget_set_parent (self->menu, widget);
  update (self);
}

GtkWidget *
sw_record_bar_new (void)
{
  return g_object_new (SW_TYPE_RECORD_BAR, NULL);
}

void
sw_record_bar_set_state (SwRecordBar *self, SwRecordBarState state)
{
  g_return_if_fail (SW_IS_RECORD_BAR (self));
  self->state = state;
  update (self);
}

void
sw_record_bar_set_primary (SwRecordBar *self, const char *label)
{
  glong length = label != NULL ? g_utf8_strlen (label, -1) : 0;

  g_return_if_fail (SW_IS_RECORD_BAR (self));

  gtk_label_set_text (GTK_LABEL (self->foot.primary_label), label != NULL ? label : "");
  gtk_label_set_text (GTK_LABEL (self->head.primary_label), label != NULL ? label : "");
  gtk_label_set_width_chars (GTK_LABEL (self->head.primary_label), (int) MIN (length, PRIMARY_CHARS));
  /* Otherwise the least would also be the natural width. */
  gtk_label_set_max_width_chars (GTK_LABEL (self->head.primary_label), (int) length + 2);
  sw_record_bar_set_missing (self, NULL);
}

void
sw_record_bar_set_missing (SwRecordBar *self, const char *why)
{
  g_return_if_fail (SW_IS_RECORD_BAR (self));
  self->missing = why != NULL;
  gtk_widget_set_tooltip_text (self->head.primary, why);
  gtk_widget_set_tooltip_text (self->foot.primary, why);
  update (self);
}

void
sw_record_bar_set_menu (SwRecordBar *self, GMenuModel *menu)
{
  g_return_if_fail (SW_IS_RECORD_BAR (self));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  update (self);
}

void
sw_record_bar_set_narrow (SwRecordBar *self, gboolean narrow)
{
  g_return_if_fail (SW_IS_RECORD_BAR (self));
  if (self->narrow == narrow)
    return;
  self->narrow = narrow;
  update (self);
}

GtkWidget *
sw_record_bar_get_foot (SwRecordBar *self)
{
  g_return_val_if_fail (SW_IS_RECORD_BAR (self), NULL);
  return self->foot_bar;
}
