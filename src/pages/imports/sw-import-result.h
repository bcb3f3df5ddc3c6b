/* sw-import-result.h: what the lines of a file would do: figures, and each line with its reason
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <adwaita.h>
#include "model/sw-record.h"
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_IMPORT_RESULT (sw_import_result_get_type ())
G_DECLARE_FINAL_TYPE (SwImportResult, sw_import_result, SW, IMPORT_RESULT, AdwBin)

GtkWidget *sw_import_result_new (void);
/* "⋮" of the lines, for the header bar: export, print, columns. */
GtkWidget *sw_import_result_create_menu (SwImportResult *self);
/* @counts: what api.import_check() returned for import @id. */
void sw_import_result_show (SwImportResult *self, SwSession *session, gint64 id, SwRecord *counts);
/* How many lines have @outcome (create, change, same, refused, left_out) in what is shown. */
guint sw_import_result_count (SwImportResult *self, const char *outcome);
/* All the lines @counts speaks of. Fewer than were sent: a server that was lost took its last
 * transactions with it. */
guint sw_import_result_count_lines (SwRecord *counts);
/* "12 created, 3 changed, 5 unchanged"; free with g_free(). */
char *sw_import_result_describe (SwRecord *counts);

G_END_DECLS
