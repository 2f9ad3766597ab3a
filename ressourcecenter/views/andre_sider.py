"""What the pages of the foundation show of the forums: plugged in by `apps.py`."""

from collections.abc import Collection, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ressourcecenter.deltagelse import skolelinjer
from ressourcecenter.models import Forum
from ressourcecenter.querysets import FRITID
from samarbejde.forespoergsel import hent
from samarbejde.formater import antal, opremsning
from samarbejde.models import Enhed, Enhedstilknytning, Person, Skoledistrikt
from samarbejde.permissions import Handling, Relation, Rolle, maa
from samarbejde.roller import mine_roller
from samarbejde.stik import Boks, Figurstatus, Mangel


def menu(person: Person) -> list[tuple[int, str, str]]:
    """For everybody who is attached to a forum, or answers for those who are; asked without a query."""
    mine = mine_roller(person)
    roller = mine.globale.union(*mine.enheder.values(), *mine.fora.values())
    egne = roller & {*Rolle, *Relation} - {Rolle.ADMINISTRATOR}
    return [(20, "Ressourcecentre", reverse("fora"))] if egne else []


def synlige_fora(person: Person) -> QuerySet[Any]:
    return Forum.objects.synlige_for(person, Handling.SE_FORUM).order_by().values("pk")


def enhedsboks(enhed: Enhed, person: Person) -> list[Boks]:
    """On the page of a fritid unit: who represents it at each school."""
    if enhed.art not in FRITID:
        return []
    data = {"linjer": skolelinjer(enhed), "adresse": reverse("repraesentation", args=[enhed.slug])}
    return [Boks("Deltagelse i Ressourcecentre", "ressourcecenter/_deltagelse.html", data)]


def mangler(distrikt: Skoledistrikt, person: Person, besat: dict[int, set[Rolle]]) -> list[Mangel]:
    """What the skoleleder answers for (S38), and what the model says must be there (S52): for every school of the
    district; what is known of the district's units is not asked for again.
    """
    egne = mine_roller(person).enheder
    return [
        mangel
        for skole in _skoler(distrikt)
        for mangel in (
            *_i_ledelsen(skole, besat.get(skole.pk, set()), egne.get(skole.pk, frozenset())),
            *_blandt_fritid(distrikt, skole, besat),
        )
    ]


def _skoler(distrikt: Skoledistrikt) -> list[Enhed]:
    return [e for e in distrikt.enheder_nu if e.art == Enhed.Art.SKOLE and not e.er_privat and e.gaelder()]


def _links(distrikt: Skoledistrikt) -> list[Enhedstilknytning]:
    """Fritid units to the district's schools, its institutions to their klynge or netværk; asked once a page."""
    kendt: list[Enhedstilknytning] | None = getattr(distrikt, "fora_links", None)
    if kendt is None:
        skoler, alle = ([enhed.pk for enhed in enheder] for enheder in (_skoler(distrikt), distrikt.enheder_nu))
        links = hent(_links_mellem, None, skoler=skoler, alle=alle)
        kendt = distrikt.fora_links = [et for et in links if et.enhed.gaelder() and et.til.gaelder()]
    return kendt


def _links_mellem(_: None, skoler: list[int], alle: list[int]) -> QuerySet[Enhedstilknytning]:
    til_skoler = Q(til__in=skoler, enhed__art__in=FRITID)
    til_teams = Q(enhed__in=alle, til__art__in=[Enhed.Art.KLYNGE, Enhed.Art.NETVAERK])
    return Enhedstilknytning.objects.gaeldende().filter(til_skoler | til_teams).select_related("enhed", "til")


