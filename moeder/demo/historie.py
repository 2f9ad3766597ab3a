"""The demo's meetings, one of every kind, through the actions by those who would do it themselves. Days are counted
from today, so that there is always something that has been and something to come.
"""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from moeder import actions
from moeder.models import Deltager, Moede, Punkt
from moeder.models.faelles import Niveau
from moeder.queries.kandidater import kandidater
from moeder.rytme import Rytme, dage, standardperiode
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.kalender import ferier
from samarbejde.models import Faglighed, Person
from samarbejde.post import regn_som_sendt
from samarbejde.skolekalender import foerste_skoledag_fra

RC, PLC, TEAM = Forum.Art.RC, Forum.Art.PLC, Forum.Art.TEAM
TID = timedelta(minutes=90)


def lav_historien() -> None:
    if Moede.objects.filter(forum__enhed__kode="hejrebakken").exists():
        return
    _serier()
    _holdt_og_lukket()
    _til_bemaerkninger()
    _aflyst()
    _kommende()
    _tematiske()
    _anmodninger()
    regn_som_sendt(foer=tid.nu())


def _p(kode: str) -> Person:
    return Person.objects.get(kode=f"p-{kode}")


def _forum(sted: str, art: str = RC) -> Forum:
    return Forum.objects.select_related("enhed").get(enhed__kode=sted, art=art)


def _om(antal_dage: int, klokken: time = time(8, 30)) -> datetime:
    return tid.fra_lokal(foerste_skoledag_fra(tid.i_dag() + timedelta(days=antal_dage), ferier()), klokken)


def _serier() -> None:
    """A year of reservations in the Læringscenter and in a school with joint meetings (S43, S60)."""
    fra, til_og_med = standardperiode(tid.i_dag() + timedelta(days=1))  # today the time may have passed
    for sted, art, kadence, ugedag, leder in (
        ("hejrebakken", PLC, "maaned", "torsdag", "koordinator"),
        ("stroemkajen", RC, "hver_3", "onsdag", ""),
    ):
        forum = _forum(sted, art)
        rytme = Rytme(kadence, ugedag, fra, til_og_med, frozenset({7, 42}))
        valgte = tuple(dag.dag for dag in dage(rytme, ferier()) if not dag.hvorfor_ikke)
        af = _p(leder) if leder else forum.enhed.rolletildelinger.gaeldende().med_rolle(forum.enhed.lederrolle)[0].user
        med = _forum(sted, PLC) if forum.regler.holdes_samlet else None
        actions.opret_serie(
            forum=forum, med=med, rytme=rytme, begynder=time(13), minutter=90, dage=valgte, sted="Biblioteket", af=af
        )


def _planlaeg(om: int, *, forum: Forum, af: Person, foer: int = 21, **fakta: Any) -> Moede:
    """Planned and filled three weeks ahead."""
    begynder = _om(om)
    formaal = fakta.pop("formaal", ["sparring"])
    with tid.frys(min(begynder - timedelta(days=foer), tid.nu())):
        moede = actions.planlaeg_moede(
            forum=forum, med=None, begynder=begynder, slutter=begynder + TID, af=af, sted="Lokale 12", link="", **fakta
        )
        return actions.ret_moede(moede=moede, af=af, version=moede.version, formaal=formaal)


def _punkt(moede: Moede, titel: str, af: Person, **felter: Any) -> Punkt:
    felter = {"niveau": Niveau.TEMA, "art": "droeftelse", "minutter": 20, **felter}
    tekster = {"titel": titel, "spoergsmaal": "Hvad virker, og hvad prøver vi næste gang?", "beskrivelse": ""}
    if felter["niveau"] == Niveau.ENKELTBARN:
        tekster = dict.fromkeys(tekster, "")
    return actions.tilfoej_punkt(moede=moede, af=af, **tekster, **felter)


def _indkald(moede: Moede, af: Person, dage_foer: int = 8) -> Moede:
    with tid.frys(min(moede.begynder - timedelta(days=dage_foer), tid.nu())):
        return actions.indkald(moede=moede, af=af)


def _svar(moede: Moede, ja: tuple[str, ...], nej: tuple[str, ...] = ()) -> None:
    with tid.frys(min(moede.begynder - timedelta(days=5), tid.nu())):
        for kode in (*ja, *nej):
            person = _p(kode)
            deltager = Deltager.objects.filter(moede=moede, person=person).first()
            if deltager is not None:
                grund = "" if kode in ja else "Jeg er på kursus den dag."
                actions.svar_paa_indkaldelse(deltager=deltager, ja=kode in ja, af=person, grund=grund)


def _hold(moede: Moede, af: Person, udfald: tuple[tuple[str, str], ...]) -> None:
    with tid.frys(moede.begynder):
        actions.hold_moede(moede=moede, af=af)
        kom = {d.pk: "deltog" for d in moede.deltagere.filter(tilstand="accepteret")}
        actions.noter_fremmoede(moede=moede, fremmoede=kom, af=af)
        for punkt, (referat, beslutning) in zip(moede.punkter.all(), udfald, strict=False):
            felter = {"referat": (referat, 0), "beslutning": (beslutning, 0)}
            actions.skriv_udfald(moede=moede, punkt=punkt.noegle, af=af, felter=felter)


