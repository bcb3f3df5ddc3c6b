/* Pairs of concurrent edits of one customer, at random: the second to save is always told; what only
 * one changed is kept; what both changed differently is always asked about, and nothing else is
 * (L-14). What should come out is worked out by itself, on plain values.
 *
 * 10 000 pairs meet a few lines that keep the promises of api.customer_save(), and some the product's
 * own server, which keeps them so that the others mean something: SOFTWHERE_MERGE_PAIRS of them, 60
 * unless set. */
#include "product.h"
#include "model/sw-call.h"
#include "model/sw-merge.h"
#include "model/sw-rule-messages.h"

#define N_FIELDS 4
#define MOST_ROWS 12
#define NOTHING -1 /* not touched */

static const char *const head_fields[N_FIELDS]
    = { "trading_name", "address_1", "address_2", "city" };
static const char *const row_fields[N_FIELDS] = { "first_name", "last_name", "job", "email" };

/* Values are few, so that both people often write the same field, and sometimes the same thing. */
static const char *const words[][5] = {
  { "Un", "Deux", "Trois", "Quatre", "Cinq" },
  { "Alpha", "Bravo", "Charlie", "Delta", "Écho" },
  { "Achats", "Compta", "Dépôt", "Vente", "Direction" },
  { "a@example.com", "b@example.com", "c@example.com", "d@example.com", "e@example.com" },
};

typedef struct
{
  gint64 id;
  int values[N_FIELDS]; /* indexes of words */
  gboolean gone;
} Row;

/* A customer, as far as this test is concerned. */
typedef struct
{
  int values[N_FIELDS];
  Row rows[MOST_ROWS];
  guint n_rows;
  guint segments; /* a bit each */
} Customer;

/* What one person does to it. */
typedef struct
{
  int values[N_FIELDS];           /* NOTHING or a word */
  int rows[MOST_ROWS][N_FIELDS];
  gboolean removed[MOST_ROWS];
  int added[2]; /* a word for all of its fields */
  guint segments_on, segments_off;
} Edit;

static gint64 segment_ids[4];
static guint n_conflicts, n_merged;

/* ---- values and JSON ---- */

static const char *
word (guint field, int value)
{
  return words[field][value];
}

static int
index_of (guint field, const char *text)
{
  for (int i = 0; i < 5; i++)
    if (g_strcmp0 (words[field][i], text) == 0)
      return i;
  g_assert_not_reached ();
}

static gint64
id_of (JsonObject *object)
{
  return json_object_get_int_member (object, "id");
}

static int
compare_rows_by_id (gconstpointer a, gconstpointer b)
{
  gint64 x = ((const Row *) a)->id, y = ((const Row *) b)->id;

  return x < y ? -1 : x > y;
}

static void
customer_read (Customer *customer, JsonObject *object)
{
  JsonArray *rows = json_object_get_array_member (object, "contacts");
  JsonArray *segments = json_object_get_array_member (object, "segment_ids");

  memset (customer, 0, sizeof *customer);
  for (guint f = 0; f < N_FIELDS; f++)
    customer->values[f] = index_of (f, json_object_get_string_member (object, head_fields[f]));
  customer->n_rows = json_array_get_length (rows);
  g_assert_cmpuint (customer->n_rows, <=, MOST_ROWS);
  for (guint i = 0; i < customer->n_rows; i++)
    {
      JsonObject *row = json_array_get_object_element (rows, i);

      customer->rows[i].id = id_of (row);
      for (guint f = 0; f < N_FIELDS; f++)
        customer->rows[i].values[f] = index_of (f, json_object_get_string_member (row, row_fields[f]));
    }
  qsort (customer->rows, customer->n_rows, sizeof (Row), compare_rows_by_id);
  for (guint i = 0; i < json_array_get_length (segments); i++)
    for (guint s = 0; s < G_N_ELEMENTS (segment_ids); s++)
      if (json_array_get_int_element (segments, i) == segment_ids[s])
        customer->segments |= 1u << s;
}

