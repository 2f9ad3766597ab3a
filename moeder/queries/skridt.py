"""Who holds the ball of a meeting, and what of minutes and tasks waits for a person on the start page (S30, S38)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import CharField, Count, DateField, F, IntegerField, Min, Q, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse

from moeder.models import Moede, Opgave, Punkt
from moeder.models.moede import ARTER, FAELLES
from moeder.querysets import skrevet_af
from moeder.states import AABNE_OPGAVER, REFERATET_SKRIVES, Punkttilstand, Tilstand
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.formater import antal, dato_kort
from samarbejde.kalender import ferier
from samarbejde.models import Person
from samarbejde.permissions import FORUMLEDELSE, Handling, Relation
from samarbejde.roller import MineRoller, Roller, mine_roller
from samarbejde.skolekalender import laeg_skoledage_til
from samarbejde.skridt import Skridt

SNART, INDKALDES = timedelta(days=7), timedelta(days=14)
SKRIV_FRIST = 5
INDKALD_ELLER_AFLYS = "Indkald til mødet, eller aflys det"


# --- one meeting --------------------------------------------------------------------------------------------------
def naeste_skridt(moede: Moede, person: Person, roller: Roller | None = None) -> list[Skridt]:
    """Who must do what now, from the state alone; empty only when nobody has to do anything ever again."""
    skridt = _Skridt(moede, moede.roller_for(person) if roller is None else roller)
    match moede.tilstand:
        case Tilstand.RESERVERET:
            return [skridt.ledelsen(INDKALD_ELLER_AFLYS, frist=moede.dag)]
        case Tilstand.INDKALDT:
            return _foer_moedet(skridt) if tid.nu() < moede.begynder else _mens_det_er(skridt)
        case Tilstand.AFHOLDT | Tilstand.REFERAT_UDKAST:
            return [skridt.referenten("Skriv referatet færdigt, og send det til bemærkninger")]
        case Tilstand.REFERAT_I_HOERING:
            return _i_hoering(skridt)
    return []


class _Skridt:
    def __init__(self, moede: Moede, roller: Roller) -> None:
        self.moede, self.roller, self.rod = moede, roller, moede.get_absolute_url()
        self.er_leder = not roller.isdisjoint(FORUMLEDELSE)

    def __call__(
        self, hvem: str, hvad: str, under: str = "", frist: date | None = None, er_min: bool = False
    ) -> Skridt:
        siden = tid.lokal(self.moede.tilstand_siden).date()
        adresse = self.rod + under if er_min else ""
        return Skridt(hvem, hvad, self.moede.kort_navn, adresse, siden=siden, frist=frist, er_min=er_min)

    def ledelsen(self, hvad: str, under: str = "", frist: date | None = None) -> Skridt:
        enhed = self.moede.forum.enhed
        eller_koordinator = "" if self.moede.forum.er_team else " eller koordinatoren"
        hvem = f"{enhed.ledertitel.capitalize()}en{eller_koordinator}, {enhed}"
        return self(hvem, hvad, under, frist, er_min=self.er_leder)

    def referenten(self, hvad: str) -> Skridt:
        frist = skriv_frist(self.moede.begynder)
        if self.moede.referent is None:
            return self.ledelsen(hvad, "referat/", frist)
        er_min = self.er_leder or Relation.REFERENT in self.roller
        return self(f"{self.moede.referent}, referent", hvad, "referat/", frist, er_min=er_min)


def skriv_frist(begynder: datetime) -> date:
    """Our own norm for when minutes are out: a school week after the meeting."""
    return laeg_skoledage_til(tid.lokal(begynder).date(), SKRIV_FRIST, ferier())


def _foer_moedet(skridt: _Skridt) -> list[Skridt]:
    er_med = not skridt.roller.isdisjoint({Relation.INVITERET, Relation.INVITERET_TIL_PUNKT})
    forbered = skridt("Alle inviterede", "Svar, og forbered dig", "forbered/", skridt.moede.dag, er_min=er_med)
    return [forbered, skridt.ledelsen("Hold mødet", "referat/", skridt.moede.dag)]


def _mens_det_er(skridt: _Skridt) -> list[Skridt]:
    hvad = (
        "Begynd mødet, og skriv referat"
        if tid.nu() < skridt.moede.slutter
        else "Skriv referatet, eller registrér, at mødet ikke blev holdt"
    )
    return [skridt.ledelsen(hvad, "referat/", skridt.moede.dag)]


def _i_hoering(skridt: _Skridt) -> list[Skridt]:
    frist = skridt.moede.hoering_til
    if frist is None or frist < tid.i_dag():
        return [skridt.ledelsen("Ret referatet, eller luk det", "referat/laes/", frist)]
    er_med = not skridt.roller.isdisjoint({Relation.INVITERET, Relation.INVITERET_TIL_PUNKT})
    bemaerk = "Læs referatet, og skriv dine bemærkninger"
    return [
        skridt("Alle inviterede", bemaerk, "referat/laes/", frist, er_min=er_med and not skridt.er_leder),
        skridt.ledelsen("Luk referatet, når fristen er gået", "referat/laes/"),
    ]


# --- the start page -----------------------------------------------------------------------------------------------
MOEDE, OPGAVE, FORSLAG = 0, 1, 2
KOLONNER = ("slags", "kode", "tekst", "frist", "begynder", "art", "med", "enhed", "ansvarlig")


class _Raekke(NamedTuple):
    """A meeting to write or close, a task, or a forum's new proposals, `ansvarlig` of them: one query finds all."""

    slags: int
    kode: str
    tekst: str
    frist: date | None
    begynder: datetime
    art: str
    medforum: int | None
    enhed: str
    ansvarlig: int | None

    @property
    def moede(self) -> str:
        return f"{FAELLES if self.medforum else ARTER[self.art]} {dato_kort(self.begynder)}, {self.enhed}"


