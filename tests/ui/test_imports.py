"""Imports: a supplier's file, recognised, put right, checked line by line, then all of it or nothing (CSV-01, CSV-07)."""

import os
import pathlib

from driver import Application, query, run, wait_query

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


def open_file(path):
    app.press("Choisir des fichiers…")
    app.wait_text("Ouvrir")
    app.key("slash")  # the location is typed
    app.put(app.find(role="text", where=lambda node: node.content.startswith("/")), path)
    app.key("Return")
    app.wait_text("Lecture du fichier")


def a_file_is_recognised():
    """Encoding, separator, titles and columns are recognised (CSV-01, CSV-07)"""
    app.wait_text("Clients")
    app.open_page("Import")
    app.wait_text("Ce que contient le fichier")
    open_file(write("clients.csv", ROWS, "windows-1252"))
    assert app.shown_choice("Caractères") == "Windows-1252"
    assert app.shown_choice("Séparateur") == "Point-virgule"
    assert app.shown_choice("CP") == "Code postal"
    assert app.shown_choice("Type") == "Type juridique"
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
    assert app.shown_choice("Caractères") == "Mac Roman"
    app.press("Vérifier")
    app.wait_text("Inchangée")
    assert app.seek(name="Importer 2 lignes") is None, "there is nothing to import"


def a_picture_is_no_table():
    """A picture is refused with a sentence"""
    app.press("Étape précédente")
    app.press("Étape précédente")
    app.wait_text("Ce que contient le fichier")
    path = pathlib.Path(os.environ["HOME"]) / "photo.png"
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR")
    app.press("Choisir des fichiers…")
    app.wait_text("Ouvrir")
    app.key("slash")
    app.put(app.find(role="text", where=lambda node: node.content.startswith("/")), str(path))
    app.key("Return")
    app.wait_text("Ce n’est pas un fichier texte : enregistrez d’abord la feuille au format CSV.")


with Application(login="adv") as app:
    run(a_file_is_recognised, a_wrong_reading_can_be_put_right, every_line_says_what_it_would_do,
        the_rest_is_imported, the_same_file_again_changes_nothing, a_picture_is_no_table)
