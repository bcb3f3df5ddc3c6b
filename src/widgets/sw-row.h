/* sw-row.h: base class of the rows of a form: one field of a record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Written in a .ui file; SwForm finds the rows by their "field". Kinds:
 *
 *   SwTextRow     text, phone, e-mail, SIRET, IBAN…  kind="siret"  masked, max-length
 *   SwAreaRow     several lines
 *   SwDateRow     typed ("3/2", "+30", "demain") or picked in a calendar
 *   SwNumberRow   money and numbers   decimals="2"  unit="€"
 *   SwChoiceRow   drop-down           optional       sw_choice_row_set_choices() from C
 *   SwSwitchRow   yes or no
 *
 *   <object class="SwTextRow">
 *     <property name="field">siret</property>
 *     <property name="title" translatable="yes">SIRET</property>
 *     <property name="kind">siret</property>
 *   </object>
 *
 * Properties: field, title (of AdwPreferencesRow), value (canonical text as the server writes it, or
 * NULL; notify::value on every change by the person), hint (small text beneath), error (sentence
 * beneath, in red), editable. A <child type="suffix"> goes to the right.
 */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define SW_TYPE_ROW (sw_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (SwRow, sw_row, SW, ROW, AdwPreferencesRow)

struct _SwRowClass
{
  AdwPreferencesRowClass parent_class;

  /* Shows @value; must not notify. */
  void (*set_value) (SwRow *self, const char *value);
  /* Canonical text, NULL for null. Unreadable text: NULL with @error, a sentence for a person. */
  char *(*get_value) (SwRow *self, GError **error);
  /* What a person reads; the default is the value. */
  char *(*get_display) (SwRow *self);
  void (*set_editable) (SwRow *self, gboolean editable);
  /* TRUE when the JSON value is a boolean rather than text. */
  gboolean is_boolean;

  gpointer padding[4];
};

const char *sw_row_get_field (SwRow *self);
/* Free with g_free(). */
char *sw_row_get_value (SwRow *self, GError **error);
void sw_row_set_value (SwRow *self, const char *value);
char *sw_row_get_display (SwRow *self);
/* NULL clears it. It also goes away when the person changes the field. */
void sw_row_set_error (SwRow *self, const char *message);
const char *sw_row_get_error (SwRow *self);
void sw_row_set_hint (SwRow *self, const char *hint);
gboolean sw_row_get_editable (SwRow *self);
void sw_row_set_editable (SwRow *self, gboolean editable);
/* For a person who may only read: it is not editable, whatever is asked for later. */
void sw_row_lock (SwRow *self);
void sw_row_focus (SwRow *self);
void sw_row_add_suffix (SwRow *self, GtkWidget *widget);
gboolean sw_row_is_boolean (SwRow *self);

/* For subclasses: the widget that is edited, under the title or (@beside) to its right; a change by
 * the person; whether set_value() is running. */
void sw_row_set_editor (SwRow *self, GtkWidget *editor, gboolean beside);
void sw_row_edited (SwRow *self);
gboolean sw_row_is_setting (SwRow *self);

G_END_DECLS
