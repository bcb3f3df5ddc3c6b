/* sw-invoice-lines.c: the lines by sections, over as many pages as they need, with carried totals
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "documents/sw-invoice-private.h"

#include <string.h>

#define COLUMN_GAP 13.0
#define CARRY_HEIGHT 18.0
#define ROW_GAP(invoice) ((invoice)->tight ? 3.5 : 6.0)

typedef struct
{
  SwInvoice *invoice;
  JsonObject *line;    /* NULL: the invoice has no line */
  const char *section; /* the title to write above, when this line begins a section */
  gboolean whole;      /* do not turn the page inside: sw_flow_keep() will */
  SwStack stack;
} Row;

/* The widest text of a figure column, over all lines. */
static double
widest (SwInvoice *self, const char *member, char *(*format) (JsonObject *, const char *))
{
  JsonArray *sections = sw_field_array (self->data, "sections");
  double width = 0;

  for (guint i = 0; i < sw_field_length (sections); i++)
    {
      JsonArray *lines = sw_field_array (json_array_get_object_element (sections, i), "lines");

      for (guint j = 0; j < sw_field_length (lines); j++)
        {
          g_autofree char *text = format (json_array_get_object_element (lines, j), member);

          width = MAX (width, sw_flow_measure (&self->flow, SW_STYLE_FIGURE, text));
        }
    }
  return width;
}

static char *
format_amount (JsonObject *line, const char *member)
{
  return sw_figures_amount (sw_field (line, member));
}

static char *
format_price (JsonObject *line, const char *member)
{
  return sw_figures_price (sw_field (line, member));
}

static char *
format_quantity (JsonObject *line, const char *member)
{
  return sw_figures_quantity (sw_field (line, member), sw_field (line, "unit"));
}

static char *
format_rate (JsonObject *line, const char *member)
{
  return sw_money_format_percent (sw_field (line, member));
}

/* Columns are as wide as their widest figure, so that no amount is ever cut; labels take the rest
 * and wrap. The least widths are those of the usual invoice, so that two invoices look alike. */
void
sw_invoice_measure_columns (SwInvoice *self)
{
  SwInvoiceColumns *columns = &self->columns;
  double net = MAX (50, widest (self, "net", format_amount));
  double quantity = MAX (30, widest (self, "quantity", format_quantity));

  g_autofree char *total = sw_figures_amount (sw_field (self->data, "total_net"));
  net = MAX (net, sw_flow_measure (&self->flow, SW_STYLE_FIGURE, total));
  columns->net = SW_RIGHT;
  columns->rate = columns->net - net - COLUMN_GAP;
  columns->price = columns->rate - MAX (26, widest (self, "vat_rate", format_rate)) - COLUMN_GAP;
  columns->quantity
    = columns->price - MAX (58, widest (self, "unit_price", format_price)) - COLUMN_GAP;
  columns->label_width = columns->quantity - quantity - COLUMN_GAP - SW_LEFT;
}

static void
draw_header (SwInvoice *self)
{
  SwFlow *flow = &self->flow;
  const SwInvoiceColumns *columns = &self->columns;
  const struct
  {
    const char *text;
    double x;
  } figures[] = {
    { SW_WORD_QUANTITY, columns->quantity },
    { SW_WORD_UNIT_PRICE, columns->price },
    { SW_WORD_VAT, columns->rate },
    { SW_WORD_NET, columns->net },
  };

  sw_flow_text (flow, SW_STYLE_HEADING, SW_INK_MUTED, SW_ALIGN_LEFT, SW_LEFT, SW_WORD_LABEL);
  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    sw_flow_text (flow,
                  SW_STYLE_HEADING,
                  SW_INK_MUTED,
                  SW_ALIGN_RIGHT,
                  figures[i].x,
                  figures[i].text);
  flow->y += 12.5;
  sw_sheet_rule (flow->sheet, SW_LEFT, flow->y, SW_WIDTH);
  flow->y += 8;
}

