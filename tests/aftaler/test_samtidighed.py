"""Several people at the same instant: nothing counts twice and no word is lost. Threads, on both databases."""

import random

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from aftaler import actions
from aftaler.indhold import pak, som_data, uden_noegler
from aftaler.models import Aftale, Dokument, Godkendelse, Maalomraade, StrategiskMaal
from aftaler.queries import led_aftryk
from aftaler.states import Svar, Tilstand
from aftaler.udgaver import tekster
from samarbejde.actions import tildel_rolle
from samarbejde.database import aabent_spor
from samarbejde.models import Besked, Haendelse, Rolletildeling, Segling
from samarbejde.permissions import Rolle
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.fabrik import FRA, person, verden
from tests.samtidigt import fordel, samtidig


@pytest.fixture
def v(transactional_db):
    """The test flush forgets what migrations laid down, and meets the append-only triggers: both are helped."""
    for nummer in range(1, 7):
        Maalomraade.objects.get_or_create(nummer=nummer, defaults={"navn": f"Område {nummer}"})
    yield verden()
    with transaction.atomic(), aabent_spor():
        Segling.objects.all().delete()
        Haendelse.objects.all().delete()


def test_s7_case_20_two_who_create_at_once_get_the_same_agreement(v):
    svar = samtidig(*[lambda af=af: byg.tom(v, af=af) for af in (v.skoleleder, v.paedagogiskleder, v.centerleder)])
    (aftale,), sendt_videre = fordel(svar, actions.FindesAlleredeError)
    assert Aftale.objects.get() == aftale
    assert [fejl.aftale for fejl in sendt_videre] == [aftale, aftale]
    assert Haendelse.objects.filter(navn="opret_aftale").count() == 1


def test_s17_the_same_approval_eight_times_at_once_counts_once(v):
    aftale = byg.sendt(v)
    svar = samtidig(*[lambda: byg.godkend(aftale, v.kkfo, v.paedagogiskleder)] * 8)
    lykkedes, afvist = fordel(svar, IkkeMuligtError)
    assert (len(lykkedes), len(afvist)) == (1, 7)
    assert {str(fejl) for fejl in afvist} == {"Parten har allerede godkendt aftalen."}
    assert Godkendelse.objects.count() == 1
    assert Haendelse.objects.filter(navn="godkend").count() == 1


def test_s17_the_last_two_approvals_at_once_enter_the_agreement_exactly_once(v):
    aftale = byg.sendt(v)
    for enhed in (v.skole, v.boernehus):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    samtidig(*[lambda enhed=enhed: byg.godkend(aftale, enhed, byg.leder(v, enhed)) for enhed in (v.kkfo, v.center)])
    aftale = byg.frisk(aftale)
    assert aftale.tilstand == Tilstand.INDGAAET
    assert set(aftale.parter.values_list("tilstand", flat=True)) == {Svar.GODKENDT}
    assert Dokument.objects.filter(aftale=aftale).count() == 1
    assert Haendelse.objects.filter(navn="indgaa").count() == 1
    beskeder = Besked.objects.filter(noegle__startswith=f"indgaaet:{aftale.pk}:")
    assert beskeder.count() == beskeder.values("til").distinct().count() == 4


def test_s17_sending_twice_at_once_sends_once(v):
    aftale = byg.kladde(v)
    lykkedes, afvist = fordel(samtidig(*[lambda: byg.send(aftale, v.skoleleder)] * 4), IkkeMuligtError)
    assert (len(lykkedes), len(afvist)) == (1, 3)
    assert Haendelse.objects.filter(navn="send_til_godkendelse").count() == 1


def test_s17_an_approval_and_a_withdrawal_at_once_leave_one_truth(v):
    """Whoever comes first: never entered and withdrawn, and an approval given is never lost (decision 12)."""
    aftale = byg.sendt(v)
    for enhed in (v.skole, v.boernehus, v.center):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    aftryk = aftale.indhold_id
    _, afvist = fordel(
        samtidig(
            lambda: byg.godkend(aftale, v.kkfo, v.paedagogiskleder, aftryk=aftryk),
            lambda: actions.traek_tilbage(aftale=aftale, af=v.skoleleder),
        ),
        IkkeMuligtError,
    )
    assert len(afvist) == 1
    aftale, kkfo = byg.frisk(aftale), byg.part(aftale, v.kkfo)
    udfald = (aftale.tilstand, kkfo.tilstand, Dokument.objects.count(), Godkendelse.objects.count())
    assert udfald in {(Tilstand.INDGAAET, Svar.GODKENDT, 1, 4), (Tilstand.KLADDE, Svar.AFVENTER, 0, 3)}


