/* sw-filter-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-filter-bar.h"

#include <glib/gi18n.h>
#include "widgets/sw-filter-chip.h"
#include "widgets/sw-filter-menu.h"

#define SPACING 6
/* The entry shares the first line with chips only if this much is left for it. */
#define ENTRY_WIDTH 240
/* However narrow the list, the entry and the menu share the first line. */
#define MIN_ENTRY_WIDTH 150

struct _SwFilterBar
{
  GtkWidget parent_instance;

  const SwColumn *columns;
  SwListQuery *filters;
  /* Children, in this order; the chips of conditions come between the last two. */
  GtkWidget *entry;
  GtkWidget *menu;
  GPtrArray *quick; /* toggle buttons */
  GtkWidget *save;
  GtkWidget *scope; /* before the chips of conditions; NULL for none */
  guint chosen;
  guint quiet; /* changes made by program, told once */
};

enum
{
  CHANGED,
  SAVE,
  APPLY_SAVED,
  SCOPE_REMOVED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwFilterBar, sw_filter_bar, GTK_TYPE_WIDGET)

static int
natural (GtkWidget *widget, GtkOrientation orientation)
{
  int size;

  gtk_widget_measure (widget, orientation, -1, NULL, &size, NULL, NULL);
  return size;
}

static GtkWidget *
next_shown (GtkWidget *widget)
{
  do
    widget = gtk_widget_get_next_sibling (widget);
  while (widget != NULL && !gtk_widget_get_visible (widget));
  return widget;
}

static int
chips_width (SwFilterBar *self)
{
  int width = 0;

  for (GtkWidget *chip = next_shown (self->menu); chip != NULL; chip = next_shown (chip))
    width += SPACING + natural (chip, GTK_ORIENTATION_HORIZONTAL);
  return width;
}

/* With the space before it. */
static int
menu_width (SwFilterBar *self)
{
  return gtk_widget_get_visible (self->menu)
             ? SPACING + natural (self->menu, GTK_ORIENTATION_HORIZONTAL)
             : 0;
}

static void
place (SwFilterBar *self, GtkWidget *child, int x, int y, int width, int height, int bar_width)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;
  GtkAllocation area = { rtl ? bar_width - x - width : x, y, width, height };

  gtk_widget_size_allocate (child, &area, -1);
}

/* Returns the height taken in @width; with @allocate the children are put there. */
static int
arrange (SwFilterBar *self, int width, gboolean allocate)
{
  int line = natural (self->entry, GTK_ORIENTATION_VERTICAL);
  int chips = chips_width (self);
  int menu = menu_width (self);
  gboolean one_line = width - chips - menu >= ENTRY_WIDTH;
  int entry_width = MAX (0, width - menu - (one_line ? chips : 0));
  int x = one_line ? entry_width + menu + SPACING : 0;
  int y = one_line || chips == 0 ? 0 : line + SPACING;

  if (allocate)
    place (self, self->entry, 0, 0, entry_width, line, width);
  if (allocate && menu > 0)
    place (self, self->menu, entry_width + SPACING, 0, menu - SPACING, line, width);
  for (GtkWidget *chip = next_shown (self->menu); chip != NULL; chip = next_shown (chip))
    {
      int chip_width = MIN (width, natural (chip, GTK_ORIENTATION_HORIZONTAL));
      int chip_height = natural (chip, GTK_ORIENTATION_VERTICAL);

      if (!one_line && x > 0 && x + chip_width > width)
        {
          x = 0;
          y += chip_height + SPACING;
        }
      if (allocate)
        place (self, chip, x, one_line ? (line - chip_height) / 2 : y, chip_width, chip_height, width);
      x += chip_width + SPACING;
      line = one_line ? line : chip_height;
    }
  return y + line;
}

static void
sw_filter_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  arrange (SW_FILTER_BAR (widget), width, TRUE);
}

static void
sw_filter_bar_measure (GtkWidget *widget,
                       GtkOrientation orientation,
                       int for_size,
                       int *minimum,
                       int *natural_size,
                       int *minimum_baseline,
                       int *natural_baseline)
{
  SwFilterBar *self = SW_FILTER_BAR (widget);

  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = MIN_ENTRY_WIDTH + menu_width (self);
      *natural_size = ENTRY_WIDTH + menu_width (self) + chips_width (self);
    }
  else
    *minimum = *natural_size = arrange (self, MAX (for_size, MIN_ENTRY_WIDTH), FALSE);
}

static GtkSizeRequestMode
sw_filter_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

