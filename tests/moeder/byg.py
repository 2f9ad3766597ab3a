"""Meetings and what hangs on them, on top of `fabrik.verden()`: rows as they are stored, whatever the actions say.

rc = forum(v.skole)                                  # tests.ressourcecenter.byg.forum
m = moede(rc, af=v.skoleleder)                       # a reservation in two weeks; dage=-3, tilstand="afholdt"
p = punkt(m, "Overgange til 4. klasse")              # on the agenda; punkt(rc, "…") waits in the forum's backlog
inviter(m, v.paedagogiskleder, v.kkfo)               # a standing invitation; punkter=[p] makes it one to items only
anmod(rc, v.medarbejder, v.kkfo)                     # an unanswered request
opgave(p, v.vejleder, v.skole)
alt_muligt(v)                                        # every kind of meeting, invitee, item, request and task
"""

from datetime import datetime, time, timedelta
from hashlib import sha256
from types import SimpleNamespace

from moeder.models import Anmoder, Anmodning, Deltager, Moede, Moededokument, Opgave, Punkt, Serie
from moeder.models.faelles import Niveau
from moeder.states import KOMMENDE, Deltagelse, Punkttilstand, Tilstand
from ressourcecenter.models import Forbereder, Forum
from samarbejde import tid
from samarbejde.models import Enhed, Person
from samarbejde.permissions import Rolle
from samarbejde.prosa import til_html
from samarbejde.skolekalender import skoleaar_for
from tests.fabrik import FRA, person, rolle
from tests.ressourcecenter.byg import Art, delegation, forum, ressourceperson

DAG = timedelta(days=1)


def om(dage: int, klokken: time = time(8, 30)) -> datetime:
    return tid.fra_lokal(tid.i_dag() + dage * DAG, klokken)


def moede(hvor: Forum, *, af: Person, dage: int = 14, minutter: int = 90, med: Forum | None = None, **felter) -> Moede:
    """`med`: the Læringscenter of the same school, for a joint meeting."""
    begynder = felter.pop("begynder", None) or om(dage)
    tilstand = felter.get("tilstand", Tilstand.RESERVERET)
    if tilstand not in {Tilstand.RESERVERET, Tilstand.AFLYST}:
        felter = {"indkaldt_den": begynder - 7 * DAG, "formaal": ["sparring"], **felter}
    slutter = begynder + timedelta(minutes=minutter)
    return Moede.objects.create(forum=hvor, medforum=med, begynder=begynder, slutter=slutter, oprettet_af=af, **felter)


def serie(hvor: Forum, *, af: Person, dage: tuple[int, ...] = (35, 42), med: Forum | None = None, **felter) -> Serie:
    """A series with a reservation so many days from now each, without invitees."""
    i_dag = tid.i_dag()
    datoer = [i_dag + dag * DAG for dag in dage]
    felter = {"skoleaar": skoleaar_for(min(datoer)), "kadence": "uge", "ugedag": "tirsdag", "minutter": 90, **felter}
    felter = {"fra": min(datoer), "til_og_med": max(datoer), "begynder": time(8, 30), **felter}
    ny = Serie.objects.create(forum=hvor, medforum=med, oprettet_af=af, **felter)
    for dag in datoer:
        moede(hvor, af=af, med=med, begynder=tid.fra_lokal(dag, ny.begynder), serie=ny, serie_dag=dag)
    return ny


def punkt(hvor: Moede | Forum, titel: str = "Overgange", *, af: Person | None = None, **felter) -> Punkt:
    """On a meeting's agenda, or in a forum's backlog. `niveau="enkeltbarn"` carries no word."""
    om_et_barn = felter.get("niveau") == Niveau.ENKELTBARN
    sted = {"forum": hvor, "tilstand": Punkttilstand.VENTER}
    if isinstance(hvor, Moede):
        sted = {"moede": hvor, "forum": hvor.forum, "medforum": hvor.medforum, "tilstand": Punkttilstand.PAA_DAGSORDEN}
        felter.setdefault("plads", hvor.punkter.count())
    af = af or (hvor.oprettet_af if isinstance(hvor, Moede) else None)
    beskrivelse = felter.get("beskrivelse", "")
    return Punkt.objects.create(
        **{
            "titel": "" if om_et_barn else titel,
            "niveau": Niveau.TEMA,
            "foreslaaet_af": af,
            "beskrivelse_html": til_html(beskrivelse),
            **sted,
            **felter,
        }
    )


