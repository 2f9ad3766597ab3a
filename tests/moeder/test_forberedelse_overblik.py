"""S41: the leaders see which professions have not spoken yet, what is brought to each item, and who is prepared."""

import pytest

from moeder import actions
from moeder.states import Deltagelse
from samarbejde.models import Faglighed
from tests.fabrik import person
from tests.moeder.byg import inviter, punkt
from tests.moeder.forberedelse import eget_lager, fil_paa, indkaldt, logget_ind
from tests.ressourcecenter.byg import ressourceperson

pytestmark = pytest.mark.django_db


@pytest.fixture
def v(settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    v = indkaldt()
    for hvem, navn in ((v.paedagogiskleder, "pædagog"), (v.medarbejder, "klubpædagog"), (v.vejleder, "lærer")):
        hvem.faglighed = Faglighed.objects.get(navn=navn)
        hvem.save()
    return v


def giv(hvem, hos, tekst="Det går bedst med besøg.", art="perspektiv"):
    return actions.giv_bidrag(punkt=hos, af=hvem, art=art, tekst=tekst, version=0)


def side(hvem, v, status=200):
    svar = logget_ind(hvem).get(f"/moeder/{v.moede.kode}/forberedelse/")
    assert svar.status_code == status
    return " ".join(svar.content.decode().split())


def test_s41_hvilke_fagligheder_har_ikke_sagt_noget_endnu(v):
    """Those of the resource persons and of the invited; not of everybody who works there."""
    ressourceperson(v.rc, person("Poul Palm"), faglighed=Faglighed.objects.get(navn="psykolog"))
    assert "<strong>klubpædagog, psykolog, pædagog, sundhedsplejerske</strong>" in side(v.skoleleder, v)
    giv(v.paedagogiskleder, v.foerste)
    giv(v.sundhedsplejerske, v.andet)
    html = side(v.koordinator, v)
    assert "<strong>klubpædagog, psykolog</strong>" in html
    for ord_ in ("lærer", "mangler", "forsinket", "overskredet", "%"):
        assert ord_ not in html.split("<main")[1].split("</main>")[0], "støtte, ikke kontrol"


def test_s41_pr_punkt_hvem_der_har_skrevet(v):
    giv(v.paedagogiskleder, v.foerste)
    giv(v.paedagogiskleder, v.foerste, art="ide")
    fil_paa(v.foerste, v.skoleleder)
    html = side(v.skoleleder, v)
    raekke = html.split("Overgange til 4. klasse")[1].split("</tr>")[0]
    assert "2 bidrag, 1 fil" in raekke
    assert ">Pædagog<" in raekke
    assert ">Klubpædagog, sundhedsplejerske<" in raekke
    assert "Her skrives ikke noget om barnet." in html.split("Drøftelse om et barn")[1].split("</tr>")[0]
    assert "Det går bedst med besøg." not in html


def test_s42_lederen_ser_hvem_der_er_forberedt(v):
    """Whoever has sent apologies is not asked to prepare."""
    actions.marker_forberedt(moede=v.moede, af=v.paedagogiskleder)
    v.mette.tilstand = Deltagelse.AFBUD
    v.mette.save()
    html = side(v.skoleleder, v)
    assert "Forberedt: Pia Dahl." in html
    assert "Har ikke meldt sig forberedt endnu: Susan Vig." in html
    assert "Mette Bak" not in html


def test_s41_kun_for_ledelsen(v):
    for hvem in (v.paedagogiskleder, v.medarbejder, v.centerleder, v.sundhedsplejerske):
        side(hvem, v, status=403)
    for hvem in (v.udenfor, v.naboskoleleder, v.administrator):
        side(hvem, v, status=404)


def test_uden_punkter_og_uden_fagligheder(v):
    v.moede.punkter.all().delete()
    v.moede.deltagere.all().delete()
    v.resurse.delete()
    html = side(v.skoleleder, v)
    assert "Der er ingen punkter på dagsordenen endnu." in html
    assert "Ingen har meldt sig forberedt endnu." in html
    assert "Der er ikke oplyst fagligheder for nogen af dem, der er med." in html
    assert "har givet bidrag" not in html


# --- the same number of queries, however many rows ---------------------------------------------------------------
def fyld(v, antal):
    """`antal` items, each with a contribution, a file and a wanted profession; as many invited people."""
    faglighed = Faglighed.objects.get(navn="lærer")
    for nummer in range(antal):
        hvem = person(f"Deltager {nummer}", faglighed=faglighed)
        inviter(v.moede, hvem, v.skole)
        et = punkt(v.moede, f"Punkt {nummer}")
        et.fagligheder.add(faglighed)
        et.bidrag.create(tekst="x", tekst_html="<p>x</p>", af=hvem, enhed=v.skole, faglighed=faglighed)
        et.bidrag.create(tekst="x", tekst_html="<p>x</p>", af=v.paedagogiskleder, enhed=v.kkfo, faglighed=faglighed)
        fil_paa(et, v.skoleleder, f"Plan {nummer}.png")


@pytest.mark.parametrize("antal", [1, 50])
def test_siderne_spoerger_lige_meget(v, antal, django_assert_num_queries):
    fyld(v, antal)
    leder, pia = logget_ind(v.skoleleder), logget_ind(v.paedagogiskleder)
    with django_assert_num_queries(SPOERGSMAAL_OVERBLIK):
        assert leder.get(f"/moeder/{v.moede.kode}/forberedelse/").status_code == 200
    with django_assert_num_queries(SPOERGSMAAL_FORBERED):
        assert pia.get(f"/moeder/{v.moede.kode}/forbered/").status_code == 200


SPOERGSMAAL_OVERBLIK = 9
SPOERGSMAAL_FORBERED = 13
