/* sw-probe-sorter.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-probe-sorter.h"

struct _SwProbeSorter
{
  GtkSorter parent_instance;

  gconstpointer tag;
};

G_DEFINE_FINAL_TYPE (SwProbeSorter, sw_probe_sorter, GTK_TYPE_SORTER)

/* Who was asked first during sw_probe_sorter_ask(); main thread only. */
static gconstpointer first_asked;

static GtkOrdering
sw_probe_sorter_compare (GtkSorter *sorter, gpointer a, gpointer b)
{
  if (first_asked == NULL)
    first_asked = SW_PROBE_SORTER (sorter)->tag;
  return GTK_ORDERING_SMALLER;
}

static GtkSorterOrder
sw_probe_sorter_get_order (GtkSorter *sorter)
{
  return GTK_SORTER_ORDER_PARTIAL;
}

static void
sw_probe_sorter_class_init (SwProbeSorterClass *klass)
{
  GTK_SORTER_CLASS (klass)->compare = sw_probe_sorter_compare;
  GTK_SORTER_CLASS (klass)->get_order = sw_probe_sorter_get_order;
}

static void
sw_probe_sorter_init (SwProbeSorter *self)
{
}

GtkSorter *
sw_probe_sorter_new (gconstpointer tag)
{
  SwProbeSorter *self = g_object_new (SW_TYPE_PROBE_SORTER, NULL);

  self->tag = tag;
  return GTK_SORTER (self);
}

gconstpointer
sw_probe_sorter_ask (GtkSorter *view_sorter, gboolean *descending)
{
  /* Two different objects: the view's sorter answers EQUAL for one and the same. */
  g_autoptr (GObject) a = g_object_new (G_TYPE_OBJECT, NULL);
  g_autoptr (GObject) b = g_object_new (G_TYPE_OBJECT, NULL);
  GtkOrdering order;

  first_asked = NULL;
  order = gtk_sorter_compare (view_sorter, a, b);
  *descending = order == GTK_ORDERING_LARGER;
  return first_asked;
}
