/* sw-window.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-window.h"

#include <glib/gi18n.h>
#include "model/sw-drafts.h"
#include "config.h"
#include "shell/sw-login.h"
#include "shell/sw-page-registry.h"
#include "shell/sw-search.h"
#include "shell/sw-settings.h"
#include "shell/sw-sidebar.h"
#include "widgets/sw-button.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-page.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-split-view.h"
#include "widgets/sw-toast.h"

#define SIDEBAR_WIDTH 232 /* pixels */
#define FOLD_BELOW 1000

struct _SwWindow
{
  AdwApplicationWindow parent_instance;

  GtkWidget *stack; /* login, main */
  SwLogin *login;
  GtkWidget *split;
  GtkEventController *drop; /* of files; belongs to split */
  SwPane *sidebar_pane;
  SwSidebar *sidebar;
  GtkWidget *pages;
  GtkWidget *banner;
  GtkWidget *banner_text;
  SwSession *session;
  SwPage *page;         /* the visible one; belongs to pages */
  GPtrArray *to_ask;    /* pages still to be asked before closing */
  gboolean closing;     /* all pages agreed */
  void (*after) (SwWindow *self); /* what they agreed to */
};

G_DEFINE_FINAL_TYPE (SwWindow, sw_window, ADW_TYPE_APPLICATION_WINDOW)

/* {{{ Leaving */

static void ask_next (SwWindow *self);

static void
on_page_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwWindow) self = data;

  if (self->to_ask == NULL)
    return;
  if (sw_page_can_close_finish (SW_PAGE (source), result))
    ask_next (self);
  else
    g_clear_pointer (&self->to_ask, g_ptr_array_unref);
}

static void
ask_next (SwWindow *self)
{
  g_autoptr (SwPage) page = NULL;

  if (self->to_ask->len == 0)
    {
      g_clear_pointer (&self->to_ask, g_ptr_array_unref);
      self->after (self);
      return;
    }
  page = g_object_ref (self->to_ask->pdata[0]);
  g_ptr_array_remove_index (self->to_ask, 0);
  if (sw_page_get_unsaved (page))
    sw_window_show_page (self, gtk_stack_page_get_name (gtk_stack_get_page (
                                   GTK_STACK (self->pages), GTK_WIDGET (page))));
  sw_page_can_close_async (page, NULL, on_page_answered, g_object_ref (self));
}

