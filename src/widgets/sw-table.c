/* sw-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-table.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "base/sw-money.h"
#include "base/sw-text.h"
#include "widgets/sw-probe-sorter.h"
#include "widgets/sw-status.h"

/* Pixels left and right of a cell's text, as in style.css. */
#define CELL_PADDING 24
/* The main column is at least this wide, and other columns hide for at most this much of it. */
#define MAIN_MIN_WIDTH 140
#define MAIN_MAX_WIDTH 360
/* Below this width the search entry and the filters are on two lines. */
#define ONE_LINE_WIDTH 560
/* A list that arrives sooner never shows the spinner. */
#define SPINNER_DELAY 250 /* ms */

struct _SwTable
{
  GtkWidget parent_instance;

  const SwColumn *columns;
  const SwQuickFilter *filters;
  SwSession *session;
  char *relation;
  char *entity;
  char *search;
  const char *sort; /* a field of columns */
  gboolean descending;
  guint filter;
  GHashTable *conditions; /* char * column -> char * value */

  SwRecordList *list;    /* what is shown */
  SwRecordList *pending; /* a newer query whose ids have not arrived yet */
  GtkSingleSelection *selection;
  gint64 selected;
  guint quiet; /* the selection changes by program */
  guint spinner_source;
  int main_width; /* of the longest text of the main column seen so far */

  GtkWidget *box;
  GtkWidget *bar;
  GtkWidget *entry;
  GtkWidget *chips;
  GtkWidget *stack;
  GtkWidget *scroller;
  GtkWidget *view;
  GtkWidget *empty;
  GtkWidget *no_match;
  GtkWidget *error;
  GtkWidget *footer;
  GtkColumnViewColumn **view_columns; /* in the order of columns; owned by the view */
};

enum
{
  PROP_0,
  PROP_TOTAL,
  PROP_LOADING,
  PROP_FILTER_NAME,
  N_PROPS,
};

enum
{
  ACTIVATED,
  SELECTED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwTable, sw_table, GTK_TYPE_WIDGET)

static void read_list (SwTable *self);

/* {{{ Columns that fit */

static guint
n_columns (SwTable *self)
{
  guint n = 0;

  while (self->columns[n].field != NULL)
    n++;
  return n;
}

/* Shows as many columns as fit beside the texts of the main one, the most important first. */
static void
fit_columns (SwTable *self, int width)
{
  guint n = n_columns (self);
  int room = width - CLAMP (self->main_width + CELL_PADDING, MAIN_MIN_WIDTH, MAIN_MAX_WIDTH);
  gboolean hidden[64] = { FALSE };
  int total = 0;

  for (guint i = 0; i < n; i++)
    total += self->columns[i].main ? 0 : self->columns[i].width;
  while (total > room)
    {
      int worst = -1;

      for (guint i = 0; i < n; i++)
        if (!hidden[i] && !self->columns[i].main && self->columns[i].priority > 0
            && (worst < 0 || self->columns[i].priority >= self->columns[worst].priority))
          worst = (int) i;
      if (worst < 0)
        break;
      hidden[worst] = TRUE;
      total -= self->columns[worst].width;
    }
  for (guint i = 0; i < n; i++)
    if (gtk_column_view_column_get_visible (self->view_columns[i]) == hidden[i])
      gtk_column_view_column_set_visible (self->view_columns[i], !hidden[i]);
}

static void
on_main_width (int width, gpointer data)
{
  SwTable *self = data;

  if (width > self->main_width)
    {
      self->main_width = width;
      gtk_widget_queue_allocate (GTK_WIDGET (self));
    }
}

static void
sw_table_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwTable *self = SW_TABLE (widget);
  GtkOrientation orientation
      = width < ONE_LINE_WIDTH ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL;

  if (gtk_orientable_get_orientation (GTK_ORIENTABLE (self->bar)) != orientation)
    gtk_orientable_set_orientation (GTK_ORIENTABLE (self->bar), orientation);
  fit_columns (self, width);
  gtk_widget_allocate (self->box, width, height, -1, NULL);
}

