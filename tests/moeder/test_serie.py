"""S43, D17, decision 18: a school year of reservations in one go, and changing the rest of it. Cases 30, 31 and 31a."""

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from moeder.actions import aflys_moede, flyt_moede, opret_serie, opret_serier, ret_serie
from moeder.actions.serie import Serieoenske
from moeder.models import Deltager, Moede, Serie
from moeder.rytme import Rytme, dage
from moeder.states import Tilstand
from ressourcecenter.models import Forbereder
from samarbejde import tid
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.posttid import Levering
from samarbejde.roller import husk_roller, slut_med_roller
from tests.fabrik import FRA, person, rolle, verden
from tests.moeder.byg import anmod, punkt
from tests.ressourcecenter.byg import Art, forum, ny_skole
from tests.samtidigt import fordel, samtidig

NU = datetime(2026, 11, 26, 9, tzinfo=UTC)
DAG = timedelta(days=1)
TIRSDAGE = Rytme("hver_2", "tirsdag", date(2026, 12, 1), date(2027, 3, 31))


@pytest.fixture(autouse=True)
def _uret():
    with tid.frys(NU):
        yield


@pytest.fixture
def v(db):
    v = verden()
    v.rc, v.plc = forum(v.skole), forum(v.skole, Art.PLC)
    return v


def oenske(hvor, rytme=TIRSDAGE, **felter):
    felter = {"begynder": time(8, 30), "minutter": 90, "sted": "Lokale 12", **felter}
    if "dage" not in felter:
        felter["dage"] = tuple(dag.dag for dag in dage(rytme, ()))
    return {"forum": hvor, "rytme": rytme, **felter}


def opret(hvor, af, **felter):
    return opret_serie(af=af, **oenske(hvor, **felter))


def ret(serie, af, rytme, **felter):
    """From `rytme.fra` on, to every day of it that a new series would have."""
    valgt = felter.pop("dage", None) or tuple(dag.dag for dag in dage(rytme, ()))
    nu = {felt: getattr(serie, felt) for felt in ("begynder", "minutter", "sted", "link", "version")}
    return ret_serie(serie=serie, rytme=rytme, dage=valgt, af=af, **{**nu, **felter})


def datoer(serie, *tilstande):
    moeder = Moede.objects.filter(serie=serie, tilstand__in=tilstande or [Tilstand.RESERVERET])
    return [moede.dag for moede in moeder.order_by("begynder")]


# --- making one --------------------------------------------------------------------------------------------------
def test_decision_18_a_series_is_reservations_with_place_and_nothing_called(v):
    serie = opret(v.rc, v.skoleleder, link="https://moede.example/rc")
    moeder = list(serie.moeder.order_by("begynder"))
    assert [moede.dag for moede in moeder] == [date(2026, 12, 1) + 14 * n * DAG for n in range(9)]
    assert {(m.tilstand, m.indkaldt_den, m.sted, m.link, m.minutter) for m in moeder} == {
        (Tilstand.RESERVERET, None, "Lokale 12", "https://moede.example/rc", 90)
    }
    assert {m.serie_dag for m in moeder} == {m.dag for m in moeder}
    assert len({m.uid for m in moeder}) == len({m.kode for m in moeder}) == 9
    assert (serie.skoleaar, serie.rytme) == (2026, TIRSDAGE)


def test_case_31_the_clock_on_the_wall_says_half_past_eight_on_both_sides_of_summer_time(v):
    serie = opret(v.rc, v.skoleleder, rytme=Rytme("uge", "tirsdag", date(2027, 3, 23), date(2027, 4, 6)))
    begynder = [moede.begynder for moede in serie.moeder.order_by("begynder")]
    assert [tid.lokal(fra).time() for fra in begynder] == [time(8, 30)] * 3
    assert [fra.astimezone(UTC).hour for fra in begynder] == [7, 6, 6]


