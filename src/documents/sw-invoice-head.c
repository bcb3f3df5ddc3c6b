/* sw-invoice-head.c: letterhead, addresses and references; a short reminder on the next pages
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-invoice-private.h"

#include <string.h>

#define TOP 44.0
#define LOGO_HEIGHT 28.0
#define LOGO_WIDTH 110.0
#define PANEL_LEFT (SW_LEFT + 273)
#define PANEL_PADDING 12.0

/* Draws the logo in a box of at most these sizes; returns the width it took, gap included. */
static double
draw_logo (SwInvoice *self, double top, double max_width, double max_height)
{
  cairo_surface_t *logo = sw_brand_get_logo (self->flow.brand);
  double width, height, scale;

  if (logo == NULL)
    return 0;
  width = cairo_image_surface_get_width (logo);
  height = cairo_image_surface_get_height (logo);
  scale = MIN (max_width / width, max_height / height);
  sw_sheet_logo (self->flow.sheet,
                 SW_LEFT,
                 top + (max_height - height * scale) / 2,
                 width * scale,
                 height * scale);
  return width * scale + 8;
}

static double
draw_title (SwInvoice *self, double *width)
{
  SwFlow *flow = &self->flow;
  JsonObject *credited = sw_field_object (self->data, "credited");
  const char *title = sw_wording_title (sw_field (self->data, "kind"));
  g_auto (SwStack) stack = { 0 };

  sw_stack_init (&stack, flow->type, SW_WIDTH / 2, SW_ALIGN_RIGHT);
  sw_stack_add (&stack, SW_STYLE_TITLE, SW_INK_BRAND, title);
  sw_stack_add (&stack, SW_STYLE_NUMBER, SW_INK_TEXT, self->number);
  *width = MAX (sw_flow_measure (flow, SW_STYLE_TITLE, title),
                sw_flow_measure (flow, SW_STYLE_NUMBER, self->number));
  if (credited != NULL)
    {
      g_autofree char *date = sw_date_format (sw_field (credited, "issued_on"));
      g_autofree char *text
        = g_strdup_printf (SW_WORD_CREDIT_OF, sw_field (credited, "number"), date);

      sw_stack_add (&stack, SW_STYLE_SMALL, SW_INK_MUTED, text);
      *width = MAX (*width, sw_flow_measure (flow, SW_STYLE_SMALL, text));
    }
  if (strcmp (sw_field (self->data, "status"), "draft") == 0)
    sw_stack_add (&stack, SW_STYLE_SMALL, SW_INK_MUTED, SW_WORD_DRAFT_NOTICE);
  sw_stack_draw (&stack, flow->sheet, SW_RIGHT, TOP);
  return stack.height;
}

static double
draw_company (SwInvoice *self, double title_width)
{
  double left = draw_logo (self, TOP, LOGO_WIDTH, LOGO_HEIGHT);
  g_auto (SwStack) stack = { 0 };

  sw_stack_init (&stack,
                 self->flow.type,
                 SW_WIDTH - title_width - left - 24,
                 SW_ALIGN_LEFT);
  sw_stack_add (&stack, SW_STYLE_COMPANY, SW_INK_TEXT, sw_field (self->seller, "name"));
  sw_stack_add (&stack, SW_STYLE_SMALL, SW_INK_MUTED, sw_field (self->seller, "tagline"));
  sw_stack_draw (&stack,
                 self->flow.sheet,
                 SW_LEFT + left,
                 TOP + MAX (0, (LOGO_HEIGHT - stack.height) / 2));
  return MAX (stack.height, LOGO_HEIGHT);
}

/* Joins what is set among the strings by @separator. */
static char *
join (const char *separator, const char *const *parts, guint n_parts)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n_parts; i++)
    if (parts[i] != NULL && *parts[i] != '\0')
      {
        if (out->len > 0)
          g_string_append (out, separator);
        g_string_append (out, parts[i]);
      }
  return g_string_free (out, FALSE);
}

static char *
format_set (const char *format, const char *value)
{
  g_auto (GStrv) halves = g_strsplit (format, "%s", 2);

  return *value == '\0' ? g_strdup ("") : g_strconcat (halves[0], value, halves[1], NULL);
}

