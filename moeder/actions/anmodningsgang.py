"""What every act on a request shares: the lock, the clock, who is told; and what time and meetings do to requests."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from moeder.models import Anmodning, Moede, Punkt
from moeder.queries.anmodninger import aabne_anmodninger
from moeder.queries.anmodningsforum import frist_for, ledelse, svarere
from moeder.states import (
    I_KOEEN,
    LOVET,
    UBESVARET,
    Anmodningsovergang,
    Punktovergang,
    Punkttilstand,
)
from samarbejde import tid
from samarbejde.formater import dato, dato_kort, tidspunkt
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import fortryd, underret
from samarbejde.posttid import Levering
from samarbejde.roller import glem_roller
from samarbejde.spor import noter
from samarbejde.tilstande import skift

SNART = timedelta(days=1)


# --- lock and clock ------------------------------------------------------------------------------------------------
def laas_anmodning(anmodning: Anmodning, af: Person, handling: Handling) -> Anmodning:
    """The row, locked, and the right asked anew under the lock. Where a meeting is locked too, it is locked first."""
    laast = _laast(anmodning.pk)
    glem_roller()
    kraev_ret(af, handling, laast)
    return laast


def _laast(pk: int) -> Anmodning:
    raekker = Anmodning.objects.select_for_update(of=("self",)).select_related("forum__enhed", "besvaret_af")
    return raekker.get(pk=pk)


def begynd_uret(anmodning: Anmodning) -> None:
    """A new clock: the request was received, or came back, just now (S39)."""
    anmodning.modtaget_den, anmodning.eskaleret_den = tid.nu(), None
    anmodning.frist = frist_for(anmodning.forum, tid.i_dag(), haster=anmodning.haster)


def besvar(anmodning: Anmodning, overgang: Anmodningsovergang, af: Person, tekst: str = "") -> None:
    """Answered: what still waits in the outbox for those who should answer is taken back."""
    skift(anmodning, overgang)
    anmodning.besvaret_af, anmodning.besvaret_den, anmodning.svar_tekst = af, tid.nu(), tekst
    anmodning.save()
    fortryd(f"anmodning:{anmodning.pk}:svar", af=af)


def slip_punktet(anmodning: Anmodning, grund: str) -> None:
    """An item that waits in the backlog after a cancelled meeting is closed when the request goes another way."""
    punkt, anmodning.punkt, anmodning.moede = anmodning.punkt, None, None
    if punkt is not None and punkt.tilstand in I_KOEEN:
        skift(punkt, Punktovergang.LUK)
        punkt.grund = grund
        punkt.save(update_fields=["tilstand", "grund"])


# --- mail: never a word of the request (D37) -----------------------------------------------------------------------
def bed_om_svar(anmodning: Anmodning, hvad: str, af: Person | None, hvem: Iterable[Person] | None = None) -> None:
    """To whoever holds the ball: at once, and an urgent one also in school holidays (decision 21)."""
    frist = dato_kort(anmodning.frist)
    emne = f"{'Haster: a' if anmodning.haster else 'A'}nmodning om møde, svar senest {frist}: {anmodning.forum}"
    for person in svarere(anmodning) if hvem is None else hvem:
        if af is None or person.pk != af.pk:
            underret(
                til=person,
                emne=emne,
                tekst=f"{hvad} Svar senest {dato(anmodning.frist)}.",
                adresse=anmodning.get_absolute_url(),
                noegle=f"anmodning:{anmodning.pk}:svar:{tid.nu().timestamp()}:{person.pk}",
                levering=Levering.HASTER if anmodning.haster else Levering.STRAKS,
            )


def fortael_anmoderne(anmodning: Anmodning, hvad: str, af: Person | None) -> None:
    """At once when the meeting is within a day, the next morning when it was urgent; else with the next mail they get,
    as the answer asks nothing of them.
    """
    for anmoder in anmodning.anmodere.select_related("person"):
        if af is None or anmoder.person_id != af.pk:
            underret(
                til=anmoder.person,
                emne=f"Nyt om din anmodning om møde: {anmodning.forum}",
                tekst=hvad,
                adresse=anmodning.get_absolute_url(),
                noegle=f"anmodning:{anmodning.pk}:nyt:{tid.nu().timestamp()}:{anmoder.person_id}",
                levering=_levering(anmodning),
            )


def _levering(anmodning: Anmodning) -> Levering:
    if anmodning.moede is not None and anmodning.moede.begynder - tid.nu() <= SNART:
        return Levering.STRAKS
    return Levering.SAMLET if anmodning.haster else Levering.LEJLIGHED


# --- what meetings do to the requests they were promised to ----------------------------------------------------------
@transaction.atomic
def giv_anmodninger_tilbage(*, moede: Moede, af: Person | None) -> int:
    """The meeting will not be held: each request must be answered anew, with a new clock (D18). The caller has the
    meeting locked and the right to cancel it.
    """
    pks = list(aabne_anmodninger(moede).order_by("pk").values_list("pk", flat=True))
    for pk in pks:
        giv_anmodning_tilbage(_laast(pk), af, f"Mødet {tidspunkt(moede.begynder)} bliver ikke holdt.")
    return len(pks)


def giv_anmodning_tilbage(anmodning: Anmodning, af: Person | None, hvorfor: str) -> None:
    skift(anmodning, Anmodningsovergang.GIV_TILBAGE)
    anmodning.moede = None
    begynd_uret(anmodning)
    anmodning.save()
    saetning = f"{hvorfor} Anmodningen venter på et nyt svar."
    noter(af=af, navn="giv_anmodning_tilbage", objekt=anmodning, saetning=saetning)
    bed_om_svar(anmodning, "En anmodning kom ikke på det møde, der var lovet, og venter på et nyt svar.", None)
    fortael_anmoderne(anmodning, "Det, du har bedt om, kom ikke på det møde, du var lovet. Du får et nyt svar.", af)


@transaction.atomic
def behandl_anmodninger(*, moede: Moede, af: Person | None) -> int:
    """The minutes have been sent out. What was put off follows its item; what was not treated must be answered anew."""
    lovede = list(aabne_anmodninger(moede).order_by("pk").values_list("pk", flat=True))
    return sum(_behandl(_laast(pk), af) for pk in lovede)


def _behandl(anmodning: Anmodning, af: Person | None) -> bool:
    punkt = anmodning.punkt
    while punkt is not None and punkt.tilstand == Punkttilstand.UDSAT and hasattr(punkt, "udsat_til"):
        punkt = punkt.udsat_til
    if punkt is not None and punkt != anmodning.punkt and punkt.moede_id:
        anmodning.punkt = punkt
        udsaet_anmodning(anmodning, punkt.moede, af)
        return False
    anmodning.punkt = punkt
    if punkt is not None and punkt.tilstand != Punkttilstand.BEHANDLET:
        giv_anmodning_tilbage(anmodning, af, "Punktet blev ikke behandlet på mødet.")
        return False
    skift(anmodning, Anmodningsovergang.BEHANDL)
    anmodning.save(update_fields=["tilstand", "punkt"])
    noter(af=af, navn="behandl_anmodning", objekt=anmodning, saetning="Anmodningen er behandlet på et møde.")
    fortael_anmoderne(anmodning, "Det, du har bedt om, er behandlet på et møde.", af)
    return True


# --- what an item does to the requests it answers --------------------------------------------------------------------
def laas_lovede(punkt: Punkt) -> list[Anmodning]:
    pks = Anmodning.objects.filter(punkt=punkt, tilstand__in=LOVET).order_by("pk").values_list("pk", flat=True)
    return [_laast(pk) for pk in pks]


def laas_ubesvarede(punkt: Punkt) -> list[Anmodning]:
    """Those that came back when the meeting of this item was called off, and still wait for an answer."""
    pks = Anmodning.objects.filter(punkt=punkt, tilstand__in=UBESVARET).order_by("pk").values_list("pk", flat=True)
    laaste = [_laast(pk) for pk in pks]
    return [en for en in laaste if en.er_ubesvaret and en.punkt_id == punkt.pk]


def udsaet_anmodning(anmodning: Anmodning, moede: Moede, af: Person | None) -> None:
    """Its item was put off to this meeting: it is still promised."""
    anmodning.moede = moede
    anmodning.save(update_fields=["punkt", "moede"])
    saetning = f"Punktet er udsat til mødet {tidspunkt(moede.begynder)}."
    noter(af=af, navn="udsaet_anmodning", objekt=anmodning, saetning=saetning)
    fortael_anmoderne(anmodning, "Det, du har bedt om, er udsat til et senere møde.", af)


# --- what time does ------------------------------------------------------------------------------------------------
def eskaler_anmodninger(nu: datetime) -> int:
    """S39: unanswered at the deadline, it is put to whoever acts as leader; told once, whenever the routine runs."""
    i_dag = tid.lokal(nu).date()
    forfaldne = Anmodning.objects.filter(tilstand__in=UBESVARET, frist__lt=i_dag, eskaleret_den=None)
    return sum(_eskaler(pk, nu) for pk in forfaldne.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def _eskaler(pk: int, nu: datetime) -> bool:
    anmodning = _laast(pk)
    if not anmodning.er_ubesvaret or anmodning.eskaleret_den or anmodning.frist >= tid.lokal(nu).date():
        return False
    anmodning.eskaleret_den = nu
    anmodning.save(update_fields=["eskaleret_den"])
    leder = f"{anmodning.forum.enhed.ledertitel}en"
    saetning = f"Anmodningen er ikke besvaret inden fristen {dato(anmodning.frist)} og er gået til {leder}."
    noter(af=None, navn="eskaler_anmodning", objekt=anmodning, saetning=saetning)
    for person in ledelse(anmodning.forum).ledere:
        underret(
            til=person,
            emne=f"En anmodning om møde er ikke besvaret: {anmodning.forum}",
            tekst=f"Fristen var {dato(anmodning.frist)}. Nu er det din tur til at svare.",
            adresse=anmodning.get_absolute_url(),
            noegle=f"anmodning:{anmodning.pk}:svar:eskaleret:{nu.timestamp()}:{person.pk}",
            levering=Levering.HASTER if anmodning.haster else Levering.STRAKS,
        )
    fortael_anmoderne(anmodning, f"Anmodningen er ikke besvaret inden fristen og er gået til {leder}.", None)
    return True
