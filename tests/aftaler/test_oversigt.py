"""The list of agreements: filters, search, CSV; two readings (decision 11); no district is left out (D3)."""

import csv
import io
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from aftaler import oversigt, tur, ventende
from aftaler.models import Aftale, Aftalepart
from aftaler.states import Svar, Tilstand
from samarbejde import tid
from samarbejde.models import Distriktstilknytning, Enhed, Skoledistrikt
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, tekst
from tests.fabrik import FRA, distrikt, enhed, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def fundne(klient, foresporgsel=""):
    return [(r["distrikt"], r["aar"]) for r in klient.get(f"/aftaler/{foresporgsel}").context["raekker"]]


def i_csv(klient, foresporgsel=""):
    svar = klient.get(f"/aftaler/aftaler.csv{foresporgsel}")
    assert svar["Content-Type"] == "text/csv; charset=utf-8"
    return list(csv.DictReader(io.StringIO(svar.content.decode("utf-8-sig")), delimiter=";"))


def linde(aar):
    return ("Linde Skoledistrikt", f"{aar}/{(aar + 1) % 100}")


# --- two readings ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("ordet", ["skifter", "BØRNEFÆLLESSKABERNE", "overgange", "besøgsdage", "Besøg maj"])
def test_whoever_may_only_see_the_state_gets_no_hit_by_the_text_of_a_draft(v, ordet):
    """Decision 11: not from the list, not from its count, not from the CSV; the parties find every part of it."""
    byg.sendt(v)
    for part in (v.skoleleder, v.paedagogiskleder, v.koordinator, v.klyngeleder):
        assert fundne(logget_ind(part), f"?q={ordet}") == [linde(byg.dette_aar())], part
        assert len(i_csv(logget_ind(part), f"?q={ordet}")) == 1
    for tilskuer in (v.forvaltning, v.omraadechef):
        klient = logget_ind(tilskuer)
        assert fundne(klient) == [linde(byg.dette_aar())]
        assert fundne(klient, f"?q={ordet}") == []
        assert klient.get(f"/aftaler/?q={ordet}").context["side"].paginator.count == 0
        assert i_csv(klient, f"?q={ordet}") == []


def test_the_text_is_found_by_those_who_oversee_once_it_is_entered(v):
    byg.indgaaet(v)
    for hvem in (v.forvaltning, v.omraadechef, v.skoleleder):
        assert fundne(logget_ind(hvem), "?q=børnefællesskaberne") == [linde(byg.dette_aar())]
    assert fundne(logget_ind(v.naboskoleleder), "?q=børnefællesskaberne") == []


def test_the_area_of_a_goal_is_text_too(v):
    byg.sendt(v)
    assert fundne(logget_ind(v.skoleleder), "?maalomraade=3") == [linde(byg.dette_aar())]
    assert fundne(logget_ind(v.skoleleder), "?maalomraade=4") == []
    assert fundne(logget_ind(v.forvaltning), "?maalomraade=3") == []
    Aftalepart.objects.all().delete()
    assert "3. Overgange" in tekst(logget_ind(v.forvaltning).get("/aftaler/?maalomraade=3"))


def test_the_name_of_the_district_is_found_by_everybody_who_sees_it_and_words_are_added_up(v):
    byg.sendt(v)
    assert fundne(logget_ind(v.forvaltning), "?q=lind") == [linde(byg.dette_aar())]
    assert fundne(logget_ind(v.forvaltning), "?q=lind+overgange") == []
    assert fundne(logget_ind(v.skoleleder), "?q=lind+overgange") == [linde(byg.dette_aar())]
    assert fundne(logget_ind(v.skoleleder), "?q=%25") == fundne(logget_ind(v.skoleleder))  # too short: no search
    assert fundne(logget_ind(v.skoleleder), "?q=%25%25") == []