def _i_ledelsen(skole: Enhed, besat: Collection[Any], mine: Collection[Any]) -> Iterator[Mangel]:
    if Rolle.SKOLELEDER not in besat:
        yield Mangel(f"Posten som skoleleder på {skole} er ikke besat. Forvaltningen udpeger en.")
    elif Rolle.KOORDINATOR not in besat and Relation.SKOLELEDER_SELV in mine:
        # A kan (S29): said to the one who can appoint, never to others as something missing (S52).
        tekst = f"{skole} har ingen koordinator. Du kan udpege en eller to; ellers indkalder og følger du op selv."
        yield Mangel(tekst, reverse("udpeg_koordinator", args=[skole.slug]), "Udpeg koordinator")


def _blandt_fritid(distrikt: Skoledistrikt, skole: Enhed, besat: dict[int, set[Rolle]]) -> Iterator[Mangel]:
    """A centre that lies in another district is looked at there."""
    fritid = [link.enhed for link in _links(distrikt) if link.til_id == skole.pk]
    if not fritid:
        yield Mangel(f"Ingen fritidstilbud er knyttet til Ressourcecentret på {skole}. Forvaltningen registrerer dem.")
    for enhed in fritid:
        if enhed in distrikt.enheder_nu and Rolle.FRITIDSLEDER not in besat.get(enhed.pk, ()):
            sted = reverse("repraesentation", args=[enhed.slug])
            yield Mangel(f"Posten som {enhed.ledertitel} i {enhed} er ikke besat.", sted, "Se, hvem der deltager imens")


def figurstatus(distrikt: Skoledistrikt | None, person: Person) -> dict[str, Figurstatus]:
    """The forums of the district in the figure (S51): who is in them by the register, linked for those who may see
    them. Only a Ressourcecenter without fritid can be missing, and only to those who see what is missing (S52).
    """
    if distrikt is None:
        return {}
    links, skoler = _links(distrikt), _skoler(distrikt)
    teams = {link.til_id: link.til for link in links if link.til.art != Enhed.Art.SKOLE}
    adresser = _adresser(person, [*skoler, *teams.values()])
    status = {"ressourcecenter": _rc_status(distrikt, person, skoler, links, adresser)} if skoler else {}
    if teams:
        navne = opremsning(sorted(team.navn for team in teams.values()))
        status["ressourceteam"] = Figurstatus("klar", navne, _samlet(adresser, teams))
    return status


def _rc_status(
    distrikt: Skoledistrikt,
    person: Person,
    skoler: list[Enhed],
    links: list[Enhedstilknytning],
    adresser: dict[int, str],
) -> Figurstatus:
    med = {link.til_id for link in links}
    uden = [skole for skole in skoler if skole.pk not in med]
    sted = _samlet(adresser, [skole.pk for skole in skoler])
    if uden and maa(person, Handling.SE_MANGLER, distrikt):
        return Figurstatus("mangler", f"intet fritidstilbud er med på {opremsning(e.navn for e in uden)}", sted)
    fritid = {link.enhed_id for link in links if link.til.art == Enhed.Art.SKOLE}
    hvem = antal(len(fritid), "fritidstilbud er", "fritidstilbud er")
    return Figurstatus("klar", f"{hvem} med på lige fod" if fritid else "", sted)


def _adresser(person: Person, enheder: list[Enhed]) -> dict[int, str]:
    pks = set(hent(_med_forum, person, enheder=[enhed.pk for enhed in enheder]))
    return {enhed.pk: reverse("forum", args=[enhed.slug]) for enhed in enheder if enhed.pk in pks}


def _med_forum(person: Person, enheder: list[int]) -> QuerySet[Forum, int]:
    synlige = Forum.objects.synlige_for(person, Handling.SE_FORUM).filter(enhed__in=enheder)
    return synlige.order_by().values_list("enhed_id", flat=True)


def _samlet(adresser: dict[int, str], pks: Collection[int]) -> str:
    """The one forum that the reader may open, or the list when there are several."""
    mine = [adresser[pk] for pk in pks if pk in adresser]
    return mine[0] if len(mine) == 1 else reverse("fora") if mine else ""
