"""Bulk agreements for measuring: `demodata --distrikter N --aar N`. Not through the actions, and never in a real site:
6 goals × 7 sub-goals × 2 activities for each agreement, the size the goals for speed are stated on. Written table by
table for all the years of a district: 70 × 10 agreements are 170,000 rows.
"""

from datetime import date, datetime, time
from itertools import count
from typing import Any

from django.db import transaction
from django.db.models import OuterRef, Subquery

from aftaler.demo.tekster import BEHOV, MAAL, RETNING
from aftaler.indhold import pak, som_data
from aftaler.models import Aftale, Aftalepart, Aktivitet, Delmaal, Godkendelse, Indhold, Maalomraade, StrategiskMaal
from aftaler.queries import ledere_af, mulige_parter
from aftaler.states import Svar, Tilstand
from samarbejde import tid
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.prosa import til_html
from samarbejde.skolekalender import skoleaar_for

MAAL_PR_AFTALE, DELMAAL_PR_MAAL, AKTIVITETER_PR_DELMAAL, PARTER_PR_AFTALE = 6, 7, 2, 9


def lav_mange(antal_aar: int) -> None:
    """Agreements for every district without one: this year's a draft, earlier ones entered."""
    dette = skoleaar_for(tid.i_dag())
    for nummer, distrikt in enumerate(Skoledistrikt.objects.gaeldende().order_by("pk"), start=1):
        enheder = mulige_parter(distrikt)[:PARTER_PR_AFTALE]
        ledere = {rolle.content_object_id: rolle.user for rolle in ledere_af([enhed.pk for enhed in enheder])}
        findes = set(distrikt.aftaler.values_list("skoleaar", flat=True))
        manglende = [aar for aar in range(dette - antal_aar + 1, dette + 1) if aar not in findes]
        if manglende and len(enheder) > 1 and len(ledere) == len(enheder):
            with transaction.atomic():
                aftaler = _lav_aftaler(distrikt, manglende, enheder)
                _indgaa([aftale for aftale in aftaler if aftale.skoleaar != dette], enheder, ledere)
        if nummer % 10 == 0:
            print(f"  aftaler for {nummer} distrikter")


def _lav_aftaler(distrikt: Skoledistrikt, skoleaar: list[int], enheder: list[Enhed]) -> list[Aftale]:
    faelles = {"behov": BEHOV, "behov_html": til_html(BEHOV), "retning": RETNING, "retning_html": til_html(RETNING)}
    aftaler = Aftale.objects.bulk_create(
        Aftale(
            distrikt=distrikt,
            skoleaar=aar,
            tovholder=enheder[0],
            behov_version=1,
            retning_version=1,
            oprettet_den=_hvornaar(aar),
            tilstand_siden=_hvornaar(aar),
            **faelles,
        )
        for aar in skoleaar
    )
    Aftalepart.objects.bulk_create(Aftalepart(aftale=aftale, enhed=enhed) for aftale in aftaler for enhed in enheder)
    _lav_aktiviteter(_lav_delmaal(_lav_maal(aftaler)), enheder)
    return aftaler


def _hvornaar(skoleaar: int) -> datetime:
    return tid.fra_lokal(date(skoleaar, 9, 1), time(9))


def _lav_maal(aftaler: list[Aftale]) -> list[StrategiskMaal]:
    tekster = [(MAAL[n % len(MAAL)], f" ({n + 1})") for n in range(MAAL_PR_AFTALE)]
    faelles = [(tekst.titel + endelse, _prosa(tekst.beskrivelse)) for tekst, endelse in tekster]
    maal = StrategiskMaal.objects.bulk_create(
        StrategiskMaal(aftale=aftale, plads=plads, titel=titel, **prosa)
        for aftale in aftaler
        for plads, (titel, prosa) in enumerate(faelles, start=1)
    )
    gennem = StrategiskMaal.omraader.through
    omraader = list(Maalomraade.objects.values_list("pk", flat=True))
    gennem.objects.bulk_create(
        gennem(strategiskmaal_id=ting.pk, maalomraade_id=omraader[n % len(omraader)]) for n, ting in enumerate(maal)
    )
    return maal


def _lav_delmaal(maal: list[StrategiskMaal]) -> list[Delmaal]:
    tekst, plads = MAAL[0].delmaal[0], count(1)
    prosa = _prosa(tekst.beskrivelse)
    return Delmaal.objects.bulk_create(
        Delmaal(maal=ting, plads=next(plads), titel=f"{tekst.titel} {n + 1}", **prosa)
        for ting in maal
        for n in range(DELMAAL_PR_MAAL)
    )


def _lav_aktiviteter(delmaal: list[Delmaal], enheder: list[Enhed]) -> None:
    tekst, plads = MAAL[0].delmaal[0].aktiviteter[0], count(1)
    prosa = _prosa(tekst.beskrivelse)
    aktiviteter = Aktivitet.objects.bulk_create(
        Aktivitet(delmaal=ting, plads=next(plads), titel=f"{tekst.titel} {n + 1}", tegn=tekst.tegn, **prosa)
        for ting in delmaal
        for n in range(AKTIVITETER_PR_DELMAAL)
    )
    svar = Aktivitet.ansvarlige.through
    i_alt = MAAL_PR_AFTALE * DELMAAL_PR_MAAL * AKTIVITETER_PR_DELMAAL
    svar.objects.bulk_create(
        svar(aktivitet_id=ting.pk, enhed_id=enheder[n % i_alt % len(enheder)].pk) for n, ting in enumerate(aktiviteter)
    )


def _prosa(tekst: str) -> dict[str, Any]:
    return {"beskrivelse": tekst, "beskrivelse_html": til_html(tekst)}


def _indgaa(aftaler: list[Aftale], enheder: list[Enhed], ledere: dict[int, Person]) -> None:
    """Everybody approved on the first of September; the years of a district differ in the year alone."""
    if not aftaler:
        return
    tekst = som_data(aftaler[0])
    for aftale in aftaler:
        aftale.indhold = pak({**tekst, "skoleaar": aftale.skoleaar})
        aftale.indgaaet_den, aftale.tilstand = _hvornaar(aftale.skoleaar), Tilstand.INDGAAET
    Indhold.objects.bulk_create([aftale.indhold for aftale in aftaler], ignore_conflicts=True)
    Aftale.objects.bulk_update(aftaler, ["indhold", "indgaaet_den", "tilstand"])
    titler = {enhed.pk: (enhed.ledertitel, enhed.navn) for enhed in enheder}
    parter = Aftalepart.objects.filter(aftale__in=aftaler)
    Godkendelse.objects.bulk_create(
        Godkendelse(
            part=part,
            indhold_id=part.aftale.indhold_id,
            af=ledere[part.enhed_id],
            navn=ledere[part.enhed_id].navn,
            titel=titler[part.enhed_id][0],
            enhedsnavn=titler[part.enhed_id][1],
            godkendt_den=part.aftale.indgaaet_den,
        )
        for part in parter.select_related("aftale")
    )
    egen = Godkendelse.objects.filter(part=OuterRef("pk"))
    parter.update(
        godkendelse=Subquery(egen.values("pk")), svar_den=Subquery(egen.values("godkendt_den")), tilstand=Svar.GODKENDT
    )