def test_d17_the_fixed_participants_are_invited_at_once_by_who_takes_part_that_day(v):
    """S32, S54: a leader who stops in January stands on no meeting after that."""
    ny = person("Nora Ny")
    rolle(ny, Rolle.FRITIDSLEDER, v.kkfo, fra=date(2027, 2, 1))
    tildeling = v.paedagogiskleder.rolletildelinger.get()
    tildeling.gyldig_til = date(2027, 2, 1)
    tildeling.save()
    serie = opret(v.rc, v.skoleleder)
    for moede in serie.moeder.all():
        med = set(moede.deltagere.values_list("person__navn", flat=True))
        assert {"Sanne Lund", "Kirsten Ravn", "Carl Havn"} <= med
        assert ("Pia Dahl" in med, "Nora Ny" in med) == (moede.dag < date(2027, 2, 1), moede.dag >= date(2027, 2, 1))
    assert not Deltager.objects.filter(indkaldt_den__isnull=False).exists()


def test_d37_one_mail_a_person_for_the_whole_series_gathered_and_without_a_calendar_part(v):
    serie = opret(v.rc, v.skoleleder)
    post = Besked.objects.all()
    assert sorted(post.values_list("til__navn", flat=True)) == ["Carl Havn", "Kirsten Ravn", "Pia Dahl"]
    for mail in post:
        assert (mail.levering, mail.kalender, mail.metode) == (Levering.SAMLET, "", "")
        assert mail.adresse == serie.get_absolute_url()
        assert mail.emne == "Møder i skoleåret 2026/27 er reserveret"
        assert "Møder i Ressourcecentret, Lindeskolen: 9 møder" in mail.tekst


def test_the_trail_has_the_series_under_its_forum_and_each_meeting_as_its_own_root(v):
    serie = opret(v.rc, v.skoleleder)
    spor = Haendelse.objects.filter(navn="opret_serie", af=v.skoleleder)
    assert spor.filter(rod_art="forum", rod_id=v.rc.pk, objekt_art="serie", objekt_id=serie.pk).count() == 1
    assert spor.filter(rod_art="moede").count() == 9


def test_the_same_form_twice_is_one_series(v):
    noegle = uuid4()
    foerste = opret(v.rc, v.skoleleder, noegle=noegle)
    foer = (Moede.objects.count(), Besked.objects.count(), Haendelse.objects.count())
    assert opret(v.rc, v.skoleleder, noegle=noegle) == foerste
    assert (Moede.objects.count(), Besked.objects.count(), Haendelse.objects.count()) == foer


def test_the_same_form_with_something_else_in_it_is_refused_and_not_swallowed(v):
    noegle = uuid4()
    opret(v.rc, v.skoleleder, noegle=noegle)
    with pytest.raises(ValidationError, match="allerede oprettet"):
        opret(v.rc, v.skoleleder, noegle=noegle, minutter=60)
    assert Serie.objects.count() == 1


def test_two_forms_for_the_same_time_are_refused_as_a_forum_has_one_meeting_at_a_time(v):
    opret(v.rc, v.skoleleder)
    with pytest.raises(ValidationError, match=r"har allerede et møde tirsdag den 1\. december 2026"):
        opret(v.rc, v.skoleleder)
    assert Serie.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_double_click_at_the_same_instant_makes_one_series():
    v = verden()
    hvor, noegle = forum(v.skole), uuid4()

    def tryk():
        with tid.frys(NU):
            return opret(hvor, v.skoleleder, noegle=noegle)

    lykkedes, afvist = fordel(samtidig(tryk, tryk, tryk), ValidationError)
    assert {serie.pk for serie in lykkedes} == {Serie.objects.get().pk}
    assert afvist == []
    assert Moede.objects.count() == 9
    assert Besked.objects.count() == 3


# --- who may -----------------------------------------------------------------------------------------------------
def test_s36_only_those_who_lead_the_forum_make_a_series(v):
    for hvem in (v.naboskoleleder, v.paedagogiskleder, v.medarbejder, v.udenfor, v.administrator, v.klyngeleder):
        with pytest.raises(IkkeTilladtError):
            opret(v.rc, hvem)
    assert not Serie.objects.exists()
    opret(v.rc, v.koordinator)
    opret(forum(v.klynge), v.klyngeleder)


