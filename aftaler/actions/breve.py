"""The mails of an agreement: what has happened and whose turn it is, never a word of the text (D37)."""

from django.db.models import QuerySet

from aftaler import queries
from aftaler.ledighed import over
from aftaler.models import Aftale, Aftalepart
from aftaler.states import MANGLER_SVAR, Svar
from samarbejde import tid
from samarbejde.models import Person
from samarbejde.post import underret
from samarbejde.posttid import Levering

IGEN = "Teksten er ændret, siden I godkendte. Du kan se forskellen og godkende igen for {}."


def bed_om_svar(aftale: Aftale) -> None:
    for part in aftale.parter.filter(tilstand__in=MANGLER_SVAR).select_related("enhed"):
        tekst = IGEN if part.tilstand == Svar.BORTFALDET else "Aftalen venter på dit svar for {}."
        for leder in queries.svarer_for(part.enhed):
            underret(
                til=leder.user,
                emne=f"Godkend årets aftale: {aftale}",
                tekst=tekst.format(part.enhed),
                adresse=aftale.get_absolute_url(),
                noegle=f"bed_om_svar:{part.pk}:{aftale.tilstand_siden.timestamp()}:{leder.user_id}",
                levering=Levering.STRAKS,
            )


def mind_om_svar(part: Aftalepart, *, nummer: int, er_sidste: bool) -> int:
    """One reminder to whoever answers for the party; the same number twice is one mail."""
    aftale = part.aftale
    tekst = f"Aftalen venter stadig på dit svar for {part.enhed}."
    if er_sidste:
        tekst += " Det er den sidste påmindelse. Tovholderen kan indgå aftalen uden jer, og I kan tiltræde senere."
    breve = [
        underret(
            til=leder.user,
            emne=f"Aftalen venter på dit svar: {aftale}",
            tekst=tekst,
            adresse=aftale.get_absolute_url(),
            noegle=f"mind_om_svar:{part.pk}:{aftale.tilstand_siden.timestamp()}:{nummer}:{leder.user_id}",
            levering=Levering.SAMLET,
        )
        for leder in queries.svarer_for(part.enhed)
    ]
    return sum(brev is not None for brev in breve)


def fortael_tovholder(part: Aftalepart, aftale: Aftale, *, hvad: str, emne: str, tekst: str) -> None:
    """The ball is the tovholder's."""
    for leder in queries.ledere_af([aftale.tovholder_id]):
        _fortael(leder.user, part, aftale, hvad, emne, tekst, Levering.STRAKS)


def fortael_leder(part: Aftalepart, aftale: Aftale, *, hvad: str, emne: str, tekst: str) -> None:
    """Whoever answers for that party."""
    for leder in queries.svarer_for(part.enhed):
        _fortael(leder.user, part, aftale, f"{hvad}_leder", emne, tekst, Levering.SAMLET)


def _fortael(
    til: Person, part: Aftalepart, aftale: Aftale, hvad: str, emne: str, tekst: str, levering: Levering
) -> None:
    underret(
        til=til,
        emne=f"{emne}: {aftale}",
        tekst=tekst,
        adresse=aftale.get_absolute_url(),
        noegle=f"{hvad}:{part.pk}:{tid.nu().timestamp()}:{til.pk}",
        levering=levering,
    )


def fortael(
    aftale: Aftale, hvad: str, emne: str, tekst: str, af: Person | None, *, undtagen: Aftalepart | None = None
) -> None:
    """Every leader of a party but the one who did it; not of a party that left, nor of one that is told by itself."""
    parter = aftale.parter.exclude(tilstand=Svar.UDTRAADT).exclude(pk=undtagen.pk if undtagen else None)
    for person in lederne(parter.values("enhed")):
        if af is None or person.pk != af.pk:
            underret(
                til=person,
                emne=emne,
                tekst=tekst,
                adresse=aftale.get_absolute_url(),
                noegle=f"{hvad}:{aftale.pk}:{aftale.tilstand_siden.timestamp()}:{person.pk}",
                levering=Levering.SAMLET,
            )


def fortael_om_aaben_plads(part: Aftalepart, aftale: Aftale) -> None:
    """Case 39: whoever answers for the silent party, its klyngeleder and the områdechef."""
    egne = [rolle.user for rolle in queries.svarer_for(part.enhed)]
    chefer = [rolle.user for rolle in over(part.enhed, aftale.distrikt)]
    for person in {person.pk: person for person in [*egne, *chefer]}.values():
        tekst = f"Aftalen er indgået uden svar fra {part.enhed}. Pladsen står åben, og lederen kan stadig tiltræde."
        underret(
            til=person,
            emne=f"Indgået uden en part: {aftale}",
            tekst=tekst,
            adresse=aftale.get_absolute_url(),
            noegle=f"aaben_plads:{part.pk}:{person.pk}",
            levering=Levering.SAMLET,
        )


def lederne(enheder: QuerySet) -> list[Person]:
    """Each person once, also whoever leads two of the parties."""
    return list({leder.user_id: leder.user for leder in queries.ledere_af(enheder)}.values())
