/* The operator of cfast.py, beside a test that commands it. */
#pragma once

#include <gio/gio.h>

typedef struct
{
  GSubprocess *process;
  GDataInputStream *says;
  char *base_url;
} Operator;

static inline char *
operator_read (Operator *self)
{
  g_autoptr (GError) error = NULL;
  char *line = g_data_input_stream_read_line (self->says, NULL, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (line);
  return line;
}

/* @script: cfast.py; further arguments of it, ended with NULL. @scheme: "http" or "https". */
static inline Operator *
operator_start (const char *script, const char *scheme, const char *const *arguments)
{
  Operator *self = g_new0 (Operator, 1);
  g_autoptr (GStrvBuilder) argv = g_strv_builder_new ();
  g_auto (GStrv) words = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *ready = NULL;

  g_strv_builder_add_many (argv, "/usr/bin/python3", script, NULL);
  g_strv_builder_addv (argv, (const char **) arguments);
  words = g_strv_builder_end (argv);
  self->process = g_subprocess_newv ((const char *const *) words, G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
  self->says = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  ready = operator_read (self);
  g_assert_true (g_str_has_prefix (ready, "ready "));
  self->base_url = g_strdup_printf ("%s://127.0.0.1:%s", scheme, ready + strlen ("ready "));
  return self;
}

/* What it answers. */
static inline char *
operator_say (Operator *self, const char *command)
{
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  g_autoptr (GError) error = NULL;

  g_output_stream_write_all (g_subprocess_get_stdin_pipe (self->process), line, strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
  return operator_read (self);
}

static inline void
operator_do (Operator *self, const char *command)
{
  g_autofree char *answer = operator_say (self, command);

  g_assert_cmpstr (answer, ==, "ok");
}

static inline guint
operator_count (Operator *self)
{
  g_autofree char *answer = operator_say (self, "count");

  return (guint) g_ascii_strtoull (answer, NULL, 10);
}

static inline void
operator_stop (Operator *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_assert_true (g_subprocess_wait_check (self->process, NULL, NULL));
  g_object_unref (self->says);
  g_object_unref (self->process);
  g_free (self->base_url);
  g_free (self);
}
