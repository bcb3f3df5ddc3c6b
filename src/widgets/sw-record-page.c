/* sw-record-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-record-page-private.h"

#include <glib/gi18n.h>
#include "base/sw-money.h"
#include "model/sw-change-feed.h"

/* Walking through the list with the arrow keys opens a record after this pause. */
#define SELECT_DELAY 150 /* ms */

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SwRecordPage, sw_record_page, SW_TYPE_PAGE)

SwRecordPagePrivate *
sw_record_page_private (SwRecordPage *self)
{
  return sw_record_page_get_instance_private (self);
}

/* {{{ Header bars */

static void
update_subtitle (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);
  g_autofree char *total = g_strdup_printf ("%u", sw_table_get_total (priv->table));
  g_autofree char *number
      = sw_table_is_counted (priv->table) ? sw_money_format_number (total, 0) : g_strdup ("…");
  const char *filter = sw_table_get_filter_name (priv->table);
  g_autofree char *text = g_strjoin (" · ", number, filter, NULL);

  g_object_set (priv->list_pane, "subtitle", text, NULL);
}

void
sw_record_page_update (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);
  gboolean changed = priv->form != NULL && sw_form_is_changed (priv->form);
  SwRecordBarState state = SW_RECORD_BAR_NOTHING;

  if (priv->running > 0 || (priv->form != NULL && sw_form_is_saving (priv->form)))
    state = SW_RECORD_BAR_BUSY;
  else if (changed)
    state = SW_RECORD_BAR_CHANGED;
  else if (priv->is_new)
    state = SW_RECORD_BAR_NEW;
  else if (priv->record != NULL)
    state = SW_RECORD_BAR_RECORD;
  sw_record_bar_set_state (sw_record_pane_get_bar (priv->pane), state);
  sw_record_pane_set_alone (priv->pane, sw_split_view_get_folded (split_of (self)));
  sw_record_pane_set_presence (priv->pane, priv->record != NULL ? priv->id : 0, changed);
  sw_page_set_unsaved (SW_PAGE (self), changed);
}

static void
on_revert_clicked (SwRecordPage *self)
{
  sw_form_revert (PRIVATE (self)->form);
}

static void
on_form_changed (SwRecordPage *self)
{
  sw_record_page_update (self);
  sw_record_page_update_draft (self);
}

static void
on_primary_clicked (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  if (priv->primary_callback != NULL)
    priv->primary_callback (self, priv->primary_data);
}

/* }}} */

/* {{{ SwPage */

static gboolean
may_create (SwRecordPage *self)
{
  return info_of (self)->new_label != NULL && sw_record_page_may_save (self);
}

static void
sw_record_page_open_record (SwPage *page, const char *entity, gint64 id)
{
  if (id != 0)
    sw_record_page_open (SW_RECORD_PAGE (page), id);
  else if (may_create (SW_RECORD_PAGE (page)))
    sw_record_page_open_new (SW_RECORD_PAGE (page));
}

static void
sw_record_page_refresh (SwPage *page)
{
  SwRecordPage *self = SW_RECORD_PAGE (page);

  sw_table_reload (PRIVATE (self)->table);
  sw_record_page_read (self);
}

static void
sw_record_page_create (SwPage *page)
{
  sw_record_page_open_new (SW_RECORD_PAGE (page));
}

static void
sw_record_page_search (SwPage *page)
{
  SwRecordPage *self = SW_RECORD_PAGE (page);

  if (sw_split_view_get_folded (split_of (self)))
    sw_split_view_set_show_content (split_of (self), FALSE);
  sw_table_focus_search (PRIVATE (self)->table);
}

static gboolean
sw_record_page_back (SwPage *page)
{
  SwRecordPage *self = SW_RECORD_PAGE (page);

  if (!sw_split_view_get_show_content (split_of (self)))
    return FALSE;
  sw_record_page_close (self);
  return TRUE;
}

static void
can_close_yes (SwRecordPage *self, gint64 id)
{
  g_autoptr (GTask) task = g_object_steal_data (G_OBJECT (self), "sw-can-close");

  g_task_return_boolean (task, TRUE);
}

static void
can_close_no (SwRecordPage *self, gint64 id)
{
  g_autoptr (GTask) task = g_object_steal_data (G_OBJECT (self), "sw-can-close");

  g_task_return_boolean (task, FALSE);
}

