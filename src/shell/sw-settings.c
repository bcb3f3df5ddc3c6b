/* sw-settings.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-settings.h"

#include <adwaita.h>
#include "config.h"

GSettings *
sw_settings_get (void)
{
  static GSettings *settings;
  static gboolean looked;

  if (!looked)
    {
      GSettingsSchemaSource *source = g_settings_schema_source_get_default ();
      g_autoptr (GSettingsSchema) schema
          = source != NULL ? g_settings_schema_source_lookup (source, APPLICATION_ID, TRUE) : NULL;

      /* g_settings_new() would end the program. */
      settings = schema != NULL ? g_settings_new (APPLICATION_ID) : NULL;
      looked = TRUE;
    }
  return settings;
}

static void
apply (GSettings *settings)
{
  static const AdwColorScheme schemes[]
      = { ADW_COLOR_SCHEME_DEFAULT, ADW_COLOR_SCHEME_FORCE_LIGHT, ADW_COLOR_SCHEME_FORCE_DARK };
  int appearance = g_settings_get_enum (settings, "appearance");

  adw_style_manager_set_color_scheme (adw_style_manager_get_default (),
                                      schemes[CLAMP (appearance, 0, 2)]);
}

void
sw_settings_apply_appearance (void)
{
  GSettings *settings = sw_settings_get ();

  if (settings == NULL)
    return;
  g_signal_connect (settings, "changed::appearance", G_CALLBACK (apply), NULL);
  apply (settings);
}

void
sw_settings_apply_font (void)
{
  GtkSettings *settings = gtk_settings_get_default ();
  g_autofree char *font = NULL;
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  g_autofree PangoFontFamily **families = NULL;
  int n_families;

  if (settings == NULL)
    return;
  g_object_get (settings, "gtk-font-name", &font, NULL);
  /* GTK's own fallback: nobody chose it. */
  if (g_strcmp0 (font, "Sans 10") != 0)
    return;
  pango_font_map_list_families (map, &families, &n_families);
  for (int i = 0; i < n_families; i++)
    if (g_str_equal (pango_font_family_get_name (families[i]), "Cantarell"))
      g_object_set (settings, "gtk-font-name", "Cantarell 11", NULL);
}
