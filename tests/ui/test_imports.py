"""Imports: a supplier's file, recognised, put right, checked line by line, then all of it or nothing (CSV-01, CSV-07)."""

import os
import pathlib
import re

from driver import Application, query, run, wait_for, wait_query

app = None

ROWS = """Raison sociale;SIRET;CP;Ville;Téléphone;E-mail;Type;Remarque
Pâtisserie Éluard;732 829 320 00074;56000;Vannes;02 97 00 10 20;contact@eluard.example;Entreprise;vu au salon
Garage Cadiou;73282932000075;56100;Lorient;02 97 00 10 21;;Entreprise;
Élodie Cadudal;;1000;Bourg-en-Bresse;06 12 34 56 78;elodie@cadudal.example;Particulier;
"""


def write(name, text, encoding):
    path = pathlib.Path(os.environ["HOME"]) / name
    path.write_bytes(text.encode(encoding))
    return str(path)


def choose_file(path):
    app.press("Choisir des fichiers…")
    app.choose_file(path)


def open_file(path):
    choose_file(path)
    app.wait_text("Lecture du fichier")


def a_file_is_recognised():
    """Encoding, separator, titles and columns are recognised (CSV-01, CSV-07)"""
    app.wait_text("Clients")
    app.open_page("Import")
    app.wait_text("Ce que contient le fichier")
    open_file(write("clients.csv", ROWS, "windows-1252"))
    app.wait_choice("Contenu", "Clients")
    app.wait_choice("Caractères", "Windows-1252")
    app.wait_choice("Séparateur", "Point-virgule")
    app.wait_choice("CP", "Code postal")
    app.wait_choice("Type", "Type juridique")
    app.wait_text("Pâtisserie Éluard · Garage Cadiou · Élodie Cadudal")


def a_wrong_reading_can_be_put_right():
    """A wrong reading is put right by the person"""
    app.choose("Séparateur", "Virgule")
    app.find(role="combo box", name="Raison sociale;SIRET;CP;Ville;Téléphone;E-mail;Type;Remarque")
    app.choose("Séparateur", "Point-virgule")
    app.find(role="combo box", name="SIRET")


def every_line_says_what_it_would_do():
    """The dry run says why a line is refused, and leaves nothing"""
    before = query("SELECT count(*) FROM softwhere.customer")
    app.press("Vérifier")
    app.wait_text("SIRET : Ce SIRET n’est pas valable : un chiffre est faux.")
    app.wait_text(re.compile("^Garage Cadiou · "))
    button = app.find(role="push button", name="Importer 2 lignes")
    assert not button.enabled, "nothing is imported while a line is refused"
    assert query("SELECT count(*) FROM softwhere.customer") == before, "a dry run leaves nothing"


def the_rest_is_imported():
    """Refused lines are left out, the rest is imported"""
    app.press("Écarter les lignes refusées")
    app.press("Importer 2 lignes")
    app.wait_text("2 créations")
    wait_query("+33612345678|01000|individual",
               "SELECT phone, postcode, legal_kind FROM softwhere.customer WHERE legal_name = 'Élodie Cadudal'")
    assert query("SELECT count(*) FROM softwhere.customer WHERE legal_name = 'Garage Cadiou'") == "0"


def the_same_file_again_changes_nothing():
    """The same file again changes nothing, in another encoding"""
    app.press("Importer un autre fichier")
    open_file(write("encore.csv", "\n".join(ROWS.splitlines()[i] for i in (0, 1, 3)) + "\n", "mac-roman"))
    app.wait_choice("Caractères", "Mac Roman")
    app.press("Vérifier")
    app.wait_text("Inchangée")
    assert app.seek(name="Importer 2 lignes") is None, "there is nothing to import"


def a_picture_is_no_table():
    """A picture is refused with a sentence"""
    app.press("Étape précédente")
    app.find(role="combo box", name="Caractères")
    wait_for("the checked rows gone", lambda: not app.shows("Inchangée"))
    app.press("Étape précédente")
    app.wait_text("Ce que contient le fichier")
    path = pathlib.Path(os.environ["HOME"]) / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    choose_file(str(path))
    app.wait_text("Ce n’est pas un fichier texte : enregistrez d’abord la feuille au format CSV.")


def reasons():
    """The numbers of the lines refused in the file at hand."""
    import_id = query("SELECT max(id) FROM softwhere.import")
    return query(f"SELECT string_agg(line_no::text, ' ' ORDER BY line_no) FROM softwhere.import_line "
                 f"WHERE import_id = {import_id} AND outcome = 'refused'")


