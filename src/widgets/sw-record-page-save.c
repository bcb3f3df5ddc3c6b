/* sw-record-page-save.c: saves, calls, and keeps what is typed on disk
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-record-page-private.h"

#include <glib/gi18n.h>
#include "model/sw-request.h"
#include "model/sw-rule-messages.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-toast.h"

/* What is typed reaches the disk within this time. */
#define DRAFT_DELAY 1000 /* ms */

/* {{{ Saving */

/* What the person may cancel: the page's own cancellable speaks up too. */
static GCancellable *
begin_work (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  g_clear_object (&priv->working);
  priv->working = g_cancellable_new ();
  return priv->working;
}

void
sw_record_page_cancel (SwRecordPage *self)
{
  g_cancellable_cancel (PRIVATE (self)->working);
}

/* A cancelled change is told as plainly as one that was made. */
static void
tell_cancelled (SwRecordPage *self)
{
  if (g_cancellable_is_cancelled (PRIVATE (self)->working))
    sw_toast (GTK_WIDGET (self), _ ("Not saved. Your work is kept here."));
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwRecordPage) self = data;
  SwRecordPagePrivate *priv = PRIVATE (self);
  gint64 id = sw_form_save_finish (SW_FORM (source), result);

  if (priv->split == NULL)
    return;
  if (id == 0)
    {
      tell_cancelled (self);
      return;
    }
  sw_record_page_forget_draft (self);
  sw_toast (GTK_WIDGET (self), _ ("Saved"));
  priv->id = id;
  priv->is_new = FALSE;
  priv->load_form = TRUE;
  sw_record_page_read (self);
  sw_table_reload (priv->table);
  sw_table_select (priv->table, id);
}

void
sw_record_page_save (SwPage *page)
{
  SwRecordPage *self = SW_RECORD_PAGE (page);
  SwRecordPagePrivate *priv = PRIVATE (self);

  if (priv->form == NULL || !sw_form_is_changed (priv->form) || sw_form_is_saving (priv->form))
    return;
  sw_form_save_async (priv->form,
                      sw_page_get_session (page),
                      begin_work (self),
                      on_saved,
                      g_object_ref (self));
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
  sw_record_page_update (self);
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
      if (sw_rule_is_cancelled (error))
        sw_toast (GTK_WIDGET (self), _ ("Not done"));
      else if (priv->form != NULL)
        sw_form_show_error (priv->form, error);
      else
        sw_dialog_tell_error (GTK_WIDGET (self), NULL, error);
      /* It may be because the record is no longer what is shown. */
      sw_record_page_read (self);
      return;
    }
  if (run->done != NULL)
    sw_toast (GTK_WIDGET (self), run->done);
  sw_record_page_read (self);
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
                     begin_work (run->self),
                     on_called,
                     run);
}

static void
on_saved_before_call (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Run) run = data;

  if (sw_form_save_finish (SW_FORM (source), result) == 0)
    {
      tell_cancelled (run->self);
      return;
    }
  sw_record_page_forget_draft (run->self);
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
                        begin_work (self),
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

/* {{{ Drafts */

static void
keep_draft (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);
  g_autoptr (JsonObject) draft = sw_form_get_draft (priv->form);

  if (draft == NULL)
    return;
  json_object_set_string_member (draft, "entity", info_of (self)->entity);
  json_object_set_int_member (draft, "id", priv->id);
  sw_drafts_keep (priv->drafts, &priv->draft, draft);
}

static gboolean
on_draft_due (gpointer data)
{
  SwRecordPage *self = data;

  PRIVATE (self)->draft_source = 0;
  keep_draft (self);
  return G_SOURCE_REMOVE;
}

void
sw_record_page_update_draft (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  if (priv->drafts == NULL)
    return;
  if (!sw_form_is_changed (priv->form))
    sw_record_page_forget_draft (self);
  else if (priv->draft_source == 0)
    priv->draft_source = g_timeout_add (DRAFT_DELAY, on_draft_due, self);
}

