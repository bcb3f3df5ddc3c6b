/* sw-record-page.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-record-page.h"

#include <glib/gi18n.h>
#include "base/sw-money.h"
#include "model/sw-change-feed.h"
#include "model/sw-rule-messages.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-record-pane.h"
#include "widgets/sw-split-view.h"
#include "widgets/sw-toast.h"
#include "widgets/sw-unsaved.h"

/* Walking through the list with the arrow keys opens a record after this pause. */
#define SELECT_DELAY 150 /* ms */

typedef struct
{
  GtkWidget *split;
  SwPane *list_pane;
  SwTable *table;
  SwRecordPane *pane;
  GSimpleActionGroup *actions;

  SwForm *form;
  SwRecord *record;
  gint64 id; /* of the open record; 0 for none or a new one */
  gboolean is_new;
  gboolean load_form; /* the next answer replaces what is typed: another record, or just saved */
  GCancellable *reading;
  guint select_source;
  guint running;

  void (*primary_callback) (SwRecordPage *self, gpointer data);
  gpointer primary_data;
} SwRecordPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SwRecordPage, sw_record_page, SW_TYPE_PAGE)

#define PRIVATE(self) ((SwRecordPagePrivate *) sw_record_page_get_instance_private (self))

static void open_now (SwRecordPage *self, gint64 id);
static void read_record (SwRecordPage *self);

static const SwRecordPageInfo *
info_of (SwRecordPage *self)
{
  return SW_RECORD_PAGE_GET_CLASS (self)->info;
}

static SwSplitView *
split_of (SwRecordPage *self)
{
  return SW_SPLIT_VIEW (PRIVATE (self)->split);
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

static void
update_buttons (SwRecordPage *self)
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
  sw_record_pane_set_closable (priv->pane, !sw_split_view_get_folded (split_of (self)));
  sw_record_pane_set_presence (priv->pane, priv->record != NULL ? priv->id : 0, changed);
  sw_page_set_unsaved (SW_PAGE (self), changed);
}

static void
on_primary_clicked (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  if (priv->primary_callback != NULL)
    priv->primary_callback (self, priv->primary_data);
}

/* }}} */

/* {{{ Leaving a record with unsaved work */

typedef void (*Then) (SwRecordPage *self, gint64 id);

typedef struct
{
  SwRecordPage *self;
  Then then;
  Then stay; /* nullable */
  gint64 id;
} Leave;

static void
on_leave_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Leave *leave = data;
  Then next = sw_unsaved_ask_finish (result) ? leave->then : leave->stay;

  if (next != NULL && PRIVATE (leave->self)->split != NULL)
    next (leave->self, leave->id);
  g_object_unref (leave->self);
  g_free (leave);
}

/* Calls @then (with @id) when the person has decided about what they typed. */
static void
leave_record (SwRecordPage *self, Then then, Then stay, gint64 id)
{
  Leave *leave = g_new (Leave, 1);

  leave->self = g_object_ref (self);
  leave->then = then;
  leave->stay = stay;
  leave->id = id;
  sw_unsaved_ask_async (GTK_WIDGET (self),
                        PRIVATE (self)->form,
                        sw_page_get_session (SW_PAGE (self)),
                        NULL,
                        on_leave_answered,
                        leave);
}

static void
forget_typing (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  if (priv->form == NULL)
    return;
  if (priv->record != NULL)
    sw_form_load (priv->form, priv->record);
  else
    sw_form_load_new (priv->form, NULL);
}

/* }}} */

/* {{{ Reading */

static void
ensure_body (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  if (sw_record_pane_get_body (priv->pane) == NULL)
    sw_record_pane_set_body (priv->pane, SW_RECORD_PAGE_GET_CLASS (self)->build (self));
}

