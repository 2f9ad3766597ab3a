"""The calendar mails of a meeting that is called: one a person, never a title, a reason or a name of others (D17, D37).

Each of these is called inside the change, with the meeting locked. One key a person and meeting: what changes while
the mail still waits is told in that same mail, and later changes in one more. Whoever is invited to items only gets
the meeting's own uid with the times of those items: a calendar holds one event of it, and one CANCEL takes it away.
A room has no account: its mail goes to the room's own mailbox, and whoever planned the meeting answers for it.
"""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from email.utils import parseaddr
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse

from moeder.ical import Begivenhed, Deltagerrolle, Inviteret, Svarstatus, aflysning, indkaldelse
from moeder.models import Deltager, Moede, Punkt
from moeder.models.faelles import aftryk
from moeder.queries.indkaldelse import VENT, vist_tid
from moeder.queries.tidsrum import Tidsrum, dagsordener, deltagerens_tid, egne_punkter
from moeder.states import MED, Deltagelse, Tilstand
from samarbejde import tid
from samarbejde.formater import dato_kort, klokken, uge
from samarbejde.models import Besked, Person
from samarbejde.post import Udkast, fortryd_mange, underret_mange
from samarbejde.posttid import Levering

REQUEST, CANCEL = Besked.Metode.REQUEST.value, Besked.Metode.CANCEL.value
STATUS = {Deltagelse.ACCEPTERET: Svarstatus.ACCEPTERET, Deltagelse.AFBUD: Svarstatus.AFBUD}
# What says when and where; two mails that agree in these say the same.
FAKTA = ("METHOD", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "URL", "DESCRIPTION", "STATUS")


def send_indkaldelser(moede: Moede, deltagere: Iterable[Deltager], af: Person | None = None) -> None:
    """Call these: the whole list, or somebody who was added to a meeting that is called."""
    inviterede = [deltager for deltager in deltagere if deltager.tilstand in MED]
    _send(_Udsendelse.af(moede, inviterede, af), kun_nyt=False)


def send_opdatering(moede: Moede) -> None:
    """Time, place or agenda changed: one merged mail to everybody whose own copy is no longer true. Whoever declined
    hears nothing more, unless the meeting was moved and they are asked again.
    """
    if moede.tilstand == Tilstand.INDKALDT:
        indkaldte = moede.deltagere.filter(indkaldt_den__isnull=False, tilstand__in=MED - {Deltagelse.AFBUD})
        _send(_Udsendelse.af(moede, indkaldte.select_related("person", "enhed"), None), kun_nyt=True)


def send_aflysning(moede: Moede, deltagere: Iterable[Deltager], af: Person | None = None) -> None:
    """Called off for these: everybody, or who was taken out. Who never got the call never hears that it is off."""
    _aflys(_Udsendelse.af(moede, list(deltagere), af))


# --- what is known -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class _Udsendelse:
    moede: Moede
    deltagere: list[Deltager]
    dagsorden: list[Punkt]
    egne: dict[int, set[int]]
    sendt: dict[str, Besked]  # the last mail that left, by key
    seneste: dict[str, Besked]  # the last one that left or will
    lokaler: tuple[Inviteret, ...]
    indkalder: Person | None

    @classmethod
    def af(cls, moede: Moede, deltagere: Iterable[Deltager], indkalder: Person | None) -> "_Udsendelse":
        """Four queries, however many they are."""
        med = [deltager for deltager in deltagere if deltager.person_id or deltager.lokale_mail]
        noegler = [noegle_for(moede, deltager) for deltager in med]
        beskeder = Besked.objects.select_for_update().filter(noegle__in=noegler).order_by("pk")
        raekker = [b for b in beskeder if b.tilstand in {Besked.Tilstand.SENDT, Besked.Tilstand.VENTER}]
        sendt = {b.noegle: b for b in raekker if b.tilstand == Besked.Tilstand.SENDT}
        lokaler = moede.deltagere.filter(art=Deltager.Art.LOKALE, tilstand__in=MED).exclude(lokale_mail="")
        rum = tuple(_inviteret(lokale) for lokale in lokaler)
        seneste = {b.noegle: b for b in raekker}
        return cls(moede, med, dagsordener([moede.pk])[moede.pk], egne_punkter(med), sendt, seneste, rum, indkalder)

    def tid_for(self, deltager: Deltager) -> Tidsrum | None:
        return deltagerens_tid(deltager, self.moede, self.dagsorden, self.egne[deltager.pk])

    def har_den(self, deltager: Deltager) -> bool:
        """Whether the meeting stands in the person's calendar by a mail of ours."""
        sidst = self.sendt.get(noegle_for(self.moede, deltager))
        return sidst is not None and sidst.metode == REQUEST

    def siger_det_samme(self, udkast: Udkast) -> bool:
        foer = self.seneste.get(udkast.noegle)
        return foer is not None and _fakta(foer.kalender) == _fakta(udkast.kalender)


def noegle_for(moede: Moede, deltager: Deltager) -> str:
    return f"indkaldelse:{moede.pk}:{deltager.person_id or f'lokale-{deltager.pk}'}"


def _fakta(kalender: str) -> list[str]:
    linjer = kalender.replace("\r\n", "\n").replace("\n ", "").split("\n")
    haendelse = linjer[linjer.index("BEGIN:VEVENT") :] if "BEGIN:VEVENT" in linjer else []
    return [linje for linje in [*linjer[:6], *haendelse] if linje.startswith(FAKTA)]