static char *
format_city (JsonObject *party)
{
  const char *const parts[] = { sw_field (party, "postcode"), sw_field (party, "city") };

  return join (" ", parts, G_N_ELEMENTS (parts));
}

static char *
format_address (JsonObject *party)
{
  g_autofree char *city = format_city (party);
  const char *const parts[] = { sw_field (party, "address_1"),
                                sw_field (party, "address_2"),
                                city,
                                sw_wording_country (sw_field (party, "country")) };

  return join (", ", parts, G_N_ELEMENTS (parts));
}

/* "SAS au capital de 50 000 € · RCS Vannes 732 829 320" */
static char *
format_registration (JsonObject *seller)
{
  g_autofree char *siren = sw_identifier_format (SW_IDENTIFIER_SIREN, sw_field (seller, "siren"));
  g_autofree char *form = g_strdup (sw_field (seller, "legal_form"));
  g_autofree char *register_ = NULL;
  const char *parts[2];

  if (sw_field_is_set (seller, "share_capital"))
    {
      g_autofree char *capital = sw_figures_quantity (sw_field (seller, "share_capital"), "€");
      g_autofree char *bare = g_steal_pointer (&form);

      form = g_strdup_printf (SW_WORD_SHARE_CAPITAL, bare, capital);
    }
  if (sw_field_is_set (seller, "rcs_city"))
    register_ = g_strdup_printf (SW_WORD_RCS, sw_field (seller, "rcs_city"), siren);
  else
    register_ = format_set (SW_WORD_SIREN,
                            sw_field_is_set (seller, "siret") ? "" : siren);
  parts[0] = form;
  parts[1] = register_;
  return join (" · ", parts, G_N_ELEMENTS (parts));
}

static double
draw_seller (SwInvoice *self, double top)
{
  JsonObject *seller = self->seller;
  g_autofree char *address = format_address (seller);
  g_autofree char *registration = format_registration (seller);
  g_autofree char *phone = sw_phone_format (sw_field (seller, "phone"));
  const char *website = sw_field (seller, "website");
  const char *scheme = strstr (website, "://");
  const char *const reach[]
    = { phone, sw_field (seller, "email"), scheme != NULL ? scheme + strlen ("://") : website };
  g_autofree char *contact = join (" · ", reach, G_N_ELEMENTS (reach));
  g_autofree char *siret = sw_identifier_format (SW_IDENTIFIER_SIRET, sw_field (seller, "siret"));
  g_autofree char *siret_text = format_set (SW_WORD_SIRET, siret);
  g_autofree char *vat = format_set (SW_WORD_VAT_NUMBER, sw_field (seller, "vat_number"));
  g_autofree char *ape = format_set (SW_WORD_APE, sw_field (seller, "ape"));
  /* The SIREN is in the SIRET, and on the line above when there is a register. */
  const char *const ids[]
    = { vat, ape, sw_field_is_set (seller, "rcs_city") ? "" : siret_text };
  g_autofree char *identifiers = join (" · ", ids, G_N_ELEMENTS (ids));
  g_auto (SwStack) stack = { 0 };

  sw_stack_init (&stack, self->flow.type, PANEL_LEFT - SW_LEFT - 16, SW_ALIGN_LEFT);
  sw_stack_add (&stack, SW_STYLE_SMALL, SW_INK_MUTED, address);
  sw_stack_add (&stack, SW_STYLE_SMALL, SW_INK_MUTED, contact);
  sw_stack_add (&stack, SW_STYLE_SMALL, SW_INK_MUTED, registration);
  sw_stack_add (&stack, SW_STYLE_SMALL, SW_INK_MUTED, identifiers);
  if (sw_field_is_set (seller, "vat_group"))
    {
      sw_stack_add (&stack, SW_STYLE_SMALL, SW_INK_MUTED, SW_WORD_VAT_GROUP);
      sw_stack_add (&stack, SW_STYLE_SMALL, SW_INK_MUTED, sw_field (seller, "vat_group"));
    }
  sw_stack_draw (&stack, self->flow.sheet, SW_LEFT, top + 5);
  return stack.height + 5;
}

