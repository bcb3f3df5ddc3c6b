/* sw-merge-dialog.h: "somebody else changed this too": mine or theirs, field by field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-merge.h"
#include "widgets/sw-field-set.h"

G_BEGIN_DECLS

/* Asks about each conflict of @merge (which must outlive it) and records the choices. @fields gives
 * the words. */
void sw_merge_dialog_run_async (GtkWidget *parent,
                                SwMerge *merge,
                                SwFieldSet *fields,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* FALSE: the person wants to go on editing. */
gboolean sw_merge_dialog_run_finish (GAsyncResult *result);

G_END_DECLS
