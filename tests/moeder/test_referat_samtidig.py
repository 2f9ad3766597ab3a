"""Two writers at the same instant, and many saves in a row: no word is lost (D21)."""

import pytest

from moeder import actions
from moeder.models import Opfoelgning, Opgave, Punkt
from moeder.states import Tilstand
from samarbejde.models import Besked, Haendelse
from samarbejde.tilstande import IkkeMuligtError, KonfliktError
from tests.fabrik import verden
from tests.moeder import byg
from tests.moeder.referatbyg import begyndt, frisk, skrevet, skriv
from tests.samtidigt import fordel, samtidig

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def v():
    return verden()


def test_to_gemmer_samme_tekst_i_samme_oejeblik_og_kun_den_ene_gaelder(v):
    m = begyndt(v)
    svar = samtidig(
        lambda: skriv(m, af=v.koordinator, referat=("Kirstens", 0)),
        lambda: skriv(m, af=v.skoleleder, referat=("Sannes", 0)),
    )
    (lykkedes,), (konflikt,) = fordel(svar, KonfliktError)
    assert frisk(m).emne.referat == lykkedes.referat == konflikt.nu["referat"]
    assert m.emne.referat_version == 1


def test_to_gemmer_hver_sit_felt_i_samme_oejeblik_og_begge_gaelder(v):
    m = begyndt(v)
    svar = samtidig(
        lambda: skriv(m, af=v.koordinator, referat=("Referat", 0)),
        lambda: skriv(m, af=v.skoleleder, beslutning=("Beslutning", 0)),
    )
    assert len(fordel(svar)[0]) == 2
    assert (frisk(m).emne.referat, m.emne.beslutning) == ("Referat", "Beslutning")


def test_fire_skriver_videre_paa_hinanden_og_intet_ord_gaar_tabt(v):
    """Each reads what is stored, adds a word and saves; whoever was too late reads again, as the page lets them."""
    m, gange = begyndt(v), 10

    def en_skriver(navn):
        for nummer in range(gange):
            while True:
                nu = Punkt.objects.get(pk=m.emne.pk)
                try:
                    skriv(m, referat=(f"{nu.referat} {navn}{nummer}".strip(), nu.referat_version))
                    break
                except KonfliktError:
                    continue

    assert fordel(samtidig(*(lambda navn=navn: en_skriver(navn) for navn in "abcd")))[0] == [None] * 4
    assert sorted(frisk(m).emne.referat.split()) == sorted(f"{n}{i}" for n in "abcd" for i in range(gange))
    assert m.emne.referat_version == 4 * gange
    assert Haendelse.objects.filter(navn="skriv_udfald").count() == 1


def test_sendt_i_samme_oejeblik_som_en_skriver_er_det_enten_med_eller_afvist(v):
    m = skrevet(v)
    svar = samtidig(
        lambda: actions.send_referat(moede=m.moede, af=v.koordinator),
        lambda: skriv(m, af=v.skoleleder, referat="Et ord til."),
    )
    afvist = fordel(svar, IkkeMuligtError)[1]
    assert frisk(m).moede.tilstand == Tilstand.REFERAT_I_HOERING
    assert (m.emne.referat == "Et ord til.") == (not afvist)


def test_to_tryk_paa_send_er_en_udsendelse(v):
    m = skrevet(v)
    svar = samtidig(*[lambda: actions.send_referat(moede=m.moede, af=v.koordinator)] * 2)
    assert [len(del_) for del_ in fordel(svar, IkkeMuligtError)] == [1, 1]
    assert Besked.objects.filter(noegle__startswith="referat:").count() == 4


def test_to_foelger_op_paa_samme_opgave_i_samme_oejeblik(v):
    m = begyndt(v)
    opgave = byg.opgave(m.emne, v.centerleder, v.center)
    svar = samtidig(
        *(
            lambda hvem=hvem: actions.foelg_op(opgave=opgave, udfald="afsluttes", version=1, af=hvem)
            for hvem in (v.centerleder, v.koordinator)
        )
    )
    assert [len(del_) for del_ in fordel(svar, KonfliktError)] == [1, 1]
    assert (Opgave.objects.get().version, Opfoelgning.objects.count()) == (2, 1)
