/* sw-facts.h: rows to read, not to type in, in a group of a record: invoices, readings, history
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   sw_facts_clear (group);
 *   row = sw_facts_add (group, number, "03/02/2026 · Periodic invoice");
 *   sw_facts_add_figure (row, "412,80 €");
 *   sw_facts_add_badge (row, _("Paid"), SW_BADGE_OK);
 *   sw_facts_set_link (row, "invoice", id);
 */
#pragma once

#include <adwaita.h>
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

/* Removes the rows added below, before the next record shows its own. */
void sw_facts_clear (AdwPreferencesGroup *group);
/* Returns the new row; texts are plain, NULL subtitle for none. */
GtkWidget *sw_facts_add (AdwPreferencesGroup *group, const char *title, const char *subtitle);
/* A title with its value to the right: "Contract" — "C-2026-0412". Nothing when @value is NULL. */
GtkWidget *sw_facts_add_pair (AdwPreferencesGroup *group, const char *title, const char *value);
/* To the right of the row, in tabular figures. */
void sw_facts_add_figure (GtkWidget *row, const char *text);
void sw_facts_add_badge (GtkWidget *row, const char *text, SwBadgeStyle style);
/* The row opens record @id of @entity. */
void sw_facts_set_link (GtkWidget *row, const char *entity, gint64 id);

G_END_DECLS
