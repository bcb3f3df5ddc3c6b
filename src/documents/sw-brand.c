/* sw-brand.c: the look of the company on its documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-brand.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <string.h>

/* Pixels of the longest side: 600 dpi at the size printed, and small enough for every file. */
#define LOGO_PIXELS 480

struct _SwBrand
{
  GObject parent_instance;

  SwRgb color;
  cairo_surface_t *logo;
  SwTypesetter *typesetter;
};

G_DEFINE_FINAL_TYPE (SwBrand, sw_brand, G_TYPE_OBJECT)

static void
sw_brand_finalize (GObject *object)
{
  SwBrand *self = SW_BRAND (object);

  g_clear_pointer (&self->logo, cairo_surface_destroy);
  g_clear_pointer (&self->typesetter, sw_typesetter_free);
  G_OBJECT_CLASS (sw_brand_parent_class)->finalize (object);
}

static void
sw_brand_class_init (SwBrandClass *class)
{
  G_OBJECT_CLASS (class)->finalize = sw_brand_finalize;
}

static void
sw_brand_init (SwBrand *self)
{
  self->color = (SwRgb){ 0x1a / 255.0, 0x5f / 255.0, 0xb4 / 255.0 };
  self->typesetter = sw_typesetter_new ();
}

/* Loads any picture GdkPixbuf knows, no larger than needed, laid on white as on paper. */
static GdkPixbuf *
load_logo (GBytes *bytes, GError **error)
{
  g_autoptr (GInputStream) stream = g_memory_input_stream_new_from_bytes (bytes);
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_stream (stream, NULL, error);
  int width, height;
  double scale;

  if (pixbuf == NULL)
    return NULL;
  width = gdk_pixbuf_get_width (pixbuf);
  height = gdk_pixbuf_get_height (pixbuf);
  scale = MIN (1.0, (double) LOGO_PIXELS / MAX (width, height));
  return gdk_pixbuf_composite_color_simple (pixbuf,
                                            MAX (1, (int) round (width * scale)),
                                            MAX (1, (int) round (height * scale)),
                                            GDK_INTERP_BILINEAR,
                                            255,
                                            16,
                                            0xffffff,
                                            0xffffff);
}

static cairo_surface_t *
surface_from_pixbuf (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf);
  int height = gdk_pixbuf_get_height (pixbuf);
  int channels = gdk_pixbuf_get_n_channels (pixbuf);
  const guint8 *pixels = gdk_pixbuf_read_pixels (pixbuf);
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  guint8 *target = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);

  for (int y = 0; y < height; y++)
    {
      const guint8 *from = pixels + y * gdk_pixbuf_get_rowstride (pixbuf);
      guint32 *to = (guint32 *) (gpointer) (target + y * stride);

      for (int x = 0; x < width; x++, from += channels)
        to[x] = (guint32) from[0] << 16 | (guint32) from[1] << 8 | from[2];
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void
attach_bytes (cairo_surface_t *surface, const char *type, gpointer data, gsize size)
{
  cairo_surface_set_mime_data (surface, type, data, size, g_free, data);
}

/* Cairo copies the JPEG as it is into each file, which is a third faster than compressing the
 * pixels again, and the name lets it write the picture once for all the pages. */
static gboolean
attach_jpeg (cairo_surface_t *surface, GdkPixbuf *pixbuf, GError **error)
{
  g_autofree char *jpeg = NULL;
  g_autofree char *name = NULL;
  gsize size;

  if (!gdk_pixbuf_save_to_buffer (pixbuf, &jpeg, &size, "jpeg", error, "quality", "92", NULL))
    return FALSE;
  name = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guint8 *) jpeg, size);
  attach_bytes (surface, CAIRO_MIME_TYPE_UNIQUE_ID, g_strdup (name), strlen (name));
  attach_bytes (surface, CAIRO_MIME_TYPE_JPEG, g_steal_pointer (&jpeg), size);
  return TRUE;
}

/**
 * sw_brand_new:
 * @logo: (nullable): a JPEG, PNG… picture; without one the company name stands alone
 * @color: (nullable): "#rrggbb", when the document does not name its own
 *
 * Returns: (nullable): %NULL and an error when the logo cannot be read
 */
SwBrand *
sw_brand_new (GBytes *logo, const char *color, GError **error)
{
  g_autoptr (SwBrand) self = g_object_new (SW_TYPE_BRAND, NULL);

  if (color != NULL)
    sw_rgb_parse (color, &self->color);
  if (logo != NULL)
    {
      g_autoptr (GdkPixbuf) pixbuf = load_logo (logo, error);

      if (pixbuf == NULL)
        return NULL;
      self->logo = surface_from_pixbuf (pixbuf);
      if (!attach_jpeg (self->logo, pixbuf, error))
        return NULL;
    }
  return g_steal_pointer (&self);
}

SwTypesetter *
sw_brand_get_typesetter (SwBrand *self)
{
  return self->typesetter;
}

/* Returns: (transfer none) (nullable) */
cairo_surface_t *
sw_brand_get_logo (SwBrand *self)
{
  return self->logo;
}

SwRgb
sw_brand_get_color (SwBrand *self)
{
  return self->color;
}

/* Reads "#rrggbb"; leaves @color alone and returns FALSE on anything else. */
gboolean
sw_rgb_parse (const char *text, SwRgb *color)
{
  guint value = 0;

  if (text == NULL || strlen (text) != 7 || text[0] != '#')
    return FALSE;
  for (int i = 1; i < 7; i++)
    {
      if (!g_ascii_isxdigit (text[i]))
        return FALSE;
      value = value << 4 | (guint) g_ascii_xdigit_value (text[i]);
    }
  *color = (SwRgb){ (value >> 16) / 255.0, (value >> 8 & 0xff) / 255.0, (value & 0xff) / 255.0 };
  return TRUE;
}

SwRgb
sw_rgb_mix (SwRgb a, SwRgb b, double share_of_b)
{
  return (SwRgb){ a.red + (b.red - a.red) * share_of_b,
                  a.green + (b.green - a.green) * share_of_b,
                  a.blue + (b.blue - a.blue) * share_of_b };
}

static double
linear (double channel)
{
  return channel <= 0.03928 ? channel / 12.92 : pow ((channel + 0.055) / 1.055, 2.4);
}

static double
luminance (SwRgb color)
{
  return 0.2126 * linear (color.red) + 0.7152 * linear (color.green) + 0.0722 * linear (color.blue);
}

/* Contrast ratio of WCAG 2, from 1 to 21; 4.5 is the least for small text. */
double
sw_rgb_contrast (SwRgb a, SwRgb b)
{
  double light = MAX (luminance (a), luminance (b));
  double dark = MIN (luminance (a), luminance (b));

  return (light + 0.05) / (dark + 0.05);
}
