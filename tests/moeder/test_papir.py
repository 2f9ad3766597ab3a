"""Ordering and fetching a meeting's papers: who, when, once for the same content, and asked again at the door
(S33, S53, S54, D13, D23)."""

import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from moeder import actions, pdf
from moeder.models import Moede, Moededokument, Punkt
from moeder.queries.papir import pakkedata, papirer, ser_hele
from moeder.states import Deltagelse, Tilstand
from moeder.tasks import vaek_papirer
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Haendelse
from samarbejde.permissions import IkkeTilladtError, Rolle
from samarbejde.roller import glem_roller
from samarbejde.tilstande import IkkeMuligtError
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import forum, inviter, moede, papir, punkt
from tests.moeder.papirer import bidrag, fil, fuldt, med_referat
from tests.ressourcecenter.byg import Art, ressourceperson

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def logget_ind(hvem):
    klient = Client()
    klient.force_login(hvem)
    return klient


def bestil(m, af, art="pakke", enhed=None):
    return actions.bestil_papir(moede=m, art=art, enhed=enhed, af=af)


def hent(klient, papiret, navn="hent_papir"):
    return klient.get(reverse(navn, args=[papiret.moede.kode, papiret.pk]))


# --- ordering ----------------------------------------------------------------------------------------------------
def test_pakken_bestilles_laves_af_workeren_og_hentes_som_fil_med_neutralt_navn(v):
    """D13: the file's name says what, where and when. Nothing lingers in a cache."""
    m = fuldt(v).moede
    klient = logget_ind(v.paedagogiskleder)
    svar = klient.post(reverse("bestil_papir", args=[m.kode]), {"art": "pakke"})
    bestilt = Moededokument.objects.get()
    assert svar["Location"] == bestilt.get_absolute_url()
    vent = klient.get(svar["Location"])
    assert (vent.status_code, vent["Refresh"]) == (202, "5")
    assert hent(klient, bestilt)["Location"] == bestilt.get_absolute_url()
    pdf.lav_papir(bestilt.pk)
    assert "Hent PDF’en" in klient.get(svar["Location"]).content.decode()
    fundet = hent(klient, bestilt)
    assert fundet.content.startswith(b"%PDF")
    assert fundet["Content-Disposition"] == f'attachment; filename="moedepakke-{v.skole.slug}-{m.dag.isoformat()}.pdf"'
    assert fundet["Cache-Control"] == "private, no-store"
    assert Haendelse.objects.get(navn="bestil_papir").saetning == "Mødepakke er bestilt som PDF."


def test_det_samme_to_gange_er_et_papir_ogsaa_for_en_anden_og_nyt_indhold_er_et_nyt(v):
    s = fuldt(v)
    foerste = bestil(s.moede, v.koordinator)
    assert bestil(s.moede, v.koordinator) == foerste
    pdf.lav_papir(foerste.pk)
    assert bestil(s.moede, v.paedagogiskleder) == foerste
    bidrag(s.andet, v.koordinator, v.skole)
    nyt = bestil(s.moede, v.koordinator)
    assert nyt.pk != foerste.pk
    assert nyt.tilstand == Moededokument.Tilstand.BESTILT
    assert Haendelse.objects.filter(navn="bestil_papir").count() == 2


def test_det_papiret_siger_er_det_det_blev_lavet_af(v):
    """Changed between the order and the worker, and back again: what was made in between is not given out."""
    s = fuldt(v)
    foerste = bestil(s.moede, v.koordinator)
    Punkt.objects.filter(pk=s.foerste.pk).update(titel="Noget andet")
    pdf.lav_papir(foerste.pk)
    assert bestil(s.moede, v.koordinator) == foerste
    Punkt.objects.filter(pk=s.foerste.pk).update(titel="Overgange til 4. klasse")
    assert bestil(s.moede, v.koordinator) != foerste


def test_efter_en_time_eller_en_fejl_laves_der_et_nyt(v):
    m = fuldt(v).moede
    foerste = bestil(m, v.koordinator)
    Moededokument.objects.update(bestilt_den=tid.nu() - timedelta(hours=1, minutes=1))
    anden = bestil(m, v.koordinator)
    assert anden != foerste
    Moededokument.objects.filter(pk=anden.pk).update(tilstand=Moededokument.Tilstand.FEJLET)
    assert bestil(m, v.koordinator) not in (foerste, anden)


def test_et_papir_der_blev_glemt_vaekkes_om_natten(v):
    bestil(fuldt(v).moede, v.koordinator)
    assert vaek_papirer(tid.nu()) == 1
    assert vaek_papirer(tid.nu() - timedelta(days=1)) == 0


