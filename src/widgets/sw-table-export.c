/* sw-table-export.c: a list taken to a spreadsheet, or to the clipboard
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The rows chosen, if there are several; else all of them. In the columns shown, in their order.
 */
#include "widgets/sw-table-private.h"

#include <glib/gi18n.h>
#include "model/sw-list-export.h"
#include "model/sw-rule-messages.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-file-dialog.h"
#include "widgets/sw-progress.h"
#include "widgets/sw-toast.h"

/* A clipboard is no place for more. */
#define MOST_COPIED 20000 /* rows */

/* One export; the table may close meanwhile. */
typedef struct
{
  SwTable *table;
  GtkWidget *window; /* that was asked to choose a file; weak */
  SwListFileFormat format;
  SwListFile *file;
  char *path;
  const SwColumn **columns;
  guint n_columns;
  GArray *ids; /* NULL: all */
  SwProgress *progress;
  GCancellable *cancellable;
  GString *text; /* for the clipboard */
  GString *html;
} Export;

static Export *
export_new (SwTable *self)
{
  Export *export = g_new0 (Export, 1);
  GArray *ids = sw_table_get_chosen_ids (self);

  export->table = g_object_ref (self);
  export->columns = sw_column_list_get_columns (self->rows, &export->n_columns);
  export->cancellable = g_cancellable_new ();
  if (ids != NULL && ids->len > 1)
    export->ids = g_steal_pointer (&ids);
  g_clear_pointer (&ids, g_array_unref);
  return export;
}

static void
free_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  sw_list_file_free (data);
}

static void
export_free (Export *export)
{
  g_clear_pointer (&export->progress, sw_progress_free);
  if (export->file != NULL)
    {
      /* Abandoning a large workbook takes as long as writing it. */
      g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

      g_task_set_task_data (task, export->file, NULL);
      g_task_run_in_thread (task, free_file);
    }
  g_object_unref (export->table);
  g_object_unref (export->cancellable);
  g_clear_pointer (&export->ids, g_array_unref);
  g_free (export->columns);
  g_free (export->path);
  if (export->text != NULL)
    g_string_free (export->text, TRUE);
  if (export->html != NULL)
    g_string_free (export->html, TRUE);
  g_free (export);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Export, export_free)

static void
on_progress (guint done, guint total, gpointer data)
{
  Export *export = data;

  if (export->progress != NULL)
    sw_progress_set (export->progress, done, total);
}

/* {{{ Files */

static SwCellKind
cell_kind (const SwColumn *column)
{
  if (column->format != NULL)
    return SW_CELL_TEXT;
  switch (column->kind)
    {
    case SW_COLUMN_DATE:
      return SW_CELL_DATE;
    case SW_COLUMN_INSTANT:
      return SW_CELL_INSTANT;
    case SW_COLUMN_MONEY:
      return SW_CELL_MONEY;
    case SW_COLUMN_NUMBER:
      return SW_CELL_NUMBER;
    default:
      return SW_CELL_TEXT;
    }
}

static gboolean
write_row (SwRecord *record, gpointer data, GError **error)
{
  Export *export = data;

  for (guint i = 0; i < export->n_columns; i++)
    {
      const SwColumn *column = export->columns[i];
      g_autofree char *text = NULL;

      if (cell_kind (column) == SW_CELL_TEXT)
        text = sw_column_format (column, record);
      sw_list_file_add_cell (export->file,
                             text != NULL ? text : sw_record_get_text (record, column->field));
    }
  return sw_list_file_end_row (export->file, error);
}

static void
tell_failure (Export *export, const GError *error)
{
  if (export->table->box == NULL)
    return;
  if (sw_rule_is_lost (error)) /* the window says that the server is out of reach, not what it cost */
    sw_toast (GTK_WIDGET (export->table), _ ("The file could not be written"));
  else
    sw_dialog_tell_error (GTK_WIDGET (export->table), _ ("The file could not be written"), error);
}

