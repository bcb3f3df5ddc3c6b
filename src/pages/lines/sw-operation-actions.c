/* sw-operation-actions.c: see sw-operation-actions.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/lines/sw-operation-actions.h"

#include <glib/gi18n-lib.h>

#include "widgets/sw-area-row.h"
#include "widgets/sw-bulk.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-text-row.h"
#include "widgets/sw-toast.h"

typedef struct
{
  const char *action;
  const char *title; /* msgid */
  const char *body;  /* msgid */
  const char *yes;   /* msgid */
  const char *parameter;
  const char *parameter_title; /* msgid */
} Question;

static const Question questions[] = {
  { "line_request_send", N_("Mark as sent"),
    N_("You carried this to the operator yourself: by its portal, by mail, by phone."), N_("_Mark as sent"),
    NULL, NULL },
  { "line_request_accept", N_("Record the acceptance"),
    N_("The line changes now, or on the day asked when that is later."), N_("_Accepted"), NULL, NULL },
  { "line_request_refuse", N_("Record the refusal"),
    N_("The line stays as it is; a SIM card that was held is free again."), N_("_Refused"), "p_reason",
    N_("Why the operator refuses") },
  { "line_request_cancel", N_("Take the request back"),
    N_("The line stays as it is; a SIM card that was held is free again."), N_("_Take back"), NULL, NULL },
};

typedef struct
{
  SwRecordPage *page;
  const Question *question;
  GArray *ids;
  gboolean needs_number; /* the operator allots it */
  char *value;
} Ask;

static void
ask_clear (gpointer data)
{
  Ask *ask = data;

  g_object_unref (ask->page);
  g_array_unref (ask->ids);
  g_free (ask->value);
}

static void
ask_unref (gpointer data)
{
  g_rc_box_release_full (data, ask_clear);
}

static void
ask_unref_closure (gpointer data, GClosure *closure)
{
  ask_unref (data);
}

static const char *
parameter_of (Ask *ask)
{
  return ask->needs_number ? "p_number" : ask->question->parameter;
}

static SwCall *
create_call (const gint64 *ids, gsize n_ids, gpointer data)
{
  Ask *ask = data;
  SwCall *call = sw_call_new (ask->question->action);

  sw_call_add_ids (call, "p_ids", ids, n_ids);
  if (parameter_of (ask) != NULL)
    sw_call_add_text (call, parameter_of (ask), ask->value);
  return call;
}

static void
on_done (SwRecord *row, gpointer data)
{
  SwRecordPage *page = data;

  sw_toast (GTK_WIDGET (page), _("Done"));
  sw_record_page_reload (page);
}

static void
on_apply (SwDialog *dialog, const char *button, Ask *ask)
{
  SwSession *session = sw_page_get_session (SW_PAGE (ask->page));
  g_autoptr (SwCall) call = NULL;

  if (parameter_of (ask) != NULL)
    {
      g_free (ask->value);
      ask->value = sw_dialog_get_value (dialog, parameter_of (ask));
    }
  if (ask->ids->len > 1)
    {
      sw_bulk_run (sw_record_page_get_table (ask->page), session, _(ask->question->title), ask->ids,
                   create_call, g_rc_box_acquire (ask), ask_unref);
      gtk_window_close (GTK_WINDOW (dialog));
      return;
    }
  call = create_call (&g_array_index (ask->ids, gint64, 0), 1, ask);
  sw_dialog_run_row (dialog, call, session, on_done, g_object_ref (ask->page), g_object_unref);
}

