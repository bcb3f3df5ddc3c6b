/* sw-invoice-preview.c: an invoice as it is printed, with the ways to take it away
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * The same SwDocument is drawn here, on paper and in the PDF.
 */
#include "config.h"

#include "pages/billing/sw-invoice-preview.h"

#include <glib/gi18n-lib.h>

#include "documents/sw-document.h"
#include "model/sw-call.h"
#include "model/sw-rule-messages.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-document-view.h"
#include "widgets/sw-file-dialog.h"
#include "widgets/sw-toast.h"

struct _SwInvoicePreview
{
  GtkWidget parent_instance;

  SwSession *session;
  gint64 invoice_id;
  GCancellable *cancellable;
  GBytes *logo; /* NULL: none, or not read yet */
  gboolean logo_read;
  SwDocument *document;

  GtkWidget *box;
  GtkWidget *view;
  GtkWidget *print_button;
  GtkWidget *save_button;
};

G_DEFINE_FINAL_TYPE (SwInvoicePreview, sw_invoice_preview, GTK_TYPE_WIDGET)

static const SwFileKind pdf = { N_("PDF documents"), "*.pdf" };

static void
draw_page (cairo_t *cr, guint page, gpointer user_data)
{
  sw_document_draw_page (user_data, cr, (int) page);
}

static void
show_document (SwInvoicePreview *self, SwDocument *document)
{
  g_set_object (&self->document, document);
  gtk_widget_set_sensitive (self->print_button, document != NULL);
  gtk_widget_set_sensitive (self->save_button, document != NULL);
  if (document == NULL)
    return;
  sw_document_view_set (SW_DOCUMENT_VIEW (self->view), (guint) sw_document_get_n_pages (document),
                        SW_PAGE_WIDTH, SW_PAGE_HEIGHT, draw_page, g_object_ref (document),
                        g_object_unref);
}

static void
on_document_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) record = sw_call_run_finish_record (result, &error);
  SwInvoicePreview *self = user_data;
  g_autoptr (JsonObject) data = NULL;
  g_autoptr (SwBrand) brand = NULL;
  g_autoptr (SwDocument) document = NULL;
  SwRecord *seller;

  if (record == NULL)
    {
      if (error != NULL && !sw_rule_is_cancelled (error) && !sw_rule_is_lost (error))
        sw_dialog_tell_error (GTK_WIDGET (self), _("The invoice cannot be drawn"), error);
      return;
    }
  data = sw_record_to_json (record);
  seller = sw_record_get_record (record, "seller");
  brand = sw_brand_new (self->logo, seller == NULL ? NULL : sw_record_get_text (seller, "brand_color"),
                        NULL);
  if (brand == NULL) /* a logo that cannot be read must not hide an invoice */
    brand = sw_brand_new (NULL, NULL, NULL);
  document = sw_document_new_invoice (data, brand, &error);
  if (document == NULL)
    sw_dialog_tell_error (GTK_WIDGET (self), _("The invoice cannot be drawn"), error);
  show_document (self, document);
}

static void
read_document (SwInvoicePreview *self)
{
  g_autoptr (SwCall) call = sw_call_new ("invoice_document");

  sw_call_add_id (call, NULL, self->invoice_id);
  sw_call_run_async (call, self->session, self->cancellable, on_document_read, self);
}

static void
on_logo_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) logo = sw_call_run_finish_record (result, &error);
  SwInvoicePreview *self = user_data;

  if (error != NULL && sw_rule_is_cancelled (error))
    return;
  if (logo != NULL && sw_record_get_text (logo, "bytes") != NULL)
    {
      gsize length = 0;
      guchar *bytes = g_base64_decode (sw_record_get_text (logo, "bytes"), &length);

      self->logo = g_bytes_new_take (bytes, length);
    }
  self->logo_read = TRUE;
  read_document (self);
}

void
sw_invoice_preview_show (SwInvoicePreview *self, SwSession *session, gint64 invoice_id)
{
  g_set_object (&self->session, session);
  self->invoice_id = invoice_id;
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->logo_read)
    read_document (self);
  else
    {
      g_autoptr (SwCall) call = sw_call_new ("company_logo");

      sw_call_run_async (call, session, self->cancellable, on_logo_read, self);
    }
}

