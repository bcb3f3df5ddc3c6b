/* sw-delimited.c: see sw-delimited.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-delimited.h"

#include <csv.h>
#include <string.h>

/* How many rows are looked at to find the separator. */
#define SAMPLE_ROWS 50

typedef struct
{
  GPtrArray *rows;
  GPtrArray *cells; /* of the row being read */
  guint line;       /* where the row being read begins */
  guint newlines;   /* inside its cells */
  guint limit;      /* rows wanted; 0: all */
} Reader;

static void
free_row (gpointer data)
{
  SwDelimitedRow *row = data;

  g_strfreev (row->cells);
  g_free (row);
}

static void
on_cell (void *data, size_t length, void *user_data)
{
  Reader *reader = user_data;
  char *cell = g_strndup (data != NULL ? data : "", length);

  for (const char *p = cell; *p != '\0'; p++)
    reader->newlines += *p == '\n';
  g_ptr_array_add (reader->cells, cell);
}

/* @terminator is -1 at the end of the file. With CSV_REPALL_NL an empty line is a row too, so that
 * lines can be counted. */
static void
on_row (int terminator, void *user_data)
{
  Reader *reader = user_data;
  gboolean has_text = FALSE;

  for (guint i = 0; i < reader->cells->len; i++)
    has_text |= *(const char *) g_ptr_array_index (reader->cells, i) != '\0';
  if (has_text && (reader->limit == 0 || reader->rows->len < reader->limit))
    {
      SwDelimitedRow *row = g_new (SwDelimitedRow, 1);

      row->line = reader->line;
      g_ptr_array_add (reader->cells, NULL);
      row->cells = (GStrv) g_ptr_array_free (reader->cells, FALSE);
      reader->cells = g_ptr_array_new_with_free_func (g_free);
      g_ptr_array_add (reader->rows, row);
    }
  else
    g_ptr_array_set_size (reader->cells, 0);
  reader->line += reader->newlines + 1;
  reader->newlines = 0;
}

static GPtrArray *
read_rows (const char *text, gsize length, char separator, guint limit)
{
  struct csv_parser parser;
  Reader reader = { g_ptr_array_new_with_free_func (free_row),
                    g_ptr_array_new_with_free_func (g_free), 1, 0, limit };

  if (csv_init (&parser, CSV_REPALL_NL) != 0)
    g_error ("the parser of delimited files cannot start"); /* only a lack of memory */
  csv_set_delim (&parser, (unsigned char) separator);
  csv_parse (&parser, text, length, on_cell, on_row, &reader);
  csv_fini (&parser, on_cell, on_row, &reader);
  csv_free (&parser);
  g_ptr_array_unref (reader.cells);
  return reader.rows;
}

/* The part of @text that holds the first lines: enough to judge, however long the file is. */
static gsize
sample_length (const char *text)
{
  const char *end = text;

  for (guint i = 0; i < 4 * SAMPLE_ROWS && *end != '\0'; i++)
    {
      const char *newline = strchr (end, '\n');

      end = newline != NULL ? newline + 1 : end + strlen (end);
    }
  return (gsize) (end - text);
}

/* The separator with which most rows have the same, large number of columns. */
static char
find_separator (const char *text)
{
  static const char candidates[] = ";\t,|";
  gsize length = sample_length (text);
  double best = 0;
  char separator = ';';

  for (const char *candidate = candidates; *candidate != '\0'; candidate++)
    {
      g_autoptr (GPtrArray) rows = read_rows (text, length, *candidate, SAMPLE_ROWS);
      guint columns = rows->len > 0
                          ? g_strv_length (((SwDelimitedRow *) g_ptr_array_index (rows, 0))->cells)
                          : 0;
      guint same = 0;
      double score;

      for (guint i = 0; i < rows->len; i++)
        same += g_strv_length (((SwDelimitedRow *) g_ptr_array_index (rows, i))->cells) == columns;
      score = columns > 1 ? (double) same / rows->len + columns / 1000.0 : 0;
      if (score > best)
        {
          best = score;
          separator = *candidate;
        }
    }
  return separator;
}

/* Titles are words, each another, and none is an address, a number or a date. */
static gboolean
looks_like_titles (GStrv cells)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; cells[i] != NULL; i++)
    {
      guint letters = 0, digits = 0;

      if (*cells[i] == '\0')
        continue;
      for (const char *p = cells[i]; *p != '\0'; p = g_utf8_next_char (p))
        {
          letters += g_unichar_isalpha (g_utf8_get_char (p));
          digits += g_unichar_isdigit (g_utf8_get_char (p));
        }
      if (letters <= digits || strchr (cells[i], '@') != NULL || !g_hash_table_add (seen, cells[i]))
        return FALSE;
    }
  return g_hash_table_size (seen) > 0;
}

static void
take_titles (SwDelimited *self)
{
  GStrv first = NULL;

  self->titles = g_new0 (char *, self->n_columns + 1);
  if (self->has_titles)
    first = ((SwDelimitedRow *) g_ptr_array_index (self->rows, 0))->cells;
  for (guint i = 0; i < self->n_columns; i++)
    {
      if (first != NULL && *first == NULL)
        first = NULL;
      self->titles[i] = g_strdup (first != NULL ? *first++ : "");
    }
  if (self->has_titles)
    g_ptr_array_remove_index (self->rows, 0);
}

SwDelimited *
sw_delimited_read (const char *text, char separator, int titles)
{
  SwDelimited *self = g_new0 (SwDelimited, 1);

  self->separator = separator != '\0' ? separator : find_separator (text);
  self->rows = read_rows (text, strlen (text), self->separator, 0);
  for (guint i = 0; i < self->rows->len; i++)
    {
      const SwDelimitedRow *row = g_ptr_array_index (self->rows, i);

      self->n_columns = MAX (self->n_columns, g_strv_length (row->cells));
    }
  self->has_titles = self->rows->len > 0
                     && (titles == -1 ? looks_like_titles (
                             ((SwDelimitedRow *) g_ptr_array_index (self->rows, 0))->cells)
                                      : titles != 0);
  take_titles (self);
  return self;
}

void
sw_delimited_free (SwDelimited *self)
{
  g_ptr_array_unref (self->rows);
  g_strfreev (self->titles);
  g_free (self);
}

const char *
sw_delimited_cell (SwDelimited *self, guint row, guint column)
{
  GStrv cells = ((SwDelimitedRow *) g_ptr_array_index (self->rows, row))->cells;

  for (guint i = 0; cells[i] != NULL; i++)
    if (i == column)
      return cells[i];
  return "";
}
