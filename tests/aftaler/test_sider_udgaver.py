"""The pages of the versions: read by the parties, the difference between any two, named and restored over HTTP (S9)."""

import pytest

from aftaler import actions
from aftaler.models import StrategiskMaal, Udgave
from samarbejde.models import Haendelse
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, skjulte, tekst
from tests.aftaler.test_sider_antal import antal
from tests.fabrik import verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftale(v):
    aftale = byg.kladde(v)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Mange børn skifter tit mellem skole og klub.")
    return byg.frisk(aftale)


@pytest.fixture
def pia(v):
    return logget_ind(v.paedagogiskleder)


def liste(aftale):
    return rod(aftale) + "udgaver/"


def til(udgave, sti=""):
    return f"{liste(udgave.aftale)}{udgave.pk}/{sti}"


def forskel(svar):
    return [(et.hvad, [(str(stk.slags), stk.tekst) for stk in et.stykker]) for et in svar.context["aendringer"]]


def test_s9_every_save_stands_in_the_list_with_who_and_what(v, aftale, pia):
    svar = pia.get(liste(aftale))
    assert len(svar.context["udgaver"]) == 6
    assert "«Behov og udfordringer» er rettet." in tekst(svar)
    assert "Sanne Lund" in tekst(svar)
    assert f'href="{liste(aftale)}"' in pia.get(rod(aftale)).content.decode()


def test_s17_the_list_says_where_the_text_was_sent_and_withdrawn(v, aftale, pia):
    byg.send(aftale, v.skoleleder)
    actions.traek_tilbage(aftale=aftale, af=v.skoleleder)
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Efter den blev trukket tilbage.")
    navne = [getattr(en, "navn", "") for en in pia.get(liste(aftale)).context["udgaver"]]
    assert navne[:4] == ["", "traek_tilbage", "send_til_godkendelse", ""]
    assert "Aftalen er sendt til godkendelse." in tekst(pia.get(liste(aftale)))
    aeldre = pia.get(f"{liste(aftale)}?foer={aftale.udgaver.first().pk}").context["udgaver"]
    assert [getattr(en, "navn", "") for en in aeldre][:3] == ["traek_tilbage", "send_til_godkendelse", ""]
    aeldre = pia.get(f"{liste(aftale)}?foer={aftale.udgaver.all()[1].pk}").context["udgaver"]
    assert "traek_tilbage" not in [getattr(en, "navn", "") for en in aeldre]


def test_s9_a_version_shows_word_by_word_what_it_changed(v, aftale, pia):
    ((hvad, stykker),) = forskel(pia.get(til(aftale.udgaver.first())))
    assert hvad == "Behov og udfordringer"
    assert ("tilfoejet", " tit") in stykker
    assert ("fjernet", " fritid.") in stykker


def test_s9_any_two_versions_are_compared_the_older_first(v, aftale, pia):
    byg.skriv_maal(aftale, v.skoleleder, titel="Det andet mål")
    gammel = aftale.udgaver.order_by("pk")[1]
    for svar in (pia.get(til(gammel) + "?med=nu"), pia.get(f"{til(aftale.udgaver.first())}?med={gammel.pk}")):
        assert [hvad for hvad, _ in forskel(svar)] == ["Behov og udfordringer", "Tilføjet", "Tilføjet"]
    assert "De to tekster er ens." in tekst(pia.get(til(aftale.udgaver.first()) + "?med=nu"))


@pytest.mark.parametrize("med", ["0", "x", "-1", "99999999999999999999", "nu ", "1%00"])
def test_a_version_that_is_not_there_is_not_found(aftale, pia, med):
    assert pia.get(f"{til(aftale.udgaver.first())}?med={med}").status_code == 404


def test_another_agreements_version_is_not_found_here(v, aftale):
    fremmed = byg.kladde(
        v, distrikt=v.nabodistrikt, af=v.naboskoleleder, tovholder=v.naboskole, enheder=[v.naboskole, v.nabokkfo]
    )
    sanne, udgave = logget_ind(v.skoleleder), fremmed.udgaver.first()
    for sti in ("", "genskab/"):
        assert sanne.get(f"{liste(aftale)}{udgave.pk}/{sti}").status_code == 404
        assert sanne.get(til(udgave, sti)).status_code == 404
    assert sanne.post(f"{liste(aftale)}{udgave.pk}/genskab/").status_code == 404


