/* sw-page-registry.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-page-registry.h"

#include <glib/gi18n.h>
#include "pages/administration/sw-administration-page.h"
#include "pages/billing/sw-invoices-page.h"
#include "pages/catalogue/sw-bundles-page.h"
#include "pages/catalogue/sw-catalogue-page.h"
#include "pages/catalogue/sw-catalogues-page.h"
#include "pages/catalogue/sw-tariffs-page.h"
#include "pages/contracts/sw-contracts-page.h"
#include "pages/customers/sw-customers-page.h"
#include "pages/imports/sw-import-page.h"
#include "pages/lines/sw-lines-page.h"
#include "pages/lines/sw-operations-page.h"
#include "pages/orders/sw-orders-page.h"
#include "pages/parc/sw-equipment-page.h"
#include "pages/parc/sw-parc-page.h"
#include "pages/sim/sw-sim-page.h"

#define OFFICE "sw_support sw_staging sw_adv sw_accounting sw_deployment sw_technician"

/* One line a page, in the order of the sidebar. */
static const SwPageEntry pages[] = {
  { "customers", "customer", N_ ("Clientele"), N_ ("Customers"), "system-users-symbolic",
    "customers", NULL, sw_customers_page_get_type },
  { "contracts", "contract contract-of-customer", N_ ("Clientele"), N_ ("Contracts"), "sw-contract-symbolic",
    "contracts", NULL, sw_contracts_page_get_type },
  { "orders", "sales_order mobile-order-of-customer service-order-of-customer", N_ ("Clientele"), N_ ("Orders"),
    "sw-order-symbolic", "orders", NULL, sw_orders_page_get_type },
  { "parc", "service service-of-customer", N_ ("Telecom"), N_ ("Parc"), "network-wired-symbolic", NULL, NULL,
    sw_parc_page_get_type },
  { "equipment", "equipment equipment-of-service", N_ ("Telecom"), N_ ("Machines"), "drive-harddisk-symbolic",
    NULL, NULL, sw_equipment_page_get_type },
  { "lines", "line lines-of-customer", N_ ("Telecom"), N_ ("Lines"), "call-start-symbolic", NULL, NULL,
    sw_lines_page_get_type },
  { "operations", "line_request", N_ ("Telecom"), N_ ("Operations"), "emblem-synchronizing-symbolic",
    "operations", NULL, sw_operations_page_get_type },
  { "sim-cards", "sim_card sim-swap", N_ ("Telecom"), N_ ("SIM cards"), "auth-sim-symbolic", NULL, NULL,
    sw_sim_page_get_type },
  { "imports", "import-sim file", N_ ("Telecom"), N_ ("Import"), "document-open-symbolic", NULL, "sw_adv",
    sw_import_page_get_type },
  { "catalogue", "offer", N_ ("Catalogue"), N_ ("Offers"), "view-list-bullet-symbolic", NULL, OFFICE,
    sw_catalogue_page_get_type },
  { "bundles", "bundle", N_ ("Catalogue"), N_ ("Bundles"), "package-x-generic-symbolic", NULL,
    "sw_adv sw_accounting", sw_bundles_page_get_type },
  { "catalogues", "catalogue", N_ ("Catalogue"), N_ ("Catalogues"), "view-grid-symbolic", NULL,
    "sw_adv sw_accounting", sw_catalogues_page_get_type },
  { "price-grids", "tariff_grid", N_ ("Catalogue"), N_ ("Price grids"), "x-office-spreadsheet-symbolic", NULL,
    "sw_adv sw_accounting", sw_tariffs_page_get_type },
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

gboolean
sw_page_entry_is_for (const SwPageEntry *entry, SwSession *session)
{
  g_auto (GStrv) roles = g_strsplit (entry->roles != NULL ? entry->roles : "", " ", -1);

  if (entry->roles == NULL || sw_session_has_role (session, "sw_admin"))
    return TRUE;
  for (guint i = 0; roles[i] != NULL; i++)
    if (sw_session_has_role (session, roles[i]))
      return TRUE;
  return FALSE;
}

void
sw_page_registry_override (const SwPageEntry *entries)
{
  overridden = entries;
}
