"""An ad hoc meeting about what concerns one fritid unit only (D25): the others are neither called nor told of it."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from moeder import actions
from moeder.actions.faste import opdater_repraesentanter
from moeder.models import Moede, Punkt
from moeder.queries.ikke_indkaldte import ikke_indkaldte
from moeder.states import Tilstand
from samarbejde import tid
from samarbejde.permissions import Handling, IkkeTilladtError, maa
from tests.fabrik import enhed, verden
from tests.moeder import byg
from tests.ressourcecenter.byg import Art, delegation, forum

pytestmark = pytest.mark.django_db
HVORNAAR = {"dato": "2027-01-19", "begynder": "8.30", "slutter": "10.00"}


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


def planlaeg(hvor, af, kun_om):
    begynder = byg.om(14)
    slutter = begynder + timedelta(minutes=60)
    return actions.planlaeg_moede(forum=hvor, med=None, begynder=begynder, slutter=slutter, af=af, kun_om=kun_om)


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def paa_listen(m):
    return {(en.enhed, en.person) for en in m.deltagere.select_related("enhed", "person")}


def test_d25_kun_ledelsen_og_det_ene_fritidstilbud_staar_paa_listen(v, rc):
    m = planlaeg(rc, v.koordinator, v.kkfo)
    ventet = {(v.skole, v.skoleleder), (v.skole, v.koordinator), (v.kkfo, v.paedagogiskleder)}
    assert (paa_listen(m), m.er_fast) == (ventet, False)
    opdater_repraesentanter(tid.nu())
    assert paa_listen(m) == ventet


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "centerleder", "medarbejder"])
def test_d25_det_er_stadig_ledelsen_der_indkalder(v, rc, hvem):
    with pytest.raises(IkkeTilladtError):
        planlaeg(rc, getattr(v, hvem), v.kkfo)
    assert not Moede.objects.exists()


@pytest.mark.parametrize("hvad", ["fremmed", "dagtilbud", "skole", "team"])
def test_d25_kun_et_fritidstilbud_der_er_tilknyttet(v, rc, hvad):
    enheder = {"fremmed": enhed("KKFO Fremmed"), "dagtilbud": v.boernehus, "skole": v.skole, "team": v.kkfo}
    hvor, af = (forum(v.klynge), v.klyngeleder) if hvad == "team" else (rc, v.skoleleder)
    with pytest.raises(ValidationError) as fejl:
        planlaeg(hvor, af, enheder[hvad])
    assert "Vælg et fritidstilbud, der er tilknyttet" in fejl.value.message_dict["kun_om"][0]
    assert not Moede.objects.exists()


def test_d25_de_andre_fritidstilbuds_folk_kan_ikke_se_det(v, rc):
    """Neither their leader nor their delegate, who see the forum's other meetings."""
    delegation(v.center, v.skole, v.teamkoordinator)
    m = byg.moede(rc, af=v.skoleleder, tilstand=Tilstand.INDKALDT, kun_om=v.kkfo)
    andet = byg.moede(rc, af=v.skoleleder, dage=20, tilstand=Tilstand.INDKALDT)
    punkt = byg.punkt(m)
    for hvem in (v.skoleleder, v.koordinator, v.paedagogiskleder):
        assert maa(hvem, Handling.SE_MOEDE, m)
        assert maa(hvem, Handling.SE_MOEDE, punkt)
        assert logget_ind(hvem).get(m.get_absolute_url()).status_code == 200
    for hvem in (v.centerleder, v.teamkoordinator):
        assert not maa(hvem, Handling.SE_MOEDE, m)
        assert not maa(hvem, Handling.SE_MOEDE, punkt)
        assert set(Moede.objects.synlige_for(hvem, Handling.SE_MOEDE)) == {andet}
        assert not Punkt.objects.synlige_for(hvem, Handling.SE_MOEDE).exists()
        assert logget_ind(hvem).get(m.get_absolute_url()).status_code == 404
        assert m.kode not in logget_ind(hvem).get(reverse("moeder")).content.decode()


def test_d25_den_der_bliver_inviteret_alligevel_ser_det(v, rc):
    m = byg.moede(rc, af=v.skoleleder, tilstand=Tilstand.INDKALDT, kun_om=v.kkfo)
    byg.inviter(m, v.centerleder, v.center)
    assert logget_ind(v.centerleder).get(m.get_absolute_url()).status_code == 200


def test_d25_s38_det_er_hverken_de_andres_moede_eller_forummets_naeste(v, rc):
    byg.moede(rc, af=v.skoleleder, dage=-20, tilstand=Tilstand.REFERAT_LUKKET, kun_om=v.kkfo)
    fundne = {en.enhed: en.moeder for en in ikke_indkaldte([v.skole.pk])[v.skole.pk, Art.RC]}
    assert fundne == {v.kkfo.navn: 1, v.center.navn: 0}
    byg.moede(rc, af=v.skoleleder, dage=14, kun_om=v.kkfo)
    side = logget_ind(v.skoleleder).get(v.distrikt.get_absolute_url()).content.decode()
    assert "Ressourcecenter, Lindeskolen, har intet møde planlagt" in side


def test_d25_i_browseren_vaelges_det_naar_tiden_reserveres(v, rc):
    klient, sted = logget_ind(v.koordinator), reverse("planlaeg_moede", args=[v.skole.slug, "ressourcecenter"])
    side = klient.get(sted).content.decode()
    assert "Handler mødet kun om ét fritidstilbud?" in side
    assert v.boernehus.navn not in side
    svar = klient.post(sted, {**HVORNAAR, "kun_om": v.center.pk}, follow=True)
    m = Moede.objects.get()
    assert (m.kun_om, svar.redirect_chain[-1][0]) == (v.center, m.get_absolute_url())
    assert f"Handler kun om {v.center.navn}." in svar.content.decode()
    assert {enheden for enheden, _ in paa_listen(m)} == {v.skole, v.center}


def test_d25_en_fremmed_enhed_i_formularen_er_en_dansk_fejl_og_intet_er_tabt(v, rc):
    klient, sted = logget_ind(v.koordinator), reverse("planlaeg_moede", args=[v.skole.slug, "ressourcecenter"])
    svar = klient.post(sted, {**HVORNAAR, "kun_om": v.boernehus.pk, "sted": "Lokale 7"}).content.decode()
    assert "Fritidstilbuddet er ikke længere tilknyttet. Vælg igen." in svar
    assert "Lokale 7" in svar
    assert not Moede.objects.exists()


def test_d25_team_har_ingen_saadanne_moeder(v):
    sted = reverse("planlaeg_moede", args=[v.klynge.slug, "ressourceteam"])
    assert "kun om ét fritidstilbud" not in logget_ind(v.klyngeleder).get(sted).content.decode()
