/* sw-labels.c: see sw-labels.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include "documents/sw-labels.h"

#include <cairo-pdf.h>
#include <glib/gstdio.h>
#include <string.h>

#include "documents/sw-sheet.h"

#define POINTS(mm) ((mm) * 72.0 / 25.4)
/* Nothing nearer to the edge of a label: printers drift, and cannot reach the edge of the paper. */
#define INSET POINTS (5)
/* A line is written narrower before it is broken, and broken before it is written narrower still;
 * one of the length the standard of addresses allows (AFNOR NF Z10-011) is never broken. */
#define NARROWEST 0.7
#define STANDARD_LENGTH 38

const SwLabelFormat sw_label_formats[] = {
  { "70x37", 3, 8, 70, 37, 0, 0.5, 70, 37 },
  { "99.1x38.1", 2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1 },
  { "63.5x38.1", 3, 7, 63.5, 38.1, 7.2, 15.15, 66.05, 38.1 },
  { "105x37", 2, 8, 105, 37, 0, 0.5, 105, 37 },
  { NULL }
};

struct _SwLabels
{
  GObject parent_instance;

  const SwLabelFormat *format;
  guint first;
  GPtrArray *texts; /* char *, the lines of a label */
  SwTypesetter *type;
};

G_DEFINE_FINAL_TYPE (SwLabels, sw_labels, G_TYPE_OBJECT)

const SwLabelFormat *
sw_label_format_find (const char *name)
{
  for (const SwLabelFormat *format = sw_label_formats; format->name != NULL; format++)
    if (g_strcmp0 (format->name, name) == 0)
      return format;
  return NULL;
}

static void
sw_labels_finalize (GObject *object)
{
  SwLabels *self = SW_LABELS (object);

  g_ptr_array_unref (self->texts);
  sw_typesetter_free (self->type);
  G_OBJECT_CLASS (sw_labels_parent_class)->finalize (object);
}

static void
sw_labels_class_init (SwLabelsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = sw_labels_finalize;
}

static void
sw_labels_init (SwLabels *self)
{
  self->texts = g_ptr_array_new_with_free_func (g_free);
  self->type = sw_typesetter_new ();
}

SwLabels *
sw_labels_new (const SwLabelFormat *format, guint first)
{
  SwLabels *self = g_object_new (SW_TYPE_LABELS, NULL);

  self->format = format;
  self->first = first % (format->columns * format->rows);
  return self;
}

void
sw_labels_add (SwLabels *self, const char *const *lines)
{
  g_ptr_array_add (self->texts, g_strjoinv ("\n", (char **) lines));
}

guint
sw_labels_get_n_labels (SwLabels *self)
{
  return self->texts->len;
}

guint
sw_labels_get_n_pages (SwLabels *self)
{
  guint a_page = self->format->columns * self->format->rows;

  return MAX (1, (self->first + self->texts->len + a_page - 1) / a_page);
}

/* Drawing */

/* What is drawn: SwLines that belong to the typesetter, none much too wide if there is room to break. */
static GPtrArray *
lay_out (SwLabels *self, const char *text, double width, guint most)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  GPtrArray *laid = g_ptr_array_new ();
  guint spare = most > g_strv_length (lines) ? most - g_strv_length (lines) : 0;

  for (char **line = lines; *line != NULL; line++)
    {
      SwLine *whole = sw_typesetter_line (self->type, SW_STYLE_LABEL, *line);
      GPtrArray *parts = NULL;

      if (sw_line_get_width (whole) * NARROWEST > width && g_utf8_strlen (*line, -1) > STANDARD_LENGTH)
        parts = sw_typesetter_wrap (self->type, SW_STYLE_LABEL, *line, width);
      if (parts != NULL && parts->len - 1 <= spare)
        {
          spare -= parts->len - 1;
          for (guint i = 0; i < parts->len; i++)
            g_ptr_array_add (laid, g_ptr_array_index (parts, i));
        }
      else
        g_ptr_array_add (laid, whole);
    }
  return laid;
}

static void
draw_label (SwLabels *self, cairo_t *cr, const char *text, double x, double y)
{
  const double leading = sw_style_get_leading (SW_STYLE_LABEL);
  double width = POINTS (self->format->width) - 2 * INSET;
  double height = POINTS (self->format->height) - 2 * POINTS (2);
  g_autoptr (GPtrArray) lines = lay_out (self, text, width, (guint) (height / leading));
  /* More lines than the label holds stand closer together. */
  double step = MIN (leading, height / MAX (1, lines->len));
  double top = y + (POINTS (self->format->height) - step * lines->len) / 2;

  for (guint i = 0; i < lines->len; i++)
    {
      SwLine *line = g_ptr_array_index (lines, i);
      double scale = MIN (1, width / MAX (1, sw_line_get_width (line)));

      cairo_save (cr);
      cairo_translate (cr, x + INSET, top + i * step + sw_style_get_baseline (SW_STYLE_LABEL) * step / leading);
      cairo_scale (cr, scale, step / leading);
      sw_line_draw (line, cr, 0, 0);
      cairo_restore (cr);
    }
}

