"""The outbox: what is said to whom is decided with the change, in its transaction; a worker delivers it.

Mail is the most hated thing in systems like this: one recipient a mail, neutral subjects, never in the
evening or in holidays, one digest for all that is not the reader's turn.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.template.loader import render_to_string

from samarbejde import tid
from samarbejde.forsendelse import opgiv_doede_links
from samarbejde.kalender import ferier
from samarbejde.models import Besked, Person
from samarbejde.posttid import SAMLES, Levering, naeste_posttid
from samarbejde.tasks import send_besked_opgave, venter_i_koeen

LAENGSTE_EMNE = 150


@dataclass(frozen=True)
class Udkast:
    """One mail before it lies in the outbox. `lokale_mail`: the mailbox of a room, and `til` answers for it."""

    til: Person
    emne: str
    tekst: str
    noegle: str
    adresse: str = ""
    kalender: str = ""
    metode: str = ""
    svarlink: str = ""
    lokale_mail: str = ""


def underret(
    *,
    til: Person,
    emne: str,
    tekst: str,
    noegle: str,
    adresse: str = "",
    levering: Levering = Levering.SAMLET,
    kalender: str = "",
    metode: str = "",
    vent: timedelta = timedelta(0),
    erstat: bool = False,
) -> Besked | None:
    """Put one mail in the outbox. The same `noegle` twice is one mail; somebody without an active account gets none.

    `adresse` is a path on this site. Neither subject nor text may hold a word from an agreement or a matter (D37).
    `kalender` is a whole iCalendar object whose METHOD is `metode`: always a mail of its own.
    `vent` is how long it can be regretted (`fortryd`). With `erstat` the same `noegle` is one mail with the latest
    words as long as it waits, leaving when the first would have; after that, one more.
    """
    felter = _felter(Udkast(til, emne, tekst, noegle, adresse, kalender, metode), levering, vent)
    if not til.is_active:
        return None
    with transaction.atomic(savepoint=False):
        besked = _laeg_i(noegle, felter, erstat)
        if besked and besked.tidligst_den <= tid.nu() and (kalender or besked.levering not in SAMLES):
            transaction.on_commit(lambda: vaek_worker(besked.pk))
    return besked


def underret_mange(udkast: Iterable[Udkast], *, levering: Levering, vent: timedelta) -> None:
    """Each as `underret` with `erstat`, in two queries however many they are. Nobody is woken: the minute's run
    (`saet_i_gang`) finds them when the time to regret is over.
    """
    nye = {et.noegle: _felter(et, levering, vent) for et in udkast if et.lokale_mail or et.til.is_active}
    with transaction.atomic(savepoint=False):
        raekker = Besked.objects.select_for_update().filter(noegle__in=nye).order_by("pk")
        seneste = {besked.noegle: besked for besked in raekker}
        beskeder = [_udgave(noegle, seneste.get(noegle), felter) for noegle, felter in nye.items()]
        felterne = list(next(iter(nye.values()), ()))
        Besked.objects.bulk_create(
            beskeder, update_conflicts=True, unique_fields=["noegle", "nummer"], update_fields=felterne
        )


def _udgave(noegle: str, gammel: Besked | None, felter: dict[str, Any]) -> Besked:
    """What waits gets the latest words; after what has left comes one more."""
    if gammel is None or gammel.tilstand != Besked.Tilstand.VENTER:
        return Besked(noegle=noegle, nummer=gammel.nummer + 1 if gammel else 1, **felter)
    return Besked(noegle=noegle, nummer=gammel.nummer, **{**felter, **_tidligst(gammel, felter)})


def _felter(udkast: Udkast, levering: Levering, vent: timedelta) -> dict[str, Any]:
    if udkast.kalender and f"METHOD:{udkast.metode}" not in udkast.kalender.splitlines():
        raise ValueError(f"Outlook afviser en kalender, hvis METHOD ikke er mailens: {udkast.metode!r}")
    nu = tid.nu()
    navne = ("til", "tekst", "adresse", "kalender", "metode", "svarlink", "lokale_mail")
    return {
        **{navn: getattr(udkast, navn) for navn in navne},
        "emne": " ".join(udkast.emne.split())[:LAENGSTE_EMNE],
        "levering": levering.value,
        "tidligst_den": naeste_posttid(nu + vent, _takt(udkast.til, levering, udkast.kalender), ferier()),
        "fortrydes_til": nu + vent if vent else None,
    }


def _takt(til: Person, levering: Levering, kalender: str = "") -> Levering:
    """The person's own choice is how often what is gathered comes: never about what is their turn."""
    if levering is Levering.SAMLET and not kalender and til.samlet_mail == Person.SamletMail.MANDAG:
        return Levering.LEJLIGHED
    return levering


def flyt_samlet(person: Person) -> int:
    """What is gathered for the person follows the choice they have made since."""
    nu = tid.nu()
    venter = Besked.objects.venter().samles().filter(til=person, levering=Levering.SAMLET, tidligst_den__gt=nu)
    return venter.update(tidligst_den=naeste_posttid(nu, _takt(person, Levering.SAMLET), ferier()))


