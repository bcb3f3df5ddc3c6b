/* sw-choice.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-choice.h"

#include <glib/gi18n.h>

const SwChoice sw_choice_indicators[] = {
  { "ok", N_ ("OK"), SW_BADGE_OK },
  { "warning", N_ ("Warning"), SW_BADGE_WARNING },
  { "alert", N_ ("Alert"), SW_BADGE_ALERT },
  { NULL },
};

const SwChoice *
sw_choice_find (const SwChoice *choices, const char *value)
{
  if (choices == NULL || value == NULL)
    return NULL;
  for (const SwChoice *choice = choices; choice->value != NULL; choice++)
    if (g_str_equal (choice->value, value))
      return choice;
  return NULL;
}

const char *
sw_choice_label (const SwChoice *choices, const char *value)
{
  const SwChoice *choice = sw_choice_find (choices, value);

  if (choice != NULL)
    return _ (choice->label);
  return value != NULL ? value : "";
}
