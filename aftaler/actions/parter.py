from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from aftaler.aarshjul import aabne_skoleaar
from aftaler.actions.kopi import kopier_tekst
from aftaler.actions.laas import laas
from aftaler.models import Aftale, Aftalepart
from aftaler.queries import PARTSARTER, ansvarlig_for, ledere_af, levende_aftale
from aftaler.states import Overgang
from samarbejde import tid
from samarbejde.formater import opremsning
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.roller import glem_roller
from samarbejde.skolekalender import skoleaar_navn
from samarbejde.spor import noter
from samarbejde.tilstande import skift

FLEST_PARTER = 60


@dataclass
class FindesAlleredeError(Exception):
    """The district has its agreement for that year already (S7): the second one is sent to the first."""

    aftale: Aftale


@dataclass(frozen=True)
class Partsvalg:
    """A unit chosen as party; `begrundelse` is needed when the unit has no link to the district (S8)."""

    enhed: Enhed
    begrundelse: str = ""


@transaction.atomic
def opret_aftale(
    *,
    distrikt: Skoledistrikt,
    skoleaar: int,
    af: Person,
    tovholder: Enhed,
    parter: Iterable[Partsvalg],
    fra: Aftale | None = None,
) -> Aftale:
    """Start the year's agreement (S7, D1), if one likes with the text of the one before. Any leader in the district
    may; two at once get the same one.
    """
    glem_roller()
    laast = Skoledistrikt.objects.select_for_update().get(pk=distrikt.pk)
    kraev_ret(af, Handling.OPRET_AFTALE, laast)
    if not laast.gaelder():
        raise ValidationError(f"Distriktet {laast} er lukket, så der kan ikke oprettes en aftale.")
    if fundet := levende_aftale(laast, skoleaar):
        raise FindesAlleredeError(fundet)
    if skoleaar not in aabne_skoleaar(tid.i_dag()):
        aabne = opremsning([skoleaar_navn(aar) for aar in aabne_skoleaar(tid.i_dag())])
        raise ValidationError(f"Der kan ikke oprettes en aftale for {skoleaar_navn(skoleaar)} nu, kun for {aabne}.")
    _kraev_tovholder(tovholder, laast)
    nummer = Aftale.objects.filter(distrikt=laast, skoleaar=skoleaar).aggregate(Max("nummer"))["nummer__max"] or 0
    aftale = Aftale.objects.create(distrikt=laast, skoleaar=skoleaar, nummer=nummer + 1, tovholder=tovholder)
    _saet_parter(aftale, list(parter))
    saetning = f"Aftalen {aftale} er oprettet."
    if fra is not None:
        kraev_ret(af, Handling.LAES, fra)
        kopier_tekst(fra, aftale)
        saetning += f" Den begynder med teksten fra {skoleaar_navn(fra.skoleaar)}."
    noter(af=af, navn="opret_aftale", objekt=aftale, saetning=saetning)
    _fortael_lederne(aftale, af)
    return aftale


@transaction.atomic
def vaelg_parter(*, aftale: Aftale, af: Person, parter: Iterable[Partsvalg]) -> Aftale:
    """Choose the parties of a draft (S8). One that answers for an activity is freed before it can be left out."""
    laast = laas(aftale)
    kraev_ret(af, Handling.VAELG_PARTER, laast)
    skift(laast, Overgang.RET)
    foer = _navne(laast)
    _saet_parter(laast, list(parter))
    if (efter := _navne(laast)) != foer:
        noter(
            af=af, navn="vaelg_parter", objekt=laast, saetning="Parterne er ændret.", felter={"parter": (foer, efter)}
        )
    return laast


def _navne(aftale: Aftale) -> str:
    return opremsning(Aftalepart.objects.filter(aftale=aftale).values_list("enhed__navn", flat=True))


def _kraev_tovholder(tovholder: Enhed, distrikt: Skoledistrikt) -> None:
    i_distriktet = distrikt.tilknytninger.gaeldende().filter(enhed=tovholder).exists()
    if tovholder.art != Enhed.Art.SKOLE or tovholder.er_privat or not i_distriktet:
        raise ValidationError({"tovholder": "Tovholderen skal være en af distriktets egne folkeskoler. Vælg igen."})


def _saet_parter(aftale: Aftale, valg: list[Partsvalg]) -> None:
    valgte = {ting.enhed.pk: ting for ting in valg}
    _tjek_valg(aftale, valgte)
    gamle = {part.enhed_id: part for part in Aftalepart.objects.filter(aftale=aftale).select_related("enhed")}
    for enhed_id in gamle.keys() - valgte.keys():
        _fjern_part(aftale, gamle[enhed_id])
    for enhed_id, ting in valgte.items():
        frivillig, grund = ting.enhed.er_privat, ting.begrundelse
        if enhed_id not in gamle:
            Aftalepart.objects.create(aftale=aftale, enhed=ting.enhed, er_frivillig=frivillig, begrundelse=grund)
        elif gamle[enhed_id].begrundelse != grund:
            Aftalepart.objects.filter(pk=gamle[enhed_id].pk).update(begrundelse=grund)


def _tjek_valg(aftale: Aftale, valgte: dict[int, Partsvalg]) -> None:
    if aftale.tovholder_id not in valgte:
        raise ValidationError({"parter": "Tovholderskolen skal selv være part. Sæt kryds ved den."})
    if len(valgte) > FLEST_PARTER:
        raise ValidationError({"parter": f"En aftale kan højst have {FLEST_PARTER} parter."})
    i_distriktet = set(aftale.distrikt.tilknytninger.gaeldende().values_list("enhed_id", flat=True))
    for pk, ting in valgte.items():
        kraev_mulig_part(ting, pk in i_distriktet)


def kraev_mulig_part(valg: Partsvalg, i_distriktet: bool) -> None:
    """S8: an open school of the district or an institution, and a reason for one without a link to the district."""
    enhed = valg.enhed
    if enhed.art not in PARTSARTER or not enhed.gaelder():
        raise ValidationError({"parter": f"{enhed} kan ikke være part: det kan kun åbne skoler og institutioner."})
    if not i_distriktet and enhed.art == Enhed.Art.SKOLE:
        raise ValidationError({"parter": f"{enhed} hører ikke til distriktet og kan derfor ikke være part."})
    if not i_distriktet and not valg.begrundelse:
        raise ValidationError({"parter": f"Skriv, hvorfor {enhed} er part uden at høre til distriktet."})


def _fjern_part(aftale: Aftale, part: Aftalepart) -> None:
    if optaget := ansvarlig_for(aftale, part.enhed):
        besked = f"{part.enhed} er ansvarlig for aktiviteten «{optaget}». Vælg en anden ansvarlig, før parten tages ud."
        raise ValidationError({"parter": besked})
    if part.godkendelser.exists():
        besked = f"{part.enhed} har godkendt en tidligere tekst, og den godkendelse skal kunne findes. Parten må blive."
        raise ValidationError({"parter": f"{besked} Ellers må aftalen annulleres og oprettes igen."})
    part.delete()


def _fortael_lederne(aftale: Aftale, af: Person) -> None:
    enheder = aftale.parter.values_list("enhed_id", flat=True)
    for tildeling in ledere_af(enheder):
        if tildeling.user_id != af.pk:
            underret(
                til=tildeling.user,
                emne=f"Kladden til årets aftale er åben: {aftale}",
                tekst="Du kan nu skrive med på kladden til årets aftale om Stærkt samarbejde.",
                adresse=aftale.get_absolute_url(),
                noegle=f"opret_aftale:{aftale.pk}:{tildeling.user_id}",
                levering=Levering.SAMLET,
            )
