/* sw-phone.h: French phone numbers, as typed, as stored (E.164) and as shown
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* "06 12 34 56 78", "+33 (0)6.12…", "0033…", overseas prefixes and 14-digit machine numbers
 * → "+33612345678". NULL when it cannot be a full number (short numbers have no E.164 form). */
char *sw_phone_to_e164 (const char *typed);

/* "+33612345678" → "06 12 34 56 78"; "+590690123456" → "0690 12 34 56"; foreign numbers keep their
 * "+" form; anything unreadable comes back unchanged. */
char *sw_phone_format (const char *text);

G_END_DECLS
