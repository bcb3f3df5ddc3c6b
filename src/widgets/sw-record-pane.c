/* sw-record-pane.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-record-pane.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "model/sw-presence.h"
#include "widgets/sw-presence-bar.h"
#include "widgets/sw-status.h"

/* A record that arrives sooner never shows the spinner. */
#define SPINNER_DELAY 300 /* ms */

struct _SwRecordPane
{
  GtkWidget parent_instance;

  GtkWidget *pane;
  GtkWidget *close;
  GtkWidget *bar;
  GtkWidget *stack; /* loading, error, record */
  GtkWidget *error;
  GtkWidget *body;
  guint spinner_source;

  SwPresence *presence; /* NULL without session */
  GtkWidget *presence_bar;
  gint64 id;
  gboolean changed;
};

enum
{
  RETRY,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwRecordPane, sw_record_pane, GTK_TYPE_WIDGET)

static gboolean
on_spinner_due (gpointer data)
{
  SwRecordPane *self = data;

  self->spinner_source = 0;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  return G_SOURCE_REMOVE;
}

static void
on_retry_clicked (SwRecordPane *self)
{
  g_signal_emit (self, signals[RETRY], 0);
}

/* {{{ Presence */

static void
update_presence (SwRecordPane *self)
{
  gboolean here = self->changed || gtk_widget_get_mapped (GTK_WIDGET (self));

  if (self->presence != NULL)
    sw_presence_set_id (self->presence, here ? self->id : 0);
}

static void
on_names (SwRecordPane *self)
{
  sw_presence_bar_set_names (SW_PRESENCE_BAR (self->presence_bar),
                             sw_presence_get_names (self->presence));
}

static void
sw_record_pane_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sw_record_pane_parent_class)->map (widget);
  update_presence (SW_RECORD_PANE (widget));
}

static void
sw_record_pane_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (sw_record_pane_parent_class)->unmap (widget);
  update_presence (SW_RECORD_PANE (widget));
}

void
sw_record_pane_watch_presence (SwRecordPane *self, SwSession *session, const char *entity)
{
  g_return_if_fail (SW_IS_RECORD_PANE (self));
  g_return_if_fail (self->presence == NULL);

  self->presence = sw_presence_new (session, entity);
  g_signal_connect_object (self->presence,
                           "notify::names",
                           G_CALLBACK (on_names),
                           self,
                           G_CONNECT_SWAPPED);
}

void
sw_record_pane_set_presence (SwRecordPane *self, gint64 id, gboolean changed)
{
  g_return_if_fail (SW_IS_RECORD_PANE (self));
  self->id = id;
  self->changed = changed;
  update_presence (self);
}

/* }}} */

static void
sw_record_pane_dispose (GObject *object)
{
  SwRecordPane *self = SW_RECORD_PANE (object);

  sw_record_pane_stop_expecting (self);
  if (self->presence != NULL)
    sw_presence_set_id (self->presence, 0);
  g_clear_object (&self->presence);
  g_clear_pointer (&self->pane, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_record_pane_parent_class)->dispose (object);
}

