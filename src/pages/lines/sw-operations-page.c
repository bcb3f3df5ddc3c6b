/* sw-operations-page.c: see sw-operations-page.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/lines/sw-operations-page.h"

#include <glib/gi18n-lib.h>

#include "lines-resources.h"
#include "base/sw-date.h"
#include "base/sw-identifier.h"
#include "pages/common/sw-line-words.h"
#include "pages/lines/sw-operation-actions.h"
#include "widgets/sw-badge.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-todo-row.h"

struct _SwOperationsPage
{
  SwRecordPage parent_instance;

  /* Owned by the record's view. */
  GtkWidget *todo_place;
  GtkLabel *operation;
  GtkLabel *summary;
  SwBadge *badge;
  AdwPreferencesGroup *line;
  AdwPreferencesGroup *asked;
  AdwPreferencesGroup *sent;
  AdwPreferencesGroup *course;
};

G_DEFINE_FINAL_TYPE (SwOperationsPage, sw_operations_page, SW_TYPE_RECORD_PAGE)

/* A line the operator has not numbered yet is known by its user. */
static char *
format_number (SwRecord *request)
{
  const char *number = sw_record_get_text (request, "number");
  const char *user = sw_record_get_text (request, "user_name");

  if (number != NULL)
    return sw_identifier_format (SW_IDENTIFIER_PHONE, number);
  return user != NULL ? g_strdup_printf ("%s · %s", _("Without number"), user) : g_strdup (_("Without number"));
}

static const char *const number_needs[] = { "number", "user_name", NULL };

static const SwColumn columns[] = {
  { .field = "requested_at", .title = N_("Asked on"), .kind = SW_COLUMN_INSTANT, .width = 138,
    .priority = 4, .sortable = TRUE },
  { .field = "action", .title = N_("Operation"), .kind = SW_COLUMN_CHOICE, .width = 140,
    .sortable = TRUE, .choices = sw_line_operations },
  /* What names a request, in reports too. */
  { .field = "number", .title = N_("Line"), .main = TRUE, .sortable = TRUE, .format = format_number,
    .needs = number_needs, .filter_by = "number" },
  { .field = "asked_user", .title = N_("What is asked"), .width = 190, .priority = 3,
    .format = sw_line_describe_asked, .needs = sw_line_asked_needs },
  { .field = "customer_name", .title = N_("Customer"), .width = 180, .priority = 5, .sortable = TRUE },
  { .field = "effective_on", .title = N_("For"), .kind = SW_COLUMN_DATE, .width = 104, .priority = 2,
    .sortable = TRUE },
  { .field = "provider", .title = N_("Carried by"), .kind = SW_COLUMN_CHOICE, .width = 110,
    .priority = 6, .sortable = TRUE, .choices = sw_line_providers },
  { .field = "requested_by", .title = N_("Asked by"), .width = 110, .priority = 5, .sortable = TRUE,
    .optional = TRUE },
  { .field = "refusal", .title = N_("Answer"), .width = 180, .priority = 4, .sortable = TRUE,
    .optional = TRUE },
  { .field = "status", .title = N_("Status"), .kind = SW_COLUMN_BADGE, .width = 118,
    .priority = 1, .sortable = TRUE, .choices = sw_line_request_statuses },
  { NULL }
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("To be sent"), "status", SW_FILTER_EQUAL, "queued" },
  { N_("Sent"), "status", SW_FILTER_EQUAL, "sent" },
  { N_("Accepted"), "status", SW_FILTER_EQUAL, "accepted" },
  { N_("Declined"), "status", SW_FILTER_EQUAL, "refused" },
  { N_("Applied"), "status", SW_FILTER_EQUAL, "applied" },
  { NULL }
};

static const SwRecordPageInfo info = {
  .entity = "line_request",
  .columns = columns,
  .filters = filters,
  .bulk_actions = sw_operation_bulk_actions,
  .sort = "requested_at",
  .descending = TRUE,
  .search = N_("Number, user, customer…"),
  .title = N_("Operations"),
  .icon_name = "emblem-synchronizing-symbolic",
  .empty_title = N_("No operation yet"),
  .empty_text = N_("What is asked of operators for lines is followed here."),
  .list_width = -1,
  .record_width = 540,
};

