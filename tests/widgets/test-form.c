/* Forms: only what changed is sent, errors find their row, nothing typed is lost. */
#include "fixture.h"
#include "widgets/sw-field-set.h"
#include "widgets/sw-form-list.h"

#define RECORD \
  "{\"id\":7,\"row_version\":3,\"name\":\"Pharmacie du Port\",\"siret\":\"73282932000074\"," \
  "\"signed_on\":\"2026-02-03\",\"price\":\"20.00\",\"blocked\":false,\"note\":null," \
  "\"people\":[" \
  "{\"id\":1,\"row_version\":1,\"first_name\":\"Anne\",\"last_name\":\"Le Bris\",\"email\":null," \
  "\"phones\":[{\"id\":11,\"number\":\"+33612345678\"}]}," \
  "{\"id\":2,\"row_version\":5,\"first_name\":\"Marc\",\"last_name\":\"Tanguy\",\"email\":null," \
  "\"phones\":[]}]}"

typedef struct
{
  GtkBuilder *builder;
  GtkWidget *view;
  SwFieldSet *fields;
} Form;

static void
set_up (Form *form, gconstpointer data)
{
  g_autoptr (JsonObject) record = fixture_json (RECORD);

  form->builder = gtk_builder_new_from_resource ("/fr/softwhere/test/form.ui");
  form->view = g_object_ref (GTK_WIDGET (gtk_builder_get_object (form->builder, "view")));
  form->fields = sw_field_set_new (form->view);
  sw_field_set_load (form->fields, record);
}

static void
tear_down (Form *form, gconstpointer data)
{
  g_clear_object (&form->fields);
  g_clear_object (&form->view);
  g_clear_object (&form->builder);
}

static void
type (SwFieldSet *fields, const char *field, const char *value)
{
  sw_row_set_value (sw_field_set_get_row (fields, field), value);
}

/* What a person sees and types, as opposed to the canonical value. */
static GtkEditable *
entry_of (SwFieldSet *fields, const char *field)
{
  GtkWidget *widget = GTK_WIDGET (sw_field_set_get_row (fields, field));

  while (widget != NULL && !GTK_IS_ENTRY (widget))
    {
      GtkWidget *next = gtk_widget_get_first_child (widget);

      while (next == NULL && widget != NULL)
        {
          next = gtk_widget_get_next_sibling (widget);
          if (next == NULL)
            widget = gtk_widget_get_parent (widget);
        }
      widget = next;
    }
  g_assert_nonnull (widget);
  return GTK_EDITABLE (widget);
}

static SwFormList *
people (Form *form)
{
  return SW_FORM_LIST (sw_field_set_get_list (form->fields, "people"));
}

static void
test_loaded (Form *form, gconstpointer data)
{
  /* Nothing was typed: "20.00" shown as "20,00" is not a change. */
  g_assert_false (sw_field_set_is_changed (form->fields));
  g_assert_cmpstr (gtk_editable_get_text (entry_of (form->fields, "siret")),
                   ==,
                   "732 829 320 00074");
  g_assert_cmpstr (gtk_editable_get_text (entry_of (form->fields, "signed_on")), ==, "03/02/2026");
  g_assert_cmpstr (gtk_editable_get_text (entry_of (form->fields, "price")), ==, "20,00");
  g_assert_cmpuint (sw_form_list_get_n_items (people (form)), ==, 2);
  fixture_assert_json (sw_field_set_build (form->fields), "{\"id\":7,\"row_version\":3}");
}

