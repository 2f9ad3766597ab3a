"""Who holds the ball: whatever happens to a request, somebody has the next step until it has ended (S39).

Hypothesis walks at random through the actions; what is refused is refused with a Danish sentence and changes nothing.
"""

import re
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from moeder import actions
from moeder.actions.anmodningsgang import eskaler_anmodninger
from moeder.models import Anmodning, Punkt
from moeder.queries.anmodninger import naeste_skridt, ventende_skridt
from moeder.states import LOVET, UBESVARET, Anmodningstilstand, Punktovergang
from samarbejde import tid
from samarbejde.permissions import Handling, IkkeTilladtError, maa
from samarbejde.tilstande import IkkeMuligtError, skift
from tests.fabrik import verden
from tests.moeder.byg import anmod, moede, om
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db
SLUT = {Anmodningstilstand(en) for en in ("afvist", "flettet", "trukket", "behandlet")}
FOLK = ("skoleleder", "koordinator", "medarbejder", "naboskoleleder", "klyngeleder")


def planlaeg(anmodning, v, af):
    begynder = om(20)
    actions.planlaeg_for_anmodning(anmodning=anmodning, af=af, begynder=begynder, slutter=begynder + timedelta(hours=1))


def saet_paa(anmodning, v, af):
    m = moede(anmodning.forum, af=v.skoleleder)
    actions.saet_anmodning_paa(anmodning=anmodning, moede=m, af=af)


def henvis_til_plc(anmodning, v, af):
    actions.henvis_anmodning(anmodning=anmodning, forum=forum(v.skole, Art.PLC), af=af)


def henvis_til_nabo(anmodning, v, af):
    actions.henvis_anmodning(anmodning=anmodning, forum=forum(v.naboskole), af=af, tekst="Det er jeres.")


def afvis(anmodning, v, af):
    actions.afvis_anmodning(anmodning=anmodning, grund="Ikke nu.", af=af)


def afvis_uden_grund(anmodning, v, af):
    actions.afvis_anmodning(anmodning=anmodning, grund=" ", af=af)


def flet(anmodning, v, af):
    actions.flet_anmodning(anmodning=anmodning, med=anmod(anmodning.forum, v.vejleder, v.skole), af=af)


def traek(anmodning, v, af):
    actions.traek_anmodning(anmodning=anmodning, af=af)


def forelaeg(anmodning, v, af):
    actions.forelaeg_anmodning(anmodning=anmodning, af=af)


def aflys(anmodning, v, af):
    if anmodning.moede is None:
        raise IkkeMuligtError("Der er intet møde.")
    actions.aflys_moede(moede=anmodning.moede, grund="Sygdom", af=af)


def hold(anmodning, v, af):
    """The minutes are sent; the item was treated when the leader writes them, else not."""
    if anmodning.moede is None:
        raise IkkeMuligtError("Der er intet møde.")
    if af == v.skoleleder:
        punkt = Punkt.objects.get(pk=anmodning.punkt_id)
        skift(punkt, Punktovergang.BEHANDL)
        punkt.save()
    actions.behandl_anmodninger(moede=anmodning.moede, af=af)


def lad_tiden_gaa(anmodning, v, af):
    eskaler_anmodninger(tid.nu() + timedelta(days=40))


MULIGHEDER = (
    planlaeg, saet_paa, henvis_til_plc, henvis_til_nabo, afvis, afvis_uden_grund, flet, traek, forelaeg, aflys, hold,
    lad_tiden_gaa,
)  # fmt: skip
OFTE = [planlaeg, saet_paa, afvis, forelaeg, aflys, henvis_til_plc, lad_tiden_gaa]
TRIN = st.tuples(st.sampled_from([*MULIGHEDER, *OFTE, *OFTE]), st.sampled_from(FOLK))
AFVISNING = (IkkeMuligtError, IkkeTilladtError, ValidationError)


@pytest.fixture
def v():
    return verden()


@given(niveau=st.sampled_from(["tema", "boernegruppe", "enkeltbarn"]), forloeb=st.lists(TRIN, max_size=10))
@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_somebody_always_holds_the_ball(v, niveau, forloeb):
    with transaction.atomic():
        anmodning = anmod(forum(v.skole), v.medarbejder, v.kkfo, niveau=niveau)
        for mulighed, hvem in forloeb:
            proev(mulighed, frisk(anmodning), v, getattr(v, hvem))
            kontroller(frisk(anmodning), v)
        transaction.set_rollback(True)


def frisk(anmodning):
    return Anmodning.objects.select_related("forum__enhed", "moede", "punkt").get(pk=anmodning.pk)


def proev(mulighed, anmodning, v, hvem):
    foer = billede(anmodning)
    try:
        with transaction.atomic():
            mulighed(anmodning, v, hvem)
    except AFVISNING as afvisning:
        fejl = afvisning
    else:
        return
    assert re.search(r"[a-zæøå»]\.['\]}]*$", str(fejl)), fejl
    assert billede(frisk(anmodning)) == foer


def billede(anmodning):
    return (
        anmodning.tilstand, anmodning.forum_id, anmodning.frist, anmodning.svar_tekst, anmodning.moede_id,
        Punkt.objects.count(), list(anmodning.anmodere.values_list("person", flat=True)),
    )  # fmt: skip


def kontroller(anmodning, v):
    skridt = naeste_skridt(anmodning, v.udenfor)
    assert bool(skridt) == (anmodning.tilstand not in SLUT)
    assert all(trin.hvem and trin.hvad and trin.maal and trin.adresse and trin.siden for trin in skridt)
    folk = [getattr(v, hvem) for hvem in (*FOLK, "nabokoordinator")]
    kan_svare = [hvem for hvem in folk if maa(hvem, Handling.BESVAR_ANMODNING, anmodning)]
    mine = [hvem for hvem in folk if any(trin.er_min for trin in naeste_skridt(anmodning, hvem))]
    assert mine == (kan_svare if anmodning.tilstand in UBESVARET else [])
    assert bool(mine) == (anmodning.tilstand in UBESVARET)
    assert (anmodning.moede_id is not None) == (anmodning.tilstand in {*LOVET, "behandlet"})
    assert anmodning.tilstand != "afvist" or anmodning.svar_tekst
    assert maa(v.medarbejder, Handling.SE_ANMODNING, anmodning)
    if anmodning.tilstand in UBESVARET:
        for hvem in mine:
            assert any(trin.er_min and trin.adresse == anmodning.get_absolute_url() for trin in ventende_skridt(hvem))


def test_every_state_is_either_somebodys_turn_or_an_end():
    assert set(UBESVARET) | set(LOVET) | SLUT == set(Anmodningstilstand)
