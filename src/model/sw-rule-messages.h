/* sw-rule-messages.h: the sentence a person reads for an error of the server
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The only table that turns SQLSTATEs (SWnnn and PostgreSQL's own), constraint names and codes of
 * missing conditions into translatable sentences. A lint compares it with src/server.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A translated sentence for any error this program meets. Never NULL. */
char *sw_rule_message (const GError *error);

/* The same from what a table keeps of an error: its SQLSTATE, reason (constraint name), detail and
 * English message. All but the first may be NULL. */
char *sw_rule_sentence (const char *sqlstate,
                        const char *reason,
                        const char *detail,
                        const char *message);

/* Where it belongs: a field ("email", "contacts[2].email", "sites[0].iban"), or NULL when it
 * concerns the whole record. Lives as long as @error. */
const char *sw_rule_field (const GError *error);

/* A code of `missing`: "signed_on", "reading:12" → "The contract is not signed". Unknown codes are
 * shown as they are. */
char *sw_rule_missing (const char *code);

/* TRUE when the server refused with @code ("SW006"). */
gboolean sw_rule_is (const GError *error, const char *code);
/* TRUE when somebody else changed the record meanwhile (SW001): time for the merge dialog. */
gboolean sw_rule_is_conflict (const GError *error);
/* TRUE when the person, or a closing page, cancelled: show nothing. */
gboolean sw_rule_is_cancelled (const GError *error);
/* TRUE when the connection is gone: the banner speaks, keep the work. */
gboolean sw_rule_is_lost (const GError *error);

/* For the test: bsearch would miss lines of a table out of order. The first code that is, or NULL. */
const char *sw_rule_misplaced (void);

/* The codes of the table in order, for the lint; NULL-terminated, free with g_free(). */
const char **sw_rule_codes (void);

G_END_DECLS
