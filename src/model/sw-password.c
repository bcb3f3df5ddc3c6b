/* sw-password.c: see sw-password.h
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "model/sw-password.h"

#include <gcrypt.h>
#include <string.h>

#include "model/sw-seal.h"

#define GROUPS 4
#define LETTERS 4 /* of a group */

/* Without 0 O o 1 I l i: 30 letters and digits. */
static const char alphabet[] = "abcdefghjkmnpqrstuvwxyz2345678";

/* A letter, each as likely as any other: bytes that would favour the first ones are thrown away. */
static char
draw (void)
{
  const guint n = sizeof alphabet - 1;
  guint8 byte;

  do
    gcry_randomize (&byte, sizeof byte, GCRY_STRONG_RANDOM);
  while (byte >= 256 / n * n);
  return alphabet[byte % n];
}

char *
sw_password_new (void)
{
  char text[GROUPS * (LETTERS + 1)];
  char *password;

  sw_seal_ensure_library ();
  for (int i = 0; i < GROUPS * (LETTERS + 1) - 1; i++)
    text[i] = i % (LETTERS + 1) == LETTERS ? '-' : draw ();
  text[sizeof text - 1] = '\0';
  password = g_strdup (text);
  explicit_bzero (text, sizeof text);
  return password;
}
