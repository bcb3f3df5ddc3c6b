/* sw-json.c: see sw-json.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/sw-json.h"

#include <math.h>
#include <string.h>

#define MAX_TEXT 500 /* characters of a member */

G_DEFINE_QUARK (sw-json-error, sw_json_error)

/* Checking: one pass, a stack of brackets instead of the machine's. */

typedef struct
{
  const char *at;
  const char *end;
  const char *why;
} Scan;

static gboolean
wrong (Scan *scan, const char *why)
{
  if (scan->why == NULL)
    scan->why = why;
  return FALSE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && strchr (" \t\r\n", *scan->at) != NULL && *scan->at != '\0')
    scan->at++;
}

static int
hex4 (Scan *scan)
{
  int value = 0;

  if (scan->end - scan->at < 4)
    return -1;
  for (int i = 0; i < 4; i++, scan->at++)
    {
      if (!g_ascii_isxdigit (*scan->at))
        return -1;
      value = value * 16 + g_ascii_xdigit_value (*scan->at);
    }
  return value;
}

/* After "\u". */
static gboolean
scan_unicode (Scan *scan)
{
  int unit = hex4 (scan);

  if (unit <= 0)
    return wrong (scan, unit == 0 ? "a NUL character" : "an escape that is none");
  if (unit >= 0xdc00 && unit <= 0xdfff)
    return wrong (scan, "half of a character");
  if (unit >= 0xd800 && unit <= 0xdbff)
    {
      if (scan->end - scan->at < 6 || scan->at[0] != '\\' || scan->at[1] != 'u')
        return wrong (scan, "half of a character");
      scan->at += 2;
      unit = hex4 (scan);
      if (unit < 0xdc00 || unit > 0xdfff)
        return wrong (scan, "half of a character");
    }
  return TRUE;
}

static gboolean
scan_string (Scan *scan)
{
  for (scan->at++; scan->at < scan->end; scan->at++)
    {
      if (*scan->at == '"')
        {
          scan->at++;
          return TRUE;
        }
      if ((guchar) *scan->at < 0x20)
        return wrong (scan, "a control character in a text");
      if (*scan->at != '\\')
        continue;
      scan->at++;
      if (scan->at >= scan->end)
        break;
      if (*scan->at == 'u')
        {
          scan->at++;
          if (!scan_unicode (scan))
            return FALSE;
          scan->at--;
        }
      else if (strchr ("\"\\/bfnrt", *scan->at) == NULL || *scan->at == '\0')
        return wrong (scan, "an escape that is none");
    }
  return wrong (scan, "a text without end");
}

static gsize
scan_digits (Scan *scan)
{
  const char *first = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return (gsize) (scan->at - first);
}

static gboolean
scan_number (Scan *scan)
{
  const char *first = scan->at;

  if (*scan->at == '-')
    scan->at++;
  if (scan->at + 1 < scan->end && scan->at[0] == '0' && g_ascii_isdigit (scan->at[1]))
    return wrong (scan, "a number that begins with 0");
  if (scan_digits (scan) == 0)
    return wrong (scan, "a value that is none");
  if (scan->at < scan->end && *scan->at == '.')
    {
      scan->at++;
      if (scan_digits (scan) == 0)
        return wrong (scan, "a number without decimals");
    }
  if (scan->at < scan->end && (*scan->at == 'e' || *scan->at == 'E'))
    {
      gsize n;

      scan->at++;
      if (scan->at < scan->end && (*scan->at == '+' || *scan->at == '-'))
        scan->at++;
      n = scan_digits (scan);
      if (n == 0 || n > 2)
        return wrong (scan, "a number out of all proportion");
    }
  if (scan->at - first > SW_JSON_MAX_NUMBER)
    return wrong (scan, "a number out of all proportion");
  return TRUE;
}

