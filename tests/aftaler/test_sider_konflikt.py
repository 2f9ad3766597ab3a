"""A save that came too late: both texts and the two made into one, field by field; deleted, left and sent (S9)."""

import pytest

from aftaler import actions
from aftaler.models import Aktivitet, Delmaal, StrategiskMaal
from aftaler.queries import led_aftryk
from samarbejde import tid
from samarbejde.formater import dato
from samarbejde.models import Haendelse
from tests.aftaler import byg
from tests.aftaler.sider import (
    aktivitet_i,
    aktivitetsfelter,
    delmaal_i,
    delmaalfelter,
    logget_ind,
    maal_i,
    maalfelter,
    rod,
    skjulte,
    tekst,
    til_aktivitet,
    til_delmaal,
    til_maal,
)
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
FOERST = "Mange børn skifter skole.\n\nVi vil mødes."


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    aftale = byg.kladde(v)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", FOERST)
    return byg.frisk(aftale)


@pytest.fixture
def pia(v):
    return logget_ind(v.paedagogiskleder)


def samlet(svar):
    return svar.context["form"].initial


def felter_i(svar):
    """What the browser sends from the merged form as it stands."""
    return {navn: vaerdi for navn, vaerdi in samlet(svar).items() if vaerdi}


def slet(aftale, af, led):
    actions.slet_led(aftale=aftale, af=af, model=type(led), noegle=led.noegle, aftryk=led_aftryk(led))


# --- stale -----------------------------------------------------------------------------------------------------------
def test_s9_changes_in_different_places_are_one_text_that_is_saved_with_one_press(v, aftale, pia):
    sted = rod(aftale) + "afsnit/behov/"
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", FOERST.replace("skole", "klub"))
    svar = pia.post(sted, {"tekst": FOERST + "\n\nOg spise.", "version": str(aftale.behov_version)})
    assert svar.status_code == 409
    assert "Sanne Lund har rettet i teksten" in tekst(svar)
    assert samlet(svar)["tekst"] == "Mange børn skifter klub.\n\nVi vil mødes.\n\nOg spise."
    assert svar.context["begge"] == []
    assert pia.post(sted, felter_i(svar)).status_code == 302
    assert byg.frisk(aftale).behov == "Mange børn skifter klub.\n\nVi vil mødes.\n\nOg spise."


def test_s9_the_same_words_changed_by_both_are_both_there_and_it_says_so(v, aftale, pia):
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", FOERST.replace("skole", "klub"))
    felter = {"tekst": FOERST.replace("skole", "by"), "version": str(aftale.behov_version)}
    svar = pia.post(rod(aftale) + "afsnit/behov/", felter)
    assert svar.context["begge"] == ["Behov og udfordringer"]
    assert all(ord_ in samlet(svar)["tekst"] for ord_ in ("klub", "by", "Vi vil mødes."))
    assert "I har begge rettet det samme sted i «Behov og udfordringer»." in tekst(svar)
    assert "I en lang tekst står begges ord nu efter hinanden; i et kort felt står dit." in tekst(svar)


def test_s9_a_label_that_is_a_question_ends_no_sentence_twice(v, aftale, pia):
    maal = maal_i(aftale)
    byg.skriv_maal(aftale, v.skoleleder, noegle=maal.noegle, version=1, intentioner="læring")
    svar = pia.post(til_maal(aftale, maal.noegle), maalfelter(version="1", intentioner=["trivsel"]))
    assert svar.status_code == 409
    assert "vises ikke: «Målområder», «Beskrivelse» og" in tekst(svar).replace("«Målet i én sætning», ", "")
    assert "?." not in tekst(svar)
    assert "I har begge rettet det samme sted i «Hvad skal målet især bidrage til?»." in tekst(svar)


