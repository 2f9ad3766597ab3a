"""S43: a year of meetings in several forums at once, for whoever leads several; all of them or none."""

from datetime import UTC, date, datetime, time
from time import perf_counter
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder.models import Deltager, Moede, Serie
from samarbejde import tid
from samarbejde.kalender import glem_ferier
from samarbejde.models import Besked
from samarbejde.organisation import opret_ferie
from samarbejde.permissions import Rolle
from tests.fabrik import Art as Enhedsart
from tests.fabrik import enhed, person, rolle, verden
from tests.moeder.byg import moede
from tests.moeder.test_serie_sider import FELTER, MED, logget_ind, ny, skjulte, tekst
from tests.ressourcecenter.byg import Art, forum, ny_skole

pytestmark = pytest.mark.django_db
TORSDAGE = ["2027-01-07", "2027-01-21", "2027-02-04", "2027-03-04", "2027-03-18"]


@pytest.fixture(autouse=True)
def _uret():
    with tid.frys(datetime(2026, 11, 26, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def v():
    v = verden()
    v.rc, v.plc, v.naborc = forum(v.skole), forum(v.skole, Art.PLC), forum(v.naboskole)
    opret_ferie(af=None, navn="vinterferie", fra=date(2027, 2, 15), til_og_med=date(2027, 2, 19))
    glem_ferier()
    return v


@pytest.fixture
def sanne(v):
    """She leads Egeskolen too."""
    rolle(v.skoleleder, Rolle.SKOLELEDER, v.naboskole)
    return logget_ind(v.skoleleder)


def ogsaa(hvor, ugedag="torsdag", begynder="13:00", sted="Biblioteket"):
    return {
        f"ogsaa_{hvor.pk}": "on",
        f"ugedag_{hvor.pk}": ugedag,
        f"begynder_{hvor.pk}": begynder,
        f"sted_{hvor.pk}": sted,
    }


def datoer(svar, hvor=None):
    felt = f"dage-{hvor.pk}" if hvor else "dage"
    alle = svar.content.decode().split('type="checkbox"')
    return [en.split('value="')[1][:10] for en in alle if f'name="{felt}"' in en and " checked" in en.split(">")[0]]


def opret(klient, hvor, side, *andre, foelg=True):
    dage = {"dage": datoer(side), **{f"dage-{et.pk}": datoer(side, et) for et in andre}}
    return klient.post(ny(hvor), {**skjulte(side), **dage, "opret": "1"}, follow=foelg)


# --- what is offered ---------------------------------------------------------------------------------------------
def test_only_forums_that_one_may_plan_in_are_offered_and_with_one_forum_nothing_is(v, sanne):
    side = tekst(sanne.get(ny(v.rc)))
    assert "Planlæg i flere fora på én gang" in side
    assert side.index("Pædagogisk Læringscenter, Lindeskolen") < side.index("Ressourcecenter, Egeskolen")
    assert "Ressourceteam" not in side
    rita = person("Rita Rc")
    rolle(rita, Rolle.MEDARBEJDER, v.kkfo)
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    assert "flere fora" not in tekst(logget_ind(rita).get(ny(v.rc)))


def test_s36_the_klyngeleder_of_two_klynger_is_offered_the_other_team(v):
    team, anden = forum(v.klynge), forum(enhed("Klynge Syd", Enhedsart.KLYNGE, til=v.omraade))
    assert "flere fora" not in tekst(logget_ind(v.klyngeleder).get(ny(team)))
    rolle(v.klyngeleder, Rolle.KLYNGELEDER, anden.enhed)
    kaj = logget_ind(v.klyngeleder)
    assert list(kaj.get(ny(team)).context["form"].andre.values()) == [anden]
    side = kaj.post(ny(team), {**FELTER, **ogsaa(anden)})
    opret(kaj, team, side, anden)
    assert set(Serie.objects.values_list("forum", flat=True)) == {team.pk, anden.pk}


def test_each_begins_with_what_is_agreed_there(v, sanne):
    form = sanne.get(ny(v.rc)).context["form"]
    regler = v.naborc.regler
    assert form[f"ugedag_{v.naborc.pk}"].value() == regler.ugedag
    assert form[f"begynder_{v.naborc.pk}"].value() == regler.begynder
    assert not form[f"ogsaa_{v.naborc.pk}"].value()


def test_the_name_of_a_unit_is_never_read_as_html_or_as_a_template(v, sanne):
    v.naboskole.navn = "<b>Ege</b> {{ form.errors }}{% now 'Y' %}"
    v.naboskole.save()
    side = sanne.get(ny(v.rc)).content.decode()
    assert "&lt;b&gt;Ege&lt;/b&gt; &#123;&#123; form.errors" in side
    assert "<b>Ege" not in side


# --- the dates of each -------------------------------------------------------------------------------------------
def test_the_dates_of_each_forum_are_shown_with_what_is_skipped_there_and_why(v, sanne):
    moede(v.naborc, af=v.skoleleder, begynder=tid.fra_lokal(date(2027, 1, 7), time(9)))
    side = sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.naborc)})
    assert "Se datoerne for møder i 2 fora" in tekst(side)
    assert "Torsdag hver 2. uge kl. 13.00, Biblioteket." in tekst(side)
    assert datoer(side) == MED
    assert datoer(side, v.naborc) == TORSDAGE[1:]
    assert "torsdag den 7. januar 2027, uge 1 Springes over I har allerede et møde den dag kl. 9.00." in tekst(side)
    assert tekst(side).count("Springes over vinterferie.") == 2
    assert not Serie.objects.exists()