def test_s9_two_hundred_quick_saves_of_the_same_text_lose_nothing(v):
    """Each save is stored or refused; the stored ones follow one another without a gap."""
    aftale = byg.kladde(v)
    foerste = aftale.behov
    afvist = []
    skrivere = [v.skoleleder, v.paedagogiskleder, v.centerleder, v.dagtilbudsleder]

    def gem(nummer, af):
        udfald = []
        for gang in range(50):
            nu = byg.frisk(aftale)
            try:
                actions.skriv_afsnit(
                    aftale=nu, af=af, afsnit="behov", tekst=f"{nummer}.{gang}", version=nu.behov_version
                )
                udfald.append(f"{nummer}.{gang}")
            except actions.KonfliktError as konflikt:
                afvist.append(konflikt.version > nu.behov_version)
        return udfald

    svar = samtidig(*[lambda n=n, af=af: gem(n, af) for n, af in enumerate(skrivere)])
    gemte = {tekst for udfald in fordel(svar)[0] for tekst in udfald}
    spor = [h.data["felter"].get("Behov og udfordringer") for h in Haendelse.objects.filter(navn="skriv_afsnit")[::-1]]
    kaede = [(fra, til) for fra, til in filter(None, spor) if til in gemte]
    assert len(gemte) + len(afvist) == 200
    assert all(afvist)
    assert len(kaede) == len(gemte) == byg.frisk(aftale).behov_version - aftale.behov_version
    assert [fra for fra, _ in kaede] == [foerste, *[til for _, til in kaede[:-1]]]
    assert byg.frisk(aftale).behov == kaede[-1][1]


# SQLite has one writer at a time and waits by sleeping; the thousand are for the database that is used.
ANTAL = 1_000 if connection.vendor == "postgresql" else 200
TRAADE = 10


def _gem_et_sted(aftale, af, hvad, tekst, version):
    """A text of the agreement or a goal of it, against the version that was seen."""
    if isinstance(hvad, str):
        return actions.skriv_afsnit(aftale=aftale, af=af, afsnit=hvad, tekst=tekst, version=version)
    return byg.skriv_maal(aftale, af, noegle=hvad, version=version, titel=tekst)


