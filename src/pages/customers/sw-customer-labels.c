/* sw-customer-labels.c: see sw-customer-labels.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/customers/sw-customer-labels.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "documents/sw-sheet.h"
#include "widgets/sw-button.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-document-view.h"
#include "widgets/sw-file-dialog.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-progress.h"
#include "widgets/sw-toast.h"

/* Lives with its window. */
typedef struct
{
  GtkWidget *window;
  GtkWidget *view;
  GtkWidget *save;
  SwLabels *labels;
  SwProgress *progress;
  GCancellable *cancellable; /* of the file being written */
  char *name;
} Preview;

static void
preview_free (gpointer data)
{
  Preview *self = data;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->progress, sw_progress_free);
  g_object_unref (self->labels);
  g_free (self->name);
  g_free (self);
}

static void
draw_page (cairo_t *cr, guint page, gpointer labels)
{
  sw_labels_draw_page (labels, cr, page);
}

static void
on_print (Preview *self)
{
  sw_document_view_print (SW_DOCUMENT_VIEW (self->view), _("Labels"));
}

static void
on_progress (guint done, guint total, gpointer data)
{
  Preview *self = data;

  sw_progress_set (self->progress, done, total);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GError) error = NULL;
  gboolean done = sw_labels_write_pdf_finish (SW_LABELS (source), result, &error);
  Preview *self = g_object_get_data (G_OBJECT (window), "sw-preview");
  g_autofree char *text = NULL;

  if (self == NULL) /* closed meanwhile */
    return;
  g_clear_pointer (&self->progress, sw_progress_free);
  g_clear_object (&self->cancellable);
  gtk_widget_set_sensitive (self->save, TRUE);
  text = g_strdup_printf (_("%s saved"), self->name);
  if (done)
    sw_toast (self->view, text);
  else
    sw_dialog_tell_error (self->view, _("The file could not be written"), error);
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GtkWidget) window = data;
  g_autoptr (GFile) file = sw_file_dialog_save_finish (result, NULL);
  g_autofree char *path = file == NULL ? NULL : g_file_get_path (file);
  Preview *self = g_object_get_data (G_OBJECT (window), "sw-preview");

  if (self == NULL || path == NULL || self->cancellable != NULL)
    return;
  g_free (self->name);
  self->name = g_path_get_basename (path);
  self->cancellable = g_cancellable_new ();
  self->progress = sw_progress_new (window, _("Writing the labels"), self->cancellable);
  gtk_widget_set_sensitive (self->save, FALSE);
  sw_labels_write_pdf_async (self->labels, path, on_progress, self, self->cancellable, on_written,
                             g_object_ref (window));
}

static void
on_save (Preview *self)
{
  static const SwFileKind pdf = { N_("PDF documents"), "*.pdf" };
  g_autofree char *name = g_strconcat (_("Labels"), ".pdf", NULL);

  sw_file_dialog_save_async (self->view, _("Save the labels"), name, &pdf, NULL, on_file_chosen,
                             g_object_ref (self->window));
}

static GtkWidget *
pack (AdwHeaderBar *bar, const char *label, const char *style, GCallback callback, Preview *self)
{
  GtkWidget *button = sw_button_new (label);

  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  g_signal_connect_swapped (button, "clicked", callback, self);
  adw_header_bar_pack_end (bar, button);
  return button;
}

void
sw_customer_labels_present (GtkWidget *parent, SwLabels *labels)
{
  Preview *self = g_new0 (Preview, 1);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *bar = adw_header_bar_new ();
  GtkWidget *overlay;
  guint n = sw_labels_get_n_labels (labels);
  guint n_pages = sw_labels_get_n_pages (labels);
  g_autofree char *title = g_strdup_printf (ngettext ("%u label", "%u labels", n), n);
  g_autofree char *subtitle = g_strdup_printf (ngettext ("%u sheet", "%u sheets", n_pages), n_pages);
  GtkRoot *root = gtk_widget_get_root (parent);

  self->labels = g_object_ref (labels);
  self->window = adw_window_new ();
  self->view = sw_document_view_new ();
  adw_header_bar_set_title_widget (ADW_HEADER_BAR (bar), adw_window_title_new (title, subtitle));
  pack (ADW_HEADER_BAR (bar), _("_Print…"), "suggested-action", G_CALLBACK (on_print), self);
  self->save = pack (ADW_HEADER_BAR (bar), _("_Save…"), NULL, G_CALLBACK (on_save), self);
  gtk_box_append (GTK_BOX (box), bar);
  gtk_widget_set_vexpand (self->view, TRUE);
  gtk_box_append (GTK_BOX (box), self->view);
  overlay = adw_toast_overlay_new ();
  adw_toast_overlay_set_child (ADW_TOAST_OVERLAY (overlay), box);
  adw_window_set_content (ADW_WINDOW (self->window), overlay);
  gtk_window_set_title (GTK_WINDOW (self->window), title);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 720, 860);
  if (GTK_IS_WINDOW (root))
    gtk_window_set_transient_for (GTK_WINDOW (self->window), GTK_WINDOW (root));
  g_object_set_data_full (G_OBJECT (self->window), "sw-preview", self, preview_free);
  sw_document_view_set (SW_DOCUMENT_VIEW (self->view), n_pages, SW_PAGE_WIDTH, SW_PAGE_HEIGHT, draw_page,
                        g_object_ref (labels), g_object_unref);
  gtk_window_present (GTK_WINDOW (self->window));
}