static void
draw_section (SwInvoice *self, const char *title)
{
  g_autofree char *upper = g_utf8_strup (title, -1);
  g_auto (SwStack) stack = { 0 };

  sw_stack_init (&stack, self->flow.type, SW_WIDTH, SW_ALIGN_LEFT);
  sw_stack_add (&stack, SW_STYLE_SECTION, SW_INK_BRAND, upper);
  sw_stack_draw (&stack, self->flow.sheet, SW_LEFT, self->flow.y);
  self->flow.y += stack.height + 3.5;
}

static void
draw_carried (SwInvoice *self, const char *word)
{
  g_autofree char *amount = sw_figures_amount (self->carried);

  sw_flow_text (&self->flow,
                SW_STYLE_HEADING,
                SW_INK_MUTED,
                SW_ALIGN_RIGHT,
                self->columns.rate,
                word);
  sw_flow_text (&self->flow,
                SW_STYLE_HEADING,
                SW_INK_TEXT,
                SW_ALIGN_RIGHT,
                self->columns.net,
                amount);
}

/* The foot of a page that ends in the middle of the lines. */
void
sw_invoice_carry_over (SwInvoice *self)
{
  self->flow.y = self->flow.floor - CARRY_HEIGHT + 2;
  sw_sheet_rule (self->flow.sheet, SW_LEFT, self->flow.y, SW_WIDTH);
  self->flow.y += 5;
  draw_carried (self, SW_WORD_CARRIED_OVER);
}

/* The top of a page that begins in the middle of the lines. */
void
sw_invoice_bring_forward (SwInvoice *self)
{
  draw_header (self);
  draw_carried (self, SW_WORD_BROUGHT_FORWARD);
  self->flow.y += 17;
  if (self->section != NULL)
    {
      g_autofree char *title = g_strdup_printf (SW_WORD_CONTINUED, self->section);

      draw_section (self, title);
    }
}

static void
draw_figures (SwInvoice *self, JsonObject *line)
{
  const SwInvoiceColumns *columns = &self->columns;
  const struct
  {
    char *text;
    double x;
  } figures[] = {
    { format_quantity (line, "quantity"), columns->quantity },
    { format_price (line, "unit_price"), columns->price },
    { format_rate (line, "vat_rate"), columns->rate },
    { format_amount (line, "net"), columns->net },
  };

  for (guint i = 0; i < G_N_ELEMENTS (figures); i++)
    {
      sw_flow_text (&self->flow,
                    SW_STYLE_FIGURE,
                    SW_INK_TEXT,
                    SW_ALIGN_RIGHT,
                    figures[i].x,
                    figures[i].text);
      g_free (figures[i].text);
    }
}

static void
row_init (Row *row, SwInvoice *self, JsonObject *line, const char *section)
{
  row->invoice = self;
  row->line = line;
  row->section = section;
  row->whole = FALSE;
  sw_stack_init (&row->stack, self->flow.type, self->columns.label_width, SW_ALIGN_LEFT);
  if (line == NULL)
    sw_stack_add (&row->stack, SW_STYLE_BODY, SW_INK_MUTED, SW_WORD_NO_LINE);
  else
    {
      sw_stack_add (&row->stack, SW_STYLE_BODY, SW_INK_TEXT, sw_field (line, "label"));
      /* The figures stand on the first line only: below it there is more room. */
      row->stack.width = self->columns.quantity - SW_LEFT;
      sw_stack_add (&row->stack, SW_STYLE_NOTE, SW_INK_MUTED, sw_field (line, "detail"));
      if (row->stack.rows->len == 0) /* figures need a line to stand on */
        sw_stack_add_space (&row->stack, sw_style_get_leading (SW_STYLE_BODY));
    }
}

/* Counts a line whose amount was printed. */
static void
carry (Row *row)
{
  g_autofree char *before = row->invoice->carried;

  row->invoice->carried = sw_money_add (before, row->line ? sw_field (row->line, "net") : NULL);
}

