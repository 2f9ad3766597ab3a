"""The backlog of a forum: propose, accept, take on a meeting, close, pass on. The proposer hears what came of it."""

from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.anmodningsgang import laas_ubesvarede
from moeder.actions.anmodningssvar import besvar_med_punktet
from moeder.actions.laas import laas_moede
from moeder.actions.punkter import kraev_plads, opret, sidste_plads
from moeder.actions.punktfolk import flyt_anmodninger, foelg_med_fra_koeen, lad_bortfalde, opdaterede_tider
from moeder.actions.punktpost import fortael_forslagsstiller, fortael_om_forslag
from moeder.actions.punktregler import kraev_aaben_dagsorden, kraev_niveau, laas_punkt
from moeder.models import Moede, Punkt
from moeder.models.faelles import Niveau
from moeder.queries.punkter import andre_fora, mine_enheder_i
from moeder.states import Punktovergang, Punkttilstand
from ressourcecenter.actions.koordinatorer import laas_forum
from ressourcecenter.models import Forum
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling
from samarbejde.prosa import har_personnummer
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

FLEST_FORSLAG = 30
# To answer somebody who proposed is not to prepare a meeting: a forbereder does not (decision 10).
SVAR = Handling.BESVAR_ANMODNING


@transaction.atomic
def foreslaa_punkt(
    *, forum: Forum, af: Person, enhed: Enhed | None = None, noegle: UUID | None = None, **felter: Any
) -> Punkt:
    """Anybody attached proposes an item for the backlog, for their unit (S39, S23); the same form twice is one."""
    laast = laas_forum(forum, af, Handling.FORESLAA_PUNKT)
    egne = Punkt.objects.filter(forum=laast, foreslaaet_af=af)
    if findes := egne.filter(noegle=noegle).first():
        return findes
    _kraev_rimeligt_antal(egne.filter(tilstand=Punkttilstand.FORESLAAET).count())
    kraev_niveau(felter["niveau"], laast)
    punkt = Punkt(forum=laast, tilstand=Punkttilstand.FORESLAAET, foreslaaet_af=af, noegle=noegle or uuid4())
    punkt.foreslaaet_for = _for_enheden(laast, af, enhed)
    opret(punkt, felter)
    noter(af=af, navn="foreslaa_punkt", objekt=punkt, saetning=f"Punktet er foreslået til {laast}.")
    fortael_om_forslag(laast, af)
    return punkt


@transaction.atomic
def gem_til_senere(*, punkt: Punkt, af: Person) -> Punkt:
    """Accept a proposal: it waits for a meeting."""
    laast = laas_punkt(punkt, af, SVAR)
    if laast.tilstand == Punkttilstand.VENTER:
        return laast
    if laast.moede is not None:
        raise IkkeMuligtError("Punktet er på en dagsorden. Udsæt det, hvis det skal vente.")
    skift(laast, Punktovergang.GEM_TIL_SENERE)
    laast.save(update_fields=["tilstand"])
    noter(af=af, navn="gem_til_senere", objekt=laast, saetning="Forslaget er taget imod og venter på et møde.")
    fortael_forslagsstiller(laast, af, "er taget imod og venter på et møde")
    return laast


@transaction.atomic
def tag_paa(*, punkt: Punkt, moede: Moede, af: Person) -> Punkt:
    """Take an item from the backlog onto a coming meeting of the forum. Its own invitees follow (S33), and requests
    that came back with it are answered by it (S39).
    """
    moedet = laas_moede(moede, af, Handling.PLANLAEG_MOEDE)
    if Punkt.objects.filter(pk=punkt.pk, moede=moedet, tilstand=Punkttilstand.PAA_DAGSORDEN).exists():
        return Punkt.objects.get(pk=punkt.pk)
    ventende = laas_ubesvarede(punkt)
    laast = laas_punkt(punkt, af)
    kraev_kommende(laast, moedet)
    kraev_plads(moedet)
    skift(laast, Punktovergang.TAG_PAA)
    laast.moede, laast.forum, laast.medforum = moedet, moedet.forum, moedet.medforum
    laast.plads, laast.ansvarlig = sidste_plads(moedet), None
    laast.save(update_fields=["tilstand", "moede", "forum", "medforum", "plads", "ansvarlig"])
    foelg_med_fra_koeen(laast, moedet, af)
    noter(af=af, navn="tag_paa", objekt=laast, saetning=f"Punktet er sat på dagsordenen: {moedet.kort_navn}.")
    besvarede = besvar_med_punktet(ventende, moedet, af)
    if not any(en.person_id == laast.foreslaaet_af_id for svar in besvarede for en in svar.anmodere.all()):
        fortael_forslagsstiller(laast, af, "er sat på dagsordenen for et møde")
    return laast


@transaction.atomic
def luk_punkt(*, punkt: Punkt, af: Person, grund: str = "") -> Punkt:
    """Close an item undealt with, for a reason that the proposer sees; nothing is written about a child."""
    laast = laas_punkt(punkt, af, SVAR)
    _kraev_grund(laast, grund)
    _faerdigt(laast, Punktovergang.LUK, grund, af)
    flyt_anmodninger(laast, None, af)
    noter(af=af, navn="luk_punkt", objekt=laast, saetning="Punktet er lukket.", felter={"grund": ("", grund)})
    fortael_forslagsstiller(laast, af, "er lukket uden behandling. Begrundelsen står på siden")
    return laast


