"""Asking for a meeting: everybody attached may, from start to sent in three steps (S2, S20, S39, S59; D20; case 12)."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from moeder import actions
from moeder.models import Anmoder, Anmodning
from moeder.models.anmodning import FRIE_FELTER
from moeder.queries.anmodningsforum import enheder_at_bede_for
from moeder.states import Anmodningstilstand, Tilstand
from ressourcecenter.actions import INDSTILLINGER
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import AKTOERER, TILLADT, Handling, IkkeTilladtError, Relation, Rolle, maa
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import alt_muligt, anmod, moede
from tests.ressourcecenter.byg import Art, delegation, forum, ressourceperson, stedfortraeder, uden_leder

pytestmark = pytest.mark.django_db
HVAD = "Uro i 5. klasse efter frikvarteret"


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


def bed(hvor, af, **felter):
    return actions.anmod_om_moede(**{"forum": hvor, "af": af, "niveau": "boernegruppe", "hvad": HVAD, **felter})


def modtagere(anmodning):
    return {besked.til for besked in Besked.objects.filter(noegle__startswith=f"anmodning:{anmodning.pk}:svar")}


# --- who ---------------------------------------------------------------------------------------------------------
def test_case_12_every_attached_role_can_ask_and_nobody_else(v, rc):
    """S39: each kind of actor, with the unit that the right rests on; an untied person has no right at all."""
    ressourceperson(rc, v.sundhedsplejerske)
    delegation(v.center, v.skole, v.teamkoordinator)
    ventet = {
        v.skoleleder: v.skole,
        v.koordinator: v.skole,
        v.vejleder: v.skole,
        v.paedagogiskleder: v.kkfo,
        v.centerleder: v.center,
        v.teamkoordinator: v.center,
        v.medarbejder: v.kkfo,
        v.sundhedsplejerske: None,
    }
    for hvem, enhed in ventet.items():
        anmodning = bed(rc, hvem)
        assert [(en.person, en.enhed) for en in anmodning.anmodere.all()] == [(hvem, enhed)]
    udenfor = (v.udenfor, v.naboskoleleder, v.forvaltning, v.administrator, v.omraadechef, v.dagtilbudsleder)
    for hvem in (*udenfor, v.klyngeleder):
        with pytest.raises(IkkeTilladtError):
            bed(rc, hvem)
    assert Anmodning.objects.count() == len(ventet)


def test_s39_klyngeleder_and_resource_person_ask_in_the_team(v):
    team = forum(v.klynge)
    ressourceperson(team, v.medarbejder, v.kkfo)
    for hvem, enhed in ((v.klyngeleder, v.klynge), (v.centerleder, v.center), (v.medarbejder, v.kkfo)):
        assert bed(team, hvem, niveau="tema").anmodere.get().enhed == enhed
    with pytest.raises(IkkeTilladtError):
        bed(team, v.skoleleder, niveau="tema")


def test_s39_no_setting_and_no_role_takes_the_right_away(v, rc):
    """The cell of the table, and the local rules of a forum: none of them is about who may ask."""
    assert TILLADT[Handling.ANMOD_OM_MOEDE] == AKTOERER
    fra_matricen = {Rolle.SKOLELEDER, Rolle.KOORDINATOR, Rolle.FRITIDSLEDER, Rolle.MEDARBEJDER, Rolle.KLYNGELEDER}
    fra_matricen |= {Rolle.NETVAERKSKOORDINATOR}
    relationer = {Relation.DELEGERET, Relation.RESSOURCEPERSON, Relation.EKSTERN_RESSOURCEPERSON}
    assert fra_matricen | relationer == AKTOERER
    om_anmodninger = {"svarfrist", "aflysningsregel"}
    assert {felt for felt in INDSTILLINGER if "anmod" in felt or felt in om_anmodninger} == om_anmodninger
    rolle(v.medarbejder, Rolle.ADMINISTRATOR, v.kommune)
    rolle(v.medarbejder, Rolle.FORVALTNING, v.kommune)
    assert bed(rc, v.medarbejder)


def test_s39_more_than_one_can_be_open(v, rc):
    for nummer in range(3):
        bed(rc, v.medarbejder, hvad=f"Sag {nummer}")
    assert Anmodning.objects.filter(tilstand="modtaget", anmodere__person=v.medarbejder).count() == 3


def test_the_unit_is_derived_and_asked_for_only_when_there_are_several(v, rc):
    rolle(v.medarbejder, Rolle.MEDARBEJDER, v.skole)
    assert enheder_at_bede_for(rc, v.medarbejder) == [v.skole, v.kkfo]
    with pytest.raises(ValidationError) as fejl:
        bed(rc, v.medarbejder)
    assert fejl.value.message_dict == {"enhed": ["Vælg, hvilken enhed du beder om mødet for."]}
    assert bed(rc, v.medarbejder, enhed=v.kkfo).anmodere.get().enhed == v.kkfo
    with pytest.raises(ValidationError):
        bed(rc, v.vejleder, enhed=v.kkfo)


# --- what --------------------------------------------------------------------------------------------------------
def test_d20_everything_is_kept_and_only_what_and_level_are_asked_for(v, rc):
    alt = {felt: f"Om {felt}" for felt in FRIE_FELTER}
    anmodning = bed(rc, v.medarbejder, haster=True, **alt)
    assert {felt: getattr(anmodning, felt) for felt in FRIE_FELTER} == alt
    assert anmodning.haster
    with pytest.raises(ValidationError) as fejl:
        bed(rc, v.medarbejder, hvad="")
    assert fejl.value.message_dict == {"hvad": ["Udfyld «Hvad handler det om?»."]}


def test_s3_a_request_about_one_child_carries_no_word(v, rc):
    """Every free field is refused, in the action and in the database; empty it is allowed."""
    for felt in FRIE_FELTER:
        with pytest.raises(ValidationError) as fejl:
            bed(rc, v.medarbejder, niveau="enkeltbarn", **{"hvad": "", felt: "Bo slår"})
        assert list(fejl.value.message_dict) == [felt]
        with pytest.raises(IntegrityError), transaction.atomic():
            Anmodning.objects.create(forum=rc, niveau="enkeltbarn", frist="2026-12-01", **{felt: "Bo slår"})
    anmodning = bed(rc, v.medarbejder, niveau="enkeltbarn", hvad="", haster=True)
    assert anmodning.overskrift == "Drøftelse om et barn"
    assert "enkelt barn" in Haendelse.objects.get(navn="anmod_om_moede").saetning


def test_case_19_the_level_decides_where_one_can_ask(v, rc):
    """S21, S44, decision 19: one child only in the Ressourcecenter, a group in the school's two forums."""
    plc, team = forum(v.skole, Art.PLC), forum(v.klynge)
    svar = {}
    for hvor in (rc, plc, team):
        for niveau in ("enkeltbarn", "boernegruppe", "tema"):
            hvad = "" if niveau == "enkeltbarn" else HVAD
            try:
                bed(hvor, v.centerleder, niveau=niveau, hvad=hvad)
                svar[hvor.art, niveau] = "ja"
            except ValidationError as fejl:
                svar[hvor.art, niveau] = next(iter(fejl.message_dict))
    assert svar == {
        ("ressourcecenter", "enkeltbarn"): "ja",
        ("ressourcecenter", "boernegruppe"): "ja",
        ("ressourcecenter", "tema"): "ja",
        ("laeringscenter", "enkeltbarn"): "niveau",
        ("laeringscenter", "boernegruppe"): "ja",
        ("laeringscenter", "tema"): "ja",
        ("ressourceteam", "enkeltbarn"): "niveau",
        ("ressourceteam", "boernegruppe"): "niveau",
        ("ressourceteam", "tema"): "ja",
    }


