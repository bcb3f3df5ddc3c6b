/* Identifiers against the shared vectors (SHEET-*, SITE-*), and their display. */
#include "base/sw-identifier.h"
#include "base/sw-phone.h"
#include "vectors.h"

#include <string.h>

static void
check_text (char *got, const char *expected)
{
  g_assert_cmpstr (got, ==, expected);
  g_free (got);
}

/* Every {v, valide} of the vectors' array of that name. */
static void
test_vectors (gconstpointer name)
{
  SwIdentifierKind kind = sw_identifier_kind_from_nick (name);
  JsonArray *cases = vectors (name);

  g_assert_cmpint (kind, !=, SW_IDENTIFIER_NONE);
  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      const char *text = vector_text (cases, i, "v");
      gboolean valid = json_object_get_boolean_member (json_array_get_object_element (cases, i),
                                                       "valide");
      g_autofree char *shown = sw_identifier_format (kind, text);
      g_autofree char *bare = sw_identifier_normalise (kind, shown);

      g_test_message ("%s %s", (const char *) name, text);
      g_assert_true (sw_identifier_check (kind, text, NULL) == valid);
      g_assert_true (sw_identifier_check (kind, shown, NULL) == valid);
      if (valid)
        g_assert_cmpstr (bare, ==, text);
    }
}

static void
test_vat (void)
{
  JsonArray *cases = vectors ("tva_fr");

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      const char *vat = vector_text (cases, i, "tva");
      g_autofree char *wrong = g_strdup (vat);

      check_text (sw_identifier_vat_from_siren (vector_text (cases, i, "siren")), vat);
      g_assert_true (sw_identifier_check (SW_IDENTIFIER_VAT, vat, NULL));
      wrong[3] = wrong[3] == '9' ? '0' : (char) (wrong[3] + 1);
      g_assert_false (sw_identifier_check (SW_IDENTIFIER_VAT, wrong, NULL));
    }
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_VAT, "FRK7399859412", NULL));
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_VAT, "FR4Z123456782", NULL));
  g_assert_false (sw_identifier_check (SW_IDENTIFIER_VAT, "FRK8399859412", NULL));
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_VAT, "DE123456789", NULL));
  g_assert_null (sw_identifier_vat_from_siren ("732829321"));
}

static void
test_rio (void)
{
  JsonArray *cases = vectors ("rio");

  for (guint i = 0; i < json_array_get_length (cases); i++)
    g_assert_true (sw_identifier_rio_matches (vector_text (cases, i, "rio"),
                                              vector_text (cases, i, "numero"))
                   == json_object_get_boolean_member (json_array_get_object_element (cases, i),
                                                      "valide"));
}

static void
test_phone (void)
{
  JsonArray *cases = vectors ("e164");

  for (guint i = 0; i < json_array_get_length (cases); i++)
    {
      const char *typed = vector_text (cases, i, "saisie");
      g_autofree char *e164 = sw_phone_to_e164 (typed);
      g_autofree char *shown = sw_phone_format (typed);
      g_autofree char *again = sw_phone_to_e164 (shown);

      g_assert_cmpstr (e164, ==, vector_text (cases, i, "e164"));
      g_assert_cmpstr (again, ==, e164);
    }
  check_text (sw_phone_format ("+33612345678"), "06 12 34 56 78");
  check_text (sw_phone_format ("+590690123456"), "0690 12 34 56");
  check_text (sw_phone_to_e164 ("06 39 98 00 56"), "+33639980056");
  check_text (sw_phone_to_e164 ("0639 01 23 45"), "+262639012345");
  check_text (sw_phone_format ("+337001234567890"), "0700 1234 5678 90");
  check_text (sw_phone_format ("3631"), "3631");
  check_text (sw_phone_format ("+32470123456"), "+32470123456");
  check_text (sw_phone_format (NULL), "");
  check_text (sw_phone_to_e164 ("06\u00a012\u202f34 56 78"), "+33612345678");
  g_assert_null (sw_phone_to_e164 ("06 12 34 56 7x"));
  g_assert_null (sw_phone_to_e164 ("+33 6 12 34"));
  g_assert_null (sw_phone_to_e164 (""));
}

static void
test_format (void)
{
  check_text (sw_identifier_format (SW_IDENTIFIER_SIREN, "732829320"), "732 829 320");
  check_text (sw_identifier_format (SW_IDENTIFIER_SIRET, "73282932000074"), "732 829 320 00074");
  check_text (sw_identifier_format (SW_IDENTIFIER_VAT, "fr44732829320"), "FR44 732 829 320");
  check_text (sw_identifier_format (SW_IDENTIFIER_IBAN, "FR7630006000011234567890189"),
              "FR76 3000 6000 0112 3456 7890 189");
  check_text (sw_identifier_format (SW_IDENTIFIER_APE, "6120z"), "61.20Z");
  check_text (sw_identifier_format (SW_IDENTIFIER_SIREN, "73x"), "73x");
  check_text (sw_identifier_format (SW_IDENTIFIER_EMAIL, " a@b.fr "), "a@b.fr");
  check_text (sw_identifier_format (SW_IDENTIFIER_SIRET, NULL), "");
}

static void
check_error (SwIdentifierKind kind, const char *text, SwIdentifierError code)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (sw_identifier_check (kind, text, &error));
  g_assert_error (error, SW_IDENTIFIER_ERROR, (int) code);
}

static void
test_errors (void)
{
  check_error (SW_IDENTIFIER_SIREN, "73282932", SW_IDENTIFIER_ERROR_LENGTH);
  check_error (SW_IDENTIFIER_SIREN, "73282932X", SW_IDENTIFIER_ERROR_CHARACTERS);
  check_error (SW_IDENTIFIER_SIREN, "732829321", SW_IDENTIFIER_ERROR_CHECKSUM);
  check_error (SW_IDENTIFIER_IBAN, "FR763000600001123456789018", SW_IDENTIFIER_ERROR_CHECKSUM);
  check_error (SW_IDENTIFIER_RUM, "AB//C", SW_IDENTIFIER_ERROR_CHECKSUM);
  check_error (SW_IDENTIFIER_RUM, "AB_C", SW_IDENTIFIER_ERROR_CHARACTERS);
  check_error (SW_IDENTIFIER_EMAIL, "a@b", SW_IDENTIFIER_ERROR_CHARACTERS);
  check_error (SW_IDENTIFIER_POSTCODE, "7500", SW_IDENTIFIER_ERROR_LENGTH);
  check_error (SW_IDENTIFIER_PHONE, "06 12 34 56 7", SW_IDENTIFIER_ERROR_CHARACTERS);
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_RUM, "ADT-000042-001", NULL));
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_BIC, "agri fr pp", NULL));
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_BIC, "AGRIFRPP831", NULL));
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_EMAIL, "jean.dupont@mairie-lyon.fr", NULL));
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_APE, "61.20Z", NULL));
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_SIREN, "", NULL));
  g_assert_true (sw_identifier_check (SW_IDENTIFIER_SIREN, NULL, NULL));
}

int
main (int argc, char **argv)
{
  static const char *const kinds[] = { "siren", "siret", "iban", "ics", "iccid", "imei", "rna" };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strconcat ("/identifier/vectors/", kinds[i], NULL);

      g_test_add_data_func (path, kinds[i], test_vectors);
    }
  g_test_add_func ("/identifier/vat", test_vat);
  g_test_add_func ("/identifier/rio", test_rio);
  g_test_add_func ("/identifier/phone", test_phone);
  g_test_add_func ("/identifier/format", test_format);
  g_test_add_func ("/identifier/errors", test_errors);
  return g_test_run ();
}
