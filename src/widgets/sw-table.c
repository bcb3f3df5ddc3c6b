/* sw-table.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-table-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "base/sw-money.h"
#include "base/sw-text.h"
#include "widgets/sw-status.h"

/* A list that arrives sooner never shows the spinner. */
#define SPINNER_DELAY 250 /* ms */

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

/* {{{ Count and range */

char *
sw_table_format_count (guint n)
{
  g_autofree char *text = g_strdup_printf ("%u", n);

  return sw_money_format_number (text, 0);
}

static void
update_footer (SwTable *self)
{
  g_autofree char *text = NULL;
  guint first;
  guint last;

  if (sw_column_list_get_range (self->rows, &first, &last))
    {
      g_autofree char *from = sw_table_format_count (first);
      g_autofree char *to = sw_table_format_count (last);
      g_autofree char *total = sw_table_is_counted (self)
                                   ? sw_table_format_count (sw_table_get_total (self))
                                   : g_strdup ("…");

      /* Translators: first row seen, last row seen, number of rows. */
      text = g_strdup_printf (_ ("%s – %s of %s"), from, to, total);
    }
  gtk_label_set_text (GTK_LABEL (self->range), text != NULL ? text : "");
}

/* }}} */

/* {{{ States */

static const SwQuickFilter *
chosen_filter (SwTable *self)
{
  return self->filters != NULL ? &self->filters[sw_filter_bar_get_chip (self->bar)] : NULL;
}

static gboolean
is_narrowed (SwTable *self)
{
  const SwQuickFilter *filter = chosen_filter (self);

  return !sw_text_is_blank (self->search)
         || sw_list_query_get_n_filters (sw_filter_bar_get_filters (self->bar)) > 0
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
  gtk_widget_set_visible (self->footer, g_str_equal (state, "rows")
                                            && !gtk_widget_get_visible (self->selection_bar));
  update_footer (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LOADING]);
}

/* }}} */

/* {{{ Reading */

static void
restore_selection (SwTable *self, gboolean scroll)
{
  int position = -1;

  g_autoptr (GtkBitset) chosen = sw_column_list_get_selection (self->rows);

  /* Several rows stay chosen whatever is open. */
  if (!scroll && (gtk_bitset_get_size (chosen) > 1 || sw_column_list_is_choosing (self->rows)))
    return;
  if (self->list != NULL && self->selected != 0)
    position = sw_record_list_find (self->list, self->selected);
  sw_column_list_select (self->rows,
                         position < 0 ? GTK_INVALID_LIST_POSITION : (guint) position,
                         scroll);
}

static void
on_list_changed (SwTable *self)
{
  restore_selection (self, FALSE);
  update_state (self);
  sw_table_update_selection (self);
  if (self->list != NULL && sw_record_list_is_complete (self->list))
    sw_table_sum (self);
}