static void
on_run (GSimpleAction *action, GVariant *name, SwRecordPage *page)
{
  sw_operation_actions_run (page, g_variant_get_string (name, NULL));
}

static GtkWidget *
build (SwRecordPage *page)
{
  SwOperationsPage *self = SW_OPERATIONS_PAGE (page);
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource ("/fr/softwhere/Softwhere/lines/operation.ui");

  self->todo_place = GTK_WIDGET (gtk_builder_get_object (builder, "todo_place"));
  self->operation = GTK_LABEL (gtk_builder_get_object (builder, "operation"));
  self->summary = GTK_LABEL (gtk_builder_get_object (builder, "summary"));
  self->badge = SW_BADGE (gtk_builder_get_object (builder, "badge"));
  self->line = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "line"));
  self->asked = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "asked"));
  self->sent = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "sent"));
  self->course = ADW_PREFERENCES_GROUP (gtk_builder_get_object (builder, "course"));
  sw_record_page_add_action (page, "run", G_VARIANT_TYPE_STRING, G_CALLBACK (on_run), page);
  return g_object_ref_sink (GTK_WIDGET (gtk_builder_get_object (builder, "view")));
}

static void
on_do (SwTodoRow *row, SwRecordPage *page)
{
  sw_operation_actions_run (page, g_object_get_data (G_OBJECT (row), "sw-action"));
}

/* The next step, or why there is none. */
static void
show_todo (SwOperationsPage *self, SwRecord *request)
{
  GListModel *actions = sw_record_get_rows (request, "next_actions");
  const char *refusal = sw_record_get_text (request, "refusal");
  /* What happened on the way to the operator (softwhere-courier). */
  const char *note = refusal == NULL && sw_record_get_bool (request, "is_open") ? sw_record_get_text (request, "note") : NULL;
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->todo_place)) != NULL)
    gtk_box_remove (GTK_BOX (self->todo_place), child);
  gtk_widget_set_visible (self->todo_place, g_list_model_get_n_items (actions) > 0 || refusal != NULL || note != NULL);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   refusal != NULL ? _("The operator refused") : _("To do"));
  if (refusal != NULL)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               sw_todo_row_new (refusal, NULL, SW_BADGE_ALERT));
  if (note != NULL)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               sw_todo_row_new (_(note), NULL, SW_BADGE_WARNING));
  for (guint i = 0; i < g_list_model_get_n_items (actions); i++)
    {
      g_autoptr (SwRecord) action = g_list_model_get_item (actions, i);
      GtkWidget *row;

      /* Taking it back is no answer: it is in the menu. */
      if (!sw_record_get_bool (action, "allowed")
          || g_strcmp0 (sw_record_get_text (action, "action"), "line_request_cancel") == 0)
        continue;
      row = sw_todo_row_new (_(sw_record_get_text (action, "label")), NULL, SW_BADGE_NEUTRAL);
      sw_todo_row_set_button (SW_TODO_ROW (row), _("Do it"));
      g_object_set_data_full (G_OBJECT (row), "sw-action",
                              g_strdup (sw_record_get_text (action, "action")), g_free);
      g_signal_connect_object (row, "pressed", G_CALLBACK (on_do), self, 0);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  gtk_box_append (GTK_BOX (self->todo_place), group);
}

static void
show_line (SwOperationsPage *self, SwRecord *request)
{
  SwRecord *line = sw_record_get_record (request, "line");
  const char *number = line != NULL ? sw_record_get_text (line, "number_shown") : NULL;
  const char *user = sw_record_get_text (request, "user_name");
  const SwChoice *state
      = line != NULL ? sw_choice_find (sw_line_states, sw_record_get_text (line, "state")) : NULL;
  GtkWidget *row;

  sw_facts_clear (self->line);
  row = sw_facts_add (self->line, number != NULL ? number : _("Without number"), user);
  if (state != NULL)
    sw_facts_add_badge (row, _(state->label), state->style);
  sw_facts_set_link (row, "line", sw_record_get_int (request, "line_id"));
  row = sw_facts_add (self->line, sw_record_get_text (request, "customer_name"), _("Customer"));
  sw_facts_set_link (row, "customer", sw_record_get_int (request, "customer_id"));
}

