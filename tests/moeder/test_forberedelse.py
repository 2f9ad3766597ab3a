"""S42: each invitee comes prepared: contributions, files and «forberedt» in one save, with nothing lost."""

import pytest

from moeder import actions
from moeder.models import Bidrag, Punktfil
from moeder.states import Punkttilstand
from samarbejde.models import Faglighed, Haendelse
from tests.moeder.byg import moede, opgave, punkt
from tests.moeder.forberedelse import billede, eget_lager, indkaldt, logget_ind, nyt, rettet, til

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    return indkaldt()


def giv(v, hvem, hos, tekst="Det går bedst med besøg.", art="perspektiv", version=0):
    return actions.giv_bidrag(punkt=hos, af=hvem, art=art, tekst=tekst, version=version)


def side(hvem, v):
    svar = logget_ind(hvem).get(til(v.moede))
    assert svar.status_code == 200
    return svar.content.decode()


# --- the page ----------------------------------------------------------------------------------------------------
def test_s42_siden_viser_moedet_og_foerst_de_punkter_der_har_brug_for_en(v):
    """D21: and the open tasks of the forum, which a follow-up begins with."""
    v.andet.ansvarlig = v.paedagogiskleder
    v.andet.save()
    opgave(punkt(moede(v.rc, af=v.skoleleder, dage=-30, tilstand="referat_lukket")), v.paedagogiskleder, v.kkfo)
    opgave(v.foerste, v.vejleder, v.skole, "En andens opgave")
    html = side(v.paedagogiskleder, v)
    assert "Lokale 7" in html
    assert "Tværfaglig sparring og vidensdeling" in html
    assert html.index("Punkter, der har brug for dig") < html.index("Uro i frikvarteret") < html.index("Øvrige punkter")
    assert html.index("Øvrige punkter") < html.index("Overgange til 4. klasse")
    assert "Du er ansvarlig for punktet." in html
    assert "<em>aftale</em>" in html
    assert "Aftal besøg" in html
    assert "En andens opgave" not in html
    assert f'href="/moeder/{v.moede.kode}/svar/">Svar på indkaldelsen' in html


def test_s41_et_punkt_der_oensker_ens_faglighed_staar_foerst(v):
    v.foerste.fagligheder.add(v.resurse.faglighed)
    assert f"Din faglighed er ønsket: {v.resurse.faglighed.navn}." in side(v.sundhedsplejerske, v)
    assert "Din faglighed er ønsket" not in side(v.paedagogiskleder, v)


def test_s42_alt_gemmes_paa_een_gang(v):
    felter = {
        **nyt(v.foerste, "Vi har *gode* erfaringer.", "ide"),
        **nyt(v.andet, "Prøv to hold.", "handleplan"),
        f"filer_{v.foerste.pk}": [billede("Plan A.png"), billede("Plan B.png")],
        "forberedt": "on",
        "forberedt_version": "0",
    }
    svar = logget_ind(v.paedagogiskleder).post(til(v.moede), felter, follow=True)
    assert "Din forberedelse er gemt." in svar.content.decode()
    assert list(Bidrag.objects.values_list("punkt__titel", "art", "tekst")) == [
        ("Overgange til 4. klasse", "ide", "Vi har *gode* erfaringer."),
        ("Uro i frikvarteret", "handleplan", "Prøv to hold."),
    ]
    assert sorted(Punktfil.objects.values_list("fil__navn", flat=True)) == ["Plan A.png", "Plan B.png"]
    v.pia.refresh_from_db()
    assert v.pia.forberedt_den is not None


def test_s57_ved_hvert_bidrag_staar_faglighed_og_enhed(v):
    """As they were when it was given: whatever the author becomes later."""
    v.medarbejder.faglighed = Faglighed.objects.get(navn="pædagog")
    v.medarbejder.save()
    giv(v, v.medarbejder, v.andet)
    giv(v, v.sundhedsplejerske, v.andet, art="ide")
    v.medarbejder.faglighed = None
    v.medarbejder.save()
    html = " ".join(side(v.paedagogiskleder, v).split())
    assert "Fagligt perspektiv fra Mette Bak" in html
    assert "Pædagog · KKFO Lindely" in html
    assert "Sundhedsplejerske · ekstern" in html


