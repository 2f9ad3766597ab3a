"""Sockets: what sits below the things it shows. Upper apps plug in from `AppConfig.ready()`; no other inversion.

`tests/arkitektur/test_stik.py` lists every plug.
"""

from collections.abc import Callable, Iterator
from typing import Generic, TypeVar

F = TypeVar("F", bound=Callable)


class Stik(Generic[F]):
    def __init__(self, navn: str) -> None:
        self.navn = navn
        self._plugs: dict[str, F] = {}

    def tilslut(self, navn: str, plug: F) -> None:
        if navn in self._plugs and self._plugs[navn] is not plug:
            raise ValueError(f"stikket {self.navn} har allerede {navn}")
        self._plugs[navn] = plug

    def __iter__(self) -> Iterator[F]:
        return iter(self._plugs.values())

    def items(self) -> list[tuple[str, F]]:
        return list(self._plugs.items())


# (person) -> list[Skridt]: what waits, for the start page; the holder may be the person or somebody else.
din_tur: Stik[Callable] = Stik("din_tur")
# (nu) -> int: rows handled; run by `doegnrutiner`, idempotent.
doegn: Stik[Callable] = Stik("doegn")
# (person) -> QuerySet of primary keys: the roots of kind `navn` whose events the person may read.
spor: Stik[Callable] = Stik("spor")
# (**antal) -> None: believable data, through actions only; run by `demodata`.
demo: Stik[Callable] = Stik("demo")
# (distrikt, person) -> list[Boks]: what the district page shows of each upper app.
distrikt: Stik[Callable] = Stik("distrikt")
# (person) -> list[Menupunkt]: the main navigation, by rights.
menu: Stik[Callable] = Stik("menu")
ALLE = (din_tur, doegn, spor, demo, distrikt, menu)
