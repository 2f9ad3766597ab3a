"""A party whose post as leader is vacant (decisions 2, 3, 4; D28; case 35): who answers, and what is said of it."""

from datetime import date

import pytest

from aftaler import actions
from aftaler.models import Aftale, Godkendelse
from aftaler.states import Svar, Tilstand
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked
from samarbejde.organisation import tilknyt
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, maa
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import FRA, Art, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db
Egenskab = Godkendelse.Egenskab


@pytest.fixture
def v():
    return verden()


def ledig(hvem):
    for tildeling in hvem.rolletildelinger.all():
        afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)


def sted(aftale, hvor, verbum="godkend"):
    return f"{rod(aftale)}parter/{hvor.slug}/{verbum}/"


def test_decision_3_the_klyngeleder_answers_for_a_vacant_post_and_it_is_said(v):
    ledig(v.dagtilbudsleder)
    aftale = byg.sendt(v)
    assert Besked.objects.filter(noegle__startswith="bed_om_svar:", til=v.klyngeleder).exists()
    kaj = logget_ind(v.klyngeleder)
    assert "Godkend aftalen for Børnehuset Solsikken" in tekst(kaj.get("/"))
    side = tekst(kaj.get(sted(aftale, v.boernehus)))
    assert "Lederposten på Børnehuset Solsikken er ledig, så du svarer på vegne af Børnehuset Solsikken" in side
    assert kaj.post(sted(aftale, v.boernehus), {"aftryk": aftale.indhold_id}).url == rod(aftale)
    givet = byg.part(aftale, v.boernehus).godkendelse
    assert givet.egenskab == Egenskab.KLYNGELEDER
    assert givet.underskrift == (
        "Kaj Nordby, klyngeleder, på vegne af Børnehuset Solsikken, hvor lederposten var ledig"
    )
    assert "på vegne af Børnehuset Solsikken" in tekst(logget_ind(v.skoleleder).get(rod(aftale)))
    assert "har godkendt på vegne af Børnehuset Solsikken" in tekst(
        logget_ind(v.skoleleder).get(rod(aftale) + "historik/")
    )


def test_decision_3_only_while_the_post_is_vacant(v):
    """The klyngeleder never decides over a leader, nor after a new one has come."""
    aftale = byg.sendt(v)
    part = byg.part(aftale, v.boernehus)
    assert not maa(v.klyngeleder, Handling.GODKEND, part)
    assert logget_ind(v.klyngeleder).get(sted(aftale, v.boernehus)).status_code == 403
    ledig(v.dagtilbudsleder)
    assert maa(v.klyngeleder, Handling.GODKEND, byg.part(aftale, v.boernehus))
    rolle(person("Ny Leder"), Rolle.DAGTILBUDSLEDER, v.boernehus, fra=tid.i_dag(), konstitueret=True)
    with pytest.raises(IkkeTilladtError):
        byg.godkend(aftale, v.boernehus, v.klyngeleder)


@pytest.mark.parametrize("hvem", ["netvaerkskoordinator", "skoleleder", "omraadechef", "forvaltning", "klyngeleder"])
def test_decision_3_nobody_answers_for_a_vacant_unit_outside_a_klynge(v, hvem):
    """Børnehuset Månen is selvejende and in a netværk: its bestyrelse names somebody, and nobody steps in."""
    aftale = byg.sendt(v, enheder=[*byg.parter(v), v.selvejende])
    with pytest.raises(IkkeTilladtError):
        byg.godkend(aftale, v.selvejende, getattr(v, hvem))
    side = tekst(logget_ind(v.skoleleder).get(rod(aftale)))
    assert "Den, der handler for Børnehuset Månen, mens lederposten er ledig" in side


def test_another_klynge_is_another_klynge(v):
    ledig(v.dagtilbudsleder)
    syd = enhed("Klynge Syd", Art.KLYNGE)
    tilknyt(enhed=v.selvejende, til=syd, gyldig_fra=FRA, af=None)
    sussi = person("Sussi Syd")
    rolle(sussi, Rolle.KLYNGELEDER, syd)
    aftale = byg.sendt(v, enheder=[*byg.parter(v), v.selvejende])
    with pytest.raises(IkkeTilladtError):
        byg.godkend(aftale, v.boernehus, sussi)
    byg.godkend(aftale, v.selvejende, sussi)
    assert byg.part(aftale, v.selvejende).tilstand == Svar.GODKENDT


