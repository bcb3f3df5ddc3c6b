/* sw-administration-roles.c: see sw-administration-roles.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/administration/sw-administration-roles.h"

#include <glib/gi18n-lib.h>

#include "model/sw-record.h"
#include "pages/common/sw-login-dialog.h"
#include "widgets/sw-choice.h"
#include "widgets/sw-facts.h"

static const SwChoice domains[] = {
  { "customer", N_("customers"), SW_BADGE_NEUTRAL },
  { "contract", N_("contracts"), SW_BADGE_NEUTRAL },
  { "order", N_("orders"), SW_BADGE_NEUTRAL },
  { "service", N_("sites of installation"), SW_BADGE_NEUTRAL },
  { "equipment", N_("machines"), SW_BADGE_NEUTRAL },
  { "line", N_("lines"), SW_BADGE_NEUTRAL },
  { "line_request", N_("operations on lines"), SW_BADGE_NEUTRAL },
  { "sim_card", N_("stock of SIM cards"), SW_BADGE_NEUTRAL },
  { "import", N_("imported files"), SW_BADGE_NEUTRAL },
  { "sync", N_("exchanges with operators"), SW_BADGE_NEUTRAL },
  { "offer", N_("the catalogue"), SW_BADGE_NEUTRAL },
  { "tariff_grid", N_("price grids"), SW_BADGE_NEUTRAL },
  { "invoice", N_("invoices"), SW_BADGE_NEUTRAL },
  { "payment", N_("payments"), SW_BADGE_NEUTRAL },
  { "meter_reading", N_("meter readings"), SW_BADGE_NEUTRAL },
  { "note", N_("notes and files"), SW_BADGE_NEUTRAL },
  { "setting", N_("settings"), SW_BADGE_NEUTRAL },
  { "login", N_("people and logins"), SW_BADGE_NEUTRAL },
  { NULL }
};

static const SwChoice scopes[] = {
  { "everything", N_("Sees everything, margins included"), SW_BADGE_NEUTRAL },
  { "all_but_margins", N_("Sees everything but margins"), SW_BADGE_NEUTRAL },
  { "own_customers", N_("Sees the customers brought in and what is theirs"), SW_BADGE_NEUTRAL },
  { "own_account", N_("Sees its own record and what it has"), SW_BADGE_NEUTRAL },
  { NULL }
};

static char *
join_domains (const char *const *names)
{
  g_autoptr (GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; names[i] != NULL; i++)
    g_ptr_array_add (words, (gpointer) sw_choice_label (domains, names[i]));
  g_ptr_array_add (words, NULL);
  return g_strjoinv (", ", (char **) words->pdata);
}

static void
add_role (AdwPreferencesGroup *group, SwRecord *role)
{
  g_autofree char *edits = join_domains (sw_record_get_strv (role, "edits"));
  g_autofree char *closes = join_domains (sw_record_get_strv (role, "closes"));
  g_autoptr (GString) text
      = g_string_new (sw_choice_label (scopes, sw_record_get_text (role, "sees")));

  g_string_append_c (text, '\n');
  if (*edits != '\0')
    g_string_append_printf (text, _("Creates and changes: %s"), edits);
  if (*edits != '\0' && *closes != '\0')
    g_string_append_c (text, '\n');
  if (*closes != '\0')
    g_string_append_printf (text, _("Validates and closes: %s"), closes);
  else if (*edits == '\0')
    g_string_append (text, _("Changes nothing"));
  sw_facts_add (group, sw_choice_label (sw_login_roles, sw_record_get_text (role, "role")), text->str);
}

void
sw_administration_roles_show (AdwPreferencesGroup *group, GListModel *rows)
{
  sw_facts_clear (group);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) role = g_list_model_get_item (rows, i);

      add_role (group, role);
    }
}
