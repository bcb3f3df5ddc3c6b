/* sw-parc-list.c: the parc of a customer, or of one site: lines and machines by type
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/common/sw-parc-list.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "base/sw-money.h"
#include "base/sw-text.h"
#include "model/sw-call.h"
#include "model/sw-change-feed.h"
#include "model/sw-rule-messages.h"
#include "pages/common/sw-parc-item.h"
#include "pages/common/sw-parc-words.h"
#include "widgets/sw-page.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-status.h"
#include "widgets/sw-toast.h"

#define NARROW 480      /* pixels: prices go above badges */
#define SMALLEST 280    /* pixels of height, whatever the record leaves */
#define BOTTOM 32       /* pixels between the list and the end of the record */
#define SETTLE_DELAY 300 /* ms: changes made together are read once */

struct _SwParcList
{
  GtkWidget parent_instance;

  SwSession *session;
  const char *entity;
  gint64 id;
  SwRecord *parc; /* what was read last */
  GHashTable *known;    /* "line:12" of what is shown */
  GHashTable *unfolded; /* gint64 * of lines whose history is shown -> its rows, a GListModel *, NULL: being read */
  GListStore *items;
  GCancellable *reading;
  GCancellable *reading_histories;
  guint settle_source;
  guint height_source;
  guint n_lines;
  gboolean stale;
  gboolean narrow;
  char *kind; /* the only type shown; NULL: all */
  char *sought; /* folded; NULL: nothing */

  GtkWidget *box;
  GtkWidget *cards[4];
  GtkWidget *card_values[4];
  GtkWidget *card_places;
  GtkWidget *search;
  GtkWidget *stack;
  GtkWidget *scroller;
  GtkWidget *view;
  GtkWidget *error;
  GtkWidget *empty;
  GtkAdjustment *outer; /* of the record's scroller, while mapped */
};

G_DEFINE_FINAL_TYPE (SwParcList, sw_parc_list, GTK_TYPE_WIDGET)

static guint read_signal;

/* {{{ Rows */

static void
take (GPtrArray *rows, SwParcItem *item)
{
  g_ptr_array_add (rows, item);
}

/* As far as it is known. */
static void
add_history (SwParcList *self, GPtrArray *rows, gint64 line_id)
{
  GListModel *offers = g_hash_table_lookup (self->unfolded, &line_id);

  for (guint i = 0; offers != NULL && i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (SwRecord) offer = g_list_model_get_item (offers, i);

      take (rows, sw_parc_item_new (SW_PARC_ITEM_OFFER, offer));
    }
}

static void
know (SwParcList *self, const char *entity, SwRecord *record)
{
  g_hash_table_add (self->known, g_strdup_printf ("%s:%" G_GINT64_FORMAT, entity, sw_record_get_id (record)));
}

/* The nested rows @list of @service that are sought; @all: whatever they say. */
static void
add_rows (SwParcList *self, GPtrArray *rows, SwRecord *service, SwParcItemType type, gboolean all)
{
  GListModel *list = sw_record_get_rows (service, type == SW_PARC_ITEM_LINE ? "lines" : "equipment");
  SwRecord *margins = sw_record_get_record (self->parc, "margins");

  margins = margins != NULL ? sw_record_get_record (margins, "lines") : NULL;
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (SwRecord) record = g_list_model_get_item (list, i);
      g_autoptr (SwParcItem) item = sw_parc_item_new (type, record);
      gint64 id = sw_record_get_id (record);

      know (self, type == SW_PARC_ITEM_LINE ? "line" : "equipment", record);
      if (!all && !sw_parc_item_matches (item, self->sought))
        continue;
      if (type == SW_PARC_ITEM_LINE)
        {
          g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, id);

          item->margin = margins != NULL ? g_strdup (sw_record_get_text (margins, name)) : NULL;
          item->unfolded = g_hash_table_contains (self->unfolded, &id);
        }
      take (rows, g_object_ref (item));
      if (item->unfolded)
        add_history (self, rows, id);
    }
}

