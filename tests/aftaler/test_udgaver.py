"""Every saved text is found again, and brought back as a new save (S9, the agreement's versions)."""

import random
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import F

from aftaler import actions, udgaver
from aftaler.indhold import pak, som_data, uden_noegler
from aftaler.models import Aktivitet, Delmaal, StrategiskMaal, Udgave
from aftaler.queries import led_aftryk
from aftaler.udgaver import NU
from samarbejde import tid
from samarbejde.models import Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError, KonfliktError
from tests.aftaler import byg
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    return byg.kladde(v)


def seneste(aftale):
    return aftale.udgaver.first()


def teksten(aftale, udgave):
    return uden_noegler(udgaver.tekster(byg.frisk(aftale), udgave.pk)[0])


def slet(aftale, af, led):
    actions.slet_led(aftale=aftale, af=af, model=type(led), noegle=led.noegle, aftryk=led_aftryk(led))


def genskab(aftale, af, udgave):
    aftryk = pak(som_data(byg.frisk(aftale))).aftryk
    return actions.genskab_udgave(aftale=aftale, af=af, udgave=udgave, aftryk=aftryk)


# --- found again ---------------------------------------------------------------------------------------------------
def tilfaeldig_aktivitet(aftale, v, valg, af, tekst):
    et = valg.choice([*Aktivitet.objects.all(), None])
    hos, noegle, version = (
        (et.delmaal, et.noegle, et.version) if et else (valg.choice(list(Delmaal.objects.all())), uuid4(), 0)
    )
    enheder = valg.sample(byg.parter(v), 2)
    fra = tid.i_dag() if valg.random() < 0.5 else None
    byg.skriv_aktivitet(aftale, af, hos, noegle=noegle, version=version, titel=tekst, ansvarlige=enheder, fra=fra)


def tilfaeldigt_maal(aftale, valg, af, tekst):
    et = valg.choice([*StrategiskMaal.objects.all(), None])
    noegle, version = (et.noegle, et.version) if et else (uuid4(), 0)
    byg.skriv_maal(aftale, af, noegle=noegle, version=version, titel=tekst, omraader=valg.sample(range(1, 7), 2))


def flyt_eller_slet(aftale, af, hvad, led, til):
    if hvad == "slet":
        return slet(aftale, af, led)
    return actions.flyt_led(aftale=aftale, af=af, model=type(led), noegle=led.noegle, til=til)


def tilfaeldig_skrivning(aftale, v, valg):
    """One of all that can be done to a text, by one of those who may."""
    af = valg.choice([v.skoleleder, v.paedagogiskleder, v.centerleder, v.dagtilbudsleder])
    maal, delmaal, aktiviteter = (list(model.objects.all()) for model in (StrategiskMaal, Delmaal, Aktivitet))
    tekst = f"Tekst {valg.random()}"
    match valg.choice(["afsnit", "maal", "delmaal", "aktivitet", "flyt", "slet", "slet", "genskab"]):
        case "afsnit":
            byg.skriv_afsnit(aftale, af, valg.choice(["behov", "retning"]), tekst)
        case "maal":
            tilfaeldigt_maal(aftale, valg, af, tekst)
        case "delmaal" if maal:
            byg.skriv_delmaal(aftale, af, valg.choice(maal), titel=tekst)
        case "aktivitet" if delmaal:
            tilfaeldig_aktivitet(aftale, v, valg, af, tekst)
        case "flyt" | "slet" as hvad if maal:
            flyt_eller_slet(aftale, af, hvad, valg.choice([*maal, *delmaal, *aktiviteter]), valg.randint(1, 4))
        case "genskab":
            genskab(aftale, af, valg.choice(list(aftale.udgaver.all())))


