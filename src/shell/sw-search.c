/* sw-search.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-search.h"

#include <glib/gi18n.h>
#include "model/sw-call.h"
#include "model/sw-rule-messages.h"
#include "shell/sw-search-hit.h"

#define WIDTH 560 /* pixels */
#define HEIGHT 520
#define TYPING_DELAY 120 /* ms without a key before the server is asked */

struct _SwSearch
{
  AdwWindow parent_instance;

  GtkWidget *entry;
  GtkWidget *heading;
  GtkWidget *list;
  GtkWidget *stack; /* hits, status */
  GtkWidget *status;
  GtkWidget *retry;
  GtkWidget *spinner;
  SwSession *session;
  GCancellable *cancellable; /* of the query on its way, NULL when there is none */
  gboolean stale;            /* the list is not about the text: a query is due or on its way */
  gboolean open_first;       /* Enter came before the answer */
};

G_DEFINE_FINAL_TYPE (SwSearch, sw_search, ADW_TYPE_WINDOW)

static const char *
typed_text (SwSearch *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* {{{ Hits */

static SwRecord *
hit_of (GtkListBoxRow *row)
{
  return g_object_get_data (G_OBJECT (row), "sw-hit");
}

static void
open_hit (SwSearch *self, GtkListBoxRow *row)
{
  g_autoptr (GtkWindow) parent = NULL;
  g_autoptr (SwRecord) hit = NULL;

  g_set_object (&parent, gtk_window_get_transient_for (GTK_WINDOW (self)));
  g_set_object (&hit, hit_of (row));
  gtk_window_close (GTK_WINDOW (self));
  if (parent != NULL)
    gtk_widget_activate_action (GTK_WIDGET (parent),
                                "win.open",
                                "(sx)",
                                sw_record_get_text (hit, "page"),
                                sw_record_get_int (hit, "record_id"));
}

static GtkWidget *
create_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
create_row (SwRecord *hit)
{
  const char *title = sw_search_hit_get_title (hit);
  const char *kind = sw_choice_label (sw_search_kinds, sw_record_get_text (hit, "entity"));
  g_autofree char *detail = sw_search_hit_get_detail (hit);
  g_autofree char *spoken = g_strdup_printf ("%s, %s, %s", title, kind, detail);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *badge = gtk_label_new (kind);
  GtkWidget *second = create_label (detail, "caption");

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (sw_search_hit_get_icon_name (hit)));
  gtk_box_append (GTK_BOX (words), create_label (title, NULL));
  gtk_widget_add_css_class (second, "dim-label");
  gtk_widget_add_css_class (second, "numeric");
  gtk_box_append (GTK_BOX (words), second);
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (box), words);
  gtk_widget_add_css_class (badge, "caption");
  gtk_widget_add_css_class (badge, "dim-label");
  gtk_box_append (GTK_BOX (box), badge);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (row), "sw-hit", g_object_ref (hit), g_object_unref);
  return row;
}

/* The entry keeps the focus: who listens to it must hear of the row. */
static void
on_row_selected (SwSearch *self, GtkListBoxRow *row)
{
  if (row != NULL)
    gtk_accessible_update_relation (GTK_ACCESSIBLE (self->entry),
                                    GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT,
                                    row,
                                    -1);
  else
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->entry),
                                   GTK_ACCESSIBLE_RELATION_ACTIVE_DESCENDANT);
}

static void
clear_hits (SwSearch *self)
{
  GtkListBoxRow *row;

  gtk_list_box_unselect_all (GTK_LIST_BOX (self->list));
  while ((row = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0)) != NULL)
    gtk_list_box_remove (GTK_LIST_BOX (self->list), GTK_WIDGET (row));
}

/* }}} */

/* {{{ Asking */

static void
show_status (SwSearch *self, const char *icon_name, const char *title, const char *description, gboolean retry)
{
  g_autofree char *escaped = description != NULL ? g_markup_escape_text (description, -1) : NULL;

  adw_status_page_set_icon_name (ADW_STATUS_PAGE (self->status), icon_name);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->status), title);
  adw_status_page_set_description (ADW_STATUS_PAGE (self->status), escaped);
  gtk_widget_set_visible (self->retry, retry);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "status");
}

