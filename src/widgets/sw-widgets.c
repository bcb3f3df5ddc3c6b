/* sw-widgets.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "widgets/sw-widgets.h"

#include <gtk/gtk.h>
#include "sw-style-resources.h"
#include "widgets/sw-area-row.h"
#include "widgets/sw-attachments.h"
#include "widgets/sw-badge.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-document-view.h"
#include "widgets/sw-drop-zone.h"
#include "widgets/sw-figure.h"
#include "widgets/sw-form-list.h"
#include "widgets/sw-lookup-row.h"
#include "widgets/sw-masonry.h"
#include "widgets/sw-number-row.h"
#include "widgets/sw-pane.h"
#include "widgets/sw-split-view.h"
#include "widgets/sw-steps.h"
#include "widgets/sw-switch-row.h"
#include "widgets/sw-text-row.h"
#include "widgets/sw-timeline.h"
#include "widgets/sw-unseen.h"

void
sw_widgets_register_resources (void)
{
  /* A static library's resource is only there when something names it. */
  g_resources_register (sw_style_get_resource ());
}

void
sw_widgets_init (void)
{
  static gboolean done;
  GType (*const types[]) (void) = {
    sw_area_row_get_type,      sw_attachments_get_type, sw_badge_get_type,
    sw_choice_row_get_type,    sw_date_row_get_type,    sw_document_view_get_type,
    sw_drop_zone_get_type,     sw_figure_get_type,      sw_form_list_get_type,
    sw_masonry_get_type,       sw_number_row_get_type,  sw_pane_get_type,
    sw_split_view_get_type,    sw_steps_get_type,       sw_switch_row_get_type,
    sw_text_row_get_type, sw_timeline_get_type,      sw_lookup_row_get_type,
  };

  if (done)
    return;
  done = TRUE;
  sw_widgets_register_resources ();
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    g_type_ensure (types[i]());
  sw_unseen_watch ();
}