static void
add_buyer_identifiers (SwInvoice *self, SwStack *stack)
{
  g_autofree char *siren = sw_identifier_format (SW_IDENTIFIER_SIREN, sw_field (self->buyer, "siren"));
  g_autofree char *siren_text = format_set (SW_WORD_SIREN, siren);
  g_autofree char *vat = format_set (SW_WORD_VAT_NUMBER, sw_field (self->buyer, "vat_number"));
  const char *const ids[] = { siren_text, vat };
  g_autofree char *identifiers = join (" · ", ids, G_N_ELEMENTS (ids));

  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, identifiers);
}

static void
fill_buyer (SwInvoice *self, SwStack *stack)
{
  JsonObject *buyer = self->buyer;
  const char *const who[] = { sw_field (buyer, "contact"), sw_field (buyer, "service") };
  g_autofree char *contact = join (", ", who, G_N_ELEMENTS (who));
  g_autofree char *city = format_city (buyer);

  sw_stack_add (stack,
                SW_STYLE_NOTE,
                SW_INK_MUTED,
                self->credit_note ? SW_WORD_CREDITED_TO : SW_WORD_BILLED_TO);
  sw_stack_add_space (stack, 1.5);
  sw_stack_add (stack, SW_STYLE_NAME, SW_INK_TEXT, sw_field (buyer, "name"));
  if (strcmp (sw_field (buyer, "trading_name"), sw_field (buyer, "name")) != 0)
    sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, sw_field (buyer, "trading_name"));
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, contact);
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, sw_field (buyer, "address_1"));
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, sw_field (buyer, "address_2"));
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, city);
  sw_stack_add (stack,
                SW_STYLE_SMALL,
                SW_INK_TEXT,
                sw_wording_country (sw_field (buyer, "country")));
  if (self->professional)
    add_buyer_identifiers (self, stack);
}

static void
fill_delivery (JsonObject *delivery, SwStack *stack)
{
  g_autofree char *address = format_address (delivery);

  sw_stack_add_space (stack, 5);
  sw_stack_add (stack, SW_STYLE_NOTE, SW_INK_MUTED, SW_WORD_DELIVERED_TO);
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, sw_field (delivery, "name"));
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, address);
}

static double
draw_buyer (SwInvoice *self, double top)
{
  JsonObject *delivery = sw_field_object (self->data, "delivery_address");
  double width = SW_RIGHT - PANEL_LEFT;
  g_auto (SwStack) stack = { 0 };

  sw_stack_init (&stack, self->flow.type, width - 2 * PANEL_PADDING, SW_ALIGN_LEFT);
  fill_buyer (self, &stack);
  if (delivery != NULL)
    fill_delivery (delivery, &stack);
  sw_sheet_box (self->flow.sheet, SW_INK_PANEL, PANEL_LEFT, top, width, stack.height + 16);
  sw_stack_draw (&stack, self->flow.sheet, PANEL_LEFT + PANEL_PADDING, top + 8);
  return stack.height + 16;
}

typedef struct
{
  const char *label;
  char *value;
} Reference;

static void
add_reference (GArray *references, const char *label, char *value)
{
  Reference reference = { label, value };

  if (*value != '\0')
    g_array_append_val (references, reference);
  else
    g_free (value);
}

static void
clear_reference (gpointer reference)
{
  g_free (((Reference *) reference)->value);
}

static GArray *
list_references (SwInvoice *self)
{
  GArray *list = g_array_new (FALSE, FALSE, sizeof (Reference));
  JsonObject *data = self->data;
  JsonObject *credited = sw_field_object (data, "credited");

  g_array_set_clear_func (list, clear_reference);
  add_reference (list, SW_WORD_ISSUED_ON, sw_date_format (sw_field (data, "issued_on")));
  if (self->credit_note && credited != NULL)
    add_reference (list, SW_WORD_CREDITED_INVOICE, g_strdup (sw_field (credited, "number")));
  else
    add_reference (list, SW_WORD_DUE_ON, sw_date_format (sw_field (data, "payment_due_on")));
  add_reference (list, SW_WORD_CONTRACT, g_strdup (sw_field (data, "contract_number")));
  add_reference (list,
                 SW_WORD_PERIOD,
                 sw_figures_period (sw_field (data, "period_start_on"),
                                    sw_field (data, "period_end_on")));
  add_reference (list, SW_WORD_CUSTOMER, g_strdup (sw_field (data, "customer_number")));
  add_reference (list, SW_WORD_PURCHASE_ORDER, g_strdup (sw_field (data, "purchase_order")));
  return list;
}

