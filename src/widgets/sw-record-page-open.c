/* sw-record-page-open.c: reads, opens and leaves records
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-record-page-private.h"

#include <glib/gi18n.h>
#include "model/sw-rule-messages.h"
#include "widgets/sw-unsaved.h"

/* {{{ Leaving a record with unsaved work */

typedef struct
{
  SwRecordPage *self;
  SwRecordPageThen then;
  SwRecordPageThen stay; /* nullable */
  gint64 id;
} Leave;

static void
on_leave_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Leave *leave = data;
  SwRecordPageThen next = sw_unsaved_ask_finish (result) ? leave->then : leave->stay;

  if (next != NULL && PRIVATE (leave->self)->split != NULL)
    next (leave->self, leave->id);
  g_object_unref (leave->self);
  g_free (leave);
}

void
sw_record_page_leave (SwRecordPage *self, SwRecordPageThen then, SwRecordPageThen stay, gint64 id)
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

  sw_record_page_forget_draft (self);
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
  sw_record_page_update (self);
  sw_record_page_offer_draft (self);
  if (priv->form != NULL && sw_form_is_changed (priv->form))
    sw_record_page_update_draft (self); /* typed while it was being saved */
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

void
sw_record_page_stop_reading (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  g_cancellable_cancel (priv->reading);
  g_clear_object (&priv->reading);
  if (priv->pane != NULL)
    sw_record_pane_stop_expecting (priv->pane);
}

void
sw_record_page_read (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  sw_record_page_stop_reading (self);
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
  sw_record_page_update (self);
  sw_record_page_read (self);
}

static void
stay_here (SwRecordPage *self, gint64 id)
{
  sw_table_select (PRIVATE (self)->table, PRIVATE (self)->id);
}

void
sw_record_page_open (SwRecordPage *self, gint64 id)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  g_clear_handle_id (&priv->select_source, g_source_remove);
  if (id == priv->id && priv->record != NULL)
    sw_split_view_set_show_content (split_of (self), TRUE);
  else
    sw_record_page_leave (self, open_now, stay_here, id);
}

static void
create_now (SwRecordPage *self, gint64 id)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  sw_record_page_stop_reading (self);
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
  sw_record_page_update (self);
  sw_record_page_offer_draft (self);
  sw_record_pane_focus_body (priv->pane);
}

void
sw_record_page_open_new (SwRecordPage *self)
{
  sw_record_page_leave (self, create_now, stay_here, 0);
}

void
sw_record_page_close_now (SwRecordPage *self, gint64 id)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  sw_record_page_stop_reading (self);
  forget_typing (self);
  priv->id = 0;
  priv->is_new = FALSE;
  g_clear_object (&priv->record);
  sw_split_view_set_show_content (split_of (self), FALSE);
  sw_record_page_update (self);
  sw_table_focus_rows (priv->table);
}

/* }}} */
