/* sw-progress.h: says how far a long work is, and lets it be cancelled
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Shows nothing for what is done at once.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _SwProgress SwProgress;

/* Its Cancel button cancels @cancellable. */
SwProgress *sw_progress_new (GtkWidget *parent, const char *heading, GCancellable *cancellable);
/* @total 0: not known yet. */
void sw_progress_set (SwProgress *self, guint done, guint total);
/* Closes it. */
void sw_progress_free (SwProgress *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwProgress, sw_progress_free)

G_END_DECLS