/* Dates and numbers between two rules, five a row, or two even rows when there are more. */
static void
draw_references (SwInvoice *self)
{
  SwFlow *flow = &self->flow;
  g_autoptr (GArray) list = list_references (self);
  guint a_row = list->len <= 5 ? MAX (list->len, 4) : (list->len + 1) / 2;
  double width = SW_WIDTH / a_row;

  sw_sheet_rule (flow->sheet, SW_LEFT, flow->y, SW_WIDTH);
  flow->y += 7;
  for (guint i = 0; i < list->len; i += a_row)
    {
      double height = 0;

      for (guint j = i; j < MIN (i + a_row, list->len); j++)
        {
          const Reference *reference = &g_array_index (list, Reference, j);
          g_auto (SwStack) stack = { 0 };

          sw_stack_init (&stack, flow->type, width - 8, SW_ALIGN_LEFT);
          sw_stack_add (&stack, SW_STYLE_NOTE, SW_INK_MUTED, reference->label);
          sw_stack_add_space (&stack, 1.5);
          sw_stack_add (&stack, SW_STYLE_VALUE, SW_INK_TEXT, reference->value);
          sw_stack_draw (&stack, flow->sheet, SW_LEFT + (j - i) * width, flow->y);
          height = MAX (height, stack.height);
        }
      flow->y += height + 5;
    }
  sw_sheet_rule (flow->sheet, SW_LEFT, flow->y, SW_WIDTH);
  flow->y += 14;
}

void
sw_invoice_draw_letterhead (SwInvoice *self)
{
  SwFlow *flow = &self->flow;
  double title_width;
  double title_height = draw_title (self, &title_width);
  double company_height = draw_company (self, title_width);
  double seller_height, buyer_height;

  flow->y = TOP + MAX (MAX (title_height, company_height) + 14, 54);
  seller_height = draw_seller (self, flow->y);
  buyer_height = draw_buyer (self, flow->y);
  flow->y += MAX (seller_height, buyer_height) + 18;
  draw_references (self);
}

/* The head of every page but the first. */
void
sw_invoice_draw_running_head (SwInvoice *self)
{
  SwFlow *flow = &self->flow;
  const char *name = sw_wording_name (sw_field (self->data, "kind"));
  g_autofree char *date = sw_date_format (sw_field (self->data, "issued_on"));
  g_autofree char *document = g_strdup_printf ("%s %s", name, self->number);
  g_autofree char *text = *date == '\0' ? g_strdup (document)
                                        : g_strdup_printf (SW_WORD_ON_DATE, document, date);
  double left = draw_logo (self, 34, LOGO_WIDTH / 2, 18);
  double text_width = sw_flow_measure (flow, SW_STYLE_VALUE, text);
  g_auto (SwStack) names = { 0 };
  g_auto (SwStack) references = { 0 };

  sw_stack_init (&names, flow->type, SW_WIDTH - left - text_width - 20, SW_ALIGN_LEFT);
  sw_stack_add (&names, SW_STYLE_VALUE, SW_INK_TEXT, sw_field (self->seller, "name"));
  sw_stack_draw (&names, flow->sheet, SW_LEFT + left, 37);
  sw_stack_init (&references, flow->type, SW_WIDTH / 2, SW_ALIGN_RIGHT);
  sw_stack_add (&references, SW_STYLE_VALUE, SW_INK_TEXT, text);
  sw_stack_add (&references, SW_STYLE_NOTE, SW_INK_MUTED, sw_field (self->buyer, "name"));
  sw_stack_draw (&references, flow->sheet, SW_RIGHT, 32);
  flow->y = MAX (32 + references.height, 37 + names.height) + 8;
  sw_sheet_rule (flow->sheet, SW_LEFT, flow->y, SW_WIDTH);
  flow->y += 12;
}
