/* sw-administration-section.h: one section of Administration: its pane, its form, its Save button
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-form.h"
#include "widgets/sw-page.h"
#include "widgets/sw-pane.h"

G_BEGIN_DECLS

#define SW_TYPE_ADMINISTRATION_SECTION (sw_administration_section_get_type ())
G_DECLARE_FINAL_TYPE (SwAdministrationSection,
                      sw_administration_section,
                      SW,
                      ADMINISTRATION_SECTION,
                      AdwBin)

/* @ui is a file of the resources whose root is "view". @entity is what its form saves; NULL when
 * there is nothing to type. */
SwAdministrationSection *sw_administration_section_new (SwPage *page,
                                                        const char *title,
                                                        const char *ui,
                                                        const char *entity);
/* An object of the .ui file. */
GObject *sw_administration_section_get (SwAdministrationSection *self, const char *id);
/* NULL without an entity. */
SwForm *sw_administration_section_get_form (SwAdministrationSection *self);
/* Keeps what is typed. */
void sw_administration_section_load (SwAdministrationSection *self, SwRecord *record);
gboolean sw_administration_section_is_changed (SwAdministrationSection *self);
void sw_administration_section_save (SwAdministrationSection *self);

G_END_DECLS
