/* sw-import-columns.h: which column of the file is which field, one row a column
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "changed": the person chose another field for a column.
 */
#pragma once

#include <adwaita.h>
#include "model/sw-record.h"
#include "pages/imports/sw-import-file.h"

G_BEGIN_DECLS

#define SW_TYPE_IMPORT_COLUMNS (sw_import_columns_get_type ())
G_DECLARE_FINAL_TYPE (SwImportColumns, sw_import_columns, SW, IMPORT_COLUMNS, AdwBin)

GtkWidget *sw_import_columns_new (void);
/* @target is one of api.import_targets(); @mapping ({field: {"column": n}}) says what was
 * recognised. */
void sw_import_columns_show (SwImportColumns *self,
                             SwImportFile *file,
                             SwRecord *target,
                             JsonObject *mapping);
/* As api.import_check() takes it. */
JsonObject *sw_import_columns_get_mapping (SwImportColumns *self);
/* The title of a required field that has no place in @mapping, or NULL. */
const char *sw_import_columns_get_missing (SwImportColumns *self, JsonObject *mapping);

G_END_DECLS
