/* Files as suppliers send them, through the reader of the page and the server: ten of them in five guises with no character
 * damaged, a hundred planted errors each at its line and field, and files made to break us (CSV-01…07). */
#include "imports.h"
#include "model/sw-rule-messages.h"

static SwSession *session;
static SwPgConnection *owner;

typedef struct
{
  const char *target;
  int lines;
  const char *text;
} Sample;

/* In this order: each leans on those before. */
static const Sample samples[] = {
  { "customer", 3,
    "Raison sociale;Numéro client;Type;Ville;Téléphone\n"
    "Pâtisserie Éluard & Fils;E-1;Entreprise;Plœmeur;02 97 00 10 20\n"
    "L’Œuvre d’Été;E-2;Association;Saint-Père-en-Retz;02 97 00 10 21\n"
    "Ébénisterie « Le Chêne »;E-3;Entreprise;Hœnheim;02 97 00 10 22\n" },
  { "customer", 2,
    "Code client\tPrénom\tNom\tType\tAdresse\tVille\n"
    "P-1\tMaëlle\tL’Hénaff\tParticulier\t3 allée des Châtaigniers\tÎle-aux-Moines\n"
    "P-2\tHélène\tLe Guérer\tParticulier\t12 bis, quai de l’Hôpital\tGuérande\n" },
  { "contact", 2,
    "Client;Civilité;Prénom;Nom;Fonction\n"
    "E-1;Mme;Anaïs;Éluard;Gérante\n"
    "E-1;M.;Loïc;Kérébel;Chef de rayon pâtisserie\n" },
  { "site", 2,
    "Client;Site;Périodicité;Mode de règlement;Adresse;Ville\n"
    "E-1;Siège;Mensuelle;Virement;1 place de l’Église;Plœmeur\n"
    "E-2;Dépôt;Trimestrielle;Chèque;Zone d’activités « La Grée »;Guérande\n" },
  { "offer", 3,
    "Code;Libellé;Type;Récurrent;Prix;Valide du\n"
    "MOB-É;Forfait à 19,90 € – été;Abonnement;oui;19,90 €;01/01/2020\n"
    "OPT-É;Option « Étranger »;Option;oui;5,00;01/01/2020\n"
    "INST;Déplacement d’un technicien;Prestation;non;90;01/01/2020\n" },
  { "tariff", 3,
    "code_grille,prefixe,destination,categorie,prix_minute_ht,valide_du\n"
    "ACCENTS,336,\"Téléphones mobiles, métropole\",voix,0.06,2026-01-01\n"
    "ACCENTS,420,République tchèque,voix,0.10,2026-01-01\n"
    "ACCENTS,225,Côte d’Ivoire,voix,0.55,2026-01-01\n" },
  { "service", 3,
    "Client;Dénomination;Type;Ref interne;Saisie libre\n"
    "E-1;Boulangerie de l’Île;Mobile;É-1;Clé à l’accueil, derrière la porte vitrée\n"
    "E-2;Théâtre;Fixe;É-2;À côté de la médiathèque\n"
    "E-3;Atelier « Chêne »;Internet;É-3;Accès par l’arrière-cour\n" },
  { "sim", 2,
    "ICCID;Lot\n"
    "8933010000000123457;Réassort d’été\n"
    "8933200000000678906;Réassort d’été\n" },
  { "line", 3,
    "Client;Site;Numéro;Prénom;Nom;Activité;Abonnement;Options\n"
    "E-1;Boulangerie de l’Île;06 39 98 66 01;Zoé;L’Hénoret;Actif;MOB-É;OPT-É\n"
    "E-1;Boulangerie de l’Île;06 39 98 66 02;Gaël;Guégan;Inactif;Forfait à 19,90 € – été;\n"
    "E-2;Théâtre;02 61 91 66 03;Noël;Bœuf;En cours de construction;;\n" },
  { "customer", 2,
    "Raison sociale|Numéro client|Type|Statut\n"
    "Crêperie de la Fée Viviane|E-8|Entreprise|Conforme\n"
    "Mairie de Sainte-Hélène-sur-Éon|E-9|Établissement public|Attente de signature\n" },
};

enum
{
  PLAIN,
  BOM,
  WINDOWS,
  MAC,
  MENDED, /* UTF-8 that was read as Windows-1252 and saved again */
  N_GUISES,
};

