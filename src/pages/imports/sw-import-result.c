/* sw-import-result.c: see sw-import-result.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/imports/sw-import-result.h"

#include <glib/gi18n-lib.h>

#include "model/sw-rule-messages.h"
#include "widgets/sw-figure.h"
#include "widgets/sw-table.h"

static const SwChoice outcomes[] = {
  { "create", N_("Created"), SW_BADGE_OK },
  { "change", N_("Changed"), SW_BADGE_ACCENT },
  { "same", N_("Unchanged"), SW_BADGE_NEUTRAL },
  { "refused", N_("Refused"), SW_BADGE_ALERT },
  { "left_out", N_("Left out"), SW_BADGE_WARNING },
  { NULL }
};

/* Of one line. */
static const SwChoice line_outcomes[] = {
  { "create", N_("Creation"), SW_BADGE_OK },
  { "change", N_("Change"), SW_BADGE_ACCENT },
  { "same", N_("No change"), SW_BADGE_NEUTRAL },
  { "refused", N_("Refusal"), SW_BADGE_ALERT },
  { "left_out", N_("Set aside"), SW_BADGE_WARNING },
  { NULL }
};

#define N_OUTCOMES (G_N_ELEMENTS (outcomes) - 1)

struct _SwImportResult
{
  AdwBin parent_instance;

  SwFigure *figure[N_OUTCOMES];
  SwTable *table;
  SwRecord *counts;
};

G_DEFINE_FINAL_TYPE (SwImportResult, sw_import_result, ADW_TYPE_BIN)

/* Why a line is refused, else what it holds. */
static char *
format_line (SwRecord *line)
{
  const char *code = sw_record_get_text (line, "code");
  const char *content = sw_record_get_text (line, "content");
  g_autofree char *why = NULL;

  if (code == NULL)
    return g_strdup (content != NULL ? content : "");
  why = sw_rule_sentence (code, sw_record_get_text (line, "reason"),
                          sw_record_get_text (line, "detail"), NULL);
  if (sw_record_get_text (line, "field_title") == NULL)
    return g_steal_pointer (&why);
  /* Translators: a field and why its value is refused: "SIRET: a digit is wrong" */
  return g_strdup_printf (_("%s: %s"), _(sw_record_get_text (line, "field_title")), why);
}

/* What a refused line holds, beside why; the others say it already. */
static char *
format_values (SwRecord *line)
{
  const char *content = sw_record_get_text (line, "content");

  return g_strdup (content != NULL && sw_record_get_text (line, "code") != NULL ? content : "");
}

static const char *const needs[]
    = { "content", "code", "reason", "detail", "field_title", NULL };

static const SwColumn columns[] = {
  { .field = "line_no", .title = N_("Line"), .kind = SW_COLUMN_NUMBER, .width = 76,
    .sortable = TRUE },
  { .field = "outcome", .title = N_("Result"), .kind = SW_COLUMN_BADGE, .width = 110,
    .choices = line_outcomes },
  { .field = "content", .title = N_("Content"), .main = TRUE, .whole = TRUE, .format = format_line,
    .needs = needs },
  { .field = "search", .title = N_("Values of the line"), .width = 320, .priority = 1, .whole = TRUE,
    .format = format_values, .needs = needs },
  { NULL }
};

enum
{
  ALL,
  REFUSED,
};

static const SwQuickFilter filters[] = {
  { N_("All") },
  { N_("Refused"), "outcome", SW_FILTER_EQUAL, "refused" },
  { N_("Created"), "outcome", SW_FILTER_EQUAL, "create" },
  { N_("Changed"), "outcome", SW_FILTER_EQUAL, "change" },
  { NULL }
};

guint
sw_import_result_count (SwImportResult *self, const char *outcome)
{
  return self->counts != NULL ? (guint) sw_record_get_int (self->counts, outcome) : 0;
}

guint
sw_import_result_count_lines (SwRecord *counts)
{
  guint lines = 0;

  for (guint i = 0; i < N_OUTCOMES; i++)
    lines += (guint) sw_record_get_int (counts, outcomes[i].value);
  return lines;
}

void
sw_import_result_show (SwImportResult *self, SwSession *session, gint64 id, SwRecord *counts)
{
  g_autofree char *value = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  g_set_object (&self->counts, counts);
  for (guint i = 0; i < N_OUTCOMES; i++)
    {
      guint n = sw_import_result_count (self, outcomes[i].value);
      g_autofree char *text = g_strdup_printf ("%'u", n);

      sw_figure_set (self->figure[i], text,
                     n > 0 && outcomes[i].style == SW_BADGE_ALERT ? SW_BADGE_ALERT
                                                                  : SW_BADGE_NEUTRAL);
    }
  sw_table_set_scope (self->table, "import_id", value, NULL);
  sw_table_set_source (self->table, session, "import_line", NULL);
  sw_table_set_filter (self->table, sw_import_result_count (self, "refused") > 0 ? REFUSED : ALL);
}

/* Takes @part. */
static void
append_part (GString *text, guint n, char *part)
{
  if (n > 0)
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
  g_free (part);
}

char *
sw_import_result_describe (SwRecord *counts)
{
  guint created = (guint) sw_record_get_int (counts, "create");
  guint changed = (guint) sw_record_get_int (counts, "change");
  guint same = (guint) sw_record_get_int (counts, "same");
  GString *text = g_string_new (NULL);

  append_part (text, created,
               g_strdup_printf (ngettext ("%u created", "%u created", created), created));
  append_part (text, changed,
               g_strdup_printf (ngettext ("%u changed", "%u changed", changed), changed));
  append_part (text, same,
               g_strdup_printf (ngettext ("%u unchanged", "%u unchanged", same), same));
  return g_string_free (text, FALSE);
}

static void
finalize (GObject *object)
{
  g_clear_object (&SW_IMPORT_RESULT (object)->counts);
  G_OBJECT_CLASS (sw_import_result_parent_class)->finalize (object);
}

static void
sw_import_result_class_init (SwImportResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
sw_import_result_init (SwImportResult *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *figures = gtk_flow_box_new ();

  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (figures), GTK_SELECTION_NONE);
  gtk_flow_box_set_homogeneous (GTK_FLOW_BOX (figures), TRUE);
  gtk_flow_box_set_min_children_per_line (GTK_FLOW_BOX (figures), 2);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (figures), N_OUTCOMES);
  gtk_widget_add_css_class (figures, "import-figures");
  for (guint i = 0; i < N_OUTCOMES; i++)
    {
      self->figure[i] = SW_FIGURE (sw_figure_new (_(outcomes[i].label)));
      gtk_flow_box_append (GTK_FLOW_BOX (figures), GTK_WIDGET (self->figure[i]));
    }
  self->table = SW_TABLE (sw_table_new (columns));
  gtk_widget_set_vexpand (GTK_WIDGET (self->table), TRUE);
  sw_table_set_placeholder (self->table, _("Search the lines…"));
  sw_table_set_filters (self->table, filters);
  sw_table_set_sort (self->table, "line_no", FALSE);
  sw_table_set_empty (self->table, "emblem-ok-symbolic", _("No line"), NULL, NULL, NULL);
  gtk_box_append (GTK_BOX (box), figures);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->table));
  adw_bin_set_child (ADW_BIN (self), box);
}

GtkWidget *
sw_import_result_create_menu (SwImportResult *self)
{
  return sw_table_create_menu_button (self->table, _("Lines of the file"));
}

GtkWidget *
sw_import_result_new (void)
{
  return g_object_new (SW_TYPE_IMPORT_RESULT, NULL);
}