/* ---- edits ---- */

static int
maybe (GRand *rand, int percent)
{
  return g_rand_int_range (rand, 0, 100) < percent ? g_rand_int_range (rand, 0, 5) : NOTHING;
}

static void
edit_make (Edit *edit, const Customer *customer, GRand *rand)
{
  for (guint f = 0; f < N_FIELDS; f++)
    edit->values[f] = maybe (rand, 35);
  for (guint i = 0; i < customer->n_rows; i++)
    {
      edit->removed[i] = g_rand_int_range (rand, 0, 100) < 12;
      for (guint f = 0; f < N_FIELDS; f++)
        edit->rows[i][f] = edit->removed[i] ? NOTHING : maybe (rand, 25);
    }
  for (guint i = 0; i < 2; i++)
    edit->added[i] = customer->n_rows < 4 ? maybe (rand, 40) : NOTHING;
  edit->segments_on = (guint) g_rand_int_range (rand, 0, 16) & (guint) g_rand_int_range (rand, 0, 16)
                      & ~customer->segments;
  edit->segments_off = (guint) g_rand_int_range (rand, 0, 16)
                       & (guint) g_rand_int_range (rand, 0, 16) & customer->segments;
  /* As a form: what is typed and is what was there is no change. */
  for (guint f = 0; f < N_FIELDS; f++)
    if (edit->values[f] == customer->values[f])
      edit->values[f] = NOTHING;
  for (guint i = 0; i < customer->n_rows; i++)
    for (guint f = 0; f < N_FIELDS; f++)
      if (edit->rows[i][f] == customer->rows[i].values[f])
        edit->rows[i][f] = NOTHING;
}

static gboolean
touches_row (const Edit *edit, guint row)
{
  gboolean touched = edit->removed[row];

  for (guint f = 0; f < N_FIELDS; f++)
    touched |= edit->rows[row][f] != NOTHING;
  return touched;
}

static JsonObject *
new_row (int value)
{
  JsonObject *row = json_object_new ();

  for (guint f = 0; f < N_FIELDS; f++)
    json_object_set_string_member (row, row_fields[f], word (f, value));
  return row;
}

static JsonObject *
find_contact (JsonObject *base, gint64 id)
{
  JsonArray *rows = json_object_get_array_member (base, "contacts");

  for (guint i = 0; i < json_array_get_length (rows); i++)
    if (id_of (json_array_get_object_element (rows, i)) == id)
      return json_array_get_object_element (rows, i);
  g_assert_not_reached ();
}

static JsonArray *
edit_rows_to_json (const Edit *edit, const Customer *customer, JsonObject *base)
{
  JsonArray *rows = json_array_new ();

  for (guint i = 0; i < customer->n_rows; i++)
    if (touches_row (edit, i))
      {
        JsonObject *row = json_object_new ();
        JsonObject *was = find_contact (base, customer->rows[i].id);

        json_object_set_int_member (row, "id", customer->rows[i].id);
        json_object_set_member (row, "row_version", json_object_dup_member (was, "row_version"));
        if (edit->removed[i])
          json_object_set_boolean_member (row, "deleted", TRUE);
        for (guint f = 0; f < N_FIELDS; f++)
          if (edit->rows[i][f] != NOTHING)
            json_object_set_string_member (row, row_fields[f], word (f, edit->rows[i][f]));
        json_array_add_object_element (rows, row);
      }
  for (guint i = 0; i < 2; i++)
    if (edit->added[i] != NOTHING)
      json_array_add_object_element (rows, new_row (edit->added[i]));
  return rows;
}

