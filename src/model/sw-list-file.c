/* sw-list-file.c: see sw-list-file.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-list-file.h"
#include "base/sw-date.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

/* A sheet of a workbook has this many rows; more go on in another. */
#define SHEET_ROWS LXW_ROW_MAX

typedef struct
{
  char *title;
  SwCellKind kind;
  guint width;
} Column;

struct _SwListFile
{
  SwListFileFormat format;
  char *path;
  char *temporary; /* until it is in place */
  GArray *columns;
  guint column; /* of the next cell */
  gboolean begun;

  FILE *stream; /* CSV */
  GString *line;

  lxw_workbook *workbook; /* XLSX */
  lxw_worksheet *sheet;
  lxw_format *bold;
  lxw_format *formats[SW_CELL_INSTANT + 1];
  char *sheet_title;
  guint n_sheets;
  lxw_row_t row;
};

static void
column_clear (gpointer data)
{
  g_free (((Column *) data)->title);
}

static gboolean
fail (GError **error, int code)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/* ---- XLSX ---- */

/* libxlsxwriter prints numbers with the decimal point of the thread's locale: with a French comma no
 * spreadsheet opens the file. Give what was in force back to uselocale(). */
static locale_t
use_decimal_point (void)
{
  static gsize made;

  if (g_once_init_enter (&made))
    g_once_init_leave (&made, (gsize) newlocale (LC_NUMERIC_MASK, "C", duplocale (LC_GLOBAL_LOCALE)));
  return uselocale ((locale_t) made);
}

static lxw_error
close_workbook (lxw_workbook *workbook)
{
  locale_t before = use_decimal_point ();
  lxw_error code = workbook_close (workbook);

  uselocale (before);
  return code;
}

static gboolean
fail_xlsx (GError **error, lxw_error code)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, lxw_strerror (code));
  return FALSE;
}

static void
begin_sheet (SwListFile *self)
{
  locale_t before = use_decimal_point ();
  g_autofree char *name = self->n_sheets == 0
                              ? g_strdup (self->sheet_title)
                              : g_strdup_printf ("%s %u", self->sheet_title, self->n_sheets + 1);

  self->n_sheets++;
  self->sheet = workbook_add_worksheet (self->workbook, name);
  if (self->sheet == NULL) /* the title is none for a sheet */
    self->sheet = workbook_add_worksheet (self->workbook, NULL);
  self->row = 0;
  for (guint i = 0; i < self->columns->len; i++)
    {
      const Column *column = &g_array_index (self->columns, Column, i);

      worksheet_set_column (self->sheet, (lxw_col_t) i, (lxw_col_t) i, column->width, NULL);
      worksheet_write_string (self->sheet, 0, (lxw_col_t) i, column->title, self->bold);
    }
  worksheet_freeze_panes (self->sheet, 1, 0);
  self->row = 1;
  uselocale (before);
}

static void
begin_workbook (SwListFile *self)
{
  static const char *const patterns[] = {
    [SW_CELL_TEXT] = NULL,
    [SW_CELL_NUMBER] = NULL,
    [SW_CELL_MONEY] = "#,##0.00\\ \"€\"",
    [SW_CELL_DATE] = "dd/mm/yyyy",
    [SW_CELL_INSTANT] = "dd/mm/yyyy\\ hh:mm",
  };
  lxw_workbook_options options = { .constant_memory = LXW_TRUE };

  self->workbook = workbook_new_opt (self->temporary, &options);
  self->bold = workbook_add_format (self->workbook);
  format_set_bold (self->bold);
  for (guint i = 0; i < G_N_ELEMENTS (patterns); i++)
    if (patterns[i] != NULL)
      {
        self->formats[i] = workbook_add_format (self->workbook);
        format_set_num_format (self->formats[i], patterns[i]);
      }
}

