/* sw-filter-editor.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-filter-editor.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include "base/sw-date.h"
#include "base/sw-money.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-text-row.h"

#define WIDTH 250 /* px */
/* The last instant of a day, for a date that ends a range. */
#define END_OF_DAY " 23:59:59.999999"

struct _SwFilterEditor
{
  GtkWidget parent_instance;

  const SwColumn *column;
  GtkWidget *box;
  GtkWidget *condition; /* SwChoiceRow: value, null, not-null */
  GtkWidget *first;     /* SwRow: text, from */
  GtkWidget *last;      /* SwRow: to */
  GtkWidget *checks;    /* GtkBox of check buttons */
  GtkWidget *apply;
};

enum
{
  APPLIED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwFilterEditor, sw_filter_editor, GTK_TYPE_WIDGET)

/* {{{ Kinds */

typedef enum
{
  TEXT,
  CHOICE,
  RANGE,
  YES_NO,
} Shape;

static Shape
shape_of (const SwColumn *column)
{
  switch (column->kind)
    {
    case SW_COLUMN_CHOICE:
    case SW_COLUMN_BADGE:
    case SW_COLUMN_INDICATOR:
      return CHOICE;
    case SW_COLUMN_DATE:
    case SW_COLUMN_INSTANT:
    case SW_COLUMN_MONEY:
    case SW_COLUMN_NUMBER:
      return RANGE;
    case SW_COLUMN_BOOL:
      return YES_NO;
    case SW_COLUMN_TEXT:
    case SW_COLUMN_PHONE:
    default:
      return TEXT;
    }
}

static const SwChoice *
choices_of (const SwColumn *column)
{
  static const SwChoice yes_no[] = {
    { "true", N_ ("Yes"), SW_BADGE_NEUTRAL },
    { "false", N_ ("No"), SW_BADGE_NEUTRAL },
    { NULL },
  };

  if (column->kind == SW_COLUMN_BOOL)
    return yes_no;
  if (column->choices == NULL && column->kind == SW_COLUMN_INDICATOR)
    return sw_choice_indicators;
  return column->choices;
}

gboolean
sw_column_is_filterable (const SwColumn *column)
{
  return (column->format == NULL || column->filter_by != NULL)
         && (shape_of (column) != CHOICE || choices_of (column) != NULL);
}

static gboolean
is_date (const SwColumn *column)
{
  return column->kind == SW_COLUMN_DATE || column->kind == SW_COLUMN_INSTANT;
}

static char *
format_end (const SwColumn *column, const char *value)
{
  if (is_date (column))
    return sw_date_format (value);
  return column->kind == SW_COLUMN_MONEY ? sw_money_format (value)
                                         : sw_money_format_number (value, -1);
}

/* }}} */

/* {{{ Words */

static char *
describe_range (const SwColumn *column, const SwFilter *filter)
{
  const char *from = filter->values[0];
  const char *to = from != NULL ? filter->values[1] : NULL;
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;

  if (from != NULL && *from != '\0')
    first = format_end (column, from);
  if (to != NULL && *to != '\0')
    last = format_end (column, to);
  if (first != NULL && last != NULL)
    return g_str_equal (first, last) ? g_steal_pointer (&first)
                                     : g_strdup_printf ("%s – %s", first, last);
  /* Translators: a date or an amount, in a filter. */
  return first != NULL ? g_strdup_printf (_ ("from %s"), first)
                       : g_strdup_printf (_ ("up to %s"), last != NULL ? last : "");
}

static char *
describe_values (const SwColumn *column, const SwFilter *filter)
{
  g_autoptr (GStrvBuilder) labels = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;

  for (char **value = filter->values; *value != NULL; value++)
    g_strv_builder_add (labels, choices_of (column) != NULL
                                    ? sw_choice_label (choices_of (column), *value)
                                    : *value);
  words = g_strv_builder_end (labels);
  return g_strjoinv (", ", words);
}

