"""The answers to a request (S39, S46, case 13): a meeting, an agenda, another forum, a reason, or merged; and back."""

from datetime import time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from moeder import actions
from moeder.models import Anmodning, Punkt
from moeder.models.anmodning import INGEN_ORD_OM_BARNET
from moeder.queries.anmodninger import aabne_anmodninger
from moeder.queries.anmodningsforum import kan_henvises_til
from moeder.states import Anmodningstilstand, Punktovergang, Punkttilstand, Tilstand
from samarbejde import tid
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.tilstande import IkkeMuligtError, skift
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import DAG, anmod, moede, om
from tests.ressourcecenter.byg import Art, forum, ressourceperson

pytestmark = pytest.mark.django_db
A = Anmodningstilstand


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


@pytest.fixture
def anmodning(v, rc):
    return anmod(rc, v.medarbejder, v.kkfo)


def frisk(anmodning):
    return Anmodning.objects.get(pk=anmodning.pk)


def tid_om(dage, minutter=90):
    return {"begynder": om(dage), "slutter": om(dage) + timedelta(minutes=minutter)}


def svar(anmodning, v, hvordan, af=None):
    af = af or v.koordinator
    if hvordan == "planlaeg":
        return actions.planlaeg_for_anmodning(anmodning=anmodning, af=af, **tid_om(14))
    if hvordan == "saet_paa":
        m = moede(anmodning.forum, af=v.skoleleder)
        return actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=af)
    if hvordan == "henvis":
        return actions.henvis_anmodning(anmodning=anmodning, forum=forum(v.skole, Art.PLC), af=af)
    if hvordan == "flet":
        med = anmod(anmodning.forum, v.vejleder, v.skole, niveau=anmodning.niveau)
        return actions.flet_anmodning(anmodning=anmodning, med=med, af=af)
    return actions.afvis_anmodning(anmodning=anmodning, grund="Det tager vi på personalemødet.", af=af)


ALLE = ("planlaeg", "saet_paa", "henvis", "flet", "afvis")


def breve(anmodning, hvad, til):
    return Besked.objects.filter(noegle__startswith=f"anmodning:{anmodning.pk}:{hvad}", til=til)


# --- who, and when -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hvordan", ALLE)
def test_only_the_leadership_of_the_forum_answers_and_only_once(v, anmodning, hvordan):
    for hvem in (v.medarbejder, v.paedagogiskleder, v.naboskoleleder, v.nabokoordinator, v.klyngeleder, v.omraadechef):
        with pytest.raises(IkkeTilladtError), transaction.atomic():
            svar(anmodning, v, hvordan, af=hvem)
    svar(anmodning, v, hvordan)
    if hvordan in {"henvis"}:
        return
    for igen in ALLE:
        with pytest.raises(IkkeMuligtError, match="allerede besvaret"), transaction.atomic():
            svar(anmodning, v, igen)


def test_s36_a_coordinator_of_the_ressourcecenter_alone_answers_nothing_in_the_laeringscenter(v):
    rita = person("Rita Rc")
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    i_plc = anmod(forum(v.skole, Art.PLC), v.medarbejder, v.kkfo)
    with pytest.raises(IkkeTilladtError):
        svar(i_plc, v, "afvis", af=rita)
    assert svar(anmod(forum(v.skole), v.medarbejder, v.kkfo), v, "afvis", af=rita)


def test_the_coordinator_may_answer_her_own_request(v, rc):
    assert svar(anmod(rc, v.koordinator, v.skole), v, "planlaeg").tilstand == A.PLANLAGT


# --- a meeting ---------------------------------------------------------------------------------------------------
def test_a_planned_meeting_has_the_request_on_its_agenda_with_its_level_and_its_asker(v, anmodning):
    Anmodning.objects.filter(pk=anmodning.pk).update(spoergsmaal="Hvad gør vi?")
    besvaret = svar(frisk(anmodning), v, "planlaeg")
    assert besvaret.tilstand == A.PLANLAGT
    assert besvaret.moede.tilstand == Tilstand.RESERVERET
    punkt = besvaret.moede.punkter.get()
    assert punkt == besvaret.punkt
    assert (punkt.titel, punkt.niveau, punkt.tilstand) == (anmodning.hvad, "boernegruppe", "paa_dagsorden")
    assert (punkt.foreslaaet_af, punkt.foreslaaet_for, punkt.spoergsmaal) == (v.medarbejder, v.kkfo, "Hvad gør vi?")
    assert breve(anmodning, "nyt", v.medarbejder).get().levering == "lejlighed"
    assert list(aabne_anmodninger(besvaret.moede)) == [besvaret]


