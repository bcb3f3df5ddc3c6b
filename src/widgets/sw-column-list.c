/* sw-column-list.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-column-list.h"

#include <glib/gi18n.h>
#include "widgets/sw-probe-sorter.h"

/* Pixels left and right of a cell's text, as in style.css. */
#define CELL_PADDING 24
/* The main column is at least this wide, and others hide for at most this much of it: the first of them,
 * without which a row says too little, for less. */
#define MAIN_MIN_WIDTH 140
#define MAIN_MAX_WIDTH 360
#define MAIN_BESIDE_FIRST 200
/* Narrower lists are those of a phone. */
#define PHONE_WIDTH 420
/* A fixed column grows with its texts up to this many times the width it asks for. */
#define MAX_GROWTH 1.6
#define MAX_COLUMNS 64

typedef struct
{
  SwColumnList *list;
  const SwColumn *column;
  GtkColumnViewColumn *view_column; /* owned by the view */
  int seen;                         /* the widest content so far, padding included */
  int wanted;                       /* width the person gave it; 0: as wide as its texts */
  gboolean chosen;                  /* shown if there is room */
} Column;

struct _SwColumnList
{
  GtkWidget parent_instance;

  Column *columns;
  guint n_columns;
  GtkWidget *scroller;
  GtkWidget *view;
  GtkMultiSelection *selection;
  guint anchor; /* where a range chosen with Shift begins */
  gboolean choosing; /* a click chooses one row more or less, and opens none */
  guint quiet; /* changes made by program */
  guint fit_source;
  int width; /* at the last allocation */
};

enum
{
  ACTIVATED,
  SELECTED,
  SELECTION_CHANGED,
  SORT_CHANGED,
  RANGE_CHANGED,
  LAYOUT_CHANGED,
  CHOSEN_CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwColumnList, sw_column_list, GTK_TYPE_WIDGET)

/* {{{ Columns that fit */

static int
fixed_width (Column *column)
{
  int most = (int) (column->column->width * MAX_GROWTH);

  if (column->wanted > 0)
    return column->wanted;
  return CLAMP (column->seen, column->column->width, most);
}

static int
main_width (Column *column)
{
  return CLAMP (column->seen, MAIN_MIN_WIDTH, MAIN_MAX_WIDTH);
}

/* The least important column shown, the last of several; -1 when the others always stay. */
static int
least_important (SwColumnList *self, const gboolean *hidden)
{
  int worst = -1;

  for (guint i = 0; i < self->n_columns; i++)
    {
      guint priority = self->columns[i].column->priority;

      if (!hidden[i] && !self->columns[i].column->main && priority > 0
          && (worst < 0 || priority >= self->columns[worst].column->priority))
        worst = (int) i;
    }
  return worst;
}

/* On a phone the others get what their texts need, and no more. */
static int
least_width (Column *column)
{
  return column->wanted > 0 ? column->wanted : MIN (column->seen, fixed_width (column));
}

/* @room is what is left to the main column. On a phone the rows are all as high as two lines of text when
 * one is too narrow for it. */
static void
lay_out (SwColumnList *self, const gboolean *hidden, int room)
{
  gboolean phone = self->width < PHONE_WIDTH;

  self->quiet++;
  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = &self->columns[i];
      int width = phone ? least_width (column) : fixed_width (column);

      if (column->column->main)
        sw_column_set_lines (gtk_column_view_column_get_factory (column->view_column),
                             phone && column->seen > room ? 2 : 1);
      else /* GTK 4.8 keeps the width of a hidden column from the others. */
        gtk_column_view_column_set_fixed_width (column->view_column, hidden[i] ? 0 : width);
      gtk_column_view_column_set_visible (column->view_column, !hidden[i]);
    }
  self->quiet--;
}

