/* sw-sidebar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-sidebar.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "base/sw-money.h"
#include "model/sw-call.h"
#include "model/sw-change-feed.h"
#include "shell/sw-page-registry.h"

/* Badges are read at most this often while others work. */
#define BADGE_DELAY 2000 /* ms */

struct _SwSidebar
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *list;
  GtkWidget *avatar;
  GtkWidget *user;
  GtkWidget *role;
  SwSession *session;
  GCancellable *cancellable;
  guint badge_source;
  guint quiet;
};

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwSidebar, sw_sidebar, GTK_TYPE_WIDGET)

static const SwPageEntry *
entry_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "sw-entry");
}

/* {{{ Badges */

static void
show_badge (GtkListBoxRow *row, SwRecord *badges)
{
  const SwPageEntry *entry = entry_of (row);
  GtkWidget *label = g_object_get_data (G_OBJECT (row), "sw-badge");
  const char *number = entry->badge != NULL ? sw_record_get_text (badges, entry->badge) : NULL;
  gboolean some = number != NULL && !g_str_equal (number, "0");
  g_autofree char *text = some ? sw_money_format_number (number, 0) : NULL;
  g_autofree char *spoken
      = some ? g_strdup_printf ("%s, %s", _ (entry->title), text) : g_strdup (_ (entry->title));

  gtk_label_set_text (GTK_LABEL (label), text != NULL ? text : "");
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken,
                                  -1);
}

static void
on_badges (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwSidebar) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) badges = sw_call_run_finish_record (result, &error);
  GtkListBoxRow *row;

  /* A failure says nothing: the numbers stay as they were until the next change. */
  if (badges == NULL || self->box == NULL)
    return;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    show_badge (row, badges);
}

static gboolean
read_badges (gpointer data)
{
  SwSidebar *self = data;
  g_autoptr (SwCall) call = sw_call_new ("badges");

  self->badge_source = 0;
  sw_call_set_lane (call, SW_SESSION_BACKGROUND);
  sw_call_run_async (call, self->session, self->cancellable, on_badges, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
on_something_changed (SwSidebar *self)
{
  if (self->badge_source == 0)
    self->badge_source = g_timeout_add (BADGE_DELAY, read_badges, self);
}

/* }}} */

static void
update_header (GtkListBoxRow *row, GtkListBoxRow *before, gpointer data)
{
  const char *group = entry_of (row)->group;
  const char *previous = before != NULL ? entry_of (before)->group : NULL;
  GtkWidget *label;
  g_autofree char *text = NULL;

  if (group == NULL || g_strcmp0 (group, previous) == 0)
    {
      gtk_list_box_row_set_header (row, NULL);
      return;
    }
  if (gtk_list_box_row_get_header (row) != NULL)
    return;
  text = g_utf8_strup (_ (group), -1);
  label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "sidebar-heading");
  gtk_list_box_row_set_header (row, label);
}

static GtkWidget *
create_row (const SwPageEntry *entry)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_ (entry->title));
  GtkWidget *badge = gtk_label_new (NULL);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (entry->icon_name));
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_widget_add_css_class (badge, "sidebar-badge");
  gtk_widget_add_css_class (badge, "numeric");
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ (entry->title),
                                  -1);
  g_object_set_data (G_OBJECT (row), "sw-entry", (gpointer) entry);
  g_object_set_data (G_OBJECT (row), "sw-badge", badge);
  return row;
}

static void
on_row_selected (SwSidebar *self, GtkListBoxRow *row)
{
  if (row != NULL && self->quiet == 0)
    g_signal_emit (self, signals[CHOSEN], 0, entry_of (row)->name);
}

/* Also when it is selected already: a folded window then goes to the page. */
static void
on_row_activated (SwSidebar *self, GtkListBoxRow *row)
{
  g_signal_emit (self, signals[CHOSEN], 0, entry_of (row)->name);
}

/* Tab comes to the chosen page and leaves again: in GTK 4.8 it would walk through the rows, choosing
 * each on the way (GtkListBox has no tab-behavior before 4.18). */
static gboolean
sw_sidebar_focus (GtkWidget *widget, GtkDirectionType direction)
{
  SwSidebar *self = SW_SIDEBAR (widget);
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (direction != GTK_DIR_TAB_FORWARD && direction != GTK_DIR_TAB_BACKWARD)
    return GTK_WIDGET_CLASS (sw_sidebar_parent_class)->focus (widget, direction);
  if (gtk_widget_get_focus_child (widget) != NULL || row == NULL)
    return FALSE;
  return gtk_widget_grab_focus (GTK_WIDGET (row));
}

