"""The answers to a request (S39): a meeting, an agenda, another forum, a reason, or one with another like it."""

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from moeder.actions.anmodningsgang import (
    bed_om_svar,
    begynd_uret,
    besvar,
    fortael_anmoderne,
    laas_anmodning,
    slip_punktet,
)
from moeder.actions.laas import laas_moede
from moeder.actions.planlaegning import planlaeg_moede
from moeder.models import Anmoder, Anmodning, Moede, Punkt
from moeder.models.anmodning import INGEN_ORD_OM_BARNET
from moeder.queries.anmodningsforum import kan_henvises_til
from moeder.states import I_KOEEN, KOMMENDE, Anmodningsovergang, Punktovergang, Punkttilstand
from ressourcecenter.models import Forum
from samarbejde.formater import tidspunkt
from samarbejde.models import Person
from samarbejde.permissions import Handling, maa
from samarbejde.prosa import til_html
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError, skift

PAA_DAGSORDEN = Punkttilstand.PAA_DAGSORDEN
PASSER_IKKE = "Anmodningen kan ikke drøftes på det møde. Vælg et andet."


@transaction.atomic
def planlaeg_for_anmodning(*, anmodning: Anmodning, af: Person, med: Forum | None = None, **hvad: Any) -> Anmodning:
    """A new meeting with the request on its agenda. `hvad` is what `planlaeg_moede` takes."""
    laast = laas_anmodning(anmodning, af, Handling.BESVAR_ANMODNING)
    skift_tjek(laast, Anmodningsovergang.PLANLAEG)
    moede = planlaeg_moede(forum=laast.forum, med=med, af=af, **hvad)
    return _lov(laast, moede, Anmodningsovergang.PLANLAEG, "planlaeg_for_anmodning", af)


@transaction.atomic
def saet_anmodning_paa(*, anmodning: Anmodning, moede: Moede, af: Person) -> Anmodning:
    """On the agenda of a meeting to come in the same forum: with its level, and the asker as proposer."""
    paa = laas_moede(moede, af, Handling.PLANLAEG_MOEDE)
    laast = laas_anmodning(anmodning, af, Handling.BESVAR_ANMODNING)
    skift_tjek(laast, Anmodningsovergang.SAET_PAA)
    if laast.forum_id not in {paa.forum_id, paa.medforum_id} or paa.tilstand not in KOMMENDE or paa.er_begyndt():
        raise ValidationError({"moede": "Vælg et kommende møde i det samme forum."})
    return _lov(laast, paa, Anmodningsovergang.SAET_PAA, "saet_anmodning_paa", af)


def besvar_med_punktet(ventende: Iterable[Anmodning], moede: Moede, af: Person) -> list[Anmodning]:
    """Their item was put on this agenda from the backlog: that is the answer, by whoever may give it. The caller has
    locked the meeting and the requests. For the others the request waits, as its own page says.
    """
    her = {moede.forum_id, moede.medforum_id}
    mine = [en for en in ventende if en.forum_id in her and maa(af, Handling.BESVAR_ANMODNING, en)]
    return [_lov(en, moede, Anmodningsovergang.SAET_PAA, "saet_anmodning_paa", af) for en in mine]


def skift_tjek(anmodning: Anmodning, overgang: Anmodningsovergang) -> None:
    """Asked before anything is made for the answer."""
    kant = Anmodning.OVERGANGE[overgang]
    if anmodning.tilstand not in kant.fra:
        raise IkkeMuligtError(kant.ellers)


def _lov(anmodning: Anmodning, moede: Moede, overgang: Anmodningsovergang, navn: str, af: Person) -> Anmodning:
    if not anmodning.passer_paa(moede):
        raise ValidationError(PASSER_IKKE)
    anmodning.moede, anmodning.punkt = moede, _paa_dagsordenen(anmodning, moede)
    besvar(anmodning, overgang, af)
    saetning = f"Anmodningen er sat på dagsordenen {tidspunkt(moede.begynder)}."
    noter(af=af, navn=navn, objekt=anmodning, saetning=saetning)
    fortael_anmoderne(anmodning, f"Det, du har bedt om, kommer på et møde {tidspunkt(moede.begynder)}.", af)
    return anmodning


def _paa_dagsordenen(anmodning: Anmodning, moede: Moede) -> Punkt:
    """The item from before, if a cancelled meeting put it in the backlog; else a new one."""
    if anmodning.punkt and (anmodning.punkt.moede_id, anmodning.punkt.tilstand) == (moede.pk, PAA_DAGSORDEN):
        return anmodning.punkt
    plads = (moede.punkter.aggregate(Max("plads"))["plads__max"] or 0) + 1
    punkt = anmodning.punkt
    if punkt is None or punkt.tilstand not in I_KOEEN:
        punkt = _nyt_punkt(anmodning)
    skift(punkt, Punktovergang.TAG_PAA)
    punkt.moede, punkt.forum, punkt.medforum, punkt.plads = moede, moede.forum, moede.medforum, plads
    punkt.save()
    return punkt