static void
sw_record_page_can_close_async (SwPage *page,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = g_task_new (page, cancellable, callback, user_data);

  g_object_set_data (G_OBJECT (page), "sw-can-close", task);
  sw_record_page_leave (SW_RECORD_PAGE (page), can_close_yes, can_close_no, 0);
}

static gboolean
sw_record_page_can_close_finish (SwPage *page, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}

/* }}} */

static void
on_activated (SwRecordPage *self, gint64 id)
{
  sw_record_page_open (self, id);
}

static gboolean
on_select_due (gpointer data)
{
  SwRecordPage *self = data;

  PRIVATE (self)->select_source = 0;
  sw_record_page_open (self, sw_table_get_selected (PRIVATE (self)->table));
  return G_SOURCE_REMOVE;
}

static void
on_selected (SwRecordPage *self, gint64 id)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  g_clear_handle_id (&priv->select_source, g_source_remove);
  if (!sw_split_view_get_folded (split_of (self)) && sw_split_view_get_show_content (split_of (self)))
    priv->select_source = g_timeout_add (SELECT_DELAY, on_select_due, self);
}

static void
on_changed_elsewhere (SwChangeFeed *feed, gint64 id, gpointer data)
{
  SwRecordPagePrivate *priv = PRIVATE (SW_RECORD_PAGE (data));

  if (priv->id != 0 && (id == 0 || id == priv->id))
    sw_record_page_read (data);
}

static GtkWidget *
create_list_pane (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);
  const SwRecordPageInfo *info = info_of (self);

  priv->list_pane = SW_PANE (sw_pane_new (_ (info->title)));
  priv->table = SW_TABLE (sw_table_new (info->columns));
  sw_table_set_placeholder (priv->table, _ (info->search));
  sw_table_set_filters (priv->table, info->filters);
  sw_table_set_bulk_actions (priv->table, info->bulk_actions, self);
  sw_table_set_sort (priv->table, info->sort, info->descending);
  sw_table_set_empty (priv->table,
                      info->icon_name,
                      _ (info->empty_title),
                      info->empty_text != NULL ? _ (info->empty_text) : NULL,
                      may_create (self) ? _ (info->new_label) : NULL,
                      "win.new");
  g_signal_connect_swapped (priv->table, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (priv->table, "selected", G_CALLBACK (on_selected), self);
  g_signal_connect_swapped (priv->table, "notify::total", G_CALLBACK (update_subtitle), self);
  g_signal_connect_swapped (priv->table, "notify::filter-name", G_CALLBACK (update_subtitle), self);
  if (may_create (self))
    sw_pane_pack_start (priv->list_pane,
                        sw_pane_icon_button ("list-add-symbolic", _ (info->new_label), "win.new"));
  sw_pane_pack_end (priv->list_pane, sw_table_create_menu_button (priv->table, _ (info->title)));
  sw_pane_set_body (priv->list_pane, GTK_WIDGET (priv->table));
  return GTK_WIDGET (priv->list_pane);
}

static GtkWidget *
create_record_pane (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);
  SwRecordBar *bar;

  priv->pane = SW_RECORD_PANE (sw_record_pane_new ());
  g_signal_connect_swapped (priv->pane, "retry", G_CALLBACK (sw_record_page_read), self);
  bar = sw_record_pane_get_bar (priv->pane);
  g_signal_connect_swapped (bar, "primary", G_CALLBACK (on_primary_clicked), self);
  g_signal_connect_swapped (bar, "revert", G_CALLBACK (on_revert_clicked), self);
  g_signal_connect_swapped (bar, "cancel", G_CALLBACK (sw_record_page_cancel), self);
  priv->draft_bar = sw_draft_bar_new ();
  g_signal_connect_swapped (priv->draft_bar,
                            "restore",
                            G_CALLBACK (sw_record_page_restore_draft),
                            self);
  g_signal_connect_swapped (priv->draft_bar,
                            "discard",
                            G_CALLBACK (sw_record_page_discard_draft),
                            self);
  sw_pane_add_top (sw_record_pane_get_pane (priv->pane), priv->draft_bar);
  return GTK_WIDGET (priv->pane);
}