def test_case_32_a_cpr_number_is_refused_in_every_field(v, rc):
    for felt in FRIE_FELTER:
        with pytest.raises(ValidationError) as fejl:
            bed(rc, v.medarbejder, **{felt: "Ring om 010203-1234"})
        assert list(fejl.value.message_dict) == [felt]
    assert not Anmodning.objects.exists()


def test_the_same_form_sent_twice_is_one_request_and_another_text_another(v, rc):
    foerste = bed(rc, v.medarbejder, kode="bcdfghjk")
    assert foerste.kode == "bcdfghjk"
    assert bed(rc, v.medarbejder, kode="bcdfghjk") == foerste
    assert bed(rc, v.medarbejder, kode="bcdfghjk", hvad="Noget andet") != foerste
    assert bed(rc, v.vejleder, kode="bcdfghjk") not in {foerste, None}
    assert bed(rc, v.medarbejder, kode="../../x") not in {foerste, None}
    assert Anmodning.objects.count() == 4
    assert Haendelse.objects.filter(navn="anmod_om_moede").count() == 4


def test_s59_who_else_works_with_it_is_a_proposal_and_invites_nobody(v, rc):
    m = moede(rc, af=v.skoleleder)
    anmodning = bed(rc, v.medarbejder, arbejder_ogsaa="Viggo Holm")
    actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=v.koordinator)
    assert not m.deltagere.exists()
    assert v.vejleder not in modtagere(anmodning)


