"""Requests for a meeting: whose turn it is, the list, and the page of one."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import QueryDict

from moeder.models import Anmodning, Anmodningsfil, Moede, Punkt
from moeder.queries import anmodningsforum
from moeder.states import LOVET, UBESVARET, Anmodningstilstand
from ressourcecenter.models import Forum
from samarbejde.forespoergsel import hent
from samarbejde.models import Person
from samarbejde.permissions import FORUMLEDELSE, TILLADT, Handling, Relation, Rolle, maa
from samarbejde.queries import historik
from samarbejde.roller import mine_roller
from samarbejde.skridt import Skridt
from samarbejde.stik import Boks
from samarbejde.tid import lokal

PR_SIDE = 50
SVAR = "Svar på en anmodning om møde"
FARVER = {
    Anmodningstilstand.MODTAGET: "warning",
    Anmodningstilstand.HENVIST: "warning",
    Anmodningstilstand.FORELAGT: "warning",
    Anmodningstilstand.PLANLAGT: "success",
    Anmodningstilstand.PAA_DAGSORDEN: "success",
}


def aabne_anmodninger(hvor: Forum | Moede) -> QuerySet[Anmodning]:
    """Those of a forum that nobody has answered, or those that a meeting was promised to (D18)."""
    if isinstance(hvor, Moede):
        return Anmodning.objects.filter(moede=hvor, tilstand__in=LOVET)
    return Anmodning.objects.filter(forum=hvor, tilstand__in=UBESVARET)


def ved_aflysning(moede: Moede) -> QuerySet[Anmodning]:
    """D18: what speaks against cancelling: those promised this meeting, and those of its forums without an answer."""
    ubesvarede = Q(tilstand__in=UBESVARET, forum__in=[forum.pk for forum in moede.fora])
    return Anmodning.objects.filter(Q(moede=moede, tilstand__in=LOVET) | ubesvarede).order_by("pk")


# --- who holds the ball --------------------------------------------------------------------------------------------
def naeste_skridt(anmodning: Anmodning, person: Person) -> list[Skridt]:
    """Until it is answered: whoever must answer; until the meeting has been held: whoever leads the forum."""
    if anmodning.tilstand in LOVET:
        return [_skridt(anmodning, "Hold det møde, der er lovet", er_min=False)]
    if anmodning.tilstand in UBESVARET:
        return [_skridt(anmodning, SVAR, er_min=maa(person, Handling.BESVAR_ANMODNING, anmodning))]
    return []


def _skridt(anmodning: Anmodning, hvad: str, *, er_min: bool) -> Skridt:
    om, adresse = f"{anmodning.overskrift} · {anmodning.forum}", anmodning.get_absolute_url()
    siden, frist = lokal(anmodning.modtaget_den).date(), anmodning.frist if anmodning.er_ubesvaret else None
    return Skridt(hvem_svarer(anmodning), hvad, om, adresse, siden, frist, er_min)


def hvem_svarer(anmodning: Anmodning) -> str:
    """By title, without a query; the request's own page says the names."""
    enhed = anmodning.forum.enhed
    leder = f"{enhed.ledertitel}en".capitalize()
    if anmodning.forum.er_team or anmodning.er_hos_lederen:
        return f"{leder}, {enhed}"
    return f"Koordinatoren eller {leder.lower()}, {enhed}"


def ventende_skridt(person: Person) -> list[Skridt]:
    """For the start page: what waits for my answer, and what I wait for; one query, none without a role anywhere."""
    mine = mine_roller(person)
    if not mine.enheder and not mine.fora:
        return []
    return [_skridt(en, SVAR, er_min=en.har_ret) for en in hent(_ubesvarede, person)]


def _ubesvarede(person: Person) -> QuerySet[Anmodning]:
    alle = Anmodning.objects.filter(tilstand__in=UBESVARET)
    synlige = alle.synlige_for(person, Handling.SE_ANMODNING).med_ret(person, Handling.BESVAR_ANMODNING)
    return synlige.select_related("forum__enhed").order_by("frist", "pk")