/* FALSE when @value is not of the kind: it stays text. */
static gboolean
write_typed (SwListFile *self, SwCellKind kind, const char *value)
{
  lxw_col_t column = (lxw_col_t) self->column;
  lxw_datetime when = { 0 };
  char *end = NULL;
  double number;

  if (kind == SW_CELL_NUMBER || kind == SW_CELL_MONEY)
    {
      number = g_ascii_strtod (value, &end);
      if (end == value || *end != '\0')
        return FALSE;
      worksheet_write_number (self->sheet, self->row, column, number, self->formats[kind]);
      return TRUE;
    }
  if (kind == SW_CELL_TEXT || !sw_date_split (value, &when.year, &when.month, &when.day))
    return FALSE;
  if (kind == SW_CELL_INSTANT && strlen (value) >= 16)
    sscanf (value + 11, "%2d:%2d", &when.hour, &when.min);
  worksheet_write_datetime (self->sheet, self->row, column, &when, self->formats[kind]);
  return TRUE;
}

/* Never written as a formula: worksheet_write_string() makes a text of whatever it is. */
static void
add_xlsx_cell (SwListFile *self, SwCellKind kind, const char *value)
{
  locale_t before = use_decimal_point (); /* the row before is written now */

  if (value != NULL && *value != '\0' && !write_typed (self, kind, value))
    worksheet_write_string (self->sheet, self->row, (lxw_col_t) self->column, value, NULL);
  uselocale (before);
}

/* ---- CSV ---- */

static void
append_csv_text (GString *line, const char *text)
{
  /* A spreadsheet takes these for a formula and runs it: the apostrophe makes it a text. */
  gboolean formula = *text != '\0' && strchr ("=+-@\t\r", *text) != NULL;
  gboolean quoted = formula || strpbrk (text, ";\"\n\r") != NULL;

  if (quoted)
    g_string_append_c (line, '"');
  if (formula)
    g_string_append_c (line, '\'');
  for (; *text != '\0'; text++)
    {
      if (*text == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *text);
    }
  if (quoted)
    g_string_append_c (line, '"');
}

static void
append_csv_number (GString *line, const char *value)
{
  for (; *value != '\0'; value++)
    g_string_append_c (line, *value == '.' ? ',' : *value);
}

static void
add_csv_cell (SwListFile *self, SwCellKind kind, const char *value)
{
  g_autofree char *made = NULL;

  if (self->column > 0)
    g_string_append_c (self->line, ';');
  if (value == NULL)
    return;
  if ((kind == SW_CELL_NUMBER || kind == SW_CELL_MONEY)
      && strspn (value, "-0123456789.") == strlen (value))
    {
      append_csv_number (self->line, value);
      return;
    }
  if (kind == SW_CELL_DATE)
    made = sw_date_format (value);
  else if (kind == SW_CELL_INSTANT)
    made = sw_date_format_instant (value);
  append_csv_text (self->line, made != NULL ? made : value);
}

static gboolean
write_line (SwListFile *self, GError **error)
{
  g_autofree char *converted = NULL;
  gsize length = self->line->len;
  const char *bytes = self->line->str;
  gboolean ok;

  if (self->format == SW_LIST_FILE_CSV_WINDOWS)
    {
      g_string_replace (self->line, "\u202f", "\u00a0", 0);
      converted = g_convert_with_fallback (self->line->str, (gssize) self->line->len, "WINDOWS-1252",
                                           "UTF-8", "?", NULL, &length, error);
      if (converted == NULL)
        return FALSE;
      bytes = converted;
    }
  ok = fwrite (bytes, 1, length, self->stream) == length
       && fwrite ("\r\n", 1, 2, self->stream) == 2;
  g_string_truncate (self->line, 0);
  return ok || fail (error, errno);
}

/* ---- both ---- */

