"""Starting the year's agreement and choosing its parties (S7, S8, D1)."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from aftaler import actions
from aftaler.models import Aftale
from aftaler.queries import mulige_parter
from samarbejde import tid
from samarbejde.models import Besked, Enhed
from samarbejde.organisation import afslut_tilknytning, luk_distrikt, luk_enhed
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.fabrik import Art, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def navne(aftale):
    return set(aftale.parter.values_list("enhed__navn", flat=True))


def vaelg(aftale, v, enheder, **kwargs):
    return actions.vaelg_parter(**{"aftale": aftale, "af": v.skoleleder, "parter": byg.valg(enheder), **kwargs})


# --- starting ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hvem", ["skoleleder", "paedagogiskleder", "centerleder", "dagtilbudsleder"])
def test_s7_any_leader_in_the_district_may_start(v, hvem):
    aftale = byg.tom(v, af=getattr(v, hvem))
    assert (aftale.tilstand, aftale.tovholder, aftale.nummer) == ("kladde", v.skole, 1)
    assert navne(aftale) == {"Lindeskolen", "KKFO Lindely", "Fritidscenter Havnen", "Børnehuset Solsikken"}


@pytest.mark.parametrize(
    "hvem",
    ["koordinator", "medarbejder", "klyngeleder", "omraadechef", "forvaltning", "administrator", "naboskoleleder"],
)
def test_s7_nobody_else_may(v, hvem):
    with pytest.raises(IkkeTilladtError) as fejl:
        byg.tom(v, af=getattr(v, hvem))
    assert fejl.value.handling == Handling.OPRET_AFTALE
    assert not Aftale.objects.exists()
    assert not Besked.objects.filter(noegle__startswith="opret_aftale:").exists()


@pytest.mark.parametrize("lav", [byg.kladde, byg.sendt, byg.indgaaet])
def test_case_20_a_second_agreement_is_sent_to_the_first(v, lav):
    foerste = lav(v)
    with pytest.raises(actions.FindesAlleredeError) as fejl:
        byg.tom(v, af=v.paedagogiskleder)
    assert fejl.value.aftale == foerste
    assert Aftale.objects.count() == 1


def test_s7_an_annulled_one_does_not_count(v):
    byg.annulleret(v)
    assert byg.tom(v).nummer == 2


def test_s7_each_district_has_its_own(v):
    byg.tom(v)
    byg.tom(v, distrikt=v.nabodistrikt, af=v.naboskoleleder, tovholder=v.naboskole, enheder=[v.naboskole, v.nabokkfo])
    assert Aftale.objects.count() == 2


def test_s7_next_years_draft_opens_on_the_first_of_march(v):
    """While the present one runs; decision 14."""
    for dag, aabne in {date(2027, 2, 28): {2026}, date(2027, 3, 1): {2026, 2027}}.items():
        with tid.frys(datetime(dag.year, dag.month, dag.day, 12, tzinfo=UTC)):
            for aar in (2025, 2026, 2027, 2028):
                if aar in aabne:
                    actions.annuller_aftale(aftale=byg.tom(v, skoleaar=aar), af=v.skoleleder, grund="Prøve.")
                else:
                    with pytest.raises(ValidationError, match="Der kan ikke oprettes en aftale for"):
                        byg.tom(v, skoleaar=aar)


def test_the_other_leaders_are_told_and_nobody_else(v):
    byg.tom(v)
    fortalt = Besked.objects.filter(noegle__startswith="opret_aftale:").values_list("til__navn", flat=True)
    assert sorted(fortalt) == ["Carl Havn", "Dorte Sol", "Pia Dahl"]


# --- the tovholder -----------------------------------------------------------------------------------------------
def test_d1_the_tovholder_is_a_school_of_the_district(v):
    for forkert in (v.naboskole, v.kkfo, v.center, v.omraade):
        with pytest.raises(ValidationError) as fejl:
            byg.tom(v, tovholder=forkert, enheder=[forkert, v.kkfo])
        assert fejl.value.message_dict["tovholder"][0].endswith(".")
    assert not Aftale.objects.exists()


def test_case_42_a_private_school_is_never_tovholder(v):
    fri = enhed("Den Frie Skole", Art.SKOLE, i=v.distrikt, ejerform=Enhed.Ejerform.PRIVAT)
    with pytest.raises(ValidationError):
        byg.tom(v, tovholder=fri, enheder=[v.skole, fri, v.kkfo])


def test_s7_a_closed_district_starts_no_agreement(v):
    luk_distrikt(distrikt=v.distrikt, gyldig_til=tid.i_dag(), af=None)
    with pytest.raises((ValidationError, IkkeTilladtError)):
        byg.tom(v)
    assert not Aftale.objects.exists()


def test_d1_a_school_that_has_left_the_district_is_not_tovholder(v):
    afslut_tilknytning(tilknytning=v.skole.distriktstilknytninger.get(), gyldig_til=tid.i_dag(), af=None)
    with pytest.raises(ValidationError):
        byg.tom(v, af=v.paedagogiskleder)


def test_case_25_a_district_with_two_schools_has_one_tovholder(v):
    """Both skoleledere write and approve; one sends."""
    to = enhed("Lindeskolen Syd", i=v.distrikt)
    sys = person("Sys Syd")
    rolle(sys, Rolle.SKOLELEDER, to)
    aftale = byg.kladde(v, enheder=[v.skole, to, v.kkfo])
    byg.skriv_afsnit(aftale, sys, "behov", "Set fra syd.")
    with pytest.raises(IkkeTilladtError):
        byg.send(aftale, sys)
    byg.send(aftale, v.skoleleder)
    byg.godkend(aftale, to, sys)


# --- the parties -------------------------------------------------------------------------------------------------
def test_s8_the_register_proposes_the_open_schools_and_institutions_of_the_district(v):
    assert mulige_parter(v.distrikt)[0] == v.skole
    assert set(mulige_parter(v.distrikt)) == {v.skole, v.kkfo, v.center, v.boernehus, v.selvejende}
    luk_enhed(enhed=v.boernehus, gyldig_til=tid.i_dag(), af=None)
    assert v.boernehus not in mulige_parter(v.distrikt)


def test_s8_a_unit_is_party_once(v):
    assert byg.tom(v, enheder=[v.skole, v.kkfo, v.kkfo]).parter.count() == 2


def test_s8_a_unit_without_a_link_needs_a_reason(v):
    fremmed = enhed("Børnehuset Stjernen", Art.DAGINSTITUTION)
    with pytest.raises(ValidationError, match="Skriv, hvorfor Børnehuset Stjernen er part uden at høre til distriktet"):
        byg.tom(v, enheder=[v.skole, v.kkfo, fremmed])
    valg = [*byg.valg([v.skole, v.kkfo]), actions.Partsvalg(fremmed, "Mange af børnene begynder hos os.")]
    aftale = actions.opret_aftale(
        distrikt=v.distrikt, skoleaar=byg.dette_aar(), af=v.skoleleder, tovholder=v.skole, parter=valg
    )
    assert byg.part(aftale, fremmed).begrundelse == "Mange af børnene begynder hos os."


def test_s8_a_school_must_belong_to_the_district_whatever_the_reason(v):
    """Decision 15."""
    with pytest.raises(ValidationError, match="Egeskolen hører ikke til distriktet"):
        byg.tom(v, enheder=[v.skole, v.kkfo, v.naboskole])
    with pytest.raises(ValidationError):
        vaelg(byg.tom(v), v, [], parter=[*byg.valg([v.skole]), actions.Partsvalg(v.naboskole, "Vi vil gerne.")])


@pytest.mark.parametrize("hvad", ["klynge", "omraade", "kommune", "netvaerk"])
def test_s5_only_schools_and_institutions_are_parties(v, hvad):
    with pytest.raises(ValidationError, match="kan ikke være part"):
        byg.tom(v, enheder=[v.skole, v.kkfo, getattr(v, hvad)])


def test_a_closed_unit_is_no_party(v):
    luk_enhed(enhed=v.kkfo, gyldig_til=tid.i_dag(), af=None)
    with pytest.raises(ValidationError, match="KKFO Lindely kan ikke være part"):
        byg.tom(v, enheder=[v.skole, Enhed.objects.get(pk=v.kkfo.pk)])


def test_the_tovholder_school_is_itself_party(v):
    with pytest.raises(ValidationError, match="Tovholderskolen skal selv være part"):
        byg.tom(v, enheder=[v.kkfo, v.center])


def test_there_is_a_limit_to_the_parties(v):
    mange = [enhed(f"Hus {n}", Art.DAGINSTITUTION, i=v.distrikt) for n in range(60)]
    with pytest.raises(ValidationError, match="højst have 60 parter"):
        byg.tom(v, enheder=[v.skole, *mange])


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "centerleder", "koordinator", "forvaltning", "naboskoleleder"])
def test_only_the_tovholder_chooses_parties(v, hvem):
    aftale = byg.tom(v)
    with pytest.raises(IkkeTilladtError):
        vaelg(aftale, v, [v.skole], af=getattr(v, hvem))
    assert aftale.parter.count() == 4


def test_parties_are_chosen_in_the_draft_only(v):
    aftale = byg.sendt(v)
    with pytest.raises(IkkeMuligtError):
        vaelg(aftale, v, [v.skole, v.kkfo])
    assert aftale.parter.count() == 4


def test_a_party_that_answers_for_an_activity_is_freed_first(v):
    """S15: the text never names somebody who is no longer there."""
    aftale = byg.tom(v)
    delmaal = byg.skriv_delmaal(aftale, v.skoleleder, byg.skriv_maal(aftale, v.skoleleder))
    byg.skriv_aktivitet(aftale, v.skoleleder, delmaal, ansvarlige=[v.center])
    with pytest.raises(ValidationError, match="Fritidscenter Havnen er ansvarlig for aktiviteten «Besøg i maj»"):
        vaelg(aftale, v, [v.skole, v.kkfo])
    assert aftale.parter.count() == 4


def test_a_refused_choice_changes_nothing(v):
    """The new party comes in the same breath as the refusal."""
    aftale = byg.tom(v, enheder=[v.skole, v.kkfo])
    with pytest.raises(ValidationError):
        vaelg(aftale, v, [v.skole, v.center, v.klynge])
    assert navne(aftale) == {"Lindeskolen", "KKFO Lindely"}


def test_a_party_left_out_loses_its_rights_and_one_put_in_gets_them(v):
    aftale = byg.kladde(v, enheder=[v.skole, v.kkfo])
    with pytest.raises(IkkeTilladtError):
        byg.skriv_afsnit(aftale, v.centerleder, "behov", "Fra centeret.")
    vaelg(aftale, v, [v.skole, v.center])
    byg.skriv_afsnit(aftale, v.centerleder, "behov", "Fra centeret.")
    with pytest.raises(IkkeTilladtError):
        byg.skriv_afsnit(aftale, v.paedagogiskleder, "behov", "Fra KKFO'en.")
