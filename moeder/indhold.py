"""The papers of a meeting as HTML, and the SHA-256 of what they say: the same content is the same paper."""

import hashlib
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string

from moeder.models import Moede, Moededokument
from moeder.queries.papir import pakkedata, referatdata, uddragsdata
from moeder.states import Tilstand

Art = Moededokument.Art


def som_html(papir: Moededokument, lavet: datetime | None = None) -> str:
    """`lavet` is printed on the paper; left out, the HTML is the content alone."""
    moede = Moede.objects.select_related("forum__enhed", "medforum", "referent").get(pk=papir.moede_id)
    faelles = {
        "moede": moede,
        "papir": papir,
        "lavet": lavet,
        "udkast": "" if papir.art == Art.PAKKE or moede.tilstand == Tilstand.REFERAT_LUKKET else "UDKAST",
    }
    return render_to_string(f"moeder/papir_{papir.art}.html", {**faelles, **_data(moede, papir)})


def _data(moede: Moede, papir: Moededokument) -> dict[str, Any]:
    if papir.enhed is not None:
        return uddragsdata(moede, papir.enhed)
    return pakkedata(moede) if papir.art == Art.PAKKE else referatdata(moede)


def aftryk(papir: Moededokument) -> str:
    return hashlib.sha256(som_html(papir).encode()).hexdigest()