char *
sw_filter_describe (const SwColumn *column, const SwFilter *filter)
{
  g_autofree char *what = NULL;

  if (filter->op == SW_FILTER_NULL)
    what = g_strdup (_ ("empty"));
  else if (filter->op == SW_FILTER_NOT_NULL)
    what = g_strdup (_ ("filled in"));
  else if (filter->op == SW_FILTER_BETWEEN)
    what = describe_range (column, filter);
  else
    what = describe_values (column, filter);
  /* Translators: a filter: column, condition ("City: Lorient"). */
  return g_strdup_printf (_ ("%s: %s"), _ (column->title), what);
}

/* }}} */

/* {{{ Fields */

/* Something that cannot be read is something too: Apply says what is wrong with it. */
static gboolean
row_is_blank (GtkWidget *row)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = row != NULL ? sw_row_get_value (SW_ROW (row), &error) : NULL;

  return value == NULL && error == NULL;
}

static gboolean
says_something (SwFilterEditor *self)
{
  g_autofree char *condition = sw_row_get_value (SW_ROW (self->condition), NULL);

  if (g_strcmp0 (condition, "value") != 0)
    return TRUE;
  if (self->checks == NULL)
    return !row_is_blank (self->first) || !row_is_blank (self->last);
  for (GtkWidget *check = gtk_widget_get_first_child (self->checks); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      return TRUE;
  return FALSE;
}

static void
update_apply (SwFilterEditor *self)
{
  gboolean enough = says_something (self);

  gtk_widget_set_sensitive (self->apply, enough);
  gtk_widget_set_tooltip_text (self->apply, enough                  ? NULL
                                            : self->checks != NULL ? _ ("Tick at least one value")
                                                                   : _ ("Fill in a value first"));
}

static void
on_edited (SwFilterEditor *self)
{
  /* "From" and "to" are judged together. */
  if (self->last != NULL)
    sw_row_set_error (SW_ROW (self->last), NULL);
  update_apply (self);
}

static void
update_visible (SwFilterEditor *self)
{
  g_autofree char *condition = sw_row_get_value (SW_ROW (self->condition), NULL);
  gboolean by_value = g_strcmp0 (condition, "value") == 0;

  if (self->first != NULL)
    gtk_widget_set_visible (self->first, by_value);
  if (self->last != NULL)
    gtk_widget_set_visible (self->last, by_value);
  if (self->checks != NULL)
    gtk_widget_set_visible (self->checks, by_value);
  update_apply (self);
}

static GtkWidget *
create_row (const SwColumn *column, const char *field, const char *title)
{
  if (is_date (column))
    return sw_date_row_new (field, title);
  /* What is no amount is a count. */
  return column->kind == SW_COLUMN_MONEY ? sw_number_row_new (field, title, 2, "€")
                                         : sw_number_row_new (field, title, 0, NULL);
}

static void
create_checks (SwFilterEditor *self, const SwFilter *filter)
{
  const SwChoice *choices = choices_of (self->column);

  self->checks = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  for (guint i = 0; choices[i].value != NULL; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (_ (choices[i].label));

      gtk_check_button_set_active (
          GTK_CHECK_BUTTON (check),
          filter != NULL && (filter->op == SW_FILTER_IN || filter->op == SW_FILTER_EQUAL)
              && g_strv_contains ((const char *const *) filter->values, choices[i].value));
      g_object_set_data (G_OBJECT (check), "sw-value", (gpointer) choices[i].value);
      g_signal_connect_swapped (check, "toggled", G_CALLBACK (update_apply), self);
      gtk_box_append (GTK_BOX (self->checks), check);
    }
}

static void
add_field (SwFilterEditor *self, GtkWidget *list, GtkWidget *row)
{
  if (row == NULL)
    return;
  g_signal_connect_swapped (row, "notify::value", G_CALLBACK (on_edited), self);
  gtk_list_box_append (GTK_LIST_BOX (list), row);
}

static void
create_fields (SwFilterEditor *self, GtkWidget *list, const SwFilter *filter)
{
  gboolean range = filter != NULL && filter->op == SW_FILTER_BETWEEN && filter->values[0] != NULL;
  g_autofree char *to = NULL;

  switch (shape_of (self->column))
    {
    case TEXT:
      self->first = sw_text_row_new ("value", _ ("Contains"));
      if (filter != NULL && filter->values[0] != NULL)
        sw_row_set_value (SW_ROW (self->first), filter->values[0]);
      break;
    case RANGE:
      self->first = create_row (self->column, "from", _ ("From"));
      self->last = create_row (self->column, "to", _ ("To"));
      if (range && *filter->values[0] != '\0')
        sw_row_set_value (SW_ROW (self->first), filter->values[0]);
      if (range && filter->values[1] != NULL && *filter->values[1] != '\0')
        {
          to = is_date (self->column) ? g_strndup (filter->values[1], 10)
                                      : g_strdup (filter->values[1]);
          sw_row_set_value (SW_ROW (self->last), to);
        }
      break;
    case CHOICE:
    case YES_NO:
    default:
      create_checks (self, filter);
      break;
    }
  add_field (self, list, self->first);
  add_field (self, list, self->last);
  if (self->checks != NULL)
    gtk_box_append (GTK_BOX (self->box), self->checks);
}

static void
on_apply (SwFilterEditor *self)
{
  if (says_something (self))
    g_signal_emit (self, signals[APPLIED], 0);
}

static gboolean
on_key (GtkEventControllerKey *controller, guint keyval, guint code, GdkModifierType state, gpointer data)
{
  if (keyval != GDK_KEY_Return && keyval != GDK_KEY_KP_Enter)
    return GDK_EVENT_PROPAGATE;
  on_apply (data);
  return GDK_EVENT_STOP;
}

static void
build (SwFilterEditor *self, const SwFilter *filter)
{
  GtkWidget *list = gtk_list_box_new ();
  GtkWidget *title = gtk_label_new (_ (self->column->title));
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_add_css_class (title, "heading");
  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_box_append (GTK_BOX (self->box), title);
  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_box_append (GTK_BOX (self->box), list);

  self->condition = sw_choice_row_new ("condition", _ ("Condition"));
  sw_choice_row_add (SW_CHOICE_ROW (self->condition), "value",
                     self->column->kind == SW_COLUMN_TEXT ? _ ("Contains a text")
                                                          : _ ("Has a value"));
  sw_choice_row_add (SW_CHOICE_ROW (self->condition), "null", _ ("Is empty"));
  sw_choice_row_add (SW_CHOICE_ROW (self->condition), "not-null", _ ("Is filled in"));
  sw_row_set_value (SW_ROW (self->condition), filter == NULL                    ? "value"
                                              : filter->op == SW_FILTER_NULL     ? "null"
                                              : filter->op == SW_FILTER_NOT_NULL ? "not-null"
                                                                                 : "value");
  g_signal_connect_swapped (self->condition, "notify::value", G_CALLBACK (update_visible), self);
  gtk_list_box_append (GTK_LIST_BOX (list), self->condition);
  create_fields (self, list, filter);

  self->apply = gtk_button_new_with_label (_ ("Apply"));
  gtk_widget_add_css_class (self->apply, "suggested-action");
  g_signal_connect_swapped (self->apply, "clicked", G_CALLBACK (on_apply), self);
  gtk_box_append (GTK_BOX (self->box), self->apply);
  update_visible (self);
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_BUBBLE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

/* }}} */

/* {{{ What the fields say */

static void
put_checks (SwFilterEditor *self, SwListQuery *query)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) values = NULL;

  for (GtkWidget *check = gtk_widget_get_first_child (self->checks); check != NULL;
       check = gtk_widget_get_next_sibling (check))
    if (gtk_check_button_get_active (GTK_CHECK_BUTTON (check)))
      g_strv_builder_add (builder, g_object_get_data (G_OBJECT (check), "sw-value"));
  values = g_strv_builder_end (builder);
  sw_list_query_set_filter (query, self->column->field, SW_FILTER_IN, (const char *const *) values);
}

