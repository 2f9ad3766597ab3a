"""Answers to an invitation: one's own, who hears of a decline, and what waits for an answer."""

from moeder.models import Deltager, Moede
from moeder.queries.tidsrum import Tidsrum, dagsordener, deltagerens_tid, egne_punkter
from moeder.querysets import mine_invitationer
from moeder.states import Deltagelse, Tilstand
from ressourcecenter.models import Forum
from samarbejde.formater import sorter_dansk
from samarbejde.models import Enhed, Person, Rolletildeling
from samarbejde.permissions import Handling, Rolle, maa


def egen_invitation(moede: Moede, person: Person) -> Deltager | None:
    """One person stands on a meeting's list at most once."""
    egne = mine_invitationer(moede.deltagere.all(), person)
    fundet: Deltager | None = egne.select_related("enhed", "person").first()
    return fundet


def hvorfor_ikke(moede: Moede) -> str:
    """Why there is no answering now; empty when there is."""
    if moede.tilstand != Tilstand.INDKALDT:
        return "Der er ikke indkaldt til mødet nu, så der er intet at svare på."
    return "Mødet er begyndt, så der kan ikke svares længere." if moede.er_begyndt() else ""


def egen_tid(deltager: Deltager, moede: Moede) -> Tidsrum:
    """When the person must be there; asked of the agenda only for those invited to items."""
    if not deltager.kun_punkter:
        return moede.begynder, moede.slutter
    tidsrum = deltagerens_tid(deltager, moede, dagsordener([moede.pk])[moede.pk], egne_punkter([deltager])[deltager.pk])
    return tidsrum or (moede.begynder, moede.slutter)


def kan_sende_en_anden(deltager: Deltager, person: Person) -> bool:
    """S35: whoever leads the unit may name another for this meeting."""
    er_enhedens = deltager.art == Deltager.Art.FAST and deltager.tilstand == Deltagelse.AFBUD
    return er_enhedens and maa(person, Handling.VAELG_REPRAESENTANT, deltager)


def med_noegle(aftryk: str) -> Deltager | None:
    """Whom a link in a mail is for; None when it is forged, used or replaced, when the meeting has begun or is called
    off, and when the person's account or role is over.
    """
    deltagere = Deltager.objects.select_related("moede__forum__enhed", "moede__medforum", "enhed", "person")
    deltager: Deltager | None = deltagere.filter(svarnoegle=aftryk).first()
    if deltager is None or deltager.person is None or not deltager.person.is_active:
        return None
    if hvorfor_ikke(deltager.moede):
        return None
    return deltager if mine_invitationer(deltagere.filter(pk=deltager.pk), deltager.person).exists() else None


def moedets_ledelse(moede: Moede) -> list[Person]:
    """Who calls the forum's meetings today: its coordinators, or its leader where there is none (S29, S36)."""
    roller = Rolletildeling.objects.gaeldende().filter(content_object=moede.forum.enhed_id)
    roller = roller.med_rolle(Rolle.KOORDINATOR, moede.forum.enhed.lederrolle).select_related("user", "permission")
    alle = list(roller)
    koordinatorer = [r.user for r in alle if r.rolle == Rolle.KOORDINATOR and _i_omfang(r, moede)]
    ledere = [r.user for r in alle if r.rolle != Rolle.KOORDINATOR]
    return sorter_dansk({*koordinatorer} or {*ledere})


def _i_omfang(rolle: Rolletildeling, moede: Moede) -> bool:
    kun_rc = rolle.omfang == Rolletildeling.Omfang.RC
    return not (kun_rc and (moede.medforum_id or moede.forum.art == Forum.Art.PLC))


def lederne_af(enhed: Enhed) -> list[Person]:
    roller = Rolletildeling.objects.gaeldende().filter(content_object=enhed).med_rolle(enhed.lederrolle)
    return [rolle.user for rolle in roller.select_related("user")]