/* A condition, or words within a quick filter: which alone has a name already. */
static gboolean
is_worth_a_name (SwFilterBar *self)
{
  return sw_list_query_get_n_filters (self->filters) > 0
         || (self->chosen != 0 && *gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0');
}

static void
tell (SwFilterBar *self)
{
  if (self->quiet > 0)
    return;
  gtk_widget_set_visible (self->save, self->columns != NULL && is_worth_a_name (self));
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_chip_toggled (GtkToggleButton *chip, gpointer data)
{
  SwFilterBar *self = data;
  guint position;

  if (!gtk_toggle_button_get_active (chip) || !g_ptr_array_find (self->quick, chip, &position)
      || position == self->chosen)
    return;
  self->chosen = position;
  tell (self);
}

/* {{{ Conditions */

static const SwColumn *
find_column (SwFilterBar *self, const char *field)
{
  for (const SwColumn *column = self->columns; column != NULL && column->field != NULL; column++)
    if (g_str_equal (column->field, field) && sw_column_is_filterable (column))
      return column;
  return NULL;
}

static void on_chip_apply (SwFilterBar *self, SwFilterEditor *editor);
static void on_chip_remove (SwFilterBar *self, SwFilterChip *chip);

static void
show_conditions (SwFilterBar *self)
{
  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self)); child != NULL;)
    {
      GtkWidget *next = gtk_widget_get_next_sibling (child);

      if (SW_IS_FILTER_CHIP (child) && child != self->scope)
        gtk_widget_unparent (child);
      child = next;
    }
  for (guint i = 0; i < sw_list_query_get_n_filters (self->filters); i++)
    {
      const SwFilter *filter = sw_list_query_get_filter (self->filters, i);
      GtkWidget *chip = sw_filter_chip_new (find_column (self, filter->column), filter);

      g_signal_connect_object (chip, "apply", G_CALLBACK (on_chip_apply), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (chip, "remove", G_CALLBACK (on_chip_remove), self, G_CONNECT_SWAPPED);
      gtk_widget_insert_before (chip, GTK_WIDGET (self), self->save);
    }
}

/* Not while a signal of the chip that goes is under way. */
static gboolean
on_conditions_changed (gpointer data)
{
  show_conditions (data);
  tell (data);
  return G_SOURCE_REMOVE;
}

static void
conditions_changed (SwFilterBar *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_conditions_changed, g_object_ref (self), g_object_unref);
}

static void
on_chip_apply (SwFilterBar *self, SwFilterEditor *editor)
{
  if (sw_filter_editor_put (editor, self->filters))
    {
      GtkWidget *popover = gtk_widget_get_ancestor (GTK_WIDGET (editor), GTK_TYPE_POPOVER);

      gtk_popover_popdown (GTK_POPOVER (popover));
      conditions_changed (self);
    }
}

static void
on_chip_remove (SwFilterBar *self, SwFilterChip *chip)
{
  sw_list_query_remove_filter (self->filters, sw_filter_chip_get_column (chip)->field);
  conditions_changed (self);
}

static gboolean
on_scope_remove_due (gpointer data)
{
  sw_filter_bar_set_scope (data, NULL);
  g_signal_emit (data, signals[SCOPE_REMOVED], 0);
  return G_SOURCE_REMOVE;
}

/* Not while a signal of the chip that goes is under way. */
static void
on_scope_remove (SwFilterBar *self)
{
  g_idle_add_full (G_PRIORITY_DEFAULT, on_scope_remove_due, g_object_ref (self), g_object_unref);
}

static void
on_apply_saved (SwFilterBar *self, SwRecord *record)
{
  g_signal_emit (self, signals[APPLY_SAVED], 0, record);
}

static void
on_save_clicked (SwFilterBar *self)
{
  g_signal_emit (self, signals[SAVE], 0);
}

/* }}} */