/* What a form sends. */
static JsonObject *
edit_to_json (const Edit *edit, const Customer *customer, JsonObject *base)
{
  JsonObject *object = json_object_new ();
  JsonArray *rows = edit_rows_to_json (edit, customer, base);

  json_object_set_int_member (object, "id", id_of (base));
  json_object_set_member (object, "row_version", json_object_dup_member (base, "row_version"));
  for (guint f = 0; f < N_FIELDS; f++)
    if (edit->values[f] != NOTHING)
      json_object_set_string_member (object, head_fields[f], word (f, edit->values[f]));
  if (json_array_get_length (rows) > 0)
    json_object_set_array_member (object, "contacts", rows);
  else
    json_array_unref (rows);
  if (edit->segments_on != 0 || edit->segments_off != 0)
    {
      guint segments = (customer->segments | edit->segments_on) & ~edit->segments_off;
      JsonArray *ids = json_array_new ();

      for (guint s = 0; s < G_N_ELEMENTS (segment_ids); s++)
        if ((segments & (1u << s)) != 0)
          json_array_add_int_element (ids, segment_ids[s]);
      json_object_set_array_member (object, "segment_ids", ids);
    }
  return object;
}

/* Whether there is anything in it. */
static gboolean
edit_is_something (JsonObject *object)
{
  return json_object_get_size (object) > 2;
}

/* ---- what should come out ---- */

static void
put (Customer *expected, const Edit *edit)
{
  for (guint f = 0; f < N_FIELDS; f++)
    if (edit->values[f] != NOTHING)
      expected->values[f] = edit->values[f];
  for (guint i = 0; i < expected->n_rows; i++)
    {
      expected->rows[i].gone |= edit->removed[i];
      for (guint f = 0; f < N_FIELDS; f++)
        if (edit->rows[i][f] != NOTHING)
          expected->rows[i].values[f] = edit->rows[i][f];
    }
  expected->segments = (expected->segments | edit->segments_on) & ~edit->segments_off;
}

/* "city", "contact 12 job", "contact 12". */
static char *
conflict_name (const Customer *base, int row, int field)
{
  if (row < 0)
    return g_strdup (head_fields[field]);
  return field < 0 ? g_strdup_printf ("contact %" G_GINT64_FORMAT, base->rows[row].id)
                   : g_strdup_printf ("contact %" G_GINT64_FORMAT " %s", base->rows[row].id,
                                      row_fields[field]);
}

static gboolean
differ (int one, int two)
{
  return one != NOTHING && two != NOTHING && one != two;
}

/* Notes a conflict; TRUE when the second person gives in. */
static gboolean
gives_in (GHashTable *conflicts, GRand *rand, char *name)
{
  gboolean theirs = g_rand_boolean (rand);

  g_hash_table_insert (conflicts, name, GINT_TO_POINTER (theirs ? SW_MERGE_THEIRS : SW_MERGE_MINE));
  return theirs;
}

/* @expected becomes what @first and then @second lead to; @conflicts, name → choice. Rows that come
 * back as new ones are left to the caller, in @restored. */
static void
foresee (Customer *expected, const Customer *base, const Edit *first, const Edit *second, GRand *rand,
         GHashTable *conflicts, gboolean *restored)
{
  Edit kept = *second;

  *expected = *base;
  put (expected, first);
  for (int f = 0; f < N_FIELDS; f++)
    if (differ (first->values[f], second->values[f])
        && gives_in (conflicts, rand, conflict_name (base, -1, f)))
      kept.values[f] = NOTHING;
  for (int i = 0; i < (int) base->n_rows; i++)
    {
      gboolean one_removes = first->removed[i] && !second->removed[i] && touches_row (second, (guint) i);
      gboolean other_removes = second->removed[i] && !first->removed[i] && touches_row (first, (guint) i);

      if (one_removes || other_removes)
        {
          gboolean theirs = gives_in (conflicts, rand, conflict_name (base, i, -1));

          if (other_removes)
            kept.removed[i] = !theirs;
          else
            restored[i] = !theirs;
          continue;
        }
      for (int f = 0; f < N_FIELDS; f++)
        if (differ (first->rows[i][f], second->rows[i][f])
            && gives_in (conflicts, rand, conflict_name (base, i, f)))
          kept.rows[i][f] = NOTHING;
    }
  put (expected, &kept);
}

static int
compare_lines (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *) a, *(char *const *) b);
}