def test_what_was_written_on_the_way_stays_the_parties_own_when_the_agreement_is_entered(v):
    aftale = byg.indgaaet(v)
    frida, udgave = logget_ind(v.forvaltning), aftale.udgaver.first()
    assert frida.get(rod(aftale)).status_code == 200
    assert liste(aftale) not in frida.get(rod(aftale)).content.decode()
    assert [frida.get(sted).status_code for sted in (liste(aftale), til(udgave))] == [403, 403]
    mette = logget_ind(v.medarbejder)
    assert [mette.get(sted).status_code for sted in (liste(aftale), til(udgave))] == [200, 200]
    assert "Genskab" not in tekst(mette.get(til(udgave)))


def test_s9_restoring_shows_first_what_changes_and_is_once(v, aftale, pia):
    udgave = aftale.udgaver.order_by("pk")[1]
    side = pia.get(til(udgave, "genskab/"))
    assert "Tilføjet" not in tekst(side)
    assert [hvad for hvad, _ in forskel(side)] == ["Behov og udfordringer", "Slettet"]
    assert pia.get(rod(aftale)).status_code == 200
    for _ in range(2):
        assert pia.post(til(udgave, "genskab/"), skjulte(side)).url == rod(aftale)
    assert Haendelse.objects.filter(navn="genskab_udgave").count() == 1
    assert not StrategiskMaal.objects.exists()
    assert byg.frisk(aftale).behov == "Mange børn skifter mellem skole og fritid."


def test_s9_what_came_meanwhile_is_shown_before_it_is_overwritten(v, aftale, pia):
    udgave = aftale.udgaver.order_by("pk")[4]
    side = pia.get(til(udgave, "genskab/"))
    byg.skriv_afsnit(aftale, v.skoleleder, "retning", "Sannes nye retning.")
    svar = pia.post(til(udgave, "genskab/"), skjulte(side))
    assert svar.status_code == 409
    assert "Læs igen, hvad der bliver ændret" in tekst(svar)
    assert "Sannes nye retning." in tekst(svar)
    assert byg.frisk(aftale).retning == "Sannes nye retning."
    assert pia.post(til(udgave, "genskab/"), skjulte(svar)).status_code == 302
    assert byg.frisk(aftale).retning != "Sannes nye retning."


def test_s17_sent_meanwhile_nothing_is_restored(v, aftale, pia):
    udgave = aftale.udgaver.last()
    side = pia.get(til(udgave, "genskab/"))
    byg.send(aftale, v.skoleleder)
    svar = pia.post(til(udgave, "genskab/"), skjulte(side))
    assert svar.status_code == 409
    assert "Teksten er låst" in tekst(svar)
    assert pia.get(til(udgave, "genskab/")).url == rod(aftale)


def test_a_name_is_given_over_http_and_one_that_is_no_name_comes_back(v, aftale, pia):
    sted = liste(aftale) + "navngiv/"
    assert "Udfyld «Navn på udgaven»." in tekst(pia.post(sted, {"navn": " "}))
    assert "personnumre" in tekst(pia.post(sted, {"navn": "010112-1234"}))
    assert pia.post(sted, {"navn": "Før mødet"}).url == liste(aftale)
    assert "«Før mødet»" in tekst(pia.get(liste(aftale)))
    assert Udgave.objects.get(navn="Før mødet").af == v.paedagogiskleder
    assert logget_ind(v.medarbejder).post(sted, {"navn": "Mit"}).status_code == 403
    assert logget_ind(v.naboskoleleder).post(sted, {"navn": "Mit"}).status_code == 404


def test_the_pages_cost_the_same_with_few_and_with_many_versions(v, aftale, pia):
    udgave = aftale.udgaver.order_by("pk")[1]
    steder = [liste(aftale), til(udgave), til(udgave) + "?med=nu", til(udgave, "genskab/")]
    foer = [antal(pia, sted) for sted in steder]
    for nummer in range(60):
        byg.skriv_afsnit(aftale, v.skoleleder, "behov", f"Tekst {nummer}")
    assert [antal(pia, sted) for sted in steder] == foer == [7, 14, 14, 12]
    assert len(pia.get(liste(aftale)).context["udgaver"]) == 50
    assert "Vis ældre" in tekst(pia.get(liste(aftale)))
    videre = pia.get(f"{liste(aftale)}?foer={pia.get(liste(aftale)).context['videre_fra']}")
    assert len(videre.context["udgaver"]) == 16