static void
show_hits (SwSearch *self, GListModel *hits)
{
  guint n = g_list_model_get_n_items (hits);
  gboolean recent = *typed_text (self) == '\0';

  clear_hits (self);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (SwRecord) hit = g_list_model_get_item (hits, i);

      gtk_list_box_append (GTK_LIST_BOX (self->list), create_row (hit));
    }
  if (n == 0 && recent)
    show_status (self,
                 "edit-find-symbolic",
                 _ ("Search Anything"),
                 _ ("A name, even mistyped; a phone in any form; a SIRET, the number of a contract or an "
                    "invoice, the end of an IBAN."),
                 FALSE);
  else if (n == 0)
    show_status (self,
                 "edit-find-symbolic",
                 _ ("Nothing Found"),
                 _ ("Try fewer words, or the beginning of a number."),
                 FALSE);
  else
    {
      gtk_widget_set_visible (self->heading, recent);
      gtk_list_box_select_row (GTK_LIST_BOX (self->list),
                               gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
      gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "hits");
      if (self->open_first)
        open_hit (self, gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), 0));
    }
}

static void
on_hits (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwSearch) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) hits = sw_call_run_finish_rows (result, &error);

  /* Cancelled: the person typed on, or closed; another answer comes or none is wanted. */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;
  g_clear_object (&self->cancellable);
  gtk_spinner_stop (GTK_SPINNER (self->spinner));
  self->stale = FALSE;
  if (hits != NULL)
    show_hits (self, hits);
  else
    {
      g_autofree char *message = sw_rule_message (error);

      show_status (self, "network-error-symbolic", _ ("The Search Failed"), message, TRUE);
    }
  self->open_first = FALSE;
}

static void
search (SwSearch *self)
{
  g_autoptr (SwCall) call = sw_call_new ("search");

  if (self->session == NULL)
    return;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  self->stale = TRUE;
  gtk_spinner_start (GTK_SPINNER (self->spinner));
  sw_call_add_text (call, "p_text", typed_text (self));
  sw_call_run_async (call, self->session, self->cancellable, on_hits, g_object_ref (self));
}

/* }}} */

/* {{{ Keys */

static void
on_typed (SwSearch *self)
{
  self->stale = TRUE;
  self->open_first = FALSE;
}

static void
on_activate (SwSearch *self)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));

  if (self->stale)
    {
      self->open_first = TRUE;
      if (self->cancellable == NULL)
        search (self);
    }
  else if (row != NULL)
    open_hit (self, row);
}

static void
move_selection (SwSearch *self, int step)
{
  GtkListBoxRow *row = gtk_list_box_get_selected_row (GTK_LIST_BOX (self->list));
  int index = row != NULL ? gtk_list_box_row_get_index (row) + step : 0;
  GtkListBoxRow *next = NULL;

  /* Further than the last is the last. */
  for (index = MAX (index, 0); next == NULL && index >= 0; index--)
    next = gtk_list_box_get_row_at_index (GTK_LIST_BOX (self->list), index);
  if (next == NULL)
    return;
  gtk_list_box_select_row (GTK_LIST_BOX (self->list), next);
  /* Scrolls to it; the entry keeps what is typed. */
  gtk_widget_grab_focus (GTK_WIDGET (next));
  gtk_widget_grab_focus (self->entry);
  gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
}

static gboolean
on_key (SwSearch *self, guint key, guint code, GdkModifierType state)
{
  switch (key)
    {
    case GDK_KEY_Down:
    case GDK_KEY_KP_Down:
      move_selection (self, 1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Up:
    case GDK_KEY_KP_Up:
      move_selection (self, -1);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Down:
      move_selection (self, 6);
      return GDK_EVENT_STOP;
    case GDK_KEY_Page_Up:
      move_selection (self, -6);
      return GDK_EVENT_STOP;
    case GDK_KEY_Escape:
      gtk_window_close (GTK_WINDOW (self));
      return GDK_EVENT_STOP;
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* }}} */

