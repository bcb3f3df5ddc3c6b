/* sw-import-work.h: the bar that says what is under way and how far, and lets it be cancelled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_IMPORT_WORK (sw_import_work_get_type ())
G_DECLARE_FINAL_TYPE (SwImportWork, sw_import_work, SW, IMPORT_WORK, GtkBox)

/* Shows itself with @what. What it returns is cancelled by the button, and lives until the end. */
GCancellable *sw_import_work_begin (SwImportWork *self, const char *what);
/* How far it is, 0 to 1; until then it only says that something goes on. */
void sw_import_work_set_part (SwImportWork *self, double part);
void sw_import_work_cancel (SwImportWork *self);
void sw_import_work_end (SwImportWork *self);
gboolean sw_import_work_is_busy (SwImportWork *self);

G_END_DECLS