def test_the_asker_is_told_at_once_when_the_meeting_is_tomorrow(v, rc, anmodning):
    m = moede(rc, af=v.skoleleder, begynder=tid.nu() + timedelta(hours=20))
    actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.koordinator)
    assert breve(anmodning, "nyt", v.medarbejder).get().levering == "straks"


def test_a_request_about_one_child_becomes_an_item_without_a_word(v, rc):
    anmodning = anmod(rc, v.medarbejder, v.kkfo, niveau="enkeltbarn")
    punkt = svar(anmodning, v, "saet_paa").punkt
    assert (punkt.titel, punkt.beskrivelse, punkt.spoergsmaal, punkt.niveau) == ("", "", "", "enkeltbarn")


def test_case_19_one_child_never_on_a_thematic_meeting_and_nothing_is_left_behind(v, rc):
    anmodning = anmod(rc, v.medarbejder, v.kkfo, niveau="enkeltbarn")
    with pytest.raises(ValidationError, match="kan ikke drøftes på det møde"):
        actions.planlaeg_for_anmodning(anmodning=anmodning, af=v.koordinator, er_tematisk=True, **tid_om(14))
    tematisk = moede(rc, af=v.skoleleder, er_tematisk=True)
    with pytest.raises(ValidationError):
        actions.saet_anmodning_paa(anmodning=anmodning, moede=tematisk, af=v.koordinator)
    assert frisk(anmodning).tilstand == A.MODTAGET
    assert not Punkt.objects.exists()
    assert list(type(tematisk).objects.all()) == [tematisk]


@pytest.mark.parametrize("hvilket", ["et andet forum", "holdt", "aflyst", "begyndt"])
def test_only_a_meeting_to_come_in_the_same_forum(v, rc, anmodning, hvilket):
    felter = {
        "et andet forum": {"hvor": forum(v.skole, Art.PLC)},
        "holdt": {"tilstand": Tilstand.AFHOLDT},
        "aflyst": {"tilstand": Tilstand.AFLYST, "aflyst_grund": "Ingen punkter"},
        "begyndt": {"begynder": tid.nu() - timedelta(minutes=5)},
    }[hvilket]
    m = moede(**{"hvor": rc, "af": v.skoleleder, **felter})
    with pytest.raises(ValidationError):
        actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.skoleleder)
    assert frisk(anmodning).tilstand == A.MODTAGET


def test_s60_on_a_joint_meeting_by_whoever_leads_both(v, rc, anmodning):
    m = moede(rc, med=forum(v.skole, Art.PLC), af=v.skoleleder)
    rita = person("Rita Rc")
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    with pytest.raises(IkkeTilladtError):
        actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=rita)
    assert actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.koordinator).tilstand == A.PAA_DAGSORDEN


# --- another forum -----------------------------------------------------------------------------------------------
def test_s46_referred_only_to_a_forum_that_fits(v, rc):
    def steder(**felter):
        return {str(et) for et in kan_henvises_til(anmod(rc, v.centerleder, v.center, **felter))}

    skoler = {"Ressourcecenter, Egeskolen", "Pædagogisk Læringscenter, Egeskolen"}
    plc = {"Pædagogisk Læringscenter, Lindeskolen"}
    team = {"Ressourceteam, Klynge Nord", "Ressourceteam, Netværk Åen"}
    assert steder(niveau="tema") == skoler | plc | team
    assert steder(niveau="boernegruppe") == skoler | plc
    assert steder(niveau="enkeltbarn") == {"Ressourcecenter, Egeskolen"}


def test_s46_the_receiver_answers_and_nobody_else(v, rc):
    anmodning = anmod(rc, v.centerleder, v.center, niveau="tema")
    team = forum(v.klynge)
    henvist = actions.henvis_anmodning(anmodning=anmodning, forum=team, tekst="Det er jeres.", af=v.koordinator)
    assert (henvist.tilstand, henvist.forum, henvist.henvist_fra) == (A.HENVIST, team, rc)
    assert breve(anmodning, "svar", v.klyngeleder).get().levering == "straks"
    assert breve(anmodning, "nyt", v.centerleder).exists()
    with pytest.raises(IkkeTilladtError):
        svar(henvist, v, "afvis", af=v.koordinator)
    with pytest.raises(ValidationError, match="kan ikke henvises dertil"):
        actions.henvis_anmodning(anmodning=henvist, forum=rc, af=v.klyngeleder)
    assert svar(henvist, v, "afvis", af=v.klyngeleder).tilstand == A.AFVIST


