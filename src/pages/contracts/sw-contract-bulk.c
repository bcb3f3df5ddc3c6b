/* sw-contract-bulk.c: see sw-contract-bulk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/contracts/sw-contract-bulk.h"

#include <glib/gi18n-lib.h>

#include "widgets/sw-bulk.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-page.h"

typedef struct
{
  SwTable *table;
  SwSession *session;
  GArray *ids;
} Ask;

static SwCall *
call_issue (const gint64 *ids, gsize n_ids, gpointer data)
{
  SwCall *call = sw_call_new ("contracts_issue_due");

  sw_call_add_ids (call, NULL, ids, n_ids);
  return call;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer data)
{
  Ask *ask = data;
  g_autofree char *answer = sw_dialog_choose_finish (SW_DIALOG (source), result);

  if (g_str_equal (answer, "yes"))
    sw_bulk_run (ask->table, ask->session, _("Issue the due invoices"), ask->ids, call_issue, NULL,
                 NULL);
  g_object_unref (ask->table);
  g_object_unref (ask->session);
  g_array_unref (ask->ids);
  g_free (ask);
}

static void
issue_due (SwTable *table, GArray *ids, gpointer page)
{
  g_autofree char *heading
      = g_strdup_printf (ngettext ("Issue the due invoice of %u contract?",
                                   "Issue the due invoices of %u contracts?", ids->len), ids->len);
  Ask *ask = g_new (Ask, 1);

  ask->table = g_object_ref (table);
  ask->session = g_object_ref (sw_page_get_session (page));
  ask->ids = g_array_ref (ids);
  sw_dialog_choose_async (sw_dialog_new_question (heading, _("An issued invoice never changes."),
                                                  _("_Issue"), FALSE),
                          GTK_WIDGET (table), NULL, on_answered, ask);
}

const SwBulkAction sw_contract_bulk_actions[] = {
  { N_("Issue the Due Invoices…"), "contracts_issue_due", issue_due },
  { NULL }
};
