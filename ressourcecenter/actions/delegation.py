"""A fritidscenter's fixed participation handed to employees, school by school (S34, decision 20)."""

from datetime import date
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from ressourcecenter.models import Delegation
from ressourcecenter.repraesentation import Repraesentanter, hindring
from samarbejde import tid
from samarbejde.ansaettelse import andre_ansaettelser, ansat_til, mister_grundlag
from samarbejde.formater import dato_uden_ugedag, periode
from samarbejde.models import Enhed, Person, Rolletildeling
from samarbejde.permissions import Handling, Rolle, kraev_ret
from samarbejde.post import underret
from samarbejde.roller import glem_roller
from samarbejde.spor import noter
from samarbejde.stik import Bliver, Haenger
from samarbejde.tilstande import IkkeMuligtError

Tidsrum = tuple[date, date | None]
TIDLIGERE = "Datoen ligger før i dag. Vælg i dag eller en senere dag."


@transaction.atomic
def deleger_deltagelse(
    *, center: Enhed, skole: Enhed, person: Person, gyldig_fra: date, gyldig_til: date | None = None, af: Person
) -> Delegation:
    """Hand the fixed participation at one school to an employee, for a period; several at a school may have it."""
    laast = _laas(center)
    kraev_ret(af, Handling.DELEGER_DELTAGELSE, laast)
    _kraev_periode(gyldig_fra, gyldig_til)
    _kraev_skole(laast, skole, gyldig_fra)
    _kraev_ansat(laast, person, (gyldig_fra, gyldig_til))
    _kraev_ny(laast, skole, person, (gyldig_fra, gyldig_til))
    ny = Delegation.objects.create(
        center=laast, skole=skole, person=person, delegeret_af=af, gyldig_fra=gyldig_fra, gyldig_til=gyldig_til
    )
    saetning = f"{person} deltager fast for {laast} på {skole} {periode(gyldig_fra, gyldig_til)}."
    noter(af=af, navn="deleger_deltagelse", objekt=ny, rod=laast, saetning=saetning)
    _fortael(ny, f"deleger_deltagelse:{ny.pk}", f"{af} har uddelegeret den faste deltagelse: {saetning}", af)
    glem_roller()
    return ny


@transaction.atomic
def afslut_delegation(*, delegation: Delegation, gyldig_til: date | None = None, af: Person) -> Delegation:
    """End a delegation: now, or from a later day. One that has not begun never comes to hold."""
    center = _laas(delegation.center)
    laast = Delegation.objects.select_related("center", "skole", "person").get(pk=delegation.pk)
    kraev_ret(af, Handling.DELEGER_DELTAGELSE, center)
    _kraev_i_gang(laast, gyldig_til)
    return _slut(laast, gyldig_til or tid.i_dag(), af)


@transaction.atomic
def slip_delegation(*, delegation: Delegation, gyldig_til: date, af: Person | None) -> Delegation:
    """It ends with the employment it rests on: no right of its own is asked, and one that is over by then stays."""
    _laas(delegation.center)
    laast = Delegation.objects.select_related("center", "skole", "person").get(pk=delegation.pk)
    if laast.gyldig_til is not None and laast.gyldig_til <= max(gyldig_til, laast.gyldig_fra):
        return laast
    return _slut(laast, gyldig_til, af, ogsaa_lederen=True)


def _slut(laast: Delegation, gyldig_til: date, af: Person | None, *, ogsaa_lederen: bool = False) -> Delegation:
    foer, slut = laast.gyldig_til, max(gyldig_til, laast.gyldig_fra)
    laast.gyldig_til = slut
    laast.save(update_fields=["gyldig_til"])
    saetning = (
        f"{laast.person} deltager ikke længere fast for {laast.center} på {laast.skole} fra {dato_uden_ugedag(slut)}."
    )
    felter = {"gyldig_til": (foer or "", slut)}
    noter(af=af, navn="afslut_delegation", objekt=laast, rod=laast.center, saetning=saetning, felter=felter)
    _fortael(laast, f"afslut_delegation:{laast.pk}:{slut}", saetning, af, ogsaa_lederen=ogsaa_lederen)
    glem_roller()
    return laast


def haengende(tildeling: Rolletildeling, gyldig_til: date) -> list[Haenger]:
    """`stik.haenger`: the delegations that have no employment to rest on when this role ends on that day (S54)."""
    if tildeling.enhed.art != Enhed.Art.FRITIDSCENTER:
        return []
    egne = Delegation.objects.filter(center=tildeling.enhed, person=tildeling.user).ikke_annulleret()
    raekker = list(egne.select_related("center", "skole").order_by("pk"))
    ansaettelser = andre_ansaettelser(tildeling, [tildeling.content_object_id]) if raekker else []
    ting = []
    for valg in raekker:
        slut = mister_grundlag(ansaettelser, gyldig_til, valg.gyldig_fra, valg.gyldig_til)
        if slut is not None:
            hvad = f"Fast deltagelse for {tildeling.enhed} på {valg.skole}, som går tilbage til centerlederen"
            slip = partial(slip_delegation, delegation=valg, gyldig_til=slut)
            ting.append(Haenger(hvad, Bliver.SLUTTER, slip, valg.skole))
    return ting


