/* Lists written to files: typed, never half, and no text becomes a formula. */
#include "model/sw-list-file.h"

#include <glib/gstdio.h>
#include <string.h>

static char *folder;

static SwListFile *
start (const char *path, SwListFileFormat format)
{
  g_autoptr (GError) error = NULL;
  SwListFile *file = sw_list_file_new (path, format, "Clients", &error);

  g_assert_no_error (error);
  sw_list_file_add_column (file, "Name", SW_CELL_TEXT, 20);
  sw_list_file_add_column (file, "Amount", SW_CELL_MONEY, 12);
  sw_list_file_add_column (file, "Due", SW_CELL_DATE, 12);
  return file;
}

static void
add_row (SwListFile *file, const char *name, const char *amount, const char *due)
{
  g_autoptr (GError) error = NULL;

  sw_list_file_add_cell (file, name);
  sw_list_file_add_cell (file, amount);
  sw_list_file_add_cell (file, due);
  sw_list_file_end_row (file, &error);
  g_assert_no_error (error);
}

static char *
write_all (const char *path, SwListFileFormat format, gsize *length)
{
  g_autoptr (SwListFile) file = start (path, format);
  g_autoptr (GError) error = NULL;
  char *content = NULL;

  add_row (file, "Épicerie; \"Chez Zoé\"", "1240.50", "2026-02-03");
  add_row (file, "=HYPERLINK(\"http://evil\")", "-12.00", NULL);
  add_row (file, "+33 6", NULL, "2026-12-31");
  /* Nothing is there before the end. */
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_true (sw_list_file_commit (file, &error));
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &content, length, &error));
  return content;
}

static void
assert_only (const char *name)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *found;

  while ((found = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (found, ==, name);
}

static void
test_csv (void)
{
  g_autofree char *path = g_build_filename (folder, "list.csv", NULL);
  gsize length;
  g_autofree char *content = write_all (path, SW_LIST_FILE_CSV, &length);

  g_assert_cmpstr (content, ==,
                   "\uFEFFName;Amount;Due\r\n"
                   "\"Épicerie; \"\"Chez Zoé\"\"\";1240,50;03/02/2026\r\n"
                   "\"'=HYPERLINK(\"\"http://evil\"\")\";-12,00;\r\n"
                   "\"'+33 6\";;31/12/2026\r\n");
  assert_only ("list.csv");
  g_unlink (path);
}

static void
test_windows (void)
{
  g_autofree char *path = g_build_filename (folder, "list.csv", NULL);
  gsize length;
  g_autofree char *content = write_all (path, SW_LIST_FILE_CSV_WINDOWS, &length);

  g_assert_true (g_str_has_prefix (content, "Name;Amount;Due\r\n\"\xc9picerie"));
  g_unlink (path);
}

static void
test_xlsx (void)
{
  g_autofree char *path = g_build_filename (folder, "list.xlsx", NULL);
  gsize length;
  g_autofree char *content = write_all (path, SW_LIST_FILE_XLSX, &length);
  g_autofree char *command = g_strdup_printf ("/usr/bin/python3 -c \"import sys, zipfile; "
                                              "print(zipfile.ZipFile(sys.argv[1])"
                                              ".read('xl/worksheets/sheet1.xml').decode())\" %s",
                                              path);
  g_autofree char *sheet = NULL;

  g_assert_true (g_str_has_prefix (content, "PK"));
  g_assert_true (g_spawn_command_line_sync (command, &sheet, NULL, NULL, NULL));
  g_assert_nonnull (strstr (sheet, "=HYPERLINK"));
  g_assert_null (strstr (sheet, "<f>"));
  g_assert_nonnull (strstr (sheet, "<v>1240.5</v>"));
  /* The third of February 2026, counted from 1900. */
  g_assert_nonnull (strstr (sheet, "<v>46056</v>"));
  g_unlink (path);
}

static void
test_abandoned (void)
{
  static const SwListFileFormat formats[] = { SW_LIST_FILE_CSV, SW_LIST_FILE_XLSX };
  g_autofree char *path = g_build_filename (folder, "kept.csv", NULL);

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *content = NULL;
      SwListFile *file = start (path, formats[i]);

      add_row (file, "half", "1", NULL);
      sw_list_file_free (file);
      g_assert_true (g_file_get_contents (path, &content, NULL, NULL));
      g_assert_cmpstr (content, ==, "before");
      assert_only ("kept.csv");
    }
  g_unlink (path);
}

static void
test_no_folder (void)
{
  g_autofree char *path = g_build_filename (folder, "nowhere", "list.csv", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (sw_list_file_new (path, SW_LIST_FILE_CSV, "Clients", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
}

int
main (int argc, char *argv[])
{
  int result;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("softwhere-list-XXXXXX", NULL);
  g_test_add_func ("/list-file/csv", test_csv);
  g_test_add_func ("/list-file/windows", test_windows);
  g_test_add_func ("/list-file/xlsx", test_xlsx);
  g_test_add_func ("/list-file/abandoned", test_abandoned);
  g_test_add_func ("/list-file/no-folder", test_no_folder);
  result = g_test_run ();
  g_rmdir (folder);
  return result;
}
