/* sw-errand.h: one round of the courier: log in, synchronise, carry requests, say how it went
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _SwErrand SwErrand;
typedef void (*SwErrandDone) (int status, gpointer user_data);

SwErrand *sw_errand_new (const char *provider, gboolean full, const char *secrets);
void sw_errand_free (SwErrand *self);

/* @done is given a status of sysexits.h; what happened is said on standard error. */
void sw_errand_run (SwErrand *self, GCancellable *cancellable, SwErrandDone done, gpointer user_data);
gboolean sw_errand_is_running (SwErrand *self);

G_END_DECLS
