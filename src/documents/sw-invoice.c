/* sw-invoice.c: lays out an invoice or a credit note from the object of api.invoice_document()
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-document.h"
#include "documents/sw-invoice-private.h"

#include <string.h>

static gboolean
check_amount (JsonObject *object, const char *name, const char *where, GError **error)
{
  if (sw_figures_is_amount (sw_field (object, name)))
    return TRUE;
  g_set_error (error,
               G_IO_ERROR,
               G_IO_ERROR_INVALID_DATA,
               "%s%s is not an amount: “%s”",
               where,
               name,
               sw_field (object, name));
  return FALSE;
}

static gboolean
check_lines (JsonObject *data, GError **error)
{
  JsonArray *sections = sw_field_array (data, "sections");

  for (guint i = 0; i < sw_field_length (sections); i++)
    {
      JsonArray *lines = sw_field_array (json_array_get_object_element (sections, i), "lines");

      for (guint j = 0; j < sw_field_length (lines); j++)
        {
          g_autofree char *where = g_strdup_printf ("sections[%u].lines[%u].", i, j);

          if (!check_amount (json_array_get_object_element (lines, j), "net", where, error))
            return FALSE;
        }
    }
  return TRUE;
}

/* An invoice that prints an empty name or amount is worse than none. */
static gboolean
check (JsonObject *data, GError **error)
{
  static const char *const amounts[] = { "total_net", "total_vat", "total_gross", "balance" };
  static const char *const parties[] = { "seller", "buyer" };

  for (guint i = 0; i < G_N_ELEMENTS (parties); i++)
    if (!sw_field_is_set (sw_field_object (data, parties[i]), "name"))
      {
        g_set_error (error,
                     G_IO_ERROR,
                     G_IO_ERROR_INVALID_DATA,
                     "%s.name is missing",
                     parties[i]);
        return FALSE;
      }
  for (guint i = 0; i < G_N_ELEMENTS (amounts); i++)
    if (!check_amount (data, amounts[i], "", error))
      return FALSE;
  return check_lines (data, error);
}

static void
begin_page (SwFlow *flow, gpointer data)
{
  SwInvoice *self = data;
  const char *status = sw_field (self->data, "status");
  gboolean draft = strcmp (status, "draft") == 0;

  if (draft || strcmp (status, "cancelled") == 0)
    sw_sheet_watermark (flow->sheet,
                        sw_typesetter_line (flow->type,
                                            SW_STYLE_WATERMARK,
                                            draft ? SW_WORD_WATERMARK_DRAFT
                                                  : SW_WORD_WATERMARK_CANCELLED));
  flow->floor = self->foot_top - 10;
  if (flow->sheets->len == 1)
    sw_invoice_draw_letterhead (self);
  else
    sw_invoice_draw_running_head (self);
  if (self->in_lines)
    sw_invoice_bring_forward (self);
}

static void
end_page (SwFlow *flow, gpointer data)
{
  SwInvoice *self = data;

  if (self->in_lines)
    sw_invoice_carry_over (self);
}

/* "F-2026-03187.pdf"; whatever a file system could dislike becomes a dash. */
static char *
make_file_name (SwInvoice *self)
{
  g_autofree char *name = g_strdup (self->number);

  if (!sw_field_is_set (self->data, "number"))
    return g_strdup_printf ("%s-%" G_GINT64_FORMAT ".pdf",
                            name,
                            json_object_get_int_member_with_default (self->data, "id", 0));
  g_strcanon (name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-_+", '-');
  return g_strconcat (name, ".pdf", NULL);
}

static SwDocumentInfo
make_info (SwInvoice *self)
{
  const char *name = sw_wording_name (sw_field (self->data, "kind"));
  const char *issued_on = sw_field (self->data, "issued_on");
  g_autofree char *date = sw_date_format (issued_on);
  SwDocumentInfo info = { 0 };

  info.title = g_strdup_printf ("%s %s", name, self->number);
  info.author = g_strdup (sw_field (self->seller, "name"));
  info.subject = g_strdup_printf ("%s%s%s – %s",
                                  info.title,
                                  *date != '\0' ? " du " : "",
                                  date,
                                  sw_field (self->buyer, "name"));
  info.keywords = g_strjoin (", ",
                             name,
                             self->number,
                             sw_field (self->data, "customer_number"),
                             sw_field_is_set (self->data, "contract_number")
                               ? sw_field (self->data, "contract_number")
                               : NULL,
                             NULL);
  info.created_on = *issued_on != '\0' ? g_strdup (issued_on) : NULL;
  info.file_name = make_file_name (self);
  return info;
}

/* Lays out all pages anew. */
static void
lay_out (SwInvoice *self)
{
  g_clear_pointer (&self->flow.sheets, g_ptr_array_unref);
  g_clear_pointer (&self->carried, g_free);
  self->flow.sheets = g_ptr_array_new_with_free_func ((GDestroyNotify) sw_sheet_free);
  self->section = NULL;
  self->terms_page = G_MAXUINT;
  sw_flow_start (&self->flow);
  sw_invoice_draw_lines (self);
  sw_invoice_draw_payment (self);
  sw_invoice_draw_terms (self);
  sw_invoice_draw_readings (self);
  sw_invoice_draw_feet (self);
}

/* A few lines on a page of their own are a page too many: try again with less air. */
static void
lay_out_well (SwInvoice *self)
{
  guint n_pages;

  lay_out (self);
  n_pages = self->flow.sheets->len;
  if (n_pages == 1)
    return;
  self->tight = TRUE;
  lay_out (self);
  if (self->flow.sheets->len < n_pages)
    return;
  self->tight = FALSE;
  lay_out (self);
}

/**
 * sw_document_new_invoice:
 * @data: what api.invoice_document() returned
 * @brand: the company's look
 *
 * Returns: (nullable): %NULL and an error naming the member at fault
 */
SwDocument *
sw_document_new_invoice (JsonObject *data, SwBrand *brand, GError **error)
{
  SwInvoice self = { 0 };
  SwDocumentInfo info;

  if (!check (data, error))
    return NULL;
  self.data = data;
  self.seller = sw_field_object (data, "seller");
  self.buyer = sw_field_object (data, "buyer");
  self.texts = sw_field_object (data, "texts");
  self.payment = sw_field_object (data, "payment");
  self.credit_note = strcmp (sw_field (data, "kind"), "credit_note") == 0;
  self.professional = sw_field_is_true (self.buyer, "professional");
  self.number = g_strdup (sw_field_is_set (data, "number") ? sw_field (data, "number")
                                                           : SW_WORD_NUMBER_MISSING);
  self.flow.brand = brand;
  self.flow.type = sw_brand_get_typesetter (brand);
  self.flow.color = sw_field (self.seller, "brand_color");
  self.flow.begin_page = begin_page;
  self.flow.end_page = end_page;
  self.flow.owner = &self;

  sw_typesetter_trim (self.flow.type);
  sw_invoice_measure_foot (&self);
  sw_invoice_measure_columns (&self);
  lay_out_well (&self);
  info = make_info (&self);
  g_free (self.number);
  g_free (self.carried);
  return sw_document_new (self.flow.sheets, &info);
}
