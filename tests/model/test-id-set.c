/* Sets of ids: near each other, far apart, at both ends of the numbers. */
#include "model/sw-id-set.h"

static void
assert_has (const gint64 *ids, gsize n, const gint64 *others, gsize n_others)
{
  g_autoptr (SwIdSet) set = sw_id_set_new (ids, n);

  for (gsize i = 0; i < n; i++)
    g_assert_true (sw_id_set_has (set, ids[i]));
  for (gsize i = 0; i < n_others; i++)
    g_assert_false (sw_id_set_has (set, others[i]));
}

static void
test_few (void)
{
  const gint64 one[] = { 7 }, none[] = { 6, 8, 0, -7, 71, G_MAXINT64, G_MININT64 };
  const gint64 ends[] = { G_MININT64, -1, G_MAXINT64 }, between[] = { 0, 1, -2, G_MAXINT64 - 1 };
  const gint64 far[] = { 5, G_GINT64_CONSTANT (5) << 40 }, beside[] = { 4, 6, 0, 1 };

  assert_has (NULL, 0, none, G_N_ELEMENTS (none));
  assert_has (one, 1, none, G_N_ELEMENTS (none));
  assert_has (ends, G_N_ELEMENTS (ends), between, G_N_ELEMENTS (between));
  assert_has (far, G_N_ELEMENTS (far), beside, G_N_ELEMENTS (beside));
}

/* As a hash table says. */
static void
test_random (void)
{
  for (int span = 10; span < G_MAXINT / 10; span *= 10)
    {
      g_autoptr (GHashTable) known = g_hash_table_new (g_int64_hash, g_int64_equal);
      g_autoptr (SwIdSet) set = NULL;
      gint64 ids[1000];

      for (gsize i = 0; i < G_N_ELEMENTS (ids); i++)
        {
          ids[i] = g_test_rand_int_range (-span, span);
          g_hash_table_add (known, &ids[i]);
        }
      set = sw_id_set_new (ids, G_N_ELEMENTS (ids));
      for (int i = 0; i < 10000; i++)
        {
          gint64 id = g_test_rand_int_range (-span - 10, span + 10);

          g_assert_cmpint (sw_id_set_has (set, id), ==, g_hash_table_contains (known, &id));
        }
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/id-set/few", test_few);
  g_test_add_func ("/id-set/random", test_random);
  return g_test_run ();
}