/* Rows in an order that does not depend on the ids of new ones. */
static char *
describe (const Customer *customer, const Edit *edits[2], const Customer *base, const gboolean *restored)
{
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  GString *text = g_string_new (NULL);

#define LINE(v)                                                                                    \
  g_ptr_array_add (lines, g_strdup_printf ("%s %s %s %s", word (0, (v)[0]), word (1, (v)[1]),      \
                                           word (2, (v)[2]), word (3, (v)[3])))
  for (guint i = 0; i < customer->n_rows; i++)
    if (!customer->rows[i].gone)
      LINE (customer->rows[i].values);
  for (guint e = 0; edits != NULL && e < 2; e++)
    for (guint i = 0; i < 2; i++)
      if (edits[e]->added[i] != NOTHING)
        {
          int value = edits[e]->added[i];
          int all[] = { value, value, value, value };

          LINE (all);
        }
  for (guint i = 0; restored != NULL && i < base->n_rows; i++)
    if (restored[i])
      {
        int values[N_FIELDS];

        for (guint f = 0; f < N_FIELDS; f++)
          values[f] = edits[1]->rows[i][f] != NOTHING ? edits[1]->rows[i][f] : base->rows[i].values[f];
        LINE (values);
      }
#undef LINE
  g_ptr_array_sort (lines, compare_lines);
  for (guint f = 0; f < N_FIELDS; f++)
    g_string_append_printf (text, "%s, ", word (f, customer->values[f]));
  g_string_append_printf (text, "segments %x", customer->segments);
  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "\n%s", (char *) lines->pdata[i]);
  return g_string_free (text, FALSE);
}

/* ---- the server, and its understudy ---- */

/* NULL: the server itself. */
static JsonObject *kept;

static JsonObject *
copy_of (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);

  return json_node_dup_object (copy);
}

static gint64
refuse (GError **error)
{
  g_propagate_error (error, sw_pg_error_new (SW_PG_ERROR_SERVER, "SW001", "changed meanwhile"));
  return 0;
}

static void
take_members (JsonObject *into, JsonObject *from)
{
  g_autoptr (GList) names = json_object_get_members (from);

  for (GList *item = names; item != NULL; item = item->next)
    if (!JSON_NODE_HOLDS_ARRAY (json_object_get_member (from, item->data))
        && strcmp (item->data, "row_version") != 0)
      json_object_set_member (into, item->data, json_object_dup_member (from, item->data));
  json_object_set_int_member (into, "row_version",
                              json_object_get_int_member_with_default (into, "row_version", 0) + 1);
}

/* FALSE when its row is gone or is not what the sender saw. */
static gboolean
keep_row (JsonArray *rows, JsonObject *row)
{
  static gint64 last_id = 1000;

  if (!json_object_has_member (row, "id"))
    {
      JsonObject *added = json_object_new ();

      json_object_set_int_member (added, "id", ++last_id);
      take_members (added, row);
      json_array_add_object_element (rows, added);
      return TRUE;
    }
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      JsonObject *known = json_array_get_object_element (rows, i);

      if (id_of (known) != id_of (row))
        continue;
      if (json_object_get_int_member (known, "row_version")
          != json_object_get_int_member (row, "row_version"))
        return FALSE;
      if (json_object_get_boolean_member_with_default (row, "deleted", FALSE))
        json_array_remove_element (rows, i);
      else
        take_members (known, row);
      return TRUE;
    }
  return FALSE;
}

/* All of @object or nothing of it, when it was made from the present version. */
static gint64
keep (JsonObject *object, GError **error)
{
  g_autoptr (JsonObject) next = copy_of (kept);
  JsonArray *rows = json_object_get_array_member (next, "contacts");
  JsonArray *sent = json_object_has_member (object, "contacts")
                        ? json_object_get_array_member (object, "contacts")
                        : NULL;

  if (json_object_get_int_member (next, "row_version")
      != json_object_get_int_member (object, "row_version"))
    return refuse (error);
  take_members (next, object);
  for (guint i = 0; sent != NULL && i < json_array_get_length (sent); i++)
    if (!keep_row (rows, json_array_get_object_element (sent, i)))
      return refuse (error);
  if (json_object_has_member (object, "segment_ids"))
    json_object_set_member (next, "segment_ids", json_object_dup_member (object, "segment_ids"));
  json_object_unref (kept);
  kept = g_steal_pointer (&next);
  return id_of (kept);
}

