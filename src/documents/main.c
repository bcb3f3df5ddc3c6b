/* main.c: softwhere-document makes the PDF of invoices without a screen
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "documents/sw-document.h"

#include <locale.h>
#include <stdlib.h>

typedef struct
{
  char **from;
  char *logo;
  char *output;
  gboolean merge;
  gboolean png;
} Options;

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
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "there is no invoice in it");
  else
    document = sw_document_new_invoice (json_node_get_object (root), brand, error);
  if (document == NULL)
    g_prefix_error (error, "%s: ", path);
  return document;
}

static GPtrArray *
load_documents (const Options *options, GError **error)
{
  g_autoptr (GPtrArray) documents = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (SwBrand) brand = load_brand (options, error);

  if (brand == NULL)
    return NULL;
  for (char **path = options->from; *path != NULL; path++)
    {
      SwDocument *document = load_document (*path, brand, error);

      if (document == NULL)
        return NULL;
      g_ptr_array_add (documents, document);
    }
  return g_steal_pointer (&documents);
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

/* One file for one invoice or for a merge, else a folder that receives one file each. */
static gboolean
write_documents (const Options *options, GPtrArray *documents, GError **error)
{
  SwDocument **all = (SwDocument **) documents->pdata;

  if (options->png)
    return write_png (all[0], options->output, error);
  if (options->merge || !g_file_test (options->output, G_FILE_TEST_IS_DIR))
    {
      if (!options->merge && documents->len > 1)
        {
          g_set_error (error,
                       G_OPTION_ERROR,
                       G_OPTION_ERROR_BAD_VALUE,
                       "%s is not a folder; use --merge for one file of all",
                       options->output);
          return FALSE;
        }
      return sw_document_write_pdf_many (all, (int) documents->len, options->output, error);
    }
  for (guint i = 0; i < documents->len; i++)
    {
      g_autofree char *path
        = g_build_filename (options->output, sw_document_get_file_name (all[i]), NULL);

      if (!sw_document_write_pdf (all[i], path, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
run (const Options *options, GError **error)
{
  g_autoptr (GPtrArray) documents = NULL;

  if (options->from == NULL || options->output == NULL)
    {
      g_set_error (error,
                   G_OPTION_ERROR,
                   G_OPTION_ERROR_BAD_VALUE,
                   "--from FILE.json and --output PATH are needed");
      return FALSE;
    }
  documents = load_documents (options, error);
  return documents != NULL && write_documents (options, documents, error);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &options.from, "Invoice as JSON", "FILE" },
    { "logo", 0, 0, G_OPTION_ARG_FILENAME, &options.logo, "Logo, with --from", "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "A file, or a folder", "PATH" },
    { "merge", 0, 0, G_OPTION_ARG_NONE, &options.merge, "One file of all invoices", NULL },
    { "png", 0, 0, G_OPTION_ARG_NONE, &options.png, "The first page as a picture", NULL },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || !run (&options, &error))
    {
      g_printerr ("softwhere-document: %s\n", error->message);
      return EXIT_FAILURE;
    }
  return EXIT_SUCCESS;
}
