/* sw-invoice-totals.c: VAT by rate and what the tax office wants told, and the totals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-invoice-private.h"

#include <string.h>

#define TOTALS_WIDTH 210.0
#define TOTALS_WIDTH_WITH_DEPOSITS 245.0
#define BAND_HEIGHT 26.0
#define BAND_PADDING 10.0
#define ROW_HEIGHT 15.0

static double
measure_amount (SwInvoice *self, SwStyle style, JsonObject *object, const char *member)
{
  g_autofree char *text = sw_figures_amount (sw_field (object, member));

  return sw_flow_measure (&self->flow, style, text);
}

static void
draw_vat_header (SwInvoice *self, double base_right, double amount_right)
{
  SwFlow *flow = &self->flow;

  sw_flow_text (flow, SW_STYLE_HEADING, SW_INK_MUTED, SW_ALIGN_LEFT, SW_LEFT, SW_WORD_VAT);
  sw_flow_text (flow, SW_STYLE_HEADING, SW_INK_MUTED, SW_ALIGN_RIGHT, base_right, SW_WORD_VAT_BASE);
  sw_flow_text (flow,
                SW_STYLE_HEADING,
                SW_INK_MUTED,
                SW_ALIGN_RIGHT,
                amount_right,
                SW_WORD_VAT_AMOUNT);
  flow->y += 13;
}

static void
draw_vat_table (SwInvoice *self)
{
  SwFlow *flow = &self->flow;
  JsonArray *rates = sw_field_array (self->data, "vat");
  double base = 0, amount = 0, base_right, amount_right;

  if (sw_field_length (rates) == 0)
    return;
  for (guint i = 0; i < sw_field_length (rates); i++)
    {
      JsonObject *rate = json_array_get_object_element (rates, i);

      base = MAX (base, measure_amount (self, SW_STYLE_SMALL_FIGURE, rate, "base"));
      amount = MAX (amount, measure_amount (self, SW_STYLE_SMALL_FIGURE, rate, "amount"));
    }
  base_right = SW_LEFT + MAX (130, 45 + base);
  amount_right = base_right + MAX (70, 14 + amount);
  draw_vat_header (self, base_right, amount_right);
  for (guint i = 0; i < sw_field_length (rates); i++)
    {
      JsonObject *rate = json_array_get_object_element (rates, i);
      g_autofree char *percent = sw_money_format_percent (sw_field (rate, "rate"));
      g_autofree char *base_text = sw_figures_amount (sw_field (rate, "base"));
      g_autofree char *amount_text = sw_figures_amount (sw_field (rate, "amount"));

      sw_flow_text (flow, SW_STYLE_SMALL, SW_INK_TEXT, SW_ALIGN_LEFT, SW_LEFT, percent);
      sw_flow_text (flow, SW_STYLE_SMALL_FIGURE, SW_INK_TEXT, SW_ALIGN_RIGHT, base_right, base_text);
      sw_flow_text (flow, SW_STYLE_SMALL_FIGURE, SW_INK_TEXT, SW_ALIGN_RIGHT, amount_right, amount_text);
      flow->y += 13;
    }
}

/* Each reason not to charge VAT, once. */
static void
add_exemptions (SwInvoice *self, SwStack *stack)
{
  JsonArray *rates = sw_field_array (self->data, "vat");
  g_autoptr (GHashTable) said = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < sw_field_length (rates); i++)
    {
      JsonObject *rate = json_array_get_object_element (rates, i);
      const char *text = sw_field (rate, "exemption");

      if (*text == '\0' && strcmp (sw_field (rate, "category"), "AE") == 0)
        text = SW_WORD_REVERSE_CHARGE;
      if (*text != '\0' && g_hash_table_add (said, (gpointer) text))
        sw_stack_add (stack, SW_STYLE_NOTE, SW_INK_MUTED, text);
    }
  if (sw_field_is_true (self->seller, "franchise") && g_hash_table_size (said) == 0)
    sw_stack_add (stack, SW_STYLE_NOTE, SW_INK_MUTED, SW_WORD_FRANCHISE);
}