static void
test_changed_keys_only (Form *form, gconstpointer data)
{
  gtk_editable_set_text (entry_of (form->fields, "name"), "  Pharmacie de la Gare ");
  gtk_editable_set_text (entry_of (form->fields, "signed_on"), "4/3/26");
  type (form->fields, "blocked", "true");
  g_assert_true (sw_field_set_is_changed (form->fields));
  fixture_assert_json (sw_field_set_build (form->fields),
                       "{\"id\":7,\"row_version\":3,\"name\":\"Pharmacie de la Gare\","
                       "\"signed_on\":\"2026-03-04\",\"blocked\":true}");

  /* Typing the old value again is no change; emptying is null. */
  gtk_editable_set_text (entry_of (form->fields, "name"), "Pharmacie du Port");
  gtk_editable_set_text (entry_of (form->fields, "signed_on"), "");
  type (form->fields, "blocked", "false");
  fixture_assert_json (sw_field_set_build (form->fields),
                       "{\"id\":7,\"row_version\":3,\"signed_on\":null}");
}

static void
test_unreadable (Form *form, gconstpointer data)
{
  g_autoptr (JsonObject) built = NULL;

  gtk_editable_set_text (entry_of (form->fields, "signed_on"), "31/02/2026");
  built = sw_field_set_build (form->fields);
  g_assert_null (built);
  g_assert_nonnull (sw_row_get_error (sw_field_set_get_row (form->fields, "signed_on")));
  /* What was typed is still there, and correcting it takes the error away. */
  g_assert_cmpstr (gtk_editable_get_text (entry_of (form->fields, "signed_on")), ==, "31/02/2026");
  gtk_editable_set_text (entry_of (form->fields, "signed_on"), "28/02/2026");
  g_assert_null (sw_row_get_error (sw_field_set_get_row (form->fields, "signed_on")));
  fixture_assert_json (sw_field_set_build (form->fields),
                       "{\"id\":7,\"row_version\":3,\"signed_on\":\"2026-02-28\"}");
}

static void
test_nested_rows (Form *form, gconstpointer data)
{
  SwFieldSet *anne = sw_form_list_get_item (people (form), 0);
  SwFieldSet *added;
  g_autoptr (JsonObject) changes = fixture_json ("{\"people\":[{\"id\":2,\"deleted\":true}]}");

  type (anne, "email", "anne@exemple.fr");
  added = sw_form_list_add (people (form), NULL);
  type (added, "last_name", "Riou");
  sw_field_set_apply (form->fields, changes);
  g_assert_cmpuint (sw_form_list_get_n_items (people (form)), ==, 2);
  fixture_assert_json (sw_field_set_build (form->fields),
                       "{\"id\":7,\"row_version\":3,\"people\":["
                       "{\"id\":1,\"row_version\":1,\"email\":\"anne@exemple.fr\"},"
                       "{\"id\":2,\"row_version\":5,\"deleted\":true},"
                       "{\"last_name\":\"Riou\"}]}");
}

static void
test_rows_within_rows (Form *form, gconstpointer data)
{
  SwFieldSet *anne = sw_form_list_get_item (people (form), 0);
  SwFormList *phones = SW_FORM_LIST (sw_field_set_get_list (anne, "phones"));

  type (sw_form_list_add (phones, NULL), "number", "02 97 00 10 20");
  g_assert_true (sw_field_set_is_changed (form->fields));
  fixture_assert_json (sw_field_set_build (form->fields),
                       "{\"id\":7,\"row_version\":3,\"people\":["
                       "{\"id\":1,\"row_version\":1,\"phones\":[{\"number\":\"+33297001020\"}]}]}");
  /* The server counts in what was sent: person 0 is Anne, phone 0 is the new one. */
  g_assert_true (
      sw_field_set_set_error (form->fields, "people[0].phones[0].number", "Not a number"));
  g_assert_cmpstr (
      sw_row_get_error (sw_field_set_get_row (sw_form_list_get_item (phones, 1), "number")),
      ==,
      "Not a number");
}