@transaction.atomic
def giv_punkt_videre(*, punkt: Punkt, forum: Forum, af: Person, grund: str = "") -> Punkt:
    """Pass it on to a forum where one could propose it oneself: a new proposal there, by the same proposer."""
    laast = laas_punkt(punkt, af, SVAR)
    nyt_sted = Forum.objects.select_related("enhed").get(pk=forum.pk)
    if not andre_fora(laast, af).filter(pk=nyt_sted.pk).exists():
        raise ValidationError({"forum": "Punktet kan ikke gives videre dertil. Vælg et forum fra listen."})
    kraev_niveau_i(laast, nyt_sted)
    _kraev_grund(laast, grund)
    _faerdigt(laast, Punktovergang.GIV_VIDERE, grund, af)
    flyt_anmodninger(laast, None, af)
    nyt = kopi(laast, forum=nyt_sted, medforum=None, tilstand=Punkttilstand.FORESLAAET, udsat_antal=0)
    saetning = f"Punktet er givet videre til {nyt_sted}."
    noter(af=af, navn="giv_punkt_videre", objekt=laast, saetning=saetning, felter={"grund": ("", grund)})
    noter(af=af, navn="giv_punkt_videre", objekt=nyt, saetning=f"Punktet er givet videre fra {laast.forum}.")
    fortael_forslagsstiller(laast, af, f"er givet videre til {nyt_sted}")
    fortael_om_forslag(nyt_sted, af)
    return nyt


# --- shared with putting off -------------------------------------------------------------------------------------
INDHOLD = ("niveau", "art", "tema", "titel", "spoergsmaal", "beskrivelse", "beskrivelse_html", "minutter", "er_runde")


def kopi(punkt: Punkt, **sted: Any) -> Punkt:
    """The same item as a new row elsewhere, by the same proposer."""
    indhold = {felt: getattr(punkt, felt) for felt in INDHOLD}
    hvem = {"foreslaaet_af_id": punkt.foreslaaet_af_id, "foreslaaet_for_id": punkt.foreslaaet_for_id}
    nyt = Punkt.objects.create(**indhold, **hvem, **sted)
    nyt.fagligheder.set(punkt.fagligheder.all())
    return nyt


def kraev_kommende(punkt: Punkt, moede: Moede) -> None:
    """A coming meeting of the same forum that may hold an item of this level."""
    if not {punkt.forum_id, punkt.medforum_id} & {moede.forum_id, moede.medforum_id} - {None}:
        raise ValidationError({"moede": "Mødet er i et andet forum. Giv punktet videre i stedet."})
    if not moede.er_kommende or moede.er_begyndt():
        raise ValidationError({"moede": "Mødet er begyndt, holdt eller aflyst. Vælg et, der kommer."})
    try:
        kraev_niveau(punkt.niveau, moede.forum, moede)
    except ValidationError as fejl:
        raise ValidationError({"moede": fejl.messages}) from fejl


def kraev_niveau_i(punkt: Punkt, forum: Forum) -> None:
    try:
        kraev_niveau(punkt.niveau, forum)
    except ValidationError as fejl:
        raise ValidationError({"forum": fejl.messages}) from fejl


def _faerdigt(punkt: Punkt, overgang: Punktovergang, grund: str, af: Person) -> None:
    """It leaves the backlog or the agenda; whoever was invited to it alone is told."""
    if punkt.moede is not None:
        kraev_aaben_dagsorden(punkt.moede)
    with opdaterede_tider(punkt.moede, af):
        skift(punkt, overgang)
        punkt.grund = grund
        punkt.save(update_fields=["tilstand", "grund"])
    if punkt.moede is not None:
        lad_bortfalde(punkt, punkt.moede, af)


def _kraev_grund(punkt: Punkt, grund: str) -> None:
    if punkt.niveau == Niveau.ENKELTBARN:
        if grund:
            raise ValidationError({"grund": "Skriv ikke om barnet her. Lad feltet stå tomt."})
    elif not grund.strip():
        raise ValidationError({"grund": "Skriv en grund. Den, der foreslog punktet, kan læse den."})
    if har_personnummer(grund):
        raise ValidationError({"grund": "Her må ikke stå personnumre, og der står noget, der ligner et. Slet det."})


def _kraev_rimeligt_antal(antal: int) -> None:
    if antal >= FLEST_FORSLAG:
        raise ValidationError(f"Du har {FLEST_FORSLAG} forslag, der venter på svar. Tal med koordinatoren om dem.")


def _for_enheden(forum: Forum, af: Person, enhed: Enhed | None) -> Enhed | None:
    """The unit it is proposed for; none for a resource person from outside."""
    mulige = mine_enheder_i(forum, af)
    if enhed is not None and enhed not in mulige:
        raise ValidationError({"enhed": "Vælg den enhed, du foreslår punktet for."})
    return enhed or (mulige[0] if mulige else None)