# --- send --------------------------------------------------------------------------------------------------------
def _send(u: _Udsendelse, *, kun_nyt: bool) -> None:
    _naeste_sekvens(u.moede)
    tider = {deltager.pk: u.tid_for(deltager) for deltager in u.deltagere}
    udkast = [(d, _indkaldelse(u, d, tider[d.pk])) for d in u.deltagere if tider[d.pk] is not None]
    udkast = [(d, et) for d, et in udkast if not (kun_nyt and u.siger_det_samme(et))]
    for deltager, et in udkast:
        deltager.svarnoegle = aftryk(et.svarlink.rstrip("/").rpartition("/")[2]) if et.svarlink else ""
    med = [deltager for deltager, _ in udkast]
    Deltager.objects.filter(pk__in=[deltager.pk for deltager in med], indkaldt_den=None).update(indkaldt_den=tid.nu())
    Deltager.objects.bulk_update(med, ["svarnoegle"])
    underret_mange([et for _, et in udkast], levering=Levering.STRAKS, vent=VENT)
    if uden := [deltager for deltager in u.deltagere if tider[deltager.pk] is None]:  # their items have left the agenda
        _aflys(_Udsendelse.af(u.moede, uden, None))


def _aflys(u: _Udsendelse) -> None:
    _naeste_sekvens(u.moede)
    med = [deltager for deltager in u.deltagere if u.har_den(deltager)]
    uden = [noegle_for(u.moede, deltager) for deltager in u.deltagere if not u.har_den(deltager)]
    fortryd_mange(uden, u.indkalder)
    Deltager.objects.filter(pk__in=[deltager.pk for deltager in u.deltagere]).update(svarnoegle="")
    underret_mange([_aflysning(u, deltager) for deltager in med], levering=Levering.STRAKS, vent=VENT)


def _naeste_sekvens(moede: Moede) -> None:
    """A calendar takes a change only with a higher number."""
    moede.sekvens += 1
    moede.save(update_fields=["sekvens"])


def _indkaldelse(u: _Udsendelse, deltager: Deltager, tidsrum: Tidsrum | None) -> Udkast:
    assert tidsrum is not None  # noqa: S101 - the caller sends only to those who have a time
    skal_svare = deltager.tilstand == Deltagelse.INVITERET and not deltager.lokale_mail
    link = reverse("svar_med_link", args=[secrets.token_urlsafe(32)]) if skal_svare else ""
    tekst = _tekst(
        "indkaldelse", u, deltager, tidsrum, punkter=len(u.dagsorden), egne=u.egne[deltager.pk], skal_svare=skal_svare
    )
    hvad = "Ændret" if u.har_den(deltager) else "Indkaldelse"
    side = u.moede.get_absolute_url()
    beskrivelse = f"Dagsorden, forberedelse og svar: {settings.BASE_URL}{side}"
    kalender = indkaldelse(_begivenhed(u, tidsrum, beskrivelse), _inviteret(deltager))
    adresse = "" if deltager.lokale_mail else side
    return _udkast(u, deltager, hvad, tekst, kalender, REQUEST, adresse=adresse, svarlink=link)


def _aflysning(u: _Udsendelse, deltager: Deltager) -> Udkast:
    tidsrum = u.tid_for(deltager) or (u.moede.begynder, u.moede.slutter)
    ses_stadig = u.moede.tilstand == Tilstand.AFLYST
    tekst = _tekst("aflysning", u, deltager, tidsrum)
    kalender = aflysning(_begivenhed(u, tidsrum, ""), _inviteret(deltager))
    adresse = u.moede.get_absolute_url() if ses_stadig and not deltager.lokale_mail else ""
    return _udkast(u, deltager, "Aflyst" if ses_stadig else "Udgår", tekst, kalender, CANCEL, adresse=adresse)


def _udkast(
    u: _Udsendelse, deltager: Deltager, hvad: str, tekst: str, kalender: str, metode: str, **mere: str
) -> Udkast:
    m = u.moede
    return Udkast(
        til=deltager.person or m.oprettet_af,
        emne=f"{hvad}: {m.navn}, {dato_kort(m.begynder)} kl. {klokken(m.begynder)}",
        tekst=tekst,
        noegle=noegle_for(m, deltager),
        kalender=kalender,
        metode=metode,
        lokale_mail=deltager.lokale_mail,
        **mere,
    )


def _tekst(skabelon: str, u: _Udsendelse, deltager: Deltager, tidsrum: Tidsrum, **mere: Any) -> str:
    hvornaar = f"{vist_tid(tidsrum)}, {uge(tidsrum[0])}"
    indhold = {"moede": u.moede, "deltager": deltager, "hvornaar": hvornaar, "indkalder": u.indkalder}
    return render_to_string(f"beskeder/{skabelon}.txt", {**indhold, "er_ny": not u.har_den(deltager), **mere}).strip()


def _begivenhed(u: _Udsendelse, tidsrum: Tidsrum, beskrivelse: str) -> Begivenhed:
    m = u.moede
    return Begivenhed(
        uid=m.uid,
        sekvens=m.sekvens,
        begynder=tidsrum[0],
        slutter=tidsrum[1],
        titel=m.navn,
        aendret_den=tid.nu(),
        sted=m.sted,
        link=m.link,
        beskrivelse=beskrivelse,
        organisator_navn=str(m.forum),
        organisator_mail=parseaddr(settings.DEFAULT_FROM_EMAIL)[1],
        deltagere=u.lokaler,
        svar_paa_mail=False,
    )


def _inviteret(deltager: Deltager) -> Inviteret:
    if deltager.lokale_mail:
        return Inviteret(deltager.lokale_mail, deltager.lokale, er_lokale=True)
    leder = deltager.art == Deltager.Art.LEDELSE
    return Inviteret(
        deltager.person.email,
        deltager.person.navn,
        STATUS.get(Deltagelse(deltager.tilstand), Svarstatus.AFVENTER),
        Deltagerrolle.MOEDELEDER if leder else Deltagerrolle.DELTAGER,
    )
