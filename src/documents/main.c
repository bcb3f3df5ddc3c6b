/* main.c: softwhere-document makes the PDF of invoices and of address labels without a screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The document of an invoice comes from a JSON file or from the server. A password is never an
 * argument, which every user of the machine can read: it comes from the environment or a file.
 */
#include "config.h"

#include "documents/fetch.h"
#include "documents/sw-labels.h"

#include <locale.h>
#include <stdlib.h>
#include <string.h>

/* Invoices read, drawn and forgotten together. */
#define BATCH 100

typedef struct
{
  char **from;
  char *logo;
  char **invoices;
  char *issued_from;
  char *issued_to;
  char *output;
  gboolean merge;
  gboolean png;
  char *labels;
  char *label_format;
  int first_label;
  char **rest; /* the connection string */

  GPtrArray *merged; /* kept for the end */
} Options;

static gboolean
fail (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

static SwBrand *
load_brand (const Options *options, GError **error)
{
  g_autoptr (GBytes) logo = NULL;

  if (options->logo != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (options->logo);

      logo = g_file_load_bytes (file, NULL, NULL, error);
      if (logo == NULL)
        return NULL;
    }
  return sw_brand_new (logo, NULL, error);
}

static SwDocument *
load_document (const char *path, SwBrand *brand, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  SwDocument *document = NULL;
  JsonNode *root;

  if (!json_parser_load_from_file (parser, path, error))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "There is no invoice in it");
  else
    document = sw_document_new_invoice (json_node_get_object (root), brand, error);
  if (document == NULL)
    g_prefix_error (error, "%s: ", path);
  return document;
}

/* The first page as a picture, at 144 dpi. */
static gboolean
write_png (SwDocument *document, const char *path, GError **error)
{
  const double scale = 2;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24,
                                                         (int) (SW_PAGE_WIDTH * scale),
                                                         (int) (SW_PAGE_HEIGHT * scale));
  cairo_t *cr = cairo_create (surface);
  cairo_status_t status;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  sw_document_draw_page (document, cr, 0);
  cairo_destroy (cr);
  status = cairo_surface_write_to_png (surface, path);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_set_error (error,
                 G_IO_ERROR,
                 G_IO_ERROR_FAILED,
                 "%s could not be written: %s",
                 path,
                 cairo_status_to_string (status));
  return status == CAIRO_STATUS_SUCCESS;
}

/* A folder receives one file an invoice, named after it. */
static gboolean
write_document (Options *options, SwDocument *document, GError **error)
{
  const char *name = sw_document_get_file_name (document);
  g_autofree char *path = g_strdup (options->output);

  if (options->merge)
    {
      g_ptr_array_add (options->merged, g_object_ref (document));
      return TRUE;
    }
  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_autofree char *stem = g_strndup (name, strlen (name) - strlen (".pdf"));
      g_autofree char *file = g_strconcat (stem, options->png ? ".png" : ".pdf", NULL);

      g_free (path);
      path = g_build_filename (options->output, file, NULL);
    }
  return options->png ? write_png (document, path, error)
                      : sw_document_write_pdf (document, path, error);
}

static gboolean
draw_files (Options *options, GError **error)
{
  g_autoptr (SwBrand) brand = load_brand (options, error);

  if (brand == NULL)
    return FALSE;
  for (char **path = options->from; *path != NULL; path++)
    {
      g_autoptr (SwDocument) document = load_document (*path, brand, error);

      if (document == NULL || !write_document (options, document, error))
        return FALSE;
    }
  return TRUE;
}