static gint64
send (SwSession *session, JsonObject *object, GError **error)
{
  g_autoptr (SwCall) call = sw_call_new ("customer_save");
  g_autoptr (GAsyncResult) result = NULL;

  sw_call_add_json_object (call, NULL, object);
  sw_call_run_async (call, session, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  return sw_call_run_finish_id (result, error);
}

static gint64
save (SwSession *session, JsonObject *object, GError **error)
{
  if (kept != NULL)
    return keep (object, error);
  return send (session, object, error);
}

static JsonObject *
read_customer (SwSession *session, gint64 id)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) record = NULL;

  if (kept != NULL)
    return copy_of (kept);
  sw_call_read_record_async (session, "customer", id, NULL, wait_keep, &result);
  WAIT_FOR (result != NULL);
  record = sw_call_read_record_finish (result, &error);
  g_assert_no_error (error);
  return sw_record_to_json (record);
}

static char *
name_of_path (const char *path, JsonObject *mine)
{
  guint index;
  const char *dot = strchr (path, '.');
  JsonObject *row;

  if (!g_str_has_prefix (path, "contacts["))
    return g_strdup (path);
  index = (guint) g_ascii_strtoull (path + strlen ("contacts["), NULL, 10);
  row = json_array_get_object_element (json_object_get_array_member (mine, "contacts"), index);
  return dot == NULL ? g_strdup_printf ("contact %" G_GINT64_FORMAT, id_of (row))
                     : g_strdup_printf ("contact %" G_GINT64_FORMAT " %s", id_of (row), dot + 1);
}

/* Answers what @merge asks as @conflicts says; it must ask all of that, and nothing else. */
static void
answer (SwMerge *merge, JsonObject *mine, GHashTable *conflicts)
{
  g_assert_cmpuint (sw_merge_get_n_conflicts (merge), ==, g_hash_table_size (conflicts));
  for (guint i = 0; i < sw_merge_get_n_conflicts (merge); i++)
    {
      g_autofree char *name = name_of_path (sw_merge_get_conflict (merge, i)->path, mine);
      gpointer choice;

      if (!g_hash_table_lookup_extended (conflicts, name, NULL, &choice))
        g_error ("%s was asked about though nobody disagreed on it", name);
      sw_merge_choose (merge, i, (SwMergeChoice) GPOINTER_TO_INT (choice));
    }
  n_conflicts += g_hash_table_size (conflicts);
}

/* One pair of edits of @base, which becomes what came out. */
static void
do_pair (SwSession *one, SwSession *two, JsonObject **base, GRand *rand)
{
  Customer before, expected, got;
  Edit first, second;
  const Edit *edits[] = { &first, &second };
  gboolean restored[MOST_ROWS] = { FALSE };
  g_autoptr (GHashTable) conflicts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (JsonObject) first_json = NULL;
  g_autoptr (JsonObject) second_json = NULL;
  g_autoptr (JsonObject) theirs = NULL;
  g_autoptr (JsonObject) merged = NULL;
  g_autoptr (SwMerge) merge = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *expected_text = NULL;
  g_autofree char *got_text = NULL;
  gint64 id = id_of (*base);

  customer_read (&before, *base);
  edit_make (&first, &before, rand);
  edit_make (&second, &before, rand);
  first_json = edit_to_json (&first, &before, *base);
  second_json = edit_to_json (&second, &before, *base);
  if (!edit_is_something (first_json) || !edit_is_something (second_json))
    return;
  foresee (&expected, &before, &first, &second, rand, conflicts, restored);

  g_assert_cmpint (save (one, first_json, &error), ==, id);
  g_assert_no_error (error);
  g_assert_cmpint (save (two, second_json, &error), ==, 0);
  g_assert_true (sw_rule_is_conflict (error));
  g_clear_error (&error);
  theirs = read_customer (two, id);
  merge = sw_merge_new (*base, second_json, theirs);
  answer (merge, second_json, conflicts);
  merged = sw_merge_to_json (merge);
  g_assert_cmpint (save (two, merged, &error), ==, id);
  g_assert_no_error (error);

  json_object_unref (*base);
  *base = read_customer (two, id);
  customer_read (&got, *base);
  expected_text = describe (&expected, edits, &before, restored);
  got_text = describe (&got, NULL, NULL, NULL);
  g_assert_cmpstr (got_text, ==, expected_text);
  n_merged++;
}