static void
commit_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;

  if (sw_list_file_commit (data, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_committed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_path_get_basename (export->path);
  g_autofree char *text = g_strdup_printf (_ ("%s saved"), name);

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    tell_failure (export, error);
  else if (export->table->box != NULL)
    sw_toast (GTK_WIDGET (export->table), text);
}

static void
on_rows_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GTask) task = NULL;

  if (!sw_list_export_finish (result, &error))
    {
      tell_failure (export, error);
      return;
    }
  task = g_task_new (NULL, NULL, on_committed, export);
  g_task_set_task_data (task, export->file, NULL);
  g_steal_pointer (&export);
  g_task_run_in_thread (task, commit_file);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GFile) file = sw_file_dialog_save_finish (result, NULL);
  g_autoptr (GError) error = NULL;

  if (file == NULL || export->table->list == NULL)
    return;
  export->path = g_file_get_path (file);
  if (export->path == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED,
                         _ ("Choose a folder of this computer."));
  else
    export->file = sw_list_file_new (export->path, export->format, export->table->name, &error);
  if (export->file == NULL)
    {
      tell_failure (export, error);
      return;
    }
  for (guint i = 0; i < export->n_columns; i++)
    sw_list_file_add_column (export->file, _ (export->columns[i]->title),
                             cell_kind (export->columns[i]), export->columns[i]->main ? 36 : 18);
  export->progress = sw_progress_new (GTK_WIDGET (export->table), _ ("Writing the list"),
                                      export->cancellable);
  sw_list_export_async (export->table->list, export->ids, write_row, on_progress, export,
                        export->cancellable, on_rows_written, export);
  g_steal_pointer (&export);
}

static const struct
{
  const char *name;
  SwListFileFormat format;
  const char *suffix;
  SwFileKind kind;
} formats[] = {
  { "csv", SW_LIST_FILE_CSV, "csv", { N_ ("CSV tables"), "*.csv" } },
  { "csv-windows", SW_LIST_FILE_CSV_WINDOWS, "csv", { N_ ("CSV tables"), "*.csv" } },
  { "xlsx", SW_LIST_FILE_XLSX, "xlsx", { N_ ("Excel workbooks"), "*.xlsx" } },
};

void
sw_table_export (SwTable *self, const char *format)
{
  for (guint i = 0; self->list != NULL && i < G_N_ELEMENTS (formats); i++)
    if (g_str_equal (formats[i].name, format))
      {
        Export *export = export_new (self);
        g_autofree char *name
            = g_strdup_printf ("%s %s.%s", self->name, sw_session_get_today (self->session),
                               formats[i].suffix);

        export->format = formats[i].format;
        sw_file_dialog_save_async (GTK_WIDGET (self), _ ("Export the list"), name, &formats[i].kind,
                                   NULL, on_file_chosen, export);
      }
}

/* }}} */

/* {{{ Clipboard */

static void
append_cell (Export *export, guint column, const char *text, const char *tag)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  if (column > 0)
    g_string_append_c (export->text, '\t');
  else
    g_string_append (export->html, "<tr>");
  for (; *text != '\0'; text++)
    g_string_append_c (export->text, strchr ("\t\r\n", *text) != NULL ? ' ' : *text);
  g_string_append_printf (export->html, "<%s>%s</%s>", tag, escaped, tag);
}

static void
end_copied_row (Export *export)
{
  g_string_append_c (export->text, '\n');
  g_string_append (export->html, "</tr>\n");
}

static gboolean
copy_row (SwRecord *record, gpointer data, GError **error)
{
  Export *export = data;

  for (guint i = 0; i < export->n_columns; i++)
    {
      g_autofree char *text = sw_column_format (export->columns[i], record);

      append_cell (export, i, text, "td");
    }
  end_copied_row (export);
  return TRUE;
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Export) export = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) html = NULL;
  g_autoptr (GdkContentProvider) both = NULL;
  GdkContentProvider *providers[2];

  if (!sw_list_export_finish (result, &error))
    {
      if (export->table->box != NULL)
        sw_dialog_tell_error (GTK_WIDGET (export->table), _ ("Nothing was copied"), error);
      return;
    }
  if (export->table->box == NULL)
    return;
  g_string_append (export->html, "</table>");
  html = g_bytes_new (export->html->str, export->html->len);
  providers[0] = gdk_content_provider_new_for_bytes ("text/html", html);
  providers[1] = gdk_content_provider_new_typed (G_TYPE_STRING, export->text->str);
  both = gdk_content_provider_new_union (providers, 2);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (GTK_WIDGET (export->table)), both);
  sw_toast (GTK_WIDGET (export->table), _ ("Copied"));
}

