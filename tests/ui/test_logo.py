#!/usr/bin/python3
"""The logo printed on documents: chosen, refused, removed and brought back (COMPTA-01)."""

import os
import pathlib
import struct
import zlib

from driver import Application, query, run, wait_query

app = None

LOGO = "SELECT md5(logo) FROM softwhere.company"


def picture(name, content):
    path = pathlib.Path(os.environ["HOME"]) / name
    path.write_bytes(content)
    return str(path)


def png(colour):
    """A square of one colour."""
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = (b"\0" + bytes(colour) * 64) * 64
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 64, 64, 8, 2, 0, 0, 0))
            + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b""))


def what_is_no_picture_is_refused():
    """A file that is no picture is refused in a sentence, and the logo stays"""
    before = query(LOGO)
    app.open_page("Administration")
    app.find(role="image", name="Logo")
    app.press("Choisir des fichiers…")
    app.choose_file(picture("logo.png", b"no picture"))
    app.wait_text("Ce logo ne peut pas servir")
    app.press("Fermer")
    assert query(LOGO) == before


def a_picture_becomes_the_logo():
    """A picture of the disk is the logo, and is shown"""
    before = query(LOGO)
    app.press("Choisir des fichiers…")
    app.choose_file(picture("carre.png", png((200, 30, 30))))
    wait_query("t", f"SELECT md5(logo) <> '{before}' FROM softwhere.company")
    app.find(role="image", name="Logo")


def removed_it_can_be_brought_back():
    """Removed, it is gone from the documents at once, and can be brought back"""
    before = query(LOGO)
    app.press("Retirer le logo")
    wait_query("t", "SELECT logo IS NULL FROM softwhere.company")
    app.wait_text("Logo retiré")
    app.press("Rétablir")
    wait_query(before, LOGO)
    app.find(role="image", name="Logo")


with Application(login="admin") as app:
    run(what_is_no_picture_is_refused, a_picture_becomes_the_logo, removed_it_can_be_brought_back)
