/* sw-form-list.h: nested rows of a form: contacts, sites, items…
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   <object class="SwFormList">
 *     <property name="field">contacts</property>
 *     <property name="title" translatable="yes">Contacts</property>
 *     <property name="item-ui">/fr/softwhere/Softwhere/customers/contact.ui</property>
 *     <property name="title-fields">first_name last_name</property>
 *     <property name="subtitle-fields">job phone</property>
 *     <property name="add-label" translatable="yes">Add a contact</property>
 *     <property name="empty-text" translatable="yes">No contact yet</property>
 *     <property name="new-values">{"title": "mr"}</property>
 *   </object>
 *
 * "title-separator" stands between several title-fields, a space unless told.
 * "new-values", a JSON object, is what a row added by hand starts with.
 *
 * The item's .ui has one AdwExpanderRow with id "item", whose children are SwRows (or another
 * SwFormList: equipment → meters → tranches). New rows open unfolded, removed ones can be undone.
 * Rows the server sends without an id have no identity: a change of one sends them all.
 *
 * Signal "item-added" (SwFieldSet *fields): fill its drop-downs, connect rows, set defaults. It comes
 * before the values. Signal "edited".
 */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>
#include "widgets/sw-field-set.h"

G_BEGIN_DECLS

#define SW_TYPE_FORM_LIST (sw_form_list_get_type ())
G_DECLARE_FINAL_TYPE (SwFormList, sw_form_list, SW, FORM_LIST, AdwPreferencesGroup)

const char *sw_form_list_get_field (SwFormList *self);
/* The number of rows that are not removed. */
guint sw_form_list_get_n_items (SwFormList *self);
SwFieldSet *sw_form_list_get_item (SwFormList *self, guint position);
/* As the add button, with @defaults (NULL: the property new-values) shown and saved. */
SwFieldSet *sw_form_list_add (SwFormList *self, JsonObject *defaults);
/* Whether rows can be added and removed; their fields follow. */
void sw_form_list_set_editable (SwFormList *self, gboolean editable);
/* The row of the record @id, removed or not; NULL when there is none. */
SwFieldSet *sw_form_list_find (SwFormList *self, gint64 id);
/* Whether the row of the record @id has its button to remove it; until rows are loaded again. */
void sw_form_list_set_removable (SwFormList *self, gint64 id, gboolean removable);
/* Nothing of it can be changed, whatever is asked for later. */
void sw_form_list_lock (SwFormList *self);

/* For SwFieldSet. */
void sw_form_list_load (SwFormList *self, JsonArray *rows);
void sw_form_list_apply (SwFormList *self, JsonArray *changes);
gboolean sw_form_list_is_changed (SwFormList *self);
/* FALSE when some text is unreadable; *@rows is NULL when nothing changed. */
gboolean sw_form_list_build (SwFormList *self, gboolean lenient, JsonArray **rows);
/* @position counts in the array last built; before any was, among the rows shown. */
gboolean sw_form_list_set_error (SwFormList *self, guint position, const char *path, const char *message);
void sw_form_list_clear_errors (SwFormList *self);
SwFieldSet *sw_form_list_get_submitted (SwFormList *self, guint position);

G_END_DECLS
