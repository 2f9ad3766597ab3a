"""Draws a school year as SVG: a row for each month, a box for each week, a sign for each meeting. The same drawing
serves a phone and a wide page; the table beside it has every date.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from moeder.states import Tilstand
from samarbejde.formater import antal, dato
from samarbejde.skolekalender import skoleaar_navn

if TYPE_CHECKING:
    from moeder.queries.aar import Aar, Uge

BREDDE, RAEKKE, LINJE, VENSTRE = 360, 30, 18, 40
KASSE, TRIN, HOEJDE = 60, 63, 26
RING = 'fill="#fff" stroke="#0b2a6b" stroke-width="1.8"'
FYLDT = 'class="data-1" fill="#0b2a6b" stroke="#0b2a6b" stroke-width="1.8"'
FARVER = {"fri": "#d5dbe7", "skole": "#fff"}
FORKLARING = ("reserveret", "indkaldt eller holdt", "aflyst")


def svg(aar: "Aar") -> SafeString:
    hoejde = len(aar.maaneder) * RAEKKE + 2 * LINJE + 10
    dele = [_begyndelse(aar, hoejde)]
    for nummer, (maaned, uger) in enumerate(aar.maaneder):
        y = nummer * RAEKKE + 2
        dele.append(f'<text x="0" y="{y + 17}" font-size="12" font-weight="600">{maaned}</text>')
        dele += (_uge(uge, VENSTRE + plads * TRIN, y) for plads, uge in enumerate(uger))
    dele += _forklaring(len(aar.maaneder) * RAEKKE + LINJE)
    return mark_safe("".join([*dele, "</svg>"]))  # noqa: S308 - what anybody has written is escaped where it is put in


def _begyndelse(aar: "Aar", hoejde: int) -> str:
    titel = f"Møder i skoleåret {skoleaar_navn(aar.skoleaar)}"
    om = (
        f"{antal(aar.antal, 'møde', 'møder')}. En række for hver måned og et felt for hver uge. "
        "Datoerne står i tabellen."
    )
    return (
        f'<svg class="aarsbillede" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {BREDDE} {hoejde}" '
        f'width="{BREDDE * 2}" height="{hoejde * 2}" role="img" aria-labelledby="{aar.navn}-titel" '
        f'aria-describedby="{aar.navn}-om" font-family="\'IBM Plex Sans\', Plex, Plex2, sans-serif">'
        f'<title id="{aar.navn}-titel">{titel}</title><desc id="{aar.navn}-om">{om}</desc>'
        f'<rect width="{BREDDE}" height="{hoejde}" fill="#fff"/>'
    )


def _uge(uge: "Uge", x: int, y: int) -> str:
    """A week off is grey and says so; one with some days off has a broken edge."""
    farve = FARVER["fri" if uge.er_helt_fri else "skole"]
    stiplet = ' stroke-dasharray="4 3"' if uge.fri and not uge.er_helt_fri else ""
    ord_ = ("ferie" if uge.er_helt_fri else "fridag") if uge.fri and not uge.moeder else ""
    return (
        f'<g><rect x="{x}" y="{y}" width="{KASSE}" height="{HOEJDE}" rx="3" fill="{farve}" stroke="#707070"{stiplet}>'
        f"</rect>{_om(uge)}"
        f'<text x="{x + 4}" y="{y + 17}" font-size="11" fill="#4a4a4a">{uge.nummer}</text>'
        f'<text x="{x + 22}" y="{y + 17}" font-size="11">{ord_}</text>{"".join(_moeder(uge, x, y))}</g>'
    )


def _om(uge: "Uge") -> str:
    """What a mouse is told."""
    dele = [f"uge {uge.nummer}", *uge.fri, *(dato(moede.dag) for moede in uge.moeder)]
    return f"<title>{escape(', '.join(dele))}</title>"


def _moeder(uge: "Uge", x: int, y: int) -> Iterator[str]:
    """As many as there is room for, with the month where it is not that of the row; else how many more there are."""
    sted, plads_til = x + 25, x + KASSE
    for nummer, moede in enumerate(uge.moeder):
        dag = f"{moede.dag.day}" if moede.dag.month == uge.maaned else f"{moede.dag.day}/{moede.dag.month}"
        if sted + 5 + 6 * len(dag) > plads_til:
            yield f'<text x="{x + 4}" y="{y + 8}" font-size="8">+{len(uge.moeder) - nummer}</text>'
            break
        yield _tegn(moede.tilstand, sted, y + HOEJDE // 2)
        yield f'<text x="{sted + 6}" y="{y + 17}" font-size="12" font-weight="600">{dag}</text>'
        sted += 11 + 6 * len(dag)


def _tegn(tilstand: str, x: int, y: int) -> str:
    if tilstand in {Tilstand.AFLYST, Tilstand.IKKE_AFHOLDT}:
        return f'<path d="M{x - 3} {y - 3}l6 6M{x + 3} {y - 3}l-6 6" stroke="#1a1a1a" stroke-width="1.8"/>'
    return f'<circle cx="{x}" cy="{y}" r="3.4" {RING if tilstand == Tilstand.RESERVERET else FYLDT}/>'


def _forklaring(y: int) -> Iterator[str]:
    tilstande = (Tilstand.RESERVERET, Tilstand.INDKALDT, Tilstand.AFLYST)
    x = VENSTRE + 6
    for tilstand, ord_ in zip(tilstande, FORKLARING, strict=True):
        yield f'{_tegn(tilstand, x, y - 4)}<text x="{x + 9}" y="{y}" font-size="12">{ord_}</text>'
        x += 28 + 6 * len(ord_)
    for x, ord_, fyld in (
        (VENSTRE, "hele ugen er fri", f'fill="{FARVER["fri"]}"'),
        (VENSTRE + 120, "nogle dage er fri", 'fill="#fff" stroke-dasharray="4 3"'),
    ):
        yield f'<rect x="{x}" y="{y + 8}" width="14" height="12" rx="2" stroke="#707070" {fyld}/>'
        yield f'<text x="{x + 19}" y="{y + 18}" font-size="12">{ord_}</text>'
