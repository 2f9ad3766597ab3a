"""Fetching is authorising: `obj in synlige_for(p, h)` says exactly what `maa(p, h, obj)` says (S53, S54).

Asked for every model that can be seen by right, every person of two districts and every act; also for those whose
role has ended or not begun, whose unit has left or closed, or whose account is closed.
"""

from datetime import date, timedelta
from functools import cache

import pytest
from django.apps import apps

from aftaler.models import Aftale, Aftalepart
from aftaler.samskrivning import Kommentar, Tiltagsforslag
from moeder.models import Anmodning, Deltager, Moede, Moededokument, Opgave, Punkt, Serie
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.actions import afslut_rolle, luk_person
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.organisation import afslut_tilknytning, luk_enhed, ret_person
from samarbejde.permissions import Handling, Rolle, maa
from samarbejde.roller import husk_roller, slut_med_roller
from tests.aftaler import byg
from tests.fabrik import FRA, Art, enhed, person, rolle, verden
from tests.moeder import byg as moedebyg
from tests.ressourcecenter import byg as forumbyg

pytestmark = pytest.mark.django_db

PREFETCH = {
    Enhed: ["distriktstilknytninger"],
    Skoledistrikt: [],
    Aftale: ["parter"],
    Aftalepart: ["aftale__parter"],
    Kommentar: ["aftale__parter"],
    Tiltagsforslag: ["aftale__parter"],
    Forum: ["enhed__medlemmer__enhed", "enhed__distriktstilknytninger", "enhed__tilknytninger"],
    Moede: ["forum__enhed__medlemmer__enhed"],
    Serie: ["forum__enhed__medlemmer__enhed"],
    Punkt: ["forum__enhed__medlemmer__enhed", "moede"],
    Deltager: ["moede__forum__enhed__medlemmer__enhed", "enhed"],
    Anmodning: ["forum__enhed", "anmodere"],
    Moededokument: ["moede__forum__enhed__medlemmer__enhed", "enhed"],
    Opgave: ["punkt__forum__enhed__medlemmer__enhed", "punkt__moede"],
}


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def aftaler(v):
    moedebyg.alt_muligt(v)
    alle = byg.i_alle_tilstande(v, enheder=byg.parter(v))
    for tilstand in ("kladde", "til_godkendelse"):
        byg.kommenter(alle[tilstand], v.medarbejder)
    byg.foreslaa_tiltag(alle["kladde"], v.medarbejder)
    return alle


# The acts that an app's objects are asked about; all the others are asked once, in the first test.
FOERSTE = {
    "samarbejde": "SE_DISTRIKT",
    "ressourcecenter": "SE_FORUM",
    "moeder": "ANMOD_OM_MOEDE",
    "aftaler": "OPRET_AFTALE",
}


def egne_handlinger(model):
    """The part of the table that begins where the acts of the model's app begin, until those of the next one."""
    navne = list(Handling.__members__)
    steder = sorted([navne.index(navn) for navn in FOERSTE.values()] + [len(navne)])
    fra = navne.index(FOERSTE[model._meta.app_label])
    egne = navne[fra : next(sted for sted in steder if sted > fra)]
    return [Handling[navn] for navn in egne]


def afvigelser(model, handlinger=Handling):
    """Where the row side and the object side of one model disagree, in words."""
    objekter = list(model.objects.prefetch_related(*PREFETCH[model]))
    for ting in objekter:  # nothing changes while we ask: each person's roles there are looked up once
        ting.roller_for = cache(ting.roller_for)
    fundet = []
    for hvem in Person.objects.all():
        husk_roller()
        for handling in handlinger:
            synlige = set(model.objects.synlige_for(hvem, handling).values_list("pk", flat=True))
            tilladte = {ting.pk for ting in objekter if maa(hvem, handling, ting)}
            if synlige != tilladte:
                fundet.append(f"{hvem} {handling}: række {synlige - tilladte}, objekt {tilladte - synlige}")
        slut_med_roller()
    return fundet


def alle_afvigelser():
    return [linje for model in PREFETCH for linje in afvigelser(model, egne_handlinger(model))]


def test_every_model_that_is_seen_by_right_is_asked():
    assert {model for model in apps.get_models() if hasattr(model, "SES_MED")} == set(PREFETCH)


@pytest.mark.parametrize("model", PREFETCH)
def test_rows_and_objects_agree(aftaler, model):
    assert model.objects.exists()
    assert afvigelser(model) == []


def test_the_comparison_sees_a_difference(v, aftaler, monkeypatch):
    """A test that cannot fail is a defect: let the rows forget the annulled agreements."""
    rigtig = Aftale.objects.all().synlige_for
    monkeypatch.setattr(
        type(Aftale.objects.all()), "synlige_for", lambda self, p, h: rigtig(p, h).exclude(tilstand="annulleret")
    )
    assert afvigelser(Aftale) != []


