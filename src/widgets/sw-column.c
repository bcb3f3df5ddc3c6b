/* sw-column.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-column.h"

#include <glib/gi18n.h>
#include "base/sw-date.h"
#include "base/sw-money.h"
#include "base/sw-phone.h"
#include "widgets/sw-badge.h"

/* What the factory's callbacks know; owned by the factory. */
typedef struct
{
  const SwColumn *column;
  guint lines;
  GPtrArray *inscriptions; /* those there are now; not owned */
  void (*tell_width) (int width, gpointer data);
  gpointer data;
  glong longest; /* characters of the longest text measured */
  guint measured; /* how many of that length */
} Cell;

/* Texts as long as the longest so far are measured; some are wider than others. */
#define SAMPLES 12

/* The Cell of a factory, as its data. */
#define CELL "sw-cell"

gboolean
sw_column_is_right_aligned (const SwColumn *column)
{
  return column->kind == SW_COLUMN_MONEY || column->kind == SW_COLUMN_NUMBER;
}

static gboolean
is_badge (const SwColumn *column)
{
  return column->kind == SW_COLUMN_BADGE || column->kind == SW_COLUMN_INDICATOR;
}

static const SwChoice *
choices_of (const SwColumn *column)
{
  if (column->kind == SW_COLUMN_INDICATOR && column->choices == NULL)
    return sw_choice_indicators;
  return column->choices;
}

char *
sw_column_format (const SwColumn *column, SwRecord *record)
{
  const char *text;

  if (column->format != NULL)
    {
      char *made = sw_record_is_loaded (record) ? column->format (record) : NULL;

      return made != NULL ? made : g_strdup ("");
    }

  text = sw_record_get_text (record, column->field);
  if (text == NULL)
    return g_strdup ("");
  switch (column->kind)
    {
    case SW_COLUMN_DATE:
      return sw_date_format (text);
    case SW_COLUMN_INSTANT:
      return sw_date_format_instant (text);
    case SW_COLUMN_MONEY:
      return sw_money_format (text);
    case SW_COLUMN_NUMBER:
      return sw_money_format_number (text, -1);
    case SW_COLUMN_PHONE:
      return sw_phone_format (text);
    case SW_COLUMN_CHOICE:
    case SW_COLUMN_BADGE:
    case SW_COLUMN_INDICATOR:
      return g_strdup (sw_choice_label (choices_of (column), text));
    case SW_COLUMN_BOOL:
      return g_strdup (sw_record_get_bool (record, column->field) ? _ ("Yes") : "");
    case SW_COLUMN_TEXT:
    default:
      if (column->identifier != SW_IDENTIFIER_NONE)
        return sw_identifier_format (column->identifier, text);
      return g_strdup (text);
    }
}

/* Shaping each text once more, only to know its width, would double the cost of scrolling. */
static gboolean
may_be_widest (Cell *cell, const char *text)
{
  glong length = g_utf8_strlen (text, -1);

  if (cell->tell_width == NULL || length == 0 || length < cell->longest)
    return FALSE;
  if (length > cell->longest)
    {
      cell->longest = length;
      cell->measured = 0;
    }
  return cell->measured++ < SAMPLES;
}

static int
text_width (Cell *cell, GtkWidget *child, const char *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (child, text);
  int width;

  if (!cell->column->main)
    {
      /* Layouts made by hand do not know font features of the style. */
      g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

      pango_attr_list_insert (attributes, pango_attr_font_features_new ("tnum=1"));
      pango_layout_set_attributes (layout, attributes);
    }
  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static void
update_cell (GtkListItem *item, Cell *cell)
{
  GtkWidget *child = gtk_list_item_get_child (item);
  SwRecord *record = gtk_list_item_get_item (item);
  g_autofree char *text = NULL;

  if (record == NULL)
    return;
  if (is_badge (cell->column))
    {
      sw_badge_set_choice (SW_BADGE (child),
                           choices_of (cell->column),
                           sw_record_get_text (record, cell->column->field));
      text = sw_column_format (cell->column, record);
      if (may_be_widest (cell, text))
        {
          int width;

          gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, &width, NULL, NULL);
          cell->tell_width (width, cell->data);
        }
      return;
    }
  text = sw_column_format (cell->column, record);
  if (GTK_IS_IMAGE (child))
    {
      gtk_widget_set_visible (child, *text != '\0');
      return;
    }
  if (cell->column->whole)
    gtk_label_set_text (GTK_LABEL (child), text);
  else
    gtk_inscription_set_text (GTK_INSCRIPTION (child), text);
  if (may_be_widest (cell, text))
    cell->tell_width (text_width (cell, child, text), cell->data);
}

