"""Handing a role over: it ends, what hangs on it is let go or goes on, a successor takes over, a page tells both."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from samarbejde import tid
from samarbejde.actions import afslut_rolle, haengende, kraev_ret_til_rolle
from samarbejde.formater import dato_uden_ugedag, periode
from samarbejde.models import Enhed, Overdragelse, Person, Rolletildeling
from samarbejde.overdragelser import (
    allerede_slut,
    er_leder,
    er_sidste_leder,
    handler_imens,
    mulige_overtagere,
    som_linjer,
)
from samarbejde.personale import udpeg_leder
from samarbejde.post import underret
from samarbejde.prosa import har_personnummer, til_html
from samarbejde.spor import noter
from samarbejde.stik import Bliver, Haenger
from samarbejde.tasks import lav_overdragelse_opgave
from samarbejde.tilstande import IkkeMuligtError

CPR = "Noten må ikke rumme personnumre, og her står noget, der ligner et. Slet det, og prøv igen."


@transaction.atomic
def overdrag(
    *,
    tildeling: Rolletildeling,
    gyldig_til: date,
    slut_set: date | None,
    af: Person,
    efterfoelger: Person | None = None,
    staar_tom: bool = False,
    note: str = "",
) -> Overdragelse:
    """End a role and hand it over. `slut_set` is the end that was seen; the same twice is one hand-over.

    A leader's successor is appointed from the day the role ends; another's is named and gets no role by it.
    """
    enhed = Enhed.objects.select_for_update().get(pk=tildeling.content_object_id)
    laast = Rolletildeling.objects.select_related("user", "permission").get(pk=tildeling.pk)
    laast.content_object = enhed
    kraev_ret_til_rolle(af, laast.rolle, enhed, i_fravaer=laast.i_fravaer)
    if laast.gyldig_til == gyldig_til and (gjort := _samme(laast, af, efterfoelger, note)):
        return gjort
    _kraev_aaben(laast, slut_set)
    _kraev_dag(laast, gyldig_til)
    _kraev_efterfoelger(laast, gyldig_til, efterfoelger, staar_tom)
    if har_personnummer(note):
        raise ValidationError({"note": CPR})
    linjer = som_linjer([*haengende(laast, gyldig_til), *_tom_post(laast, gyldig_til, efterfoelger)])
    afslut_rolle(tildeling=laast, gyldig_til=gyldig_til, af=af)
    if efterfoelger is not None and er_leder(laast):
        _udpeg(efterfoelger, laast, gyldig_til, af)
    hvem = {"efterfoelger": efterfoelger, "af": af}
    overdragelse = Overdragelse.objects.create(
        tildeling=laast, gyldig_til=gyldig_til, note=note, note_html=til_html(note), linjer=linjer, **hvem
    )
    _fortael(overdragelse)
    transaction.on_commit(lambda: lav_overdragelse_opgave.enqueue(overdragelse.pk))
    return overdragelse


def _samme(laast: Rolletildeling, af: Person, efterfoelger: Person | None, note: str) -> Overdragelse | None:
    """The same button pressed twice."""
    ens = {"gyldig_til": laast.gyldig_til, "af": af, "efterfoelger": efterfoelger, "note": note}
    return laast.overdragelser.filter(**ens).first()


def _kraev_aaben(laast: Rolletildeling, slut_set: date | None) -> None:
    if allerede_slut(laast):
        raise IkkeMuligtError(f"Rollen er allerede slut: den gjaldt {periode(laast.gyldig_fra, laast.gyldig_til)}.")
    if laast.gyldig_til != slut_set:
        raise IkkeMuligtError(
            f"Rollen blev ændret, mens du skrev: den gælder nu {periode(laast.gyldig_fra, laast.gyldig_til)}. Se siden "
            "igennem, og afslut rollen igen, hvis det stadig passer."
        )


def _kraev_dag(laast: Rolletildeling, gyldig_til: date) -> None:
    """A role that has held a whole day is never annulled, only ended."""
    har_gaeldt = laast.gyldig_fra < tid.i_dag()
    if gyldig_til < laast.gyldig_fra or (har_gaeldt and gyldig_til == laast.gyldig_fra):
        begyndte = f"{laast.user} begyndte {dato_uden_ugedag(laast.gyldig_fra)}"
        raise ValidationError({"sidste_dag": f"{begyndte}. Vælg den dag eller en senere."})
    if laast.gyldig_til is not None and gyldig_til > laast.gyldig_til:
        slut = dato_uden_ugedag(tid.til_og_med(laast.gyldig_til))
        raise ValidationError({"sidste_dag": f"Rollen slutter allerede {slut}. Vælg den dag eller en tidligere."})


def _kraev_efterfoelger(laast: Rolletildeling, gyldig_til: date, efterfoelger: Person | None, staar_tom: bool) -> None:
    enhed = laast.enhed
    if efterfoelger is not None and not er_leder(laast) and efterfoelger not in mulige_overtagere(laast):
        raise ValidationError({"overtager": f"{efterfoelger} arbejder ikke på {enhed}. Vælg en fra listen."})
    if efterfoelger is not None and efterfoelger.pk == laast.user_id:
        raise ValidationError({"efterfoelger": f"{laast.user} kan ikke efterfølge sig selv. Skriv en andens e-mail."})
    if efterfoelger is None and not staar_tom and er_sidste_leder(laast, gyldig_til):
        tom = handler_imens(enhed, gyldig_til)
        vej = f"Skriv efterfølgerens e-mail, eller sæt kryds ved, at posten står tom. {tom}"
        raise ValidationError({"staar_tom": f"{laast.user} er den sidste leder af {enhed}. {vej}"})


def _tom_post(laast: Rolletildeling, gyldig_til: date, efterfoelger: Person | None) -> list[Haenger]:
    if efterfoelger is not None or not er_sidste_leder(laast, gyldig_til):
        return []
    post = f"{laast.enhed.ledertitel} {laast.enhed.med_forholdsord}"
    hvad = f"Posten som {post} står tom. {handler_imens(laast.enhed, gyldig_til)}"
    return [Haenger(hvad.rstrip("."), Bliver.SKAL_HAVE_NY, sted=laast.enhed)]


def _udpeg(efterfoelger: Person, laast: Rolletildeling, fra: date, af: Person) -> None:
    """Somebody who leads the unit already on that day is not appointed twice."""
    egne = Rolletildeling.objects.gaeldende(fra).filter(user=efterfoelger, content_object=laast.enhed, i_fravaer=False)
    if egne.med_rolle(laast.rolle).exists():
        return
    hvordan = {"gyldig_fra": fra, "er_primaer": laast.er_primaer}
    try:
        udpeg_leder(enhed=laast.enhed, af=af, email=efterfoelger.email, **hvordan)
    except ValidationError as fejl:
        raise ValidationError({"efterfoelger": fejl.messages}) from fejl


def _fortael(overdragelse: Overdragelse) -> None:
    laast, efterfoelger = overdragelse.tildeling, overdragelse.efterfoelger
    til = f" til {efterfoelger}" if efterfoelger else ""
    noter(
        af=overdragelse.af,
        navn="overdrag",
        objekt=overdragelse,
        rod=laast.enhed if er_leder(laast) else laast.user,
        saetning=f"{laast.user} har overdraget rollen som {laast.vist_post}{til}.",
    )
    modtagere = {person.pk: person for person in (laast.user, efterfoelger) if person is not None}
    for person in modtagere.values():
        underret(
            til=person,
            emne=f"Nyt om overdragelse {laast.enhed.med_forholdsord}",
            tekst="Der er lavet en overdragelse. Se, hvad der slutter, hvad der følger med, og hvem du kan spørge.",
            adresse=overdragelse.get_absolute_url(),
            noegle=f"overdrag:{overdragelse.pk}:{person.pk}",
        )
