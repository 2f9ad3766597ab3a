"""Whatever is posted to the forms about people and forums is refused or stored: never a fault, never markup."""

import random

import pytest
from django.test import Client
from django.urls import reverse

from samarbejde.models import Faglighed
from tests.fabrik import Art as Enhedsart
from tests.fabrik import enhed, verden
from tests.ressourcecenter.byg import Art, delegation, forum, ressourceperson

pytestmark = pytest.mark.django_db
VAERDIER = ["", "x", "\x00", "-1", "1", "2" * 400, "🙂" * 50, "\u202eabc", "2027-02-31", "0001-01-01", "9999-12-31"]
VAERDIER += ["9999999999999999999", "2026-12-01", "[]", "on", "010112-1234", "ida@demo.example", "rc", "25:99"]
ONDT = '"><script>alert(1)</script><img src=x onerror=y> {{ settings.SECRET_KEY }}'
FELTER = {
    *("person", "email", "navn", "udloeber_den", "faglighed", "fora", "fra", "til_og_med", "ogsaa_udefra", "omfang"),
    *("skole", "sidste_dag", "slut_set", "efterfoelger", "overtager", "staar_tom", "note", "titel", "arbejder_med"),
    *("gyldig_fra", "gyldig_til", "aftryk", "medarbejder", "konstitueret", "er_primaer", "kadence", "ugedag"),
    *("begynder", "minutter", "dagsordensfrist", "udsendelse", "svarfrist", "hoeringsfrist", "referent", "version"),
    *(
        "dagsordensskabelon",
        "aflysningsregel",
        "holdes_samlet",
        "uger_uden_moede",
        "moeder_uden_invitation",
        "aar",
        "link",
        "gaelder_for",
        "q",
    ),
}


@pytest.fixture
def v():
    v = verden()
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    delegation(v.center, v.skole, v.teamkoordinator)
    return v


def steder(v):
    """{who: the addresses of the forms that they may send}."""
    rolle = v.vejleder.rolletildelinger.get().pk
    forumnavne = ("udpeg_koordinator", "tilknyt_ressourceperson")
    skole = [reverse(navn, args=[v.skole.slug]) for navn in forumnavne]
    skole += [reverse("ret_lokale_regler", args=[v.skole.slug, art]) for art in (Art.RC, Art.PLC)]
    skole += [f"/enheder/{v.skole.slug}/{under}/" for under in ("medarbejdere/registrer", "stedfortraeder")]
    skole += [f"/enheder/{v.skole.slug}/medarbejdere/{rolle}/ret/", f"/roller/{rolle}/afslut/"]
    koordinator = v.koordinator.rolletildelinger.get().pk
    skole += [reverse(navn, args=[v.skole.slug, koordinator]) for navn in ("ret_koordinator", "giv_orlov")]
    skole += [reverse("afslut_ressourceperson", args=[v.skole.slug, forum(v.skole).ressourcepersoner.get().pk])]
    center = [reverse("deleger_deltagelse", args=[v.center.slug])]
    center += [reverse("afslut_delegation", args=[v.center.slug, v.center.delegationer.get().pk])]
    forvaltning = ["/forvaltning/rammer/dokument/nyt/", "/forvaltning/rammer/faglighed/ny/", "/soeg/"]
    forvaltning += [f"/enheder/{v.selvejende.slug}/leder/udpeg/", "/forvaltning/rammer/dokument/1/ret/"]
    return {v.skoleleder: skole, v.centerleder: center, v.forvaltning: forvaltning}


def test_posts_of_every_shape_never_break_anything(v):
    tilfaeldig, moedt = random.Random(26), set()
    for hvem, adresser in steder(v).items():
        klient = Client()
        klient.force_login(hvem)
        for _ in range(25 * len(adresser)):
            sted = tilfaeldig.choice(adresser)
            data = {felt: tilfaeldig.choices(VAERDIER, k=tilfaeldig.randint(0, 2)) for felt in FELTER}
            status = klient.post(sted, data).status_code
            moedt.add(status)
            assert status < 500, (sted, data)
            assert klient.get(sted, {felt: vaerdi[:1] for felt, vaerdi in data.items()}).status_code < 500
    assert 200 in moedt


def test_what_people_write_never_becomes_markup(v):
    """A name, a title, a note, a rule: shown as written on every page that shows it."""
    sanne = Client()
    sanne.force_login(v.skoleleder)
    regler = reverse("ret_lokale_regler", args=[v.skole.slug, Art.RC])
    standard = {"kadence": "maaned", "ugedag": "tirsdag", "begynder": "08:30", "minutter": 90, "version": 0}
    standard |= {"dagsordensfrist": 10, "udsendelse": 5, "svarfrist": 5, "hoeringsfrist": 5, "uger_uden_moede": 8}
    standard |= {"moeder_uden_invitation": 3}
    tekster = {"referent": "leder", "dagsordensskabelon": ONDT, "aflysningsregel": ONDT}
    assert sanne.post(regler, {**standard, **tekster}).status_code == 302
    i_dag = {"gyldig_fra": "2026-01-05", "gyldig_til": "", "faglighed": Faglighed.objects.first().pk}
    ny = {"navn": ONDT[:100], "email": "ondt@demo.example", "titel": ONDT[:50], "arbejder_med": ONDT}
    assert sanne.post(f"/enheder/{v.skole.slug}/medarbejdere/registrer/", {**ny, **i_dag}).status_code == 302
    enhed("<b>Fed</b>", Enhedsart.FRITIDSCENTER, i=v.distrikt, til=v.skole)
    for sted in (
        *(reverse("forum", args=[v.skole.slug]), regler, f"/enheder/{v.skole.slug}/medarbejdere/"),
        *(v.distrikt.get_absolute_url(), v.skole.get_absolute_url(), "/soeg/?q=script", "/haendelser/"),
        reverse("tilknyt_ressourceperson", args=[v.skole.slug]),
    ):
        side = sanne.get(sted).content.decode()
        assert "<script>alert" not in side, sted
        assert "<img src=x" not in side, sted
        assert "<b>Fed" not in side, sted