/* The ids asked for one by one, then those of the days asked for. */
static GArray *
list_invoices (Options *options, SwSession *session, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  for (char **text = options->invoices; text != NULL && *text != NULL; text++)
    {
      gint64 id;

      if (!g_ascii_string_to_signed (*text, 10, 1, G_MAXINT64, &id, error))
        {
          g_prefix_error (error, "--invoice: ");
          return NULL;
        }
      g_array_append_val (ids, id);
    }
  if (options->issued_from != NULL || options->issued_to != NULL)
    {
      g_autoptr (GArray) issued
        = fetch_issued_ids (session,
                            options->issued_from != NULL ? options->issued_from : "",
                            options->issued_to != NULL ? options->issued_to : "",
                            error);

      if (issued == NULL)
        return NULL;
      g_array_append_vals (ids, issued->data, issued->len);
    }
  return g_steal_pointer (&ids);
}

static gboolean
draw_invoices (Options *options, SwSession *session, GError **error)
{
  g_autoptr (GArray) ids = list_invoices (options, session, error);
  g_autoptr (SwBrand) brand = ids == NULL ? NULL : fetch_brand (session, error);

  if (brand == NULL)
    return FALSE;
  if (ids->len > 1 && !options->merge && !g_file_test (options->output, G_FILE_TEST_IS_DIR))
    return fail (error, "--output must be a folder for several invoices, or use --merge");
  for (guint i = 0; i < ids->len; i += BATCH)
    {
      g_autoptr (GPtrArray) documents = fetch_invoices (session,
                                                        brand,
                                                        &g_array_index (ids, gint64, i),
                                                        MIN (BATCH, ids->len - i),
                                                        error);

      if (documents == NULL)
        return FALSE;
      for (guint j = 0; j < documents->len; j++)
        if (!write_document (options, g_ptr_array_index (documents, j), error))
          return FALSE;
    }
  return TRUE;
}

static gboolean
draw_from_server (Options *options, GError **error)
{
  const char *conninfo = options->rest != NULL ? options->rest[0] : g_getenv ("SOFTWHERE_URI");
  g_autoptr (SwSession) session = NULL;
  g_autoptr (SwPgTarget) target = NULL;
  gboolean done;

  if (conninfo == NULL)
    return fail (error, "--from FILE.json, or a server as argument or in SOFTWHERE_URI, is needed");
  target = sw_pg_target_parse (conninfo, error);
  if (target == NULL)
    return FALSE;
  if (options->rest != NULL && sw_pg_target_get (target, "password") != NULL)
    return fail (error,
                 "A password given as argument can be read by others: "
                 "use SOFTWHERE_URI, PGPASSWORD or ~/.pgpass");
  session = fetch_open (conninfo, error);
  if (session == NULL)
    return FALSE;
  done = draw_invoices (options, session, error);
  sw_session_close (session);
  return done;
}

/* [["Name", "Street", "56000 VANNES"], …] */
static gboolean
draw_labels (const Options *options, GError **error)
{
  const SwLabelFormat *format = sw_label_format_find (options->label_format != NULL ? options->label_format : "70x37");
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (SwLabels) labels = NULL;
  JsonArray *addresses;

  if (format == NULL)
    return fail (error, "--label-format: there is no such sheet");
  if (!json_parser_load_from_file (parser, options->labels, error))
    return FALSE;
  if (!JSON_NODE_HOLDS_ARRAY (json_parser_get_root (parser)))
    return fail (error, "--labels: an array of addresses is expected");
  addresses = json_node_get_array (json_parser_get_root (parser));
  labels = sw_labels_new (format, (guint) MAX (options->first_label, 1) - 1);
  for (guint i = 0; i < json_array_get_length (addresses); i++)
    {
      g_autoptr (GPtrArray) lines = g_ptr_array_new ();
      JsonArray *address = json_array_get_array_element (addresses, i);

      for (guint j = 0; address != NULL && j < json_array_get_length (address); j++)
        g_ptr_array_add (lines, (gpointer) json_array_get_string_element (address, j));
      g_ptr_array_add (lines, NULL);
      sw_labels_add (labels, (const char *const *) lines->pdata);
    }
  return sw_labels_write_pdf (labels, options->output, error);
}