def test_somebody_who_would_be_in_two_of_the_new_meetings_at_once_is_said(v, sanne):
    side = tekst(sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.naborc, "tirsdag", "09:00")}))
    assert side.count("Sanne Lund er optaget kl. 9.00–10.30 af et andet af de møder, du planlægger her.") == len(MED)
    assert side.count("Sanne Lund er optaget kl. 8.30–10.00 af et andet af de møder, du planlægger her.") == len(MED)
    side = tekst(sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.naborc, "tirsdag", "10:00")}))
    assert "du planlægger her" not in side


def test_going_back_to_the_rhythm_keeps_every_forum(v, sanne):
    felter = {**FELTER, **ogsaa(v.naborc)}
    side = sanne.post(ny(v.rc), {**skjulte(sanne.post(ny(v.rc), felter)), "ret": "1"})
    form = side.context["form"]
    assert form.errors == {}
    assert (form[f"ogsaa_{v.naborc.pk}"].value(), form[f"ogsaa_{v.plc.pk}"].value()) == (True, False)
    assert form[f"sted_{v.naborc.pk}"].value() == "Biblioteket"


# --- made at once ------------------------------------------------------------------------------------------------
def test_each_forum_gets_its_own_series_and_those_without_a_tick_get_none(v, sanne):
    side = sanne.post(ny(v.rc), {**FELTER, "link": "https://moede.example/rc", **ogsaa(v.naborc)})
    svar = opret(sanne, v.rc, side, v.naborc)
    assert svar.redirect_chain == [(reverse("moeder"), 302)]
    assert "11 kalenderreservationer er oprettet i 2 fora." in tekst(svar)
    her, nabo = Serie.objects.get(forum=v.rc), Serie.objects.get(forum=v.naborc)
    assert Serie.objects.count() == 2
    assert (her.ugedag, her.begynder, her.sted, her.link) == (
        "tirsdag",
        time(8, 30),
        "Lokale 12",
        "https://moede.example/rc",
    )
    assert (nabo.ugedag, nabo.begynder, nabo.sted, nabo.link) == ("torsdag", time(13), "Biblioteket", "")
    assert [m.dag.isoformat() for m in nabo.moeder.all()] == TORSDAGE
    assert her.uden_uger == nabo.uden_uger == [10]
    assert Deltager.objects.filter(moede__serie=nabo).exclude(moede__forum=v.naborc).count() == 0


