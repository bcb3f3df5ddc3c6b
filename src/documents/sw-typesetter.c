/* sw-typesetter.c: shapes the text of documents, once
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-typesetter.h"

#include <string.h>

/* Inter first; the others only stand in where it is not installed. */
#define FAMILIES "Inter,Cantarell,DejaVu Sans,sans-serif"

/* A run of the schedule shapes a few hundred different strings; beyond this the memory is made of
 * labels that will not come back. */
#define REMEMBERED_TEXTS 4096

/* What a single line cannot hold. */
#define BREAKS "\r\n\t"

/* Sizes and leadings in points. Two weights only: each further one is a font more in every file. */
static const struct
{
  double size;
  double leading;
  gboolean strong;
  gboolean tabular;
} styles[SW_N_STYLES] = {
  [SW_STYLE_TITLE] = { 20, 24, .strong = TRUE },
  [SW_STYLE_COMPANY] = { 15, 18, .strong = TRUE },
  [SW_STYLE_NUMBER] = { 10.5, 14, .strong = TRUE },
  [SW_STYLE_NAME] = { 9.75, 13.5, .strong = TRUE },
  [SW_STYLE_TOTAL] = { 13.25, 17, .strong = TRUE },
  [SW_STYLE_VALUE] = { 9, 12, .strong = TRUE },
  [SW_STYLE_BODY] = { 8.75, 11.5 },
  [SW_STYLE_FIGURE] = { 8.75, 11.5, .tabular = TRUE },
  [SW_STYLE_SMALL] = { 7.75, 11.5 },
  [SW_STYLE_SMALL_FIGURE] = { 7.75, 11.5, .tabular = TRUE },
  [SW_STYLE_NOTE] = { 7.1, 9.5 },
  [SW_STYLE_HEADING] = { 7.1, 9.5, .strong = TRUE },
  [SW_STYLE_SECTION] = { 6.7, 9.5, .strong = TRUE },
  [SW_STYLE_LEGAL] = { 6.7, 9.4 },
  [SW_STYLE_WATERMARK] = { 96, 96, .strong = TRUE },
  [SW_STYLE_LABEL] = { 9.5, 12 },
};

struct _SwLine
{
  char *text; /* GRefString, shared by the lines of a paragraph; the runs point into it */
  double width;
  SwStyle style;
  guint n_runs;
  PangoGlyphItem *runs[];
};

typedef struct
{
  SwStyle style;
  int width; /* Pango units, -1 for a single line */
  char *text;
} Key;

struct _SwTypesetter
{
  PangoContext *context;
  PangoLayout *layouts[SW_N_STYLES];      /* for paragraphs */
  PangoAttrList *attributes[SW_N_STYLES]; /* for single lines */
  GHashTable *texts; /* Key → GPtrArray of SwLine */
};

static void
line_clear (gpointer data)
{
  SwLine *line = data;

  for (guint i = 0; i < line->n_runs; i++)
    pango_glyph_item_free (line->runs[i]);
  g_ref_string_release (line->text);
}

SwLine *
sw_line_ref (SwLine *line)
{
  return g_rc_box_acquire (line);
}

void
sw_line_unref (SwLine *line)
{
  g_rc_box_release_full (line, line_clear);
}

double
sw_line_get_width (const SwLine *line)
{
  return line->width;
}

SwStyle
sw_line_get_style (const SwLine *line)
{
  return line->style;
}

/**
 * sw_line_draw:
 * @y: the baseline
 *
 * Draws with the glyphs' text beside them, so that a PDF can be searched and copied from even
 * where the font substitutes glyphs (tabular figures).
 */
void
sw_line_draw (const SwLine *line, cairo_t *cr, double x, double y)
{
  for (guint i = 0; i < line->n_runs; i++)
    {
      cairo_move_to (cr, x, y);
      pango_cairo_show_glyph_item (cr, line->text, line->runs[i]);
      x += pango_units_to_double (pango_glyph_string_get_width (line->runs[i]->glyphs));
    }
}