void
sw_labels_draw_page (SwLabels *self, cairo_t *cr, guint page)
{
  const SwLabelFormat *format = self->format;
  guint a_page = format->columns * format->rows;

  cairo_set_source_rgb (cr, 0, 0, 0);
  for (guint place = 0; place < a_page; place++)
    {
      guint position = page * a_page + place;

      if (position < self->first || position - self->first >= self->texts->len)
        continue;
      draw_label (self, cr, g_ptr_array_index (self->texts, position - self->first),
                  POINTS (format->left + place % format->columns * format->across),
                  POINTS (format->top + place / format->columns * format->down));
    }
  sw_typesetter_trim (self->type);
}

/* Files */

typedef struct
{
  char *path;
  char *temporary; /* beside it */
  cairo_surface_t *surface;
  cairo_t *cr;
  guint page;
  SwLabelsProgress progress;
  gpointer data;
} Writing;

static void
writing_free (Writing *writing)
{
  g_clear_pointer (&writing->cr, cairo_destroy);
  g_clear_pointer (&writing->surface, cairo_surface_destroy);
  if (writing->temporary != NULL)
    g_unlink (writing->temporary);
  g_free (writing->temporary);
  g_free (writing->path);
  g_free (writing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Writing, writing_free)

static Writing *
writing_new (const char *path)
{
  Writing *writing = g_new0 (Writing, 1);

  writing->path = g_strdup (path);
  writing->temporary = g_strdup_printf ("%s.%08x.part", path, g_random_int ());
  writing->surface = cairo_pdf_surface_create (writing->temporary, SW_PAGE_WIDTH, SW_PAGE_HEIGHT);
  cairo_pdf_surface_set_metadata (writing->surface, CAIRO_PDF_METADATA_CREATOR, "Softwhere " PACKAGE_VERSION);
  writing->cr = cairo_create (writing->surface);
  return writing;
}

static void
write_page (SwLabels *self, Writing *writing)
{
  sw_labels_draw_page (self, writing->cr, writing->page++);
  cairo_show_page (writing->cr);
}

static gboolean
writing_end (Writing *writing, GError **error)
{
  cairo_status_t status = cairo_status (writing->cr);

  cairo_surface_finish (writing->surface);
  if (status == CAIRO_STATUS_SUCCESS)
    status = cairo_surface_status (writing->surface);
  if (status != CAIRO_STATUS_SUCCESS)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", writing->path, cairo_status_to_string (status));
      return FALSE;
    }
  if (g_rename (writing->temporary, writing->path) != 0)
    {
      int code = errno;

      g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (code), "%s: %s", writing->path, g_strerror (code));
      return FALSE;
    }
  g_clear_pointer (&writing->temporary, g_free);
  return TRUE;
}

/* A page between two turns of the main loop, where the typesetter's fonts live. */
static gboolean
write_some (gpointer data)
{
  GTask *task = data;
  SwLabels *self = g_task_get_source_object (task);
  Writing *writing = g_task_get_task_data (task);
  guint total = sw_labels_get_n_pages (self);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return G_SOURCE_REMOVE;
  write_page (self, writing);
  if (writing->progress != NULL)
    writing->progress (writing->page, total, writing->data);
  if (writing->page < total)
    return G_SOURCE_CONTINUE;
  if (writing_end (writing, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
  return G_SOURCE_REMOVE;
}

void
sw_labels_write_pdf_async (SwLabels *self,
                           const char *path,
                           SwLabelsProgress progress,
                           gpointer data,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Writing *writing = writing_new (path);

  writing->progress = progress;
  writing->data = data;
  g_task_set_task_data (task, writing, (GDestroyNotify) writing_free);
  g_idle_add_full (G_PRIORITY_DEFAULT_IDLE, write_some, task, g_object_unref);
}

gboolean
sw_labels_write_pdf_finish (SwLabels *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean
sw_labels_write_pdf (SwLabels *self, const char *path, GError **error)
{
  g_autoptr (Writing) writing = writing_new (path);

  while (writing->page < sw_labels_get_n_pages (self))
    write_page (self, writing);
  return writing_end (writing, error);
}