# --- a reason ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("grund", ["", "   "])
def test_case_13_a_decline_without_a_reason_is_refused(v, anmodning, grund):
    with pytest.raises(ValidationError, match="Skriv en grund"):
        actions.afvis_anmodning(anmodning=anmodning, grund=grund, af=v.koordinator)
    with pytest.raises(IntegrityError), transaction.atomic():
        Anmodning.objects.filter(pk=anmodning.pk).update(tilstand="afvist")
    assert frisk(anmodning).tilstand == A.MODTAGET


def test_s3_the_reason_about_one_child_is_one_of_ours(v, rc):
    anmodning = anmod(rc, v.medarbejder, v.kkfo, niveau="enkeltbarn")
    with pytest.raises(ValidationError) as fejl:
        actions.afvis_anmodning(anmodning=anmodning, grund="Bo er flyttet", af=v.koordinator)
    assert list(fejl.value.message_dict) == ["grund"]
    with pytest.raises(ValidationError):
        actions.henvis_anmodning(anmodning=anmodning, forum=forum(v.naboskole), tekst="Bo", af=v.koordinator)
    assert actions.afvis_anmodning(anmodning=anmodning, grund=INGEN_ORD_OM_BARNET[0], af=v.koordinator)


def test_s28_a_refusal_is_put_before_the_leader_once_and_the_leader_alone_answers(v, anmodning):
    afvist = svar(anmodning, v, "afvis")
    with pytest.raises(IkkeTilladtError):
        actions.forelaeg_anmodning(anmodning=afvist, af=v.paedagogiskleder)
    forelagt = actions.forelaeg_anmodning(anmodning=afvist, af=v.medarbejder)
    assert forelagt.tilstand == A.FORELAGT
    assert breve(anmodning, "svar", v.skoleleder).exists()
    with pytest.raises(IkkeTilladtError):
        svar(forelagt, v, "planlaeg")
    igen = svar(forelagt, v, "afvis", af=v.skoleleder)
    assert igen.tilstand == A.AFVIST
    with pytest.raises(IkkeMuligtError, match="allerede fået afslaget forelagt"):
        actions.forelaeg_anmodning(anmodning=igen, af=v.medarbejder)


def test_s28_a_refusal_by_the_leader_is_not_put_before_the_leader(v, anmodning):
    afvist = svar(anmodning, v, "afvis", af=v.skoleleder)
    with pytest.raises(IkkeMuligtError, match="lederen selv"):
        actions.forelaeg_anmodning(anmodning=afvist, af=v.medarbejder)


# --- merged ------------------------------------------------------------------------------------------------------
def test_s39_merging_keeps_both_askers_the_urgency_and_the_nearest_deadline(v, rc, anmodning):
    frist = anmodning.frist - 3 * DAG
    anden = anmod(rc, v.vejleder, v.skole, haster=True, frist=frist)
    videre = actions.flet_anmodning(anmodning=anden, med=anmodning, af=v.koordinator)
    assert videre == anmodning
    assert {en.person for en in videre.anmodere.all()} == {v.medarbejder, v.vejleder}
    assert (videre.haster, videre.frist) == (True, frist)
    assert (frisk(anden).tilstand, frisk(anden).flettet_i) == (A.FLETTET, anmodning)
    assert frisk(anden).anmodere.get().person == v.vejleder
    assert breve(anden, "nyt", v.vejleder).exists()
    svar(videre, v, "afvis")
    assert breve(anmodning, "nyt", v.vejleder).exists()
    assert breve(anmodning, "nyt", v.medarbejder).exists()


def test_merging_is_only_within_the_forum_the_level_and_what_is_open(v, rc, anmodning):
    uegnede = (
        anmodning,
        anmod(forum(v.skole, Art.PLC), v.medarbejder, v.kkfo),
        anmod(rc, v.medarbejder, v.kkfo, niveau="tema"),
        anmod(rc, v.medarbejder, v.kkfo, tilstand="trukket"),
    )
    for anden in uegnede:
        with pytest.raises(ValidationError):
            actions.flet_anmodning(anmodning=anmodning, med=anden, af=v.skoleleder)
    nabo = anmod(forum(v.naboskole), v.medarbejder, v.kkfo)
    with pytest.raises(IkkeTilladtError):
        actions.flet_anmodning(anmodning=anmodning, med=nabo, af=v.skoleleder)
    assert frisk(anmodning).tilstand == A.MODTAGET


