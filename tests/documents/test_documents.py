#!/usr/bin/python3
"""Renders invoices with softwhere-document and reads the files back.

usage: test_documents.py PROGRAM [--write-reference]

--write-reference draws the pictures of reference/ anew; look at each of them before committing.
"""

import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import fixtures
import raster

HERE = pathlib.Path(__file__).parent
REFERENCE = HERE / "reference"
LOGO = HERE.parent.parent / "data" / "demo" / "logo.png"
PROGRAM = None
WORK = None

# Page 1 of each, and the last page where it is another one.
PICTURES = [("pharmacy", 1), ("individual", 1), ("credit-note", 1), ("draft", 1), ("settled", 1),
            ("extremes", 1), ("long", 1), ("long", 2), ("long", 5)]


def run(*arguments):
    return subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True)


def output_of(*arguments):
    return subprocess.run([str(a) for a in arguments], check=True, capture_output=True,
                          text=True).stdout


def write_json(name, invoice):
    path = WORK / f"{name}.json"
    path.write_text(json.dumps(invoice), encoding="utf-8")
    return path


def render(name, invoice=None):
    """The PDF of a fixture, made once."""
    pdf = WORK / f"{name}.pdf"
    if not pdf.exists():
        source = write_json(name, invoice or fixtures.ALL[name])
        done = run("--from", source, "--logo", LOGO, "--output", pdf)
        if done.returncode != 0 or done.stderr:
            raise AssertionError(f"{name}: {done.stderr}")
    return pdf


def plain(text):
    """No-break spaces as spaces, typographic minus as a hyphen, one space at a time."""
    text = text.replace("\u202f", " ").replace("\u00a0", " ").replace("\u2212", "-")
    return re.sub(r"[ \t]+", " ", text)


def pages(pdf, *options):
    return plain(output_of("pdftotext", "-layout", *options, pdf, "-")).split("\f")[:-1]


def flat(pdf):
    return re.sub(r"\s+", " ", " ".join(pages(pdf)))


def begins_with_watermark(pdf, word):
    """The watermark is drawn first, under all the rest; its letters climb, one on each line."""
    return re.sub(r"\s", "", output_of("pdftotext", "-raw", pdf, "-")).startswith(word)


def french(cents):
    sign, cents = ("-" if cents < 0 else ""), abs(cents)
    return f"{sign}{cents // 100:,}".replace(",", " ") + f",{cents % 100:02d} €"


def to_cents(text):
    return int(re.sub(r"[ €,]", "", text))


def picture(pdf, page):
    stem = WORK / f"{pdf.stem}-picture"
    output_of("pdftoppm", "-png", "-gray", "-r", raster.DPI, "-f", page, "-l", page, "-singlefile",
              pdf, stem)
    return stem.with_suffix(".png")


