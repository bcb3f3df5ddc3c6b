/* sw-import-values.h: what is the same on every line of a file, and in none of its columns
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * "Operator: Orange" for a file of cards that does not say whose they are.
 */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>
#include "model/sw-record.h"

G_BEGIN_DECLS

#define SW_TYPE_IMPORT_VALUES (sw_import_values_get_type ())
G_DECLARE_FINAL_TYPE (SwImportValues, sw_import_values, SW, IMPORT_VALUES, AdwBin)

GtkWidget *sw_import_values_new (void);

/* @target: what is imported, of api.import_targets(); @mapping: what is known already. */
void sw_import_values_show (SwImportValues *self, SwRecord *target, JsonObject *mapping);
/* Fields that have a column need no value. */
void sw_import_values_set_columns (SwImportValues *self, JsonObject *mapping);
/* Adds {field: {"value": text}} to @mapping. */
void sw_import_values_add (SwImportValues *self, JsonObject *mapping);
/* FALSE when no value of @field is shown. */
gboolean sw_import_values_set_error (SwImportValues *self, const char *field, const char *message);

G_END_DECLS