def _laeg_i(noegle: str, felter: dict[str, Any], erstat: bool) -> Besked | None:
    nummer = 1
    if erstat:
        seneste = Besked.objects.select_for_update().filter(noegle=noegle).order_by("-nummer").first()
        if seneste is not None and seneste.tilstand == Besked.Tilstand.VENTER:
            return _erstat(seneste, felter)
        nummer = seneste.nummer + 1 if seneste else 1
    besked, er_ny = Besked.objects.get_or_create(noegle=noegle, nummer=nummer, defaults=felter)
    if er_ny:
        return besked
    # With erstat somebody else came first, at this very moment: it is theirs that is replaced.
    return _laeg_i(noegle, felter, erstat) if erstat else None


def _erstat(gammel: Besked, felter: dict[str, Any]) -> Besked:
    for felt, vaerdi in {**felter, **_tidligst(gammel, felter)}.items():
        setattr(gammel, felt, vaerdi)
    gammel.save(update_fields=list(felter))
    return gammel


def _tidligst(gammel: Besked, felter: dict[str, Any]) -> dict[str, Any]:
    """The earlier of the two times: neither put off for ever nor kept back when it now hastens."""
    if gammel.til_id != felter["til"].pk:
        raise ValueError(f"Nøglen {gammel.noegle} er en mail til en anden: en nøgle med erstat nævner personen")
    foer = (gammel.tidligst_den, gammel.levering in SAMLES, gammel.levering)
    nu = (felter["tidligst_den"], felter["levering"] in SAMLES, felter["levering"])
    tidligst_den, _, levering = min(foer, nu)
    return {"tidligst_den": tidligst_den, "levering": levering}


def fortryd(noegler_begynder_med: str, af: Person) -> int:
    """Take back what has not left yet: the mail with this key, and those whose key goes on after a colon."""
    stamme = noegler_begynder_med.removesuffix(":")
    if not stamme:
        raise ValueError("fortryd uden nøgle ville være al post")
    return _fortryd(Q(noegle=stamme) | Q(noegle__startswith=f"{stamme}:"), af)


def fortryd_mange(noegler: Collection[str], af: Person | None) -> int:
    """The same for these keys and nothing else."""
    return _fortryd(Q(noegle__in=noegler), af)


def _fortryd(hvilke: Q, af: Person | None) -> int:
    venter = Besked.objects.venter().filter(hvilke)
    return venter.update(tilstand=Besked.Tilstand.FORTRUDT, fortrudt_af=af, svarlink="")


def vaek_worker(besked_id: int) -> None:
    send_besked_opgave.enqueue(besked_id)


def saet_i_gang(nu: datetime | None = None) -> int:
    """Wake the worker for every mail that is due: also those whose wake-up was lost with a process.

    While wake-ups still wait the worker is merely behind, and more of them would only pile up.
    """
    nu = nu or tid.nu()
    opgiv_doede_links(nu)
    if venter_i_koeen(send_besked_opgave):
        return 0
    forfaldne = list(Besked.objects.forfaldne(nu).for_sig().values_list("pk", flat=True))
    for pk in forfaldne:
        vaek_worker(pk)
    return len(forfaldne)


def regn_som_sendt(foer: datetime) -> int:
    """What was to leave before `foer` counts as sent then: the demo's earlier years are not mailed today."""
    gammel = Besked.objects.venter().filter(tidligst_den__lt=foer)
    return gammel.update(tilstand=Besked.Tilstand.SENDT, sendt_den=F("tidligst_den"))


def saml_post(nu: datetime | None = None) -> int:
    """The digest: gather what waits for each person into one mail.

    Where a mail of its own leaves now, no digest is needed: what waits rides along with that one.
    """
    nu = nu or tid.nu()
    forfaldne = Besked.objects.forfaldne(nu)
    faar_en_anden = forfaldne.for_sig().exclude(levering=Levering.BESTILT).values("til")
    personer = forfaldne.samles().exclude(til__in=faar_en_anden).values_list("til", flat=True)
    return sum(_saml_for(person_id, nu) for person_id in personer.order_by("til").distinct())


def _saml_for(person_id: int, nu: datetime) -> int:
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person_id)
        forfaldne = Besked.objects.select_for_update(skip_locked=True).forfaldne(nu).samles()
        ventende = list(forfaldne.filter(til=person).order_by("pk"))
        if not ventende or not person.is_active:
            return 0
        tekst = render_to_string("beskeder/samlet.txt", {"beskeder": ventende, "base_url": settings.BASE_URL})
        samlet = Besked.objects.create(
            til=person,
            emne="Nyt i Stærkt samarbejde",
            tekst=tekst,
            levering=Levering.STRAKS.value,
            noegle=f"samlet:{ventende[0].pk}-{ventende[-1].pk}",
            tidligst_den=nu,
        )
        Besked.objects.filter(pk__in=[b.pk for b in ventende]).update(tilstand=Besked.Tilstand.SAMLET, samlet_i=samlet)
        transaction.on_commit(lambda: vaek_worker(samlet.pk))
    return 1
