"""A school year of reservations in one go (S43, D17, decision 18): they are called one by one, later."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from moeder.deltagelse import faste_deltagere
from moeder.models import Deltager, Moede, Serie
from moeder.rytme import Rytme, UmuligRytmeError, kontroller
from moeder.states import Tilstand
from ressourcecenter.models import Forum
from samarbejde import tid
from samarbejde.formater import antal, dato, dato_uden_ugedag, tidspunkt
from samarbejde.models import Person
from samarbejde.permissions import Handling, kraev_ret, maa
from samarbejde.post import underret
from samarbejde.roller import glem_roller
from samarbejde.skolekalender import sidste_dag, skoleaar_for, skoleaar_navn
from samarbejde.spor import noter_mange

FLEST_DAGE = 60
ET_DOEGN = timedelta(days=1)
ROLLER = ("enhed__medlemmer__enhed", "enhed__distriktstilknytninger", "enhed__tilknytninger")


@dataclass(frozen=True)
class Serieoenske:
    """What a series is to be: `dage` as chosen on the page, `med` the Læringscenter it is held with."""

    forum: Forum
    rytme: Rytme
    begynder: time
    minutter: int
    dage: tuple[date, ...]
    med: Forum | None = None
    sted: str = ""
    link: str = ""
    noegle: UUID = field(default_factory=uuid4)

    def er(self, serie: Serie) -> bool:
        """Is this series what was asked for? The same form sent twice is, one that was changed in between is not."""
        dage = set(serie.moeder.values_list("serie_dag", flat=True))
        return all(getattr(serie, felt) == vaerdi for felt, vaerdi in self.felter().items()) and dage == set(self.dage)

    def felter(self) -> dict[str, Any]:
        return {
            "medforum_id": self.med.pk if self.med else None,
            "skoleaar": self.rytme.skoleaar,
            "kadence": self.rytme.kadence,
            "ugedag": self.rytme.ugedag,
            "fra": self.rytme.fra,
            "til_og_med": self.rytme.til_og_med,
            "uden_uger": sorted(self.rytme.uden_uger),
            "begynder": self.begynder,
            "minutter": self.minutter,
            "sted": self.sted,
            "link": self.link,
        }


def opret_serie(*, af: Person, **oenske: Any) -> Serie:
    """One series: the fields of `Serieoenske`."""
    return opret_serier(oensker=[Serieoenske(**oenske)], af=af)[0]


@transaction.atomic
def opret_serier(*, oensker: list[Serieoenske], af: Person) -> list[Serie]:
    """All of them or none. The same form twice is the same series, so a double click makes nothing twice."""
    sender_i = _laas_fora(oensker, af)
    for oenske in oensker:
        kontroller_oenske(oenske)
    findes = _findes(oensker)
    nye = [oenske for oenske in oensker if _noegle(oenske) not in findes]
    _kraev_ledig_tid(nye)
    serier = dict(zip(map(_noegle, nye), _opret(nye, sender_i, af), strict=True))
    return [findes.get(_noegle(oenske)) or serier[_noegle(oenske)] for oenske in oensker]


def _laas_fora(oensker: list[Serieoenske], af: Person) -> set[int]:
    """In one order, so that two never wait for each other; a joint series needs the right in both (S60, case 31a).
    Answers in which of them `af` may send: whoever only prepares sends nothing (decision 10).
    """
    pks = {forum.pk for oenske in oensker for forum in (oenske.forum, oenske.med) if forum}
    fora = Forum.objects.select_for_update(of=("self",)).select_related("enhed").prefetch_related(*ROLLER)
    laaste = list(fora.filter(pk__in=pks).order_by("pk"))
    glem_roller()
    for forum in laaste:
        kraev_ret(af, Handling.PLANLAEG_MOEDE, forum)
    return {forum.pk for forum in laaste if maa(af, Handling.INDKALD, forum)}


def _noegle(oenske: Serieoenske) -> tuple[int, UUID]:
    return oenske.forum.pk, oenske.noegle


def _findes(oensker: list[Serieoenske]) -> dict[tuple[int, UUID], Serie]:
    noegler = {oenske.noegle for oenske in oensker}
    fundne = Serie.objects.filter(noegle__in=noegler, forum__in=[oenske.forum for oenske in oensker])
    findes = {(serie.forum_id, serie.noegle): serie for serie in fundne.select_related("forum__enhed", "medforum")}
    for oenske in oensker:
        serie = findes.get(_noegle(oenske))
        if serie and not oenske.er(serie):
            raise ValidationError(
                "Du har allerede oprettet en møderække fra denne side, og nu står der noget andet. Se den på "
                "forummets side, eller begynd på en ny."
            )
    return findes


def _kraev_ledig_tid(oensker: list[Serieoenske]) -> None:
    """A forum has one meeting at a time, as when a single one is planned."""
    tider = {(en.forum.pk, tid.fra_lokal(dag, en.begynder)): en.forum for en in oensker for dag in en.dage}
    if not tider:
        return
    graenser = (min(begynder for _, begynder in tider), max(begynder for _, begynder in tider))
    andre = Moede.objects.filter(forum__in={pk for pk, _ in tider}, begynder__range=graenser)
    for forum_id, begynder in andre.exclude(tilstand=Tilstand.AFLYST).values_list("forum", "begynder"):
        if forum := tider.get((forum_id, begynder)):
            raise ValidationError(f"{forum} har allerede et møde {tidspunkt(begynder)}. Vælg datoen fra.")


# --- what is refused ---------------------------------------------------------------------------------------------
def kontroller_oenske(oenske: Serieoenske) -> None:
    _kraev_faelles(oenske.forum, oenske.med)
    kontroller_rytme(oenske.rytme)
    kontroller_tiden(oenske.begynder, oenske.minutter)
    kontroller_dage(oenske.dage, oenske.rytme.skoleaar, oenske.begynder)


def _kraev_faelles(forum: Forum, med: Forum | None) -> None:
    if med and (forum.art != Forum.Art.RC or med.art != Forum.Art.PLC or med.enhed_id != forum.enhed_id):
        raise ValidationError("Kun en skoles Ressourcecenter og dens eget Læringscenter kan holde møder sammen.")


def kontroller_rytme(rytme: Rytme) -> None:
    sidste = sidste_dag(skoleaar_for(tid.i_dag()) + 1)
    if rytme.fra > sidste:
        raise ValidationError(
            {"fra": f"Møder kan planlægges frem til {dato_uden_ugedag(sidste)}. Vælg en tidligere dato."}
        )
    try:
        kontroller(rytme)
    except UmuligRytmeError as fejl:
        raise ValidationError({fejl.felt: str(fejl)}) from fejl


def kontroller_tiden(begynder: time, minutter: int) -> None:
    if minutter < 1:
        raise ValidationError({"minutter": "Mødet skal slutte, efter at det er begyndt. Ret længden."})
    if begynder.hour * 60 + begynder.minute + minutter >= ET_DOEGN // timedelta(minutes=1):
        raise ValidationError({"minutter": "Mødet ville slutte efter midnat. Vælg et tidligere klokkeslæt."})


def kontroller_dage(dage: Iterable[date], skoleaar: int, begynder: time) -> None:
    dage = sorted(dage)
    if not dage:
        raise ValidationError("Vælg mindst én dato.")
    if len(dage) > FLEST_DAGE or len(set(dage)) < len(dage):
        raise ValidationError(f"En møderække kan højst have {FLEST_DAGE} datoer, og hver kun én gang.")
    if uden_for := [dag for dag in dage if skoleaar_for(dag) != skoleaar]:
        raise ValidationError(
            f"{dato(uden_for[0]).capitalize()} ligger uden for skoleåret {skoleaar_navn(skoleaar)}. Vælg datoen fra."
        )
    if tid.fra_lokal(dage[0], begynder) <= tid.nu():
        raise ValidationError(f"{dato(dage[0]).capitalize()} er passeret. Vælg datoen fra.")


# --- what is made ------------------------------------------------------------------------------------------------
def _opret(oensker: list[Serieoenske], sender_i: set[int], af: Person) -> list[Serie]:
    serier = [Serie(forum=oenske.forum, noegle=oenske.noegle, oprettet_af=af, **oenske.felter()) for oenske in oensker]
    for serie, oenske in zip(serier, oensker, strict=True):
        serie.medforum = oenske.med
    Serie.objects.bulk_create(serier)
    moeder = [
        moede for serie, oenske in zip(serier, oensker, strict=True) for moede in lav_moeder(serie, oenske.dage, af)
    ]
    deltagere = gem_moeder(moeder)
    noter_mange(af=af, navn="opret_serie", noter=_spor(serier, moeder))
    _fortael([deltager for deltager in deltagere if deltager.moede.forum_id in sender_i], af)
    return serier


def lav_moeder(serie: Serie, dage: Iterable[date], af: Person) -> list[Moede]:
    """Unsaved reservations: the same time by the clock on the wall, whatever summer time does."""
    varighed = timedelta(minutes=serie.minutter)
    faelles = {"forum": serie.forum, "medforum": serie.medforum, "serie": serie, "oprettet_af": af}
    faelles |= {"sted": serie.sted, "link": serie.link}
    begyndelser = [(dag, tid.fra_lokal(dag, serie.begynder)) for dag in sorted(dage)]
    return [Moede(serie_dag=dag, begynder=fra, slutter=fra + varighed, **faelles) for dag, fra in begyndelser]


def gem_moeder(moeder: list[Moede]) -> list[Deltager]:
    """With their fixed participants at once (D17); the resolver keeps the names right until the day."""
    Moede.objects.bulk_create(moeder)
    return Deltager.objects.bulk_create(faste_deltagere(moeder))


def _spor(serier: list[Serie], moeder: list[Moede]) -> Iterator[tuple[Any, Any, str]]:
    hvor_mange: dict[int, int] = defaultdict(int)
    for moede in moeder:
        hvor_mange[moede.serie_id] += 1
    for serie in serier:
        kort = antal(hvor_mange[serie.pk], "kalenderreservation", "kalenderreservationer")
        yield serie, serie.forum, f"{serie.navn}: {kort} i {skoleaar_navn(serie.skoleaar)} er oprettet."
    for moede in moeder:
        yield moede, moede, f"Mødet {dato(moede.dag)} er reserveret i kalenderen."


def _fortael(deltagere: list[Deltager], af: Person) -> None:
    """One mail a person for what was made at once, gathered with the rest of their mail (D37)."""
    til: dict[Person, dict[int, list[Moede]]] = defaultdict(lambda: defaultdict(list))
    for deltager in deltagere:
        if deltager.person and deltager.person_id != af.pk:
            til[deltager.person][deltager.moede.serie_id].append(deltager.moede)
    for person, efter_serie in til.items():
        grupper = list(efter_serie.values())
        linjer = [f"{moeder[0].serie.navn}: {antal(len(moeder), 'møde', 'møder')}." for moeder in grupper]
        foerste = grupper[0][0].serie
        underret(
            til=person,
            emne=f"Møder i skoleåret {skoleaar_navn(foerste.skoleaar)} er reserveret",
            tekst=f"{' '.join(linjer)} Datoerne står på siden. Du bliver indkaldt til hvert møde senere.",
            adresse=foerste.get_absolute_url() if len(grupper) == 1 else reverse("moeder"),
            noegle=f"serie:{foerste.pk}:{person.pk}",
        )