static SwLine *
line_new (SwStyle style, char *text, guint n_runs)
{
  SwLine *line = g_rc_box_alloc0 (sizeof *line + n_runs * sizeof line->runs[0]);

  line->text = g_ref_string_acquire (text);
  line->style = style;
  return line;
}

/* Takes @run. */
static void
line_add (SwLine *line, PangoGlyphItem *run)
{
  line->width += pango_units_to_double (pango_glyph_string_get_width (run->glyphs));
  line->runs[line->n_runs++] = run;
}

/* One line without the line breaking of a layout, which costs as much as the shaping. */
static SwLine *
shape_line (SwTypesetter *self, SwStyle style, char *text)
{
  int length = (int) strlen (text);
  GList *items = pango_itemize_with_base_dir (self->context,
                                              PANGO_DIRECTION_LTR,
                                              text,
                                              0,
                                              length,
                                              self->attributes[style],
                                              NULL);
  GList *visual = pango_reorder_items (items);
  SwLine *line = line_new (style, text, g_list_length (visual));

  for (GList *l = visual; l != NULL; l = l->next)
    {
      PangoGlyphItem *run = g_slice_new0 (PangoGlyphItem); /* as pango_glyph_item_free() frees it */

      run->item = l->data;
      run->glyphs = pango_glyph_string_new ();
      pango_shape_full (text + run->item->offset,
                        run->item->length,
                        text,
                        length,
                        &run->item->analysis,
                        run->glyphs);
      line_add (line, run);
    }
  g_list_free (items);
  g_list_free (visual);
  return line;
}

static SwLine *
copy_line (PangoLayoutLine *source, SwStyle style, char *text)
{
  SwLine *line = line_new (style, text, g_slist_length (source->runs));

  for (GSList *l = source->runs; l != NULL; l = l->next)
    line_add (line, pango_glyph_item_copy (l->data));
  return line;
}

static guint
key_hash (gconstpointer data)
{
  const Key *key = data;

  return g_str_hash (key->text) * 31 + key->width * 17 + key->style;
}

static gboolean
key_equal (gconstpointer a, gconstpointer b)
{
  const Key *left = a, *right = b;

  return left->style == right->style && left->width == right->width
         && strcmp (left->text, right->text) == 0;
}

static void
key_free (gpointer data)
{
  Key *key = data;

  g_free (key->text);
  g_free (key);
}

static PangoFontDescription *
describe_font (SwStyle style)
{
  PangoFontDescription *font = pango_font_description_from_string (FAMILIES);

  pango_font_description_set_size (font, pango_units_from_double (styles[style].size));
  if (styles[style].strong)
    pango_font_description_set_weight (font, PANGO_WEIGHT_SEMIBOLD);
  return font;
}

static void
prepare_style (SwTypesetter *self, SwStyle style)
{
  PangoLayout *layout = pango_layout_new (self->context);
  PangoAttrList *attributes = pango_attr_list_new ();
  PangoFontDescription *font = describe_font (style);

  pango_attr_list_insert (attributes, pango_attr_font_desc_new (font));
  if (styles[style].tabular)
    pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
  /* A word too long for its line is split without the hyphen Pango would add: a reference number
   * must be read as it is. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_font_description (layout, font);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_font_description_free (font);
  self->layouts[style] = layout;
  self->attributes[style] = attributes;
}

SwTypesetter *
sw_typesetter_new (void)
{
  SwTypesetter *self = g_new0 (SwTypesetter, 1);
  cairo_font_options_t *options = cairo_font_options_create ();

  self->context = pango_font_map_create_context (pango_cairo_font_map_get_default ());
  /* One unit is one point, and glyphs stand where paper wants them, whatever the screen. */
  pango_cairo_context_set_resolution (self->context, 72);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  cairo_font_options_set_hint_style (options, CAIRO_HINT_STYLE_NONE);
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  cairo_font_options_set_antialias (options, CAIRO_ANTIALIAS_GRAY);
  pango_cairo_context_set_font_options (self->context, options);
  cairo_font_options_destroy (options);
  pango_context_set_language (self->context, pango_language_from_string ("fr"));

  for (int i = 0; i < SW_N_STYLES; i++)
    prepare_style (self, i);
  self->texts
    = g_hash_table_new_full (key_hash, key_equal, key_free, (GDestroyNotify) g_ptr_array_unref);
  return self;
}