def _skriv_mange(aftale, af, nummer, steder):
    """What was accepted as (place, version, text), and of each refused whether it was shown what is there now."""
    gemt, afvist, valg = [], [], random.Random(nummer)
    for gang in range(ANTAL // TRAADE):
        sted, tekst = valg.choice(steder), f"{nummer}.{gang}"
        nu = byg.frisk(aftale)
        hele = nu if isinstance(sted, str) else StrategiskMaal.objects.get(noegle=sted)
        version = getattr(hele, f"{sted}_version" if isinstance(sted, str) else "version")
        try:
            _gem_et_sted(nu, af, sted, tekst, version)
            gemt.append((str(sted), version, tekst))
        except actions.KonfliktError as konflikt:
            afvist.append(konflikt.version > version and konflikt.nu is not None)
    return gemt, afvist


def _efter(udgaver, sted):
    """{version: the text it became} of one place: what the next save found, and at last what is there now."""
    foer = {u.fra_version: u.rettelser[0]["felter"] for u in udgaver if u.noegle == sted}
    return {version - 1: felter.get("titel", felter.get(sted)) for version, felter in foer.items()}


def test_s9_a_thousand_saves_at_once_lose_nothing(v):
    """Every save is accepted and stands in the versions, or is refused with a conflict; none is neither, none both."""
    aftale = byg.kladde(v)
    maal = StrategiskMaal.objects.get().noegle
    steder, skrivere = ["behov", "retning", maal], [v.skoleleder, v.paedagogiskleder, v.centerleder, v.dagtilbudsleder]
    foer, foerst = aftale.udgaver.count(), som_data(aftale)
    svar, fejl = fordel(
        samtidig(*[lambda n=n: _skriv_mange(aftale, skrivere[n % 4], n, steder) for n in range(TRAADE)])
    )
    assert fejl == []
    gemt, afvist = [et for del_, _ in svar for et in del_], [et for _, del_ in svar for et in del_]
    assert len(gemt) + len(afvist) == ANTAL
    assert all(afvist)
    udgaver = list(aftale.udgaver.order_by("pk"))[foer:]
    assert sorted((u.noegle, u.fra_version) for u in udgaver) == sorted((sted, version) for sted, version, _ in gemt)
    aftale = byg.frisk(aftale)
    assert uden_noegler(tekster(aftale, udgaver[0].pk - 1)[0]) == foerst
    nu = {"behov": aftale.behov, "retning": aftale.retning, str(maal): StrategiskMaal.objects.get().titel}
    for sted in map(str, steder):
        egne = {version: tekst for hvor, version, tekst in gemt if hvor == sted}
        fundne = _efter(udgaver, sted)
        assert {version: fundne.get(version, nu[sted]) for version in egne} == egne


def test_s9_restoring_deleting_and_saving_at_once_leave_a_text_that_leads_back(v):
    """Whoever comes first; nobody is half done, and the first text is still found word for word."""
    aftale = byg.kladde(v)
    udgave, foerst, maal = aftale.udgaver.first(), som_data(aftale), StrategiskMaal.objects.get()
    byg.skriv_afsnit(aftale, v.skoleleder, "behov", "Sannes tekst.")
    aftryk, set_ = pak(som_data(byg.frisk(aftale))).aftryk, led_aftryk(maal)
    slet = {"model": StrategiskMaal, "noegle": maal.noegle, "aftryk": set_}
    kald = [
        *[lambda: actions.genskab_udgave(aftale=aftale, af=v.skoleleder, udgave=udgave, aftryk=aftryk)] * 3,
        *[lambda: actions.slet_led(aftale=aftale, af=v.paedagogiskleder, **slet)] * 3,
        *[lambda: byg.skriv_maal(aftale, v.centerleder, noegle=maal.noegle, version=1, titel="Carls")] * 3,
    ]
    fordel(samtidig(*kald), actions.KonfliktError)
    aftale = byg.frisk(aftale)
    assert uden_noegler(tekster(aftale, udgave.pk)[0]) == foerst
    assert aftale.udgaver.count() == Haendelse.objects.filter(navn__in=SKREVET).count()
    assert Haendelse.objects.filter(navn="genskab_udgave").count() <= 1


SKREVET = [
    *("skriv_afsnit", "skriv_strategiskmaal", "skriv_delmaal", "skriv_aktivitet"),
    *("slet_strategiskmaal", "genskab_udgave"),
]


def test_s9_two_corrections_of_the_same_goal_at_once_keep_one_and_show_it_to_the_other(v):
    aftale = byg.kladde(v)
    maal = StrategiskMaal.objects.get()
    svar = samtidig(
        *[
            lambda af=af: byg.skriv_maal(aftale, af, noegle=maal.noegle, version=1, titel=f"Skrevet af {af.navn}")
            for af in (v.skoleleder, v.paedagogiskleder)
        ]
    )
    (gemt,), (konflikt,) = fordel(svar, actions.KonfliktError)
    maal.refresh_from_db()
    assert (maal.titel, maal.version) == (gemt.titel, 2)
    assert (konflikt.nu["titel"], konflikt.version) == (gemt.titel, 2)


def test_s14_the_same_new_goal_eight_times_at_once_is_one_goal(v):
    aftale = byg.tom(v)
    noegle = byg.uuid4()
    lykkedes, _ = fordel(samtidig(*[lambda: byg.skriv_maal(aftale, v.skoleleder, noegle=noegle)] * 8))
    assert len({maal.pk for maal in lykkedes}) == 1
    assert StrategiskMaal.objects.count() == 1
    assert Haendelse.objects.filter(navn="skriv_strategiskmaal").count() == 1


def test_d26_the_same_role_given_twice_at_once_is_given_once(v):
    ny = person("Ida Ibsen")

    def giv():
        return tildel_rolle(person=ny, rolle=Rolle.SKOLELEDER, enhed=v.skole, gyldig_fra=FRA, af=v.forvaltning)

    lykkedes, afvist = fordel(samtidig(*[giv] * 4), ValidationError)
    assert (len(lykkedes), len(afvist)) == (1, 3)
    assert Rolletildeling.objects.filter(user=ny).count() == 1
