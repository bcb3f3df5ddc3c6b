/* sw-seal.c: see sw-seal.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-seal.h"

#include <gcrypt.h>
#include <string.h>

#define MAGIC "SWD1"
#define NONCE 12 /* bytes, as GCM wants them */
#define TAG 16
#define HEAD (4 + NONCE)

void
sw_seal_ensure_library (void)
{
  static gsize ready = 0;

  if (!g_once_init_enter (&ready))
    return;
  /* libsecret, in this process, may have done it first. */
  if (!gcry_control (GCRYCTL_INITIALIZATION_FINISHED_P))
    {
      gcry_check_version (NULL);
      gcry_control (GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
  g_once_init_leave (&ready, 1);
}

GBytes *
sw_seal_new_key (void)
{
  guint8 key[SW_SEAL_KEY];
  GBytes *bytes;

  sw_seal_ensure_library ();
  gcry_randomize (key, sizeof key, GCRY_STRONG_RANDOM);
  bytes = g_bytes_new (key, sizeof key);
  explicit_bzero (key, sizeof key);
  return bytes;
}

/* NULL on any failure. */
static gcry_cipher_hd_t
begin (GBytes *key, const guint8 *nonce, const char *name)
{
  gcry_cipher_hd_t cipher;
  gsize size;
  const void *data = g_bytes_get_data (key, &size);

  sw_seal_ensure_library ();
  if (gcry_cipher_open (&cipher, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 0) != 0)
    return NULL;
  if (gcry_cipher_setkey (cipher, data, size) == 0
      && gcry_cipher_setiv (cipher, nonce, NONCE) == 0
      && gcry_cipher_authenticate (cipher, name, strlen (name)) == 0)
    return cipher;
  gcry_cipher_close (cipher);
  return NULL;
}

GBytes *
sw_seal (GBytes *key, const char *name, const char *text)
{
  gsize length = strlen (text);
  guint8 *sealed = g_malloc (HEAD + length + TAG);
  gcry_cipher_hd_t cipher;
  gboolean done;

  sw_seal_ensure_library ();
  memcpy (sealed, MAGIC, 4);
  gcry_create_nonce (sealed + 4, NONCE);
  cipher = begin (key, sealed + 4, name);
  done = cipher != NULL && gcry_cipher_encrypt (cipher, sealed + HEAD, length, text, length) == 0
         && gcry_cipher_gettag (cipher, sealed + HEAD + length, TAG) == 0;
  g_assert (done); /* only a library without AES could fail */
  gcry_cipher_close (cipher);
  return g_bytes_new_take (sealed, HEAD + length + TAG);
}

char *
sw_unseal (GBytes *key, const char *name, GBytes *sealed)
{
  gsize size, length;
  const guint8 *data = g_bytes_get_data (sealed, &size);
  gcry_cipher_hd_t cipher;
  g_autofree char *text = NULL;
  gboolean done;

  if (size < HEAD + TAG || memcmp (data, MAGIC, 4) != 0)
    return NULL;
  length = size - HEAD - TAG;
  text = g_malloc (length + 1);
  text[length] = '\0';
  cipher = begin (key, data + 4, name);
  if (cipher == NULL)
    return NULL;
  done = gcry_cipher_decrypt (cipher, text, length, data + HEAD, length) == 0
         && gcry_cipher_checktag (cipher, data + HEAD + length, TAG) == 0;
  gcry_cipher_close (cipher);
  return done ? g_steal_pointer (&text) : NULL;
}
