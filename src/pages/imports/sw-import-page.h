/* sw-import-page.h: files of suppliers and of the former software, brought in
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A file is dropped, its columns are recognised, a dry run says line by line what it would do, and
 * then all of it is imported or nothing.
 */
#pragma once

#include "widgets/sw-page.h"

G_BEGIN_DECLS

#define SW_TYPE_IMPORT_PAGE (sw_import_page_get_type ())
G_DECLARE_FINAL_TYPE (SwImportPage, sw_import_page, SW, IMPORT_PAGE, SwPage)

G_END_DECLS