/* "2 sites · 120 lines · 1 234,00 € a month · margin 312,00 €" */
static char *
describe_totals (SwParcList *self, const char *kind)
{
  SwRecord *totals = sw_record_get_record (self->parc, "totals");
  SwRecord *margins = sw_record_get_record (self->parc, "margins");
  SwRecord *total = totals != NULL ? sw_record_get_record (totals, kind) : NULL;
  g_autoptr (GString) text = NULL;
  g_autofree char *monthly = NULL;
  guint services, lines, machines;

  if (total == NULL)
    return NULL;
  services = sw_record_get_int (total, "services");
  lines = sw_record_get_int (total, "lines");
  machines = sw_record_get_int (total, "equipment");
  monthly = sw_money_format (sw_record_get_text (total, "monthly_net"));
  text = g_string_new (NULL);
  g_string_append_printf (text, ngettext ("%u site", "%u sites", services), services);
  g_string_append (text, " · ");
  g_string_append_printf (text, ngettext ("%u line", "%u lines", lines), lines);
  if (machines > 0)
    {
      g_string_append (text, " · ");
      g_string_append_printf (text, ngettext ("%u machine", "%u machines", machines), machines);
    }
  g_string_append_printf (text, _(" · %s a month"), monthly);
  margins = margins != NULL ? sw_record_get_record (margins, "kinds") : NULL;
  total = margins != NULL ? sw_record_get_record (margins, kind) : NULL;
  if (total != NULL)
    {
      g_autofree char *margin = sw_money_format (sw_record_get_text (total, "margin"));
      guint unknown = sw_record_get_int (total, "unknown");

      g_string_append_printf (text, _(" · margin %s"), margin);
      if (unknown > 0)
        g_string_append_printf (text, ngettext (" (%u line without purchase price)", " (%u lines without purchase price)",
                                                unknown), unknown);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_service (SwParcList *self, GPtrArray *rows, SwRecord *service)
{
  gboolean one_site = g_str_equal (self->entity, "service");
  g_autoptr (SwParcItem) item = sw_parc_item_new (SW_PARC_ITEM_SERVICE, service);
  gboolean all = self->sought == NULL || (!one_site && sw_parc_item_matches (item, self->sought));
  guint before = rows->len;

  know (self, "service", service);
  if (!one_site)
    take (rows, g_object_ref (item));
  add_rows (self, rows, service, SW_PARC_ITEM_LINE, all);
  add_rows (self, rows, service, SW_PARC_ITEM_MACHINE, all);
  if (!all && !one_site && rows->len == before + 1)
    g_ptr_array_set_size (rows, before);
}

static void
add_group (SwParcList *self, GPtrArray *rows, SwRecord *group)
{
  GListModel *services = sw_record_get_rows (group, "services");
  const char *kind = sw_record_get_text (group, "kind");
  gboolean headed = g_str_equal (self->entity, "customer");
  guint before = rows->len;

  if (headed)
    {
      SwParcItem *item = sw_parc_item_new (SW_PARC_ITEM_KIND, NULL);

      item->kind = g_strdup (kind);
      item->summary = describe_totals (self, kind);
      take (rows, item);
    }
  for (guint i = 0; i < g_list_model_get_n_items (services); i++)
    {
      g_autoptr (SwRecord) service = g_list_model_get_item (services, i);

      add_service (self, rows, service);
    }
  /* Another type is chosen, or nothing of this one is sought. */
  if ((self->kind != NULL && g_strcmp0 (self->kind, kind) != 0) || rows->len == before + headed)
    g_ptr_array_set_size (rows, before);
}

static void
show_rows (SwParcList *self)
{
  GListModel *groups = sw_record_get_rows (self->parc, "groups");
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_hash_table_remove_all (self->known);
  for (guint i = 0; i < g_list_model_get_n_items (groups); i++)
    {
      g_autoptr (SwRecord) group = g_list_model_get_item (groups, i);

      add_group (self, rows, group);
    }
  g_list_store_splice (self->items, 0, g_list_model_get_n_items (G_LIST_MODEL (self->items)), rows->pdata, rows->len);
  adw_status_page_set_title (ADW_STATUS_PAGE (self->empty),
                             self->sought != NULL ? _("Nothing found here") : _("No site of installation yet"));
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), rows->len > 0 ? "list" : "empty");
}