static void
sw_table_measure (GtkWidget *widget,
                  GtkOrientation orientation,
                  int for_size,
                  int *minimum,
                  int *natural,
                  int *minimum_baseline,
                  int *natural_baseline)
{
  SwTable *self = SW_TABLE (widget);

  gtk_widget_measure (self->box, orientation, for_size, minimum, natural, NULL, NULL);
  /* The bar folds when it must, so its width on one line is not the least. */
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    *minimum = MIN (*minimum, 280);
}

/* GtkColumnView has no way to align a title before GTK 4.12: reach for its label. */
static void
align_titles (SwTable *self)
{
  GtkWidget *header = gtk_widget_get_first_child (self->view);
  GtkWidget *title = header != NULL ? gtk_widget_get_first_child (header) : NULL;

  for (guint i = 0; title != NULL && self->columns[i].field != NULL; i++)
    {
      GtkWidget *box = gtk_widget_get_first_child (title);
      GtkWidget *label = box != NULL ? gtk_widget_get_first_child (box) : NULL;

      if (sw_column_is_right_aligned (&self->columns[i]) && GTK_IS_LABEL (label))
        {
          gtk_widget_set_hexpand (label, TRUE);
          gtk_label_set_xalign (GTK_LABEL (label), 1);
        }
      title = gtk_widget_get_next_sibling (title);
    }
}

static void
add_columns (SwTable *self)
{
  guint n = n_columns (self);

  g_return_if_fail (n < 64);
  self->view_columns = g_new0 (GtkColumnViewColumn *, n);
  for (guint i = 0; i < n; i++)
    {
      const SwColumn *column = &self->columns[i];
      g_autoptr (GtkColumnViewColumn) made
          = gtk_column_view_column_new (_ (column->title),
                                        sw_column_create_factory (column, on_main_width, self));

      if (column->main)
        gtk_column_view_column_set_expand (made, TRUE);
      else
        gtk_column_view_column_set_fixed_width (made, column->width);
      if (column->sortable)
        {
          g_autoptr (GtkSorter) sorter = sw_probe_sorter_new (column->field);

          gtk_column_view_column_set_sorter (made, sorter);
        }
      gtk_column_view_append_column (GTK_COLUMN_VIEW (self->view), made);
      self->view_columns[i] = made;
    }
  align_titles (self);
}

/* }}} */

/* {{{ Count and range */

static void
update_footer (SwTable *self)
{
  GtkAdjustment *adjustment
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));
  guint total = sw_table_get_total (self);
  double upper = gtk_adjustment_get_upper (adjustment);
  g_autofree char *text = NULL;
  g_autofree char *total_text = NULL;

  if (total > 0 && upper > 0)
    {
      /* All rows have the same height. */
      double row = upper / total;
      double top = gtk_adjustment_get_value (adjustment);
      double page = gtk_adjustment_get_page_size (adjustment);
      guint first = (guint) (top / row) + 1;
      guint last = MIN (total, (guint) ((top + page) / row + 0.5));
      g_autofree char *from = g_strdup_printf ("%u", MIN (first, total));
      g_autofree char *to = g_strdup_printf ("%u", MAX (last, first));
      g_autofree char *all = g_strdup_printf ("%u", total);
      g_autofree char *from_text = sw_money_format_number (from, 0);
      g_autofree char *to_text = sw_money_format_number (to, 0);

      total_text = sw_table_is_counted (self) ? sw_money_format_number (all, 0) : g_strdup ("…");
      /* Translators: first row seen, last row seen, number of rows. */
      text = g_strdup_printf (_ ("%s – %s of %s"), from_text, to_text, total_text);
    }
  gtk_label_set_text (GTK_LABEL (self->footer), text != NULL ? text : "");
}

/* }}} */

/* {{{ States */

static gboolean
is_narrowed (SwTable *self)
{
  const SwQuickFilter *filter = self->filters != NULL ? &self->filters[self->filter] : NULL;

  return !sw_text_is_blank (self->search)
         || (filter != NULL && (filter->column != NULL || filter->apply != NULL));
}

