from ressourcecenter.models import Forum
from samarbejde.models import Enhed

# The forums that stand beside a unit of a kind, in the order they are shown.
STAAENDE: dict[str, tuple[str, ...]] = {
    Enhed.Art.SKOLE: (Forum.Art.RC, Forum.Art.PLC),
    Enhed.Art.KLYNGE: (Forum.Art.TEAM,),
    Enhed.Art.NETVAERK: (Forum.Art.TEAM,),
}


def sikr_fora(enhed: Enhed) -> None:
    """Every school has its Ressourcecenter and Læringscenter (S19), every klynge and netværk its Ressourceteam: made
    with the unit. A private school has none (decision 5); one that becomes a folkeskole gets them then.
    """
    if enhed.er_privat and enhed.art == Enhed.Art.SKOLE:
        return
    for nummer, art in enumerate(STAAENDE.get(enhed.art, ())):
        Forum.objects.get_or_create(enhed=enhed, art=art, defaults={"raekkefoelge": nummer})
