/* sw-field-set.h: the rows found in a tree of widgets, and what was changed in them
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The common part of a form, of one item of a SwFormList and of a dialog with fields. Values are
 * compared with what was loaded; only what differs is built.
 *
 * Property "changed" (boolean, notify). Signal "edited": any change by the person.
 */
#pragma once

#include <json-glib/json-glib.h>
#include "widgets/sw-row.h"

G_BEGIN_DECLS

#define SW_TYPE_FIELD_SET (sw_field_set_get_type ())
G_DECLARE_FINAL_TYPE (SwFieldSet, sw_field_set, SW, FIELD_SET, GObject)

/* @root and the widgets below it must outlive the set; rows added later are not seen. */
SwFieldSet *sw_field_set_new (GtkWidget *root);

/* Shows @base. */
void sw_field_set_load (SwFieldSet *self, JsonObject *base);
/* Shows @defaults as a new record: not yet "changed", but all of it is built. NULL is empty. */
void sw_field_set_load_new (SwFieldSet *self, JsonObject *defaults);
/* Shows @changes (in the shape of build) on top of what is loaded, as if the person had typed it. */
void sw_field_set_apply (SwFieldSet *self, JsonObject *changes);

gboolean sw_field_set_is_changed (SwFieldSet *self);
/* The changed keys, with id and row_version when the record has them. NULL when some text is
 * unreadable: its row says so and has the focus. */
JsonObject *sw_field_set_build (SwFieldSet *self);
/* The same for a draft: unreadable text is left out, and nothing on the screen changes. */
JsonObject *sw_field_set_peek (SwFieldSet *self);
/* Sets id and row_version of what is loaded in @object: all there is to say of a removed row. */
void sw_field_set_identify (SwFieldSet *self, JsonObject *object);

/* NULL when there is no such field. */
SwRow *sw_field_set_get_row (SwFieldSet *self, const char *field);
/* A SwFormList; NULL when there is none. */
GtkWidget *sw_field_set_get_list (SwFieldSet *self, const char *field);
/* Puts @message on the row of @path ("email", "contacts[2].email") and gives it the focus. FALSE
 * when there is no such row. */
gboolean sw_field_set_set_error (SwFieldSet *self, const char *path, const char *message);
/* Every row and list at once. */
void sw_field_set_set_editable (SwFieldSet *self, gboolean editable);
/* For a person who may only read: none is, whatever is asked for later. */
void sw_field_set_lock (SwFieldSet *self);
void sw_field_set_clear_errors (SwFieldSet *self);
/* Titles of the fields of @path, for the merge dialog: "Contacts 3 · E-mail". */
char *sw_field_set_describe_path (SwFieldSet *self, const char *path);
/* What a person reads for the value @text of the field @path. */
char *sw_field_set_describe_value (SwFieldSet *self, const char *path, const char *text);

G_END_DECLS