void
sw_table_copy (SwTable *self)
{
  Export *export;

  if (self->list == NULL)
    return;
  export = export_new (self);
  if (export->ids == NULL)
    export->ids = sw_table_get_chosen_ids (self);
  if (export->ids == NULL || export->ids->len > MOST_COPIED)
    {
      if (export->ids != NULL)
        sw_toast (GTK_WIDGET (self), _ ("Too many rows to copy: export them instead"));
      export_free (export);
      return;
    }
  export->text = g_string_new (NULL);
  export->html = g_string_new ("<meta charset=\"utf-8\"><table>");
  for (guint i = 0; i < export->n_columns; i++)
    append_cell (export, i, _ (export->columns[i]->title), "th");
  end_copied_row (export);
  sw_list_export_async (self->list, export->ids, copy_row, NULL, export, export->cancellable, on_copied,
                        export);
}

/* }}} */

/* {{{ Menu */

static void
on_export (GSimpleAction *action, GVariant *format, gpointer data)
{
  sw_table_export (data, g_variant_get_string (format, NULL));
}

static void
on_print (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_table_print (data);
}

static gboolean
focus_rows (gpointer data)
{
  sw_table_focus_rows (data);
  return G_SOURCE_REMOVE;
}

static void
on_select_all (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  sw_column_list_select_all (SW_TABLE (data)->rows);
  /* The menu gives the focus back to its button when it is gone: Ctrl+C is for the rows. */
  g_idle_add_full (G_PRIORITY_LOW, focus_rows, g_object_ref (data), g_object_unref);
}

static void
on_choose (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  SwColumnList *rows = SW_TABLE (data)->rows;

  sw_column_list_unselect_all (rows); /* the open record is not one of those wanted */
  sw_column_list_set_choosing (rows, TRUE);
}

static GMenuModel *
create_column_menu (SwTable *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) columns = g_menu_new ();
  g_autoptr (GMenu) reset = g_menu_new ();

  for (guint i = 0; self->columns[i].field != NULL; i++)
    {
      g_autofree char *action = g_strdup_printf ("table.column-%u", i);

      if (!self->columns[i].main)
        g_menu_append (columns, _ (self->columns[i].title), action);
    }
  g_menu_append (reset, _ ("As at First"), "table.reset-columns");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (columns));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (reset));
  return G_MENU_MODEL (menu);
}

static GMenuModel *
create_menu (SwTable *self)
{
  GMenu *menu = g_menu_new ();
  g_autoptr (GMenu) files = g_menu_new ();
  g_autoptr (GMenu) others = g_menu_new ();
  g_autoptr (GMenuModel) columns = create_column_menu (self);

  g_menu_append (files, _ ("Export to Excel…"), "table.export::xlsx");
  g_menu_append (files, _ ("Export to CSV…"), "table.export::csv");
  g_menu_append (files, _ ("Export to CSV for Old Programs…"), "table.export::csv-windows");
  g_menu_append (files, _ ("Print…"), "table.print");
  g_menu_append (others, _ ("Choose All"), "table.select-all");
  g_menu_append (others, _ ("Choose Several"), "table.choose");
  g_menu_append_submenu (others, _ ("Columns"), columns);
  g_menu_append_section (menu, NULL, G_MENU_MODEL (files));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (others));
  return G_MENU_MODEL (menu);
}

GtkWidget *
sw_table_create_menu_button (SwTable *self, const char *name)
{
  static const GActionEntry entries[] = {
    { "export", on_export, "s" },
    { "print", on_print },
    { "select-all", on_select_all },
    { "choose", on_choose },
  };
  GtkWidget *button = gtk_menu_button_new ();
  g_autoptr (GMenuModel) menu = create_menu (self);

  g_free (self->name);
  self->name = g_strdup (name);
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), entries, G_N_ELEMENTS (entries), self);
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "view-more-symbolic");
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (button), menu);
  gtk_widget_set_tooltip_text (button, _ ("Export, print, columns"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Export, print, columns"), -1);
  gtk_widget_insert_action_group (button, "table", G_ACTION_GROUP (self->actions));
  return button;
}

/* }}} */