static gboolean
check_options (const Options *options, GError **error)
{
  gboolean server = options->invoices != NULL || options->issued_from != NULL
                    || options->issued_to != NULL;

  if (options->output == NULL)
    return fail (error, "--output PATH is needed");
  if (options->from != NULL && (server || options->rest != NULL))
    return fail (error, "--from reads files: it does not go with a server");
  if (options->labels != NULL && (server || options->from != NULL))
    return fail (error, "--labels draws nothing else");
  if (options->from == NULL && options->labels == NULL && !server)
    return fail (error, "--from FILE, --invoice ID or --issued-from DATE is needed");
  if (options->merge && options->png)
    return fail (error, "--png and --merge do not go together");
  if (options->rest != NULL && g_strv_length (options->rest) > 1)
    return fail (error, "Only one server can be asked");
  if (options->from != NULL && g_strv_length (options->from) > 1 && !options->merge
      && !g_file_test (options->output, G_FILE_TEST_IS_DIR))
    return fail (error, "--output must be a folder for several invoices, or use --merge");
  return TRUE;
}

static gboolean
run (Options *options, GError **error)
{
  g_autoptr (GPtrArray) merged = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean done;

  if (!check_options (options, error))
    return FALSE;
  if (options->labels != NULL)
    return draw_labels (options, error);
  options->merged = merged;
  done = options->from != NULL ? draw_files (options, error) : draw_from_server (options, error);
  if (!done || !options->merge)
    return done;
  if (merged->len == 0)
    return fail (error, "There is no invoice to merge");
  return sw_document_write_pdf_many ((SwDocument **) merged->pdata,
                                     (int) merged->len,
                                     options->output,
                                     error);
}

static void
clear_options (Options *options)
{
  g_strfreev (options->from);
  g_strfreev (options->invoices);
  g_strfreev (options->rest);
  g_free (options->logo);
  g_free (options->issued_from);
  g_free (options->issued_to);
  g_free (options->labels);
  g_free (options->label_format);
  g_free (options->output);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.from, "Invoice as JSON", "FILE" },
    { "logo", 0, 0, G_OPTION_ARG_FILENAME, &options.logo, "Logo, with --from", "FILE" },
    { "invoice", 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.invoices, "Invoice of the server", "ID" },
    { "issued-from", 0, 0, G_OPTION_ARG_STRING, &options.issued_from, "First day", "YYYY-MM-DD" },
    { "issued-to", 0, 0, G_OPTION_ARG_STRING, &options.issued_to, "Last day", "YYYY-MM-DD" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "A file, or a folder", "PATH" },
    { "merge", 0, 0, G_OPTION_ARG_NONE, &options.merge, "One file of all invoices", NULL },
    { "labels", 0, 0, G_OPTION_ARG_FILENAME, &options.labels, "Address labels: addresses as JSON", "FILE" },
    { "label-format", 0, 0, G_OPTION_ARG_STRING, &options.label_format, "70x37, 99.1x38.1, 63.5x38.1 or 105x37", "MM" },
    { "first-label", 0, 0, G_OPTION_ARG_INT, &options.first_label, "The first label of the sheet that is used", "N" },
    { "png", 0, 0, G_OPTION_ARG_NONE, &options.png, "The first page as a picture", NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_STRING_ARRAY, &options.rest, NULL, "[CONNINFO]" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  gboolean done;

  setlocale (LC_ALL, "");
  g_option_context_set_description (
    context,
    "CONNINFO is a libpq connection string or URI without a password; by default the value of\n"
    "SOFTWHERE_URI. The password may be in that variable, in PGPASSWORD or in ~/.pgpass.");
  g_option_context_add_main_entries (context, entries, NULL);
  done = g_option_context_parse (context, &argc, &argv, &error) && run (&options, &error);
  clear_options (&options);
  if (!done)
    g_printerr ("softwhere-document: %s\n", error->message);
  return done ? EXIT_SUCCESS : EXIT_FAILURE;
}