def test_samme_afsendelse_to_gange_er_eet_bidrag_og_een_fil(v):
    klient = logget_ind(v.paedagogiskleder)
    for _ in range(2):
        filer = {f"filer_{v.foerste.pk}": billede()}
        assert klient.post(til(v.moede), nyt(v.foerste, "Besøg") | filer).status_code == 302
    assert Bidrag.objects.count() == Punktfil.objects.count() == 1
    assert Haendelse.objects.filter(navn__in=["giv_bidrag", "laeg_fil_paa"]).count() == 2


def test_sporet_rummer_hverken_titler_eller_tekster(v):
    """Whoever is invited to one item reads the trail of the meeting without meeting the other items."""
    giv(v, v.paedagogiskleder, v.foerste, "Hemmeligt bidrag")
    for haendelse in Haendelse.objects.filter(rod_art="moede"):
        assert "Hemmeligt" not in str(haendelse.data)
        assert "Overgange" not in str(haendelse.data)


# --- two windows -------------------------------------------------------------------------------------------------
def test_s42_to_vinduer_viser_begge_tekster_og_gemmer_resten(v):
    mit = giv(v, v.paedagogiskleder, v.foerste, "Første")
    giv(v, v.paedagogiskleder, v.foerste, "Rettet i det andet vindue", version=1)
    klient = logget_ind(v.paedagogiskleder)
    svar = klient.post(til(v.moede), rettet(mit, "Rettet her") | nyt(v.andet, "Nyt"))
    html = svar.content.decode()
    assert svar.status_code == 409
    assert "Rettet her" in html
    assert "Rettet i det andet vindue" in html
    assert Bidrag.objects.get(punkt=v.foerste).tekst == "Rettet i det andet vindue"
    assert Bidrag.objects.get(punkt=v.andet).tekst == "Nyt"
    felt = f"bidrag_{v.foerste.pk}_perspektiv"
    assert klient.post(til(v.moede), {felt: "Rettet her", f"{felt}_version": "2"}).status_code == 302
    assert Bidrag.objects.get(punkt=v.foerste).tekst == "Rettet her"


def test_et_gammelt_vindue_skriver_ikke_over_det_man_ikke_har_roert(v):
    mit = giv(v, v.paedagogiskleder, v.foerste, "Første")
    giv(v, v.paedagogiskleder, v.foerste, "Rettet i det andet vindue", version=1)
    actions.marker_forberedt(moede=v.moede, af=v.paedagogiskleder)
    gammelt = rettet(mit, "Første") | nyt(v.andet, "Nyt") | {"forberedt_version": "0"}
    assert logget_ind(v.paedagogiskleder).post(til(v.moede), gammelt).status_code == 302
    assert Bidrag.objects.get(punkt=v.foerste).tekst == "Rettet i det andet vindue"
    v.pia.refresh_from_db()
    assert v.pia.forberedt_den is not None


def test_fjernet_i_et_andet_vindue_kan_gemmes_igen(v):
    mit = giv(v, v.paedagogiskleder, v.foerste, "Første")
    actions.fjern_bidrag(punkt=v.foerste, af=v.paedagogiskleder, art="perspektiv", version=1)
    klient = logget_ind(v.paedagogiskleder)
    svar = klient.post(til(v.moede), rettet(mit, "Rettet her"))
    assert svar.status_code == 409
    assert "Du har fjernet bidraget" in svar.content.decode()
    felt = f"bidrag_{v.foerste.pk}_perspektiv"
    klient.post(til(v.moede), {felt: "Rettet her", f"{felt}_version": "0"})
    assert Bidrag.objects.get().tekst == "Rettet her"


def test_nyt_bidrag_af_en_slags_der_er_givet_i_et_andet_vindue(v):
    giv(v, v.paedagogiskleder, v.foerste, "Det første")
    svar = logget_ind(v.paedagogiskleder).post(til(v.moede), nyt(v.foerste, "Det andet"))
    assert svar.status_code == 409
    assert "Det første" in svar.content.decode()
    assert Bidrag.objects.get().tekst == "Det første"