def inviter(hvor: Moede, hvem: Person, fra: Enhed | None, punkter: list[Punkt] = (), **felter) -> Deltager:
    """`fra` is the unit that is invited or that the person works at; sent unless the meeting is a reservation."""
    sendt = hvor.indkaldt_den if hvor.tilstand != Tilstand.RESERVERET else None
    deltager = Deltager.objects.create(
        **{
            "moede": hvor,
            "person": hvem,
            "enhed": fra,
            "art": Deltager.Art.MEDARBEJDER if punkter else Deltager.Art.FAST,
            "grund": "arbejder med emnet" if punkter else "fast deltager",
            "kun_punkter": bool(punkter),
            "indkaldt_den": sendt,
            **felter,
        }
    )
    deltager.punkter.set(punkter)
    return deltager


def anmod(hvor: Forum, hvem: Person, fra: Enhed | None, **felter) -> Anmodning:
    om_et_barn = felter.get("niveau") == Niveau.ENKELTBARN
    anmodning = Anmodning.objects.create(
        **{
            "forum": hvor,
            "niveau": Niveau.BOERNEGRUPPE,
            "hvad": "" if om_et_barn else "Uro i 5. klasse efter frikvarteret",
            "frist": tid.i_dag() + 7 * DAG,
            **felter,
        }
    )
    Anmoder.objects.create(anmodning=anmodning, person=hvem, enhed=fra)
    return anmodning


def opgave(hos: Punkt, hvem: Person, fra: Enhed | None, tekst: str = "Aftal besøg", dage: int = 14, **felter) -> Opgave:
    frist = tid.i_dag() + dage * DAG
    return Opgave.objects.create(
        punkt=hos, ansvarlig=hvem, enhed=fra, tekst=tekst, frist=frist, oprettet_af=hos.foreslaaet_af, **felter
    )


def papir(hos: Moede, art: str = "pakke", enhed: Enhed | None = None, indhold: bytes = b"%PDF-1.7") -> Moededokument:
    """Ordered and made."""
    klar = {"tilstand": "klar", "pdf": indhold, "sha256": sha256(indhold).hexdigest(), "lavet_den": tid.nu()}
    return Moededokument.objects.create(moede=hos, art=art, enhed=enhed, bestilt_af=hos.oprettet_af, **klar)


