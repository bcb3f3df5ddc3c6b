/* Measures how long the main loop was deaf.
 *
 * A source due every 5 ms notes the longest time between two of its runs. A thread that only sleeps
 * does the same beside it: what it misses is the machine's fault, not the loop's.
 */
#pragma once

#include <glib.h>

#define LOOP_WATCH_STEP 5   /* ms */
#define LOOP_WATCH_LIMIT 50 /* ms */

typedef struct
{
  guint source;
  gint64 last;
  gint64 longest; /* µs between two runs, in the loop */
  GThread *thread;
  int stop;
  gint64 longest_sleep; /* µs, in the thread */
} LoopWatch;

static inline gboolean
loop_watch_tick (gpointer user_data)
{
  LoopWatch *self = user_data;
  gint64 now = g_get_monotonic_time ();

  self->longest = MAX (self->longest, now - self->last);
  self->last = now;
  return G_SOURCE_CONTINUE;
}

static inline gpointer
loop_watch_sleep (gpointer user_data)
{
  LoopWatch *self = user_data;
  gint64 last = g_get_monotonic_time ();

  while (!g_atomic_int_get (&self->stop))
    {
      gint64 now;

      g_usleep (LOOP_WATCH_STEP * 1000);
      now = g_get_monotonic_time ();
      self->longest_sleep = MAX (self->longest_sleep, now - last);
      last = now;
    }
  return NULL;
}

static inline void
loop_watch_start (LoopWatch *self)
{
  *self = (LoopWatch){ .last = g_get_monotonic_time () };
  self->source = g_timeout_add_full (G_PRIORITY_HIGH, LOOP_WATCH_STEP, loop_watch_tick, self, NULL);
  self->thread = g_thread_new ("loop-watch", loop_watch_sleep, self);
}

/* Fails when the loop was deaf for more than 50 ms beyond the machine's own hiccups. */
static inline void
loop_watch_stop (LoopWatch *self)
{
  loop_watch_tick (self);
  g_source_remove (self->source);
  g_atomic_int_set (&self->stop, 1);
  g_thread_join (self->thread);
  g_test_message ("main loop deaf for %.1f ms at most, a sleeping thread for %.1f ms",
                  (double) self->longest / 1000, (double) self->longest_sleep / 1000);
  g_assert_cmpint (self->longest - self->longest_sleep, <, LOOP_WATCH_LIMIT * 1000);
}
