"""The samarbejdsmodel as a figure (S51): three actors, four forums, the lines between them, and how far a district is.

The model is the data below; `figurlayout` says where it is drawn, and `figurtegning` draws it. Nothing here asks the
database: the caller has fetched the units that the reader may open, and the plugs answer for a whole district at once.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from samarbejde import stik
from samarbejde.formater import antal, opremsning
from samarbejde.models import Enhed, Person, Skoledistrikt
from samarbejde.stik import Figurstatus

Art = Enhed.Art
SKAL, KAN = "skal", "kan"
OPGAVE = {SKAL: "Skal-opgave", KAN: "Kan-opgave"}
# The word and the badge colour (komponenter/maerke.html) of each state; a kan says only what it rests on.
TILSTANDE = {
    "klar": ("Klar", "ok"),
    "planlagt": ("På vej", "info"),
    "mangler": ("Mangler", "advarsel"),
    "kan": ("", ""),
}


@dataclass(frozen=True)
class Aktoer:
    navn: str
    ental: str
    flertal: str
    arter: frozenset[str]


@dataclass(frozen=True)
class Forum:
    """Who meets there, and for whom it is a duty: one line of the table behind the figure."""

    navn: str
    om: str
    hvem: Mapping[str, str]

    @property
    def opgave(self) -> str:
        return SKAL if SKAL in self.hvem.values() else KAN


AKTOERER = {
    "skole": Aktoer("Skole", "skole", "skoler", frozenset({Art.SKOLE})),
    "fritid": Aktoer(
        "Fritidsinstitutioner og -centre",
        "sted",
        "steder",
        frozenset({Art.FRITIDSINSTITUTION, Art.FRITIDSCENTER}),
    ),
    "dagtilbud": Aktoer("0-6 års daginstitutioner", "sted", "steder", frozenset({Art.DAGINSTITUTION})),
}
FORA = {
    "staerkt_samarbejde": Forum(
        "Stærkt samarbejde",
        "en samarbejdsaftale hvert skoleår",
        {"skole": SKAL, "fritid": SKAL, "dagtilbud": SKAL},
    ),
    "ressourcecenter": Forum(
        "Ressourcecenter/Pædagogisk Læringscenter",
        "møder om børn, trivsel og læring",
        {"skole": SKAL, "fritid": SKAL},
    ),
    "ressourceteam": Forum(
        "Ressourceteam",
        "møder i klyngen eller netværket",
        {"fritid": KAN, "dagtilbud": SKAL},
    ),
    "tematisk": Forum(
        "Ressourceteam/Ressourcecenter",
        "fælles møder om et tema, fx overgange",
        {"skole": KAN, "fritid": KAN, "dagtilbud": KAN},
    ),
}
KANTER = {
    f"{aktoer}-{forum}": (aktoer, forum, opgave) for forum, f in FORA.items() for aktoer, opgave in f.hvem.items()
}
KAN_NOEGLER = {noegle for noegle, forum in FORA.items() if forum.opgave == KAN} | {
    noegle for noegle, (_, _, opgave) in KANTER.items() if opgave == KAN
}
TITEL = "Samarbejdsmodellen"
BESKRIVELSE = "Tre aktører mødes i fire fora. " + " ".join(
    f"{forum.navn} ({OPGAVE[forum.opgave].lower()}): "
    + opremsning(f"{AKTOERER[aktoer].navn} ({OPGAVE[opgave].lower()})" for aktoer, opgave in forum.hvem.items())
    + "."
    for forum in FORA.values()
)


@dataclass(frozen=True)
class Punkt:
    """A node or an edge as the reader meets it; `adresse` is empty where they have nothing to open."""

    noegle: str
    navn: str
    opgave: str = ""
    om: str = ""
    egen_adresse: str = ""
    status: Figurstatus | None = None
    enheder: tuple[Enhed, ...] = ()
    kanter: tuple["Punkt", ...] = ()

    @property
    def adresse(self) -> str:
        return (self.status.adresse if self.status else "") or self.egen_adresse

    @property
    def er_kan(self) -> bool:
        return self.opgave == OPGAVE[KAN]

    @property
    def farve(self) -> str:
        return TILSTANDE[self.status.tilstand][1] if self.status else ""

    @property
    def ord(self) -> str:
        return TILSTANDE[self.status.tilstand][0] if self.status else ""

    @property
    def statustekst(self) -> str:
        if self.status is None:
            return ""
        return f"{self.ord}: {self.status.tekst}" if self.ord else self.status.tekst

    @property
    def delt_navn(self) -> SafeString:
        """May be broken at the slash, where a browser would break the word anywhere."""
        return format_html_join(mark_safe("/<wbr>"), "{}", ((del_,) for del_ in self.navn.split("/")))

    @property
    def etiket(self) -> str:
        """What a screen reader says of the link: all that stands in the box."""
        return ". ".join(filter(None, (self.navn, self.opgave, self.om, self.statustekst)))


@dataclass(frozen=True)
class Figur:
    aktoerer: tuple[Punkt, ...]
    fora: tuple[Punkt, ...]

    @property
    def har_links(self) -> bool:
        return any(punkt.adresse for punkt in (*self.aktoerer, *self.fora))


def figur(distrikt: Skoledistrikt | None, person: Person, enheder: Iterable[Enhed] = ()) -> Figur:
    """`enheder`: those of the district that the person may open; no other is named or linked."""
    sagt, enheder = statusser(distrikt, person), list(enheder)
    sted = distrikt.get_absolute_url() if distrikt else ""
    aktoerer = (
        _aktoer(noegle, aktoer, [en for en in enheder if en.art in aktoer.arter], sted, sagt.get(noegle))
        for noegle, aktoer in AKTOERER.items()
    )
    return Figur(tuple(aktoerer), tuple(_forum(noegle, forum, sagt) for noegle, forum in FORA.items()))


def modellen() -> Figur:
    """The model itself, of no district: for paper."""
    aktoerer = (_aktoer(noegle, aktoer, [], "", None) for noegle, aktoer in AKTOERER.items())
    return Figur(tuple(aktoerer), tuple(_forum(noegle, forum, {}) for noegle, forum in FORA.items()))


def statusser(distrikt: Skoledistrikt | None, person: Person) -> dict[str, Figurstatus]:
    """What the plugs say. S52, case 34: what one may do is never missing, whatever a plug says of it."""
    sagt: dict[str, Figurstatus] = {}
    for plug in stik.figurstatus:
        sagt |= plug(distrikt, person)
    for noegle in KAN_NOEGLER & sagt.keys():
        if sagt[noegle].tilstand not in {"klar", "planlagt"}:
            sagt[noegle] = Figurstatus("kan", "Aftales lokalt", sagt[noegle].adresse)
    return sagt


def _aktoer(noegle: str, aktoer: Aktoer, enheder: list[Enhed], sted: str, status: Figurstatus | None) -> Punkt:
    """One unit is a link to it; several are a link to where the district's page lists them."""
    om = antal(len(enheder), aktoer.ental, aktoer.flertal) if enheder else ""
    adresse = enheder[0].get_absolute_url() if len(enheder) == 1 else f"{sted}#{noegle}" if enheder else ""
    return Punkt(noegle, aktoer.navn, om=om, egen_adresse=adresse, status=status, enheder=tuple(enheder))


def _forum(noegle: str, forum: Forum, sagt: dict[str, Figurstatus]) -> Punkt:
    """An edge leads to what its forum leads to, unless a plug knows something nearer."""
    status = sagt.get(noegle)
    kanter = tuple(
        Punkt(
            kant := f"{aktoer}-{noegle}",
            AKTOERER[aktoer].navn,
            OPGAVE[opgave],
            egen_adresse=status.adresse if status else "",
            status=sagt.get(kant),
        )
        for aktoer, opgave in forum.hvem.items()
    )
    return Punkt(noegle, forum.navn, OPGAVE[forum.opgave], forum.om, status=status, kanter=kanter)