def test_s9_a_goal_is_merged_field_by_field(v, aftale, pia):
    maal = maal_i(aftale)
    noegle = {"noegle": maal.noegle}
    byg.skriv_maal(aftale, v.skoleleder, **noegle, version=1, omraader=(2, 3), beskrivelse="Et.\nTo.", titel="Nyt navn")
    felter = maalfelter(version="1", titel=maal.titel, omraader=["3", "4"], realisering="Sammen.")
    svar = pia.post(til_maal(aftale, maal.noegle), felter)
    assert svar.status_code == 409
    assert [navn for navn, _, _ in svar.context["raekker"]] == [
        "Målet i én sætning", "Målområder", "Beskrivelse", "Sådan realiserer I målet sammen",
    ]  # fmt: skip
    ventet = {"titel": "Nyt navn", "omraader": [2, 3, 4], "beskrivelse": "Et.\nTo.", "realisering": "Sammen."}
    assert {felt: samlet(svar)[felt] for felt in ventet} == ventet
    assert pia.post(til_maal(aftale, maal.noegle), felter_i(svar)).status_code == 302
    maal.refresh_from_db()
    assert (maal.titel, maal.realisering, maal.version) == ("Nyt navn", "Sammen.", 3)
    assert sorted(maal.omraader.values_list("pk", flat=True)) == [2, 3, 4]


def test_s9_an_activity_is_merged_with_its_dates_kind_and_units(v, aftale, pia):
    aktivitet, aar = aktivitet_i(aftale), aftale.skoleaar
    hos = {"noegle": aktivitet.noegle, "version": 1}
    byg.skriv_aktivitet(aftale, v.skoleleder, delmaal_i(aftale), **hos, art="tiltag", ansvarlige=[v.skole])
    felter = aktivitetsfelter(version="1", ansvarlige=[v.kkfo.pk], fra=f"{aar}-10-01")
    svar = pia.post(til_aktivitet(aftale, aktivitet.noegle), felter)
    ventet = {"art": "tiltag", "ansvarlige": sorted([v.skole.pk, v.kkfo.pk]), "fra": f"{aar}-10-01"}
    assert {felt: samlet(svar)[felt] for felt in ventet} == ventet
    assert f'value="{aar}-10-01"' in svar.content.decode()
    assert pia.post(til_aktivitet(aftale, aktivitet.noegle), felter_i(svar)).status_code == 302
    assert set(aktivitet.ansvarlige.all()) == {v.skole, v.kkfo}


def test_s9_three_in_a_row_are_merged_from_what_each_of_them_saw(v, aftale, pia):
    for nummer, ord_ in enumerate(("børnene", "alle børn", "de fleste børn")):
        byg.skriv_afsnit(aftale, v.skoleleder, "behov", FOERST.replace("Mange børn", ord_) + "\n" * 2 + f"{nummer}")
    felter = {"tekst": FOERST.replace("mødes", "ses"), "version": str(aftale.behov_version)}
    svar = pia.post(rod(aftale) + "afsnit/behov/", felter)
    assert samlet(svar)["tekst"] == "de fleste børn skifter skole.\n\nVi vil ses.\n\n2"


def test_s9_the_middle_of_a_sitting_is_merged_from_its_beginning_and_nothing_is_lost(v, aftale, pia):
    nu = aftale.behov_version
    for nummer, ord_ in enumerate(("klub", "klub og skole", "klub, skole")):
        skrevet = {"afsnit": "behov", "tekst": FOERST.replace("skole", ord_), "version": nu + nummer}
        actions.skriv_afsnit(aftale=aftale, af=v.skoleleder, **skrevet, undervejs=True)
    set_ = FOERST.replace("skole", "klub og skole")
    svar = pia.post(rod(aftale) + "afsnit/behov/", {"tekst": set_ + " Snart.", "version": str(nu + 2)})
    assert all(ord_ in samlet(svar)["tekst"] for ord_ in ("klub, skole", "klub og skole", "Snart."))