/* Shows as many columns as fit beside the texts of the main one, the most important first. */
static gboolean
fit (gpointer data)
{
  SwColumnList *self = data;
  gboolean hidden[MAX_COLUMNS] = { FALSE };
  int total = 0;
  int room = 0;  /* what the main column wants */
  int spare = 0; /* what it gives up for the first of the others */

  self->fit_source = 0;
  for (guint i = 0; i < self->n_columns; i++)
    {
      hidden[i] = !self->columns[i].chosen;
      if (!hidden[i])
        total += self->columns[i].column->main ? main_width (&self->columns[i])
                                               : fixed_width (&self->columns[i]);
      if (self->columns[i].column->main)
        room = main_width (&self->columns[i]);
    }
  spare = MAX (0, room - MAIN_BESIDE_FIRST);
  for (int worst; total > self->width && (worst = least_important (self, hidden)) >= 0;)
    {
      if (self->columns[worst].column->priority == 1 && total - spare <= self->width)
        break;
      hidden[worst] = TRUE;
      total -= fixed_width (&self->columns[worst]);
    }
  lay_out (self, hidden, self->width - total + room);
  return G_SOURCE_REMOVE;
}

/* Not during allocation: the column view keeps its old columns when they change under it. */
static void
queue_fit (SwColumnList *self)
{
  if (self->fit_source == 0)
    self->fit_source = g_idle_add_full (GTK_PRIORITY_RESIZE, fit, self, NULL);
}

static void
on_content_width (int width, gpointer data)
{
  Column *column = data;

  if (width + CELL_PADDING <= column->seen)
    return;
  column->seen = width + CELL_PADDING;
  queue_fit (column->list);
}

static void
sw_column_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwColumnList *self = SW_COLUMN_LIST (widget);

  if (width != self->width)
    {
      self->width = width;
      queue_fit (self);
    }
  gtk_widget_allocate (self->scroller, width, height, baseline, NULL);
}

static void
sw_column_list_measure (GtkWidget *widget,
                        GtkOrientation orientation,
                        int for_size,
                        int *minimum,
                        int *natural,
                        int *minimum_baseline,
                        int *natural_baseline)
{
  SwColumnList *self = SW_COLUMN_LIST (widget);

  gtk_widget_measure (self->scroller, orientation, -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      /* Whatever columns are shown now: others will be when there is less room. */
      *minimum = MIN (*minimum, MAIN_MIN_WIDTH);
      *natural = MAX (*natural, *minimum);
    }
}

/* GtkColumnView has no way to reach a title before GTK 4.12: find its label. */
static GtkWidget *
find_title (SwColumnList *self, guint position)
{
  GtkWidget *header = gtk_widget_get_first_child (self->view);
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;
  GtkWidget *box;
  GtkWidget *label;

  while (title != NULL && position-- > 0)
    title = gtk_widget_get_next_sibling (title);
  box = title != NULL ? gtk_widget_get_first_child (title) : NULL;
  label = box != NULL ? gtk_widget_get_first_child (box) : NULL;
  return GTK_IS_LABEL (label) ? label : NULL;
}

/* The edge of the header was dragged. */
static void
on_width_changed (GtkColumnViewColumn *view_column, GParamSpec *pspec, gpointer data)
{
  Column *column = data;

  if (column->list->quiet > 0)
    return;
  column->wanted = MAX (0, gtk_column_view_column_get_fixed_width (view_column));
  queue_fit (column->list);
  g_signal_emit (column->list, signals[LAYOUT_CHANGED], 0);
}

static void
add_column (SwColumnList *self, Column *column, guint position)
{
  g_autoptr (GtkColumnViewColumn) made = gtk_column_view_column_new (
      _ (column->column->title),
      sw_column_create_factory (column->column, on_content_width, column));
  GtkWidget *label;

  if (column->column->main)
    gtk_column_view_column_set_expand (made, TRUE);
  else
    gtk_column_view_column_set_fixed_width (made, column->column->width);
  if (column->column->sortable)
    {
      g_autoptr (GtkSorter) sorter = sw_probe_sorter_new (column);

      gtk_column_view_column_set_sorter (made, sorter);
    }
  column->chosen = !column->column->optional;
  gtk_column_view_column_set_visible (made, column->chosen);
  gtk_column_view_column_set_resizable (made, !column->column->main);
  gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), made);
  column->view_column = made;
  g_signal_connect (made, "notify::fixed-width", G_CALLBACK (on_width_changed), column);

  label = find_title (self, position);
  if (label != NULL)
    {
      g_autoptr (PangoLayout) layout
          = gtk_widget_create_pango_layout (label, _ (column->column->title));
      int width;

      pango_layout_get_pixel_size (layout, &width, NULL);
      /* With room for the arrow of a sorted column. */
      column->seen = width + CELL_PADDING + (column->column->sortable ? 18 : 0);
      if (sw_column_is_right_aligned (column->column))
        {
          gtk_widget_set_hexpand (label, TRUE);
          gtk_label_set_xalign (GTK_LABEL (label), 1);
        }
    }
}

