"""Planning meetings (S36, S43): reserve, correct, move, cancel and restore; each leaves the other meetings alone."""

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

from moeder.actions.anmodningsgang import giv_anmodninger_tilbage
from moeder.actions.faste import ret_listen_ind
from moeder.actions.laas import laas_moede
from moeder.actions.paamindelse import glem_paamindelse
from moeder.actions.udsendelse import send_aflysning, send_opdatering
from moeder.deltagelse import faste_deltagere
from moeder.models import Deltager, Moede, Punkt
from moeder.models.faelles import Niveau
from moeder.models.moede import Formaal, Tema
from moeder.queries.planlaegning import fritidstilbud
from moeder.states import MED, Deltagelse, Deltagelsesovergang, Overgang, Punktovergang, Punkttilstand, Tilstand
from ressourcecenter.actions.koordinatorer import laas_forum
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.formater import tidspunkt
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Handling
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.skolekalender import sidste_dag, skoleaar_for
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, KonfliktError, skift

LAENGST = timedelta(hours=12)
FAKTA = ("sted", "link", "formaal", "tema", "er_tematisk", "er_fast", "grundlag", "grundlag_aktivitet", "referent")
STAAR_PAA_LISTEN = [Deltager.Art.LEDELSE, Deltager.Art.FAST]
RETTET = "En anden har rettet mødet, mens du skrev."
DOBBELTKLIK = timedelta(minutes=1)


@transaction.atomic
def planlaeg_moede(
    *, forum: Forum, med: Forum | None, begynder: datetime, slutter: datetime, af: Person, **fakta: Any
) -> Moede:
    """Reserve a meeting in the calendar, with the forum's fixed participants on its list (S32). `med` makes it a joint
    meeting of the school's two forums, which takes the right in both (S60); `kun_om` an ad hoc one about a single
    fritid unit, to which the others are not called (D25). The same press twice is one meeting.
    """
    laast = laas_forum(forum, af, Handling.PLANLAEG_MOEDE)
    if med is not None:
        med = laas_forum(med, af, Handling.PLANLAEG_MOEDE)
        _kraev_samme_skole(laast, med)
    _kraev_tid(begynder, slutter)
    _kraev_fakta(fakta)
    if fakta.get("kun_om"):
        _kraev_tilknyttet(laast, fakta["kun_om"])
        fakta["er_fast"] = False
    alle = Moede.objects.filter(forum=laast, begynder=begynder).exclude(tilstand=Tilstand.AFLYST)
    if findes := alle.first():
        if findes.oprettet_af_id == af.pk and tid.nu() - findes.oprettet_den < DOBBELTKLIK:
            return findes
        raise ValidationError({"begynder": f"{laast} har allerede et møde {tidspunkt(begynder)}."})
    moede = Moede.objects.create(forum=laast, medforum=med, begynder=begynder, slutter=slutter, oprettet_af=af, **fakta)
    Deltager.objects.bulk_create(faste_deltagere([moede]))
    noter(af=af, navn="planlaeg_moede", objekt=moede, saetning=f"Mødet er planlagt {tidspunkt(begynder)}.")
    return moede


@transaction.atomic
def ret_moede(*, moede: Moede, af: Person, version: int, **fakta: Any) -> Moede:
    """Correct place, purpose, theme and the like. A save of what is already stored is no change."""
    if ukendte := fakta.keys() - set(FAKTA):
        raise TypeError(f"et møde har ikke {sorted(ukendte)}")
    laast = laas_moede(moede, af, Handling.PLANLAEG_MOEDE)
    skift(laast, Overgang.RET_INDKALDT if laast.tilstand == Tilstand.INDKALDT else Overgang.RET)
    foer = {felt: getattr(laast, felt) for felt in fakta}
    aendret = {felt: (foer[felt], ny) for felt, ny in fakta.items() if foer[felt] != ny}
    if not aendret:
        return laast
    if version != laast.version:
        raise KonfliktError(foer, laast.version, RETTET)
    _kraev_fakta(fakta)
    _kraev_tematisk(laast, fakta)
    for felt, (_, ny) in aendret.items():
        setattr(laast, felt, ny)
    laast.version += 1
    laast.save()
    send_opdatering(laast)
    noter(af=af, navn="ret_moede", objekt=laast, saetning="Mødet er rettet.", felter=aendret)
    return laast


