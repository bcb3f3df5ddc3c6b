/* sw-administration-logo.c: the logo printed on documents: seen, replaced, removed
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/administration/sw-administration-logo.h"

#include <glib/gi18n-lib.h>

#include "model/sw-call.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-drop-zone.h"
#include "widgets/sw-toast.h"

/* Lives with the picture. */
typedef struct
{
  SwPage *page;
  GtkWidget *picture;
  GtkWidget *remove;
  GBytes *bytes; /* of the logo shown; NULL when there is none */
} Logo;

static void
logo_free (gpointer data)
{
  Logo *logo = data;

  g_clear_pointer (&logo->bytes, g_bytes_unref);
  g_free (logo);
}

static void read_logo (Logo *logo);

static void
on_logo_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) record = sw_call_run_finish_record (result, &error);
  g_autoptr (GdkTexture) texture = NULL;
  Logo *logo = user_data;

  if (error != NULL) /* cancelled: the page is gone; else the old picture stays */
    return;
  g_clear_pointer (&logo->bytes, g_bytes_unref);
  if (record != NULL && sw_record_get_text (record, "bytes") != NULL)
    {
      gsize length = 0;
      guchar *data = g_base64_decode (sw_record_get_text (record, "bytes"), &length);

      logo->bytes = g_bytes_new_take (data, length);
      texture = gdk_texture_new_from_bytes (logo->bytes, NULL);
    }
  gtk_picture_set_paintable (GTK_PICTURE (logo->picture), GDK_PAINTABLE (texture));
  gtk_widget_set_visible (logo->picture, texture != NULL);
  gtk_widget_set_visible (logo->remove, texture != NULL);
}

static void
read_logo (Logo *logo)
{
  g_autoptr (SwCall) call = sw_call_new ("company_logo");

  sw_call_run_async (call, sw_page_get_session (logo->page), sw_page_get_cancellable (logo->page),
                     on_logo_read, logo);
}

static void
on_logo_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwPgResult) answer = sw_call_run_finish (result, &error);
  Logo *logo = user_data;

  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (error != NULL)
    sw_dialog_tell_error (logo->picture, _("This logo cannot be used"), error);
  else
    read_logo (logo);
}

static void
save_logo (Logo *logo, GBytes *bytes)
{
  g_autoptr (SwCall) call = sw_call_new ("company_logo_save");

  sw_call_add_bytes (call, NULL, bytes);
  sw_call_set_once (call, NULL);
  sw_call_run_async (call, sw_page_get_session (logo->page), sw_page_get_cancellable (logo->page),
                     on_logo_saved, logo);
}

static void
on_file_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_file_load_bytes_finish (G_FILE (source), result, NULL, &error);
  Logo *logo = user_data;

  if (error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (bytes == NULL)
    sw_dialog_tell_error (logo->picture, _("The file could not be read"), error);
  else
    save_logo (logo, bytes);
}

static void
on_file (SwDropZone *zone, GFile *file, Logo *logo)
{
  g_file_load_bytes_async (file, sw_page_get_cancellable (logo->page), on_file_read, logo);
}

/* A logo that was removed, with the picture it may come back to. */
typedef struct
{
  GtkWidget *picture;
  GBytes *bytes;
} Removed;

static void
removed_free (gpointer data)
{
  Removed *removed = data;

  g_object_unref (removed->picture);
  g_bytes_unref (removed->bytes);
  g_free (removed);
}

static void
on_undo (gpointer data)
{
  Removed *removed = data;

  if (gtk_widget_get_root (removed->picture) != NULL)
    save_logo (g_object_get_data (G_OBJECT (removed->picture), "sw-logo"), removed->bytes);
}

static void
on_remove (GtkButton *button, Logo *logo)
{
  Removed *removed = g_new (Removed, 1);

  removed->picture = g_object_ref (logo->picture);
  removed->bytes = g_bytes_ref (logo->bytes);
  save_logo (logo, NULL);
  sw_toast_with_button (logo->picture, _("Logo removed"), _("_Undo"), on_undo, removed, removed_free);
}

void
sw_administration_logo_build (AdwPreferencesGroup *group, SwPage *page)
{
  Logo *logo = g_new0 (Logo, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *zone = sw_drop_zone_new (_("Drop the logo here"));

  logo->page = page;
  logo->picture = gtk_picture_new ();
  gtk_widget_set_size_request (logo->picture, -1, 96);
  /* GTK 4.8 says the alternative text of a picture as its description only. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (logo->picture), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Logo"), -1);
  gtk_widget_set_halign (logo->picture, GTK_ALIGN_START);
  gtk_widget_set_visible (logo->picture, FALSE);
  logo->remove = gtk_button_new_with_label (_("Remove the logo"));
  gtk_widget_set_halign (logo->remove, GTK_ALIGN_START);
  gtk_widget_add_css_class (logo->remove, "flat");
  gtk_widget_set_visible (logo->remove, FALSE);
  g_signal_connect (logo->remove, "clicked", G_CALLBACK (on_remove), logo);
  g_signal_connect (zone, "file", G_CALLBACK (on_file), logo);
  gtk_widget_set_margin_top (box, 12);
  gtk_box_append (GTK_BOX (box), logo->picture);
  gtk_box_append (GTK_BOX (box), zone);
  gtk_box_append (GTK_BOX (box), logo->remove);
  g_object_set_data_full (G_OBJECT (logo->picture), "sw-logo", logo, logo_free);
  adw_preferences_group_add (group, box);
  read_logo (logo);
}