SwListFile *
sw_list_file_new (const char *path, SwListFileFormat format, const char *title, GError **error)
{
  g_autoptr (SwListFile) self = g_new0 (SwListFile, 1);
  g_autofree char *folder = g_path_get_dirname (path);
  int fd;

  self->format = format;
  self->path = g_strdup (path);
  self->sheet_title = g_strdup (title);
  self->columns = g_array_new (FALSE, TRUE, sizeof (Column));
  g_array_set_clear_func (self->columns, column_clear);
  self->line = g_string_new (NULL);
  self->temporary = g_build_filename (folder, ".softwhere-XXXXXX", NULL);
  fd = g_mkstemp_full (self->temporary, O_RDWR | O_CLOEXEC, 0666);
  if (fd < 0)
    {
      fail (error, errno);
      g_clear_pointer (&self->temporary, g_free);
      return NULL;
    }
  if (format == SW_LIST_FILE_XLSX)
    {
      close (fd); /* libxlsxwriter opens it by its name when it ends */
      begin_workbook (self);
    }
  else
    self->stream = fdopen (fd, "w");
  return g_steal_pointer (&self);
}

void
sw_list_file_free (SwListFile *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->stream, fclose);
  if (self->workbook != NULL)
    {
      /* Closing is the only way to free a workbook: what it writes goes right below. */
      if (self->n_sheets == 0)
        workbook_add_worksheet (self->workbook, NULL);
      close_workbook (self->workbook);
    }
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_array_unref (self->columns);
  g_string_free (self->line, TRUE);
  g_free (self->sheet_title);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

void
sw_list_file_add_column (SwListFile *self, const char *title, SwCellKind kind, guint width)
{
  Column column = { g_strdup (title), kind, width };

  g_return_if_fail (!self->begun);
  g_array_append_val (self->columns, column);
}

static gboolean
begin (SwListFile *self, GError **error)
{
  if (self->begun)
    return TRUE;
  self->begun = TRUE;
  if (self->workbook != NULL)
    {
      begin_sheet (self);
      return TRUE;
    }
  if (self->format == SW_LIST_FILE_CSV && fputs ("\uFEFF", self->stream) == EOF)
    return fail (error, errno);
  for (guint i = 0; i < self->columns->len; i++)
    {
      if (i > 0)
        g_string_append_c (self->line, ';');
      append_csv_text (self->line, g_array_index (self->columns, Column, i).title);
    }
  return write_line (self, error);
}

void
sw_list_file_add_cell (SwListFile *self, const char *value)
{
  SwCellKind kind;

  g_return_if_fail (self->column < self->columns->len);
  kind = g_array_index (self->columns, Column, self->column).kind;
  if (!self->begun)
    begin (self, NULL); /* a failure shows again at the end of the row */
  if (self->workbook != NULL)
    add_xlsx_cell (self, kind, value);
  else
    add_csv_cell (self, kind, value);
  self->column++;
}

gboolean
sw_list_file_end_row (SwListFile *self, GError **error)
{
  self->column = 0;
  if (self->workbook == NULL)
    return write_line (self, error);
  self->row++;
  if (self->row == SHEET_ROWS)
    begin_sheet (self);
  return TRUE;
}

static gboolean
end_file (SwListFile *self, GError **error)
{
  FILE *stream = g_steal_pointer (&self->stream);
  lxw_workbook *workbook = g_steal_pointer (&self->workbook);
  lxw_error code;

  if (workbook != NULL)
    {
      code = close_workbook (workbook);
      return code == LXW_NO_ERROR || fail_xlsx (error, code);
    }
  if (fflush (stream) != 0 || fsync (fileno (stream)) != 0)
    {
      fail (error, errno);
      fclose (stream);
      return FALSE;
    }
  return fclose (stream) == 0 || fail (error, errno);
}

gboolean
sw_list_file_commit (SwListFile *self, GError **error)
{
  if (!begin (self, error) || !end_file (self, error))
    return FALSE;
  if (g_rename (self->temporary, self->path) != 0)
    return fail (error, errno);
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}