def spor(person: Person) -> QuerySet[Any]:
    return Anmodning.objects.synlige_for(person, Handling.SE_ANMODNING).order_by().values("pk")


def startboks(person: Person) -> list[Boks]:
    """The first of the three steps (S2), by the roles alone and without a query; where, the next page says."""
    mine = mine_roller(person)
    roller = frozenset[Rolle | Relation]().union(*mine.enheder.values(), *mine.fora.values())
    if roller.isdisjoint(TILLADT[Handling.ANMOD_OM_MOEDE]):
        return []
    return [Boks("Bed om et møde", "moeder/_bed_om_et_moede.html", None)]


# --- the list ------------------------------------------------------------------------------------------------------
VIS = {"alle": "Alle", "svar": "Dem, jeg skal svare på", "mine": "Dem, jeg har sendt"}


def anmodningsliste(person: Person, valg: QueryDict) -> dict[str, Any]:
    vis = valg.get("vis") if valg.get("vis") in VIS else "alle"
    tilstand = valg.get("tilstand") if valg.get("tilstand") in Anmodningstilstand.values else ""
    anmodninger = _valgte(person, str(vis))
    if tilstand:
        anmodninger = anmodninger.filter(tilstand=tilstand)
    raekker = anmodninger.select_related("forum__enhed").med_anmodere()
    side = Paginator(raekker, PR_SIDE).get_page(valg.get("side"))
    for en in side.object_list:
        en.farve = FARVER.get(en.tilstand, "neutral")
    return {
        "side": side,
        "vis": vis,
        "visninger": VIS.items(),
        "tilstand": tilstand,
        "tilstande": Anmodningstilstand.choices,
        "foresporgsel": f"vis={vis}&tilstand={tilstand}" if tilstand or vis != "alle" else "",
    }


def _valgte(person: Person, vis: str) -> QuerySet[Anmodning]:
    alle = Anmodning.objects.synlige_for(person, Handling.SE_ANMODNING)
    if vis == "svar":
        mine = alle.filter(tilstand__in=UBESVARET).synlige_for(person, Handling.BESVAR_ANMODNING)
        return mine.order_by("frist", "pk")
    return alle.synlige_for(person, Handling.EGEN_ANMODNING) if vis == "mine" else alle


# --- the page of one -----------------------------------------------------------------------------------------------
TEKSTER = (
    ("hvad", "Hvad handler det om?"),
    ("styrker", "Styrker og ressourcer"),
    ("proevet", "Hvad er prøvet, og hvordan gik det?"),
    ("spoergsmaal", "Hvad ønskes drøftet?"),
    ("metode", "Forslag til en ændret pædagogik eller metode"),
)


def anmodningsside(anmodning: Anmodning, person: Person) -> dict[str, Any]:
    roller = anmodning.roller_for(person)
    maa_svare = maa(person, Handling.BESVAR_ANMODNING, anmodning)
    er_anmoder = Relation.ANMODER in roller
    leder = not roller.isdisjoint(FORUMLEDELSE)
    return {
        "anmodere": list(anmodning.anmodere.all()),
        "tekster": [(navn, tekst) for felt, navn in TEKSTER if (tekst := getattr(anmodning, felt))],
        "farve": FARVER.get(Anmodningstilstand(anmodning.tilstand), "neutral"),
        "skridt": next(iter(naeste_skridt(anmodning, person)), None),
        "svarere": [person.navn for person in anmodningsforum.svarere(anmodning)] if anmodning.er_ubesvaret else [],
        "kan_svare": maa_svare and anmodning.er_ubesvaret,
        "kan_traekke": er_anmoder and anmodning.er_ubesvaret,
        "filer": _filer(anmodning, person, leder=leder),
        "kan_laegge_filer": er_anmoder and not hvorfor_ingen_filer(anmodning),
        "kan_forelaegge": er_anmoder and kan_forelaegges(anmodning),
        "er_anmoder": er_anmoder,
        # Who else works with it is said to those who invite, as a proposal (S59).
        "vis_forslag": leder or er_anmoder,
        "flettede": list(anmodning.flettede.all()) if leder else [],
        "kan_se_moedet": kan_se_moedet(anmodning, person),
        "haendelser": historik(anmodning),
    }


