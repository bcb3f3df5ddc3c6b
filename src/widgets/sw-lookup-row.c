/* sw-lookup-row.c: a row whose value is another record, found by typing
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "widgets/sw-lookup-row.h"

#include <glib/gi18n-lib.h>

#include "base/sw-money.h"
#include "model/sw-call.h"
#include "model/sw-record-list.h"

struct _SwLookupRow
{
  SwRow parent_instance;

  SwSession *session;
  char *relation;
  char *label_field;
  char *detail_field;
  char *filter;
  char *shown_field;
  char *figure_field;
  char *sort_field;
  char *entity;
  char *value;
  GCancellable *cancellable;
  guint reading; /* source of an idle */

  GtkWidget *button; /* owned by the row */
  GtkWidget *label;
  GtkWidget *search;
  GtkWidget *popover;
  GtkWidget *none;
  GtkSingleSelection *selection;
};

G_DEFINE_FINAL_TYPE (SwLookupRow, sw_lookup_row, SW_TYPE_ROW)

enum
{
  PROP_RELATION = 1,
  PROP_LABEL_FIELD,
  PROP_DETAIL_FIELD,
  PROP_FILTER,
  PROP_SHOWN_FIELD,
  PROP_FIGURE_FIELD,
  PROP_SORT_FIELD,
  PROP_ENTITY,
  PROP_OPTIONAL,
  N_PROPS
};

static GParamSpec *props[N_PROPS];

/* The list under the search entry */

static void
fill_item (GtkListItem *item, SwLookupRow *self)
{
  SwRecord *record = gtk_list_item_get_item (item);
  GtkWidget *box = gtk_list_item_get_child (item);
  GtkWidget *words = gtk_widget_get_first_child (box);
  GtkWidget *title = gtk_widget_get_first_child (words);
  GtkWidget *detail = gtk_widget_get_last_child (words);
  GtkWidget *figure = gtk_widget_get_last_child (box);
  const char *text = record == NULL ? NULL : sw_record_get_text (record, self->label_field);
  const char *more = record == NULL || self->detail_field == NULL
                         ? NULL
                         : sw_record_get_text (record, self->detail_field);
  g_autofree char *amount = record == NULL || self->figure_field == NULL
                                ? NULL
                                : sw_money_format (sw_record_get_text (record, self->figure_field));

  gtk_label_set_label (GTK_LABEL (title), text != NULL ? text : "…");
  gtk_label_set_label (GTK_LABEL (detail), more != NULL ? more : "");
  gtk_label_set_label (GTK_LABEL (figure), amount != NULL ? amount : "");
}

static void
on_record_changed (SwRecord *record, GtkListItem *item)
{
  fill_item (item, g_object_get_data (G_OBJECT (item), "sw-row"));
}

static void
on_setup (GtkListItemFactory *factory, GtkListItem *item, SwLookupRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *title = gtk_label_new (NULL);
  GtkWidget *detail = gtk_label_new (NULL);
  GtkWidget *figure = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (title), 0);
  gtk_label_set_wrap (GTK_LABEL (title), TRUE);
  gtk_label_set_xalign (GTK_LABEL (detail), 0);
  gtk_widget_add_css_class (detail, "caption");
  gtk_widget_add_css_class (detail, "dim-label");
  gtk_widget_set_hexpand (words, TRUE);
  gtk_widget_add_css_class (figure, "numeric");
  gtk_box_append (GTK_BOX (words), title);
  gtk_box_append (GTK_BOX (words), detail);
  gtk_box_append (GTK_BOX (box), words);
  gtk_box_append (GTK_BOX (box), figure);
  gtk_list_item_set_child (item, box);
  g_object_set_data (G_OBJECT (item), "sw-row", self);
}

static void
on_bind (GtkListItemFactory *factory, GtkListItem *item, SwLookupRow *self)
{
  g_signal_connect (gtk_list_item_get_item (item), "changed", G_CALLBACK (on_record_changed), item);
  fill_item (item, self);
}

