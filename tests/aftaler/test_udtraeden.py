"""A party that leaves (S8, case 28): a date, a reason, its history kept, and the others never asked again."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from aftaler import actions
from aftaler.models import Dokument, StrategiskMaal
from aftaler.pdf import data_til
from aftaler.states import Svar, Tilstand
from aftaler.tur import naeste_skridt
from samarbejde import tid
from samarbejde.models import Besked
from samarbejde.organisation import luk_enhed
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import Art, enhed, verden

pytestmark = pytest.mark.django_db
GRUND = "Børnehuset er lukket."


@pytest.fixture
def v():
    return verden()


def ud(aftale, v, enhed=None, af=None, dato=None):
    return actions.lad_udtraede(
        aftale=aftale, af=af or v.skoleleder, enhed=enhed or v.boernehus, dato=dato or tid.i_dag(), grund=GRUND
    )


def test_case_28_a_party_leaves_one_in_force_and_its_approval_stands(v):
    aftale = byg.indgaaet(v)
    sanne = logget_ind(v.skoleleder)
    assert "Skriv, at en part er trådt ud" in tekst(sanne.get(rod(aftale)))
    side = sanne.get(rod(aftale) + "lad-udtraede/")
    assert "Børnehuset Solsikken" in tekst(side)
    felter = {"enhed": v.boernehus.pk, "dato": tid.i_dag().isoformat(), "grund": GRUND}
    assert sanne.post(rod(aftale) + "lad-udtraede/", felter).url == rod(aftale)
    part = byg.part(aftale, v.boernehus)
    assert (part.tilstand, part.udtraadt_den) == (Svar.UDTRAADT, tid.i_dag())
    assert part.godkendelse.navn == "Dorte Sol"
    assert byg.frisk(aftale).tilstand == Tilstand.INDGAAET
    side = tekst(sanne.get(rod(aftale)))
    assert "trådt ud" in side
    assert GRUND in side
    assert Dokument.objects.count() == 1
    assert "Trådt ud af aftalen" in render_to_string("aftaler/dokument.html", data_til(Dokument.objects.get()))
    fortalt = set(Besked.objects.filter(noegle__startswith="udtraadt").values_list("til__navn", flat=True))
    assert fortalt == {"Pia Dahl", "Carl Havn", "Dorte Sol"}


def test_case_28_a_closed_unit_no_longer_holds_the_agreement_back(v):
    aftale = byg.sendt(v)
    for part in (v.skole, v.kkfo, v.center):
        byg.godkend(aftale, part, byg.leder(v, part))
    luk_enhed(enhed=v.boernehus, gyldig_til=tid.i_dag(), af=None)
    ud(byg.frisk(aftale), v)
    aftale = byg.frisk(aftale)
    assert aftale.tilstand == Tilstand.INDGAAET
    assert set(aftale.parter.exclude(enhed=v.boernehus).values_list("tilstand", flat=True)) == {Svar.GODKENDT}


def lukket(enhed, efterfoelger=None):
    enhed.efterfoelger = efterfoelger
    enhed.save()
    luk_enhed(enhed=enhed, gyldig_til=tid.i_dag(), af=None)


@pytest.mark.parametrize("lav", [byg.sendt, byg.indgaaet])
def test_case_28_a_closed_unit_is_the_tovholders_turn_on_page_and_list(v, lav):
    aftale = lav(v)
    lukket(v.boernehus)
    for hvem, er_min in ((v.skoleleder, True), (v.paedagogiskleder, False)):
        skridt = [et for et in naeste_skridt(byg.frisk(aftale), hvem) if "er trådt ud" in et.hvad]
        assert [(et.hvem, et.er_min) for et in skridt] == [("Tovholderen, Lindeskolen", er_min)]
    assert not [
        et for et in naeste_skridt(byg.frisk(aftale), v.skoleleder) if et.hvad.endswith("for Børnehuset Solsikken")
    ]
    sanne = logget_ind(v.skoleleder)
    assert "Din tur" in tekst(sanne.get("/aftaler/?venter=mig"))
    assert "1 aftale" in tekst(logget_ind(v.forvaltning).get("/aftaler/?venter=tovholder"))
    form = sanne.get(rod(aftale) + "lad-udtraede/").context["form"]
    assert (form["enhed"].value(), form["dato"].value()) == (v.boernehus.pk, tid.i_dag())


def test_case_28_decision_6_the_unit_it_merged_into_is_proposed_not_put_in(v):
    aftale, ny = byg.indgaaet(v), enhed("Børnehuset Måne og Sol", Art.DAGINSTITUTION, i=v.distrikt, til=v.klynge)
    lukket(v.boernehus, ny)
    felter = {"enhed": v.boernehus.pk, "dato": tid.i_dag().isoformat(), "grund": GRUND}
    svar = logget_ind(v.skoleleder).post(rod(aftale) + "lad-udtraede/", felter, follow=True)
    assert f"Skal {ny} være part i stedet?" in tekst(svar)
    assert svar.context["form"]["enhed"].value() == str(ny.pk)
    assert ny not in {part.enhed for part in aftale.parter.all()}
    assert byg.part(aftale, v.boernehus).godkendelse.enhedsnavn == "Børnehuset Solsikken"


def test_case_28_in_a_draft_the_closed_one_must_be_taken_out_before_it_is_sent(v):
    aftale = byg.kladde(v)
    lukket(v.boernehus)
    assert "Børnehuset Solsikken er lukket. Tag den ud af parterne." in tekst(
        logget_ind(v.skoleleder).get(rod(aftale) + "send-til-godkendelse/")
    )
    with pytest.raises(ValidationError, match="er lukket"):
        byg.send(aftale, v.skoleleder)


def test_one_that_left_is_not_asked_and_cannot_answer(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.boernehus, v.dagtilbudsleder)
    ud(byg.frisk(aftale), v)
    with pytest.raises(IkkeMuligtError):
        byg.godkend(aftale, v.boernehus, v.dagtilbudsleder)
    with pytest.raises(IkkeMuligtError):
        actions.fortryd_godkendelse(part=byg.part(aftale, v.boernehus), af=v.dagtilbudsleder)
    actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    Besked.objects.all().delete()
    byg.send(aftale, v.skoleleder)
    assert not Besked.objects.filter(til=v.dagtilbudsleder).exists()
    assert "Godkend for Børnehuset" not in tekst(logget_ind(v.dagtilbudsleder).get(rod(aftale)))


def test_one_leaves_once_and_on_a_day_that_has_been(v):
    aftale = byg.indgaaet(v)
    for dato in (tid.i_dag() + timedelta(days=1), date(2020, 1, 1)):
        with pytest.raises(ValidationError) as fejl:
            ud(aftale, v, dato=dato)
        assert list(fejl.value.message_dict) == ["dato"]
    ud(aftale, v)
    with pytest.raises(IkkeMuligtError, match="allerede trådt ud"):
        ud(byg.frisk(aftale), v)


def test_d1_s8_the_tovholder_and_the_last_institution_stay(v):
    aftale = byg.sendt(v, enheder=[v.skole, v.kkfo])
    with pytest.raises(ValidationError, match="Tovholderskolen kan ikke træde ud"):
        ud(aftale, v, enhed=v.skole)
    with pytest.raises(ValidationError, match="mindst én institution"):
        ud(aftale, v, enhed=v.kkfo)
    assert byg.frisk(aftale).tilstand == Tilstand.TIL_GODKENDELSE


def test_s15_one_that_answers_for_an_activity_of_a_draft_is_freed_first(v):
    aftale = byg.kladde(v)
    delmaal = StrategiskMaal.objects.get().delmaal.get()
    byg.skriv_aktivitet(aftale, v.skoleleder, delmaal, ansvarlige=[v.boernehus])
    with pytest.raises(ValidationError, match="Vælg en anden ansvarlig først"):
        ud(aftale, v)


@pytest.mark.parametrize("lav", [byg.annulleret, byg.indgaaet])
def test_nobody_leaves_what_is_over(v, lav):
    aftale = lav(v)
    with tid.frys(datetime(2027, 8, 3, 9, tzinfo=UTC)), pytest.raises(IkkeMuligtError, match="gælder ikke længere"):
        ud(aftale, v)


@pytest.mark.parametrize("hvem", ["dagtilbudsleder", "paedagogiskleder", "klyngeleder", "forvaltning", "omraadechef"])
def test_only_the_tovholder_writes_it(v, hvem):
    with pytest.raises(IkkeTilladtError):
        ud(byg.indgaaet(v), v, af=getattr(v, hvem))
