/* sw-invoice-notices.c: below the totals: how to pay, and the meter readings
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-invoice-private.h"

#include <string.h>

#define PADDING 12.0

static void
add_debit (SwInvoice *self, SwStack *stack, const char *balance)
{
  JsonObject *payment = self->payment;
  g_autofree char *date = sw_date_format (sw_field (payment, "debit_on"));
  GString *account = g_string_new (NULL);
  const struct
  {
    const char *format;
    const char *value;
  } parts[] = {
    { " " SW_WORD_DEBIT_HOLDER, sw_field (payment, "holder") },
    { " · " SW_WORD_DEBIT_RUM, sw_field (payment, "rum") },
    { " · " SW_WORD_DEBIT_ICS, sw_field (payment, "ics") },
  };

  if (*date != '\0')
    sw_stack_add_format (stack, SW_STYLE_NAME, SW_INK_TEXT, SW_WORD_DEBIT, balance, date);
  else
    sw_stack_add_format (stack, SW_STYLE_NAME, SW_INK_TEXT, SW_WORD_DEBIT_UNDATED, balance);
  g_string_append_printf (account, SW_WORD_DEBIT_ACCOUNT, sw_field (payment, "iban_masked"));
  for (guint i = 0; i < G_N_ELEMENTS (parts); i++)
    if (*parts[i].value != '\0')
      {
        g_auto (GStrv) halves = g_strsplit (parts[i].format, "%s", 2);

        g_string_append_printf (account, "%s%s%s", halves[0], parts[i].value, halves[1]);
      }
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_MUTED, account->str);
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_MUTED, sw_field (payment, "text"));
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_MUTED, SW_WORD_NOTHING_TO_DO);
  g_string_free (account, TRUE);
}

static void
add_bank (SwInvoice *self, SwStack *stack)
{
  g_autofree char *iban = sw_identifier_format (SW_IDENTIFIER_IBAN, sw_field (self->seller, "iban"));
  g_autoptr (GString) line = g_string_new (NULL);

  if (*iban == '\0')
    return;
  g_string_append_printf (line, SW_WORD_IBAN, iban);
  if (sw_field_is_set (self->seller, "bic"))
    g_string_append_printf (line, " · " SW_WORD_BIC, sw_field (self->seller, "bic"));
  if (sw_field_is_set (self->seller, "bank_name"))
    g_string_append_printf (line, " · %s", sw_field (self->seller, "bank_name"));
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_TEXT, line->str);
  sw_stack_add_format (stack, SW_STYLE_SMALL, SW_INK_MUTED, SW_WORD_PAY_REFERENCE, self->number);
}

static void
add_cheque (SwInvoice *self, SwStack *stack)
{
  JsonObject *seller = self->seller;
  g_autofree char *address = g_strdup_printf ("%s, %s %s",
                                              sw_field (seller, "address_1"),
                                              sw_field (seller, "postcode"),
                                              sw_field (seller, "city"));

  sw_stack_add_format (stack,
                       SW_STYLE_SMALL,
                       SW_INK_MUTED,
                       SW_WORD_CHEQUE_ORDER,
                       sw_field (seller, "name"),
                       address);
  sw_stack_add_format (stack, SW_STYLE_SMALL, SW_INK_MUTED, SW_WORD_PAY_REFERENCE, self->number);
}

static void
add_due (SwInvoice *self, SwStack *stack, const char *method)
{
  g_autofree char *date = sw_date_format (sw_field (self->data, "payment_due_on"));
  const char *word = sw_wording_payment (method);

  if (*date != '\0')
    sw_stack_add_format (stack, SW_STYLE_NAME, SW_INK_TEXT, SW_WORD_PAY_BEFORE, word, date);
  else
    sw_stack_add_format (stack, SW_STYLE_NAME, SW_INK_TEXT, SW_WORD_PAY, word);
  if (strcmp (method, "transfer") == 0)
    add_bank (self, stack);
  else if (strcmp (method, "cheque") == 0)
    add_cheque (self, stack);
}

/* Nothing to pay, in words. The configured text asks for a payment: it must not be there. */
static void
add_nothing_due (SwInvoice *self, SwStack *stack, const char *title)
{
  if (title != NULL)
    sw_stack_add (stack, SW_STYLE_NAME, SW_INK_TEXT, title);
  sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_MUTED, SW_WORD_NOTHING_DUE);
}

/* What the customer has to do, if anything. */
static void
fill_payment (SwInvoice *self, SwStack *stack)
{
  const char *method = sw_field (self->payment, "method");
  const char *balance = sw_field (self->data, "balance");

  if (self->credit_note)
    add_nothing_due (self, stack, SW_WORD_CREDITED);
  else if (strcmp (sw_field (self->data, "status"), "cancelled") == 0)
    add_nothing_due (self, stack, SW_WORD_CANCELLED);
  else if (sw_money_sign (balance) <= 0)
    add_nothing_due (self,
                     stack,
                     sw_money_sign (sw_field (self->data, "total_gross")) > 0 ? SW_WORD_SETTLED
                                                                              : NULL);
  else if (strcmp (method, "direct_debit") == 0)
    {
      g_autofree char *amount = sw_figures_amount (balance);

      add_debit (self, stack, amount);
    }
  else
    {
      add_due (self, stack, method);
      sw_stack_add (stack, SW_STYLE_SMALL, SW_INK_MUTED, sw_field (self->payment, "text"));
    }
}