static gboolean
scan_scalar (Scan *scan)
{
  static const char *const words[] = { "true", "false", "null" };

  if (scan->at >= scan->end)
    return wrong (scan, "the text ends too early");
  if (*scan->at == '"')
    return scan_string (scan);
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if ((gsize) (scan->end - scan->at) >= strlen (words[i]) && memcmp (scan->at, words[i], strlen (words[i])) == 0)
      {
        scan->at += strlen (words[i]);
        return TRUE;
      }
  return scan_number (scan);
}

/* "name": */
static gboolean
scan_name (Scan *scan)
{
  skip_space (scan);
  if (scan->at >= scan->end || *scan->at != '"')
    return wrong (scan, "a name is expected");
  if (!scan_string (scan))
    return FALSE;
  skip_space (scan);
  if (scan->at >= scan->end || *scan->at != ':')
    return wrong (scan, "a colon is expected");
  scan->at++;
  return TRUE;
}

/* Goes past a value and the brackets that close after it; FALSE at an error or at the end, which
 * @depth 0 and no @why tell. */
static gboolean
scan_after (Scan *scan, char *stack, guint *depth)
{
  while (*depth > 0)
    {
      skip_space (scan);
      if (scan->at >= scan->end)
        return wrong (scan, "the text ends too early");
      if (*scan->at == ',')
        {
          scan->at++;
          return stack[*depth - 1] == '}' ? scan_name (scan) : TRUE;
        }
      if (*scan->at != stack[*depth - 1])
        return wrong (scan, "a comma or a closing bracket is expected");
      scan->at++;
      (*depth)--;
    }
  return FALSE;
}

gboolean
sw_json_check (const char *text, gsize length, GError **error)
{
  Scan scan = { text, text + length, NULL };
  char stack[SW_JSON_MAX_DEPTH];
  guint depth = 0;
  gboolean more = TRUE;

  if (!g_utf8_validate_len (text, length, NULL))
    {
      g_set_error_literal (error, SW_JSON_ERROR, SW_JSON_ERROR_INVALID, "the text is not UTF-8, or holds a NUL");
      return FALSE;
    }
  while (more)
    {
      skip_space (&scan);
      if (scan.at < scan.end && (*scan.at == '{' || *scan.at == '['))
        {
          if (depth == SW_JSON_MAX_DEPTH)
            {
              g_set_error (error, SW_JSON_ERROR, SW_JSON_ERROR_TOO_DEEP, "more than %d levels deep", SW_JSON_MAX_DEPTH);
              return FALSE;
            }
          stack[depth++] = *scan.at++ == '{' ? '}' : ']';
          skip_space (&scan);
          if (scan.at >= scan.end || *scan.at != stack[depth - 1])
            {
              more = stack[depth - 1] == ']' || scan_name (&scan);
              continue;
            }
          /* Empty: as a value. */
        }
      else if (!scan_scalar (&scan))
        break;
      more = scan_after (&scan, stack, &depth);
    }
  skip_space (&scan);
  if (scan.why == NULL && scan.at < scan.end)
    scan.why = "something follows the end";
  if (scan.why == NULL)
    return TRUE;
  g_set_error (error, SW_JSON_ERROR, SW_JSON_ERROR_INVALID, "no JSON at byte %" G_GSIZE_FORMAT ": %s", (gsize) (scan.at - text), scan.why);
  return FALSE;
}

JsonNode *
sw_json_parse (GBytes *text, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);
  g_autoptr (JsonParser) parser = NULL;

  if (length == 0)
    {
      g_set_error_literal (error, SW_JSON_ERROR, SW_JSON_ERROR_INVALID, "the answer is empty");
      return NULL;
    }
  if (!sw_json_check (data, length, error))
    return NULL;
  parser = json_parser_new_immutable ();
  if (!json_parser_load_from_data (parser, data, (gssize) length, error))
    return NULL;
  return json_parser_steal_root (parser);
}

/* Members */

static JsonNode *
member (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node == NULL || JSON_NODE_HOLDS_NULL (node) ? NULL : node;
}

static gboolean
refuse (GError **error, const char *name, const char *why)
{
  g_set_error (error, SW_JSON_ERROR, SW_JSON_ERROR_TYPE, "%s: %s", name, why);
  return FALSE;
}

