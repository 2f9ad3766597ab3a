"""Tasks from meetings: given, followed up, handed on when somebody leaves (D22, S30, S38, S54)."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from moeder import actions
from moeder.actions.haenger import haengende_opgaver, slip_udloebne
from moeder.models import Opfoelgning, Opgave
from moeder.queries.opgaver import aabne_opgaver, mulige_ansvarlige, opgaveliste
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, maa
from samarbejde.stik import Bliver
from samarbejde.tilstande import IkkeMuligtError, KonfliktError
from tests.fabrik import rolle, verden
from tests.moeder import byg
from tests.moeder.referatbyg import begyndt, lukket
from tests.ressourcecenter.byg import Art, forum, ressourceperson

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)


@pytest.fixture
def v():
    return verden()


def om(dage):
    return tid.i_dag() + dage * DAG


def giv(m, hvem, punkt=None, dage=14, **felter):
    felter = {"tekst": "Aftal besøg", "frist": om(dage), "af": m.v.koordinator, **felter}
    return actions.opret_opgave(moede=m.moede, punkt=(punkt or m.emne).noegle, ansvarlig=hvem, **felter)


def foelg_op(opgave, af, udfald="fortsaetter", **felter):
    opgave = Opgave.objects.get(pk=opgave.pk)
    return actions.foelg_op(opgave=opgave, udfald=udfald, af=af, **{"version": opgave.version, **felter})


# --- given --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hvem", "enhed"),
    [("paedagogiskleder", "kkfo"), ("centerleder", "center"), ("vejleder", "skole"), ("skoleleder", "skole")],
)
def test_s29_skole_og_fritid_faar_opgaver_paa_samme_vilkaar(v, hvem, enhed):
    """Case 29. The unit follows from where the person is invited from."""
    opgave = giv(begyndt(v), getattr(v, hvem))
    assert (opgave.enhed, opgave.tilstand) == (getattr(v, enhed), "aaben")
    assert maa(getattr(v, hvem), Handling.FOELG_OP, opgave)


def test_samme_formular_to_gange_er_en_opgave(v):
    m = begyndt(v)
    assert giv(m, v.centerleder) == giv(m, v.centerleder)


def test_d22_en_opgave_er_for_en_der_er_med_til_punktet(v):
    m = begyndt(v)
    assert giv(m, v.medarbejder, punkt=m.andet).enhed == v.kkfo
    for fremmed, punkt in ((v.medarbejder, m.emne), (v.naboskoleleder, m.emne), (v.udenfor, m.emne)):
        with pytest.raises(ValidationError, match="er ikke med til punktet"):
            giv(m, fremmed, punkt=punkt)


def test_d22_ikke_i_fortiden_og_aldrig_om_et_barn(v):
    m = begyndt(v)
    with pytest.raises(ValidationError, match="allerede gået"):
        giv(m, v.centerleder, dage=-1)
    assert giv(m, v.centerleder, dage=0)
    with pytest.raises(ValidationError, match="Skriv ikke om barnet"):
        giv(m, v.centerleder, punkt=m.barn)
    with pytest.raises(IkkeTilladtError):
        giv(m, v.centerleder, af=v.centerleder, tekst="Uden ret")


def test_d37_beskeden_koerer_med_referatets_mail_og_siger_intet(v):
    giv(begyndt(v), v.centerleder, dage=1)
    besked = Besked.objects.get(noegle__startswith="opgave:")
    assert (besked.til, besked.levering) == (v.centerleder, "lejlighed")
    assert "Aftal besøg" not in f"{besked.emne}{besked.tekst}"


def test_en_udefra_har_opgaven_saa_laenge_de_er_i_forummet(v):
    m = begyndt(v)
    raekke = ressourceperson(m.rc, v.sundhedsplejerske)
    opgave = giv(m, v.sundhedsplejerske)
    assert opgave.enhed is None
    assert maa(v.sundhedsplejerske, Handling.FOELG_OP, opgave)
    assert opgave in Opgave.objects.synlige_for(v.sundhedsplejerske, Handling.FOELG_OP)
    raekke.gyldig_til = tid.i_dag()
    raekke.save()
    assert not maa(v.sundhedsplejerske, Handling.FOELG_OP, opgave)


# --- followed up --------------------------------------------------------------------------------------------------
def test_d22_opfoelgningens_udfald(v):
    opgave = giv(begyndt(v), v.centerleder)
    assert foelg_op(opgave, v.centerleder, note="Vi har ringet.").tilstand == "i_gang"
    assert foelg_op(opgave, v.centerleder, "justeres", nyt={"frist": om(30)}).frist == om(30)
    assert foelg_op(opgave, v.koordinator, "aendres", nyt={"tekst": "Book bussen"}).tekst == "Book bussen"
    assert foelg_op(opgave, v.koordinator, "afsluttes").tilstand == "afsluttet"
    assert list(Opfoelgning.objects.values_list("udfald", flat=True)) == [
        *("fortsaetter", "justeres", "aendres", "afsluttes")
    ]
    with pytest.raises(IkkeMuligtError):
        foelg_op(opgave, v.koordinator, "opgives", note="For sent")
    assert foelg_op(opgave, v.koordinator).tilstand == "i_gang"


@pytest.mark.parametrize(
    ("udfald", "felter", "felt"),
    [
        ("opgives", {}, "note"),
        ("justeres", {}, "udfald"),
        ("fortsaetter", {"nyt": {"tekst": "Noget andet"}}, "udfald"),
        ("aendres", {"nyt": {"frist": om(-1)}}, "frist"),
    ],
)
def test_d22_en_opfoelgning_skal_give_mening(v, udfald, felter, felt):
    opgave = giv(begyndt(v), v.centerleder)
    with pytest.raises(ValidationError) as fejl:
        foelg_op(opgave, v.centerleder, udfald, **felter)
    assert list(fejl.value.message_dict) == [felt]
    assert Opgave.objects.get().version == 1


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "medarbejder", "naboskoleleder", "udenfor", "forvaltning"])
def test_s30_kun_den_ansvarlige_og_ledelsen_foelger_op(v, hvem):
    opgave = giv(begyndt(v), v.centerleder)
    with pytest.raises(IkkeTilladtError):
        foelg_op(opgave, getattr(v, hvem))


def test_en_gammel_opfoelgning_afvises(v):
    opgave = giv(begyndt(v), v.centerleder)
    foelg_op(opgave, v.centerleder)
    with pytest.raises(KonfliktError):
        foelg_op(opgave, v.koordinator, "afsluttes", version=1)


def test_d22_en_ny_ansvarlig_faar_besked_straks_naar_det_haster_uden_for_moedet(v):
    m = begyndt(v)
    opgave = giv(m, v.centerleder, dage=1)
    byg.Moede.objects.filter(pk=m.moede.pk).update(tilstand="referat_lukket")
    foelg_op(opgave, v.koordinator, "aendres", nyt={"ansvarlig": v.paedagogiskleder})
    besked = Besked.objects.get(noegle=f"opgave:{opgave.pk}:{v.paedagogiskleder.pk}")
    assert (besked.levering, Opgave.objects.get().enhed) == ("straks", v.kkfo)


# --- found again --------------------------------------------------------------------------------------------------
def test_s30_koordinatorens_liste_har_alle_forummets_aabne_opgaver(v):
    m = begyndt(v)
    alle = [giv(m, hvem, tekst=str(hvem)) for hvem in (v.centerleder, v.paedagogiskleder, v.koordinator)]
    nabo = byg.punkt(byg.moede(forum(v.naboskole), af=v.naboskoleleder, dage=-3, tilstand="afholdt"))
    byg.opgave(nabo, v.naboskoleleder, v.naboskole)
    for leder in (v.koordinator, v.skoleleder):
        assert set(opgaveliste(leder, QueryDict())["opgaver"]) == set(alle)
    assert list(opgaveliste(v.centerleder, QueryDict())["opgaver"]) == alle[:1]
    assert list(opgaveliste(v.koordinator, QueryDict("hvem=mine"))["opgaver"]) == alle[2:]
    assert list(opgaveliste(v.udenfor, QueryDict())["opgaver"]) == []


def test_en_koordinator_kun_for_rc_ser_ikke_plc_opgaver(v):
    """Case 4 in the list: the scope of the appointment holds here too."""
    plc = byg.moede(forum(v.skole, Art.PLC), af=v.skoleleder, dage=-3, tilstand="afholdt")
    opgave = byg.opgave(byg.punkt(plc), v.skoleleder, v.skole)
    v.koordinator.rolletildelinger.update(omfang="rc")
    assert list(opgaveliste(v.koordinator, QueryDict())["opgaver"]) == []
    assert list(opgaveliste(v.skoleleder, QueryDict())["opgaver"]) == [opgave]


def test_s38_overskredet_regnes_ud(v):
    opgave = giv(begyndt(v), v.centerleder, dage=2)
    assert not opgave.er_overskredet
    with tid.frys(tid.nu() + 3 * DAG):
        assert opgave.er_overskredet
        assert list(opgaveliste(v.skoleleder, QueryDict("hvilke=overskredne"))["opgaver"]) == [opgave]


def test_d21_aabne_opgaver_staar_paa_forummets_naeste_moede(v):
    m = lukket(v)
    byg.Moede.objects.filter(pk=m.moede.pk).update(tilstand="referat_udkast")
    opgave, egen = giv(m, v.centerleder), giv(m, v.medarbejder, punkt=m.andet)
    naeste = byg.moede(m.rc, af=v.skoleleder, tilstand="indkaldt")
    plc = byg.moede(forum(v.skole, Art.PLC), af=v.skoleleder, tilstand="indkaldt")
    assert aabne_opgaver(naeste, v.koordinator) == [opgave, egen]
    assert aabne_opgaver(naeste, v.medarbejder) == [egen]
    assert aabne_opgaver(m.moede, v.koordinator) == aabne_opgaver(plc, v.koordinator) == []
    foelg_op(opgave, v.koordinator, "afsluttes", moede=naeste)
    assert aabne_opgaver(naeste, v.koordinator) == [egen]
    assert Opfoelgning.objects.get().moede == naeste


# --- somebody leaves (S54) ----------------------------------------------------------------------------------------
def test_s54_opgaven_gaar_til_enhedens_leder_naar_den_ansvarlige_stopper(v):
    m = begyndt(v)
    opgave, job = giv(m, v.medarbejder, punkt=m.andet), v.medarbejder.rolletildelinger.get()
    (ting,) = haengende_opgaver(job, tid.i_dag())
    assert (ting.bliver, ting.sted) == (Bliver.SKAL_HAVE_NY, opgave)
    assert "går til Pia Dahl" in ting.hvad
    assert "Aftal besøg" not in ting.hvad
    afslut_rolle(tildeling=job, gyldig_til=tid.i_dag(), af=v.paedagogiskleder)
    assert Opgave.objects.get().ansvarlig == v.paedagogiskleder
    assert Besked.objects.filter(noegle__startswith="opgave-arvet:").count() == 0  # she did it herself


def test_s54_den_der_stadig_er_ansat_beholder_opgaven(v):
    m = begyndt(v)
    rolle(v.medarbejder, Rolle.FRITIDSLEDER, v.kkfo)
    giv(m, v.medarbejder, punkt=m.andet)
    job = v.medarbejder.rolletildelinger.med_rolle(Rolle.MEDARBEJDER).get()
    assert haengende_opgaver(job, tid.i_dag()) == []


def test_s54_en_slutdato_senere_giver_foerst_opgaven_videre_den_dag(v):
    m = begyndt(v)
    giv(m, v.medarbejder, punkt=m.andet)
    afslut_rolle(tildeling=v.medarbejder.rolletildelinger.get(), gyldig_til=om(10), af=v.paedagogiskleder)
    assert Opgave.objects.get().ansvarlig == v.medarbejder
    assert slip_udloebne(tid.nu()) == 0
    with tid.frys(tid.nu() + 10 * DAG):
        assert (slip_udloebne(tid.nu()), slip_udloebne(tid.nu())) == (1, 0)
    assert Opgave.objects.get().ansvarlig == v.paedagogiskleder


def test_s54_lederens_egen_opgave_uden_efterfoelger_bliver_staaende_for_forummets_ledelse(v):
    m = begyndt(v)
    giv(m, v.paedagogiskleder)
    job = v.paedagogiskleder.rolletildelinger.get()
    (ting,) = haengende_opgaver(job, tid.i_dag())
    assert "skal have en ny ansvarlig" in ting.hvad
    afslut_rolle(tildeling=job, gyldig_til=tid.i_dag(), af=v.forvaltning)
    assert list(opgaveliste(v.koordinator, QueryDict())["opgaver"]) == [Opgave.objects.get()]
    assert list(opgaveliste(v.paedagogiskleder, QueryDict())["opgaver"]) == []


def test_enhver_kan_kun_vaelges_en_gang(v):
    m = begyndt(v)
    byg.inviter(m.moede, v.skoleleder, v.skole, art="ledelse")
    folk = [en.person for en in mulige_ansvarlige(m.andet)]
    assert len(folk) == len(set(folk))
    assert v.medarbejder in folk