static const char *const guises[N_GUISES] = { "UTF-8", "UTF-8 with its mark", "Windows-1252", "Mac Roman", "UTF-8 read as Windows-1252" };

static char *
in_guise (const char *text, int guise, gsize *length)
{
  g_autoptr (GError) error = NULL;
  char *bytes;

  switch (guise)
    {
    case BOM:
      bytes = g_strconcat ("\xEF\xBB\xBF", text, NULL);
      *length = strlen (bytes);
      return bytes;
    case WINDOWS:
      bytes = g_convert (text, -1, "WINDOWS-1252", "UTF-8", NULL, length, &error);
      break;
    case MAC:
      bytes = g_convert (text, -1, "MACINTOSH", "UTF-8", NULL, length, &error);
      break;
    case MENDED:
      bytes = g_convert (text, -1, "UTF-8", "WINDOWS-1252", NULL, length, &error);
      break;
    default:
      bytes = g_strdup (text);
      *length = strlen (bytes);
    }
  g_assert_no_error (error);
  return bytes;
}

/* Each cell of @file is the one of @expected. */
static void
assert_same_cells (SwDelimited *file, SwDelimited *expected, const char *guise)
{
  g_assert_cmpuint (file->rows->len, ==, expected->rows->len);
  g_assert_cmpuint (file->n_columns, ==, expected->n_columns);
  for (guint column = 0; column < file->n_columns; column++)
    {
      g_assert_cmpstr (file->titles[column], ==, expected->titles[column]);
      for (guint row = 0; row < file->rows->len; row++)
        if (g_strcmp0 (sw_delimited_cell (file, row, column), sw_delimited_cell (expected, row, column)) != 0)
          g_error ("%s: “%s” was read as “%s”", guise, sw_delimited_cell (expected, row, column),
                   sw_delimited_cell (file, row, column));
    }
}

static void
assert_none_refused (Import *import)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT string_agg(concat_ws(' ', line_no, field, code, reason, cells::text), ', ') FROM softwhere.import_line"
      " WHERE import_id = %" G_GINT64_FORMAT " AND outcome = 'refused'", import->id);
  g_autofree char *refused = query_text (owner, sql);

  g_assert_cmpstr (refused, ==, NULL);
}