# --- filters -----------------------------------------------------------------------------------------------------
def test_the_omraade_filters_for_those_who_see_several(v):
    andet = distrikt("Distrikt Nord", gyldig_fra=FRA)
    nord = enhed("Område Nord", Enhed.Art.OMRAADE, gyldig_fra=FRA)
    Distriktstilknytning.objects.create(distrikt=andet, enhed=nord, gyldig_fra=FRA)
    Aftale.objects.create(distrikt=andet, skoleaar=byg.dette_aar(), tovholder=v.naboskole)
    byg.kladde(v)
    frida = logget_ind(v.forvaltning)
    assert len(fundne(frida)) == 2
    assert [navn for navn, _ in fundne(frida, f"?omraade={nord.slug}")] == ["Distrikt Nord"]
    assert fundne(frida, "?omraade=findes-ikke") == []
    assert [en["Område"] for en in i_csv(frida, f"?omraade={nord.slug}")] == ["Område Nord"]
    assert "Område Nord" not in tekst(logget_ind(v.skoleleder).get("/aftaler/"))


def test_who_is_waited_for_filters_and_says_the_same_as_the_rows(v):
    aftale = byg.sendt(v)
    aar = [linde(byg.dette_aar())]
    sanne, pia, frida = map(logget_ind, (v.skoleleder, v.paedagogiskleder, v.forvaltning))
    assert fundne(sanne, "?venter=mig") == fundne(pia, "?venter=mig") == fundne(frida, "?venter=parter") == aar
    assert fundne(frida, "?venter=mig") == fundne(frida, "?venter=tovholder") == fundne(frida, "?venter=ingen") == []
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    assert fundne(pia, "?venter=mig") == []
    Aftalepart.objects.filter(enhed=v.center).update(tilstand=Svar.KAN_IKKE, svar_tekst="Mangler mål.")
    assert fundne(frida, "?venter=tovholder") == aar
    byg.godkend(aftale, v.skole, v.skoleleder)
    assert fundne(sanne, "?venter=mig") == aar, "tovholderen tager stilling til svaret"
    assert fundne(logget_ind(v.centerleder), "?venter=mig") == []
    Aftale.objects.update(tilstand=Tilstand.ANNULLERET)
    assert fundne(frida, "?venter=ingen") == aar
    assert fundne(frida, "?venter=parter") == []


def som_skridtene(aftale, person):
    skridt = tur.naeste_skridt(aftale, person)
    hvem = {en.hvem for en in skridt} - {"Alle parters ledere"}
    return hvem, any(en.er_min for en in skridt), next((en.frist for en in skridt if en.frist), None)


def test_a_row_says_what_the_agreements_own_page_says_in_every_state_to_everybody(v):
    """The list reads values; `naeste_skridt` stays the truth."""
    aftaler = list(byg.i_alle_tilstande(v).values())
    sendt = next(en for en in aftaler if en.tilstand == Tilstand.TIL_GODKENDELSE)
    for svar in (None, Svar.BORTFALDET, Svar.TRUKKET, Svar.KAN_IKKE):
        if svar:
            Aftalepart.objects.filter(aftale=sendt, enhed=v.center).update(tilstand=svar, svar_tekst="Nej.")
        for hvem in (v.skoleleder, v.paedagogiskleder, v.centerleder, v.klyngeleder, v.koordinator, v.forvaltning):
            raekker = oversigt.alle_raekker(hvem, oversigt.Valg())
            svar_paa = ventende.venter_paa(raekker, hvem)
            assert len(raekker) == 4
            for aftale in map(byg.frisk, aftaler):
                en = svar_paa[aftale.pk]
                assert (set(en.hvem), en.er_min, en.frist) == som_skridtene(aftale, hvem), (aftale, hvem, svar)


def test_a_vacant_post_and_an_open_place_are_told_alike_on_the_list_and_the_page(v):
    """Cases 35, 38: the klyngeleder acts while the post is vacant; a place stays open in an agreement in force."""
    with byg.i_aaret(2025):
        byg.sendt(v)
    i_kraft = byg.indgaaet(v)
    Aftalepart.objects.filter(aftale=i_kraft, enhed=v.boernehus).update(tilstand=Svar.AFVENTER, godkendelse=None)
    v.dagtilbudsleder.rolletildelinger.update(gyldig_til=tid.i_dag())
    for hvem in (v.klyngeleder, v.skoleleder, v.dagtilbudsleder, v.forvaltning):
        raekker = oversigt.alle_raekker(hvem, oversigt.Valg())
        svar_paa = ventende.venter_paa(raekker, hvem)
        for raekke in raekker:
            en = svar_paa[raekke.pk]
            skridt = som_skridtene(Aftale.objects.get(pk=raekke.pk), hvem)
            assert (set(en.hvem), en.er_min, en.frist) == skridt, (raekke, hvem)
        mine = {raekke.pk for raekke in raekker if svar_paa[raekke.pk].er_min}
        fundet = oversigt.alle_raekker(hvem, oversigt.Valg(venter=ventende.MIG))
        assert {raekke.pk for raekke in fundet} == mine, hvem
    assert len(fundne(logget_ind(v.klyngeleder), "?venter=mig")) == 2