/* Asks every page about unsaved work, then does @after. */
static void
leave (SwWindow *self, void (*after) (SwWindow *self))
{
  if (self->to_ask != NULL)
    return;
  self->after = after;
  self->to_ask = g_ptr_array_new_with_free_func (g_object_unref);
  for (GtkWidget *child = gtk_widget_get_first_child (self->pages); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    g_ptr_array_add (self->to_ask, g_object_ref (child));
  ask_next (self);
}

static void
close_now (SwWindow *self)
{
  self->closing = TRUE;
  gtk_window_close (GTK_WINDOW (self));
}

static void
log_out_now (SwWindow *self)
{
  sw_window_set_session (self, NULL);
}

static void
save_geometry (SwWindow *self)
{
  GSettings *settings = sw_settings_get ();
  int width;
  int height;

  if (settings == NULL)
    return;
  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set (settings, "window-size", "(ii)", width, height);
  g_settings_set_boolean (settings, "maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
}

static gboolean
sw_window_close_request (GtkWindow *window)
{
  SwWindow *self = SW_WINDOW (window);

  if (!self->closing)
    {
      leave (self, close_now);
      return GDK_EVENT_STOP;
    }
  save_geometry (self);
  sw_window_set_session (self, NULL);
  return GTK_WINDOW_CLASS (sw_window_parent_class)->close_request (window);
}

/* }}} */

/* {{{ Pages */

static void
set_enabled (SwWindow *self, const char *name, gboolean enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

static void
update_actions (SwWindow *self)
{
  gboolean can_create = FALSE;

  if (self->page != NULL)
    g_object_get (self->page, "can-create", &can_create, NULL);
  set_enabled (self, "new", can_create);
  set_enabled (self, "save", self->page != NULL && sw_page_get_unsaved (self->page));
  set_enabled (self, "search", self->page != NULL);
  set_enabled (self, "refresh", self->page != NULL);
  set_enabled (self, "search-anything", self->session != NULL);
  set_enabled (self, "log-out", self->session != NULL);
}

static SwPage *
ensure_page (SwWindow *self, const SwPageEntry *entry)
{
  GtkWidget *page = gtk_stack_get_child_by_name (GTK_STACK (self->pages), entry->name);

  if (page == NULL)
    {
      page = g_object_new (entry->get_type (), "session", self->session, NULL);
      g_signal_connect_swapped (page, "notify::unsaved", G_CALLBACK (update_actions), self);
      g_signal_connect_swapped (page, "notify::can-create", G_CALLBACK (update_actions), self);
      gtk_stack_add_named (GTK_STACK (self->pages), page, entry->name);
    }
  return SW_PAGE (page);
}

static void
show_entry (SwWindow *self, const SwPageEntry *entry)
{
  self->page = ensure_page (self, entry);
  gtk_stack_set_visible_child (GTK_STACK (self->pages), GTK_WIDGET (self->page));
  sw_sidebar_select (self->sidebar, entry->name);
  sw_split_view_set_show_content (SW_SPLIT_VIEW (self->split), TRUE);
  update_actions (self);
}

gboolean
sw_window_show_page (SwWindow *self, const char *name)
{
  g_return_val_if_fail (SW_IS_WINDOW (self), FALSE);

  if (self->session == NULL)
    return FALSE;
  for (const SwPageEntry *entry = sw_page_registry_get (); entry->name != NULL; entry++)
    if (g_strcmp0 (entry->name, name) == 0)
      {
        show_entry (self, entry);
        return TRUE;
      }
  return FALSE;
}

gboolean
sw_window_open (SwWindow *self, const char *entity, gint64 id)
{
  const SwPageEntry *entry;

  g_return_val_if_fail (SW_IS_WINDOW (self), FALSE);

  entry = sw_page_registry_find_entity (entity);
  if (self->session == NULL || entry == NULL || !sw_page_entry_is_for (entry, self->session))
    return FALSE;
  show_entry (self, entry);
  sw_page_open_record (self->page, entity, id);
  return TRUE;
}

/* The page files are dropped for, if this person has it. */
static const SwPageEntry *
file_entry (SwWindow *self)
{
  const SwPageEntry *entry = sw_page_registry_find_entity ("file");

  return self->session != NULL && entry != NULL && sw_page_entry_is_for (entry, self->session) ? entry : NULL;
}

static gboolean
on_file_dropped (GtkDropTarget *drop, const GValue *value, double x, double y, SwWindow *self)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));
  const SwPageEntry *entry = file_entry (self);

  if (files == NULL || entry == NULL)
    return FALSE;
  show_entry (self, entry);
  sw_page_open_file (self->page, files->data);
  if (files->next != NULL)
    sw_toast (GTK_WIDGET (self->sidebar), _ ("One file at a time: the others were left alone"));
  return TRUE;
}

const char *
sw_window_get_page_name (SwWindow *self)
{
  g_return_val_if_fail (SW_IS_WINDOW (self), NULL);
  return gtk_stack_get_visible_child_name (GTK_STACK (self->pages));
}

static void
remove_pages (SwWindow *self)
{
  GtkWidget *child;

  self->page = NULL;
  while ((child = gtk_widget_get_first_child (self->pages)) != NULL)
    {
      g_signal_handlers_disconnect_by_data (child, self);
      gtk_stack_remove (GTK_STACK (self->pages), child);
    }
}

/* The page the person wants first, or the first one there is. */
static void
show_first_page (SwWindow *self)
{
  GSettings *settings = sw_settings_get ();
  g_autofree char *wanted
      = settings != NULL ? g_settings_get_string (settings, "first-page") : g_strdup ("");
  const char *first = sw_sidebar_get_name (self->sidebar, 0);

  for (guint i = 0; sw_sidebar_get_name (self->sidebar, i) != NULL; i++)
    if (g_str_equal (sw_sidebar_get_name (self->sidebar, i), wanted))
      first = wanted;
  if (first != NULL)
    sw_window_show_page (self, first);
}

/* }}} */

/* {{{ Session */

static void
show_banner (SwWindow *self, gboolean shown)
{
  if (shown)
    gtk_widget_set_visible (self->banner, TRUE);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->banner), shown);
}

