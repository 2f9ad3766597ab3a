"""Order so many PDFs of entered agreements, and say how many are made; with 0: fail unless the worker is still busy.

Run with the settings of the measured site.
"""

import sys
from itertools import cycle, islice

import django

django.setup()

from aftaler.actions.indgaaelse import bestil_dokument  # noqa: E402
from aftaler.models import Aftale, Dokument  # noqa: E402
from aftaler.states import Tilstand  # noqa: E402


def main():
    antal = int(sys.argv[1])
    indgaaede = Aftale.objects.filter(tilstand=Tilstand.INDGAAET).order_by("-pk")
    for aftale in islice(cycle(indgaaede), antal):
        bestil_dokument(aftale)
    lavede = Dokument.objects.filter(tilstand=Dokument.Tilstand.KLAR).count()
    venter = Dokument.objects.filter(tilstand=Dokument.Tilstand.BESTILT).count()
    print(f"{lavede} PDF'er er lavet, {venter} venter.")
    if not venter:
        sys.exit("Workeren var færdig, før der var målt: bestil flere.")


main()
