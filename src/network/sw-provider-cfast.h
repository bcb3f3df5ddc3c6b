/* sw-provider-cfast.h: what CFAST tells of lines and their plan history (LINE-07, LINE-08)
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "network/sw-provider.h"

G_BEGIN_DECLS

#define SW_TYPE_PROVIDER_CFAST (sw_provider_cfast_get_type ())
G_DECLARE_FINAL_TYPE (SwProviderCfast, sw_provider_cfast, SW, PROVIDER_CFAST, SwProvider)

G_END_DECLS
