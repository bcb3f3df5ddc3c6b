/* sw-search-provider.c
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "shell/sw-search-provider.h"

#include <string.h>
#include "model/sw-call.h"
#include "shell/sw-search-hit.h"
#include "shell/sw-search.h"
#include "shell/sw-window.h"

#define OBJECT_PATH "/fr/softwhere/Softwhere/SearchProvider"

static const char interface_xml[]
    = "<node><interface name='org.gnome.Shell.SearchProvider2'>"
      "<method name='GetInitialResultSet'><arg type='as' name='terms' direction='in'/>"
      "<arg type='as' name='results' direction='out'/></method>"
      "<method name='GetSubsearchResultSet'><arg type='as' name='previous_results' direction='in'/>"
      "<arg type='as' name='terms' direction='in'/><arg type='as' name='results' direction='out'/></method>"
      "<method name='GetResultMetas'><arg type='as' name='identifiers' direction='in'/>"
      "<arg type='aa{sv}' name='metas' direction='out'/></method>"
      "<method name='ActivateResult'><arg type='s' name='identifier' direction='in'/>"
      "<arg type='as' name='terms' direction='in'/><arg type='u' name='timestamp' direction='in'/></method>"
      "<method name='LaunchSearch'><arg type='as' name='terms' direction='in'/>"
      "<arg type='u' name='timestamp' direction='in'/></method>"
      "</interface></node>";

struct _SwSearchProvider
{
  GObject parent_instance;

  GtkApplication *application; /* owns this */
  GDBusConnection *connection;
  GDBusNodeInfo *node;
  guint registration;
  GHashTable *hits; /* identifier → SwRecord, of the latest search */
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (SwSearchProvider, sw_search_provider, G_TYPE_OBJECT)

/* A question of the Shell, waiting for the server. */
typedef struct
{
  SwSearchProvider *provider;
  GDBusMethodInvocation *invocation;
} Question;

static SwWindow *
find_window (SwSearchProvider *self)
{
  for (GList *l = gtk_application_get_windows (self->application); l != NULL; l = l->next)
    if (SW_IS_WINDOW (l->data))
      return l->data;
  return NULL;
}

/* NULL unless somebody is logged in and the server is there: the Shell must never wait. */
static SwSession *
find_session (SwSearchProvider *self)
{
  SwWindow *window = find_window (self);
  SwSession *session = window != NULL ? sw_window_get_session (window) : NULL;

  return session != NULL && sw_session_get_state (session) == SW_SESSION_OPEN ? session : NULL;
}

/* {{{ Results */

static void
answer (GDBusMethodInvocation *invocation, GPtrArray *identifiers)
{
  g_dbus_method_invocation_return_value (
      invocation,
      g_variant_new ("(@as)",
                     g_variant_new_strv ((const char *const *) identifiers->pdata,
                                         (gssize) identifiers->len)));
}

static void
on_hits (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  SwSearchProvider *self = question->provider;
  g_autoptr (GPtrArray) identifiers = g_ptr_array_new ();
  g_autoptr (GListModel) hits = sw_call_run_finish_rows (result, NULL);

  /* Nothing on failure: the window says what is wrong with the connection. */
  for (guint i = 0; hits != NULL && self->hits != NULL && i < g_list_model_get_n_items (hits); i++)
    {
      g_autoptr (SwRecord) hit = g_list_model_get_item (hits, i);
      char *identifier = g_strdup_printf ("%s:%s",
                                          sw_record_get_text (hit, "entity"),
                                          sw_record_get_text (hit, "entity_id"));

      g_hash_table_replace (self->hits, identifier, g_steal_pointer (&hit));
      g_ptr_array_add (identifiers, identifier);
    }
  answer (question->invocation, identifiers);
  g_object_unref (self);
  g_free (question);
}

static void
search (SwSearchProvider *self, GVariant *terms, GDBusMethodInvocation *invocation)
{
  g_autoptr (SwCall) call = sw_call_new ("search");
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  g_autofree char *text = g_strjoinv (" ", (char **) words);
  SwSession *session = find_session (self);
  Question *question;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (session == NULL || *text == '\0')
    {
      g_autoptr (GPtrArray) none = g_ptr_array_new ();

      answer (invocation, none);
      return;
    }
  self->cancellable = g_cancellable_new ();
  question = g_new0 (Question, 1);
  question->provider = g_object_ref (self);
  question->invocation = invocation;
  g_hash_table_remove_all (self->hits);
  sw_call_add_text (call, "p_text", text);
  sw_call_set_lane (call, SW_SESSION_BACKGROUND);
  sw_call_run_async (call, session, self->cancellable, on_hits, question);
}

