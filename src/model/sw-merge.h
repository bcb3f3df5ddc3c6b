/* sw-merge.h: two people changed one record: what can be merged, what must be asked
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Field by field between the record as I opened it (base), what I would save (mine, in the shape of
 * the save function: only the keys I changed, nested rows with their id, "deleted": true for
 * removed ones) and the record as it is now (theirs). Rows without ids are one value; of arrays of ids
 * what each added and removed is taken together. Pure: no server, no interface.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef enum
{
  SW_MERGE_MINE,
  SW_MERGE_THEIRS,
} SwMergeChoice;

/* A field both of us changed, differently. Texts are as the server writes them, NULL for null. */
typedef struct
{
  char *path;   /* "name", "contacts[2].email" (index in mine), "contacts[2]" for a removed row */
  char *base;
  char *mine;
  char *theirs;
  SwMergeChoice choice; /* what the person decided; MINE at first */
} SwMergeConflict;

typedef struct _SwMerge SwMerge;

SwMerge *sw_merge_new (JsonObject *base, JsonObject *mine, JsonObject *theirs);
void sw_merge_free (SwMerge *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwMerge, sw_merge_free)

guint sw_merge_get_n_conflicts (SwMerge *self);
const SwMergeConflict *sw_merge_get_conflict (SwMerge *self, guint position);
void sw_merge_choose (SwMerge *self, guint position, SwMergeChoice choice);

/* Paths only the others changed: what to show as "also changed meanwhile". NULL-terminated. */
const char *const *sw_merge_get_their_changes (SwMerge *self);

/* What to save now: mine without what the person gave up, with the row_version of theirs. */
JsonObject *sw_merge_to_json (SwMerge *self);

G_END_DECLS