static void
set_inscription_lines (gpointer child, gpointer lines)
{
  gtk_inscription_set_min_lines (GTK_INSCRIPTION (child), GPOINTER_TO_UINT (lines));
}

/* Not every cell of GTK 4.8 is torn down before it goes, and some outlive their factory. */
static void
forget_inscription (gpointer inscriptions, GObject *child)
{
  g_ptr_array_remove_fast (inscriptions, child);
  g_ptr_array_unref (inscriptions);
}

/* An inscription asks for the same height whatever it says, which is what makes long lists fast. */
static GtkWidget *
create_text (Cell *cell)
{
  float xalign = sw_column_is_right_aligned (cell->column) ? 1 : 0;
  GtkWidget *child;

  if (cell->column->whole)
    {
      child = gtk_label_new (NULL);
      gtk_label_set_wrap (GTK_LABEL (child), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (child), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_xalign (GTK_LABEL (child), xalign);
    }
  else
    {
      child = gtk_inscription_new (NULL);
      gtk_inscription_set_text_overflow (GTK_INSCRIPTION (child),
                                         GTK_INSCRIPTION_OVERFLOW_ELLIPSIZE_END);
      gtk_inscription_set_min_chars (GTK_INSCRIPTION (child), 1);
      gtk_inscription_set_nat_chars (GTK_INSCRIPTION (child), 1);
      gtk_inscription_set_xalign (GTK_INSCRIPTION (child), xalign);
      set_inscription_lines (child, GUINT_TO_POINTER (cell->lines));
      g_ptr_array_add (cell->inscriptions, child);
      g_object_weak_ref (G_OBJECT (child), forget_inscription, g_ptr_array_ref (cell->inscriptions));
    }
  if (!cell->column->main)
    gtk_widget_add_css_class (child, "numeric");
  return child;
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  Cell *cell = data;
  GtkWidget *child;

  if (is_badge (cell->column))
    child = sw_badge_new (NULL, SW_BADGE_NEUTRAL);
  else if (cell->column->kind == SW_COLUMN_BOOL)
    {
      child = gtk_image_new_from_icon_name ("object-select-symbolic");
      gtk_widget_set_halign (child, GTK_ALIGN_CENTER);
      gtk_accessible_update_property (GTK_ACCESSIBLE (child),
                                      GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ (cell->column->title),
                                      -1);
    }
  else
    child = create_text (cell);
  /* GTK 4.8 has no way from a widget to its row. */
  g_object_set_data (G_OBJECT (child), SW_COLUMN_ITEM, item);
  gtk_list_item_set_child (item, child);
}

typedef struct
{
  GtkListItem *item;
  Cell *cell;
} Bound;

static void
on_record_changed (SwRecord *record, Bound *bound)
{
  update_cell (bound->item, bound->cell);
}

static void
free_bound (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  SwRecord *record = gtk_list_item_get_item (item);
  Bound *bound = g_new (Bound, 1);
  gulong handler;

  bound->item = item;
  bound->cell = data;
  handler = g_signal_connect_data (record,
                                   "changed",
                                   G_CALLBACK (on_record_changed),
                                   bound,
                                   free_bound,
                                   0);
  g_object_set_data (G_OBJECT (item), "sw-changed-handler", GSIZE_TO_POINTER (handler));
  update_cell (item, data);
}

static void
on_unbind (GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gulong handler = GPOINTER_TO_SIZE (g_object_steal_data (G_OBJECT (item), "sw-changed-handler"));

  if (handler != 0)
    g_signal_handler_disconnect (gtk_list_item_get_item (item), handler);
}

static void
free_cell (gpointer data)
{
  Cell *cell = data;

  g_ptr_array_unref (cell->inscriptions);
  g_free (cell);
}

void
sw_column_set_lines (GtkListItemFactory *factory, guint lines)
{
  Cell *cell = g_object_get_data (G_OBJECT (factory), CELL);

  g_return_if_fail (cell != NULL);
  cell->lines = lines;
  g_ptr_array_foreach (cell->inscriptions, set_inscription_lines, GUINT_TO_POINTER (lines));
}

GtkListItemFactory *
sw_column_create_factory (const SwColumn *column,
                          void (*tell_width) (int width, gpointer data),
                          gpointer data)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  Cell *cell = g_new0 (Cell, 1);

  cell->column = column;
  cell->lines = 1;
  cell->inscriptions = g_ptr_array_new ();
  cell->tell_width = tell_width;
  cell->data = data;
  g_object_set_data_full (G_OBJECT (factory), CELL, cell, free_cell);
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), cell);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), cell);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), cell);
  return factory;
}
