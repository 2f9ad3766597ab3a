"""Draws the figure as SVG, one drawing for wide pages and paper and one for phones. Written by hand: 130 shapes cost
the template engine six milliseconds, and this a third of one.

Each drawing stands alone (the agreement's PDF): presentation attributes say it all, the classes only follow the theme.
Edges are links for a finger or a mouse, and out of the tab order, as the table beside the figure has them.
"""

from functools import lru_cache
from textwrap import wrap

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from samarbejde.figur import AKTOERER, BESKRIVELSE, TITEL, Figur, Punkt
from samarbejde.figurlayout import LAYOUTS, Kasse, Layout, Streg

BLAA = 'stroke="#0b2a6b"'
# Signs of the states, 16 across, the same on a dark box as on a light one.
TEGN = {
    "klar": '<circle cx="8" cy="8" r="8" fill="#2d6d00" stroke="#fff"/>'
    '<path d="M4 8.4l2.8 2.8L12 5.6" fill="none" stroke="#fff" stroke-width="2"/>',
    "planlagt": '<circle cx="8" cy="8" r="8.5" fill="#fff"/>'
    f'<circle cx="8" cy="8" r="6.5" fill="#fff" {BLAA} stroke-width="2"/>'
    '<path d="M8 1.5a6.5 6.5 0 0 1 0 13z" fill="#0b2a6b"/>',
    "mangler": '<path d="M8 1.2L15.4 14.6H.6z" fill="#febb30" stroke="#1a1a1a" stroke-width="1.4" '
    'stroke-linejoin="round"/><path d="M8 5.6v4.4M8 11.6v1.6" stroke="#1a1a1a" stroke-width="1.8"/>',
    "kan": '<circle cx="8" cy="8" r="7" fill="#fff" stroke="#595959" stroke-width="1.6" stroke-dasharray="3 2.5"/>',
}
AKTOERKASSE = 'class="data-1" rx="10" fill="#0b2a6b"'
SKAL_KASSE = f'class="kasse-skal" rx="3" fill="#eaeff8" {BLAA} stroke-width="1.5"'
KAN_KASSE = f'class="kasse-kan" rx="3" fill="#fff" {BLAA} stroke-width="1.5" stroke-dasharray="7 5"'
STIPLET = ' stroke-dasharray="7 5"'


def svg(figur: Figur) -> SafeString:
    """Both, for a page: the stylesheet shows the one that fits."""
    return mark_safe("\n".join(tegning(figur, layout) for layout in LAYOUTS))  # noqa: S308 - each is


def tegning(figur: Figur, layout: Layout) -> SafeString:
    """Nodes in the order they are read: what all three have, the three, and what is under them."""
    punkter = (figur.fora[0], *figur.aktoerer, *figur.fora[1:])
    kanter = [(kant, layout.streger[kant.noegle]) for forum in figur.fora for kant in forum.kanter]
    dele = [
        _begyndelse(layout, "group" if figur.har_links else "img"),
        f'<g aria-hidden="true" fill="none" {BLAA} stroke-width="2.5">',
        *(_linje(streg.x, streg.fra, f"V{streg.til}", kant.er_kan) for kant, streg in kanter),
        "</g>",
        *(_knude(punkt, layout.kasser[punkt.noegle], layout) for punkt in punkter),
        f'<g aria-hidden="true" font-size="{layout.lille[0]}">',
        *(_maerke(kant, streg, layout) for kant, streg in kanter),
        *(_forklaring(*linje) for linje in layout.forklaring),
        "</g></svg>",
    ]
    return mark_safe("".join(dele))  # noqa: S308 - what anybody has written is escaped where it is put in


def _begyndelse(layout: Layout, rolle: str) -> str:
    """A group where there are links inside: a picture would hide them from a screen reader."""
    navn = f"figur-{layout.navn}"
    tegn = "".join(f'<g id="{navn}-{tilstand}">{form}</g>' for tilstand, form in TEGN.items())
    return (
        f'<svg class="{navn}" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {layout.bredde} {layout.hoejde}" '
        f'role="{rolle}" aria-labelledby="{navn}-titel" aria-describedby="{navn}-om" '
        f"font-family=\"'IBM Plex Sans', Plex, Plex2, sans-serif\">"
        f'<title id="{navn}-titel">{TITEL}</title><desc id="{navn}-om">{BESKRIVELSE}</desc><defs>{tegn}</defs>'
        f'<rect width="{layout.bredde}" height="{layout.hoejde}" fill="#fff"/>'
    )