# --- to whom -----------------------------------------------------------------------------------------------------
def test_the_coordinators_are_told_and_the_leader_only_where_there_is_none(v, rc):
    """S2 edge, S29 kan, S36."""
    assert modtagere(bed(rc, v.medarbejder)) == {v.koordinator}
    rolle(v.vejleder, Rolle.KOORDINATOR, v.skole, omfang="rc")
    assert modtagere(bed(rc, v.medarbejder, hvad="b")) == {v.koordinator, v.vejleder}
    assert modtagere(bed(forum(v.skole, Art.PLC), v.medarbejder)) == {v.koordinator}
    for tildeling in v.skole.rolletildelinger.med_rolle(Rolle.KOORDINATOR):
        afslut_rolle(tildeling=tildeling, gyldig_til=tildeling.gyldig_fra, af=None)
    assert modtagere(bed(rc, v.medarbejder, hvad="c")) == {v.skoleleder}
    stedfortraeder(v.vejleder, v.skole)
    assert modtagere(bed(rc, v.medarbejder, hvad="d")) == {v.vejleder}


def test_the_leader_of_a_team_answers_for_it(v):
    assert modtagere(bed(forum(v.klynge), v.centerleder, niveau="tema")) == {v.klyngeleder}


def test_a_coordinator_can_ask_and_is_not_mailed_by_herself(v, rc):
    anmodning = bed(rc, v.koordinator)
    assert modtagere(anmodning) == set()
    assert maa(v.koordinator, Handling.BESVAR_ANMODNING, anmodning)


def test_d37_no_word_of_the_request_is_in_any_mail_or_in_the_trail(v, rc):
    anmodning = bed(rc, v.medarbejder, gruppe="Holdet", styrker="Styrken", haster=True)
    actions.afvis_anmodning(anmodning=anmodning, grund="Vi mangler tid.", af=v.koordinator)
    actions.forelaeg_anmodning(anmodning=anmodning, af=v.medarbejder)
    alt = [f"{besked.emne} {besked.tekst}" for besked in Besked.objects.all()]
    alt += [str(haendelse.data) for haendelse in Haendelse.objects.filter(rod_art="anmodning")]
    assert len(alt) >= 6
    for ord_ in (HVAD, "Uro", "Holdet", "Styrken", "mangler tid"):
        assert not any(ord_ in tekst for tekst in alt), ord_