static void
update_state (SwTable *self)
{
  const char *state = "rows";
  const char *error = self->list != NULL ? sw_record_list_get_error (self->list) : NULL;

  if (self->list != NULL)
    {
      if (error != NULL && sw_table_get_total (self) == 0)
        {
          adw_status_page_set_description (ADW_STATUS_PAGE (self->error), error);
          state = "error";
        }
      else if (!sw_record_list_is_loaded (self->list))
        state = "loading";
      else if (sw_table_get_total (self) == 0)
        state = is_narrowed (self) || self->empty == NULL ? "no-match" : "empty";
    }
  else if (self->session != NULL || self->pending != NULL)
    state = "loading";
  else if (sw_table_get_total (self) == 0)
    state = self->empty != NULL ? "empty" : "no-match";

  if (g_str_equal (state, "no-match"))
    {
      gboolean searched = !sw_text_is_blank (self->search);
      g_autofree char *title
          = searched ? g_strdup_printf (_ ("Nothing found for “%s”"), self->search)
                     : g_strdup (_ ("Nothing here"));
      g_autofree char *escaped = g_markup_escape_text (title, -1);

      adw_status_page_set_title (ADW_STATUS_PAGE (self->no_match), escaped);
      gtk_widget_set_visible (adw_status_page_get_child (ADW_STATUS_PAGE (self->no_match)),
                              is_narrowed (self));
    }
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), state);
  gtk_widget_set_visible (self->footer, g_str_equal (state, "rows"));
  update_footer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* }}} */

/* {{{ Reading */

static void
restore_selection (SwTable *self)
{
  int position = -1;

  if (self->list != NULL && self->selected != 0)
    position = sw_record_list_find (self->list, self->selected);
  self->quiet++;
  gtk_single_selection_set_selected (self->selection,
                                     position < 0 ? GTK_INVALID_LIST_POSITION : (guint) position);
  self->quiet--;
}

static void
on_list_changed (SwTable *self)
{
  restore_selection (self);
  update_state (self);
}

static void
watch_list (SwTable *self, SwRecordList *list)
{
  self->quiet++;
  g_set_object (&self->list, list);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (list));
  self->quiet--;
  if (list != NULL)
    {
      g_signal_connect_object (list,
                               "loaded",
                               G_CALLBACK (on_list_changed),
                               self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (list,
                               "notify::error",
                               G_CALLBACK (update_state),
                               self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (list,
                               "notify::total",
                               G_CALLBACK (update_state),
                               self,
                               G_CONNECT_SWAPPED);
    }
}

/* The new list takes the place of the old one only now, so the screen never flashes. */
static void
show_pending (SwTable *self)
{
  g_autoptr (SwRecordList) list = g_steal_pointer (&self->pending);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  if (list == NULL)
    return;
  g_signal_handlers_disconnect_by_data (list, self);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  watch_list (self, list);
  gtk_adjustment_set_value (
      gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)),
      0);
  on_list_changed (self);
}

static void
on_pending_error (SwTable *self)
{
  if (self->pending != NULL && sw_record_list_get_error (self->pending) != NULL)
    show_pending (self);
}

static gboolean
on_spinner_due (gpointer data)
{
  SwTable *self = data;

  self->spinner_source = 0;
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  return G_SOURCE_REMOVE;
}

static void
apply_filter (SwTable *self, SwListQuery *query)
{
  const SwQuickFilter *filter;
  GHashTableIter iter;
  gpointer column;
  gpointer value;

  if (self->filters != NULL)
    {
      filter = &self->filters[self->filter];
      if (filter->apply != NULL)
        filter->apply (query, sw_session_get_today (self->session));
      else if (filter->column != NULL)
        {
          g_auto (GStrv) values = g_strsplit (filter->values != NULL ? filter->values : "", "|", -1);

          sw_list_query_add_filter (query,
                                    filter->column,
                                    filter->op,
                                    (const char *const *) values);
        }
    }
  g_hash_table_iter_init (&iter, self->conditions);
  while (g_hash_table_iter_next (&iter, &column, &value))
    sw_list_query_set_equal (query, column, value);
}