static void
on_unbind (GtkListItemFactory *factory, GtkListItem *item, SwLookupRow *self)
{
  g_signal_handlers_disconnect_by_func (gtk_list_item_get_item (item), on_record_changed, item);
}

static void
apply_filter (SwLookupRow *self, SwListQuery *query)
{
  g_auto (GStrv) conditions = g_strsplit (self->filter != NULL ? self->filter : "", " ", -1);

  for (char **condition = conditions; *condition != NULL; condition++)
    {
      char *value = strchr (*condition, '=');

      if (value == NULL)
        continue;
      *value++ = '\0';
      if (strchr (value, ',') != NULL)
        {
          g_auto (GStrv) values = g_strsplit (value, ",", -1);

          sw_list_query_set_filter (query, *condition, SW_FILTER_IN, (const char *const *) values);
        }
      else
        sw_list_query_set_equal (query, *condition, value);
    }
}

static void
search (SwLookupRow *self)
{
  g_autoptr (SwListQuery) query = NULL;
  g_autoptr (SwRecordList) list = NULL;
  const char *columns[] = { self->label_field, NULL };

  if (self->session == NULL || self->relation == NULL)
    return;
  query = sw_list_query_new (self->relation);
  sw_list_query_set_columns (query, columns);
  if (self->detail_field != NULL)
    sw_list_query_add_column (query, self->detail_field);
  if (self->figure_field != NULL)
    sw_list_query_add_column (query, self->figure_field);
  sw_list_query_set_search (query, gtk_editable_get_text (GTK_EDITABLE (self->search)));
  apply_filter (self, query);
  sw_list_query_set_sort (query, self->sort_field != NULL ? self->sort_field : self->label_field, FALSE);
  list = sw_record_list_new (self->session, query);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (list));
}

static void
choose (SwLookupRow *self, guint position)
{
  g_autoptr (SwRecord) record = g_list_model_get_item (G_LIST_MODEL (self->selection), position);

  if (record == NULL || !sw_record_is_loaded (record))
    return;
  g_free (self->value);
  self->value = g_strdup_printf ("%" G_GINT64_FORMAT, sw_record_get_id (record));
  sw_lookup_row_set_label (self, sw_record_get_text (record, self->label_field));
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  sw_row_edited (SW_ROW (self));
}

static void
on_activate (GtkListView *view, guint position, SwLookupRow *self)
{
  choose (self, position);
}

static void
on_search_activate (GtkSearchEntry *entry, SwLookupRow *self)
{
  choose (self, 0);
}

static void
on_none (SwLookupRow *self)
{
  g_clear_pointer (&self->value, g_free);
  sw_lookup_row_set_label (self, NULL);
  gtk_popover_popdown (GTK_POPOVER (self->popover));
  sw_row_edited (SW_ROW (self));
}

static void
on_shown (GtkWidget *popover, SwLookupRow *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->search), "");
  search (self);
  gtk_widget_grab_focus (self->search);
}

static GtkWidget *
create_popover (SwLookupRow *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkListItemFactory *factory = gtk_signal_list_item_factory_new ();
  GtkWidget *view;

  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), self);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), self);
  g_signal_connect (factory, "unbind", G_CALLBACK (on_unbind), self);
  self->selection = gtk_single_selection_new (NULL);
  view = gtk_list_view_new (GTK_SELECTION_MODEL (g_object_ref (self->selection)), factory);
  gtk_list_view_set_single_click_activate (GTK_LIST_VIEW (view), TRUE);
  g_signal_connect (view, "activate", G_CALLBACK (on_activate), self);

  self->search = gtk_search_entry_new ();
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->search), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Search"), -1);
  g_signal_connect_swapped (self->search, "search-changed", G_CALLBACK (search), self);
  g_signal_connect (self->search, "activate", G_CALLBACK (on_search_activate), self);

  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_widget_set_size_request (scrolled, 300, 280);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  gtk_box_append (GTK_BOX (box), self->search);
  gtk_box_append (GTK_BOX (box), scrolled);
  self->none = gtk_button_new_with_label (_("None"));
  gtk_widget_add_css_class (self->none, "flat");
  gtk_widget_set_visible (self->none, FALSE);
  g_signal_connect_swapped (self->none, "clicked", G_CALLBACK (on_none), self);
  gtk_box_append (GTK_BOX (box), self->none);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect (popover, "show", G_CALLBACK (on_shown), self);
  return popover;
}