def ventende_skridt(person: Person) -> list[Skridt]:
    """Meetings to call, minutes to write or close, my tasks of the coming week or overdue, how many of the others' are
    overdue, and the proposals that wait for an answer in each forum.
    """
    mine = mine_roller(person)
    if not (mine.enheder or mine.fora):
        return []
    raekker = [
        _Raekke(*raekke) for raekke in hent(_venter, person, snart=tid.i_dag() + SNART, indkaldes=tid.nu() + INDKALDES)
    ]
    opgaver = [raekke for raekke in raekker if raekke.slags == OPGAVE]
    skridt = [_moedeskridt(raekke) for raekke in raekker if raekke.slags == MOEDE]
    skridt += [_forslagsskridt(raekke) for raekke in raekker if raekke.slags == FORSLAG]
    skridt += [_opgaveskridt(raekke) for raekke in opgaver if raekke.ansvarlig == person.pk]
    return [*skridt, *_andres([raekke for raekke in opgaver if raekke.ansvarlig != person.pk])]


def _kolonner(raekker: QuerySet, sti: str, **felter: Any) -> QuerySet:
    """The columns of `_Raekke`, the same of all; by name, since a union goes by place."""
    steder = {
        "r_begynder": F(f"{sti}begynder"),
        "r_art": F(f"{sti}forum__art"),
        "r_med": F(f"{sti}medforum"),
        "r_enhed": F(f"{sti}forum__enhed__navn"),
    }
    felter = {f"r_{navn}": vaerdi for navn, vaerdi in felter.items()}
    return raekker.order_by().annotate(**steder, **felter).values_list(*(f"r_{navn}" for navn in KOLONNER))


def _venter(person: Person, snart: date, indkaldes: datetime) -> QuerySet:
    dele = [_opgaver(person, snart)]
    if _leder_noget(mine_roller(person)):
        dele.append(_forslag(person))
    return _moeder(person, indkaldes).union(*dele, all=True)


def _moeder(person: Person, indkaldes: datetime) -> QuerySet:
    moeder = Moede.objects.all()
    holdt = Q(tilstand__in=REFERATET_SKRIVES) | Q(tilstand=Tilstand.INDKALDT, slutter__lt=tid.nu())
    fristen_gaaet = Q(hoering_til__isnull=True) | Q(hoering_til__lt=tid.i_dag())
    skal_indkaldes = Q(tilstand=Tilstand.RESERVERET, begynder__lt=indkaldes)
    skal_lukkes = Q(tilstand=Tilstand.REFERAT_I_HOERING) & fristen_gaaet
    venter = moeder.filter(
        (holdt & moeder.hvor(person, Handling.SKRIV_REFERAT))
        | (skal_indkaldes & moeder.hvor(person, Handling.INDKALD))
        | (skal_lukkes & moeder.hvor(person, Handling.LUK_REFERAT))
    )
    felter = {"slags": Value(MOEDE), "kode": F("kode"), "tekst": F("tilstand"), "frist": F("hoering_til")}
    return _kolonner(venter, "", **felter, ansvarlig=F("referent"))


