"""The coordinator writes only when the skoleleder lets them (matrix: «○ if SL lets»), and no longer than that."""

import pytest

from aftaler import actions
from aftaler.models import Aftale, Skriveadgang
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, maa
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.aftaler.test_sider_antal import antal
from tests.fabrik import person, rolle, verden
from tests.samtidigt import samtidig

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


def lad(v, aftale, af=None, enhed=None):
    return actions.lad_koordinator_skrive(part=byg.part(aftale, enhed or v.skole), af=af or v.skoleleder)


def slut(v, aftale, af=None):
    actions.afslut_skriveadgang(part=byg.part(aftale, v.skole), af=af or v.skoleleder)


def sted(v, aftale, hvad="lad-koordinator-skrive"):
    return f"{rod(aftale)}parter/{v.skole.slug}/{hvad}/"


def kan_skrive(hvem, aftale):
    """By the object and by the rows, which must agree (S53)."""
    objekt = maa(hvem, Handling.SKRIV_AFTALE, byg.frisk(aftale))
    assert Aftale.objects.synlige_for(hvem, Handling.SKRIV_AFTALE).filter(pk=aftale.pk).exists() == objekt
    return objekt


def test_without_leave_the_coordinator_reads_and_writes_nothing(v, aftale):
    assert not kan_skrive(v.koordinator, aftale)
    with pytest.raises(IkkeTilladtError):
        byg.skriv_afsnit(aftale, v.koordinator, "behov", "Kirstens ord.")


def test_with_leave_the_coordinator_writes_and_the_leave_says_who_and_when(v, aftale):
    adgang = lad(v, aftale)
    assert (adgang.givet_af, tid.lokal(adgang.givet_den).date()) == (v.skoleleder, tid.i_dag())
    assert kan_skrive(v.koordinator, aftale)
    byg.skriv_afsnit(aftale, v.koordinator, "behov", "Kirstens ord.")
    side = tekst(logget_ind(v.koordinator).get(rod(aftale)))
    assert "Kirstens ord." in side
    assert "Ret behov og udfordringer" in side


def test_when_it_is_ended_what_was_written_stays_and_no_more_comes(v, aftale):
    lad(v, aftale)
    byg.skriv_afsnit(aftale, v.koordinator, "behov", "Kirstens ord.")
    slut(v, aftale)
    assert not kan_skrive(v.koordinator, aftale)
    with pytest.raises(IkkeTilladtError):
        byg.skriv_afsnit(aftale, v.koordinator, "behov", "Endnu et ord.")
    assert byg.frisk(aftale).behov == "Kirstens ord."
    adgang = Skriveadgang.objects.get()
    assert adgang.sluttet_af == v.skoleleder
    assert adgang.sluttet_den is not None
    assert lad(v, aftale).pk != adgang.pk
    assert kan_skrive(v.koordinator, aftale)


def test_the_leave_is_for_that_agreement_and_that_schools_coordinators_alone(v, aftale):
    with byg.i_aaret(2024):
        anden = byg.kladde(v)
    lad(v, aftale)
    assert not kan_skrive(v.koordinator, anden)
    for hvem in (v.nabokoordinator, v.medarbejder, v.vejleder, v.klyngeleder, v.forvaltning):
        assert not kan_skrive(hvem, aftale)
    ny = person("Ny Koordinator")
    rolle(ny, Rolle.KOORDINATOR, v.skole)
    assert kan_skrive(ny, aftale)
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=v.skoleleder)
    assert not kan_skrive(v.koordinator, aftale)


def test_writing_is_all_it_gives(v, aftale):
    """Approving, choosing parties and sending stay with the leaders; the leave does not pass itself on."""
    lad(v, aftale)
    for handling in (Handling.VAELG_PARTER, Handling.SEND_TIL_GODKENDELSE, Handling.ANNULLER_AFTALE):
        assert not maa(v.koordinator, handling, byg.frisk(aftale))
    part = byg.part(aftale, v.skole)
    for handling in (Handling.GODKEND, Handling.LAD_KOORDINATOR_SKRIVE):
        assert not maa(v.koordinator, handling, part)
    kirsten = logget_ind(v.koordinator)
    assert kirsten.get(f"{rod(aftale)}afsnit/behov/").status_code == 200
    assert kirsten.get(f"{rod(aftale)}parter/").status_code == 403
    assert kirsten.get(sted(v, aftale)).status_code == 403


