/* sw-page.h: base class of every page of the window
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * A page is made when it is first shown, with its session, and lives as long as the window. Every
 * asynchronous call takes sw_page_get_cancellable(), cancelled when the page goes away, so nothing
 * calls back into a dead widget (branch on sw_rule_is_cancelled()).
 *
 * Most pages are a list and a record: derive from SwRecordPage, which does all of this.
 * The others set a child (SwPage is an AdwBin), usually a SwPane.
 *
 * Properties: session (construct only), title, icon-name, unsaved (boolean: something typed is not
 * saved yet), can-create (boolean: Ctrl+N does something).
 */
#pragma once

#include <adwaita.h>
#include "model/sw-session.h"

G_BEGIN_DECLS

#define SW_TYPE_PAGE (sw_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (SwPage, sw_page, SW, PAGE, AdwBin)

struct _SwPageClass
{
  AdwBinClass parent_class;

  /* Shows the record @id of @entity; the window has made the page visible. */
  void (*open_record) (SwPage *self, const char *entity, gint64 id);
  /* A file was dropped on the window, wherever; for the page of the entity "file", now visible. */
  void (*open_file) (SwPage *self, GFile *file);
  /* F5, and after a lost connection came back: read again, keep what is typed. */
  void (*refresh) (SwPage *self);
  /* Ctrl+N, Ctrl+F, Ctrl+S, Escape. back() is TRUE when it did something. */
  void (*create) (SwPage *self);
  void (*search) (SwPage *self);
  void (*save) (SwPage *self);
  gboolean (*back) (SwPage *self);
  /* Asks about unsaved work if there is any; TRUE when the page may be left. The default says
   * yes when "unsaved" is FALSE, else asks whether to discard. */
  void (*can_close_async) (SwPage *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data);
  gboolean (*can_close_finish) (SwPage *self, GAsyncResult *result);

  gpointer padding[3];
};

SwSession *sw_page_get_session (SwPage *self);
/* Whether the server lets this person call api.@function: for what is to be offered. */
gboolean sw_page_may (SwPage *self, const char *function);
GCancellable *sw_page_get_cancellable (SwPage *self);
gboolean sw_page_get_unsaved (SwPage *self);
void sw_page_set_unsaved (SwPage *self, gboolean unsaved);
void sw_page_set_can_create (SwPage *self, gboolean can_create);
/* A widget of this class's page: for callbacks that only know their button. */
SwPage *sw_page_of (GtkWidget *widget);

void sw_page_open_record (SwPage *self, const char *entity, gint64 id);
void sw_page_open_file (SwPage *self, GFile *file);
void sw_page_refresh (SwPage *self);
void sw_page_create (SwPage *self);
void sw_page_search (SwPage *self);
void sw_page_save (SwPage *self);
gboolean sw_page_back (SwPage *self);
void sw_page_can_close_async (SwPage *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
gboolean sw_page_can_close_finish (SwPage *self, GAsyncResult *result);

/* Another page shows record @id of @entity ("contract"): the action win.open ('contract', id).
 * Id 0 means a new one; @from is any widget in the window. */
void sw_page_open (GtkWidget *from, const char *entity, gint64 id);

G_END_DECLS
