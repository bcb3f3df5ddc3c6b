/* sw-page-registry.h: the pages of the program, one line each
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/sw-session.h"

G_BEGIN_DECLS

typedef struct
{
  const char *name;      /* "contracts" */
  const char *entities;  /* what win.open() shows here, separated by spaces: "contract" */
  const char *group;     /* msgid of the sidebar's heading, or NULL for none */
  const char *title;     /* msgid */
  const char *icon_name;
  const char *badge;     /* key of api.badges(), or NULL */
  const char *roles;     /* only for members of these (separated by spaces) and administrators, or NULL */
  GType (*get_type) (void);
} SwPageEntry;

/* In the order of the sidebar; ends with a NULL name. */
const SwPageEntry *sw_page_registry_get (void);
/* NULL when no page shows @entity. */
const SwPageEntry *sw_page_registry_find_entity (const char *entity);
/* Whether the person of @session finds this page in the sidebar. For hiding only: the server decides. */
gboolean sw_page_entry_is_for (const SwPageEntry *entry, SwSession *session);
/* For tests: replaces the table; NULL puts it back. */
void sw_page_registry_override (const SwPageEntry *entries);

G_END_DECLS
