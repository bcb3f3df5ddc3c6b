/* JSON from strangers: what passes is good for json-glib and for PostgreSQL, whatever is thrown at it. */
#include "network/sw-json.h"

#include <string.h>

static int
check (const char *text, gsize length)
{
  g_autoptr (GError) error = NULL;

  if (sw_json_check (text, length, &error))
    return -1;
  g_assert_error (error, SW_JSON_ERROR, error->code);
  g_assert_cmpuint (strlen (error->message), >, 5);
  return error->code;
}

static void
test_good (void)
{
  static const char *const texts[] = { "{}", "[]", " [ ] ", "{\"a\":1}", "[1,-2.5,3e10,0,0.1]", "\"x\"", "true", "null", "[[[]],{}]",
                                       "{\"a\":{\"b\":[{},{}]},\"c\":\"\\u00e9\\n\\ud83d\\ude00é\"}", "\t\r\n[false]\n" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    g_assert_cmpint (check (texts[i], strlen (texts[i])), ==, -1);
}

static void
test_bad (void)
{
  static const char *const texts[] = {
    "",         " ",          "{",        "[",          "]",         "[1,]",        "{\"a\":1,}", "{a:1}",     "{'a':1}",   "[1 2]",
    "{\"a\"}",  "{\"a\" 1}",  "[01]",     "[1.]",       "[.5]",      "[+1]",        "[1e]",       "[NaN]",     "[Infinity]", "tru",
    "\"a",      "\"\\x\"",    "\"\\u12\"", "\"\\u0000\"", "\"\\ud800\"", "\"\\udc00\"", "\"\\ud800\\u0041\"", "\"a\x1f" "b\"", "\"a\nb\"", "[1]x",
    "{} {}",    "/* c */ {}", "[1e999]",  "[12345678901234567890123456789012345678901]", "\"\xff\"", "[1}", "{\"a\":1]",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      if (check (texts[i], strlen (texts[i])) != SW_JSON_ERROR_INVALID)
        g_error ("passed: %s", texts[i]);
    }
  g_assert_cmpint (check ("[\"a\0b\"]", 7), ==, SW_JSON_ERROR_INVALID);
}

static void
test_depth (void)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (int i = 0; i < SW_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, '[');
  for (int i = 0; i < SW_JSON_MAX_DEPTH; i++)
    g_string_append_c (text, ']');
  g_assert_cmpint (check (text->str, text->len), ==, -1);
  g_string_prepend_c (text, '[');
  g_string_append_c (text, ']');
  g_assert_cmpint (check (text->str, text->len), ==, SW_JSON_ERROR_TOO_DEEP);
  g_string_set_size (text, 0);
  for (int i = 0; i < 1000000; i++)
    g_string_append (text, "{\"a\":");
  g_assert_cmpint (check (text->str, text->len), ==, SW_JSON_ERROR_TOO_DEEP);
}

/* Whatever is done to a good text, checking ends, and what it passes json-glib reads. */
static void
test_damage (void)
{
  static const char good[] = "{\"page\":1,\"items\":[{\"id\":\"L-1\",\"price\":12.50,\"o\":null,\"t\":[true,false,\"\\u00e9\\\"\"]},{}]}";
  guint passed = 0;

  for (gsize i = 0; i < sizeof good - 1; i++)
    for (int c = 0; c < 256; c++)
      {
        char text[sizeof good];
        g_autoptr (GBytes) bytes = NULL;
        g_autoptr (JsonNode) node = NULL;
        g_autoptr (GError) error = NULL;

        memcpy (text, good, sizeof good);
        text[i] = (char) c;
        if (!sw_json_check (text, sizeof good - 1, NULL))
          continue;
        bytes = g_bytes_new (text, sizeof good - 1);
        node = sw_json_parse (bytes, &error);
        g_assert_no_error (error);
        g_assert_nonnull (node);
        passed++;
      }
  g_assert_cmpuint (passed, >, 1000);
}

static JsonObject *
object (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return json_object_ref (json_node_get_object (node));
}

static void
test_members (void)
{
  g_autoptr (JsonObject) o = object ("{\"t\":\" a \",\"n\":12,\"f\":12.5,\"s\":\"9.10\",\"neg\":\"-1\",\"big\":\"1234567890\",\"e\":\"\",\"nul\":null,"
                                     "\"l\":[],\"d\":\"2026-02-28\",\"i\":\"2026-02-28T10:00:00Z\",\"x\":\"2026-02-30\",\"b\":true,\"c\":\"a\\u001fb\"}");
  g_autofree char *value = NULL;
  g_autoptr (GError) error = NULL;
  int flag;
  static const struct
  {
    const char *name, *decimal, *text, *date;
  } cases[] = {
    { "t", "!", "a", "!" },   { "n", "12", "12", "!" }, { "f", "12.500000", "!", "!" }, { "s", "9.10", "9.10", "!" }, { "neg", "!", "-1", "!" },
    { "big", "!", "1234567890", "!" }, { "nul", NULL, NULL, NULL }, { "none", NULL, NULL, NULL }, { "l", "!", "!", "!" },
    { "d", "!", "2026-02-28", "2026-02-28" }, { "i", "!", "2026-02-28T10:00:00Z", "2026-02-28" }, { "x", "!", "2026-02-30", "!" }, { "c", "!", "!", "!" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gboolean good = sw_json_read_decimal (o, cases[i].name, &value, NULL);

      g_assert_cmpint (good, ==, g_strcmp0 (cases[i].decimal, "!") != 0);
      if (good)
        g_assert_cmpstr (value, ==, cases[i].decimal);
      good = sw_json_read_text (o, cases[i].name, FALSE, &value, NULL);
      g_assert_cmpint (good, ==, g_strcmp0 (cases[i].text, "!") != 0);
      if (good)
        g_assert_cmpstr (value, ==, cases[i].text);
      good = sw_json_read_date (o, cases[i].name, FALSE, &value, NULL);
      g_assert_cmpint (good, ==, g_strcmp0 (cases[i].date, "!") != 0);
      if (good)
        g_assert_cmpstr (value, ==, cases[i].date);
    }
  g_assert_false (sw_json_read_text (o, "e", TRUE, &value, &error));
  g_assert_cmpstr (error->message, ==, "e: is empty");
  g_assert_true (sw_json_read_boolean (o, "b", &flag, NULL));
  g_assert_cmpint (flag, ==, 1);
  g_assert_false (sw_json_read_boolean (o, "t", &flag, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/json/good", test_good);
  g_test_add_func ("/json/bad", test_bad);
  g_test_add_func ("/json/depth", test_depth);
  g_test_add_func ("/json/damage", test_damage);
  g_test_add_func ("/json/members", test_members);
  return g_test_run ();
}