static SwListQuery *
compose_query (SwTable *self)
{
  SwListQuery *query = sw_list_query_new (self->relation);

  for (guint i = 0; self->columns[i].field != NULL; i++)
    {
      const SwColumn *column = &self->columns[i];

      if (column->format == NULL)
        sw_list_query_add_column (query, column->field);
      for (guint j = 0; column->needs != NULL && column->needs[j] != NULL; j++)
        sw_list_query_add_column (query, column->needs[j]);
    }
  if (!sw_text_is_blank (self->search))
    sw_list_query_set_search (query, self->search);
  apply_filter (self, query);
  if (self->sort != NULL)
    sw_list_query_set_sort (query, self->sort, self->descending);
  return query;
}

static void
read_list (SwTable *self)
{
  g_autoptr (SwListQuery) query = NULL;

  if (self->session == NULL || self->relation == NULL)
    return;

  if (self->pending != NULL)
    g_signal_handlers_disconnect_by_data (self->pending, self);
  g_clear_object (&self->pending);
  query = compose_query (self);
  self->pending = sw_record_list_new (self->session, query);
  if (self->entity != NULL)
    sw_record_list_follow (self->pending, self->entity);
  g_signal_connect_swapped (self->pending, "loaded", G_CALLBACK (show_pending), self);
  g_signal_connect_swapped (self->pending, "notify::error", G_CALLBACK (on_pending_error), self);
  if (self->spinner_source == 0)
    self->spinner_source = g_timeout_add (SPINNER_DELAY, on_spinner_due, self);
}

/* }}} */

/* {{{ What the person does */

static void
on_search_changed (SwTable *self)
{
  g_free (self->search);
  self->search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  read_list (self);
}

static void
on_clear_clicked (SwTable *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  sw_table_set_filter (self, 0);
}

static void
on_retry_clicked (SwTable *self)
{
  read_list (self);
}

static void
on_chip_toggled (GtkToggleButton *chip, gpointer data)
{
  SwTable *self = data;

  if (!gtk_toggle_button_get_active (chip))
    return;
  self->filter = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "sw-position"));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER_NAME]);
  read_list (self);
}

static void
on_sorter_changed (GtkSorter *sorter, GtkSorterChange change, gpointer data)
{
  SwTable *self = data;
  gboolean descending;
  const char *field = sw_probe_sorter_ask (sorter, &descending);

  if (self->quiet > 0 || (g_strcmp0 (field, self->sort) == 0 && descending == self->descending))
    return;
  self->sort = field;
  self->descending = descending;
  read_list (self);
}

static void
on_selected_changed (SwTable *self)
{
  SwRecord *record = gtk_single_selection_get_selected_item (self->selection);

  if (self->quiet > 0 || record == NULL)
    return;
  self->selected = sw_record_get_id (record);
  g_signal_emit (self, signals[SELECTED], 0, self->selected);
}

static void
on_activate (GtkColumnView *view, guint position, gpointer data)
{
  SwTable *self = data;
  g_autoptr (SwRecord) record
      = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (record == NULL)
    return;
  self->selected = sw_record_get_id (record);
  g_signal_emit (self, signals[ACTIVATED], 0, self->selected);
}

/* A click opens. The column view's own single-click mode would also select what the pointer merely
 * passes over. */
static void
on_click_released (GtkGestureClick *gesture, int n_press, double x, double y, gpointer data)
{
  SwTable *self = data;
  GtkWidget *rows = gtk_widget_get_last_child (self->view);
  GtkWidget *picked = gtk_widget_pick (self->view, x, y, GTK_PICK_DEFAULT);
  guint position = gtk_single_selection_get_selected (self->selection);

  if (n_press == 1 && position != GTK_INVALID_LIST_POSITION && picked != NULL && picked != rows
      && gtk_widget_is_ancestor (picked, rows))
    on_activate (GTK_COLUMN_VIEW (self->view), position, self);
}

static gboolean
on_entry_key (GtkEventControllerKey *controller,
              guint keyval,
              guint keycode,
              GdkModifierType state,
              gpointer data)
{
  if (keyval != GDK_KEY_Down)
    return GDK_EVENT_PROPAGATE;
  sw_table_focus_rows (data);
  return GDK_EVENT_STOP;
}

