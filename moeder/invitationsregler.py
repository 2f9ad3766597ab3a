"""Who may be invited to which kind of meeting: each rule answers with the sentence that refuses, or nothing.

S33, S44, S45, S47, S48, S49; decisions 8 and 19.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from moeder.models import Deltager, Moede, Punkt
from moeder.models.faelles import Niveau
from ressourcecenter.models import Forum, Ressourceperson
from ressourcecenter.querysets import FRITID
from samarbejde.models import Enhed, Person

Art = Deltager.Art
Tilhoer = Ressourceperson.Tilhoersforhold

FRITID_I_TEAM = (
    "Fritidstilbud kan kun inviteres til ressourceteamets faste, tematiske møder. Gør mødet fast og tematisk, eller "
    "lad invitationen være."
)
PERSONER_I_TEAM = (
    "Ressourcepersoner fra skole og fritid kan kun inviteres til et tematisk møde i ressourceteamet. Gør mødet "
    "tematisk, eller lad invitationen være."
)
GAESTER_I_RC = (
    "0-6 års institutioner kan kun være gæster på et tematisk møde i Ressourcecentret alene. Gør mødet tematisk, eller "
    "lad invitationen være."
)
UDEN_GRUNDLAG = (
    "Invitationer på tværs af ressourceteam og Ressourcecenter aftales lokalt. Skriv, hvor det er aftalt, eller vælg "
    "aktiviteten i aftalen."
)
OM_ET_BARN = (
    "På dagsordenen er der en drøftelse om et barn, og den kan gæster ikke være med til. Flyt punktet til et andet "
    "møde først."
)
OM_BOERN_I_TEAM = (
    "På dagsordenen er der et punkt om børn. Det kan ikke drøftes i ressourceteamet sammen med skole og fritid: flyt "
    "punktet til skolens Ressourcecenter først."
)
MEDARBEJDER_UDEN_PUNKT = (
    "En medarbejder inviteres til de punkter, som han eller hun arbejder med. Vælg mindst ét punkt."
)


@dataclass(frozen=True)
class Kandidat:
    """Somebody who can be invited; `forslag` says why just this agenda calls for them."""

    art: str
    grund: str
    enhed: Enhed | None = None
    person: Person | None = None
    tilhoer: str = ""
    faglighed_id: int | None = None
    forslag: str = ""

    @property
    def noegle(self) -> str:
        return noegle(self.art, self.person, self.enhed)

    @property
    def navn(self) -> str:
        if self.art == Art.GAEST:
            return f"{self.enhed} ({self.person})"
        fra = self.enhed or "uden for kommunen"
        hvem = f"{self.person}, {fra}"
        return f"{hvem}, {self.grund}" if self.art == Art.RESSOURCEPERSON else hvem

    @property
    def bekraeftes_af_leder(self) -> bool:
        """S35: whether one of their own takes part is the fritid leader's decision (case 44)."""
        return self.art == Art.MEDARBEJDER and self.enhed is not None and self.enhed.art in FRITID


def noegle(art: str, person: Person | None, enhed: Enhed | None) -> str:
    """What a form sends back for one of the listed."""
    return f"{art}-{person.pk if person else 0}-{enhed.pk if enhed else 0}"


def er_paa_tvaers(kandidat: Kandidat, moede: Moede) -> bool:
    """From the other side of the 0-18 years: a guest, or in a team a resource person of school or fritid."""
    return kandidat.art == Art.GAEST or (
        moede.forum.er_team and kandidat.art == Art.RESSOURCEPERSON and kandidat.tilhoer != Tilhoer.EKSTERN
    )


def hindring(moede: Moede, kandidat: Kandidat) -> str:
    """What kind of meeting it must be."""
    if moede.forum.er_team and kandidat.art == Art.GAEST:
        return "" if moede.er_fast and moede.er_tematisk else FRITID_I_TEAM
    if moede.forum.er_team and er_paa_tvaers(kandidat, moede):
        return "" if moede.er_tematisk else PERSONER_I_TEAM
    if kandidat.art == Art.GAEST:
        kun_rc = moede.forum.art == Forum.Art.RC and not moede.medforum_id
        return "" if kun_rc and moede.er_tematisk else GAESTER_I_RC
    return ""


def mangler_grundlag(moede: Moede, kandidat: Kandidat) -> bool:
    """S49: across the two sides only by a local agreement; a fritid unit's own is the team leader's judgement (S46)."""
    fritid_i_team = moede.forum.er_team and kandidat.art == Art.GAEST
    har = bool(moede.grundlag or moede.grundlag_aktivitet_id)
    return er_paa_tvaers(kandidat, moede) and not fritid_i_team and not har


def niveau_hindring(moede: Moede, niveauer: Collection[str]) -> str:
    """Case 19, S44: what the agenda may not hold when somebody from the other side is there."""
    if moede.forum.er_team and not {Niveau.ENKELTBARN, Niveau.BOERNEGRUPPE}.isdisjoint(niveauer):
        return OM_BOERN_I_TEAM
    return OM_ET_BARN if Niveau.ENKELTBARN in niveauer else ""


def fremmed_sag(kandidat: Kandidat, punkter: Iterable[Punkt]) -> Punkt | None:
    """S33: never to the matter of another fritid unit; the school's own teachers work with the same children."""
    if kandidat.art != Art.MEDARBEJDER or kandidat.enhed is None or kandidat.enhed.art not in FRITID:
        return None
    for punkt in punkter:
        ejer = punkt.foreslaaet_for
        om_boern = punkt.niveau != Niveau.TEMA
        if om_boern and ejer is not None and ejer.art in FRITID and ejer.pk != kandidat.enhed.pk:
            return punkt
    return None
