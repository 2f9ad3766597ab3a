"""S41: the round «Faglige perspektiver» on an agenda, who is there, who has not spoken; support, not control."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder import actions
from moeder.models import Moede, Punkt
from moeder.queries.runde import RUNDE, har_runde, runde
from ressourcecenter.models import Forbereder, LokaleRegler
from samarbejde.models import Faglighed, Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.roller import glem_roller
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import FRA, person, rolle, verden
from tests.moeder.byg import inviter, moede, punkt
from tests.moeder.forberedelse import logget_ind
from tests.moeder.referatbyg import begyndt, frisk
from tests.ressourcecenter.byg import forum, ressourceperson

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def m(v):
    """A called meeting with two items."""
    m = moede(forum(v.skole), af=v.skoleleder, tilstand="indkaldt")
    punkt(m, "Overgange")
    punkt(m, "Uro")
    return m


def fag(navn):
    return Faglighed.objects.get(navn=navn)


def er(hvem, navn):
    hvem.faglighed = fag(navn)
    hvem.save()
    return hvem


def tekst(svar):
    return " ".join(svar.content.decode().split())


# --- on the agenda -------------------------------------------------------------------------------------------------
def test_s41_one_click_puts_the_round_last_and_a_second_click_makes_no_other(v, m):
    kirsten = logget_ind(v.koordinator)
    assert "Sæt runden «Faglige perspektiver» på" in tekst(kirsten.get(m.get_absolute_url()))
    for _ in range(2):
        svar = kirsten.post(reverse("laeg_runde_paa", args=[m.kode]), follow=True)
        assert "Runden «Faglige perspektiver» er sat på dagsordenen." in tekst(svar)
    assert list(m.punkter.values_list("titel", "er_runde")) == [
        ("Overgange", False),
        ("Uro", False),
        ("Faglige perspektiver", True),
    ]
    assert "Sæt runden" not in tekst(kirsten.get(m.get_absolute_url()))
    assert Haendelse.objects.filter(navn="laeg_runde_paa").count() == 1


def test_s41_those_who_make_the_agenda_put_it_there_and_nobody_else(v, m):
    sekretaer = person("Signe Sekretær")
    rolle(sekretaer, Rolle.MEDARBEJDER, v.skole)
    Forbereder.objects.create(skole=v.skole, person=sekretaer, navngivet_af=v.skoleleder, gyldig_fra=FRA)
    inviter(m, v.paedagogiskleder, v.kkfo)
    for hvem in (v.paedagogiskleder, v.centerleder, v.naboskoleleder):
        with pytest.raises(IkkeTilladtError):
            actions.laeg_runde_paa(moede=m, af=hvem)
    pia = logget_ind(v.paedagogiskleder)
    assert "Sæt runden" not in tekst(pia.get(m.get_absolute_url()))
    assert pia.post(reverse("laeg_runde_paa", args=[m.kode])).status_code == 403
    assert logget_ind(v.naboskoleleder).post(reverse("laeg_runde_paa", args=[m.kode])).status_code == 404
    assert not har_runde(m)
    assert actions.laeg_runde_paa(moede=m, af=sekretaer)


@pytest.mark.parametrize("tilstand", ["referat_lukket", "aflyst"])
def test_a_closed_agenda_takes_no_round(v, m, tilstand):
    Moede.objects.update(tilstand=tilstand, aflyst_grund="Syg")
    with pytest.raises(IkkeMuligtError):
        actions.laeg_runde_paa(moede=m, af=v.koordinator)


def test_s41_the_fixed_items_hold_the_round_where_the_rules_put_it_else_last(v, m):
    for skabelon, ventet in (
        ("- Siden sidst\n- Eventuelt", ["Siden sidst", "Eventuelt", RUNDE]),
        ("- Siden sidst\n- faglige perspektiver\n- Eventuelt", ["Siden sidst", RUNDE, "Eventuelt"]),
        ("", [RUNDE]),
    ):
        LokaleRegler.objects.update_or_create(forum=m.forum, defaults={"dagsordensskabelon": skabelon})
        et = moede(forum(v.skole), af=v.skoleleder)
        nye = actions.laeg_skabelon_paa(moede=et, af=v.koordinator)
        assert [(en.titel, en.er_runde) for en in nye] == [(titel, titel == RUNDE) for titel in ventet]
        glem_roller()
        assert actions.laeg_skabelon_paa(moede=et, af=v.koordinator) == []


def test_s41_a_round_that_was_given_another_name_is_still_the_round(v, m):
    lagt = actions.laeg_runde_paa(moede=m, af=v.koordinator)
    actions.ret_punkt(punkt=lagt, af=v.koordinator, version=lagt.version, titel="Bordet rundt")
    assert actions.laeg_skabelon_paa(moede=m, af=v.koordinator) == []
    assert actions.laeg_runde_paa(moede=m, af=v.koordinator) == lagt


def test_s41_a_forum_may_do_without_and_one_meeting_too(v, m):
    LokaleRegler.objects.create(forum=m.forum, fast_runde=False)
    assert actions.laeg_skabelon_paa(moede=m, af=v.koordinator) == []
    lagt = actions.laeg_runde_paa(moede=m, af=v.koordinator)
    actions.luk_punkt(punkt=lagt, af=v.koordinator, grund="Ikke i dag")
    assert not har_runde(Moede.objects.get(pk=m.pk))


def test_s43_the_rules_say_it_and_keep_it(v):
    sanne, adresse = logget_ind(v.skoleleder), reverse("ret_lokale_regler", args=[v.skole.slug, "ressourcecenter"])
    form = sanne.get(adresse).context["form"]
    assert form["fast_runde"].value() is True
    data = {navn: form[navn].value() for navn in form.fields if navn not in {"holdes_samlet", "fast_runde"}}
    assert sanne.post(adresse, data).status_code == 302
    assert LokaleRegler.objects.get().fast_runde is False
    assert "Fast runde" not in tekst(sanne.get(reverse("forum", args=[v.skole.slug]))).split("Læringscenter")[0]


def test_put_off_the_round_goes_along_and_begins_anew(v):
    m = begyndt(v)
    lagt = actions.laeg_runde_paa(moede=m.moede, af=v.koordinator)
    lagt.hoerte.add(fag("lærer"))
    naeste = moede(m.rc, af=v.skoleleder, dage=20)
    nyt = actions.udsaet_punkt(punkt=lagt, til_moede=naeste, af=v.koordinator)
    assert (nyt.er_runde, list(nyt.hoerte.all())) == (True, [])


def test_s3_an_item_about_one_child_is_no_round(m):
    barn = punkt(m, niveau="enkeltbarn")
    with pytest.raises(IntegrityError), transaction.atomic():
        Punkt.objects.filter(pk=barn.pk).update(er_runde=True)


# --- who is there --------------------------------------------------------------------------------------------------
def i_gang(v):
    """Pia (pædagog), Viggo (lærer), Mette (to another item only), Susan's profession is attached and not there."""
    er(v.paedagogiskleder, "klubpædagog")
    er(v.vejleder, "lærer")
    er(v.medarbejder, "psykolog")
    ressourceperson(forum(v.skole), v.sundhedsplejerske, faglighed=fag("sundhedsplejerske"))
    m = begyndt(v)
    m.runde = actions.laeg_runde_paa(moede=m.moede, af=v.koordinator)
    return frisk(m)


