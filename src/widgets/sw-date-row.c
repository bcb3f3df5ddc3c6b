/* sw-date-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-date-row.h"

#include <glib/gi18n.h>
#include "base/sw-date.h"

struct _SwDateRow
{
  SwRow parent_instance;

  GtkWidget *entry;
  GtkWidget *button;
  GtkWidget *popover;
  GtkWidget *calendar;
  gboolean moving; /* the calendar shows another day by program */
};

G_DEFINE_FINAL_TYPE (SwDateRow, sw_date_row, SW_TYPE_ROW)

/* The server's day; main thread only. */
static char *today;

static void
sw_date_row_set_value (SwRow *row, const char *value)
{
  g_autofree char *text = sw_date_format (value);

  gtk_editable_set_text (GTK_EDITABLE (SW_DATE_ROW (row)->entry), text);
}

static char *
sw_date_row_get_value (SwRow *row, GError **error)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (SW_DATE_ROW (row)->entry));
  g_autoptr (GError) local = NULL;
  char *iso = NULL;

  if (sw_date_parse (typed, today, &iso, &local))
    return iso;
  if (g_error_matches (local, SW_DATE_ERROR, SW_DATE_ERROR_NO_SUCH_DAY))
    g_set_error (error, local->domain, local->code, "%s", _ ("There is no such day"));
  else
    g_set_error (error,
                 local->domain,
                 local->code,
                 "%s",
                 _ ("Please write a date such as 03/02/2026"));
  return NULL;
}

static char *
sw_date_row_get_display (SwRow *row)
{
  return g_strdup (gtk_editable_get_text (GTK_EDITABLE (SW_DATE_ROW (row)->entry)));
}

static void
sw_date_row_set_editable (SwRow *row, gboolean editable)
{
  SwDateRow *self = SW_DATE_ROW (row);

  gtk_editable_set_editable (GTK_EDITABLE (self->entry), editable);
  gtk_widget_set_visible (self->button, editable);
}

static void
on_leave (SwDateRow *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *iso = sw_date_row_get_value (SW_ROW (self), &error);
  g_autofree char *text = NULL;

  if (error != NULL)
    {
      sw_row_set_error (SW_ROW (self), error->message);
      return;
    }
  text = sw_date_format (iso);
  if (!g_str_equal (text, gtk_editable_get_text (GTK_EDITABLE (self->entry))))
    gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
on_popover_shown (SwDateRow *self)
{
  g_autofree char *iso = sw_date_row_get_value (SW_ROW (self), NULL);
  int year;
  int month;
  int day;

  if (sw_date_split (iso != NULL ? iso : today, &year, &month, &day))
    {
      g_autoptr (GDateTime) date = g_date_time_new_local (year, month, day, 12, 0, 0);

      self->moving = TRUE;
      gtk_calendar_select_day (GTK_CALENDAR (self->calendar), date);
      self->moving = FALSE;
    }
}

static void
on_day_selected (SwDateRow *self)
{
  g_autoptr (GDateTime) date = NULL;
  g_autofree char *text = NULL;

  if (self->moving)
    return;
  date = gtk_calendar_get_date (GTK_CALENDAR (self->calendar));
  text = g_date_time_format (date, "%d/%m/%Y");
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
}

static void
sw_date_row_class_init (SwDateRowClass *klass)
{
  SwRowClass *row_class = SW_ROW_CLASS (klass);

  row_class->set_value = sw_date_row_set_value;
  row_class->get_value = sw_date_row_get_value;
  row_class->get_display = sw_date_row_get_display;
  row_class->set_editable = sw_date_row_set_editable;
}

static void
sw_date_row_init (SwDateRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_has_frame (GTK_ENTRY (self->entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 10);
  gtk_widget_add_css_class (self->entry, "numeric");
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (sw_row_edited), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (self->entry, focus);
  sw_row_set_editor (SW_ROW (self), self->entry, FALSE);

  self->calendar = gtk_calendar_new ();
  g_signal_connect_swapped (self->calendar, "day-selected", G_CALLBACK (on_day_selected), self);
  self->popover = gtk_popover_new ();
  gtk_popover_set_child (GTK_POPOVER (self->popover), self->calendar);
  g_signal_connect_swapped (self->popover, "show", G_CALLBACK (on_popover_shown), self);
  self->button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->button), "x-office-calendar-symbolic");
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->button), self->popover);
  gtk_widget_set_tooltip_text (self->button, _ ("Pick a date"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Pick a date"),
                                  -1);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (self->button, "dim-label");
  sw_row_add_suffix (SW_ROW (self), self->button);
}

GtkWidget *
sw_date_row_new (const char *field, const char *title)
{
  return g_object_new (SW_TYPE_DATE_ROW, "field", field, "title", title, NULL);
}

void
sw_date_row_set_today (const char *iso)
{
  g_free (today);
  today = g_strdup (iso);
}
