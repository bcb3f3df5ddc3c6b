/* sw-choice.h: the values a field may have, each with its words and its colour
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   static const SwChoice statuses[] = {
 *     { "active", N_("Active"), SW_BADGE_OK },
 *     { "terminated", N_("Terminated"), SW_BADGE_NEUTRAL },
 *     { NULL }
 *   };
 *
 * One table serves the badge of a list, the drop-down of a form and the title of a record.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SW_BADGE_NEUTRAL,
  SW_BADGE_OK,
  SW_BADGE_WARNING,
  SW_BADGE_ALERT,
  SW_BADGE_ACCENT,
} SwBadgeStyle;

/* Tables end with a NULL value. */
typedef struct
{
  const char *value;
  const char *label; /* msgid */
  SwBadgeStyle style;
} SwChoice;

/* ok, warning, alert. */
extern const SwChoice sw_choice_indicators[];

/* NULL when unknown. */
const SwChoice *sw_choice_find (const SwChoice *choices, const char *value);
/* Translated. An unknown value is shown as it is, NULL gives "". */
const char *sw_choice_label (const SwChoice *choices, const char *value);

G_END_DECLS