static void
show_cards (SwParcList *self)
{
  SwRecord *totals = sw_record_get_record (self->parc, "totals");

  self->n_lines = 0;
  for (guint i = 0; totals != NULL && i < G_N_ELEMENTS (self->cards); i++)
    {
      SwRecord *total = sw_record_get_record (totals, sw_parc_words_kinds[i].value);
      guint n_lines = sw_record_get_int (total, "lines");
      g_autofree char *lines = sw_money_format_number (sw_record_get_text (total, "lines"), 0);
      g_autofree char *count = g_strdup_printf (ngettext ("%u line", "%u lines", n_lines), n_lines);
      g_autofree char *label = g_strdup_printf ("%s, %s", _(sw_parc_words_kinds[i].label), count);

      gtk_label_set_label (GTK_LABEL (self->card_values[i]), lines);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->cards[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
      gtk_widget_set_sensitive (self->cards[i], sw_record_get_int (total, "services") > 0
                                                    || sw_record_get_int (total, "lines") > 0);
      self->n_lines += n_lines;
    }
}

/* }}} */

/* {{{ Reading */

static gboolean
is_offer (SwParcList *self, guint position)
{
  g_autoptr (SwParcItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  return item != NULL && item->type == SW_PARC_ITEM_OFFER;
}

/* Below @item, what its line subscribed to, or nothing any more. */
static void
show_history (SwParcList *self, SwParcItem *item)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);
  guint position, n_shown = 0;

  if (!g_list_store_find (self->items, item, &position))
    return;
  while (is_offer (self, position + 1 + n_shown))
    n_shown++;
  if (item->unfolded)
    add_history (self, rows, sw_record_get_id (item->record));
  g_list_store_splice (self->items, position + 1, n_shown, rows->pdata, rows->len);
}

static void
show_histories (SwParcList *self)
{
  /* Forwards: the rows put in below one are passed over. */
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->items)); i++)
    {
      g_autoptr (SwParcItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), i);

      if (item->type == SW_PARC_ITEM_LINE && item->unfolded)
        show_history (self, item);
    }
}

static void
on_histories_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwParcList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) histories = sw_call_run_finish_record (result, &error);
  GHashTableIter iter;
  gpointer id;

  if (error != NULL && sw_rule_is_cancelled (error))
    return;
  if (histories == NULL)
    {
      g_autofree char *message = sw_rule_message (error);

      sw_toast (GTK_WIDGET (self), message);
      return;
    }
  g_hash_table_iter_init (&iter, self->unfolded);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    {
      g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, *(gint64 *) id);

      g_hash_table_iter_replace (&iter, g_object_ref (sw_record_get_rows (histories, name)));
    }
  show_histories (self);
}

/* What unfolded lines subscribed to comes after the parc: of thousands few are unfolded. */
static void
read_histories (SwParcList *self)
{
  g_autoptr (SwCall) call = sw_call_new ("line_histories");
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer id;

  g_cancellable_cancel (self->reading_histories);
  g_clear_object (&self->reading_histories);
  g_hash_table_iter_init (&iter, self->unfolded);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_array_append_vals (ids, id, 1);
  if (ids->len == 0)
    return;
  self->reading_histories = g_cancellable_new ();
  sw_call_add_ids (call, NULL, (const gint64 *) ids->data, ids->len);
  sw_call_run_async (call, self->session, self->reading_histories, on_histories_read, g_object_ref (self));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (SwParcList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) parc = sw_call_run_finish_record (result, &error);

  if (error != NULL && sw_rule_is_cancelled (error))
    return;
  if (parc == NULL)
    {
      g_autofree char *message = sw_rule_message (error);

      self->stale = TRUE;
      adw_status_page_set_description (ADW_STATUS_PAGE (self->error), message);
      if (self->parc == NULL)
        gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "error");
      return;
    }
  g_set_object (&self->parc, parc);
  show_cards (self);
  show_rows (self);
  read_histories (self);
  g_signal_emit (self, read_signal, 0);
}

