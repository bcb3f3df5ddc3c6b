/* sw-import-columns.c: see sw-import-columns.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/imports/sw-import-columns.h"

#include <glib/gi18n-lib.h>

#include "widgets/sw-choice-row.h"

/* Values shown of each column, and how much of them. */
#define N_SAMPLES 3
#define SAMPLE_CHARS 60

struct _SwImportColumns
{
  AdwBin parent_instance;

  AdwPreferencesGroup *group;
  GPtrArray *rows;  /* of SwRow, one a column; the group owns them */
  SwRecord *target; /* its fields are the choices */
  gboolean showing; /* rows are set by us, not by the person */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwImportColumns, sw_import_columns, ADW_TYPE_BIN)

/* Titles of fields are msgids the server sends (rules.import_field). */
G_GNUC_UNUSED static const char *const titles[] = {
  N_("APE code"),
  N_("Account holder"),
  N_("Activated on"),
  N_("Activity"),
  N_("Address"),
  N_("Address, continued"),
  N_("BIC"),
  N_("Batch"),
  N_("Billing site"),
  N_("CFAST account"),
  N_("Catalogue"),
  N_("Category"),
  N_("City"),
  N_("Code"),
  N_("Code of the grid"),
  N_("Commitment, in months"),
  N_("Committed until"),
  N_("Connection price excl. VAT"),
  N_("Country"),
  N_("Customer (number, SIRET or name)"),
  N_("Customer number"),
  N_("Data, in GB"),
  N_("Date of birth"),
  N_("Description"),
  N_("Destination"),
  N_("Direct phone"),
  N_("E-mail"),
  N_("E-mail for invoices"),
  N_("First name"),
  N_("First step, in seconds"),
  N_("Form"),
  N_("Free text"),
  N_("Hide called numbers"),
  N_("IBAN"),
  N_("ICCID"),
  N_("IMSI"),
  N_("IT contractor"),
  N_("Identifier elsewhere"),
  N_("Internal reference"),
  N_("Job"),
  N_("Kind"),
  N_("Label"),
  N_("Last name"),
  N_("Legal form"),
  N_("Legal kind"),
  N_("Legal name"),
  N_("Line number"),
  N_("Mandate reference (RUM)"),
  N_("Mandate signed on"),
  N_("Minimum, in seconds"),
  N_("Mobile phone"),
  N_("Name on invoices"),
  N_("Next steps, in seconds"),
  N_("On sale from"),
  N_("On sale until"),
  N_("Operator"),
  N_("Options (codes or labels)"),
  N_("PIN"),
  N_("PUK"),
  N_("PUK 2"),
  N_("Payment delay, in days"),
  N_("Payment method"),
  N_("Periodicity"),
  N_("Phone"),
  N_("Postcode"),
  N_("Prefix"),
  N_("Price excl. VAT"),
  N_("Price for"),
  N_("Private installer"),
  N_("Purchase price excl. VAT"),
  N_("RNA"),
  N_("Received on"),
  N_("Recurring"),
  N_("SIM card (ICCID)"),
  N_("SIREN"),
  N_("SIRET"),
  N_("Site (number, name or identifier)"),
  N_("Site name"),
  N_("Site number"),
  N_("Status"),
  N_("Subscribed since"),
  N_("Subscription (code or label)"),
  N_("Terminated on"),
  N_("Throughput, in Mbit/s"),
  N_("Title"),
  N_("Trading name"),
  N_("Type"),
  N_("Type of number"),
  N_("Unit"),
  N_("Unit price excl. VAT"),
  N_("User"),
  N_("VAT number"),
  N_("VAT rate"),
  N_("Valid from"),
  N_("Valid until"),
  N_("Within the allowance"),
  N_("Zone"),
};