static void
sw_filter_bar_dispose (GObject *object)
{
  GtkWidget *child;

  SW_FILTER_BAR (object)->scope = NULL;
  while ((child = gtk_widget_get_last_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sw_filter_bar_parent_class)->dispose (object);
}

static void
sw_filter_bar_finalize (GObject *object)
{
  sw_list_query_free (SW_FILTER_BAR (object)->filters);
  g_ptr_array_unref (SW_FILTER_BAR (object)->quick);
  G_OBJECT_CLASS (sw_filter_bar_parent_class)->finalize (object);
}

static void
sw_filter_bar_class_init (SwFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  static const char *const names[] = { "changed", "save" };

  G_OBJECT_CLASS (klass)->dispose = sw_filter_bar_dispose;
  G_OBJECT_CLASS (klass)->finalize = sw_filter_bar_finalize;
  widget_class->size_allocate = sw_filter_bar_size_allocate;
  widget_class->measure = sw_filter_bar_measure;
  widget_class->get_request_mode = sw_filter_bar_get_request_mode;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    signals[i] = g_signal_new (names[i], SW_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                               G_TYPE_NONE, 0);
  signals[APPLY_SAVED] = g_signal_new ("apply-saved", SW_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0, NULL,
                                       NULL, NULL, G_TYPE_NONE, 1, SW_TYPE_RECORD);
  signals[SCOPE_REMOVED] = g_signal_new ("scope-removed", SW_TYPE_FILTER_BAR, G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
}

static void
sw_filter_bar_init (SwFilterBar *self)
{
  self->quick = g_ptr_array_new ();
  self->filters = sw_list_query_new ("filters"); /* only its filters count */
  self->entry = gtk_search_entry_new ();
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (tell), self);
}

GtkWidget *
sw_filter_bar_new (const SwColumn *columns)
{
  SwFilterBar *self = g_object_new (SW_TYPE_FILTER_BAR, NULL);

  self->columns = columns;
  self->menu = sw_filter_menu_new (columns);
  gtk_widget_set_parent (self->menu, GTK_WIDGET (self));
  g_signal_connect_swapped (self->menu, "apply", G_CALLBACK (on_chip_apply), self);
  g_signal_connect_swapped (self->menu, "apply-saved", G_CALLBACK (on_apply_saved), self);
  self->save = gtk_button_new_with_label (_ ("Save this filter"));
  gtk_widget_add_css_class (self->save, "flat");
  gtk_widget_add_css_class (self->save, "save-filter");
  gtk_widget_set_visible (self->save, FALSE);
  g_signal_connect_swapped (self->save, "clicked", G_CALLBACK (on_save_clicked), self);
  gtk_widget_set_parent (self->save, GTK_WIDGET (self));
  return GTK_WIDGET (self);
}

void
sw_filter_bar_set_state (SwFilterBar *self, SwListState *state)
{
  g_return_if_fail (SW_IS_FILTER_BAR (self));
  sw_filter_menu_set_state (SW_FILTER_MENU (self->menu), state);
}

void
sw_filter_bar_add_chip (SwFilterBar *self, const char *label)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (label);

  g_return_if_fail (SW_IS_FILTER_BAR (self));

  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_insert_after (chip, GTK_WIDGET (self),
                           self->quick->len > 0 ? self->quick->pdata[self->quick->len - 1]
                                                : self->menu);
  if (self->quick->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), self->quick->pdata[0]);
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
  g_ptr_array_add (self->quick, chip);
  g_signal_connect (chip, "toggled", G_CALLBACK (on_chip_toggled), self);
}

guint
sw_filter_bar_get_chip (SwFilterBar *self)
{
  g_return_val_if_fail (SW_IS_FILTER_BAR (self), 0);
  return self->chosen;
}

void
sw_filter_bar_set_chip (SwFilterBar *self, guint position)
{
  g_return_if_fail (SW_IS_FILTER_BAR (self));
  if (position < self->quick->len)
    gtk_toggle_button_set_active (self->quick->pdata[position], TRUE);
}

GtkWidget *
sw_filter_bar_get_entry (SwFilterBar *self)
{
  g_return_val_if_fail (SW_IS_FILTER_BAR (self), NULL);
  return self->entry;
}

const SwListQuery *
sw_filter_bar_get_filters (SwFilterBar *self)
{
  g_return_val_if_fail (SW_IS_FILTER_BAR (self), NULL);
  return self->filters;
}

void
sw_filter_bar_set (SwFilterBar *self, const char *search, guint chip, const SwListQuery *filters)
{
  g_return_if_fail (SW_IS_FILTER_BAR (self));

  self->quiet++;
  gtk_editable_set_text (GTK_EDITABLE (self->entry), search != NULL ? search : "");
  sw_filter_bar_set_chip (self, chip);
  sw_list_query_clear_filters (self->filters);
  for (guint i = 0; filters != NULL && i < sw_list_query_get_n_filters (filters); i++)
    {
      const SwFilter *filter = sw_list_query_get_filter (filters, i);

      if (find_column (self, filter->column) != NULL)
        sw_list_query_add_filter (self->filters, filter->column, filter->op,
                                  (const char *const *) filter->values);
    }
  show_conditions (self);
  self->quiet--;
  tell (self);
}

void
sw_filter_bar_set_scope (SwFilterBar *self, const char *text)
{
  g_return_if_fail (SW_IS_FILTER_BAR (self));

  g_clear_pointer (&self->scope, gtk_widget_unparent);
  if (text == NULL)
    return;
  self->scope = sw_filter_chip_new_scope (text);
  g_signal_connect_object (self->scope, "remove", G_CALLBACK (on_scope_remove), self, G_CONNECT_SWAPPED);
  gtk_widget_insert_before (self->scope, GTK_WIDGET (self),
                            self->quick->len > 0 ? gtk_widget_get_next_sibling (
                                                       self->quick->pdata[self->quick->len - 1])
                                                 : gtk_widget_get_next_sibling (self->menu));
}

void
sw_filter_bar_clear (SwFilterBar *self)
{
  sw_filter_bar_set (self, NULL, 0, NULL);
}