static void
stop_reading (SwParcList *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_cancellable_cancel (self->reading_histories);
  g_clear_object (&self->reading_histories);
  g_clear_handle_id (&self->settle_source, g_source_remove);
}

static void
read_now (SwParcList *self)
{
  g_autofree char *function = g_strconcat (self->entity, "_parc", NULL);
  g_autoptr (SwCall) call = sw_call_new (function);

  stop_reading (self);
  self->stale = FALSE;
  if (self->id == 0)
    return;
  self->reading = g_cancellable_new ();
  sw_call_add_id (call, NULL, self->id);
  sw_call_run_async (call, self->session, self->reading, on_read, g_object_ref (self));
}

static gboolean
on_settled (gpointer data)
{
  SwParcList *self = data;

  self->settle_source = 0;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_now (self);
  return G_SOURCE_REMOVE;
}

/* Something of the parc changed: at once when it is shown here; what is new to us when we are seen again. */
static void
on_changed (SwParcList *self, const char *entity, gint64 id)
{
  g_autofree char *name = g_strdup_printf ("%s:%" G_GINT64_FORMAT, entity, id);

  self->stale = TRUE;
  if ((id == 0 || g_hash_table_contains (self->known, name)) && self->settle_source == 0)
    self->settle_source = g_timeout_add (SETTLE_DELAY, on_settled, self);
}

static void
on_service_changed (SwChangeFeed *feed, gint64 id, SwParcList *self)
{
  on_changed (self, "service", id);
}

static void
on_line_changed (SwChangeFeed *feed, gint64 id, SwParcList *self)
{
  on_changed (self, "line", id);
}

static void
on_machine_changed (SwChangeFeed *feed, gint64 id, SwParcList *self)
{
  on_changed (self, "equipment", id);
}

static void
on_restored (SwParcList *self)
{
  self->stale = TRUE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_now (self);
}

/* }}} */

/* {{{ What the person does */

static void
on_activated (SwParcList *self, guint position)
{
  static const char *const entities[] = { NULL, "service", "line", "equipment", NULL };
  g_autoptr (SwParcItem) item = g_list_model_get_item (G_LIST_MODEL (self->items), position);

  if (item != NULL && entities[item->type] != NULL)
    sw_page_open (GTK_WIDGET (self), entities[item->type], sw_record_get_id (item->record));
}

static void
on_fold (SwParcCell *cell, SwParcItem *item, SwParcList *self)
{
  gint64 id = sw_record_get_id (item->record);

  item->unfolded = !item->unfolded;
  if (item->unfolded)
    {
      g_hash_table_insert (self->unfolded, g_memdup2 (&id, sizeof id), NULL);
      read_histories (self);
    }
  else
    {
      g_hash_table_remove (self->unfolded, &id);
      show_history (self, item);
    }
  sw_parc_cell_show (cell, item, self->narrow);
}

static void
on_card (GtkToggleButton *button, GParamSpec *pspec, SwParcList *self)
{
  const char *kind = g_object_get_data (G_OBJECT (button), "sw-kind");

  if (gtk_toggle_button_get_active (button))
    {
      for (guint i = 0; i < G_N_ELEMENTS (self->cards); i++)
        if (self->cards[i] != GTK_WIDGET (button))
          gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->cards[i]), FALSE);
      g_free (self->kind);
      self->kind = g_strdup (kind);
    }
  else if (g_strcmp0 (self->kind, kind) == 0)
    g_clear_pointer (&self->kind, g_free);
  else
    return;
  if (self->parc != NULL)
    show_rows (self);
}

