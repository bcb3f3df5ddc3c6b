/* sw-administration-page.c: the reseller itself: identity, documents, rules, schedule, people
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A list of sections beside the open one, as in the other pages. All of it is read in one round trip,
 * api.administration_record(); the schedule in two lists.
 */
#include "config.h"

#include "pages/administration/sw-administration-page.h"

#include <glib/gi18n-lib.h>

#include "administration-resources.h"
#include "model/sw-call.h"
#include "model/sw-change-feed.h"
#include "model/sw-record-list.h"
#include "model/sw-rule-messages.h"
#include "pages/administration/sw-administration-lists.h"
#include "pages/administration/sw-administration-logo.h"
#include "pages/administration/sw-administration-roles.h"
#include "pages/administration/sw-administration-section.h"
#include "pages/administration/sw-operators.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-facts.h"
#include "widgets/sw-split-view.h"

enum
{
  COMPANY,
  DOCUMENTS,
  RULES,
  TELECOM,
  SCHEDULE,
  OPERATORS,
  PEOPLE,
  N_SECTIONS
};

static const struct
{
  const char *name;
  const char *title;     /* msgid */
  const char *icon_name;
  const char *ui;
  const char *entity; /* what its form saves, and the member of the record it shows */
} sections[N_SECTIONS] = {
  [COMPANY] = { "company", N_("Company"), "avatar-default-symbolic", "company.ui", "company" },
  [DOCUMENTS] = { "documents", N_("Documents"), "x-office-document-symbolic", "documents.ui", "company" },
  [RULES] = { "rules", N_("Rules"), "emblem-system-symbolic", "rules.ui", "parameter" },
  [TELECOM] = { "telecom", N_("Telecom"), "phone-symbolic", "telecom.ui", "parameter" },
  [SCHEDULE] = { "schedule", N_("Schedule"), "alarm-symbolic", "schedule.ui", NULL },
  [OPERATORS] = { "operators", N_("Operators"), "network-transmit-receive-symbolic", "operators.ui", NULL },
  [PEOPLE] = { "people", N_("People"), "system-users-symbolic", "people.ui", NULL },
};

struct _SwAdministrationPage
{
  SwPage parent_instance;

  GtkWidget *split;
  GtkWidget *list;
  GtkWidget *stack;
  SwAdministrationSection *section[N_SECTIONS];
  SwRecordList *runs;
  SwRecordList *failures;
  SwOperators *operators;
};

G_DEFINE_FINAL_TYPE (SwAdministrationPage, sw_administration_page, SW_TYPE_PAGE)

