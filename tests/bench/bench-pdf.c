/* bench-pdf.c: invoices a second as PDF, against drawing the same glyphs with bare Cairo
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * usage: bench-pdf INVOICE.json LOGO
 *
 * One side reads the JSON of an invoice, lays it out and makes its file, as softwhere-document does;
 * names, numbers and amounts differ from one invoice to the next, so that nothing is drawn from
 * memory that would not be for a real customer. The other side replays with Cairo alone the glyphs,
 * boxes and logo of one such invoice into a file with the same fonts. Both take turns in one run.
 *
 * To know the glyphs this program defines cairo_show_text_glyphs() and cairo_rectangle() before
 * Cairo's own: Pango and the documents room call these, which note the call and pass it on.
 */
#include "documents/sw-document.h"

#include <cairo-pdf.h>
#include <dlfcn.h>
#include <stdlib.h>
#include <time.h>

#define INVOICES 60
#define ROUNDS 7

typedef struct
{
  cairo_scaled_font_t *font; /* NULL: a box */
  cairo_glyph_t *glyphs;
  int n_glyphs;
  double box[4];
} Call;

static GArray *calls; /* NULL: not noting */

void
cairo_show_text_glyphs (cairo_t *cr,
                        const char *utf8,
                        int utf8_len,
                        const cairo_glyph_t *glyphs,
                        int num_glyphs,
                        const cairo_text_cluster_t *clusters,
                        int num_clusters,
                        cairo_text_cluster_flags_t cluster_flags)
{
  static __typeof__ (&cairo_show_text_glyphs) next;

  if (next == NULL)
    next = (__typeof__ (next)) dlsym (RTLD_NEXT, "cairo_show_text_glyphs");
  if (calls != NULL)
    {
      Call call = { .font = cairo_scaled_font_reference (cairo_get_scaled_font (cr)),
                    .glyphs = g_memdup2 (glyphs, sizeof *glyphs * (gsize) num_glyphs),
                    .n_glyphs = num_glyphs };

      g_array_append_val (calls, call);
    }
  next (cr, utf8, utf8_len, glyphs, num_glyphs, clusters, num_clusters, cluster_flags);
}

void
cairo_rectangle (cairo_t *cr, double x, double y, double width, double height)
{
  static __typeof__ (&cairo_rectangle) next;

  if (next == NULL)
    next = (__typeof__ (next)) dlsym (RTLD_NEXT, "cairo_rectangle");
  if (calls != NULL)
    {
      Call call = { .box = { x, y, width, height } };

      g_array_append_val (calls, call);
    }
  next (cr, x, y, width, height);
}

/* The text of an invoice like the sample but for what changes from one to the next. */
static char *
vary (JsonNode *sample, int i)
{
  g_autoptr (JsonNode) copy = json_from_string (json_to_string (sample, FALSE), NULL);
  JsonObject *invoice = json_node_get_object (copy);
  JsonObject *buyer = json_object_get_object_member (invoice, "buyer");
  JsonArray *sections = json_object_get_array_member (invoice, "sections");
  g_autofree char *number = g_strdup_printf ("F-2026-%05d", 3000 + i);
  g_autofree char *customer = g_strdup_printf ("1000-%06d", i * 37);
  g_autofree char *name = g_strdup_printf ("CABINET %c%d", 'A' + i % 26, i * 91);
  g_autofree char *address = g_strdup_printf ("%d rue de la Fontaine", i + 1);
  g_autofree char *total = g_strdup_printf ("%d.%02d", 200 + i * 3, i % 100);

  json_object_set_string_member (invoice, "number", number);
  json_object_set_string_member (invoice, "customer_number", customer);
  json_object_set_string_member (invoice, "total_net", total);
  json_object_set_string_member (buyer, "name", name);
  json_object_set_string_member (buyer, "address_1", address);
  for (guint s = 0; s < json_array_get_length (sections); s++)
    {
      JsonArray *lines
        = json_object_get_array_member (json_array_get_object_element (sections, s), "lines");

      for (guint l = 0; l < json_array_get_length (lines); l++)
        {
          g_autofree char *net = g_strdup_printf ("%d.%02d", i + (int) l * 7, (i * 13) % 100);
          g_autofree char *detail = g_strdup_printf ("06 %02d %02d %02d %02d", i / 100, i % 100, (int) s, (int) l);
          JsonObject *line = json_array_get_object_element (lines, l);

          json_object_set_string_member (line, "net", net);
          if (!json_object_get_null_member (line, "detail"))
            json_object_set_string_member (line, "detail", detail);
        }
    }
  return json_to_string (copy, FALSE);
}