@pytest.mark.parametrize("froe", range(3))
def test_s9_whatever_is_written_deleted_and_restored_every_text_is_found_again_word_for_word(v, aftale, froe):
    valg, var = random.Random(froe), {seneste(aftale).pk: som_data(aftale)}
    for _ in range(30):
        tilfaeldig_skrivning(byg.frisk(aftale), v, valg)
        var[seneste(aftale).pk] = som_data(byg.frisk(aftale))
    assert len(var) > 10
    fundne = udgaver.tekster(byg.frisk(aftale), *var, NU)
    assert [uden_noegler(tekst) for tekst in fundne] == [*var.values(), som_data(byg.frisk(aftale))]
    assert byg.gamle_soegetekster() == []


@pytest.mark.parametrize("froe", range(3))
def test_s9_sittings_that_go_on_among_other_saves_still_lead_back_to_the_first_text(v, aftale, froe):
    valg, foerste, foer = random.Random(froe), seneste(aftale), som_data(aftale)
    for nummer in range(40):
        tilfaeldig_skrivning(byg.frisk(aftale), v, valg)
        for af in (v.skoleleder, v.paedagogiskleder):
            undervejs(aftale, af, f"Undervejs {nummer} {af}") if valg.random() < 0.5 else None
            for maal in StrategiskMaal.objects.all()[:1]:
                hvad = {"noegle": maal.noegle, "version": maal.version, "titel": f"Undervejs {nummer}"}
                byg.skriv_maal(byg.frisk(aftale), af, **hvad, undervejs=True)
    assert Udgave.objects.filter(version__gt=F("fra_version") + 1).exists()
    assert teksten(aftale, foerste) == foer


def test_a_save_lays_down_one_version_with_who_when_and_its_event(v, aftale):
    antal = aftale.udgaver.count()
    byg.skriv_afsnit(aftale, v.paedagogiskleder, "behov", "Pias tekst.")
    byg.skriv_afsnit(aftale, v.paedagogiskleder, "behov", "Pias tekst.")
    udgave = seneste(aftale)
    assert aftale.udgaver.count() == antal + 1
    assert (udgave.af, udgave.haendelse) == (v.paedagogiskleder, Haendelse.objects.first())
    assert udgave.haendelse.saetning == "«Behov og udfordringer» er rettet."


def test_what_was_there_before_versions_began_is_found_from_the_present(v, aftale):
    Udgave.objects.all().delete()
    foer = som_data(aftale)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Nyt.")
    byg.skriv_maal(aftale, v.skoleleder)
    (helt_foer,) = udgaver.tekster(byg.frisk(aftale), 0)
    assert uden_noegler(helt_foer) == foer


# --- brought back --------------------------------------------------------------------------------------------------
def test_s9_restoring_is_a_new_save_that_brings_back_what_was_deleted_and_hides_nothing(v, aftale):
    udgave, maal = seneste(aftale), StrategiskMaal.objects.get()
    foer = som_data(aftale)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst.")
    slet(aftale, v.skoleleder, maal)
    byg.skriv_maal(aftale, v.skoleleder, titel="Et helt andet mål")
    imellem, version = seneste(aftale), byg.frisk(aftale).behov_version
    genskab(aftale, v.paedagogiskleder, udgave)
    aftale = byg.frisk(aftale)
    assert som_data(aftale) == foer
    assert aftale.behov_version == version + 1
    assert (aftale.maal.get().noegle, aftale.maal.get().version > maal.version) == (maal.noegle, True)
    assert teksten(aftale, imellem)["maal"][0]["titel"] == "Et helt andet mål"
    assert Haendelse.objects.first().saetning == f"Teksten er genskabt, som den var i {udgave}."
    assert seneste(aftale).af == v.paedagogiskleder


def test_s9_a_form_opened_before_the_goal_was_deleted_and_brought_back_is_stale(v, aftale):
    udgave, maal = seneste(aftale), StrategiskMaal.objects.get()
    slet(aftale, v.skoleleder, maal)
    genskab(aftale, v.skoleleder, udgave)
    with pytest.raises(KonfliktError):
        byg.skriv_maal(aftale, v.paedagogiskleder, noegle=maal.noegle, version=maal.version, titel="Pias")


