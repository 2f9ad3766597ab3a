"""A skolesekretær prepares meetings and never sends (decision 10): named by the skoleleder, gone with the job (S54)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from moeder.actions import aflys_moede, planlaeg_moede, ret_moede
from moeder.models import Moede
from ressourcecenter.actions import afslut_forbereder, navngiv_forbereder
from ressourcecenter.models import Forbereder
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Haendelse
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, maa
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import moede, om
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def v():
    v = verden()
    v.sekretaer = person("Signe Sekretær")
    v.job = rolle(v.sekretaer, Rolle.MEDARBEJDER, v.skole)
    return v


def navngiv(v, hvem=None, af=None, til=None):
    return navngiv_forbereder(
        forum=forum(v.skole),
        person=hvem or v.sekretaer,
        gyldig_fra=tid.i_dag(),
        gyldig_til=til,
        af=af or v.skoleleder,
    )


def test_decision_10_a_forbereder_plans_and_corrects_and_never_calls_moves_or_cancels(v):
    assert not maa(v.sekretaer, Handling.PLANLAEG_MOEDE, forum(v.skole))
    navngiv(v)
    rc = forum(v.skole)
    m = planlaeg_moede(
        forum=rc, med=forum(v.skole, Art.PLC), begynder=om(9), slutter=om(9) + timedelta(hours=1), af=v.sekretaer
    )
    ret_moede(moede=m, af=v.sekretaer, version=1, sted="Lokale 4")
    assert maa(v.sekretaer, Handling.SE_MOEDE, m)
    for handling in (Handling.INDKALD, Handling.BESVAR_ANMODNING, Handling.SKRIV_REFERAT, Handling.LUK_REFERAT):
        assert not maa(v.sekretaer, handling, m), handling
    with pytest.raises(IkkeTilladtError):
        aflys_moede(moede=m, grund="Syg", af=v.sekretaer)
    with pytest.raises(IkkeTilladtError):
        planlaeg_moede(forum=forum(v.naboskole), med=None, begynder=om(9), slutter=om(10), af=v.sekretaer)
    assert Moede.objects.count() == 1


@pytest.mark.parametrize("hvem", ["koordinator", "paedagogiskleder", "naboskoleleder", "administrator", "sekretaer"])
def test_only_the_skoleleder_names_one(v, hvem):
    with pytest.raises(IkkeTilladtError):
        navngiv(v, af=getattr(v, hvem))
    assert not Forbereder.objects.exists()


def test_only_the_schools_own_staff_once_at_a_time(v):
    with pytest.raises(ValidationError, match="ikke ansat"):
        navngiv(v, hvem=v.medarbejder)
    navngiv(v)
    with pytest.raises(ValidationError, match="allerede mødeforbereder"):
        navngiv(v)
    with pytest.raises(ValidationError, match="før den begynder"):
        navngiv(v, til=tid.i_dag() - DAG)


def test_s54_the_right_ends_with_the_job_and_the_row_follows(v):
    navngiv(v)
    m = moede(forum(v.skole), af=v.skoleleder)
    assert maa(v.sekretaer, Handling.SE_MOEDE, m)
    afslut_rolle(tildeling=v.job, gyldig_til=tid.i_dag(), af=v.skoleleder)
    assert not maa(v.sekretaer, Handling.SE_MOEDE, m)
    assert Forbereder.objects.get().gyldig_til == tid.i_dag()


def test_the_skoleleder_names_and_ends_on_the_page(v, client):
    client.force_login(v.skoleleder)
    adresse = f"/ressourcecentre/{v.skole.slug}/forberedere/"
    assert "Mødeforberedere" in client.get(f"/ressourcecentre/{v.skole.slug}/").content.decode()
    client.post(adresse, {"person": v.sekretaer.pk, "fra": tid.i_dag().isoformat(), "til_og_med": ""})
    assert "Signe Sekretær" in client.get(adresse).content.decode()
    en = Forbereder.objects.get()
    sekretaer = Client()
    sekretaer.force_login(v.sekretaer)
    side = sekretaer.get(f"/ressourcecentre/{v.skole.slug}/").content.decode()
    assert "Planlæg et møde i Ressourcecentret" in side
    assert sekretaer.get(adresse).status_code == 403
    client.post(f"{adresse}{en.pk}/afslut/")
    assert not maa(v.sekretaer, Handling.PLANLAEG_MOEDE, forum(v.skole))
    assert client.post(f"{adresse}{en.pk}/afslut/").status_code == 404
    assert Haendelse.objects.filter(navn="afslut_forbereder").count() == 1


def test_ending_one_that_has_ended_changes_nothing(v):
    en = navngiv(v, til=tid.i_dag() + DAG)
    for _ in range(2):
        afslut_forbereder(forbereder=en, gyldig_til=tid.i_dag(), af=v.skoleleder)
    assert Haendelse.objects.filter(navn="afslut_forbereder").count() == 1