def _opgaver(person: Person, snart: date) -> QuerySet:
    mine, opgaver, i_dag = mine_roller(person), Opgave.objects.all(), tid.i_dag()
    egne = skrevet_af(mine, person, "ansvarlig", "enhed") | Q(ansvarlig=person, punkt__forum__in=list(mine.fora))
    venter = egne & Q(frist__lte=snart)
    if _leder_noget(mine):
        venter |= Q(frist__lt=i_dag) & opgaver.hvor(person, Handling.FOELG_OP)
    opgaver = opgaver.filter(venter, tilstand__in=AABNE_OPGAVER)
    kode = Cast("pk", CharField(max_length=20))
    felter = {"slags": Value(OPGAVE), "kode": kode, "tekst": F("tekst"), "frist": F("frist")}
    return _kolonner(opgaver, "punkt__moede__", **felter, ansvarlig=F("ansvarlig"))


def _leder_noget(mine: MineRoller) -> bool:
    return any(not roller.isdisjoint(FORUMLEDELSE) for roller in mine.enheder.values())


def _forslag(person: Person) -> QuerySet:
    """One row a forum: what participants have proposed, and nobody has answered."""
    punkter = Punkt.objects.filter(tilstand=Punkttilstand.FORESLAAET).order_by()
    punkter = punkter.filter(punkter.hvor(person, Handling.BESVAR_ANMODNING))
    sted = {"r_kode": F("forum__enhed__slug"), "r_art": F("forum__art"), "r_enhed": F("forum__enhed__navn")}
    intet = {"r_tekst": Value(""), "r_frist": Value(None, DateField()), "r_med": Value(None, IntegerField())}
    pr_forum = punkter.annotate(r_slags=Value(FORSLAG), **sted, **intet).values("r_slags", *sted, *intet)
    pr_forum = pr_forum.annotate(r_begynder=Min("oprettet_den"), r_ansvarlig=Count("pk"))
    return pr_forum.values_list(*(f"r_{navn}" for navn in KOLONNER))


def _forslagsskridt(raekke: _Raekke) -> Skridt:
    hvad = f"Svar på {antal(raekke.ansvarlig or 0, 'forslag til et punkt', 'forslag til punkter')}"
    maal = f"{Forum.Art(raekke.art).label}, {raekke.enhed}"
    adresse = reverse("koe", args=[raekke.kode, raekke.art])
    return Skridt("Ledelsen", hvad, maal, adresse, siden=tid.lokal(raekke.begynder).date(), er_min=True)


def _moedeskridt(raekke: _Raekke) -> Skridt:
    rod = reverse("moede", args=[raekke.kode])
    if raekke.tekst == Tilstand.REFERAT_I_HOERING:
        return Skridt(
            "Ledelsen",
            "Ret referatet, eller luk det",
            raekke.moede,
            f"{rod}referat/laes/",
            frist=raekke.frist,
            er_min=True,
        )
    if raekke.tekst == Tilstand.RESERVERET:
        dag = tid.lokal(raekke.begynder).date()
        return Skridt("Ledelsen", INDKALD_ELLER_AFLYS, raekke.moede, rod, frist=dag, er_min=True)
    hvad = "Skriv referatet færdigt, og send det til bemærkninger"
    if raekke.tekst == Tilstand.INDKALDT:
        hvad = "Skriv referatet, eller registrér, at mødet ikke blev holdt"
    frist = skriv_frist(raekke.begynder)
    return Skridt("Referenten", hvad, raekke.moede, f"{rod}referat/", frist=frist, er_min=True)


def _opgaveskridt(raekke: _Raekke) -> Skridt:
    adresse = reverse("opgave", args=[raekke.kode])
    return Skridt("Du", raekke.tekst, f"Opgave fra {raekke.moede}", adresse, frist=raekke.frist, er_min=True)


def _andres(overskredne: list[_Raekke]) -> Iterator[Skridt]:
    if overskredne:
        hvad = f"Følg op på {antal(len(overskredne), 'opgave, som er', 'opgaver, som er')} over fristen"
        adresse = f"{reverse('opgaver')}?hvilke=overskredne"
        yield Skridt(
            "Ledelsen",
            hvad,
            "Forummets opgaver",
            adresse,
            frist=min(r.frist for r in overskredne if r.frist),
            er_min=True,
        )
