"""Agreements for `demodata`: in every state over three school years, written through the actions by the leaders."""

import uuid
from datetime import date, datetime, time

from aftaler import actions
from aftaler.demo.bulk import lav_mange
from aftaler.demo.samtale import tal_sammen
from aftaler.demo.tekster import BEHOV, GRUND, MAAL, RETNING, M
from aftaler.models import Aftale, Maalomraade
from aftaler.queries import ledere_af, levende_aftale, mulige_parter
from aftaler.states import LEVENDE, Svar, Tilstand
from samarbejde import tid
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.post import regn_som_sendt
from samarbejde.skolekalender import foerste_skoledag_fra, skoleaar_for


def lav_demo(*, distrikter: int | None = None, aar: int | None = None) -> None:
    if distrikter or aar:
        lav_mange(aar or 1)
        return
    dette = skoleaar_for(tid.i_dag())
    geografiske = Skoledistrikt.objects.gaeldende().filter(er_uden_geografi=False).order_by("pk")
    for nummer, distrikt in enumerate(geografiske):
        for forrige in (dette - 2, dette - 1):
            with tid.frys(_klokken_ni(date(forrige, 8, 24))):
                _lav(distrikt, forrige, "indgaaet")
        regn_som_sendt(foer=_klokken_ni(date(dette, 8, 1)))
        til = ("til_godkendelse", "kladde", "indgaaet", "kan_ikke")[nummer % 4]
        with tid.frys(_klokken_ni(date(dette, 9, 7))):
            if nummer == 1:
                _lav(distrikt, dette, "annulleret")
            _lav(distrikt, dette, til)


def _klokken_ni(dag: date) -> datetime:
    return tid.fra_lokal(foerste_skoledag_fra(dag, ()), time(9))


def _lav(distrikt: Skoledistrikt, skoleaar: int, til: str) -> None:
    """Write one agreement and take it as far as `til`; leave alone a district that has one, or too few leaders."""
    enheder = mulige_parter(distrikt)
    ledere: dict[int, Person] = {rolle.content_object_id: rolle.user for rolle in ledere_af([e.pk for e in enheder])}
    skole = next((e for e in enheder if e.art == Enhed.Art.SKOLE and not e.er_privat and e.pk in ledere), None)
    if skole is None or len(ledere) < 2 or levende_aftale(distrikt, skoleaar):
        return
    skoleleder = ledere[skole.pk]
    parter = [actions.Partsvalg(enhed) for enhed in enheder if enhed.pk in ledere]
    aftale = actions.opret_aftale(distrikt=distrikt, skoleaar=skoleaar, af=skoleleder, tovholder=skole, parter=parter)
    _skriv(aftale, skoleleder, [valg.enhed for valg in parter])
    if til == "annulleret":
        actions.annuller_aftale(aftale=aftale, af=skoleleder, grund="Oprettet med forkerte parter. Vi begynder forfra.")
    elif til == "kladde":
        tal_sammen(aftale, ledere)
    else:
        _godkend(actions.send_til_godkendelse(aftale=aftale, af=skoleleder), ledere, til)


def _skriv(aftale: Aftale, af: Person, enheder: list[Enhed]) -> None:
    actions.skriv_afsnit(aftale=aftale, af=af, afsnit="behov", tekst=BEHOV.strip(), version=0)
    actions.skriv_afsnit(aftale=aftale, af=af, afsnit="retning", tekst=RETNING.strip(), version=0)
    for maal in MAAL:
        _skriv_maal(aftale, af, maal, enheder)


def _skriv_maal(aftale: Aftale, af: Person, maal: M, enheder: list[Enhed]) -> None:
    omraader = Maalomraade.objects.filter(nummer__in=maal.omraader)
    faelles = {"aftale": aftale, "af": af, "version": 0}
    gemt = actions.skriv_maal(
        **faelles,
        noegle=uuid.uuid4(),
        omraader=omraader,
        titel=maal.titel,
        intentioner=maal.intentioner,
        beskrivelse=maal.beskrivelse,
        realisering=maal.realisering,
    )
    for delmaal in maal.delmaal:
        under = actions.skriv_delmaal(
            **faelles, maal=gemt.noegle, noegle=uuid.uuid4(), titel=delmaal.titel, beskrivelse=delmaal.beskrivelse
        )
        for nummer, aktivitet in enumerate(delmaal.aktiviteter):
            actions.skriv_aktivitet(
                **faelles,
                delmaal=under.noegle,
                noegle=uuid.uuid4(),
                ansvarlige=[enheder[0], enheder[1 + nummer % (len(enheder) - 1)]],
                titel=aktivitet.titel,
                art=aktivitet.art,
                beskrivelse=aktivitet.beskrivelse,
                tegn=aktivitet.tegn,
                fra=date(aftale.skoleaar, 9, 1),
                til_og_med=date(aftale.skoleaar + 1, 6, 25),
            )


def _godkend(aftale: Aftale, ledere: dict[int, Person], til: str) -> None:
    """Everybody approves (`indgaaet`); or the last leisure leader has not answered yet, or cannot yet."""
    parter = list(aftale.parter.select_related("enhed"))
    fritid = [part for part in parter if part.enhed.art == Enhed.Art.FRITIDSINSTITUTION]
    sidste = (fritid or parter)[-1]
    for part in parter:
        if til == "indgaaet" or part != sidste:
            actions.godkend(part=part, af=ledere[part.enhed_id], aftryk=aftale.indhold_id)
    if til == "kan_ikke":
        actions.kan_ikke_godkende(part=sidste, af=ledere[sidste.enhed_id], aftryk=aftale.indhold_id, grund=GRUND)


def er_hel() -> bool:
    """Whether every state that an agreement passes on its way is there, and one given up: the demo's own promise."""
    tilstande = set(Aftale.objects.values_list("tilstand", flat=True))
    svar = set(Aftale.objects.values_list("parter__tilstand", flat=True))
    return (
        tilstande >= {*LEVENDE, Tilstand.INDGAAET, Tilstand.ANNULLERET}
        and {Svar.GODKENDT, Svar.AFVENTER, Svar.KAN_IKKE} <= svar
    )