static void
watch_list (SwTable *self, SwRecordList *list)
{
  g_set_object (&self->list, list);
  sw_column_list_set_model (self->rows, G_LIST_MODEL (list));
  g_signal_connect_object (list, "loaded", G_CALLBACK (on_list_changed), self, G_CONNECT_SWAPPED);
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
  sw_table_forget_sums (self);
  watch_list (self, list);
  sw_column_list_scroll_to_top (self->rows);
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

/* The chip chosen. */
static void
apply_quick_filter (SwTable *self, SwListQuery *query)
{
  const SwQuickFilter *filter = chosen_filter (self);

  if (filter != NULL && filter->apply != NULL)
    filter->apply (query, sw_session_get_today (self->session));
  else if (filter != NULL && filter->column != NULL)
    {
      g_auto (GStrv) values = g_strsplit (filter->values != NULL ? filter->values : "", "|", -1);

      sw_list_query_add_filter (query, filter->column, filter->op, (const char *const *) values);
    }
}

/* The column of the view that a condition on @field looks at. */
static const char *
filtered_column (SwTable *self, const char *field)
{
  for (const SwColumn *column = self->columns; column->field != NULL; column++)
    if (column->filter_by != NULL && g_str_equal (column->field, field))
      return column->filter_by;
  return field;
}

static void
apply_filters (SwTable *self, SwListQuery *query)
{
  const SwListQuery *filters = sw_filter_bar_get_filters (self->bar);

  apply_quick_filter (self, query);
  for (guint i = 0; i < sw_list_query_get_n_filters (filters); i++)
    {
      const SwFilter *filter = sw_list_query_get_filter (filters, i);

      sw_list_query_add_filter (query, filtered_column (self, filter->column), filter->op,
                                (const char *const *) filter->values);
    }
  if (self->scope_value != NULL)
    sw_list_query_set_equal (query, self->scope_column, self->scope_value);
}

SwListQuery *
sw_table_compose_query (SwTable *self)
{
  SwListQuery *query = sw_list_query_new (self->relation);

  for (guint i = 0; self->columns[i].field != NULL; i++)
    {
      const SwColumn *column = &self->columns[i];

      /* What is not shown is not read: it may cost a sub-select a row. */
      if (!sw_column_list_is_chosen (self->rows, column->field))
        continue;
      if (column->format == NULL)
        sw_list_query_add_column (query, column->field);
      for (guint j = 0; column->needs != NULL && column->needs[j] != NULL; j++)
        sw_list_query_add_column (query, column->needs[j]);
    }
  if (!sw_text_is_blank (self->search))
    sw_list_query_set_search (query, self->search);
  apply_filters (self, query);
  if (self->sort != NULL)
    sw_list_query_set_sort (query, self->sort, self->descending);
  return query;
}

void
sw_table_read (SwTable *self)
{
  g_autoptr (SwListQuery) query = NULL;

  /* Its box is gone once it is disposed of: what is left of a closing window may still ask. */
  if (self->session == NULL || self->relation == NULL || self->box == NULL)
    return;

  if (self->pending != NULL)
    g_signal_handlers_disconnect_by_data (self->pending, self);
  g_clear_object (&self->pending);
  query = sw_table_compose_query (self);
  self->pending = sw_record_list_new (self->session, query);
  if (self->entity != NULL)
    sw_record_list_follow (self->pending, self->entity);
  g_signal_connect_object (self->pending,
                           "loaded",
                           G_CALLBACK (show_pending),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->pending,
                           "notify::error",
                           G_CALLBACK (on_pending_error),
                           self,
                           G_CONNECT_SWAPPED);
  if (self->spinner_source == 0)
    self->spinner_source = g_timeout_add (SPINNER_DELAY, on_spinner_due, self);
}

/* }}} */

/* {{{ What the person does */

static void
on_bar_changed (SwTable *self)
{
  GtkWidget *entry = sw_filter_bar_get_entry (self->bar);

  g_free (self->search);
  self->search = g_strdup (gtk_editable_get_text (GTK_EDITABLE (entry)));
  self->touched = TRUE;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILTER_NAME]);
  sw_table_read (self);
}

static void
on_sort_changed (SwTable *self)
{
  gboolean descending;
  const char *field = sw_column_list_get_sort (self->rows, &descending);

  if (g_strcmp0 (field, self->sort) == 0 && descending == self->descending)
    return;
  g_free (self->sort);
  self->sort = g_strdup (field);
  self->descending = descending;
  sw_table_read (self);
}

static void
on_selected (SwTable *self, gint64 id)
{
  self->selected = id;
  g_signal_emit (self, signals[SELECTED], 0, id);
}

static void
on_activated (SwTable *self, gint64 id)
{
  self->selected = id;
  g_signal_emit (self, signals[ACTIVATED], 0, id);
}

static void
on_selection_changed (SwTable *self)
{
  sw_table_update_selection (self);
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
  sw_table_close_state (self);
  sw_table_forget_sums (self);
  if (self->pending != NULL)
    g_signal_handlers_disconnect_by_data (self->pending, self);
  if (self->list != NULL)
    g_signal_handlers_disconnect_by_data (self->list, self);
  g_clear_object (&self->pending);
  g_clear_object (&self->list);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  self->rows = NULL;
  G_OBJECT_CLASS (sw_table_parent_class)->dispose (object);
}

static void
sw_table_finalize (GObject *object)
{
  SwTable *self = SW_TABLE (object);

  g_clear_object (&self->session);
  g_object_unref (self->actions);
  g_free (self->scope_column);
  g_free (self->scope_value);
  g_free (self->sort);
  g_free (self->relation);
  g_free (self->entity);
  g_free (self->search);
  g_free (self->name);
  G_OBJECT_CLASS (sw_table_parent_class)->finalize (object);
}

static gboolean
on_copy_key (GtkWidget *widget, GVariant *arguments, gpointer data)
{
  sw_table_copy (SW_TABLE (widget));
  return TRUE;
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
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "table");
  gtk_widget_class_add_binding (widget_class, GDK_KEY_c, GDK_CONTROL_MASK, on_copy_key, NULL);
}

