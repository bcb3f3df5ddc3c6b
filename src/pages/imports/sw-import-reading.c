/* sw-import-reading.c: see sw-import-reading.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/imports/sw-import-reading.h"

#include <glib/gi18n-lib.h>

#include "widgets/sw-choice-row.h"
#include "widgets/sw-switch-row.h"

struct _SwImportReading
{
  AdwBin parent_instance;

  SwRow *encoding;
  SwRow *separator;
  SwRow *titles;
  SwRow *target;
  gboolean showing; /* rows are set by us, not by the person */
};

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (SwImportReading, sw_import_reading, ADW_TYPE_BIN)

static const SwChoice separators[] = {
  { ";", N_("Semicolon"), SW_BADGE_NEUTRAL },
  { ",", N_("Comma"), SW_BADGE_NEUTRAL },
  { "\t", N_("Tabulator"), SW_BADGE_NEUTRAL },
  { "|", N_("Vertical bar"), SW_BADGE_NEUTRAL },
  { NULL }
};

const SwChoice sw_import_targets[] = {
  { "customer", N_("Customers"), SW_BADGE_NEUTRAL },
  { "contact", N_("Contacts"), SW_BADGE_NEUTRAL },
  { "site", N_("Billing sites"), SW_BADGE_NEUTRAL },
  { "service", N_("Parc (sites of installation)"), SW_BADGE_NEUTRAL },
  { "line", N_("Lines"), SW_BADGE_NEUTRAL },
  { "offer", N_("Offers"), SW_BADGE_NEUTRAL },
  { "tariff", N_("Price grid"), SW_BADGE_NEUTRAL },
  { "sim", N_("SIM cards"), SW_BADGE_NEUTRAL },
  { NULL }
};

static void
on_row_changed (SwImportReading *self)
{
  if (!self->showing)
    g_signal_emit (self, signals[CHANGED], 0);
}

void
sw_import_reading_show (SwImportReading *self, SwImportFile *file, const char *target)
{
  char separator[2] = { file->table->separator, '\0' };
  g_autofree char *encoding = g_strdup_printf ("%d", file->encoding);

  self->showing = TRUE;
  sw_row_set_value (self->encoding, encoding);
  sw_row_set_value (self->separator, separator);
  sw_row_set_value (self->titles, file->table->has_titles ? "true" : "false");
  sw_row_set_value (self->target, target);
  self->showing = FALSE;
}

gboolean
sw_import_reading_get (SwImportReading *self, SwEncoding *encoding, char *separator, gboolean *titles)
{
  g_autofree char *encoding_text = sw_row_get_value (self->encoding, NULL);
  g_autofree char *separator_text = sw_row_get_value (self->separator, NULL);
  g_autofree char *titles_text = sw_row_get_value (self->titles, NULL);

  if (encoding_text == NULL || separator_text == NULL)
    return FALSE;
  *encoding = (SwEncoding) atoi (encoding_text);
  *separator = *separator_text;
  *titles = g_strcmp0 (titles_text, "true") == 0;
  return TRUE;
}

char *
sw_import_reading_get_target (SwImportReading *self)
{
  return sw_row_get_value (self->target, NULL);
}

static void
sw_import_reading_class_init (SwImportReadingClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", SW_TYPE_IMPORT_READING, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static SwRow *
add_row (SwImportReading *self, AdwPreferencesGroup *group, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_signal_connect_object (row, "notify::value", G_CALLBACK (on_row_changed), self,
                           G_CONNECT_SWAPPED);
  return SW_ROW (row);
}

static void
sw_import_reading_init (SwImportReading *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());

  self->showing = TRUE;
  self->target = add_row (self, group, sw_choice_row_new ("target", _("Content")));
  sw_choice_row_set_choices (SW_CHOICE_ROW (self->target), sw_import_targets);
  self->encoding = add_row (self, group, sw_choice_row_new ("encoding", _("Characters")));
  self->separator = add_row (self, group, sw_choice_row_new ("separator", _("Separator")));
  self->titles = add_row (self, group,
                          sw_switch_row_new ("titles", _("The first line holds titles")));
  for (SwEncoding encoding = 0; encoding < SW_N_ENCODINGS; encoding++)
    {
      g_autofree char *value = g_strdup_printf ("%d", encoding);

      sw_choice_row_add (SW_CHOICE_ROW (self->encoding), value, sw_encoding_name (encoding));
    }
  sw_choice_row_set_choices (SW_CHOICE_ROW (self->separator), separators);
  self->showing = FALSE;
  adw_preferences_group_set_title (group, _("How it was read"));
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (group));
}

GtkWidget *
sw_import_reading_new (void)
{
  return g_object_new (SW_TYPE_IMPORT_READING, NULL);
}
