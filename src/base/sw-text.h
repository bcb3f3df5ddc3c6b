/* sw-text.h: folding text for search, and initials for avatars
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lower case, accents and ligatures removed ("Œuvre Épée" → "oeuvre epee"), runs of white space
 * made one space, trimmed. The same folding as the server's search_text. */
char *sw_text_fold (const char *text);

/* TRUE when every word of @needle occurs in @haystack, both folded. An empty needle matches. */
gboolean sw_text_matches (const char *haystack, const char *needle);

/* "Cabinet Dr. Le Gall" → "CD"; one or two letters, "" for empty text. Legal forms (SARL, SAS…)
 * and small words (de, la, et…) are skipped when something else is left. */
char *sw_text_initials (const char *name);

/* TRUE for NULL, "" and white space. */
gboolean sw_text_is_blank (const char *text);

G_END_DECLS
