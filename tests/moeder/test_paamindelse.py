"""The reminder before the meeting (S42): in the gathered mail only, once, and never to those it is not for (D37)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from moeder import actions
from moeder.actions.paamindelse import mind_om_forberedelse, mind_om_indkaldelse
from moeder.states import Deltagelse, Tilstand
from ressourcecenter.models import LokaleRegler
from samarbejde import tid
from samarbejde.models import Besked
from tests.moeder.byg import inviter, moede
from tests.moeder.forberedelse import indkaldt

pytestmark = pytest.mark.django_db
KBH = ZoneInfo("Europe/Copenhagen")


@pytest.fixture
def v():
    """The meeting is on Tuesday 15 December 2026 at 8.30: five days before is Thursday."""
    v = indkaldt()
    flyt(v, datetime(2026, 12, 15, 8, 30, tzinfo=KBH))
    return v


def flyt(v, begynder):
    v.moede.begynder, v.moede.slutter = begynder, begynder + timedelta(hours=1)
    v.moede.save()


def den(dag, klokken=9):
    return datetime(2026, 12, dag, klokken, tzinfo=KBH)


@pytest.fixture
def mind():
    """The routine as it runs at that moment."""

    def koer(nu):
        with tid.frys(nu):
            return mind_om_forberedelse(nu)

    return koer


def mindet():
    return sorted(Besked.objects.filter(noegle__startswith="forbered:").values_list("til__navn", flat=True))


def test_s42_dagen_foelger_forummets_egen_udsendelse(v, mind):
    assert mind(den(9)) == 0
    assert mind(den(10)) == 3
    assert mindet() == ["Mette Bak", "Pia Dahl", "Susan Vig"]


def test_s42_en_gang_og_samlet_med_andet(v, mind):
    """Never a mail of its own: it leaves with the gathered mail, before the meeting; idempotent in the routine."""
    mind(den(10))
    assert mind(den(10, 10)) == mind(den(11)) == mind(den(14)) == 0
    assert set(Besked.objects.values_list("levering", "nummer")) == {("lejlighed", 1)}
    assert {tid.lokal(besked.tidligst_den).isoformat()[:16] for besked in Besked.objects.all()} == {"2026-12-14T07:00"}


def test_d37_mailen_roeber_intet(v, mind):
    mind(den(10))
    besked = Besked.objects.first()
    assert besked.emne == "Forbered dig: Møde i Ressourcecentret, Lindeskolen, 15. dec. 2026"
    assert besked.tekst == (
        "Du er inviteret til mødet i Ressourcecentret, Lindeskolen, tirsdag den 15. december 2026 kl. 8.30, uge 51. "
        "Se dagsordenen, og giv dit bidrag, før mødet begynder."
    )
    assert besked.adresse == f"/moeder/{v.moede.kode}/forbered/"
    assert "Overgange" not in besked.emne + besked.tekst


def test_ikke_til_den_der_har_forberedt_sig_givet_bidrag_eller_meldt_afbud(v, mind):
    actions.marker_forberedt(moede=v.moede, af=v.paedagogiskleder)
    actions.giv_bidrag(punkt=v.andet, af=v.medarbejder, art="ide", tekst="En idé", version=0)
    v.susan.tilstand = Deltagelse.AFBUD
    v.susan.save()
    assert mind(den(10)) == 0


@pytest.mark.parametrize("tilstand", [Tilstand.RESERVERET, Tilstand.AFLYST, Tilstand.AFHOLDT])
def test_kun_til_et_moede_der_er_indkaldt(v, mind, tilstand):
    v.moede.tilstand, v.moede.aflyst_grund = tilstand, "ingen punkter"
    v.moede.save()
    assert mind(den(10)) == 0


def test_ikke_til_lokaler_og_dem_der_ikke_er_sendt_til(v, mind):
    inviter(v.moede, None, None, art="lokale", lokale="Lokale 7", lokale_mail="lokale7@demo.example")
    inviter(v.moede, v.teamkoordinator, v.center, indkaldt_den=None)
    inviter(v.moede, v.vejleder, v.skole, tilstand=Deltagelse.UDELADT, udeladt_grund="ikke relevant")
    mind(den(10))
    assert mindet() == ["Mette Bak", "Pia Dahl", "Susan Vig"]


def test_aldrig_for_sent(v, mind):
    """On Friday with two days' notice the week's mail comes on Monday: so it is put in the week before."""
    LokaleRegler.objects.create(forum=v.rc, udsendelse=2)
    flyt(v, datetime(2026, 12, 18, 10, 0, tzinfo=KBH))
    assert mind(den(8)) == 0
    assert mind(den(9)) == 3
    assert max(Besked.objects.values_list("tidligst_den", flat=True)) < v.moede.begynder


def test_et_moede_der_er_indkaldt_for_sent_faar_ingen_paamindelse(v, mind):
    """Thursday for Friday: the next gathered mail would come after it."""
    flyt(v, datetime(2026, 12, 11, 10, 0, tzinfo=KBH))
    assert mind(den(10)) == 0


def test_den_der_naar_at_forberede_sig_faar_den_ikke(v, mind):
    mind(den(10))
    actions.marker_forberedt(moede=v.moede, af=v.paedagogiskleder)
    assert Besked.objects.get(til=v.paedagogiskleder).tilstand == Besked.Tilstand.FORTRUDT
    assert Besked.objects.venter().count() == 2
    actions.glem_paamindelse(moede=v.moede, af=v.skoleleder)
    assert not Besked.objects.venter().exists()


def test_aflyst_eller_afbud_og_paamindelsen_bliver_hjemme(v, mind):
    mind(den(10))
    with tid.frys(den(10)):
        actions.svar_paa_indkaldelse(deltager=v.pia, ja=False, grund="Jeg er på kursus.", af=v.paedagogiskleder)
    venter = Besked.objects.venter().filter(noegle__startswith="forbered:")
    assert sorted(venter.values_list("til__navn", flat=True)) == ["Mette Bak", "Susan Vig"]
    with tid.frys(den(10)):
        actions.aflys_moede(moede=v.moede, grund="Ingen punkter", af=v.skoleleder)
    assert not venter.exists()


def test_paamindelsen_glemmer_ikke_et_andet_moedes(v, mind):
    """`forbered:1:` is not the stem of `forbered:12:`."""
    andet = moede(v.rc, af=v.skoleleder, begynder=datetime(2026, 12, 15, 12, 0, tzinfo=KBH), tilstand=Tilstand.INDKALDT)
    inviter(andet, v.paedagogiskleder, v.kkfo)
    mind(den(10))
    actions.glem_paamindelse(moede=v.moede, af=v.skoleleder)
    assert [besked.noegle for besked in Besked.objects.venter()] == [f"forbered:{andet.pk}:{v.paedagogiskleder.pk}"]


def test_rutinen_spoerger_lige_meget_naar_alle_er_mindet(v, mind, django_assert_num_queries):
    mind(den(10))
    with django_assert_num_queries(2):  # who, and who was reminded; the holidays are remembered
        assert mind(den(11)) == 0


# --- to those who must call ----------------------------------------------------------------------------------------
def reserveret(v, **felter):
    """On Tuesday 15 December too: the agenda goes out on Thursday the 10th."""
    return moede(v.moede.forum, af=v.koordinator, begynder=datetime(2026, 12, 15, 8, 30, tzinfo=KBH), **felter)


def bedt_om_at_indkalde(nu):
    with tid.frys(nu):
        mind_om_indkaldelse(nu)
    return [besked.til for besked in Besked.objects.filter(noegle__startswith="indkald-nu:").order_by("pk")]


def test_s30_koordinatoren_bliver_bedt_om_at_indkalde_i_god_tid_en_gang(v):
    reserveret(v)
    assert bedt_om_at_indkalde(den(7)) == []
    assert bedt_om_at_indkalde(den(8)) == [v.koordinator]
    assert bedt_om_at_indkalde(den(9)) == [v.koordinator]


def test_s30_skolelederen_bliver_bedt_naar_der_ingen_koordinator_er(v):
    reserveret(v)
    v.koordinator.rolletildelinger.update(gyldig_til=tid.i_dag())
    assert bedt_om_at_indkalde(den(8)) == [v.skoleleder]


@pytest.mark.parametrize("felter", [{"tilstand": Tilstand.AFLYST, "aflyst_grund": "Ingen punkter"}, {"dage": 14}])
def test_s30_kun_det_der_er_reserveret_og_snart_skal_indkaldes(v, felter):
    if "dage" in felter:
        moede(v.moede.forum, af=v.koordinator, begynder=datetime(2026, 12, 22, 8, 30, tzinfo=KBH))
    else:
        reserveret(v, **felter)
    assert bedt_om_at_indkalde(den(8)) == []


def test_s30_en_ny_dag_er_en_ny_frist(v):
    m = reserveret(v)
    assert len(bedt_om_at_indkalde(den(8))) == 1
    m.begynder, m.slutter = (tidspunkt + timedelta(days=1) for tidspunkt in (m.begynder, m.slutter))
    m.save()
    assert len(bedt_om_at_indkalde(den(9))) == 2
