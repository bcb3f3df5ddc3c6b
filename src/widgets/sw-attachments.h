/* sw-attachments.h: the files of a record: drop, open, save, remove
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   sw_attachments_set (self->attachments, session, "customer", id,
 *                       sw_record_get_rows (record, "attachments"));
 *
 * Signal "changed": a file was added or removed: read the record again.
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_ATTACHMENTS (sw_attachments_get_type ())
G_DECLARE_FINAL_TYPE (SwAttachments, sw_attachments, SW, ATTACHMENTS, GtkWidget)

GtkWidget *sw_attachments_new (void);
/* @rows: SwRecords with id, name, size (bytes), created_at, created_by. */
void sw_attachments_set (SwAttachments *self,
                         SwSession *session,
                         const char *entity,
                         gint64 id,
                         GListModel *rows);

G_END_DECLS
