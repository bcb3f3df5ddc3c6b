/* sw-text-row.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-text-row.h"

#include <glib/gi18n.h>
#include "base/sw-text.h"

struct _SwTextRow
{
  SwRow parent_instance;

  GtkWidget *entry;
  SwIdentifierKind kind;
  char *hidden; /* the canonical text while it is masked */
  gboolean masked;
};

enum
{
  PROP_0,
  PROP_KIND,
  PROP_MASKED,
  PROP_PLACEHOLDER,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (SwTextRow, sw_text_row, SW_TYPE_ROW)

static const char *
typed (SwTextRow *self)
{
  return gtk_editable_get_text (GTK_EDITABLE (self->entry));
}

/* "FR7630006000011234567890189" → "FR76 •••• •••• 0189"; of a short code nothing is left. */
static char *
mask (const char *canonical)
{
  gsize length = strlen (canonical);

  if (length < 10)
    return g_strdup (*canonical == '\0' ? "" : "••••");
  return g_strdup_printf ("%.4s •••• •••• %s", canonical, canonical + length - 4);
}

static gboolean
is_focused (SwTextRow *self)
{
  return (gtk_widget_get_state_flags (self->entry) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0;
}

/* The form people expect when they are not typing. */
static void
show_canonical (SwTextRow *self, const char *canonical)
{
  g_autofree char *text = NULL;

  g_clear_pointer (&self->hidden, g_free);
  if (canonical == NULL)
    text = g_strdup ("");
  else if (self->masked && !is_focused (self))
    {
      self->hidden = g_strdup (canonical);
      text = mask (canonical);
    }
  else if (self->kind != SW_IDENTIFIER_NONE)
    text = sw_identifier_format (self->kind, canonical);
  else
    text = g_strdup (canonical);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
}

static void
sw_text_row_set_value (SwRow *row, const char *value)
{
  show_canonical (SW_TEXT_ROW (row), value);
}

static char *
sw_text_row_get_value (SwRow *row, GError **error)
{
  SwTextRow *self = SW_TEXT_ROW (row);

  if (self->hidden != NULL)
    return g_strdup (self->hidden);
  if (sw_text_is_blank (typed (self)))
    return NULL;
  if (self->kind != SW_IDENTIFIER_NONE)
    return sw_identifier_normalise (self->kind, typed (self));
  return g_strstrip (g_strdup (typed (self)));
}

static char *
sw_text_row_get_display (SwRow *row)
{
  return g_strdup (typed (SW_TEXT_ROW (row)));
}

static void
sw_text_row_set_editable (SwRow *row, gboolean editable)
{
  gtk_editable_set_editable (GTK_EDITABLE (SW_TEXT_ROW (row)->entry), editable);
}

/* What is wrong with the identifier, at once; the server decides when saving. */
static void
check (SwTextRow *self)
{
  g_autoptr (GError) error = NULL;

  if (sw_identifier_check (self->kind, typed (self), &error))
    return;
  if (g_error_matches (error, SW_IDENTIFIER_ERROR, SW_IDENTIFIER_ERROR_LENGTH))
    sw_row_set_error (SW_ROW (self), _ ("Too short or too long"));
  else if (g_error_matches (error, SW_IDENTIFIER_ERROR, SW_IDENTIFIER_ERROR_CHARACTERS))
    sw_row_set_error (SW_ROW (self), _ ("A character cannot be right here"));
  else
    sw_row_set_error (SW_ROW (self), _ ("A digit is wrong: please compare with the document"));
}

static void
show_quietly (SwTextRow *self, const char *value)
{
  g_autofree char *error = g_strdup (sw_row_get_error (SW_ROW (self)));

  /* Through the parent, so that it is not taken for a change by the person; the error stays. */
  g_signal_handlers_block_matched (self->entry, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  show_canonical (self, value);
  g_signal_handlers_unblock_matched (self->entry, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
  sw_row_set_error (SW_ROW (self), error);
}

static void
on_enter (SwTextRow *self)
{
  if (self->hidden != NULL && sw_row_get_editable (SW_ROW (self)))
    {
      g_autofree char *canonical = g_steal_pointer (&self->hidden);
      g_autofree char *text = sw_identifier_format (self->kind, canonical);

      g_signal_handlers_block_matched (self->entry, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
      gtk_editable_set_text (GTK_EDITABLE (self->entry), text);
      g_signal_handlers_unblock_matched (self->entry, G_SIGNAL_MATCH_DATA, 0, 0, NULL, NULL, self);
    }
}

static void
on_leave (SwTextRow *self)
{
  g_autofree char *value = NULL;

  if (self->kind == SW_IDENTIFIER_NONE)
    return;
  value = sw_text_row_get_value (SW_ROW (self), NULL);
  if (self->hidden == NULL)
    check (self);
  show_quietly (self, value);
}

static void
on_changed (SwTextRow *self)
{
  if (!sw_row_is_setting (SW_ROW (self)))
    g_clear_pointer (&self->hidden, g_free);
  sw_row_edited (SW_ROW (self));
}

static void
sw_text_row_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  SwTextRow *self = SW_TEXT_ROW (object);

  switch (id)
    {
    case PROP_MASKED:
      g_value_set_boolean (value, self->masked);
      break;
    case PROP_PLACEHOLDER:
      g_value_set_string (value, gtk_entry_get_placeholder_text (GTK_ENTRY (self->entry)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_text_row_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  SwTextRow *self = SW_TEXT_ROW (object);

  switch (id)
    {
    case PROP_KIND:
      sw_text_row_set_kind (self, sw_identifier_kind_from_nick (g_value_get_string (value)));
      break;
    case PROP_MASKED:
      self->masked = g_value_get_boolean (value);
      break;
    case PROP_PLACEHOLDER:
      sw_text_row_set_placeholder (self, g_value_get_string (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
sw_text_row_finalize (GObject *object)
{
  g_free (SW_TEXT_ROW (object)->hidden);
  G_OBJECT_CLASS (sw_text_row_parent_class)->finalize (object);
}

static void
sw_text_row_class_init (SwTextRowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  SwRowClass *row_class = SW_ROW_CLASS (klass);

  object_class->get_property = sw_text_row_get_property;
  object_class->set_property = sw_text_row_set_property;
  object_class->finalize = sw_text_row_finalize;
  row_class->set_value = sw_text_row_set_value;
  row_class->get_value = sw_text_row_get_value;
  row_class->get_display = sw_text_row_get_display;
  row_class->set_editable = sw_text_row_set_editable;

  properties[PROP_KIND] = g_param_spec_string ("kind",
                                               NULL,
                                               NULL,
                                               NULL,
                                               G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  properties[PROP_MASKED] = g_param_spec_boolean ("masked",
                                                  NULL,
                                                  NULL,
                                                  FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_PLACEHOLDER] = g_param_spec_string ("placeholder",
                                                      NULL,
                                                      NULL,
                                                      NULL,
                                                      G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
sw_text_row_init (SwTextRow *self)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  self->entry = gtk_entry_new ();
  gtk_entry_set_has_frame (GTK_ENTRY (self->entry), FALSE);
  gtk_editable_set_width_chars (GTK_EDITABLE (self->entry), 4);
  g_signal_connect_swapped (self->entry, "changed", G_CALLBACK (on_changed), self);
  g_signal_connect_swapped (focus, "enter", G_CALLBACK (on_enter), self);
  g_signal_connect_swapped (focus, "leave", G_CALLBACK (on_leave), self);
  gtk_widget_add_controller (self->entry, focus);
  sw_row_set_editor (SW_ROW (self), self->entry, FALSE);
}

GtkWidget *
sw_text_row_new (const char *field, const char *title)
{
  return g_object_new (SW_TYPE_TEXT_ROW, "field", field, "title", title, NULL);
}

void
sw_text_row_set_kind (SwTextRow *self, SwIdentifierKind kind)
{
  GtkInputPurpose purpose = GTK_INPUT_PURPOSE_FREE_FORM;

  g_return_if_fail (SW_IS_TEXT_ROW (self));

  self->kind = kind;
  if (kind == SW_IDENTIFIER_PHONE)
    purpose = GTK_INPUT_PURPOSE_PHONE;
  else if (kind == SW_IDENTIFIER_EMAIL)
    purpose = GTK_INPUT_PURPOSE_EMAIL;
  gtk_entry_set_input_purpose (GTK_ENTRY (self->entry), purpose);
  if (kind != SW_IDENTIFIER_NONE && kind != SW_IDENTIFIER_EMAIL)
    gtk_widget_add_css_class (self->entry, "numeric");
}

void
sw_text_row_set_placeholder (SwTextRow *self, const char *text)
{
  g_return_if_fail (SW_IS_TEXT_ROW (self));
  gtk_entry_set_placeholder_text (GTK_ENTRY (self->entry), text);
}
