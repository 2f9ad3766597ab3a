"""Build the stylesheet, the icon sprite and the fonts from npm packages. Only for whoever changes the look:
docs/look.md has the recipe.

Usage: python static/kilde/byg.py NODE_MODULES
"""

import re
import shutil
import subprocess
import sys
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent
# Icons in the sprite: <svg class="icon-svg" aria-hidden="true" focusable="false"><use href="…/sprite.svg#NAME"/></svg>
SPRITE = """
arrow-back calendar-month check chevron-double-left chevron-double-right chevron-down chevron-left chevron-right close
delete document download edit email error file-pdf flag groups help hourglass info list-bulleted lock menu notifications
open-in-new person plus print refresh search send settings success time upload visibility warning
""".split()
# Icons the stylesheet itself asks for (no data: addresses under our CSP).
BAGGRUND = ["check-white", "chevron-down-gray-200", "chevron-down", "chevron-up", "minus-white", "more-vert"]
SKRIFT = [f"IBMPlexSans-{vaegt}-{udsnit}.woff2" for vaegt in ("Regular", "SemiBold") for udsnit in ("Latin1", "Latin2")]


def symbol(navn: str, svg: str) -> str:
    aabning = re.search(r"<svg[^>]*>", svg)[0]
    visning = re.search(r'viewBox="[^"]+"', aabning)[0]
    indhold = svg[svg.index(aabning) + len(aabning) : svg.rindex("</svg>")].strip()
    return f'<symbol id="{navn}" {visning}>{indhold}</symbol>'


def main(moduler: Path) -> None:
    dkfds, plex = moduler / "dkfds", moduler / "@ibm/plex-sans"
    ikoner, skrift = STATIC / "ikoner", STATIC / "skrift"
    symboler = [symbol(n, (dkfds / f"src/img/svg-icons/{n}.svg").read_text()) for n in SPRITE]
    sprite = '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symboler) + "\n</svg>\n"
    (ikoner / "sprite.svg").write_text(sprite)
    for navn in BAGGRUND:
        shutil.copyfile(dkfds / f"src/img/svg-icons/{navn}.svg", ikoner / f"{navn}.svg")
    for navn in SKRIFT:
        shutil.copyfile(plex / "fonts/split/woff2" / navn, skrift / navn)
    shutil.copyfile(plex / "LICENSE.txt", skrift / "LICENSE.txt")
    shutil.copyfile(dkfds / "LICENSE.md", STATIC / "css/LICENSE-DKFDS.md")
    stil = f"{dkfds}/src/stylesheets"
    mellem = STATIC / "css/samarbejde.css"
    valg = [f"--load-path={stil}", "--style=compressed", "--no-source-map", "--quiet-deps"]
    subprocess.run([moduler / ".bin/sass", *valg, STATIC / "kilde/dkfds.scss", mellem], check=True)
    if "data:" in mellem.read_text():
        sys.exit("data: address in the stylesheet; the CSP refuses it")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
