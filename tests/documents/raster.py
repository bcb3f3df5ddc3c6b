"""Compares pictures of pages within a tolerance.

A page is cut in cells of 8 × 8 pixels at 40 dpi, about 5 mm. A newer font renderer moves the mean
darkness of a cell by a few hundredths; a block that vanished or moved changes many cells by far
more. test_documents.py proves both with pages it spoils on purpose.
"""

import gi

gi.require_version("GdkPixbuf", "2.0")
from gi.repository import GdkPixbuf  # noqa: E402

DPI = 40
CELL = 8
CELL_TOLERANCE = 0.06  # of full black
CELLS_TOLERATED = 5


def load(path, size=None):
    """The rows of a picture, one byte of grey a pixel, scaled to (width, height) if asked."""
    picture = GdkPixbuf.Pixbuf.new_from_file(str(path))
    if size:
        picture = picture.scale_simple(*size, GdkPixbuf.InterpType.BILINEAR)
    width, height = picture.get_width(), picture.get_height()
    stride, channels = picture.get_rowstride(), picture.get_n_channels()
    pixels = picture.get_pixels()
    return [bytearray(pixels[y * stride:y * stride + width * channels:channels])
            for y in range(height)]


def cells(rows):
    """Mean darkness of each cell, 0 white to 1 black."""
    means = {}
    for top in range(0, len(rows), CELL):
        band = rows[top:top + CELL]
        for left in range(0, len(band[0]), CELL):
            values = [value for row in band for value in row[left:left + CELL]]
            means[left // CELL, top // CELL] = 1 - sum(values) / len(values) / 255
    return means


def differences(rows, reference):
    """The cells that differ, as (column, row); all of them when the sizes differ."""
    mine, theirs = cells(rows), cells(reference)
    if mine.keys() != theirs.keys():
        return sorted(mine.keys() | theirs.keys())
    return sorted(place for place in mine if abs(mine[place] - theirs[place]) > CELL_TOLERANCE)


def alike(rows, reference):
    return len(differences(rows, reference)) <= CELLS_TOLERATED
