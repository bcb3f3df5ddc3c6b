/* sw-customer-labels.h: a window with sheets of labels: look, print, save as PDF
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

#include "documents/sw-labels.h"

G_BEGIN_DECLS

void sw_customer_labels_present (GtkWidget *parent, SwLabels *labels);

G_END_DECLS