/* }}} */

/* {{{ What the person does */

static void
on_sorter_changed (SwColumnList *self)
{
  if (self->quiet == 0)
    g_signal_emit (self, signals[SORT_CHANGED], 0);
}

static void
on_selection_changed (SwColumnList *self)
{
  g_autoptr (GtkBitset) chosen = NULL;

  if (self->quiet > 0)
    return;
  chosen = sw_column_list_get_selection (self);
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
  if (gtk_bitset_get_size (chosen) == 1 && !self->choosing)
    {
      g_autoptr (SwRecord) record = NULL;

      self->anchor = gtk_bitset_get_nth (chosen, 0);
      record = g_list_model_get_item (G_LIST_MODEL (self->selection), self->anchor);
      if (record != NULL)
        g_signal_emit (self, signals[SELECTED], 0, sw_record_get_id (record));
    }
}

static void
on_activate (SwColumnList *self, guint position)
{
  g_autoptr (SwRecord) record
      = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (record != NULL)
    g_signal_emit (self, signals[ACTIVATED], 0, sw_record_get_id (record));
}

/* The row under the pointer, GTK_INVALID_LIST_POSITION when there is none. */
static guint
find_row (SwColumnList *self, double x, double y)
{
  GtkWidget *rows = gtk_widget_get_last_child (self->view);
  GtkWidget *picked = gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT);
  GtkWidget *cell;
  GtkWidget *child;
  GtkListItem *item;

  if (picked == NULL || picked == rows || !gtk_widget_is_ancestor (picked, rows))
    return GTK_INVALID_LIST_POSITION;
  while (gtk_widget_get_parent (picked) != rows)
    picked = gtk_widget_get_parent (picked);
  cell = gtk_widget_get_first_child (picked);
  child = cell != NULL ? gtk_widget_get_first_child (cell) : NULL;
  item = child != NULL ? g_object_get_data (G_OBJECT (child), SW_COLUMN_ITEM) : NULL;
  return item != NULL ? gtk_list_item_get_position (item) : GTK_INVALID_LIST_POSITION;
}

/* A click opens. The column view's own single-click mode would also select what the pointer merely
 * passes over. */
static void
on_click_released (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  SwColumnList *self = data;
  g_autoptr (GtkBitset) chosen = sw_column_list_get_selection (self);
  guint position = find_row (self, x, y);

  if (n_press == 1 && !self->choosing && position != GTK_INVALID_LIST_POSITION
      && gtk_bitset_contains (chosen, position) && gtk_bitset_get_size (chosen) == 1)
    on_activate (self, position);
}

/* GTK 4.8 acts twice on a click with Ctrl or Shift, for the cell and for its row (GTK #4819): we do it
 * before either sees it. */
static void
on_click_pressed (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  SwColumnList *self = data;
  GtkSelectionModel *model = GTK_SELECTION_MODEL (self->selection);
  GdkModifierType state
      = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  guint position = find_row (self, x, y);

  if (position == GTK_INVALID_LIST_POSITION
      || (!self->choosing && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0))
    return;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if ((state & GDK_SHIFT_MASK) != 0 && self->anchor < sw_column_list_get_n_rows (self))
    {
      guint first = MIN (self->anchor, position);

      gtk_selection_model_select_range (model, first, MAX (self->anchor, position) - first + 1, TRUE);
      return;
    }
  if (gtk_selection_model_is_selected (model, position))
    gtk_selection_model_unselect_item (model, position);
  else
    gtk_selection_model_select_item (model, position, FALSE);
  self->anchor = position;
}

static void
on_range_changed (SwColumnList *self)
{
  g_signal_emit (self, signals[RANGE_CHANGED], 0);
}

