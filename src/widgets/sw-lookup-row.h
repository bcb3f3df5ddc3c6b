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
 * conditions "kind=subscription on_sale=true id=4,7", all to be met; one of several values
 * where there are commas. "shown-field" names the words a record has
 * beside the id ("offer_label"): a form shows them without asking; otherwise the row reads them itself,
 * in api.<entity>_record ("entity", when it is not the relation). "figure-field": an amount to show beside
 * each choice. "sort-field": what orders the choices, "label-field" unless told. "optional" (boolean): it may
 * be none.
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
/* NULL when the record is not known to have them. */
const char *sw_lookup_row_get_shown_field (SwLookupRow *self);
/* As the property filter; NULL for none. */
void sw_lookup_row_set_filter (SwLookupRow *self, const char *filter);

G_END_DECLS
