/* sw-parc-item.c: one row of a parc list, and the cell that shows it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/common/sw-parc-item.h"

#include <glib/gi18n-lib.h>

#include "base/sw-date.h"
#include "base/sw-money.h"
#include "base/sw-text.h"
#include "pages/common/sw-parc-words.h"
#include "widgets/sw-badge.h"
#include "widgets/sw-pane.h"

/* {{{ The row */

G_DEFINE_FINAL_TYPE (SwParcItem, sw_parc_item, G_TYPE_OBJECT)

static void
sw_parc_item_finalize (GObject *object)
{
  SwParcItem *self = SW_PARC_ITEM (object);

  g_clear_object (&self->record);
  g_free (self->kind);
  g_free (self->summary);
  g_free (self->margin);
  G_OBJECT_CLASS (sw_parc_item_parent_class)->finalize (object);
}

static void
sw_parc_item_class_init (SwParcItemClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sw_parc_item_finalize;
}

static void
sw_parc_item_init (SwParcItem *self)
{
}

SwParcItem *
sw_parc_item_new (SwParcItemType type, SwRecord *record)
{
  SwParcItem *self = g_object_new (SW_TYPE_PARC_ITEM, NULL);

  self->type = type;
  g_set_object (&self->record, record);
  return self;
}

static char *
join_strv (const char *const *texts)
{
  return g_strjoinv (", ", (char **) texts);
}

gboolean
sw_parc_item_matches (SwParcItem *self, const char *folded)
{
  static const char *const fields[] = { "number", "number_shown", "first_name", "last_name", "operator_name",
                                        "subscription", "iccid", "label", "serial_number", "name", "city",
                                        "internal_reference" };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *options = join_strv (sw_record_get_strv (self->record, "options"));
  g_autofree char *own = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (sw_record_get_text (self->record, fields[i]) != NULL)
      g_string_append_printf (text, "%s ", sw_record_get_text (self->record, fields[i]));
  g_string_append_printf (text, "%s ", options);
  /* Also as dialled, without spaces. */
  if (sw_record_get_text (self->record, "number_shown") != NULL)
    for (const char *at = sw_record_get_text (self->record, "number_shown"); *at != '\0'; at++)
      if (*at != ' ')
        g_string_append_c (text, *at);
  own = sw_text_fold (text->str);
  return sw_text_matches (own, folded);
}

/* }}} */

/* {{{ The cell */

struct _SwParcCell
{
  GtkWidget parent_instance;

  SwParcItem *item;
  GtkWidget *box;
  GtkWidget *fold;
  GtkWidget *icon;
  GtkWidget *texts;
  GtkWidget *first; /* title and user */
  GtkWidget *title;
  GtkWidget *user; /* beside the title; below it when there is little room */
  GtkWidget *subtitle;
  GtkWidget *end;
  GtkWidget *price;
  GtkWidget *margin;
  GtkWidget *place; /* of the badge */
  GtkWidget *badge;
};

G_DEFINE_FINAL_TYPE (SwParcCell, sw_parc_cell, GTK_TYPE_WIDGET)

static guint fold_signal;

static void
set_text (GtkWidget *label, const char *text)
{
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  gtk_widget_set_visible (label, text != NULL && *text != '\0');
}