static void
create_states (SwTable *self)
{
  GtkWidget *button;

  self->no_match
      = sw_status_new ("edit-find-symbolic", "", NULL, _ ("_Show everything"), NULL);
  button = adw_status_page_get_child (ADW_STATUS_PAGE (self->no_match));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (sw_filter_bar_clear), self->bar);
  gtk_widget_remove_css_class (button, "suggested-action");

  self->error = sw_status_new ("dialog-warning-symbolic",
                               _ ("This list could not be read"),
                               NULL,
                               _ ("_Try again"),
                               NULL);
  button = adw_status_page_get_child (ADW_STATUS_PAGE (self->error));
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (sw_table_read), self);

  gtk_stack_add_named (GTK_STACK (self->stack), sw_status_new_loading (), "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->no_match, "no-match");
  gtk_stack_add_named (GTK_STACK (self->stack), self->error, "error");
}

static void
sw_table_init (SwTable *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->stack = gtk_stack_new ();
  /* What is not shown need not be measured. */
  gtk_stack_set_hhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_widget_set_vexpand (self->stack, TRUE);
  gtk_box_append (GTK_BOX (self->box), self->stack);
  self->actions = g_simple_action_group_new ();
  gtk_widget_insert_action_group (GTK_WIDGET (self), "table", G_ACTION_GROUP (self->actions));
}

static void
create_footer (SwTable *self)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);

  self->range = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->range), 0);
  self->total = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->total), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->total), 1);
  gtk_widget_set_hexpand (self->total, TRUE);
  self->sum_button = sw_table_create_sum_button (self);
  gtk_box_append (GTK_BOX (line), self->range);
  gtk_box_append (GTK_BOX (line), self->total);
  gtk_box_append (GTK_BOX (line), self->sum_button);
  self->footer = line;
  gtk_widget_add_css_class (self->footer, "table-footer");
  gtk_widget_add_css_class (self->footer, "numeric");
  gtk_box_append (GTK_BOX (self->box), self->footer);
  self->selection_bar = sw_table_create_selection_bar (self);
  gtk_box_append (GTK_BOX (self->box), self->selection_bar);
}

static void
on_scope_removed (SwTable *self)
{
  sw_table_set_scope (self, NULL, NULL, NULL);
}

static void
create_bar (SwTable *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();
  GtkWidget *entry;

  self->bar = SW_FILTER_BAR (sw_filter_bar_new (self->columns));
  g_signal_connect_swapped (self->bar, "changed", G_CALLBACK (on_bar_changed), self);
  g_signal_connect_swapped (self->bar, "save", G_CALLBACK (sw_table_save_filter), self);
  g_signal_connect_swapped (self->bar, "apply-saved", G_CALLBACK (sw_table_apply_saved), self);
  g_signal_connect_swapped (self->bar, "scope-removed", G_CALLBACK (on_scope_removed), self);
  gtk_box_prepend (GTK_BOX (self->box), GTK_WIDGET (self->bar));
  entry = sw_filter_bar_get_entry (self->bar);
  gtk_search_entry_set_key_capture_widget (GTK_SEARCH_ENTRY (entry), self->stack);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_entry_key), self);
  gtk_widget_add_controller (entry, keys);
}

GtkWidget *
sw_table_new (const SwColumn *columns)
{
  SwTable *self = g_object_new (SW_TYPE_TABLE, NULL);

  self->columns = columns;
  create_bar (self);
  create_states (self);
  self->rows = SW_COLUMN_LIST (sw_column_list_new (columns));
  gtk_stack_add_named (GTK_STACK (self->stack), GTK_WIDGET (self->rows), "rows");
  g_signal_connect_swapped (self->rows, "activated", G_CALLBACK (on_activated), self);
  g_signal_connect_swapped (self->rows, "selected", G_CALLBACK (on_selected), self);
  g_signal_connect_swapped (self->rows, "sort-changed", G_CALLBACK (on_sort_changed), self);
  g_signal_connect_swapped (self->rows, "range-changed", G_CALLBACK (update_footer), self);
  g_signal_connect_swapped (self->rows, "selection-changed", G_CALLBACK (on_selection_changed), self);
  g_signal_connect_swapped (self->rows, "layout-changed", G_CALLBACK (sw_table_layout_changed), self);
  g_signal_connect_swapped (self->rows, "chosen-changed", G_CALLBACK (sw_table_chosen_changed), self);
  create_footer (self);
  sw_table_add_column_actions (self);
  return GTK_WIDGET (self);
}