def _linje(x: int, y: int, videre: str, er_kan: bool, mere: str = "") -> str:
    return f'<path class="streg-1" d="M{x} {y}{videre}"{mere}{STIPLET if er_kan else ""}/>'


def _forklaring(x: int, y: int, tekst: str, er_kan: bool) -> str:
    linje = _linje(x, y, "h48", er_kan, f' fill="none" {BLAA} stroke-width="2.5"')
    return f'{linje}<text x="{x + 56}" y="{y + 5}">{tekst}</text>'


def _maerke(kant: Punkt, streg: Streg, layout: Layout) -> str:
    """The word on an edge, and the sign of its state where somebody has said one."""
    halv, stiplet = layout.maerke, ' stroke-dasharray="5 3"' if kant.er_kan else ""
    indhold = (
        f'<g transform="translate({streg.maerke_x} {streg.maerke_y})">'
        f'<rect class="maerke" x="-{halv}" y="-14" width="{2 * halv}" height="28" rx="14" fill="#fff" {BLAA} '
        f'stroke-width="1.5"{stiplet}/><text y="5" text-anchor="middle">{kant.opgave.partition("-")[0]}</text>'
        f"{_tegn(kant, layout, halv - 10, -20)}</g>"
    )
    return f'<a href="{escape(kant.adresse)}" tabindex="-1">{indhold}</a>' if kant.adresse else indhold


def _knude(punkt: Punkt, kasse: Kasse, layout: Layout) -> str:
    er_aktoer = punkt.noegle in AKTOERER
    slags = AKTOERKASSE if er_aktoer else KAN_KASSE if punkt.er_kan else SKAL_KASSE
    indhold = (
        f'<rect x="{kasse.x}" y="{kasse.y}" width="{kasse.bredde}" height="{kasse.hoejde}" {slags}/>'
        f"{_tekster(punkt, kasse, layout, er_aktoer)}"
    )
    if punkt.adresse:
        return f'<a href="{escape(punkt.adresse)}" aria-label="{escape(punkt.etiket)}">{indhold}</a>'
    return f"<g>{indhold}</g>"


def _tekster(punkt: Punkt, kasse: Kasse, layout: Layout, er_aktoer: bool) -> str:
    """Name, duty and state under one another, in the middle of the box from top to bottom."""
    broed = _ombrudt(_under_navnet(punkt, layout, er_aktoer), kasse.tegn, 2)
    status = _ombrudt(punkt.statustekst, kasse.tegn - 3, kasse.linjer - len(broed))
    (stor, stor_linje), (lille, lille_linje) = layout.stor, layout.lille
    hvid, klasse = (' fill="#fff"', "paa-figur ") if er_aktoer else ("", "")
    x, y = kasse.x + layout.luft, kasse.y - 5
    y += (kasse.hoejde - len(kasse.navn) * stor_linje - (len(broed) + len(status)) * lille_linje) // 2
    dele = []
    for linje in kasse.navn:
        y += stor_linje
        dele.append(
            f'<text class="{klasse}navn" x="{x}" y="{y}" font-size="{stor}" font-weight="600"{hvid}>{linje}</text>'
        )
    if status:
        dele.append(_tegn(punkt, layout, x, y + len(broed) * lille_linje + lille_linje - 13))
    for linje, ind in (*((linje, 0) for linje in broed), *((linje, 22) for linje in status)):
        y += lille_linje
        dele.append(
            f'<text class="{klasse}broed" x="{x + ind}" y="{y}" font-size="{lille}"{hvid}>{escape(linje)}</text>'
        )
    return "".join(dele)


def _tegn(punkt: Punkt, layout: Layout, x: int, y: int) -> str:
    return f'<use href="#figur-{layout.navn}-{punkt.status.tilstand}" x="{x}" y="{y}"/>' if punkt.status else ""


def _under_navnet(punkt: Punkt, layout: Layout, er_aktoer: bool) -> str:
    if not er_aktoer:
        return f"{punkt.opgave}: {punkt.om}" if layout.med_om else punkt.opgave
    return punkt.enheder[0].navn if layout.med_om and len(punkt.enheder) == 1 else punkt.om


@lru_cache(maxsize=1000)
def _ombrudt(tekst: str, tegn: int, linjer: int) -> list[str]:
    return wrap(tekst, tegn, max_lines=linjer, placeholder=" …")
