/* sw-record-bar.h: the buttons of a record: at the end of its header bar, or under it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One blue button at a time: "Save" while something is typed, else the record's main action.
 * On a phone the header bar needs its width for the title: all but the menu goes to the foot.
 *
 * Signals: "primary", "revert", "cancel" (of what takes long). "Save" is the action win.save.
 */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define SW_TYPE_RECORD_BAR (sw_record_bar_get_type ())
G_DECLARE_FINAL_TYPE (SwRecordBar, sw_record_bar, SW, RECORD_BAR, GtkWidget)

typedef enum
{
  SW_RECORD_BAR_NOTHING, /* no record, or still reading */
  SW_RECORD_BAR_RECORD,
  SW_RECORD_BAR_NEW,     /* not saved yet, nothing typed */
  SW_RECORD_BAR_CHANGED,
  SW_RECORD_BAR_BUSY, /* saving, or an action runs */
} SwRecordBarState;

GtkWidget *sw_record_bar_new (void);
void sw_record_bar_set_state (SwRecordBar *self, SwRecordBarState state);
/* NULL for none. */
void sw_record_bar_set_primary (SwRecordBar *self, const char *label);
/* Why it is not possible now; NULL when it is. */
void sw_record_bar_set_missing (SwRecordBar *self, const char *why);
void sw_record_bar_set_menu (SwRecordBar *self, GMenuModel *menu);
/* Whether the buttons are at the foot. */
void sw_record_bar_set_narrow (SwRecordBar *self, gboolean narrow);
/* To be put under the record; hides itself when it has no button. */
GtkWidget *sw_record_bar_get_foot (SwRecordBar *self);

G_END_DECLS
