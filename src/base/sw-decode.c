/* sw-decode.c: see sw-decode.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "base/sw-decode.h"

#include <string.h>

static const char *const names[SW_N_ENCODINGS] = {
  [SW_ENCODING_UTF8] = "UTF-8",
  [SW_ENCODING_UTF16] = "UTF-16",
  [SW_ENCODING_WINDOWS] = "Windows-1252",
  [SW_ENCODING_MAC] = "Mac Roman",
  [SW_ENCODING_UTF8_READ_AS_WINDOWS] = "UTF-8 ← Windows-1252",
  [SW_ENCODING_UTF8_READ_AS_MAC] = "UTF-8 ← Mac Roman",
  [SW_ENCODING_WINDOWS_READ_AS_MAC] = "Windows-1252 ← Mac Roman",
  [SW_ENCODING_MAC_READ_AS_WINDOWS] = "Mac Roman ← Windows-1252",
};

const char *
sw_encoding_name (SwEncoding encoding)
{
  g_return_val_if_fail (encoding < SW_N_ENCODINGS, NULL);
  return names[encoding];
}

/* The characters of bytes 0x80 to 0xFF in a one-byte encoding; a byte it does not define stands for
 * itself, as programs that damage text have it. */
typedef gunichar ByteTable[128];

static void
fill_table (ByteTable table, const char *iconv_name)
{
  for (guint i = 0; i < 128; i++)
    {
      const char byte = (char) (128 + i);
      g_autofree char *text = g_convert (&byte, 1, "UTF-8", iconv_name, NULL, NULL, NULL);

      table[i] = text != NULL ? g_utf8_get_char (text) : 128 + i;
    }
}

static const gunichar *
windows_table (void)
{
  static ByteTable table;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      fill_table (table, "WINDOWS-1252");
      g_once_init_leave (&ready, 1);
    }
  return table;
}

static const gunichar *
mac_table (void)
{
  static ByteTable table;
  static gsize ready;

  if (g_once_init_enter (&ready))
    {
      fill_table (table, "MACINTOSH");
      g_once_init_leave (&ready, 1);
    }
  return table;
}

static char *
from_bytes (const guint8 *bytes, gsize length, const gunichar *table)
{
  GString *text = g_string_sized_new (length + length / 8);

  for (gsize i = 0; i < length; i++)
    if (bytes[i] < 128)
      g_string_append_c (text, (char) bytes[i]);
    else
      g_string_append_unichar (text, table[bytes[i] - 128]);
  return g_string_free (text, FALSE);
}

/* The bytes that were read as @text with @table; NULL when @text has other characters. */
static GByteArray *
to_bytes (const char *text, const gunichar *table)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);
      guint8 byte = (guint8) c;

      if (c >= 128)
        {
          guint i = 0;

          while (i < 128 && table[i] != c)
            i++;
          if (i == 128)
            return NULL;
          byte = (guint8) (128 + i);
        }
      g_byte_array_append (bytes, &byte, 1);
    }
  return g_steal_pointer (&bytes);
}

/* @text was saved as UTF-8 after its bytes, in one encoding, were read with @wrong, another. NULL
 * for @right means the bytes were UTF-8. */
static char *
mend (const char *text, const gunichar *wrong, const gunichar *right)
{
  g_autoptr (GByteArray) bytes = to_bytes (text, wrong);

  if (bytes == NULL)
    return NULL;
  if (right != NULL)
    return from_bytes (bytes->data, bytes->len, right);
  return g_utf8_validate ((const char *) bytes->data, bytes->len, NULL)
             ? g_strndup ((const char *) bytes->data, bytes->len)
             : NULL;
}

static char *
normal_line_ends (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    if (*from != '\r')
      *to++ = *from;
    else if (from[1] != '\n')
      *to++ = '\n';
  *to = '\0';
  return text;
}

static gboolean
is_utf16 (const guint8 *bytes, gsize length)
{
  return length >= 2 && ((bytes[0] == 0xFF && bytes[1] == 0xFE) || (bytes[0] == 0xFE && bytes[1] == 0xFF));
}