static JsonObject *
first_customer (void)
{
  JsonObject *object = json_object_new ();
  JsonArray *rows = json_array_new ();

  json_object_set_string_member (object, "legal_kind", "company");
  json_object_set_string_member (object, "legal_name", "Paires");
  for (guint f = 0; f < N_FIELDS; f++)
    json_object_set_string_member (object, head_fields[f], word (f, 0));
  for (int i = 0; i < 3; i++)
    json_array_add_object_element (rows, new_row (i));
  json_object_set_array_member (object, "contacts", rows);
  return object;
}

static void
do_pairs (SwSession *one, SwSession *two, gint64 id, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261123);
  g_autoptr (JsonObject) base = read_customer (two, id);

  n_conflicts = n_merged = 0;
  while (n_merged < n)
    do_pair (one, two, &base, rand);
  g_test_message ("%u pairs, %u disagreements asked about", n_merged, n_conflicts);
  g_assert_cmpuint (n_conflicts, >, n / 4);
}

static void
test_understudy (void)
{
  JsonArray *rows;

  kept = first_customer ();
  json_object_set_int_member (kept, "id", 1);
  json_object_set_int_member (kept, "row_version", 1);
  json_object_set_array_member (kept, "segment_ids", json_array_new ());
  rows = json_object_get_array_member (kept, "contacts");
  for (guint i = 0; i < json_array_get_length (rows); i++)
    {
      json_object_set_int_member (json_array_get_object_element (rows, i), "id", i + 1);
      json_object_set_int_member (json_array_get_object_element (rows, i), "row_version", 1);
    }
  for (guint s = 0; s < G_N_ELEMENTS (segment_ids); s++)
    segment_ids[s] = s + 1;
  do_pairs (NULL, NULL, 1, 10000);
  g_clear_pointer (&kept, json_object_unref);
}

static void
test_server (void)
{
  const char *wanted = g_getenv ("SOFTWHERE_MERGE_PAIRS");
  g_autoptr (SwPgConnection) admin = test_connection ();
  g_autoptr (SwSession) one = open_as ("adv");
  g_autoptr (SwSession) two = open_as ("compta");
  g_autoptr (JsonObject) object = first_customer ();
  g_autoptr (GError) error = NULL;
  gint64 id;

  for (guint s = 0; s < G_N_ELEMENTS (segment_ids); s++)
    {
      g_autofree char *sql = g_strdup_printf ("INSERT INTO softwhere.segment (kind, name)"
                                              " VALUES ('size', 'Paires %u') RETURNING id", s);
      g_autofree char *text = query_text (admin, sql);

      segment_ids[s] = g_ascii_strtoll (text, NULL, 10);
    }
  id = save (one, object, &error);
  g_assert_no_error (error);
  do_pairs (one, two, id, wanted != NULL ? (guint) g_ascii_strtoull (wanted, NULL, 10) : 60);
  run (admin, "DELETE FROM softwhere.customer WHERE legal_name = 'Paires'");
  run (admin, "DELETE FROM softwhere.segment WHERE name LIKE 'Paires %'");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge-pairs/understudy", test_understudy);
  g_test_add_func ("/merge-pairs/server", test_server);
  return g_test_run ();
}
