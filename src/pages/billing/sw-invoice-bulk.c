/* sw-invoice-bulk.c: see sw-invoice-bulk.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "pages/billing/sw-invoice-bulk.h"

#include <glib/gi18n-lib.h>

#include "documents/sw-document-loader.h"
#include "model/sw-rule-messages.h"
#include "pages/common/sw-words.h"
#include "widgets/sw-bulk.h"
#include "widgets/sw-choice-row.h"
#include "widgets/sw-date-row.h"
#include "widgets/sw-dialog.h"
#include "widgets/sw-file-dialog.h"
#include "widgets/sw-page.h"
#include "widgets/sw-progress.h"

/* Invoices read in one round trip; drawing one takes a few milliseconds. */
#define STEP 5

/* Payments */

static SwCall *
call_pay (const gint64 *ids, gsize n_ids, gpointer values)
{
  SwCall *call = sw_call_new ("invoices_pay");

  sw_call_add_ids (call, NULL, ids, n_ids);
  sw_call_add_date (call, NULL, g_hash_table_lookup (values, "p_paid_on"));
  sw_call_add_text (call, NULL, g_hash_table_lookup (values, "p_method"));
  return call;
}

static void
pay (SwTable *table, GArray *ids, gpointer page)
{
  SwDialog *dialog = sw_dialog_new (_("Record payments"), _("What remains due of each invoice."));
  GtkWidget *paid_on = sw_date_row_new ("p_paid_on", _("Paid on"));
  GtkWidget *method = sw_choice_row_new ("p_method", _("By"));

  sw_row_set_value (SW_ROW (paid_on), sw_session_get_today (sw_page_get_session (page)));
  sw_choice_row_set_choices (SW_CHOICE_ROW (method), sw_words_payment_methods);
  sw_row_set_value (SW_ROW (method), "transfer");
  sw_dialog_add_row (dialog, paid_on);
  sw_dialog_add_row (dialog, method);
  sw_bulk_ask (table, sw_page_get_session (page), dialog, "p_paid_on|p_method", _("_Record"), ids, call_pay);
}

/* Files */

typedef struct
{
  SwTable *table;
  SwSession *session;
  GArray *ids;
  char *folder;
  SwBrand *brand;
  guint step; /* read at once */
  guint done;
  guint n_written;
  GHashTable *failures; /* gint64 * → sentence */
  SwProgress *progress;
  GCancellable *cancellable;
} Files;

static void
files_free (Files *files)
{
  g_clear_pointer (&files->progress, sw_progress_free);
  g_hash_table_unref (files->failures);
  g_clear_object (&files->brand);
  g_object_unref (files->table);
  g_object_unref (files->session);
  g_object_unref (files->cancellable);
  g_array_unref (files->ids);
  g_free (files->folder);
  g_free (files);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Files, files_free)

static void read_next (Files *files);

static void
finish (Files *files)
{
  g_autoptr (Files) owned = files;

  g_clear_pointer (&files->progress, sw_progress_free);
  if (gtk_widget_get_root (GTK_WIDGET (files->table)) != NULL)
    sw_bulk_report (files->table, _("Save as PDF"), files->n_written, files->ids,
                    files->failures);
}

static void
fail (Files *files, gint64 id, const char *sentence)
{
  g_hash_table_insert (files->failures, g_memdup2 (&id, sizeof id), g_strdup (sentence));
}

/* Beside its place, then moved there: no half invoice. */
static gboolean
write_document (Files *files, SwDocument *document, GError **error)
{
  g_autofree char *path
      = g_build_filename (files->folder, sw_document_get_file_name (document), NULL);
  g_autoptr (GBytes) bytes = sw_document_make_pdf (&document, 1, error);

  return bytes != NULL
         && g_file_set_contents (path, g_bytes_get_data (bytes, NULL),
                                 (gssize) g_bytes_get_size (bytes), error);
}

static void
on_documents (GObject *source, GAsyncResult *result, gpointer data)
{
  Files *files = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) documents = sw_document_load_invoices_finish (result, &error);
  guint n = MIN (files->step, files->ids->len - files->done);

  /* One that is missing shifts the others: each is asked for alone from there on. */
  if (documents != NULL && documents->len < n && n > 1)
    {
      files->step = 1;
      read_next (files);
      return;
    }
  if (documents == NULL || documents->len < n)
    {
      for (guint i = 0; i < n; i++)
        fail (files, g_array_index (files->ids, gint64, files->done + i),
              error != NULL ? error->message : _("This invoice cannot be read any more."));
    }
  for (guint i = 0; documents != NULL && documents->len == n && i < n; i++)
    {
      g_autoptr (GError) why = NULL;

      if (write_document (files, documents->pdata[i], &why))
        files->n_written++;
      else
        fail (files, g_array_index (files->ids, gint64, files->done + i), why->message);
    }
  files->done += n;
  sw_progress_set (files->progress, files->done, files->ids->len);
  read_next (files);
}

static void
read_next (Files *files)
{
  guint n = MIN (files->step, files->ids->len - files->done);

  if (n == 0 || g_cancellable_is_cancelled (files->cancellable))
    finish (files);
  else
    sw_document_load_invoices_async (files->session, files->brand,
                                     &g_array_index (files->ids, gint64, files->done), n, NULL,
                                     on_documents, files);
}

static void
on_brand (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Files) files = data;
  g_autoptr (GError) error = NULL;

  files->brand = sw_brand_load_finish (result, &error);
  if (files->brand != NULL)
    read_next (g_steal_pointer (&files));
  else if (gtk_widget_get_root (GTK_WIDGET (files->table)) != NULL)
    sw_dialog_tell_error (GTK_WIDGET (files->table), _("Save as PDF"), error);
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Files) files = data;
  g_autoptr (GFile) folder = sw_file_dialog_save_finish (result, NULL);

  if (folder == NULL || g_file_peek_path (folder) == NULL)
    return;
  files->folder = g_file_get_path (folder);
  files->progress
      = sw_progress_new (GTK_WIDGET (files->table), _("Save as PDF"), files->cancellable);
  sw_brand_load_async (files->session, files->cancellable, on_brand, files);
  g_steal_pointer (&files);
}

static void
save_pdf (SwTable *table, GArray *ids, gpointer page)
{
  Files *files = g_new0 (Files, 1);

  files->table = g_object_ref (table);
  files->session = g_object_ref (sw_page_get_session (page));
  files->ids = g_array_ref (ids);
  files->failures = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  files->step = STEP;
  files->cancellable = g_cancellable_new ();
  sw_file_dialog_folder_async (GTK_WIDGET (table), _("Folder for the invoices"), NULL, on_folder, files);
}

const SwBulkAction sw_invoice_bulk_actions[] = {
  { N_("Save as PDF…"), NULL, save_pdf },
  { N_("Record Payments…"), "invoices_pay", pay },
  { NULL }
};
