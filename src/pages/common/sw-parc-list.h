/* sw-parc-list.h: the parc of a customer, or of one site: lines and machines by type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Reads everything in one round trip when it is first seen, and again when something in it changes.
 * Thousands of lines cost as many widgets as fit the screen. It fills the height its record leaves.
 *
 * Signal "read": what it shows is new.
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_PARC_LIST (sw_parc_list_get_type ())
G_DECLARE_FINAL_TYPE (SwParcList, sw_parc_list, SW, PARC_LIST, GtkWidget)

/* @entity: "customer" or "service", whose api.<entity>_parc is shown. */
GtkWidget *sw_parc_list_new (SwSession *session, const char *entity);
/* Whose; 0 for none. Read when it is seen. */
void sw_parc_list_set_id (SwParcList *self, gint64 id);
/* Live lines of what was read last. */
guint sw_parc_list_get_n_lines (SwParcList *self);

G_END_DECLS