/* }}} */

static void
sw_column_list_dispose (GObject *object)
{
  SwColumnList *self = SW_COLUMN_LIST (object);

  g_clear_handle_id (&self->fit_source, g_source_remove);
  self->quiet++;
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (sw_column_list_parent_class)->dispose (object);
}

static void
sw_column_list_finalize (GObject *object)
{
  g_free (SW_COLUMN_LIST (object)->columns);
  G_OBJECT_CLASS (sw_column_list_parent_class)->finalize (object);
}

static void
sw_column_list_class_init (SwColumnListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  static const char *const names[]
      = { "activated",    "selected",      "selection-changed",
          "sort-changed", "range-changed", "layout-changed",
          "chosen-changed" };

  G_OBJECT_CLASS (klass)->dispose = sw_column_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sw_column_list_finalize;
  widget_class->size_allocate = sw_column_list_size_allocate;
  widget_class->measure = sw_column_list_measure;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i],
                               SW_TYPE_COLUMN_LIST,
                               G_SIGNAL_RUN_LAST,
                               0,
                               NULL,
                               NULL,
                               NULL,
                               G_TYPE_NONE,
                               i <= SELECTED ? 1 : 0,
                               G_TYPE_INT64);
  gtk_widget_class_set_css_name (widget_class, "columnlist");
}

static void
sw_column_list_init (SwColumnList *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkGesture *press = gtk_gesture_click_new ();
  GtkAdjustment *adjustment;

  /* GTK 4.8 counts the rows of a model that is not there. */
  self->selection = gtk_multi_selection_new (G_LIST_MODEL (g_list_store_new (SW_TYPE_RECORD)));
  self->anchor = GTK_INVALID_LIST_POSITION;
  g_signal_connect_swapped (self->selection,
                            "selection-changed",
                            G_CALLBACK (on_selection_changed),
                            self);

  self->view = gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)));
  gtk_widget_add_css_class (self->view, "data-table");
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect_swapped (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view)),
                            "changed",
                            G_CALLBACK (on_sorter_changed),
                            self);
  g_signal_connect (click, "released", G_CALLBACK (on_click_released), self);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (click));
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect (press, "pressed", G_CALLBACK (on_click_pressed), self);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (press));
  gtk_column_view_set_enable_rubberband (GTK_COLUMN_VIEW (self->view), TRUE);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  g_signal_connect_object (adjustment,
                           "value-changed",
                           G_CALLBACK (on_range_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment,
                           "changed",
                           G_CALLBACK (on_range_changed),
                           self,
                           G_CONNECT_SWAPPED);
}

/* A column that moves is taken out and put back. */
static void
on_columns_moved (SwColumnList *self)
{
  GListModel *columns = gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view));

  if (self->quiet == 0 && g_list_model_get_n_items (columns) == self->n_columns)
    g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

GtkWidget *
sw_column_list_new (const SwColumn *columns)
{
  SwColumnList *self = g_object_new (SW_TYPE_COLUMN_LIST, NULL);

  while (columns[self->n_columns].field != NULL && self->n_columns < MAX_COLUMNS)
    self->n_columns++;
  self->columns = g_new0 (Column, self->n_columns);
  for (guint i = 0; i < self->n_columns; i++)
    {
      self->columns[i].list = self;
      self->columns[i].column = &columns[i];
      add_column (self, &self->columns[i], i);
    }
  g_signal_connect_object (gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view)),
                           "items-changed",
                           G_CALLBACK (on_columns_moved),
                           self,
                           G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
sw_column_list_set_model (SwColumnList *self, GListModel *model)
{
  g_return_if_fail (SW_IS_COLUMN_LIST (self));

  self->quiet++;
  if (model != NULL)
    g_object_ref (model);
  else
    model = G_LIST_MODEL (g_list_store_new (SW_TYPE_RECORD));
  gtk_multi_selection_set_model (self->selection, model);
  g_object_unref (model);
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  self->anchor = GTK_INVALID_LIST_POSITION;
  self->quiet--;
}

guint
sw_column_list_get_n_rows (SwColumnList *self)
{
  g_return_val_if_fail (SW_IS_COLUMN_LIST (self), 0);
  return self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;
}

