"""One form of the editor, and where it stands."""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse

from aftaler.forms import Tekstform
from aftaler.models import Aftale
from aftaler.views.side import Krumme, adresse, under, vis


@dataclass(frozen=True)
class Skriveside:
    """One form of the editor: what it shows, and the address that saves it."""

    request: HttpRequest
    aftale: Aftale
    skabelon: str
    overskrift: str
    form: Tekstform
    gem_adresse: str
    mere: dict[str, Any] = field(default_factory=dict)

    @property
    def krummer(self) -> tuple[Krumme, ...]:
        """The goal and the sub-goal that this is under, when they are others than this."""
        maal, delmaal = self.mere.get("maal"), self.mere.get("delmaal")
        sti: list[Krumme] = []
        if maal and self.skabelon != "maal":
            sti.append((f"Mål: {maal.titel}", under(self.aftale, "skriv_maal", maal.noegle)))
        if maal and delmaal and self.skabelon != "delmaal":
            sti.append((f"Delmål: {delmaal.titel}", under(self.aftale, "skriv_delmaal", maal.noegle, delmaal.noegle)))
        return tuple(sti)

    def vis(self) -> HttpResponse:
        indhold = {"form": self.form, "gem_adresse": self.gem_adresse, "gem_selv": self._er_gemt_foer, **self.mere}
        return vis(self.request, self.skabelon, self.aftale, self.overskrift, krummer=self.krummer, **indhold)

    @property
    def _er_gemt_foer(self) -> bool:
        """Something new is first there when somebody says so; from then on it saves itself."""
        return self.skabelon == "afsnit" or str(self.form["version"].value()) not in {"", "0"}

    @property
    def noegler(self) -> list[str]:
        """Of what is written in, and of what it lies under: the nearest first."""
        sti = adresse(self.request)
        return [str(sti[navn]) for navn in ("aktivitet", "delmaal", "maal", "afsnit") if navn in sti]