def _opgave(moede: Moede, tekst: str, ansvarlig: str, om: int, af: Person) -> None:
    frist = tid.lokal(_om(om)).date()
    with tid.frys(moede.begynder + timedelta(hours=1)):
        punkt = moede.punkter.all()[0]
        actions.opret_opgave(moede=moede, punkt=punkt.noegle, tekst=tekst, ansvarlig=_p(ansvarlig), frist=frist, af=af)


def _holdt_og_lukket() -> None:
    tobias = _p("koordinator")
    moede = _planlaeg(-42, forum=_forum("hejrebakken"), af=tobias)
    with tid.frys(moede.begynder - timedelta(days=14)):
        _punkt(moede, "Overgangen fra børnehave til skole og KKFO", tobias)
        _punkt(moede, "Frikvarterer på mellemtrinnet", tobias, niveau=Niveau.BOERNEGRUPPE)
    _indkald(moede, tobias)
    _svar(moede, ("skoleleder", "koordinator", "paedagogiskleder", "teamkoordinator"))
    _hold(
        moede,
        tobias,
        (
            (
                "KKFO og skole fortalte om deres besøgsdage i foråret.",
                "Vi holder tre fælles besøgsdage.",
            ),
            ("Pædagogerne ser mest uro sidst på dagen.", "Vi prøver voksenstyrede lege i fire uger."),
        ),
    )
    _opgave(moede, "Find datoer til tre besøgsdage sammen med børnehaverne", "paedagogiskleder", 10, tobias)
    with tid.frys(moede.begynder + timedelta(days=1)):
        actions.send_referat(moede=moede, af=tobias)
    with tid.frys(moede.begynder + timedelta(days=15)):
        actions.luk_referat(moede=moede, af=tobias, alligevel=True)


def _til_bemaerkninger() -> None:
    tobias = _p("koordinator")
    moede = _planlaeg(-6, forum=_forum("hejrebakken"), af=tobias)
    with tid.frys(moede.begynder - timedelta(days=14)):
        _punkt(moede, "Fælles sprog om trivsel", tobias)
    _indkald(moede, tobias)
    _svar(moede, ("skoleleder", "koordinator", "paedagogiskleder", "teamkoordinator"))
    _hold(moede, tobias, (("Skole og fritid bruger forskellige ord om det samme.", "Vi laver en fælles ordliste."),))
    _opgave(moede, "Skriv udkast til den fælles ordliste", "koordinator", -1, tobias)
    with tid.frys(moede.begynder + timedelta(days=1)):
        actions.send_referat(moede=moede, af=tobias)


def _aflyst() -> None:
    tobias = _p("koordinator")
    moede = _planlaeg(28, forum=_forum("hejrebakken"), af=tobias)
    actions.aflys_moede(moede=moede, grund="Ingen punkter", af=tobias)


def _kommende() -> None:
    """The next meeting: called, with an item about a group, one about a child, and a colleague who waits."""
    tobias = _p("koordinator")
    moede = _planlaeg(6, forum=_forum("hejrebakken"), af=tobias, formaal=["sparring", "sammenhaeng"])
    with tid.frys(moede.begynder - timedelta(days=14)):
        psykolog = Faglighed.objects.filter(navn="psykolog").values_list("pk", flat=True)
        trivsel = _punkt(
            moede, "Trivsel i 5. klasse", tobias, niveau=Niveau.BOERNEGRUPPE, fagligheder=list(psykolog), minutter=30
        )
        _punkt(moede, "", tobias, niveau=Niveau.ENKELTBARN, minutter=40)
        _punkt(moede, "Klubaftener i foråret", tobias, art="orientering", minutter=10)
        _inviter(moede, "medarbejder", tobias, [trivsel])
        _inviter(moede, "sundhedsplejerske", tobias)
    _indkald(moede, tobias, dage_foer=7)
    _svar(moede, ("skoleleder", "koordinator"), ("teamkoordinator",))


def _inviter(moede: Moede, kode: str, af: Person, punkter: Sequence[Punkt] = ()) -> None:
    person = _p(kode)
    noegler = [kandidat.noegle for kandidat in kandidater(moede) if kandidat.person == person][:1]
    actions.tilfoej_deltagere(moede=moede, noegler=noegler, punkter=punkter, grund="arbejder med emnet", af=af)


def _tematiske() -> None:
    """A thematic meeting of the team, with fritid as guests (S45, S46)."""
    bodil = _p("klyngeleder")
    team = _planlaeg(20, forum=_forum("klynge-nordkaj", TEAM), af=bodil, er_tematisk=True, er_fast=True)
    _punkt(team, "Overgange mellem dagtilbud, skole og fritid", bodil)


def _anmodninger() -> None:
    """Unanswered, declined, and one that is urgent (S39)."""
    rc = _forum("hejrebakken")
    with tid.frys(_om(-3, time(10))):
        actions.anmod_om_moede(
            forum=rc,
            af=_p("paedagogiskleder"),
            niveau=Niveau.BOERNEGRUPPE,
            hvad="Drengene i 3. klasse har svært ved at komme i gang med lege efter skole.",
            spoergsmaal="Hvad ser lærerne i skoletiden, og hvad kan vi gøre ens?",
        )
        afvist = actions.anmod_om_moede(
            forum=rc, af=_p("vejleder"), niveau=Niveau.TEMA, hvad="Indkøb af bøger til biblioteket"
        )
    with tid.frys(_om(-1, time(9))):
        grund = "Det hører til i Læringscentret. Tag det op dér."
        actions.afvis_anmodning(anmodning=afvist, grund=grund, af=_p("koordinator"))