def test_only_the_skoleleder_of_that_school_gives_and_ends_it(v, aftale):
    for hvem in (v.koordinator, v.paedagogiskleder, v.klyngeleder, v.naboskoleleder, v.forvaltning, v.administrator):
        with pytest.raises(IkkeTilladtError):
            lad(v, aftale, af=hvem)
    lad(v, aftale)
    with pytest.raises(IkkeTilladtError):
        slut(v, aftale, af=v.paedagogiskleder)
    with pytest.raises(IkkeTilladtError):
        lad(v, aftale, enhed=v.kkfo)
    assert Skriveadgang.objects.count() == 1


def test_the_same_press_twice_is_one_leave_and_one_end(v, aftale):
    for _ in range(2):
        lad(v, aftale)
    assert Skriveadgang.objects.count() == 1
    for _ in range(2):
        slut(v, aftale)
    navne = list(Haendelse.objects.filter(navn__contains="skriv", rod_id=aftale.pk).values_list("navn", flat=True))
    assert navne.count("lad_koordinator_skrive") == navne.count("afslut_skriveadgang") == 1


def test_six_at_once_are_one_leave(transactional_db):
    v = verden()
    aftale = byg.kladde(v)
    svar = samtidig(*[lambda: lad(v, aftale)] * 6)
    assert {et.pk for et in svar} == {Skriveadgang.objects.get().pk}


def test_the_text_is_locked_for_the_coordinator_as_for_all(v, aftale):
    lad(v, aftale)
    byg.send(aftale, v.skoleleder)
    with pytest.raises(IkkeMuligtError):
        byg.skriv_afsnit(aftale, v.koordinator, "behov", "For sent.")
    with byg.i_aaret(2024):
        indgaaet = byg.indgaaet(v)
    with pytest.raises(IkkeMuligtError):
        lad(v, indgaaet)


def test_the_coordinator_is_told_without_a_word_of_the_text(v, aftale):
    lad(v, aftale)
    slut(v, aftale)
    emner = list(Besked.objects.filter(til=v.koordinator).order_by("pk").values_list("emne", flat=True))
    assert emner == [f"Du kan skrive med: {aftale}", f"Du skriver ikke længere med: {aftale}"]


def test_the_page_gives_and_ends_it(v, aftale):
    sanne = logget_ind(v.skoleleder)
    assert "Lad koordinatorerne på Lindeskolen skrive med" in tekst(sanne.get(rod(aftale)))
    assert "Kirsten Ravn" in tekst(sanne.get(sted(v, aftale)))
    svar = tekst(sanne.post(sted(v, aftale), follow=True))
    assert "Koordinatorerne på Lindeskolen kan nu skrive med." in svar
    assert "Stop koordinatorernes skriveadgang på Lindeskolen" in svar
    assert "Givet af Sanne Lund" in tekst(sanne.get(sted(v, aftale)))
    svar = tekst(sanne.post(sted(v, aftale, "afslut-skriveadgang"), follow=True))
    assert "skriver ikke længere med" in svar
    assert "Lad koordinatorerne" not in tekst(logget_ind(v.paedagogiskleder).get(rod(aftale)))


def test_the_ball_is_the_coordinators_too_from_the_leave_to_its_end(v, aftale):
    kirsten = logget_ind(v.koordinator)
    foer = antal(kirsten, "/")
    assert "Skriv med på kladden" not in tekst(kirsten.get("/"))
    lad(v, aftale)
    for sted_ in ("/", rod(aftale)):
        assert "Skriv med på kladden" in tekst(kirsten.get(sted_))
    assert antal(kirsten, "/") == foer
    slut(v, aftale)
    assert "Skriv med på kladden" not in tekst(kirsten.get("/"))


def test_the_agreement_page_costs_the_coordinator_ten_as_everybody(v, aftale):
    assert antal(logget_ind(v.koordinator), rod(aftale)) == 10
    lad(v, aftale)
    assert antal(logget_ind(v.koordinator), rod(aftale)) == 10
