"""The content an approval binds to: the same text is the same hash, and every word of it counts (decision 12)."""

import json
from datetime import date

import pytest

from aftaler import actions
from aftaler.indhold import indhold_af, som_data
from aftaler.models import Aktivitet, Delmaal, Indhold, Led, StrategiskMaal
from samarbejde.models import Enhed
from samarbejde.organisation import ret_enhed
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    aftale = byg.kladde(v)
    byg.skriv_aktivitet(
        aftale, v.skoleleder, Delmaal.objects.get(), ansvarlige=[v.kkfo, v.skole], fra=date(2027, 5, 1), tegn="Ro"
    )
    return aftale


def aftryk(aftale):
    return indhold_af(byg.frisk(aftale)).aftryk


def test_the_same_content_is_stored_once(aftale):
    assert aftryk(aftale) == aftryk(aftale)
    assert Indhold.objects.count() == 1


def test_it_is_canonical_json_of_the_text_alone(v, aftale):
    """RFC 8785: sorted keys, no spaces; units by kode and no row numbers, people, answers or times."""
    kanonisk = indhold_af(aftale).json
    data = json.loads(kanonisk)
    assert kanonisk == json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    assert set(data) == {"skema", "distrikt", "skoleaar", "behov", "retning", "maal"}
    assert data["maal"][0]["delmaal"][0]["aktiviteter"][1] == {
        "titel": "Besøg i maj",
        "art": "aktivitet",
        "beskrivelse": "",
        "ansvarlige": sorted([v.skole.kode, v.kkfo.kode]),
        "fra": "2027-05-01",
        "til_og_med": None,
        "tegn": "Ro",
    }


def test_parties_answers_and_state_do_not_change_it(v, aftale):
    foer = aftryk(aftale)
    parter = byg.valg([v.boernehus, v.kkfo, v.selvejende, v.skole])
    actions.vaelg_parter(aftale=aftale, af=v.skoleleder, parter=parter)
    byg.send(aftale, v.skoleleder)
    byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
    byg.godkend(aftale, v.skole, v.skoleleder)
    assert aftryk(aftale) == foer


def test_neither_does_the_order_in_which_people_pressed(v):
    """Areas and responsible units have no order of their own."""
    aftale = byg.tom(v)
    maal = byg.skriv_maal(aftale, v.skoleleder, omraader=(6, 1, 3))
    delmaal = byg.skriv_delmaal(aftale, v.skoleleder, maal)
    aktivitet = byg.skriv_aktivitet(aftale, v.skoleleder, delmaal, ansvarlige=[v.skole, v.center, v.kkfo])
    foer = aftryk(aftale)
    maal.omraader.clear()
    aktivitet.ansvarlige.clear()
    for nummer, enhed in zip((3, 6, 1), (v.kkfo, v.skole, v.center), strict=True):
        maal.omraader.add(nummer)
        aktivitet.ansvarlige.add(enhed)
    assert aftryk(aftale) == foer


def test_a_renamed_unit_is_the_same_unit(v, aftale):
    foer = aftryk(aftale)
    ret_enhed(enhed=v.kkfo, af=None, navn="KKFO Nyt Navn")
    assert aftryk(aftale) == foer


TEKSTFELTER = [
    (model, felt.name)
    for model in (StrategiskMaal, Delmaal, Aktivitet)
    for felt in model._meta.concrete_fields
    if felt.get_internal_type() in {"CharField", "TextField"} and not felt.name.endswith("_html")
    if felt.name not in {"intentioner", "soegetekst"}
]


@pytest.mark.parametrize(("model", "felt"), TEKSTFELTER)
def test_every_text_field_of_every_part_counts(aftale, model, felt):
    """Found from the models: a field that is added and forgotten in `indhold.py` turns this red."""
    foer = aftryk(aftale)
    led = model.objects.first()
    model.objects.filter(pk=led.pk).update(**{felt: "tiltag" if felt == "art" else "rettet"})
    assert aftryk(aftale) != foer


def test_s62_intentions_are_no_part_of_what_one_approves(aftale):
    foer = aftryk(aftale)
    StrategiskMaal.objects.update(intentioner="trivsel")
    assert aftryk(aftale) == foer


@pytest.mark.parametrize("felt", ["behov", "retning"])
def test_both_texts_of_the_agreement_count(v, aftale, felt):
    foer = aftryk(aftale)
    byg.skriv_afsnit(aftale, v.skoleleder, felt, "rettet")
    assert aftryk(aftale) != foer


def test_areas_dates_and_responsible_units_count(v, aftale):
    set_ = {aftryk(aftale)}
    aktivitet = Aktivitet.objects.last()
    StrategiskMaal.objects.get().omraader.add(6)
    set_.add(aftryk(aftale))
    aktivitet.ansvarlige.add(v.center)
    set_.add(aftryk(aftale))
    for felt in ("fra", "til_og_med"):
        Aktivitet.objects.filter(pk=aktivitet.pk).update(**{felt: date(2027, 6, 1)})
        set_.add(aftryk(aftale))
    assert len(set_) == 5


def test_the_order_of_the_goals_counts(v, aftale):
    """The order is what was agreed on."""
    andet = byg.skriv_maal(aftale, v.skoleleder, titel="Andet mål")
    foer = aftryk(aftale)
    StrategiskMaal.objects.filter(pk=andet.pk).update(plads=0)
    assert aftryk(aftale) != foer


def test_the_same_text_under_another_parent_is_another_content(v, aftale):
    """No concatenation of fields that could be cut elsewhere."""
    maal = StrategiskMaal.objects.get()
    StrategiskMaal.objects.filter(pk=maal.pk).update(titel="A", beskrivelse="BC")
    et = aftryk(aftale)
    StrategiskMaal.objects.filter(pk=maal.pk).update(titel="AB", beskrivelse="C")
    assert aftryk(aftale) != et


def test_every_part_of_the_text_is_known():
    """A new kind of part below the agreement must be hung into `som_data`."""
    assert set(Led.__subclasses__()) == {StrategiskMaal, Delmaal, Aktivitet}


def test_two_districts_never_share_a_content(v, aftale):
    anden = byg.kladde(
        v, distrikt=v.nabodistrikt, af=v.naboskoleleder, tovholder=v.naboskole, enheder=[v.naboskole, v.nabokkfo]
    )
    assert som_data(anden)["distrikt"] != som_data(aftale)["distrikt"]
    assert aftryk(anden) != aftryk(aftale)
    assert Enhed.objects.filter(kode=som_data(aftale)["distrikt"]).count() == 0
