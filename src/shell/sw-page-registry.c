/* sw-page-registry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-page-registry.h"

#include <glib/gi18n.h>
#include "pages/administration/sw-administration-page.h"
#include "pages/billing/sw-invoices-page.h"
#include "pages/catalogue/sw-catalogue-page.h"
#include "pages/contracts/sw-contracts-page.h"
#include "pages/customers/sw-customers-page.h"
#include "pages/imports/sw-import-page.h"

/* One line a page, in the order of the sidebar. */
static const SwPageEntry pages[] = {
  { "customers", "customer", N_ ("Clientele"), N_ ("Customers"), "system-users-symbolic",
    "customers", NULL, sw_customers_page_get_type },
  { "catalogue", "offer", N_ ("Clientele"), N_ ("Catalogue"), "view-list-bullet-symbolic", NULL, NULL,
    sw_catalogue_page_get_type },
  { "contracts", "contract contract-of-customer", N_ ("Clientele"), N_ ("Contracts"), "sw-contract-symbolic",
    "contracts", NULL, sw_contracts_page_get_type },
  { "imports", "", N_ ("Clientele"), N_ ("Import"), "document-open-symbolic", NULL, "sw_adv",
    sw_import_page_get_type },
  { "invoices", "invoice", N_ ("Accounting"), N_ ("Invoices"), "sw-invoice-symbolic", "invoices",
    NULL, sw_invoices_page_get_type },
  { "administration", "", N_ ("Accounting"), N_ ("Administration"), "emblem-system-symbolic",
    "administration", "sw_adv sw_accounting", sw_administration_page_get_type },
  { NULL },
};

static const SwPageEntry *overridden;

const SwPageEntry *
sw_page_registry_get (void)
{
  return overridden != NULL ? overridden : pages;
}

const SwPageEntry *
sw_page_registry_find_entity (const char *entity)
{
  for (const SwPageEntry *entry = sw_page_registry_get (); entry->name != NULL; entry++)
    {
      g_auto (GStrv) entities = g_strsplit (entry->entities, " ", -1);

      if (g_strv_contains ((const char *const *) entities, entity))
        return entry;
    }
  return NULL;
}

void
sw_page_registry_override (const SwPageEntry *entries)
{
  overridden = entries;
}
