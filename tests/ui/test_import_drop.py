"""A file dragged out of a file manager onto the window, whichever page is open: what it holds is recognised
and it is ready to be checked (CSV-05, CSV-07)."""

import os
import pathlib
import subprocess
import sys

from driver import Application, query, run, wait_for

HERE = pathlib.Path(__file__).resolve().parent
WITHIN = (30, 30)  # of the file manager, which is at 0,0

app = None


def drag_in(name, text):
    """Drags a file of this name and content onto the middle of the window."""
    path = pathlib.Path(os.environ["HOME"]) / name
    path.write_text(text, encoding="utf-8")
    width, height = app.frame.extents[2:]
    with subprocess.Popen([sys.executable, str(HERE / "file_manager.py"), str(path)], stdout=subprocess.PIPE, text=True) as manager:
        assert manager.stdout.readline() == "shown\n"
        wait_for("the file manager can be dragged from", lambda: dragged(manager, (width // 2, height // 2)))


def dragged(manager, end):
    """One attempt: the window may not take the pointer yet, nor the one below have answered."""
    app.drag(WITHIN, end)
    try:
        manager.wait(2)
    except subprocess.TimeoutExpired:
        return False
    return True


def a_file_is_dropped_on_another_page():
    """On the list of customers: the page of imports opens with the file, known for what it is"""
    app.wait_text("Clients")
    app.open_page("Contrats")
    drag_in("livraison.csv", "ICCID;Lot\n8933990000000012349;BL-9\n")
    app.wait_text("livraison.csv")
    app.wait_choice("Contenu", "Cartes SIM")
    assert query("SELECT target FROM softwhere.import ORDER BY id DESC LIMIT 1") == "sim"


def a_second_one_waits():
    """While a file is being imported another one dropped is not begun, and nothing is lost"""
    app.open_page("Clients")
    drag_in("autre.csv", "Raison sociale;Ville\nX;Vannes\n")
    app.wait_text("Terminez d’abord avec ce fichier, ou quittez-le")
    app.find(role="label", text="livraison.csv")


with Application(login="adv") as app:
    run(a_file_is_dropped_on_another_page, a_second_one_waits)