def test_case_31a_s60_a_joint_series_takes_the_right_in_both_forums(v):
    rita = person("Rita Rc")
    rolle(rita, Rolle.MEDARBEJDER, v.kkfo)
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    with pytest.raises(IkkeTilladtError):
        opret(v.rc, rita, med=v.plc)
    opret(v.rc, rita)
    faelles = opret(v.rc, v.koordinator, med=v.plc, begynder=time(13))
    assert set(faelles.moeder.values_list("medforum", flat=True)) == {v.plc.pk}
    assert not Deltager.objects.filter(moede__serie=faelles, person=rita).exists()


def test_s60_a_forum_is_never_held_with_another_schools(v):
    nabo = forum(v.naboskole, Art.PLC)
    rolle(v.skoleleder, Rolle.SKOLELEDER, v.naboskole)
    for hvor, sammen in ((v.rc, nabo), (v.plc, v.rc), (v.rc, v.rc)):
        with pytest.raises(ValidationError, match="holde møder sammen"):
            opret(hvor, v.skoleleder, med=sammen)


def test_decision_10_whoever_only_prepares_reserves_a_year_and_sends_moves_and_cancels_nothing(v):
    sekretaer = person("Signe Skriver")
    rolle(sekretaer, Rolle.MEDARBEJDER, v.skole)
    Forbereder.objects.create(skole=v.skole, person=sekretaer, navngivet_af=v.skoleleder, gyldig_fra=FRA)
    serie = opret(v.rc, sekretaer)
    assert serie.moeder.count() == 9
    assert not Besked.objects.exists()
    with pytest.raises(IkkeTilladtError):
        ret(serie, sekretaer, Rytme("hver_2", "tirsdag", date(2027, 1, 12), date(2027, 3, 31)), minutter=60)


# --- bad input ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("felter", "saetning"),
    [
        ({"dage": ()}, "Vælg mindst én dato"),
        ({"dage": (date(2026, 11, 24),)}, "er passeret"),
        ({"dage": (date(2026, 11, 26),)}, "er passeret"),
        ({"dage": (date(2027, 8, 3),)}, "uden for skoleåret 2026/27"),
        ({"dage": tuple(date(2026, 12, 1) + n * DAG for n in range(200))}, "højst have 60"),
        ({"dage": (date(2026, 12, 1),) * 2}, "hver kun én gang"),
        ({"minutter": 0}, "slutte, efter"),
        ({"minutter": -30}, "slutte, efter"),
        ({"begynder": time(23), "minutter": 60}, "efter midnat"),
        ({"rytme": Rytme("uge", "tirsdag", date(2027, 1, 1), date(2026, 12, 1)), "dage": ()}, "før startdatoen"),
        ({"rytme": Rytme("uge", "tirsdag", date(2027, 5, 1), date(2027, 9, 1)), "dage": ()}, "ét skoleår"),
        ({"rytme": Rytme("uge", "mandag", date(9998, 9, 1), date(9998, 9, 9)), "dage": ()}, "frem til 31. juli 2028"),
    ],
)
def test_bad_input_is_refused_in_danish_and_makes_nothing(v, felter, saetning):
    with pytest.raises(ValidationError) as fejl:
        opret(v.rc, v.skoleleder, **felter)
    assert saetning in " ".join(fejl.value.messages)
    assert not Serie.objects.exists()
    assert not Moede.objects.exists()


def test_case_30_a_meeting_in_a_holiday_is_no_fault(v):
    opret(v.rc, v.skoleleder, dage=(date(2026, 12, 25), date(2027, 2, 16)))
    assert Moede.objects.count() == 2


# --- many at once ------------------------------------------------------------------------------------------------
def ti_fora(v):
    """Ten schools with the same coordinator-leader, and one centre with a delegate-free leader in all of them."""
    skoler = [ny_skole(f"Skole {nummer}", center=v.center) for nummer in range(10)]
    for skole in skoler:
        rolle(v.skoleleder, Rolle.SKOLELEDER, skole)
    return [forum(skole) for skole in skoler]