# --- every district ----------------------------------------------------------------------------------------------
def test_those_who_oversee_see_every_district_also_without_an_agreement(v):
    """D3, S8: the special school, which needs none, is never among the missing."""
    Skoledistrikt.objects.exclude(pk=v.distrikt.pk).update(gyldig_til=FRA)
    distrikt("Specialskolen Bakken", er_uden_geografi=True)
    frida = logget_ind(v.forvaltning)
    svar = frida.get("/aftaler/")
    assert "1 distrikt har ingen aftale for" in tekst(svar)
    assert fundne(frida, "?tilstand=uden_aftale") == [linde(byg.dette_aar())]
    assert fundne(logget_ind(v.omraadechef), "?tilstand=uden_aftale") == [linde(byg.dette_aar())]
    assert "1 distrikt uden aftale" in tekst(frida.get("/aftaler/?tilstand=uden_aftale&venter=ingen&maalomraade=2"))
    assert [en["Skal gøre noget nu"] for en in i_csv(frida, "?tilstand=uden_aftale")] == ["Skolelederen"]
    byg.annulleret(v)
    assert fundne(frida, "?tilstand=uden_aftale") == [linde(byg.dette_aar())], "en annulleret aftale tæller ikke (S7)"
    byg.kladde(v)
    assert fundne(frida, "?tilstand=uden_aftale") == []
    assert "har ingen aftale" not in tekst(frida.get("/aftaler/"))
    assert fundne(frida, f"?tilstand=uden_aftale&aar={byg.dette_aar() - 1}") == [linde(byg.dette_aar() - 1)]


def test_an_outsider_sees_no_district_of_others(v):
    byg.kladde(v)
    fremmed = logget_ind(v.naboskoleleder)
    assert fundne(fremmed) == []
    assert "Linde" not in tekst(fremmed.get("/aftaler/?tilstand=uden_aftale&aar=2024"))
    assert i_csv(fremmed) == []


# --- CSV ---------------------------------------------------------------------------------------------------------
def test_the_csv_runs_no_formula_and_holds_all_that_is_chosen(v):
    byg.sendt(v)
    for nummer in range(51):
        navn = f"=cmd|{nummer}" if nummer % 2 else f"@sum({nummer})"
        Aftale.objects.create(distrikt=distrikt(navn), skoleaar=byg.dette_aar(), tovholder=v.skole)
    raekker = i_csv(logget_ind(v.forvaltning))
    assert len(raekker) == 52
    assert {en["Distrikt"][:2] for en in raekker} == {"'=", "'@", "Li"}
    den = next(en for en in raekker if en["Distrikt"].startswith("Linde"))
    assert den["Tilstand"] == "til godkendelse"
    assert den["Skal gøre noget nu"].count(",") == 7, "hver part, der mangler, med titel og navn"
    assert den["Siden"] == str(tid.i_dag())
    assert "børnefællesskaberne" not in str(raekker)


def test_the_csv_costs_the_same_few_questions_whatever_it_holds(v):
    byg.kladde(v)
    frida = logget_ind(v.forvaltning)

    def antal():
        with CaptureQueriesContext(
            connection,
        ) as spurgt:
            frida.get("/aftaler/aftaler.csv")
        return len(spurgt)

    foer = antal()
    for nummer in range(30):
        Aftale.objects.create(distrikt=distrikt(f"D {nummer}"), skoleaar=byg.dette_aar(), tovholder=v.skole)
    assert antal() == foer


def test_an_entered_agreement_of_an_earlier_year_has_expired(v):
    with byg.i_aaret(2024):
        byg.indgaaet(v)
    with tid.frys(datetime(2026, 11, 26, 10, tzinfo=UTC)):
        assert [en["Tilstand"] for en in i_csv(logget_ind(v.forvaltning), "?aar=2024")] == ["udløbet"]
        assert fundne(logget_ind(v.forvaltning), "?venter=ingen") == [linde(2024)]