static void
show_record (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  ensure_body (self);
  if (priv->form != NULL && (priv->load_form || !sw_form_is_changed (priv->form)))
    {
      priv->load_form = FALSE;
      sw_form_load (priv->form, priv->record);
    }
  SW_RECORD_PAGE_GET_CLASS (self)->show (self, priv->record);
  sw_record_pane_show_body (priv->pane);
  update_buttons (self);
}

static void
on_record_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwRecordPage) self = data;
  SwRecordPagePrivate *priv = PRIVATE (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) record = sw_call_read_record_finish (result, &error);

  if (error != NULL && sw_rule_is_cancelled (error))
    return;
  sw_record_pane_stop_expecting (priv->pane);
  if (record != NULL)
    {
      g_set_object (&priv->record, record);
      show_record (self);
    }
  else if (priv->record == NULL || !sw_rule_is_lost (error))
    {
      g_autofree char *message = sw_rule_message (error);

      sw_record_pane_show_error (priv->pane, message);
    }
}

static void
stop_reading (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  g_cancellable_cancel (priv->reading);
  g_clear_object (&priv->reading);
  if (priv->pane != NULL)
    sw_record_pane_stop_expecting (priv->pane);
}

static void
read_record (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  stop_reading (self);
  if (priv->id == 0)
    return;
  priv->reading = g_cancellable_new ();
  if (priv->record == NULL)
    sw_record_pane_expect (priv->pane);
  sw_call_read_record_async (sw_page_get_session (SW_PAGE (self)),
                             info_of (self)->entity,
                             priv->id,
                             priv->reading,
                             on_record_read,
                             g_object_ref (self));
}

static void
open_now (SwRecordPage *self, gint64 id)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  forget_typing (self);
  priv->id = id;
  priv->is_new = FALSE;
  priv->load_form = TRUE;
  g_clear_object (&priv->record);
  sw_table_select (priv->table, id);
  sw_split_view_set_show_content (split_of (self), TRUE);
  update_buttons (self);
  read_record (self);
}

static void
stay_here (SwRecordPage *self, gint64 id)
{
  sw_table_select (PRIVATE (self)->table, PRIVATE (self)->id);
}

static void
open_record (SwRecordPage *self, gint64 id)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  g_clear_handle_id (&priv->select_source, g_source_remove);
  if (id == priv->id && priv->record != NULL)
    sw_split_view_set_show_content (split_of (self), TRUE);
  else
    leave_record (self, open_now, stay_here, id);
}

static void
create_now (SwRecordPage *self, gint64 id)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  stop_reading (self);
  ensure_body (self);
  priv->id = 0;
  priv->is_new = TRUE;
  priv->load_form = FALSE;
  g_clear_object (&priv->record);
  sw_table_select (priv->table, 0);
  sw_record_page_set_title (self, _ (info_of (self)->new_label), NULL);
  if (priv->form != NULL)
    sw_form_load_new (priv->form, NULL);
  if (SW_RECORD_PAGE_GET_CLASS (self)->show_new != NULL)
    SW_RECORD_PAGE_GET_CLASS (self)->show_new (self);
  sw_record_pane_show_body (priv->pane);
  sw_split_view_set_show_content (split_of (self), TRUE);
  update_buttons (self);
  sw_record_pane_focus_body (priv->pane);
}

static void
close_now (SwRecordPage *self, gint64 id)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  stop_reading (self);
  forget_typing (self);
  priv->id = 0;
  priv->is_new = FALSE;
  g_clear_object (&priv->record);
  sw_split_view_set_show_content (split_of (self), FALSE);
  update_buttons (self);
  sw_table_focus_rows (priv->table);
}

/* }}} */

/* {{{ Saving */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwRecordPage) self = data;
  SwRecordPagePrivate *priv = PRIVATE (self);
  gint64 id = sw_form_save_finish (SW_FORM (source), result);

  if (id == 0 || priv->split == NULL)
    return;
  sw_toast (GTK_WIDGET (self), _ ("Saved"));
  priv->id = id;
  priv->is_new = FALSE;
  priv->load_form = TRUE;
  read_record (self);
  sw_table_reload (priv->table);
  sw_table_select (priv->table, id);
}

