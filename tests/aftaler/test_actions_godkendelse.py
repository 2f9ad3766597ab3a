"""From draft to entered (S17): send, approve, «Kan ikke godkende endnu», withdraw, annul. And what must not happen."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from aftaler import actions, pladser
from aftaler.models import Dokument, Godkendelse, StrategiskMaal
from aftaler.states import Svar, Tilstand
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked, Enhed, Haendelse
from samarbejde.organisation import luk_enhed, ret_enhed, ret_person
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle
from samarbejde.roller import husk_roller, mine_roller, slut_med_roller
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.fabrik import Art, distrikt, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def svar(aftale, hvor):
    return byg.part(aftale, hvor).tilstand


def afslut_alle_roller(hvem):
    for tildeling in hvem.rolletildelinger.all():
        afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)


# --- sending -----------------------------------------------------------------------------------------------------
def test_s17_sending_locks_the_text_and_asks_every_leader(v):
    aftale = byg.sendt(v)
    assert aftale.tilstand == Tilstand.TIL_GODKENDELSE
    assert aftale.indhold is not None
    assert set(Besked.objects.filter(noegle__startswith="bed_om_svar:").values_list("til__navn", flat=True)) == {
        "Sanne Lund",
        "Pia Dahl",
        "Carl Havn",
        "Dorte Sol",
    }
    with pytest.raises(IkkeMuligtError, match="Teksten er låst"):
        byg.skriv_afsnit(aftale, v.skoleleder, "behov", "For sent.")


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "koordinator", "klyngeleder", "forvaltning", "administrator"])
def test_only_the_tovholder_sends_withdraws_and_annuls(v, hvem):
    """D1, S30: least of all somebody above the parties."""
    aftale, af = byg.kladde(v), getattr(v, hvem)
    for handling, forsoeg in {
        Handling.SEND_TIL_GODKENDELSE: lambda: byg.send(aftale, af),
        Handling.TRAEK_TILBAGE: lambda: actions.traek_tilbage(aftale=aftale, af=af),
        Handling.ANNULLER_AFTALE: lambda: actions.annuller_aftale(aftale=aftale, af=af, grund="Nej."),
    }.items():
        with pytest.raises(IkkeTilladtError) as fejl:
            forsoeg()
        assert fejl.value.handling == handling
    assert byg.frisk(aftale).tilstand == Tilstand.KLADDE


MANGLER = {
    "S8 no school": (lambda v, a: a.parter.exclude(enhed__art="skole"), "mindst én skole"),
    "S8 no institution": (lambda v, a: a.parter.filter(enhed__art="skole"), "mindst én institution"),
}


@pytest.mark.parametrize("mangel", MANGLER)
def test_s8_sending_without_a_school_or_without_an_institution_is_refused(v, mangel):
    behold, saetning = MANGLER[mangel]
    aftale = byg.kladde(v)
    aftale.parter.exclude(pk__in=behold(v, aftale).values("pk")).delete()
    afvist(aftale, v, saetning)


@pytest.mark.parametrize(
    ("afsnit", "saetning"), [("behov", "behov og udfordringer"), ("retning", "strategiske retning")]
)
def test_s10_s11_sending_without_the_two_texts_is_refused(v, afsnit, saetning):
    aftale = byg.kladde(v)
    byg.skriv_afsnit(aftale, v.skoleleder, afsnit, "")
    afvist(aftale, v, saetning)


def test_s13_sending_without_a_goal_is_refused(v):
    aftale = byg.kladde(v)
    StrategiskMaal.objects.all().delete()
    afvist(aftale, v, "mindst ét strategisk mål")


def test_s11_sending_a_goal_without_an_area_is_refused(v):
    aftale = byg.kladde(v)
    byg.skriv_maal(aftale, v.skoleleder, noegle=StrategiskMaal.objects.get().noegle, version=1, omraader=())
    afvist(aftale, v, "mindst ét af de seks målområder for målet «Gode overgange»")


def test_s14_sending_a_goal_without_delmaal_is_refused(v):
    """Decision 15: S14 holds also for a goal whose realisation is described (S13)."""
    aftale = byg.kladde(v)
    byg.skriv_maal(aftale, v.skoleleder, titel="Et til", realisering="Sådan gør vi.")
    afvist(aftale, v, "mindst ét delmål under målet «Et til»")


def test_s14_sending_a_delmaal_without_an_activity_is_refused(v):
    aftale = byg.kladde(v)
    byg.skriv_delmaal(aftale, v.skoleleder, StrategiskMaal.objects.get(), titel="Et delmål mere")
    afvist(aftale, v, "mindst én aktivitet under delmålet «Et delmål mere»")


def afvist(aftale, v, *saetninger):
    """Case 21: refused with every reason at once; the draft stays as it was saved."""
    with pytest.raises(ValidationError) as fejl:
        byg.send(aftale, v.skoleleder)
    assert len(fejl.value.messages) == len(saetninger)
    for saetning, besked in zip(saetninger, fejl.value.messages, strict=True):
        assert saetning in besked
        assert besked.endswith(".")
    assert byg.frisk(aftale).tilstand == Tilstand.KLADDE
    assert not Haendelse.objects.filter(navn="send_til_godkendelse").exists()
    assert not Besked.objects.filter(noegle__startswith="bed_om_svar:").exists()


def test_case_21_an_empty_draft_is_saved_and_says_all_it_lacks(v):
    aftale = byg.tom(v)
    afvist(aftale, v, "behov og udfordringer", "strategiske retning", "strategisk mål")


# --- approving ---------------------------------------------------------------------------------------------------
def test_s17_the_last_approval_enters_the_agreement_and_orders_one_document(v):
    aftale = byg.sendt(v)
    for nummer, hvor in enumerate(byg.parter(v), start=1):
        assert aftale.tilstand == Tilstand.TIL_GODKENDELSE
        byg.godkend(aftale, hvor, byg.leder(v, hvor))
        aftale = byg.frisk(aftale)
        assert Godkendelse.objects.count() == nummer
    assert aftale.tilstand == Tilstand.INDGAAET
    assert aftale.indgaaet_den is not None
    assert Dokument.objects.get().indhold == aftale.indhold


@pytest.mark.parametrize(
    ("hvem", "hvor"),
    [
        ("skoleleder", "kkfo"),
        ("paedagogiskleder", "skole"),
        ("centerleder", "kkfo"),
        ("naboskoleleder", "skole"),
        ("koordinator", "skole"),
        ("medarbejder", "kkfo"),
        ("klyngeleder", "boernehus"),
        ("omraadechef", "skole"),
        ("forvaltning", "skole"),
        ("administrator", "skole"),
        ("udenfor", "skole"),
    ],
)
def test_case_23_nobody_answers_for_a_unit_they_do_not_lead(v, hvem, hvor):
    aftale = byg.sendt(v)
    part, af = byg.part(aftale, getattr(v, hvor)), getattr(v, hvem)
    with pytest.raises(IkkeTilladtError):
        actions.godkend(part=part, af=af, aftryk=aftale.indhold_id)
    with pytest.raises(IkkeTilladtError):
        actions.kan_ikke_godkende(part=part, af=af, aftryk=aftale.indhold_id, grund="Nej.")
    assert not Godkendelse.objects.exists()
    assert svar(aftale, part.enhed) == Svar.AFVENTER


def test_s17_approving_twice_is_refused(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    with pytest.raises(IkkeMuligtError, match=r"Parten har allerede godkendt aftalen\."):
        byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    with pytest.raises(IkkeMuligtError, match=r"Parten har allerede godkendt aftalen\."):
        actions.kan_ikke_godkende(
            part=byg.part(aftale, v.kkfo), af=v.paedagogiskleder, aftryk=aftale.indhold_id, grund="Nej."
        )
    assert Godkendelse.objects.count() == 1


def test_decision_12_an_approval_of_another_text_than_the_one_seen_is_refused(v):
    aftale = byg.sendt(v)
    set_aftryk = aftale.indhold_id
    actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    byg.skriv_afsnit(aftale, v.skoleleder, "retning", "Noget ganske andet.")
    byg.send(aftale, v.skoleleder)
    for forkert in (set_aftryk, "", "0" * 64):
        with pytest.raises(IkkeMuligtError, match="Teksten er ændret"):
            byg.godkend(aftale, v.kkfo, v.paedagogiskleder, aftryk=forkert)
    assert not Godkendelse.objects.exists()


@pytest.mark.parametrize("lav", [byg.kladde, byg.annulleret])
def test_nobody_answers_when_the_agreement_is_not_up_for_approval(v, lav):
    aftale = lav(v)
    with pytest.raises(IkkeMuligtError, match="ikke til godkendelse"):
        byg.godkend(aftale, v.kkfo, v.paedagogiskleder, aftryk=aftale.indhold_id or "")


def test_s54_a_role_that_ends_while_the_form_is_open_ends_the_right(v):
    """Also within the request that remembered the role a moment ago."""
    aftale = byg.sendt(v)
    part = byg.part(aftale, v.kkfo)
    husk_roller()
    try:
        assert mine_roller(v.paedagogiskleder).paa(v.kkfo.pk)
        v.paedagogiskleder.rolletildelinger.update(gyldig_til=tid.i_dag())
        with pytest.raises(IkkeTilladtError):
            actions.godkend(part=part, af=v.paedagogiskleder, aftryk=aftale.indhold_id)
    finally:
        slut_med_roller()
    assert not Godkendelse.objects.exists()


def test_case_28_nobody_approves_for_a_unit_that_has_closed(v):
    aftale = byg.sendt(v)
    luk_enhed(enhed=v.kkfo, gyldig_til=tid.i_dag(), af=None)
    with pytest.raises(IkkeTilladtError):
        byg.godkend(aftale, v.kkfo, v.paedagogiskleder)


def test_case_41_a_new_leader_in_the_middle_answers_and_the_old_answer_stands(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    afslut_alle_roller(v.paedagogiskleder)
    afslut_alle_roller(v.centerleder)
    ny = person("Ny Leder")
    rolle(ny, Rolle.FRITIDSLEDER, v.center, konstitueret=True)
    byg.godkend(aftale, v.center, ny)
    assert svar(aftale, v.kkfo) == Svar.GODKENDT
    assert str(byg.part(aftale, v.kkfo).godkendelse) == "Pia Dahl, pædagogisk leder, KKFO Lindely"
    assert str(byg.part(aftale, v.center).godkendelse) == "Ny Leder, konstitueret centerleder, Fritidscenter Havnen"


def test_s17_a_signature_keeps_the_name_title_and_unit_of_the_moment(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    ret_person(person=v.paedagogiskleder, af=None, navn="Pia Gift")
    ret_enhed(enhed=v.kkfo, af=None, navn="KKFO Nyt Navn")
    afslut_alle_roller(v.paedagogiskleder)
    assert str(byg.part(aftale, v.kkfo).godkendelse) == "Pia Dahl, pædagogisk leder, KKFO Lindely"


def test_case_27_a_leader_of_two_parties_answers_once_for_each(v):
    """S17: and one answer is never two."""
    rolle(v.skoleleder, Rolle.FRITIDSLEDER, v.kkfo)
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.skole, v.skoleleder)
    assert (svar(aftale, v.skole), svar(aftale, v.kkfo)) == (Svar.GODKENDT, Svar.AFVENTER)
    byg.godkend(aftale, v.kkfo, v.skoleleder)
    assert list(Godkendelse.objects.values_list("titel", "enhedsnavn")) == [
        ("skoleleder", "Lindeskolen"),
        ("pædagogisk leder", "KKFO Lindely"),
    ]


def test_case_26_a_fritidscenter_is_party_in_several_agreements_and_answers_in_each(v):
    """S8: also in a district it has no link to, with a reason."""
    birk = distrikt("Birk Skoledistrikt")
    birkeskole = enhed("Birkeskolen", i=birk)
    birgit = person("Birgit Birk")
    rolle(birgit, Rolle.SKOLELEDER, birkeskole)
    linde = byg.sendt(v, enheder=[v.skole, v.center])
    ege = byg.tom(
        v, distrikt=v.nabodistrikt, af=v.naboskoleleder, tovholder=v.naboskole, enheder=[v.naboskole, v.center]
    )
    valg = [actions.Partsvalg(birkeskole), actions.Partsvalg(v.center, "De store børn går i centeret.")]
    birks = actions.opret_aftale(distrikt=birk, skoleaar=byg.dette_aar(), af=birgit, tovholder=birkeskole, parter=valg)
    byg.godkend(linde, v.center, v.centerleder)
    for aftale in (ege, birks):
        assert svar(aftale, v.center) == Svar.AFVENTER
        byg.skriv_afsnit(aftale, v.centerleder, "behov", "Centeret skriver med her også.")


def test_d2_a_dagtilbud_approves_like_the_others(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.boernehus, v.dagtilbudsleder)
    assert str(byg.part(aftale, v.boernehus).godkendelse) == "Dorte Sol, dagtilbudsleder, Børnehuset Solsikken"


# --- «Kan ikke godkende endnu», withdrawing, annulling -----------------------------------------------------------
def sig_nej(aftale, v, grund="Vi mangler et mål om overgange."):
    actions.kan_ikke_godkende(
        part=byg.part(aftale, v.kkfo), af=v.paedagogiskleder, aftryk=aftale.indhold_id, grund=grund
    )


def test_decision_12_a_no_leaves_the_state_wipes_nothing_and_tells_the_tovholder(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.skole, v.skoleleder)
    sig_nej(aftale, v)
    assert byg.frisk(aftale).tilstand == Tilstand.TIL_GODKENDELSE
    assert (svar(aftale, v.skole), svar(aftale, v.kkfo)) == (Svar.GODKENDT, Svar.KAN_IKKE)
    (besked,) = Besked.objects.filter(noegle__startswith="kan_ikke:")
    assert besked.til == v.skoleleder
    assert "overgange" not in besked.tekst + besked.emne, "D37: never a word of the reason in a mail"


def test_one_may_change_a_no_into_a_yes(v):
    aftale = byg.sendt(v)
    sig_nej(aftale, v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    assert svar(aftale, v.kkfo) == Svar.GODKENDT


def test_decision_12_a_no_to_this_very_text_stands_when_it_is_sent_again(v):
    """Nobody becomes silent, and is passed over after the deadline, because the tovholder sends the same text twice."""
    aftale = byg.sendt(v)
    sig_nej(aftale, v)
    actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    byg.send(aftale, v.skoleleder)
    part = byg.part(aftale, v.kkfo)
    assert (part.tilstand, part.svar_tekst) == (Svar.KAN_IKKE, "Vi mangler et mål om overgange.")
    assert "har svaret og er ikke tavs" in pladser.hindring(byg.frisk(aftale), tid.i_dag())


def test_case_39_whoever_answered_an_earlier_text_has_a_week_for_the_new_one(v):
    aftale = byg.sendt(v)
    for sted in (v.skole, v.boernehus):
        byg.godkend(aftale, sted, byg.leder(v, sted))
    sig_nej(aftale, v)
    actions.traek_tilbage(aftale=byg.frisk(aftale), af=v.skoleleder)
    byg.skriv_afsnit(byg.frisk(aftale), v.skoleleder, "behov", "En anden tekst.")
    byg.send(aftale, v.skoleleder)
    for sted in (v.skole, v.boernehus):
        byg.godkend(aftale, sted, byg.leder(v, sted))
    assert svar(aftale, v.kkfo) == Svar.AFVENTER
    ny = byg.frisk(aftale)
    assert "KKFO Lindely svarede på en tidligere tekst" in pladser.hindring(ny, tid.i_dag())
    assert "KKFO Lindely svarede" in pladser.hindring(ny, tid.i_dag() + timedelta(days=7))
    assert pladser.hindring(ny, tid.i_dag() + timedelta(days=8)) == ""


def test_case_22_withdrawing_and_sending_the_same_text_keeps_the_approvals(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    foer = aftale.indhold_id
    actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    byg.send(aftale, v.skoleleder)
    assert byg.frisk(aftale).indhold_id == foer
    assert svar(aftale, v.kkfo) == Svar.GODKENDT


def test_case_22_a_changed_text_lets_the_approvals_fall_and_asks_again(v):
    aftale = byg.sendt(v)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Et ord mere.")
    byg.send(aftale, v.skoleleder)
    assert svar(aftale, v.kkfo) == Svar.BORTFALDET
    assert Godkendelse.objects.count() == 1, "what was said is not unsaid"
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    assert svar(aftale, v.kkfo) == Svar.GODKENDT


def test_sending_another_text_asks_the_one_who_could_not_approve(v):
    aftale = byg.sendt(v)
    sig_nej(aftale, v)
    actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Et ord mere.")
    byg.send(aftale, v.skoleleder)
    assert svar(aftale, v.kkfo) == Svar.AFVENTER


def test_a_late_party_leaves_the_approvals_of_the_same_text_standing(v):
    """Decision 12: the party list is outside the content."""
    aftale = byg.sendt(v, enheder=[v.skole, v.kkfo])
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    parter = byg.valg([v.skole, v.kkfo, v.center])
    actions.vaelg_parter(aftale=aftale, af=v.skoleleder, parter=parter)
    byg.send(aftale, v.skoleleder)
    assert (svar(aftale, v.kkfo), svar(aftale, v.center)) == (Svar.GODKENDT, Svar.AFVENTER)


@pytest.mark.parametrize("handling", ["traek_tilbage", "annuller_aftale"])
def test_an_entered_agreement_is_neither_withdrawn_nor_annulled(v, handling):
    aftale = byg.indgaaet(v)
    kwargs = {"grund": "Fortrudt."} if handling == "annuller_aftale" else {}
    with pytest.raises(IkkeMuligtError):
        getattr(actions, handling)(aftale=aftale, af=v.skoleleder, **kwargs)
    assert byg.frisk(aftale).tilstand == Tilstand.INDGAAET


def test_case_42_a_private_school_is_a_voluntary_party_and_approves(v):
    """D6: it may join, and it is shown as voluntary."""
    fri = enhed("Den Frie Skole", Art.SKOLE, i=v.distrikt, ejerform=Enhed.Ejerform.PRIVAT)
    rolle(person("Fie Fri"), Rolle.SKOLELEDER, fri)
    aftale = byg.sendt(v, enheder=[v.skole, v.kkfo, fri])
    assert byg.part(aftale, fri).er_frivillig
    assert not byg.part(aftale, v.kkfo).er_frivillig
    byg.godkend(aftale, fri, fri.rolletildelinger.get().user)
    assert svar(aftale, fri) == Svar.GODKENDT
