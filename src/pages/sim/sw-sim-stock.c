/* sw-sim-stock.c: see sw-sim-stock.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/sim/sw-sim-stock.h"

#include <glib/gi18n-lib.h>

#include "base/sw-money.h"
#include "model/sw-change-feed.h"
#include "model/sw-record-list.h"

struct _SwSimStock
{
  GtkWidget parent_instance;

  SwSession *session;
  SwTable *table; /* not owned: the pane holds both */
  SwRecordList *list;
  GtkWidget *scroller;
  GtkWidget *box;
};

G_DEFINE_FINAL_TYPE (SwSimStock, sw_sim_stock, GTK_TYPE_WIDGET)

static void
on_clicked (GtkWidget *button, SwSimStock *self)
{
  SwRecord *stock = g_object_get_data (G_OBJECT (button), "sw-stock");
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sw_record_get_id (stock));

  sw_table_set_scope (self->table, "operator_id", id, sw_record_get_text (stock, "operator_name"));
}

static GtkWidget *
create_button (SwSimStock *self, SwRecord *stock)
{
  const char *name = sw_record_get_text (stock, "operator_name");
  gboolean low = sw_record_get_bool (stock, "is_low");
  g_autofree char *count = sw_money_format_number (sw_record_get_text (stock, "in_stock"), 0);
  g_autofree char *wanted = g_strdup_printf (_("in stock, at least %s wanted"),
                                             sw_record_get_text (stock, "sim_alert_level"));
  const char *words = low ? wanted : _("in stock");
  g_autofree char *spoken = g_strdup_printf ("%s: %s %s", name, count, words);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *figure = gtk_label_new (count);
  GtkWidget *label = gtk_label_new (words);

  gtk_widget_add_css_class (figure, "numeric");
  gtk_widget_add_css_class (figure, "heading");
  gtk_widget_add_css_class (label, "dim-label");
  if (low)
    {
      GtkWidget *sign = gtk_image_new_from_icon_name ("dialog-warning-symbolic");

      gtk_widget_add_css_class (sign, "warning");
      gtk_widget_add_css_class (figure, "warning");
      gtk_box_append (GTK_BOX (box), sign);
    }
  gtk_box_append (GTK_BOX (box), gtk_label_new (name));
  gtk_box_append (GTK_BOX (box), figure);
  gtk_box_append (GTK_BOX (box), label);
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_add_css_class (button, "stock-level");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  g_object_set_data_full (G_OBJECT (button), "sw-stock", g_object_ref (stock), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (on_clicked), self);
  return button;
}

static void
on_loaded (SwSimStock *self)
{
  GListModel *rows = G_LIST_MODEL (self->list);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
  for (guint i = 0; i < g_list_model_get_n_items (rows); i++)
    {
      g_autoptr (SwRecord) stock = g_list_model_get_item (rows, i);

      gtk_box_append (GTK_BOX (self->box), create_button (self, stock));
    }
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (rows) > 0);
}

static void
read_stock (SwSimStock *self)
{
  static const char *columns[] = { "operator_name", "in_stock", "sim_alert_level", "is_low", NULL };
  g_autoptr (SwListQuery) query = sw_list_query_new ("sim_stock");

  sw_list_query_set_columns (query, columns);
  /* An operator without mobiles has no stock to speak of. */
  sw_list_query_set_equal (query, "has_cards", "true");
  /* Those running low first: where there is little room, the others are out of sight. */
  sw_list_query_set_sort (query, "is_low", TRUE);
  g_clear_object (&self->list);
  self->list = sw_record_list_new (self->session, query);
  g_signal_connect_object (self->list, "loaded", G_CALLBACK (on_loaded), self, G_CONNECT_SWAPPED);
}

GtkWidget *
sw_sim_stock_new (SwSession *session, SwTable *table)
{
  SwSimStock *self = g_object_new (SW_TYPE_SIM_STOCK, NULL);
  SwChangeFeed *feed = sw_session_get_change_feed (session);

  self->session = g_object_ref (session);
  self->table = table;
  g_signal_connect_object (feed, "changed::sim_card", G_CALLBACK (read_stock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (feed, "changed::catalogue", G_CALLBACK (read_stock), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "restored", G_CALLBACK (read_stock), self, G_CONNECT_SWAPPED);
  read_stock (self);
  return GTK_WIDGET (self);
}

static void
dispose (GObject *object)
{
  SwSimStock *self = SW_SIM_STOCK (object);

  g_clear_object (&self->list);
  g_clear_object (&self->session);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_sim_stock_parent_class)->dispose (object);
}

static void
sw_sim_stock_class_init (SwSimStockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "simstock");
}

static void
sw_sim_stock_init (SwSimStock *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->scroller = gtk_scrolled_window_new ();
  /* On a phone the operators slide sideways. */
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_EXTERNAL, GTK_POLICY_NEVER);
  gtk_scrolled_window_set_propagate_natural_width (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->box);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
