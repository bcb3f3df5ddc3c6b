/* sw-search-hit.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-search-hit.h"

#include <string.h>
#include <glib/gi18n.h>
#include "base/sw-identifier.h"
#include "base/sw-phone.h"
#include "shell/sw-page-registry.h"

const SwChoice sw_search_kinds[] = {
  { "customer", N_ ("Customer"), SW_BADGE_NEUTRAL },
  { "contact", N_ ("Contact"), SW_BADGE_NEUTRAL },
  { "contract", N_ ("Contract"), SW_BADGE_NEUTRAL },
  { "invoice", N_ ("Invoice"), SW_BADGE_NEUTRAL },
  { "billing_site", N_ ("Billing site"), SW_BADGE_NEUTRAL },
  { "line", N_ ("Line"), SW_BADGE_NEUTRAL },
  { "sim_card", N_ ("SIM card"), SW_BADGE_NEUTRAL },
  { "sales_order", N_ ("Order"), SW_BADGE_NEUTRAL },
  { "service", N_ ("Site of installation"), SW_BADGE_NEUTRAL },
  { "equipment", N_ ("Machine"), SW_BADGE_NEUTRAL },
  { NULL },
};

const char *
sw_search_hit_get_icon_name (SwRecord *hit)
{
  const char *entity = sw_record_get_text (hit, "entity");
  const char *page = sw_record_get_text (hit, "page");
  const SwPageEntry *entry = page != NULL ? sw_page_registry_find_entity (page) : NULL;

  if (g_strcmp0 (entity, "contact") == 0)
    return "avatar-default-symbolic";
  return entry != NULL ? entry->icon_name : "edit-find-symbolic";
}

const char *
sw_search_hit_get_title (SwRecord *hit)
{
  const char *title = sw_record_get_text (hit, "title");

  return title != NULL && *title != '\0' ? title : _ ("Draft invoice");
}

/* Digits as dialled in France; abroad, those after the plus. In pairs whatever the prefix: the server
 * keeps no trace of which numbers of ten digits are overseas. */
static char *
phone_text (const char *digits)
{
  g_autoptr (GString) text = NULL;
  g_autofree char *abroad = NULL;

  if (strlen (digits) == 10)
    {
      text = g_string_new_len (digits, 2);
      for (guint i = 2; i < 10; i += 2)
        g_string_append_printf (text, " %.2s", digits + i);
      return g_string_free (g_steal_pointer (&text), FALSE);
    }
  if (*digits == '0')
    return sw_phone_format (digits);
  abroad = g_strconcat ("+", digits, NULL);
  return sw_phone_format (abroad);
}

/* NULL when the title says it already. */
static char *
found_text (SwRecord *hit)
{
  const char *kind = sw_record_get_text (hit, "found_kind");
  const char *found = sw_record_get_text (hit, "found");
  g_autofree char *text = NULL;

  if (kind == NULL || found == NULL || g_str_equal (kind, "number"))
    return NULL;
  if (g_str_equal (kind, "phone"))
    return phone_text (found);
  if (g_str_has_prefix (kind, "iban"))
    return g_strdup_printf ("IBAN …%s", found);
  if (g_str_equal (kind, "serial"))
    return g_strdup_printf (_ ("Serial number %s"), found);
  text = g_str_equal (kind, "siren")   ? sw_identifier_format (SW_IDENTIFIER_SIREN, found)
         : g_str_equal (kind, "siret") ? sw_identifier_format (SW_IDENTIFIER_SIRET, found)
                                       : g_strdup (found);
  if (g_str_equal (kind, "vat"))
    return g_strdup_printf (_ ("VAT number %s"), text);
  else
    {
      g_autofree char *name = g_ascii_strup (kind, -1);

      return g_strdup_printf ("%s %s", name, text);
    }
}

char *
sw_search_hit_get_detail (SwRecord *hit)
{
  const char *subtitle = sw_record_get_text (hit, "subtitle");
  g_autofree char *found = found_text (hit);

  if (subtitle == NULL || *subtitle == '\0')
    return found != NULL ? g_steal_pointer (&found) : g_strdup ("");
  return found != NULL ? g_strdup_printf ("%s · %s", found, subtitle) : g_strdup (subtitle);
}
