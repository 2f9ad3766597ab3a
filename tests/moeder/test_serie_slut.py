"""S43: the end of a series is changed: sooner leaves meetings out, later makes new ones, at most to 31 July."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder.actions import ret_serie, vaelg_repraesentant
from moeder.actions.faste import opdater_repraesentanter
from moeder.models import Moede, Serie
from moeder.rytme import Rytme, dage, naeste_i_takten
from moeder.states import MED, Tilstand
from samarbejde import tid
from samarbejde.kalender import glem_ferier
from samarbejde.models import Besked, Haendelse
from samarbejde.organisation import opret_ferie
from samarbejde.permissions import IkkeTilladtError, Rolle
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import anmod, punkt
from tests.moeder.test_serie import opret
from tests.moeder.test_serie_sider import FELTER, logget_ind, skjulte, tekst, valgte
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db
NU = datetime(2026, 11, 26, 9, tzinfo=UTC)
RYTME = Rytme("hver_2", "tirsdag", date(2027, 1, 5), date(2027, 3, 31))
ALLE = [date(2027, 1, 5) + timedelta(days=14 * n) for n in range(7)]


@pytest.fixture(autouse=True)
def _uret():
    with tid.frys(NU):
        yield


@pytest.fixture
def v():
    v = verden()
    v.rc, v.plc = forum(v.skole), forum(v.skole, Art.PLC)
    opret_ferie(af=None, navn="påskeferie", fra=date(2027, 4, 12), til_og_med=date(2027, 4, 16))
    glem_ferier()
    return v


@pytest.fixture
def serie(v):
    return opret(v.rc, v.skoleleder, rytme=RYTME)


def slut(serie, til_og_med, af, fra=date(2027, 1, 5), valgt=None, **felter):
    rytme = Rytme("hver_2", "tirsdag", fra, til_og_med)
    valgt = tuple(en.dag for en in dage(rytme, ())) if valgt is None else valgt
    nu = {felt: getattr(serie, felt) for felt in ("begynder", "minutter", "sted", "link", "version")}
    return ret_serie(serie=serie, rytme=rytme, dage=valgt, af=af, **{**nu, **felter})


def datoer(serie, *tilstande):
    moeder = serie.moeder.filter(tilstand__in=tilstande or [Tilstand.RESERVERET])
    return [moede.dag for moede in moeder.order_by("begynder")]


# --- sooner ------------------------------------------------------------------------------------------------------
def test_a_sooner_end_cancels_the_reservations_after_it_and_deletes_none(v, serie):
    slut(serie, date(2027, 2, 20), v.koordinator)
    assert (datoer(serie), datoer(serie, Tilstand.AFLYST)) == (ALLE[:4], ALLE[4:])
    grunde = set(serie.moeder.filter(tilstand=Tilstand.AFLYST).values_list("aflyst_grund", flat=True))
    assert grunde == {"Møderækken slutter nu 20. februar 2027."}
    assert Serie.objects.get().til_og_med == date(2027, 2, 20)
    saetning = Haendelse.objects.get(navn="ret_serie", objekt_art="serie").saetning
    assert saetning.endswith("Den slutter nu 20. februar 2027 og ikke 31. marts 2027.")


def test_a_called_meeting_after_the_new_end_is_left_alone(v, serie):
    indkaldt = serie.moeder.get(serie_dag=ALLE[5])
    Moede.objects.filter(pk=indkaldt.pk).update(tilstand=Tilstand.INDKALDT, indkaldt_den=NU, formaal=["sparring"])
    foer = Moede.objects.filter(pk=indkaldt.pk).values().get()
    slut(serie, date(2027, 2, 20), v.skoleleder)
    assert Moede.objects.filter(pk=indkaldt.pk).values().get() == foer
    assert datoer(serie, Tilstand.AFLYST) == [ALLE[4], ALLE[6]]


def test_s39_one_with_open_requests_or_items_is_never_cancelled_by_a_sooner_end(v, serie):
    """A meeting with open requests cannot be cancelled unless each is moved: so the series leaves it and says so."""
    med_anmodning, med_punkt = (serie.moeder.get(serie_dag=dag) for dag in ALLE[4:6])
    anmodning = anmod(v.rc, v.medarbejder, v.kkfo, tilstand="planlagt", moede=med_anmodning)
    punkt(med_punkt, "Overgange")
    slut(serie, date(2027, 2, 20), v.skoleleder)
    assert (datoer(serie), datoer(serie, Tilstand.AFLYST)) == (ALLE[:6], ALLE[6:])
    anmodning.refresh_from_db()
    assert (anmodning.tilstand, anmodning.moede) == ("planlagt", med_anmodning)


def test_a_series_can_end_before_its_next_meeting(v, serie):
    slut(serie, date(2027, 1, 3), v.skoleleder, fra=date(2026, 12, 30), valgt=())
    assert (datoer(serie), datoer(serie, Tilstand.AFLYST)) == ([], ALLE)


def test_a_page_without_a_tick_is_not_an_end(v, serie):
    with pytest.raises(ValidationError, match="Vælg mindst én dato"):
        slut(serie, date(2027, 2, 20), v.skoleleder, valgt=())
    assert datoer(serie) == ALLE


# --- later -------------------------------------------------------------------------------------------------------
def test_a_later_end_makes_reservations_with_participants_in_the_beat_it_has(v, serie):
    slut(serie, date(2027, 5, 12), v.skoleleder)
    nye = [date(2027, 4, 13), date(2027, 4, 27), date(2027, 5, 11)]
    assert datoer(serie) == [*ALLE, *nye]
    for moede in serie.moeder.filter(serie_dag__in=nye):
        assert moede.deltagere.filter(person=v.paedagogiskleder).exists()
        assert (tid.lokal(moede.begynder).time(), moede.sted) == (time(8, 30), "Lokale 12")


def test_and_sooner_again_and_later_again(v, serie):
    for til_og_med, staar in ((date(2027, 2, 20), ALLE[:4]), (date(2027, 3, 31), ALLE), (date(2027, 1, 20), ALLE[:2])):
        serie = slut(serie, til_og_med, v.skoleleder)
        assert datoer(serie) == staar


@pytest.mark.parametrize(
    ("til_og_med", "saetning"),
    [(date(2027, 8, 1), "2026/27 slutter 31. juli 2027"), (date(2026, 12, 1), "Slutdatoen ligger før startdatoen")],
)
def test_it_never_goes_beyond_31_july_nor_ends_before_it_begins(v, serie, til_og_med, saetning):
    with pytest.raises(ValidationError) as fejl:
        slut(serie, til_og_med, v.skoleleder, valgt=tuple(ALLE))
    assert saetning in " ".join(fejl.value.message_dict["til_og_med"])
    assert (datoer(serie), Serie.objects.get().til_og_med) == (ALLE, RYTME.til_og_med)


# --- who, and twice ----------------------------------------------------------------------------------------------
def test_only_those_who_call_to_its_meetings_end_a_series(v, serie):
    for hvem in (v.naboskoleleder, v.paedagogiskleder, v.medarbejder, v.udenfor):
        with pytest.raises(IkkeTilladtError):
            slut(serie, date(2027, 2, 20), hvem)
    assert datoer(serie) == ALLE


def test_the_same_press_twice_is_one_change_and_an_old_page_is_refused(v, serie):
    slut(serie, date(2027, 2, 20), v.skoleleder)
    foer = (Besked.objects.count(), Haendelse.objects.count())
    slut(serie, date(2027, 2, 20), v.skoleleder)
    with pytest.raises(ValidationError, match="En anden har rettet møderækken"):
        slut(serie, date(2027, 5, 12), v.koordinator)
    assert (Besked.objects.count(), Haendelse.objects.count()) == foer


# --- the pages ---------------------------------------------------------------------------------------------------
def felter(serie, **andre):
    return {**FELTER, "uden_uger": "", "fra": "2027-01-05", "version": str(serie.version), **andre}


def test_the_preview_says_what_ends_what_stays_and_nothing_happens_yet(v, serie):
    serie.moeder.filter(serie_dag=ALLE[6]).update(tilstand=Tilstand.INDKALDT, indkaldt_den=NU)
    punkt(serie.moeder.get(serie_dag=ALLE[5]), "Overgange")
    sanne, sted = logget_ind(v.skoleleder), reverse("ret_serie", args=[serie.pk])
    side = sanne.post(sted, felter(serie, til_og_med="2027-02-20"))
    for ord_ in (
        "Møderækken slutter lørdag den 20. februar 2027 og ikke onsdag den 31. marts 2027.",
        "Tirsdag den 2. marts 2027 aflyses, fordi rækken slutter før.",
        "Tirsdag den 30. marts 2027 : Der er indkaldt til mødet.",
        "Tirsdag den 16. marts 2027 : Der venter punkter eller anmodninger på mødet.",
        "2 af dem ligger efter rækkens nye slutdato.",
    ):
        assert ord_ in tekst(side)
    assert datoer(serie) == ALLE[:6]
    svar = sanne.post(sted, {**skjulte(side), "dage": valgte(side), "opret": "1"})
    assert svar["Location"] == serie.get_absolute_url()
    assert datoer(serie) == [*ALLE[:4], ALLE[5]]
    assert "til og med lørdag den 20. februar 2027" in tekst(sanne.get(serie.get_absolute_url()))


def test_the_preview_of_a_later_end_shows_what_is_skipped_and_why(v, serie):
    sanne, sted = logget_ind(v.skoleleder), reverse("ret_serie", args=[serie.pk])
    side = sanne.post(sted, felter(serie, til_og_med="2027-05-12"))
    assert "tirsdag den 13. april 2027, uge 15 Springes over påskeferie." in tekst(side)
    assert "Tirsdag den 27. april 2027 oprettes." in tekst(side)
    sanne.post(sted, {**skjulte(side), "dage": valgte(side), "opret": "1"})
    assert datoer(serie) == [*ALLE, date(2027, 4, 27), date(2027, 5, 11)]


def test_a_faulty_end_is_said_at_its_field(v, serie):
    sanne, sted = logget_ind(v.skoleleder), reverse("ret_serie", args=[serie.pk])
    for til_og_med, saetning in (("2027-08-01", "slutter 31. juli 2027"), ("", "Vælg en dato."), ("2020-01-01", "før")):
        side = sanne.post(sted, felter(serie, til_og_med=til_og_med))
        assert saetning in " ".join(side.context["form"].errors["til_og_med"])


def test_the_form_proposes_the_next_day_in_the_beat_so_that_an_end_alone_moves_nothing(v, serie):
    with tid.frys(datetime(2027, 1, 6, 9, tzinfo=UTC)):
        sanne, sted = logget_ind(v.skoleleder), reverse("ret_serie", args=[serie.pk])
        nu = sanne.get(sted).context["form"].initial
        assert (nu["fra"], nu["til_og_med"]) == (date(2027, 1, 19), date(2027, 3, 31))
        slut(serie, date(2027, 2, 20), v.skoleleder, fra=nu["fra"])
    assert datoer(serie) == ALLE[:4]


def test_a_series_that_has_ended_can_go_on_until_its_school_year_is_over(v, serie):
    side = serie.get_absolute_url()
    for dag, kan in ((date(2027, 4, 1), True), (date(2027, 8, 2), False)):
        with tid.frys(datetime(dag.year, dag.month, dag.day, 9, tzinfo=UTC)):
            assert ("Ret resten af møderækken" in tekst(logget_ind(v.skoleleder).get(side))) is kan
    assert naeste_i_takten(RYTME, date(2027, 4, 1)) == date(2027, 4, 13)


# --- who takes part after a move ---------------------------------------------------------------------------------
ONSDAGE = tuple(dag + timedelta(days=1) for dag in ALLE)


def til_onsdag(serie, af):
    rytme = Rytme("hver_2", "onsdag", date(2027, 1, 5), RYTME.til_og_med)
    nu = {felt: getattr(serie, felt) for felt in ("begynder", "minutter", "sted", "link", "version")}
    return ret_serie(serie=serie, rytme=rytme, dage=ONSDAGE, af=af, **nu)


def med_den(serie, dag):
    deltagere = serie.moeder.get(serie_dag=dag).deltagere.filter(tilstand__in=MED)
    return set(deltagere.values_list("person__navn", flat=True))


def test_s54_who_stops_between_the_old_day_and_the_new_one_is_replaced_at_once(v):
    """The last day of Pia is a Tuesday, and the meeting moves to the Wednesday: Nora leads the KKFO then (S32)."""
    onsdag = date(2027, 2, 3)
    rolle(ny := person("Nora Ny"), Rolle.FRITIDSLEDER, v.kkfo, fra=onsdag)
    v.paedagogiskleder.rolletildelinger.update(gyldig_til=onsdag)
    serie = opret(v.rc, v.skoleleder, rytme=RYTME)
    assert v.paedagogiskleder.navn in med_den(serie, ALLE[2])
    assert ny.navn not in med_den(serie, ALLE[2])
    Besked.objects.all().delete()
    til_onsdag(serie, v.skoleleder)
    assert ny.navn in med_den(serie, ONSDAGE[2])
    assert v.paedagogiskleder.navn not in med_den(serie, ONSDAGE[2])
    assert v.paedagogiskleder.navn in med_den(serie, ONSDAGE[1])
    assert opdater_repraesentanter(NU) == 0, "the hourly routine finds nothing left to do"
    assert sorted(Besked.objects.values_list("til__navn", flat=True)) == sorted(
        ["Carl Havn", "Kirsten Ravn", "Nora Ny", "Pia Dahl"]
    )


def test_decision_20_a_named_representative_goes_with_the_meeting_and_not_with_the_day(v, serie):
    moede = serie.moeder.get(serie_dag=ALLE[2])
    plads = moede.deltagere.get(enhed=v.kkfo)
    vaelg_repraesentant(deltagere=[plads], person=v.medarbejder, af=v.paedagogiskleder)
    til_onsdag(serie, v.skoleleder)
    assert v.medarbejder.navn in med_den(serie, ONSDAGE[2])
    assert v.paedagogiskleder.navn not in med_den(serie, ONSDAGE[2])
    assert v.medarbejder.navn not in med_den(serie, ONSDAGE[3])


def test_the_lists_of_a_years_moved_meetings_are_looked_at_in_as_many_queries_as_of_two(v):
    antal = []
    for fra, hvor in ((date(2027, 3, 1), v.rc), (date(2026, 12, 1), v.plc)):
        en = opret(hvor, v.skoleleder, rytme=Rytme("uge", "tirsdag", fra, date(2027, 3, 31)))
        with CaptureQueriesContext(connection) as kald:
            ret_serie(
                serie=en,
                rytme=Rytme("uge", "onsdag", fra, date(2027, 3, 31)),
                dage=tuple(moede.dag + timedelta(days=1) for moede in en.moeder.all()),
                begynder=time(13),
                minutter=60,
                sted="",
                link="",
                version=1,
                af=v.skoleleder,
            )
        antal.append(len([k for k in kald if k["sql"].startswith("SELECT") and "_besked" not in k["sql"]]))
    assert antal == [12, 12]
