"""The minutes: out for comments, answered by correcting, closed, and corrected in the open afterwards (D23)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.afholdelse import skift_moede
from moeder.actions.anmodningsgang import behandl_anmodninger
from moeder.actions.laas import laas_moede
from moeder.actions.udfald import OM_ET_BARN
from moeder.models import Bemaerkning, Berigtigelse, Moede, Punkt
from moeder.queries.referat import ledelsen, modtagere, referatets_aftryk
from moeder.states import Overgang, Punkttilstand, Tilstand
from samarbejde import tid
from samarbejde.formater import dato, opremsning
from samarbejde.kalender import ferier
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.skolekalender import laeg_skoledage_til, naeste_skoledag, skoledage_mellem
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, KonfliktError

SNART = 3
KUN_I_HOERING = "Der kan kun skrives bemærkninger, mens referatet er sendt til bemærkninger. Tal med koordinatoren."
RETTET_IMENS = "Referatet er rettet, siden du læste det. Læs det igen, og tryk så igen."


def _kraev_det_laeste(moede: Moede, aftryk: str) -> None:
    """`aftryk` is of what was read; empty when nobody read it on a page."""
    if aftryk and aftryk != referatets_aftryk(moede.punkter.all()):
        raise KonfliktError(None, 0, RETTET_IMENS)


@transaction.atomic
def send_referat(*, moede: Moede, af: Person, aftryk: str = "") -> Moede:
    """Out for comments for the forum's own number of school days; with 0 it can be closed at once (S43)."""
    laast = laas_moede(moede, af, Handling.LUK_REFERAT)
    skift_moede(laast, Overgang.SEND_I_HOERING)
    _kraev_det_laeste(laast, aftryk)
    _kraev_at_alt_er_behandlet(laast)
    dage = laast.forum.regler.hoeringsfrist
    laast.hoering_til = laeg_skoledage_til(tid.i_dag(), dage, ferier()) if dage else None
    laast.save(update_fields=["tilstand", "tilstand_siden", "hoering_til"])
    til = f" til og med {dato(laast.hoering_til)}" if laast.hoering_til else ""
    saetning = f"Referatet er sendt til bemærkninger{til}."
    noter(af=af, navn="send_referat", objekt=laast, saetning=saetning, felter=_ordene(laast))
    hvad = f"Læs det, og skriv dine bemærkninger senest {dato(laast.hoering_til)}." if laast.hoering_til else "Læs det."
    behandl_anmodninger(moede=laast, af=af)
    _fortael(laast, modtagere(laast), af, "referat", f"Der er et referat fra {laast.i_en_saetning}. {hvad}")
    return laast


def _ordene(moede: Moede) -> dict[str, tuple[str, str]]:
    """What was sent, item by item: the trail keeps every version that somebody has read."""
    felter = {}
    for nummer, punkt in enumerate(moede.punkter.all(), start=1):
        for navn, tekst in (("referat", punkt.referat), ("beslutning", punkt.beslutning)):
            if tekst:
                felter[f"Punkt {nummer}, {navn}"] = ("", tekst)
    return felter


def _kraev_at_alt_er_behandlet(moede: Moede) -> None:
    """An item that was not reached goes to another meeting before the minutes leave: nothing is lost in between."""
    aabne = [
        f"punkt {nummer}"
        for nummer, punkt in enumerate(moede.punkter.all(), start=1)
        if punkt.tilstand == Punkttilstand.PAA_DAGSORDEN
    ]
    if aabne:
        raise ValidationError(
            f"{opremsning(aabne).capitalize()} er hverken behandlet eller udsat. Markér som behandlet, eller udsæt."
        )


def _fortael(moede: Moede, hvem: Iterable[Person], af: Person, noegle: str, tekst: str, emne: str = "Referat") -> None:
    """One neutral mail to each (D37): it rides along with another, unless the deadline is near."""
    frist = moede.hoering_til
    er_snart = frist is not None and skoledage_mellem(tid.i_dag(), frist, ferier()) <= SNART
    for person in hvem:
        if person != af:
            underret(
                til=person,
                emne=f"{emne}: {moede.emne}",
                tekst=tekst,
                adresse=f"{moede.get_absolute_url()}referat/laes/",
                noegle=f"{noegle}:{moede.pk}:{person.pk}",
                levering=Levering.SAMLET if er_snart else Levering.LEJLIGHED,
                erstat=True,
            )


