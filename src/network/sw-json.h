/* sw-json.h: JSON from strangers
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * json-glib descends recursively (depth is stack), takes what is no JSON and writes U+001F as it is;
 * PostgreSQL refuses U+0000 and huge numbers. What passes here is good for both.
 */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

#define SW_JSON_MAX_DEPTH 32
#define SW_JSON_MAX_NUMBER 40 /* characters of a number */

#define SW_JSON_ERROR (sw_json_error_quark ())
GQuark sw_json_error_quark (void);

typedef enum
{
  SW_JSON_ERROR_INVALID, /* no JSON, or one that PostgreSQL would refuse */
  SW_JSON_ERROR_TOO_DEEP,
  SW_JSON_ERROR_TYPE, /* a member is not what it should be; the message begins with its name */
} SwJsonError;

/* Whether @text is JSON, strictly, no deeper than SW_JSON_MAX_DEPTH. */
gboolean sw_json_check (const char *text, gsize length, GError **error);
/* Checked first. */
JsonNode *sw_json_parse (GBytes *text, GError **error);

/* Members of an object, absent and null alike. On a wrong type NULL (or FALSE) with SW_JSON_ERROR_TYPE. */
gboolean sw_json_read_text (JsonObject *object, const char *name, gboolean required, char **value, GError **error);
/* A decimal as text, from a string or a number, at most 9 digits before the point. */
gboolean sw_json_read_decimal (JsonObject *object, const char *name, char **value, GError **error);
/* "YYYY-MM-DD", also from an instant. */
gboolean sw_json_read_date (JsonObject *object, const char *name, gboolean required, char **value, GError **error);
/* -1 when absent. */
gboolean sw_json_read_boolean (JsonObject *object, const char *name, int *value, GError **error);
gboolean sw_json_read_int (JsonObject *object, const char *name, gint64 *value, GError **error);

G_END_DECLS
