"""What is compiled for an abstract person answers as a query built for the person would (ADR 0016)."""

from datetime import timedelta

import pytest
from django.db.models import Q

from samarbejde import forespoergsel, tid
from samarbejde.forespoergsel import FremmedVaerdiError, hent
from samarbejde.models import Enhed, Person, Rolletildeling
from samarbejde.permissions import Handling, Rolle
from samarbejde.roller import mine_roller
from tests.fabrik import enhed, person, rolle, verden

pytestmark = pytest.mark.django_db


def mine_enheder(hvem):
    return Enhed.objects.filter(pk__in=sorted(mine_roller(hvem).enheder)).order_by("pk")


def ved_navn(hvem, navn, *, slags=""):
    return Enhed.objects.synlige_for(hvem, Handling.SE_ENHED).filter(navn=navn).order_by("pk")


def en_af(_, enheder):
    return Enhed.objects.filter(pk__in=enheder).order_by("pk")


def med_nummer(_, nummer):
    return Enhed.objects.filter(pk=nummer)


def roller_senere(hvem):
    return Rolletildeling.objects.filter(user=hvem, gyldig_fra__gt=tid.i_dag() + timedelta(days=7))


def slaar_sit_argument_op(hvem, sted):
    return Enhed.objects.filter(pk=sted) if sted in mine_roller(hvem).enheder else Enhed.objects.none()


def titler(_):
    return Enhed.objects.filter(Q(navn="A") | Q(navn="B")).values_list("navn", flat=True).order_by("navn")


def med_roller(_):
    return Enhed.objects.prefetch_related("rolletildelinger").order_by("pk")


def leder_af(navn):
    sted = enhed(navn)
    en = person(f"Leder af {navn}")
    rolle(en, Rolle.SKOLELEDER, sted)
    return en, sted


def test_to_med_samme_roller_deler_spoergsmaalet_og_faar_hver_sit():
    forespoergsel._kompiler.cache_clear()
    folk = [leder_af(f"Skole {nummer}") for nummer in range(5)]
    assert [hent(mine_enheder, en) for en, _ in folk] == [[sted] for _, sted in folk]
    assert forespoergsel._kompiler.cache_info().misses == 1


def test_andre_roller_er_et_andet_spoergsmaal():
    (en, foerste), (to, andet) = leder_af("Første"), leder_af("Anden")
    tredje = enhed("Tredje")
    rolle(to, Rolle.MEDARBEJDER, tredje)
    assert hent(mine_enheder, en) == [foerste]
    assert hent(mine_enheder, to) == sorted([andet, tredje], key=lambda sted: sted.pk)
    assert hent(mine_enheder, person("Uden roller")) == []


def test_tekster_og_lister_foelger_med():
    v = verden()
    for sted in (v.skole, v.kkfo, v.skole):
        assert hent(ved_navn, v.skoleleder, navn=sted.navn) == [sted]
    assert hent(ved_navn, v.skoleleder, navn="Findes ikke", slags=Rolle.SKOLELEDER) == []
    assert hent(en_af, None, enheder=[v.kkfo.pk]) == [v.kkfo]
    assert set(hent(en_af, None, enheder=[v.kkfo.pk, v.skole.pk])) == {v.kkfo, v.skole}
    assert hent(en_af, None, enheder=[]) == []


@pytest.mark.parametrize("nummer", [2**31, 7 * 10**18 + 5, 2**63, 10**30, 0])
def test_et_tal_der_ikke_kan_vaere_der_findes_ikke(nummer):
    assert hent(med_nummer, None, nummer=nummer) == []


def test_hvad_der_er_regnet_ud_maa_vaere_fast():
    with pytest.raises(FremmedVaerdiError, match="reckoned"):
        hent(roller_senere, person("Én"))


def test_raekker_med_det_der_hoerer_til():
    v = verden()
    skole = next(en for en in hent(med_roller, None) if en == v.skole)
    assert v.skoleleder.pk in {tildeling.user_id for tildeling in skole.rolletildelinger.all()}
    enhed("A")
    assert hent(titler, None) == ["A"]


def test_eftersynet_ser_et_spoergsmaal_der_slaar_sit_argument_op():
    en, sted = leder_af("Skole")
    with pytest.raises(AssertionError, match="found nothing for the abstract person"):
        hent(slaar_sit_argument_op, en, sted=sted.pk)


def test_en_rolle_der_slutter_aendrer_svaret():
    en, sted = leder_af("Skole")
    assert hent(mine_enheder, en) == [sted]
    Rolletildeling.objects.filter(user=en).update(gyldig_til=tid.i_dag())
    assert hent(mine_enheder, en) == []
    assert hent(mine_enheder, Person(navn="Ny")) == []