static void
watch_session (SwRecordPage *self, SwSession *session)
{
  g_autofree char *detailed = g_strconcat ("changed::", info_of (self)->entity, NULL);

  g_signal_connect_object (sw_session_get_change_feed (session),
                           detailed,
                           G_CALLBACK (on_changed_elsewhere),
                           self,
                           0);
  g_signal_connect_object (session,
                           "restored",
                           G_CALLBACK (sw_record_page_read),
                           self,
                           G_CONNECT_SWAPPED);
  sw_record_pane_watch_presence (PRIVATE (self)->pane, session, info_of (self)->entity);
  PRIVATE (self)->drafts = sw_drafts_for_session (session);
  g_signal_connect_object (PRIVATE (self)->drafts,
                           "ready",
                           G_CALLBACK (sw_record_page_offer_draft),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
sw_record_page_constructed (GObject *object)
{
  SwRecordPage *self = SW_RECORD_PAGE (object);
  SwRecordPagePrivate *priv = PRIVATE (self);
  SwRecordPageClass *klass = SW_RECORD_PAGE_GET_CLASS (self);
  const SwRecordPageInfo *info = klass->choose_info != NULL ? klass->choose_info (self) : klass->info;
  SwSession *session = sw_page_get_session (SW_PAGE (self));
  int list_width = info->list_width != 0 ? info->list_width : -1;
  int record_width = info->record_width != 0 ? info->record_width : -1;

  G_OBJECT_CLASS (sw_record_page_parent_class)->constructed (object);
  priv->info = info;
  priv->split = sw_split_view_new ();
  sw_split_view_set_widths (split_of (self),
                            list_width,
                            list_width < 0 && record_width < 0 ? 440 : record_width);
  sw_split_view_set_start (split_of (self), create_list_pane (self));
  sw_split_view_set_content (split_of (self), create_record_pane (self));
  g_signal_connect_swapped (priv->split,
                            "layout-changed",
                            G_CALLBACK (sw_record_page_update),
                            self);
  adw_bin_set_child (ADW_BIN (self), priv->split);
  g_object_set (self, "title", _ (info->title), "icon-name", info->icon_name, NULL);
  sw_page_set_can_create (SW_PAGE (self), may_create (self));

  if (session != NULL)
    {
      sw_table_set_source (priv->table,
                           session,
                           info->relation != NULL ? info->relation : info->entity,
                           info->entity);
      watch_session (self, session);
    }
}

static void
sw_record_page_dispose (GObject *object)
{
  SwRecordPage *self = SW_RECORD_PAGE (object);
  SwRecordPagePrivate *priv = PRIVATE (self);

  sw_record_page_stop_reading (self);
  g_clear_handle_id (&priv->select_source, g_source_remove);
  /* A page is left when the person has decided about what they typed, and a program that dies does
   * not get here. Of a save under way the next run asks the outcome. */
  g_clear_handle_id (&priv->draft_source, g_source_remove);
  if (priv->form == NULL || !sw_form_is_saving (priv->form))
    sw_record_page_forget_draft (self);
  g_clear_pointer (&priv->draft, g_free);
  g_cancellable_cancel (priv->working);
  g_clear_object (&priv->working);
  if (priv->form != NULL)
    {
      g_signal_handlers_disconnect_by_data (priv->form, self);
      g_signal_handlers_disconnect_by_data (sw_form_get_fields (priv->form), self);
    }
  if (priv->split != NULL)
    g_signal_handlers_disconnect_by_data (priv->split, self);
  if (priv->table != NULL)
    g_signal_handlers_disconnect_by_data (priv->table, self);
  g_clear_object (&priv->form);
  g_clear_object (&priv->record);
  priv->split = NULL;
  priv->table = NULL;
  priv->pane = NULL;
  priv->draft_bar = NULL;
  G_OBJECT_CLASS (sw_record_page_parent_class)->dispose (object);
}

static void
sw_record_page_finalize (GObject *object)
{
  g_clear_object (&PRIVATE (SW_RECORD_PAGE (object))->actions);
  G_OBJECT_CLASS (sw_record_page_parent_class)->finalize (object);
}

static void
sw_record_page_class_init (SwRecordPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SwPageClass *page_class = SW_PAGE_CLASS (klass);

  object_class->constructed = sw_record_page_constructed;
  object_class->dispose = sw_record_page_dispose;
  object_class->finalize = sw_record_page_finalize;
  page_class->open_record = sw_record_page_open_record;
  page_class->refresh = sw_record_page_refresh;
  page_class->create = sw_record_page_create;
  page_class->search = sw_record_page_search;
  page_class->save = sw_record_page_save;
  page_class->back = sw_record_page_back;
  page_class->can_close_async = sw_record_page_can_close_async;
  page_class->can_close_finish = sw_record_page_can_close_finish;
}

static void
sw_record_page_init (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  priv->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "record", G_ACTION_GROUP (priv->actions));
}

void
sw_record_page_set_form (SwRecordPage *self, SwForm *form)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  g_return_if_fail (SW_IS_RECORD_PAGE (self));
  g_return_if_fail (priv->form == NULL);

  priv->form = g_object_ref (form);
  if (!sw_record_page_may_save (self))
    sw_field_set_lock (sw_form_get_fields (form));
  g_signal_connect_swapped (form, "notify::changed", G_CALLBACK (on_form_changed), self);
  g_signal_connect_swapped (sw_form_get_fields (form),
                            "edited",
                            G_CALLBACK (sw_record_page_update_draft),
                            self);
  g_signal_connect_swapped (form, "notify::saving", G_CALLBACK (sw_record_page_update), self);
}