static void
sw_record_page_save (SwPage *page)
{
  SwRecordPage *self = SW_RECORD_PAGE (page);
  SwRecordPagePrivate *priv = PRIVATE (self);

  if (priv->form == NULL || !sw_form_is_changed (priv->form) || sw_form_is_saving (priv->form))
    return;
  sw_form_save_async (priv->form,
                      sw_page_get_session (page),
                      sw_page_get_cancellable (page),
                      on_saved,
                      g_object_ref (self));
}

static void
on_revert_clicked (SwRecordPage *self)
{
  sw_form_revert (PRIVATE (self)->form);
}

/* }}} */

/* {{{ Calls */

typedef struct
{
  SwRecordPage *self;
  SwCall *call;
  char *done;
  void (*callback) (SwRecordPage *self, gint64 id);
} Run;

static void
run_free (Run *run)
{
  g_object_unref (run->self);
  sw_call_unref (run->call);
  g_free (run->done);
  g_free (run);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)

static void
set_running (SwRecordPage *self, int step)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  priv->running += (guint) step;
  update_buttons (self);
}

static void
on_called (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;
  SwRecordPage *self = run->self;
  SwRecordPagePrivate *priv = PRIVATE (self);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = sw_call_run_finish_text (result, &error);

  if (priv->split == NULL)
    return;
  set_running (self, -1);
  if (error != NULL)
    {
      if (priv->form != NULL)
        sw_form_show_error (priv->form, error);
      else
        sw_dialog_tell_error (GTK_WIDGET (self), NULL, error);
      /* It may be because the record is no longer what is shown. */
      read_record (self);
      return;
    }
  if (run->done != NULL)
    sw_toast (GTK_WIDGET (self), run->done);
  read_record (self);
  if (run->callback != NULL)
    run->callback (self, text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0);
}

static void
call_now (Run *run)
{
  SwPage *page = SW_PAGE (run->self);

  set_running (run->self, 1);
  sw_call_run_async (run->call,
                     sw_page_get_session (page),
                     sw_page_get_cancellable (page),
                     on_called,
                     run);
}

static void
on_saved_before_call (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;

  if (sw_form_save_finish (SW_FORM (source), result) == 0)
    return;
  PRIVATE (run->self)->load_form = TRUE;
  call_now (g_steal_pointer (&run));
}

void
sw_record_page_run_then (SwRecordPage *self,
                         SwCall *call,
                         const char *done,
                         void (*callback) (SwRecordPage *self, gint64 id))
{
  SwRecordPagePrivate *priv = PRIVATE (self);
  Run *run;

  g_return_if_fail (SW_IS_RECORD_PAGE (self));

  run = g_new (Run, 1);
  run->self = g_object_ref (self);
  run->call = sw_call_ref (call);
  sw_call_set_once (call, NULL);
  run->done = g_strdup (done);
  run->callback = callback;
  /* What is typed may be just what the action waits for. */
  if (priv->form != NULL && sw_form_is_changed (priv->form))
    sw_form_save_async (priv->form,
                        sw_page_get_session (SW_PAGE (self)),
                        sw_page_get_cancellable (SW_PAGE (self)),
                        on_saved_before_call,
                        run);
  else
    call_now (run);
}

void
sw_record_page_run (SwRecordPage *self, SwCall *call, const char *done)
{
  sw_record_page_run_then (self, call, done, NULL);
}

/* }}} */

/* {{{ SwPage */

static void
sw_record_page_open_record (SwPage *page, const char *entity, gint64 id)
{
  if (id != 0)
    open_record (SW_RECORD_PAGE (page), id);
  else if (info_of (SW_RECORD_PAGE (page))->new_label != NULL)
    leave_record (SW_RECORD_PAGE (page), create_now, stay_here, 0);
}

