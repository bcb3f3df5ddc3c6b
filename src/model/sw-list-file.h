/* sw-list-file.h: writes a table to a file: CSV for spreadsheets, or XLSX
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Rows are written as they come, in constant memory, to a temporary file beside the wanted one, which
 * only sw_list_file_commit() puts in its place: there is never half a file. Numbers and dates keep
 * their type; a text that a spreadsheet would take for a formula stays a text.
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef enum
{
  SW_LIST_FILE_CSV,         /* UTF-8 with a byte order mark, ";" */
  SW_LIST_FILE_CSV_WINDOWS, /* Windows-1252; what it lacks becomes "?" */
  SW_LIST_FILE_XLSX,
} SwListFileFormat;

typedef enum
{
  SW_CELL_TEXT,
  SW_CELL_NUMBER, /* "12.5" */
  SW_CELL_MONEY,  /* "1240.50" */
  SW_CELL_DATE,   /* "2026-02-03" */
  SW_CELL_INSTANT,/* "2026-02-03 14:05:00.1+01": its local date and time */
} SwCellKind;

typedef struct _SwListFile SwListFile;

/* Starts the file; @title names the sheet of a workbook. */
SwListFile *sw_list_file_new (const char *path,
                              SwListFileFormat format,
                              const char *title,
                              GError **error);
/* Without commit() nothing remains. */
void sw_list_file_free (SwListFile *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwListFile, sw_list_file_free)

/* Before the first row; @width in characters. */
void sw_list_file_add_column (SwListFile *self, const char *title, SwCellKind kind, guint width);
/* One cell after the other, as many as columns; @value is canonical text, NULL is empty. */
void sw_list_file_add_cell (SwListFile *self, const char *value);
gboolean sw_list_file_end_row (SwListFile *self, GError **error);
/* Ends the file and puts it in place; takes a while for a large workbook, any thread will do. */
gboolean sw_list_file_commit (SwListFile *self, GError **error);

G_END_DECLS
