"""Talking about the draft beside its text: closed for writing once the agreement is entered, never deleted by it."""

from collections.abc import Iterable
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction

from aftaler.actions.laas import laas
from aftaler.actions.skrivning import AFSNIT
from aftaler.historik import KLADDESPOR
from aftaler.models import Aftale
from aftaler.samskrivning import Kommentar
from aftaler.samtale import egen_enhed, steder
from aftaler.states import LEVENDE
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret, maa
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.prosa import til_html
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

LUKKET = "Aftalen er ikke længere under arbejde, så der kan ikke skrives, løses eller genåbnes kommentarer."
VAEK = "Målet er slettet, mens du skrev. Vælg, hvad kommentaren så handler om."


@transaction.atomic
def kommenter(
    *, aftale: Aftale, af: Person, noegle: UUID, sted: str, tekst: str, naevnte: Iterable[Person] = ()
) -> Kommentar:
    """Say something about a text or a goal. The same form sent twice is one comment, and one mail to those mentioned.

    The trail opens to the whole district with the agreement, so it never holds the words.
    """
    laast = _laas_aaben(aftale)
    kraev_ret(af, Handling.KOMMENTER, laast)
    findes = Kommentar.objects.filter(noegle=noegle).first()
    if findes and (findes.af_id, findes.aftale_id) == (af.pk, laast.pk):
        return findes
    om = steder(laast, AFSNIT).get(sted)
    if om is None:
        raise ValidationError({"sted": VAEK})
    valgte = [person for person in naevnte if person.pk != af.pk]
    _kraev_laesere(valgte, laast)
    ny = Kommentar(noegle=uuid4() if findes else noegle, aftale=laast, sted=sted, om=om, af=af, tekst=tekst)
    ny.enhed, ny.tekst_html = egen_enhed(laast, af), til_html(tekst)
    ny.save()
    ny.naevnte.set(valgte)
    noter(
        spor=KLADDESPOR,
        af=af,
        navn="kommenter",
        objekt=ny,
        rod=laast,
        saetning=f"Der er skrevet en kommentar om «{om}».",
    )
    for person in valgte:
        _fortael_naevnt(person, ny)
    return ny


@transaction.atomic
def loes_kommentar(*, kommentar: Kommentar, af: Person) -> Kommentar:
    """By the one who wrote it or a party's leader; it stays readable. Twice is once."""
    return _vend(kommentar, af, "loes_kommentar", er_loest=True)


@transaction.atomic
def genaabn_kommentar(*, kommentar: Kommentar, af: Person) -> Kommentar:
    return _vend(kommentar, af, "genaabn_kommentar", er_loest=False)


def _vend(kommentar: Kommentar, af: Person, navn: str, *, er_loest: bool) -> Kommentar:
    laast = _laas_aaben(kommentar.aftale)
    egen = Kommentar.objects.get(pk=kommentar.pk)
    egen.aftale = laast
    kraev_ret(af, Handling.LOES_KOMMENTAR, egen)
    if bool(egen.loest_den) == er_loest:
        return egen
    egen.loest_den, egen.loest_af = (tid.nu(), af) if er_loest else (None, None)
    egen.save(update_fields=["loest_den", "loest_af"])
    hvad = "løst" if er_loest else "genåbnet"
    noter(spor=KLADDESPOR, af=af, navn=navn, objekt=egen, rod=laast, saetning=f"En kommentar om «{egen.om}» er {hvad}.")
    return egen


def _laas_aaben(aftale: Aftale) -> Aftale:
    laast = laas(aftale)
    if laast.tilstand not in LEVENDE:
        raise IkkeMuligtError(LUKKET)
    return laast


def _kraev_laesere(personer: Iterable[Person], aftale: Aftale) -> None:
    """A mail about a draft goes to nobody who may not open it (decision 11, case 43)."""
    uden = [person.navn for person in personer if not maa(person, Handling.LAES_KLADDE, aftale)]
    if uden:
        navne = " og ".join(uden)
        raise ValidationError(
            {"naevnte": f"{navne} kan ikke læse kladden og kan derfor ikke nævnes. Fjern krydset, og gem igen."}
        )


def _fortael_naevnt(person: Person, kommentar: Kommentar) -> None:
    underret(
        til=person,
        emne=f"Du er nævnt i en kommentar: {kommentar.aftale}",
        tekst=f"{kommentar.af.navn} har nævnt dig i en kommentar til kladden. Læs den, og svar dér.",
        adresse=kommentar.get_absolute_url(),
        noegle=f"kommenter:{kommentar.pk}:{person.pk}",
        levering=Levering.SAMLET,
    )
