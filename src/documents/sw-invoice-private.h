/* sw-invoice-private.h: what the parts of an invoice's layout share
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Each part is a file: head, lines, totals, notices and foot; sw-invoice.c calls them in order.
 */
#pragma once

#include "base/sw-date.h"
#include "base/sw-identifier.h"
#include "base/sw-money.h"
#include "base/sw-phone.h"

#include "documents/sw-fields.h"
#include "documents/sw-figures.h"
#include "documents/sw-flow.h"
#include "documents/sw-wording.h"

G_BEGIN_DECLS

typedef struct
{
  /* Right edges of the columns of figures, and what is left for the labels. */
  double quantity, price, rate, net;
  double label_width;
} SwInvoiceColumns;

typedef struct
{
  SwFlow flow;

  JsonObject *data;
  JsonObject *seller;
  JsonObject *buyer;
  JsonObject *texts;
  JsonObject *payment;
  gboolean credit_note;
  gboolean professional;
  char *number; /* or "Brouillon" */
  gboolean tight; /* less air between the lines, where it saves a page */

  /* While lines are being laid out; the page turns in the middle of them. */
  SwInvoiceColumns columns;
  gboolean in_lines;
  const char *section;
  char *carried; /* sum of the lines printed so far */

  double foot_top;
  double terms_top; /* the terms stand above the foot of the page of the totals */
  guint terms_page;
} SwInvoice;

void sw_invoice_draw_letterhead (SwInvoice *self);
void sw_invoice_draw_running_head (SwInvoice *self);

void sw_invoice_measure_columns (SwInvoice *self);
void sw_invoice_draw_lines (SwInvoice *self);
void sw_invoice_carry_over (SwInvoice *self);
void sw_invoice_bring_forward (SwInvoice *self);

void sw_invoice_draw_totals (SwInvoice *self);
void sw_invoice_draw_payment (SwInvoice *self);
void sw_invoice_draw_readings (SwInvoice *self);

void sw_invoice_measure_foot (SwInvoice *self);
void sw_invoice_draw_terms (SwInvoice *self);
void sw_invoice_draw_feet (SwInvoice *self);


G_END_DECLS
