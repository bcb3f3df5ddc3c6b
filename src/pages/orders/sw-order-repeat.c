/* sw-order-repeat.c: see sw-order-repeat.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/orders/sw-order-repeat.h"

#include <glib/gi18n-lib.h>

#include "model/sw-rule-messages.h"
#include "pages/orders/sw-order-line.h"
#include "widgets/sw-area-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-switch-row.h"
#include "widgets/sw-toast.h"

/* More than anybody wants to look through on one screen; the import takes files. */
#define MOST 100

/* Belongs to the dialog. */
typedef struct
{
  SwFormList *list;     /* owned */
  SwFieldSet *fields;   /* owned */
  SwRecordPage *page;   /* not owned; outlives the dialog */
} Repeat;

static void
repeat_free (gpointer data)
{
  Repeat *repeat = data;

  g_object_unref (repeat->list);
  g_object_unref (repeat->fields);
  g_free (repeat);
}

/* "Léa Kermarrec", or two cells of a spreadsheet: first name and name. One word is a name. */
static void
set_user (JsonObject *line, const char *text)
{
  g_autofree char *user = g_strstrip (g_strdup (text));
  char *gap = strpbrk (user, "\t;");

  if (gap == NULL)
    gap = strchr (user, ' ');
  if (gap != NULL)
    {
      *gap = '\0';
      json_object_set_string_member (line, "first_name", g_strstrip (user));
      json_object_set_string_member (line, "last_name", g_strstrip (gap + 1));
    }
  else
    json_object_set_string_member (line, "last_name", user);
}

/* The users typed, one a line, or so many without a name. */
static GPtrArray *
read_users (SwDialog *dialog)
{
  GPtrArray *users = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = sw_dialog_get_value (dialog, "users");
  g_autofree char *count = sw_dialog_get_value (dialog, "count");
  g_auto (GStrv) lines = g_strsplit (text != NULL ? text : "", "\n", -1);
  gint64 n = count == NULL ? 0 : g_ascii_strtoll (count, NULL, 10);

  for (char **line = lines; *line != NULL; line++)
    if (*g_strstrip (*line) != '\0')
      g_ptr_array_add (users, g_strdup (*line));
  while (users->len < (guint) CLAMP (n, 0, MOST + 1))
    g_ptr_array_add (users, g_strdup (""));
  return users;
}

/* Adds a line a user, with the nth of @cards (nullable). */
static void
add_lines (Repeat *repeat, GPtrArray *users, GListModel *cards)
{
  /* What is one person's alone. */
  static const char *const but[] = { "first_name", "last_name", "sim_card_id", "number", "rio", NULL };
  SwFieldSet *first = NULL;

  for (guint i = 0; i < users->len; i++)
    {
      g_autoptr (JsonObject) line = sw_order_line_copy (repeat->fields, but);
      g_autoptr (SwRecord) card = cards == NULL ? NULL : g_list_model_get_item (cards, i);
      SwFieldSet *added;

      if (*(char *) users->pdata[i] != '\0')
        set_user (line, users->pdata[i]);
      if (card != NULL)
        {
          g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, sw_record_get_id (card));

          json_object_set_string_member (line, "sim_card_id", id);
          json_object_set_string_member (line, "iccid", sw_record_get_text (card, "iccid"));
        }
      added = sw_form_list_add (repeat->list, line);
      sw_order_line_set_expanded (added, FALSE);
      if (first == NULL)
        first = added;
    }
  sw_order_line_set_expanded (repeat->fields, FALSE);
  if (first != NULL)
    gtk_widget_grab_focus (gtk_widget_get_ancestor (GTK_WIDGET (sw_field_set_get_row (first, "last_name")),
                                                    ADW_TYPE_EXPANDER_ROW));
}

static void
on_cards_found (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwDialog) dialog = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) cards = sw_call_run_finish_rows (result, &error);
  Repeat *repeat = g_object_get_data (G_OBJECT (dialog), "sw-repeat");
  g_autoptr (GPtrArray) users = read_users (dialog);
  guint n_cards = cards == NULL ? 0 : g_list_model_get_n_items (cards);

  sw_dialog_set_busy (dialog, FALSE);
  if (cards == NULL)
    {
      sw_dialog_show_error (dialog, error);
      return;
    }
  add_lines (repeat, users, cards);
  if (n_cards < users->len)
    {
      g_autofree char *text = g_strdup_printf (ngettext ("Only %u SIM card in stock for these lines",
                                                         "Only %u SIM cards in stock for these lines", n_cards), n_cards);

      sw_toast (GTK_WIDGET (repeat->page), text);
    }
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
on_apply (SwDialog *dialog, const char *button, SwRecordPage *page)
{
  Repeat *repeat = g_object_get_data (G_OBJECT (dialog), "sw-repeat");
  SwRow *count = sw_field_set_get_row (sw_dialog_get_fields (dialog), "count");
  g_autoptr (GPtrArray) users = NULL;
  g_autofree char *with_cards = sw_dialog_get_value (dialog, "cards");

  if (!sw_dialog_check (dialog))
    return;
  users = read_users (dialog);
  if (users->len == 0)
    sw_row_set_error (count, _("How many lines, or for whom?"));
  else if (users->len > MOST)
    sw_row_set_error (count, _("At most 100 lines at a time"));
  else if (g_strcmp0 (with_cards, "true") == 0)
    {
      sw_dialog_set_busy (dialog, TRUE);
      sw_order_line_find_cards (repeat->list, repeat->fields, page, users->len, on_cards_found, g_object_ref (dialog));
    }
  else
    {
      add_lines (repeat, users, NULL);
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
}

void
sw_order_repeat_ask (SwFormList *list, SwFieldSet *fields, SwRecordPage *page)
{
  SwDialog *dialog = sw_dialog_new (_("Repeat this line"), _("The same subscription, options, terminal and conditions "
                                                             "for other people."));
  GtkWidget *cards = sw_switch_row_new ("cards", _("SIM cards from stock, in order"));
  Repeat *repeat = g_new0 (Repeat, 1);

  repeat->list = g_object_ref (list);
  repeat->fields = g_object_ref (fields);
  repeat->page = page;
  g_object_set_data_full (G_OBJECT (dialog), "sw-repeat", repeat, repeat_free);
  sw_dialog_add_row (dialog, sw_area_row_new ("users", _("Users: first name and name, one a line")));
  sw_dialog_add_row (dialog, sw_number_row_new ("count", _("Or how many lines, named later"), 0, NULL));
  sw_dialog_add_row (dialog, cards);
  sw_row_set_value (SW_ROW (cards), "true");
  sw_dialog_add_button (dialog, "cancel", _("_Cancel"), SW_BUTTON_NORMAL);
  sw_dialog_add_button (dialog, "add", _("_Add the lines"), SW_BUTTON_SUGGESTED);
  g_signal_connect_object (dialog, "apply", G_CALLBACK (on_apply), page, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}
