"""Who represents a unit at named meetings is its leader's decision, nobody else's (S35, decision 20, case 10)."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from moeder.actions.deltagerlaas import laas_deltager, nulstil_svar
from moeder.actions.medarbejdere import kraev_afgoerelse
from moeder.actions.rundt import fortael_fjernede, fortael_inviterede
from moeder.models import Deltager
from moeder.states import Deltagelse, Deltagelsesovergang
from ressourcecenter.repraesentation import Repraesentanter, kan_deltage
from samarbejde.formater import dato_uden_ugedag
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Handling
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, kan, skift

Art = Deltager.Art
PLADSER = frozenset({Art.FAST, Art.GAEST})


@transaction.atomic
def vaelg_repraesentant(*, deltagere: Sequence[Deltager], person: Person, af: Person) -> list[Deltager]:
    """One employee for one or several named meetings. After a decline the choice is the substitute (D24)."""
    laaste = [_laas(en, af) for en in sorted(deltagere, key=lambda en: en.moede_id)]
    if not laaste:
        raise ValidationError({"moeder": "Vælg mindst ét møde."})
    return [_vaelg(laast, person, af) for laast in laaste]


@transaction.atomic
def fortryd_repraesentant(*, deltager: Deltager, af: Person) -> Deltager:
    """The seat goes back to whoever takes part for the unit without a choice."""
    laast = _laas(deltager, af)
    if laast.i_stedet_for is not None:
        fortael_fjernede(laast.moede, [laast])
        skift(laast, Deltagelsesovergang.BORTFALD)
        laast.save(update_fields=["tilstand"])
        tilbage = giv_pladsen_tilbage(laast)
    elif laast.valgt_af_id is None:
        raise IkkeMuligtError("Der er ikke valgt en repræsentant til mødet, så der er intet at fortryde.")
    else:
        tilbage = _giv_til(laast, _uden_valg(laast), None)
    saetning = f"{tilbage} deltager for {laast.enhed}: valget af en anden er fortrudt."
    noter(af=af, navn="fortryd_repraesentant", objekt=laast, rod=laast.moede, saetning=saetning)
    return laast


def giv_pladsen_tilbage(stedfortraeder: Deltager) -> Deltager | None:
    """A substitute who withdraws gives the seat back: whoever declined is asked once more."""
    gammel = stedfortraeder.i_stedet_for
    if gammel is None or gammel.tilstand != Deltagelse.AFBUD:
        return None
    nulstil_svar(gammel)
    gammel.save()
    fortael_inviterede(gammel.moede, [gammel])
    return gammel


def _laas(deltager: Deltager, af: Person) -> Deltager:
    laast = laas_deltager(deltager, af, Handling.VAELG_REPRAESENTANT)
    if laast.art not in PLADSER or laast.enhed is None:
        raise IkkeMuligtError("Kun den plads, som en enhed er inviteret til, kan gives til en anden.")
    if laast.moede.er_begyndt():
        raise IkkeMuligtError("Mødet er begyndt. Fortæl mødelederen, hvem der deltager.")
    kraev_afgoerelse(laast, af)
    return laast


def _vaelg(laast: Deltager, person: Person, af: Person) -> Deltager:
    naar = dato_uden_ugedag(laast.moede.dag)
    if not kan(laast, Deltagelsesovergang.MELD_AFBUD):
        raise ValidationError({"moeder": f"{laast.enhed} er ikke med på mødet {naar}. Tag mødet ud af valget."})
    if not er_ansat(person, laast):
        raise ValidationError({"person": f"{person} er ikke ansat på {laast.enhed} {naar}. Vælg en af jeres egne."})
    if laast.person_id == person.pk and laast.tilstand != Deltagelse.AFBUD:
        valgt = laast
        valgt.valgt_af = af
        valgt.save(update_fields=["valgt_af"])
    else:
        _kraev_ledig_plads(laast, person, naar)
        valgt = (
            _stedfortraeder(laast, person, af) if laast.tilstand == Deltagelse.AFBUD else _giv_til(laast, person, af)
        )
    saetning = f"{person} repræsenterer {laast.enhed} på mødet {naar}."
    noter(af=af, navn="vaelg_repraesentant", objekt=valgt, rod=laast.moede, saetning=saetning)
    return valgt


def er_ansat(person: Person, deltager: Deltager) -> bool:
    dag = deltager.moede.dag
    job = Rolletildeling.objects.gaeldende(dag).filter(user=person, content_object=deltager.enhed_id)
    return kan_deltage(person, dag) and job.exists()


def _kraev_ledig_plads(laast: Deltager, person: Person, naar: str) -> None:
    anden = laast.moede.deltagere.filter(person=person).exclude(pk=laast.pk).first()
    if anden is None:
        return
    if anden.tilstand in {Deltagelse.BORTFALDET, Deltagelse.AFVIST} and not anden.stedfortraedere.exists():
        anden.delete()  # it says nothing any more, and a person stands on a list once
        return
    besked = f"{person} står allerede på listen til mødet {naar}. Vælg en anden, eller tag mødet ud af valget."
    raise ValidationError({"person": besked})


def _giv_til(laast: Deltager, person: Person | None, valgt_af: Person | None) -> Deltager:
    """The same seat with somebody else in it."""
    fortael_fjernede(laast.moede, [laast])
    nulstil_svar(laast)
    laast.person, laast.valgt_af = person, valgt_af
    laast.grund = f"repræsenterer {laast.enhed}" if valgt_af else _grund(laast)
    laast.save()
    fortael_inviterede(laast.moede, [laast])
    return laast


def _stedfortraeder(laast: Deltager, person: Person, af: Person) -> Deltager:
    for tidligere in laast.stedfortraedere.exclude(tilstand=Deltagelse.BORTFALDET):
        fortael_fjernede(laast.moede, [tidligere])
        skift(tidligere, Deltagelsesovergang.BORTFALD)
        tidligere.save(update_fields=["tilstand"])
    ny = Deltager.objects.create(
        moede=laast.moede,
        art=laast.art,
        enhed=laast.enhed,
        person=person,
        grund=f"stedfortræder for {laast.person}",
        valgt_af=af,
        i_stedet_for=laast,
    )
    fortael_inviterede(laast.moede, [ny])
    return ny


def _uden_valg(laast: Deltager) -> Person | None:
    hos, moede = Repraesentanter([laast.enhed]), laast.moede
    if laast.art == Art.GAEST:
        return hos.handler_for(laast.enhed, moede.dag)
    optagne = set(moede.deltagere.exclude(pk=laast.pk).values_list("person_id", flat=True))
    personer = hos.svar(laast.enhed, moede.forum, moede.dag).personer
    return next((en for en in personer if en.pk not in optagne), None)


def _grund(laast: Deltager) -> str:
    if laast.art == Art.GAEST:
        return "gæst på et tematisk møde"
    return Repraesentanter([laast.enhed]).svar(laast.enhed, laast.moede.forum, laast.moede.dag).kort