static void
sw_sidebar_dispose (GObject *object)
{
  SwSidebar *self = SW_SIDEBAR (object);

  sw_sidebar_set_session (self, NULL);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_sidebar_parent_class)->dispose (object);
}

static void
sw_sidebar_class_init (SwSidebarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_sidebar_dispose;
  GTK_WIDGET_CLASS (klass)->focus = sw_sidebar_focus;
  signals[CHOSEN] = g_signal_new ("chosen",
                                  SW_TYPE_SIDEBAR,
                                  G_SIGNAL_RUN_LAST,
                                  0,
                                  NULL,
                                  NULL,
                                  NULL,
                                  G_TYPE_NONE,
                                  1,
                                  G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static GtkWidget *
create_user_area (SwSidebar *self)
{
  GtkWidget *area = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->avatar = adw_avatar_new (32, NULL, TRUE);
  self->user = gtk_label_new (NULL);
  self->role = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->user), 0);
  gtk_label_set_xalign (GTK_LABEL (self->role), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->user), PANGO_ELLIPSIZE_END);
  gtk_label_set_ellipsize (GTK_LABEL (self->role), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (self->role, "caption");
  gtk_widget_add_css_class (self->role, "dim-label");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), self->user);
  gtk_box_append (GTK_BOX (words), self->role);
  gtk_box_append (GTK_BOX (area), self->avatar);
  gtk_box_append (GTK_BOX (area), words);
  gtk_widget_add_css_class (area, "sidebar-user");
  return area;
}

static void
sw_sidebar_init (SwSidebar *self)
{
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Pages"),
                                  -1);
  gtk_list_box_set_header_func (GTK_LIST_BOX (self->list), update_header, NULL, NULL);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (on_row_activated), self);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->list);
  gtk_widget_set_vexpand (scroller, TRUE);
  gtk_box_append (GTK_BOX (self->box), scroller);
  gtk_box_append (GTK_BOX (self->box), create_user_area (self));
}

GtkWidget *
sw_sidebar_new (void)
{
  return g_object_new (SW_TYPE_SIDEBAR, NULL);
}

static void
fill (SwSidebar *self)
{
  GtkListBoxRow *row;
  const char *name = sw_session_get_display_name (self->session);
  const char *role = sw_session_get_role_label (self->session);

  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
  for (const SwPageEntry *entry = sw_page_registry_get (); entry->name != NULL; entry++)
    if (sw_page_entry_is_for (entry, self->session))
      gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (entry));

  adw_avatar_set_text (ADW_AVATAR (self->avatar), name);
  gtk_label_set_text (GTK_LABEL (self->user), name != NULL ? name : "");
  gtk_label_set_text (GTK_LABEL (self->role), role != NULL && *role != '\0' ? _ (role) : "");
}

void
sw_sidebar_set_session (SwSidebar *self, SwSession *session)
{
  g_return_if_fail (SW_IS_SIDEBAR (self));

  g_clear_handle_id (&self->badge_source, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (sw_session_get_change_feed (self->session), self);
      g_signal_handlers_disconnect_by_data (self->session, self);
    }
  g_set_object (&self->session, session);
  if (session == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  fill (self);
  g_object_bind_property (session, "host", self->user, "tooltip-text", G_BINDING_SYNC_CREATE);
  g_signal_connect_object (sw_session_get_change_feed (session),
                           "changed",
                           G_CALLBACK (on_something_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::today",
                           G_CALLBACK (on_something_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "restored",
                           G_CALLBACK (on_something_changed),
                           self,
                           G_CONNECT_SWAPPED);
  read_badges (self);
}

void
sw_sidebar_select (SwSidebar *self, const char *name)
{
  GtkListBoxRow *row;

  g_return_if_fail (SW_IS_SIDEBAR (self));

  self->quiet++;
  for (int i = 0; (row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), i)) != NULL; i++)
    if (g_str_equal (entry_of (row)->name, name))
      gtk_list_box_select_row (GTK_LIST_BOX (self->list), row);
  self->quiet--;
}

const char *
sw_sidebar_get_name (SwSidebar *self, guint position)
{
  GtkListBoxRow *row;

  g_return_val_if_fail (SW_IS_SIDEBAR (self), NULL);

  row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), (int) position);
  return row != NULL ? entry_of (row)->name : NULL;
}