def _nyt_punkt(anmodning: Anmodning) -> Punkt:
    foerste = anmodning.anmodere.select_related("person", "enhed").first()
    punkt = Punkt(forum=anmodning.forum, niveau=anmodning.niveau, spoergsmaal=anmodning.spoergsmaal)
    punkt.foreslaaet_af, punkt.foreslaaet_for = foerste.person, foerste.enhed
    if not anmodning.er_om_et_barn:
        punkt.titel, punkt.beskrivelse = anmodning.overskrift, anmodning.hvad
        punkt.beskrivelse_html = til_html(anmodning.hvad)
    return punkt


@transaction.atomic
def henvis_anmodning(*, anmodning: Anmodning, forum: Forum, af: Person, tekst: str = "") -> Anmodning:
    """To another forum that the matter fits (S46): the receiver answers, with a clock of its own."""
    laast = laas_anmodning(anmodning, af, Handling.BESVAR_ANMODNING)
    skift_tjek(laast, Anmodningsovergang.HENVIS)
    til = next((et for et in kan_henvises_til(laast) if et.pk == forum.pk), None)
    if til is None:
        raise ValidationError({"forum": "Anmodningen kan ikke henvises dertil. Vælg et andet forum."})
    _kraev_ingen_ord_om_barnet(laast, tekst, "tekst")
    fra = laast.forum
    slip_punktet(laast, "Anmodningen er henvist til et andet forum.")
    laast.henvist_fra_id = laast.henvist_fra_id or fra.pk
    laast.forum = til
    begynd_uret(laast)
    besvar(laast, Anmodningsovergang.HENVIS, af, tekst)
    noter(af=af, navn="henvis_anmodning", objekt=laast, saetning=f"Anmodningen er henvist fra {fra} til {til}.")
    bed_om_svar(laast, "En anmodning om møde er henvist til jer.", af)
    fortael_anmoderne(laast, f"Din anmodning er henvist til {til}, som svarer dig.", af)
    return laast


@transaction.atomic
def afvis_anmodning(*, anmodning: Anmodning, grund: str, af: Person) -> Anmodning:
    """Never without a reason that the asker sees (S39, case 13)."""
    laast = laas_anmodning(anmodning, af, Handling.BESVAR_ANMODNING)
    if not grund.strip():
        raise ValidationError({"grund": "Skriv en grund. Den, der har bedt om mødet, kan læse den."})
    skift_tjek(laast, Anmodningsovergang.AFVIS)
    _kraev_ingen_ord_om_barnet(laast, grund, "grund")
    slip_punktet(laast, "Anmodningen er afvist.")
    besvar(laast, Anmodningsovergang.AFVIS, af, grund)
    noter(af=af, navn="afvis_anmodning", objekt=laast, saetning="Anmodningen er afvist med en grund.")
    fortael_anmoderne(laast, "Der bliver ikke indkaldt til det møde, du har bedt om. Log ind for at læse grunden.", af)
    return laast


def _kraev_ingen_ord_om_barnet(anmodning: Anmodning, tekst: str, felt: str) -> None:
    """A request about one child is answered with one of our sentences, never with free text (S3)."""
    if anmodning.er_om_et_barn and tekst not in {"", *INGEN_ORD_OM_BARNET}:
        raise ValidationError({felt: "Handler det om et enkelt barn, skriver du ikke her. Vælg en af sætningerne."})


@transaction.atomic
def flet_anmodning(*, anmodning: Anmodning, med: Anmodning, af: Person) -> Anmodning:
    """Two requests about the same: one goes on with both askers, the other stays and leads to it."""
    laaste = {en.pk: laas_anmodning(en, af, Handling.BESVAR_ANMODNING) for en in _i_orden(anmodning, med)}
    laast, videre = laaste[anmodning.pk], laaste[med.pk]
    skift_tjek(laast, Anmodningsovergang.FLET)
    if laast.pk == videre.pk or laast.forum_id != videre.forum_id or laast.niveau != videre.niveau:
        raise ValidationError({"med": "Vælg en anden ubesvaret anmodning i det samme forum og på det samme niveau."})
    if not videre.er_ubesvaret:
        raise ValidationError({"med": "Den anmodning er besvaret i mellemtiden. Vælg en anden."})
    _saml_anmoderne(laast, videre)
    videre.haster, videre.frist = videre.haster or laast.haster, min(videre.frist, laast.frist)
    videre.save(update_fields=["haster", "frist"])
    slip_punktet(laast, "Anmodningen er samlet med en anden.")
    laast.flettet_i = videre
    besvar(laast, Anmodningsovergang.FLET, af)
    noter(af=af, navn="flet_anmodning", objekt=laast, saetning="Anmodningen er samlet med en anden om det samme.")
    noter(af=af, navn="flet_anmodning", objekt=videre, saetning="En anden anmodning om det samme er samlet med denne.")
    fortael_anmoderne(laast, "Din anmodning er samlet med en anden om det samme. Du får svar der.", af)
    return videre


def _i_orden(*anmodninger: Anmodning) -> list[Anmodning]:
    """Always locked in the same order, so that two merges at once never wait for each other."""
    return sorted({en.pk: en for en in anmodninger}.values(), key=lambda en: en.pk)


def _saml_anmoderne(fra: Anmodning, til: Anmodning) -> None:
    kendte = set(til.anmodere.values_list("person_id", flat=True))
    for en in fra.anmodere.all():
        if en.person_id not in kendte:
            Anmoder.objects.create(anmodning=til, person_id=en.person_id, enhed_id=en.enhed_id)
