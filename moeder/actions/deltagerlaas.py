from moeder.actions.laas import laas_moede
from moeder.models import Deltager, Moede
from moeder.states import Deltagelsesovergang
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.roller import glem_roller
from samarbejde.tilstande import IkkeMuligtError, skift

LISTEN_ER_LUKKET = "Mødet er holdt eller aflyst, så listen over deltagere kan ikke ændres."


def laas_deltager(deltager: Deltager, af: Person, handling: Handling) -> Deltager:
    """The invitation under the lock of its meeting; the right is asked anew of the invitation itself."""
    Moede.objects.select_for_update(of=("self",)).get(pk=deltager.moede_id)
    glem_roller()
    frisk = Deltager.objects.select_related("moede__forum__enhed", "moede__medforum", "enhed", "person")
    laast = frisk.get(pk=deltager.pk)
    kraev_ret(af, handling, laast)
    kraev_kommende(laast.moede)
    return laast


def laas_listen(moede: Moede, af: Person) -> Moede:
    laast = laas_moede(moede, af, Handling.INDKALD)
    kraev_kommende(laast)
    return laast


def kraev_kommende(moede: Moede) -> None:
    if not moede.er_kommende:
        raise IkkeMuligtError(LISTEN_ER_LUKKET)


def nulstil_svar(deltager: Deltager) -> None:
    """The seat has a new person, who has not been asked yet: the key in the old mail opens nothing."""
    if deltager.tilstand in Deltager.OVERGANGE[Deltagelsesovergang.SPOERG_IGEN].fra:
        skift(deltager, Deltagelsesovergang.SPOERG_IGEN)
    deltager.indkaldt_den = deltager.svar_den = deltager.forberedt_den = None
    deltager.svar_tekst = deltager.tidligere_svar = deltager.svarnoegle = ""