/* }}} */

static void
sw_table_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwTable *self = SW_TABLE (object);

  switch (id)
    {
    case PROP_TOTAL:
      g_value_set_uint (value, sw_table_get_total (self));
      break;
    case PROP_LOADING:
      g_value_set_boolean (value, self->pending != NULL);
      break;
    case PROP_FILTER_NAME:
      g_value_set_string (value, sw_table_get_filter_name (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_table_dispose (GObject *object)
{
  SwTable *self = SW_TABLE (object);

  g_clear_handle_id (&self->spinner_source, g_source_remove);
  if (self->pending != NULL)
    g_signal_handlers_disconnect_by_data (self->pending, self);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  g_clear_object (&self->pending);
  g_clear_object (&self->list);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->selection);
  G_OBJECT_CLASS (sw_table_parent_class)->dispose (object);
}

static void
sw_table_finalize (GObject *object)
{
  SwTable *self = SW_TABLE (object);

  g_clear_object (&self->session);
  g_hash_table_unref (self->conditions);
  g_free (self->view_columns);
  g_free (self->relation);
  g_free (self->entity);
  g_free (self->search);
  G_OBJECT_CLASS (sw_table_parent_class)->finalize (object);
}

static void
sw_table_class_init (SwTableClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS | G_PARAM_EXPLICIT_NOTIFY;

  object_class->dispose = sw_table_dispose;
  object_class->finalize = sw_table_finalize;
  object_class->get_property = sw_table_get_property;
  widget_class->size_allocate = sw_table_size_allocate;
  widget_class->measure = sw_table_measure;

  properties[PROP_TOTAL] = g_param_spec_uint ("total", NULL, NULL, 0, G_MAXUINT, 0, flags);
  properties[PROP_LOADING] = g_param_spec_boolean ("loading", NULL, NULL, FALSE, flags);
  properties[PROP_FILTER_NAME] = g_param_spec_string ("filter-name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (i == ACTIVATED ? "activated" : "selected",
                               SW_TYPE_TABLE,
                               G_SIGNAL_RUN_LAST,
                               0,
                               NULL,
                               NULL,
                               NULL,
                               G_TYPE_NONE,
                               1,
                               G_TYPE_INT64);
  gtk_widget_class_set_css_name (widget_class, "table");
}

static GtkWidget *
create_bar (SwTable *self)
{
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *scroller = gtk_scrolled_window_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_add_css_class (bar, "table-bar");
  self->entry = gtk_search_entry_new ();
  gtk_widget_set_hexpand (self->entry, TRUE);
  g_signal_connect_swapped (self->entry, "search-changed", G_CALLBACK (on_search_changed), self);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_entry_key), self);
  gtk_widget_add_controller (self->entry, keys);
  gtk_box_append (GTK_BOX (bar), self->entry);

  self->chips = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroller),
                                  GTK_POLICY_EXTERNAL,
                                  GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroller), self->chips);
  gtk_widget_set_visible (scroller, FALSE);
  gtk_box_append (GTK_BOX (bar), scroller);
  return bar;
}

static GtkWidget *
create_view (SwTable *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  g_signal_connect_swapped (self->selection,
                            "notify::selected-item",
                            G_CALLBACK (on_selected_changed),
                            self);

  self->view = gtk_column_view_new (g_object_ref (GTK_SELECTION_MODEL (self->selection)));
  gtk_widget_add_css_class (self->view, "data-table");
  g_signal_connect (self->view, "activate", G_CALLBACK (on_activate), self);
  g_signal_connect (gtk_column_view_get_sorter (GTK_COLUMN_VIEW (self->view)),
                    "changed",
                    G_CALLBACK (on_sorter_changed),
                    self);
  g_signal_connect (click, "released", G_CALLBACK (on_click_released), self);
  gtk_widget_add_controller (self->view, GTK_EVENT_CONTROLLER (click));

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller),
                                  GTK_POLICY_AUTOMATIC,
                                  GTK_POLICY_AUTOMATIC);
  return self->scroller;
}

