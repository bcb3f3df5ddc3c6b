/* sw-tariff-price.c: see sw-tariff-price.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/catalogue/sw-tariff-price.h"

#include <glib/gi18n-lib.h>

#include "widgets/sw-choice-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-switch-row.h"
#include "widgets/sw-text-row.h"

const SwChoice sw_tariff_price_categories[] = {
  { "voice", N_("Voice"), SW_BADGE_NEUTRAL },     { "sms", "SMS", SW_BADGE_NEUTRAL },
  { "mms", "MMS", SW_BADGE_NEUTRAL },             { "data", N_("Data"), SW_BADGE_NEUTRAL },
  { "special", N_("Special"), SW_BADGE_NEUTRAL }, { NULL }
};

const SwChoice sw_tariff_price_units[] = {
  { "minute", N_("a minute"), SW_BADGE_NEUTRAL },
  { "item", N_("each"), SW_BADGE_NEUTRAL },
  { "mb", N_("a megabyte"), SW_BADGE_NEUTRAL },
  { NULL }
};

/* Lives with its dialog. */
typedef struct
{
  SwRecordPage *page;
  gint64 version_id; /* of a new price */
} Edit;

static void
edit_free (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
on_saved (gint64 id, gpointer page)
{
  sw_record_page_reload (page);
}

static void
on_apply (SwDialog *dialog, const char *button, Edit *edit)
{
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (SwCall) call = sw_call_new ("tariff_price_save");

  if (g_str_equal (button, "remove"))
    {
      object = json_object_new ();
      sw_field_set_identify (sw_dialog_get_fields (dialog), object);
      json_object_set_boolean_member (object, "deleted", TRUE);
    }
  else if (sw_dialog_check (dialog))
    object = sw_field_set_build (sw_dialog_get_fields (dialog));
  if (object == NULL)
    return;
  if (edit->version_id != 0)
    json_object_set_int_member (object, "tariff_grid_version_id", edit->version_id);
  sw_call_add_json_object (call, NULL, object);
  sw_call_set_once (call, NULL);
  sw_dialog_run_call (dialog, call, sw_page_get_session (SW_PAGE (edit->page)), on_saved,
                      g_object_ref (edit->page), g_object_unref);
}

static void
add_rows (SwDialog *dialog)
{
  GtkWidget *category = sw_choice_row_new ("category", _("Category"));
  GtkWidget *unit = sw_choice_row_new ("unit", _("Price for"));

  sw_choice_row_set_choices (SW_CHOICE_ROW (category), sw_tariff_price_categories);
  sw_choice_row_set_choices (SW_CHOICE_ROW (unit), sw_tariff_price_units);
  sw_dialog_add_row (dialog, category);
  sw_dialog_add_row (dialog, sw_text_row_new ("prefix", _("Prefix")));
  sw_dialog_add_row (dialog, sw_text_row_new ("destination", _("Destination")));
  sw_dialog_add_row (dialog, sw_text_row_new ("zone", _("Zone")));
  sw_dialog_add_row (dialog, sw_number_row_new ("unit_price", _("Price excl. VAT"), 6, "€"));
  sw_dialog_add_row (dialog, unit);
  sw_dialog_add_row (dialog, sw_number_row_new ("connection_price", _("Connection"), 6, "€"));
  sw_dialog_add_row (dialog, sw_number_row_new ("first_step_s", _("First step"), 0, "s"));
  sw_dialog_add_row (dialog, sw_number_row_new ("next_step_s", _("Next steps"), 0, "s"));
  sw_dialog_add_row (dialog, sw_number_row_new ("minimum_s", _("Billed at least"), 0, "s"));
  sw_dialog_add_row (dialog, sw_switch_row_new ("included", _("Within the allowance of the subscription")));
}

static void
present (SwRecordPage *page, gint64 version_id, SwRecord *price)
{
  gboolean fixed = price != NULL && sw_record_get_bool (price, "fixed");
  SwDialog *dialog = sw_dialog_new (price == NULL ? _("New price") : sw_record_get_text (price, "destination"),
                                    fixed ? _("This version has begun: its prices change no more.") : NULL);
  Edit *edit = g_new (Edit, 1);

  edit->page = page;
  edit->version_id = price == NULL ? version_id : 0;
  add_rows (dialog);
  sw_dialog_add_button (dialog, "cancel", fixed ? _("_Close") : _("_Cancel"), SW_BUTTON_NORMAL);
  if (price != NULL && !fixed)
    sw_dialog_add_button (dialog, "remove", _("_Remove"), SW_BUTTON_DESTRUCTIVE);
  if (!fixed)
    sw_dialog_add_button (dialog, "save", _("_Save"), SW_BUTTON_SUGGESTED);
  if (price != NULL)
    {
      g_autoptr (JsonObject) base = sw_record_to_json (price);

      sw_field_set_load (sw_dialog_get_fields (dialog), base);
    }
  else
    {
      g_autoptr (JsonObject) defaults = json_object_new ();

      json_object_set_string_member (defaults, "category", "voice");
      json_object_set_string_member (defaults, "unit", "minute");
      sw_field_set_load_new (sw_dialog_get_fields (dialog), defaults);
    }
  sw_field_set_set_editable (sw_dialog_get_fields (dialog), !fixed);
  g_signal_connect_data (dialog, "apply", G_CALLBACK (on_apply), edit, edit_free, 0);
  sw_dialog_present (dialog, GTK_WIDGET (page));
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer page)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) price = sw_call_read_record_finish (result, &error);

  if (price != NULL)
    present (page, 0, price);
  else if (error != NULL)
    sw_dialog_tell_error (GTK_WIDGET (page), _("The price cannot be read"), error);
}

void
sw_tariff_price_edit (SwRecordPage *page, gint64 version_id, gint64 id)
{
  if (id == 0)
    present (page, version_id, NULL);
  else
    sw_call_read_record_async (sw_page_get_session (SW_PAGE (page)), "tariff_price", id,
                               sw_page_get_cancellable (SW_PAGE (page)), on_read, page);
}
