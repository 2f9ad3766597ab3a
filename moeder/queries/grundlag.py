"""Where it is agreed that the two sides invite each other (S49): the activities of the district's agreements."""

from dataclasses import dataclass

from django.db.models import QuerySet

from aftaler.models import Aftale, Aktivitet
from moeder.models import Moede
from samarbejde import tid
from samarbejde.models import Distriktstilknytning, Enhedstilknytning
from samarbejde.skolekalender import skoleaar_for, skoleaar_navn


@dataclass(frozen=True)
class Grundlag:
    aktivitet: Aktivitet

    @property
    def aar(self) -> int:
        return self.aktivitet.delmaal.maal.aftale.skoleaar

    @property
    def er_udloebet(self) -> bool:
        return self.aar < skoleaar_for(tid.i_dag())

    @property
    def navn(self) -> str:
        udloebet = ", udløbet" if self.er_udloebet else ""
        return f"{self.aktivitet.titel} (aftalen {skoleaar_navn(self.aar)}{udloebet})"


def mulige_grundlag(moede: Moede) -> list[Grundlag]:
    """Of the agreements entered for this school year and the last: what has expired still counts, with a warning."""
    aar = skoleaar_for(tid.i_dag())
    indgaaede = _aktiviteter(moede).filter(delmaal__maal__aftale__skoleaar__in=[aar - 1, aar])
    raekker = indgaaede.select_related("delmaal__maal__aftale").order_by("-delmaal__maal__aftale__skoleaar", "titel")
    return [Grundlag(en) for en in raekker]


def _aktiviteter(moede: Moede) -> QuerySet[Aktivitet]:
    links = Distriktstilknytning.objects.gaeldende(moede.dag)
    if moede.forum.er_team:
        medlemmer = Enhedstilknytning.objects.gaeldende(moede.dag).filter(til=moede.forum.enhed_id)
        links = links.filter(enhed__in=medlemmer.values("enhed"))
    else:
        links = links.filter(enhed=moede.forum.enhed_id)
    aftaler = Aftale.objects.filter(distrikt__in=links.values("distrikt"), tilstand="indgaaet")
    return Aktivitet.objects.filter(delmaal__maal__aftale__in=aftaler.values("pk"))


def advarsel(moede: Moede) -> str:
    if moede.grundlag_aktivitet is None or not (grundlag := Grundlag(moede.grundlag_aktivitet)).er_udloebet:
        return ""
    return (
        f"Aftalen {skoleaar_navn(grundlag.aar)}, som invitationen hviler på, er udløbet. Grundlaget gælder stadig, men "
        "tal om, hvorvidt I fortsat er enige."
    )