static void
sw_record_page_refresh (SwPage *page)
{
  SwRecordPage *self = SW_RECORD_PAGE (page);

  sw_table_reload (PRIVATE (self)->table);
  read_record (self);
}

static void
sw_record_page_create (SwPage *page)
{
  leave_record (SW_RECORD_PAGE (page), create_now, stay_here, 0);
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
  leave_record (SW_RECORD_PAGE (page), can_close_yes, can_close_no, 0);
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
  open_record (self, id);
}

static gboolean
on_select_due (gpointer data)
{
  SwRecordPage *self = data;

  PRIVATE (self)->select_source = 0;
  open_record (self, sw_table_get_selected (PRIVATE (self)->table));
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
    read_record (data);
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
                      info->new_label != NULL ? _ (info->new_label) : NULL,
                      "win.new");
  g_signal_connect_swapped (priv->table, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (priv->table, "selected", G_CALLBACK (on_selected), self);
  g_signal_connect_swapped (priv->table, "notify::total", G_CALLBACK (update_subtitle), self);
  g_signal_connect_swapped (priv->table, "notify::filter-name", G_CALLBACK (update_subtitle), self);
  if (info->new_label != NULL)
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
  g_signal_connect_swapped (priv->pane, "retry", G_CALLBACK (read_record), self);
  bar = sw_record_pane_get_bar (priv->pane);
  g_signal_connect_swapped (bar, "primary", G_CALLBACK (on_primary_clicked), self);
  g_signal_connect_swapped (bar, "revert", G_CALLBACK (on_revert_clicked), self);
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
                           G_CALLBACK (read_record),
                           self,
                           G_CONNECT_SWAPPED);
  sw_record_pane_watch_presence (PRIVATE (self)->pane, session, info_of (self)->entity);
}

static void
sw_record_page_constructed (GObject *object)
{
  SwRecordPage *self = SW_RECORD_PAGE (object);
  SwRecordPagePrivate *priv = PRIVATE (self);
  const SwRecordPageInfo *info = info_of (self);
  SwSession *session = sw_page_get_session (SW_PAGE (self));
  int list_width = info->list_width != 0 ? info->list_width : -1;
  int record_width = info->record_width != 0 ? info->record_width : -1;

  G_OBJECT_CLASS (sw_record_page_parent_class)->constructed (object);
  priv->split = sw_split_view_new ();
  sw_split_view_set_widths (split_of (self),
                            list_width,
                            list_width < 0 && record_width < 0 ? 440 : record_width);
  sw_split_view_set_start (split_of (self), create_list_pane (self));
  sw_split_view_set_content (split_of (self), create_record_pane (self));
  g_signal_connect_swapped (priv->split,
                            "layout-changed",
                            G_CALLBACK (update_buttons),
                            self);
  adw_bin_set_child (ADW_BIN (self), priv->split);
  g_object_set (self, "title", _ (info->title), "icon-name", info->icon_name, NULL);
  sw_page_set_can_create (SW_PAGE (self), info->new_label != NULL);

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

  stop_reading (self);
  g_clear_handle_id (&priv->select_source, g_source_remove);
  if (priv->form != NULL)
    g_signal_handlers_disconnect_by_data (priv->form, self);
  if (priv->split != NULL)
    g_signal_handlers_disconnect_by_data (priv->split, self);
  if (priv->table != NULL)
    g_signal_handlers_disconnect_by_data (priv->table, self);
  g_clear_object (&priv->form);
  g_clear_object (&priv->record);
  priv->split = NULL;
  priv->table = NULL;
  priv->pane = NULL;
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
  g_signal_connect_swapped (form, "notify::changed", G_CALLBACK (update_buttons), self);
  g_signal_connect_swapped (form, "notify::saving", G_CALLBACK (update_buttons), self);
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
  read_record (self);
}

void
sw_record_page_close (SwRecordPage *self)
{
  g_return_if_fail (SW_IS_RECORD_PAGE (self));
  leave_record (self, close_now, NULL, 0);
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
