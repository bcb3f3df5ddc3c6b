/* sw-line-words.c: see sw-line-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/common/sw-line-words.h"

#include <glib/gi18n-lib.h>

#include "base/sw-identifier.h"

const SwChoice sw_line_states[] = {
  { "under_construction", N_("Under construction"), SW_BADGE_ACCENT },
  { "active", N_("Active"), SW_BADGE_OK },
  { "restricted", N_("Restricted"), SW_BADGE_WARNING },
  { "inactive", N_("Inactive"), SW_BADGE_NEUTRAL },
  { "terminated", N_("Terminated"), SW_BADGE_NEUTRAL },
  { "obsolete", N_("Obsolete"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_line_restrictions[] = {
  { "none", N_("None"), SW_BADGE_NEUTRAL },
  { "incoming", N_("Incoming calls barred"), SW_BADGE_WARNING },
  { "outgoing", N_("Outgoing calls barred"), SW_BADGE_WARNING },
  { "both", N_("All calls barred"), SW_BADGE_ALERT },
  { NULL }
};

const SwChoice sw_line_number_kinds[] = {
  { "fixed", N_("Fixed"), SW_BADGE_NEUTRAL },
  { "mobile", N_("Mobile"), SW_BADGE_NEUTRAL },
  { "m2m", N_("M2M"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_line_operations[] = {
  { "line_activate", N_("Activation"), SW_BADGE_NEUTRAL },
  { "line_reactivate", N_("Reactivation"), SW_BADGE_NEUTRAL },
  { "line_change_user", N_("Change of user"), SW_BADGE_NEUTRAL },
  { "line_change_offer", N_("Change of offer"), SW_BADGE_NEUTRAL },
  { "line_international", N_("International option"), SW_BADGE_NEUTRAL },
  { "line_swap_sim", N_("Replacement of the SIM card"), SW_BADGE_NEUTRAL },
  { "line_restrict", N_("Restriction"), SW_BADGE_NEUTRAL },
  { "line_deactivate", N_("Hold"), SW_BADGE_NEUTRAL },
  { "line_terminate", N_("Termination"), SW_BADGE_NEUTRAL },
  { "line_archive", N_("Archiving"), SW_BADGE_NEUTRAL },
  { "line_synchronise", N_("Report of the operator"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_line_request_statuses[] = {
  { "queued", N_("To be sent"), SW_BADGE_WARNING },
  { "sent", N_("Sent"), SW_BADGE_ACCENT },
  { "accepted", N_("Accepted"), SW_BADGE_ACCENT },
  { "applied", N_("Applied"), SW_BADGE_OK },
  { "refused", N_("Declined"), SW_BADGE_ALERT },
  { "cancelled", N_("Taken back"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_line_providers[] = {
  { "internal", N_("Own network"), SW_BADGE_NEUTRAL },
  { "manual", N_("By hand"), SW_BADGE_NEUTRAL },
  { "cfast", "CFAST", SW_BADGE_NEUTRAL },
  { "alphalink", "Alphalink", SW_BADGE_NEUTRAL },
  { NULL }
};

const char *const sw_line_asked_needs[]
    = { "asked_user", "asked_offer", "asked_direction", "asked_iccid", "cause", NULL };

char *
sw_line_describe_asked (SwRecord *request)
{
  const char *user = sw_record_get_text (request, "asked_user");
  const char *offer = sw_record_get_text (request, "asked_offer");
  const char *direction = sw_record_get_text (request, "asked_direction");
  const char *iccid = sw_record_get_text (request, "asked_iccid");
  const char *cause = sw_record_get_text (request, "cause");
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (user != NULL)
    g_ptr_array_add (parts, g_strdup (user));
  if (offer != NULL)
    g_ptr_array_add (parts, g_strdup (offer));
  if (direction != NULL)
    g_ptr_array_add (parts, g_strdup (sw_choice_label (sw_line_restrictions, direction)));
  if (iccid != NULL)
    g_ptr_array_add (parts, sw_identifier_format (SW_IDENTIFIER_ICCID, iccid));
  if (cause != NULL)
    g_ptr_array_add (parts, g_strdup (cause));
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}
