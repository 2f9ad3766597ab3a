"""What hangs on a role ends with it (S54): nothing that goes on points to somebody who has left."""

from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ressourcecenter.models import Delegation, Ressourceperson
from samarbejde import stik, tid
from samarbejde.actions import afslut_rolle, haengende, ret_rolle
from samarbejde.models import Haendelse, Rolletildeling
from samarbejde.permissions import Relation, Rolle
from samarbejde.roller import mine_roller
from samarbejde.stik import Bliver
from tests.aftaler import byg
from tests.fabrik import person, rolle, verden
from tests.ressourcecenter.byg import delegation, forum, ressourceperson, stedfortraeder

pytestmark = pytest.mark.django_db
DAG, UGE = timedelta(days=1), timedelta(days=7)


@pytest.fixture
def v():
    return verden()


def om(dage):
    return tid.i_dag() + timedelta(days=dage)


def slut(tildeling, dage=0, af=None):
    return afslut_rolle(tildeling=tildeling, gyldig_til=om(dage), af=af)


def slutter(raekke):
    raekke.refresh_from_db()
    return raekke.gyldig_til


def job(hvem, hvor):
    return hvem.rolletildelinger.get(content_object=hvor, permission__codename="medarbejder")


def efter(dage):
    return tid.frys(datetime.combine(om(dage), time(12), tzinfo=UTC))


def koer_uret():
    return sum(plug(tid.nu()) for navn, plug in stik.doegn.items() if navn in {"roller", "ressourcepersoner"})


# --- coordinators ------------------------------------------------------------------------------------------------
def test_s54_koordinatoren_slutter_med_sin_sidste_ansaettelse_paa_skolen(v):
    egen = rolle(v.vejleder, Rolle.KOORDINATOR, v.skole)
    (ting,) = haengende(job(v.vejleder, v.skole), om(0))
    assert (ting.bliver, ting.sted) == (Bliver.SKAL_HAVE_NY, v.skole)
    assert ting.hvad == (
        "Rollen som koordinator på Lindeskolen: den hviler på ansættelsen, og skolelederen kan udpege en ny"
    )
    slut(job(v.vejleder, v.skole), af=v.skoleleder)
    assert slutter(egen) == om(0)
    assert Rolle.KOORDINATOR not in mine_roller(v.vejleder).paa(v.skole.pk)


def test_beslutning_1_den_der_ogsaa_er_ansat_i_et_tilknyttet_fritidstilbud_bliver_koordinator(v):
    egen = rolle(v.vejleder, Rolle.KOORDINATOR, v.skole)
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.kkfo)
    assert haengende(job(v.vejleder, v.skole), om(0)) == []
    slut(job(v.vejleder, v.skole))
    assert slutter(egen) is None
    slut(job(v.vejleder, v.kkfo))
    assert slutter(egen) == om(0)


def test_ansat_paa_en_anden_skole_er_ikke_nok(v):
    egen = rolle(v.vejleder, Rolle.KOORDINATOR, v.skole)
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.naboskole)
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.nabokkfo)
    slut(job(v.vejleder, v.naboskole))
    assert slutter(egen) is None
    slut(job(v.vejleder, v.skole))
    assert slutter(egen) == om(0)


def test_koordinatoren_slutter_naar_den_anden_ansaettelse_slutter(v):
    """And the sentence says until when."""
    egen = rolle(v.vejleder, Rolle.KOORDINATOR, v.skole)
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.kkfo, til=om(30))
    (ting,) = haengende(job(v.vejleder, v.skole), om(10))
    assert "er ansat til og med" in ting.hvad
    slut(job(v.vejleder, v.skole), 10)
    assert slutter(egen) == om(30)


def test_den_der_kun_er_koordinator_mister_intet_ved_andres_ansaettelse(v):
    slut(job(v.vejleder, v.skole))
    assert slutter(v.koordinator.rolletildelinger.get()) is None


def test_den_sidste_koordinator_skal_have_en_ny_og_den_naestsidste_ikke(v):
    egen = v.koordinator.rolletildelinger.get()
    (ting,) = haengende(egen, om(0))
    assert ting.bliver == Bliver.SKAL_HAVE_NY
    assert "ingen koordinator" in ting.hvad
    rolle(v.vejleder, Rolle.KOORDINATOR, v.skole)
    assert haengende(egen, om(0)) == []


