"""The pages of a series: rhythm, dates, reservations; its own page; changing the rest. S43, D17, cases 30 and 31a."""

import re
from datetime import UTC, date, datetime, time
from html import unescape
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder.actions import aflys_moede, flyt_moede, opret_serie
from moeder.models import Moede, Serie
from moeder.rytme import Rytme
from moeder.states import Tilstand
from ressourcecenter.actions import ret_lokale_regler
from samarbejde import tid
from samarbejde.kalender import glem_ferier
from samarbejde.organisation import opret_ferie
from samarbejde.permissions import Rolle
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import inviter, moede
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db
FELTER = {
    "kadence": "hver_2",
    "ugedag": "tirsdag",
    "fra": "2027-01-01",
    "til_og_med": "2027-03-31",
    "begynder": "08:30",
    "minutter": "90",
    "uden_uger": "uge 10",
    "sted": "Lokale 12",
    "link": "",
}
ALLE = ["2027-01-05", "2027-01-19", "2027-02-02", "2027-02-16", "2027-03-02", "2027-03-16", "2027-03-30"]
MED = ["2027-01-05", "2027-01-19", "2027-02-02", "2027-03-02", "2027-03-16", "2027-03-30"]


@pytest.fixture(autouse=True)
def _uret():
    with tid.frys(datetime(2026, 11, 26, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def v():
    v = verden()
    v.rc, v.plc = forum(v.skole), forum(v.skole, Art.PLC)
    opret_ferie(af=None, navn="vinterferie", fra=date(2027, 2, 15), til_og_med=date(2027, 2, 19))
    glem_ferier()
    return v


@pytest.fixture
def sanne(v):
    return logget_ind(v.skoleleder)


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def ny(hvor):
    return reverse("ny_serie", args=[hvor.enhed.slug, hvor.art])


def tekst(svar):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", svar.content.decode())).split())


def valgte(svar):
    return re.findall(r'name="dage" value="([^"]+)" id="[^"]+" checked', svar.content.decode())


def skjulte(svar):
    """What travels in the form of the page."""
    par = re.findall(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?', svar.content.decode())
    return {navn: unescape(vaerdi) for navn, vaerdi in par if not navn.startswith(("_", "csrf"))}


def serie(v, **felter):
    rytme = Rytme("hver_2", "tirsdag", date(2027, 1, 5), date(2027, 3, 31))
    dage = tuple(date.fromisoformat(dag) for dag in ALLE)
    return opret_serie(
        **{"forum": v.rc, "rytme": rytme, "begynder": time(8, 30), "minutter": 90, "dage": dage, "af": v.skoleleder}
        | felter
    )


# --- a new one ---------------------------------------------------------------------------------------------------
def test_s43_the_form_begins_with_what_is_agreed_locally(v, sanne):
    felter = {"kadence": "hver_3", "ugedag": "torsdag", "begynder": time(13), "minutter": 60}
    ret_lokale_regler(forum=v.rc, af=v.skoleleder, version=0, holdes_samlet=True, **felter)
    begynd = sanne.get(ny(v.rc)).context["form"].initial
    assert {felt: begynd[felt] for felt in felter} == felter
    assert (begynd["samlet"], begynd["fra"], begynd["til_og_med"]) == (True, date(2026, 11, 26), date(2027, 7, 31))
    assert "Fælles møder planlægges i Ressourcecentret" in tekst(sanne.get(ny(v.plc)))


def test_case_30_the_dates_are_shown_with_why_and_only_school_days_are_ticked(v, sanne):
    """Nothing is written yet; a holiday has a tick to take it anyway."""
    side = sanne.post(ny(v.rc), {**FELTER, "uden_uger": "3 og 9"})
    assert valgte(side) == ["2027-01-05", "2027-02-02", "2027-03-16", "2027-03-30"]
    for ord_ in (
        "tirsdag den 16. februar 2027, uge 7 Springes over vinterferie.",
        "Springes over I har valgt uge 3 fra.",
    ):
        assert ord_ in tekst(side)
    assert 'value="2027-02-16" id="dag-2027-02-16">' in side.content.decode()
    assert not Serie.objects.exists()


def test_the_state_travels_in_the_form_and_becomes_reservations(v, sanne):
    side = sanne.post(ny(v.rc), FELTER)
    assert side.content.decode().count('type="checkbox"') == 7
    dage = [*MED[:2], "2027-02-16"]
    svar = sanne.post(ny(v.rc), {**skjulte(side), "dage": dage, "opret": "1"}, follow=True)
    lavet = Serie.objects.get()
    assert svar.redirect_chain == [(lavet.get_absolute_url(), 302)]
    assert sorted(m.dag.isoformat() for m in lavet.moeder.all()) == sorted(dage)
    assert "3 kalenderreservationer er oprettet" in tekst(svar)
    assert lavet.uden_uger == [10]


def test_the_same_press_twice_creates_once(v, sanne):
    felter = {**FELTER, "noegle": str(uuid4()), "set": "1", "dage": MED, "opret": "1"}
    steder = {sanne.post(ny(v.rc), felter)["Location"] for _ in range(2)}
    assert steder == {Serie.objects.get().get_absolute_url()}
    assert Moede.objects.count() == len(MED)


def test_going_back_to_the_rhythm_loses_nothing(v, sanne):
    side = sanne.post(ny(v.rc), {**skjulte(sanne.post(ny(v.rc), FELTER)), "ret": "1"})
    form = side.context["form"]
    assert side.templates[0].name == "moeder/ny_serie.html"
    assert form.errors == {}
    assert {felt: form[felt].value() for felt in FELTER} == FELTER


def test_the_collision_guard_shows_names_and_times_and_no_content(v, sanne):
    """A centre's leader at two schools: Lindeskolen sees that he is taken, never by what."""
    nabo = moede(forum(v.naboskole), af=v.naboskoleleder, begynder=tid.fra_lokal(date(2027, 1, 19), time(9)))
    inviter(nabo, v.centerleder, v.center)
    side = sanne.post(ny(v.rc), FELTER)
    assert "Carl Havn er optaget kl. 9.00–10.30." in tekst(side)
    assert tekst(side).count("optaget kl.") == 1
    for ord_ in ("Egeskolen", nabo.kode, nabo.navn):
        assert ord_ not in side.content.decode()


def test_a_day_on_which_the_forum_meets_already_is_said_and_not_ticked(v, sanne):
    moede(v.rc, af=v.skoleleder, begynder=tid.fra_lokal(date(2027, 1, 5), time(13)))
    moede(v.rc, af=v.skoleleder, begynder=tid.fra_lokal(date(2027, 1, 19), time(8, 30)))
    side = sanne.post(ny(v.rc), FELTER)
    assert not {"2027-01-05", "2027-01-19"} & set(valgte(side))
    assert "Springes over I har allerede et møde den dag kl. 13.00." in tekst(side)
    assert "Kan ikke vælges I har allerede et møde den dag kl. 8.30." in tekst(side)


def test_a_school_year_without_a_holiday_plan_is_said(v, sanne):
    side = sanne.post(ny(v.rc), {**FELTER, "fra": "2027-09-01", "til_og_med": "2027-12-01"})
    assert "Ferieplanen for det skoleår er ikke lagt ind endnu" in tekst(side)
    assert "Ferieplanen" not in tekst(sanne.post(ny(v.rc), FELTER))


@pytest.mark.parametrize(
    ("felter", "felt", "saetning"),
    [
        ({"til_og_med": "2026-12-31"}, "til_og_med", "Slutdatoen ligger før startdatoen. Ret en af dem."),
        ({"til_og_med": "2027-08-01"}, "til_og_med", "og 2026/27 slutter 31. juli 2027"),
        ({"fra": "9999-01-01"}, "fra", "Skriv en dato, der findes, fx 15-10-2026."),
        ({"fra": "2190-01-01", "til_og_med": "2190-03-01"}, "fra", "frem til 31. juli 2028"),
        ({"fra": "31-02-2027"}, "fra", "Skriv en dato, der findes"),
        ({"minutter": "-5"}, "minutter", "Skriv et helt tal fra 15 til 480."),
        ({"begynder": "23:30"}, "minutter", "Mødet ville slutte efter midnat"),
        ({"begynder": "otte"}, "begynder", "Skriv et klokkeslæt"),
        ({"kadence": "behov"}, "kadence", "Vælg en af mulighederne."),
        ({"ugedag": "søndag"}, "ugedag", "Vælg en af mulighederne."),
        ({"uden_uger": "54"}, "uden_uger", "Skriv ugenumre fra 1 til 53"),
        ({"uden_uger": "0"}, "uden_uger", "Skriv ugenumre fra 1 til 53"),
        ({"uden_uger": "påskeugen"}, "uden_uger", "Skriv ugenumre fra 1 til 53"),
        ({"uden_uger": "9-7"}, "uden_uger", "Skriv ugenumre fra 1 til 53"),
        ({"link": "javascript:alert(1)"}, "link", "Skriv en hel adresse"),
        ({"sted": "Hos 010203-1234"}, "sted", "personnumre"),
    ],
)
def test_bad_input_is_said_at_its_field_with_everything_kept(v, sanne, felter, felt, saetning):
    side = sanne.post(ny(v.rc), {**FELTER, **felter, "set": "1", "dage": ALLE, "opret": "1"})
    assert saetning in " ".join(side.context["form"].errors[felt])
    assert side.context["form"]["minutter"].value() == felter.get("minutter", "90")
    assert not Serie.objects.exists()


@pytest.mark.parametrize(
    ("skrevet", "uger"),
    [("", []), ("7, 42", [7, 42]), ("Uge 7 og 42", [7, 42]), ("50-52, 1", [1, 50, 51, 52]), ("uger 7;8", [7, 8])],
)
def test_weeks_are_read_as_people_write_them(v, sanne, skrevet, uger):
    side = sanne.post(ny(v.rc), {**FELTER, "uden_uger": skrevet})
    assert sorted(side.context["rytme"].uden_uger) == uger


@pytest.mark.parametrize(
    ("dage", "saetning"),
    [
        ([], "Vælg mindst én dato."),
        (["2027-01-06"], "Onsdag den 6. januar 2027 kan ikke vælges."),
        (["2027-01-05", "vrøvl"], "En af datoerne kunne ikke læses."),
        ([f"2027-{n // 28 + 1:02}-{n % 28 + 1:02}" for n in range(200)], "kan ikke vælges."),
    ],
)
def test_days_that_were_never_offered_are_refused_and_the_page_comes_back(v, sanne, dage, saetning):
    side = sanne.post(ny(v.rc), {**FELTER, "set": "1", "dage": dage, "opret": "1"})
    assert side.status_code == 200
    assert saetning in tekst(side)
    assert "Opret kalenderreservationer" in tekst(side)
    assert not Serie.objects.exists()


def test_case_31a_an_rc_only_coordinator_sees_no_joint_choice_and_is_refused_one_sent_by_hand(v):
    rita = person("Rita Rc")
    rolle(rita, Rolle.MEDARBEJDER, v.kkfo)
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    ret_lokale_regler(forum=v.rc, af=v.skoleleder, version=0, holdes_samlet=True)
    klient = logget_ind(rita)
    assert 'name="samlet"' not in klient.get(ny(v.rc)).content.decode()
    svar = klient.post(ny(v.rc), {**FELTER, "samlet": "on", "set": "1", "dage": MED, "opret": "1"})
    assert svar.status_code == 403
    assert not Serie.objects.exists()
    assert klient.get(ny(v.plc)).status_code == 403


def test_a_joint_series_by_whoever_may(v, sanne):
    side = sanne.post(ny(v.rc), {**FELTER, "samlet": "on"})
    sanne.post(ny(v.rc), {**skjulte(side), "dage": MED, "opret": "1"})
    assert Serie.objects.get().medforum == v.plc


# --- the series --------------------------------------------------------------------------------------------------
def test_the_page_of_a_series_says_what_was_moved_and_cancelled(v, sanne):
    en = serie(v)
    flyttes, aflyses = en.moeder.get(serie_dag=date(2027, 1, 19)), en.moeder.get(serie_dag=date(2027, 2, 2))
    ny_dag = tid.fra_lokal(date(2027, 1, 21), time(10))
    flyt_moede(moede=flyttes, begynder=ny_dag, slutter=ny_dag.replace(hour=10), version=1, af=v.skoleleder)
    aflys_moede(moede=aflyses, grund="Ingen punkter", af=v.skoleleder)
    side = sanne.get(en.get_absolute_url())
    assert "torsdag den 21. januar 2027 kl. 10.00, uge 3 kalenderreservation Flyttet fra tirsdag den 19." in tekst(side)
    assert "aflyst Ingen punkter" in tekst(side)
    assert reverse("flyt_moede", args=[flyttes.kode]) in side.content.decode()
    assert "6 møder er tilbage" in tekst(side)


def test_those_of_the_forum_see_the_series_and_only_its_leaders_may_change_it(v):
    en = serie(v)
    for hvem, status in ((v.koordinator, 200), (v.paedagogiskleder, 200), (v.naboskoleleder, 404), (v.udenfor, 404)):
        assert logget_ind(hvem).get(en.get_absolute_url()).status_code == status
    pia = logget_ind(v.paedagogiskleder)
    assert "Ret resten" not in tekst(pia.get(en.get_absolute_url()))
    assert reverse("flyt_moede", args=[en.moeder.first().kode]) not in pia.get(en.get_absolute_url()).content.decode()
    assert pia.get(reverse("ret_serie", args=[en.pk])).status_code == 403


def test_the_picture_of_the_year_is_an_image_with_a_name_and_the_same_as_a_table(v, sanne):
    side = sanne.get(serie(v).get_absolute_url()).content.decode()
    svg = re.search(r"<svg class=\"aarsbillede\".*?</svg>", side, re.DOTALL).group()
    for stump in ('role="img"', "Møder i skoleåret 2026/27</title>", "7 møder."):
        assert stump in svg
    assert "style=" not in svg
    assert svg.count("<circle") == 7 + 2
    assert svg.count("<g>") == 52
    assert "vinterferie" in side


# --- changing the rest -------------------------------------------------------------------------------------------
def rettelse(en, **felter):
    return {**FELTER, "uden_uger": "", "version": str(en.version), "fra": "2027-02-01", **felter}


def test_s43_the_preview_says_what_moves_what_is_new_and_what_stays(v, sanne):
    en = serie(v)
    en.moeder.filter(serie_dag=date(2027, 3, 2)).update(tilstand=Tilstand.INDKALDT, indkaldt_den=tid.nu())
    aflys_moede(moede=en.moeder.get(serie_dag=date(2027, 3, 30)), grund="Ingen punkter", af=v.skoleleder)
    sted = reverse("ret_serie", args=[en.pk])
    side = sanne.post(sted, rettelse(en, ugedag="onsdag"))
    for ord_ in (
        "Tirsdag den 2. februar 2027 flyttes til onsdag den 3. februar 2027.",
        "Tirsdag den 16. februar 2027 aflyses",
        "Tirsdag den 2. marts 2027 : Der er indkaldt til mødet.",
        "Springes over I har allerede et møde i uge 9.",
        "Springes over I har aflyst mødet i uge 13.",
    ):
        assert ord_ in tekst(side)
    assert Serie.objects.get().version == 1
    svar = sanne.post(sted, {**skjulte(side), "dage": valgte(side), "opret": "1"})
    assert svar["Location"] == en.get_absolute_url()
    kommende = Moede.objects.filter(serie=en, tilstand=Tilstand.RESERVERET).order_by("begynder")
    assert [m.dag.isoformat() for m in kommende] == [*MED[:2], "2027-02-03", "2027-03-17"]


def test_a_stale_page_comes_back_and_the_next_press_saves(v, sanne):
    en = serie(v)
    sted = reverse("ret_serie", args=[en.pk])
    side = sanne.post(sted, rettelse(en, begynder="09:00"))
    Serie.objects.update(version=5)
    side = sanne.post(sted, {**skjulte(side), "dage": valgte(side), "opret": "1"})
    assert "En anden har rettet møderækken" in tekst(side)
    assert sanne.post(sted, {**skjulte(side), "dage": valgte(side), "opret": "1"}).status_code == 302
    assert Serie.objects.get().begynder == time(9)


def test_the_form_of_the_rest_begins_with_what_holds(v, sanne):
    en = serie(v)
    form = sanne.get(reverse("ret_serie", args=[en.pk])).context["form"]
    assert (form.initial["kadence"], form.initial["fra"]) == ("hver_2", date(2027, 1, 5))
    side = sanne.post(reverse("ret_serie", args=[en.pk]), rettelse(en, fra="2026-05-01"))
    assert "ét skoleår" in tekst(side)


# --- what it costs -----------------------------------------------------------------------------------------------
def antal(klient, sted, felter=None):
    with CaptureQueriesContext(connection) as kald:
        svar = klient.post(sted, felter) if felter else klient.get(sted)
    assert svar.status_code == 200
    return len(kald)


def test_each_page_costs_the_same_with_a_few_dates_and_with_a_year(v, sanne):
    kort, lang = FELTER, {**FELTER, "kadence": "uge", "fra": "2026-12-01", "til_og_med": "2027-07-31"}
    sanne.get("/")
    sanne.post(ny(v.rc), FELTER)  # the holidays are read once an hour
    set_ = [antal(sanne, ny(v.rc))]
    set_ += [antal(sanne, ny(v.rc), felter) for felter in (kort, lang)]
    lille = serie(v)
    stor = serie(v, forum=v.plc, begynder=time(14), rytme=Rytme("uge", "tirsdag", date(2026, 12, 1), date(2027, 7, 31)))
    set_ += [antal(sanne, en.get_absolute_url()) for en in (lille, stor)]
    set_ += [antal(sanne, reverse("ret_serie", args=[en.pk]), rettelse(en)) for en in (lille, stor)]
    assert set_ == [6, 14, 14, 5, 5, 11, 11]
