/* sw-id-set.c: which ids are in a list
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-id-set.h"

#define MOST_BITS (G_GUINT64_CONSTANT (1) << 26) /* 8 MB */

struct _SwIdSet
{
  gint64 first;
  guint64 n_bits;
  guint64 *bits;
  GHashTable *far; /* gint64 *, instead of bits when the ids lie further apart than that; owns them */
};

SwIdSet *
sw_id_set_new (const gint64 *ids, gsize n_ids)
{
  SwIdSet *self = g_new0 (SwIdSet, 1);
  gint64 last = n_ids > 0 ? ids[0] : -1;

  self->first = n_ids > 0 ? ids[0] : 0;
  for (gsize i = 1; i < n_ids; i++)
    {
      self->first = MIN (self->first, ids[i]);
      last = MAX (last, ids[i]);
    }
  self->n_bits = (guint64) last - (guint64) self->first + 1;
  /* From one end of the numbers to the other it is 0 again. */
  if (n_ids > 0 && (self->n_bits == 0 || self->n_bits > MOST_BITS))
    {
      self->far = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
      for (gsize i = 0; i < n_ids; i++)
        g_hash_table_add (self->far, g_memdup2 (&ids[i], sizeof *ids));
      return self;
    }
  self->bits = g_new0 (guint64, self->n_bits / 64 + 1);
  for (gsize i = 0; i < n_ids; i++)
    {
      guint64 bit = (guint64) ids[i] - (guint64) self->first;

      self->bits[bit / 64] |= G_GUINT64_CONSTANT (1) << (bit % 64);
    }
  return self;
}

void
sw_id_set_free (SwIdSet *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->far, g_hash_table_unref);
  g_free (self->bits);
  g_free (self);
}

gboolean
sw_id_set_has (const SwIdSet *self, gint64 id)
{
  guint64 bit = (guint64) id - (guint64) self->first;

  if (self->far != NULL)
    return g_hash_table_contains (self->far, &id);
  return bit < self->n_bits && (self->bits[bit / 64] >> (bit % 64) & 1) != 0;
}