/* Folded away, it must not be read aloud either. */
static void
on_banner_revealed (GtkRevealer *banner)
{
  if (!gtk_revealer_get_child_revealed (banner) && !gtk_revealer_get_reveal_child (banner))
    gtk_widget_set_visible (GTK_WIDGET (banner), FALSE);
}

static void
on_state_changed (SwWindow *self)
{
  show_banner (self, sw_session_get_state (self->session) == SW_SESSION_LOST);
}

/* Which of several hosts answered: at the login, and when another one takes over. */
static void
tell_host (SwWindow *self)
{
  const char *host = sw_session_get_host (self->session);
  g_autofree char *text = NULL;

  if (host == NULL || !sw_server_has_several_hosts (sw_session_get_server (self->session)))
    return;
  text = g_strdup_printf (_ ("Connected to %s"), host);
  sw_toast (GTK_WIDGET (self->sidebar), text);
}

static void
on_today_changed (SwWindow *self)
{
  sw_date_row_set_today (sw_session_get_today (self->session));
}

static void
on_reconnect_clicked (SwWindow *self)
{
  if (self->session != NULL)
    sw_session_reconnect_now (self->session);
}

static void
update_title (SwWindow *self)
{
  const char *company = sw_session_get_company_name (self->session);
  g_autofree char *title
      = company != NULL ? g_strdup_printf ("%s – Softwhere", company) : g_strdup ("Softwhere");

  gtk_window_set_title (GTK_WINDOW (self), title);
  sw_pane_set_title (self->sidebar_pane, "Softwhere", company);
}

/* The program died while something was typed: back to it, where it is offered again. */
static void
on_drafts_ready (SwWindow *self, SwDrafts *drafts)
{
  JsonObject *draft = sw_drafts_get_latest_left (drafts);
  const char *entity
      = draft != NULL ? json_object_get_string_member_with_default (draft, "entity", "") : "";

  if (draft != NULL && self->page != NULL && !sw_page_get_unsaved (self->page))
    sw_window_open (self, entity, json_object_get_int_member_with_default (draft, "id", 0));
}

void
sw_window_set_session (SwWindow *self, SwSession *session)
{
  g_return_if_fail (SW_IS_WINDOW (self));

  if (self->session == session)
    return;
  if (self->session != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->session, self);
      remove_pages (self);
      sw_sidebar_set_session (self->sidebar, NULL);
      sw_session_close (self->session);
    }
  g_set_object (&self->session, session);
  show_banner (self, FALSE);
  if (session != NULL)
    {
      g_signal_connect_object (session,
                               "notify::state",
                               G_CALLBACK (on_state_changed),
                               self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session,
                               "notify::today",
                               G_CALLBACK (on_today_changed),
                               self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session,
                               "notify::host",
                               G_CALLBACK (tell_host),
                               self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (session,
                               "notify::company-name",
                               G_CALLBACK (update_title),
                               self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (sw_drafts_for_session (session),
                               "ready",
                               G_CALLBACK (on_drafts_ready),
                               self,
                               G_CONNECT_SWAPPED);
      on_today_changed (self);
      sw_sidebar_set_session (self->sidebar, session);
      update_title (self);
      show_first_page (self);
      tell_host (self);
    }
  else
    {
      gtk_window_set_title (GTK_WINDOW (self), "Softwhere");
      sw_login_reset (self->login);
    }
  gtk_event_controller_set_propagation_phase (self->drop, file_entry (self) != NULL ? GTK_PHASE_BUBBLE : GTK_PHASE_NONE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), session != NULL ? "main" : "login");
  update_actions (self);
}

SwSession *
sw_window_get_session (SwWindow *self)
{
  g_return_val_if_fail (SW_IS_WINDOW (self), NULL);
  return self->session;
}

/* }}} */

/* {{{ Actions */

static void
activate_open (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  const char *entity;
  gint64 id;

  g_variant_get (parameter, "(&sx)", &entity, &id);
  sw_window_open (data, entity, id);
}

static void
activate_page (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_window_show_page (data, g_variant_get_string (parameter, NULL));
}