static void
create_states (SwTable *self)
{
  GtkWidget *button;

  self->no_match
      = sw_status_new ("edit-find-symbolic", "", NULL, _ ("_Show everything"), NULL);
  button = adw_status_page_get_child (ADW_STATUS_PAGE (self->no_match));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_clear_clicked), self);
  gtk_widget_remove_css_class (button, "suggested-action");

  self->error = sw_status_new ("dialog-warning-symbolic",
                               _ ("This list could not be read"),
                               NULL,
                               _ ("_Try again"),
                               NULL);
  button = adw_status_page_get_child (ADW_STATUS_PAGE (self->error));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (on_retry_clicked), self);

  gtk_stack_add_named (GTK_STACK (self->stack), sw_status_new_loading (), "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->no_match, "no-match");
  gtk_stack_add_named (GTK_STACK (self->stack), self->error, "error");
}

static void
sw_table_init (SwTable *self)
{
  GtkWidget *view = create_view (self);
  GtkAdjustment *adjustment
      = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller));

  self->conditions = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->bar = create_bar (self);
  gtk_box_append (GTK_BOX (self->box), self->bar);

  self->stack = gtk_stack_new ();
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_stack_add_named (GTK_STACK (self->stack), view, "rows");
  create_states (self);
  gtk_box_append (GTK_BOX (self->box), self->stack);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (self->entry), self->stack);

  self->footer = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->footer), 0);
  gtk_widget_add_css_class (self->footer, "table-footer");
  gtk_widget_add_css_class (self->footer, "numeric");
  gtk_box_append (GTK_BOX (self->box), self->footer);
  g_signal_connect_object (adjustment,
                           "value-changed",
                           G_CALLBACK (update_footer),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (adjustment,
                           "changed",
                           G_CALLBACK (update_footer),
                           self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *
sw_table_new (const SwColumn *columns)
{
  SwTable *self = g_object_new (SW_TYPE_TABLE, NULL);

  self->columns = columns;
  add_columns (self);
  return GTK_WIDGET (self);
}

void
sw_table_set_placeholder (SwTable *self, const char *text)
{
  g_return_if_fail (SW_IS_TABLE (self));
  g_object_set (self->entry, "placeholder-text", text, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  text,
                                  -1);
}

void
sw_table_set_filters (SwTable *self, const SwQuickFilter *filters)
{
  GtkWidget *group = NULL;

  g_return_if_fail (SW_IS_TABLE (self));

  self->filters = filters;
  self->filter = 0;
  for (guint i = 0; filters != NULL && filters[i].label != NULL; i++)
    {
      GtkWidget *chip = gtk_toggle_button_new_with_label (_ (filters[i].label));

      gtk_widget_add_css_class (chip, "chip");
      g_object_set_data (G_OBJECT (chip), "sw-position", GUINT_TO_POINTER (i));
      if (group != NULL)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
      else
        {
          group = chip;
          gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
        }
      g_signal_connect (chip, "toggled", G_CALLBACK (on_chip_toggled), self);
      gtk_box_append (GTK_BOX (self->chips), chip);
    }
  gtk_widget_set_visible (gtk_widget_get_ancestor (self->chips, GTK_TYPE_SCROLLED_WINDOW),
                          group != NULL);
}

void
sw_table_set_filter (SwTable *self, guint position)
{
  GtkWidget *chip;

  g_return_if_fail (SW_IS_TABLE (self));

  chip = gtk_widget_get_first_child (self->chips);
  while (chip != NULL && position-- > 0)
    chip = gtk_widget_get_next_sibling (chip);
  if (chip != NULL)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), TRUE);
}

void
sw_table_set_sort (SwTable *self, const char *field, gboolean descending)
{
  g_return_if_fail (SW_IS_TABLE (self));

  self->quiet++;
  self->sort = NULL;
  self->descending = descending;
  for (guint i = 0; self->columns[i].field != NULL; i++)
    if (g_strcmp0 (self->columns[i].field, field) == 0)
      {
        self->sort = self->columns[i].field;
        if (self->columns[i].sortable)
          gtk_column_view_sort_by_column (GTK_COLUMN_VIEW (self->view),
                                          self->view_columns[i],
                                          descending ? GTK_SORT_DESCENDING : GTK_SORT_ASCENDING);
      }
  self->quiet--;
  read_list (self);
}

