/* sw-number-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-number-row.h"

#include <glib/gi18n.h>
#include "base/sw-money.h"

struct _SwNumberRow
{
  SwRow parent_instance;

  GtkWidget *entry;
  GtkWidget *unit;
  guint decimals;
};

enum
{
  PROP_0,
  PROP_DECIMALS,
  PROP_UNIT,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SwNumberRow, sw_number_row, SW_TYPE_ROW)

static const char *
typed (SwNumberRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* Amounts always show their cents; other numbers only the decimals they have. */
static char *
format (SwNumberRow *self, const char *value)
{
  gboolean money = g_str_equal (gtk_label_get_text (GTK_LABEL (self->unit)), "€");

  return sw_money_format_significant (value, money ? 2 : 0);
}

static void
sw_number_row_set_value (SwRow *row, const char *value)
{
  SwNumberRow *self = SW_NUMBER_ROW (row);
  g_autofree char *text = format (self, value);

  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static char *
sw_number_row_get_value (SwRow *row, GError **error)
{
  SwNumberRow *self = SW_NUMBER_ROW (row);
  g_autoptr (GError) local = NULL;
  char *decimal = NULL;

  if (sw_money_parse (typed (self), self->decimals, &decimal, &local))
    return decimal;
  if (g_error_matches (local, SW_MONEY_ERROR, SW_MONEY_ERROR_TOO_PRECISE) && self->decimals == 0)
    g_set_error (error, local->domain, local->code, "%s", _ ("Please write a whole number"));
  else if (g_error_matches (local, SW_MONEY_ERROR, SW_MONEY_ERROR_TOO_PRECISE))
    g_set_error (error,
                 local->domain,
                 local->code,
                 ngettext ("At most %u decimal", "At most %u decimals", self->decimals),
                 self->decimals);
  else if (g_error_matches (local, SW_MONEY_ERROR, SW_MONEY_ERROR_TOO_LARGE))
    g_set_error (error, local->domain, local->code, "%s", _ ("This number is too large"));
  else
    g_set_error (error, local->domain, local->code, "%s", _ ("Please write a number"));
  return NULL;
}

static char *
sw_number_row_get_display (SwRow *row)
{
  SwNumberRow *self = SW_NUMBER_ROW (row);
  const char *unit = gtk_label_get_text (GTK_LABEL (self->unit));
  g_autofree char *value = sw_number_row_get_value (row, NULL);
  g_autofree char *text = format (self, value);

  if (*text == '\0' || *unit == '\0')
    return g_steal_pointer (&text);
  return g_strconcat (text, SW_MONEY_UNIT_SPACE, unit, NULL);
}

static void
sw_number_row_set_editable (SwRow *row, gboolean editable)
{
  gtk_editable_set_editable (GTK_EDITABLE (SW_NUMBER_ROW (row)->entry), editable);
}

static void
show_text (SwNumberRow *self, const char *text)
{
  g_signal_handlers_block_by_func (self->entry, sw_row_edited, self);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  g_signal_handlers_unblock_by_func (self->entry, sw_row_edited, self);
}

static void
on_leave (SwNumberRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *value = sw_number_row_get_value (SW_ROW (self), &error);
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      sw_row_set_error (SW_ROW (self), error->message);
      return;
    }
  text = format (self, value);
  show_text (self, text);
}

static void
sw_number_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwNumberRow *self = SW_NUMBER_ROW (object);

  switch (id)
    {
    case PROP_DECIMALS:
      g_value_set_uint (value, self->decimals);
      break;
    case PROP_UNIT:
      g_value_set_string (value, gtk_label_get_text (GTK_LABEL (self->unit)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_number_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwNumberRow *self = SW_NUMBER_ROW (object);
  const char *unit;

  switch (id)
    {
    case PROP_DECIMALS:
      self->decimals = g_value_get_uint (value);
      break;
    case PROP_UNIT:
      unit = g_value_get_string (value);
      gtk_label_set_text (GTK_LABEL (self->unit), unit != NULL ? unit : "");
      gtk_widget_set_visible (self->unit, unit != NULL);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_number_row_class_init (SwNumberRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SwRowClass *row_class = SW_ROW_CLASS (klass);

  object_class->get_property = sw_number_row_get_property;
  object_class->set_property = sw_number_row_set_property;
  row_class->set_value = sw_number_row_set_value;
  row_class->get_value = sw_number_row_get_value;
  row_class->get_display = sw_number_row_get_display;
  row_class->set_editable = sw_number_row_set_editable;

  properties[PROP_DECIMALS] = g_param_spec_uint ("decimals",
                                                 NULL,
                                                 NULL,
                                                 0,
                                                 9,
                                                 2,
                                                 G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_UNIT] = g_param_spec_string ("unit",
                                               NULL,
                                               NULL,
                                               NULL,
                                               G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sw_number_row_init (SwNumberRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->decimals = 2;
  self->entry = gtk_entry_new ();
  gtk_entry_set_has_frame (GTK_ENTRY (self->entry), FALSE);
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), GTK_INPUT_PURPOSE_NUMBER);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  gtk_widget_add_css_class (self->entry, "numeric");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (sw_row_edited), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (self->entry, focus);
  sw_row_set_editor (SW_ROW (self), self->entry, FALSE);

  self->unit = gtk_label_new ("");
  gtk_widget_add_css_class (self->unit, "dim-label");
  gtk_widget_set_visible (self->unit, FALSE);
  sw_row_add_suffix (SW_ROW (self), self->unit);
}

GtkWidget *
sw_number_row_new (const char *field, const char *title, guint decimals, const char *unit)
{
  return g_object_new (SW_TYPE_NUMBER_ROW,
                       "field",
                       field,
                       "title",
                       title,
                       "decimals",
                       decimals,
                       "unit",
                       unit,
                       NULL);
}