# --- its files -----------------------------------------------------------------------------------------------------
FILER_OM_BARNET = (
    "Når det handler om et enkelt barn, kan du ikke vedlægge filer. Har du noget på skrift, så tag det med, når I "
    "taler sammen."
)
AFSLUTTET = "Anmodningen er afsluttet, så der kan ikke lægges filer på den længere. Bed om et nyt møde i stedet."


def lagt_paa(anmodning: Anmodning) -> QuerySet[Anmodningsfil]:
    """Never any of a request about one child (S3)."""
    paa = Anmodningsfil.objects.filter(anmodning=anmodning, fjernet_den=None).exclude(anmodning__niveau="enkeltbarn")
    return paa.select_related("fil__lagt_op_af")


def er_aaben(anmodning: Anmodning) -> bool:
    """Unanswered, or promised a meeting that has not treated it yet."""
    return anmodning.tilstand in UBESVARET | LOVET


def hvorfor_ingen_filer(anmodning: Anmodning) -> str:
    """Why the asker lays no file here; empty when they can."""
    if anmodning.er_om_et_barn:
        return FILER_OM_BARNET
    return "" if er_aaben(anmodning) else AFSLUTTET


def _filer(anmodning: Anmodning, person: Person, *, leder: bool) -> list[Anmodningsfil]:
    filer = [] if anmodning.er_om_et_barn else list(lagt_paa(anmodning))
    for en in filer:
        en.kan_fjernes = leder or (er_aaben(anmodning) and en.fil.lagt_op_af_id == person.pk)
    return filer


def bag_punktet(punkt: Punkt, person: Person) -> list[Anmodning]:
    """The requests that an item answers, for those who may see them: their files stay with them."""
    return list(Anmodning.objects.synlige_for(person, Handling.SE_ANMODNING).filter(punkt=punkt).order_by("pk"))


# --- and its answers -----------------------------------------------------------------------------------------------
def kan_forelaegges(anmodning: Anmodning) -> bool:
    """S28: once, and not when it is the leader who has refused."""
    if anmodning.tilstand != Anmodningstilstand.AFVIST or anmodning.forelagt_den:
        return False
    return not (anmodning.besvaret_af and maa(anmodning.besvaret_af, Handling.BESVAR_FORELAGT, anmodning))


def kan_se_moedet(anmodning: Anmodning, person: Person) -> bool:
    if anmodning.moede_id is None:
        return False
    return Moede.objects.synlige_for(person, Handling.SE_MOEDE).filter(pk=anmodning.moede_id).exists()


def kommende_moeder(anmodning: Anmodning, person: Person) -> list[Moede]:
    """Meetings of the request's forum, also joint ones, whose agenda the person makes and where the level fits."""
    kommende = Moede.objects.synlige_for(person, Handling.PLANLAEG_MOEDE).kommende_i(anmodning.forum_id)
    return [moede for moede in kommende.select_related("forum__enhed", "medforum") if anmodning.passer_paa(moede)]


def kan_flettes_med(anmodning: Anmodning, person: Person) -> QuerySet[Anmodning]:
    """Other open requests of the same forum and level that the person answers."""
    mine = aabne_anmodninger(anmodning.forum).synlige_for(person, Handling.BESVAR_ANMODNING)
    mine = mine.filter(niveau=anmodning.niveau).exclude(pk=anmodning.pk)
    return mine.med_anmodere().order_by("pk")