/* A field has one column: the one it was given last. */
static void
on_chosen (SwRow *chosen, GParamSpec *pspec, SwImportColumns *self)
{
  g_autofree char *field = sw_row_get_value (chosen, NULL);

  if (self->showing)
    return;
  self->showing = TRUE;
  for (guint i = 0; field != NULL && i < self->rows->len; i++)
    {
      SwRow *row = g_ptr_array_index (self->rows, i);
      g_autofree char *other = sw_row_get_value (row, NULL);

      if (row != chosen && g_strcmp0 (other, field) == 0)
        sw_row_set_value (row, NULL);
    }
  self->showing = FALSE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/* "Boulangerie Tanguy · Menuiserie des Lices": the first values that are not empty. */
static char *
samples (SwDelimited *table, guint column)
{
  GString *text = g_string_new (NULL);
  guint n = 0;

  for (guint row = 0; row < table->rows->len && n < N_SAMPLES; row++)
    {
      const char *cell = sw_delimited_cell (table, row, column);

      if (*cell == '\0')
        continue;
      g_string_append_printf (text, "%s%s", n > 0 ? " · " : "", cell);
      n++;
    }
  if (g_utf8_strlen (text->str, -1) > SAMPLE_CHARS)
    {
      g_string_truncate (text, (gsize) (g_utf8_offset_to_pointer (text->str, SAMPLE_CHARS) - text->str));
      g_string_append (text, "…");
    }
  g_strdelimit (text->str, "\n\t", ' ');
  return g_string_free (text, FALSE);
}

static SwRow *
new_row (SwImportColumns *self, SwImportFile *file, guint column, GListModel *fields)
{
  const char *title = file->table->titles[column];
  g_autofree char *numbered = g_strdup_printf (_("Column %u"), column + 1);
  g_autofree char *hint = samples (file->table, column);
  GtkWidget *row = sw_choice_row_new ("column", *title != '\0' ? title : numbered);

  g_object_set (row, "optional", TRUE, NULL);
  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (SwRecord) field = g_list_model_get_item (fields, i);

      sw_choice_row_add (SW_CHOICE_ROW (row), sw_record_get_text (field, "field"),
                         _(sw_record_get_text (field, "title")));
    }
  sw_row_set_hint (SW_ROW (row), *hint != '\0' ? hint : _("Empty"));
  return SW_ROW (row);
}

static void
show_mapping (SwImportColumns *self, JsonObject *mapping)
{
  g_autoptr (GList) fields = json_object_get_members (mapping);

  for (GList *l = fields; l != NULL; l = l->next)
    {
      JsonObject *place = json_object_get_object_member (mapping, l->data);
      gint64 column = json_object_get_int_member_with_default (place, "column", -1);

      if (column >= 0 && column < self->rows->len)
        sw_row_set_value (g_ptr_array_index (self->rows, (guint) column), l->data);
    }
}

void
sw_import_columns_show (SwImportColumns *self,
                        SwImportFile *file,
                        SwRecord *target,
                        JsonObject *mapping)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, g_ptr_array_index (self->rows, i));
  g_ptr_array_set_size (self->rows, 0);
  g_set_object (&self->target, target);
  for (guint column = 0; column < file->table->n_columns; column++)
    {
      SwRow *row = new_row (self, file, column, sw_record_get_rows (target, "fields"));

      g_ptr_array_add (self->rows, row);
      adw_preferences_group_add (self->group, GTK_WIDGET (row));
    }
  show_mapping (self, mapping);
  for (guint i = 0; i < self->rows->len; i++)
    g_signal_connect_object (g_ptr_array_index (self->rows, i), "notify::value",
                             G_CALLBACK (on_chosen), self, 0);
}

JsonObject *
sw_import_columns_get_mapping (SwImportColumns *self)
{
  JsonObject *mapping = json_object_new ();

  for (guint column = 0; column < self->rows->len; column++)
    {
      g_autofree char *field = sw_row_get_value (g_ptr_array_index (self->rows, column), NULL);
      JsonObject *place;

      if (field == NULL)
        continue;
      place = json_object_new ();
      json_object_set_int_member (place, "column", column);
      json_object_set_object_member (mapping, field, place);
    }
  return mapping;
}

const char *
sw_import_columns_get_missing (SwImportColumns *self, JsonObject *mapping)
{
  GListModel *fields = sw_record_get_rows (self->target, "fields");

  for (guint i = 0; i < g_list_model_get_n_items (fields); i++)
    {
      g_autoptr (SwRecord) field = g_list_model_get_item (fields, i);

      if (sw_record_get_bool (field, "required")
          && !json_object_has_member (mapping, sw_record_get_text (field, "field")))
        return _(sw_record_get_text (field, "title"));
    }
  return NULL;
}

static void
finalize (GObject *object)
{
  SwImportColumns *self = SW_IMPORT_COLUMNS (object);

  g_ptr_array_unref (self->rows);
  g_clear_object (&self->target);
  G_OBJECT_CLASS (sw_import_columns_parent_class)->finalize (object);
}

static void
sw_import_columns_class_init (SwImportColumnsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
  signals[CHANGED] = g_signal_new ("changed", SW_TYPE_IMPORT_COLUMNS, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
sw_import_columns_init (SwImportColumns *self)
{
  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  adw_preferences_group_set_title (self->group, _("Columns"));
  adw_preferences_group_set_description (self->group,
                                         _("Say what each column of the file is. An empty cell "
                                           "never erases what is known already."));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

GtkWidget *
sw_import_columns_new (void)
{
  return g_object_new (SW_TYPE_IMPORT_COLUMNS, NULL);
}