class Mentions(unittest.TestCase):
    """CGI ann. II art. 242 nonies A, code de commerce L441-9, arrêté of 31 December 2013."""

    def expect(self, name, *mentions):
        text = flat(render(name))
        for mention in mentions:
            self.assertIn(mention, text)

    def refuse(self, name, *mentions):
        text = flat(render(name))
        for mention in mentions:
            self.assertNotIn(mention, text)

    def test_professional(self):
        """All of it, and whom to ask (BULK-10)."""
        self.expect(
            "pharmacy", "FACTURE", "F-2026-03187", "Actif Télécom", "12 quai de la Rabine",
            "56000 Vannes", "SAS au capital de 50 000 €", "RCS Vannes 732 829 320",
            "TVA FR44732829320", "APE 61.90Z", "02 97 00 00 00", "compta@actif.example",
            "PHARMACIE DU PORT", "Mme Anne Le Bris, service comptabilité", "4 place Gambetta",
            "SIREN 552 100 554", "TVA FR96552100554", "01/11/2026", "16/11/2026", "C-2026-0412",
            "01/11 – 30/11/2026", "1000-000412", "Nature des opérations : prestations de services",
            "Option pour le paiement de la taxe d'après les débits", "Page 1 / 1",
            "Votre interlocuteur : Claire Morel · 02 97 00 00 12 · claire.morel@actif.example")

    def test_every_line_has_quantity_price_rate_and_amount(self):
        text = flat(render("pharmacy"))
        for section in fixtures.PHARMACY["sections"]:
            for entry in section["lines"]:
                price = entry["unit_price"].replace(".", ",")
                net = entry["net"].replace(".", ",")
                self.assertIn(f"{entry['label']} {entry['quantity']} {price} € 20 % {net} €", text)
                if entry["detail"]:
                    self.assertIn(entry["detail"], text)

    def test_sections(self):
        self.expect("pharmacy", "ABONNEMENTS, FORFAITS ET OPTIONS", "COMMUNICATIONS HORS FORFAIT",
                    "RELEVÉS DE COMPTEURS – OCTOBRE 2026")
        self.expect("individual", "SERVICES DE TIERS", "PRESTATIONS ET FRAIS PONCTUELS")

    def test_totals_and_vat(self):
        self.expect("pharmacy", "Total HT 344,00 €", "TVA 68,80 €", "Total TTC 412,80 €",
                    "20 % 344,00 € 68,80 €")
        self.expect("individual", "20 % 28,19 € 5,64 €", "5,5 % 9,48 € 0,52 €", "Total TTC 43,83 €")

    def test_direct_debit_notice(self):
        self.expect("pharmacy", "Prélèvement SEPA de 412,80 € le 16/11/2026", "•01 89",
                    "de PHARMACIE DU PORT", "RUM ADT-000412-001", "ICS FR72ZZZ123456",
                    "Vous n'avez rien à faire.")

    def test_transfer(self):
        self.expect("individual", "À régler par virement avant le 16/11/2026",
                    "IBAN FR76 3000 6000 0112 3456 7890 189", "BIC AGRIFRPPXXX",
                    "Référence à rappeler : F-2026-03188")
        self.refuse("individual", "Prélèvement", "RUM")

    def test_late_payment_depends_on_the_customer(self):
        self.expect("pharmacy", "12,15 %", "indemnité forfaitaire de 40 €", "L441-10",
                    "Pas d'escompte pour paiement anticipé")
        self.expect("individual", "intérêt au taux légal", "Pas d'escompte")
        self.refuse("individual", "de 40 €", "L441-10", "SIREN 552")

    def test_late_payment_without_a_configured_text(self):
        for professional in (True, False):
            invoice = fixtures.variant(id=30 + professional)
            invoice["buyer"] = dict(invoice["buyer"], professional=professional)
            invoice["texts"] = {}
            text = flat(render(f"late-{professional}", invoice))
            self.assertEqual("de 40 €" in text, professional)
            self.assertEqual("taux légal" in text, not professional)
            self.assertIn("Pas d'escompte", text)

    def test_terms_are_beside_the_totals(self):
        for text in pages(render("pharmacy")) + pages(render("long")):
            self.assertEqual("Total TTC" in text, "indemnité forfaitaire" in text)

    def test_readings(self):
        self.expect("pharmacy", "Canon iR C3326", "2JX04511", "41 210", "43 950", "2 740", "2 000",
                    "relevé le 31/10/2026", "estimé le 31/10/2026", "30/09/2026")

    def test_consumer(self):
        self.expect("individual", "M. Yann Kervella", "Adresse de livraison", "3 impasse du Moulin",
                    "Votre engagement court jusqu'au 31/12/2027",
                    "livraisons de biens et prestations de services", "mediation-telecom.org")
        self.expect("settled", "Engagement échu", "L224-28")

    def test_credit_note(self):
        self.expect("credit-note", "AVOIR", "A-2026-00021",
                    "Avoir sur la facture F-2026-03121 du 01/10/2026", "-59,00 €", "-1 233,80 €",
                    "Total HT -1 292,80 €", "-258,56 €", "Total de l'avoir TTC -1 551,36 €",
                    "Cet avoir est porté au crédit de votre compte", "Aucun règlement n'est attendu")
        self.refuse("credit-note", "FACTURE", "sera prélevé", "À régler", "pénalités", "Net à payer")

    def test_draft(self):
        self.expect("draft", "Projet sans valeur comptable")
        self.refuse("draft", "F-2026")
        self.assertTrue(begins_with_watermark(render("draft"), "BROUILLON"))
        self.assertFalse(begins_with_watermark(render("pharmacy"), "BROUILLON"))

    def test_cancelled(self):
        pdf = render("cancelled", fixtures.variant(status="cancelled", balance="0.00"))
        self.assertTrue(begins_with_watermark(pdf, "ANNULÉE"))
        self.assertIn("Facture annulée par un avoir", flat(pdf))
        self.assertNotIn("Prélèvement", flat(pdf))

    def test_settled(self):
        self.expect("settled", "FACTURE DE SOLDE", "Acompte F-2026-02001 du 03/08/2026 -100,00 €",
                    "Déjà réglé -50,00 €", "Net à payer 262,80 €", "BC-7781",
                    "À régler par chèque", "Merci de joindre le talon.")
        paid = flat(render("paid", fixtures.variant(status="paid", paid="412.80", balance="0.00")))
        self.assertIn("Facture acquittée", paid)
        self.assertIn("Net à payer 0,00 €", paid)
        self.assertNotIn("Prélèvement", paid)

    def test_exemptions(self):
        self.expect("extremes", "Autoliquidation.")
        invoice = fixtures.variant(vat=[{"rate": "0", "category": "E", "base": "344.00",
                                         "amount": "0.00", "exemption": None}])
        invoice["seller"] = dict(invoice["seller"], franchise=True)
        self.assertIn("TVA non applicable, art. 293 B du CGI", flat(render("franchise", invoice)))

    def test_abroad(self):
        buyer = dict(fixtures.PHARMACY["buyer"], country="BE", postcode="1000", city="Bruxelles")
        self.assertIn("Belgique", flat(render("abroad", fixtures.variant(buyer=buyer))))
        self.refuse("pharmacy", "FR ", "France")

    def test_terms_are_sentences(self):
        self.expect("pharmacy", "commerce). Pas d'escompte pour paiement anticipé. ")

    def test_empty(self):
        self.expect("empty", "Aucune ligne.", "Total TTC 0,00 €")


