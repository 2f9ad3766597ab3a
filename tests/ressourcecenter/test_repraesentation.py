"""Who takes part for a unit, and why: the decision table of the resolver (S32, S34, S35, S54; decisions 2, 3, 4).

Every case is a world of its own on one Thursday, or the day that is written.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from ressourcecenter.queries import faste_deltagere
from ressourcecenter.repraesentation import Grund, Repraesentanter, repraesentant_for
from samarbejde import tid
from samarbejde.actions import afslut_rolle, luk_person
from samarbejde.models import Enhed
from samarbejde.organisation import luk_enhed, ret_enhed, ret_person, tilknyt
from samarbejde.permissions import Rolle
from tests.fabrik import FRA, Art, enhed, person, rolle, verden
from tests.ressourcecenter import byg

pytestmark = pytest.mark.django_db
I_DAG = date(2026, 10, 1)
DAGEN_FOER, DAGEN_EFTER = I_DAG - timedelta(days=1), I_DAG + timedelta(days=1)
OM_EN_MAANED = date(2026, 11, 1)


@pytest.fixture(autouse=True)
def en_torsdag():
    with tid.frys(datetime(2026, 10, 1, 10, tzinfo=UTC)):
        yield


@pytest.fixture
def v():
    """Linde and Ege, and a selvejende fritidsinstitution at a school of its own, in a netværk."""
    v = verden()
    v.tredje = byg.ny_skole("Birkeskolen")
    v.klub = enhed("Klubben Ask", Art.FRITIDSINSTITUTION, til=[v.tredje, v.netvaerk], ejerform="selvejende")
    v.afloeser = person("Ane Winther")
    v.anden = person("Bo Friis")
    return v


# --- what has happened -----------------------------------------------------------------------------------------------
def intet(v):
    pass


def delegeret(fra=FRA, til=None):
    return lambda v: byg.delegation(v.center, v.skole, v.teamkoordinator, fra=fra, til=til)


def to_delegerede(v):
    delegeret()(v)
    rolle(v.anden, Rolle.MEDARBEJDER, v.center)
    byg.delegation(v.center, v.skole, v.anden, fra=date(2022, 8, 1))


def ledig(navn, fra=FRA):
    return lambda v: byg.uden_leder(getattr(v, navn), fra=fra)


def begge(*haendelser):
    return lambda v: [haendelse(v) for haendelse in haendelser]


def stedfortraeder(navn, fra=FRA, til=OM_EN_MAANED):
    return lambda v: byg.stedfortraeder(v.afloeser, getattr(v, navn), fra=fra, til=til)


def stopper(navn, dag=I_DAG):
    return lambda v: [
        afslut_rolle(tildeling=en, gyldig_til=dag, af=None) for en in getattr(v, navn).rolletildelinger.all()
    ]


def lukker_konto(navn):
    return lambda v: luk_person(person=getattr(v, navn), af=None)


def konto_udloeber(navn, dag):
    return lambda v: ret_person(person=getattr(v, navn), af=None, udloeber_den=dag)


def konstitueret(navn):
    return lambda v: rolle(v.afloeser, Rolle.FRITIDSLEDER, getattr(v, navn), konstitueret=True)


def ikke_primaer(v):
    """Here the longest, and all the same not the one who represents."""
    v.kkfo.rolletildelinger.filter(user=v.paedagogiskleder).update(gyldig_fra=date(2022, 8, 1))
    rolle(v.afloeser, Rolle.FRITIDSLEDER, v.kkfo, fra=date(2020, 8, 1), er_primaer=False)


def forlader(navn, til, dag=I_DAG):
    return lambda v: byg.forlad(getattr(v, navn), getattr(v, til), dag)


def i_klynge(v):
    tilknyt(enhed=v.kkfo, til=v.klynge, gyldig_fra=FRA, af=None)


def bliver_privat(v):
    Enhed.objects.filter(pk=v.skole.pk).update(ejerform="privat")


def lukker(navn, dag=I_DAG):
    return lambda v: luk_enhed(enhed=getattr(v, navn), gyldig_til=dag, af=None)


# --- the table -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Sag:
    """What has happened, whose representative is asked for in the forum of which unit, who it is, why, which day."""

    haendt: object
    enhed: str
    sted: str
    hvem: str
    grund: Grund
    dag: date = I_DAG
    art: str = ""
    desuden: tuple = ()


G = Grund
INGEN = ""
TABEL = {
    # --- the leader by default, S32 ---
    "S32: leader": Sag(intet, "kkfo", "skole", "paedagogiskleder", G.LEDER),
    "S32: primary of two": Sag(ikke_primaer, "kkfo", "skole", "paedagogiskleder", G.LEDER),
    "S32: centre at both": Sag(intet, "center", "naboskole", "centerleder", G.LEDER),
    "D7: 0-6 in its team": Sag(intet, "boernehus", "klynge", "dagtilbudsleder", G.LEDER),
    "S28: the school itself": Sag(intet, "skole", "skole", "skoleleder", G.LEDER),
    "the team's own klynge": Sag(intet, "klynge", "klynge", "klyngeleder", G.LEDER),
    # --- delegation, S34 ---
    "S34: RC": Sag(delegeret(), "center", "skole", "teamkoordinator", G.DELEGERET),
    "S34: PLC too": Sag(delegeret(), "center", "skole", "teamkoordinator", G.DELEGERET, art=byg.Art.PLC),
    "case 8: other school": Sag(delegeret(), "center", "naboskole", "centerleder", G.LEDER),
    "never the team": Sag(delegeret(), "center", "klynge", "centerleder", G.LEDER),
    "S34: several": Sag(to_delegerede, "center", "skole", "teamkoordinator", G.DELEGERET, desuden=("anden",)),
    "S34: day before": Sag(delegeret(fra=I_DAG), "center", "skole", "centerleder", G.LEDER, DAGEN_FOER),
    "S34: first day": Sag(delegeret(fra=I_DAG), "center", "skole", "teamkoordinator", G.DELEGERET),
    "S34: last day": Sag(delegeret(til=DAGEN_EFTER), "center", "skole", "teamkoordinator", G.DELEGERET),
    "S34: day after": Sag(delegeret(til=DAGEN_EFTER), "center", "skole", "centerleder", G.LEDER, DAGEN_EFTER),
    "S34: annulled": Sag(delegeret(I_DAG, I_DAG), "center", "skole", "centerleder", G.LEDER),
    "S34: though vacant": Sag(begge(delegeret(), ledig("center")), "center", "skole", "teamkoordinator", G.DELEGERET),
    "S34: before a deputy": Sag(
        begge(delegeret(), stedfortraeder("center")), "center", "skole", "teamkoordinator", G.DELEGERET
    ),
    "S54: delegate leaves": Sag(
        begge(delegeret(), stopper("teamkoordinator")), "center", "skole", "centerleder", G.LEDER
    ),
    "S54: a row that outlives the employment": Sag(
        begge(stopper("teamkoordinator"), delegeret()), "center", "skole", "centerleder", G.LEDER
    ),
    "S54: day before leaving": Sag(
        begge(delegeret(), stopper("teamkoordinator")), "center", "skole", "teamkoordinator", G.DELEGERET, DAGEN_FOER
    ),
    "S54: first of two leaves": Sag(
        begge(to_delegerede, stopper("teamkoordinator")), "center", "skole", "anden", G.DELEGERET
    ),
    "S57: delegate's account closed": Sag(
        begge(delegeret(), lukker_konto("teamkoordinator")), "center", "skole", "centerleder", G.LEDER
    ),
    "case 9: one school left": Sag(
        begge(delegeret(), forlader("center", "naboskole")), "center", "skole", "teamkoordinator", G.DELEGERET
    ),
    # --- deputy and acting leader, decision 4 and D26 ---
    "decision 4: deputy": Sag(stedfortraeder("kkfo"), "kkfo", "skole", "afloeser", G.STEDFORTRAEDER),
    "decision 4: deputy's last day": Sag(
        stedfortraeder("kkfo", til=DAGEN_EFTER), "kkfo", "skole", "afloeser", G.STEDFORTRAEDER
    ),
    "decision 4: day after": Sag(
        stedfortraeder("kkfo", til=DAGEN_EFTER), "kkfo", "skole", "paedagogiskleder", G.LEDER, DAGEN_EFTER
    ),
    "D26: acting": Sag(begge(ledig("kkfo"), konstitueret("kkfo")), "kkfo", "skole", "afloeser", G.KONSTITUERET),
    "D26: the leader before one acting": Sag(konstitueret("kkfo"), "kkfo", "skole", "paedagogiskleder", G.LEDER),
    # --- vacant, decisions 2 and 3 ---
    "case 35: KKFO": Sag(ledig("kkfo"), "kkfo", "skole", "skoleleder", G.SKOLELEDER_FOR_KKFO),
    "case 35: the last day of the leader": Sag(
        ledig("kkfo", DAGEN_EFTER), "kkfo", "skole", "paedagogiskleder", G.LEDER
    ),
    "case 35: and the day after": Sag(
        ledig("kkfo", DAGEN_EFTER), "kkfo", "skole", "skoleleder", G.SKOLELEDER_FOR_KKFO, DAGEN_EFTER
    ),
    "decision 9: the skoleleder's deputy": Sag(
        begge(ledig("kkfo"), stedfortraeder("skole")), "kkfo", "skole", "afloeser", G.SKOLELEDER_FOR_KKFO
    ),
    "KKFO without skoleleder": Sag(
        begge(ledig("kkfo"), ledig("skole"), i_klynge), "kkfo", "skole", "klyngeleder", G.KLYNGELEDER
    ),
    "KKFO without anybody": Sag(begge(ledig("kkfo"), ledig("skole")), "kkfo", "skole", INGEN, G.UBESAT),
    "decision 3: klynge": Sag(ledig("center"), "center", "skole", "klyngeleder", G.KLYNGELEDER),
    "decision 3: not after the klynge": Sag(
        begge(ledig("center"), forlader("center", "klynge")), "center", "skole", INGEN, G.UBESAT
    ),
    "decision 3: klynge vacant": Sag(begge(ledig("center"), ledig("klynge")), "center", "skole", INGEN, G.UBESAT),
    "decision 3: never netværk": Sag(intet, "klub", "tredje", INGEN, G.UBESAT),
    "never the skoleleder of a klub": Sag(
        lambda v: rolle(v.anden, Rolle.SKOLELEDER, v.tredje), "klub", "tredje", INGEN, G.UBESAT
    ),
    "S57: leader's account closed": Sag(lukker_konto("centerleder"), "center", "skole", "klyngeleder", G.KLYNGELEDER),
    "D32: last day of an account": Sag(
        konto_udloeber("paedagogiskleder", DAGEN_EFTER), "kkfo", "skole", "paedagogiskleder", G.LEDER
    ),
    "D32: the day it expires": Sag(
        konto_udloeber("paedagogiskleder", I_DAG), "kkfo", "skole", "skoleleder", G.SKOLELEDER_FOR_KKFO
    ),
    # --- not attached, D27 ---
    "D27: another school": Sag(intet, "kkfo", "naboskole", INGEN, G.IKKE_TILKNYTTET),
    "D27: left": Sag(forlader("center", "skole"), "center", "skole", INGEN, G.IKKE_TILKNYTTET),
    "D27: the last day": Sag(forlader("center", "skole", DAGEN_EFTER), "center", "skole", "centerleder", G.LEDER),
    "S54: left with a delegation": Sag(
        begge(delegeret(), forlader("center", "skole")), "center", "skole", INGEN, G.IKKE_TILKNYTTET
    ),
    "case 28: closed": Sag(lukker("kkfo"), "kkfo", "skole", INGEN, G.IKKE_TILKNYTTET),
    "case 28: before it closed": Sag(lukker("kkfo"), "kkfo", "skole", "paedagogiskleder", G.LEDER, DAGEN_FOER),
    "case 42: private school": Sag(bliver_privat, "kkfo", "skole", INGEN, G.IKKE_TILKNYTTET),
    "before there was a unit": Sag(intet, "kkfo", "skole", INGEN, G.IKKE_TILKNYTTET, FRA - timedelta(days=1)),
}


@pytest.mark.parametrize("navn", TABEL)
def test_decision_table(v, navn):
    sag = TABEL[navn]
    sag.haendt(v)
    hvem = Enhed.objects.get(pk=getattr(v, sag.enhed).pk)
    svar = repraesentant_for(hvem, byg.forum(getattr(v, sag.sted), sag.art), sag.dag)
    ventet = (getattr(v, sag.hvem, None), sag.grund, tuple(getattr(v, en) for en in sag.desuden))
    assert (svar.person, svar.grund, svar.desuden) == ventet
    assert svar.mangler == (sag.grund == G.UBESAT)
    assert svar.saetning.endswith(".")
    assert all(en.navn in svar.saetning for en in svar.personer)
    assert hvem.navn in svar.saetning
    assert svar.kort


def test_the_table_is_long_enough_and_meets_every_ground():
    assert len(TABEL) >= 20
    assert {sag.grund for sag in TABEL.values()} == set(Grund)


# --- in words --------------------------------------------------------------------------------------------------------
SAETNINGER = {
    "S32: leader": "Pia Dahl er fast deltager for KKFO Lindely som pædagogisk leder.",
    "S34: RC": (
        "Tove Krog deltager fast for Fritidscenter Havnen, fordi Carl Havn har uddelegeret deltagelsen på Lindeskolen "
        "fra 1. august 2020."
    ),
    "S34: last day": (
        "Tove Krog deltager fast for Fritidscenter Havnen, fordi Carl Havn har uddelegeret deltagelsen på Lindeskolen "
        "i perioden 1. august 2020 til og med 1. oktober 2026."
    ),
    "S34: several": (
        "Tove Krog deltager fast for Fritidscenter Havnen, fordi Carl Havn har uddelegeret deltagelsen på Lindeskolen "
        "fra 1. august 2020, og Bo Friis deltager også."
    ),
    "decision 4: deputy": (
        "Ane Winther deltager for KKFO Lindely i leders fravær som stedfortræder for Pia Dahl til og med "
        "31. oktober 2026."
    ),
    "D26: acting": "Ane Winther er fast deltager for KKFO Lindely som konstitueret pædagogisk leder.",
    "case 35: KKFO": (
        "Sanne Lund, skoleleder på Lindeskolen, deltager for KKFO Lindely, fordi posten som pædagogisk leder ikke er "
        "besat."
    ),
    "decision 3: klynge": (
        "Kaj Nordby, klyngeleder i Klynge Nord, deltager på vegne af Fritidscenter Havnen, fordi posten som "
        "centerleder ikke er besat."
    ),
    "KKFO without anybody": (
        "Ingen deltager for KKFO Lindely, fordi posten som pædagogisk leder ikke er besat: forvaltningen skal "
        "registrere en konstitueret leder."
    ),
    "decision 3: never netværk": (
        "Ingen deltager for Klubben Ask, fordi posten som institutionsleder ikke er besat: bestyrelsen skal udpege en "
        "konstitueret leder, som forvaltningen registrerer."
    ),
    "D27: another school": "KKFO Lindely er ikke tilknyttet Egeskolen torsdag den 1. oktober 2026.",
}


@pytest.mark.parametrize("navn", SAETNINGER)
def test_the_sentence(v, navn):
    sag = TABEL[navn]
    sag.haendt(v)
    svar = repraesentant_for(getattr(v, sag.enhed), byg.forum(getattr(v, sag.sted), sag.art), sag.dag)
    assert svar.saetning == SAETNINGER[navn]


# --- what it costs ---------------------------------------------------------------------------------------------------
def antal(goer):
    with CaptureQueriesContext(connection) as kald:
        svar = goer()
    return len(kald), svar


def test_a_whole_year_of_a_centre_with_five_schools_costs_three_queries(v):
    skoler = [v.skole, v.naboskole, *(byg.ny_skole(f"Skole {nummer}", center=v.center) for nummer in range(3))]
    for skole in skoler[:3]:
        byg.delegation(v.center, skole, v.teamkoordinator, fra=I_DAG, til=date(2027, 2, 1))
    fora = [byg.forum(skole) for skole in skoler]
    dage = [I_DAG + timedelta(weeks=uge) for uge in range(52)]

    def aaret():
        alle = Repraesentanter([v.center])
        return [alle.svar(v.center, forum, dag) for forum in fora for dag in dage]

    foresporgsler, svar = antal(aaret)
    assert foresporgsler == 3
    assert len(svar) == 260
    assert Counter(en.grund for en in svar) == {G.DELEGERET: 54, G.LEDER: 206}


def test_everybody_at_a_forum_costs_three_queries_however_many_they_are(v):
    delegeret()(v)
    rc = byg.forum(v.skole)
    foresporgsler, faste = antal(lambda: faste_deltagere(rc, I_DAG))
    assert foresporgsler == 3
    assert [(enhed, svar.person) for enhed, svar in faste] == [
        (v.center, v.teamkoordinator),
        (v.kkfo, v.paedagogiskleder),
    ]
    for nummer in range(8):
        ny = enhed(f"Center {nummer}", Art.FRITIDSCENTER, til=[v.skole, v.tredje])
        rolle(person(f"Leder {nummer}"), Rolle.FRITIDSLEDER, ny)
        byg.delegation(ny, v.skole, person(f"Ansat {nummer}"))
    foresporgsler, faste = antal(lambda: faste_deltagere(rc, I_DAG))
    assert (foresporgsler, len(faste)) == (3, 10)


def test_s32_a_unit_without_anybody_is_easy_to_see(v):
    ledig("kkfo")(v)
    ledig("skole")(v)
    faste = faste_deltagere(byg.forum(v.skole), I_DAG)
    assert [enhed for enhed, svar in faste if svar.mangler] == [v.kkfo]


def test_the_members_of_a_team_are_all_its_units_and_nobody_who_has_left(v):
    team = byg.forum(v.klynge)
    assert [enhed for enhed, _ in faste_deltagere(team, I_DAG)] == [v.boernehus, v.center]
    byg.forlad(v.center, v.klynge)
    assert [enhed for enhed, _ in faste_deltagere(team, I_DAG)] == [v.boernehus]
    assert [enhed for enhed, _ in faste_deltagere(team, DAGEN_FOER)] == [v.boernehus, v.center]


def test_a_unit_that_becomes_private_is_still_represented(v):
    """A private fritid unit may stand beside the one of S25, attached by its link alone."""
    ret_enhed(enhed=v.kkfo, af=None, er_kkfo=False, ejerform="privat")
    kkfo = Enhed.objects.get(pk=v.kkfo.pk)
    assert repraesentant_for(kkfo, byg.forum(v.skole), I_DAG).person == v.paedagogiskleder
    byg.uden_leder(kkfo)
    assert repraesentant_for(kkfo, byg.forum(v.skole), I_DAG).grund == G.UBESAT
