"""Who takes part for a fritid unit, as each reader sees it: empty, full, refused, and in error, at both widths."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from ressourcecenter.models import Delegation
from samarbejde import tid
from samarbejde.permissions import Rolle
from tests.fabrik import Art, enhed, person, rolle
from tests.ressourcecenter import byg

pytestmark = pytest.mark.django_db(transaction=True)


def til(enhed, *resten):
    return f"/repraesentation/{enhed.slug}/" + "".join(f"{en}/" for en in resten)


def test_centerlederen_uddelegerer_og_afslutter_igen(besoeg, v):
    carl = besoeg(v.centerleder)
    carl.til(til(v.center), "deltagelse-uden-uddelegering")
    carl.side.get_by_role("link", name="Uddeleger deltagelsen").click()
    carl.tryk("Uddeleger deltagelsen", "uddeleger-tom")
    expect(carl.side.locator(".fejlopsummering")).to_be_focused()
    carl.side.get_by_label("Lindeskolen").check()
    carl.side.get_by_label("Medarbejder").select_option(label="Tove Krog, medarbejder")
    carl.skriv(til_og_med="2020-01-01")
    carl.tryk("Uddeleger deltagelsen", "uddeleger-fejl")
    carl.skriv(til_og_med="")
    carl.tryk("Uddeleger deltagelsen", "deltagelse-uddelegeret")
    expect(carl.side.get_by_text("Tove Krog deltager fast på Lindeskolen.")).to_be_visible()
    carl.foelg("Afslut", "afslut-uddelegering")
    carl.skriv(sidste_dag="2020-01-01")
    carl.tryk("Afslut uddelegeringen", "afslut-uddelegering-fejl")
    carl.skriv(sidste_dag="")
    carl.tryk("Afslut uddelegeringen", "deltagelse-afsluttet")
    assert Delegation.objects.get().gyldig_til == tid.i_dag()


def test_den_fulde_side_for_lederen_og_for_en_anden_laeser(besoeg, v):
    _mange(v)
    for hvem, navn in ((v.centerleder, "leder"), (v.teamkoordinator, "delegeret"), (v.skoleleder, "skoleleder")):
        sider = besoeg(hvem)
        sider.til(til(v.center), f"deltagelse-fuld-{navn}")
        sider.til(v.center.get_absolute_url(), f"enhed-center-deltagelse-{navn}")


def _mange(v):
    i_dag = tid.i_dag()
    for navn in ("Åse Østergård-Mikkelsen", "Bo Friis", "Cilla Due"):
        ansat = person(navn)
        rolle(ansat, Rolle.MEDARBEJDER, v.center)
        byg.delegation(v.center, v.skole, ansat, fra=i_dag - timedelta(days=400), til=i_dag - timedelta(days=90))
        byg.delegation(v.center, v.skole, ansat, fra=i_dag + timedelta(days=30))
    byg.delegation(v.center, v.skole, v.teamkoordinator, til=i_dag + timedelta(days=200))
    byg.delegation(v.center, v.skole, ansat)
    byg.ny_skole("Skolen ved Søerne", center=v.center)


def test_sag_9_centret_mister_sin_anden_skole(besoeg, v):
    valg = byg.delegation(v.center, v.skole, v.teamkoordinator)
    byg.delegation(v.center, v.naboskole, v.teamkoordinator)
    byg.forlad(v.center, v.naboskole)
    carl = besoeg(v.centerleder)
    carl.til("/", "start-bekraeft-uddelegering")
    carl.til(til(v.center), "deltagelse-skal-ophoere")
    carl.til(til(v.center, "deleger"), "uddeleger-kan-ikke-en-skole")
    carl.til(til(v.center, "delegationer", valg.pk, "afslut"), "bekraeft-uddelegering-ophoerer")
    carl.tryk("Bekræft, at uddelegeringen ophører", "deltagelse-ophoert")


def test_en_fritidsinstitution_og_en_ledig_post(besoeg, v):
    ledig = enhed("Klubben Ask", Art.FRITIDSINSTITUTION, i=v.distrikt, til=byg.ny_skole("Birkeskolen"))
    uden = enhed("Fritidscenter Uden Skole", Art.FRITIDSCENTER, i=v.distrikt)
    pia = besoeg(v.paedagogiskleder)
    pia.til(til(v.kkfo), "deltagelse-kkfo")
    pia.til(til(v.kkfo, "deleger"), "uddeleger-kan-ikke-kkfo")
    pia.til(til(ledig), "deltagelse-ledig-post")
    pia.til(ledig.get_absolute_url(), "enhed-ledig-deltagelse")
    pia.til(til(uden), "deltagelse-ingen-skole")
    pia.til(uden.get_absolute_url(), "enhed-ingen-skole")
    pia.til(til(v.skole), "404-deltagelse", status=404)
    byg.uden_leder(v.kkfo)
    besoeg(v.skoleleder).til(til(v.kkfo), "deltagelse-kkfo-ledig")


def test_en_koordinator_afvises_med_reglen(besoeg, v):
    besoeg(v.koordinator).til(til(v.center, "deleger"), "403-uddeleger", status=403)
