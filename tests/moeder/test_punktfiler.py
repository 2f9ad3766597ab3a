"""Files on items: who lays them there, who fetches and who removes them (S42, S53, D20)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moeder import actions
from moeder.actions import punktfiler
from moeder.models import Punktfil
from samarbejde import tid
from samarbejde.models import Fil
from samarbejde.tilstande import IkkeMuligtError
from tests.moeder.byg import moede, punkt
from tests.moeder.forberedelse import billede, eget_lager, fil_paa, indkaldt, logget_ind, til
from tests.samarbejde.filer import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    return indkaldt()


def adresse(lagt, fra=None):
    hos = fra or lagt.punkt
    return f"/moeder/{hos.moede.kode}/punkter/{hos.noegle}/filer/{lagt.fil.noegle}/"


def test_filen_hentes_af_dem_der_ser_punktet_og_kun_af_dem(v):
    """S53, case 11: an outsider and somebody invited to another item both meet nothing."""
    lagt = fil_paa(v.foerste, v.skoleleder)
    svar = logget_ind(v.paedagogiskleder).get(adresse(lagt))
    assert b"".join(svar) == png()
    assert svar["Content-Disposition"] == 'attachment; filename="Plan.png"'
    for hvem in (v.skoleleder, v.centerleder, v.sundhedsplejerske):
        assert b"".join(logget_ind(hvem).get(adresse(lagt))) == png()
    for hvem in (v.medarbejder, v.udenfor, v.naboskoleleder, v.administrator, v.forvaltning):
        assert logget_ind(hvem).get(adresse(lagt)).status_code == 404


def test_den_der_kun_har_foreslaaet_punktet_henter_intet(v):
    """Mette proposed the first item and is invited to the second: she sees nothing others bring to it."""
    v.foerste.foreslaaet_af, v.foerste.foreslaaet_for = v.medarbejder, v.kkfo
    v.foerste.save()
    lagt = fil_paa(v.foerste, v.skoleleder)
    assert logget_ind(v.medarbejder).get(adresse(lagt)).status_code == 404


def test_punktets_side_viser_bidrag_og_filer_at_hente(v):
    lagt = fil_paa(v.foerste, v.skoleleder)
    actions.giv_bidrag(punkt=v.foerste, af=v.sundhedsplejerske, art="ide", tekst="Prøv to hold.", version=0)
    sted = f"/moeder/{v.moede.kode}/punkter/{v.foerste.noegle}/"
    html = " ".join(logget_ind(v.paedagogiskleder).get(sted).content.decode().split())
    assert f'href="{adresse(lagt)}">Plan.png (PNG-billede, 1 kB)</a>' in html
    assert "Idé fra Susan Vig" in html
    assert "Sundhedsplejerske · ekstern" in html


def test_filen_findes_kun_paa_sit_eget_punkt(v):
    lagt = fil_paa(v.foerste, v.skoleleder)
    klient = logget_ind(v.medarbejder)
    assert klient.get(adresse(lagt, fra=v.andet)).status_code == 404
    andet_moede = punkt(moede(v.rc, af=v.skoleleder, dage=20), "På et andet møde")
    assert logget_ind(v.skoleleder).get(adresse(lagt, fra=andet_moede)).status_code == 404


def test_siden_viser_navn_slags_stoerrelse_og_hvem(v):
    fil_paa(v.foerste, v.skoleleder)
    html = " ".join(logget_ind(v.paedagogiskleder).get(til(v.moede)).content.decode().split())
    assert "Plan.png (PNG-billede, 1 kB)</a>" in html
    assert "lagt på af Sanne Lund" in html


def test_en_fjernet_fil_kan_ingen_hente(v):
    lagt = actions.laeg_fil_paa(punkt=v.foerste, upload=billede(), af=v.paedagogiskleder)
    klient = logget_ind(v.paedagogiskleder)
    assert "Når du fjerner den" in klient.get(f"{adresse(lagt)}fjern/").content.decode()
    assert Punktfil.objects.get().fjernet_den is None
    svar = klient.post(f"{adresse(lagt)}fjern/", follow=True)
    assert "Filen «Plan.png» er fjernet." in svar.content.decode()
    assert Punktfil.objects.get().fjernet_den is not None
    assert Fil.objects.count() == 1
    assert klient.get(adresse(lagt)).status_code == 404
    assert klient.post(f"{adresse(lagt)}fjern/").status_code == 404
    actions.fjern_punktfil(punktfil=lagt, af=v.paedagogiskleder)


def test_andres_filer_fjernes_kun_af_ledelsen(v):
    """Also after the meeting has begun, when whoever laid it there no longer can."""
    pias = actions.laeg_fil_paa(punkt=v.foerste, upload=billede(), af=v.paedagogiskleder)
    klient = logget_ind(v.sundhedsplejerske)
    assert "Fjern<span" not in klient.get(til(v.moede)).content.decode()
    assert klient.post(f"{adresse(pias)}fjern/").status_code == 409
    assert logget_ind(v.centerleder).post(f"{adresse(pias)}fjern/").status_code == 403
    v.moede.begynder = tid.nu() - timedelta(minutes=5)
    v.moede.save()
    with pytest.raises(IkkeMuligtError, match="kun mødelederen"):
        actions.fjern_punktfil(punktfil=pias, af=v.paedagogiskleder)
    actions.fjern_punktfil(punktfil=pias, af=v.koordinator)
    assert Punktfil.objects.get().fjernet_den is not None


def test_der_er_en_graense_for_hvor_mange(v, monkeypatch):
    monkeypatch.setattr(punktfiler, "FLEST_FILER", 2)
    for navn in ("En.png", "To.png"):
        actions.laeg_fil_paa(punkt=v.foerste, upload=billede(navn), af=v.paedagogiskleder)
    with pytest.raises(ValidationError):
        actions.laeg_fil_paa(punkt=v.foerste, upload=billede("Tre.png"), af=v.paedagogiskleder)
    sendt = {f"filer_{v.foerste.pk}": billede("Tre.png")}
    html = logget_ind(v.skoleleder).post(til(v.moede), sendt).content.decode()
    assert "Der er allerede 2 filer på punktet. Fjern en, og vælg «Tre.png» igen." in html
    assert Fil.objects.count() == 2


def test_den_samme_fil_fra_en_anden_er_en_fil_til(v):
    for hvem in (v.paedagogiskleder, v.paedagogiskleder, v.sundhedsplejerske):
        actions.laeg_fil_paa(punkt=v.foerste, upload=billede(), af=hvem)
    assert Punktfil.objects.count() == 2
