/* sw-delimited.h: a table in a text file: which separator, which titles, which rows
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Cells are trimmed of blanks around them unless they are quoted; rows keep the number of the line
 * they begin at, also when cells hold line ends. Lines without any text are left out.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A row; @cells ends with NULL. */
typedef struct
{
  guint line; /* from 1 */
  GStrv cells;
} SwDelimitedRow;

typedef struct
{
  char separator;
  gboolean has_titles;
  guint n_columns; /* of the widest row */
  GPtrArray *rows; /* of SwDelimitedRow, without the titles */
  GStrv titles;    /* n_columns of them; "" where the file has none */
} SwDelimited;

/* Reads @text. @separator '\0' and @titles -1 mean: find out. Never fails: a file that is no table
 * has one column. */
SwDelimited *sw_delimited_read (const char *text, char separator, int titles);
void sw_delimited_free (SwDelimited *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwDelimited, sw_delimited_free)

/* Cell @column of the row, "" beyond its end. */
const char *sw_delimited_cell (SwDelimited *self, guint row, guint column);

G_END_DECLS