static void
on_sought (SwParcList *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search));

  g_free (self->sought);
  self->sought = sw_text_is_blank (text) ? NULL : sw_text_fold (text);
  if (self->parc != NULL)
    show_rows (self);
}

static void
on_new (SwParcList *self)
{
  sw_page_open (GTK_WIDGET (self),
                g_str_equal (self->entity, "customer") ? "service-of-customer" : "equipment-of-service", self->id);
}

static void
on_all_lines (SwParcList *self)
{
  sw_page_open (GTK_WIDGET (self), "lines-of-customer", self->id);
}

/* }}} */

/* {{{ Size: it is as high as what the record's scroller leaves, and scrolls itself */

static gboolean
on_height_due (gpointer data)
{
  SwParcList *self = data;
  GtkWidget *viewport = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_VIEWPORT);
  graphene_point_t origin = GRAPHENE_POINT_INIT (0, 0);
  graphene_point_t there;
  int height = SMALLEST;

  self->height_source = 0;
  if (viewport != NULL && self->outer != NULL
      && gtk_widget_compute_point (self->stack, gtk_widget_get_first_child (viewport), &origin, &there))
    height = MAX (SMALLEST, (int) (gtk_adjustment_get_page_size (self->outer) - there.y - BOTTOM));
  if (height != gtk_scrolled_window_get_max_content_height (GTK_SCROLLED_WINDOW (self->scroller)))
    gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), height);
  return G_SOURCE_REMOVE;
}

static void
queue_height (SwParcList *self)
{
  /* Not while sizes are being given out. */
  if (self->height_source == 0)
    self->height_source = g_idle_add (on_height_due, self);
}

static void
sw_parc_list_map (GtkWidget *widget)
{
  SwParcList *self = SW_PARC_LIST (widget);
  GtkWidget *outer = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW);

  GTK_WIDGET_CLASS (sw_parc_list_parent_class)->map (widget);
  if (outer != NULL)
    {
      self->outer = g_object_ref (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (outer)));
      g_signal_connect_swapped (self->outer, "notify::page-size", G_CALLBACK (queue_height), self);
    }
  queue_height (self);
  if (self->stale || (self->id != 0 && self->parc == NULL))
    read_now (self);
}

static void
sw_parc_list_unmap (GtkWidget *widget)
{
  SwParcList *self = SW_PARC_LIST (widget);

  if (self->outer != NULL)
    g_signal_handlers_disconnect_by_data (self->outer, self);
  g_clear_object (&self->outer);
  g_clear_handle_id (&self->height_source, g_source_remove);
  GTK_WIDGET_CLASS (sw_parc_list_parent_class)->unmap (widget);
}

static gboolean
on_narrow_changed (gpointer data)
{
  g_autoptr (SwParcList) self = data;

  /* Bound anew, each for the other width. */
  if (self->view != NULL)
    {
      g_autoptr (GtkSelectionModel) model
          = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->items))));

      gtk_list_view_set_model (GTK_LIST_VIEW (self->view), model);
    }
  return G_SOURCE_REMOVE;
}

static void
sw_parc_list_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  SwParcList *self = SW_PARC_LIST (widget);

  gtk_widget_allocate (self->box, width, height, baseline, NULL);
  if (self->narrow != (width < NARROW))
    {
      self->narrow = width < NARROW;
      g_idle_add (on_narrow_changed, g_object_ref (self));
    }
}

static void
sw_parc_list_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural,
                      int *minimum_baseline, int *natural_baseline)
{
  gtk_widget_measure (SW_PARC_LIST (widget)->box, orientation, for_size, minimum, natural, minimum_baseline,
                      natural_baseline);
}

/* }}} */

/* {{{ Building */