/* The first guise creates every line; the others must find nothing to change, so every character came through. */
static void
import_guise (const Sample *sample, int guise)
{
  gsize length;
  g_autofree char *bytes = in_guise (sample->text, guise, &length);
  g_autoptr (SwDelimited) expected = sw_delimited_read (sample->text, '\0', TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (SwRecord) counts = NULL;
  Import import = { read_bytes (bytes, length, &error) };

  g_assert_no_error (error);
  assert_same_cells (import.file->table, expected, guises[guise]);
  begin_and_send (&import, session, sample->target);
  counts = check (&import, session, FALSE);
  assert_none_refused (&import);
  g_assert_cmpint (sw_record_get_int (counts, guise == PLAIN ? "create" : "same"), ==, sample->lines);
  apply (&import, session);
  import_clear (&import);
}

static void
test_guises (void)
{
  g_autofree char *stored = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    for (int guise = 0; guise < N_GUISES; guise++)
      import_guise (&samples[i], guise);
  /* And what the server has is what was written, letter by letter. */
  stored = query_text (owner,
      "SELECT concat_ws('|', (SELECT string_agg(legal_name, ' / ' ORDER BY number) FROM softwhere.customer WHERE number LIKE '_-_'),"
      " (SELECT string_agg(job, ' / ' ORDER BY id) FROM softwhere.contact), (SELECT string_agg(label, ' / ' ORDER BY id) FROM softwhere.offer),"
      " (SELECT string_agg(destination, ' / ' ORDER BY prefix) FROM softwhere.tariff_price), (SELECT string_agg(free_text, ' / ' ORDER BY id) FROM softwhere.service),"
      " (SELECT string_agg(concat_ws(' ', first_name, last_name), ' / ' ORDER BY id) FROM softwhere.service_line))");
  g_assert_cmpstr (stored, ==,
      "Pâtisserie Éluard & Fils / L’Œuvre d’Été / Ébénisterie « Le Chêne » / Crêperie de la Fée Viviane / Mairie de Sainte-Hélène-sur-Éon"
      " / Maëlle L’Hénaff / Hélène Le Guérer"
      "|Gérante / Chef de rayon pâtisserie"
      "|Forfait à 19,90 € – été / Option « Étranger » / Déplacement d’un technicien"
      "|Côte d’Ivoire / Téléphones mobiles, métropole / République tchèque"
      "|Clé à l’accueil, derrière la porte vitrée / À côté de la médiathèque / Accès par l’arrière-cour"
      "|Zoé L’Hénoret / Gaël Guégan / Noël Bœuf");
}

/* Errors */

typedef struct
{
  const char *field;
  const char *line; /* %u is the number of the line, for what must differ */
} Planted;

#define CUSTOMER_TITLES "Raison sociale;SIRET;CP;Mail;Date de naissance;Type;Statut;Téléphone;Pays;Commentaire\n"
static const char customer_right[] = "Société %u;;56000;accueil%u@exemple.example;;Entreprise;Actif;02 97 00 10 20;France;\n";
static const Planted customer_wrong[] = {
  { "siret", "Société %u;73282932000075;56000;;;Entreprise;;;;\n" },
  { "siret", "Société %u;7,32829E+13;56000;;;Entreprise;;;;\n" },
  { "postcode", "Société %u;;5600x;;;Entreprise;;;;\n" },
  { "email", "Société %u;;;pas un courriel;;Entreprise;;;;\n" },
  { "birth_on", "Société %u;;;;31/02/1980;Particulier;;;;\n" },
  { "legal_kind", "Société %u;;;;;Martien;;;;\n" },
  { "status", "Société %u;;;;;Entreprise;Endormi;;;\n" },
  { "phone", "Société %u;;;;;Entreprise;;12 34;;\n" },
  { "country", "Société %u;;;;;Entreprise;;;Atlantide;\n" },
  /* A cell of two lines: those after it keep their numbers. */
  { "legal_kind", "Société %u;;;;;\"Grand\nmartien\";;;;\n" },
};

#define LINE_TITLES "Client;Site;Numéro;Nom;Activité;Abonnement;Prix;Options;ICCID;Mise en service\n"
static const char line_right[] = "E-1;Boulangerie de l’Île;0639%06u;Riou;Actif;MOB-É;12,50;;;01/02/2026\n";
static const Planted line_wrong[] = {
  { "number", "E-1;;6,39E+08;Riou;Actif;;;;;\n" },
  { "number", "E-1;;08 92 %06u;Riou;Actif;;;;;\n" },
  { "customer", "Personne;;0639%06u;Riou;Actif;;;;;\n" },
  { "site", "E-1;Grenier;0639%06u;Riou;Actif;;;;;\n" },
  { "last_name", "E-1;;0639%06u;李;Actif;;;;;\n" },
  { "activity", "E-1;;0639%06u;Riou;Dormant;;;;;\n" },
  { "subscription", "E-1;;0639%06u;Riou;Actif;Forfait infini;;;;\n" },
  { "price", "E-1;;0639%06u;Riou;Actif;MOB-É;douze;;;\n" },
  { "iccid", "E-1;;0639%06u;Riou;Actif;MOB-É;;;8,93301E+18;\n" },
  { "activated_on", "E-1;;0639%06u;Riou;Actif;MOB-É;;;;31/02/2026\n" },
};

/* A file of 150 lines, every third wrong in one of ten ways; what must be reported is added to @expected. */
static char *
plant (const char *titles, const char *right, const Planted *wrong, GString *expected)
{
  GString *text = g_string_new (titles);
  guint number = 2;

  for (guint i = 0; i < 150; i++)
    {
      const Planted *planted = i % 3 == 2 ? &wrong[i / 3 % 10] : NULL;
      const char *line = planted != NULL ? planted->line : right;
      gsize start = text->len;

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
      g_string_append_printf (text, line, i, i);
#pragma GCC diagnostic pop
      if (planted != NULL)
        g_string_append_printf (expected, "%s%u %s", expected->len > 0 ? ", " : "", number, planted->field);
      for (const char *p = text->str + start; *p != '\0'; p++)
        number += *p == '\n';
    }
  return g_string_free (text, FALSE);
}

static void
check_planted (const char *target, const char *titles, const char *right, const Planted *wrong, int guise)
{
  g_autoptr (GString) expected = g_string_new (NULL);
  g_autofree char *text = plant (titles, right, wrong, expected);
  gsize length;
  g_autofree char *bytes = in_guise (text, guise, &length);
  g_autofree char *sql = NULL;
  g_autofree char *reported = NULL;
  g_autoptr (SwRecord) counts = NULL;
  g_autoptr (GError) error = NULL;
  Import import = { read_bytes (bytes, length, &error) };

  g_assert_no_error (error);
  begin_and_send (&import, session, target);
  counts = check (&import, session, FALSE);
  sql = g_strdup_printf ("SELECT string_agg(line_no || ' ' || field, ', ' ORDER BY line_no) FROM softwhere.import_line"
                         " WHERE import_id = %" G_GINT64_FORMAT " AND outcome = 'refused'", import.id);
  reported = query_text (owner, sql);
  g_assert_cmpstr (reported, ==, expected->str);
  g_assert_cmpint (sw_record_get_int (counts, "refused"), ==, 50);
  g_assert_cmpint (sw_record_get_int (counts, "create"), ==, 100);
  import_clear (&import);
}

static void
test_planted (void)
{
  check_planted ("customer", CUSTOMER_TITLES, customer_right, customer_wrong, WINDOWS);
  /* U+674E is in no encoding of one byte. */
  check_planted ("line", LINE_TITLES, line_right, line_wrong, PLAIN);
}

/* Hostile files */

static void
assert_unreadable (const char *bytes, gsize length, const char *sentence)
{
  g_autoptr (GError) error = NULL;
  SwImportFile *file = read_bytes (bytes, length, &error);

  g_assert_null (file);
  g_assert_nonnull (error);
  if (!g_str_has_prefix (error->message, sentence))
    g_error ("“%s” instead of “%s”", error->message, sentence);
}

static void
test_hostile (void)
{
  static const char zero[] = "Nom;Ville\nA\0B;Vannes\n";
  g_autofree char *large = g_malloc (65 * 1024 * 1024);
  g_autofree char *line = g_strnfill (200000, 'x');
  g_autofree char *long_line = g_strdup_printf ("Nom;Ville\nUn;Vannes\n%s;Lorient\n", line);
  g_autoptr (GString) wide = g_string_new ("c0");

  assert_unreadable (zero, sizeof zero - 1, "This is not a text file");
  memset (large, 'x', 65 * 1024 * 1024);
  assert_unreadable (large, 65 * 1024 * 1024, "The file is larger than 64 MB");
  assert_unreadable (long_line, strlen (long_line), "Line 3 is too long");
  for (guint i = 1; i < 10000; i++)
    g_string_append_printf (wide, ";c%u", i);
  g_string_append_printf (wide, "\n%s\n", wide->str);
  assert_unreadable (wide->str, wide->len, "The file has 10000 columns");
  assert_unreadable ("\n\n  \n", 5, "The file has no line");
}

/* Formulas, markup, what we put between cells ourselves, and statements, are text and nothing else. */
static void
test_formulas (void)
{
  g_autoptr (SwRecord) counts = NULL;
  g_autofree char *stored = NULL;
  Import import = { read_text ("Numéro client;Raison sociale;Ville;Type\n"
                               "H-1;=cmd|' /C calc'!A0;@SUM(1+1);Entreprise\n"
                               "H-2;\"'); DROP TABLE softwhere.customer; --\";<b>Vannes</b>;Entreprise\n"
                               "H-3;Deux\x1e" "champs;%s%n;Entreprise\n") };

  begin_and_send (&import, session, "customer");
  counts = check (&import, session, FALSE);
  g_assert_cmpint (sw_record_get_int (counts, "create"), ==, 3);
  apply (&import, session);
  stored = query_text (owner, "SELECT string_agg(concat_ws('|', legal_name, city), ' / ' ORDER BY number) FROM softwhere.customer WHERE number LIKE 'H-_'");
  g_assert_cmpstr (stored, ==, "=cmd|' /C calc'!A0|@SUM(1+1) / '); DROP TABLE softwhere.customer; --|<b>Vannes</b> / Deux champs|%s%n");
  import_clear (&import);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  session = open_as ("adv");
  owner = test_connection ();
  g_test_add_func ("/imports/files/guises", test_guises);
  g_test_add_func ("/imports/files/planted-errors", test_planted);
  g_test_add_func ("/imports/files/hostile", test_hostile);
  g_test_add_func ("/imports/files/formulas", test_formulas);
  status = g_test_run ();
  g_object_unref (owner);
  g_object_unref (session);
  return status;
}
