"""The agenda: adding, correcting and ordering items (S3, S6, S21, S23, S44, D12, D19, D21; cases 4, 19, 31a, 32)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from moeder import actions
from moeder.actions import udsendelse
from moeder.models import Deltager, Punkt
from moeder.queries import punkter as queries
from moeder.states import Tilstand
from ressourcecenter.models import LokaleRegler
from samarbejde.models import Faglighed, Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.roller import glem_roller
from samarbejde.tilstande import IkkeMuligtError, KonfliktError
from tests.aftaler import byg as aftalebyg
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import inviter, moede, punkt
from tests.ressourcecenter.byg import Art, forum
from tests.samtidigt import fordel, samtidig

pytestmark = pytest.mark.django_db
GRUPPE = {"niveau": "boernegruppe", "titel": "Uro i 5. klasse"}


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


@pytest.fixture
def m(v, rc):
    return moede(rc, af=v.skoleleder)


@pytest.fixture
def indkaldt(v, rc):
    return moede(rc, af=v.skoleleder, tilstand=Tilstand.INDKALDT)


@pytest.fixture
def opdateret(monkeypatch):
    """The called meetings whose participants were told that their time changed."""
    kaldt = []
    monkeypatch.setattr(udsendelse, "send_opdatering", lambda moede: kaldt.append(moede.pk))
    return kaldt


def tilfoej(m, af, **felter):
    return actions.tilfoej_punkt(moede=m, af=af, **{**GRUPPE, **felter})


# --- adding ------------------------------------------------------------------------------------------------------
def test_s23_a_coordinator_adds_an_item_with_the_professional_question(v, m):
    faglighed = Faglighed.objects.order_by("pk").first()
    ny = tilfoej(
        m,
        v.koordinator,
        spoergsmaal="Hvordan støtter vi frikvarteret?",
        beskrivelse="Det sker **efter** frikvarteret.",
        art="beslutning",
        tema="overgange",
        fagligheder=[faglighed.pk],
    )
    assert (ny.moede, ny.forum, ny.tilstand, ny.plads, ny.minutter) == (m, m.forum, "paa_dagsorden", 1, 15)
    assert (ny.foreslaaet_af, list(ny.fagligheder.all())) == (v.koordinator, [faglighed])
    assert "<strong>efter</strong>" in ny.beskrivelse_html
    spor = Haendelse.objects.get(navn="tilfoej_punkt")
    assert (spor.rod_art, spor.rod_id) == ("punkt", ny.pk)
    assert "Uro" not in spor.data["saetning"], "the trail is found by the item, and never names it"


def test_the_same_form_twice_is_one_item(v, m):
    noegle = uuid4()
    assert tilfoej(m, v.skoleleder, noegle=noegle) == tilfoej(m, v.skoleleder, noegle=noegle)
    assert m.punkter.count() == 1


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "medarbejder", "naboskoleleder", "udenfor", "forvaltning"])
def test_nobody_else_puts_an_item_on(v, m, hvem):
    with pytest.raises(IkkeTilladtError):
        tilfoej(m, getattr(v, hvem))


def test_cases_4_and_31a_a_coordinator_of_the_ressourcecenter_alone_has_no_say_over_a_plc_or_joint_agenda(v, rc):
    rita = person("Rita Rc")
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    plc = forum(v.skole, Art.PLC)
    for m in (moede(plc, af=v.skoleleder, dage=15), moede(rc, med=plc, af=v.skoleleder, dage=16)):
        p = punkt(m)
        with pytest.raises(IkkeTilladtError):
            tilfoej(m, rita)
        with pytest.raises(IkkeTilladtError):
            actions.ret_punkt(punkt=p, af=rita, version=1, titel="Et andet")
        assert m not in queries.moeder_at_vaelge(punkt(rc, af=rita), rita)
    assert tilfoej(moede(rc, af=v.skoleleder, dage=17), rita).pk


@pytest.mark.parametrize("tilstand", ["referat_i_hoering", "referat_lukket", "aflyst", "ikke_afholdt"])
def test_no_item_after_the_minutes_are_sent_or_on_a_meeting_that_is_not_held(v, rc, tilstand):
    grund = {"aflyst_grund": "Sygdom"} if tilstand == "aflyst" else {}
    m = moede(rc, af=v.skoleleder, dage=-2, tilstand=tilstand, **grund)
    with pytest.raises(IkkeMuligtError, match="Dagsordenen kan ikke ændres længere"):
        tilfoej(m, v.skoleleder)
    assert tilfoej(moede(rc, af=v.skoleleder, dage=-3, tilstand="referat_udkast"), v.skoleleder).pk


# --- levels (S3, S21, S44, case 19) ------------------------------------------------------------------------------
def test_s44_a_child_is_discussed_in_the_ressourcecenter_for_an_hour_without_a_word(v, m):
    ny = actions.tilfoej_punkt(moede=m, af=v.koordinator, niveau="enkeltbarn")
    assert (ny.vist_titel, ny.minutter, ny.titel, ny.beskrivelse) == ("Drøftelse om et barn", 60, "", "")
    for felt in ("titel", "spoergsmaal", "beskrivelse"):
        with pytest.raises(ValidationError, match="Skriv ikke om barnet her") as fejl:
            actions.tilfoej_punkt(moede=m, af=v.koordinator, niveau="enkeltbarn", **{felt: "Om Karl"})
        assert list(fejl.value.message_dict) == [felt]
    with pytest.raises(ValidationError, match="hverken tema eller delmål"):
        actions.tilfoej_punkt(moede=m, af=v.koordinator, niveau="enkeltbarn", tema="overgange")
    assert m.punkter.count() == 1


def test_case_19_a_child_on_no_thematic_plc_or_team_meeting_and_a_group_in_plc_but_no_team(v, rc):
    plc, team = forum(v.skole, Art.PLC), forum(v.klynge)
    tematisk = moede(rc, af=v.skoleleder, dage=20, er_tematisk=True)
    laering = moede(plc, af=v.skoleleder, dage=21)
    teamet = moede(team, af=v.klyngeleder, dage=22)
    for m, af in ((tematisk, v.skoleleder), (laering, v.skoleleder), (teamet, v.klyngeleder)):
        with pytest.raises(ValidationError, match="En drøftelse om et barn hører til i Ressourcecentret"):
            actions.tilfoej_punkt(moede=m, af=af, niveau="enkeltbarn")
    assert tilfoej(laering, v.skoleleder).pk
    with pytest.raises(ValidationError, match="drøftes ikke i et ressourceteam"):
        tilfoej(teamet, v.klyngeleder)
    assert tilfoej(teamet, v.klyngeleder, niveau="tema").pk
    faelles = moede(rc, med=plc, af=v.skoleleder, dage=23)
    assert actions.tilfoej_punkt(moede=faelles, af=v.skoleleder, niveau="enkeltbarn").pk, "its Ressourcecenter part"


def test_decision_19_no_group_of_children_while_guests_are_invited(v, rc):
    m = moede(rc, af=v.skoleleder, er_tematisk=True)
    assert tilfoej(m, v.skoleleder).pk
    inviter(m, v.dagtilbudsleder, v.boernehus, art=Deltager.Art.GAEST)
    with pytest.raises(ValidationError, match="ikke sammen med gæster"):
        tilfoej(m, v.skoleleder, titel="En anden gruppe")


def test_s3_case_32_a_cpr_number_is_refused_in_every_text(v, m):
    for felt in ("titel", "spoergsmaal", "beskrivelse"):
        with pytest.raises(ValidationError, match="personnumre") as fejl:
            tilfoej(m, v.koordinator, **{felt: "Om 010115-1234"})
        assert list(fejl.value.message_dict) == [felt]
    with pytest.raises(ValidationError, match="personnumre"):
        actions.ret_punkt(punkt=punkt(m), af=v.koordinator, version=1, titel="010115 1234")


def test_s3_an_item_never_becomes_one_about_a_child_nor_the_other_way(v, m):
    gruppe = punkt(m, niveau="boernegruppe")
    barn = punkt(m, niveau="enkeltbarn")
    for p, niveau in ((gruppe, "enkeltbarn"), (barn, "tema")):
        with pytest.raises(ValidationError, match="kan ikke skifte"):
            actions.ret_punkt(punkt=p, af=v.skoleleder, version=1, niveau=niveau, titel="")
    assert actions.ret_punkt(punkt=gruppe, af=v.skoleleder, version=1, niveau="tema").niveau == "tema"


# --- choices -----------------------------------------------------------------------------------------------------
def test_s21_the_plc_topics_come_first_in_plc_and_s6_s23_every_theme_is_there(v, rc):
    plc = [kode for kode, _ in queries.temaer(forum(v.skole, Art.PLC))]
    assert plc[:3] == ["aaben_skole", "laering_trivsel", "brug_af_plc"]
    alle = {kode for kode, _ in queries.temaer(rc)}
    assert {"vidensoverdragelse", "overgange", "inklusion"} <= alle


def test_only_a_participant_answers_for_an_item(v, m):
    inviter(m, v.paedagogiskleder, v.kkfo)
    inviter(m, v.centerleder, v.center, tilstand="bortfaldet")
    assert tilfoej(m, v.skoleleder, ansvarlig=v.paedagogiskleder.pk).ansvarlig == v.paedagogiskleder
    for fremmed in (v.centerleder, v.udenfor):
        with pytest.raises(ValidationError, match="Kun en deltager i mødet"):
            tilfoej(m, v.skoleleder, ansvarlig=fremmed.pk)


def test_only_a_delmaal_of_an_entered_agreement_that_the_person_may_read(v, m, rc):
    with aftalebyg.i_aaret(2023):
        indgaaet = aftalebyg.indgaaet(v)
    with aftalebyg.i_aaret(2024):
        kladde = aftalebyg.kladde(v)
    delmaal = indgaaet.maal.get().delmaal.get()
    i_kladden = kladde.maal.get().delmaal.get()
    assert list(queries.mulige_delmaal(rc, v.koordinator)) == [delmaal]
    assert list(queries.mulige_delmaal(rc, v.udenfor)) == []
    assert tilfoej(m, v.koordinator, delmaal=delmaal.pk).delmaal == delmaal
    with pytest.raises(ValidationError, match="Delmålet kan ikke vælges"):
        tilfoej(m, v.koordinator, delmaal=i_kladden.pk)


@pytest.mark.parametrize(
    ("felt", "vaerdi"), [("art", "snak"), ("tema", "fest"), ("minutter", 0), ("minutter", 481), ("fagligheder", [99])]
)
def test_what_is_not_on_the_list_is_refused_at_its_field(v, m, felt, vaerdi):
    with pytest.raises(ValidationError) as fejl:
        tilfoej(m, v.skoleleder, **{felt: vaerdi})
    assert list(fejl.value.message_dict) == [felt]


# --- correcting --------------------------------------------------------------------------------------------------
def test_two_correct_the_same_item_and_the_second_meets_both_texts(v, m):
    p = punkt(m, "Overgange")
    actions.ret_punkt(punkt=p, af=v.skoleleder, version=1, titel="Gode overgange")
    with pytest.raises(KonfliktError) as fejl:
        actions.ret_punkt(punkt=p, af=v.koordinator, version=1, titel="Bløde overgange")
    assert (fejl.value.nu, fejl.value.version) == ({"titel": "Gode overgange"}, 2)
    p.refresh_from_db()
    assert p.titel == "Gode overgange"
    assert actions.ret_punkt(punkt=p, af=v.koordinator, version=1, titel="Gode overgange").version == 2, "no change"


def test_a_dealt_with_item_is_not_corrected(v, rc):
    m = moede(rc, af=v.skoleleder, dage=-1, tilstand="referat_udkast")
    with pytest.raises(IkkeMuligtError, match="behandlet, udsat eller lukket"):
        actions.ret_punkt(punkt=punkt(m, tilstand="behandlet"), af=v.skoleleder, version=1, titel="Nyt")


# --- time and order (D19, D21) -----------------------------------------------------------------------------------
def test_d19_each_item_has_its_time_and_the_sum_is_held_against_the_meeting(v, m):
    punkt(m, "Et", minutter=15)
    punkt(m, "To", minutter=60, tilstand="udsat")
    punkt(m, niveau="enkeltbarn", minutter=60)
    plan = queries.dagsorden(m, v.skoleleder)
    assert [(linje.nummer, linje.klokken) for linje in plan.linjer] == [(1, "8.30–8.45"), (2, "8.45–9.45")]
    assert [linje.punkt.titel for linje in plan.faerdige] == ["To"]
    assert (plan.sum, plan.er_for_lang) == ("Punkterne fylder 75 af 90 minutter.", False)
    punkt(m, "Tre", minutter=16)
    assert queries.dagsorden(m, v.skoleleder).er_for_lang


def test_an_item_is_put_in_its_place_and_the_same_press_twice_is_one_move(v, m):
    et, to, tre = punkt(m, "Et"), punkt(m, "To"), punkt(m, "Tre")
    for _ in range(2):
        actions.flyt_punkt(punkt=tre, til=2, af=v.koordinator)
    assert [linje.punkt for linje in queries.dagsorden(m, v.skoleleder).linjer] == [et, tre, to]
    actions.flyt_punkt(punkt=et, til=99, af=v.koordinator)
    assert [linje.punkt for linje in queries.dagsorden(m, v.skoleleder).linjer] == [tre, to, et]
    assert Haendelse.objects.filter(navn="flyt_punkt").count() == 2
    with pytest.raises(IkkeTilladtError):
        actions.flyt_punkt(punkt=et, til=1, af=v.paedagogiskleder)


def test_whoever_comes_for_one_item_is_told_only_when_its_time_changes(v, indkaldt, opdateret):
    et, to = punkt(indkaldt, "Et"), punkt(indkaldt, "To")
    inviter(indkaldt, v.medarbejder, v.kkfo, [to])
    tilfoej(indkaldt, v.skoleleder)
    actions.ret_punkt(punkt=to, af=v.skoleleder, version=1, titel="To, med nyt navn")
    assert opdateret == [], "an item after theirs, and other words"
    actions.ret_punkt(punkt=et, af=v.skoleleder, version=1, minutter=30)
    assert opdateret == [indkaldt.pk]
    actions.flyt_punkt(punkt=to, til=1, af=v.skoleleder)
    actions.luk_punkt(punkt=et, af=v.skoleleder, grund="Løst")
    assert opdateret == [indkaldt.pk] * 2, "moving changed it; closing what comes later did not"


def test_nobody_is_told_about_the_agenda_of_a_reservation(v, m, opdateret):
    et, to = punkt(m, "Et"), punkt(m, "To")
    inviter(m, v.medarbejder, v.kkfo, [to])
    actions.flyt_punkt(punkt=et, til=2, af=v.skoleleder)
    assert opdateret == []


def test_tid_for_punkter_is_the_span_of_ones_own_items(v, m):
    alle = [punkt(m, navn, minutter=10) for navn in ("Et", "To", "Tre")]
    plan = queries.tidsplan(m, alle)
    spaendet = queries.tid_for_punkter(plan, [alle[0].pk, alle[2].pk])
    assert spaendet == (m.begynder, m.begynder + timedelta(minutes=30))
    assert queries.tid_for_punkter(plan, []) is None


# --- the template (S43) ------------------------------------------------------------------------------------------
def test_s43_the_fixed_items_are_laid_on_once(v, m, rc):
    skabelon = "Husk kaffe\n- Siden sidst\n- Opfølgning på opgaver\n-uden mellemrum\n- Siden sidst\n- Om 010115-1234"
    LokaleRegler.objects.create(forum=rc, dagsordensskabelon=skabelon)
    for ventet in (3, 0):
        glem_roller()
        m.refresh_from_db()
        assert len(actions.laeg_skabelon_paa(moede=m, af=v.koordinator)) == ventet
    assert list(m.punkter.values_list("titel", "niveau")) == [
        ("Siden sidst", "tema"),
        ("Opfølgning på opgaver", "tema"),
        ("Faglige perspektiver", "tema"),  # S41
    ]
    with pytest.raises(IkkeTilladtError):
        actions.laeg_skabelon_paa(moede=m, af=v.paedagogiskleder)


# --- at once -----------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_instant_one_item_and_one_correction():
    v = verden()
    m = moede(forum(v.skole), af=v.skoleleder)
    noegle = uuid4()
    svar = samtidig(*[lambda: tilfoej(m, v.skoleleder, noegle=noegle)] * 2)
    assert (Punkt.objects.filter(moede=m).count(), [s for s in svar if isinstance(s, Exception)]) == (1, [])
    p = Punkt.objects.get(moede=m)
    rettelser = [
        lambda titel=titel: actions.ret_punkt(punkt=p, af=v.skoleleder, version=1, titel=titel) for titel in ("A", "B")
    ]
    lykkedes, afvist = fordel(samtidig(*rettelser), KonfliktError)
    assert (len(lykkedes), len(afvist)) == (1, 1)
