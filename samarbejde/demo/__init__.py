"""The demo: an invented område, then what the upper apps plug in. Only with DEMO=1; a second run changes nothing."""

from collections.abc import Callable
from pathlib import Path

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, make_password

from samarbejde import stik
from samarbejde.demo import maengde
from samarbejde.formater import antal
from samarbejde.importer import indlaes
from samarbejde.models import Person

Meld = Callable[[str], None]
EKSEMPEL = Path(__file__).parent.parent / "data" / "eksempel"
KODEORD = "samarbejde-demo"
LOGINS = (
    *("skoleleder", "koordinator", "paedagogiskleder", "centerleder", "teamkoordinator", "medarbejder", "vejleder"),
    *("sundhedsplejerske", "klyngeleder", "netvaerkskoordinator", "dagtilbudsleder", "omraadechef", "forvaltning"),
    *("administrator", "naboskoleleder", "nabokoordinator"),
)


def laeg_demodata(*, distrikter: int | None = None, aar: int | None = None, meld: Meld = lambda tekst: None) -> None:
    """Each plug of `stik.demo` gets both numbers; both are None unless the run is for measuring."""
    meld("Eksemplets enheder og personer …")
    indlaes(EKSEMPEL)
    if nye := saet_kodeord():
        meld(f"{antal(nye, 'demo-login', 'demo-logins')} har fået adgangskode.")
    if distrikter is not None:
        maengde.opret(distrikter=distrikter, aar=aar or 1, meld=meld)
    for navn, plug in stik.demo.items():
        meld(f"{navn} …")
        plug(distrikter=distrikter, aar=aar)


def saet_kodeord() -> int:
    """One hash for all sixteen: argon2 takes 0.2 s each. An account with a password of its own keeps it."""
    uden = Person.objects.filter(
        email__in=[f"{login}@demo.example" for login in LOGINS], password__startswith=UNUSABLE_PASSWORD_PREFIX
    )
    return uden.update(password=make_password(KODEORD)) if uden.exists() else 0
