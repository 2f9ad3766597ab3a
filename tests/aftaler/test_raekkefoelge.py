"""Goals, sub-goals and activities are put in order by plain buttons (S14); a place is no version of the text."""

from uuid import uuid4

import pytest

from aftaler import actions
from aftaler.indhold import som_data
from aftaler.models import Aktivitet, Delmaal, StrategiskMaal
from samarbejde.models import Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, maalfelter, rod, tekst, til_maal
from tests.fabrik import verden
from tests.samtidigt import samtidig

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    """Three goals; under the first three sub-goals, under the first of those three activities."""
    aftale = byg.tom(v)
    maal = [byg.skriv_maal(aftale, v.skoleleder, titel=f"Mål {navn}") for navn in "ABC"]
    delmaal = [byg.skriv_delmaal(aftale, v.skoleleder, maal[0], titel=f"Delmål {navn}") for navn in "ABC"]
    for navn in "ABC":
        byg.skriv_aktivitet(aftale, v.skoleleder, delmaal[0], titel=f"Aktivitet {navn}")
    return byg.frisk(aftale)


def led(model, titel):
    return model.objects.get(titel=titel)


def flyt(aftale, af, model, titel, til):
    return actions.flyt_led(aftale=aftale, af=af, model=model, noegle=led(model, titel).noegle, til=til)


def orden(model):
    return "".join(titel[-1] for titel in model.objects.values_list("titel", flat=True))


@pytest.mark.parametrize("model", [StrategiskMaal, Delmaal, Aktivitet])
def test_s14_each_kind_is_moved_among_its_own_and_the_others_follow(v, aftale, model):
    kaldes = {StrategiskMaal: "Mål", Delmaal: "Delmål", Aktivitet: "Aktivitet"}[model]
    assert flyt(aftale, v.paedagogiskleder, model, f"{kaldes} C", 1) == 1
    assert orden(model) == "CAB"
    assert flyt(aftale, v.dagtilbudsleder, model, f"{kaldes} C", 99) == 3
    assert orden(model) == "ABC"
    assert [et.plads for et in model.objects.all()] == [1, 2, 3]
    assert Haendelse.objects.filter(navn="flyt_led").count() == 2


def test_the_same_press_twice_is_one_move_and_one_line_in_the_trail(v, aftale):
    for _ in range(2):
        flyt(aftale, v.skoleleder, StrategiskMaal, "Mål B", 1)
    assert orden(StrategiskMaal) == "BAC"
    haendelse = Haendelse.objects.get(navn="flyt_led")
    assert haendelse.data["saetning"] == "Strategisk mål «Mål B» er flyttet og er nu nummer 1."


def test_s9_a_new_place_is_not_a_new_version_so_whoever_writes_saves_all_the_same(v, aftale):
    maal, pia = led(StrategiskMaal, "Mål C"), logget_ind(v.paedagogiskleder)
    flyt(aftale, v.skoleleder, StrategiskMaal, "Mål C", 1)
    assert pia.post(til_maal(aftale, maal.noegle), maalfelter(version="1", titel="Mål C", beskrivelse="Pias"))
    maal.refresh_from_db()
    assert (maal.beskrivelse, maal.plads, maal.version) == ("Pias", 1, 2)


def test_decision_12_the_order_is_part_of_what_is_approved(v, aftale):
    flyt(aftale, v.skoleleder, StrategiskMaal, "Mål C", 1)
    assert [maal["titel"] for maal in som_data(aftale)["maal"]] == ["Mål C", "Mål A", "Mål B"]