static void
append (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

static void
show_badge (SwParcCell *self, const SwChoice *choices, const char *value)
{
  sw_badge_set_choice (SW_BADGE (self->badge), choices, value);
  gtk_widget_set_visible (self->badge, TRUE);
}

static void
show_kind (SwParcCell *self, SwParcItem *item)
{
  set_text (self->title, sw_choice_label (sw_parc_words_kinds, item->kind));
  set_text (self->user, NULL);
  set_text (self->subtitle, item->summary);
}

static void
show_service (SwParcCell *self, SwParcItem *item)
{
  g_autofree char *address = sw_parc_words_address (item->record);
  g_autoptr (GString) text = g_string_new (NULL);

  append (text, sw_choice_label (sw_parc_words_statuses, sw_record_get_text (item->record, "status")));
  append (text, sw_record_get_text (item->record, "operator_name"));
  append (text, address);
  set_text (self->title, sw_record_get_text (item->record, "name"));
  set_text (self->user, sw_record_get_text (item->record, "number"));
  set_text (self->subtitle, text->str);
  show_badge (self, sw_parc_words_activities, sw_record_get_text (item->record, "activity"));
}

static void
show_line (SwParcCell *self, SwParcItem *item)
{
  SwRecord *line = item->record;
  const char *number = sw_record_get_text (line, "number_shown");
  g_autofree char *user = g_strjoin (" ", sw_record_get_text (line, "first_name") != NULL ? sw_record_get_text (line, "first_name") : "",
                                     sw_record_get_text (line, "last_name"), NULL);
  g_autofree char *options = join_strv (sw_record_get_strv (line, "options"));
  g_autofree char *price = sw_money_format (sw_record_get_text (line, "monthly_net"));
  g_autofree char *margin = sw_money_format (item->margin);
  g_autofree char *label = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  append (text, sw_record_get_text (line, "operator_name"));
  append (text, sw_record_get_text (line, "subscription"));
  append (text, options);
  if (sw_record_get_int (line, "open_requests") > 0)
    append (text, _("change under way"));
  set_text (self->title, number != NULL ? number : _("Without number"));
  set_text (self->user, g_strstrip (user));
  set_text (self->subtitle, text->str);
  set_text (self->price, price);
  if (item->margin != NULL)
    {
      g_autofree char *words = g_strdup_printf (C_ ("of a line", "margin %s"), margin);

      set_text (self->margin, words);
    }
  show_badge (self, sw_parc_words_line_states, sw_record_get_text (line, "state"));
  label = g_strdup_printf (_("History of %s"), number != NULL ? number : user);
  gtk_button_set_icon_name (GTK_BUTTON (self->fold), item->unfolded ? "pan-down-symbolic" : "pan-end-symbolic");
  gtk_widget_set_tooltip_text (self->fold, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->fold), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_visible (self->fold, TRUE);
}

static void
show_machine (SwParcCell *self, SwParcItem *item)
{
  set_text (self->title, sw_record_get_text (item->record, "label"));
  set_text (self->user, NULL);
  set_text (self->subtitle, sw_record_get_text (item->record, "serial_number"));
  gtk_widget_set_visible (self->icon, TRUE);
  show_badge (self, sw_parc_words_machine_states, sw_record_get_text (item->record, "state"));
}

static void
show_offer (SwParcCell *self, SwParcItem *item)
{
  SwRecord *offer = item->record;
  g_autofree char *from = sw_date_format (sw_record_get_text (offer, "starts_on"));
  g_autofree char *to = sw_date_format (sw_record_get_text (offer, "ends_on"));
  g_autofree char *dates = *to == '\0' ? g_strdup_printf (_("since %s"), from)
                                       : g_strdup_printf (_("from %s to %s"), from, to);
  g_autofree char *price = sw_money_format (sw_record_get_text (offer, "price"));

  set_text (self->title, sw_record_get_text (offer, "label"));
  set_text (self->user, NULL);
  set_text (self->subtitle, dates);
  set_text (self->price, price);
}

/* A telephone has no room for the widest badge beside a number. */
static void
place_badge (SwParcCell *self, gboolean below)
{
  GtkWidget *parent = below ? self->texts : self->end;

  if (gtk_widget_get_parent (self->place) == parent)
    return;
  g_object_ref (self->place);
  gtk_box_remove (GTK_BOX (gtk_widget_get_parent (self->place)), self->place);
  gtk_box_append (GTK_BOX (parent), self->place);
  g_object_unref (self->place);
  gtk_widget_set_halign (self->badge, below ? GTK_ALIGN_START : GTK_ALIGN_END);
}

void
sw_parc_cell_show (SwParcCell *self, SwParcItem *item, gboolean narrow)
{
  static void (*const show[]) (SwParcCell *, SwParcItem *)
      = { show_kind, show_service, show_line, show_machine, show_offer };
  static const char *const classes[][2] = { { "parc-kind", NULL }, { "parc-site", NULL }, { "parc-line", NULL },
                                            { "parc-line", NULL }, { "parc-offer", NULL } };

  g_set_object (&self->item, item);
  gtk_widget_set_css_classes (self->box, (const char **) classes[item->type]);
  gtk_widget_set_visible (self->fold, FALSE);
  gtk_widget_set_visible (self->icon, FALSE);
  gtk_widget_set_visible (self->badge, FALSE);
  set_text (self->price, NULL);
  set_text (self->margin, NULL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->end),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->first),
                                  narrow ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL);
  gtk_box_set_spacing (GTK_BOX (self->first), narrow ? 1 : 9);
  /* Half a number is no number. */
  gtk_label_set_ellipsize (GTK_LABEL (self->title),
                           narrow && item->type == SW_PARC_ITEM_LINE ? PANGO_ELLIPSIZE_NONE : PANGO_ELLIPSIZE_END);
  place_badge (self, narrow && item->type == SW_PARC_ITEM_LINE);
  show[item->type] (self, item);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  gtk_label_get_label (GTK_LABEL (self->title)), -1);
}