# --- what becomes of the meeting -----------------------------------------------------------------------------------
def test_d18_a_cancelled_meeting_gives_its_requests_back_with_a_new_clock(v, anmodning):
    besvaret = svar(anmodning, v, "planlaeg")
    Anmodning.objects.filter(pk=anmodning.pk).update(frist=tid.i_dag() - 30 * DAG, eskaleret_den=tid.nu())
    actions.aflys_moede(moede=besvaret.moede, grund="Sygdom", af=v.skoleleder)
    tilbage = frisk(anmodning)
    assert (tilbage.tilstand, tilbage.moede, tilbage.eskaleret_den) == (A.MODTAGET, None, None)
    assert tilbage.frist > tid.i_dag()
    assert breve(anmodning, "svar", v.koordinator).get().levering == "straks"
    assert breve(anmodning, "nyt", v.medarbejder).exists()
    assert actions.giv_anmodninger_tilbage(moede=besvaret.moede, af=v.skoleleder) == 0
    igen = svar(tilbage, v, "saet_paa")
    assert Punkt.objects.get() == igen.punkt
    assert igen.punkt.moede == igen.moede


def test_what_waited_in_the_backlog_is_closed_when_the_request_goes_another_way(v, anmodning):
    besvaret = svar(anmodning, v, "planlaeg")
    actions.aflys_moede(moede=besvaret.moede, grund="Sygdom", af=v.skoleleder)
    svar(frisk(anmodning), v, "afvis")
    assert Punkt.objects.get().tilstand == Punkttilstand.LUKKET


def behandlet(punkt, hvordan):
    skift(punkt, hvordan)
    punkt.save()


def test_treated_when_the_item_was_and_given_back_when_it_was_not(v, rc, anmodning):
    """S39: closing without an answer is impossible."""
    anden = anmod(rc, v.vejleder, v.skole)
    m = moede(rc, af=v.skoleleder)
    for en in (anmodning, anden):
        actions.saet_anmodning_paa(anmodning=en, moede=m, af=v.koordinator)
    behandlet(frisk(anmodning).punkt, Punktovergang.BEHANDL)
    assert actions.behandl_anmodninger(moede=m, af=v.skoleleder) == 1
    assert (frisk(anmodning).tilstand, frisk(anden).tilstand) == (A.BEHANDLET, A.MODTAGET)
    assert actions.behandl_anmodninger(moede=m, af=v.skoleleder) == 0


def test_put_off_it_follows_its_item_to_the_next_meeting(v, rc, anmodning):
    m, naeste = moede(rc, af=v.skoleleder), moede(rc, af=v.skoleleder, dage=28)
    punkt = actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.koordinator).punkt
    behandlet(punkt, Punktovergang.UDSAET)
    nyt = Punkt.objects.create(
        forum=rc, moede=naeste, titel=punkt.titel, niveau=punkt.niveau, tilstand=Punkttilstand.PAA_DAGSORDEN,
        foreslaaet_af=v.medarbejder, udsat_fra=punkt,
    )  # fmt: skip
    assert actions.behandl_anmodninger(moede=m, af=v.skoleleder) == 0
    assert (frisk(anmodning).tilstand, frisk(anmodning).punkt, frisk(anmodning).moede) == (A.PAA_DAGSORDEN, nyt, naeste)


def test_every_answer_is_in_the_trail(v, rc):
    ressourceperson(rc, v.sundhedsplejerske)
    for hvordan in ALLE:
        anmodning = anmod(rc, v.medarbejder, v.kkfo)
        foer = Haendelse.objects.filter(rod_art="anmodning", rod_id=anmodning.pk).count()
        svar(anmodning, v, hvordan)
        assert Haendelse.objects.filter(rod_art="anmodning", rod_id=anmodning.pk).count() == foer + 1, hvordan


def test_two_requests_on_the_same_new_meeting_share_it(v, rc):
    """The same person plans the same time within a minute: one meeting, two items."""
    to = [anmod(rc, v.medarbejder, v.kkfo), anmod(rc, v.vejleder, v.skole)]
    hvornaar = {"begynder": om(9, time(9)), "slutter": om(9, time(10))}
    moeder = {actions.planlaeg_for_anmodning(anmodning=en, af=v.koordinator, **hvornaar).moede for en in to}
    assert len(moeder) == 1
    assert moeder.pop().punkter.count() == 2
