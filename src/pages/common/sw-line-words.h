/* sw-line-words.h: the words for lines and what is asked for them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/sw-record.h"
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

/* Of api.line: activities, and "restricted". */
extern const SwChoice sw_line_states[];
extern const SwChoice sw_line_restrictions[];
extern const SwChoice sw_line_number_kinds[];
/* Of api.line_request. */
extern const SwChoice sw_line_operations[];
extern const SwChoice sw_line_request_statuses[];
extern const SwChoice sw_line_providers[];

/* What a request makes of its line in a few words: "Ana Ruiz", "Mobile 50 Go", "Outgoing calls barred";
 * NULL when the operation says it all. Needs sw_line_asked_needs. Free with g_free(). */
char *sw_line_describe_asked (SwRecord *request);
extern const char *const sw_line_asked_needs[];

G_END_DECLS