class Pages(unittest.TestCase):
    def test_carried_totals_add_up(self):
        """Each page's "À reporter" is the last one plus the lines of the page itself."""
        invoice = fixtures.ALL["long"]
        amounts = [to_cents(entry["net"].replace(".", ","))
                   for section in invoice["sections"] for entry in section["lines"]]
        texts = pages(render("long"))
        self.assertEqual(len(texts), 5)
        carried, seen = 0, []
        for number, text in enumerate(texts, 1):
            self.assertIn(f"Page {number} / 5", text)
            forward = re.search(r"^ *Report (.*€)$", text, re.M)
            over = re.search(r"^ *À reporter (.*€)$", text, re.M)
            self.assertEqual(forward is not None, number > 1)
            self.assertEqual(over is not None, number < 5)
            if forward:
                self.assertEqual(to_cents(forward[1]), carried)
                self.assertIn("Facture F-2026-03190 du 01/11/2026", text)
                self.assertIn("Désignation", text)
            here = [int(n) for n in re.findall(r"Poste (\d{3}) ", text)]
            seen += here
            carried += sum(amounts[n - 1] for n in here)
            if over:
                self.assertEqual(to_cents(over[1]), carried)
        self.assertEqual(seen, list(range(1, 121)))
        self.assertEqual(carried, sum(amounts))
        self.assertIn(f"Total HT {french(carried)}", texts[-1])

    def test_a_line_split_over_pages_counts_where_its_amount_is(self):
        texts = pages(render("extremes"))
        self.assertIn("À reporter 999 999 999 997,49 €", texts[0])
        for text in texts[1:5]:
            self.assertIn("À reporter 999 999 999 998,49 €", text)

    def test_section_titles_are_repeated(self):
        self.assertIn("ABONNEMENTS, FORFAITS ET OPTIONS (SUITE)", pages(render("long"))[1])

    def test_any_number_of_lines(self):
        """Totals are never alone, wherever the page ends."""
        for n_lines in range(12, 42):
            texts = pages(render(f"lines-{n_lines}", fixtures.long_invoice(n_lines)))
            last = next(i for i, text in enumerate(texts) if "Total TTC" in text)
            self.assertIn("Poste", texts[last], n_lines)
            self.assertIn(f"Poste {n_lines:03d}", texts[last])
            for text in texts[1:last + 1]:
                self.assertIn("Report", text)
            for text in texts:  # nor is a page made for the terms alone
                self.assertRegex(text, "Poste|Canon|Prélèvement")

    def test_two_hundred_lines(self):
        texts = pages(render("lines-200", fixtures.long_invoice(200)))
        self.assertEqual(len(re.findall(r"Poste \d{3} ", "".join(texts))), 200)

    def test_nothing_leaves_the_paper(self):
        """Every word, however long the text, lies between the margins."""
        for name in fixtures.ALL.keys() - {"draft"}:  # its watermark lies across
            boxes = re.findall(r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)"',
                               output_of("pdftotext", "-bbox", render(name), "-"))
            self.assertGreater(len(boxes), 40)
            for x_min, y_min, x_max, y_max in boxes:
                self.assertGreater(float(x_min), 41)
                self.assertLess(float(x_max), 554)
                self.assertGreater(float(y_min), 28)
                self.assertLess(float(y_max), 816)

    def test_long_texts_are_whole(self):
        text = flat(render("extremes"))
        for end in ("FIN- LIBELLÉ", "FIN-DÉTAIL", "FIN-ROMAN", "Ouest Atlantique",
                    "PRESQU'ÎLE", "escalier B au fond de la cour"):
            self.assertIn(end.replace("- ", "-"), text.replace("- ", "-"))
        self.assertEqual(text.count("mot "), 2600)
        self.assertEqual(len("".join(re.findall("X{5,}", text))), 150)
        self.assertIn("999 999 999 999,99 €", text)
        self.assertIn("1 234 567,5 Go", text)
        self.assertIn("1 234 567,123456 €", text)


