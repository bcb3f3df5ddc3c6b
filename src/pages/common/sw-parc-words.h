/* sw-parc-words.h: the words for the server's codes of the parc: sites, machines, lines
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/sw-record.h"
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

/* The types of the parc, in the order they are shown in (PARC-02). */
extern const SwChoice sw_parc_words_kinds[];
extern const SwChoice sw_parc_words_activities[];
extern const SwChoice sw_parc_words_statuses[];
extern const SwChoice sw_parc_words_machine_states[];
extern const SwChoice sw_parc_words_machine_kinds[];
/* Activities of lines, and "restricted". */
extern const SwChoice sw_parc_words_line_states[];

/* "4 place Gambetta, 56000 Vannes"; free with g_free(). */
char *sw_parc_words_address (SwRecord *record);

G_END_DECLS
