/* sw-unsaved.h: "save what you typed?", before it would be lost
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-form.h"

G_BEGIN_DECLS

/* Asks when @form (nullable) holds changes, and saves when that is the answer. */
void sw_unsaved_ask_async (GtkWidget *parent,
                           SwForm *form,
                           SwSession *session,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
/* TRUE when the form may be left: saved, or to be discarded. FALSE: the person goes on editing, or
 * saving failed and they have been told. */
gboolean sw_unsaved_ask_finish (GAsyncResult *result);

G_END_DECLS