def test_the_same_press_twice_makes_each_once_and_sends_one_mail_a_person(v, sanne):
    side = sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.naborc)})
    for _ in range(2):
        opret(sanne, v.rc, side, v.naborc)
    assert (Serie.objects.count(), Moede.objects.count()) == (2, 11)
    assert Besked.objects.filter(til=v.centerleder).count() == 1


def test_all_or_none_a_forum_whose_time_was_taken_meanwhile_stops_the_others_too(v, sanne):
    side = sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.naborc)})
    moede(v.naborc, af=v.naboskoleleder, begynder=tid.fra_lokal(date(2027, 2, 4), time(13)))
    svar = opret(sanne, v.rc, side, v.naborc)
    assert "Torsdag den 4. februar 2027 kan ikke vælges." in tekst(svar)
    assert "Kan ikke vælges I har allerede et møde den dag kl. 13.00." in tekst(svar)
    assert (Serie.objects.count(), Moede.objects.count(), Besked.objects.count()) == (0, 1, 0)


def test_a_forum_without_any_date_is_said_by_its_name(v, sanne):
    side = sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.naborc)})
    svar = opret(sanne, v.rc, side)
    assert "Vælg mindst én dato i Ressourcecenter, Egeskolen, eller gå tilbage" in tekst(svar)
    assert not Serie.objects.exists()


# --- what must not happen ----------------------------------------------------------------------------------------
@pytest.mark.parametrize("trin", ["rytmen", "opret"])
def test_a_foreign_forum_is_refused_and_nothing_is_made(v, trin):
    """Kirsten coordinates Lindeskolen alone: neither Egeskolen nor a number that is no forum."""
    kirsten = logget_ind(v.koordinator)
    valg = {"set": "1", "dage": MED, "opret": "1", "noegle": str(uuid4())} if trin == "opret" else {}
    for pk in (v.naborc.pk, 999_999, "drop"):
        fremmed = {f"ogsaa_{pk}": "on", f"ugedag_{pk}": "torsdag", f"begynder_{pk}": "13:00", f"dage-{pk}": TORSDAGE}
        svar = kirsten.post(ny(v.rc), {**FELTER, **valg, **fremmed})
        assert "Et af de fora, du har valgt, kan du ikke planlægge i mere." in tekst(svar)
        assert "Egeskolen" not in svar.content.decode()
    assert not Serie.objects.exists()


def test_s54_a_role_that_ended_while_the_page_was_open_stops_it_all(v, sanne):
    side = sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.naborc)})
    v.skoleleder.rolletildelinger.filter(content_object=v.naboskole).update(gyldig_til=tid.i_dag())
    assert "kan du ikke planlægge i mere" in tekst(opret(sanne, v.rc, side, v.naborc))
    assert not Serie.objects.exists()


def test_what_was_never_ticked_is_not_in_the_way_when_the_right_to_it_ends(v, sanne):
    side = sanne.post(ny(v.rc), FELTER)
    v.skoleleder.rolletildelinger.filter(content_object=v.naboskole).update(gyldig_til=tid.i_dag())
    opret(sanne, v.rc, side)
    assert Serie.objects.get().forum == v.rc


def test_who_may_not_plan_in_the_first_forum_meets_the_wall(v):
    for hvem, status in ((v.naboskoleleder, 404), (v.paedagogiskleder, 403), (v.udenfor, 404)):
        svar = logget_ind(hvem).post(ny(v.rc), {"kadence": "uge", "opret": "1", **ogsaa(v.naborc, sted="")})
        assert svar.status_code == status


