"""What differs between two contents, place by place (decision 12): nothing that changed is left unsaid."""

import copy

import pytest

from aftaler.aendringer import aendringer
from aftaler.indhold import pak, som_data
from aftaler.models import StrategiskMaal
from samarbejde.forskel import Slags
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def data():
    v = verden()
    aftale = byg.kladde(v)
    overgange = StrategiskMaal.objects.get()
    byg.skriv_aktivitet(aftale, v.skoleleder, overgange.delmaal.get(), titel="Fælles fest", ansvarlige=[v.kkfo])
    klub = byg.skriv_maal(
        aftale, v.skoleleder, titel="Klubben for alle", omraader=(1, 2), beskrivelse="Alle kan være med."
    )
    byg.skriv_aktivitet(aftale, v.skoleleder, byg.skriv_delmaal(aftale, v.skoleleder, klub, titel="Åben klub"))
    return som_data(aftale)


def fundet(foer, efter):
    return [
        (
            et.sted,
            et.hvad,
            [(stykke.slags, stykke.tekst.strip()) for stykke in et.stykker if stykke.slags != Slags.LIGE],
        )
        for et in aendringer(pak(foer), pak(efter))
    ]


def rettet(data, ret):
    ny = copy.deepcopy(data)
    ret(ny)
    return ny


def test_the_same_content_has_no_difference(data):
    assert fundet(data, copy.deepcopy(data)) == []


def test_a_word_is_found_in_its_field_and_its_place(data):
    def ret(ny):
        ny["behov"] = "Nogle børn skifter mellem skole og fritid."
        ny["maal"][0]["delmaal"][0]["aktiviteter"][0]["tegn"] = "Børnene glæder sig."

    assert fundet(data, rettet(data, ret)) == [
        ("", "Behov og udfordringer", [("fjernet", "Mange"), ("tilfoejet", "Nogle")]),
        (
            "Mål 1: Gode overgange › Delmål 1: Fælles besøgsdage › Aktivitet 1: Besøg i maj",
            "Tegn på at det lykkes",
            [("tilfoejet", "Børnene glæder sig.")],
        ),
    ]


def test_units_areas_kinds_and_dates_are_said_in_words(data):
    def ret(ny):
        aktivitet = ny["maal"][0]["delmaal"][0]["aktiviteter"][1]
        aktivitet |= {"ansvarlige": [], "art": "tiltag", "fra": "2027-05-03"}
        ny["maal"][0]["omraader"] = [1, 3]

    (omraader, art, ansvarlige, fra) = fundet(data, rettet(data, ret))
    assert omraader[1:] == ("Målområder", [("tilfoejet", "1. Børn og unges kulturfællesskaber i centrum")])
    assert art[1:] == ("Slags", [("fjernet", "aktivitet"), ("tilfoejet", "tiltag")])
    assert ansvarlige[1:] == ("Ansvarlige", [("fjernet", "KKFO Lindely")])
    assert fra[1:] == ("Fra", [("tilfoejet", "3. maj 2027")])


def test_a_goal_that_is_renamed_is_the_same_goal(data):
    efter = rettet(data, lambda ny: ny["maal"][1].update(titel="Klubben for alle børn"))
    assert fundet(data, efter) == [("Mål 2: Klubben for alle børn", "Målet", [("tilfoejet", "børn")])]


def test_a_goal_that_came_and_one_that_went_are_shown_whole(data):
    (sted, hvad, stykker), *flere = fundet(rettet(data, lambda ny: ny["maal"].pop(0)), data)
    assert (sted, hvad, flere) == ("Mål 1: Gode overgange", "Tilføjet", [])
    assert [slags for slags, _ in stykker] == ["tilfoejet"]
    assert "Aktiviteten: Fælles fest" in stykker[0][1]
    ((sted, hvad, stykker),) = fundet(data, rettet(data, lambda ny: ny["maal"].pop(1)))
    assert (sted, hvad) == ("Mål: Klubben for alle", "Slettet")
    assert "Alle kan være med." in stykker[0][1]


def test_an_order_that_changed_is_said(data):
    ((sted, hvad, stykker),) = fundet(data, rettet(data, lambda ny: ny["maal"].reverse()))
    assert (sted, hvad) == ("Målene", "Rækkefølgen er ændret")
    assert stykker


def felter(led, sti=()):
    """Every value there is, with the way to it."""
    for navn, vaerdi in led.items():
        if isinstance(vaerdi, list) and vaerdi and isinstance(vaerdi[0], dict):
            for nummer, barn in enumerate(vaerdi):
                yield from felter(barn, (*sti, navn, nummer))
        elif navn not in {"skema", "distrikt", "skoleaar"}:
            yield (*sti, navn)


ANDET = {"omraader": [6], "ansvarlige": [], "art": "tiltag", "fra": "2027-01-04", "til_og_med": "2027-02-05"}


def test_no_field_can_change_without_being_shown(data):
    """Whatever is in the content that an approval binds to is in what the leader is shown."""
    alle = [*felter(data)]
    assert len(alle) > 20
    for *sti, navn in alle:
        ny = copy.deepcopy(data)
        led = ny
        for trin in sti:
            led = led[trin]
        if led[navn] == ANDET.get(navn):
            continue
        led[navn] = ANDET.get(navn, "Noget helt andet")
        assert fundet(data, ny), (sti, navn)