static const SwChoice proration_bases[] = {
  { "calendar_month", N_("Days of the calendar month"), SW_BADGE_NEUTRAL },
  { "period", N_("Days of the period"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice empty_balances[] = {
  { "unnumbered", N_("Is recorded without a number"), SW_BADGE_NEUTRAL },
  { "zero_invoice", N_("Is an invoice of 0.00 €"), SW_BADGE_NEUTRAL },
  { NULL }
};

/* Reading */

static AdwPreferencesGroup *
group_of (SwAdministrationPage *self, int section, const char *id)
{
  return ADW_PREFERENCES_GROUP (sw_administration_section_get (self->section[section], id));
}

static void
show_record (SwAdministrationPage *self, SwRecord *record)
{
  SwPage *page = SW_PAGE (self);

  for (int i = 0; i < N_SECTIONS; i++)
    if (sections[i].entity != NULL)
      sw_administration_section_load (self->section[i],
                                      sw_record_get_record (record, sections[i].entity));
  sw_administration_lists_show_methods (group_of (self, DOCUMENTS, "methods"), page,
                                        sw_record_get_rows (record, "payment_methods"));
  sw_administration_lists_show_series (group_of (self, DOCUMENTS, "series"), page,
                                       sw_record_get_rows (record, "number_series"));
  sw_administration_lists_show_operators (group_of (self, TELECOM, "operators"), page,
                                          sw_record_get_rows (record, "operators"));
  sw_administration_lists_show_users (group_of (self, PEOPLE, "users"), page, record);
  sw_administration_lists_show_introducers (group_of (self, PEOPLE, "introducers"), page, record);
  sw_administration_roles_show (group_of (self, PEOPLE, "roles"), sw_record_get_rows (record, "roles"));
}

static void
on_record_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) record = sw_call_run_finish_record (result, &error);

  if (record != NULL)
    show_record (user_data, record);
  else if (error != NULL && !sw_rule_is_cancelled (error) && !sw_rule_is_lost (error))
    sw_dialog_tell_error (GTK_WIDGET (user_data), _("Administration cannot be shown"), error);
}

/* Only what is shown is read: the first page comes with the ids. */
static void
on_runs_loaded (SwRecordList *runs, SwAdministrationPage *self)
{
  sw_administration_lists_show_runs (group_of (self, SCHEDULE, "runs"), G_LIST_MODEL (runs));
}

static void
on_failures_loaded (SwRecordList *failures, SwAdministrationPage *self)
{
  sw_administration_lists_show_failures (group_of (self, SCHEDULE, "failures"), SW_PAGE (self),
                                         G_LIST_MODEL (failures));
}

/* A list that could not be read says why where its rows would be. */
static void
on_list_error (SwRecordList *list, GParamSpec *pspec, AdwPreferencesGroup *group)
{
  if (sw_record_list_get_error (list) == NULL)
    return;
  sw_facts_clear (group);
  sw_facts_add (group, sw_record_list_get_error (list), NULL);
}

static SwRecordList *
read_list (SwAdministrationPage *self, SwListQuery *query, const char *group, GCallback callback)
{
  SwRecordList *list = sw_record_list_new (sw_page_get_session (SW_PAGE (self)), query);

  g_signal_connect_object (list, "loaded", callback, self, 0);
  g_signal_connect_object (list, "notify::error", G_CALLBACK (on_list_error),
                           group_of (self, SCHEDULE, group), 0);
  return list;
}

static void
read_schedule (SwAdministrationPage *self)
{
  static const char *run_columns[]
      = { "started_at", "until_on", "invoices", "transitions", "failures", NULL };
  static const char *failure_columns[] = { "contract_id", "contract_number", "customer_name", "due_on",
                                           "code", "message", "detail", NULL };
  g_autoptr (SwListQuery) runs = sw_list_query_new ("job_run");
  g_autoptr (SwListQuery) failures = sw_list_query_new ("job_failure");

  sw_list_query_set_columns (runs, run_columns);
  sw_list_query_set_sort (runs, "id", TRUE);
  g_clear_object (&self->runs);
  self->runs = read_list (self, runs, "runs", G_CALLBACK (on_runs_loaded));

  sw_list_query_set_columns (failures, failure_columns);
  sw_list_query_set_filter (failures, "resolved_at", SW_FILTER_NULL, NULL);
  g_clear_object (&self->failures);
  self->failures = read_list (self, failures, "failures", G_CALLBACK (on_failures_loaded));
}

static void
refresh (SwPage *page)
{
  g_autoptr (SwCall) call = sw_call_new ("administration_record");

  sw_call_run_async (call, sw_page_get_session (page), sw_page_get_cancellable (page),
                     on_record_read, page);
  read_schedule (SW_ADMINISTRATION_PAGE (page));
  sw_operators_refresh (SW_ADMINISTRATION_PAGE (page)->operators);
}

/* Sections */

static int
visible_section (SwAdministrationPage *self)
{
  const char *name = gtk_stack_get_visible_child_name (GTK_STACK (self->stack));

  for (int i = 0; i < N_SECTIONS; i++)
    if (g_strcmp0 (sections[i].name, name) == 0)
      return i;
  return COMPANY;
}

static void
save (SwPage *page)
{
  SwAdministrationPage *self = SW_ADMINISTRATION_PAGE (page);

  sw_administration_section_save (self->section[visible_section (self)]);
}

static gboolean
back (SwPage *page)
{
  SwSplitView *split = SW_SPLIT_VIEW (SW_ADMINISTRATION_PAGE (page)->split);

  if (!sw_split_view_get_folded (split) || !sw_split_view_get_show_content (split))
    return FALSE;
  sw_split_view_set_show_content (split, FALSE);
  return TRUE;
}

static void
on_form_changed (SwAdministrationPage *self)
{
  gboolean unsaved = FALSE;

  for (int i = 0; i < N_SECTIONS; i++)
    unsaved = unsaved || sw_administration_section_is_changed (self->section[i]);
  sw_page_set_unsaved (SW_PAGE (self), unsaved);
}

static void
on_section_activated (GtkListBox *list, GtkListBoxRow *row, SwAdministrationPage *self)
{
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                    sections[gtk_list_box_row_get_index (row)].name);
  sw_split_view_set_show_content (SW_SPLIT_VIEW (self->split), TRUE);
}

static void
on_section_selected (GtkListBox *list, GtkListBoxRow *row, SwAdministrationPage *self)
{
  if (row != NULL)
    gtk_stack_set_visible_child_name (GTK_STACK (self->stack),
                                      sections[gtk_list_box_row_get_index (row)].name);
}

/* Tab leaves the list for the fields: in GTK 4.8 it would walk through the rows, choosing each on the
 * way (GtkListBox has no tab-behavior before 4.18). */
