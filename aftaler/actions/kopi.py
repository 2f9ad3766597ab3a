"""The text of one agreement as the beginning of another: a new version, or the next year's (S7)."""

from typing import Any

from aftaler.models import Aftale, Aktivitet, Delmaal, Led, StrategiskMaal
from samarbejde.skolekalender import foerste_dag, sidste_dag

EGET = frozenset({"id", "version", "aftale", "maal", "delmaal"})


def kopier_tekst(fra: Aftale, til: Aftale) -> None:
    """Every goal keeps its key, so that the two can be compared. What is not true of the new one is left out: units
    that are not its parties, and dates outside its school year.
    """
    for felt in ("behov", "behov_html", "retning", "retning_html"):
        setattr(til, felt, getattr(fra, felt))
    til.save(update_fields=["behov", "behov_html", "retning", "retning_html", "soegetekst"])
    parter = set(til.parter.values_list("enhed_id", flat=True))
    for maal in fra.maal.prefetch_related("delmaal__aktiviteter"):
        nyt = _kopi(maal, StrategiskMaal(aftale=til))
        for delmaal in maal.delmaal.all():
            nyt_delmaal = _kopi(delmaal, Delmaal(maal=nyt))
            for aktivitet in delmaal.aktiviteter.all():
                ny = _kopi(aktivitet, Aktivitet(delmaal=nyt_delmaal), _dage_i_aaret(aktivitet, til.skoleaar))
                ny.ansvarlige.set(parter.intersection(aktivitet.ansvarlige.values_list("pk", flat=True)))


def _kopi(led: Led, nyt: Any, andet: dict[str, Any] | None = None) -> Any:
    felter = [felt for felt in led._meta.concrete_fields if felt.name not in EGET]
    for felt in felter:
        setattr(nyt, felt.attname, getattr(led, felt.attname))
    for navn, vaerdi in (andet or {}).items():
        setattr(nyt, navn, vaerdi)
    nyt.save()
    if isinstance(led, StrategiskMaal):
        nyt.omraader.set(led.omraader.all())
    return nyt


def _dage_i_aaret(aktivitet: Aktivitet, skoleaar: int) -> dict[str, Any]:
    dage = {felt: getattr(aktivitet, felt) for felt in ("fra", "til_og_med")}
    i_aaret = {felt: dag for felt, dag in dage.items() if dag and foerste_dag(skoleaar) <= dag <= sidste_dag(skoleaar)}
    return {felt: i_aaret.get(felt) for felt in dage}
