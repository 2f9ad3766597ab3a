"""Fritid and the ressourceteam: «may we attend?», and the team leader's judgement (S45, S46). Nobody invites itself:
an agreed wish is a proposal when a thematic meeting is called, never an invitation.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from moeder.models import Deltagelsesoenske
from moeder.queries.kandidater import fritid_om_teamet
from moeder.states import Oenske, Oenskeovergang
from ressourcecenter.actions.koordinatorer import laas_forum
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.models import Enhed, Person, Rolletildeling
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import underret
from samarbejde.posttid import Levering
from samarbejde.roller import glem_roller
from samarbejde.spor import noter
from samarbejde.tilstande import skift

AABNE = (Oenske.FORESLAAET, Oenske.GAELDER)


@transaction.atomic
def bed_om_deltagelse(*, enhed: Enhed, forum: Forum, tekst: str, af: Person) -> Deltagelsesoenske:
    """The leader of a fritid unit asks the leader of a team near it."""
    laast = _laas_enhed(enhed, af)
    if not forum.er_team or not fritid_om_teamet(forum, tid.i_dag()).filter(pk=laast.pk).exists():
        raise ValidationError(
            {"forum": f"{forum} dækker ikke {laast}. Vælg et af de ressourceteam, der står på listen."}
        )
    if laast.deltagelsesoensker.filter(forum=forum, tilstand__in=AABNE).exists():
        raise ValidationError({"forum": f"I har allerede bedt {forum} om at deltage. Se svaret på siden."})
    ny = Deltagelsesoenske.objects.create(forum=forum, enhed=laast, tekst=tekst, af=af)
    saetning = f"{laast} har bedt om at deltage i tematiske møder i {forum}."
    noter(af=af, navn="bed_om_deltagelse", objekt=ny, rod=laast, saetning=saetning)
    sted = reverse("deltagelsesoensker", args=[forum.enhed.slug, forum.art])
    _fortael(ny, forum.enhed, f"{laast} vil gerne deltage i tematiske møder", sted, af)
    return ny


@transaction.atomic
def svar_paa_oenske(*, oenske: Deltagelsesoenske, ja: bool, tekst: str, af: Person) -> Deltagelsesoenske:
    """S46: the leader of the team judges the relevance; a no has a reason, a yes may have one."""
    laas_forum(oenske.forum, af, Handling.INDKALD)
    laast = Deltagelsesoenske.objects.select_related("forum__enhed", "enhed").get(pk=oenske.pk)
    if not ja and not tekst:
        raise ValidationError({"tekst": "Skriv hvorfor, så fritidstilbuddet forstår svaret."})
    skift(laast, Oenskeovergang.AFTAL if ja else Oenskeovergang.AFVIS)
    laast.svar_tekst, laast.besvaret_af, laast.besvaret_den = tekst, af, tid.nu()
    laast.save()
    svar = "kan inviteres til tematiske møder" if ja else "inviteres ikke"
    saetning = f"{laast.enhed} {svar} i {laast.forum}{f': {tekst}' if tekst else '.'}"
    noter(af=af, navn="svar_paa_oenske", objekt=laast, rod=laast.forum, saetning=saetning)
    _fortael(laast, laast.enhed, f"Svar fra {laast.forum}", reverse("bed_om_deltagelse", args=[laast.enhed.slug]), af)
    return laast


@transaction.atomic
def afslut_oenske(*, oenske: Deltagelsesoenske, af: Person) -> Deltagelsesoenske:
    """Either side ends it: the fritid leader takes the wish back, the leader of the team ends what was agreed."""
    enhed = Enhed.objects.select_for_update().get(pk=oenske.enhed_id)
    glem_roller()
    laast = Deltagelsesoenske.objects.select_related("forum__enhed", "enhed").get(pk=oenske.pk)
    er_teamets = Handling.INDKALD, laast.forum
    er_enhedens = Handling.BED_OM_DELTAGELSE, enhed
    kraev_ret(af, *(er_teamets if laast.forum.roller_ved_enheden(af) else er_enhedens))
    skift(laast, Oenskeovergang.OPHOER)
    laast.save(update_fields=["tilstand"])
    saetning = f"{enhed} deltager ikke længere efter aftale i {laast.forum}."
    noter(af=af, navn="afslut_oenske", objekt=laast, rod=enhed, saetning=saetning)
    return laast


def _laas_enhed(enhed: Enhed, af: Person) -> Enhed:
    glem_roller()
    laast = Enhed.objects.select_for_update().get(pk=enhed.pk)
    kraev_ret(af, Handling.BED_OM_DELTAGELSE, laast)
    return laast


def _fortael(oenske: Deltagelsesoenske, hos: Enhed, emne: str, adresse: str, af: Person) -> None:
    er_nyt = oenske.tilstand == Oenske.FORESLAAET
    tekst = f"Der er svar på jeres ønske om at deltage i møder i {oenske.forum}."
    if er_nyt:
        tekst = f"{oenske.enhed} har skrevet et ønske til {oenske.forum}. Læs det, og svar ja eller nej."
    ledere = Rolletildeling.objects.gaeldende().filter(content_object=hos).select_related("user")
    for leder in {en.user for en in ledere.med_rolle(hos.lederrolle)} - {af}:
        underret(
            til=leder,
            emne=emne,
            tekst=tekst,
            noegle=f"deltagelsesoenske:{oenske.pk}:{oenske.tilstand}:{leder.pk}",
            adresse=adresse,
            levering=Levering.STRAKS if er_nyt else Levering.SAMLET,
        )