def test_en_rolle_der_begynder_med_en_senere_ansaettelse_bliver_staaende(v):
    """Leaves in a week, comes back in a month: the later appointment rests on the later employment."""
    slut(job(v.vejleder, v.skole), 7)
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.skole, fra=om(30))
    igen = rolle(v.vejleder, Rolle.KOORDINATOR, v.skole, fra=om(30))
    uden_job = rolle(v.vejleder, Rolle.KOORDINATOR, v.skole, fra=om(8), til=om(20))
    foerste = v.vejleder.rolletildelinger.get(gyldig_til=om(7))
    slut(foerste, 5)
    assert slutter(igen) is None
    assert slutter(uden_job) == uden_job.gyldig_fra  # annulled: it would never have rested on anything


# --- deputies ----------------------------------------------------------------------------------------------------
def test_stedfortraederen_slutter_med_sin_ansaettelse(v):
    egen = stedfortraeder(v.teamkoordinator, v.center)
    slut(job(v.teamkoordinator, v.center), 3)
    assert slutter(egen) == om(3)


def test_beslutning_4_lederens_stedfortraeder_handler_videre_naar_lederen_gaar(v):
    egen = stedfortraeder(v.teamkoordinator, v.center, til=om(60))
    (ting,) = haengende(v.centerleder.rolletildelinger.get(), om(0))
    assert ting.bliver == Bliver.FOELGER_MED
    assert ting.hvad.startswith("Tove Krog er centerleder i leders fravær")
    slut(v.centerleder.rolletildelinger.get())
    assert slutter(egen) == om(60)


# --- resource persons --------------------------------------------------------------------------------------------
def test_s54_ressourcepersonen_slutter_med_ansaettelsen_paa_samme_enhed(v):
    rc = forum(v.skole)
    fra_skolen, fra_kkfo = ressourceperson(rc, v.vejleder, v.skole), ressourceperson(rc, v.vejleder, v.kkfo)
    (ting,) = haengende(job(v.vejleder, v.skole), om(0))
    assert (ting.bliver, ting.sted) == (Bliver.SLUTTER, rc)
    slut(job(v.vejleder, v.skole))
    assert (slutter(fra_skolen), slutter(fra_kkfo)) == (om(0), None)


def test_ressourcepersonen_bliver_saa_laenge_en_anden_ansaettelse_samme_sted_varer(v):
    egen = ressourceperson(forum(v.skole), v.vejleder, v.skole)
    rolle(v.vejleder, Rolle.SKOLELEDER, v.skole, til=om(20))
    slut(job(v.vejleder, v.skole))
    assert slutter(egen) == om(20)


def test_den_kommende_annulleres_og_den_sluttede_og_den_eksterne_roeres_ikke(v):
    rc = forum(v.skole)
    kommende = ressourceperson(rc, v.vejleder, v.skole, fra=om(40))
    sluttet = ressourceperson(rc, v.vejleder, v.skole, til=om(-5))
    ekstern = ressourceperson(rc, v.vejleder)
    slut(job(v.vejleder, v.skole))
    assert (slutter(kommende), slutter(sluttet), slutter(ekstern)) == (om(40), om(-5), None)


def test_den_der_kun_er_koordinator_slutter_ogsaa_som_ressourceperson(v):
    egen = ressourceperson(forum(v.skole), v.koordinator, v.skole)
    slut(v.koordinator.rolletildelinger.get())
    assert slutter(egen) == om(0)


# --- in common ---------------------------------------------------------------------------------------------------
def test_s55_alt_der_slutter_staar_i_sporet_med_den_der_gjorde_det(v):
    """The leader of the KKFO ends the job; the consequences ask for no right that they have not."""
    rolle(v.medarbejder, Rolle.KOORDINATOR, v.skole)
    ressourceperson(forum(v.skole), v.medarbejder, v.kkfo)
    foer = Haendelse.objects.count()
    slut(job(v.medarbejder, v.kkfo), af=v.paedagogiskleder)
    nye = list(Haendelse.objects.order_by("pk")[foer:])
    assert [(en.navn, en.af) for en in nye] == [
        ("afslut_rolle", v.paedagogiskleder),
        ("afslut_ressourceperson", v.paedagogiskleder),
        ("afslut_rolle", v.paedagogiskleder),
    ]
    assert nye[0].saetning.startswith("Mette Bak er ikke længere koordinator på Lindeskolen")


