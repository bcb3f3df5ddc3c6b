/* sw-operator-text.h: what operators will read of a name, while it is typed (CHAR-01)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-dialog.h"

G_BEGIN_DECLS

/* Beneath the last of these fields of @dialog, as the server transliterates them. The name itself is
 * kept as it is typed. */
void sw_operator_text_show (SwDialog *dialog,
                            SwSession *session,
                            const char *first_field,
                            const char *last_field);

G_END_DECLS