def _laas(center: Enhed) -> Enhed:
    glem_roller()
    return Enhed.objects.select_for_update().get(pk=center.pk)


def _kraev_periode(fra: date, til: date | None) -> None:
    if fra < tid.i_dag():
        raise ValidationError({"fra": TIDLIGERE})
    if til is not None and til <= fra:
        raise ValidationError({"til_og_med": "Slutdatoen ligger før startdatoen. Ret en af dem."})


def _kraev_skole(center: Enhed, skole: Enhed, dag: date) -> None:
    """S34: at least two schools on the first day, and only one of its own."""
    if not center.gaelder(dag):
        raise ValidationError({"fra": f"{center} er lukket {dato_uden_ugedag(dag)}. Vælg en tidligere dag."})
    skoler = Repraesentanter([center]).skoler(center, dag)
    if grund := hindring(center, skoler):
        raise IkkeMuligtError(grund)
    if skole not in skoler:
        raise ValidationError({"skole": f"{center} samarbejder ikke med {skole} {dato_uden_ugedag(dag)}. Vælg igen."})


def _kraev_ansat(center: Enhed, person: Person, hvornaar: Tidsrum) -> None:
    """Only to one's own employees, never to the leader, and no longer than the employment lasts."""
    fra, til = hvornaar
    roller = _roller(center, person)
    if any(en.rolle == Rolle.FRITIDSLEDER and not en.i_fravaer and en.gaelder(fra) for en in roller):
        raise ValidationError({"person": f"{person} leder {center} og er fast deltager i forvejen. Vælg en anden."})
    perioder = [(en.gyldig_fra, en.gyldig_til) for en in roller]
    slut = ansat_til(sorted(perioder, key=lambda tidsrum: tidsrum[0]), fra)
    if slut == fra or not person.is_active:
        raise ValidationError(
            {"person": f"{person} er ikke ansat på {center} {dato_uden_ugedag(fra)}. Vælg en af centrets egne ansatte."}
        )
    if slut is not None and (til is None or til > slut):
        sidste = dato_uden_ugedag(tid.til_og_med(slut))
        besked = f"{person} er ansat på {center} til og med {sidste}. Vælg den dag eller en tidligere."
        raise ValidationError({"til_og_med": besked})


def _kraev_ny(center: Enhed, skole: Enhed, person: Person, hvornaar: Tidsrum) -> None:
    fra, til = hvornaar
    samme = Delegation.objects.filter(center=center, skole=skole, person=person).ikke_annulleret()
    samme = samme.exclude(gyldig_til__lte=fra)
    if til is not None:
        samme = samme.filter(gyldig_fra__lt=til)
    if anden := samme.first():
        hvad = f"{person} deltager allerede fast på {skole} {periode(anden.gyldig_fra, anden.gyldig_til)}."
        raise ValidationError({"person": f"{hvad} Vælg en anden person, eller ret perioden."})


def _kraev_i_gang(delegation: Delegation, gyldig_til: date | None) -> None:
    slutter = delegation.gyldig_til
    if slutter is not None and slutter <= max(tid.i_dag(), delegation.gyldig_fra):
        raise IkkeMuligtError("Uddelegeringen er allerede slut.")
    if gyldig_til is None:
        return
    if gyldig_til < tid.i_dag():
        raise ValidationError({"sidste_dag": TIDLIGERE})
    if gyldig_til <= delegation.gyldig_fra:
        begynder = dato_uden_ugedag(delegation.gyldig_fra)
        besked = f"Uddelegeringen begynder først {begynder}. Lad feltet stå tomt, hvis den slet ikke skal gælde."
        raise ValidationError({"sidste_dag": besked})
    if slutter is not None and gyldig_til >= slutter:
        sidste = dato_uden_ugedag(tid.til_og_med(slutter))
        raise ValidationError({"sidste_dag": f"Uddelegeringen slutter i forvejen {sidste}. Vælg en tidligere dag."})


def _roller(center: Enhed, person: Person) -> list[Rolletildeling]:
    egne = Rolletildeling.objects.filter(content_object=center, user=person).ikke_annulleret()
    return list(egne.select_related("permission"))


def _fortael(
    delegation: Delegation, noegle: str, tekst: str, af: Person | None, *, ogsaa_lederen: bool = False
) -> None:
    """The delegate, and those who invite at the school; when the employment ended also the centre's leader."""
    ledelse = Rolletildeling.objects.gaeldende().select_related("user", "content_object")
    modtagere = list(ledelse.filter(content_object=delegation.skole).med_rolle(Rolle.SKOLELEDER, Rolle.KOORDINATOR))
    if ogsaa_lederen:
        modtagere += ledelse.filter(content_object=delegation.center).med_rolle(Rolle.FRITIDSLEDER)
    paa_skolen = reverse("forum", args=[delegation.skole.slug])
    hos_centret = reverse("repraesentation", args=[delegation.center.slug])
    adresser = {delegation.person: hos_centret}
    adresser |= {en.user: paa_skolen if en.enhed == delegation.skole else hos_centret for en in modtagere}
    for person, adresse in adresser.items():
        if person != af:
            emne = f"Fast deltagelse for {delegation.center} på {delegation.skole}"
            underret(til=person, emne=emne, tekst=tekst, noegle=f"{noegle}:{person.pk}", adresse=adresse)
