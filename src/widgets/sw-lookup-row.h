/* sw-lookup-row.h: a row whose value is another record, found by typing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   <object class="SwLookupRow" id="customer">
 *     <property name="field">customer_id</property>
 *     <property name="title" translatable="yes">Customer</property>
 *     <property name="relation">customer</property>
 *     <property name="label-field">legal_name</property>
 *     <property name="detail-field">number</property>
 *   </object>
 *
 * The value is the record's id. Searching happens on the server, in api.<relation>; "filter" limits it:
 * conditions "kind=subscription on_sale=true", all to be met.
 */
#pragma once

#include "model/sw-session.h"
#include "widgets/sw-row.h"

G_BEGIN_DECLS

#define SW_TYPE_LOOKUP_ROW (sw_lookup_row_get_type ())
G_DECLARE_FINAL_TYPE (SwLookupRow, sw_lookup_row, SW, LOOKUP_ROW, SwRow)

/* Before the person opens it. */
void sw_lookup_row_set_session (SwLookupRow *self, SwSession *session);
/* The words for the value just loaded, which the record has beside its id; otherwise the row reads
 * them itself. */
void sw_lookup_row_set_label (SwLookupRow *self, const char *label);

G_END_DECLS
