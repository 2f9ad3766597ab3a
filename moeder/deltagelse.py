"""Who stands on the list of a meeting by itself: the forum's leaders, and the representative of each attached unit
(S19, S32); the resolver names the person on the day of the meeting.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
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
    """Unsaved invitations for these meetings; five queries, however many meetings and forums."""
    efter_forum: dict[int, list[Moede]] = defaultdict(list)
    for moede in moeder:
        efter_forum[moede.forum_id].append(moede)
    if not efter_forum:
        return []
    grupper = list(efter_forum.values())
    dage = [moede.dag for moeder in grupper for moede in moeder]
    fora = [moeder[0].forum for moeder in grupper]
    enheder = _faste_enheder(fora, min(dage), max(dage))
    repraesentanter = Repraesentanter(enhed for egne in enheder.values() for enhed in egne)
    ledere = _ledelsen(fora, min(dage), max(dage))
    sted = [(moeder, ledere[forum.enhed_id], enheder[forum.pk]) for forum, moeder in zip(fora, grupper, strict=True)]
    return [en for moeder, ledelse, egne in sted for en in _i_forummet(moeder, ledelse, egne, repraesentanter)]


def _i_forummet(
    moeder: list[Moede], ledelse: list[Rolletildeling], enheder: list[Enhed], repraesentanter: Repraesentanter
) -> Iterator[Deltager]:
    forum = moeder[0].forum
    for moede in moeder:
        sete: set[int] = set()
        for tildeling in ledelse:
            if tildeling.gaelder(moede.dag) and _i_omfang(tildeling, moede) and _ny(tildeling.user, moede.dag, sete):
                yield _deltager(moede, Art.LEDELSE, forum.enhed, tildeling.user, tildeling.vist_titel)
        for enhed in (en for en in enheder if moede.kun_om_id in {None, en.pk}):
            yield from _for_enheden(moede, enhed, repraesentanter.svar(enhed, forum, moede.dag), sete)


def _for_enheden(moede: Moede, enhed: Enhed, svar: Repraesentant, sete: set[int]) -> Iterator[Deltager]:
    if svar.mangler:
        yield _deltager(moede, Art.FAST, enhed, None, svar.kort)
    for person in svar.personer:
        if _ny(person, moede.dag, sete):
            yield _deltager(moede, Art.FAST, enhed, person, svar.kort)


def _faste_enheder(fora: Sequence[Forum], foerste: date, sidste: date) -> dict[int, list[Enhed]]:
    """Units that are invited by themselves on some of these days: fritid in a school's forums, 0-6 in a team."""
    links = Enhedstilknytning.objects.filter(til__in={forum.enhed_id for forum in fora})
    links = links.filter(enhed__art__in=(Enhed.Art.DAGINSTITUTION, *FRITID)).deler_dag(foerste, sidste + ET_DOEGN)
    raekker = list(links.select_related("enhed").order_by("enhed__navn", "enhed"))
    return {forum.pk: _i_dette(forum, raekker) for forum in fora}


def _i_dette(forum: Forum, links: Iterable[Enhedstilknytning]) -> list[Enhed]:
    arter = (Enhed.Art.DAGINSTITUTION,) if forum.er_team else FRITID
    egne = [link.enhed for link in links if link.til_id == forum.enhed_id and link.enhed.art in arter]
    return list({enhed.pk: enhed for enhed in egne}.values())


def _ledelsen(fora: Sequence[Forum], foerste: date, sidste: date) -> dict[int, list[Rolletildeling]]:
    """Whoever leads or coordinates each unit on some of these days."""
    steder = {forum.enhed_id: forum.enhed.lederrolle for forum in fora}
    roller = Rolletildeling.objects.filter(content_object__in=steder)
    roller = roller.med_rolle(*set(steder.values()), Rolle.KOORDINATOR).deler_dag(foerste, sidste + ET_DOEGN)
    ledere: dict[int, list[Rolletildeling]] = defaultdict(list)
    raekker = roller.select_related("user", "permission", "content_object")
    for en in raekker.order_by("i_fravaer", "-er_primaer", "pk"):
        if en.rolle in {steder[en.content_object_id], Rolle.KOORDINATOR}:
            ledere[en.content_object_id].append(en)
    return ledere


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