static void
activate_page_number (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SwWindow *self = data;
  const char *name
      = sw_sidebar_get_name (self->sidebar, (guint) g_variant_get_int32 (parameter) - 1);

  if (name != NULL)
    sw_window_show_page (self, name);
}

static void
activate_new (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_page_create (SW_WINDOW (data)->page);
}

static void
activate_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_page_save (SW_WINDOW (data)->page);
}

static void
activate_search (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SwWindow *self = data;

  sw_split_view_set_show_content (SW_SPLIT_VIEW (self->split), TRUE);
  sw_page_search (self->page);
}

static void
activate_search_anything (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_search_present (data, SW_WINDOW (data)->session, g_variant_get_string (parameter, NULL));
}

static void
activate_refresh (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_page_refresh (SW_WINDOW (data)->page);
}

static void
activate_back (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SwWindow *self = data;

  if (self->page != NULL)
    sw_page_back (self->page);
}

static void
activate_show_sidebar (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_split_view_set_show_content (SW_SPLIT_VIEW (SW_WINDOW (data)->split), FALSE);
}

static void
activate_log_out (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  leave (data, log_out_now);
}

static const GActionEntry actions[] = {
  { .name = "open", .activate = activate_open, .parameter_type = "(sx)" },
  { .name = "page", .activate = activate_page, .parameter_type = "s" },
  { .name = "page-number", .activate = activate_page_number, .parameter_type = "i" },
  { .name = "new", .activate = activate_new },
  { .name = "save", .activate = activate_save },
  { .name = "search", .activate = activate_search },
  { .name = "search-anything", .activate = activate_search_anything, .parameter_type = "s" },
  { .name = "refresh", .activate = activate_refresh },
  { .name = "back", .activate = activate_back },
  { .name = "show-sidebar", .activate = activate_show_sidebar },
  { .name = "log-out", .activate = activate_log_out },
};

/* }}} */

/* {{{ Widgets */

static GtkWidget *
create_menu_button (void)
{
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenu) person = g_menu_new ();
  g_autoptr (GMenu) program = g_menu_new ();
  GtkWidget *button = gtk_menu_button_new ();

  g_menu_append (person, _ ("_Log Out"), "win.log-out");
  g_menu_append (program, _ ("_Preferences"), "app.preferences");
  g_menu_append (program, _ ("_Keyboard Shortcuts"), "win.show-help-overlay");
  g_menu_append (program, _ ("_About Softwhere"), "app.about");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (person));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (program));
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "open-menu-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), G_MENU_MODEL (menu));
  gtk_menu_button_set_primary (GTK_MENU_BUTTON (button), TRUE);
  gtk_widget_set_tooltip_text (button, _ ("Main menu"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Main menu"),
                                  -1);
  return button;
}

static GtkWidget *
create_search_button (void)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *label = gtk_label_new (_ ("Search…"));
  GtkWidget *keys = gtk_label_new (_ ("Ctrl K"));

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (keys, "keys");
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("edit-find-symbolic"));
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), keys);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), "win.search-anything('')");
  gtk_widget_add_css_class (button, "sidebar-search");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search anything"),
                                  -1);
  return button;
}

static GtkWidget *
create_banner (SwWindow *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *button = sw_button_new (_ ("_Reconnect"));

  self->banner_text = gtk_label_new (
      _ ("The connection is lost. Your work is kept, and it will come back by itself."));
  gtk_label_set_wrap (GTK_LABEL (self->banner_text), TRUE);
  gtk_label_set_xalign (GTK_LABEL (self->banner_text), 0);
  gtk_widget_set_hexpand (self->banner_text, TRUE);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("network-offline-symbolic"));
  gtk_box_append (GTK_BOX (box), self->banner_text);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_reconnect_clicked), self);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "banner");
  gtk_revealer_set_child (GTK_REVEALER (revealer), box);
  gtk_widget_set_visible (revealer, FALSE);
  g_signal_connect (revealer, "notify::child-revealed", G_CALLBACK (on_banner_revealed), NULL);
  return revealer;
}