static void
sw_search_dispose (GObject *object)
{
  SwSearch *self = SW_SEARCH (object);

  /* The list unselects as it goes, after the entry. */
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  self->list = NULL;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (sw_search_parent_class)->dispose (object);
}

static gboolean
sw_search_close_request (GtkWindow *window)
{
  SwSearch *self = SW_SEARCH (window);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);
  return GTK_WINDOW_CLASS (sw_search_parent_class)->close_request (window);
}

static void
sw_search_class_init (SwSearchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_search_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = sw_search_close_request;
}

static GtkWidget *
create_hits (SwSearch *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *scroller = gtk_scrolled_window_new ();

  self->heading = create_label (_ ("Opened lately"), "heading");
  gtk_widget_add_css_class (self->heading, "search-heading");
  self->list = gtk_list_box_new ();
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (self->list), GTK_SELECTION_BROWSE);
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_widget_add_css_class (self->list, "search-hits");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Records found"),
                                  -1);
  g_signal_connect_swapped (self->list, "row-selected", G_CALLBACK (on_row_selected), self);
  g_signal_connect_swapped (self->list, "row-activated", G_CALLBACK (open_hit), self);
  gtk_box_append (GTK_BOX (box), self->heading);
  gtk_box_append (GTK_BOX (box), self->list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), box);
  return scroller;
}

static GtkWidget *
create_field (SwSearch *self)
{
  GtkWidget *field = gtk_overlay_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->entry = gtk_search_entry_new ();
  gtk_search_entry_set_search_delay (GTK_SEARCH_ENTRY (self->entry), TYPING_DELAY);
  g_object_set (self->entry, "placeholder-text", _ ("Name, phone, number, IBAN…"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Search anything"),
                                  -1);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_typed), self);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (search), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (on_activate), self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_overlay_set_child (GTK_OVERLAY (field), self->entry);
  self->spinner = gtk_spinner_new ();
  /* Beside the icon that clears. */
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_END);
  gtk_widget_set_margin_end (self->spinner, 36);
  gtk_widget_set_can_target (self->spinner, FALSE);
  gtk_overlay_add_overlay (GTK_OVERLAY (field), self->spinner);
  gtk_widget_add_css_class (field, "search-field");
  return field;
}

static void
sw_search_init (SwSearch *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->status = adw_status_page_new ();
  gtk_widget_add_css_class (self->status, "compact");
  self->retry = gtk_button_new_with_label (_ ("Try Again"));
  gtk_widget_set_halign (self->retry, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (self->retry, "pill");
  g_signal_connect_swapped (self->retry, "clicked", G_CALLBACK (search), self);
  adw_status_page_set_child (ADW_STATUS_PAGE (self->status), self->retry);
  gtk_widget_set_visible (self->retry, FALSE);

  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), create_hits (self), "hits");
  gtk_stack_add_named (GTK_STACK (self->stack), self->status, "status");
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (box), create_field (self));
  gtk_box_append (GTK_BOX (box), gtk_separator_new (GTK_ORIENTATION_HORIZONTAL));
  gtk_box_append (GTK_BOX (box), self->stack);
  gtk_widget_set_visible (self->heading, FALSE);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_title (GTK_WINDOW (self), _ ("Search anything"));
}

void
sw_search_present (GtkWindow *parent, SwSession *session, const char *text)
{
  SwSearch *self;
  int width = gtk_widget_get_width (GTK_WIDGET (parent));
  int height = gtk_widget_get_height (GTK_WIDGET (parent));

  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (SW_IS_SESSION (session));

  self = g_object_new (SW_TYPE_SEARCH, "transient-for", parent, "modal", TRUE, NULL);
  g_set_object (&self->session, session);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               width > 0 ? MIN (WIDTH, MAX (300, width - 24)) : WIDTH,
                               height > 0 ? MIN (HEIGHT, MAX (240, height - 48)) : HEIGHT);
  if (text != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_window_present (GTK_WINDOW (self));
  gtk_widget_grab_focus (self->entry);
  search (self);
}
