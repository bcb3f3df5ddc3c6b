/* tests/fakes/line.py from C: a line to the server that breaks when told to. */
#pragma once

#include "../postgres/wait.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  char *directory; /* to connect to instead of the server's */
  GSubprocess *process;
  GOutputStream *input;
  GDataInputStream *output;
} Line;

static inline void
line_on_read (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data
      = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, NULL, NULL);
  g_assert_nonnull (*(char **) user_data);
}

/* The next line it prints; the main loop runs meanwhile. */
static inline char *
line_hear (Line *self)
{
  char *text = NULL;

  g_data_input_stream_read_line_async (self->output, G_PRIORITY_DEFAULT, NULL, line_on_read, &text);
  WAIT_FOR (text != NULL);
  return text;
}

static inline void
line_expect (Line *self, const char *expected)
{
  g_autofree char *text = line_hear (self);

  g_assert_cmpstr (text, ==, expected);
}

static inline void
line_send (Line *self, const char *command)
{
  g_autofree char *text = g_strconcat (command, "\n", NULL);

  g_assert_true (g_output_stream_write_all (self->input, text, strlen (text), NULL, NULL, NULL));
}

static inline void
line_say (Line *self, const char *command)
{
  line_send (self, command);
  line_expect (self, "ok");
}

/* Trips waited for since the last time, and bytes received. */
static inline guint
line_count (Line *self, guint64 *bytes)
{
  g_autofree char *text = NULL;
  char *rest;
  guint trips;

  line_send (self, "count");
  text = line_hear (self);
  trips = (guint) g_ascii_strtoull (text, &rest, 10);
  if (bytes != NULL)
    *bytes = g_ascii_strtoull (rest, NULL, 10);
  return trips;
}

/* @script is line.py, @server the socket directory of the server, or host:port. */
static inline Line *
line_new (const char *script, const char *server)
{
  Line *self = g_new0 (Line, 1);
  g_autoptr (GError) error = NULL;

  self->directory = g_dir_make_tmp ("softwhere-line.XXXXXX", &error);
  g_assert_no_error (error);
  self->process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE,
                                    &error, "/usr/bin/python3", script, self->directory, server,
                                    NULL);
  g_assert_no_error (error);
  self->input = g_subprocess_get_stdin_pipe (self->process);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  line_expect (self, "ready");
  return self;
}

static inline void
line_free (Line *self)
{
  g_autofree char *socket = g_build_filename (self->directory, ".s.PGSQL.5432", NULL);

  g_subprocess_force_exit (self->process);
  g_subprocess_wait (self->process, NULL, NULL);
  g_unlink (socket);
  g_rmdir (self->directory);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_free (self->directory);
  g_free (self);
}
