/* sw-print.h: what all printing has in common
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* On A4, in points. @name is the job's; "print to a file" proposes it where the person keeps documents. */
GtkPrintOperation *sw_print_operation_new (const char *name, gboolean landscape);

G_END_DECLS