def test_en_rettet_slutdato_slipper_det_samme(v):
    egen = ressourceperson(forum(v.skole), v.vejleder, v.skole)
    ret_rolle(tildeling=job(v.vejleder, v.skole), af=v.skoleleder, gyldig_til=om(4))
    assert slutter(egen) == om(4)


def test_en_ansaettelse_der_udloeber_af_sig_selv_slippes_af_uret(v):
    vikar = person("Vita Vikar")
    rolle(vikar, Rolle.MEDARBEJDER, v.skole, til=om(3))
    egne = [rolle(vikar, Rolle.KOORDINATOR, v.skole), ressourceperson(forum(v.skole), vikar, v.skole)]
    assert koer_uret() == 0
    with efter(3):
        assert koer_uret() == 2
        assert koer_uret() == 0
        assert all(slutter(raekke) == tid.i_dag() for raekke in egne)


def test_uret_roerer_ikke_den_der_stadig_er_ansat(v):
    rolle(v.vejleder, Rolle.MEDARBEJDER, v.kkfo, til=om(3))
    egne = [rolle(v.vejleder, Rolle.KOORDINATOR, v.skole), ressourceperson(forum(v.skole), v.vejleder, v.skole)]
    with efter(4):
        assert koer_uret() == 0
    assert [slutter(raekke) for raekke in egne] == [None, None]


@pytest.mark.parametrize("lav", [byg.kladde, byg.sendt, byg.indgaaet])
def test_aftalen_foelger_med_enheden_og_ikke_med_personen(v, lav):
    """Whether the party has answered is the parties' own: the same sentence before and after."""
    aftale = lav(v)
    (ting,) = haengende(v.paedagogiskleder.rolletildelinger.get(), om(0))
    assert (ting.bliver, ting.sted, ting.slip) == (Bliver.FOELGER_MED, aftale, None)
    if lav is byg.sendt:
        byg.godkend(aftale, v.kkfo, v.paedagogiskleder)
        assert haengende(v.paedagogiskleder.rolletildelinger.get(), om(0))[0].hvad == ting.hvad
    assert haengende(job(v.medarbejder, v.kkfo), om(0)) == []
    assert haengende(v.naboskoleleder.rolletildelinger.get(), om(0)) == []


def test_et_ubesvaret_ja_foelger_med_til_den_der_leder_enheden(v):
    aftale = byg.sendt(v)
    slut(v.paedagogiskleder.rolletildelinger.get())
    ny = person("Nora Ny")
    rolle(ny, Rolle.FRITIDSLEDER, v.kkfo, fra=om(0))
    byg.godkend(aftale, v.kkfo, ny)
    assert byg.part(aftale, v.kkfo).tilstand == "godkendt"


# --- S54: open sessions ------------------------------------------------------------------------------------------
def test_s54_en_aaben_session_moeder_404_ved_naeste_klik(v, client):
    delegation(v.center, v.naboskole, v.teamkoordinator)
    ressourceperson(forum(v.naboskole), v.medarbejder, v.kkfo)
    for hvem, hvad in (
        (v.nabokoordinator, v.nabokoordinator.rolletildelinger.get()),
        (v.teamkoordinator, job(v.teamkoordinator, v.center)),
        (v.medarbejder, job(v.medarbejder, v.kkfo)),
    ):
        client.force_login(hvem)
        assert client.get(f"/ressourcecentre/{v.naboskole.slug}/").status_code == 200, hvem
        slut(hvad)
        assert client.get(f"/ressourcecentre/{v.naboskole.slug}/").status_code == 404, hvem


# --- whatever happens --------------------------------------------------------------------------------------------
FOLK = ("vejleder", "medarbejder", "teamkoordinator")
STEDER = ("skole", "kkfo", "center", "naboskole")


def ansaet(v, hvem, hvor, dage):
    rolle(hvem, Rolle.MEDARBEJDER, hvor, fra=om(0), til=om(dage) if dage else None)


def led(v, hvem, hvor, dage):
    rolle(hvem, hvor.lederrolle, hvor, fra=om(0), til=om(dage) if dage else None)


def udpeg(v, hvem, hvor, dage):
    if _ansat(hvem, _kreds(v.skole)):
        rolle(hvem, Rolle.KOORDINATOR, v.skole, fra=om(0))


def vikarier(v, hvem, hvor, dage):
    if _ansat(hvem, [hvor.pk]):
        stedfortraeder(hvem, hvor, fra=om(0))


