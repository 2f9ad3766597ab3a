"""What everybody whose invitation changes is told. A reservation tells nobody: the call comes later (decision 18)."""

from collections.abc import Iterable

from django.urls import reverse

from moeder.actions import udsendelse
from moeder.models import Deltager, Moede
from moeder.states import Deltagelse, Tilstand
from ressourcecenter.querysets import FRITID
from ressourcecenter.repraesentation import Repraesentanter
from samarbejde import tid
from samarbejde.formater import tidspunkt
from samarbejde.models import Enhed, Person, Rolletildeling
from samarbejde.permissions import Rolle
from samarbejde.post import underret
from samarbejde.posttid import Levering

Art = Deltager.Art


def fortael_inviterede(moede: Moede, deltagere: Iterable[Deltager]) -> None:
    """To a called meeting the invitation leaves at once; one that waits for a leader does not."""
    klar = [en for en in deltagere if en.er_aktiv and en.tilstand != Deltagelse.FORESLAAET]
    if moede.tilstand == Tilstand.INDKALDT and klar:
        udsendelse.send_indkaldelser(moede, klar)


def fortael_fjernede(moede: Moede, deltagere: Iterable[Deltager]) -> None:
    """Asked before the seat is given to another: whoever had the invitation gets the cancellation."""
    kaldte = [en for en in deltagere if en.indkaldt_den]
    if moede.tilstand == Tilstand.INDKALDT and kaldte:
        udsendelse.send_aflysning(moede, kaldte)


# --- those who decide, and those whose own people are invited ----------------------------------------------------
def spoerg_lederen(deltager: Deltager) -> None:
    """S35, case 44: the leader holds the ball. Without one, whoever acts for the unit does."""
    enhed, moede = deltager.enhed, deltager.moede
    leder = Repraesentanter([enhed]).handler_for(enhed, tid.i_dag())
    if leder is None:
        return
    underret(
        til=leder,
        emne=f"Bekræft en medarbejders deltagelse: {moede.emne}",
        tekst=(
            f"En medarbejder fra {enhed} er foreslået til {moede.i_en_saetning}, {tidspunkt(moede.begynder)}. "
            "Svar ja eller nej."
        ),
        noegle=f"bekraeft_medarbejder:{deltager.pk}:{tid.nu().isoformat()}",
        adresse=reverse("bekraeft_medarbejder", args=[moede.kode, deltager.pk]),
        levering=Levering.STRAKS,
    )


def fortael_lederne(deltager: Deltager, af: Person) -> None:
    """Decision 7 and S47: the leader of a fritid unit, and a school whose own are asked to a team's meeting."""
    enhed, moede = deltager.enhed, deltager.moede
    if deltager.art != Art.RESSOURCEPERSON or enhed is None:
        return
    if enhed.art in FRITID:
        roller: tuple[Rolle, ...] = (Rolle.FRITIDSLEDER,)
    elif enhed.art == Enhed.Art.SKOLE and moede.forum.er_team:
        roller = (Rolle.SKOLELEDER, Rolle.KOORDINATOR)
    else:
        return
    ledere = Rolletildeling.objects.gaeldende().filter(content_object=enhed).med_rolle(*roller).select_related("user")
    for leder in {en.user for en in ledere} - {af, deltager.person}:
        underret(
            til=leder,
            emne=f"En fra {enhed} er inviteret: {moede.emne}",
            tekst=(
                f"En ressourceperson fra {enhed} er inviteret til {moede.i_en_saetning}, {tidspunkt(moede.begynder)}."
            ),
            noegle=f"ressourceperson_inviteret:{deltager.pk}:{leder.pk}",
            adresse=enhed.get_absolute_url(),
            levering=Levering.LEJLIGHED,
        )
