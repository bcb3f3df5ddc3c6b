/* sw-login-dialog.h: a person's login, given, changed or taken back
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "model/sw-record.h"
#include "widgets/sw-choice.h"
#include "widgets/sw-page.h"

G_BEGIN_DECLS

typedef enum
{
  SW_LOGIN_OFFICE,
  SW_LOGIN_CUSTOMER,
  SW_LOGIN_PARTNER,
} SwLoginKind;

/* Groups a login may be in, for badges and drop-downs. */
extern const SwChoice sw_login_roles[];

/* Asks for a login and saves it. @user is a row of api.app_user, NULL for a new one, for which @proposed
 * holds what is known (customer_id, introducer_id, role_name, display_name, email, phone; may be NULL).
 * A new login comes with a password to hand over, which the server never sees. @saved is called with
 * @page once the server agrees; NULL reads the page again. */
void sw_login_dialog_present (SwPage *page,
                              SwLoginKind kind,
                              SwRecord *user,
                              SwRecord *proposed,
                              void (*saved) (SwPage *page));

G_END_DECLS