def test_s9_in_two_windows_one_is_told_that_it_was_oneself(v, aftale, pia):
    byg.skriv_afsnit(aftale, v.paedagogiskleder, "behov", "Fra det andet vindue.")
    svar = pia.post(rod(aftale) + "afsnit/behov/", {"tekst": "Fra dette.", "version": str(aftale.behov_version)})
    assert "Du har selv rettet i teksten et andet sted" in tekst(svar)


def test_s14_moved_meanwhile_is_no_conflict(v, aftale, pia):
    maal = maal_i(aftale)
    byg.skriv_maal(aftale, v.skoleleder, titel="Det andet")
    actions.flyt_led(aftale=aftale, af=v.skoleleder, model=StrategiskMaal, noegle=maal.noegle, til=2)
    svar = pia.post(til_maal(aftale, maal.noegle), maalfelter(version="1", titel="Pias titel"))
    assert svar.status_code == 302
    assert [en.titel for en in aftale.maal.all()] == ["Det andet", "Pias titel"]


# --- deleted ---------------------------------------------------------------------------------------------------------
def test_s9_a_goal_deleted_meanwhile_says_by_whom_and_is_put_back_with_my_text(v, aftale, pia):
    maal = maal_i(aftale)
    slet(aftale, v.skoleleder, maal)
    sted = til_maal(aftale, maal.noegle)
    svar = pia.post(sted, maalfelter(version="1", titel="Pias titel", beskrivelse="Pias tekst"))
    assert svar.status_code == 409
    side = tekst(svar)
    assert f"Målet «Gode overgange» er slettet af Sanne Lund {dato(tid.i_dag())} kl." in side
    assert all(ord_ in side for ord_ in ("Pias tekst", "Gode overgange", "Fælles besøgsdage", "Besøg i maj"))
    assert "Læg målet tilbage med min tekst" in side
    for _ in range(2):
        assert pia.post(sted, skjulte(svar)).status_code == 302
    maal = maal_i(aftale)
    assert (maal.titel, maal.beskrivelse, maal.delmaal.get().titel) == ("Pias titel", "Pias tekst", "Fælles besøgsdage")
    assert Haendelse.objects.filter(navn="laeg_tilbage").count() == 1


def test_s9_put_back_and_corrected_by_another_first_is_a_conflict_and_not_an_overwriting(v, aftale, pia):
    maal, sted = maal_i(aftale), til_maal(aftale, maal_i(aftale).noegle)
    slet(aftale, v.skoleleder, maal)
    svar = pia.post(sted, maalfelter(version="1", titel="Pias titel"))
    actions.laeg_tilbage(aftale=aftale, af=v.centerleder, udgave=aftale.udgaver.first())
    byg.skriv_maal(aftale, v.centerleder, noegle=maal.noegle, version=maal_i(aftale).version, titel="Carls titel")
    svar = pia.post(sted, skjulte(svar))
    assert svar.status_code == 409
    assert "Carls titel" in tekst(svar)
    assert maal_i(aftale).titel == "Carls titel"


def test_s9_a_new_subgoal_under_a_goal_that_was_deleted_puts_the_goal_back(v, aftale, pia):
    maal, sted = maal_i(aftale), til_delmaal(aftale)
    slet(aftale, v.skoleleder, maal)
    svar = pia.post(sted, delmaalfelter(titel="Pias delmål"))
    assert "Læg målet tilbage med min tekst" in tekst(svar)
    assert pia.post(sted, skjulte(svar)).status_code == 302
    assert [en.titel for en in maal_i(aftale).delmaal.all()] == ["Fælles besøgsdage", "Pias delmål"]


def test_s9_an_activity_whose_goal_was_deleted_comes_back_with_it(v, aftale, pia):
    maal, sted = maal_i(aftale), til_aktivitet(aftale, aktivitet_i(aftale).noegle)
    slet(aftale, v.skoleleder, maal)
    svar = pia.post(sted, aktivitetsfelter(version="1", titel="Pias aktivitet"))
    assert pia.post(sted, skjulte(svar)).status_code == 302
    assert Aktivitet.objects.get().titel == "Pias aktivitet"


