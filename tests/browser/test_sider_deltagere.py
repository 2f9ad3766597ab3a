"""Who takes part in a meeting, as each reader sees it: empty, full and in error, at both widths."""

import pytest
from playwright.sync_api import expect

from moeder import actions
from moeder.models import Deltager
from moeder.states import Deltagelse, Tilstand
from samarbejde.permissions import Rolle
from tests.fabrik import person, rolle
from tests.moeder.byg import inviter, moede, punkt
from tests.moeder.deltagere import Art, med_faste, plads
from tests.ressourcecenter.byg import forum, ressourceperson

pytestmark = pytest.mark.django_db(transaction=True)


def test_koordinatoren_inviterer_udelader_og_fortryder(besoeg, v):
    rc = forum(v.skole)
    ressourceperson(rc, v.sundhedsplejerske)
    tom = moede(rc, af=v.skoleleder, dage=60)
    m = med_faste(rc, v.skoleleder)
    punkt(m, "Fælles sprog om overgange", ansvarlig=v.vejleder)
    punkt(m, "Samarbejde om trivsel i de ældste klasser", niveau="boernegruppe")
    kirsten, rod = besoeg(v.koordinator), f"/moeder/{m.kode}/deltagere/"
    kirsten.til(f"/moeder/{tom.kode}/deltagere/", "deltagere-tom")
    kirsten.til(rod, "deltagere")
    kirsten.side.get_by_role("link", name="Invitér deltagere").click()
    kirsten.tryk("Invitér", "inviter-fejl")
    kirsten.side.get_by_label("Medarbejder, som arbejder").select_option(label="Mette Bak")
    kirsten.tryk("Invitér", "inviter-uden-punkt")
    kirsten.side.get_by_label("1. Fælles sprog").check()
    kirsten.tryk("Invitér", "deltagere-foreslaaet")
    expect(kirsten.side.get_by_text("venter på sin leder")).to_be_visible()
    kirsten.til(f"{rod}{plads(m, v.kkfo).pk}/udelad/", "udelad")
    kirsten.tryk("Udelad fra mødet", "udelad-fejl")
    kirsten.skriv(grund="Handler om de ældste klasser")
    kirsten.tryk("Udelad fra mødet", "deltagere-udeladt")
    kirsten.til(f"{rod}lokale/", "lokale")
    kirsten.tryk("Tilføj lokalet", "lokale-fejl")


def test_den_fulde_liste_med_aarets_balance(besoeg, v):
    rc = forum(v.skole)
    holdt = med_faste(rc, v.skoleleder, dage=-10, tilstand=Tilstand.REFERAT_UDKAST)
    Deltager.objects.filter(moede=holdt).update(tilstand=Deltagelse.DELTOG)
    m = med_faste(rc, v.skoleleder, er_tematisk=True, tilstand=Tilstand.INDKALDT)
    p = punkt(m, "Overgange fra børnehave til skole")
    for nr in range(12):
        hvem = person(f"Åse Østergård-Mikkelsen {nr}")
        ressourceperson(rc, hvem)
        inviter(m, hvem, None, [p] if nr % 2 else [], art=Art.RESSOURCEPERSON, grund="kender forløbet")
    kirsten = besoeg(v.koordinator)
    kirsten.til(f"/moeder/{m.kode}/deltagere/", "deltagere-fuld")
    kirsten.til(f"/moeder/{m.kode}/deltagere/tilfoej/", "inviter-tematisk")


def test_lederen_vaelger_repraesentant_og_svarer(besoeg, v):
    rc = forum(v.skole)
    m, _ = med_faste(rc, v.skoleleder, tilstand=Tilstand.INDKALDT), med_faste(rc, v.skoleleder, dage=40)
    ansat = person("Bo Friis")
    rolle(ansat, Rolle.MEDARBEJDER, v.kkfo)
    pia, rod = besoeg(v.paedagogiskleder), f"/moeder/{m.kode}/deltagere/"
    pia.til(f"/moeder/repraesentant/{v.kkfo.slug}/", "repraesentanter")
    pia.til(f"{rod}{plads(m, v.kkfo).pk}/repraesentant/", "vaelg-repraesentant")
    pia.tryk("Vælg repræsentanten", "vaelg-repraesentant-fejl")
    pia.side.get_by_label("Hvem repræsenterer jer?").select_option(label="Bo Friis, medarbejder")
    pia.tryk("Vælg repræsentanten", "repraesentanter-valgt")
    forslag = inviter(m, v.medarbejder, v.kkfo, [punkt(m, "Fælles sprog")], tilstand=Deltagelse.FORESLAAET)
    pia.til("/", "start-bekraeft-medarbejder")
    pia.til(f"{rod}{forslag.pk}/bekraeft/", "bekraeft-medarbejder")
    pia.tryk("Sig nej", "bekraeft-medarbejder-fejl")
    pia.til(f"{rod}{forslag.pk}/bekraeft/", "bekraeft-medarbejder")
    pia.tryk("Bekræft deltagelsen", "repraesentanter-bekraeftet")
    pia.til(v.kkfo.get_absolute_url(), "enhed-moeder")
    besoeg(v.skoleleder).til(f"{rod}{plads(m, v.kkfo).pk}/repraesentant/", "vaelg-repraesentant-har-leder")
    besoeg(v.koordinator).til(f"{rod}{plads(m, v.kkfo).pk}/repraesentant/", "403-vaelg-repraesentant", status=403)


def test_maa_vi_deltage_i_ressourceteamet(besoeg, v):
    team = forum(v.klynge)
    pia, kaj = besoeg(v.paedagogiskleder), besoeg(v.klyngeleder)
    hos_os, hos_dem = f"/moeder/deltagelse/{v.kkfo.slug}/", f"/moeder/oensker/{v.klynge.slug}/ressourceteam/"
    kaj.til(hos_dem, "oensker-ingen")
    pia.til(hos_os, "bed-om-deltagelse")
    pia.tryk("Bed om at deltage", "bed-om-deltagelse-fejl")
    actions.bed_om_deltagelse(enhed=v.kkfo, forum=team, tekst="Overgange fra børnehave", af=v.paedagogiskleder)
    actions.bed_om_deltagelse(enhed=v.center, forum=team, tekst="Fælles temaer", af=v.centerleder)
    pia.til(hos_os, "bed-om-deltagelse-venter")
    kaj.til(hos_dem, "oensker")
    kaj.tryk("Sig nej til KKFO Lindely", "oensker-fejl")
    kaj.tryk("Sig ja til KKFO Lindely", "oensker-svaret")
    m = med_faste(team, v.klyngeleder)
    kaj.til(f"/moeder/{m.kode}/deltagere/tilfoej/", "inviter-team-ikke-tematisk")