/* SwRow */

static void
on_value_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwRecord) record = sw_call_read_record_finish (result, NULL);
  SwLookupRow *self = user_data;

  if (record != NULL) /* else cancelled, or gone: the row still holds the id */
    sw_lookup_row_set_label (self, sw_record_get_text (record, self->label_field));
}

static gboolean
read_label_now (gpointer data)
{
  SwLookupRow *self = data;

  self->reading = 0;
  self->cancellable = g_cancellable_new ();
  sw_call_read_record_async (self->session, self->entity != NULL ? self->entity : self->relation,
                             g_ascii_strtoll (self->value, NULL, 10), self->cancellable, on_value_read, self);
  return G_SOURCE_REMOVE;
}

static void
stop_reading (SwLookupRow *self)
{
  g_clear_handle_id (&self->reading, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

/* The words for a value nobody gives us words for: a default of a new record. Whoever has set the value
 * may be about to. */
static void
read_label (SwLookupRow *self)
{
  stop_reading (self);
  if (self->value != NULL && self->session != NULL && self->relation != NULL)
    self->reading = g_idle_add (read_label_now, self);
}

static void
sw_lookup_row_set_value (SwRow *row, const char *value)
{
  SwLookupRow *self = SW_LOOKUP_ROW (row);

  if (g_strcmp0 (self->value, value) == 0)
    return;
  g_free (self->value);
  self->value = g_strdup (value);
  sw_lookup_row_set_label (self, NULL);
  read_label (self);
}

static char *
sw_lookup_row_get_value (SwRow *row, GError **error)
{
  return g_strdup (SW_LOOKUP_ROW (row)->value);
}

static char *
sw_lookup_row_get_display (SwRow *row)
{
  SwLookupRow *self = SW_LOOKUP_ROW (row);

  return g_strdup (self->value == NULL ? "" : gtk_label_get_label (GTK_LABEL (self->label)));
}

static void
sw_lookup_row_set_editable (SwRow *row, gboolean editable)
{
  gtk_widget_set_sensitive (SW_LOOKUP_ROW (row)->button, editable);
}

void
sw_lookup_row_set_session (SwLookupRow *self, SwSession *session)
{
  g_set_object (&self->session, session);
}

const char *
sw_lookup_row_get_shown_field (SwLookupRow *self)
{
  g_return_val_if_fail (SW_IS_LOOKUP_ROW (self), NULL);
  return self->shown_field;
}

void
sw_lookup_row_set_filter (SwLookupRow *self, const char *filter)
{
  g_return_if_fail (SW_IS_LOOKUP_ROW (self));
  g_free (self->filter);
  self->filter = g_strdup (filter);
}

void
sw_lookup_row_set_label (SwLookupRow *self, const char *label)
{
  g_autofree char *spoken = NULL;

  if (label != NULL)
    stop_reading (self);
  gtk_label_set_label (GTK_LABEL (self->label), label != NULL ? label : _("Choose…"));
  spoken = g_strdup_printf ("%s: %s", adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)),
                            gtk_label_get_label (GTK_LABEL (self->label)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
sw_lookup_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwLookupRow *self = SW_LOOKUP_ROW (object);

  switch (id)
    {
    case PROP_RELATION:
      g_free (self->relation);
      self->relation = g_value_dup_string (value);
      break;
    case PROP_LABEL_FIELD:
      g_free (self->label_field);
      self->label_field = g_value_dup_string (value);
      break;
    case PROP_DETAIL_FIELD:
      g_free (self->detail_field);
      self->detail_field = g_value_dup_string (value);
      break;
    case PROP_FILTER:
      sw_lookup_row_set_filter (self, g_value_get_string (value));
      break;
    case PROP_SHOWN_FIELD:
      g_free (self->shown_field);
      self->shown_field = g_value_dup_string (value);
      break;
    case PROP_FIGURE_FIELD:
      g_free (self->figure_field);
      self->figure_field = g_value_dup_string (value);
      break;
    case PROP_SORT_FIELD:
      g_free (self->sort_field);
      self->sort_field = g_value_dup_string (value);
      break;
    case PROP_ENTITY:
      g_free (self->entity);
      self->entity = g_value_dup_string (value);
      break;
    case PROP_OPTIONAL:
      gtk_widget_set_visible (self->none, g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
      break;
    }
}

static void
sw_lookup_row_dispose (GObject *object)
{
  SwLookupRow *self = SW_LOOKUP_ROW (object);

  stop_reading (self);
  g_clear_object (&self->session);
  g_clear_object (&self->selection);
  g_clear_pointer (&self->popover, gtk_widget_unparent);
  G_OBJECT_CLASS (sw_lookup_row_parent_class)->dispose (object);
}

static void
sw_lookup_row_finalize (GObject *object)
{
  SwLookupRow *self = SW_LOOKUP_ROW (object);

  g_free (self->relation);
  g_free (self->label_field);
  g_free (self->detail_field);
  g_free (self->filter);
  g_free (self->shown_field);
  g_free (self->figure_field);
  g_free (self->sort_field);
  g_free (self->entity);
  g_free (self->value);
  G_OBJECT_CLASS (sw_lookup_row_parent_class)->finalize (object);
}

static void
sw_lookup_row_class_init (SwLookupRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SwRowClass *row_class = SW_ROW_CLASS (klass);

  object_class->set_property = sw_lookup_row_set_property;
  object_class->dispose = sw_lookup_row_dispose;
  object_class->finalize = sw_lookup_row_finalize;
  row_class->set_value = sw_lookup_row_set_value;
  row_class->get_value = sw_lookup_row_get_value;
  row_class->get_display = sw_lookup_row_get_display;
  row_class->set_editable = sw_lookup_row_set_editable;

  props[PROP_RELATION] = g_param_spec_string ("relation", NULL, NULL, NULL,
                                              G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_LABEL_FIELD] = g_param_spec_string ("label-field", NULL, NULL, NULL,
                                                 G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_DETAIL_FIELD] = g_param_spec_string ("detail-field", NULL, NULL, NULL,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_FILTER] = g_param_spec_string ("filter", NULL, NULL, NULL,
                                            G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SHOWN_FIELD] = g_param_spec_string ("shown-field", NULL, NULL, NULL,
                                                 G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_FIGURE_FIELD] = g_param_spec_string ("figure-field", NULL, NULL, NULL,
                                                  G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_SORT_FIELD] = g_param_spec_string ("sort-field", NULL, NULL, NULL,
                                                G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_ENTITY] = g_param_spec_string ("entity", NULL, NULL, NULL,
                                            G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  props[PROP_OPTIONAL] = g_param_spec_boolean ("optional", NULL, NULL, FALSE,
                                               G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
}

static void
sw_lookup_row_init (SwLookupRow *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);

  self->button = gtk_button_new (); /* GtkMenuButton would centre what it shows */
  self->label = gtk_label_new (_("Choose…"));
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_wrap (GTK_LABEL (self->label), TRUE);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (box), self->label);
  gtk_box_append (GTK_BOX (box), gtk_image_new_from_icon_name ("pan-down-symbolic"));
  gtk_button_set_child (GTK_BUTTON (self->button), box);
  gtk_widget_add_css_class (self->button, "flat");
  gtk_widget_add_css_class (GTK_WIDGET (self), "lookup");
  self->popover = create_popover (self);
  gtk_widget_set_parent (self->popover, self->button);
  g_signal_connect_swapped (self->button, "clicked", G_CALLBACK (gtk_popover_popup), self->popover);
  sw_row_set_editor (SW_ROW (self), self->button, FALSE);
}