static void
add_commitment (SwInvoice *self, SwStack *stack)
{
  JsonObject *commitment = sw_field_object (self->data, "commitment");

  if (commitment == NULL)
    return;
  if (sw_field_is_true (commitment, "ended"))
    sw_stack_add (stack, SW_STYLE_NOTE, SW_INK_MUTED, SW_WORD_COMMITMENT_ENDED);
  else if (sw_field_is_set (commitment, "until"))
    {
      g_autofree char *until = sw_date_format (sw_field (commitment, "until"));

      sw_stack_add_format (stack, SW_STYLE_NOTE, SW_INK_MUTED, SW_WORD_COMMITTED, until);
    }
}

static void
draw_notes (SwInvoice *self, double width)
{
  g_auto (SwStack) stack = { 0 };

  sw_stack_init (&stack, self->flow.type, width, SW_ALIGN_LEFT);
  add_exemptions (self, &stack);
  if (sw_field_is_true (self->texts, "vat_on_debits"))
    sw_stack_add (&stack, SW_STYLE_NOTE, SW_INK_MUTED, SW_WORD_VAT_ON_DEBITS);
  sw_stack_add_format (&stack,
                       SW_STYLE_NOTE,
                       SW_INK_MUTED,
                       SW_WORD_NATURE,
                       sw_wording_nature (sw_field (self->texts, "operation_nature")));
  add_commitment (self, &stack);
  sw_stack_draw (&stack, self->flow.sheet, SW_LEFT, self->flow.y + 2);
  self->flow.y += stack.height + 2;
}

static void
draw_total (SwInvoice *self, double left, const char *label, const char *amount)
{
  SwFlow *flow = &self->flow;
  double room = SW_RIGHT - left - 14 - sw_flow_measure (flow, SW_STYLE_FIGURE, amount);
  g_auto (SwStack) stack = { 0 };

  sw_stack_init (&stack, flow->type, room, SW_ALIGN_LEFT);
  sw_stack_add (&stack, SW_STYLE_BODY, SW_INK_MUTED, label);
  sw_stack_draw (&stack, flow->sheet, left, flow->y);
  flow->y += stack.height - sw_style_get_leading (SW_STYLE_BODY);
  sw_flow_text (flow, SW_STYLE_FIGURE, SW_INK_TEXT, SW_ALIGN_RIGHT, SW_RIGHT, amount);
  flow->y += ROW_HEIGHT;
}

static void
draw_total_of (SwInvoice *self, double left, const char *label, const char *member)
{
  g_autofree char *amount = sw_figures_amount (sw_field (self->data, member));

  draw_total (self, left, label, amount);
}

/* The figure to look at. */
static void
draw_band (SwInvoice *self, double left, const char *label, const char *amount)
{
  SwFlow *flow = &self->flow;

  flow->y += 1;
  sw_sheet_box (flow->sheet, SW_INK_BAND, left, flow->y, SW_RIGHT - left, BAND_HEIGHT);
  flow->y += (BAND_HEIGHT - sw_style_get_leading (SW_STYLE_NAME)) / 2;
  sw_flow_text (flow,
                SW_STYLE_NAME,
                SW_INK_ON_BRAND,
                SW_ALIGN_LEFT,
                left + BAND_PADDING,
                label);
  flow->y -= (sw_style_get_leading (SW_STYLE_TOTAL) - sw_style_get_leading (SW_STYLE_NAME)) / 2;
  sw_flow_text (flow,
                SW_STYLE_TOTAL,
                SW_INK_ON_BRAND,
                SW_ALIGN_RIGHT,
                SW_RIGHT - BAND_PADDING,
                amount);
  flow->y += (BAND_HEIGHT + sw_style_get_leading (SW_STYLE_TOTAL)) / 2;
}

/* The deposits deducted from the balance; zero when they were deducted as lines, which must not be
 * done twice. */