static gboolean
refuse (GtkWidget *row, const char *message)
{
  sw_row_set_error (SW_ROW (row), message);
  sw_row_focus (SW_ROW (row));
  return FALSE;
}

static gboolean
read_row (GtkWidget *row, char **value)
{
  g_autoptr (GError) error = NULL;

  *value = sw_row_get_value (SW_ROW (row), &error);
  return error == NULL || refuse (row, error->message);
}

static gboolean
is_backwards (SwFilterEditor *self, const char *first, const char *last)
{
  if (first == NULL || last == NULL)
    return FALSE;
  return is_date (self->column) ? strcmp (first, last) > 0 : sw_money_compare (first, last) > 0;
}

static gboolean
put_values (SwFilterEditor *self, SwListQuery *query)
{
  g_autofree char *first = NULL;
  g_autofree char *last = NULL;
  const char *values[3] = { NULL };

  if (!read_row (self->first, &first) || (self->last != NULL && !read_row (self->last, &last)))
    return FALSE;
  if (is_backwards (self, first, last))
    return refuse (self->last, is_date (self->column)
                                   ? _ ("The end must not be before the start.")
                                   : _ ("This must not be less than the value above."));
  if (last != NULL && self->column->kind == SW_COLUMN_INSTANT)
    {
      g_autofree char *day = g_steal_pointer (&last);

      last = g_strconcat (day, END_OF_DAY, NULL);
    }
  values[0] = first != NULL ? first : "";
  values[1] = self->last == NULL ? NULL : last != NULL ? last : "";
  sw_list_query_set_filter (query, self->column->field,
                            self->last != NULL ? SW_FILTER_BETWEEN : SW_FILTER_CONTAINS, values);
  return TRUE;
}