# --- it stays ----------------------------------------------------------------------------------------------------
def test_s39_silent_deletion_is_impossible(v, rc):
    """No action deletes, the database holds on to what hangs on it, and every change is in the trail."""
    anmodning = bed(rc, v.medarbejder)
    with pytest.raises(ProtectedError):
        anmodning.delete()
    with pytest.raises(ProtectedError):
        v.medarbejder.delete()
    actions.traek_anmodning(anmodning=anmodning, af=v.medarbejder)
    anmodning.refresh_from_db()
    assert anmodning.tilstand == Anmodningstilstand.TRUKKET
    navne = list(Haendelse.objects.filter(rod_art="anmodning").order_by("pk").values_list("navn", flat=True))
    assert navne == ["anmod_om_moede", "traek_anmodning"]


def test_s39_the_request_lives_on_when_its_asker_loses_the_attachment(v, rc):
    """S54: it is seen no more by who has left, and still answered."""
    anmodning = bed(rc, v.medarbejder)
    afslut_rolle(tildeling=v.medarbejder.rolletildelinger.get(), gyldig_til=anmodning.frist, af=None)
    uden = v.medarbejder.rolletildelinger.get()
    type(uden).objects.filter(pk=uden.pk).update(gyldig_til=uden.gyldig_fra)
    assert not maa(v.medarbejder, Handling.SE_ANMODNING, Anmodning.objects.get(pk=anmodning.pk))
    svaret = actions.afvis_anmodning(anmodning=anmodning, grund="Det er løst.", af=v.koordinator)
    assert svaret.tilstand == Anmodningstilstand.AFVIST


def test_withdrawn_only_by_the_asker_only_while_unanswered_and_never_for_others(v, rc):
    anmodning = bed(rc, v.medarbejder)
    for hvem in (v.koordinator, v.skoleleder, v.paedagogiskleder):
        with pytest.raises(IkkeTilladtError):
            actions.traek_anmodning(anmodning=anmodning, af=hvem)
    Anmoder.objects.create(anmodning=anmodning, person=v.vejleder, enhed=v.skole)
    with pytest.raises(IkkeMuligtError, match="Andre har også bedt"):
        actions.traek_anmodning(anmodning=anmodning, af=v.medarbejder)
    loest = anmod(rc, v.medarbejder, v.kkfo, tilstand="afvist", svar_tekst="Nej.")
    with pytest.raises(IkkeMuligtError, match="kan ikke trækkes tilbage"):
        actions.traek_anmodning(anmodning=loest, af=v.medarbejder)


def test_a_withdrawn_request_takes_back_the_mail_that_has_not_left(v, rc):
    anmodning = bed(rc, v.medarbejder)
    actions.traek_anmodning(anmodning=anmodning, af=v.medarbejder)
    assert set(Besked.objects.values_list("tilstand", flat=True)) == {"fortrudt"}


def test_an_external_person_follows_the_request_where_it_was_referred(v, rc):
    ressourceperson(rc, v.sundhedsplejerske)
    anmodning = bed(rc, v.sundhedsplejerske)
    henvist = actions.henvis_anmodning(anmodning=anmodning, forum=forum(v.naboskole), af=v.koordinator)
    frisk = Anmodning.objects.get(pk=henvist.pk)
    assert frisk.henvist_fra == rc
    assert maa(v.sundhedsplejerske, Handling.SE_ANMODNING, frisk)
    assert frisk in Anmodning.objects.synlige_for(v.sundhedsplejerske, Handling.SE_ANMODNING)


def test_a_forum_without_leader_and_coordinator_still_has_the_request(v, rc):
    """Nobody is mailed; it waits for whoever is appointed."""
    m = alt_muligt(v)
    assert m.reserveret.tilstand == Tilstand.RESERVERET
    uden_leder(v.naboskole)
    afslut_rolle(tildeling=v.nabokoordinator.rolletildelinger.get(), gyldig_til=v.naboskole.gyldig_fra, af=None)
    anmodning = bed(forum(v.naboskole), v.centerleder)
    assert modtagere(anmodning) == set()
    ny = person("Ny Leder")
    rolle(ny, Rolle.SKOLELEDER, v.naboskole)
    assert maa(ny, Handling.BESVAR_ANMODNING, anmodning)
