/* sw-list-state.h: what a person keeps of a list on the server: filters under a name, columns chosen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Signal "changed": read, or read again after a filter was saved or removed.
 */
#pragma once

#include <json-glib/json-glib.h>
#include "model/sw-list-query.h"
#include "model/sw-record.h"
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_LIST_STATE (sw_list_state_get_type ())
G_DECLARE_FINAL_TYPE (SwListState, sw_list_state, SW, LIST_STATE, GObject)

/* Reads at once; @list is the view the list reads. */
SwListState *sw_list_state_new (SwSession *session, const char *list);

/* SwRecords with name, conditions (for sw_list_query_apply()), shared_with, is_default, is_own and
 * owner_name: the person's own first. Empty until read. */
GListModel *sw_list_state_get_filters (SwListState *self);
/* Roles a filter may be shared with: SwRecords with code and label. */
GListModel *sw_list_state_get_roles (SwListState *self);
/* The columns as saved, [{"column", "width", "shown"}]; NULL when the person never chose. */
JsonArray *sw_list_state_get_layout (SwListState *self);

/* What api.saved_filter_save() of a new filter wants, but for its name; free with json_object_unref(). */
JsonObject *sw_list_state_describe (SwListState *self, const SwListQuery *query);
/* Reads again: a filter was saved by a call of somebody else. */
void sw_list_state_reload (SwListState *self);
/* In the background; the signal tells when it is done. */
void sw_list_state_remove_filter (SwListState *self, gint64 id);
/* Brings one that was removed back, as @filter says it was. */
void sw_list_state_restore_filter (SwListState *self, SwRecord *filter);
/* The person's own filter of that name, or NULL; not owned. */
SwRecord *sw_list_state_find_own (SwListState *self, const char *name);
/* In the background, a moment later: only the last of several is sent. */
void sw_list_state_save_layout (SwListState *self, JsonArray *layout);

G_END_DECLS