void
sw_invoice_draw_payment (SwInvoice *self)
{
  SwFlow *flow = &self->flow;
  g_auto (SwStack) stack = { 0 };

  sw_stack_init (&stack, flow->type, SW_WIDTH - 2 * PADDING, SW_ALIGN_LEFT);
  fill_payment (self, &stack);
  if (stack.rows->len == 0)
    return;
  flow->y += self->tight ? 6 : 12;
  sw_flow_need (flow, stack.height + 18);
  sw_sheet_box (flow->sheet, SW_INK_PANEL, SW_LEFT, flow->y, SW_WIDTH, stack.height + 17);
  sw_stack_draw (&stack, flow->sheet, SW_LEFT + PADDING, flow->y + 8.5);
  flow->y += stack.height + 17;
}

/* Columns of the readings: left for texts, right edge for figures. */
typedef struct
{
  const char *title;
  SwAlign align;
  double x;
} ReadingColumn;

static const ReadingColumn reading_columns[] = {
  { SW_WORD_EQUIPMENT, SW_ALIGN_LEFT, SW_LEFT },
  { SW_WORD_METER, SW_ALIGN_LEFT, SW_LEFT + 150 },
  { SW_WORD_PREVIOUS_READING, SW_ALIGN_RIGHT, SW_RIGHT - 200 },
  { SW_WORD_READING, SW_ALIGN_RIGHT, SW_RIGHT - 104 },
  { SW_WORD_INCLUDED, SW_ALIGN_RIGHT, SW_RIGHT - 54 },
  { SW_WORD_CONSUMED, SW_ALIGN_RIGHT, SW_RIGHT },
};

static void
draw_readings_header (SwInvoice *self)
{
  SwFlow *flow = &self->flow;
  g_autofree char *title = g_utf8_strup (SW_WORD_READINGS, -1);

  sw_flow_text (flow, SW_STYLE_SECTION, SW_INK_BRAND, SW_ALIGN_LEFT, SW_LEFT, title);
  flow->y += 15;
  for (guint i = 0; i < G_N_ELEMENTS (reading_columns); i++)
    sw_flow_text (flow,
                  SW_STYLE_HEADING,
                  SW_INK_MUTED,
                  reading_columns[i].align,
                  reading_columns[i].x,
                  reading_columns[i].title);
  flow->y += 12.5;
  sw_sheet_rule (flow->sheet, SW_LEFT, flow->y, SW_WIDTH);
  flow->y += 5;
}

static void
add_value (SwStack *stack, JsonObject *reading, const char *member)
{
  g_autofree char *value = sw_figures_quantity (sw_field (reading, member), NULL);

  sw_stack_add (stack, SW_STYLE_SMALL_FIGURE, SW_INK_TEXT, value);
}

/* One figure with its date under it; the new one says where it comes from. */
static void
add_dated_value (SwStack *stack, JsonObject *reading, const char *value, const char *date)
{
  g_autofree char *day = sw_date_format (sw_field (reading, date));
  const char *source = sw_field (reading, "source");

  add_value (stack, reading, value);
  if (strcmp (value, "value") == 0 && *source != '\0')
    sw_stack_add_format (stack,
                         SW_STYLE_NOTE,
                         SW_INK_MUTED,
                         SW_WORD_READING_ON,
                         sw_wording_source (source),
                         day);
  else
    sw_stack_add (stack, SW_STYLE_NOTE, SW_INK_MUTED, day);
}

static void
draw_reading (SwInvoice *self, JsonObject *reading)
{
  SwFlow *flow = &self->flow;
  const double widths[] = { 142, 80, 80, 90, 46, 50 };
  SwStack cells[G_N_ELEMENTS (reading_columns)];
  double height = 0;

  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    sw_stack_init (&cells[i], flow->type, widths[i], reading_columns[i].align);
  sw_stack_add (&cells[0], SW_STYLE_SMALL, SW_INK_TEXT, sw_field (reading, "equipment"));
  if (sw_field_is_set (reading, "serial_number"))
    sw_stack_add_format (&cells[0],
                         SW_STYLE_NOTE,
                         SW_INK_MUTED,
                         SW_WORD_SERIAL_NUMBER,
                         sw_field (reading, "serial_number"));
  sw_stack_add (&cells[1], SW_STYLE_SMALL, SW_INK_TEXT, sw_field (reading, "meter"));
  add_dated_value (&cells[2], reading, "previous_value", "previous_on");
  add_dated_value (&cells[3], reading, "value", "read_on");
  add_value (&cells[4], reading, "included");
  add_value (&cells[5], reading, "consumed");
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    height = MAX (height, cells[i].height);
  if (!sw_flow_fits (flow, height))
    {
      sw_flow_break (flow);
      draw_readings_header (self);
    }
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    {
      sw_stack_draw (&cells[i], flow->sheet, reading_columns[i].x, flow->y);
      sw_stack_clear (&cells[i]);
    }
  flow->y += height + 4;
}

void
sw_invoice_draw_readings (SwInvoice *self)
{
  JsonArray *readings = sw_field_array (self->data, "readings");

  if (sw_field_length (readings) == 0)
    return;
  self->flow.y += self->tight ? 10 : 18;
  sw_flow_need (&self->flow, 70);
  draw_readings_header (self);
  for (guint i = 0; i < sw_field_length (readings); i++)
    draw_reading (self, json_array_get_object_element (readings, i));
}
