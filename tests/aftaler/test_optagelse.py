"""A party that comes to the locked text (case 38, decision 12): no approval falls, and nobody is asked again."""

import pytest
from django.core.exceptions import ValidationError

from aftaler import actions
from aftaler.models import Dokument
from aftaler.states import Svar, Tilstand
from samarbejde.models import Besked
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import Art, enhed, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def optag(aftale, v, hvem, grund="", af=None):
    return actions.optag_part(aftale=aftale, af=af or v.skoleleder, valg=actions.Partsvalg(hvem, grund))


def uden_center(v):
    return [v.skole, v.kkfo, v.boernehus]


def test_case_38_a_party_comes_to_an_entered_agreement_and_accedes(v):
    aftale = byg.indgaaet(v, enheder=uden_center(v))
    sanne = logget_ind(v.skoleleder)
    assert "Optag en part" in tekst(sanne.get(rod(aftale)))
    side = tekst(sanne.get(rod(aftale) + "optag-part/"))
    assert "Fritidscenter Havnen" in side
    assert "Vælg en enhed." in tekst(sanne.post(rod(aftale) + "optag-part/", {"enhed": "", "begrundelse": ""}))
    felter = {"enhed": v.center.pk, "begrundelse": ""}
    assert sanne.post(rod(aftale) + "optag-part/", felter).url == rod(aftale)
    assert byg.frisk(aftale).tilstand == Tilstand.INDGAAET
    assert Besked.objects.get(noegle__startswith="optag_part_leder:").til == v.centerleder
    fortalt = Besked.objects.filter(noegle__startswith="optag").exclude(noegle__startswith="optag_part")
    assert set(fortalt.values_list("til__navn", flat=True)) == {"Pia Dahl", "Dorte Sol"}
    actions.tiltraed(part=byg.part(aftale, v.center), af=v.centerleder, aftryk=aftale.indhold_id)
    assert [part.tilstand for part in byg.frisk(aftale).parter.all()] == [Svar.GODKENDT] * 3 + [Svar.TILTRAADT]
    assert list(Dokument.objects.values_list("loebenummer", flat=True)) == [2, 1]


def test_case_38_a_party_comes_while_the_others_are_asked_and_approves(v):
    aftale = byg.sendt(v, enheder=uden_center(v))
    for hvor in (v.skole, v.kkfo):
        byg.godkend(aftale, hvor, byg.leder(v, hvor))
    optag(aftale, v, v.center)
    byg.godkend(aftale, v.boernehus, v.dagtilbudsleder)
    assert byg.frisk(aftale).tilstand == Tilstand.TIL_GODKENDELSE, "S17: a party added late needs its approval"
    byg.godkend(aftale, v.center, v.centerleder)
    assert byg.frisk(aftale).tilstand == Tilstand.INDGAAET
    assert set(byg.frisk(aftale).parter.values_list("tilstand", flat=True)) == {Svar.GODKENDT}


def test_s8_a_school_of_another_district_never_and_an_outside_unit_with_a_reason(v):
    aftale = byg.indgaaet(v)
    with pytest.raises(ValidationError, match="hører ikke til distriktet"):
        optag(aftale, v, v.naboskole, "Vi vil gerne.")
    nabohus = enhed("Børnehuset Ege", Art.DAGINSTITUTION, i=v.nabodistrikt)
    with pytest.raises(ValidationError, match="Skriv, hvorfor Børnehuset Ege er part"):
        optag(aftale, v, nabohus)
    assert optag(aftale, v, nabohus, "Mange af børnene kommer derfra.").begrundelse


def test_s8_a_party_is_there_once_also_one_that_left(v):
    aftale = byg.indgaaet(v)
    with pytest.raises(ValidationError, match="står allerede på aftalen"):
        optag(aftale, v, v.center)


def test_d6_a_private_unit_is_voluntary(v):
    fri = enhed("Den Frie Skole", Art.SKOLE, i=v.distrikt, ejerform="privat")
    assert optag(byg.indgaaet(v), v, fri).er_frivillig


@pytest.mark.parametrize("lav", [byg.kladde, byg.annulleret])
def test_not_to_a_draft_nor_to_what_is_over(v, lav):
    aftale = lav(v, enheder=uden_center(v))
    with pytest.raises(IkkeMuligtError):
        optag(aftale, v, v.center)
    assert logget_ind(v.skoleleder).get(rod(aftale) + "optag-part/").url == rod(aftale)


@pytest.mark.parametrize("hvem", ["centerleder", "paedagogiskleder", "klyngeleder", "forvaltning"])
def test_only_the_tovholder_takes_a_party_in(v, hvem):
    with pytest.raises(IkkeTilladtError):
        optag(byg.indgaaet(v, enheder=uden_center(v)), v, v.center, af=getattr(v, hvem))
