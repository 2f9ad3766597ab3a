"""The forums in the figure of a district (S51, S52): by the register, linked for those who may see them."""

import pytest
from django.urls import reverse

from ressourcecenter.views.andre_sider import figurstatus
from samarbejde import tid
from samarbejde.models import Skoledistrikt
from samarbejde.organisation import afslut_tilknytning
from tests.fabrik import enhed, person, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def status(v, hvem):
    return figurstatus(Skoledistrikt.objects.get(pk=v.distrikt.pk), hvem)


def uden_fritid(v):
    for link in v.skole.medlemmer.all():
        afslut_tilknytning(tilknytning=link, gyldig_til=tid.i_dag(), af=None)


def test_s51_each_forum_leads_to_ones_own(v):
    mine = status(v, v.skoleleder)
    assert mine["ressourcecenter"].adresse == reverse("forum", args=[v.skole.slug])
    assert mine["ressourceteam"].adresse == ""
    assert mine["ressourcecenter"].tekst == "2 fritidstilbud er med på lige fod"
    assert mine["ressourceteam"].tekst == "Klynge Nord og Netværk Åen"
    assert status(v, v.klyngeleder)["ressourceteam"].adresse == reverse("forum", args=[v.klynge.slug])


def test_s53_no_link_to_what_one_may_not_open(v):
    """A 0-6 leader of the district is in no Ressourcecenter."""
    assert status(v, v.dagtilbudsleder)["ressourcecenter"].adresse == ""


def test_several_schools_lead_to_the_list(v):
    enhed("Lindeskolen Syd", i=v.distrikt)
    assert status(v, v.omraadechef)["ressourcecenter"].adresse == reverse("fora")


def test_s52_without_fritid_it_is_missing_to_those_who_see_what_is_missing(v):
    uden_fritid(v)
    assert status(v, v.skoleleder)["ressourcecenter"].tilstand == "mangler"
    assert "Lindeskolen" in status(v, v.skoleleder)["ressourcecenter"].tekst
    assert status(v, v.medarbejder)["ressourcecenter"].tilstand == "klar"


def test_case_34_a_team_is_never_missing(v):
    for link in [*v.klynge.medlemmer.all(), *v.netvaerk.medlemmer.all()]:
        afslut_tilknytning(tilknytning=link, gyldig_til=tid.i_dag(), af=None)
    assert "ressourceteam" not in status(v, v.skoleleder)


def test_without_a_district_nothing_is_said(v):
    assert figurstatus(None, person("Ida Ibsen")) == {}