class Files(unittest.TestCase):
    def test_fonts_are_embedded(self):
        for name in fixtures.ALL:
            fonts = output_of("pdffonts", render(name)).splitlines()[2:]
            self.assertGreaterEqual(len(fonts), 2)
            for font in fonts:
                embedded, subset, unicode = re.search(r" (yes|no) (yes|no) (yes|no) ", font).groups()
                self.assertEqual((embedded, subset, unicode), ("yes", "yes", "yes"), font)
                self.assertIn("Inter", font)

    def test_metadata(self):
        info = dict(re.split(r":\s+", entry, maxsplit=1) for entry in
                    output_of("pdfinfo", "-isodates", render("pharmacy")).splitlines())
        self.assertEqual(info["Title"], "Facture F-2026-03187")
        self.assertEqual(info["Author"], "Actif Télécom")
        self.assertEqual(info["Subject"],
                         "Facture F-2026-03187 du 01/11/2026 – PHARMACIE DU PORT")
        self.assertIn("C-2026-0412", info["Keywords"])
        self.assertTrue(info["Creator"].startswith("Softwhere "))
        self.assertEqual(info["CreationDate"], "2026-11-01T00:00:00Z")
        self.assertIn("A4", info["Page size"])

    def test_language_and_structure(self):
        pdf = render("long")
        output_of("qpdf", "--check", pdf)  # fails on a damaged file
        root = re.search(r"/Root (\d+)", output_of("qpdf", "--show-object=trailer", pdf))[1]
        catalog = output_of("qpdf", f"--show-object={root}", pdf)
        self.assertIn("/Lang (fr-FR)", catalog)
        self.assertIn("/DisplayDocTitle true", catalog)

    def test_same_input_same_file(self):
        first = render("pharmacy").read_bytes()
        again = WORK / "again.pdf"
        self.assertEqual(run("--from", WORK / "pharmacy.json", "--logo", LOGO, "-o",
                             again).returncode, 0)
        self.assertEqual(again.read_bytes(), first)

    def test_logo_is_stored_once_as_jpeg(self):
        images = output_of("pdfimages", "-list", render("long")).splitlines()[2:]
        self.assertEqual(len(images), 5)
        self.assertEqual({image.split()[8] for image in images}, {"jpeg"})
        self.assertEqual(len({image.split()[10] for image in images}), 1)

    def test_without_a_logo(self):
        pdf = WORK / "no-logo.pdf"
        source = write_json("no-logo", fixtures.PHARMACY)
        self.assertEqual(run("--from", source, "-o", pdf).returncode, 0)
        self.assertIn("Actif Télécom", flat(pdf))
        self.assertEqual(output_of("pdfimages", "-list", pdf).count("jpeg"), 0)

    def test_folder_and_file_names(self):
        folder = WORK / "folder"
        folder.mkdir()
        sources = []
        for name in ("pharmacy", "draft", "credit-note"):
            sources += ["--from", write_json(f"folder-{name}", fixtures.ALL[name])]
        sources += ["--from", write_json("odd", fixtures.variant(number="../É:1"))]
        self.assertEqual(run(*sources, "--output", folder).returncode, 0)
        names = sorted(path.name for path in folder.iterdir())
        self.assertEqual(names, ["------1.pdf", "A-2026-00021.pdf", "Brouillon-16.pdf",
                                 "F-2026-03187.pdf"])

    def test_merge(self):
        merged = WORK / "merged.pdf"
        sources = []
        for name in ("pharmacy", "long", "credit-note"):
            sources += ["--from", write_json(f"merge-{name}", fixtures.ALL[name])]
        self.assertEqual(run(*sources, "--merge", "--output", merged).returncode, 0)
        texts = pages(merged)
        self.assertEqual(len(texts), 7)
        self.assertIn("Page 5 / 5", texts[5])
        self.assertIn("Page 1 / 1", texts[6])
        outlines = json.loads(output_of("qpdf", "--json", "--json-key=outlines", merged))
        self.assertEqual([(o["title"], o["destpageposfrom1"]) for o in outlines["outlines"]],
                         [("Facture F-2026-03187", 1), ("Facture F-2026-03190", 2),
                          ("Avoir A-2026-00021", 7)])


