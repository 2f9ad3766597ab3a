"""Where everything stands in the figure of the samarbejdsmodel: pure data, one drawing for wide pages and paper and one
for phones. Both have the same shape, in which no two lines cross: the yearly agreement over the three actors, under
them what two of them meet in, and at the bottom what all three may. Keys are those of `samarbejde.figur`.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Kasse:
    """A node: its rectangle, its name broken into lines, and how many lines of how many smaller signs it holds."""

    x: int
    y: int
    bredde: int
    hoejde: int
    navn: tuple[str, ...]
    tegn: int
    linjer: int


@dataclass(frozen=True)
class Streg:
    """An edge: a vertical line, and the middle of the mark on it that says skal or kan."""

    x: int
    fra: int
    til: int
    maerke_x: int
    maerke_y: int


@dataclass(frozen=True)
class Layout:
    """`stor` and `lille`: sizes of the names and of the rest, each with the distance between lines."""

    navn: str
    bredde: int
    hoejde: int
    stor: tuple[int, int]
    lille: tuple[int, int]
    luft: int
    med_om: bool
    kasser: dict[str, Kasse]
    streger: dict[str, Streg]
    # Half the width of the mark on an edge.
    maerke: int
    # Where each kind of line is explained: x, y, the words, and whether it is a kan.
    forklaring: tuple[tuple[int, int, str, bool], ...]


RC_PLC = ("Ressourcecenter/", "Pædagogisk Læringscenter")
BRED = Layout(
    navn="bred",
    bredde=684,
    hoejde=658,
    stor=(18, 23),
    lille=(15, 20),
    luft=18,
    med_om=True,
    kasser={
        "staerkt_samarbejde": Kasse(2, 2, 680, 92, ("Stærkt samarbejde",), 80, 3),
        "skole": Kasse(2, 150, 200, 120, ("Skole",), 22, 4),
        "fritid": Kasse(242, 150, 200, 120, ("Fritidsinstitutioner", "og -centre"), 22, 3),
        "dagtilbud": Kasse(482, 150, 200, 120, ("0-6 års", "daginstitutioner"), 22, 3),
        "ressourcecenter": Kasse(46, 326, 280, 146, RC_PLC, 32, 4),
        "ressourceteam": Kasse(358, 326, 280, 146, ("Ressourceteam",), 32, 5),
        "tematisk": Kasse(2, 528, 680, 92, ("Ressourceteam/Ressourcecenter",), 80, 3),
    },
    streger={
        "skole-staerkt_samarbejde": Streg(102, 94, 150, 102, 122),
        "fritid-staerkt_samarbejde": Streg(342, 94, 150, 342, 122),
        "dagtilbud-staerkt_samarbejde": Streg(582, 94, 150, 582, 122),
        "skole-ressourcecenter": Streg(132, 270, 326, 132, 298),
        "fritid-ressourcecenter": Streg(286, 270, 326, 286, 298),
        "fritid-ressourceteam": Streg(398, 270, 326, 398, 298),
        "dagtilbud-ressourceteam": Streg(552, 270, 326, 552, 298),
        "skole-tematisk": Streg(28, 270, 528, 28, 500),
        "fritid-tematisk": Streg(342, 270, 528, 342, 500),
        "dagtilbud-tematisk": Streg(656, 270, 528, 656, 500),
    },
    maerke=24,
    forklaring=((2, 644, "Skal-opgave", False), (182, 644, "Kan-opgave", True)),
)
SMAL = Layout(
    navn="smal",
    bredde=304,
    hoejde=592,
    stor=(14, 18),
    lille=(13, 17),
    luft=9,
    med_om=False,
    kasser={
        "staerkt_samarbejde": Kasse(1, 2, 302, 88, ("Stærkt samarbejde",), 38, 3),
        "skole": Kasse(1, 134, 96, 110, ("Skole",), 13, 4),
        "fritid": Kasse(104, 134, 96, 110, ("Fritids-", "institutioner", "og -centre"), 13, 3),
        "dagtilbud": Kasse(207, 134, 96, 110, ("0-6 års", "dag-", "institutioner"), 13, 3),
        "ressourcecenter": Kasse(20, 288, 136, 136, ("Ressourcecenter/", "Pædagogisk", "Læringscenter"), 17, 4),
        "ressourceteam": Kasse(174, 288, 110, 136, ("Ressource-", "team"), 13, 5),
        "tematisk": Kasse(1, 470, 302, 88, ("Ressourceteam/Ressourcecenter",), 38, 3),
    },
    streger={
        "skole-staerkt_samarbejde": Streg(49, 90, 134, 49, 112),
        "fritid-staerkt_samarbejde": Streg(152, 90, 134, 152, 112),
        "dagtilbud-staerkt_samarbejde": Streg(255, 90, 134, 255, 112),
        "skole-ressourcecenter": Streg(60, 244, 288, 60, 266),
        "fritid-ressourcecenter": Streg(126, 244, 288, 126, 266),
        "fritid-ressourceteam": Streg(187, 244, 288, 188, 266),
        "dagtilbud-ressourceteam": Streg(248, 244, 288, 248, 266),
        "skole-tematisk": Streg(10, 244, 470, 22, 447),
        "fritid-tematisk": Streg(165, 244, 470, 165, 447),
        "dagtilbud-tematisk": Streg(294, 244, 470, 282, 447),
    },
    maerke=18,
    forklaring=((2, 578, "Skal-opgave", False), (158, 578, "Kan-opgave", True)),
)
LAYOUTS = (BRED, SMAL)
