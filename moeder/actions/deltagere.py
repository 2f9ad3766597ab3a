"""The list of a meeting: who is invited, to what, and why (S32, S33, S36, S37, S48)."""

from collections.abc import Collection, Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.deltagerlaas import laas_deltager, laas_listen, nulstil_svar
from moeder.actions.invitation import inviter
from moeder.actions.rundt import fortael_fjernede, fortael_inviterede
from moeder.invitationsregler import (
    MEDARBEJDER_UDEN_PUNKT,
    UDEN_GRUNDLAG,
    Kandidat,
    er_paa_tvaers,
    fremmed_sag,
    hindring,
    mangler_grundlag,
    niveau_hindring,
    noegle,
)
from moeder.models import Deltager, Moede, Punkt
from moeder.queries.grundlag import mulige_grundlag
from moeder.queries.kandidater import PAA_LISTEN, mulige
from moeder.states import Deltagelse, Deltagelsesovergang, Punkttilstand
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

Art = Deltager.Art
FASTE = frozenset({Art.LEDELSE, Art.FAST})
FLEST = 100
FOR_MANGE = f"Der kan højst være {FLEST} på mødets liste. Vælg færre, eller del mødet i to."


@transaction.atomic
def tilfoej_deltager(
    *,
    moede: Moede,
    art: str,
    person: Person | None,
    enhed: Enhed | None = None,
    punkter: Collection[Punkt] = (),
    grund: str = "",
    af: Person,
) -> Deltager:
    """Invite one of those who can be (`queries.kandidater`), to the whole meeting or to these items of it."""
    noegler = [noegle(art, person, enhed)]
    return tilfoej_deltagere(moede=moede, noegler=noegler, punkter=punkter, grund=grund, af=af)[0]


@transaction.atomic
def tilfoej_deltagere(
    *,
    moede: Moede,
    noegler: Sequence[str],
    punkter: Collection[Punkt] = (),
    grund: str = "",
    grundlag: tuple[str, int | None] | None = None,
    af: Person,
) -> list[Deltager]:
    """Invite several at once; each is named by the key that the list of candidates gave it. All or nobody.

    `grundlag`: the note and the activity of the agreement that an invitation to the other side rests on (S49).
    """
    laast = laas_listen(moede, af)
    if grundlag is not None:
        laast = skriv_grundlag(moede=laast, grundlag=grundlag[0], aktivitet_id=grundlag[1], af=af)
    valgte = _find(laast, noegler)
    egne = _paa_dagsordenen(laast, punkter)
    _kraev_plads(laast, len(valgte))
    for valgt in valgte:
        _kraev_regler(laast, valgt, egne)
    inviterede = [inviter(laast, valgt, egne, grund, af) for valgt in valgte]
    _skriv_ned(inviterede, af)
    fortael_inviterede(laast, inviterede)
    return inviterede


@transaction.atomic
def tilfoej_lokale(*, moede: Moede, navn: str, mail: str, af: Person) -> Deltager:
    """Decision 10: a meeting room is invited by its mail address, and its calendar answers."""
    laast = laas_listen(moede, af)
    _kraev_plads(laast, 1)
    if laast.deltagere.filter(art=Art.LOKALE, lokale_mail__iexact=mail, tilstand__in=PAA_LISTEN).exists():
        raise ValidationError({"mail": "Lokalet er allerede inviteret til mødet."})
    ny = Deltager.objects.create(moede=laast, art=Art.LOKALE, lokale=navn, lokale_mail=mail, grund="mødelokale")
    noter(af=af, navn="tilfoej_lokale", objekt=ny, rod=laast, saetning=f"{navn} er inviteret som lokale.")
    fortael_inviterede(laast, [ny])
    return ny


@transaction.atomic
def skriv_grundlag(*, moede: Moede, grundlag: str, aktivitet_id: int | None = None, af: Person) -> Moede:
    """S49: where it is agreed that the two sides invite each other."""
    laast = laas_listen(moede, af)
    if (laast.grundlag, laast.grundlag_aktivitet_id) == (grundlag, aktivitet_id):
        return laast
    if aktivitet_id and aktivitet_id not in {en.aktivitet.pk for en in mulige_grundlag(laast)}:
        raise ValidationError({"aktivitet": "Aktiviteten står ikke i en af distriktets aftaler. Vælg igen."})
    foer = laast.grundlag
    laast.grundlag, laast.grundlag_aktivitet_id = grundlag, aktivitet_id
    laast.save(update_fields=["grundlag", "grundlag_aktivitet"])
    saetning = "Det lokale grundlag for gæster er skrevet."
    noter(af=af, navn="skriv_grundlag", objekt=laast, saetning=saetning, felter={"grundlag": (foer, grundlag)})
    return laast