static void
describe (SwSearchProvider *self, GVariant *identifiers, GDBusMethodInvocation *invocation)
{
  g_autofree const char **names = g_variant_get_strv (identifiers, NULL);
  GVariantBuilder metas;

  g_variant_builder_init (&metas, G_VARIANT_TYPE ("aa{sv}"));
  for (guint i = 0; names[i] != NULL; i++)
    {
      SwRecord *hit = g_hash_table_lookup (self->hits, names[i]);
      g_autofree char *detail = NULL;
      g_autofree char *description = NULL;

      /* Logged out since: what was found is no longer shown. */
      if (hit == NULL || find_session (self) == NULL)
        continue;
      detail = sw_search_hit_get_detail (hit);
      description = g_strdup_printf ("%s · %s",
                                     sw_choice_label (sw_search_kinds, sw_record_get_text (hit, "entity")),
                                     detail);
      g_variant_builder_open (&metas, G_VARIANT_TYPE ("a{sv}"));
      g_variant_builder_add (&metas, "{sv}", "id", g_variant_new_string (names[i]));
      g_variant_builder_add (&metas, "{sv}", "name", g_variant_new_string (sw_search_hit_get_title (hit)));
      g_variant_builder_add (&metas, "{sv}", "description", g_variant_new_string (description));
      g_variant_builder_add (&metas, "{sv}", "gicon", g_variant_new_string (sw_search_hit_get_icon_name (hit)));
      g_variant_builder_close (&metas);
    }
  g_dbus_method_invocation_return_value (invocation, g_variant_new ("(aa{sv})", &metas));
}

/* }}} */

/* {{{ Opening */

static void
open_result (SwSearchProvider *self, const char *identifier, guint32 timestamp)
{
  SwWindow *window = find_window (self);
  SwRecord *hit = g_hash_table_lookup (self->hits, identifier);

  if (window == NULL || hit == NULL || find_session (self) == NULL)
    {
      g_application_activate (G_APPLICATION (self->application));
      return;
    }
  sw_window_open (window, sw_record_get_text (hit, "page"), sw_record_get_int (hit, "record_id"));
  gtk_window_present_with_time (GTK_WINDOW (window), timestamp);
}

static void
launch_search (SwSearchProvider *self, GVariant *terms, guint32 timestamp)
{
  g_autofree const char **words = g_variant_get_strv (terms, NULL);
  g_autofree char *text = g_strjoinv (" ", (char **) words);
  SwWindow *window = find_window (self);

  g_application_activate (G_APPLICATION (self->application));
  if (window == NULL || find_session (self) == NULL)
    return;
  gtk_window_present_with_time (GTK_WINDOW (window), timestamp);
  sw_search_present (GTK_WINDOW (window), find_session (self), text);
}

/* }}} */

static void
on_method_call (GDBusConnection *connection,
                const char *sender,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *parameters,
                GDBusMethodInvocation *invocation,
                gpointer data)
{
  SwSearchProvider *self = data;
  g_autoptr (GVariant) list = NULL;
  const char *identifier;
  guint32 timestamp;

  if (g_str_equal (method, "GetInitialResultSet") || g_str_equal (method, "GetSubsearchResultSet"))
    {
      list = g_variant_get_child_value (parameters, g_variant_n_children (parameters) - 1);
      search (self, list, invocation);
    }
  else if (g_str_equal (method, "GetResultMetas"))
    {
      list = g_variant_get_child_value (parameters, 0);
      describe (self, list, invocation);
    }
  else if (g_str_equal (method, "ActivateResult"))
    {
      g_variant_get (parameters, "(&s@asu)", &identifier, &list, &timestamp);
      open_result (self, identifier, timestamp);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
  else
    {
      g_variant_get (parameters, "(@asu)", &list, &timestamp);
      launch_search (self, list, timestamp);
      g_dbus_method_invocation_return_value (invocation, NULL);
    }
}

static const GDBusInterfaceVTable vtable = { .method_call = on_method_call };

static void
sw_search_provider_dispose (GObject *object)
{
  SwSearchProvider *self = SW_SEARCH_PROVIDER (object);

  sw_search_provider_unexport (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->hits, g_hash_table_unref);
  g_clear_pointer (&self->node, g_dbus_node_info_unref);
  G_OBJECT_CLASS (sw_search_provider_parent_class)->dispose (object);
}

static void
sw_search_provider_class_init (SwSearchProviderClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = sw_search_provider_dispose;
}

static void
sw_search_provider_init (SwSearchProvider *self)
{
  self->hits = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->node = g_dbus_node_info_new_for_xml (interface_xml, NULL);
}

SwSearchProvider *
sw_search_provider_new (GtkApplication *application)
{
  SwSearchProvider *self = g_object_new (SW_TYPE_SEARCH_PROVIDER, NULL);

  self->application = application;
  return self;
}

gboolean
sw_search_provider_export (SwSearchProvider *self, GDBusConnection *connection, GError **error)
{
  g_return_val_if_fail (SW_IS_SEARCH_PROVIDER (self), FALSE);

  g_set_object (&self->connection, connection);
  self->registration = g_dbus_connection_register_object (connection,
                                                          OBJECT_PATH,
                                                          self->node->interfaces[0],
                                                          &vtable,
                                                          self,
                                                          NULL,
                                                          error);
  return self->registration != 0;
}

void
sw_search_provider_unexport (SwSearchProvider *self)
{
  g_return_if_fail (SW_IS_SEARCH_PROVIDER (self));

  if (self->registration != 0)
    g_dbus_connection_unregister_object (self->connection, self->registration);
  self->registration = 0;
  g_clear_object (&self->connection);
}