def tilknyt(v, hvem, hvor, dage):
    if _ansat(hvem, [hvor.pk]):
        ressourceperson(forum(v.skole), hvem, hvor, fra=om(0))


def deleger(v, hvem, hvor, dage):
    if ansaettelser().filter(user=hvem, content_object=v.center, gyldig_til=None).exists():
        delegation(v.center, v.naboskole, hvem, fra=om(0), af=v.centerleder)


def afslut(v, hvem, hvor, dage):
    for tildeling in hvem.rolletildelinger.gaeldende().filter(content_object=hvor).order_by("pk")[:1]:
        slut(tildeling, dage)


def gaa(v, hvem, hvor, dage):
    """Everything at once, as when somebody leaves."""
    for tildeling in hvem.rolletildelinger.gaeldende().order_by("pk"):
        if not slutter(tildeling) or slutter(tildeling) > om(0):
            slut(tildeling)


def _kreds(skole):
    return [skole.pk, *skole.medlemmer.gaeldende().values_list("enhed_id", flat=True)]


def _ansat(hvem, enheder):
    return ansaettelser().filter(user=hvem, content_object__in=enheder).exists()


def ansaettelser():
    return Rolletildeling.objects.gaeldende().filter(i_fravaer=False).exclude(permission__codename="koordinator")


TRIN = st.tuples(
    st.sampled_from([ansaet, ansaet, led, udpeg, vikarier, tilknyt, deleger, afslut, afslut, gaa]),
    st.sampled_from(FOLK),
    st.sampled_from(STEDER),
    st.sampled_from([0, 0, 5, 20]),
)


@given(forloeb=st.lists(TRIN, max_size=14))
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_intet_levende_peger_paa_den_der_er_gaaet(v, forloeb):
    """Whatever is given, appointed, attached and ended: today, and on the days when what has an end has ended."""
    with transaction.atomic():
        for trin, hvem, hvor, dage in forloeb:
            try:
                with transaction.atomic():
                    trin(v, getattr(v, hvem), getattr(v, hvor), dage)
            except ValidationError:
                continue
            kontroller(v)
        for dage in (5, 20, 30):
            with efter(dage):
                koer_uret()
                kontroller(v)
        transaction.set_rollback(True)


def kontroller(v):
    for hvem in (getattr(v, navn) for navn in FOLK):
        steder = set(ansaettelser().filter(user=hvem).values_list("content_object_id", flat=True))
        mine = mine_roller(hvem)
        for koordinator in hvem.rolletildelinger.gaeldende().med_rolle(Rolle.KOORDINATOR):
            assert steder & set(_kreds(koordinator.enhed)), f"{hvem} koordinerer uden at være ansat"
        for anden in hvem.rolletildelinger.gaeldende().filter(i_fravaer=True):
            assert anden.content_object_id in steder, f"{hvem} er stedfortræder uden at være ansat"
        for raekke in Ressourceperson.objects.gaeldende().filter(person=hvem, enhed__isnull=False):
            assert raekke.enhed_id in steder, f"{hvem} er ressourceperson uden at være ansat"
        for valg in Delegation.objects.gaeldende().filter(person=hvem):
            assert valg.center_id in steder, f"{hvem} er delegeret uden at være ansat"
        if not steder:
            assert not mine.enheder, f"{hvem} er gået og har {mine.enheder}"
            assert not mine.fora, f"{hvem} er gået og er i {mine.fora}"


def test_kontrollen_ser_en_der_bliver_haengende(v, monkeypatch):
    """A test that cannot fail is a defect: without the plugs the row stays."""
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    monkeypatch.setattr(stik.haenger, "_plugs", {})
    slut(job(v.vejleder, v.skole))
    with pytest.raises(AssertionError, match="er ressourceperson uden at være ansat"):
        kontroller(v)


def test_en_delegation_paa_stedfortraederens_rolle_slutter_med_ansaettelsen(v):
    """The deputy's role ends too, so it carries nothing on."""
    stedfortraeder(v.teamkoordinator, v.center)
    valg = delegation(v.center, v.skole, v.teamkoordinator)
    slut(job(v.teamkoordinator, v.center), 2)
    assert slutter(valg) == om(2)


def test_s54_en_delegation_giver_intet_naar_ansaettelsen_er_slut(v):
    delegation(v.center, v.skole, v.teamkoordinator)
    slut(job(v.teamkoordinator, v.center))
    assert not any(Relation.DELEGERET in roller for roller in mine_roller(v.teamkoordinator).fora.values())
