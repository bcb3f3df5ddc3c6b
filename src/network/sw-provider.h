/* sw-provider.h: one way to speak to operators
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A provider answers questions about what it knows (accounts, sites, services, lines) and carries
 * requests. Not every operator can do everything: what one cannot, it refuses with a sentence for a
 * person (SW_PROVIDER_ERROR_UNSUPPORTED) and changes nothing.
 */
#pragma once

#include <json-glib/json-glib.h>

#include "network/sw-http.h"

G_BEGIN_DECLS

#define SW_PROVIDER_ERROR (sw_provider_error_quark ())
GQuark sw_provider_error_quark (void);

typedef enum
{
  SW_PROVIDER_ERROR_UNSUPPORTED, /* it cannot do this, or nobody told us how */
  SW_PROVIDER_ERROR_SECRET,      /* the account or its secret is refused */
  SW_PROVIDER_ERROR_REFUSED,     /* it understood and said no */
  SW_PROVIDER_ERROR_ANSWER,      /* its answer makes no sense */
} SwProviderError;

typedef enum
{
  SW_PROVIDER_LIST,
  SW_PROVIDER_ACTIVATE,
  SW_PROVIDER_SUSPEND, /* restrict calls, or put on hold */
  SW_PROVIDER_RESUME,
  SW_PROVIDER_TERMINATE,
  SW_PROVIDER_SWAP_SIM,
  SW_PROVIDER_CHANGE_OFFER,
  SW_PROVIDER_CHANGE_USER,
  SW_PROVIDER_FETCH_USAGE,
  SW_PROVIDER_N_OPERATIONS
} SwProviderOperation;

/* Where a provider is; what it does not need is NULL. */
typedef struct
{
  char *base_url; /* without a final slash */
  char *account;
  char *secret;
  char *ca_file;
  char *since; /* ISO instant: only what changed from then on */
  guint page_size;
} SwProviderPlace;

SwProviderPlace *sw_provider_place_copy (const SwProviderPlace *place);
void sw_provider_place_free (SwProviderPlace *place);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwProviderPlace, sw_provider_place_free)

/* What an answer says: @text as it came; @items and @next as api.sync_add takes them (README.md). */
typedef struct
{
  char *text;
  JsonArray *items;
  JsonArray *next;
} SwProviderPage;

void sw_provider_page_free (SwProviderPage *page);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (SwProviderPage, sw_provider_page_free)

#define SW_TYPE_PROVIDER (sw_provider_get_type ())
G_DECLARE_DERIVABLE_TYPE (SwProvider, sw_provider, SW, PROVIDER, GObject)

struct _SwProviderClass
{
  GObjectClass parent_class;

  const char *code;
  const char *name;
  guint operations; /* bits, 1 << SwProviderOperation */
  const char *why;  /* msgid: why the others are not possible */
  /* The resource a complete listing begins with. */
  const char *root;

  void (*ask) (SwProvider *self, const char *resource, const char *key, guint page, GTask *task);
};

/* The provider of that code (manual, cfast, alphalink), or NULL. @limits: NULL for the default. */
SwProvider *sw_provider_new (const char *code, const SwProviderPlace *place, const SwHttpLimits *limits);

const char *sw_provider_get_name (SwProvider *self);
const char *sw_provider_get_root (SwProvider *self);
const SwProviderPlace *sw_provider_get_place (SwProvider *self);
SwHttp *sw_provider_get_http (SwProvider *self);
gboolean sw_provider_can (SwProvider *self, SwProviderOperation operation);
/* The operation that carries a request of line_request ("line_restrict"); SW_PROVIDER_N_OPERATIONS for none. */
SwProviderOperation sw_provider_operation_of (const char *action);

/* Asks for one page of a resource; numbered from 1. */
void sw_provider_ask_async (SwProvider *self,
                            const char *resource,
                            const char *key,
                            guint page,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
SwProviderPage *sw_provider_ask_finish (SwProvider *self, GAsyncResult *result, GError **error);

/* Carries a request for a line. No operator of today takes one over the network: each refuses with
 * its sentence, so that the request goes on waiting for a person. */
gboolean sw_provider_send (SwProvider *self, const char *action, GError **error);

G_END_DECLS
