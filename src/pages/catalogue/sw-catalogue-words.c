/* sw-catalogue-words.c: see sw-catalogue-words.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/catalogue/sw-catalogue-words.h"

#include <glib/gi18n-lib.h>

const SwChoice sw_catalogue_kinds[] = {
  { "subscription", N_("Subscription"), SW_BADGE_ACCENT },
  { "option", N_("Option"), SW_BADGE_NEUTRAL },
  { "service", N_("Service"), SW_BADGE_NEUTRAL },
  { "equipment", N_("Equipment"), SW_BADGE_NEUTRAL },
  { NULL }
};