@transaction.atomic
def udelad(*, deltager: Deltager, grund: str, af: Person) -> Deltager:
    """S32, S37: a fixed participant is left out of one meeting, with the reason that its unit reads."""
    laast = laas_deltager(deltager, af, Handling.INDKALD)
    if laast.art not in FASTE:
        raise IkkeMuligtError("Kun en fast deltager udelades. Fjern invitationen i stedet.")
    if not grund:
        raise ValidationError({"grund": "Skriv kort, hvorfor deltageren ikke skal med denne gang."})
    skift(laast, Deltagelsesovergang.UDELAD)
    laast.udeladt_grund = grund
    laast.save(update_fields=["tilstand", "udeladt_grund"])
    noter(af=af, navn="udelad", objekt=laast, rod=laast.moede, saetning=f"{laast} er udeladt: {grund}")
    fortael_fjernede(laast.moede, [laast])
    return laast


@transaction.atomic
def tag_med(*, deltager: Deltager, af: Person) -> Deltager:
    """Take somebody who was left out back in."""
    laast = laas_deltager(deltager, af, Handling.INDKALD)
    if laast.art not in FASTE:
        raise IkkeMuligtError("Kun en fast deltager tages med igen her. Invitér på ny i stedet.")
    skift(laast, Deltagelsesovergang.TAG_MED)
    nulstil_svar(laast)
    laast.udeladt_grund = ""
    laast.save()
    noter(af=af, navn="tag_med", objekt=laast, rod=laast.moede, saetning=f"{laast} er taget med igen.")
    fortael_inviterede(laast.moede, [laast])
    return laast


@transaction.atomic
def fjern_deltager(*, deltager: Deltager, af: Person) -> Deltager:
    """Take an invitation back; a fixed participant is left out instead, with a reason."""
    laast = laas_deltager(deltager, af, Handling.INDKALD)
    if laast.art in FASTE:
        raise IkkeMuligtError("En fast deltager kan ikke fjernes. Udelad deltageren fra mødet med en grund i stedet.")
    skift(laast, Deltagelsesovergang.BORTFALD)
    laast.save(update_fields=["tilstand"])
    noter(af=af, navn="fjern_deltager", objekt=laast, rod=laast.moede, saetning=f"{laast} er ikke længere inviteret.")
    fortael_fjernede(laast.moede, [laast])
    laast.punkter.clear()  # taken back on purpose: it does not follow the items when they move
    return laast


# --- the rules -------------------------------------------------------------------------------------------------------
def _find(moede: Moede, noegler: Sequence[str]) -> list[Kandidat]:
    """Also a forged form names only those who belong near the forum."""
    kendte = {en.noegle: en for en in mulige(moede)}
    if not noegler:
        raise ValidationError({"hvem": "Vælg mindst én, der skal inviteres."})
    if not set(noegler) <= set(kendte):
        raise ValidationError({"hvem": "En af de valgte kan ikke inviteres til dette møde. Se listen igennem igen."})
    return [kendte[en] for en in dict.fromkeys(noegler)]


def _paa_dagsordenen(moede: Moede, punkter: Iterable[Punkt]) -> list[Punkt]:
    valgte = {punkt.pk for punkt in punkter}
    paa = {"moede": moede, "pk__in": valgte, "tilstand": Punkttilstand.PAA_DAGSORDEN}
    egne = list(Punkt.objects.filter(**paa).select_related("foreslaaet_for"))
    if len(egne) != len(valgte):
        raise ValidationError({"punkter": "Et af punkterne er ikke længere på dagsordenen. Vælg igen."})
    return egne


def _kraev_plads(moede: Moede, nye: int) -> None:
    if moede.deltagere.filter(tilstand__in=PAA_LISTEN).count() + nye > FLEST:
        raise ValidationError({"hvem": FOR_MANGE})


def _kraev_regler(moede: Moede, valgt: Kandidat, punkter: Sequence[Punkt]) -> None:
    if imod := hindring(moede, valgt):
        raise ValidationError({"hvem": imod})
    if mangler_grundlag(moede, valgt):
        raise ValidationError({"grundlag": UDEN_GRUNDLAG})
    if valgt.art == Art.MEDARBEJDER and not punkter:
        raise ValidationError({"punkter": MEDARBEJDER_UDEN_PUNKT})
    if fremmed := fremmed_sag(valgt, punkter):
        hos = f"«{fremmed.vist_titel}» er {fremmed.foreslaaet_for}s egen sag"
        raise ValidationError({"punkter": f"{hos}, og {valgt.person} arbejder ikke dér. Vælg et andet punkt."})
    if er_paa_tvaers(valgt, moede) and (imod := niveau_hindring(moede, _niveauer(moede))):
        raise ValidationError({"hvem": imod})


def _niveauer(moede: Moede) -> set[str]:
    aabne = moede.punkter.filter(tilstand=Punkttilstand.PAA_DAGSORDEN)
    return set(aabne.values_list("niveau", flat=True))


def _skriv_ned(inviterede: Iterable[Deltager], af: Person) -> None:
    for en in inviterede:
        hvad = "foreslået" if en.tilstand == Deltagelse.FORESLAAET else "inviteret"
        noter(af=af, navn="tilfoej_deltager", objekt=en, rod=en.moede, saetning=f"{en} er {hvad}: {en.grund}.")
