/* sw-parc-item.h: one row of a parc list, and the cell that shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gtk/gtk.h>
#include "model/sw-record.h"

G_BEGIN_DECLS

typedef enum
{
  SW_PARC_ITEM_KIND,    /* "Mobile", with its totals */
  SW_PARC_ITEM_SERVICE, /* a site of installation */
  SW_PARC_ITEM_LINE,
  SW_PARC_ITEM_MACHINE,
  SW_PARC_ITEM_OFFER, /* what a line subscribed to: its history, unfolded */
} SwParcItemType;

#define SW_TYPE_PARC_ITEM (sw_parc_item_get_type ())
G_DECLARE_FINAL_TYPE (SwParcItem, sw_parc_item, SW, PARC_ITEM, GObject)

/* Read only; record and texts are NULL where there are none. */
struct _SwParcItem
{
  GObject parent_instance;

  SwParcItemType type;
  SwRecord *record; /* the site, line, machine or offer */
  char *kind;       /* of a kind: "mobile" */
  char *summary;    /* of a kind: its totals in words */
  char *margin;     /* of a line: decimal text */
  gboolean unfolded; /* a line whose history is shown */
};

SwParcItem *sw_parc_item_new (SwParcItemType type, SwRecord *record);
/* TRUE when every word of @folded occurs in what the row says. */
gboolean sw_parc_item_matches (SwParcItem *self, const char *folded);

#define SW_TYPE_PARC_CELL (sw_parc_cell_get_type ())
G_DECLARE_FINAL_TYPE (SwParcCell, sw_parc_cell, SW, PARC_CELL, GtkWidget)

/* Signal "fold" (SwParcItem *): the button beside a line was pressed. */
GtkWidget *sw_parc_cell_new (void);
/* @narrow: as on a phone. */
void sw_parc_cell_show (SwParcCell *self, SwParcItem *item, gboolean narrow);

G_END_DECLS
