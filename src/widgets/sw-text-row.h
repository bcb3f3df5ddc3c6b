/* sw-text-row.h: a row with one line of text, or an identifier
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Properties: kind (nick of SwIdentifierKind: "siret", "iban", "phone"…; spaces are put back when the
 * field is left, and a wrong digit is said at once, without preventing anything), masked (boolean:
 * the middle is hidden until the field is entered), placeholder.
 */
#pragma once

#include "base/sw-identifier.h"
#include "widgets/sw-row.h"

G_BEGIN_DECLS

#define SW_TYPE_TEXT_ROW (sw_text_row_get_type ())
G_DECLARE_FINAL_TYPE (SwTextRow, sw_text_row, SW, TEXT_ROW, SwRow)

GtkWidget *sw_text_row_new (const char *field, const char *title);
void sw_text_row_set_kind (SwTextRow *self, SwIdentifierKind kind);
void sw_text_row_set_placeholder (SwTextRow *self, const char *text);

G_END_DECLS