static void
on_fold (SwParcCell *self)
{
  g_signal_emit (self, fold_signal, 0, self->item);
}

static GtkWidget *
add_label (GtkWidget *box, const char *css_class, float xalign)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), xalign);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void
sw_parc_cell_init (SwParcCell *self)
{
  GtkWidget *figures = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  self->fold = sw_pane_icon_button ("pan-end-symbolic", _("History"), NULL);
  gtk_widget_add_css_class (self->fold, "flat");
  gtk_widget_set_valign (self->fold, GTK_ALIGN_CENTER);
  g_signal_connect_swapped (self->fold, "clicked", G_CALLBACK (on_fold), self);
  self->icon = gtk_image_new_from_icon_name ("drive-harddisk-symbolic");
  gtk_widget_add_css_class (self->icon, "dim-label");
  gtk_box_append (GTK_BOX (self->box), self->fold);
  gtk_box_append (GTK_BOX (self->box), self->icon);

  self->texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 1);
  gtk_widget_set_hexpand (self->texts, TRUE);
  gtk_widget_set_valign (self->texts, GTK_ALIGN_CENTER);
  self->first = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_box_append (GTK_BOX (self->texts), self->first);
  self->title = add_label (self->first, "parc-title", 0);
  gtk_widget_add_css_class (self->title, "numeric");
  self->user = add_label (self->first, "parc-user", 0);
  self->subtitle = add_label (self->texts, "dim-label", 0);
  gtk_widget_add_css_class (self->subtitle, "caption");
  gtk_box_append (GTK_BOX (self->box), self->texts);

  self->end = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  gtk_widget_set_valign (self->end, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (figures, GTK_ALIGN_CENTER);
  self->price = add_label (figures, "numeric", 1);
  self->margin = add_label (figures, "dim-label", 1);
  gtk_widget_add_css_class (self->margin, "caption");
  gtk_widget_add_css_class (self->margin, "numeric");
  gtk_box_append (GTK_BOX (self->end), figures);
  self->badge = sw_badge_new (NULL, SW_BADGE_NEUTRAL);
  gtk_widget_set_hexpand (self->badge, TRUE);
  gtk_widget_set_halign (self->badge, GTK_ALIGN_END);
  gtk_widget_set_valign (self->badge, GTK_ALIGN_CENTER);
  self->place = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_size_request (self->place, 72, -1); /* most prices one below the other */
  gtk_widget_set_hexpand (self->place, FALSE); /* what the badge would make of it */
  gtk_box_append (GTK_BOX (self->place), self->badge);
  gtk_box_append (GTK_BOX (self->end), self->place);
  gtk_box_append (GTK_BOX (self->box), self->end);
}

static void
sw_parc_cell_dispose (GObject *object)
{
  SwParcCell *self = SW_PARC_CELL (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->item);
  G_OBJECT_CLASS (sw_parc_cell_parent_class)->dispose (object);
}

static void
sw_parc_cell_class_init (SwParcCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_parc_cell_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "parccell");
  gtk_widget_class_set_accessible_role (GTK_WIDGET_CLASS (klass), GTK_ACCESSIBLE_ROLE_GROUP);
  fold_signal = g_signal_new ("fold", SW_TYPE_PARC_CELL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                              SW_TYPE_PARC_ITEM);
}

GtkWidget *
sw_parc_cell_new (void)
{
  return g_object_new (SW_TYPE_PARC_CELL, NULL);
}

/* }}} */