@transaction.atomic
def bemaerk_referat(*, punkt: Punkt, tekst: str, af: Person) -> Bemaerkning:
    """An objection to the minutes of one item, by those who were invited to it. The same twice is one."""
    laast = laas_moede(punkt.moede, af, Handling.BEMAERK_REFERAT)
    kraev_ret(af, Handling.BEMAERK_REFERAT, punkt)
    if laast.tilstand != Tilstand.REFERAT_I_HOERING:
        raise IkkeMuligtError(KUN_I_HOERING)
    if punkt.er_om_et_barn:
        raise ValidationError({"tekst": OM_ET_BARN})
    ny, er_ny = Bemaerkning.objects.get_or_create(punkt=punkt, af=af, tekst=tekst)
    if er_ny:
        saetning = "Der er skrevet en bemærkning til referatet af et punkt."
        noter(af=af, navn="bemaerk_referat", objekt=punkt, rod=laast, saetning=saetning)
        skrivere = [laast.referent] if laast.referent else ledelsen(laast)
        tekst = f"Der er nye bemærkninger til referatet fra {laast.i_en_saetning}."
        _fortael(laast, skrivere, af, "referat-bemaerket", tekst, "Bemærkninger til referatet")
    return ny


@transaction.atomic
def skriv_videre(*, moede: Moede, af: Person) -> Moede:
    """Objections are answered by correcting the minutes and sending them again."""
    laast = laas_moede(moede, af, Handling.LUK_REFERAT)
    skift_moede(laast, Overgang.SKRIV_VIDERE)
    laast.hoering_til = None
    laast.save(update_fields=["tilstand", "tilstand_siden", "hoering_til"])
    noter(af=af, navn="skriv_videre", objekt=laast, saetning="Referatet er taget tilbage for at blive rettet.")
    return laast


def fristen_er_gaaet(moede: Moede, dag: date | None = None) -> bool:
    return moede.hoering_til is None or moede.hoering_til < (dag or tid.i_dag())


@transaction.atomic
def luk_referat(*, moede: Moede, af: Person, alligevel: bool = False, aftryk: str = "") -> Moede:
    """For ever (D23). Before the deadline only when whoever closes says so (`alligevel`)."""
    laast = laas_moede(moede, af, Handling.LUK_REFERAT)
    skift_moede(laast, Overgang.LUK)
    _kraev_det_laeste(laast, aftryk)
    if not fristen_er_gaaet(laast) and not alligevel:
        frist = f"Deltagerne kan skrive bemærkninger til og med {dato(laast.hoering_til)}."
        raise ValidationError({"alligevel": f"{frist} Sæt kryds, hvis referatet skal lukkes før."})
    laast.save(update_fields=["tilstand", "tilstand_siden"])
    noter(af=af, navn="luk_referat", objekt=laast, saetning="Referatet er lukket og kan ikke rettes længere.")
    return laast


@transaction.atomic
def berigtig(*, moede: Moede, punkt: Punkt | None, tekst: str, af: Person) -> Berigtigelse:
    """A correction of closed minutes: visible beside them, never over them. The same twice is one."""
    laast = laas_moede(moede, af, Handling.LUK_REFERAT)
    if laast.tilstand != Tilstand.REFERAT_LUKKET:
        raise IkkeMuligtError("Referatet er ikke lukket endnu. Ret i selve referatet i stedet.")
    if punkt is not None and punkt.er_om_et_barn:
        raise ValidationError({"punkt": OM_ET_BARN})
    ny, er_ny = Berigtigelse.objects.get_or_create(moede=laast, punkt=punkt, tekst=tekst, defaults={"af": af})
    if er_ny:
        noter(af=af, navn="berigtig", objekt=punkt or laast, rod=laast, saetning="Referatet er berigtiget.")
        hvem = modtagere(laast, punkt)
        tekst = f"Der er en berigtigelse til referatet fra {laast.i_en_saetning}."
        _fortael(laast, hvem, af, "referat-berigtiget", tekst, "Berigtiget referat")
    return ny


def mind_om_lukning(nu: datetime) -> int:
    """The school day after the deadline the ball is the leadership's: told once for each deadline; nothing closes by
    itself.
    """
    dag = tid.lokal(nu).date()
    i_hoering = Moede.objects.filter(tilstand=Tilstand.REFERAT_I_HOERING, hoering_til__lt=dag)
    antal = 0
    for moede in i_hoering.select_related("forum__enhed", "medforum").order_by("pk"):
        if naeste_skoledag(moede.hoering_til, ferier()) <= dag:
            antal += sum(_mind(moede, person) for person in ledelsen(moede))
    return antal


def _mind(moede: Moede, person: Person) -> bool:
    besked = underret(
        til=person,
        emne=f"Luk referatet: {moede.emne}",
        tekst=(
            f"Fristen for bemærkninger til referatet fra {moede.i_en_saetning} gik {dato(moede.hoering_til)}. "
            "Ret referatet, eller luk det."
        ),
        adresse=f"{moede.get_absolute_url()}referat/laes/",
        noegle=f"referat-luk:{moede.pk}:{moede.hoering_til}:{person.pk}",
        levering=Levering.STRAKS,
    )
    return besked is not None