gboolean
sw_filter_editor_put (SwFilterEditor *self, SwListQuery *query)
{
  g_autofree char *condition = NULL;

  g_return_val_if_fail (SW_IS_FILTER_EDITOR (self), FALSE);

  if (!says_something (self))
    return FALSE;
  condition = sw_row_get_value (SW_ROW (self->condition), NULL);
  if (g_strcmp0 (condition, "value") == 0 && self->checks == NULL)
    return put_values (self, query);
  if (g_strcmp0 (condition, "value") == 0)
    put_checks (self, query);
  else
    sw_list_query_set_filter (query, self->column->field,
                              g_strcmp0 (condition, "null") == 0 ? SW_FILTER_NULL
                                                                 : SW_FILTER_NOT_NULL,
                              NULL);
  return TRUE;
}

void
sw_filter_editor_focus (SwFilterEditor *self)
{
  g_return_if_fail (SW_IS_FILTER_EDITOR (self));
  if (self->first != NULL)
    sw_row_focus (SW_ROW (self->first));
  else if (self->checks != NULL)
    gtk_widget_grab_focus (gtk_widget_get_first_child (self->checks));
}

const SwColumn *
sw_filter_editor_get_column (SwFilterEditor *self)
{
  g_return_val_if_fail (SW_IS_FILTER_EDITOR (self), NULL);
  return self->column;
}

/* }}} */

static void
sw_filter_editor_dispose (GObject *object)
{
  g_clear_pointer (&SW_FILTER_EDITOR (object)->box, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_filter_editor_parent_class)->dispose (object);
}

static void
sw_filter_editor_class_init (SwFilterEditorClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_filter_editor_dispose;
  signals[APPLIED] = g_signal_new ("applied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "filtereditor");
}

static void
sw_filter_editor_init (SwFilterEditor *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_set_size_request (self->box, WIDTH, -1);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *
sw_filter_editor_new (const SwColumn *column, const SwFilter *filter)
{
  SwFilterEditor *self = g_object_new (SW_TYPE_FILTER_EDITOR, NULL);

  self->column = column;
  build (self, filter);
  return GTK_WIDGET (self);
}