def test_restoring_twice_is_once_and_never_over_a_text_that_was_not_seen(v, aftale):
    udgave = seneste(aftale)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst.")
    set_ = pak(som_data(byg.frisk(aftale))).aftryk
    byg.skriv_afsnit(aftale, v.centerleder, "retning", "Carls tekst.")
    with pytest.raises(KonfliktError):
        actions.genskab_udgave(aftale=aftale, af=v.paedagogiskleder, udgave=udgave, aftryk=set_)
    assert byg.frisk(aftale).retning == "Carls tekst."
    genskab(aftale, v.paedagogiskleder, udgave)
    antal = Haendelse.objects.count()
    actions.genskab_udgave(aftale=aftale, af=v.paedagogiskleder, udgave=udgave, aftryk=set_)
    assert Haendelse.objects.count() == antal


def test_s15_a_unit_that_is_no_longer_a_party_is_left_out_and_said(v, aftale):
    delmaal, aktivitet = Delmaal.objects.get(), Aktivitet.objects.get()
    byg.skriv_aktivitet(
        aftale, v.skoleleder, delmaal, noegle=aktivitet.noegle, version=1, ansvarlige=[v.center, v.kkfo]
    )
    udgave = seneste(aftale)
    byg.skriv_aktivitet(aftale, v.skoleleder, delmaal, noegle=aktivitet.noegle, version=2, ansvarlige=[v.kkfo])
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst.")
    actions.vaelg_parter(aftale=aftale, af=v.skoleleder, parter=byg.valg([v.skole, v.kkfo]))
    assert genskab(aftale, v.skoleleder, udgave) == ["Fritidscenter Havnen"]
    assert list(aktivitet.ansvarlige.all()) == [v.kkfo]
    assert byg.frisk(aftale).behov != "Sannes tekst."


@pytest.mark.parametrize("lav", [byg.sendt, byg.indgaaet, byg.annulleret])
def test_s17_nothing_is_restored_named_or_put_back_outside_the_draft(v, lav):
    aftale = lav(v)
    udgave, antal = aftale.udgaver.last(), aftale.udgaver.count()
    for goer in alle_tre(aftale, v.skoleleder, udgave):
        with pytest.raises(IkkeMuligtError, match="Teksten er låst"):
            goer()
    assert aftale.udgaver.count() == antal


@pytest.mark.parametrize("hvem", ["koordinator", "medarbejder", "forvaltning", "omraadechef", "naboskoleleder"])
def test_s9_only_those_who_write_restore_name_and_put_back(v, aftale, hvem):
    antal = aftale.udgaver.count()
    for goer in alle_tre(aftale, getattr(v, hvem), aftale.udgaver.last()):
        with pytest.raises(IkkeTilladtError):
            goer()
    assert aftale.udgaver.count() == antal


def alle_tre(aftale, af, udgave):
    yield lambda: genskab(aftale, af, udgave)
    yield lambda: actions.navngiv_udgave(aftale=aftale, af=af, navn="Første udkast")
    yield lambda: actions.laeg_tilbage(aftale=aftale, af=af, udgave=udgave)


# --- put back ------------------------------------------------------------------------------------------------------
def test_s9_a_goal_is_put_back_where_it_lay_with_all_below_it_once(v, aftale):
    foerste = StrategiskMaal.objects.get()
    byg.skriv_maal(aftale, v.skoleleder, titel="Det andet")
    foer = som_data(byg.frisk(aftale))
    slet(aftale, v.skoleleder, foerste)
    slettet = seneste(aftale)
    for _ in range(2):
        actions.laeg_tilbage(aftale=aftale, af=v.paedagogiskleder, udgave=slettet)
    assert som_data(byg.frisk(aftale)) == foer
    assert Haendelse.objects.filter(navn="laeg_tilbage").count() == 1
    assert uden_noegler(udgaver.tekster(byg.frisk(aftale), slettet.pk)[0])["maal"] == foer["maal"][1:]


def test_s9_a_subgoal_and_an_activity_are_put_back_too(v, aftale):
    foer = som_data(aftale)
    for led in (Aktivitet.objects.get(), Delmaal.objects.get()):
        slet(aftale, v.skoleleder, led)
        actions.laeg_tilbage(aftale=aftale, af=v.skoleleder, udgave=seneste(aftale))
        assert som_data(byg.frisk(aftale)) == foer


