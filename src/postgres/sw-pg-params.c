/* sw-pg-params.c: see sw-pg-params.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "postgres/sw-pg-private.h"

#include <string.h>

#define BYTEA_OID 17

struct _SwPgParams
{
  gatomicrefcount refs;
  GPtrArray *values; /* char *, or the data of a GBytes of owned */
  GPtrArray *owned;  /* GBytes *: keeps every value alive */
  GArray *lengths;   /* int; libpq looks at it for binary values only */
  GArray *formats;   /* int: 0 text, 1 binary */
  GArray *types;     /* Oid: 0 lets the server infer */
};

SwPgParams *
sw_pg_params_new (void)
{
  SwPgParams *self = g_new0 (SwPgParams, 1);

  g_atomic_ref_count_init (&self->refs);
  self->values = g_ptr_array_new ();
  self->owned = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->lengths = g_array_new (FALSE, FALSE, sizeof (int));
  self->formats = g_array_new (FALSE, FALSE, sizeof (int));
  self->types = g_array_new (FALSE, FALSE, sizeof (Oid));
  return self;
}

SwPgParams *
sw_pg_params_ref (SwPgParams *self)
{
  g_atomic_ref_count_inc (&self->refs);
  return self;
}

void
sw_pg_params_unref (SwPgParams *self)
{
  if (!g_atomic_ref_count_dec (&self->refs))
    return;
  g_ptr_array_unref (self->values);
  g_ptr_array_unref (self->owned);
  g_array_unref (self->lengths);
  g_array_unref (self->formats);
  g_array_unref (self->types);
  g_free (self);
}

guint
sw_pg_params_get_n (SwPgParams *self)
{
  return self->values->len;
}

/* Takes @bytes; NULL is SQL NULL. Text must end with a zero byte, which is part of @bytes. */
static guint
add (SwPgParams *self, GBytes *bytes, int format, Oid type)
{
  gsize size = 0;
  gconstpointer data = bytes != NULL ? g_bytes_get_data (bytes, &size) : NULL;
  int length = (int) size;

  if (bytes != NULL)
    g_ptr_array_add (self->owned, bytes);
  /* An empty GBytes has no data pointer, but an empty bytea is not NULL. */
  if (bytes != NULL && data == NULL)
    data = "";
  g_ptr_array_add (self->values, (gpointer) data);
  g_array_append_val (self->lengths, length);
  g_array_append_val (self->formats, format);
  g_array_append_val (self->types, type);
  return self->values->len;
}

/* Takes @text. */
static guint
add_text (SwPgParams *self, char *text)
{
  return add (self, text != NULL ? g_bytes_new_take (text, strlen (text) + 1) : NULL, 0, 0);
}

guint
sw_pg_params_add_text (SwPgParams *self, const char *text)
{
  return add_text (self, g_strdup (text));
}

guint
sw_pg_params_add_int64 (SwPgParams *self, gint64 value)
{
  return add_text (self, g_strdup_printf ("%" G_GINT64_FORMAT, value));
}

guint
sw_pg_params_add_bool (SwPgParams *self, gboolean value)
{
  return add_text (self, g_strdup (value ? "true" : "false"));
}

guint
sw_pg_params_add_json (SwPgParams *self, const char *json)
{
  return add_text (self, g_strdup (json));
}

guint
sw_pg_params_add_int64_array (SwPgParams *self, const gint64 *values, gsize n_values)
{
  GString *text = g_string_new ("{");

  for (gsize i = 0; i < n_values; i++)
    g_string_append_printf (text, "%s%" G_GINT64_FORMAT, i > 0 ? "," : "", values[i]);
  g_string_append_c (text, '}');
  return add_text (self, g_string_free (text, FALSE));
}

guint
sw_pg_params_add_text_array (SwPgParams *self, const char *const *values)
{
  GString *text = g_string_new ("{");

  for (gsize i = 0; values != NULL && values[i] != NULL; i++)
    {
      g_string_append (text, i > 0 ? ",\"" : "\"");
      for (const char *p = values[i]; *p != '\0'; p++)
        {
          if (*p == '"' || *p == '\\')
            g_string_append_c (text, '\\');
          g_string_append_c (text, *p);
        }
      g_string_append_c (text, '"');
    }
  g_string_append_c (text, '}');
  return add_text (self, g_string_free (text, FALSE));
}

guint
sw_pg_params_add_bytes (SwPgParams *self, GBytes *bytes)
{
  return add (self, bytes != NULL ? g_bytes_ref (bytes) : NULL, 1, BYTEA_OID);
}

const char *const *
sw_pg_params_get_values (SwPgParams *self)
{
  return (const char *const *) self->values->pdata;
}

const int *
sw_pg_params_get_lengths (SwPgParams *self)
{
  return (const int *) (void *) self->lengths->data;
}

const int *
sw_pg_params_get_formats (SwPgParams *self)
{
  return (const int *) (void *) self->formats->data;
}

const Oid *
sw_pg_params_get_types (SwPgParams *self)
{
  return (const Oid *) (void *) self->types->data;
}

gboolean
sw_pg_params_is_text (SwPgParams *self)
{
  for (guint i = 0; i < self->formats->len; i++)
    if (g_array_index (self->formats, int, i) != 0)
      return FALSE;
  return TRUE;
}