static void
on_setup (GtkListItemFactory *factory, GtkListItem *list_item, SwParcList *self)
{
  GtkWidget *cell = sw_parc_cell_new ();

  g_signal_connect (cell, "fold", G_CALLBACK (on_fold), self);
  gtk_list_item_set_child (list_item, cell);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *list_item, SwParcList *self)
{
  SwParcItem *item = gtk_list_item_get_item (list_item);

  gtk_list_item_set_activatable (list_item, item->type != SW_PARC_ITEM_KIND && item->type != SW_PARC_ITEM_OFFER);
  sw_parc_cell_show (SW_PARC_CELL (gtk_list_item_get_child (list_item)), item, self->narrow);
}

static void
build_list (SwParcList *self)
{
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *retry;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  self->view = gtk_list_view_new (
      GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (g_object_ref (self->items)))), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (self->view), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Parc"), -1);
  g_signal_connect_swapped (self->view, "activate", G_CALLBACK (on_activated), self);

  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (self->scroller), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (self->scroller), SMALLEST);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), self->view);
  gtk_widget_add_css_class (self->scroller, "card");
  gtk_widget_add_css_class (self->scroller, "parc");
  gtk_widget_set_valign (self->scroller, GTK_ALIGN_START);

  self->error = sw_status_new ("dialog-warning-symbolic", _("The parc could not be read"), NULL, _("_Try again"), NULL);
  retry = adw_status_page_get_child (ADW_STATUS_PAGE (self->error));
  g_signal_connect_swapped (retry, "clicked", G_CALLBACK (read_now), self);
  self->empty = sw_status_new ("network-wired-symbolic", _("No site of installation yet"), NULL, NULL, NULL);

  self->stack = gtk_stack_new ();
  gtk_stack_set_vhomogeneous (GTK_STACK (self->stack), FALSE);
  gtk_stack_add_named (GTK_STACK (self->stack), sw_status_new_loading (), "loading");
  gtk_stack_add_named (GTK_STACK (self->stack), self->scroller, "list");
  gtk_stack_add_named (GTK_STACK (self->stack), self->empty, "empty");
  gtk_stack_add_named (GTK_STACK (self->stack), self->error, "error");
}

static void
build_cards (SwParcList *self)
{
  self->card_places = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_box_set_homogeneous (GTK_BOX (self->card_places), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (self->cards); i++)
    {
      const char *title = _(sw_parc_words_kinds[i].label);
      GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
      GtkWidget *label = gtk_label_new (title);

      self->card_values[i] = gtk_label_new (NULL);
      gtk_label_set_xalign (GTK_LABEL (self->card_values[i]), 0);
      gtk_widget_add_css_class (self->card_values[i], "figure-value");
      gtk_label_set_xalign (GTK_LABEL (label), 0);
      gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "caption");
      gtk_box_append (GTK_BOX (box), self->card_values[i]);
      gtk_box_append (GTK_BOX (box), label);
      self->cards[i] = gtk_toggle_button_new ();
      gtk_button_set_child (GTK_BUTTON (self->cards[i]), box);
      gtk_widget_add_css_class (self->cards[i], "card");
      gtk_widget_add_css_class (self->cards[i], "parc-type");
      gtk_accessible_update_property (GTK_ACCESSIBLE (self->cards[i]), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
      g_object_set_data (G_OBJECT (self->cards[i]), "sw-kind", (gpointer) sw_parc_words_kinds[i].value);
      g_signal_connect (self->cards[i], "notify::active", G_CALLBACK (on_card), self);
      gtk_box_append (GTK_BOX (self->card_places), self->cards[i]);
    }
}

static GtkWidget *
build_bar (SwParcList *self)
{
  gboolean customer = g_str_equal (self->entity, "customer");
  GtkWidget *bar = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *add = sw_pane_icon_button ("list-add-symbolic", customer ? _("New site") : _("New machine here"), NULL);

  self->search = gtk_search_entry_new ();
  g_object_set (self->search, "placeholder-text", _("Number, user, offer, machine…"), NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search the parc"), -1);
  gtk_widget_set_hexpand (self->search, TRUE);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (on_sought), self);
  gtk_box_append (GTK_BOX (bar), self->search);
  if (customer)
    {
      GtkWidget *all = gtk_button_new_with_label (_("All the lines"));

      g_signal_connect_swapped (all, "clicked", G_CALLBACK (on_all_lines), self);
      gtk_box_append (GTK_BOX (bar), all);
    }
  g_signal_connect_swapped (add, "clicked", G_CALLBACK (on_new), self);
  gtk_box_append (GTK_BOX (bar), add);
  return bar;
}

