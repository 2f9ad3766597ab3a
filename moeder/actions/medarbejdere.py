"""Staff at items (S33, S35, case 44): the leader's yes or no, and what becomes of it when the item moves (case 11)."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from moeder.actions.deltagerlaas import laas_deltager
from moeder.actions.rundt import fortael_fjernede, fortael_inviterede
from moeder.models import Deltager, Moede, Punkt
from moeder.states import Deltagelse, Deltagelsesovergang
from ressourcecenter.repraesentation import Repraesentanter
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, Rolle
from samarbejde.roller import mine_roller
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

LEDEREN_AFGOER = "Enheden har en leder, som selv afgør, hvem der deltager. Tal med lederen."


@transaction.atomic
def bekraeft_medarbejder(*, deltager: Deltager, af: Person) -> Deltager:
    laast = laas_deltager(deltager, af, Handling.BEKRAEFT_MEDARBEJDER)
    kraev_afgoerelse(laast, af)
    skift(laast, Deltagelsesovergang.BEKRAEFT)
    laast.save(update_fields=["tilstand"])
    saetning = f"{laast} deltager for {laast.enhed}: {laast.grund}."
    noter(af=af, navn="bekraeft_medarbejder", objekt=laast, rod=laast.moede, saetning=saetning)
    fortael_inviterede(laast.moede, [laast])
    return laast


@transaction.atomic
def afvis_medarbejder(*, deltager: Deltager, grund: str, af: Person) -> Deltager:
    laast = laas_deltager(deltager, af, Handling.BEKRAEFT_MEDARBEJDER)
    kraev_afgoerelse(laast, af)
    if not grund:
        raise ValidationError({"grund": "Skriv kort hvorfor, så den, der indkalder, kan finde en anden."})
    skift(laast, Deltagelsesovergang.AFVIS)
    laast.svar_tekst, laast.svar_den = grund, tid.nu()
    laast.save(update_fields=["tilstand", "svar_tekst", "svar_den"])
    saetning = f"{laast} deltager ikke, siger lederen: {grund}"
    noter(af=af, navn="afvis_medarbejder", objekt=laast, rod=laast.moede, saetning=saetning)
    return laast


def kraev_afgoerelse(laast: Deltager, af: Person) -> None:
    """Decisions 2 and 3: klyngeleder or skoleleder act only while the post really is vacant."""
    egne = mine_roller(af).enheder.get(laast.enhed_id or 0, frozenset())
    if egne & {Rolle.FRITIDSLEDER, Rolle.DAGTILBUDSLEDER}:
        return
    if not Repraesentanter([laast.enhed]).er_ledig(laast.enhed, tid.i_dag()):
        raise IkkeMuligtError(LEDEREN_AFGOER)


# --- the item moves, or is gone ----------------------------------------------------------------------------------
@transaction.atomic
def flyt_med_punkt(*, fra: Punkt, til: Punkt, af: Person) -> None:
    """Invitations to items follow: `til` is the row of the same matter on another meeting, whose lock is held."""
    moede = til.moede
    if moede is None:
        return
    nye = [_paa_det_nye(en, moede, til) for en in _inviterede_til(fra)]
    for en in nye:
        noter(af=af, navn="flyt_med_punkt", objekt=en, rod=moede, saetning=f"{en} følger med punktet.")
    fortael_inviterede(moede, nye)
    if fra.moede is not None and fra.moede.er_kommende:
        _slip(fra, af)


@transaction.atomic
def slip_punkt(*, punkt: Punkt, af: Person) -> None:
    """The item is gone: an invitation to nothing else lapses, and whoever had it is told."""
    _slip(punkt, af)


def _inviterede_til(punkt: Punkt) -> QuerySet[Deltager]:
    staar = [Deltagelse.FORESLAAET, Deltagelse.INVITERET, Deltagelse.ACCEPTERET, Deltagelse.AFBUD]
    egne = punkt.deltagere.filter(kun_punkter=True, tilstand__in=[*staar, Deltagelse.DELTOG, Deltagelse.DELTOG_IKKE])
    return egne.select_related("moede__forum__enhed", "enhed", "person").order_by("pk")


def _paa_det_nye(gammel: Deltager, moede: Moede, punkt: Punkt) -> Deltager:
    ventede = gammel.tilstand == Deltagelse.FORESLAAET
    felter = {"art": gammel.art, "enhed": gammel.enhed, "grund": gammel.grund, "kun_punkter": True}
    felter["tilstand"] = Deltagelse.FORESLAAET if ventede else Deltagelse.INVITERET
    ny, _ = Deltager.objects.get_or_create(moede=moede, person=gammel.person, defaults=felter)
    if ny.kun_punkter:
        if ny.tilstand == Deltagelse.BORTFALDET:
            skift(ny, Deltagelsesovergang.FORESLAA if ventede else Deltagelsesovergang.TAG_MED)
            ny.save(update_fields=["tilstand"])
        ny.punkter.add(punkt)
    return ny


def _slip(punkt: Punkt, af: Person) -> None:
    for en in _inviterede_til(punkt):
        en.punkter.remove(punkt)
        if en.punkter.exists() or not en.moede.er_kommende:
            continue
        skift(en, Deltagelsesovergang.BORTFALD)
        en.save(update_fields=["tilstand"])
        saetning = f"{en} er ikke længere inviteret: punktet er ikke på dagsordenen."
        noter(af=af, navn="slip_punkt", objekt=en, rod=en.moede, saetning=saetning)
        fortael_fjernede(en.moede, [en])
