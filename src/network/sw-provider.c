/* sw-provider.c: see sw-provider.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "network/sw-provider.h"

#include <glib/gi18n-lib.h>

#include "network/sw-provider-cfast.h"

G_DEFINE_QUARK (sw-provider-error, sw_provider_error)

typedef struct
{
  SwProviderPlace *place;
  SwHttp *http;
} SwProviderPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (SwProvider, sw_provider, G_TYPE_OBJECT)

/* Places and pages */

SwProviderPlace *
sw_provider_place_copy (const SwProviderPlace *place)
{
  SwProviderPlace *copy = g_memdup2 (place, sizeof *place);

  copy->base_url = g_strdup (place->base_url);
  copy->account = g_strdup (place->account);
  copy->secret = g_strdup (place->secret);
  copy->ca_file = g_strdup (place->ca_file);
  copy->since = g_strdup (place->since);
  return copy;
}

void
sw_provider_place_free (SwProviderPlace *place)
{
  if (place->secret != NULL)
    explicit_bzero (place->secret, strlen (place->secret));
  g_free (place->secret);
  g_free (place->base_url);
  g_free (place->account);
  g_free (place->ca_file);
  g_free (place->since);
  g_free (place);
}

void
sw_provider_page_free (SwProviderPage *page)
{
  g_free (page->text);
  g_clear_pointer (&page->items, json_array_unref);
  g_clear_pointer (&page->next, json_array_unref);
  g_free (page);
}

/* Those without a connector: the class tells why. */

typedef SwProvider SwProviderManual;
typedef SwProviderClass SwProviderManualClass;
static GType sw_provider_manual_get_type (void);
G_DEFINE_TYPE (SwProviderManual, sw_provider_manual, SW_TYPE_PROVIDER)

static void
sw_provider_manual_class_init (SwProviderManualClass *klass)
{
  klass->code = "manual";
  klass->name = N_("by hand");
  klass->why = N_("This operator is asked by hand: export the requests as a file, then record its answers.");
}

static void
sw_provider_manual_init (SwProviderManual *self)
{
}

/* Alphalink is a wholesale operator with an interface for orders of SIM cards and lines, whose
 * description it gives to its resellers only: nothing of it is public, and nothing here pretends to
 * know. The day it is known, it becomes a file beside sw-provider-cfast.c. */
typedef SwProvider SwProviderAlphalink;
typedef SwProviderClass SwProviderAlphalinkClass;
static GType sw_provider_alphalink_get_type (void);
G_DEFINE_TYPE (SwProviderAlphalink, sw_provider_alphalink, SW_TYPE_PROVIDER)

static void
sw_provider_alphalink_class_init (SwProviderAlphalinkClass *klass)
{
  klass->code = "alphalink";
  klass->name = "Alphalink";
  klass->why = N_("Alphalink gives the description of its interface to its resellers only: until it is known here, ask it "
                  "by hand, then record its answers.");
}

static void
sw_provider_alphalink_init (SwProviderAlphalink *self)
{
}

/* All of them */

SwProvider *
sw_provider_new (const char *code, const SwProviderPlace *place, const SwHttpLimits *limits)
{
  GType types[] = { sw_provider_manual_get_type (), sw_provider_alphalink_get_type (), SW_TYPE_PROVIDER_CFAST };

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GTypeClass) klass = g_type_class_ref (types[i]);
      SwProvider *self;
      SwProviderPrivate *priv;

      if (g_strcmp0 (((SwProviderClass *) klass)->code, code) != 0)
        continue;
      self = g_object_new (types[i], NULL);
      priv = sw_provider_get_instance_private (self);
      priv->place = sw_provider_place_copy (place);
      priv->http = sw_http_new (place->ca_file, limits);
      return self;
    }
  return NULL;
}

const char *
sw_provider_get_name (SwProvider *self)
{
  return _(SW_PROVIDER_GET_CLASS (self)->name);
}

const char *
sw_provider_get_root (SwProvider *self)
{
  return SW_PROVIDER_GET_CLASS (self)->root;
}

const SwProviderPlace *
sw_provider_get_place (SwProvider *self)
{
  SwProviderPrivate *priv = sw_provider_get_instance_private (self);

  return priv->place;
}

SwHttp *
sw_provider_get_http (SwProvider *self)
{
  SwProviderPrivate *priv = sw_provider_get_instance_private (self);

  return priv->http;
}

gboolean
sw_provider_can (SwProvider *self, SwProviderOperation operation)
{
  return operation < SW_PROVIDER_N_OPERATIONS && (SW_PROVIDER_GET_CLASS (self)->operations & (1u << operation)) != 0;
}

SwProviderOperation
sw_provider_operation_of (const char *action)
{
  static const struct
  {
    const char *action;
    SwProviderOperation operation;
  } known[] = {
    { "line_activate", SW_PROVIDER_ACTIVATE },         { "line_restrict", SW_PROVIDER_SUSPEND },
    { "line_deactivate", SW_PROVIDER_SUSPEND },        { "line_reactivate", SW_PROVIDER_RESUME },
    { "line_terminate", SW_PROVIDER_TERMINATE },       { "line_swap_sim", SW_PROVIDER_SWAP_SIM },
    { "line_change_offer", SW_PROVIDER_CHANGE_OFFER }, { "line_international", SW_PROVIDER_CHANGE_OFFER },
    { "line_change_user", SW_PROVIDER_CHANGE_USER },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_strcmp0 (known[i].action, action) == 0)
      return known[i].operation;
  return SW_PROVIDER_N_OPERATIONS;
}

static gboolean
require (SwProvider *self, SwProviderOperation operation, GError **error)
{
  if (sw_provider_can (self, operation))
    return TRUE;
  g_set_error_literal (error, SW_PROVIDER_ERROR, SW_PROVIDER_ERROR_UNSUPPORTED, _(SW_PROVIDER_GET_CLASS (self)->why));
  return FALSE;
}

void
sw_provider_ask_async (SwProvider *self,
                       const char *resource,
                       const char *key,
                       guint page,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  GError *error = NULL;

  if (!require (self, SW_PROVIDER_LIST, &error))
    g_task_return_error (task, error);
  else
    SW_PROVIDER_GET_CLASS (self)->ask (self, resource, key, page, g_object_ref (task));
}

SwProviderPage *
sw_provider_ask_finish (SwProvider *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
sw_provider_send (SwProvider *self, const char *action, GError **error)
{
  return require (self, sw_provider_operation_of (action), error);
}

static void
finalize (GObject *object)
{
  SwProviderPrivate *priv = sw_provider_get_instance_private (SW_PROVIDER (object));

  g_clear_pointer (&priv->place, sw_provider_place_free);
  g_clear_object (&priv->http);
  G_OBJECT_CLASS (sw_provider_parent_class)->finalize (object);
}

static void
sw_provider_class_init (SwProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = finalize;
}

static void
sw_provider_init (SwProvider *self)
{
}