def test_s41_the_item_names_the_professions_that_are_there_and_those_that_are_not(v):
    m = i_gang(v)
    fundet = runde(m.runde, m.moede)
    assert (fundet.navne, fundet.ikke_med) == (["klubpædagog", "lærer"], ["sundhedsplejerske"])
    side = tekst(logget_ind(v.paedagogiskleder).get(f"/moeder/{m.moede.kode}/punkter/{m.runde.noegle}/"))
    assert "<dt>Fagligheder i runden</dt><dd>klubpædagog og lærer</dd>" in side
    assert "<dt>Tilknyttet, men ikke med til mødet</dt><dd>sundhedsplejerske</dd>" in side
    skaerm = tekst(logget_ind(v.paedagogiskleder).get(f"/moeder/{m.moede.kode}/referat/skaerm/?punkt=4"))
    assert "Med i runden: <strong>klubpædagog og lærer</strong>" in skaerm


def test_s41_a_resource_person_is_there_as_what_they_are_in_the_forum_and_who_declined_is_not(v):
    er(v.vejleder, "lærer")
    er(v.paedagogiskleder, "klubpædagog")
    m = begyndt(v)
    ressourceperson(m.rc, v.vejleder, v.skole, faglighed=fag("psykolog"))
    m.pia.tilstand = "deltog_ikke"
    m.pia.save()
    fundet = runde(actions.laeg_runde_paa(moede=m.moede, af=v.koordinator), m.moede)
    assert (fundet.navne, fundet.ikke_med) == (["psykolog"], [])


def test_s42_the_preparation_page_says_that_the_round_is_for_you_too(v, m):
    er(v.paedagogiskleder, "klubpædagog")
    inviter(m, v.paedagogiskleder, v.kkfo)
    actions.laeg_runde_paa(moede=m, af=v.koordinator)
    side = tekst(logget_ind(v.paedagogiskleder).get(f"/moeder/{m.kode}/forbered/"))
    assert "I runden er der plads til din faglighed: klubpædagog." in side