static void
sw_record_pane_class_init (SwRecordPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_record_pane_dispose;
  GTK_WIDGET_CLASS (klass)->map = sw_record_pane_map;
  GTK_WIDGET_CLASS (klass)->unmap = sw_record_pane_unmap;
  signals[RETRY] = g_signal_new ("retry",
                                 SW_TYPE_RECORD_PANE,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sw_record_pane_init (SwRecordPane *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *retry;

  self->pane = sw_pane_new (NULL);
  gtk_widget_set_parent (self->pane, GTK_WIDGET (self));
  self->close
      = sw_pane_icon_button ("sidebar-show-right-symbolic", _ ("Close the record"), "win.back");
  sw_pane_pack_start (SW_PANE (self->pane), self->close);
  sw_pane_set_title_at_start (SW_PANE (self->pane));
  self->bar = sw_record_bar_new ();
  sw_pane_pack_end (SW_PANE (self->pane), self->bar);
  self->presence_bar = sw_presence_bar_new ();
  sw_pane_add_top (SW_PANE (self->pane), self->presence_bar);

  self->stack = gtk_stack_new ();
  /* What is not shown need not be measured. */
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  self->error = sw_status_new ("dialog-warning-symbolic",
                               _ ("This record could not be read"),
                               NULL,
                               _ ("_Try again"),
                               NULL);
  retry = adw_status_page_get_child (ADW_STATUS_PAGE (self->error));
  g_signal_connect_swapped (retry, "clicked", G_CALLBACK (on_retry_clicked), self);
  gtk_stack_add_named (GTK_STACK (self->stack), sw_status_new_loading (), "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->error, "error");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_box_append (GTK_BOX (box), sw_record_bar_get_foot (SW_RECORD_BAR (self->bar)));
  sw_pane_set_body (SW_PANE (self->pane), box);
}

GtkWidget *
sw_record_pane_new (void)
{
  return g_object_new (SW_TYPE_RECORD_PANE, NULL);
}

void
sw_record_pane_set_body (SwRecordPane *self, GtkWidget *body)
{
  GtkWidget *scroller;

  g_return_if_fail (SW_IS_RECORD_PANE (self));
  g_return_if_fail (self->body == NULL);

  self->body = body;
  gtk_widget_add_css_class (body, "record-body");
  scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), body);
  gtk_stack_add_named (GTK_STACK (self->stack), scroller, "record");
}

GtkWidget *
sw_record_pane_get_body (SwRecordPane *self)
{
  g_return_val_if_fail (SW_IS_RECORD_PANE (self), NULL);
  return self->body;
}

void
sw_record_pane_show_body (SwRecordPane *self)
{
  g_return_if_fail (SW_IS_RECORD_PANE (self));
  sw_record_pane_stop_expecting (self);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "record");
}

static void
on_body_mapped (GtkWidget *body, gpointer data)
{
  g_signal_handlers_disconnect_by_func (body, on_body_mapped, data);
  gtk_widget_child_focus (body, GTK_DIR_TAB_FORWARD);
}

void
sw_record_pane_focus_body (SwRecordPane *self)
{
  g_return_if_fail (SW_IS_RECORD_PANE (self));

  /* What is not on the screen cannot take the focus. */
  if (gtk_widget_get_mapped (self->body))
    gtk_widget_child_focus (self->body, GTK_DIR_TAB_FORWARD);
  else
    g_signal_connect_after (self->body, "map", G_CALLBACK (on_body_mapped), self);
}

void
sw_record_pane_show_error (SwRecordPane *self, const char *message)
{
  g_return_if_fail (SW_IS_RECORD_PANE (self));
  sw_record_pane_stop_expecting (self);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->error), message);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "error");
}

void
sw_record_pane_expect (SwRecordPane *self)
{
  g_return_if_fail (SW_IS_RECORD_PANE (self));
  if (self->spinner_source == 0)
    self->spinner_source = g_timeout_add (SPINNER_DELAY, on_spinner_due, self);
}

void
sw_record_pane_stop_expecting (SwRecordPane *self)
{
  g_return_if_fail (SW_IS_RECORD_PANE (self));
  g_clear_handle_id (&self->spinner_source, g_source_remove);
}

SwPane *
sw_record_pane_get_pane (SwRecordPane *self)
{
  g_return_val_if_fail (SW_IS_RECORD_PANE (self), NULL);
  return SW_PANE (self->pane);
}

SwRecordBar *
sw_record_pane_get_bar (SwRecordPane *self)
{
  g_return_val_if_fail (SW_IS_RECORD_PANE (self), NULL);
  return SW_RECORD_BAR (self->bar);
}

void
sw_record_pane_set_alone (SwRecordPane *self, gboolean alone)
{
  g_return_if_fail (SW_IS_RECORD_PANE (self));
  gtk_widget_set_visible (self->close, !alone);
  sw_record_bar_set_narrow (SW_RECORD_BAR (self->bar), alone);
}
