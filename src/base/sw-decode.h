/* sw-decode.h: reading a text file that does not say its encoding
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 *
 * Files of suppliers come in UTF-8, Windows-1252 or Mac Roman, and sometimes damaged: text of one
 * was read as another and saved as UTF-8 ("clientËle", "tÃ©lÃ©phone"). Which of them a file is, is
 * judged by which reading looks most like French.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  SW_ENCODING_UTF8,
  SW_ENCODING_UTF16, /* only with its byte order mark */
  SW_ENCODING_WINDOWS,
  SW_ENCODING_MAC,
  /* UTF-8 whose text was damaged on the way; decoding mends it. */
  SW_ENCODING_UTF8_READ_AS_WINDOWS,
  SW_ENCODING_UTF8_READ_AS_MAC,
  SW_ENCODING_WINDOWS_READ_AS_MAC,
  SW_ENCODING_MAC_READ_AS_WINDOWS,
  SW_N_ENCODINGS
} SwEncoding;

/* "UTF-8", "Windows-1252"…: a name for a person who knows. Static. */
const char *sw_encoding_name (SwEncoding encoding);

/* Which encoding @bytes are in. FALSE when they are no text (a zip, a picture). */
gboolean sw_decode_detect (const guint8 *bytes, gsize length, SwEncoding *encoding);

/* @bytes as UTF-8 without byte order mark, lines ending with \n; NULL when they cannot be in
 * @encoding. Free with g_free(). */
char *sw_decode (const guint8 *bytes, gsize length, SwEncoding encoding);

G_END_DECLS
