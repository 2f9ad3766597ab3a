"""Whoever does not write the agreement proposes a tiltag; a party's leader takes it in, or says why not."""

from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions.laas import laas
from aftaler.actions.skrivning import skriv_aktivitet
from aftaler.historik import KLADDESPOR
from aftaler.models import Aftale, Aktivitet, Delmaal
from aftaler.queries import svarer_for
from aftaler.samskrivning import Forslagsovergang, Tiltagsforslag
from aftaler.samtale import egen_enhed
from aftaler.states import LEVENDE, Overgang
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, KonfliktError, skift

VAEK = "Delmålet er slettet, mens du skrev. Vælg et andet delmål."
DELMAAL_VAEK = "Delmålet, som tiltaget hører til, er slettet. Afvis forslaget, eller skriv selv tiltaget et andet sted."
LUKKET = "Aftalen er ikke længere under arbejde, så forslaget kan ikke besvares."


@transaction.atomic
def foreslaa_tiltag(
    *, aftale: Aftale, af: Person, noegle: UUID, delmaal: str, titel: str, beskrivelse: str
) -> Tiltagsforslag:
    """A wish for the draft, under one of its sub-goals. The same form sent twice is one proposal, and one mail."""
    laast = laas(aftale)
    kraev_ret(af, Handling.FORESLAA_TILTAG, laast)
    skift(laast, Overgang.RET)
    findes = Tiltagsforslag.objects.filter(noegle=noegle).first()
    if findes and (findes.af_id, findes.aftale_id) == (af.pk, laast.pk):
        return findes
    under = Delmaal.objects.filter(maal__aftale=laast, noegle=delmaal).first()
    if under is None:
        raise ValidationError({"delmaal": VAEK})
    ny = Tiltagsforslag(noegle=uuid4() if findes else noegle, aftale=laast, delmaal=under.noegle, om=under.titel, af=af)
    ny.titel, ny.beskrivelse, ny.enhed = titel, beskrivelse, egen_enhed(laast, af)
    ny.save()
    saetning = f"Tiltaget «{titel}» er foreslået under delmålet «{under.titel}»."
    noter(spor=KLADDESPOR, af=af, navn="foreslaa_tiltag", objekt=ny, rod=laast, saetning=saetning)
    _fortael_lederen(ny)
    return ny


@transaction.atomic
def tag_tiltag_med(*, forslag: Tiltagsforslag, af: Person) -> Aktivitet:
    """It becomes an activity by the rules of writing one; the trail names who proposed it. Twice is once."""
    laast, egen = _laas_forslag(forslag, af)
    if findes := Aktivitet.objects.filter(delmaal__maal__aftale=laast, noegle=egen.noegle).first():
        return findes
    skift(egen, Forslagsovergang.TAG_MED)
    tiltag = _skriv(laast, egen, af)
    _gem_svar(egen, af)
    saetning = f"Tiltaget «{egen.titel}», foreslået af {_hvem(egen)}, er taget med under delmålet «{egen.om}»."
    noter(spor=KLADDESPOR, af=af, navn="tag_tiltag_med", objekt=egen, rod=laast, saetning=saetning)
    _fortael_forslagsstiller(egen)
    return tiltag


@transaction.atomic
def afvis_tiltag(*, forslag: Tiltagsforslag, af: Person, grund: str) -> Tiltagsforslag:
    """With a reason that the proposer reads; the draft is as it was. The reason stays out of the trail, which opens."""
    laast, egen = _laas_forslag(forslag, af)
    if laast.tilstand not in LEVENDE:
        raise IkkeMuligtError(LUKKET)
    skift(egen, Forslagsovergang.AFVIS)
    egen.grund = grund
    _gem_svar(egen, af)
    saetning = f"Tiltaget «{egen.titel}», foreslået af {_hvem(egen)}, er ikke taget med."
    noter(spor=KLADDESPOR, af=af, navn="afvis_tiltag", objekt=egen, rod=laast, saetning=saetning)
    _fortael_forslagsstiller(egen)
    return egen


def _laas_forslag(forslag: Tiltagsforslag, af: Person) -> tuple[Aftale, Tiltagsforslag]:
    laast = laas(forslag.aftale)
    egen = Tiltagsforslag.objects.select_related("af", "enhed").get(pk=forslag.pk)
    egen.aftale = laast
    kraev_ret(af, Handling.SKRIV_AFTALE, egen)
    return laast, egen


def _skriv(aftale: Aftale, forslag: Tiltagsforslag, af: Person) -> Aktivitet:
    felter = {"titel": forslag.titel, "beskrivelse": forslag.beskrivelse, "art": Aktivitet.Art.TILTAG, "tegn": ""}
    felter |= {"fra": None, "til_og_med": None}
    sted = {"delmaal": forslag.delmaal, "noegle": forslag.noegle, "version": 0}
    try:
        return skriv_aktivitet(aftale=aftale, af=af, ansvarlige=(), **sted, **felter)
    except KonfliktError:
        raise IkkeMuligtError(DELMAAL_VAEK) from None


def _gem_svar(forslag: Tiltagsforslag, af: Person) -> None:
    forslag.svar_af, forslag.svar_den = af, tid.nu()
    forslag.save(update_fields=["tilstand", "svar_af", "svar_den", "grund"])


def _hvem(forslag: Tiltagsforslag) -> str:
    return f"{forslag.af.navn}, {forslag.enhed.navn}" if forslag.enhed else forslag.af.navn


# --- mail --------------------------------------------------------------------------------------------------------
def _fortael_lederen(forslag: Tiltagsforslag) -> None:
    """Whoever leads or acts for the proposer's own unit; any party's leader may answer."""
    tekst = (
        f"{_hvem(forslag)} har foreslået et tiltag til kladden. Tag det med, eller svar, hvorfor det ikke kommer med."
    )
    for rolle in svarer_for(forslag.enhed) if forslag.enhed else ():
        _fortael(rolle.user, forslag, "foreslaa_tiltag", "Der er foreslået et tiltag", tekst)


def _fortael_forslagsstiller(forslag: Tiltagsforslag) -> None:
    tekst = "Dit forslag til et tiltag er besvaret. Du kan læse svaret på aftalens side med forslag."
    _fortael(forslag.af, forslag, "svar_paa_tiltag", "Dit forslag er besvaret", tekst)


def _fortael(til: Person, forslag: Tiltagsforslag, hvad: str, emne: str, tekst: str) -> None:
    underret(
        til=til,
        emne=f"{emne}: {forslag.aftale}",
        tekst=tekst,
        adresse=forslag.get_absolute_url(),
        noegle=f"{hvad}:{forslag.pk}:{til.pk}",
        levering=Levering.SAMLET,
    )