static gboolean
is_of (JsonNode *node, GType type)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == type;
}

gboolean
sw_json_read_text (JsonObject *object, const char *name, gboolean required, char **value, GError **error)
{
  JsonNode *node = member (object, name);

  g_clear_pointer (value, g_free);
  if (node == NULL)
    return required ? refuse (error, name, "is missing") : TRUE;
  /* An identifier may be written as a number. */
  if (is_of (node, G_TYPE_INT64))
    *value = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (!is_of (node, G_TYPE_STRING))
    return refuse (error, name, "is no text");
  else
    *value = g_strstrip (g_strdup (json_node_get_string (node)));
  if (g_utf8_strlen (*value, -1) > MAX_TEXT)
    return refuse (error, name, "is too long");
  for (const char *c = *value; *c != '\0'; c = g_utf8_next_char (c))
    if (g_unichar_iscntrl (g_utf8_get_char (c)))
      return refuse (error, name, "holds a control character");
  if (**value == '\0')
    g_clear_pointer (value, g_free);
  return *value == NULL && required ? refuse (error, name, "is empty") : TRUE;
}

gboolean
sw_json_read_decimal (JsonObject *object, const char *name, char **value, GError **error)
{
  JsonNode *node = member (object, name);
  gsize digits, decimals = 0;
  const char *c;

  g_clear_pointer (value, g_free);
  if (node == NULL)
    return TRUE;
  if (is_of (node, G_TYPE_STRING))
    *value = g_strstrip (g_strdup (json_node_get_string (node)));
  else if (is_of (node, G_TYPE_INT64))
    *value = g_strdup_printf ("%" G_GINT64_FORMAT, json_node_get_int (node));
  else if (is_of (node, G_TYPE_DOUBLE) && isfinite (json_node_get_double (node)) && fabs (json_node_get_double (node)) < 1e9)
    {
      char text[64];

      g_ascii_formatd (text, sizeof text, "%.6f", json_node_get_double (node));
      *value = g_strdup (text);
    }
  else
    return refuse (error, name, "is no amount");
  digits = strspn (*value, "0123456789");
  c = *value + digits;
  if (*c == '.')
    {
      decimals = strspn (c + 1, "0123456789");
      c += 1 + decimals;
    }
  if (digits == 0 || digits > 9 || decimals > 6 || *c != '\0')
    return refuse (error, name, "is no amount");
  return TRUE;
}

gboolean
sw_json_read_date (JsonObject *object, const char *name, gboolean required, char **value, GError **error)
{
  GDate date;

  if (!sw_json_read_text (object, name, required, value, error))
    return FALSE;
  if (*value == NULL)
    return TRUE;
  /* An instant tells its day first: YYYY-MM-DDT… */
  if (strlen (*value) > 10 && (*value)[10] == 'T')
    (*value)[10] = '\0';
  g_date_clear (&date, 1);
  if (strlen (*value) == 10 && strspn (*value, "0123456789-") == 10 && (*value)[4] == '-' && (*value)[7] == '-')
    {
      int year = atoi (*value), month = atoi (*value + 5), day = atoi (*value + 8);

      if (year >= 1900 && year < 2200 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && g_date_valid_dmy ((GDateDay) day, month, (GDateYear) year))
        return TRUE;
    }
  return refuse (error, name, "is no date");
}

gboolean
sw_json_read_boolean (JsonObject *object, const char *name, int *value, GError **error)
{
  JsonNode *node = member (object, name);

  *value = -1;
  if (node == NULL)
    return TRUE;
  if (!is_of (node, G_TYPE_BOOLEAN))
    return refuse (error, name, "is neither true nor false");
  *value = json_node_get_boolean (node);
  return TRUE;
}

gboolean
sw_json_read_int (JsonObject *object, const char *name, gint64 *value, GError **error)
{
  JsonNode *node = member (object, name);

  *value = -1;
  if (node == NULL)
    return TRUE;
  if (!is_of (node, G_TYPE_INT64))
    return refuse (error, name, "is no whole number");
  *value = json_node_get_int (node);
  return TRUE;
}
