/* sw-line-ask.c: see sw-line-ask.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/lines/sw-line-ask.h"

#include <glib/gi18n-lib.h>

#include "pages/common/sw-line-words.h"
#include "pages/common/sw-sim-swap.h"
#include "pages/lines/sw-operator-text.h"
#include "widgets/sw-bulk.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-text-row.h"
#include "widgets/sw-toast.h"

#define MOST_PARAMETERS 3

typedef enum
{
  TEXT,
  DATE,
  DIRECTION,
  INTERNATIONAL,
} Kind;

typedef struct
{
  const char *action;
  const char *title; /* msgid */
  const char *body;  /* msgid, or NULL */
  const char *yes;   /* msgid */
  SwButtonStyle style;
  struct
  {
    const char *name;
    const char *title; /* msgid */
    Kind kind;
  } parameters[MOST_PARAMETERS];
} Question;

#define FROM { "p_effective_on", N_("Takes effect on"), DATE }
#define WHY { "p_cause", N_("Why, for the history"), TEXT }

static const Question questions[] = {
  { "line_activate", N_("Activate"), N_("The operator opens the line with its number and its SIM card."),
    N_("_Activate"), SW_BUTTON_SUGGESTED, { FROM } },
  { "line_reactivate", N_("Reactivate"), N_("Calls go through again, both ways."), N_("_Reactivate"),
    SW_BUTTON_SUGGESTED, { FROM } },
  { "line_change_user", N_("Change the user"), NULL, N_("Ch_ange"), SW_BUTTON_SUGGESTED,
    { { "p_first_name", N_("First name"), TEXT }, { "p_last_name", N_("Last name"), TEXT }, FROM } },
  { "line_international", N_("International option"), NULL, N_("Ch_ange"), SW_BUTTON_SUGGESTED,
    { { "p_offer_id", N_("Option"), INTERNATIONAL }, FROM } },
  { "line_restrict", N_("Restrict"), N_("Number, SIM card and subscription stay; calls can be restored."),
    N_("_Restrict"), SW_BUTTON_SUGGESTED,
    { { "p_direction", N_("Restriction"), DIRECTION }, WHY, FROM } },
  { "line_deactivate", N_("Put on hold"),
    N_("The line rests with its number and its SIM card, until it is reactivated."), N_("_Put on hold"),
    SW_BUTTON_SUGGESTED, { WHY, FROM } },
  { "line_terminate", N_("Terminate"),
    N_("This is definitive: the number, the SIM card and the offers end on this day and do not come back."),
    N_("_Terminate"), SW_BUTTON_DESTRUCTIVE, { WHY, FROM } },
  { "line_archive", N_("Archive"), N_("The line leaves the lists of every day. Its history stays."),
    N_("_Archive"), SW_BUTTON_SUGGESTED, { { NULL } } },
  { "line_change_offer", N_("Change the offer"), NULL, N_("Ch_ange"), SW_BUTTON_SUGGESTED, { { NULL } } },
};

typedef enum
{
  VALUE_TEXT,
  VALUE_ID,
  VALUE_DATE,
  VALUE_JSON,
} ValueType;

typedef struct
{
  char *name;
  ValueType type;
  char *text;
  JsonObject *object;
} Value;

struct _SwLineAsk
{
  SwRecordPage *page;
  const Question *question;
  GArray *ids;
  SwRecord *line; /* nullable */
  GPtrArray *values;
};

static void
value_free (gpointer data)
{
  Value *value = data;

  g_free (value->name);
  g_free (value->text);
  g_clear_pointer (&value->object, json_object_unref);
  g_free (value);
}

SwLineAsk *
sw_line_ask_new (SwRecordPage *page, const char *action, GArray *ids, SwRecord *line)
{
  SwLineAsk *self = g_new0 (SwLineAsk, 1);

  self->page = g_object_ref (page);
  self->ids = g_array_ref (ids);
  self->line = line != NULL ? g_object_ref (line) : NULL;
  self->values = g_ptr_array_new_with_free_func (value_free);
  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    if (g_str_equal (questions[i].action, action))
      self->question = &questions[i];
  return self;
}

void
sw_line_ask_free (SwLineAsk *self)
{
  g_object_unref (self->page);
  g_array_unref (self->ids);
  g_clear_object (&self->line);
  g_ptr_array_unref (self->values);
  g_free (self);
}

SwSession *
sw_line_ask_get_session (SwLineAsk *self)
{
  return sw_page_get_session (SW_PAGE (self->page));
}

SwRecord *
sw_line_ask_get_line (SwLineAsk *self)
{
  return self->line;
}

