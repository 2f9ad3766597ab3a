"""What forvaltning keeps for everybody: the documents the forums work within (S27, S60) and the professions (S4)."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction

from ressourcecenter.models import Rammedokument
from samarbejde.formater import soegetekst
from samarbejde.models import Enhed, Faglighed, Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.roller import HELE_KOMMUNEN, glem_roller
from samarbejde.spor import noter
from samarbejde.tilstande import KonfliktError

DOKUMENTFELTER = ("titel", "aar", "link", "gaelder_for", "gyldig_fra", "gyldig_til")
RETTET = "En anden har rettet dokumentet, mens du skrev."
kun_web = URLValidator(schemes=["http", "https"], message="Skriv en adresse, der begynder med https:// eller http://.")


@transaction.atomic
def opret_rammedokument(
    *, titel: str, aar: int, link: str, gaelder_for: str, gyldig_fra: date, gyldig_til: date | None, af: Person
) -> Rammedokument:
    """Add a document; the same form sent twice is one document."""
    _laas(af)
    felter = {"titel": titel, "aar": aar, "link": link, "gaelder_for": gaelder_for, "gyldig_fra": gyldig_fra}
    if findes := Rammedokument.objects.filter(**felter, gyldig_til=gyldig_til).first():
        return findes
    ny = Rammedokument(**felter, gyldig_til=gyldig_til)
    _kontroller(ny)
    ny.save(force_insert=True)
    noter(af=af, navn="opret_rammedokument", objekt=ny, saetning=f"Rammedokumentet «{ny}» er lagt ind.")
    return ny


@transaction.atomic
def ret_rammedokument(*, dokument: Rammedokument, version: int, af: Person, **felter: Any) -> Rammedokument:
    """Correct a document, or end it: it stays in the list of those that held. A stale save is refused."""
    if ukendte := felter.keys() - set(DOKUMENTFELTER):
        raise TypeError(f"et rammedokument kan ikke rettes på {sorted(ukendte)}")
    _laas(af)
    laast = Rammedokument.objects.select_for_update().get(pk=dokument.pk)
    foer = {felt: getattr(laast, felt) for felt in felter}
    aendret = {felt: (foer[felt], ny) for felt, ny in felter.items() if foer[felt] != ny}
    if not aendret:
        return laast
    if version != laast.version:
        raise KonfliktError(foer, laast.version, RETTET)
    for felt, (_, ny) in aendret.items():
        setattr(laast, felt, ny)
    _kontroller(laast)
    laast.save()
    spor = {felt: (fra or "", ny or "") for felt, (fra, ny) in aendret.items()}
    saetning = f"Rammedokumentet «{laast}» er rettet."
    noter(af=af, navn="ret_rammedokument", objekt=laast, saetning=saetning, felter=spor)
    return laast


def _kontroller(dokument: Rammedokument) -> None:
    dokument.clean_fields()
    if dokument.link:
        try:
            kun_web(dokument.link)
        except ValidationError as fejl:
            raise ValidationError({"link": fejl.messages}) from None
    if dokument.gyldig_til is not None and dokument.gyldig_til <= dokument.gyldig_fra:
        raise ValidationError({"til_og_med": "Dokumentet kan ikke slutte, før det begynder. Ret en af datoerne."})
    andre = Rammedokument.objects.exclude(pk=dokument.pk).filter(aar=dokument.aar, gaelder_for=dokument.gaelder_for)
    if any(soegetekst(anden.titel) == soegetekst(dokument.titel) for anden in andre):
        raise ValidationError({"titel": "Dokumentet står allerede på listen. Ret det, der er, i stedet."})


# --- professions -------------------------------------------------------------------------------------------------
@transaction.atomic
def opret_faglighed(*, navn: str, af: Person) -> Faglighed:
    _laas(af)
    samme = [en for en in Faglighed.objects.all() if soegetekst(en.navn) == soegetekst(navn)]
    if samme:
        vej = "Den er lukket. Åbn den igen på listen." if samme[0].er_lukket else "Brug den, der er."
        raise ValidationError({"navn": f"Fagligheden «{samme[0]}» findes allerede. {vej}"})
    ny = Faglighed(navn=navn)
    ny.clean_fields()
    ny.save(force_insert=True)
    noter(af=af, navn="opret_faglighed", objekt=ny, saetning=f"Fagligheden «{ny}» er lagt på listen.")
    return ny


@transaction.atomic
def luk_faglighed(*, faglighed: Faglighed, af: Person) -> Faglighed:
    """Those who have it keep it; nobody gets it any more."""
    return _saet_lukket(faglighed, af, lukket=True)


@transaction.atomic
def genaabn_faglighed(*, faglighed: Faglighed, af: Person) -> Faglighed:
    return _saet_lukket(faglighed, af, lukket=False)


def _saet_lukket(faglighed: Faglighed, af: Person, *, lukket: bool) -> Faglighed:
    _laas(af)
    laast = Faglighed.objects.select_for_update().get(pk=faglighed.pk)
    if laast.er_lukket == lukket:
        return laast
    laast.er_lukket = lukket
    laast.save(update_fields=["er_lukket"])
    navn, hvad = ("luk_faglighed", "lukket") if lukket else ("genaabn_faglighed", "åbnet igen")
    noter(af=af, navn=navn, objekt=laast, saetning=f"Fagligheden «{laast}» er {hvad}.")
    return laast


def _laas(af: Person) -> None:
    """One at a time: what is compared with the whole list is locked by the forvaltning that keeps it."""
    list(Enhed.objects.select_for_update().filter(art=Enhed.Art.FORVALTNING).order_by("pk"))
    glem_roller()
    kraev_ret(af, Handling.RET_RAMMER, HELE_KOMMUNEN)