def test_s9_what_lay_under_something_that_is_gone_too_is_there_to_copy(v, aftale, pia):
    delmaal, sted = delmaal_i(aftale), til_delmaal(aftale, delmaal_i(aftale).noegle)
    slet(aftale, v.skoleleder, delmaal)
    svar = pia.post(sted, delmaalfelter(version="1", titel="Pias delmål", beskrivelse="Pias tekst"))
    maal_i(aftale).delete()
    svar = pia.post(sted, skjulte(svar))
    assert svar.status_code == 200
    assert "Det, den hørte til, er også slettet." in tekst(svar)
    assert "Pias tekst" in svar.content.decode()
    assert not Delmaal.objects.exists()


@pytest.mark.parametrize("ondt", ["0", "x", "-1", "9" * 30, "\x00"])
def test_a_deletion_that_never_was_puts_nothing_back(v, aftale, pia, ondt):
    antal = Haendelse.objects.filter(navn="laeg_tilbage").count()
    felter = {"tekst": "Pias", "version": str(aftale.behov_version), "laeg_tilbage": ondt}
    assert pia.post(rod(aftale) + "afsnit/behov/", felter).status_code == 302
    assert Haendelse.objects.filter(navn="laeg_tilbage").count() == antal


# --- a unit that left, and sent meanwhile ----------------------------------------------------------------------------
def test_s15_a_unit_that_left_meanwhile_is_named_and_the_text_stays(v, aftale, pia):
    aktivitet = aktivitet_i(aftale)
    actions.vaelg_parter(aftale=aftale, af=v.skoleleder, parter=byg.valg([v.skole, v.kkfo]))
    felter = aktivitetsfelter(version="1", ansvarlige=[v.center.pk, v.kkfo.pk], beskrivelse="Pias tekst")
    svar = pia.post(til_aktivitet(aftale, aktivitet.noegle), felter)
    assert svar.status_code == 200
    (fejl,) = svar.context["form"].errors["ansvarlige"]
    assert fejl.startswith("Fritidscenter Havnen er ikke længere part")
    assert "Pias tekst" in svar.content.decode()
    assert f'value="{v.center.pk}"' not in svar.content.decode()


def test_s15_a_party_that_has_left_the_draft_is_no_longer_a_choice(v, aftale, pia):
    actions.lad_udtraede(aftale=aftale, af=v.skoleleder, enhed=v.center, dato=tid.i_dag(), grund="Lukket.")
    sted, felter = til_aktivitet(aftale), aktivitetsfelter(ansvarlige=[v.center.pk])
    assert "ikke længere part" in tekst(pia.post(sted, felter))
    assert Aktivitet.objects.count() == 1


def test_s17_sent_meanwhile_the_text_can_be_saved_from_the_page_once_it_is_withdrawn(v, aftale, pia):
    sted = rod(aftale) + "afsnit/behov/"
    byg.send(aftale, v.skoleleder)
    svar = pia.post(sted, {"tekst": "Pias tekst", "version": str(aftale.behov_version)})
    assert "Prøv at gemme igen" in tekst(svar)
    assert pia.post(sted, skjulte(svar)).status_code == 409
    assert byg.frisk(aftale).behov == FOERST
    actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    assert pia.post(sted, skjulte(svar)).status_code == 302
    assert byg.frisk(aftale).behov == "Pias tekst"


def test_s17_entered_meanwhile_there_is_nothing_to_try_again(v, aftale, pia):
    byg.send(aftale, v.skoleleder)
    for enhed in byg.parter(v):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    svar = pia.post(rod(aftale) + "afsnit/behov/", {"tekst": "Pias tekst", "version": "1"})
    assert svar.status_code == 409
    assert "Pias tekst" in tekst(svar)
    assert "Prøv at gemme igen" not in tekst(svar)
