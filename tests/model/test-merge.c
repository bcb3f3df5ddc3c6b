/* Two people, one record: nothing is lost silently. */
#include "model/sw-merge.h"

static JsonObject *
object (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

static SwMerge *
merge (const char *base, const char *mine, const char *theirs)
{
  g_autoptr (JsonObject) a = object (base);
  g_autoptr (JsonObject) b = object (mine);
  g_autoptr (JsonObject) c = object (theirs);

  return sw_merge_new (a, b, c);
}

static void
check_result (SwMerge *merge, const char *expected)
{
  g_autoptr (JsonObject) got = sw_merge_to_json (merge);
  g_autoptr (JsonNode) got_node = json_node_init_object (json_node_alloc (), got);
  g_autoptr (JsonNode) expected_node = json_from_string (expected, NULL);
  g_autofree char *text = json_to_string (got_node, FALSE);

  g_test_message ("%s", text);
  g_assert_true (json_node_equal (got_node, expected_node));
}

static void
check_conflict (SwMerge *merge, guint position, const char *path, const char *mine,
                const char *theirs)
{
  const SwMergeConflict *conflict = sw_merge_get_conflict (merge, position);

  g_assert_cmpstr (conflict->path, ==, path);
  g_assert_cmpstr (conflict->mine, ==, mine);
  g_assert_cmpstr (conflict->theirs, ==, theirs);
}

#define BASE                                                                                       \
  "{\"id\": 1, \"row_version\": 3, \"name\": \"A\", \"city\": null, \"vat\": \"20\","             \
  " \"contacts\": [{\"id\": 7, \"email\": \"x\", \"phone\": \"1\"}, {\"id\": 8, \"email\": \"y\"}]}"

static void
test_apart (void)
{
  g_autoptr (SwMerge) self
      = merge (BASE, "{\"id\": 1, \"row_version\": 3, \"name\": \"B\"}",
               "{\"id\": 1, \"row_version\": 4, \"name\": \"A\", \"city\": \"Lyon\", \"vat\": \"20\"}");

  g_assert_cmpuint (sw_merge_get_n_conflicts (self), ==, 0);
  g_assert_cmpstr (sw_merge_get_their_changes (self)[0], ==, "city");
  g_assert_null (sw_merge_get_their_changes (self)[1]);
  check_result (self, "{\"id\": 1, \"row_version\": 4, \"name\": \"B\"}");
}

static void
test_same_field (void)
{
  g_autoptr (SwMerge) self = merge (BASE, "{\"id\": 1, \"name\": \"B\", \"city\": \"Nice\"}",
                                    "{\"id\": 1, \"row_version\": 4, \"name\": \"C\"}");

  g_assert_cmpuint (sw_merge_get_n_conflicts (self), ==, 1);
  check_conflict (self, 0, "name", "B", "C");
  g_assert_cmpstr (sw_merge_get_conflict (self, 0)->base, ==, "A");
  check_result (self, "{\"id\": 1, \"row_version\": 4, \"name\": \"B\", \"city\": \"Nice\"}");
  sw_merge_choose (self, 0, SW_MERGE_THEIRS);
  check_result (self, "{\"id\": 1, \"row_version\": 4, \"city\": \"Nice\"}");
}

/* The same change on both sides, and "" for null, are no conflict. */
static void
test_agreement (void)
{
  g_autoptr (SwMerge) self
      = merge (BASE, "{\"id\": 1, \"name\": \"B\", \"city\": \"\", \"vat\": 10}",
               "{\"id\": 1, \"row_version\": 4, \"name\": \"B\", \"city\": null, \"vat\": \"10\"}");

  g_assert_cmpuint (sw_merge_get_n_conflicts (self), ==, 0);
}

static void
test_rows (void)
{
  g_autoptr (SwMerge) self
      = merge (BASE,
               "{\"id\": 1, \"contacts\": [{\"email\": \"new\"}, {\"id\": 7, \"email\": \"mine\"},"
               " {\"id\": 8, \"email\": \"mine too\"}]}",
               "{\"id\": 1, \"row_version\": 5, \"contacts\": [{\"id\": 8, \"email\": \"y\"},"
               " {\"id\": 7, \"email\": \"theirs\", \"phone\": \"2\"}]}");

  g_assert_cmpuint (sw_merge_get_n_conflicts (self), ==, 1);
  check_conflict (self, 0, "contacts[1].email", "mine", "theirs");
  sw_merge_choose (self, 0, SW_MERGE_THEIRS);
  check_result (self, "{\"id\": 1, \"row_version\": 5, \"contacts\": [{\"email\": \"new\"},"
                      " {\"id\": 7}, {\"id\": 8, \"email\": \"mine too\"}]}");
}

/* They removed a row I changed: I may drop my change, or put the row back as a new one. */
static void
test_row_removed_by_them (void)
{
  g_autoptr (SwMerge) self
      = merge (BASE, "{\"id\": 1, \"contacts\": [{\"id\": 7, \"email\": \"mine\"}, {\"id\": 8,"
                     " \"email\": \"z\"}]}",
               "{\"id\": 1, \"row_version\": 5, \"contacts\": [{\"id\": 8, \"email\": \"y\"}]}");

  g_assert_cmpuint (sw_merge_get_n_conflicts (self), ==, 1);
  g_assert_cmpstr (sw_merge_get_conflict (self, 0)->path, ==, "contacts[0]");
  g_assert_null (sw_merge_get_conflict (self, 0)->theirs);
  check_result (self, "{\"id\": 1, \"row_version\": 5, \"contacts\": [{\"email\": \"mine\","
                      " \"phone\": \"1\"}, {\"id\": 8, \"email\": \"z\"}]}");
  sw_merge_choose (self, 0, SW_MERGE_THEIRS);
  check_result (self, "{\"id\": 1, \"row_version\": 5, \"contacts\": [{\"id\": 8, \"email\":"
                      " \"z\"}]}");
}

/* I removed a row: a conflict only if they worked on it. */
static void
test_row_removed_by_me (void)
{
  static const char mine[] = "{\"id\": 1, \"contacts\": [{\"id\": 7, \"deleted\": true}]}";
  g_autoptr (SwMerge) quiet = merge (BASE, mine, BASE);
  g_autoptr (SwMerge) busy
      = merge (BASE, mine, "{\"id\": 1, \"row_version\": 5, \"contacts\": [{\"id\": 7, \"email\":"
                           " \"theirs\", \"phone\": \"1\"}]}");
  g_autoptr (SwMerge) gone
      = merge (BASE, mine, "{\"id\": 1, \"row_version\": 5, \"contacts\": []}");

  g_assert_cmpuint (sw_merge_get_n_conflicts (quiet), ==, 0);
  g_assert_cmpuint (sw_merge_get_n_conflicts (busy), ==, 1);
  g_assert_null (sw_merge_get_conflict (busy, 0)->mine);
  sw_merge_choose (busy, 0, SW_MERGE_THEIRS);
  check_result (busy, "{\"id\": 1, \"row_version\": 5, \"contacts\": []}");
  g_assert_cmpuint (sw_merge_get_n_conflicts (gone), ==, 0);
  check_result (gone, "{\"id\": 1, \"row_version\": 5, \"contacts\": []}");
}

/* What is sent of a row is about the row as they left it, removed or not. */
static void
test_versions (void)
{
  g_autoptr (SwMerge) self = merge (
      "{\"id\": 1, \"rows\": [{\"id\": 7, \"row_version\": 1, \"a\": \"x\", \"b\": \"y\"},"
      " {\"id\": 8, \"row_version\": 1, \"a\": \"x\"}]}",
      "{\"id\": 1, \"rows\": [{\"id\": 7, \"row_version\": 1, \"a\": \"mine\"},"
      " {\"id\": 8, \"row_version\": 1, \"deleted\": true}]}",
      "{\"id\": 1, \"row_version\": 9, \"rows\": [{\"id\": 7, \"row_version\": 2, \"a\": \"x\","
      " \"b\": \"theirs\"}, {\"id\": 8, \"row_version\": 3, \"a\": \"theirs\"}]}");

  g_assert_cmpuint (sw_merge_get_n_conflicts (self), ==, 1);
  check_result (self, "{\"id\": 1, \"rows\": [{\"id\": 7, \"row_version\": 2, \"a\": \"mine\"},"
                      " {\"id\": 8, \"row_version\": 3, \"deleted\": true}], \"row_version\": 9}");
}

/* Of ids, what each added and removed is taken together. */
static void
test_sets (void)
{
  g_autoptr (SwMerge) self = merge ("{\"id\": 1, \"tags\": [1, 2, 3]}",
                                    "{\"id\": 1, \"tags\": [2, 3, 4]}",
                                    "{\"id\": 1, \"row_version\": 2, \"tags\": [1, 2, 5]}");

  g_assert_cmpuint (sw_merge_get_n_conflicts (self), ==, 0);
  check_result (self, "{\"id\": 1, \"tags\": [2, 5, 4], \"row_version\": 2}");
}

/* Rows without ids are sent whole: whoever changed them last would undo the other. */
static void
test_whole (void)
{
#define BANDS(to) "[{\"up_to\": " to ", \"price\": \"1\", \"position\": 1}]"
  g_autoptr (SwMerge) both = merge ("{\"id\": 1, \"bands\": " BANDS ("10") "}",
                                    "{\"id\": 1, \"bands\": [{\"up_to\": \"20\", \"price\": \"1\"}]}",
                                    "{\"id\": 1, \"row_version\": 2, \"bands\": " BANDS ("30") "}");
  g_autoptr (SwMerge) alike = merge ("{\"id\": 1, \"bands\": " BANDS ("10") "}",
                                     "{\"id\": 1, \"bands\": [{\"up_to\": \"20\", \"price\": \"1\"}]}",
                                     "{\"id\": 1, \"row_version\": 2, \"bands\": " BANDS ("20") "}");

  g_assert_cmpuint (sw_merge_get_n_conflicts (both), ==, 1);
  g_assert_cmpstr (sw_merge_get_conflict (both, 0)->path, ==, "bands");
  sw_merge_choose (both, 0, SW_MERGE_THEIRS);
  check_result (both, "{\"id\": 1, \"row_version\": 2}");
  g_assert_cmpuint (sw_merge_get_n_conflicts (alike), ==, 0);
#undef BANDS
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/merge/apart", test_apart);
  g_test_add_func ("/merge/same-field", test_same_field);
  g_test_add_func ("/merge/agreement", test_agreement);
  g_test_add_func ("/merge/rows", test_rows);
  g_test_add_func ("/merge/row-removed-by-them", test_row_removed_by_them);
  g_test_add_func ("/merge/row-removed-by-me", test_row_removed_by_me);
  g_test_add_func ("/merge/versions", test_versions);
  g_test_add_func ("/merge/sets", test_sets);
  g_test_add_func ("/merge/whole", test_whole);
  return g_test_run ();
}
