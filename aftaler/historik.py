"""What the trail says of one agreement."""

from aftaler.models import Aftale
from aftaler.states import Tilstand
from samarbejde.models import Haendelse
from samarbejde.queries import Linje

PR_SIDE = 50
# What was written, said and answered on the way: it stays the parties' own, also when the agreement has been entered.
KLADDESPOR = "aftalekladde"


SLUTTEDE_MED = {Tilstand.ANNULLERET: "annuller_aftale", Tilstand.OPHAEVET: "ophaev_aftale"}


def grund_til_slut(aftale: Aftale) -> str:
    """Why somebody ended it; one query, and none while it has not been ended."""
    navn = SLUTTEDE_MED.get(Tilstand(aftale.tilstand))
    haendelser = Haendelse.objects.filter(rod_art="aftale", rod_id=aftale.pk, navn=navn) if navn else ()
    return next((til for haendelse in haendelser[:1] for _, _, til in haendelse.aendringer), "")


def historik(aftale: Aftale, med_kladden: bool, foer: int | None = None) -> tuple[list[Linje], int | None]:
    """What happened to the agreement, newest first, and the number to go on from."""
    arter = ["aftale", KLADDESPOR] if med_kladden else ["aftale"]
    haendelser = Haendelse.objects.filter(rod_art__in=arter, rod_id=aftale.pk).order_by("-pk")
    if foer:
        haendelser = haendelser.filter(pk__lt=foer)
    side = list(haendelser[: PR_SIDE + 1])
    return [_linje(en) for en in side[:PR_SIDE]], side[PR_SIDE - 1].pk if len(side) > PR_SIDE else None


def _linje(en: Haendelse) -> Linje:
    aendringer = [(felt.replace("_", " ").capitalize(), fra, til) for felt, fra, til in en.aendringer]
    return Linje(tid=en.skete_den, af=en.af_navn, saetning=en.saetning, aendringer=aendringer)