/* Without regard to line ends. */
static char *
decode (const guint8 *bytes, gsize length, SwEncoding encoding)
{
  g_autofree char *utf8 = NULL;

  if (encoding == SW_ENCODING_UTF16)
    return is_utf16 (bytes, length) ? g_convert ((const char *) bytes, (gssize) length, "UTF-8",
                                                 "UTF-16", NULL, NULL, NULL)
                                    : NULL;
  if (memchr (bytes, 0, length) != NULL)
    return NULL;
  if (encoding == SW_ENCODING_WINDOWS)
    return from_bytes (bytes, length, windows_table ());
  if (encoding == SW_ENCODING_MAC)
    return from_bytes (bytes, length, mac_table ());
  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0)
    bytes += 3, length -= 3;
  if (!g_utf8_validate ((const char *) bytes, (gssize) length, NULL))
    return NULL;
  utf8 = g_strndup ((const char *) bytes, length);
  switch (encoding)
    {
    case SW_ENCODING_UTF8_READ_AS_WINDOWS:
      return mend (utf8, windows_table (), NULL);
    case SW_ENCODING_UTF8_READ_AS_MAC:
      return mend (utf8, mac_table (), NULL);
    case SW_ENCODING_WINDOWS_READ_AS_MAC:
      return mend (utf8, mac_table (), windows_table ());
    case SW_ENCODING_MAC_READ_AS_WINDOWS:
      return mend (utf8, windows_table (), mac_table ());
    default:
      return g_steal_pointer (&utf8);
    }
}

char *
sw_decode (const guint8 *bytes, gsize length, SwEncoding encoding)
{
  char *text;

  g_return_val_if_fail (encoding < SW_N_ENCODINGS, NULL);
  if (length == 0)
    return g_strdup ("");
  text = decode (bytes, length, encoding);
  return text != NULL ? normal_line_ends (text) : NULL;
}

static gboolean
is_foreign_sign (gunichar c)
{
  return c >= 128 && c != 0xA0 && c != 0x202F && !g_unichar_isalpha (c);
}

/* What one character adds to frenchness(), between its neighbours. */
static int
weigh (gunichar before, gunichar c, gunichar after)
{
  if (c < 0xA0 || c == 0xFFFD)
    return -10; /* control characters are in no text */
  if (c == 0x2019)
    return g_unichar_isalpha (before) && g_unichar_isalpha (after) ? 2 : -1;
  if (g_unichar_isalpha (c))
    {
      if (g_unichar_isupper (c) && g_unichar_islower (before))
        return -4;
      if (g_utf8_strchr ("éèêëàâçîïôùûüœ", -1, c) != NULL)
        return 2;
      return g_utf8_strchr ("ÉÈÊÀÂÇÎÔŒ", -1, c) != NULL ? 1 : -2;
    }
  if (c == 0xA0 || c == 0x202F)
    return 1;
  /* Signs stand beside blanks and ASCII; between letters, or in a row, they are damaged letters. */
  if ((g_unichar_isalpha (before) && g_unichar_isalpha (after)) || is_foreign_sign (after)
      || is_foreign_sign (before) || (before >= 128 && g_unichar_isalpha (before)))
    return -4;
  return g_utf8_strchr ("«»“”…–—€°", -1, c) != NULL ? 1 : -1;
}

/* How much @text looks like French: letters French has, where French has them, count for it; a
 * capital or a sign in the middle of a word counts against it. */
static int
frenchness (const char *text)
{
  gunichar before = ' ';
  int score = 0;

  for (const char *p = text; *p != '\0';)
    {
      gunichar c = g_utf8_get_char (p);

      p = g_utf8_next_char (p);
      if (c >= 128)
        score += weigh (before, c, *p != '\0' ? g_utf8_get_char (p) : ' ');
      before = c;
    }
  return score;
}

gboolean
sw_decode_detect (const guint8 *bytes, gsize length, SwEncoding *encoding)
{
  int best = G_MININT;
  gboolean found = FALSE;

  if (is_utf16 (bytes, length))
    {
      g_autofree char *text = decode (bytes, length, SW_ENCODING_UTF16);

      *encoding = SW_ENCODING_UTF16;
      return text != NULL;
    }
  if (memchr (bytes, 0, length) != NULL)
    return FALSE;
  for (SwEncoding candidate = 0; candidate < SW_N_ENCODINGS; candidate++)
    {
      g_autofree char *text = decode (bytes, length, candidate);
      int score;

      if (text == NULL)
        continue;
      score = frenchness (text);
      /* What is valid UTF-8 by chance is rare; among equals the simplest explanation. */
      if (candidate == SW_ENCODING_UTF8)
        score += 1;
      if (!found || score > best)
        {
          best = score;
          *encoding = candidate;
          found = TRUE;
        }
    }
  return found;
}