/* Draws what fits of a row; a label longer than the page goes on where the page turns. */
static void
draw_row (SwFlow *flow, gpointer data)
{
  Row *row = data;
  SwInvoice *self = row->invoice;
  guint done = 0;

  if (row->section != NULL)
    draw_section (self, row->section);
  if (row->line != NULL)
    draw_figures (self, row->line);
  if (!row->whole) /* before the page turns in the middle of the label */
    carry (row);
  for (;;)
    {
      double bottom = row->whole ? G_MAXDOUBLE : flow->floor - flow->reserve;

      done = sw_stack_draw_some (&row->stack, flow->sheet, SW_LEFT, &flow->y, done, bottom);
      if (done == row->stack.rows->len)
        break;
      sw_flow_break (flow);
    }
  flow->y += ROW_GAP (self);
}

static double
row_height (const Row *row)
{
  return row->stack.height + ROW_GAP (row->invoice) + (row->section != NULL ? 14 : 0);
}

static void
draw_end (SwFlow *flow, gpointer data)
{
  SwInvoice *self = data;

  flow->y += 1;
  sw_sheet_rule (flow->sheet, SW_LEFT, flow->y, SW_WIDTH);
  flow->y += 12;
  sw_invoice_draw_totals (self);
}

static void
draw_last_row (SwFlow *flow, gpointer data)
{
  Row *row = data;

  row->whole = TRUE;
  draw_row (flow, row);
  draw_end (flow, row->invoice);
}

/* The totals never stand alone at the top of a page: the last line goes with them. A label of
 * half a page or more stays where it is. */
static void
draw_rows (SwInvoice *self, Row *row, gboolean last)
{
  SwFlow *flow = &self->flow;
  gboolean keep = row_height (row) < SW_PAGE_HEIGHT / 3;

  if (row->section != NULL)
    self->section = NULL;
  if (keep && last)
    {
      sw_flow_keep (flow, draw_last_row, row);
      carry (row);
    }
  else
    {
      sw_flow_need (flow, keep ? row_height (row) : SW_PAGE_HEIGHT / 6);
      draw_row (flow, row);
    }
  if (!keep && last)
    {
      self->section = NULL;
      sw_flow_keep (flow, draw_end, self);
    }
}

static const char *
section_title (JsonObject *section)
{
  return sw_field_is_set (section, "title") ? sw_field (section, "title")
                                            : sw_wording_section (sw_field (section, "code"));
}

static guint
count_lines (SwInvoice *self)
{
  JsonArray *sections = sw_field_array (self->data, "sections");
  guint count = 0;

  for (guint i = 0; i < sw_field_length (sections); i++)
    count += sw_field_length (
      sw_field_array (json_array_get_object_element (sections, i), "lines"));
  return count;
}

static void
draw_sections (SwInvoice *self, guint left)
{
  JsonArray *sections = sw_field_array (self->data, "sections");

  for (guint i = 0; i < sw_field_length (sections); i++)
    {
      JsonObject *section = json_array_get_object_element (sections, i);
      JsonArray *lines = sw_field_array (section, "lines");
      const char *title = section_title (section);

      for (guint j = 0; j < sw_field_length (lines); j++)
        {
          Row row;

          row_init (&row,
                    self,
                    json_array_get_object_element (lines, j),
                    j == 0 ? title : NULL);
          draw_rows (self, &row, --left == 0);
          self->section = title;
          sw_stack_clear (&row.stack);
        }
      self->flow.y += self->tight ? 2 : 4;
    }
}

/* All lines, then the totals. */
void
sw_invoice_draw_lines (SwInvoice *self)
{
  guint n_lines = count_lines (self);

  draw_header (self);
  self->flow.top = self->flow.y;
  self->flow.reserve = CARRY_HEIGHT;
  self->in_lines = TRUE;
  if (n_lines > 0)
    draw_sections (self, n_lines);
  else
    {
      Row row;

      row_init (&row, self, NULL, NULL);
      draw_rows (self, &row, TRUE);
      sw_stack_clear (&row.stack);
    }
  self->in_lines = FALSE;
  self->flow.reserve = 0;
}
