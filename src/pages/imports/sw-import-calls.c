/* sw-import-calls.c: see sw-import-calls.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/imports/sw-import-calls.h"

SwCall *
sw_import_call_begin (SwImportFile *file, const char *target, const char *supplier)
{
  SwCall *call = sw_call_new ("import_begin");
  g_autoptr (JsonObject) data = json_object_new ();
  JsonArray *header = json_array_new ();

  for (guint i = 0; i < file->table->n_columns; i++)
    json_array_add_string_element (header, file->table->titles[i]);
  if (target != NULL)
    json_object_set_string_member (data, "target", target);
  json_object_set_string_member (data, "file_name", file->name);
  json_object_set_string_member (data, "encoding", sw_encoding_name (file->encoding));
  json_object_set_string_member (data, "supplier", supplier != NULL ? supplier : "");
  json_object_set_array_member (data, "header", header);
  sw_call_add_json_object (call, NULL, data);
  sw_call_set_once (call, NULL);
  return call;
}

/* Thousands of lines take longer than a person's other questions may wait. */
static SwCall *
long_call (const char *function, gint64 id)
{
  SwCall *call = sw_call_new (function);

  sw_call_add_id (call, NULL, id);
  sw_call_set_once (call, NULL);
  sw_call_set_lane (call, SW_SESSION_BACKGROUND);
  return call;
}

SwCall *
sw_import_call_check (gint64 id, JsonObject *mapping, gboolean leave_out)
{
  SwCall *call = long_call ("import_check", id);

  sw_call_add_json_object (call, NULL, mapping);
  sw_call_add_bool (call, NULL, leave_out);
  return call;
}

SwCall *
sw_import_call_apply (gint64 id)
{
  return long_call ("import_apply", id);
}

void
sw_import_call_discard (gint64 id, SwSession *session)
{
  g_autoptr (SwCall) call = sw_call_new ("import_discard");

  sw_call_add_id (call, NULL, id);
  /* The server forgets it after a week anyway. */
  sw_call_run_async (call, session, NULL, NULL, NULL);
}
