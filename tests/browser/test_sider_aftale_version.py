"""A new version, another tovholder, last year's text and whole groups of parties, in the browser."""

import pytest
from playwright.sync_api import expect

from tests.aftaler import byg
from tests.fabrik import Art, enhed

pytestmark = pytest.mark.django_db(transaction=True)


def test_en_ny_version_fra_begyndelse_til_den_gaelder(besoeg, v):
    gammel = byg.indgaaet(v)
    sanne = besoeg(v.skoleleder)
    sanne.til(gammel.get_absolute_url(), "aftale-i-kraft")
    sanne.foelg("Lav en ny version", "ny-version")
    sanne.tryk("Begynd på en ny version", "ny-version-fejl")
    expect(sanne.side.locator(".fejlopsummering")).to_be_focused()
    sanne.skriv(grund="Klubben flytter ind på skolen i januar.")
    sanne.tryk("Begynd på en ny version", "ny-version-kladde")
    expect(sanne.side.get_by_text("Den skal erstatte")).to_be_visible()
    ny = byg.frisk(gammel.erstattet_af.get())
    sanne.til(gammel.get_absolute_url(), "aftale-med-ny-version-under-arbejde")
    sanne.til("/aftaler/", "aftaler-med-ny-version")
    byg.skriv_afsnit(ny, v.skoleleder, "retning", "Vi vil mødes i klubben.")
    byg.send(ny, v.skoleleder)
    pia = besoeg(v.paedagogiskleder)
    pia.til(f"{ny.get_absolute_url()}parter/{v.kkfo.slug}/godkend/", "ny-version-godkend")
    expect(pia.side.get_by_text("Teksten er ændret, siden du godkendte den")).to_be_visible()
    for part in byg.parter(v):
        byg.godkend(ny, part, byg.leder(v, part))
    besoeg(v.medarbejder).til(byg.frisk(gammel).get_absolute_url(), "aftale-erstattet")
    besoeg(v.forvaltning).til(gammel.get_absolute_url(), "aftale-ny-version-i-kraft")


def test_forvaltningen_udpeger_en_anden_tovholder(besoeg, v):
    aftale = byg.kladde(v, enheder=[*byg.parter(v), enhed("Linde Skole Syd", i=v.distrikt)])
    frida = besoeg(v.forvaltning)
    frida.til(aftale.get_absolute_url(), "aftale-kladde-forvaltning")
    frida.foelg("Udpeg en anden tovholder", "tovholder")
    frida.side.get_by_label("Linde Skole Syd").check()
    frida.tryk("Gem tovholderen", "tovholder-gemt")


def test_aaret_begynder_med_sidste_aars_tekst_og_en_hel_klynge_tages_med(besoeg, v):
    with byg.i_aaret(byg.dette_aar() - 1):
        byg.indgaaet(v)
    sanne = besoeg(v.skoleleder)
    sanne.til(f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/opret/", "opret-med-sidste-aar")
    sanne.side.get_by_label("Begynd med teksten fra aftalen for").check()
    sanne.tryk("Opret aftalen", "oprettet-med-sidste-aar")
    expect(sanne.side.get_by_text("Mange børn skifter mellem skole og fritid.")).to_be_visible()
    for navn in ("Bien", "Myren"):
        enhed(navn, Art.DAGINSTITUTION, i=v.distrikt, til=v.klynge)
    sanne.til(f"/aftaler/{v.distrikt.slug}/{byg.dette_aar()}/parter/", "parter-paa-een-gang")
    sanne.side.get_by_label("Alle i Klynge Nord").check()
    sanne.tryk("Gem parterne", "parter-gemt")
    expect(sanne.side.get_by_role("cell", name="Myren")).to_be_visible()
