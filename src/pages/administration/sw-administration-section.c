/* sw-administration-section.c: one section of Administration: its pane, its form, its Save button
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"
#include "widgets/sw-button.h"

#include "pages/administration/sw-administration-section.h"

#include <glib/gi18n-lib.h>

#include "widgets/sw-toast.h"

struct _SwAdministrationSection
{
  AdwBin parent_instance;

  SwPage *page; /* its page, which holds it */
  GtkBuilder *builder;
  SwForm *form;
  GtkWidget *save;
  GtkWidget *revert;
  gboolean saved; /* what is typed is what the server has now */
};

G_DEFINE_FINAL_TYPE (SwAdministrationSection, sw_administration_section, ADW_TYPE_BIN)

GObject *
sw_administration_section_get (SwAdministrationSection *self, const char *id)
{
  return gtk_builder_get_object (self->builder, id);
}

SwForm *
sw_administration_section_get_form (SwAdministrationSection *self)
{
  return self->form;
}

gboolean
sw_administration_section_is_changed (SwAdministrationSection *self)
{
  return self->form != NULL && sw_form_is_changed (self->form);
}

void
sw_administration_section_load (SwAdministrationSection *self, SwRecord *record)
{
  if (self->form == NULL || record == NULL
      || (!sw_form_is_new (self->form) && sw_form_is_changed (self->form) && !self->saved))
    return;
  self->saved = FALSE;
  sw_form_load (self->form, record);
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (SwAdministrationSection) self = user_data;

  if (sw_form_save_finish (SW_FORM (source), result) == 0)
    return;
  self->saved = TRUE;
  sw_toast (GTK_WIDGET (self), _("Saved"));
  sw_page_refresh (self->page);
}

void
sw_administration_section_save (SwAdministrationSection *self)
{
  if (sw_administration_section_is_changed (self))
    sw_form_save_async (self->form, sw_page_get_session (self->page),
                        sw_page_get_cancellable (self->page), on_saved, g_object_ref (self));
}

static void
on_form_changed (SwAdministrationSection *self)
{
  gboolean changed = sw_form_is_changed (self->form);

  gtk_widget_set_visible (self->save, changed);
  gtk_widget_set_visible (self->revert, changed);
  gtk_widget_set_sensitive (self->save, !sw_form_is_saving (self->form));
}

static GtkWidget *
add_form_button (SwAdministrationSection *self, SwPane *pane, const char *label, const char *style, GCallback callback, gpointer data)
{
  GtkWidget *button = sw_button_new (label);

  if (style != NULL)
    gtk_widget_add_css_class (button, style);
  gtk_widget_set_visible (button, FALSE);
  g_signal_connect_swapped (button, "clicked", callback, data);
  sw_pane_pack_end (pane, button);
  return button;
}

SwAdministrationSection *
sw_administration_section_new (SwPage *page, const char *title, const char *ui, const char *entity)
{
  SwAdministrationSection *self = g_object_new (SW_TYPE_ADMINISTRATION_SECTION, NULL);
  g_autofree char *path = g_strconcat ("/fr/softwhere/Softwhere/administration/", ui, NULL);
  GtkWidget *pane = sw_pane_new (title);
  GtkWidget *scrolled = gtk_scrolled_window_new ();
  GtkWidget *view;

  self->page = page;
  self->builder = gtk_builder_new_from_resource (path);
  view = GTK_WIDGET (gtk_builder_get_object (self->builder, "view"));
  gtk_widget_add_css_class (view, "record-body");
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), view);
  sw_pane_set_body (SW_PANE (pane), scrolled);
  if (entity != NULL)
    {
      self->form = sw_form_new (view, entity);
      self->save = add_form_button (self, SW_PANE (pane), _("_Save"), "suggested-action",
                                    G_CALLBACK (sw_administration_section_save), self);
      self->revert = add_form_button (self, SW_PANE (pane), _("_Revert"), NULL,
                                      G_CALLBACK (sw_form_revert), self->form);
      g_signal_connect_object (self->form, "notify", G_CALLBACK (on_form_changed), self,
                               G_CONNECT_SWAPPED);
    }
  adw_bin_set_child (ADW_BIN (self), pane);
  return self;
}

static void
sw_administration_section_dispose (GObject *object)
{
  SwAdministrationSection *self = SW_ADMINISTRATION_SECTION (object);

  g_clear_object (&self->form);
  g_clear_object (&self->builder);
  G_OBJECT_CLASS (sw_administration_section_parent_class)->dispose (object);
}

static void
sw_administration_section_class_init (SwAdministrationSectionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_administration_section_dispose;
}

static void
sw_administration_section_init (SwAdministrationSection *self)
{
}