# --- who ---------------------------------------------------------------------------------------------------------
def test_s33_den_der_kun_er_inviteret_til_et_punkt_faar_intet_papir(v):
    s = fuldt(v)
    mette = logget_ind(v.medarbejder)
    valg = mette.get(reverse("papirer", args=[s.moede.kode]))
    assert "Ingen papirer til dig" in valg.content.decode()
    svar = mette.post(reverse("bestil_papir", args=[s.moede.kode]), {"art": "pakke"})
    assert svar.status_code == 403
    assert "den, der er inviteret til et punkt, ser kun det punkt" in svar.content.decode()
    andres = papir(s.moede)
    assert hent(mette, andres).status_code == hent(mette, andres, "papir").status_code == 404
    assert Moededokument.objects.count() == 1


@pytest.mark.parametrize("hvem", ["udenfor", "naboskoleleder", "forvaltning", "omraadechef", "administrator"])
def test_s53_den_der_staar_udenfor_finder_intet(v, hvem):
    s = fuldt(v)
    klient = logget_ind(getattr(v, hvem))
    assert klient.get(reverse("papirer", args=[s.moede.kode])).status_code == 404
    assert klient.post(reverse("bestil_papir", args=[s.moede.kode]), {"art": "pakke"}).status_code == 404
    assert hent(klient, papir(s.moede)).status_code == 404


def test_et_papir_hentes_kun_paa_sit_eget_moedes_adresse(v):
    s, andet = fuldt(v), moede(forum(v.skole), af=v.skoleleder)
    klient = logget_ind(v.koordinator)
    assert klient.get(reverse("hent_papir", args=[andet.kode, papir(s.moede).pk])).status_code == 404


def test_s54_retten_spoerges_der_om_igen_naar_papiret_hentes(v):
    """The role ended after the paper was ordered and made."""
    papiret = papir(fuldt(v).moede)
    klient = logget_ind(v.koordinator)
    assert hent(klient, papiret).status_code == 200
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    glem_roller()
    assert hent(klient, papiret).status_code == 404


def test_s60_et_papir_viser_aldrig_et_punkt_som_laeseren_ikke_maa_se(v):
    """A resource person of the Læringscenter, on a joint meeting with an item of the Ressourcecenter alone."""
    m = moede(forum(v.skole), med=forum(v.skole, Art.PLC), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    punkt(m, "For begge")
    ressourceperson(forum(v.skole, Art.PLC), v.vejleder, v.skole)
    assert ser_hele(m, v.vejleder)
    punkt(m, "Kun for Ressourcecentret", medforum=None)
    assert not ser_hele(m, v.vejleder)
    assert papirer(m, v.vejleder) == []
    with pytest.raises(IkkeTilladtError):
        bestil(m, v.vejleder)
    klient = logget_ind(v.vejleder)
    assert hent(klient, papir(m)).status_code == 403
    assert ser_hele(m, v.skoleleder)


# --- the minutes and the extract ---------------------------------------------------------------------------------
@pytest.mark.parametrize("tilstand", [Tilstand.INDKALDT, Tilstand.AFHOLDT, Tilstand.REFERAT_UDKAST])
def test_d23_der_er_intet_referat_foer_det_er_sendt_til_bemaerkninger(v, tilstand):
    m = fuldt(v, tilstand).moede
    for art, enhed in (("referat", None), ("uddrag", v.kkfo)):
        with pytest.raises(IkkeMuligtError, match="sendt til bemærkninger"):
            bestil(m, v.skoleleder, art, enhed)
    assert "Referatet kan hentes som PDF, når" in side(m, v.skoleleder)


def side(m, hvem):
    return logget_ind(hvem).get(reverse("papirer", args=[m.kode])).content.decode()


def test_et_referat_der_er_taget_tilbage_kan_ikke_hentes(v):
    s = med_referat(v)
    papiret = papir(s.moede, "referat")
    klient = logget_ind(v.paedagogiskleder)
    assert hent(klient, papiret).status_code == 200
    Moede.objects.filter(pk=s.moede.pk).update(tilstand=Tilstand.REFERAT_UDKAST)
    assert hent(klient, papiret).status_code == hent(klient, papiret, "papir").status_code == 409


def test_et_aflyst_moede_har_ingen_pakke(v):
    m = moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.AFLYST, aflyst_grund="Sygdom")
    with pytest.raises(IkkeMuligtError, match="aflyst"):
        bestil(m, v.skoleleder)


def test_uddraget_er_for_enhedens_leder_og_forummets_ledelse(v):
    s = med_referat(v)
    inviter(s.moede, v.vejleder, v.skole)
    assert enheder(s.moede, v.paedagogiskleder) == {v.kkfo}
    assert enheder(s.moede, v.koordinator) == {v.skole, v.kkfo, v.center}
    assert enheder(s.moede, v.vejleder) == {v.skole}
    papiret = papir(s.moede, "uddrag", v.kkfo)
    assert hent(logget_ind(v.paedagogiskleder), papiret).status_code == 200
    assert hent(logget_ind(v.skoleleder), papiret)["Content-Disposition"].count("uddrag-") == 1
    for hvem in (v.centerleder, v.vejleder, v.medarbejder):
        assert hent(logget_ind(hvem), papiret).status_code == 404
        with pytest.raises(IkkeTilladtError):
            bestil(s.moede, hvem, "uddrag", v.kkfo)


