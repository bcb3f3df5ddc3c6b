/* sw-brand.h: the look of the company on its documents
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Logo and colour, made once and shared by any number of documents drawn in the same thread; it also
 * keeps their typesetter.
 */
#pragma once

#include <cairo.h>
#include <gio/gio.h>

#include "documents/sw-typesetter.h"

G_BEGIN_DECLS

typedef struct
{
  double red, green, blue;
} SwRgb;

#define SW_TYPE_BRAND (sw_brand_get_type ())
G_DECLARE_FINAL_TYPE (SwBrand, sw_brand, SW, BRAND, GObject)

SwBrand *sw_brand_new (GBytes *logo, const char *color, GError **error);
SwTypesetter *sw_brand_get_typesetter (SwBrand *self);
cairo_surface_t *sw_brand_get_logo (SwBrand *self);
SwRgb sw_brand_get_color (SwBrand *self);
gboolean sw_rgb_parse (const char *text, SwRgb *color);
SwRgb sw_rgb_mix (SwRgb a, SwRgb b, double share_of_b);
double sw_rgb_contrast (SwRgb a, SwRgb b);

G_END_DECLS
