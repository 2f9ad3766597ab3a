"""Who stands on the list of a meeting by itself: the forum's leaders, and the representative of each attached unit
(S19, S32); the resolver names the person on the day of the meeting.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from moeder.models import Deltager, Moede
from ressourcecenter.models import Forum
from ressourcecenter.querysets import FRITID
from ressourcecenter.repraesentation import Repraesentant, Repraesentanter, kan_deltage
from samarbejde.models import Enhed, Enhedstilknytning, Person, Rolletildeling
from samarbejde.permissions import Rolle

Art = Deltager.Art
ET_DOEGN = timedelta(days=1)


def faste_deltagere(moeder: Iterable[Moede]) -> list[Deltager]:
    """Unsaved invitations for these meetings; four queries for each forum, however many meetings it has."""
    efter_forum: dict[int, list[Moede]] = defaultdict(list)
    for moede in moeder:
        efter_forum[moede.forum_id].append(moede)
    return [deltager for egne in efter_forum.values() for deltager in _i_forummet(egne)]


def _i_forummet(moeder: list[Moede]) -> Iterator[Deltager]:
    forum = moeder[0].forum
    foerste, sidste = min(moede.dag for moede in moeder), max(moede.dag for moede in moeder)
    enheder = faste_enheder(forum, foerste, sidste)
    repraesentanter = Repraesentanter(enheder)
    ledelse = list(_ledelsen(forum, foerste, sidste))
    for moede in moeder:
        sete: set[int] = set()
        for tildeling in ledelse:
            if tildeling.gaelder(moede.dag) and _i_omfang(tildeling, moede) and _ny(tildeling.user, moede.dag, sete):
                yield _deltager(moede, Art.LEDELSE, forum.enhed, tildeling.user, tildeling.vist_titel)
        for enhed in enheder:
            yield from _for_enheden(moede, enhed, repraesentanter.svar(enhed, forum, moede.dag), sete)


def _for_enheden(moede: Moede, enhed: Enhed, svar: Repraesentant, sete: set[int]) -> Iterator[Deltager]:
    if svar.mangler:
        yield _deltager(moede, Art.FAST, enhed, None, svar.kort)
    for person in svar.personer:
        if _ny(person, moede.dag, sete):
            yield _deltager(moede, Art.FAST, enhed, person, svar.kort)


def faste_enheder(forum: Forum, foerste: date, sidste: date) -> list[Enhed]:
    """Units that are invited by themselves on some of these days: fritid in a school's forums, 0-6 in a team."""
    arter = (Enhed.Art.DAGINSTITUTION,) if forum.er_team else FRITID
    links = Enhedstilknytning.objects.filter(til=forum.enhed_id, enhed__art__in=arter)
    links = links.deler_dag(foerste, sidste + ET_DOEGN).select_related("enhed").order_by("enhed__navn", "enhed")
    return list({link.enhed_id: link.enhed for link in links}.values())


def _ledelsen(forum: Forum, foerste: date, sidste: date) -> Iterable[Rolletildeling]:
    roller = Rolletildeling.objects.filter(content_object=forum.enhed_id)
    roller = roller.med_rolle(forum.enhed.lederrolle, Rolle.KOORDINATOR).deler_dag(foerste, sidste + ET_DOEGN)
    return roller.select_related("user", "permission", "content_object").order_by("i_fravaer", "-er_primaer", "pk")


def _i_omfang(tildeling: Rolletildeling, moede: Moede) -> bool:
    """A coordinator of the Ressourcecenter alone has no part in the Læringscenter (S36)."""
    kun_rc = tildeling.rolle == Rolle.KOORDINATOR and tildeling.omfang == Rolletildeling.Omfang.RC
    return not (kun_rc and (moede.medforum_id or moede.forum.art == Forum.Art.PLC))


def _ny(person: Person, dag: date, sete: set[int]) -> bool:
    if person.pk in sete or not kan_deltage(person, dag):
        return False
    sete.add(person.pk)
    return True


def _deltager(moede: Moede, art: str, enhed: Enhed, person: Person | None, grund: str) -> Deltager:
    return Deltager(moede=moede, art=art, enhed=enhed, person=person, grund=grund)