void
sw_record_page_forget_draft (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  g_clear_handle_id (&priv->draft_source, g_source_remove);
  if (priv->draft != NULL)
    sw_drafts_forget (priv->drafts, priv->draft);
  g_clear_pointer (&priv->draft, g_free);
}

/* The one offered for what is open; NULL when there is none. */
static const char *
find_left (SwRecordPage *self, JsonObject **draft)
{
  SwRecordPagePrivate *priv = PRIVATE (self);

  if (priv->drafts == NULL || priv->form == NULL || (priv->id == 0 && !priv->is_new))
    return NULL;
  return sw_drafts_find_left (priv->drafts, info_of (self)->entity, priv->id, draft);
}

void
sw_record_page_offer_draft (SwRecordPage *self)
{
  SwRecordPagePrivate *priv = PRIVATE (self);
  JsonObject *draft = NULL;
  gboolean shown = find_left (self, &draft) != NULL && (priv->is_new || priv->record != NULL);

  sw_draft_bar_offer (SW_DRAFT_BAR (priv->draft_bar),
                      shown ? json_object_get_int_member_with_default (draft, "at", 0) : 0);
}

void
sw_record_page_discard_draft (SwRecordPage *self)
{
  const char *name = find_left (self, NULL);

  if (name != NULL)
    sw_drafts_forget (PRIVATE (self)->drafts, name);
  sw_record_page_offer_draft (self);
}

typedef struct
{
  SwRecordPage *self;
  char *name;
  JsonObject *draft;
} Restoring;

static void
restoring_free (Restoring *restoring)
{
  g_object_unref (restoring->self);
  g_free (restoring->name);
  json_object_unref (restoring->draft);
  g_free (restoring);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Restoring, restoring_free)

static void
restore_now (Restoring *restoring)
{
  SwRecordPage *self = restoring->self;

  sw_form_restore_draft (PRIVATE (self)->form, restoring->draft);
  keep_draft (self); /* before the one it comes from is forgotten */
  sw_drafts_forget (PRIVATE (self)->drafts, restoring->name);
  sw_record_page_offer_draft (self);
}

/* The program may have died while it saved this very draft. */
static void
on_outcome (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Restoring) restoring = data;
  SwRecordPage *self = restoring->self;
  g_autofree char *answer = NULL;
  g_autoptr (GError) error = NULL;
  gboolean saved = sw_request_outcome_finish (result, &answer, &error);

  if (PRIVATE (self)->split == NULL)
    return;
  if (error != NULL)
    sw_dialog_tell_error (GTK_WIDGET (self), NULL, error); /* it stays on offer */
  else if (saved)
    {
      sw_drafts_forget (PRIVATE (self)->drafts, restoring->name);
      sw_toast (GTK_WIDGET (self), _ ("It had been saved already"));
      sw_record_page_open (self, answer != NULL ? g_ascii_strtoll (answer, NULL, 10) : 0);
      sw_record_page_offer_draft (self);
    }
  else
    restore_now (restoring);
}

void
sw_record_page_restore_draft (SwRecordPage *self)
{
  JsonObject *draft = NULL;
  const char *name = find_left (self, &draft);
  g_autoptr (Restoring) restoring = NULL;
  const char *request;

  if (name == NULL)
    return;
  restoring = g_new (Restoring, 1);
  restoring->self = g_object_ref (self);
  restoring->name = g_strdup (name);
  restoring->draft = json_object_ref (draft);
  request = json_object_get_string_member_with_default (draft, "request", NULL);
  if (request != NULL)
    sw_request_outcome_async (sw_page_get_session (SW_PAGE (self)),
                              request,
                              sw_page_get_cancellable (SW_PAGE (self)),
                              on_outcome,
                              g_steal_pointer (&restoring));
  else
    restore_now (restoring);
}

/* }}} */
