"""Price grids: a price changed on screen, a new version that cannot overlap; the telecom settings (CSV-04, MORD-08, MLINE-17)."""

import re

from driver import Application, query, run, wait_query

PRICE = "SELECT trim_scale(unit_price) FROM softwhere.tariff_price WHERE id = {}"

app = None


def a_price_is_changed():
    """A price is found, refused on its field, changed (CSV-04)"""
    app.wait_text("Clients")
    app.open_page("Grilles tarifaires")
    grid, code = query("SELECT g.id || '|' || g.code FROM api.tariff_grid AS g WHERE price_count > 0 ORDER BY code LIMIT 1").split("|")
    app.point(app.find(role="label", text=code))
    price, destination = query(f"SELECT p.id || '|' || p.destination FROM api.tariff_price AS p JOIN api.tariff_grid AS g ON g.id = {grid} "
                               "AND g.current_version_id = p.tariff_grid_version_id WHERE destination NOT IN "
                               "(SELECT destination FROM api.tariff_price GROUP BY destination, tariff_grid_version_id HAVING count(*) > 1) "
                               "ORDER BY destination LIMIT 1").split("|")
    app.wait_text("Tarifs")
    app.point(app.find(role="label", text=destination))
    app.find(role="dialog", name=destination)
    app.fill("Préfixe", "33a")
    app.press("_Enregistrer Enregistrer")
    app.wait_text(re.compile("^Un préfixe"))
    app.fill("Préfixe", query(f"SELECT prefix FROM softwhere.tariff_price WHERE id = {price}"))
    app.fill("Prix HT", "0,4321")
    app.press("_Enregistrer Enregistrer")
    wait_query("0.4321", PRICE.format(price))
    app.wait_gone("Prix HT")


def versions_do_not_overlap():
    """A version that shares a day with another is refused on the day; one that begins later ends the other the day before"""
    version = query("SELECT current_version_id FROM api.tariff_grid WHERE price_count > 0 ORDER BY code LIMIT 1")
    app.press("Nouvelle version…")
    app.fill("En vigueur du", query(f"SELECT to_char(valid_from_on, 'DD/MM/YYYY') FROM softwhere.tariff_grid_version WHERE id = {version}"),
             app.find(role="dialog"))
    app.press("_Créer la version Créer la version")
    app.wait_text("Une autre version est valable à ces dates.")
    app.fill("En vigueur du", query("SELECT to_char(rules.today() + 40, 'DD/MM/YYYY')"), app.find(role="dialog"))
    app.press("_Créer la version Créer la version")
    wait_query("t", f"SELECT valid_until_on = rules.today() + 39 FROM softwhere.tariff_grid_version WHERE id = {version}")
    app.wait_gone("Nouvelle version")


def portability_has_bounds():
    """The days of portability are settings; the server refuses a window that ends before it begins (MORD-08)"""
    app.open_page("Administration")
    app.select(app.find(role="list item", name="Télécom"))
    app.fill("Au plus tôt", "59")
    app.press("_Enregistrer Enregistrer")
    app.wait_text("Le dernier jour ne peut pas précéder le premier.")
    app.fill("Au plus tôt", "8")
    app.press("_Enregistrer Enregistrer")
    wait_query("8", "SELECT portability_min_days FROM softwhere.parameter")


def an_operator_has_its_threshold():
    """How few SIM cards of an operator are too few is said beside it"""
    app.select(app.find(role="list item", name="Télécom"))
    app.point(app.find(role="label", text="Bouygues"))
    app.fill("Nombre minimal de cartes SIM en stock", "9999")
    app.press("_Enregistrer Enregistrer", app.find(role="dialog"))
    wait_query("t", "SELECT is_low FROM api.sim_stock WHERE operator_name = 'Bouygues'")
    app.wait_text(re.compile("au moins 9999 souhaitées$"))


def the_swap_is_in_administration():
    """The SIM swap is reached from the administration (MLINE-17)"""
    app.point(app.find(role="label", text="Remplacer une carte SIM"))
    app.entry("Nouvelle carte (ICCID)")


with Application(login="admin") as app:
    run(a_price_is_changed, versions_do_not_overlap, portability_has_bounds, an_operator_has_its_threshold, the_swap_is_in_administration)