void
sw_invoice_preview_print (SwInvoicePreview *self)
{
  if (self->document != NULL)
    sw_document_view_print (SW_DOCUMENT_VIEW (self->view),
                            sw_document_get_title (self->document));
}

/* Saving */

static void
on_written (GObject *file, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwInvoicePreview) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    sw_dialog_tell_error (GTK_WIDGET (self), _("The file could not be written"), error);
  else
    {
      g_autofree char *name = g_file_get_basename (G_FILE (file));
      g_autofree char *text = g_strdup_printf (_("%s saved"), name);

      sw_toast (GTK_WIDGET (self), text);
    }
}

static void
on_file_chosen (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwInvoicePreview) self = user_data;
  g_autoptr (GFile) file = sw_file_dialog_save_finish (result, NULL);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  if (file == NULL || self->document == NULL)
    return;
  bytes = sw_document_make_pdf (&self->document, 1, &error);
  if (bytes == NULL)
    sw_dialog_tell_error (GTK_WIDGET (self), _("The file could not be written"), error);
  else
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                         on_written, g_object_ref (self));
}

void
sw_invoice_preview_save (SwInvoicePreview *self)
{
  if (self->document != NULL)
    sw_file_dialog_save_async (GTK_WIDGET (self), _("Save the invoice"),
                               sw_document_get_file_name (self->document), &pdf, self->cancellable,
                               on_file_chosen, g_object_ref (self));
}

/* The widget */

static GtkWidget *
add_button (SwInvoicePreview *self, GtkWidget *bar, const char *icon, const char *label, GCallback callback)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_tooltip_text (button, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_add_css_class (button, "flat");
  g_signal_connect_swapped (button, "clicked", callback, self);
  gtk_box_append (GTK_BOX (bar), button);
  return button;
}

static void
zoom_in (SwInvoicePreview *self)
{
  sw_document_view_zoom_in (SW_DOCUMENT_VIEW (self->view));
}

static void
zoom_out (SwInvoicePreview *self)
{
  sw_document_view_zoom_out (SW_DOCUMENT_VIEW (self->view));
}

static void
zoom_fit (SwInvoicePreview *self)
{
  sw_document_view_set_zoom (SW_DOCUMENT_VIEW (self->view), 0);
}

static void
sw_invoice_preview_dispose (GObject *object)
{
  SwInvoicePreview *self = SW_INVOICE_PREVIEW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->session);
  g_clear_object (&self->document);
  g_clear_pointer (&self->logo, g_bytes_unref);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_invoice_preview_parent_class)->dispose (object);
}

static void
sw_invoice_preview_class_init (SwInvoicePreviewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_invoice_preview_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
sw_invoice_preview_init (SwInvoicePreview *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *gap = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  add_button (self, bar, "zoom-out-symbolic", _("Smaller"), G_CALLBACK (zoom_out));
  add_button (self, bar, "zoom-fit-best-symbolic", _("Fit the width"), G_CALLBACK (zoom_fit));
  add_button (self, bar, "zoom-in-symbolic", _("Larger"), G_CALLBACK (zoom_in));
  gtk_widget_set_hexpand (gap, TRUE);
  gtk_box_append (GTK_BOX (bar), gap);
  self->print_button = add_button (self, bar, "printer-symbolic", _("Print"),
                                   G_CALLBACK (sw_invoice_preview_print));
  self->save_button = add_button (self, bar, "document-save-symbolic", _("Save as PDF"),
                                  G_CALLBACK (sw_invoice_preview_save));

  self->view = sw_document_view_new ();
  gtk_widget_set_size_request (self->view, -1, 560);
  gtk_widget_set_vexpand (self->view, TRUE);
  gtk_widget_add_css_class (self->view, "card");
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), bar);
  gtk_box_append (GTK_BOX (self->box), self->view);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  show_document (self, NULL);
}

GtkWidget *
sw_invoice_preview_new (void)
{
  return g_object_new (SW_TYPE_INVOICE_PREVIEW, NULL);
}
