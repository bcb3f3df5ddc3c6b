/* sw-import-reading.h: how a file was read and what it holds, for a person who knows better
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "changed": the person wants it read otherwise.
 */
#pragma once

#include <adwaita.h>
#include "pages/imports/sw-import-file.h"
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

#define SW_TYPE_IMPORT_READING (sw_import_reading_get_type ())
G_DECLARE_FINAL_TYPE (SwImportReading, sw_import_reading, SW, IMPORT_READING, AdwBin)

/* What can be imported. */
extern const SwChoice sw_import_targets[];

GtkWidget *sw_import_reading_new (void);

void sw_import_reading_show (SwImportReading *self, SwImportFile *file, const char *target);
/* What the file holds; free with g_free(). */
char *sw_import_reading_get_target (SwImportReading *self);
/* FALSE while something is not chosen. */
gboolean sw_import_reading_get (SwImportReading *self,
                                SwEncoding *encoding,
                                char *separator,
                                gboolean *titles);

G_END_DECLS