static void
set_value (SwLineAsk *self, const char *name, ValueType type, const char *text, JsonObject *object)
{
  Value *value = g_new0 (Value, 1);

  /* A second try replaces the first. */
  for (guint i = 0; i < self->values->len; i++)
    if (g_str_equal (((Value *) self->values->pdata[i])->name, name))
      {
        g_ptr_array_remove_index (self->values, i);
        break;
      }
  value->name = g_strdup (name);
  value->type = type;
  value->text = g_strdup (text);
  value->object = object != NULL ? json_object_ref (object) : NULL;
  g_ptr_array_add (self->values, value);
}

void
sw_line_ask_set_text (SwLineAsk *self, const char *name, const char *text)
{
  set_value (self, name, VALUE_TEXT, text, NULL);
}

void
sw_line_ask_set_id (SwLineAsk *self, const char *name, const char *id)
{
  set_value (self, name, VALUE_ID, id, NULL);
}

void
sw_line_ask_set_date (SwLineAsk *self, const char *name, const char *iso)
{
  set_value (self, name, VALUE_DATE, iso, NULL);
}

void
sw_line_ask_set_json (SwLineAsk *self, const char *name, JsonObject *object)
{
  set_value (self, name, VALUE_JSON, NULL, object);
}

/* {{{ Asking */

static SwCall *
create_call (const gint64 *ids, gsize n_ids, gpointer data)
{
  SwLineAsk *self = data;
  SwCall *call = sw_call_new (self->question->action);

  sw_call_add_ids (call, "p_ids", ids, n_ids);
  for (guint i = 0; i < self->values->len; i++)
    {
      Value *value = self->values->pdata[i];

      if (value->type == VALUE_JSON)
        sw_call_add_json_object (call, value->name, value->object);
      else if (value->type == VALUE_DATE && value->text != NULL)
        sw_call_add_date (call, value->name, value->text);
      else if (value->type == VALUE_ID && value->text != NULL)
        sw_call_add_id (call, value->name, g_ascii_strtoll (value->text, NULL, 10));
      else if (value->type == VALUE_TEXT)
        sw_call_add_text (call, value->name, value->text);
      else
        sw_call_add_json (call, value->name, NULL);
    }
  return call;
}

/* What became of the only request: done at once, or on its way. */
static void
on_done (SwRecord *row, gpointer data)
{
  SwRecordPage *page = data;
  const char *status = row != NULL ? sw_record_get_text (row, "status") : NULL;
  const char *text = _("Asked: to be sent to the operator");

  if (g_strcmp0 (status, "applied") == 0)
    text = _("Done: the line is up to date");
  else if (g_strcmp0 (status, "accepted") == 0)
    text = _("Accepted: it will be done on its day");
  sw_toast (GTK_WIDGET (page), text);
  sw_record_page_reload (page);
}

void
sw_line_ask_run (SwLineAsk *self, SwDialog *dialog)
{
  g_autoptr (SwCall) call = NULL;

  if (self->ids->len > 1)
    {
      SwLineAsk *copy = sw_line_ask_new (self->page, self->question->action, self->ids, NULL);

      g_ptr_array_unref (copy->values);
      copy->values = g_ptr_array_ref (self->values);
      sw_bulk_run (sw_record_page_get_table (self->page), sw_line_ask_get_session (self),
                   _(self->question->title), self->ids, create_call, copy,
                   (GDestroyNotify) sw_line_ask_free);
      gtk_window_close (GTK_WINDOW (dialog));
      return;
    }
  call = create_call (&g_array_index (self->ids, gint64, 0), 1, self);
  sw_dialog_run_row (dialog, call, sw_line_ask_get_session (self), on_done, g_object_ref (self->page),
                     g_object_unref);
}

/* }}} */

/* {{{ The dialog */

/* "06 12 34 56 78 · Ana Ruiz", or how many. */
static char *
describe_lines (SwLineAsk *self)
{
  const char *number, *user;

  if (self->line == NULL)
    return g_strdup_printf (ngettext ("%u line", "%u lines", self->ids->len), self->ids->len);
  number = sw_record_get_text (self->line, "number_shown");
  user = sw_record_get_text (self->line, "user_name");
  return g_strjoin (" · ", number != NULL ? number : _("Without number"), user, NULL);
}

SwDialog *
sw_line_ask_create_dialog (SwLineAsk *self, const char *body)
{
  g_autofree char *lines = describe_lines (self);
  g_autofree char *text = g_strjoin ("\n", lines, body, NULL);

  return sw_dialog_new (_(self->question->title), text);
}

static void
ask_unref (gpointer data, GClosure *closure)
{
  sw_line_ask_free (data);
}

