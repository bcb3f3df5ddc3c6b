/* sw-invoice-foot.c: terms of payment below the totals, contact and page number on all
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-invoice-private.h"

#include <string.h>

#define BOTTOM (SW_PAGE_HEIGHT - 34)

static void
fill_footer (SwInvoice *self, SwStack *stack)
{
  sw_stack_init (stack, self->flow.type, SW_WIDTH, SW_ALIGN_CENTER);
  sw_stack_add (stack, SW_STYLE_LEGAL, SW_INK_MUTED, sw_field (self->texts, "footer"));
}

static char *
format_interlocutor (SwInvoice *self)
{
  JsonObject *person = sw_field_object (self->data, "interlocutor");
  GString *text;

  if (person == NULL || !sw_field_is_set (person, "name"))
    return g_strdup (sw_field (self->seller, "name"));
  text = g_string_new (NULL);
  g_string_append_printf (text, SW_WORD_INTERLOCUTOR, sw_field (person, "name"));
  if (sw_field_is_set (person, "phone"))
    {
      g_autofree char *phone = sw_phone_format (sw_field (person, "phone"));

      g_string_append_printf (text, " · %s", phone);
    }
  if (sw_field_is_set (person, "email"))
    g_string_append_printf (text, " · %s", sw_field (person, "email"));
  return g_string_free (text, FALSE);
}

static void
fill_contact (SwInvoice *self, SwStack *stack)
{
  g_autofree char *text = format_interlocutor (self);

  sw_stack_init (stack, self->flow.type, SW_WIDTH - 80, SW_ALIGN_LEFT);
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, text);
}

/* The foot is the same on all pages, so its height is known before anything is laid out. */
void
sw_invoice_measure_foot (SwInvoice *self)
{
  g_auto (SwStack) footer = { 0 };
  g_auto (SwStack) contact = { 0 };

  fill_footer (self, &footer);
  fill_contact (self, &contact);
  self->foot_top = BOTTOM - contact.height;
  if (footer.rows->len > 0)
    self->foot_top -= footer.height + 5;
  self->terms_top = self->foot_top;
}

/* Adds @text to @terms, as a sentence even where its full stop was forgotten. */
static void
add_sentence (GString *terms, const char *text)
{
  if (terms->len > 0)
    g_string_append_c (terms, ' ');
  g_string_append (terms, text);
  if (terms->len > 0 && strchr (".!?", terms->str[terms->len - 1]) == NULL)
    g_string_append_c (terms, '.');
}

/* Late payment and discount, at the bottom of the page reached; what follows stays above. */
void
sw_invoice_draw_terms (SwInvoice *self)
{
  SwFlow *flow = &self->flow;
  const char *late = sw_field (self->texts, "late_payment");
  const char *discount = sw_field (self->texts, "discount");
  g_autoptr (GString) terms = g_string_new (NULL);
  g_auto (SwStack) stack = { 0 };

  sw_stack_init (&stack, flow->type, SW_WIDTH, SW_ALIGN_LEFT);
  if (!self->credit_note)
    {
      if (*late == '\0')
        late = self->professional ? SW_WORD_LATE_PROFESSIONAL : SW_WORD_LATE_INDIVIDUAL;
      add_sentence (terms, late);
      add_sentence (terms, *discount != '\0' ? discount : SW_WORD_NO_DISCOUNT);
      sw_stack_add (&stack, SW_STYLE_LEGAL, SW_INK_MUTED, terms->str);
    }
  if (stack.rows->len == 0)
    return;
  sw_flow_need (flow, stack.height + 10);
  self->terms_top = self->foot_top - stack.height - 5;
  self->terms_page = flow->sheets->len - 1;
  flow->floor = self->terms_top - 10;
  sw_stack_draw (&stack, flow->sheet, SW_LEFT, self->terms_top);
}

/* Contact, page number and the company's own words on every page, once their number is known. */
void
sw_invoice_draw_feet (SwInvoice *self)
{
  GPtrArray *sheets = self->flow.sheets;
  g_auto (SwStack) footer = { 0 };
  g_auto (SwStack) contact = { 0 };

  fill_footer (self, &footer);
  fill_contact (self, &contact);
  for (guint i = 0; i < sheets->len; i++)
    {
      SwSheet *sheet = g_ptr_array_index (sheets, i);
      double top = i == self->terms_page ? self->terms_top : self->foot_top;
      g_autofree char *page = g_strdup_printf (SW_WORD_PAGE, (int) i + 1, (int) sheets->len);

      sw_sheet_rule (sheet, SW_LEFT, top - 6, SW_WIDTH);
      sw_stack_draw (&contact, sheet, SW_LEFT, self->foot_top);
      sw_sheet_line (sheet,
                     sw_typesetter_line (self->flow.type, SW_STYLE_SMALL, page),
                     SW_INK_MUTED,
                     SW_ALIGN_RIGHT,
                     SW_RIGHT,
                     self->foot_top);
      sw_stack_draw (&footer, sheet, SW_PAGE_WIDTH / 2, self->foot_top + contact.height + 5);
    }
}