class Refusals(unittest.TestCase):
    def expect(self, invoice, message, *options):
        target = WORK / "refused.pdf"
        done = run("--from", write_json("refused", invoice), *options, "-o", target)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn(message, done.stderr)
        self.assertFalse(target.exists())

    def test_unreadable_amounts(self):
        self.expect(fixtures.variant(total_net="12,50"), "total_net is not an amount: “12,50”")
        self.expect(fixtures.variant(balance=None), "balance is not an amount")
        invoice = fixtures.variant()
        invoice["sections"][1]["lines"][0]["net"] = "7.845"
        self.expect(invoice, "sections[1].lines[0].net is not an amount: “7.845”")

    def test_missing_parties(self):
        self.expect(fixtures.variant(buyer={}), "buyer.name is missing")
        self.expect(fixtures.variant(seller=None), "seller.name is missing")

    def test_not_an_invoice(self):
        self.expect([1, 2], "There is no invoice in it")

    def test_broken_logo(self):
        broken = WORK / "broken.png"
        broken.write_bytes(b"\x89PNG\r\n\x1a\nnot a picture")
        self.expect(fixtures.PHARMACY, "", "--logo", broken)

    def test_unwritable(self):
        source = write_json("unwritable", fixtures.PHARMACY)
        done = run("--from", source, "-o", WORK / "absent" / "x.pdf")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("x.pdf", done.stderr)

    def test_many_need_a_folder(self):
        source = write_json("many", fixtures.PHARMACY)
        done = run("--from", source, "--from", source, "-o", WORK / "one.pdf")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("--merge", done.stderr)


