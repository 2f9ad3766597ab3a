"""Writing together (S1, S9, S11, S14): equal rights, nobody overwrites anybody, nothing foreign gets in."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError

from aftaler import actions
from aftaler.models import Aktivitet, Delmaal, StrategiskMaal
from aftaler.queries import led_aftryk
from samarbejde.models import Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db

LEDERE = ["skoleleder", "paedagogiskleder", "centerleder", "dagtilbudsleder"]
ANDRE = ["koordinator", "medarbejder", "vejleder", "klyngeleder", "netvaerkskoordinator", "omraadechef", "forvaltning",
         "administrator", "naboskoleleder", "nabokoordinator", "udenfor"]  # fmt: skip
HTML = {"beskrivelse": "Vi **vil**", "realisering": "- i maj\n- i juni"}


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


def alle_skrivninger(aftale, af, v):
    """Every field of an agreement that can be written, as calls."""
    maal, delmaal, aktivitet = StrategiskMaal.objects.get(), Delmaal.objects.get(), Aktivitet.objects.get()
    return {
        "behov": lambda: byg.skriv_afsnit(aftale, af, "behov", f"Behov, {af.pk}"),
        "retning": lambda: byg.skriv_afsnit(aftale, af, "retning", f"Retning, {af.pk}"),
        "mål": lambda: byg.skriv_maal(
            aftale, af, noegle=maal.noegle, version=maal.version, omraader=(1, 6), titel=f"Mål {af.pk}", **HTML
        ),
        "delmål": lambda: byg.skriv_delmaal(
            aftale, af, maal, noegle=delmaal.noegle, version=delmaal.version, titel=f"Delmål {af.pk}"
        ),
        "aktivitet": lambda: byg.skriv_aktivitet(
            aftale, af, delmaal, noegle=aktivitet.noegle, version=aktivitet.version, titel=f"Aktivitet {af.pk}",
            ansvarlige=[v.skole, v.kkfo], tegn="Børnene kender hinanden.", art="tiltag",
        ),
        "nyt mål": lambda: byg.skriv_maal(aftale, af),
        "nyt delmål": lambda: byg.skriv_delmaal(aftale, af, maal),
        "ny aktivitet": lambda: byg.skriv_aktivitet(aftale, af, delmaal),
        "slet": lambda: slet(aftale, af, Aktivitet.objects.get(noegle=aktivitet.noegle)),
    }  # fmt: skip


# --- who ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hvem", LEDERE)
def test_s1_every_party_leader_may_write_every_field(v, aftale, hvem):
    """Case 29: school, KKFO, centre and dagtilbud alike, field by field."""
    af = getattr(v, hvem)
    for skriv in alle_skrivninger(aftale, af, v).values():
        skriv()
    maal = StrategiskMaal.objects.order_by("pk")[0]
    assert (maal.titel, maal.beskrivelse_html) == (f"Mål {af.pk}", "<p>Vi <strong>vil</strong></p>")
    assert byg.frisk(aftale).behov == f"Behov, {af.pk}"
    assert set(Haendelse.objects.filter(af=af).values_list("navn", flat=True)) >= {
        "skriv_afsnit", "skriv_strategiskmaal", "skriv_delmaal", "skriv_aktivitet", "slet_aktivitet"
    }  # fmt: skip


@pytest.mark.parametrize("hvem", ANDRE)
def test_nobody_else_writes_a_word(v, aftale, hvem):
    af = getattr(v, hvem)
    foer = Haendelse.objects.count()
    for felt, skriv in alle_skrivninger(aftale, af, v).items():
        with pytest.raises(IkkeTilladtError):
            skriv()
        assert Haendelse.objects.count() == foer, felt


@pytest.mark.parametrize("lav", [byg.sendt, byg.indgaaet, byg.annulleret])
def test_s17_the_text_is_locked_outside_the_draft(v, lav):
    aftale = lav(v)
    for felt, skriv in alle_skrivninger(aftale, v.skoleleder, v).items():
        with pytest.raises(IkkeMuligtError, match="Teksten er låst"):
            skriv()
        assert not Haendelse.objects.filter(navn__startswith="slet_").exists(), felt


# --- nobody overwrites anybody -----------------------------------------------------------------------------------
def test_s9_a_stale_save_of_a_text_is_refused_with_both_texts(v, aftale):
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst")
    with pytest.raises(actions.KonfliktError) as fejl:
        actions.skriv_afsnit(
            aftale=aftale, af=v.paedagogiskleder, afsnit="behov", tekst="Pias tekst", version=aftale.behov_version
        )
    assert fejl.value.nu == {"tekst": "Sannes tekst"}
    assert byg.frisk(aftale).behov == "Sannes tekst"
    actions.skriv_afsnit(
        aftale=aftale, af=v.paedagogiskleder, afsnit="behov", tekst="Begges tekst", version=fejl.value.version
    )
    assert byg.frisk(aftale).behov == "Begges tekst"


def test_s9_a_stale_save_of_a_goal_shows_what_is_there_now(v, aftale):
    maal = StrategiskMaal.objects.get()
    byg.skriv_maal(aftale, v.skoleleder, noegle=maal.noegle, version=1, titel="Sannes mål", omraader=(1,))
    with pytest.raises(actions.KonfliktError) as fejl:
        byg.skriv_maal(aftale, v.paedagogiskleder, noegle=maal.noegle, version=1, titel="Pias mål", omraader=(2,))
    assert (fejl.value.nu["titel"], fejl.value.nu["omraader"], fejl.value.version) == ("Sannes mål", [1], 2)
    maal.refresh_from_db()
    assert maal.titel == "Sannes mål"


def test_s9_only_the_areas_changed_is_a_change_too(v, aftale):
    maal = StrategiskMaal.objects.get()
    byg.skriv_maal(aftale, v.skoleleder, noegle=maal.noegle, version=1, omraader=(1, 2))
    with pytest.raises(actions.KonfliktError):
        byg.skriv_maal(aftale, v.paedagogiskleder, noegle=maal.noegle, version=1, omraader=(4,))


def test_s9_saving_what_is_already_there_is_no_change_and_no_conflict(v, aftale):
    """The same POST twice counts once."""
    maal = StrategiskMaal.objects.get()
    foer = Haendelse.objects.count()
    byg.skriv_maal(aftale, v.paedagogiskleder, noegle=maal.noegle, version=0)
    actions.skriv_afsnit(aftale=aftale, af=v.paedagogiskleder, afsnit="behov", tekst=aftale.behov, version=0)
    maal.refresh_from_db()
    assert (maal.version, Haendelse.objects.count()) == (1, foer)


def test_s9_a_goal_deleted_meanwhile_is_a_conflict_without_a_text(v, aftale):
    maal = StrategiskMaal.objects.get()
    slet(aftale, v.skoleleder, maal)
    with pytest.raises(actions.KonfliktError) as fejl:
        byg.skriv_maal(aftale, v.paedagogiskleder, noegle=maal.noegle, version=1, titel="Pias mål")
    assert (fejl.value.nu, fejl.value.version) == (None, 0)
    byg.skriv_maal(aftale, v.paedagogiskleder, noegle=maal.noegle, version=fejl.value.version, titel="Pias mål")
    assert StrategiskMaal.objects.get().titel == "Pias mål"


def test_s9_what_was_changed_meanwhile_is_not_deleted_unread(v, aftale):
    maal = StrategiskMaal.objects.get()
    set_ = led_aftryk(maal)
    byg.skriv_maal(aftale, v.skoleleder, noegle=maal.noegle, version=1, titel="Et bedre mål")
    with pytest.raises(actions.KonfliktError):
        actions.slet_led(aftale=aftale, af=v.paedagogiskleder, model=StrategiskMaal, noegle=maal.noegle, aftryk=set_)
    assert StrategiskMaal.objects.get().titel == "Et bedre mål"


def test_s9_what_was_added_below_meanwhile_is_not_deleted_unread(v, aftale):
    maal = StrategiskMaal.objects.get()
    set_ = led_aftryk(maal)
    byg.skriv_delmaal(aftale, v.skoleleder, maal, titel="Kom til imens")
    with pytest.raises(actions.KonfliktError):
        actions.slet_led(aftale=aftale, af=v.paedagogiskleder, model=StrategiskMaal, noegle=maal.noegle, aftryk=set_)
    assert Delmaal.objects.filter(titel="Kom til imens").exists()


def slet(aftale, af, led):
    actions.slet_led(aftale=aftale, af=af, model=type(led), noegle=led.noegle, aftryk=led_aftryk(led))


def test_deleting_takes_what_is_below_and_the_trail_keeps_every_word(v, aftale):
    slet(aftale, v.skoleleder, StrategiskMaal.objects.get())
    assert not Delmaal.objects.exists()
    assert not Aktivitet.objects.exists()
    haendelse = Haendelse.objects.get(navn="slet_strategiskmaal")
    assert "Gode overgange › Fælles besøgsdage › Besøg i maj" in haendelse.data["felter"]


def test_deleting_twice_is_deleting_once(v, aftale):
    maal = StrategiskMaal.objects.get()
    slet(aftale, v.skoleleder, maal)
    slet(aftale, v.skoleleder, maal)
    assert Haendelse.objects.filter(navn="slet_strategiskmaal").count() == 1


# --- nothing foreign gets in -------------------------------------------------------------------------------------
@pytest.fixture
def fremmed(v):
    """Ege's agreement, with a goal and a delmål of its own."""
    return byg.kladde(
        v, distrikt=v.nabodistrikt, af=v.naboskoleleder, tovholder=v.naboskole, enheder=[v.naboskole, v.nabokkfo]
    )


