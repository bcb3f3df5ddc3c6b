/* Text in every encoding suppliers send, whole or damaged, is read without a wrong character (CHAR-01, LINE-07). */
#include "base/sw-decode.h"

#include <string.h>

static const char *const texts[] = {
  "Raison sociale;Téléphone;Adresse\nBoulangerie Tanguy;02 97 00 10 20;3, place de l’Église\n",
  "Société;Prénom;Ville\nHôtel de la Plage;Élodie;Saint-Gilles-Croix-de-Vie\nŒuvre sociale;Zoë;Île-d’Yeu\n",
  "Libellé;Prix\n« Forfait illimité » – 24 mois;29,90 €\nForfait bloqué à 2 h;9,90 €\n",
  "ÉTABLISSEMENT;RÉFÉRENCE\nÉCOLE MATERNELLE;n° 12\n",
  "Garçon;Maïs;Noël;où;dû;forêt;âge;çà et là\n",
};

static GBytes *
convert (const char *text, const char *to)
{
  gsize length;
  char *bytes = g_convert (text, -1, to, "UTF-8", NULL, &length, NULL);

  g_assert_nonnull (bytes);
  return g_bytes_new_take (bytes, length);
}

/* @text in @written, read as @wrong by a careless program and saved as UTF-8. */
static GBytes *
damage (const char *text, const char *written, const char *wrong)
{
  g_autoptr (GBytes) bytes = convert (text, written);
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  gsize out;
  char *damaged = g_convert (data, (gssize) length, "UTF-8", wrong, NULL, &out, NULL);

  return damaged != NULL ? g_bytes_new_take (damaged, out) : NULL;
}

static void
check (GBytes *bytes, const char *expected, SwEncoding encoding)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  SwEncoding found = SW_N_ENCODINGS;
  g_autofree char *text = NULL;

  g_assert_true (sw_decode_detect (data, length, &found));
  text = sw_decode (data, length, found);
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpstr (sw_encoding_name (found), ==, sw_encoding_name (encoding));
}

static void
test_encodings (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autofree char *with_mark = g_strconcat ("\xEF\xBB\xBF", texts[i], NULL);
      g_autoptr (GBytes) utf8 = convert (texts[i], "UTF-8");
      g_autoptr (GBytes) marked = g_bytes_new (with_mark, strlen (with_mark));
      g_autoptr (GBytes) utf16 = convert (texts[i], "UTF-16");
      g_autoptr (GBytes) windows = convert (texts[i], "WINDOWS-1252");
      g_autoptr (GBytes) mac = convert (texts[i], "MACINTOSH");

      check (utf8, texts[i], SW_ENCODING_UTF8);
      check (marked, texts[i], SW_ENCODING_UTF8);
      check (utf16, texts[i], SW_ENCODING_UTF16);
      check (windows, texts[i], SW_ENCODING_WINDOWS);
      check (mac, texts[i], SW_ENCODING_MAC);
    }
}

static void
test_damage (void)
{
  guint checked = 0;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      const struct
      {
        const char *written;
        const char *wrong;
        SwEncoding encoding;
      } ways[] = {
        { "UTF-8", "WINDOWS-1252", SW_ENCODING_UTF8_READ_AS_WINDOWS },
        { "UTF-8", "MACINTOSH", SW_ENCODING_UTF8_READ_AS_MAC },
        { "WINDOWS-1252", "MACINTOSH", SW_ENCODING_WINDOWS_READ_AS_MAC },
        { "MACINTOSH", "WINDOWS-1252", SW_ENCODING_MAC_READ_AS_WINDOWS },
      };

      for (guint w = 0; w < G_N_ELEMENTS (ways); w++)
        {
          /* NULL: this damage cannot be done to this text without losing characters for good. */
          g_autoptr (GBytes) bytes = damage (texts[i], ways[w].written, ways[w].wrong);

          if (bytes == NULL)
            continue;
          check (bytes, texts[i], ways[w].encoding);
          checked++;
        }
    }
  g_assert_cmpuint (checked, >=, 12);
}

static void
test_plain (void)
{
  const char ascii[] = "numero;nom\r\n1;Le Bihan\r\n2;Even\r";
  const guint8 zip[] = { 'P', 'K', 3, 4, 20, 0, 6, 0 };
  SwEncoding encoding;
  g_autofree char *text = NULL;

  g_assert_true (sw_decode_detect ((const guint8 *) ascii, strlen (ascii), &encoding));
  g_assert_cmpint (encoding, ==, SW_ENCODING_UTF8);
  text = sw_decode ((const guint8 *) ascii, strlen (ascii), encoding);
  g_assert_cmpstr (text, ==, "numero;nom\n1;Le Bihan\n2;Even\n");
  g_assert_false (sw_decode_detect (zip, sizeof zip, &encoding));
  g_assert_null (sw_decode (zip, sizeof zip, SW_ENCODING_WINDOWS));
  g_assert_null (sw_decode ((const guint8 *) "\xE9t\xE9", 3, SW_ENCODING_UTF8));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/decode/encodings", test_encodings);
  g_test_add_func ("/decode/damage", test_damage);
  g_test_add_func ("/decode/plain", test_plain);
  return g_test_run ();
}