/* The keys of @object that have words, as pairs. */
static void
show_pairs (AdwPreferencesGroup *group, SwRecord *object, const SwChoice *words)
{
  gboolean any = FALSE;

  sw_facts_clear (group);
  for (const SwChoice *word = words; object != NULL && word->value != NULL; word++)
    {
      const char *value = sw_record_get_text (object, word->value);

      if (value == NULL)
        continue;
      if (g_str_equal (word->value, "direction") || g_str_equal (word->value, "asked_direction"))
        value = sw_choice_label (sw_line_restrictions, value);
      sw_facts_add_pair (group, _(word->label), value);
      any = TRUE;
    }
  gtk_widget_set_visible (GTK_WIDGET (group), any);
}

static const SwChoice asked_words[] = {
  { "asked_user", N_("User"), SW_BADGE_NEUTRAL },
  { "asked_offer", N_("Offer"), SW_BADGE_NEUTRAL },
  { "asked_direction", N_("Restriction"), SW_BADGE_NEUTRAL },
  { "asked_iccid", N_("New SIM card"), SW_BADGE_NEUTRAL },
  { "cause", N_("Why"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice sent_words[] = {
  { "number", N_("Number"), SW_BADGE_NEUTRAL },
  { "first_name", N_("First name"), SW_BADGE_NEUTRAL },
  { "last_name", N_("Last name"), SW_BADGE_NEUTRAL },
  { "offer", N_("Code of the offer"), SW_BADGE_NEUTRAL },
  { "iccid", N_("SIM card"), SW_BADGE_NEUTRAL },
  { "rio", N_("RIO"), SW_BADGE_NEUTRAL },
  { "direction", N_("Restriction"), SW_BADGE_NEUTRAL },
  { NULL }
};

static void
add_instant (AdwPreferencesGroup *group, const char *title, SwRecord *request, const char *at, const char *by)
{
  g_autofree char *day = sw_date_format_instant (sw_record_get_text (request, at));
  g_autofree char *text = NULL;

  if (sw_record_get_text (request, at) == NULL)
    return;
  text = g_strjoin (" · ", day, by != NULL ? sw_record_get_text (request, by) : NULL, NULL);
  sw_facts_add_pair (group, title, text);
}

static void
show_course (SwOperationsPage *self, SwRecord *request)
{
  g_autofree char *day = sw_date_format (sw_record_get_text (request, "effective_on"));
  g_autofree char *done = sw_date_format (sw_record_get_text (request, "applied_on"));

  sw_facts_clear (self->course);
  sw_facts_add_pair (self->course, _("Carried by"),
                     sw_choice_label (sw_line_providers, sw_record_get_text (request, "provider")));
  sw_facts_add_pair (self->course, _("For"), day);
  add_instant (self->course, _("Asked"), request, "requested_at", "requested_by");
  add_instant (self->course, _("Sent"), request, "sent_at", NULL);
  add_instant (self->course, _("Answered"), request, "answered_at", "answered_by");
  sw_facts_add_pair (self->course, _("Applied"), done);
}

static void
show (SwRecordPage *page, SwRecord *request)
{
  SwOperationsPage *self = SW_OPERATIONS_PAGE (page);
  const char *operation = sw_choice_label (sw_line_operations, sw_record_get_text (request, "action"));
  g_autofree char *number = format_number (request);
  g_autofree char *asked = sw_line_describe_asked (request);

  sw_record_page_set_title (page, operation, number);
  gtk_label_set_label (self->operation, operation);
  gtk_label_set_label (self->summary, asked != NULL ? asked : "");
  gtk_widget_set_visible (GTK_WIDGET (self->summary), asked != NULL);
  sw_badge_set_choice (self->badge, sw_line_request_statuses, sw_record_get_text (request, "status"));
  sw_operation_actions_show (page, request);
  show_todo (self, request);
  show_line (self, request);
  show_pairs (self->asked, request, asked_words);
  show_pairs (self->sent, sw_record_get_record (request, "operator_data"), sent_words);
  show_course (self, request);
}

static void
sw_operations_page_class_init (SwOperationsPageClass *klass)
{
  SwRecordPageClass *page_class = SW_RECORD_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_lines_get_resource ());
  page_class->info = &info;
  page_class->build = build;
  page_class->show = show;
}

static void
sw_operations_page_init (SwOperationsPage *self)
{
}