def test_et_punkt_der_forsvinder_mens_man_skriver_tager_ikke_teksten_med(v):
    felter = nyt(v.foerste, "Min lange tekst") | nyt(v.andet, "Den anden") | {f"filer_{v.foerste.pk}": billede()}
    v.foerste.tilstand = Punkttilstand.UDSAT
    v.foerste.save()
    svar = logget_ind(v.paedagogiskleder).post(til(v.moede), felter)
    html = svar.content.decode()
    assert svar.status_code == 409
    assert "Min lange tekst" in html
    assert "Plan.png" in html
    assert "Overgange til 4. klasse" not in html
    assert [et.tekst for et in Bidrag.objects.all()] == ["Den anden"]


# --- errors ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("felter", "saetning"),
    [
        ({"_art": "", "ny": "Uden slags"}, "Vælg, hvilken slags bidrag det er."),
        ({"_art": "digt", "ny": "Fremmed slags"}, "Vælg, hvilken slags bidrag det er."),
        ({"_art": "ide", "ny": "Barnets nummer er 010115-1234"}, "Her må ikke stå personnumre"),
        ({"_art": "ide", "ny": "x" * 5_001}, "Der er plads til 5.000."),
    ],
)
def test_fejl_gemmer_intet_og_glemmer_intet(v, felter, saetning):
    sendt = {f"_art_{v.foerste.pk}": felter["_art"], f"bidrag_{v.foerste.pk}_ny": felter["ny"]}
    svar = logget_ind(v.paedagogiskleder).post(til(v.moede), sendt | nyt(v.andet, "Et godt bidrag"))
    html = svar.content.decode()
    assert saetning in html
    assert "Et godt bidrag" in html
    assert felter["ny"] in html
    assert not Bidrag.objects.exists()


def test_en_fil_med_fejl_siger_hvorfor_og_beder_om_de_andre_igen(v):
    forklaedt = billede("Plan.pdf")
    sendt = nyt(v.foerste, "Besøg") | {f"filer_{v.foerste.pk}": forklaedt, f"filer_{v.andet.pk}": billede()}
    html = logget_ind(v.paedagogiskleder).post(til(v.moede), sendt).content.decode()
    assert "Filens indhold er PNG-billede" in html
    assert "Vælg «Plan.png» igen" in html
    assert not Bidrag.objects.exists()
    assert not Punktfil.objects.exists()


def test_baade_fejl_og_et_punkt_der_forsvandt(v):
    """The form comes back for the error, and still shows the words that have no place in it any more."""
    v.foerste.tilstand = Punkttilstand.UDSAT
    v.foerste.save()
    sendt = nyt(v.foerste, "Min lange tekst") | nyt(v.andet, "Barnets nummer er 010115-1234")
    html = logget_ind(v.paedagogiskleder).post(til(v.moede), sendt).content.decode()
    assert "Her må ikke stå personnumre" in html
    assert "Min lange tekst" in html
    assert not Bidrag.objects.exists()


def test_et_tomt_bidrag_skal_fjernes_med_vilje(v):
    mit = giv(v, v.paedagogiskleder, v.foerste, "Første")
    klient = logget_ind(v.paedagogiskleder)
    assert "sæt kryds i «Fjern bidraget»" in klient.post(til(v.moede), rettet(mit, "")).content.decode()
    assert Bidrag.objects.exists()
    assert klient.post(til(v.moede), rettet(mit, "", fjern="on")).status_code == 302
    assert not Bidrag.objects.exists()


def test_naar_login_er_udloebet_bliver_teksten_liggende(v):
    klient = logget_ind(v.paedagogiskleder)
    html = klient.get(til(v.moede)).content.decode()
    underskrift = html.split('name="_skrevet_af" value="')[1].split('"')[0]
    klient.logout()
    tomt = {f"_art_{v.andet.pk}": "", f"bidrag_{v.andet.pk}_ny": ""}
    svar = klient.post(til(v.moede), nyt(v.foerste, "Min lange tekst") | tomt | {"_skrevet_af": underskrift})
    assert svar.status_code == 302
    klient.force_login(v.paedagogiskleder)
    html = klient.get(svar["Location"].split("next=")[1]).content.decode()
    assert "Min lange tekst" in html
    assert "Art" not in html.split("</dl>")[0].split("<dl")[1]
    assert f'name="_art_{v.foerste.pk}" value="perspektiv"' in html
    assert not Bidrag.objects.exists()
