/* sw-choice-source.h: a drop-down whose choices are nested rows of another record
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   source = sw_choice_source_new (site_row, session, "customer", "sites", "id", "name");
 *   sw_choice_source_follow (source, customer_row);    a SwLookupRow the person changes
 *   sw_choice_source_read (source, customer_id);       a record was loaded
 *
 * Belongs to its row and goes away with it.
 */
#pragma once

#include "model/sw-session.h"
#include "widgets/sw-choice-row.h"

G_BEGIN_DECLS

#define SW_TYPE_CHOICE_SOURCE (sw_choice_source_get_type ())
G_DECLARE_FINAL_TYPE (SwChoiceSource, sw_choice_source, SW, CHOICE_SOURCE, GObject)

/* Reads api.@entity_record (id); the choices are its rows @list. Names stay with the caller. */
SwChoiceSource *sw_choice_source_new (SwChoiceRow *row,
                                      SwSession *session,
                                      const char *entity,
                                      const char *list,
                                      const char *value_field,
                                      const char *label_field);
/* When the person changes @parent the choices are read again and the first one is taken. */
void sw_choice_source_follow (SwChoiceSource *self, SwRow *parent);
/* As sw_choice_source_read(), and takes the first choice: for a new record. */
void sw_choice_source_take_first (SwChoiceSource *self, gint64 id);
/* 0 forgets, so that the same id is read again next time. */
void sw_choice_source_read (SwChoiceSource *self, gint64 id);

G_END_DECLS
