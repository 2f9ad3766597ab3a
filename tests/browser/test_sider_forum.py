"""The pages of a forum and its people in a browser: full, empty, refused and in error, at 1280 and 320 px."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.permissions import Rolle
from tests.fabrik import person, rolle
from tests.moeder.byg import serie
from tests.ressourcecenter.byg import Art, delegation, forum, ressourceperson, uden_leder

pytestmark = pytest.mark.django_db(transaction=True)
DAG = timedelta(days=1)


def sted(v, navn="forum", *pk):
    return reverse(navn, args=[v.skole.slug, *pk])


def fyld(v):
    """Resource persons of all three kinds, a delegate, a deputy to come and a coordinator to come."""
    rolle(v.sundhedsplejerske, Rolle.MEDARBEJDER, v.omraade)
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    ressourceperson(forum(v.skole, Art.PLC), v.vejleder, v.skole)
    ressourceperson(forum(v.skole), v.medarbejder, v.kkfo)
    ressourceperson(forum(v.skole), v.sundhedsplejerske, v.omraade)
    ressourceperson(forum(v.skole), person("Uffe Udefra", udloeber_den=tid.i_dag() + 90 * DAG))
    delegation(v.center, v.skole, v.teamkoordinator)
    serie(forum(v.skole), af=v.skoleleder, dage=(7, 14, 21), kadence="uge")
    rolle(v.vejleder, Rolle.KOORDINATOR, v.skole, fra=tid.i_dag() + 30 * DAG, omfang="rc")


def test_forummet_for_lederen_for_fritid_og_for_den_eksterne(besoeg, v):
    fyld(v)
    for login in ("skoleleder", "koordinator", "paedagogiskleder", "sundhedsplejerske", "forvaltning"):
        besoeg(getattr(v, login)).til(sted(v), f"forum-{login}")
    carl = besoeg(v.centerleder)
    carl.til(reverse("fora"), "fora")
    besoeg(v.klyngeleder).til(reverse("forum", args=[v.klynge.slug]), "forum-team")
    besoeg(v.udenfor).til(reverse("fora"), "fora-ingen")


def test_et_forum_uden_nogen(besoeg, v):
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.skoleleder)
    uden_leder(v.kkfo)
    sanne = besoeg(v.skoleleder)
    sanne.til(sted(v), "forum-tomt")
    sanne.til(v.distrikt.get_absolute_url(), "distrikt-at-se-paa")


def test_koordinatorer_udpeg_ret_og_orlov(besoeg, v):
    sanne, kirsten = besoeg(v.skoleleder), v.koordinator.rolletildelinger.get()
    sanne.til(sted(v, "udpeg_koordinator"), "udpeg-koordinator")
    sanne.tryk("Udpeg koordinator", "udpeg-koordinator-fejl")
    expect(sanne.side.locator(".fejlopsummering")).to_be_focused()
    sanne.side.locator("main [name=person]").select_option(str(v.vejleder.pk))
    sanne.side.get_by_label("Ressourcecenter", exact=True).check()
    sanne.tryk("Udpeg koordinator", "forum-efter-udpegning")
    sanne.aabn(sted(v, "udpeg_koordinator"))
    sanne.side.locator("main [name=person]").select_option(str(v.medarbejder.pk))
    sanne.side.get_by_label("Ressourcecenter", exact=True).check()
    sanne.tryk("Udpeg koordinator", "udpeg-en-tredje")
    sanne.til(sted(v, "ret_koordinator", kirsten.pk), "ret-koordinator")
    sanne.til(sted(v, "giv_orlov", kirsten.pk), "orlov")
    sanne.skriv(fra=f"{tid.i_dag():%Y-%m-%d}", til_og_med="2020-01-01")
    sanne.tryk("Registrér orloven", "orlov-fejl")
    sanne.skriv(til_og_med=f"{tid.i_dag() + 60 * DAG:%Y-%m-%d}")
    sanne.tryk("Registrér orloven", "forum-med-orlov")
    besoeg(v.paedagogiskleder).til(sted(v, "udpeg_koordinator"), "udpeg-403", status=403)


def test_ressourcepersoner_tilknyt_og_afslut(besoeg, v):
    fyld(v)
    kirsten = besoeg(v.koordinator)
    kirsten.til(sted(v, "tilknyt_ressourceperson"), "tilknyt")
    kirsten.tryk("Tilknyt ressourceperson", "tilknyt-fejl")
    kirsten.skriv(email="ude@udefra.example", navn="Ulrik Ude", udloeber_den=f"{tid.i_dag() + 90 * DAG:%Y-%m-%d}")
    kirsten.side.locator("main [name=faglighed]").select_option(label="psykolog")
    kirsten.tryk("Tilknyt ressourceperson", "tilknyt-fra-andet-omraade")
    kirsten.side.get_by_label("Tilknyt personen alligevel").check()
    kirsten.tryk("Tilknyt ressourceperson", "forum-efter-tilknytning")
    pk = forum(v.skole).ressourcepersoner.get(person=v.vejleder).pk
    kirsten.til(sted(v, "afslut_ressourceperson", pk), "afslut-ressourceperson")
    kirsten.tryk("Afslut tilknytningen", "forum-efter-afslutning")