class Pictures(unittest.TestCase):
    def test_pages_look_like_their_reference(self):
        for name, page in PICTURES:
            with self.subTest(name=name, page=page):
                rows = raster.load(picture(render(name), page))
                reference = raster.load(REFERENCE / f"{name}-{page}.png")
                self.assertTrue(raster.alike(rows, reference),
                                f"cells that differ: {raster.differences(rows, reference)}")

    def test_preview_looks_like_the_pdf(self):
        """The same drawing on a screen surface and in a PDF."""
        preview = WORK / "preview.png"
        render("pharmacy")
        self.assertEqual(run("--from", WORK / "pharmacy.json", "--logo", LOGO, "--png", "-o",
                             preview).returncode, 0)
        stem = WORK / "paper"
        output_of("pdftoppm", "-png", "-r", 144, "-singlefile", render("pharmacy"), stem)
        size = (331, 468)
        shown, printed = raster.load(preview, size), raster.load(stem.with_suffix(".png"), size)
        self.assertTrue(raster.alike(shown, printed), raster.differences(shown, printed))

    def test_comparison_sees_what_is_missing(self):
        """Take away each block of the page in turn: none may go unnoticed."""
        reference = raster.load(REFERENCE / "pharmacy-1.png")
        scale = raster.DPI / 72
        blocks = {"title": (440, 44, 554, 84), "seller": (42, 100, 300, 150),
                  "buyer": (315, 98, 554, 184), "references": (42, 205, 554, 235),
                  "one line": (42, 310, 554, 332), "vat": (42, 505, 300, 535),
                  "totals": (343, 505, 554, 563), "debit": (42, 582, 554, 632),
                  "readings": (42, 650, 554, 735), "terms": (42, 765, 554, 790)}
        for name, (x0, y0, x1, y1) in blocks.items():
            rows = [bytearray(row) for row in reference]
            for row in rows[int(y0 * scale):int(y1 * scale)]:
                row[int(x0 * scale):int(x1 * scale)] = b"\xff" * (int(x1 * scale) - int(x0 * scale))
            self.assertFalse(raster.alike(rows, reference), name)

    def test_comparison_tolerates_another_renderer(self):
        """Softer edges, with a little more or less ink, make the same page."""
        reference = raster.load(REFERENCE / "pharmacy-1.png")
        for factor in (0.93, 1.07):
            rows = []
            for row in reference:
                soft = [(a + 2 * b + c) / 4 for a, b, c in zip(row[:1] + row, row, row[1:] + row[-1:])]
                rows.append(bytearray(max(0, round(255 - (255 - v) * factor)) for v in soft))
            self.assertTrue(raster.alike(rows, reference), factor)


def write_reference():
    REFERENCE.mkdir(exist_ok=True)
    for name, page in PICTURES:
        shutil.copy(picture(render(name), page), REFERENCE / f"{name}-{page}.png")


if __name__ == "__main__":
    PROGRAM = sys.argv.pop(1)
    with tempfile.TemporaryDirectory(prefix="softwhere-documents-") as folder:
        WORK = pathlib.Path(folder)
        if "--write-reference" in sys.argv:
            write_reference()
        else:
            unittest.main()
