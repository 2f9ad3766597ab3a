"""What the steps of an import hand to each other."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

Meld = Callable[[str], None]


@dataclass(frozen=True)
class Fejl:
    """One thing that is wrong, where it stands and why, so that the operator can go straight to the cell."""

    ark: str
    grund: str
    linje: int | None = None
    kolonne: str = ""

    def __str__(self) -> str:
        sted = [self.ark, f"linje {self.linje}" if self.linje else "", self.kolonne]
        return f"{', '.join(filter(None, sted))}: {self.grund}"


class ImportfejlError(Exception):
    """Nothing was imported; `fejl` holds every reason."""

    def __init__(self, fejl: list[Fejl] | str) -> None:
        self.fejl = [Fejl("", fejl)] if isinstance(fejl, str) else fejl
        super().__init__("\n".join(str(en).removeprefix(": ") for en in self.fejl))


@dataclass(frozen=True)
class Raatark:
    """A sheet as it was read: no cell has been judged yet. `raekker` are (line number, cells)."""

    navn: str
    kolonner: list[str]
    raekker: list[tuple[int, list[Any]]]


@dataclass(frozen=True)
class Raekke:
    """One row of the file. A cell that was wrong is missing from `felter`."""

    ark: str
    linje: int
    felter: dict[str, Any] = field(default_factory=dict)

    def fejl(self, kolonne: str, grund: str) -> Fejl:
        return Fejl(self.ark, grund, self.linje, kolonne)


class Formel(str):
    """A formula in a cell: what it would give is not in the file, so it is never a value."""

    __slots__ = ()


class Fejlvaerdi(str):
    """Excel's own mark of a mistake, `#N/A` and its like."""

    __slots__ = ()