void
sw_line_ask_present (SwLineAsk *self, SwDialog *dialog, GCallback apply)
{
  sw_dialog_add_button (dialog, "cancel", _("_Back"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "yes", _(self->question->yes), self->question->style);
  g_signal_connect_data (dialog, "apply", apply, self, ask_unref, 0);
  sw_dialog_present (dialog, GTK_WIDGET (self->page));
}

static void
on_apply (SwDialog *dialog, const char *button, SwLineAsk *self)
{
  for (gsize i = 0; i < MOST_PARAMETERS && self->question->parameters[i].name != NULL; i++)
    {
      const char *name = self->question->parameters[i].name;
      g_autofree char *value = sw_dialog_get_value (dialog, name);

      if (self->question->parameters[i].kind == DATE)
        sw_line_ask_set_date (self, name, value);
      else if (self->question->parameters[i].kind == INTERNATIONAL)
        sw_line_ask_set_id (self, name, value);
      else
        sw_line_ask_set_text (self, name, value);
    }
  sw_line_ask_run (self, dialog);
}

static void
on_options_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwChoiceRow) row = data;
  g_autoptr (GListModel) rows = sw_call_run_finish_rows (result, NULL);

  if (rows != NULL)
    sw_choice_row_set_rows (row, rows, "id", "title");
}

static SwRecord *
find_current (SwRecord *line, const char *field, const char *value)
{
  GListModel *offers = sw_record_get_rows (line, "offers");

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (SwRecord) offer = g_list_model_get_item (offers, i);

      if (sw_record_get_bool (offer, "is_current")
          && g_strcmp0 (sw_record_get_text (offer, field), value) == 0)
        return offer; /* the model keeps it alive */
    }
  return NULL;
}

/* Those its subscription takes; of several lines, those on sale. */
static GtkWidget *
create_international_row (SwLineAsk *self, const char *name, const char *title)
{
  GtkWidget *row = sw_choice_row_new (name, title);
  SwRecord *subscription = self->line != NULL ? find_current (self->line, "kind", "subscription") : NULL;
  SwRecord *present
      = self->line != NULL ? find_current (self->line, "option_family", "international") : NULL;
  g_autoptr (SwCall) call = sw_call_new ("offer_options");

  g_object_set (row, "optional", TRUE, NULL);
  if (present != NULL)
    {
      sw_choice_row_add (SW_CHOICE_ROW (row), sw_record_get_text (present, "offer_id"),
                         sw_record_get_text (present, "label"));
      sw_row_set_value (SW_ROW (row), sw_record_get_text (present, "offer_id"));
    }
  if (subscription != NULL && sw_record_get_text (subscription, "offer_id") != NULL)
    sw_call_add_id (call, "p_subscription_id", sw_record_get_int (subscription, "offer_id"));
  sw_call_add_text (call, "p_family", "international");
  sw_call_run_async (call, sw_line_ask_get_session (self),
                     sw_page_get_cancellable (SW_PAGE (self->page)), on_options_read,
                     g_object_ref_sink (row));
  return row;
}

static GtkWidget *
create_row (SwLineAsk *self, Kind kind, const char *name, const char *title)
{
  GtkWidget *row;

  switch (kind)
    {
    case DATE:
      row = sw_date_row_new (name, title);
      sw_row_set_value (SW_ROW (row), sw_session_get_today (sw_line_ask_get_session (self)));
      return row;
    case DIRECTION:
      row = sw_choice_row_new (name, title);
      sw_choice_row_set_choices (SW_CHOICE_ROW (row), sw_line_restrictions + 1);
      sw_row_set_value (SW_ROW (row), "outgoing");
      return row;
    case INTERNATIONAL:
      return create_international_row (self, name, title);
    case TEXT:
    default:
      return sw_text_row_new (name, title);
    }
}

static void
ask_question (SwLineAsk *self)
{
  const Question *question = self->question;
  SwDialog *dialog
      = sw_line_ask_create_dialog (self, question->body != NULL ? _(question->body) : NULL);

  for (gsize i = 0; i < MOST_PARAMETERS && question->parameters[i].name != NULL; i++)
    sw_dialog_add_row (dialog, create_row (self, question->parameters[i].kind,
                                           question->parameters[i].name,
                                           _(question->parameters[i].title)));
  if (g_str_equal (question->action, "line_change_user"))
    sw_operator_text_show (dialog, sw_line_ask_get_session (self), "p_first_name", "p_last_name");
  sw_line_ask_present (self, dialog, G_CALLBACK (on_apply));
}

/* }}} */

void
sw_line_ask (SwRecordPage *page, const char *action, GArray *ids, SwRecord *line)
{
  SwLineAsk *self;

  if (g_str_equal (action, "line_swap_sim"))
    {
      sw_sim_swap_present (SW_PAGE (page), line != NULL ? sw_record_get_text (line, "number") : NULL);
      return;
    }
  self = sw_line_ask_new (page, action, ids, line);
  if (self->question == NULL) /* an action a newer server knows */
    sw_line_ask_free (self);
  else if (g_str_equal (action, "line_change_offer"))
    sw_line_offer_dialog_present (self);
  else
    ask_question (self);
}