/* gtk_column_view_scroll_to() came with GTK 4.12. */
static void
scroll_to (SwColumnList *self, guint position)
{
  gtk_widget_activate_action (gtk_widget_get_last_child (self->view),
                              "list.scroll-to-item",
                              "u",
                              position);
}

void
sw_column_list_select (SwColumnList *self, guint position, gboolean scroll)
{
  g_return_if_fail (SW_IS_COLUMN_LIST (self));

  self->quiet++;
  if (position < sw_column_list_get_n_rows (self))
    {
      gtk_selection_model_select_item (GTK_SELECTION_MODEL (self->selection), position, TRUE);
      self->anchor = position;
    }
  else
    gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
  self->quiet--;
  if (scroll && position < sw_column_list_get_n_rows (self))
    scroll_to (self, position);
}

GtkBitset *
sw_column_list_get_selection (SwColumnList *self)
{
  g_return_val_if_fail (SW_IS_COLUMN_LIST (self), NULL);
  return gtk_selection_model_get_selection (GTK_SELECTION_MODEL (self->selection));
}

void
sw_column_list_select_all (SwColumnList *self)
{
  g_return_if_fail (SW_IS_COLUMN_LIST (self));
  gtk_selection_model_select_all (GTK_SELECTION_MODEL (self->selection));
}

void
sw_column_list_unselect_all (SwColumnList *self)
{
  g_return_if_fail (SW_IS_COLUMN_LIST (self));
  gtk_selection_model_unselect_all (GTK_SELECTION_MODEL (self->selection));
}

void
sw_column_list_set_choosing (SwColumnList *self, gboolean choosing)
{
  g_return_if_fail (SW_IS_COLUMN_LIST (self));
  self->choosing = choosing;
  g_signal_emit (self, signals[SELECTION_CHANGED], 0);
}

gboolean
sw_column_list_is_choosing (SwColumnList *self)
{
  g_return_val_if_fail (SW_IS_COLUMN_LIST (self), FALSE);
  return self->choosing;
}

void
sw_column_list_focus (SwColumnList *self)
{
  GtkWidget *rows;

  g_return_if_fail (SW_IS_COLUMN_LIST (self));

  rows = gtk_widget_get_last_child (self->view);
  if (sw_column_list_get_n_rows (self) > 0)
    gtk_widget_child_focus (rows, GTK_DIR_TAB_FORWARD);
}

void
sw_column_list_scroll_to_top (SwColumnList *self)
{
  g_return_if_fail (SW_IS_COLUMN_LIST (self));
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
      0);
}

gboolean
sw_column_list_get_range (SwColumnList *self, guint *first, guint *last)
{
  GtkAdjustment *adjustment;
  guint n;
  double row;
  double top;
  double page;

  g_return_val_if_fail (SW_IS_COLUMN_LIST (self), FALSE);

  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  n = sw_column_list_get_n_rows (self);
  if (n == 0 || gtk_adjustment_get_upper (adjustment) <= 0)
    return FALSE;
  /* All rows have the same height. */
  row = gtk_adjustment_get_upper (adjustment) / n;
  top = gtk_adjustment_get_value (adjustment);
  page = gtk_adjustment_get_page_size (adjustment);
  *first = MIN (n, (guint) (top / row) + 1);
  *last = CLAMP ((guint) ((top + page) / row + 0.5), *first, n);
  return TRUE;
}

void
sw_column_list_set_sort (SwColumnList *self, const char *field, gboolean descending)
{
  g_return_if_fail (SW_IS_COLUMN_LIST (self));

  self->quiet++;
  for (guint i = 0; i < self->n_columns; i++)
    if (g_strcmp0 (self->columns[i].column->field, field) == 0
        && self->columns[i].column->sortable)
      gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (self->view),
                                      self->columns[i].view_column,
                                      descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
  self->quiet--;
}

const char *
sw_column_list_get_sort (SwColumnList *self, gboolean *descending)
{
  const Column *column;

  g_return_val_if_fail (SW_IS_COLUMN_LIST (self), NULL);

  column = sw_probe_sorter_ask (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view)),
                                descending);
  return column != NULL ? column->column->field : NULL;
}

