/* sw-customer-segments.h: the segments of a customer, ticked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-form.h"

G_BEGIN_DECLS

/* A row to put into a group; @form sends "segment_ids". @locked: they are only shown. */
GtkWidget *sw_customer_segments_new (SwForm *form, gboolean locked);
/* What can be ticked: rows with id, kind and name. */
void sw_customer_segments_set_choices (GtkWidget *row, GListModel *segments);
/* @customer is NULL for a new one. */
void sw_customer_segments_show (GtkWidget *row, SwRecord *customer);

G_END_DECLS