static gsize
make_one (const char *text, SwBrand *brand)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (SwDocument) document
    = sw_document_new_invoice (json_node_get_object (node), brand, NULL);
  g_autoptr (GBytes) pdf = sw_document_make_pdf (&document, 1, NULL);

  return g_bytes_get_size (pdf);
}

static cairo_status_t
swallow (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/* The floor: what Cairo needs for the same page when somebody else decided where all goes. */
static gsize
replay_one (GArray *page, cairo_surface_t *logo)
{
  g_autoptr (GByteArray) pdf = g_byte_array_new ();
  cairo_surface_t *surface
    = cairo_pdf_surface_create_for_stream (swallow, pdf, SW_PAGE_WIDTH, SW_PAGE_HEIGHT);
  cairo_t *cr = cairo_create (surface);

  cairo_save (cr);
  cairo_translate (cr, 42, 44);
  cairo_scale (cr,
               28.0 / cairo_image_surface_get_width (logo),
               28.0 / cairo_image_surface_get_height (logo));
  cairo_set_source_surface (cr, logo, 0, 0);
  cairo_paint (cr);
  cairo_restore (cr);
  for (guint i = 0; i < page->len; i++)
    {
      const Call *call = &g_array_index (page, Call, i);

      if (call->font != NULL)
        {
          cairo_set_scaled_font (cr, call->font);
          cairo_show_glyphs (cr, call->glyphs, call->n_glyphs);
        }
      else
        {
          cairo_rectangle (cr, call->box[0], call->box[1], call->box[2], call->box[3]);
          cairo_fill (cr);
        }
    }
  cairo_show_page (cr);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);
  return pdf->len;
}

/* Processor time in microseconds: other programs of the machine do not count. */
static gint64
processor_time (void)
{
  struct timespec time;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * 1000000 + time.tv_nsec / 1000;
}

static int
compare (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

static void
measure (char **texts, GArray *page, SwBrand *brand)
{
  double floor_rates[ROUNDS], rates[ROUNDS], ratios[ROUNDS];
  gsize size = 0, floor_size = 0;

  for (int round = 0; round < ROUNDS; round++)
    {
      gint64 start = processor_time (), middle, end;

      for (int i = 0; i < INVOICES; i++)
        floor_size = replay_one (page, sw_brand_get_logo (brand));
      middle = processor_time ();
      for (int i = 0; i < INVOICES; i++)
        size = make_one (texts[round * INVOICES + i], brand);
      end = processor_time ();
      floor_rates[round] = INVOICES * 1e6 / (double) (middle - start);
      rates[round] = INVOICES * 1e6 / (double) (end - middle);
      ratios[round] = rates[round] / floor_rates[round];
    }
  qsort (floor_rates, ROUNDS, sizeof (double), compare);
  qsort (rates, ROUNDS, sizeof (double), compare);
  qsort (ratios, ROUNDS, sizeof (double), compare);
  g_print ("bare Cairo  %.0f invoices/s, %zu bytes each\n", floor_rates[ROUNDS / 2], floor_size);
  g_print ("documents   %.0f invoices/s, %zu bytes each\n", rates[ROUNDS / 2], size);
  g_print ("ratio       %.2f (wanted: 0.67)\n", ratios[ROUNDS / 2]);
}

int
main (int argc, char **argv)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) logo = NULL;
  g_autoptr (SwBrand) brand = NULL;
  g_autofree char *contents = NULL;
  gsize length;
  char *texts[ROUNDS * INVOICES];
  GArray *page;

  g_assert_cmpint (argc, ==, 3);
  if (!json_parser_load_from_file (parser, argv[1], &error)
      || !g_file_get_contents (argv[2], &contents, &length, &error))
    g_error ("%s", error->message);
  logo = g_bytes_new (contents, length);
  brand = sw_brand_new (logo, NULL, &error);
  if (brand == NULL)
    g_error ("%s", error->message);
  for (int i = 0; i < ROUNDS * INVOICES; i++)
    texts[i] = vary (json_parser_get_root (parser), i);

  page = calls = g_array_new (FALSE, FALSE, sizeof (Call));
  make_one (texts[0], brand);
  calls = NULL;
  g_assert_cmpuint (page->len, >, 100);
  measure (texts, page, brand);
  return EXIT_SUCCESS;
}