def luhn(digits):
    total = sum(int(d) * (2 - n % 2) // 10 + int(d) * (2 - n % 2) % 10 for n, d in enumerate(reversed(digits)))
    return digits + str(-total % 10)


CARDS = [luhn(f"893399000000001{n:03}") for n in range(6)]


def the_operators_cards():
    """The operator's SIM file: the operator is the same on every line; wrong lines are told exactly (CSV-05, CSV-06, CSV-07)"""
    app.key("Escape")
    app.wait_gone("Le fichier ne peut pas être lu")
    wrong = CARDS[4][:-1] + str((int(CARDS[4][-1]) + 1) % 10)
    open_file(write("cartes.csv", "ICCID,PUK,Lot\n" + "".join(f"{c},1234567{n},BL-7\n" for n, c in enumerate(CARDS[:4]))
                    + f"{wrong},12345674,BL-7\n8.93301E+18,12345675,BL-7\n", "utf-8-sig"))
    app.wait_choice("Contenu", "Cartes SIM")
    app.point(app.find(role="label", text="La même valeur sur chaque ligne"))
    app.fill("Opérateur", "Télégraphe")
    app.press("Vérifier")
    app.wait_text("Ce mot n’est pas connu ici.")
    app.fill("Opérateur", query("SELECT name FROM softwhere.operator ORDER BY id LIMIT 1"))
    app.press("Vérifier")
    app.wait_text("ICCID : Ce numéro de carte SIM (ICCID) n’est pas valide : un chiffre est faux.")
    app.wait_text("ICCID : Un tableur a arrondi cet identifiant : exportez-le à nouveau comme du texte.")
    assert reasons() == "6 7", reasons()
    app.press("Écarter les lignes refusées")
    app.press("Importer 4 lignes")
    app.wait_text("4 créations")
    wait_query("4|4", "SELECT count(*), count(operator_id) FROM softwhere.sim_card WHERE batch = 'BL-7'")


def this_months_grid():
    """This month's price grid, wrong lines told exactly (CSV-02, CSV-03)"""
    app.press("Importer un autre fichier")
    app.choose("Contenu", "Grille tarifaire")
    open_file(write("grille.csv", "code_grille;prefixe;destination;categorie;prix_minute_ht;unite;valide_du\n"
                    "MOIS;33;France fixe;VOIX;0,0150;SECONDE;01/11/2026\n"
                    "MOIS;+336;France mobile;VOIX;0,0600;SECONDE;01/11/2026\n"
                    "MOIS;49;Allemagne;VOIX;gratuit;SECONDE;01/11/2026\n"
                    "MOIS;44;Royaume-Uni;PIGEON;0,10;SECONDE;01/11/2026\n"
                    "MOIS;32;Belgique;VOIX;0,10;SECONDE;31/11/2026\n"
                    "MOIS;39;Italie;VOIX;0,12;SECONDE;01/11/2026\n", "windows-1252"))
    app.press("Vérifier")
    app.wait_text("Importer 2 lignes")
    assert reasons() == "3 4 5 6", reasons()
    app.press("Écarter les lignes refusées")
    app.press("Importer 2 lignes")
    app.wait_text("2 créations")
    wait_query("33 39", "SELECT string_agg(p.prefix, ' ' ORDER BY p.prefix) FROM api.tariff_price AS p JOIN softwhere.tariff_grid_version AS v "
               "ON v.id = p.tariff_grid_version_id JOIN softwhere.tariff_grid AS g ON g.id = v.tariff_grid_id WHERE g.code = 'MOIS'")


def a_parc_and_its_lines():
    """Sites of installation and their lines (PARC-02, LINE-02); what is wrong is said at its line"""
    customer = query("SELECT number FROM softwhere.customer WHERE legal_name = 'Pâtisserie Éluard'")
    app.press("Importer un autre fichier")
    open_file(write("parc.csv", f"Client;Dénomination;Type;Ref interne\n{customer};Fournil;Mobile;F-1\n{customer};Boutique;Minitel;F-2\n", "utf-8"))
    app.press("Vérifier")
    app.wait_text("Type : Ce mot n’est pas connu ici.")
    app.press("Écarter les lignes refusées")
    app.press("Importer 1 ligne")
    app.wait_text("1 création")
    app.press("Importer un autre fichier")
    app.choose("Contenu", "Contacts")
    open_file(write("lignes.csv", "N° ligne;Prénom;Nom;Activité;Carte SIM\n"
                    f"06 39 98 77 01;Éloïse;Cadudal;Actif;{CARDS[0]}\n"
                    "639987702;Gaël;Riou;Actif;\n"
                    "6,39988E+08;Zoé;Riou;Actif;\n"
                    f"06 39 98 77 04;Zoé;Riou;Actif;{CARDS[0]}\n"
                    "0700 1234 5678 90;;Balise;En cours;\n", "mac-roman"))
    app.choose("Contenu", "Lignes")
    app.find(role="combo box", name="Carte SIM")
    app.point(app.find(role="label", text="La même valeur sur chaque ligne"))
    app.fill("Client (numéro, SIRET ou nom)", customer)
    app.press("Vérifier")
    app.wait_text("Numéro de ligne : Un tableur a arrondi cet identifiant : exportez-le à nouveau comme du texte.")
    assert reasons() == "4 5", reasons()
    app.press("Écarter les lignes refusées")
    app.press("Importer 3 lignes")
    app.wait_text("3 créations")
    wait_query("+33639987701 Éloïse, +33639987702 Gaël, +337001234567890 -",
               "SELECT string_agg(concat_ws(' ', number, COALESCE(first_name, '-')), ', ' ORDER BY id) FROM api.line WHERE service_name = 'Fournil'")


with Application(login="adv") as app:
    run(a_file_is_recognised, a_wrong_reading_can_be_put_right, every_line_says_what_it_would_do,
        the_rest_is_imported, the_same_file_again_changes_nothing, a_picture_is_no_table,
        the_operators_cards, this_months_grid, a_parc_and_its_lines)
