#!/usr/bin/python3
"""Draws sheets of address labels with softwhere-document and reads the files back (EXPT-01).

usage: test_labels.py PROGRAM
"""

import json
import pathlib
import re
import resource
import subprocess
import sys
import tempfile
import unittest

PROGRAM = None
WORK = None
MM = 72 / 25.4
# columns, rows, width, height, left, top, across, down: as the makers of the sheets print them.
FORMATS = {"70x37": (3, 8, 70, 37, 0, 0.5, 70, 37),
           "99.1x38.1": (2, 7, 99.1, 38.1, 4.65, 15.15, 101.6, 38.1),
           "63.5x38.1": (3, 7, 63.5, 38.1, 7.2, 15.15, 66.05, 38.1),
           "105x37": (2, 8, 105, 37, 0, 0.5, 105, 37)}


def address(number):
    return [f"Destinataire{number}", "12 rue de la République", f"{56000 + number} VANNES"]


def draw(addresses, *options):
    source, pdf = WORK / "addresses.json", WORK / "labels.pdf"
    source.write_text(json.dumps(addresses), encoding="utf-8")
    done = subprocess.run([PROGRAM, "--labels", source, "--output", pdf, *options], capture_output=True, text=True)
    if done.returncode != 0 or done.stderr:
        raise AssertionError(done.stderr)
    return pdf


def words(pdf):
    """(page, word, left, top, right, bottom) in points, of every word."""
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    page, found = 0, []
    for line in text.splitlines():
        page += "<page " in line
        box = re.search(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*)</word>', line)
        if box:
            found.append((page, box[5], *(float(box[i]) for i in range(1, 5))))
    return found


def place_of(name, position):
    """Page and the edges of label `position`, from 0."""
    columns, rows, width, height, left, top, across, down = FORMATS[name]
    page, place = divmod(position, columns * rows)
    x, y = left + place % columns * across, top + place // columns * down
    return page + 1, x * MM, y * MM, (x + width) * MM, (y + height) * MM


class Labels(unittest.TestCase):
    def test_positions(self):
        """Every word stands inside its own label, away from its edges, from the first free one on"""
        for name in FORMATS:
            for first in (1, 5):
                count = FORMATS[name][0] * FORMATS[name][1]
                drawn = words(draw([address(n) for n in range(count)], "--label-format", name, "--first-label", str(first)))
                names = {word: box for _, *box in drawn for word in [box[0]] if word.startswith("Destinataire")}
                self.assertEqual(len(names), count, name)
                label = -1
                for page, word, left, top, right, bottom in drawn:
                    if word.startswith("Destinataire"):
                        label = int(word[len("Destinataire"):])
                        at, x0, y0, x1, y1 = place_of(name, first - 1 + label)
                        self.assertEqual(page, at, (name, word))
                        self.assertAlmostEqual(left, x0 + 5 * MM, delta=1.5, msg=(name, word))
                        self.assertTrue(y0 + 3 < top and bottom < y1 - 3 and right < x1 - 4 * MM, (name, word))

    def test_nothing_is_cut(self):
        """Long lines are narrower, very long ones broken; six lines fit; every word is there"""
        long = ["Société civile immobilière des copropriétaires de la résidence du Grand Large et de ses dépendances",
                "M. Jean-Baptiste de la Rochefoucauld-Montbel", "Bâtiment B, 4e étage", "ZA du Prat", "56000 VANNES CEDEX 09",
                "ALLEMAGNE"]
        for name in FORMATS:
            drawn = words(draw([long, address(1)], "--label-format", name))
            _, x0, y0, x1, y1 = place_of(name, 0)
            mine = [w for w in drawn if w[2] < x1 and w[3] < y1]
            self.assertEqual(sorted(w[1] for w in mine), sorted(" ".join(long).split()), name)
            self.assertLess(max(w[4] for w in mine), x1 - 4.9 * MM, name)
            self.assertTrue(min(w[3] for w in mine) > y0 and max(w[5] for w in mine) < y1, name)

    def test_thirty_eight_characters(self):
        """A line of 38 characters, the longest the standard allows, stays one line"""
        drawn = words(draw([["M" * 38, "W" * 38]]))
        self.assertEqual([w[1] for w in drawn], ["M" * 38, "W" * 38])

    def test_many(self):
        """Ten thousand labels: all there, the memory of a few"""
        pdf = draw([address(n) for n in range(10000)])
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        self.assertLess(peak, 150, "MB")
        info = subprocess.run(["pdfinfo", pdf], check=True, capture_output=True, text=True).stdout
        self.assertIn("417", re.search(r"Pages: +(\d+)", info)[1])
        last = subprocess.run(["pdftotext", "-f", "417", pdf, "-"], check=True, capture_output=True, text=True).stdout
        self.assertIn("Destinataire9999", last)
        print(f"# 10000 labels, peak {peak:.0f} MB", file=sys.stderr)

    def test_unknown_sheet(self):
        """A sheet nobody sells is refused, and no file is left"""
        with self.assertRaisesRegex(AssertionError, "no such sheet"):
            draw([address(1)], "--label-format", "1x1")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    with tempfile.TemporaryDirectory(prefix="softwhere-labels-") as folder:
        WORK = pathlib.Path(folder)
        unittest.main()