def test_what_must_not_happen(v, aftale):
    """Outsider, staff, forvaltning; another agreement's goal; one that is deleted; a text that is locked."""
    for hvem in (v.medarbejder, v.koordinator, v.forvaltning, v.naboskoleleder):
        with pytest.raises(IkkeTilladtError):
            flyt(aftale, hvem, StrategiskMaal, "Mål B", 1)
    with byg.i_aaret(2024):
        anden = byg.sendt(v)
    for hvor, noegle in ((anden, led(StrategiskMaal, "Mål B").noegle), (aftale, uuid4())):
        with pytest.raises(IkkeMuligtError):
            actions.flyt_led(aftale=hvor, af=v.skoleleder, model=StrategiskMaal, noegle=noegle, til=1)
    assert [maal.titel[-1] for maal in aftale.maal.all()] == list("ABC")
    assert not Haendelse.objects.filter(navn="flyt_led").exists()


def test_the_pages_have_a_button_for_every_move_that_is_one(v, aftale):
    pia = logget_ind(v.paedagogiskleder)
    maal, delmaal = led(StrategiskMaal, "Mål A"), led(Delmaal, "Delmål A")
    under_maal = til_maal(aftale, maal.noegle)
    under_delmaal = f"{under_maal}delmaal/{delmaal.noegle}/"
    for sted, hvad in ((rod(aftale), "mål {}: Mål"), (under_maal, "Delmål"), (under_delmaal, "Aktivitet")):
        side = tekst(pia.get(sted))
        for nummer, navn in enumerate("ABC", 1):
            kaldes = f"{hvad.format(nummer)} {navn}"
            assert (f"Op med {kaldes}" in side) == (navn != "A"), (sted, navn)
            assert (f"Ned med {kaldes}" in side) == (navn != "C"), (sted, navn)
    for hvem in (v.medarbejder, v.koordinator):
        assert "Op med" not in tekst(logget_ind(hvem).get(rod(aftale)))


def test_a_press_lands_on_what_was_moved_and_says_where_it_is(v, aftale):
    pia, maal, delmaal = logget_ind(v.paedagogiskleder), led(StrategiskMaal, "Mål A"), led(Delmaal, "Delmål B")
    under_maal = til_maal(aftale, maal.noegle)
    svar = pia.post(f"{under_maal}flyt/", {"til": "2"})
    assert svar["Location"] == f"{rod(aftale)}#maal-{maal.noegle}"
    svar = pia.post(f"{under_maal}delmaal/{delmaal.noegle}/flyt/", {"til": "1"}, follow=True)
    assert "Delmålet er nu nummer 1." in tekst(svar)
    aktivitet, delmaal = led(Aktivitet, "Aktivitet C"), led(Delmaal, "Delmål A")
    under_delmaal = f"{under_maal}delmaal/{delmaal.noegle}/"
    svar = pia.post(f"{under_delmaal}aktivitet/{aktivitet.noegle}/flyt/", {"til": "vrøvl"})
    assert svar["Location"] == f"{under_delmaal}#led-{aktivitet.noegle}"
    assert (orden(StrategiskMaal), orden(Delmaal), orden(Aktivitet)) == ("BAC", "BAC", "CAB")
    led(StrategiskMaal, "Mål C").delete()
    assert pia.post(til_maal(aftale, uuid4()) + "flyt/", {"til": "1"}).status_code == 409


def test_many_at_once_lose_none_and_double_none(transactional_db):
    v = verden()
    aftale = byg.tom(v)
    for navn in "ABCDE":
        byg.skriv_maal(aftale, v.skoleleder, titel=f"Mål {navn}")
    folk = (v.skoleleder, v.paedagogiskleder, v.centerleder, v.dagtilbudsleder)
    kald = [
        lambda af=af, navn=navn, til=til: flyt(aftale, af, StrategiskMaal, f"Mål {navn}", til)
        for af, navn, til in zip(folk * 2, "EDCBAEDC", (1, 2, 5, 4, 3, 5, 1, 1), strict=True)
    ]
    assert not [svar for svar in samtidig(*kald) if isinstance(svar, Exception)]
    assert sorted(orden(StrategiskMaal)) == list("ABCDE")
    assert [maal.plads for maal in StrategiskMaal.objects.all()] == [1, 2, 3, 4, 5]
