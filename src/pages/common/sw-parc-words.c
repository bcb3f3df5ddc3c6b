/* sw-parc-words.c: the words for the server's codes of the parc: sites, machines, lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/common/sw-parc-words.h"

#include <glib/gi18n-lib.h>

const SwChoice sw_parc_words_kinds[] = {
  { "fixed", N_("Fixed"), SW_BADGE_NEUTRAL },
  { "internet", N_("Internet"), SW_BADGE_NEUTRAL },
  { "mobile", N_("Mobile"), SW_BADGE_NEUTRAL },
  { "cybersecurity", N_("Cybersecurity"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_parc_words_activities[] = {
  { "active", N_("Active"), SW_BADGE_OK },
  { "terminated", N_("Terminated"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_parc_words_statuses[] = {
  { "main", N_("Main site"), SW_BADGE_NEUTRAL },
  { "branch", N_("Branch"), SW_BADGE_NEUTRAL },
  { "other", N_("Other"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_parc_words_machine_states[] = {
  { "in_stock", N_("In stock"), SW_BADGE_ACCENT },
  { "under_contract", N_("Under contract"), SW_BADGE_OK },
  { "in_service_off_contract", N_("In service, out of contract"), SW_BADGE_WARNING },
  { "returned", N_("Returned"), SW_BADGE_NEUTRAL },
  { "sold", N_("Sold"), SW_BADGE_NEUTRAL },
  { "dead", N_("Dead"), SW_BADGE_ALERT },
  { NULL }
};

const SwChoice sw_parc_words_machine_kinds[] = {
  { "router", N_("Router"), SW_BADGE_NEUTRAL },
  { "phone", N_("Desk phone"), SW_BADGE_NEUTRAL },
  { "mobile", N_("Mobile phone"), SW_BADGE_NEUTRAL },
  { "terminal", N_("Mobile terminal"), SW_BADGE_NEUTRAL },
  { "firewall", N_("Firewall"), SW_BADGE_NEUTRAL },
  { "server", N_("Server"), SW_BADGE_NEUTRAL },
  { "switch", N_("Network switch"), SW_BADGE_NEUTRAL },
  { "access_point", N_("Wi-Fi access point"), SW_BADGE_NEUTRAL },
  { "copier", N_("Copier"), SW_BADGE_NEUTRAL },
  { "printer", N_("Printer"), SW_BADGE_NEUTRAL },
  { "other", N_("Other"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_parc_words_line_states[] = {
  { "under_construction", N_("Under construction"), SW_BADGE_ACCENT },
  { "active", N_("Active"), SW_BADGE_OK },
  { "restricted", N_("Restricted"), SW_BADGE_WARNING },
  { "inactive", N_("Inactive"), SW_BADGE_WARNING },
  { "terminated", N_("Terminated"), SW_BADGE_NEUTRAL },
  { "obsolete", N_("Obsolete"), SW_BADGE_NEUTRAL },
  { NULL }
};

char *
sw_parc_words_address (SwRecord *record)
{
  static const char *const fields[] = { "address_1", "address_2" };
  const char *postcode = sw_record_get_text (record, "postcode");
  const char *city = sw_record_get_text (record, "city");
  g_autoptr (GString) text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (sw_record_get_text (record, fields[i]) != NULL)
      g_string_append_printf (text, "%s%s", text->len == 0 ? "" : ", ",
                              sw_record_get_text (record, fields[i]));
  if (postcode != NULL || city != NULL)
    g_string_append_printf (text, "%s%s%s%s", text->len == 0 ? "" : ", ",
                            postcode != NULL ? postcode : "",
                            postcode != NULL && city != NULL ? " " : "", city != NULL ? city : "");
  return g_string_free (g_steal_pointer (&text), FALSE);
}
