"""A silent party after the deadline (case 39) and one that comes late (case 38): the others are never asked again."""

from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string

from aftaler import actions
from aftaler.models import Dokument, Godkendelse
from aftaler.pdf import data_til, lav_dokument
from aftaler.states import Svar, Tilstand
from samarbejde import tid
from samarbejde.models import Besked, Haendelse
from samarbejde.organisation import ret_enhed
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
GRUND = "Vi har ringet tre gange."
I_AUGUST = datetime(2026, 8, 20, 9, tzinfo=UTC)


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def sendt(v):
    """Everybody but the centre has approved, and the deadline is gone."""
    aftale = byg.sendt(v)
    for enhed in (v.skole, v.kkfo, v.boernehus):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    return byg.frisk(aftale)


def uden_svar(aftale, v, af=None):
    return actions.indgaa_uden_svar(aftale=aftale, af=af or v.skoleleder, grund=GRUND)


def sted(aftale, enhed):
    return f"{rod(aftale)}parter/{enhed.slug}/tiltraed/"


# --- without a silent party ----------------------------------------------------------------------------------------
def test_case_39_the_tovholder_enters_without_a_silent_party_and_its_place_stays_open(sendt, v):
    sanne = logget_ind(v.skoleleder)
    assert "Indgå uden dem, der ikke har svaret" in tekst(sanne.get(rod(sendt)))
    side = sanne.get(rod(sendt) + "indgaa-uden-svar/")
    assert "Fritidscenter Havnen" in tekst(side)
    assert "Skriv en grund." in tekst(sanne.post(rod(sendt) + "indgaa-uden-svar/", {"grund": " "}))
    assert sanne.post(rod(sendt) + "indgaa-uden-svar/", {"grund": GRUND}).url == rod(sendt)
    aftale = byg.frisk(sendt)
    assert aftale.tilstand == Tilstand.INDGAAET
    assert byg.part(aftale, v.center).tilstand == Svar.AFVENTER
    assert Dokument.objects.count() == 1
    side = tekst(sanne.get(rod(aftale)))
    assert "har ikke svaret, pladsen står åben" in side
    assert GRUND in side
    assert Haendelse.objects.filter(navn="indgaa_uden_svar", rod_id=aftale.pk).count() == 1


def test_case_39_the_party_its_klyngeleder_and_the_omraadechef_are_told_without_the_reason(sendt, v):
    uden_svar(sendt, v)
    breve = Besked.objects.filter(noegle__startswith="aaben_plads:")
    assert {brev.til for brev in breve} == {v.centerleder, v.klyngeleder, v.omraadechef}
    assert all(GRUND not in brev.tekst + brev.emne for brev in breve), "D37"


def test_case_39_not_before_the_deadline_is_gone(v):
    with tid.frys(I_AUGUST):
        aftale = byg.sendt(v)
        for enhed in (v.skole, v.kkfo, v.boernehus):
            byg.godkend(aftale, enhed, byg.leder(v, enhed))
        with pytest.raises(IkkeMuligtError, match=r"når fristen 15\. september 2026 er gået"):
            uden_svar(byg.frisk(aftale), v)
        sanne = logget_ind(v.skoleleder)
        assert "Indgå uden dem" not in tekst(sanne.get(rod(aftale)))
        assert sanne.get(rod(aftale) + "indgaa-uden-svar/").url == rod(aftale)
    assert byg.frisk(aftale).tilstand == Tilstand.TIL_GODKENDELSE


def test_case_39_a_no_and_a_regret_are_answers_and_are_not_passed_over(sendt, v):
    actions.kan_ikke_godkende(
        part=byg.part(sendt, v.center), af=v.centerleder, aftryk=sendt.indhold_id, grund="Vi er ikke med i planen."
    )
    with pytest.raises(IkkeMuligtError, match="Fritidscenter Havnen har svaret og er ikke tavs"):
        uden_svar(sendt, v)
    assert byg.frisk(sendt).tilstand == Tilstand.TIL_GODKENDELSE


def test_s8_d1_those_who_go_on_are_the_tovholder_school_and_an_institution(v):
    aftale = byg.sendt(v)
    with pytest.raises(IkkeMuligtError, match="Tovholderskolen, Lindeskolen, skal selv have godkendt"):
        uden_svar(aftale, v)
    byg.godkend(aftale, v.skole, v.skoleleder)
    with pytest.raises(IkkeMuligtError, match="Mindst én institution skal have godkendt"):
        uden_svar(byg.frisk(aftale), v)
    assert byg.frisk(aftale).tilstand == Tilstand.TIL_GODKENDELSE


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "centerleder", "klyngeleder", "omraadechef", "forvaltning"])
def test_case_39_nobody_but_the_tovholder_decides_it(sendt, v, hvem):
    with pytest.raises(IkkeTilladtError):
        uden_svar(sendt, v, getattr(v, hvem))


def test_case_39_twice_is_once(sendt, v):
    uden_svar(sendt, v)
    with pytest.raises(IkkeMuligtError):
        uden_svar(byg.frisk(sendt), v)
    assert Dokument.objects.count() == 1


# --- late ----------------------------------------------------------------------------------------------------------
@pytest.fixture
def uden(sendt, v):
    return byg.frisk(uden_svar(sendt, v))