@transaction.atomic
def flyt_moede(*, moede: Moede, begynder: datetime, slutter: datetime, version: int, af: Person) -> Moede:
    """Another time for this meeting alone. Answers no longer count, as they were about another day; the old ones are
    shown.
    """
    laast = laas_moede(moede, af, Handling.INDKALD)
    skift(laast, Overgang.RET_INDKALDT if laast.tilstand == Tilstand.INDKALDT else Overgang.RET)
    if (laast.begynder, laast.slutter) == (begynder, slutter):
        return laast
    if version != laast.version:
        raise KonfliktError({"begynder": laast.begynder, "slutter": laast.slutter}, laast.version, RETTET)
    _kraev_tid(begynder, slutter)
    foer = laast.begynder
    laast.flyttet_fra, laast.begynder, laast.slutter = foer, begynder, slutter
    laast.version += 1
    laast.sekvens += 1
    laast.save()
    _spoerg_igen(laast)
    ret_listen_ind(laast)
    glem_paamindelse(moede=laast, af=af)
    laast.refresh_from_db(fields=["sekvens"])
    send_opdatering(laast)
    if laast.tilstand == Tilstand.RESERVERET:
        _fortael_om_ny_tid(laast, af)
    saetning = f"Mødet er flyttet fra {tidspunkt(foer)} til {tidspunkt(begynder)}."
    noter(af=af, navn="flyt_moede", objekt=laast, saetning=saetning)
    return laast


@transaction.atomic
def aflys_moede(*, moede: Moede, grund: str, af: Person) -> Moede:
    """Cancel this meeting alone, with a reason (D18). Its items wait for another meeting, its requests
    for another answer.
    """
    laast = laas_moede(moede, af, Handling.INDKALD)
    skift(laast, Overgang.AFLYS)
    laast.aflyst_grund = grund
    _ny_tilstand(laast)
    send_aflysning(laast, laast.deltagere.select_related("person", "enhed"), af=af)
    for punkt in Punkt.objects.filter(moede=laast, tilstand=Punkttilstand.PAA_DAGSORDEN):
        skift(punkt, Punktovergang.GEM_TIL_SENERE)
        punkt.moede = None
        punkt.save(update_fields=["tilstand", "moede"])
    giv_anmodninger_tilbage(moede=laast, af=af)
    glem_paamindelse(moede=laast, af=af)
    felter = {"grund": ("", grund)}
    noter(af=af, navn="aflys_moede", objekt=laast, saetning="Mødet er aflyst.", felter=felter)
    return laast


@transaction.atomic
def genopret_moede(*, moede: Moede, af: Person) -> Moede:
    """Regret a cancellation: the meeting is a reservation again, and is called anew."""
    laast = laas_moede(moede, af, Handling.INDKALD)
    if laast.er_begyndt():
        raise IkkeMuligtError("Mødets tid er gået. Planlæg et nyt møde i stedet.")
    skift(laast, Overgang.GENOPRET)
    laast.aflyst_grund = ""
    _ny_tilstand(laast)
    laast.deltagere.update(indkaldt_den=None)
    noter(af=af, navn="genopret_moede", objekt=laast, saetning="Aflysningen er fortrudt. Mødet er reserveret igen.")
    return laast


def _ny_tilstand(moede: Moede) -> None:
    moede.tilstand_siden = tid.nu()
    moede.version += 1
    moede.sekvens += 1
    moede.save()