GtkWidget *
sw_parc_list_new (SwSession *session, const char *entity)
{
  SwParcList *self = g_object_new (SW_TYPE_PARC_LIST, NULL);
  SwChangeFeed *feed = sw_session_get_change_feed (session);

  self->session = g_object_ref (session);
  self->entity = g_intern_string (entity);
  if (g_str_equal (entity, "customer"))
    {
      build_cards (self);
      gtk_box_append (GTK_BOX (self->box), self->card_places);
    }
  gtk_box_append (GTK_BOX (self->box), build_bar (self));
  build_list (self);
  gtk_box_append (GTK_BOX (self->box), self->stack);
  g_signal_connect_object (feed, "changed::service", G_CALLBACK (on_service_changed), self, 0);
  g_signal_connect_object (feed, "changed::line", G_CALLBACK (on_line_changed), self, 0);
  g_signal_connect_object (feed, "changed::equipment", G_CALLBACK (on_machine_changed), self, 0);
  g_signal_connect_object (session, "restored", G_CALLBACK (on_restored), self, G_CONNECT_SWAPPED);
  return GTK_WIDGET (self);
}

void
sw_parc_list_set_id (SwParcList *self, gint64 id)
{
  g_return_if_fail (SW_IS_PARC_LIST (self));
  if (id == self->id)
    return;
  stop_reading (self);
  self->id = id;
  self->stale = FALSE;
  g_clear_object (&self->parc);
  g_hash_table_remove_all (self->unfolded);
  g_list_store_remove_all (self->items);
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  for (guint i = 0; i < G_N_ELEMENTS (self->cards) && self->cards[i] != NULL; i++)
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self->cards[i]), FALSE);
  gtk_stack_set_visible_child_name (GTK_STACK (self->stack), "loading");
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    read_now (self);
}

guint
sw_parc_list_get_n_lines (SwParcList *self)
{
  g_return_val_if_fail (SW_IS_PARC_LIST (self), 0);
  return self->n_lines;
}

static void
sw_parc_list_dispose (GObject *object)
{
  SwParcList *self = SW_PARC_LIST (object);

  stop_reading (self);
  g_clear_handle_id (&self->height_source, g_source_remove);
  self->view = NULL;
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->session);
  g_clear_object (&self->parc);
  g_clear_object (&self->outer);
  G_OBJECT_CLASS (sw_parc_list_parent_class)->dispose (object);
}

static void
sw_parc_list_finalize (GObject *object)
{
  SwParcList *self = SW_PARC_LIST (object);

  g_hash_table_unref (self->known);
  g_hash_table_unref (self->unfolded);
  g_object_unref (self->items);
  g_free (self->kind);
  g_free (self->sought);
  G_OBJECT_CLASS (sw_parc_list_parent_class)->finalize (object);
}

static void
sw_parc_list_class_init (SwParcListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = sw_parc_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = sw_parc_list_finalize;
  widget_class->map = sw_parc_list_map;
  widget_class->unmap = sw_parc_list_unmap;
  widget_class->measure = sw_parc_list_measure;
  widget_class->size_allocate = sw_parc_list_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "parclist");
  read_signal = g_signal_new ("read", SW_TYPE_PARC_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
unref_rows (gpointer rows)
{
  if (rows != NULL)
    g_object_unref (rows);
}

static void
sw_parc_list_init (SwParcList *self)
{
  self->items = g_list_store_new (SW_TYPE_PARC_ITEM);
  self->known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->unfolded = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, unref_rows);
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_hexpand (GTK_WIDGET (self), TRUE);
}

/* }}} */
