/* sw-filter-bar.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-filter-bar.h"

#define SPACING 6
/* The entry shares the first line with chips only if this much is left for it. */
#define ENTRY_WIDTH 240

struct _SwFilterBar
{
  GtkWidget parent_instance;

  GtkWidget *entry; /* the first child; the chips are the others */
  guint chosen;
};

enum
{
  CHANGED,
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

static int
chips_width (SwFilterBar *self)
{
  int width = 0;

  for (GtkWidget *chip = gtk_widget_get_next_sibling (self->entry); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    width += SPACING + natural (chip, GTK_ORIENTATION_HORIZONTAL);
  return width;
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
  gboolean one_line = width - chips >= ENTRY_WIDTH;
  int entry_width = one_line ? width - chips : width;
  int x = one_line ? entry_width + SPACING : 0;
  int y = one_line || chips == 0 ? 0 : line + SPACING;

  if (allocate)
    place (self, self->entry, 0, 0, entry_width, line, width);
  for (GtkWidget *chip = gtk_widget_get_next_sibling (self->entry); chip != NULL;
       chip = gtk_widget_get_next_sibling (chip))
    {
      int chip_width = natural (chip, GTK_ORIENTATION_HORIZONTAL);
      int chip_height = natural (chip, GTK_ORIENTATION_VERTICAL);

      if (!one_line && x > 0 && x + chip_width > width)
        {
          x = 0;
          y += chip_height + SPACING;
        }
      if (allocate)
        place (self,
               chip,
               x,
               one_line ? (line - chip_height) / 2 : y,
               MIN (chip_width, width),
               chip_height,
               width);
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
      *minimum = ENTRY_WIDTH;
      *natural_size = ENTRY_WIDTH + chips_width (self);
    }
  else
    *minimum = *natural_size = arrange (self, MAX (for_size, ENTRY_WIDTH), FALSE);
}

static GtkSizeRequestMode
sw_filter_bar_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
on_search_changed (SwFilterBar *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_chip_toggled (GtkToggleButton *chip, gpointer data)
{
  SwFilterBar *self = data;
  guint position = 0;

  if (!gtk_toggle_button_get_active (chip))
    return;
  for (GtkWidget *before = gtk_widget_get_prev_sibling (GTK_WIDGET (chip)); before != self->entry;
       before = gtk_widget_get_prev_sibling (before))
    position++;
  if (position == self->chosen)
    return;
  self->chosen = position;
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
sw_filter_bar_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_last_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (sw_filter_bar_parent_class)->dispose (object);
}

static void
sw_filter_bar_class_init (SwFilterBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sw_filter_bar_dispose;
  widget_class->size_allocate = sw_filter_bar_size_allocate;
  widget_class->measure = sw_filter_bar_measure;
  widget_class->get_request_mode = sw_filter_bar_get_request_mode;
  signals[CHANGED] = g_signal_new ("changed",
                                   SW_TYPE_FILTER_BAR,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
  gtk_widget_class_set_css_name (widget_class, "filterbar");
}

static void
sw_filter_bar_init (SwFilterBar *self)
{
  self->entry = gtk_search_entry_new ();
  gtk_widget_set_parent (self->entry, GTK_WIDGET (self));
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (on_search_changed), self);
}

GtkWidget *
sw_filter_bar_new (void)
{
  return g_object_new (SW_TYPE_FILTER_BAR, NULL);
}

static GtkWidget *
get_chip (SwFilterBar *self, guint position)
{
  GtkWidget *chip = gtk_widget_get_next_sibling (self->entry);

  while (chip != NULL && position-- > 0)
    chip = gtk_widget_get_next_sibling (chip);
  return chip;
}

void
sw_filter_bar_add_chip (SwFilterBar *self, const char *label)
{
  GtkWidget *chip = gtk_toggle_button_new_with_label (label);
  GtkWidget *first;

  g_return_if_fail (SW_IS_FILTER_BAR (self));

  first = get_chip (self, 0);
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_insert_before (chip, GTK_WIDGET (self), NULL);
  if (first != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (first));
  else
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
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
  GtkWidget *chip;

  g_return_if_fail (SW_IS_FILTER_BAR (self));

  chip = get_chip (self, position);
  if (chip != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
}

GtkWidget *
sw_filter_bar_get_entry (SwFilterBar *self)
{
  g_return_val_if_fail (SW_IS_FILTER_BAR (self), NULL);
  return self->entry;
}

void
sw_filter_bar_clear (SwFilterBar *self)
{
  g_return_if_fail (SW_IS_FILTER_BAR (self));

  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  sw_filter_bar_set_chip (self, 0);
}