def test_they_agree_when_roles_have_ended_or_not_begun(v, aftaler):
    i_morgen = tid.i_dag() + timedelta(days=1)
    for tildeling in v.skoleleder.rolletildelinger.all():
        afslut_rolle(tildeling=tildeling, gyldig_til=tid.i_dag(), af=None)
    rolle(person("Freja Fremtid"), Rolle.SKOLELEDER, v.skole, fra=i_morgen)
    rolle(person("Finn Forhen"), Rolle.FRITIDSLEDER, v.kkfo, fra=FRA, til=date(2021, 8, 1))
    rolle(person("Sidste Dag"), Rolle.KLYNGELEDER, v.klynge, fra=FRA, til=i_morgen)
    assert alle_afvigelser() == []


def test_they_agree_for_somebody_with_two_roles(v, aftaler):
    """Leader at Linde, staff next door: neither right reaches the other place."""
    rolle(v.skoleleder, Rolle.MEDARBEJDER, v.nabokkfo)
    rolle(v.naboskoleleder, Rolle.NETVAERKSKOORDINATOR, v.netvaerk)
    rolle(v.koordinator, Rolle.OMRAADECHEF, v.omraade)
    assert alle_afvigelser() == []


def test_they_agree_when_a_unit_has_left_its_klynge_or_district(v, aftaler):
    for til in (v.center.tilknytninger.get(til=v.klynge), v.center.distriktstilknytninger.get(distrikt=v.distrikt)):
        afslut_tilknytning(tilknytning=til, gyldig_til=tid.i_dag(), af=None)
    assert alle_afvigelser() == []
    assert not maa(v.centerleder, Handling.OPRET_AFTALE, v.distrikt)
    assert maa(v.centerleder, Handling.OPRET_AFTALE, v.nabodistrikt)


def test_a_klyngeleder_whose_member_has_left_reads_its_drafts_no_more(v):
    """D28: own klynge's units, by the links of today."""
    aftale = byg.kladde(v, enheder=[v.skole, v.kkfo, v.boernehus])
    assert maa(v.klyngeleder, Handling.LAES, aftale)
    afslut_tilknytning(tilknytning=v.boernehus.tilknytninger.get(til=v.klynge), gyldig_til=tid.i_dag(), af=None)
    assert not maa(v.klyngeleder, Handling.LAES, byg.frisk(aftale))
    assert not Aftale.objects.synlige_for(v.klyngeleder, Handling.LAES).exists()
    assert alle_afvigelser() == []


def test_they_agree_when_units_have_closed(v, aftaler):
    for lukket in (v.boernehus, v.center, v.skole, v.klynge):
        luk_enhed(enhed=lukket, gyldig_til=tid.i_dag(), af=None)
    assert alle_afvigelser() == []


def test_they_agree_for_a_unit_without_any_links(v, aftaler):
    alene = enhed("Den Frie Skole", ejerform=Enhed.Ejerform.PRIVAT)
    rolle(person("Asta Alene"), Rolle.SKOLELEDER, alene)
    rolle(person("Mads Alene"), Rolle.MEDARBEJDER, enhed("Klynge Tom", Art.KLYNGE))
    assert alle_afvigelser() == []


def test_they_agree_for_delegates_and_resource_persons(v, aftaler):
    """S34, S31: in one forum only, and only while the employment it rests on lasts (S54)."""
    rc, plc, team = forumbyg.forum(v.skole), forumbyg.forum(v.skole, forumbyg.Art.PLC), forumbyg.forum(v.klynge)
    forhen, vikar = person("Finn Forhen"), person("Vera Vikar")
    rolle(forhen, Rolle.MEDARBEJDER, v.center, til=tid.i_dag())
    rolle(vikar, Rolle.MEDARBEJDER, v.center)
    for hvem in (v.teamkoordinator, forhen, v.udenfor):
        forumbyg.delegation(v.center, v.skole, hvem)
    forumbyg.delegation(v.center, v.naboskole, vikar, fra=tid.i_dag() + timedelta(days=1))
    forumbyg.ressourceperson(rc, v.sundhedsplejerske)
    forumbyg.ressourceperson(plc, v.vejleder, v.skole)
    forumbyg.ressourceperson(rc, v.nabokoordinator, v.naboskole)
    forumbyg.ressourceperson(team, v.medarbejder, v.kkfo)
    forumbyg.ressourceperson(team, forhen, v.center)
    assert alle_afvigelser() == []
    assert maa(v.sundhedsplejerske, Handling.SE_FORUM, rc)
    assert not maa(v.sundhedsplejerske, Handling.SE_FORUM, plc)
    assert not maa(forhen, Handling.SE_FORUM, rc)
    assert not maa(v.udenfor, Handling.SE_FORUM, rc)
    forumbyg.forlad(v.center, v.skole)
    luk_enhed(enhed=v.klynge, gyldig_til=tid.i_dag(), af=None)
    assert alle_afvigelser() == []


def test_a_closed_or_expired_account_sees_nothing_and_may_nothing(v, aftaler):
    """S54: whatever roles the register still holds."""
    luk_person(person=v.skoleleder, af=None)
    ret_person(person=v.forvaltning, af=None, udloeber_den=tid.i_dag())
    for hvem in Person.objects.filter(pk__in=[v.skoleleder.pk, v.forvaltning.pk]):
        for model in PREFETCH:
            for handling in Handling:
                assert not model.objects.synlige_for(hvem, handling).exists()
                assert not any(maa(hvem, handling, ting) for ting in model.objects.all())
    assert alle_afvigelser() == []