# --- while it runs -------------------------------------------------------------------------------------------------
def hoert(m, faglighed, ja=True):
    sted = reverse("marker_hoert", args=[m.moede.kode, m.runde.noegle])
    return sted, {"faglighed": faglighed.pk, "hoert": "1" if ja else "0"}


def test_s41_the_running_minutes_say_who_has_said_nothing_yet(v):
    m = i_gang(v)
    kirsten = logget_ind(v.koordinator)
    adresse = f"/moeder/{m.moede.kode}/referat/"
    assert "ikke har sagt noget endnu: <strong>klubpædagog og lærer</strong>" in tekst(kirsten.get(adresse))
    for _ in range(2):
        assert kirsten.post(*hoert(m, fag("lærer"))).status_code == 302
    assert "ikke har sagt noget endnu: <strong>klubpædagog</strong>" in tekst(kirsten.get(adresse))
    actions.giv_bidrag(punkt=m.emne, af=v.paedagogiskleder, art="perspektiv", tekst="Vi ser uro.", version=0)
    side = tekst(kirsten.get(adresse))
    assert "Alle fagligheder, der er med, har sagt noget." in side
    assert "Har skrevet et bidrag" in side
    assert kirsten.post(*hoert(m, fag("lærer"), ja=False)).status_code == 302
    assert "ikke har sagt noget endnu: <strong>lærer</strong>" in tekst(kirsten.get(adresse))
    assert Haendelse.objects.filter(navn="marker_hoert").count() == 2


def test_s41_nothing_is_refused_because_somebody_was_not_heard(v):
    m = i_gang(v)
    for et in (m.emne, m.andet, m.barn, m.runde):
        actions.marker_behandlet(moede=m.moede, punkt=et.noegle, behandlet=True, af=v.koordinator)
    assert logget_ind(v.koordinator).get(f"/moeder/{m.moede.kode}/referat/send/").status_code == 200


def test_only_who_writes_the_minutes_ticks_and_only_professions_that_are_there(v):
    m = i_gang(v)
    for hvem, status in ((v.paedagogiskleder, 403), (v.naboskoleleder, 404), (v.udenfor, 404)):
        assert logget_ind(hvem).post(*hoert(m, fag("lærer"))).status_code == status, hvem
        with pytest.raises(IkkeTilladtError):
            actions.marker_hoert(moede=m.moede, punkt=m.runde.noegle, faglighed=fag("lærer"), hoert=True, af=hvem)
    kirsten = logget_ind(v.koordinator)
    assert kirsten.post(*hoert(m, fag("sundhedsplejerske"))).status_code == 404
    for forkert in ("", "x", "-1", "9" * 30, "²"):
        assert kirsten.post(hoert(m, fag("lærer"))[0], {"faglighed": forkert}).status_code == 404
    andet = reverse("marker_hoert", args=[m.moede.kode, m.emne.noegle])
    assert kirsten.post(andet, {"faglighed": fag("lærer").pk, "hoert": "1"}).status_code == 404
    assert kirsten.get(andet).status_code == 405
    assert not m.runde.hoerte.exists()


def test_when_the_minutes_are_out_nobody_ticks(v):
    m = i_gang(v)
    Moede.objects.update(tilstand="referat_lukket")
    with pytest.raises(IkkeMuligtError):
        actions.marker_hoert(moede=m.moede, punkt=m.runde.noegle, faglighed=fag("lærer"), hoert=True, af=v.koordinator)


# --- what it costs -------------------------------------------------------------------------------------------------
def test_the_round_costs_one_query_however_many_professions(v):
    m = i_gang(v)
    kirsten = logget_ind(v.koordinator)
    steder = {
        f"/moeder/{m.moede.kode}/referat/": 17,
        f"/moeder/{m.moede.kode}/punkter/{m.runde.noegle}/": 13,
    }
    assert {sted: antal(kirsten, sted) for sted in steder} == steder
    for nummer in range(30):
        ny = person(f"Person {nummer}")
        ny.faglighed = Faglighed.objects.create(navn=f"fag {nummer}")
        ny.save()
        rolle(ny, Rolle.MEDARBEJDER, v.kkfo)
        inviter(m.moede, ny, v.kkfo)
        ressourceperson(m.rc, person(f"Ekspert {nummer}"), faglighed=Faglighed.objects.create(navn=f"andet {nummer}"))
    assert {sted: antal(kirsten, sted) for sted in steder} == steder
    assert len(runde(m.runde, m.moede).navne) == 32


def antal(klient, sted):
    with CaptureQueriesContext(connection) as kald:
        assert klient.get(sted).status_code == 200
    return len(kald)
