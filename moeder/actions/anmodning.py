"""Asking for a meeting, withdrawing it, and putting a refusal before the leader: the acts of the one who asks (S39)."""

import re
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from moeder.actions.anmodningsfiler import INGEN_FILER_OM_BARNET, laeg_ved_alle
from moeder.actions.anmodningsgang import bed_om_svar, begynd_uret, fortael_anmoderne, laas_anmodning, slip_punktet
from moeder.models import Anmoder, Anmodning
from moeder.models.anmodning import FRIE_FELTER
from moeder.models.faelles import KODELAENGDE, TEGN, Niveau, ny_kode
from moeder.queries.anmodninger import kan_forelaegges
from moeder.queries.anmodningsforum import enheder_at_bede_for, niveauer
from moeder.states import Anmodningsovergang
from ressourcecenter.actions.koordinatorer import laas_forum
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling
from samarbejde.post import fortryd
from samarbejde.prosa import har_personnummer
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

KODE = re.compile(f"[{TEGN}]{{{KODELAENGDE}}}")
INTET_OM_BARNET = "Skriv ikke om barnet her. Slet teksten, og send kun, at du vil bede om et møde om et enkelt barn."
PERSONNUMMER = "Her må ikke stå personnumre, og der står noget, der ligner et. Slet det, og send igen."
FLERE_HAR_BEDT = "Andre har også bedt om dette møde, så du kan ikke trække anmodningen tilbage. Tal med koordinatoren."
LEDEREN_HAR_SVARET = "Det er lederen selv, der har svaret, eller lederen har allerede fået afslaget forelagt."


@transaction.atomic
def anmod_om_moede(
    *,
    forum: Forum,
    af: Person,
    niveau: str,
    enhed: Enhed | None = None,
    kode: str = "",
    haster: bool = False,
    filer: Iterable[UploadedFile] = (),
    **frit: Any,
) -> Anmodning:
    """A right and a duty of everybody attached to the forum (S39). The same form sent twice is one request: it carries
    the code that the request gets.
    """
    if ukendte := frit.keys() - set(FRIE_FELTER):
        raise TypeError(f"en anmodning har ikke {sorted(ukendte)}")
    laast = laas_forum(forum, af, Handling.ANMOD_OM_MOEDE)
    valgte = list(filer)
    _kontroller(laast, niveau, frit, valgte)
    enhed = _enhed(laast, af, enhed)
    felter = {"forum": laast, "niveau": niveau, "haster": haster, **frit}
    kode = kode if KODE.fullmatch(kode) else ny_kode()
    if gammel := Anmodning.objects.filter(kode=kode).first():
        if Anmodning.objects.filter(pk=gammel.pk, anmodere__person=af, **felter).exists():
            laeg_ved_alle(gammel, valgte, af)
            return gammel
        kode = ny_kode()
    anmodning = Anmodning(kode=kode, **felter)
    begynd_uret(anmodning)
    anmodning.save()
    Anmoder.objects.create(anmodning=anmodning, person=af, enhed=enhed)
    haster_det = ", og at det haster" if haster else ""
    saetning = f"{af} har bedt om et møde i {laast} om {Niveau(niveau).label}{haster_det}."
    noter(af=af, navn="anmod_om_moede", objekt=anmodning, saetning=saetning)
    laeg_ved_alle(anmodning, valgte, af)
    bed_om_svar(anmodning, "Der er bedt om et møde.", af)
    return anmodning


def _enhed(forum: Forum, af: Person, valgt: Enhed | None) -> Enhed | None:
    """The unit that one asks for is derived; it is chosen only where there are several."""
    egne = enheder_at_bede_for(forum, af)
    if valgt is None and len(egne) <= 1:
        return egne[0] if egne else None
    if valgt not in egne:
        raise ValidationError({"enhed": "Vælg, hvilken enhed du beder om mødet for."})
    return valgt


def _kontroller(forum: Forum, niveau: str, frit: dict[str, Any], filer: list[UploadedFile]) -> None:
    if niveau not in niveauer(forum):
        raise ValidationError({"niveau": hvorfor_ikke(forum, niveau)})
    if niveau == Niveau.ENKELTBARN:
        ordene = {felt: INTET_OM_BARNET for felt in FRIE_FELTER if frit.get(felt)}
        if fejl := ordene | ({"filer": INGEN_FILER_OM_BARNET} if filer else {}):
            raise ValidationError(fejl)
    elif not frit.get("hvad"):
        raise ValidationError({"hvad": "Udfyld «Hvad handler det om?»."})
    if personnumre := [felt for felt in FRIE_FELTER if har_personnummer(frit.get(felt, ""))]:
        raise ValidationError(dict.fromkeys(personnumre, PERSONNUMMER))


def hvorfor_ikke(forum: Forum, niveau: str) -> str:
    """S21, S44, case 19: the level that does not belong here, and where it does."""
    if niveau == Niveau.ENKELTBARN:
        return "Et enkelt barn drøftes kun i Ressourcecentret. Bed om et møde der i stedet."
    if niveau == Niveau.BOERNEGRUPPE:
        return "En gruppe børn drøftes i skolens Ressourcecenter eller Læringscenter. Bed om et møde der i stedet."
    return "Vælg, hvad det handler om."


@transaction.atomic
def traek_anmodning(*, anmodning: Anmodning, af: Person) -> Anmodning:
    """Only while nobody has answered, and never the request of others too. The row stays: nothing is deleted."""
    laast = laas_anmodning(anmodning, af, Handling.EGEN_ANMODNING)
    if laast.anmodere.exclude(person=af).exists():
        raise IkkeMuligtError(FLERE_HAR_BEDT)
    skift(laast, Anmodningsovergang.TRAEK)
    slip_punktet(laast, "Anmodningen er trukket tilbage.")
    laast.save()
    noter(af=af, navn="traek_anmodning", objekt=laast, saetning="Anmodningen er trukket tilbage.")
    fortryd(f"anmodning:{laast.pk}:svar", af=af)
    return laast


@transaction.atomic
def forelaeg_anmodning(*, anmodning: Anmodning, af: Person) -> Anmodning:
    """Once, a refusal by the coordinator is put before the leader, who alone answers it, with a new clock (S28)."""
    laast = laas_anmodning(anmodning, af, Handling.EGEN_ANMODNING)
    if not kan_forelaegges(laast):
        skift(laast, Anmodningsovergang.FORELAEG)
        raise IkkeMuligtError(LEDEREN_HAR_SVARET)
    skift(laast, Anmodningsovergang.FORELAEG)
    laast.forelagt_den = tid.nu()
    begynd_uret(laast)
    laast.save()
    leder = f"{laast.forum.enhed.ledertitel}en"
    noter(af=af, navn="forelaeg_anmodning", objekt=laast, saetning=f"Afslaget er forelagt {leder}.")
    bed_om_svar(laast, "Et afslag er forelagt dig.", af)
    fortael_anmoderne(laast, f"Afslaget er forelagt {leder}.", af)
    return laast