void
sw_table_set_empty (SwTable *self,
                    const char *icon_name,
                    const char *title,
                    const char *description,
                    const char *button,
                    const char *action_name)
{
  g_return_if_fail (SW_IS_TABLE (self));

  if (self->empty != NULL)
    gtk_stack_remove (GTK_STACK (self->stack), self->empty);
  self->empty = sw_status_new (icon_name, title, description, button, action_name);
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
}

void
sw_table_set_source (SwTable *self,
                     SwSession *session,
                     const char *relation,
                     const char *entity)
{
  g_return_if_fail (SW_IS_TABLE (self));

  g_set_object (&self->session, session);
  g_free (self->relation);
  self->relation = g_strdup (relation);
  g_free (self->entity);
  self->entity = g_strdup (entity);
  gtk_widget_set_visible (self->bar, TRUE);
  read_list (self);
}

void
sw_table_set_model (SwTable *self, GListModel *records)
{
  g_return_if_fail (SW_IS_TABLE (self));

  g_clear_object (&self->session);
  g_clear_object (&self->list);
  gtk_widget_set_visible (self->bar, FALSE);
  self->quiet++;
  gtk_single_selection_set_model (self->selection, records);
  self->quiet--;
  update_state (self);
}

void
sw_table_set_condition (SwTable *self, const char *column, const char *value)
{
  g_return_if_fail (SW_IS_TABLE (self));

  if (value != NULL)
    g_hash_table_insert (self->conditions, g_strdup (column), g_strdup (value));
  else
    g_hash_table_remove (self->conditions, column);
  read_list (self);
}

void
sw_table_set_search (SwTable *self, const char *text)
{
  g_return_if_fail (SW_IS_TABLE (self));
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text != NULL ? text : "");
}

void
sw_table_focus_search (SwTable *self)
{
  g_return_if_fail (SW_IS_TABLE (self));
  gtk_widget_grab_focus (self->entry);
}

void
sw_table_focus_rows (SwTable *self)
{
  GtkWidget *rows = gtk_widget_get_last_child (self->view);

  if (gtk_single_selection_get_selected (self->selection) == GTK_INVALID_LIST_POSITION
      && sw_table_get_total (self) > 0)
    gtk_widget_activate_action (rows, "list.scroll-to-item", "u", 0);
  gtk_widget_child_focus (rows, GTK_DIR_TAB_FORWARD);
}

void
sw_table_reload (SwTable *self)
{
  g_return_if_fail (SW_IS_TABLE (self));

  if (self->list != NULL && self->pending == NULL && sw_record_list_get_error (self->list) == NULL)
    sw_record_list_reload (self->list);
  else
    read_list (self);
}

guint
sw_table_get_total (SwTable *self)
{
  g_return_val_if_fail (SW_IS_TABLE (self), 0);
  return self->selection != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->selection)) : 0;
}

gboolean
sw_table_is_counted (SwTable *self)
{
  g_return_val_if_fail (SW_IS_TABLE (self), FALSE);
  return self->list == NULL || sw_record_list_is_complete (self->list);
}

gint64
sw_table_get_selected (SwTable *self)
{
  g_return_val_if_fail (SW_IS_TABLE (self), 0);
  return self->selected;
}

void
sw_table_select (SwTable *self, gint64 id)
{
  guint position;

  g_return_if_fail (SW_IS_TABLE (self));

  self->selected = id;
  restore_selection (self);
  position = gtk_single_selection_get_selected (self->selection);
  if (position != GTK_INVALID_LIST_POSITION)
    gtk_widget_activate_action (gtk_widget_get_last_child (self->view),
                                "list.scroll-to-item",
                                "u",
                                position);
}

const char *
sw_table_get_filter_name (SwTable *self)
{
  g_return_val_if_fail (SW_IS_TABLE (self), NULL);

  if (self->filters == NULL || self->filter == 0)
    return NULL;
  return _ (self->filters[self->filter].label);
}