def test_s14_a_delmaal_never_hangs_under_another_agreements_goal(v, aftale, fremmed):
    fremmed_maal = StrategiskMaal.objects.get(aftale=fremmed)
    for maal in (fremmed_maal, StrategiskMaal(noegle=uuid4())):
        with pytest.raises(actions.KonfliktError):
            byg.skriv_delmaal(aftale, v.skoleleder, maal)
    assert fremmed_maal.delmaal.count() == 1


def test_s14_an_activity_never_hangs_under_another_agreements_delmaal(v, aftale, fremmed):
    fremmed_delmaal = Delmaal.objects.get(maal__aftale=fremmed)
    for delmaal in (fremmed_delmaal, Delmaal(noegle=uuid4())):
        with pytest.raises(actions.KonfliktError):
            byg.skriv_aktivitet(aftale, v.skoleleder, delmaal)
    assert fremmed_delmaal.aktiviteter.count() == 1


def test_another_agreements_goal_is_neither_corrected_nor_deleted_through_mine(v, aftale, fremmed):
    fremmed_maal = StrategiskMaal.objects.get(aftale=fremmed)
    with pytest.raises(actions.KonfliktError):
        byg.skriv_maal(aftale, v.skoleleder, noegle=fremmed_maal.noegle, version=1, titel="Kapret")
    slet(aftale, v.skoleleder, fremmed_maal)
    fremmed_maal.refresh_from_db()
    assert fremmed_maal.titel == "Gode overgange"


def test_s15_only_parties_answer_for_an_activity(v, aftale):
    delmaal = Delmaal.objects.get()
    for fremmede in ([v.selvejende], [v.skole, v.naboskole], [v.klynge]):
        with pytest.raises(ValidationError, match="Kun aftalens parter kan være ansvarlige"):
            byg.skriv_aktivitet(aftale, v.skoleleder, delmaal, ansvarlige=fremmede)
    assert delmaal.aktiviteter.count() == 1


def test_there_is_a_limit_to_what_one_agreement_holds(v, aftale):
    for _ in range(39):
        byg.skriv_maal(aftale, v.skoleleder)
    with pytest.raises(ValidationError, match="højst være 40"):
        byg.skriv_maal(aftale, v.skoleleder)
    assert StrategiskMaal.objects.count() == 40


def test_each_new_part_comes_last(v, aftale):
    for titel in ("Andet", "Tredje"):
        byg.skriv_maal(aftale, v.skoleleder, titel=titel)
    assert [maal.titel for maal in aftale.maal.all()] == ["Gode overgange", "Andet", "Tredje"]