static char *
sum_deposits (SwInvoice *self, const char *settled)
{
  JsonArray *deposits = sw_field_array (self->data, "deposits");
  char *sum = g_strdup ("0");

  for (guint i = 0; i < sw_field_length (deposits); i++)
    {
      g_autofree char *before = sum;

      sum = sw_money_add (before,
                          sw_field (json_array_get_object_element (deposits, i), "amount"));
    }
  if (sw_money_compare (sum, settled) > 0)
    {
      g_free (sum);
      sum = g_strdup ("0");
    }
  return sum;
}

/* What was settled already: the deposits by their numbers, then the rest. */
static void
draw_settled (SwInvoice *self, double left, const char *settled)
{
  JsonArray *deposits = sw_field_array (self->data, "deposits");
  g_autofree char *sum = sum_deposits (self, settled);
  g_autofree char *rest = sw_money_subtract (sum, settled);

  for (guint i = 0; sw_money_sign (sum) != 0 && i < sw_field_length (deposits); i++)
    {
      JsonObject *deposit = json_array_get_object_element (deposits, i);
      g_autofree char *date = sw_date_format (sw_field (deposit, "issued_on"));
      g_autofree char *label
        = g_strdup_printf (SW_WORD_DEPOSIT, sw_field (deposit, "number"), date);
      g_autofree char *deducted = sw_money_subtract (NULL, sw_field (deposit, "amount"));
      g_autofree char *amount = sw_figures_amount (deducted);

      draw_total (self, left, label, amount);
    }
  if (sw_money_sign (rest) != 0)
    {
      g_autofree char *amount = sw_figures_amount (rest);

      draw_total (self, left, SW_WORD_PAID, amount);
    }
}

static void
draw_sums (SwInvoice *self, double left)
{
  const char *title = self->credit_note ? SW_WORD_TOTAL_CREDIT : SW_WORD_TOTAL_GROSS;
  const char *gross = sw_field (self->data, "total_gross");
  const char *balance = sw_field (self->data, "balance");
  g_autofree char *settled = sw_money_subtract (gross, balance);
  gboolean cancelled = strcmp (sw_field (self->data, "status"), "cancelled") == 0;
  gboolean whole = sw_money_sign (settled) == 0 || self->credit_note || cancelled;
  g_autofree char *amount = sw_figures_amount (whole ? gross : balance);
  double inner = left + BAND_PADDING;

  draw_total_of (self, inner, SW_WORD_TOTAL_NET, "total_net");
  draw_total_of (self, inner, SW_WORD_TOTAL_VAT, "total_vat");
  if (!whole)
    {
      draw_total_of (self, inner, title, "total_gross");
      draw_settled (self, inner, settled);
    }
  draw_band (self, left, whole ? title : SW_WORD_BALANCE, amount);
}

/* As wide as usual, or as the figures need. */
static double
measure_sums (SwInvoice *self)
{
  gboolean deposits = sw_field_length (sw_field_array (self->data, "deposits")) > 0;
  double label = sw_flow_measure (&self->flow,
                                  SW_STYLE_NAME,
                                  self->credit_note ? SW_WORD_TOTAL_CREDIT : SW_WORD_TOTAL_GROSS);
  double amount = measure_amount (self, SW_STYLE_TOTAL, self->data, "total_gross");

  return MAX (deposits ? TOTALS_WIDTH_WITH_DEPOSITS : TOTALS_WIDTH,
              label + 16 + amount + 2 * BAND_PADDING);
}

/* Draws both blocks from the same height and leaves the flow below the longer. */
void
sw_invoice_draw_totals (SwInvoice *self)
{
  SwFlow *flow = &self->flow;
  double top = flow->y;
  double left = SW_RIGHT - measure_sums (self);
  double bottom;

  draw_vat_table (self);
  draw_notes (self, left - SW_LEFT - 20);
  bottom = flow->y;
  flow->y = top;
  draw_sums (self, left);
  flow->y = MAX (flow->y, bottom) + 4;
}
