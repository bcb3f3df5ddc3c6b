"""Columns chosen, moved and resized are found again after a restart (SRCH-01)."""

from driver import Application, plain, query, run, wait_for, wait_query

LAYOUT = "SELECT string_agg(c ->> 'column', ' ') FROM softwhere.list_layout, jsonb_array_elements(layout) AS c " \
         "WHERE role_name = 'adv' AND list = 'invoice' AND (c ->> 'shown')::boolean"
WIDTH = "SELECT c ->> 'width' FROM softwhere.list_layout, jsonb_array_elements(layout) AS c " \
        "WHERE role_name = 'adv' AND list = 'invoice' AND c ->> 'column' = 'kind'"
DRAGGED = 70  # pixels

app = None


def titles():
    """The headers in sight: text → the place of its widget."""
    row = next(node for node in app.find(role="label", text="Client", where=lambda node: any(
        above.role == "table row" for above in node.ancestors())).ancestors() if node.role == "table row")
    found = {plain(label.name): title.extents for title in row.children for label in title.walk()
             if label.role == "label"}
    return dict(sorted(found.items(), key=lambda entry: entry[1][0]))


def toggle(name):
    app.press("Exporter, imprimer, colonnes")
    app.press("Colonnes")
    app.press(name)


def start():
    global app
    app = Application()
    app.open_page("Factures")
    app.find(role="label", text="Thalasso de la Baie")


def restart():
    app.quit()
    start()


def chosen():
    """A column shown and one hidden are so again"""
    assert "Reste dû" not in titles() and "Échéance" in titles()
    toggle("Échéance")
    wait_for("the column gone", lambda: "Échéance" not in titles())
    toggle("Reste dû")
    restart()
    wait_for("the columns as chosen", lambda: "Reste dû" in titles() and "Échéance" not in titles())
    total = query("SELECT to_char(sum(balance), 'FM999G999D00') FROM api.invoice").replace(",", " ").replace(".", ",")
    app.find(role="label", where=lambda node: f"Reste dû : {total}" in plain(node.name))


def moved():
    """A column dragged before another is there again"""
    x, y, width, height = titles()["Statut"]
    to = titles()["Type"]
    app.drag((x + width // 2, y + height // 2), (to[0] + 4, y + height // 2))
    wait_for("the column in its new place", lambda: list(titles()).index("Statut") < list(titles()).index("Type"))
    wait_query("number customer_name state kind issued_on total_gross balance", LAYOUT)
    restart()
    wait_for("the order kept", lambda: list(titles()) == [
        "Numéro", "Client", "Statut", "Type", "Émission", "Total TTC", "Reste dû"])


def resized():
    """A column dragged wider is as wide again; all the way it was saved once"""
    before = titles()["Type"]
    version = "SELECT xmin FROM softwhere.list_layout WHERE role_name = 'adv' AND list = 'invoice'"
    saved = query(version)
    edge = before[0] + before[2] + 12  # the padding of a title
    app.drag((edge, before[1] + 10), (edge + DRAGGED, before[1] + 10))
    wait_for("the width saved", lambda: query(version) != saved)
    width = titles()["Type"][2]
    assert width > before[2] + DRAGGED // 2, f"{before[2]} → {width}"
    restart()
    wait_for("the width kept", lambda: titles()["Type"][2] == width)


def as_at_first():
    """One choice brings back what the list shows at first"""
    toggle("Comme au départ")
    wait_for("the columns of the beginning", lambda: list(titles()) == [
        "Numéro", "Client", "Type", "Émission", "Échéance", "Total TTC", "Statut"])
    wait_query("", WIDTH)


start()
try:
    run(chosen, moved, resized, as_at_first)
finally:
    app.close()
