/* sw-record-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-record-bar.h"

#include <glib/gi18n.h>
#include "widgets/sw-pane.h"

/* Characters of the main action that are shown even on a phone. */
#define PRIMARY_CHARS 9

/* What ends sooner shows neither spinner nor "Cancel". */
#define BUSY_DELAY 700 /* ms */

struct _SwRecordBar
{
  GtkWidget parent_instance;

  GtkWidget *spinner;
  GtkWidget *cancel;
  GtkWidget *revert;
  GtkWidget *save;
  GtkWidget *primary;
  GtkWidget *primary_label;
  GtkWidget *menu;
  SwRecordBarState state;
  gboolean missing;
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

static void
show_busy (SwRecordBar *self, gboolean shown)
{
  gtk_widget_set_visible (self->spinner, shown);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), shown);
  gtk_widget_set_visible (self->cancel, shown);
  gtk_widget_set_sensitive (self->cancel, TRUE);
}

static gboolean
on_busy_due (gpointer data)
{
  SwRecordBar *self = data;

  self->busy_source = 0;
  show_busy (self, TRUE);
  return G_SOURCE_REMOVE;
}

static void
update (SwRecordBar *self)
{
  gboolean busy = self->state == SW_RECORD_BAR_BUSY;
  gboolean at_rest = self->state == SW_RECORD_BAR_RECORD || busy;
  gboolean changed = self->state == SW_RECORD_BAR_CHANGED;
  gboolean labelled = *gtk_label_get_text (GTK_LABEL (self->primary_label)) != '\0';
  GMenuModel *menu = gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (self->menu));

  gtk_widget_set_visible (self->revert, changed);
  gtk_widget_set_visible (self->save, changed || self->state == SW_RECORD_BAR_NEW);
  gtk_widget_set_visible (self->primary, at_rest && labelled);
  gtk_widget_set_sensitive (self->primary, !busy && !self->missing);
  gtk_widget_set_visible (self->menu,
                          menu != NULL && self->state != SW_RECORD_BAR_NOTHING
                              && self->state != SW_RECORD_BAR_NEW);
  gtk_widget_set_sensitive (self->menu, !busy);
  if (busy && self->busy_source == 0 && !gtk_widget_get_visible (self->cancel))
    self->busy_source = g_timeout_add (BUSY_DELAY, on_busy_due, self);
  if (!busy)
    {
      g_clear_handle_id (&self->busy_source, g_source_remove);
      show_busy (self, FALSE);
    }
}

static void
on_cancel_clicked (SwRecordBar *self)
{
  /* Once is enough: the server's answer may take a while. */
  gtk_widget_set_sensitive (self->cancel, FALSE);
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
create_blue_button (const char *text, GtkWidget **label_out)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new_with_mnemonic (text);

  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_widget_add_css_class (button, "text-button");
  gtk_accessible_update_relation (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_RELATION_LABELLED_BY,
                                  label,
                                  NULL,
                                  -1);
  if (label_out != NULL)
    *label_out = label;
  return button;
}

static void
sw_record_bar_init (SwRecordBar *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (widget);

  gtk_box_layout_set_spacing (GTK_BOX_LAYOUT (layout), 6);
  self->spinner = gtk_spinner_new ();
  gtk_widget_set_parent (self->spinner, widget);
  self->cancel = gtk_button_new_with_mnemonic (_ ("_Cancel"));
  g_signal_connect_swapped (self->cancel, "clicked", G_CALLBACK (on_cancel_clicked), self);
  gtk_widget_set_parent (self->cancel, widget);
  self->revert = sw_pane_icon_button ("edit-undo-symbolic", _ ("Discard the changes"), NULL);
  g_signal_connect_swapped (self->revert, "clicked", G_CALLBACK (on_revert_clicked), self);
  gtk_widget_set_parent (self->revert, widget);

  self->save = create_blue_button (_ ("_Save"), NULL);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save), "win.save");
  gtk_widget_set_parent (self->save, widget);

  self->primary = create_blue_button ("", &self->primary_label);
  g_signal_connect_swapped (self->primary, "clicked", G_CALLBACK (on_primary_clicked), self);
  gtk_widget_set_parent (self->primary, widget);

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

  gtk_label_set_text (GTK_LABEL (self->primary_label), label != NULL ? label : "");
  gtk_label_set_width_chars (GTK_LABEL (self->primary_label), (int) MIN (length, PRIMARY_CHARS));
  /* Otherwise the least would also be the natural width. */
  gtk_label_set_max_width_chars (GTK_LABEL (self->primary_label), (int) length + 2);
  sw_record_bar_set_missing (self, NULL);
}

void
sw_record_bar_set_missing (SwRecordBar *self, const char *why)
{
  g_return_if_fail (SW_IS_RECORD_BAR (self));
  self->missing = why != NULL;
  gtk_widget_set_tooltip_text (self->primary, why);
  update (self);
}

void
sw_record_bar_set_menu (SwRecordBar *self, GMenuModel *menu)
{
  g_return_if_fail (SW_IS_RECORD_BAR (self));
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->menu), menu);
  update (self);
}
