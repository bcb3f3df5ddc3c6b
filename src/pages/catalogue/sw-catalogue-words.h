/* sw-catalogue-words.h: what things of the catalogue are called
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "widgets/sw-choice.h"

G_BEGIN_DECLS

extern const SwChoice sw_catalogue_kinds[];

G_END_DECLS