void
sw_table_set_placeholder (SwTable *self, const char *text)
{
  GtkWidget *entry;

  g_return_if_fail (SW_IS_TABLE (self));

  entry = sw_filter_bar_get_entry (self->bar);
  g_object_set (entry, "placeholder-text", text, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

void
sw_table_set_filters (SwTable *self, const SwQuickFilter *filters)
{
  g_return_if_fail (SW_IS_TABLE (self));

  self->filters = filters;
  for (guint i = 0; filters != NULL && filters[i].label != NULL; i++)
    sw_filter_bar_add_chip (self->bar, _ (filters[i].label));
}

void
sw_table_set_filter (SwTable *self, guint position)
{
  g_return_if_fail (SW_IS_TABLE (self));
  sw_filter_bar_set_chip (self->bar, position);
}

void
sw_table_set_sort (SwTable *self, const char *field, gboolean descending)
{
  g_return_if_fail (SW_IS_TABLE (self));

  g_free (self->sort);
  self->sort = g_strdup (field);
  self->descending = descending;
  sw_column_list_set_sort (self->rows, field, descending);
  sw_table_read (self);
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
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  sw_table_read (self);
  sw_table_open_state (self);
}

void
sw_table_set_model (SwTable *self, GListModel *records)
{
  g_return_if_fail (SW_IS_TABLE (self));

  g_clear_object (&self->session);
  g_clear_object (&self->list);
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  sw_column_list_set_model (self->rows, records);
  update_state (self);
}

void
sw_table_set_scope (SwTable *self, const char *column, const char *value, const char *label)
{
  g_return_if_fail (SW_IS_TABLE (self));

  g_free (self->scope_column);
  self->scope_column = g_strdup (column);
  g_free (self->scope_value);
  self->scope_value = g_strdup (value);
  sw_filter_bar_set_scope (self->bar, value != NULL ? label : NULL);
  sw_table_read (self);
}

void
sw_table_set_search (SwTable *self, const char *text)
{
  g_return_if_fail (SW_IS_TABLE (self));
  gtk_editable_set_text (GTK_EDITABLE (sw_filter_bar_get_entry (self->bar)),
                         text != NULL ? text : "");
}

void
sw_table_focus_search (SwTable *self)
{
  g_return_if_fail (SW_IS_TABLE (self));
  gtk_widget_grab_focus (sw_filter_bar_get_entry (self->bar));
}

void
sw_table_focus_rows (SwTable *self)
{
  g_return_if_fail (SW_IS_TABLE (self));
  sw_column_list_focus (self->rows);
}

void
sw_table_reload (SwTable *self)
{
  g_return_if_fail (SW_IS_TABLE (self));

  if (self->list != NULL && self->pending == NULL && sw_record_list_get_error (self->list) == NULL)
    sw_record_list_reload (self->list);
  else
    sw_table_read (self);
}

guint
sw_table_get_total (SwTable *self)
{
  g_return_val_if_fail (SW_IS_TABLE (self), 0);
  return self->rows != NULL ? sw_column_list_get_n_rows (self->rows) : 0;
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
  g_return_if_fail (SW_IS_TABLE (self));

  self->selected = id;
  restore_selection (self, TRUE);
}

GArray *
sw_table_get_chosen_ids (SwTable *self)
{
  g_autoptr (GtkBitset) chosen = sw_column_list_get_selection (self->rows);
  GArray *ids;
  GtkBitsetIter iter;
  guint position;

  if (self->list == NULL || !gtk_bitset_iter_init_first (&iter, chosen, &position))
    return NULL;
  ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  do
    {
      gint64 id = sw_record_list_get_id (self->list, position);

      g_array_append_val (ids, id);
    }
  while (gtk_bitset_iter_next (&iter, &position));
  return ids;
}

SwRecordList *
sw_table_get_list (SwTable *self)
{
  g_return_val_if_fail (SW_IS_TABLE (self), NULL);
  return self->list;
}

char *
sw_table_describe_row (SwTable *self, SwRecord *record)
{
  const SwColumn *first = self->columns;
  g_autofree char *number = NULL;
  g_autofree char *name = NULL;

  g_return_val_if_fail (SW_IS_TABLE (self), NULL);

  for (const SwColumn *column = first; column->field != NULL && name == NULL; column++)
    if (column->main)
      name = sw_column_format (column, record);
  /* A customer has many contracts: their numbers come first in their list. */
  if (first->field != NULL && !first->main && first->kind == SW_COLUMN_TEXT)
    number = sw_column_format (first, record);
  if (number == NULL || *number == '\0')
    return g_steal_pointer (&name);
  return g_strdup_printf ("%s · %s", number, name);
}

const char *
sw_table_get_filter_name (SwTable *self)
{
  g_return_val_if_fail (SW_IS_TABLE (self), NULL);

  if (self->filters == NULL || sw_filter_bar_get_chip (self->bar) == 0)
    return NULL;
  return _ (chosen_filter (self)->label);
}
