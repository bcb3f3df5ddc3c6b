/* sw-column.h: describes the columns of a table
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 *   static const SwColumn columns[] = {
 *     { .field = "number", .title = N_("Number"), .width = 120, .sortable = TRUE },
 *     { .field = "customer_name", .title = N_("Customer"), .main = TRUE, .sortable = TRUE },
 *     { .field = "next_due_on", .title = N_("Due"), .kind = SW_COLUMN_DATE, .width = 96,
 *       .priority = 2, .sortable = TRUE },
 *     { .field = "monthly_net", .title = N_("Monthly"), .kind = SW_COLUMN_MONEY, .width = 110,
 *       .priority = 1 },
 *     { .field = "indicator", .title = N_("Follow-up"), .kind = SW_COLUMN_INDICATOR, .width = 90 },
 *     { NULL }
 *   };
 */
#pragma once

#include <gtk/gtk.h>
#include "base/sw-identifier.h"
#include "model/sw-record.h"
#include "widgets/sw-choice.h"

G_BEGIN_DECLS

typedef enum
{
  SW_COLUMN_TEXT,
  SW_COLUMN_DATE,    /* 03/02/2026 */
  SW_COLUMN_INSTANT, /* 03/02/2026 14:05 */
  SW_COLUMN_MONEY,   /* 1 240,50 €, to the right */
  SW_COLUMN_NUMBER,  /* to the right */
  SW_COLUMN_PHONE,
  SW_COLUMN_CHOICE,    /* the words of .choices, without colour */
  SW_COLUMN_BADGE,     /* the words of .choices, coloured */
  SW_COLUMN_INDICATOR, /* OK, Warning, Alerte */
  SW_COLUMN_BOOL,      /* a tick, or nothing */
} SwColumnKind;

typedef struct _SwColumn SwColumn;

/* Tables end with a NULL field. */
struct _SwColumn
{
  const char *field; /* the column of the view */
  const char *title; /* msgid */
  SwColumnKind kind;
  int width;     /* pixels; not for the main column */
  gboolean main; /* takes the room left; others hide before its texts are cut; exactly one a table */
  guint priority; /* 0 is always shown; the highest hides first */
  gboolean whole; /* a text is never cut: it takes as many lines as it needs; for short lists only */
  gboolean sortable;
  gboolean optional; /* offered in the menu of columns, not shown until chosen */
  gboolean summed;   /* an amount whose total is said under the list */
  const SwChoice *choices;
  SwIdentifierKind identifier; /* for texts: spaces of SIRET, IBAN… */
  /* Text from several fields instead of .field; also names those it needs, NULL-terminated. */
  char *(*format) (SwRecord *record);
  const char *const *needs;
  const char *filter_by; /* with .format: the column of the view that a filter looks at, NULL for none */
};

/* The GtkListItem of a cell's widget, as its data. */
#define SW_COLUMN_ITEM "sw-column-item"

/* What a person reads in this cell; never NULL. */
char *sw_column_format (const SwColumn *column, SwRecord *record);
gboolean sw_column_is_right_aligned (const SwColumn *column);
/* The cells of @column; @tell_width (nullable) is told how wide each content is. */
GtkListItemFactory *sw_column_create_factory (const SwColumn *column,
                                              void (*tell_width) (int width, gpointer data),
                                              gpointer data);
/* The texts of that factory, but those of .whole columns, are cut after so many lines instead of one. */
void sw_column_set_lines (GtkListItemFactory *factory, guint lines);

G_END_DECLS