static gboolean
on_list_key (GtkEventControllerKey *keys, guint key, guint code, GdkModifierType state,
             SwAdministrationPage *self)
{
  if (key != GDK_KEY_Tab || (state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return FALSE;
  return gtk_widget_child_focus (self->stack, GTK_DIR_TAB_FORWARD);
}

static GtkWidget *
new_list_row (const char *title, const char *icon_name)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);

  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name (icon_name));
  gtk_box_append (GTK_BOX (box), gtk_label_new (title));
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  return row;
}

static void
build_section (SwAdministrationPage *self, int index)
{
  SwAdministrationSection *section
      = sw_administration_section_new (SW_PAGE (self), _(sections[index].title), sections[index].ui,
                                       sections[index].entity);

  self->section[index] = section;
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (section), sections[index].name);
  gtk_list_box_append (GTK_LIST_BOX (self->list),
                       new_list_row (_(sections[index].title), sections[index].icon_name));
  if (sw_administration_section_get_form (section) != NULL)
    g_signal_connect_object (sw_administration_section_get_form (section), "notify::changed",
                             G_CALLBACK (on_form_changed), self, G_CONNECT_SWAPPED);
}

/* The screen itself is the page of SIM cards', which support and staging have too. */
static void
on_swap_activated (GtkWidget *row)
{
  sw_page_open (row, "sim-swap", 0);
}

static void
constructed (GObject *object)
{
  SwAdministrationPage *self = SW_ADMINISTRATION_PAGE (object);
  GtkWidget *pane = sw_pane_new (_("Administration"));
  GtkEventController *keys = gtk_event_controller_key_new ();

  G_OBJECT_CLASS (sw_administration_page_parent_class)->constructed (object);

  self->list = gtk_list_box_new ();
  gtk_widget_add_css_class (self->list, "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Sections"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_section_activated), self, 0);
  g_signal_connect_object (self->list, "row-selected", G_CALLBACK (on_section_selected), self, 0);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_list_key), self, 0);
  gtk_widget_add_controller (self->list, keys);
  sw_pane_set_body (SW_PANE (pane), self->list);

  self->stack = gtk_stack_new ();
  for (int i = 0; i < N_SECTIONS; i++)
    build_section (self, i);
  sw_choice_row_set_choices (
      SW_CHOICE_ROW (sw_administration_section_get (self->section[RULES], "proration_basis")),
      proration_bases);
  sw_choice_row_set_choices (
      SW_CHOICE_ROW (sw_administration_section_get (self->section[RULES], "empty_balance_invoice")),
      empty_balances);
  g_signal_connect (sw_administration_section_get (self->section[TELECOM], "swap"), "activated",
                    G_CALLBACK (on_swap_activated), NULL);
  self->operators = sw_operators_new (SW_PAGE (self), self->section[OPERATORS]);
  sw_administration_logo_build (group_of (self, COMPANY, "brand"), SW_PAGE (self));

  self->split = sw_split_view_new ();
  sw_split_view_set_widths (SW_SPLIT_VIEW (self->split), 220, -1);
  sw_split_view_set_start (SW_SPLIT_VIEW (self->split), pane);
  sw_split_view_set_content (SW_SPLIT_VIEW (self->split), self->stack);
  sw_split_view_set_show_content (SW_SPLIT_VIEW (self->split), TRUE);
  adw_bin_set_child (ADW_BIN (self), self->split);

  g_object_set (self, "title", _("Administration"), "icon-name", "emblem-system-symbolic", NULL);
  g_signal_connect_object (sw_session_get_change_feed (sw_page_get_session (SW_PAGE (self))),
                           "changed::administration", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (sw_session_get_change_feed (sw_page_get_session (SW_PAGE (self))),
                           "changed::catalogue", G_CALLBACK (refresh), self, G_CONNECT_SWAPPED);
  refresh (SW_PAGE (self));
}

static void
dispose (GObject *object)
{
  SwAdministrationPage *self = SW_ADMINISTRATION_PAGE (object);

  g_clear_object (&self->runs);
  g_clear_object (&self->failures);
  if (self->operators != NULL)
    sw_operators_stop (self->operators);
  g_clear_object (&self->operators);
  G_OBJECT_CLASS (sw_administration_page_parent_class)->dispose (object);
}

static void
sw_administration_page_class_init (SwAdministrationPageClass *klass)
{
  SwPageClass *page_class = SW_PAGE_CLASS (klass);

  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_administration_get_resource ());
  G_OBJECT_CLASS (klass)->constructed = constructed;
  G_OBJECT_CLASS (klass)->dispose = dispose;
  page_class->refresh = refresh;
  page_class->save = save;
  page_class->back = back;
}

static void
sw_administration_page_init (SwAdministrationPage *self)
{
}