def alt_muligt(v: SimpleNamespace) -> SimpleNamespace:
    """Linde and its neighbours with every kind of row, so that rights can be asked about all of them."""
    rc, plc, team = forum(v.skole), forum(v.skole, Art.PLC), forum(v.klynge)
    naborc = forum(v.naboskole)
    _folk_i_fora(v, rc, plc, team)
    m = SimpleNamespace(
        reserveret=moede(rc, af=v.skoleleder, dage=30),
        indkaldt=moede(rc, af=v.skoleleder, tilstand=Tilstand.INDKALDT),
        laering=moede(plc, af=v.skoleleder, dage=20, tilstand=Tilstand.INDKALDT),
        faelles=moede(rc, med=plc, af=v.skoleleder, dage=25, tilstand=Tilstand.INDKALDT, referent=v.medarbejder),
        holdt=moede(rc, af=v.skoleleder, dage=-7, tilstand=Tilstand.REFERAT_UDKAST, referent=v.vejleder),
        ad_hoc=moede(rc, af=v.skoleleder, dage=40, tilstand=Tilstand.INDKALDT, er_fast=False, kun_om=v.kkfo),
        team=moede(team, af=v.klyngeleder, er_tematisk=True, tilstand=Tilstand.INDKALDT),
        nabo=moede(naborc, af=v.naboskoleleder, tilstand=Tilstand.INDKALDT),
    )
    _inviterede(v, m)
    m.serie = serie(rc, af=v.skoleleder)
    serie(plc, af=v.skoleleder)
    serie(rc, af=v.skoleleder, med=plc)
    serie(team, af=v.klyngeleder)
    serie(naborc, af=v.naboskoleleder)
    m.koe = punkt(rc, "Fælles sprog", af=v.medarbejder, foreslaaet_for=v.kkfo, tilstand=Punkttilstand.FORESLAAET)
    m.opgave = opgave(m.punkter["holdt"], v.medarbejder, v.kkfo)
    opgave(m.punkter["indkaldt"], v.vejleder, v.skole)
    opgave(m.punkter["ad_hoc"], v.paedagogiskleder, v.kkfo)
    anmod(rc, v.medarbejder, v.kkfo)
    anmod(rc, v.sundhedsplejerske, None, tilstand="forelagt_skoleleder", svar_tekst="Ikke nu.")
    anmod(plc, v.vejleder, v.skole, niveau=Niveau.TEMA)
    anmod(team, v.dagtilbudsleder, v.boernehus)
    m.papir = papir(m.holdt)
    for moedet, art, enhed in ((m.indkaldt, "pakke", None), (m.faelles, "uddrag", v.kkfo), (m.nabo, "referat", None)):
        papir(moedet, art, enhed)
    papir(m.holdt, "uddrag", v.center)
    papir(m.team, "uddrag", v.boernehus)
    return m


def _folk_i_fora(v: SimpleNamespace, rc: Forum, plc: Forum, team: Forum) -> None:
    ressourceperson(rc, v.sundhedsplejerske)
    ressourceperson(plc, v.vejleder, v.skole)
    ressourceperson(team, v.medarbejder, v.kkfo)
    delegation(v.center, v.skole, v.teamkoordinator)
    v.sekretaer = person("Signe Sekretær")
    rolle(v.sekretaer, Rolle.MEDARBEJDER, v.skole)
    Forbereder.objects.create(skole=v.skole, person=v.sekretaer, navngivet_af=v.skoleleder, gyldig_fra=FRA)
    v.rc_koordinator = person("Rita Rc")
    rolle(v.rc_koordinator, Rolle.MEDARBEJDER, v.kkfo)
    rolle(v.rc_koordinator, Rolle.KOORDINATOR, v.skole, omfang="rc")


def _inviterede(v: SimpleNamespace, m: SimpleNamespace) -> None:
    m.punkter = {navn: punkt(m_, f"Punkt i {navn}") for navn, m_ in vars(m).items() if isinstance(m_, Moede)}
    m.andet = punkt(m.indkaldt, "Et andet punkt")
    punkt(m.indkaldt, niveau=Niveau.ENKELTBARN, minutter=60)
    for moedet in (m.reserveret, m.indkaldt, m.faelles, m.holdt):
        inviter(moedet, v.paedagogiskleder, v.kkfo)
        inviter(moedet, v.teamkoordinator, v.center)
    inviter(m.indkaldt, v.sundhedsplejerske, None, art=Deltager.Art.RESSOURCEPERSON)
    inviter(m.indkaldt, v.medarbejder, v.kkfo, [m.andet])
    inviter(m.faelles, v.medarbejder, v.kkfo, [m.punkter["faelles"]], tilstand=Deltagelse.FORESLAAET)
    inviter(m.faelles, v.dagtilbudsleder, v.boernehus, art=Deltager.Art.GAEST)
    inviter(m.holdt, v.udenfor, v.skole, art=Deltager.Art.RESSOURCEPERSON)
    inviter(m.laering, v.klyngeleder, v.center)
    inviter(m.team, v.centerleder, v.center, art=Deltager.Art.GAEST)
    inviter(m.nabo, v.medarbejder, v.kkfo, [m.punkter["nabo"]], tilstand=Deltagelse.AFVIST)
    assert m.indkaldt.tilstand in KOMMENDE