static void
test_errors_find_their_row (Form *form, gconstpointer data)
{
  SwFieldSet *marc = sw_form_list_get_item (people (form), 1);
  g_autoptr (JsonObject) sent = NULL;

  type (marc, "email", "nonsense");
  sent = sw_field_set_build (form->fields);
  /* Only Marc was sent, so he is number 0 for the server though second on the screen. */
  g_assert_true (sw_field_set_set_error (form->fields, "people[0].email", "Not an address"));
  g_assert_cmpstr (sw_row_get_error (sw_field_set_get_row (marc, "email")), ==, "Not an address");
  g_assert_true (sw_field_set_set_error (form->fields, "name", "Already used"));
  g_assert_cmpstr (sw_row_get_error (sw_field_set_get_row (form->fields, "name")),
                   ==,
                   "Already used");
  g_assert_false (sw_field_set_set_error (form->fields, "people[3].email", "Nobody"));
  g_assert_false (sw_field_set_set_error (form->fields, "unknown", "Nowhere"));

  sw_field_set_clear_errors (form->fields);
  g_assert_null (sw_row_get_error (sw_field_set_get_row (marc, "email")));
  g_assert_null (sw_row_get_error (sw_field_set_get_row (form->fields, "name")));
}

static void
test_new_record (Form *form, gconstpointer data)
{
  g_autoptr (JsonObject) defaults
      = fixture_json ("{\"price\":\"20\",\"people\":[{\"last_name\":\"Riou\"}]}");

  sw_field_set_load_new (form->fields, defaults);
  /* Defaults alone are nothing to be asked about when leaving, but they are sent. */
  g_assert_cmpuint (sw_form_list_get_n_items (people (form)), ==, 1);
  type (form->fields, "name", "Bagad du Golfe");
  g_assert_true (sw_field_set_is_changed (form->fields));
  fixture_assert_json (sw_field_set_build (form->fields),
                       "{\"name\":\"Bagad du Golfe\",\"price\":\"20\","
                       "\"people\":[{\"last_name\":\"Riou\"}]}");
}

static void
on_edited (SwFieldSet *fields, guint *count)
{
  (*count)++;
}

static void
test_edited (Form *form, gconstpointer data)
{
  g_autoptr (JsonObject) record = fixture_json (RECORD);
  guint count = 0;

  g_signal_connect (form->fields, "edited", G_CALLBACK (on_edited), &count);
  sw_field_set_load (form->fields, record);
  g_assert_cmpuint (count, ==, 0);
  type (form->fields, "note", "Livrer par la cour");
  g_assert_cmpuint (count, ==, 1);
  type (sw_form_list_get_item (people (form), 0), "first_name", "Annie");
  g_assert_cmpuint (count, ==, 2);
}

static void
test_words_for_a_merge (Form *form, gconstpointer data)
{
  g_autoptr (JsonObject) sent = NULL;
  g_autofree char *path = sw_field_set_describe_path (form->fields, "signed_on");
  g_autofree char *date
      = sw_field_set_describe_value (form->fields, "signed_on", "2026-05-01");
  g_autofree char *price = sw_field_set_describe_value (form->fields, "price", "12.5");
  g_autofree char *nested = NULL;

  g_assert_cmpstr (path, ==, "Signed on");
  g_assert_cmpstr (date, ==, "01/05/2026");
  g_assert_cmpstr (price, ==, "12,50\u00a0€");
  /* Asking changed nothing. */
  g_assert_false (sw_field_set_is_changed (form->fields));

  type (sw_form_list_get_item (people (form), 1), "email", "marc@exemple.fr");
  sent = sw_field_set_build (form->fields);
  nested = sw_field_set_describe_path (form->fields, "people[0].email");
  g_assert_cmpstr (nested, ==, "People 1 · E-mail");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (Form *form, gconstpointer data);
  } tests[] = {
    { "/form/loaded", test_loaded },
    { "/form/changed-keys-only", test_changed_keys_only },
    { "/form/unreadable", test_unreadable },
    { "/form/nested-rows", test_nested_rows },
    { "/form/rows-within-rows", test_rows_within_rows },
    { "/form/errors-find-their-row", test_errors_find_their_row },
    { "/form/new-record", test_new_record },
    { "/form/edited", test_edited },
    { "/form/words-for-a-merge", test_words_for_a_merge },
  };

  fixture_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Form, NULL, set_up, tests[i].test, tear_down);
  return g_test_run ();
}