def mange(fora, klokken=7):
    """Every week of the rest of the year, in one forum after the other on the same day."""
    aaret = Rytme("uge", "torsdag", date(2026, 11, 27), date(2027, 7, 31))
    return [
        Serieoenske(**oenske(hvor, aaret, begynder=time(klokken + nummer // 5, nummer % 5 * 10), minutter=45))
        for nummer, hvor in enumerate(fora)
    ]


def test_ten_forums_in_one_request_ask_as_much_as_one(v):
    fora = ti_fora(v)
    antal = {}
    for hvor_mange in (1, 10):
        husk_roller()
        with CaptureQueriesContext(connection) as kald:
            opret_serier(oensker=mange(fora[:hvor_mange], klokken=21 if hvor_mange == 1 else 7), af=v.skoleleder)
        slut_med_roller()
        spurgt = [et["sql"] for et in kald if "besked" not in et["sql"] and "SELECT" in et["sql"][:120]]
        antal[hvor_mange] = len([sql for sql in spurgt if not sql.startswith("INSERT")])
    assert antal == {1: 14, 10: 13}  # the holder of the roles was read before the second
    assert Serie.objects.count() == 11


def test_a_years_series_for_ten_forums_is_made_in_under_two_seconds(v):
    """The issue's goal for speed, on the database the tests run on; best of three, as the machine has other work."""
    fora, tider, varighed = ti_fora(v), [], 2.0
    for klokken in (7, 9, 11):
        husk_roller()
        begyndt = perf_counter()
        serier = opret_serier(oensker=mange(fora, klokken=klokken), af=v.skoleleder)
        tider.append(perf_counter() - begyndt)
        slut_med_roller()
        if tider[-1] < varighed:
            break
    moeder = Moede.objects.filter(serie__in=serier)
    deltagere = Deltager.objects.filter(moede__in=moeder).count()
    print(f"{connection.vendor}: {moeder.count()} møder og {deltagere} deltagere i ti fora på {min(tider):.2f} s")
    assert moeder.count() == 350
    assert min(tider) < varighed


def test_all_or_none(v):
    fora = ti_fora(v)[:2]
    with pytest.raises(IkkeTilladtError):
        opret_serier(oensker=mange([*fora, forum(v.naboskole)]), af=v.skoleleder)
    assert not Serie.objects.exists()


def test_d37_a_centre_leader_of_ten_forums_gets_one_mail(v):
    opret_serier(oensker=mange(ti_fora(v)), af=v.skoleleder)
    mail = Besked.objects.get(til=v.centerleder)
    assert mail.tekst.count("møder") >= 10
    assert mail.adresse == "/moeder/"


# --- changing the rest -------------------------------------------------------------------------------------------
ONSDAGE = Rytme("hver_2", "onsdag", date(2027, 1, 7), date(2027, 3, 31))
FOER = [date(2026, 12, 1), date(2026, 12, 15), date(2026, 12, 29)]
EFTER = [date(2027, 1, 12), date(2027, 1, 26), date(2027, 2, 9), date(2027, 2, 23), date(2027, 3, 9), date(2027, 3, 23)]


def test_s43_another_weekday_from_january_moves_each_meeting_within_its_week(v):
    serie = opret(v.rc, v.skoleleder)
    koder = dict(serie.moeder.values_list("serie_dag", "kode"))
    onsdage = tuple(dag + DAG for dag in EFTER)
    rettet = ret(serie, v.koordinator, ONSDAGE, dage=onsdage, begynder=time(13), minutter=60)
    assert datoer(serie) == [*FOER, *onsdage]
    for dag in EFTER:
        moede = Moede.objects.get(kode=koder[dag])
        assert (moede.dag, moede.serie_dag) == (dag + DAG, dag + DAG)
        assert (tid.lokal(moede.begynder).time(), moede.minutter) == (time(13), 60)
        assert (moede.sekvens, moede.version, moede.flyttet_fra) == (1, 2, None)
    assert (rettet.version, rettet.ugedag) == (2, "onsdag")


def test_s43_what_is_called_held_moved_or_before_the_day_is_untouched(v):
    serie = opret(v.rc, v.skoleleder)
    indkaldt, flyttet, aflyst = (serie.moeder.get(serie_dag=dag) for dag in EFTER[:3])
    holdt = serie.moeder.get(serie_dag=FOER[0])
    Moede.objects.filter(pk=indkaldt.pk).update(tilstand=Tilstand.INDKALDT, indkaldt_den=NU, formaal=["sparring"])
    Moede.objects.filter(pk=holdt.pk).update(tilstand=Tilstand.REFERAT_LUKKET)
    slutter = flyttet.slutter + 2 * DAG
    flyt_moede(moede=flyttet, begynder=flyttet.begynder + 2 * DAG, slutter=slutter, version=1, af=v.skoleleder)
    aflys_moede(moede=aflyst, grund="Ingen punkter", af=v.skoleleder)
    foer = list(Moede.objects.filter(pk__in=[indkaldt.pk, flyttet.pk, aflyst.pk, holdt.pk]).order_by("pk").values())
    ret(serie, v.skoleleder, ONSDAGE, dage=tuple(dag + DAG for dag in EFTER[3:]))
    assert list(Moede.objects.filter(pk__in=[m["id"] for m in foer]).order_by("pk").values()) == foer
    assert set(datoer(serie)) == {*FOER[1:], EFTER[1] + 2 * DAG, *(dag + DAG for dag in EFTER[3:])}


def test_s43_a_slower_rhythm_cancels_what_is_left_over_and_deletes_nothing(v):
    serie = opret(v.rc, v.skoleleder)
    hver_fjerde = tuple(EFTER[::2])
    tirsdage = Rytme("hver_2", "tirsdag", EFTER[0], date(2027, 3, 31))
    ret(serie, v.skoleleder, tirsdage, dage=hver_fjerde)
    assert datoer(serie) == [*FOER, *hver_fjerde]
    aflyste = Moede.objects.filter(serie=serie, tilstand=Tilstand.AFLYST)
    assert {moede.dag for moede in aflyste} == set(EFTER[1::2])
    assert {moede.aflyst_grund for moede in aflyste} == {"Møderækken er ændret fra 12. januar 2027."}
    assert Moede.objects.filter(serie=serie).count() == 9


def test_s43_a_faster_rhythm_makes_new_reservations_with_their_participants(v):
    serie = opret(v.rc, v.skoleleder)
    hver_uge = Rytme("uge", "tirsdag", EFTER[0], date(2027, 3, 31))
    ret(serie, v.skoleleder, hver_uge)
    assert len(datoer(serie)) == 3 + 12
    ny = serie.moeder.get(serie_dag=date(2027, 1, 19))
    assert ny.deltagere.filter(person=v.paedagogiskleder).exists()


def test_and_back_again(v):
    """A cancelled left-over does not stand in the way of its own day."""
    serie = opret(v.rc, v.skoleleder)
    tirsdage = Rytme("hver_2", "tirsdag", EFTER[0], date(2027, 3, 31))
    serie = ret(serie, v.skoleleder, tirsdage, dage=tuple(EFTER[::2]))
    ret(serie, v.skoleleder, tirsdage)
    assert datoer(serie) == [*FOER, *EFTER]


def test_s39_a_left_over_with_items_or_requests_is_kept(v):
    serie = opret(v.rc, v.skoleleder)
    med_punkt, med_anmodning = (serie.moeder.get(serie_dag=dag) for dag in EFTER[1:4:2])
    punkt(med_punkt, "Overgange")
    anmod(v.rc, v.medarbejder, v.kkfo, tilstand="planlagt", moede=med_anmodning)
    ret(serie, v.skoleleder, Rytme("hver_2", "tirsdag", EFTER[0], date(2027, 3, 31)), dage=tuple(EFTER[::2]))
    assert set(EFTER[1:4:2]) < set(datoer(serie))
    assert datoer(serie, Tilstand.AFLYST) == [EFTER[5]]


def test_a_place_of_its_own_stays(v):
    serie = opret(v.rc, v.skoleleder)
    serie.moeder.filter(serie_dag=EFTER[0]).update(sted="Biblioteket")
    ret(serie, v.skoleleder, Rytme("hver_2", "tirsdag", EFTER[0], date(2027, 3, 31)), sted="Lokale 7")
    assert serie.moeder.get(serie_dag=EFTER[0]).sted == "Biblioteket"
    assert serie.moeder.get(serie_dag=EFTER[1]).sted == "Lokale 7"
    assert serie.moeder.get(serie_dag=FOER[1]).sted == "Lokale 12"


def test_a_series_seen_before_somebody_changed_it_is_refused_and_the_same_press_twice_is_not(v):
    serie = opret(v.rc, v.skoleleder)
    tirsdage = Rytme("hver_2", "tirsdag", EFTER[0], date(2027, 3, 31))
    ret(serie, v.skoleleder, tirsdage, minutter=60)
    foer = (Besked.objects.count(), Haendelse.objects.count())
    assert ret(serie, v.skoleleder, tirsdage, minutter=60).version == 2
    with pytest.raises(ValidationError, match="En anden har rettet møderækken"):
        ret(serie, v.koordinator, tirsdage, minutter=45)
    assert (Besked.objects.count(), Haendelse.objects.count()) == foer


def test_one_mail_a_person_says_that_the_rest_is_changed(v):
    serie = opret(v.rc, v.skoleleder)
    Besked.objects.all().delete()
    ret(serie, v.skoleleder, ONSDAGE, dage=tuple(dag + DAG for dag in EFTER))
    assert sorted(Besked.objects.values_list("til__navn", flat=True)) == ["Carl Havn", "Kirsten Ravn", "Pia Dahl"]
    assert set(Besked.objects.values_list("emne", flat=True)) == {"Møder i skoleåret 2026/27 er ændret"}
    assert Haendelse.objects.filter(navn="ret_serie", rod_art="moede").count() == len(EFTER)


def test_the_rest_of_a_series_is_changed_by_those_who_lead_its_forums(v):
    faelles = opret(v.rc, v.skoleleder, med=v.plc)
    rita = person("Rita Rc")
    rolle(rita, Rolle.MEDARBEJDER, v.kkfo)
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    for hvem in (v.naboskoleleder, v.paedagogiskleder, v.udenfor, rita):
        with pytest.raises(IkkeTilladtError):
            ret(faelles, hvem, Rytme("hver_2", "tirsdag", EFTER[0], date(2027, 3, 31)), minutter=60)
    assert Serie.objects.get().version == 1


@pytest.mark.parametrize(
    ("rytme", "felter", "saetning"),
    [
        (Rytme("uge", "tirsdag", date(2027, 8, 10), date(2027, 9, 1)), {}, "gælder skoleåret 2026/27"),
        (ONSDAGE, {"dage": (date(2027, 1, 14),)}, "kan ikke vælges mere"),
        (ONSDAGE, {"begynder": time(23, 30)}, "efter midnat"),
        (Rytme("uge", "tirsdag", date(2026, 11, 1), date(2027, 3, 31)), {"dage": (date(2026, 11, 3),)}, "er passeret"),
    ],
)
def test_bad_changes_are_refused(v, rytme, felter, saetning):
    serie = opret(v.rc, v.skoleleder)
    with pytest.raises(ValidationError) as fejl:
        ret(serie, v.skoleleder, rytme, **felter)
    assert saetning in " ".join(fejl.value.messages)
    assert datoer(serie) == [*FOER, *EFTER]


def test_a_day_whose_meeting_is_called_meanwhile_is_not_taken_twice(v):
    serie = opret(v.rc, v.skoleleder)
    serie.moeder.filter(serie_dag=EFTER[0]).update(tilstand=Tilstand.INDKALDT, indkaldt_den=NU)
    with pytest.raises(ValidationError, match=r"12\. januar 2027 kan ikke vælges mere"):
        ret(serie, v.skoleleder, Rytme("hver_2", "tirsdag", EFTER[0], date(2027, 3, 31)), minutter=60)