static void
run (SwRecordPage *page, const char *action, GArray *ids, gboolean needs_number)
{
  g_autofree char *heading = NULL;
  SwDialog *dialog;
  Ask *ask;

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    {
      if (!g_str_equal (questions[i].action, action))
        continue;
      ask = g_rc_box_new0 (Ask);
      ask->page = g_object_ref (page);
      ask->question = &questions[i];
      ask->ids = g_array_ref (ids);
      ask->needs_number = needs_number;
      heading = ids->len == 1 ? g_strdup (_(ask->question->title))
                              : g_strdup_printf (ngettext ("%s: %u request", "%s: %u requests", ids->len),
                                                 _(ask->question->title), ids->len);
      dialog = sw_dialog_new (heading, _(ask->question->body));
      if (needs_number)
        sw_dialog_add_row (dialog, sw_text_row_new ("p_number", _("Number the operator gave")));
      else if (ask->question->parameter != NULL)
        sw_dialog_add_row (dialog, sw_area_row_new (ask->question->parameter,
                                                    _(ask->question->parameter_title)));
      sw_dialog_add_button (dialog, "cancel", _("_Back"), SW_BUTTON_NORMAL);
      sw_dialog_add_button (dialog, "yes", _(ask->question->yes), SW_BUTTON_SUGGESTED);
      g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), ask, ask_unref_closure, 0);
      sw_dialog_present (dialog, GTK_WIDGET (page));
    }
}

/* {{{ The open request */

static SwRecord *
find_action (SwRecord *request, const char *name)
{
  GListModel *actions = sw_record_get_rows (request, "next_actions");

  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);

      if (g_strcmp0 (sw_record_get_text (action, "action"), name) == 0)
        return action; /* the model keeps it alive */
    }
  return NULL;
}

void
sw_operation_actions_run (SwRecordPage *page, const char *action)
{
  SwRecord *request = sw_record_page_get_record (page);
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 id = sw_record_page_get_id (page);
  SwRecord *found = request != NULL ? find_action (request, action) : NULL;

  if (found == NULL)
    return;
  g_array_append_val (ids, id);
  run (page, action, ids, sw_record_get_strv (found, "missing")[0] != NULL);
}

static void
on_primary (SwRecordPage *page, gpointer data)
{
  sw_operation_actions_run (page, data);
}

void
sw_operation_actions_show (SwRecordPage *page, SwRecord *request)
{
  GListModel *actions = sw_record_get_rows (request, "next_actions");
  g_autoptr (GMenu) menu = g_menu_new ();

  sw_record_page_set_primary (page, NULL, NULL, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);
      const char *label = _(sw_record_get_text (action, "label"));
      const char *name = sw_record_get_text (action, "action");
      g_autofree char *dots = g_strdup_printf ("%s…", label);
      g_autoptr (GMenuItem) item = NULL;

      if (!sw_record_get_bool (action, "allowed"))
        continue;
      /* The first is the next step: sent, then answered. */
      if (i == 0)
        {
          sw_record_page_set_primary (page, label, on_primary, (gpointer) g_intern_string (name));
          sw_record_page_set_primary_missing (page, NULL);
          continue;
        }
      item = g_menu_item_new (dots, NULL);
      g_menu_item_set_action_and_target (item, "record.run", "s", name);
      g_menu_append_item (menu, item);
    }
  sw_record_page_set_menu (page, g_menu_model_get_n_items (G_MENU_MODEL (menu)) > 0 ? G_MENU_MODEL (menu)
                                                                                   : NULL);
}

/* }}} */

/* {{{ Many requests */

static void
bulk_send (SwTable *table, GArray *ids, gpointer page)
{
  run (page, "line_request_send", ids, FALSE);
}

static void
bulk_accept (SwTable *table, GArray *ids, gpointer page)
{
  run (page, "line_request_accept", ids, FALSE);
}

static void
bulk_refuse (SwTable *table, GArray *ids, gpointer page)
{
  run (page, "line_request_refuse", ids, FALSE);
}

static void
bulk_cancel (SwTable *table, GArray *ids, gpointer page)
{
  run (page, "line_request_cancel", ids, FALSE);
}

const SwBulkAction sw_operation_bulk_actions[] = {
  { N_("Mark as Sent…"), "line_request_send", bulk_send },
  { N_("Record the Acceptance…"), "line_request_accept", bulk_accept },
  { N_("Record the Refusal…"), "line_request_refuse", bulk_refuse },
  { N_("Take Back…"), "line_request_cancel", bulk_cancel },
  { NULL }
};

/* }}} */