static GtkWidget *
create_main (SwWindow *self)
{
  GtkWidget *sidebar_box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->sidebar_pane = SW_PANE (sw_pane_new ("Softwhere"));
  sw_pane_pack_end (self->sidebar_pane, create_menu_button ());
  self->sidebar = SW_SIDEBAR (sw_sidebar_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->sidebar), TRUE);
  gtk_box_append (GTK_BOX (sidebar_box), create_search_button ());
  gtk_box_append (GTK_BOX (sidebar_box), GTK_WIDGET (self->sidebar));
  sw_pane_set_body (self->sidebar_pane, sidebar_box);
  gtk_widget_add_css_class (GTK_WIDGET (self->sidebar_pane), "sidebar-pane");
  g_signal_connect_swapped (self->sidebar, "chosen", G_CALLBACK (sw_window_show_page), self);

  self->pages = gtk_stack_new ();
  gtk_stack_set_hhomogeneous (GTK_STACK (self->pages), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->pages), FALSE);
  self->split = sw_split_view_new ();
  sw_split_view_set_widths (SW_SPLIT_VIEW (self->split), SIDEBAR_WIDTH, -1);
  sw_split_view_set_fold_below (SW_SPLIT_VIEW (self->split), FOLD_BELOW);
  sw_split_view_set_sidebar (SW_SPLIT_VIEW (self->split), TRUE);
  sw_split_view_set_start (SW_SPLIT_VIEW (self->split), GTK_WIDGET (self->sidebar_pane));
  sw_split_view_set_content (SW_SPLIT_VIEW (self->split), self->pages);
  gtk_widget_set_vexpand (self->split, TRUE);
  self->drop = GTK_EVENT_CONTROLLER (gtk_drop_target_new (GDK_TYPE_FILE_LIST, GDK_ACTION_COPY));
  gtk_event_controller_set_propagation_phase (self->drop, GTK_PHASE_NONE);
  g_signal_connect (self->drop, "drop", G_CALLBACK (on_file_dropped), self);
  gtk_widget_add_css_class (self->split, "takes-files");
  gtk_widget_add_controller (self->split, self->drop);
  return self->split;
}

static void
restore_geometry (SwWindow *self)
{
  GSettings *settings = sw_settings_get ();
  int width = 1360;
  int height = 840;

  if (settings != NULL)
    {
      g_settings_get (settings, "window-size", "(ii)", &width, &height);
      if (g_settings_get_boolean (settings, "maximized"))
        gtk_window_maximize (GTK_WINDOW (self));
    }
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
}

/* }}} */

static void
sw_window_dispose (GObject *object)
{
  SwWindow *self = SW_WINDOW (object);

  g_clear_pointer (&self->to_ask, g_ptr_array_unref);
  if (self->session != NULL)
    sw_window_set_session (self, NULL);
  G_OBJECT_CLASS (sw_window_parent_class)->dispose (object);
}

static void
sw_window_class_init (SwWindowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = sw_window_close_request;
}

static void
sw_window_init (SwWindow *self)
{
  GtkWidget *toasts = adw_toast_overlay_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  self->login = SW_LOGIN (sw_login_new ());
  g_signal_connect_swapped (self->login, "opened", G_CALLBACK (sw_window_set_session), self);
  self->stack = gtk_stack_new ();
  /* What is not shown need not be measured. */
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->login), "login");
  gtk_stack_add_named (GTK_STACK (self->stack), create_main (self), "main");
  gtk_stack_set_transition_type (GTK_STACK (self->stack), GTK_STACK_TRANSITION_TYPE_CROSSFADE);

  self->banner = create_banner (self);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_box_append (GTK_BOX (box), self->banner);
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (toasts), box);
  adw_application_window_set_content (ADW_APPLICATION_WINDOW (self), toasts);
  gtk_window_set_title (GTK_WINDOW (self), "Softwhere");
  gtk_window_set_icon_name (GTK_WINDOW (self), APPLICATION_ID);
  gtk_widget_set_size_request (GTK_WIDGET (self), 360, 300);
  restore_geometry (self);
  update_actions (self);
}

GtkWidget *
sw_window_new (AdwApplication *application)
{
  return g_object_new (SW_TYPE_WINDOW, "application", application, NULL);
}

SwLogin *
sw_window_get_login (SwWindow *self)
{
  g_return_val_if_fail (SW_IS_WINDOW (self), NULL);
  return self->login;
}

void
sw_window_quit (SwWindow *self)
{
  g_return_if_fail (SW_IS_WINDOW (self));
  leave (self, close_now);
}