def test_s33_siden_og_pdfen_er_for_de_samme_enhedens_leder_og_den_der_repraesenterede_den(v):
    """Whoever was there for the unit gives it to the others; whoever was there for one item never had the rest."""
    s = med_referat(v)
    punktet = s.moede.punkter.first()
    navngivet = repraesentant(v, s.moede)
    inviter(s.moede, v.dagtilbudsleder, v.boernehus, [punktet], indkaldt_den=tid.nu())
    inviter(s.moede, v.vejleder, v.skole, [punktet], indkaldt_den=tid.nu())
    alle = {enhed: papir(s.moede, "uddrag", enhed) for enhed in (v.kkfo, v.skole, v.center, v.boernehus)}
    ventet = {
        v.paedagogiskleder: {v.kkfo},
        navngivet: {v.kkfo},
        v.medarbejder: set(),
        v.centerleder: {v.center},
        v.vejleder: set(),
        v.dagtilbudsleder: set(),
        v.udenfor: set(),
        v.skoleleder: set(alle),
        v.koordinator: set(alle),
    }
    for hvem, egne in ventet.items():
        klient = logget_ind(hvem)
        paa_siden = {
            enhed: klient.get(reverse("uddrag", args=[s.moede.kode, enhed.slug])).status_code == 200 for enhed in alle
        }
        i_pdf = {enhed: hent(klient, papiret).status_code == 200 for enhed, papiret in alle.items()}
        assert paa_siden == i_pdf == {enhed: enhed in egne for enhed in alle}, hvem
        assert enheder(s.moede, hvem) == egne, hvem


def test_s54_den_der_ikke_er_ansat_der_mere_faar_ikke_uddraget(v):
    s = med_referat(v)
    navngivet = repraesentant(v, s.moede)
    papiret = papir(s.moede, "uddrag", v.kkfo)
    assert hent(logget_ind(navngivet), papiret).status_code == 200
    navngivet.rolletildelinger.update(gyldig_til=tid.i_dag())
    assert hent(logget_ind(navngivet), papiret).status_code == 404


def repraesentant(v, m):
    """There for the KKFO in its leader's place."""
    rolle(navngivet := person("Nina Navngivet"), Rolle.MEDARBEJDER, v.kkfo)
    inviter(m, navngivet, v.kkfo)
    return navngivet


def enheder(m, hvem):
    return {en.enhed for en in papirer(m, hvem) if en.enhed}


def test_et_uddrag_til_en_enhed_der_ikke_var_med_findes_ikke(v):
    m = med_referat(v).moede
    for art, enhed in (("uddrag", v.boernehus), ("uddrag", None), ("pakke", v.kkfo), ("", None), ("andet", None)):
        with pytest.raises(ValidationError):
            bestil(m, v.skoleleder, art, enhed)
    svar = logget_ind(v.skoleleder).post(
        reverse("bestil_papir", args=[m.kode]), {"art": "uddrag", "enhed": "findes-ej"}
    )
    assert svar.status_code == 409
    assert not Moededokument.objects.exists()


# --- cost --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("antal", [1, 20])
def test_antallet_af_forespoergsler_foelger_ikke_raekkerne(v, antal, django_assert_num_queries):
    m = moede(forum(v.skole), af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    for nummer in range(antal):
        nyt = punkt(m, f"Punkt {nummer}")
        bidrag(nyt, v.koordinator, v.skole)
        fil(nyt, v.koordinator)
    inviter(m, v.koordinator, v.skole, tilstand=Deltagelse.ACCEPTERET)
    papiret, klient = papir(m), logget_ind(v.koordinator)
    with django_assert_num_queries(8):
        assert len(pakkedata(m)["linjer"]) == antal
    with django_assert_num_queries(7):
        assert klient.get(reverse("papirer", args=[m.kode])).status_code == 200
    with django_assert_num_queries(8):
        assert hent(klient, papiret).status_code == 200


def test_web_never_imports_weasyprint_for_ordering():
    kode = "import django; django.setup(); import moeder.views.dokumenter, moeder.tasks, sys; "
    kode += "print([m for m in ('weasyprint', 'fontTools', 'pypdf') if m in sys.modules])"
    svar = subprocess.run([sys.executable, "-c", kode], capture_output=True, text=True, check=True)
    assert svar.stdout.strip() == "[]"
