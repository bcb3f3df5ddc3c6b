/* sw-table-sum.c: totals of the amounts of a list, in its footer
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * One query in the background once the list has all its ids. Of a very long list only when asked for:
 * it may cost a sub-select a row, and keep the background connection from other work.
 */
#include "widgets/sw-table-private.h"

#include <glib/gi18n.h>
#include "base/sw-money.h"

#define MOST_AT_ONCE 50000 /* rows */

static char **
summed_columns (SwTable *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (const SwColumn *column = self->columns; column->field != NULL; column++)
    if (column->summed && sw_column_list_is_chosen (self->rows, column->field))
      g_strv_builder_add (builder, column->field);
  return g_strv_builder_end (builder);
}

static void
show (SwTable *self, const char *text, gboolean offer)
{
  gtk_label_set_text (GTK_LABEL (self->total), text);
  gtk_widget_set_tooltip_text (self->total, *text != '\0' ? text : NULL);
  gtk_widget_set_visible (self->sum_button, offer);
}

static char *
describe (SwTable *self, SwRecord *sums)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) parts = NULL;

  for (const SwColumn *column = self->columns; column->field != NULL; column++)
    if (column->summed && sw_record_get_text (sums, column->field) != NULL)
      {
        g_autofree char *amount = sw_money_format (sw_record_get_text (sums, column->field));
        g_autofree char *part = g_strdup_printf (_ ("%s: %s"), _ (column->title), amount);

        g_strv_builder_add (builder, part);
      }
  parts = g_strv_builder_end (builder);
  return g_strjoinv (" · ", parts);
}

static void
on_sums (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwTable) self = data;
  g_autoptr (SwRecord) sums = sw_record_list_sum_finish (SW_RECORD_LIST (source), result, NULL);
  g_autofree char *text = NULL;

  if (sums == NULL || self->list != SW_RECORD_LIST (source)) /* a total is a courtesy */
    return;
  text = describe (self, sums);
  show (self, text, FALSE);
}

static void
ask (SwTable *self)
{
  g_auto (GStrv) columns = summed_columns (self);

  g_cancellable_cancel (self->summing);
  g_clear_object (&self->summing);
  if (columns[0] == NULL || self->list == NULL)
    return;
  self->summing = g_cancellable_new ();
  sw_record_list_sum_async (self->list, (const char *const *) columns, self->summing, on_sums,
                            g_object_ref (self));
}

void
sw_table_sum (SwTable *self)
{
  g_auto (GStrv) columns = summed_columns (self);
  guint total = sw_table_get_total (self);

  if (columns[0] == NULL || total == 0)
    sw_table_forget_sums (self);
  else if (total > MOST_AT_ONCE)
    show (self, "", TRUE);
  else
    ask (self);
}

void
sw_table_forget_sums (SwTable *self)
{
  g_cancellable_cancel (self->summing);
  g_clear_object (&self->summing);
  if (self->box != NULL && self->total != NULL)
    show (self, "", FALSE);
}

GtkWidget *
sw_table_create_sum_button (SwTable *self)
{
  GtkWidget *button = gtk_button_new_with_label (_ ("Totals"));

  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, _ ("Add up the amounts of this list"));
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_swapped (button, "clicked", G_CALLBACK (ask), self);
  return button;
}