void
sw_typesetter_free (SwTypesetter *self)
{
  for (int i = 0; i < SW_N_STYLES; i++)
    {
      g_object_unref (self->layouts[i]);
      pango_attr_list_unref (self->attributes[i]);
    }
  g_hash_table_unref (self->texts);
  g_object_unref (self->context);
  g_free (self);
}

/**
 * sw_typesetter_trim:
 * Forgets shaped text when there is too much of it. To be called between documents only: what
 * the typesetter returned and nobody took a reference on dies here.
 */
void
sw_typesetter_trim (SwTypesetter *self)
{
  if (g_hash_table_size (self->texts) > REMEMBERED_TEXTS)
    g_hash_table_remove_all (self->texts);
}

static void
shape_paragraph (SwTypesetter *self, const Key *key, char *text, GPtrArray *lines)
{
  PangoLayout *layout = self->layouts[key->style];

  pango_layout_set_width (layout, key->width);
  pango_layout_set_text (layout, text, -1);
  for (int i = 0; i < pango_layout_get_line_count (layout); i++)
    g_ptr_array_add (lines,
                     copy_line (pango_layout_get_line_readonly (layout, i), key->style, text));
}

static GPtrArray *
shape (SwTypesetter *self, const Key *key)
{
  GPtrArray *lines = g_ptr_array_new_with_free_func ((GDestroyNotify) sw_line_unref);
  char *text = g_ref_string_new (key->text);

  if (key->width < 0)
    g_ptr_array_add (lines, shape_line (self, key->style, text));
  else
    shape_paragraph (self, key, text, lines);
  g_ref_string_release (text);
  return lines;
}

static GPtrArray *
find_or_shape (SwTypesetter *self, SwStyle style, const char *text, int width)
{
  Key key = { style, width, (char *) text };
  GPtrArray *lines = g_hash_table_lookup (self->texts, &key);
  Key *kept;

  if (lines != NULL)
    return lines;
  lines = shape (self, &key);
  kept = g_new (Key, 1);
  *kept = (Key){ style, width, g_strdup (text) };
  g_hash_table_insert (self->texts, kept, lines);
  return lines;
}

/**
 * sw_typesetter_line:
 * Shapes @text as one line, however long; line breaks and tabs in it become spaces.
 *
 * Returns: (transfer none): valid until the next sw_typesetter_trim()
 */
SwLine *
sw_typesetter_line (SwTypesetter *self, SwStyle style, const char *text)
{
  g_autofree char *flat = NULL;

  if (strpbrk (text, BREAKS) != NULL)
    text = g_strdelimit (flat = g_strdup (text), BREAKS, ' ');
  return g_ptr_array_index (find_or_shape (self, style, text, -1), 0);
}

/**
 * sw_typesetter_wrap:
 * Shapes @text as a paragraph of lines no wider than @width points. Nothing is ever cut off: a
 * word longer than the line is split.
 *
 * Returns: (transfer none): at least one SwLine; valid until the next sw_typesetter_trim()
 */
GPtrArray *
sw_typesetter_wrap (SwTypesetter *self, SwStyle style, const char *text, double width)
{
  /* Most text fits on its line and is already known as such, whatever the width asked. */
  if (strpbrk (text, BREAKS) == NULL)
    {
      GPtrArray *lines = find_or_shape (self, style, text, -1);

      if (sw_line_get_width (g_ptr_array_index (lines, 0)) <= width)
        return lines;
    }
  return find_or_shape (self, style, text, pango_units_from_double (width));
}

double
sw_style_get_leading (SwStyle style)
{
  return styles[style].leading;
}

/* Distance from the top of a line to its baseline, which centres capitals in the leading. */
double
sw_style_get_baseline (SwStyle style)
{
  return styles[style].leading / 2 + styles[style].size * 0.364;
}