def test_case_38_a_late_party_accedes_to_the_same_text_without_new_approvals(uden, v):
    lav_dokument(Dokument.objects.get().pk)
    foer = bytes(Dokument.objects.get().pdf)
    carl = logget_ind(v.centerleder)
    assert "Tiltræd aftalen for Fritidscenter Havnen" in tekst(carl.get("/"))
    assert "Tiltræd for Fritidscenter Havnen" in tekst(carl.get(rod(uden)))
    assert carl.get(sted(uden, v.center)).status_code == 200
    for _ in range(2):
        assert carl.post(sted(uden, v.center), {"aftryk": uden.indhold_id}).url == rod(uden)
    aftale = byg.frisk(uden)
    assert (aftale.tilstand, aftale.indhold_id, aftale.indgaaet_den) == (
        Tilstand.INDGAAET,
        uden.indhold_id,
        uden.indgaaet_den,
    )
    assert byg.part(aftale, v.center).tilstand == Svar.TILTRAADT
    assert Godkendelse.objects.count() == 4
    assert [byg.part(aftale, enhed).tilstand for enhed in (v.skole, v.kkfo)] == [Svar.GODKENDT] * 2
    andet, foerste = Dokument.objects.all()
    assert (andet.loebenummer, andet.indhold) == (2, foerste.indhold)
    assert bytes(foerste.pdf) == foer, "decision 12: earlier documents stay bit for bit"
    fortalt = set(Besked.objects.filter(noegle__startswith="tiltraed").values_list("til__navn", flat=True))
    assert fortalt == {"Sanne Lund", "Pia Dahl", "Dorte Sol"}
    assert "tiltrådt senere" in tekst(carl.get(rod(aftale)))


def test_case_38_the_document_says_who_came_late_and_whose_place_is_open(uden, v):
    data = data_til(Dokument.objects.get())
    assert [part.enhed.navn for part in data["parter"] if part.godkendelse is None] == ["Fritidscenter Havnen"]
    assert "Har ikke godkendt. Pladsen står åben." in render_to_string("aftaler/dokument.html", data)
    actions.tiltraed(part=byg.part(uden, v.center), af=v.centerleder, aftryk=uden.indhold_id)
    side = render_to_string("aftaler/dokument.html", data_til(Dokument.objects.first()))
    assert "Tiltrådt" in side
    assert "Pladsen står åben" not in side


def test_s17_the_password_is_asked_for_here_too(uden, v):
    carl = logget_ind(v.centerleder, bekraeftet=False)
    assert carl.post(sted(uden, v.center), {"aftryk": uden.indhold_id}).url.startswith("/log-ind/igen/")
    assert byg.part(uden, v.center).tilstand == Svar.AFVENTER


@pytest.mark.parametrize("hvem", ["skoleleder", "paedagogiskleder", "teamkoordinator", "klyngeleder", "forvaltning"])
def test_case_23_nobody_accedes_for_another_unit(uden, v, hvem):
    with pytest.raises(IkkeTilladtError):
        actions.tiltraed(part=byg.part(uden, v.center), af=getattr(v, hvem), aftryk=uden.indhold_id)


def test_case_38_not_to_another_text_nor_twice_nor_when_the_year_is_over_nor_before_entry(uden, v):
    part = byg.part(uden, v.center)
    with pytest.raises(IkkeMuligtError, match="en anden end den, du læste"):
        actions.tiltraed(part=part, af=v.centerleder, aftryk="0" * 64)
    with tid.frys(datetime(2027, 8, 2, 9, tzinfo=UTC)), pytest.raises(IkkeMuligtError, match="gælder ikke nu"):
        actions.tiltraed(part=part, af=v.centerleder, aftryk=uden.indhold_id)
    with pytest.raises(IkkeMuligtError, match="allerede med"):
        actions.tiltraed(part=byg.part(uden, v.kkfo), af=v.paedagogiskleder, aftryk=uden.indhold_id)
    assert Dokument.objects.count() == 1


def test_decision_6_an_approval_keeps_the_name_the_unit_had(uden, v):
    actions.tiltraed(part=byg.part(uden, v.center), af=v.centerleder, aftryk=uden.indhold_id)
    ret_enhed(enhed=v.center, af=None, navn="Fritidscenter Nyhavn")
    assert byg.part(uden, v.center).godkendelse.enhedsnavn == "Fritidscenter Havnen"


def test_entered_in_january_says_so(v):
    """Entered late: it holds for the rest of the school year."""
    aftale = byg.sendt(v)
    with tid.frys(datetime(2027, 1, 14, 9, tzinfo=UTC)):
        for enhed in byg.parter(v):
            byg.godkend(aftale, enhed, byg.leder(v, enhed))
        side = tekst(logget_ind(v.skoleleder).get(rod(aftale)))
    assert "Indgået 14. januar 2027, gælder resten af skoleåret 2026/27." in side
    assert "Gælder skoleåret 1. august 2026" in side
    with tid.frys(datetime(2027, 8, 14, 9, tzinfo=UTC)):
        side = tekst(logget_ind(v.skoleleder).get(rod(aftale)))
    assert "Indgået 14. januar 2027, gjaldt resten af skoleåret 2026/27." in side
    assert "Gjaldt skoleåret 1. august 2026" in side
