"""Price grids: a version that has begun is fixed, a new one is begun from it, its prices changed on screen; the telecom settings (CSV-04, MORD-08, MLINE-17)."""

import re

from driver import Application, query, run, wait_query

GRID_ID, GRID, VERSION = query("SELECT concat_ws('|', id, code, current_version_id) FROM api.tariff_grid WHERE price_count > 0 ORDER BY code LIMIT 1").split("|")
PRICE, DESTINATION = query(f"SELECT min(id) || '|' || destination FROM api.tariff_price WHERE tariff_grid_version_id = {VERSION} AND category = 'voice' "
                           "GROUP BY destination HAVING count(*) = 1 ORDER BY destination LIMIT 1").split("|")

app = None


def a_version_that_has_begun_is_fixed():
    """Prices calls are billed with are shown, not changed; a new version is begun from them, and not on days already billed (CSV-04)"""
    app.wait_text("Clients")
    app.open_page("Grilles tarifaires")
    app.point(app.find(role="label", text=GRID))
    app.wait_text("Cette version a commencé")
    assert app.seek(name="Ajouter un tarif") is None
    assert app.seek(role="push button", name=re.compile("^Retirer ")) is None
    app.point(app.find(role="label", text=DESTINATION))
    dialog = app.find(role="dialog", name=DESTINATION)
    app.wait_text(re.compile("^Cette version a commencé : "), dialog)
    assert app.seek(name="Enregistrer", within=dialog) is None
    app.press("Fermer", dialog)
    app.press("Commencer une nouvelle version…")
    app.fill("En vigueur du", query("SELECT to_char(rules.today(), 'DD/MM/YYYY')"), app.find(role="dialog"))
    app.press("Créer la version")
    app.wait_text(re.compile("^Les appels d’aujourd’hui sont déjà facturés"))
    app.fill("En vigueur du", query("SELECT to_char(rules.today() + 40, 'DD/MM/YYYY')"), app.find(role="dialog"))
    app.press("Créer la version")
    wait_query("t", f"SELECT valid_until_on = rules.today() + 39 FROM softwhere.tariff_grid_version WHERE id = {VERSION}")
    app.wait_gone("Nouvelle version")


def a_price_is_changed():
    """In the version to come a price is found, refused on its field, changed; the one in force stays (CSV-04)"""
    app.wait_gone("Cette version a commencé")
    app.find(name="Ajouter un tarif")
    app.point(app.find(role="label", text=DESTINATION))
    app.find(role="dialog", name=DESTINATION)
    app.fill("Préfixe", "33a")
    app.press("Enregistrer")
    app.wait_text(re.compile("^Un préfixe"))
    app.fill("Préfixe", query(f"SELECT prefix FROM softwhere.tariff_price WHERE id = {PRICE}"))
    app.fill("Prix HT", "0,4321")
    app.press("Enregistrer")
    wait_query("0.4321 t", f"SELECT trim_scale(n.unit_price) || ' ' || (o.unit_price <> n.unit_price)::text::char FROM softwhere.tariff_price AS o, "
               f"softwhere.tariff_price AS n JOIN api.tariff_grid_version AS v ON v.id = n.tariff_grid_version_id "
               f"WHERE o.id = {PRICE} AND n.prefix = o.prefix AND n.category = o.category AND v.tariff_grid_id = {GRID_ID} AND v.period = 'future'")
    app.wait_gone("Prix HT")


def versions_do_not_overlap():
    """A version that shares a day with another is refused on the day"""
    app.press("Nouvelle version…")
    app.fill("En vigueur du", query("SELECT to_char(rules.today() + 40, 'DD/MM/YYYY')"), app.find(role="dialog"))
    app.press("Créer la version")
    app.wait_text("Une autre version est valable à ces dates.")
    app.press("Annuler", app.find(role="dialog"))


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
    run(a_version_that_has_begun_is_fixed, a_price_is_changed, versions_do_not_overlap, portability_has_bounds, an_operator_has_its_threshold, the_swap_is_in_administration)