def _spoerg_igen(moede: Moede) -> None:
    for deltager in moede.deltagere.filter(tilstand__in=MED - {Deltagelse.INVITERET}):
        deltager.tidligere_svar = deltager.get_tilstand_display()
        skift(deltager, Deltagelsesovergang.SPOERG_IGEN)
        deltager.svar_den, deltager.svar_tekst = None, ""
        deltager.save(update_fields=["tilstand", "tidligere_svar", "svar_den", "svar_tekst"])


def _fortael_om_ny_tid(moede: Moede, af: Person) -> None:
    """A reservation is no call: whoever stands on the list hears of its new day with the next mail they get."""
    faste = moede.deltagere.filter(tilstand__in=MED, person__isnull=False, art__in=STAAR_PAA_LISTEN)
    for deltager in faste.exclude(person=af).select_related("person"):
        underret(
            til=deltager.person,
            emne=f"Reservationen er flyttet: {moede.emne}",
            tekst=(
                f"Der er ikke indkaldt endnu til {moede.i_en_saetning}. Tiden er nu reserveret til "
                f"{tidspunkt(moede.begynder)}."
            ),
            adresse=moede.get_absolute_url(),
            noegle=f"reservation_flyttet:{moede.pk}:{deltager.person_id}",
            levering=Levering.LEJLIGHED,
            erstat=True,
        )


# --- rules -------------------------------------------------------------------------------------------------------
def _kraev_samme_skole(forum: Forum, med: Forum) -> None:
    if forum.enhed_id != med.enhed_id or (forum.art, med.art) != (Forum.Art.RC, Forum.Art.PLC):
        raise ValidationError("Kun skolens eget Ressourcecenter og Læringscenter kan holde møde sammen.")


def _kraev_tid(begynder: datetime, slutter: datetime) -> None:
    if slutter <= begynder:
        raise ValidationError({"slutter": "Mødet kan ikke slutte, før det begynder. Ret et af klokkeslættene."})
    if slutter - begynder > LAENGST:
        raise ValidationError({"slutter": "Et møde kan højst vare 12 timer. Ret et af klokkeslættene."})
    if begynder <= tid.nu():
        raise ValidationError({"dato": "Tidspunktet er gået. Vælg et, der kommer."})
    if tid.lokal(begynder).date() > sidste_dag(skoleaar_for(tid.i_dag()) + 1):
        raise ValidationError({"dato": "Der kan planlægges møder i dette skoleår og det næste. Vælg en tidligere dag."})


def _kraev_tilknyttet(forum: Forum, enhed: Enhed) -> None:
    if enhed not in fritidstilbud(forum):
        raise ValidationError({"kun_om": f"Vælg et fritidstilbud, der er tilknyttet {forum.i_saetning}."})


def _kraev_fakta(fakta: dict[str, Any]) -> None:
    if set(fakta.get("formaal", ())) - set(Formaal.values):
        raise ValidationError({"formaal": "Vælg formål fra listen."})
    if fakta.get("tema", "") not in {"", *Tema.values}:
        raise ValidationError({"tema": "Vælg et tema fra listen."})


def _kraev_tematisk(moede: Moede, fakta: dict[str, Any]) -> None:
    """Case 19: no matter about a child on a thematic meeting. S45, S47, S48: guests only while it is one."""
    bliver = fakta.get("er_tematisk", moede.er_tematisk)
    if bliver and moede.punkter.filter(niveau=Niveau.ENKELTBARN, tilstand=Punkttilstand.PAA_DAGSORDEN).exists():
        besked = "Der er en drøftelse om et barn på dagsordenen, og den hører ikke til på et tematisk møde. Flyt den."
        raise ValidationError({"er_tematisk": besked})
    er_stadig = bliver and (fakta.get("er_fast", moede.er_fast) or not moede.forum.er_team)
    gaester = moede.deltagere.filter(art=Deltager.Art.GAEST, tilstand__in=MED).exclude(enhed=F("moede__forum__enhed"))
    if not er_stadig and gaester.exists():
        raise ValidationError(
            {"er_tematisk": "Der er gæster, som kun kan være med på et tematisk møde. Fjern dem først."}
        )