# --- named ---------------------------------------------------------------------------------------------------------
def test_a_name_keeps_the_text_as_it_is_and_the_same_twice_is_once(v, aftale):
    foer = som_data(aftale)
    for _ in range(2):
        udgave = actions.navngiv_udgave(aftale=aftale, af=v.centerleder, navn="Før bestyrelsesmødet")
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Nyt.")
    assert teksten(aftale, udgave) == foer
    assert aftale.udgaver.exclude(navn="").count() == 1
    assert str(udgave).startswith("«Før bestyrelsesmødet», udgaven fra ")


# --- saved by itself -----------------------------------------------------------------------------------------------
def undervejs(aftale, af, tekst, version=None):
    nu = byg.frisk(aftale)
    version = nu.behov_version if version is None else version
    return actions.skriv_afsnit(aftale=nu, af=af, afsnit="behov", tekst=tekst, version=version, undervejs=True)


def test_s9_two_hundred_saves_by_themselves_in_one_sitting_are_one_row_of_the_trail_and_one_version(v, aftale):
    haendelser, antal, foer = Haendelse.objects.count(), aftale.udgaver.count(), som_data(aftale)
    for nummer in range(200):
        undervejs(aftale, v.paedagogiskleder, f"Tekst {nummer}")
    byg.skriv_afsnit(aftale, v.paedagogiskleder, "behov", "Færdig.")
    assert (Haendelse.objects.count(), aftale.udgaver.count()) == (haendelser + 1, antal + 1)
    assert byg.frisk(aftale).behov == "Færdig."
    assert uden_noegler(udgaver.tekster(byg.frisk(aftale), seneste(aftale).pk - 1)[0]) == foer
    assert Haendelse.objects.first().saetning == "«Behov og udfordringer» er rettet undervejs."


def test_s9_a_goals_saves_by_themselves_are_one_row_too(v, aftale):
    maal, antal = StrategiskMaal.objects.get(), Haendelse.objects.count()
    for version in range(1, 11):
        byg.skriv_maal(
            aftale, v.centerleder, noegle=maal.noegle, version=version, titel=f"Titel {version}", undervejs=True
        )
    assert Haendelse.objects.count() == antal + 1
    assert (seneste(aftale).fra_version, seneste(aftale).version) == (1, 11)


def test_s9_another_persons_save_a_pause_a_name_a_sending_and_a_press_each_begin_a_new_row(v, aftale):
    pia, antal = v.paedagogiskleder, aftale.udgaver.count()
    undervejs(aftale, pia, "1")
    undervejs(aftale, v.skoleleder, "2")
    undervejs(aftale, pia, "3")
    assert aftale.udgaver.count() == antal + 3
    with tid.frys(tid.nu() + timedelta(minutes=31)):
        undervejs(aftale, pia, "4")
        assert aftale.udgaver.count() == antal + 4
        byg.skriv_afsnit(aftale, pia, "behov", "5")
        undervejs(aftale, pia, "6")
        assert aftale.udgaver.count() == antal + 5
        actions.navngiv_udgave(aftale=aftale, af=v.skoleleder, navn="Navn")
        undervejs(aftale, pia, "7")
        assert aftale.udgaver.count() == antal + 7
    with tid.frys(tid.nu() + timedelta(minutes=40)):
        byg.send(aftale, v.skoleleder)
        actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
        undervejs(aftale, pia, "8")
    assert aftale.udgaver.count() == antal + 8


def test_s9_a_save_by_itself_obeys_the_same_rule_of_conflict_and_the_same_rights(v, aftale):
    undervejs(aftale, v.skoleleder, "Sannes tekst.")
    with pytest.raises(KonfliktError):
        undervejs(aftale, v.paedagogiskleder, "Pias tekst.", version=aftale.behov_version)
    with pytest.raises(IkkeTilladtError):
        undervejs(aftale, v.medarbejder, "Mettes tekst.")
    assert byg.frisk(aftale).behov == "Sannes tekst."
