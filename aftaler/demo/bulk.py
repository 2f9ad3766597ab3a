"""Bulk agreements for measuring: `demodata --distrikter N --aar N`. Not through the actions, and never in a real site:
6 goals × 7 sub-goals × 2 activities for each agreement, the size the goals for speed are stated on.
"""

from datetime import date, datetime, time
from itertools import count

from django.db import transaction

from aftaler.demo.tekster import BEHOV, MAAL, RETNING
from aftaler.indhold import indhold_af
from aftaler.models import Aftale, Aftalepart, Aktivitet, Delmaal, Godkendelse, Maalomraade, StrategiskMaal
from aftaler.queries import ledere_af, levende_aftale, mulige_parter
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
        if len(enheder) > 1 and len(ledere) == len(enheder):
            with transaction.atomic():
                for skoleaar in range(dette - antal_aar + 1, dette + 1):
                    if not levende_aftale(distrikt, skoleaar):
                        _lav_aftale(distrikt, skoleaar, enheder, ledere, er_udkast=skoleaar == dette)
        if nummer % 10 == 0:
            print(f"  aftaler for {nummer} distrikter")


def _lav_aftale(
    distrikt: Skoledistrikt, skoleaar: int, enheder: list[Enhed], ledere: dict[int, Person], er_udkast: bool
) -> None:
    hvornaar = tid.fra_lokal(date(skoleaar, 9, 1), time(9))
    aftale = Aftale.objects.create(
        distrikt=distrikt,
        skoleaar=skoleaar,
        tovholder=enheder[0],
        behov=BEHOV,
        behov_html=til_html(BEHOV),
        behov_version=1,
        retning=RETNING,
        retning_html=til_html(RETNING),
        retning_version=1,
        oprettet_den=hvornaar,
        tilstand_siden=hvornaar,
    )
    parter = Aftalepart.objects.bulk_create(Aftalepart(aftale=aftale, enhed=enhed) for enhed in enheder)
    _lav_indhold(aftale, enheder)
    if not er_udkast:
        _indgaa(aftale, parter, ledere, hvornaar)


def _lav_indhold(aftale: Aftale, enheder: list[Enhed]) -> None:
    plads = count(1)
    html = [til_html(maal.beskrivelse) for maal in MAAL]
    maal = StrategiskMaal.objects.bulk_create(
        StrategiskMaal(
            aftale=aftale,
            plads=next(plads),
            titel=f"{MAAL[n % len(MAAL)].titel} ({n + 1})",
            beskrivelse=MAAL[n % len(MAAL)].beskrivelse,
            beskrivelse_html=html[n % len(MAAL)],
        )
        for n in range(MAAL_PR_AFTALE)
    )
    gennem = StrategiskMaal.omraader.through
    omraader = list(Maalomraade.objects.values_list("pk", flat=True))
    gennem.objects.bulk_create(
        gennem(strategiskmaal=ting, maalomraade_id=omraader[n % 6]) for n, ting in enumerate(maal)
    )
    skabelon = MAAL[0].delmaal[0]
    delmaal = Delmaal.objects.bulk_create(
        Delmaal(
            maal=ting,
            plads=next(plads),
            titel=f"{skabelon.titel} {n + 1}",
            beskrivelse=skabelon.beskrivelse,
            beskrivelse_html=til_html(skabelon.beskrivelse),
        )
        for ting in maal
        for n in range(DELMAAL_PR_MAAL)
    )
    forbillede = skabelon.aktiviteter[0]
    aktiviteter = Aktivitet.objects.bulk_create(
        Aktivitet(
            delmaal=ting,
            plads=next(plads),
            titel=f"{forbillede.titel} {n + 1}",
            beskrivelse=forbillede.beskrivelse,
            beskrivelse_html=til_html(forbillede.beskrivelse),
            tegn=forbillede.tegn,
        )
        for ting in delmaal
        for n in range(AKTIVITETER_PR_DELMAAL)
    )
    svar = Aktivitet.ansvarlige.through
    svar.objects.bulk_create(
        svar(aktivitet=ting, enhed=enheder[n % len(enheder)]) for n, ting in enumerate(aktiviteter)
    )


def _indgaa(aftale: Aftale, parter: list[Aftalepart], ledere: dict[int, Person], hvornaar: datetime) -> None:
    aftale.indhold = indhold_af(aftale)
    aftale.indgaaet_den = hvornaar
    Aftale.objects.filter(pk=aftale.pk).update(
        tilstand=Tilstand.INDGAAET, indhold=aftale.indhold, indgaaet_den=hvornaar
    )
    godkendelser = Godkendelse.objects.bulk_create(
        Godkendelse(
            part=part,
            indhold=aftale.indhold,
            af=ledere[part.enhed_id],
            navn=ledere[part.enhed_id].navn,
            titel=part.enhed.ledertitel,
            enhedsnavn=part.enhed.navn,
            godkendt_den=hvornaar,
        )
        for part in parter
    )
    for part, godkendelse in zip(parter, godkendelser, strict=True):
        part.godkendelse, part.svar_den = godkendelse, hvornaar
    Aftalepart.objects.bulk_update(parter, ["godkendelse", "svar_den"])
    Aftalepart.objects.filter(aftale=aftale).update(tilstand=Svar.GODKENDT)