/* {{{ Layout */

static Column *
find_field (SwColumnList *self, const char *field)
{
  for (guint i = 0; i < self->n_columns; i++)
    if (g_strcmp0 (self->columns[i].column->field, field) == 0)
      return &self->columns[i];
  return NULL;
}

/* In the order shown. */
static Column *
get_nth (SwColumnList *self, guint position)
{
  g_autoptr (GtkColumnViewColumn) view_column = g_list_model_get_item (
      gtk_column_view_get_columns (GTK_COLUMN_VIEW (self->view)), position);

  for (guint i = 0; i < self->n_columns; i++)
    if (self->columns[i].view_column == view_column)
      return &self->columns[i];
  return NULL;
}

JsonArray *
sw_column_list_get_layout (SwColumnList *self)
{
  JsonArray *layout;

  g_return_val_if_fail (SW_IS_COLUMN_LIST (self), NULL);

  layout = json_array_new ();
  for (guint i = 0; i < self->n_columns; i++)
    {
      Column *column = get_nth (self, i);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "column", column->column->field);
      if (column->wanted > 0)
        json_object_set_int_member (object, "width", column->wanted);
      json_object_set_boolean_member (object, "shown", column->chosen);
      json_array_add_object_element (layout, object);
    }
  return layout;
}

static void
place_column (SwColumnList *self, JsonObject *object, guint position)
{
  Column *column
      = find_field (self, json_object_get_string_member_with_default (object, "column", NULL));

  if (column == NULL)
    return;
  column->wanted = column->column->main ? 0
                                        : (int) json_object_get_int_member_with_default (
                                            object, "width", 0);
  column->chosen
      = column->column->main
        || json_object_get_boolean_member_with_default (object, "shown", !column->column->optional);
  if (get_nth (self, position) != column)
    gtk_column_view_insert_column (GTK_COLUMN_VIEW (self->view), position, column->view_column);
}

void
sw_column_list_set_layout (SwColumnList *self, JsonArray *layout)
{
  g_return_if_fail (SW_IS_COLUMN_LIST (self));

  self->quiet++;
  if (layout == NULL)
    for (guint i = 0; i < self->n_columns; i++)
      {
        self->columns[i].wanted = 0;
        self->columns[i].chosen = !self->columns[i].column->optional;
        if (get_nth (self, i) != &self->columns[i])
          gtk_column_view_insert_column (GTK_COLUMN_VIEW (self->view), i,
                                         self->columns[i].view_column);
      }
  for (guint i = 0; layout != NULL && i < json_array_get_length (layout); i++)
    {
      JsonNode *node = json_array_get_element (layout, i);

      if (JSON_NODE_HOLDS_OBJECT (node) && i < self->n_columns)
        place_column (self, json_node_get_object (node), i);
    }
  self->quiet--;
  queue_fit (self);
}

gboolean
sw_column_list_is_chosen (SwColumnList *self, const char *field)
{
  Column *column;

  g_return_val_if_fail (SW_IS_COLUMN_LIST (self), FALSE);
  column = find_field (self, field);
  return column != NULL && column->chosen;
}

void
sw_column_list_set_chosen (SwColumnList *self, const char *field, gboolean chosen)
{
  Column *column;

  g_return_if_fail (SW_IS_COLUMN_LIST (self));
  column = find_field (self, field);
  if (column == NULL || column->chosen == chosen)
    return;
  column->chosen = chosen;
  queue_fit (self);
  g_signal_emit (self, signals[CHOSEN_CHANGED], 0);
  g_signal_emit (self, signals[LAYOUT_CHANGED], 0);
}

const SwColumn **
sw_column_list_get_columns (SwColumnList *self, guint *n_columns)
{
  const SwColumn **columns;

  g_return_val_if_fail (SW_IS_COLUMN_LIST (self), NULL);

  columns = g_new0 (const SwColumn *, self->n_columns + 1);
  *n_columns = 0;
  for (guint i = 0; i < self->n_columns; i++)
    if (get_nth (self, i)->chosen)
      columns[(*n_columns)++] = get_nth (self, i)->column;
  return columns;
}

/* }}} */
