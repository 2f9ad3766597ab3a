"""Who may bring what, and until when: every refusal of S42, over HTTP and in the action."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moeder import actions
from moeder.models import Bidrag, Punktfil
from moeder.states import Deltagelse, Punkttilstand, Tilstand
from samarbejde import tid
from samarbejde.models import Haendelse
from samarbejde.permissions import REGLER, Handling, IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.moeder.byg import inviter, moede, punkt
from tests.moeder.forberedelse import billede, eget_lager, fil_paa, indkaldt, logget_ind, nyt, rettet, til
from tests.samarbejde.filer import png

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    return indkaldt()


def giv(hvem, hos, tekst="Det går bedst med besøg.", art="perspektiv", version=0):
    return actions.giv_bidrag(punkt=hos, af=hvem, art=art, tekst=tekst, version=version)


def begynd(v, tilstand=Tilstand.INDKALDT):
    v.moede.begynder, v.moede.slutter = tid.nu() - timedelta(hours=1), tid.nu() + timedelta(hours=1)
    v.moede.tilstand = tilstand
    v.moede.save()


# --- who ---------------------------------------------------------------------------------------------------------
def test_s42_den_der_ikke_er_inviteret_moeder_reglen_og_faar_sin_tekst_igen(v):
    """Carl leads an attached centre and sees the meeting, but is not invited."""
    klient = logget_ind(v.centerleder)
    assert klient.get(til(v.moede)).status_code == 403
    svar = klient.post(til(v.moede), nyt(v.foerste, "Min lange tekst"))
    assert svar.status_code == 403
    assert REGLER[Handling.GIV_BIDRAG].saetning in svar.content.decode()
    assert "Min lange tekst" in svar.content.decode()
    assert not Bidrag.objects.exists()
    with pytest.raises(IkkeTilladtError):
        giv(v.centerleder, v.foerste)


@pytest.mark.parametrize("hvem", ["udenfor", "naboskoleleder", "forvaltning", "administrator"])
def test_s42_for_den_der_staar_udenfor_findes_siden_ikke(v, hvem):
    klient = logget_ind(getattr(v, hvem))
    assert klient.get(til(v.moede)).status_code == 404
    svar = klient.post(til(v.moede), nyt(v.foerste, "Min lange tekst"))
    assert svar.status_code == 404
    assert "Overgange" not in svar.content.decode()
    assert not Bidrag.objects.exists()


@pytest.mark.parametrize("tilstand", [Deltagelse.UDELADT, Deltagelse.BORTFALDET, Deltagelse.FORESLAAET])
def test_s42_kun_den_der_er_inviteret_nu(v, tilstand):
    v.susan.tilstand, v.susan.udeladt_grund = tilstand, "ikke relevant"
    v.susan.save()
    with pytest.raises(IkkeTilladtError):
        giv(v.sundhedsplejerske, v.foerste)


def test_den_der_har_meldt_afbud_kan_stadig_give_sit_bidrag(v):
    v.pia.tilstand = Deltagelse.AFBUD
    v.pia.save()
    assert giv(v.paedagogiskleder, v.foerste)


def test_invitationen_taeller_foerst_naar_der_er_indkaldt(v):
    """A reservation: the leaders may lay documents on, nobody else knows of it by an invitation (decision 18)."""
    reserveret = moede(v.rc, af=v.skoleleder, dage=30)
    til_senere = punkt(reserveret, "Til senere")
    inviter(reserveret, v.sundhedsplejerske, None)
    assert giv(v.skoleleder, til_senere)
    with pytest.raises(IkkeTilladtError):
        giv(v.sundhedsplejerske, til_senere)


def test_case_11_den_der_er_inviteret_til_eet_punkt_ser_og_skriver_kun_der(v):
    giv(v.paedagogiskleder, v.foerste, "Om det første")
    fil = fil_paa(v.foerste, v.skoleleder)
    klient = logget_ind(v.medarbejder)
    html = klient.get(til(v.moede)).content.decode()
    assert "Uro i frikvarteret" in html
    for ord_ in ("Overgange", "Om det første", fil.fil.navn, "Drøftelse om et barn"):
        assert ord_ not in html
    svar = klient.post(til(v.moede), nyt(v.foerste, "Udenom") | nyt(v.andet, "Mit eget punkt"))
    assert svar.status_code == 409
    assert "Udenom" in svar.content.decode()
    assert [(et.punkt, et.tekst) for et in Bidrag.objects.filter(af=v.medarbejder)] == [(v.andet, "Mit eget punkt")]
    with pytest.raises(IkkeTilladtError):
        giv(v.medarbejder, v.foerste)
    with pytest.raises(IkkeTilladtError):
        actions.laeg_fil_paa(punkt=v.foerste, upload=billede(), af=v.medarbejder)


def test_case_11_punktet_er_flyttet_vaek(v):
    v.mette.punkter.clear()
    with pytest.raises(IkkeTilladtError):
        giv(v.medarbejder, v.andet)


# --- others' -----------------------------------------------------------------------------------------------------
def test_s42_ingen_retter_eller_fjerner_andres(v):
    """There is no address for another's contribution: the same fields are one's own."""
    hendes = giv(v.paedagogiskleder, v.foerste, "Pias egne ord")
    klient = logget_ind(v.sundhedsplejerske)
    klient.post(til(v.moede), rettet(hendes, "Overskrevet"))
    klient.post(til(v.moede), rettet(hendes, "", fjern="on"))
    actions.fjern_bidrag(punkt=v.foerste, af=v.skoleleder, art="perspektiv", version=1)
    hendes.refresh_from_db()
    assert (hendes.tekst, hendes.af) == ("Pias egne ord", v.paedagogiskleder)


# --- until when --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tilstand", [Tilstand.AFHOLDT, Tilstand.REFERAT_UDKAST, Tilstand.REFERAT_I_HOERING])
def test_s42_nye_bidrag_til_referatet_er_lukket(v, tilstand):
    begynd(v, tilstand)
    assert logget_ind(v.paedagogiskleder).post(til(v.moede), nyt(v.foerste, "Sent")).status_code == 302
    assert Bidrag.objects.get().tekst == "Sent"


@pytest.mark.parametrize(
    ("tilstand", "saetning"),
    [
        (Tilstand.REFERAT_LUKKET, "Referatet er lukket"),
        (Tilstand.AFLYST, "Mødet er aflyst"),
        (Tilstand.IKKE_AFHOLDT, "Mødet blev ikke holdt"),
    ],
)
def test_s42_ikke_efter_at_referatet_er_lukket(v, tilstand, saetning):
    """What was given stays readable, the files too; what somebody was writing is shown to copy."""
    giv(v.paedagogiskleder, v.foerste, "Givet i tide")
    fil = fil_paa(v.foerste, v.skoleleder)
    v.moede.tilstand, v.moede.aflyst_grund = tilstand, "ingen punkter"
    v.moede.save()
    klient = logget_ind(v.paedagogiskleder)
    html = klient.get(til(v.moede)).content.decode()
    assert "Givet i tide" in html
    assert saetning in html
    assert "<textarea" not in html
    assert "Gem forberedelsen" not in html
    svar = klient.post(til(v.moede), nyt(v.foerste, "For sent"))
    assert svar.status_code == 409
    assert saetning in svar.content.decode()
    assert "For sent" in svar.content.decode()
    with pytest.raises(IkkeMuligtError, match=saetning):
        giv(v.paedagogiskleder, v.foerste, "For sent", version=1)
    with pytest.raises(IkkeMuligtError, match=saetning):
        actions.laeg_fil_paa(punkt=v.foerste, upload=billede("Ny.png"), af=v.skoleleder)
    assert Bidrag.objects.get().tekst == "Givet i tide"
    adresse = f"/moeder/{v.moede.kode}/punkter/{v.foerste.noegle}/filer/{fil.fil.noegle}/"
    assert b"".join(klient.get(adresse)) == png()


def test_s42_eget_bidrag_fjernes_kun_foer_moedet(v):
    mit = giv(v.paedagogiskleder, v.foerste)
    begynd(v)
    klient = logget_ind(v.paedagogiskleder)
    assert "Fjern bidraget" not in klient.get(til(v.moede)).content.decode()
    assert "kan ikke fjernes" in klient.post(til(v.moede), rettet(mit, "")).content.decode()
    with pytest.raises(IkkeMuligtError, match="Mødet er begyndt"):
        actions.fjern_bidrag(punkt=v.foerste, af=v.paedagogiskleder, art="perspektiv", version=1)
    assert Bidrag.objects.exists()
    assert klient.post(til(v.moede), rettet(mit, "Rettet undervejs")).status_code == 302


def test_fjernet_to_gange_er_fjernet(v):
    giv(v.paedagogiskleder, v.foerste)
    for _ in range(2):
        actions.fjern_bidrag(punkt=v.foerste, af=v.paedagogiskleder, art="perspektiv", version=1)
    assert Haendelse.objects.filter(navn="fjern_bidrag").count() == 1


def test_et_tomt_bidrag_er_intet_bidrag(v):
    with pytest.raises(ValidationError, match="Skriv dit bidrag"):
        giv(v.paedagogiskleder, v.foerste, "")


@pytest.mark.parametrize("tilstand", [Punkttilstand.UDSAT, Punkttilstand.LUKKET, Punkttilstand.GIVET_VIDERE])
def test_et_punkt_der_er_faerdigt_her_tager_intet_imod(v, tilstand):
    v.foerste.tilstand = tilstand
    v.foerste.save()
    with pytest.raises(IkkeMuligtError, match="ikke på mødets dagsorden"):
        giv(v.paedagogiskleder, v.foerste)


def test_et_punkt_i_koeen_tager_intet_imod(v):
    with pytest.raises(IkkeMuligtError, match="ikke på mødets dagsorden"):
        giv(v.skoleleder, punkt(v.rc, "I køen", af=v.skoleleder))


# --- about one child ---------------------------------------------------------------------------------------------
def test_s3_et_punkt_om_et_barn_faar_intet_bidrag_og_ingen_fil(v):
    klient = logget_ind(v.paedagogiskleder)
    html = klient.get(til(v.moede)).content.decode()
    assert "Skriv ikke om barnet her." in html
    assert f"bidrag_{v.barn.pk}" not in html
    svar = klient.post(til(v.moede), nyt(v.barn, "Om barnet") | {f"filer_{v.barn.pk}": billede()})
    assert svar.status_code == 409
    with pytest.raises(IkkeMuligtError, match="Skriv ikke om barnet her"):
        giv(v.skoleleder, v.barn)
    with pytest.raises(IkkeMuligtError, match="Skriv ikke om barnet her"):
        actions.laeg_fil_paa(punkt=v.barn, upload=billede(), af=v.skoleleder)
    assert not Bidrag.objects.exists()
    assert not Punktfil.objects.exists()


def test_s3_det_der_laa_paa_et_punkt_som_nu_handler_om_et_barn_kan_ingen_hente(v):
    fil = fil_paa(v.andet, v.skoleleder)
    giv(v.paedagogiskleder, v.andet, "Skrevet, da det var et tema")
    v.andet.niveau, v.andet.titel, v.andet.beskrivelse = "enkeltbarn", "", ""
    v.andet.save()
    klient = logget_ind(v.skoleleder)
    adresse = f"/moeder/{v.moede.kode}/punkter/{v.andet.noegle}/filer/{fil.fil.noegle}/"
    assert klient.get(adresse).status_code == 404
    html = klient.get(til(v.moede)).content.decode()
    assert "Skrevet, da det var et tema" not in html
    assert fil.fil.navn not in html


# --- «jeg er forberedt» ------------------------------------------------------------------------------------------
def test_s42_forberedt_kan_rettes_og_kun_foer_moedet(v):
    klient = logget_ind(v.paedagogiskleder)
    klient.post(til(v.moede), {"forberedt": "on", "forberedt_version": "0"})
    v.pia.refresh_from_db()
    assert v.pia.forberedt_den
    klient.post(til(v.moede), {"forberedt_version": "1"})
    v.pia.refresh_from_db()
    assert v.pia.forberedt_den is None
    begynd(v)
    assert "Jeg er forberedt" not in klient.get(til(v.moede)).content.decode()
    with pytest.raises(IkkeMuligtError, match="for sent"):
        actions.marker_forberedt(moede=v.moede, af=v.paedagogiskleder)


def test_lederen_der_ikke_er_inviteret_giver_bidrag_men_melder_sig_ikke_forberedt(v):
    html = logget_ind(v.koordinator).get(til(v.moede)).content.decode()
    assert "Jeg er forberedt" not in html
    assert "Gem forberedelsen" in html
    assert giv(v.koordinator, v.foerste).enhed == v.skole
    with pytest.raises(IkkeMuligtError, match="Du er ikke inviteret"):
        actions.marker_forberedt(moede=v.moede, af=v.koordinator)