gboolean
sw_record_page_may_save (SwRecordPage *self)
{
  const SwRecordPageInfo *info = info_of (self);
  g_autofree char *function = NULL;

  g_return_val_if_fail (SW_IS_RECORD_PAGE (self), FALSE);

  function = info->save != NULL ? g_strdup (info->save) : g_strconcat (info->entity, "_save", NULL);
  return sw_page_may (SW_PAGE (self), function);
}

SwForm *
sw_record_page_get_form (SwRecordPage *self)
{
  g_return_val_if_fail (SW_IS_RECORD_PAGE (self), NULL);
  return PRIVATE (self)->form;
}

SwRecord *
sw_record_page_get_record (SwRecordPage *self)
{
  g_return_val_if_fail (SW_IS_RECORD_PAGE (self), NULL);
  return PRIVATE (self)->record;
}

gint64
sw_record_page_get_id (SwRecordPage *self)
{
  g_return_val_if_fail (SW_IS_RECORD_PAGE (self), 0);
  return PRIVATE (self)->id;
}

void
sw_record_page_reload (SwRecordPage *self)
{
  g_return_if_fail (SW_IS_RECORD_PAGE (self));
  sw_record_page_read (self);
}

void
sw_record_page_close (SwRecordPage *self)
{
  g_return_if_fail (SW_IS_RECORD_PAGE (self));
  sw_record_page_leave (self, sw_record_page_close_now, NULL, 0);
}

void
sw_record_page_set_title (SwRecordPage *self, const char *title, const char *subtitle)
{
  g_return_if_fail (SW_IS_RECORD_PAGE (self));
  sw_pane_set_title (sw_record_pane_get_pane (PRIVATE (self)->pane), title, subtitle);
}

void
sw_record_page_set_primary (SwRecordPage *self,
                            const char *label,
                            void (*callback) (SwRecordPage *self, gpointer data),
                            gpointer data)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  g_return_if_fail (SW_IS_RECORD_PAGE (self));

  sw_record_bar_set_primary (sw_record_pane_get_bar (priv->pane), label);
  priv->primary_callback = callback;
  priv->primary_data = data;
}

void
sw_record_page_set_primary_missing (SwRecordPage *self, const char *why)
{
  g_return_if_fail (SW_IS_RECORD_PAGE (self));
  sw_record_bar_set_missing (sw_record_pane_get_bar (PRIVATE (self)->pane), why);
}

void
sw_record_page_set_menu (SwRecordPage *self, GMenuModel *menu)
{
  g_return_if_fail (SW_IS_RECORD_PAGE (self));
  sw_record_bar_set_menu (sw_record_pane_get_bar (PRIVATE (self)->pane), menu);
}

GSimpleAction *
sw_record_page_add_action (SwRecordPage *self,
                           const char *name,
                           const GVariantType *type,
                           GCallback callback,
                           gpointer data)
{
  g_autoptr (GSimpleAction) action = g_simple_action_new (name, type);

  g_return_val_if_fail (SW_IS_RECORD_PAGE (self), NULL);
  g_signal_connect (action, "activate", callback, data);
  g_action_map_add_action (G_ACTION_MAP (PRIVATE (self)->actions), G_ACTION (action));
  return action;
}

SwPane *
sw_record_page_get_pane (SwRecordPage *self)
{
  g_return_val_if_fail (SW_IS_RECORD_PAGE (self), NULL);
  return sw_record_pane_get_pane (PRIVATE (self)->pane);
}

SwTable *
sw_record_page_get_table (SwRecordPage *self)
{
  g_return_val_if_fail (SW_IS_RECORD_PAGE (self), NULL);
  return PRIVATE (self)->table;
}
