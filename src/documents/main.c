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
  char *from;
  char *logo;
  char *output;
  gboolean png;
} Options;

static SwDocument *
load_from_file (const Options *options, GError **error)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) logo = NULL;
  g_autoptr (SwBrand) brand = NULL;
  JsonNode *root;

  if (!json_parser_load_from_file (parser, options->from, error))
    return NULL;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s holds no object", options->from);
      return NULL;
    }
  if (options->logo != NULL)
    {
      g_autoptr (GFile) file = g_file_new_for_commandline_arg (options->logo);

      logo = g_file_load_bytes (file, NULL, NULL, error);
      if (logo == NULL)
        return NULL;
    }
  brand = sw_brand_new (logo, NULL, error);
  return brand == NULL ? NULL
                       : sw_document_new_invoice (json_node_get_object (root), brand, error);
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

static gboolean
run (const Options *options, GError **error)
{
  g_autoptr (SwDocument) document = NULL;

  if (options->from == NULL || options->output == NULL)
    {
      g_set_error (error,
                   G_OPTION_ERROR,
                   G_OPTION_ERROR_BAD_VALUE,
                   "--from FILE.json and --output FILE are needed");
      return FALSE;
    }
  document = load_from_file (options, error);
  if (document == NULL)
    return FALSE;
  return options->png ? write_png (document, options->output, error)
                      : sw_document_write_pdf (document, options->output, error);
}

int
main (int argc, char **argv)
{
  Options options = { 0 };
  const GOptionEntry entries[] = {
    { "from", 0, 0, G_OPTION_ARG_FILENAME, &options.from, "Invoice as JSON", "FILE" },
    { "logo", 0, 0, G_OPTION_ARG_FILENAME, &options.logo, "Logo, with --from", "FILE" },
    { "output", 'o', 0, G_OPTION_ARG_FILENAME, &options.output, "What to write", "PATH" },
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
