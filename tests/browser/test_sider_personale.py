"""Staff, leaders, deputies, the first login and one's own roles: judged like every other page."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from samarbejde import tid
from samarbejde.actions import ret_rolle
from samarbejde.invitation import lav_token
from samarbejde.models import Faglighed, Rolletildeling
from samarbejde.organisation import ret_person
from samarbejde.permissions import Rolle
from samarbejde.personale import naevn_stedfortraeder, registrer_medarbejder
from tests.fabrik import FRA, person, rolle

pytestmark = pytest.mark.django_db(transaction=True)
DAG = timedelta(days=1)
NY_KODE = "blomster i vindueskarmen"


def fyld(v):
    """Names long and short, somebody protected, somebody to come, somebody gone, somebody who never logged in."""
    laerer = Faglighed.objects.get(navn="lærer")
    registrer_medarbejder(
        enhed=v.skole,
        af=v.skoleleder,
        email="anne-margrethe.kirkegaard-soendergaard@skolen.demo.example",
        navn="Anne-Margrethe Kirkegaard Søndergaard",
        gyldig_fra=tid.i_dag(),
        gyldig_til=tid.i_dag() + 200 * DAG,
        faglighed=laerer,
        udloeber_den=tid.i_dag() + 200 * DAG,
        titel="Afdelingsleder for mellemtrinnet",
        arbejder_med="Mellemtrinnet, overgange fra indskolingen og samarbejdet med fritidscenteret",
    )
    ret_person(person=v.vejleder, af=None, er_beskyttet=True, faglighed=laerer)
    rolle(person("Snart Ansat"), Rolle.MEDARBEJDER, v.skole, fra=tid.i_dag() + DAG)
    rolle(person("Tidligere Ansat"), Rolle.MEDARBEJDER, v.skole, til=FRA + 300 * DAG)


def test_listen_tom_og_fuld(besoeg, v):
    besoeg(v.dagtilbudsleder).til(f"/enheder/{v.boernehus.slug}/medarbejdere/", "medarbejdere-tom")
    fyld(v)
    sanne = besoeg(v.skoleleder)
    sanne.til(f"/enheder/{v.skole.slug}/medarbejdere/", "medarbejdere-fuld")
    sanne.aabn(f"/enheder/{v.skole.slug}/medarbejdere/")
    sanne.side.get_by_text("Tidligere medarbejdere (1)").click()
    sanne.doem("medarbejdere-fuld-foldet-ud")
    sanne.tryk("Send invitation til Anne-Margrethe Kirkegaard Søndergaard", "medarbejdere-inviteret")


def test_registrer_med_fejl_og_saa_rigtigt(besoeg, v):
    sanne = besoeg(v.skoleleder)
    sanne.til(f"/enheder/{v.skole.slug}/medarbejdere/registrer/", "registrer-medarbejder")
    sanne.skriv(email="ikke en mail", gyldig_til="2020-01-01")
    sanne.tryk("Registrér medarbejderen", "registrer-medarbejder-fejl")
    expect(sanne.side.locator(".fejlopsummering")).to_be_focused()
    expect(sanne.side.locator(".fejlopsummering li")).to_have_count(3)
    sanne.skriv(navn="Ida Ibsen", email="ida@demo.example", gyldig_til="")
    sanne.tryk("Registrér medarbejderen", "registrer-medarbejder-gemt")
    expect(sanne.side.get_by_text("Ida Ibsen er registreret.")).to_be_visible()


def test_ret_og_bliv_overhalet(besoeg, v):
    fyld(v)
    tildeling = v.vejleder.rolletildelinger.get()
    anne = Rolletildeling.objects.get(user__navn__startswith="Anne")
    sanne = besoeg(v.skoleleder)
    sanne.til(f"/enheder/{v.skole.slug}/medarbejdere/{tildeling.pk}/ret/", "ret-beskyttet")
    sanne.til(f"/enheder/{v.skole.slug}/medarbejdere/{anne.pk}/ret/", "ret-medarbejder")
    ret_rolle(tildeling=anne, af=v.skoleleder, titel="Souschef")
    sanne.skriv(titel="Teamleder")
    sanne.tryk("Gem rettelserne", "ret-overhalet", status=409)
    ret_rolle(tildeling=anne, af=v.skoleleder, gyldig_til=tid.i_dag())
    sanne.tryk("Gem det, jeg skrev", "ret-rollen-er-slut", status=409)


def test_leder_og_stedfortraeder(besoeg, v):
    frida = besoeg(v.forvaltning)
    frida.til(f"/enheder/{v.selvejende.slug}/leder/udpeg/", "udpeg-leder")
    frida.tryk("Udpeg lederen", "udpeg-leder-fejl")
    frida.skriv(email="ida@demo.example", navn="Ida Ibsen")
    frida.tryk("Udpeg lederen", "enhed-ny-leder")
    sanne = besoeg(v.skoleleder)
    sanne.til(f"/enheder/{v.skole.slug}/stedfortraeder/", "stedfortraeder")
    sanne.tryk("Udpeg stedfortræderen", "stedfortraeder-fejl")
    sanne.side.get_by_label("Medarbejder").select_option(label="Viggo Holm")
    sanne.skriv(gyldig_til=f"{tid.i_dag() + 5 * DAG:%Y-%m-%d}")
    sanne.tryk("Udpeg stedfortræderen", "enhed-med-stedfortraeder")
    besoeg(v.dagtilbudsleder).til(f"/enheder/{v.boernehus.slug}/stedfortraeder/", "stedfortraeder-med-email")


def test_den_foerste_adgangskode(besoeg, v):
    ida = person("Ida Ibsen", email="ida@demo.example", adgangskode=None)
    adresse, ingen = f"/invitation/{lav_token(ida)}/", besoeg(None)
    ingen.til(adresse, "invitation")
    ingen.skriv(password1="kort", password2="kort")
    ingen.tryk("Gem adgangskoden", "invitation-for-kort")
    expect(ingen.side.locator(".fejlopsummering")).to_be_focused()
    ingen.skriv(password1=NY_KODE, password2=NY_KODE)
    ingen.tryk("Gem adgangskoden", "invitation-gemt")
    expect(ingen.side.get_by_role("heading", level=1)).to_have_text("Log ind")
    ingen.titler.clear()  # the same address, now used up, is another page
    ingen.til(adresse, "invitation-brugt")


def test_mine_roller_fuld_og_tom(besoeg, v):
    registrer_medarbejder(
        enhed=v.kkfo, af=v.paedagogiskleder, email=v.vejleder.email, navn="V", gyldig_fra=tid.i_dag() + DAG
    )
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.nabokkfo, til=FRA + DAG)
    naevn_stedfortraeder(
        enhed=v.skole, af=v.skoleleder, medarbejder=v.vejleder, gyldig_fra=tid.i_dag(), gyldig_til=tid.i_dag() + DAG
    )
    besoeg(v.vejleder).til("/mine-roller/", "mine-roller")
    besoeg(v.udenfor).til("/mine-roller/", "mine-roller-uden")