def test_case_35_a_kkfos_own_leader_answers_and_the_skoleleder_only_when_none_is_registered(v):
    """Decision 2: and that is shown."""
    aftale = byg.sendt(v)
    with pytest.raises(IkkeTilladtError):
        byg.godkend(aftale, v.kkfo, v.skoleleder)
    ledig(v.paedagogiskleder)
    assert "Godkend aftalen for KKFO Lindely" in tekst(logget_ind(v.skoleleder).get("/"))
    with pytest.raises(IkkeTilladtError):
        byg.godkend(aftale, v.kkfo, v.naboskoleleder)
    byg.godkend(aftale, v.kkfo, v.skoleleder)
    assert byg.part(aftale, v.kkfo).godkendelse.underskrift == (
        "Sanne Lund, skoleleder, på vegne af KKFO Lindely, hvor der ikke var registreret en leder"
    )
    assert byg.part(aftale, v.skole).tilstand == Svar.AFVENTER, "case 27: one answer is never two"


def test_a_centre_without_a_leader_is_not_the_skoleleders(v):
    ledig(v.centerleder)
    aftale = byg.sendt(v)
    with pytest.raises(IkkeTilladtError):
        byg.godkend(aftale, v.center, v.skoleleder)
    byg.godkend(aftale, v.center, v.klyngeleder)
    assert byg.part(aftale, v.center).godkendelse.egenskab == Egenskab.KLYNGELEDER


def test_decision_4_a_deputy_answers_in_the_leaders_absence_and_the_post_is_not_vacant(v):
    vikar = person("Vita Vikar")
    rolle(vikar, Rolle.DAGTILBUDSLEDER, v.boernehus, til=date(2027, 6, 1), i_fravaer=True)
    aftale = byg.sendt(v)
    with pytest.raises(IkkeTilladtError):
        byg.godkend(aftale, v.boernehus, v.klyngeleder)
    byg.godkend(aftale, v.boernehus, vikar)
    givet = byg.part(aftale, v.boernehus).godkendelse
    assert givet.egenskab == Egenskab.STEDFORTRAEDER
    assert givet.underskrift == "Vita Vikar, dagtilbudsleder i leders fravær"


def test_decision_3_who_steps_in_may_decline_regret_and_write(v):
    ledig(v.dagtilbudsleder)
    aftale = byg.kladde(v)
    byg.skriv_afsnit(aftale, v.klyngeleder, "behov", "Set fra klyngen.")
    aftale = byg.send(aftale, v.skoleleder)
    part = byg.part(aftale, v.boernehus)
    byg.godkend(aftale, v.boernehus, v.klyngeleder)
    actions.fortryd_godkendelse(part=part, af=v.klyngeleder)
    actions.kan_ikke_godkende(part=part, af=v.klyngeleder, aftryk=aftale.indhold_id, grund="De små mangler.")
    assert byg.part(aftale, v.boernehus).tilstand == Svar.KAN_IKKE


def test_a_klyngeleder_with_no_vacant_unit_writes_nothing(v):
    aftale = byg.kladde(v)
    with pytest.raises(IkkeTilladtError):
        byg.skriv_afsnit(aftale, v.klyngeleder, "behov", "Set fra klyngen.")


def test_an_agreement_enters_with_a_vacant_post(v):
    ledig(v.dagtilbudsleder)
    aftale = byg.sendt(v)
    for hvor in byg.parter(v):
        byg.godkend(aftale, hvor, v.klyngeleder if hvor == v.boernehus else byg.leder(v, hvor))
    assert byg.frisk(aftale).tilstand == Tilstand.INDGAAET


def test_the_rows_say_what_the_question_says(v):
    """S53: `synlige_for` and `maa` agree, vacant or not."""
    ledig(v.dagtilbudsleder)
    ledig(v.paedagogiskleder)
    aftale = byg.sendt(v, enheder=[*byg.parter(v), v.selvejende])
    for hvem in (v.skoleleder, v.klyngeleder, v.netvaerkskoordinator, v.centerleder, v.naboskoleleder, v.forvaltning):
        for handling, objekter in (
            (Handling.GODKEND, aftale.parter.all()),
            (Handling.SKRIV_AFTALE, Aftale.objects.all()),
        ):
            kan = {et.pk for et in objekter if maa(hvem, handling, et)}
            assert {et.pk for et in objekter.synlige_for(hvem, handling)} == kan, (hvem, handling)
