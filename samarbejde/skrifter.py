"""Which characters a PDF of ours can draw: IBM Plex, and two open fonts for what it lacks (Arabic, Greek, Cyrillic,
Hebrew, signs; emoji in black and white). What none of them has is refused where it is typed.

`data/skrift/tegn.txt` lists the characters, so that a web process opens no font; a test holds it to the fonts.
"""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError

_HER = Path(__file__).parent / "data" / "skrift"
SKRIFTER: dict[str, Path] = {
    fil.name: fil for mappe in (settings.BASE_DIR / "static" / "skrift", _HER) for fil in mappe.glob("*.woff2")
}
# IBM Plex Sans as it is shipped: anything else needs the reserves, which cost time to load.
_KUN_PLEX = re.compile(r"[\n\r\t -~\xa0-ÿĀ-āĄ-ŁŃ-ňŌ-őŔ-ſ–—‘’‚“”„•…€]*")
# The family of emoji is called so for a reason: it is what the layout asks for by itself when it meets one.
_RESERVER = (
    '@font-face { font-family: emoji; src: url("skrift://lokal/NotoEmoji-Regular.woff2"); }\n'
    '@font-face { font-family: Reserve; src: url("skrift://lokal/DejaVuSans.woff2"); }\n'
)


def kraev_kendte_tegn(tekst: str) -> None:
    if fremmede := fremmede_tegn(tekst):
        viste = " ".join(f"«{tegn}»" for tegn in fremmede[:5]) + (" og flere" if len(fremmede) > 5 else "")
        raise ValidationError(f"Teksten har tegn, som ikke kan skrives i dokumentet: {viste}. Slet dem, og gem igen.")


def fremmede_tegn(tekst: str) -> list[str]:
    return [] if _KUN_PLEX.fullmatch(tekst) else list(dict.fromkeys(_fremmed().findall(tekst)))


def klar_til_skrift(html: str) -> str:
    """The HTML with the fonts it needs. What came around the fields (a name, an import) and cannot be drawn is written
    by its number: a PDF never shows an empty box.
    """
    if _KUN_PLEX.fullmatch(html):
        return html
    html = _fremmed().sub(lambda tegn: f"[U+{ord(tegn[0]):04X}]", html)
    return html.replace("<style>", f"<style>{_RESERVER}", 1)


@cache
def _fremmed() -> re.Pattern[str]:
    linjer = (_HER / "tegn.txt").read_text(encoding="ascii").split()
    kendte = "".join("-".join(f"\\U{int(ende, 16):08x}" for ende in linje.split("-")) for linje in linjer)
    return re.compile(f"[^\\n\\r\\t{kendte}]")