@pytest.mark.parametrize(
    ("felter", "felt", "saetning"),
    [
        ({"ugedag": ""}, "ugedag", "Vælg en af mulighederne."),
        ({"ugedag": "søndag"}, "ugedag", "Vælg en af mulighederne."),
        ({"begynder": ""}, "begynder", "Skriv et klokkeslæt, fx 8.30."),
        ({"begynder": "23:30"}, "begynder", "Mødet ville slutte efter midnat."),
        ({"sted": "Hos 010203-1234"}, "sted", "personnumre"),
    ],
)
def test_bad_input_is_said_at_the_field_of_its_forum(v, sanne, felter, felt, saetning):
    side = sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.naborc, **felter), "set": "1", "dage": MED, "opret": "1"})
    assert saetning in " ".join(side.context["form"].errors[f"{felt}_{v.naborc.pk}"])
    assert not Serie.objects.exists()


def test_s60_the_laeringscenter_is_not_planned_twice_with_joint_meetings(v, sanne):
    side = sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.plc), "samlet": "on"})
    assert "Læringscentret er allerede med til de fælles møder." in tekst(side)
    side = sanne.post(ny(v.rc), {**FELTER, **ogsaa(v.naborc), "samlet": "on"})
    opret(sanne, v.rc, side, v.naborc)
    assert set(Serie.objects.values_list("forum", "medforum")) == {(v.rc.pk, v.plc.pk), (v.naborc.pk, None)}


# --- what it costs -----------------------------------------------------------------------------------------------
AARET = {**FELTER, "kadence": "uge", "fra": "2026-12-01", "til_og_med": "2027-07-31", "sted": "", "uden_uger": ""}


def ti_fora(v):
    """Nine more schools besides Lindeskolen, all led by Sanne."""
    fora = []
    for nummer in range(9):
        skole = ny_skole(f"Skole {nummer}", center=v.center)
        rolle(v.skoleleder, Rolle.SKOLELEDER, skole)
        fora.append(forum(skole))
    return fora


def sideantal(klient, hvor, andre):
    """What the page of dates reads, and the press that makes them; a mail a person besides, and rows in portions."""
    dage = ("mandag", "onsdag", "torsdag", "fredag")
    valg = {}
    for nummer, et in enumerate(andre):
        valg |= ogsaa(et, dage[nummer % 4], f"{8 + nummer // 4}:00", "")
    kald, svar = [], []
    for trin in (
        lambda: klient.post(ny(hvor), {**AARET, **valg}),
        lambda: opret(klient, hvor, svar[0], *andre, foelg=False),
    ):
        with CaptureQueriesContext(connection) as spurgt:
            svar.append(trin())
        kald.append(
            sum(en["sql"].lstrip().startswith(("SELECT", "WITH")) and "_besked" not in en["sql"] for en in spurgt)
        )
    return kald


def test_the_dates_of_ten_forums_cost_as_many_queries_as_those_of_two(v):
    fora = ti_fora(v)
    klient = logget_ind(v.skoleleder)
    klient.post(ny(v.rc), FELTER)
    to = sideantal(klient, v.plc, [v.rc])
    ti = sideantal(klient, fora[0], fora[1:])
    assert Serie.objects.count() == 2 + 9
    assert to == ti == [14, 20]


def test_a_years_series_for_ten_forums_is_made_by_one_press_in_under_two_seconds(v):
    """The issue's goal for speed: one POST on the database the tests run on."""
    fora = ti_fora(v)
    klient = logget_ind(v.skoleleder)
    valg = {}
    for nummer, et in enumerate(fora):
        valg |= ogsaa(et, ("mandag", "onsdag", "torsdag", "fredag")[nummer % 4], f"{8 + nummer // 4 * 2}:00", "")
    side = klient.post(ny(v.rc), {**AARET, **valg})
    dage = {"dage": datoer(side), **{f"dage-{et.pk}": datoer(side, et) for et in fora}}
    felter = {**skjulte(side), **dage, "opret": "1"}
    begyndt = perf_counter()
    svar = klient.post(ny(v.rc), felter)
    varighed = perf_counter() - begyndt
    print(f"{connection.vendor}: {Moede.objects.count()} møder i ti fora på {varighed:.2f} s")
    assert svar["Location"] == reverse("moeder")
    assert Serie.objects.count() == 10
    assert Moede.objects.count() > 300
    assert varighed < 2
