"""What the preparation page shows an invitee: the meeting, its items, those that need you first, your tasks (S42)."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Prefetch, QuerySet

from moeder.models import Bidrag, Deltager, Moede, Opgave, Punkt, Punktfil
from moeder.querysets import mine_invitationer
from moeder.states import AABNE_OPGAVER, Deltagelse, Punkttilstand, Tilstand
from ressourcecenter.models import Ressourceperson
from samarbejde.formater import sorter_dansk
from samarbejde.models import Faglighed, Person
from samarbejde.permissions import Handling

MED_BIDRAG = frozenset({Punkttilstand.PAA_DAGSORDEN, Punkttilstand.BEHANDLET})
# From the reservation on, so that the leaders of the forum can lay documents on before they call the meeting.
LUKKET = {
    Tilstand.REFERAT_LUKKET: "Referatet er lukket, så der kan ikke gives bidrag eller lægges filer på længere.",
    Tilstand.AFLYST: "Mødet er aflyst, så der kan ikke gives bidrag eller lægges filer på.",
    Tilstand.IKKE_AFHOLDT: "Mødet blev ikke holdt, så der kan ikke gives bidrag eller lægges filer på.",
}
OM_ET_BARN = (
    "Skriv ikke om barnet her. Når et punkt handler om et enkelt barn, kan der hverken gives bidrag eller lægges filer "
    "på. Tag det, du vil bidrage med, med til mødet."
)
IKKE_TIL_AT_SKRIVE_TIL = (
    "Punktet kan ikke skrives til længere: det er flyttet, lukket, eller du er ikke inviteret til det."
)
IKKE_PAA_DAGSORDENEN = "Punktet er ikke på mødets dagsorden længere: det er udsat, lukket eller givet videre."


def moedets_hindring(moede: Moede) -> str:
    """Why nothing can be brought to the meeting now; empty when it can (S42: until the minutes are closed)."""
    return LUKKET.get(Tilstand(moede.tilstand), "")


def punktets_hindring(punkt: Punkt) -> str:
    if punkt.er_om_et_barn:
        return OM_ET_BARN
    return "" if punkt.tilstand in MED_BIDRAG else IKKE_PAA_DAGSORDENEN


@dataclass
class Blok:
    """One item on the page: why it needs you, what you and the others bring to it, and its files."""

    punkt: Punkt
    hvorfor: list[str]
    hindring: str
    mine: dict[str, Bidrag] = field(default_factory=dict)
    andres: list[Bidrag] = field(default_factory=list)
    filer: list[Punktfil] = field(default_factory=list)


@dataclass
class Forberedelse:
    moede: Moede
    person: Person
    invitation: Deltager | None
    hindring: str
    blokke: list[Blok]
    opgaver: list[Opgave]

    @property
    def til_dig(self) -> list[Blok]:
        return [blok for blok in self.blokke if blok.hvorfor]

    @property
    def oevrige(self) -> list[Blok]:
        return [blok for blok in self.blokke if not blok.hvorfor]

    @property
    def er_forberedt(self) -> bool:
        return bool(self.invitation and self.invitation.forberedt_den)

    @property
    def kan_melde_sig(self) -> bool:
        """«Jeg er forberedt» is said by somebody invited, before the meeting."""
        return self.invitation is not None and self.moede.er_kommende and not self.moede.er_begyndt()

    @property
    def kan_svare(self) -> bool:
        return self.invitation is not None and self.moede.tilstand == Tilstand.INDKALDT


def forberedelse(moede: Moede, person: Person) -> Forberedelse:
    invitation = min_invitation(moede, person)
    inviteret_til = {punkt.pk for punkt in invitation.punkter.all()} if invitation else set()
    fagligheder = {faglighed.pk: faglighed for faglighed in mine_fagligheder(moede, person)}
    hindring = moedets_hindring(moede)
    leder = moede.ledes_af(person)
    blokke = []
    for punkt in punkter_til(moede, person):
        hvorfor = [] if hindring else list(_hvorfor(punkt, person, inviteret_til, fagligheder))
        blok = Blok(punkt, hvorfor, hindring or punktets_hindring(punkt))
        if not punkt.er_om_et_barn:
            _fyld(blok, person, kan_fjerne_alle=leder, kan_fjerne_egne=not moede.er_begyndt())
        blokke.append(blok)
    return Forberedelse(moede, person, invitation, hindring, blokke, list(mine_opgaver(moede, person)))


def _fyld(blok: Blok, person: Person, *, kan_fjerne_alle: bool, kan_fjerne_egne: bool) -> None:
    for bidrag in blok.punkt.bidrag.all():
        if bidrag.af_id == person.pk:
            blok.mine[bidrag.art] = bidrag
        else:
            blok.andres.append(bidrag)
    for punktfil in blok.punkt.lagt_paa:
        egen = kan_fjerne_egne and punktfil.fil.lagt_op_af_id == person.pk
        punktfil.kan_fjernes = not blok.hindring and (kan_fjerne_alle or egen)
        blok.filer.append(punktfil)


def min_invitation(moede: Moede, person: Person) -> Deltager | None:
    egne = mine_invitationer(Deltager.objects.filter(moede=moede), person)
    return egne.select_related("enhed").prefetch_related("punkter").first()


def punkter_til(moede: Moede, person: Person) -> QuerySet[Punkt]:
    """The items one may bring something to, with all that hangs on them: five queries, however many there are."""
    punkter = Punkt.objects.synlige_for(person, Handling.GIV_BIDRAG)
    punkter = punkter.filter(moede=moede, tilstand__in=MED_BIDRAG).select_related("ansvarlig")
    bidrag = Bidrag.objects.select_related("af", "enhed", "faglighed")
    return punkter.prefetch_related("fagligheder", Prefetch("bidrag", bidrag), LAGT_PAA)


LAGT_PAA = Prefetch(
    "filer",
    Punktfil.objects.filter(fjernet_den=None).select_related("fil__lagt_op_af"),
    to_attr="lagt_paa",
)


def mine_fagligheder(moede: Moede, person: Person) -> list[Faglighed]:
    """What one is in this forum as a resource person, and by profession (S4, S31); the first is shown."""
    i_forummet = Ressourceperson.objects.gaeldende().filter(person=person, forum__in=moede.fora)
    fundne = [egen.faglighed for egen in i_forummet.select_related("faglighed").order_by("pk")]
    return [*fundne, person.faglighed] if person.faglighed else fundne


def mine_opgaver(moede: Moede, person: Person) -> QuerySet[Opgave]:
    """One's own open tasks of the forum: a follow-up begins with what was agreed the last time (D21)."""
    opgaver = Opgave.objects.synlige_for(person, Handling.SE_OPGAVE).filter(ansvarlig=person)
    return opgaver.filter(tilstand__in=AABNE_OPGAVER, punkt__forum__in=moede.fora).order_by("frist", "pk")


def _hvorfor(punkt: Punkt, person: Person, inviteret_til: set[int], fagligheder: dict[int, Faglighed]) -> Iterable[str]:
    if punkt.ansvarlig_id == person.pk:
        yield "Du er ansvarlig for punktet."
    if punkt.pk in inviteret_til:
        yield "Du er inviteret til punktet."
    if punkt.er_runde and fagligheder:
        yield f"I runden er der plads til din faglighed: {next(iter(fagligheder.values())).navn}."
    for faglighed in punkt.fagligheder.all():
        if faglighed.pk in fagligheder:
            yield f"Din faglighed er ønsket: {faglighed.navn}."


# --- what the leaders of the meeting see (S41): support, not control ---------------------------------------------
@dataclass
class Punktets:
    punkt: Punkt
    bidrag: list[Bidrag]
    filer: int
    endnu_ikke: list[str]

    @property
    def fra(self) -> list[str]:
        """The professions that have spoken, in the alphabet; an author without one is not guessed."""
        return sorter_dansk({bidrag.faglighed.navn for bidrag in self.bidrag if bidrag.faglighed})


@dataclass
class Overblik:
    forberedte: list[Deltager]
    ikke_endnu: list[Deltager]
    punkter: list[Punktets]
    tilknyttede: list[str]
    endnu_ikke: list[str]

    @property
    def antal_bidrag(self) -> int:
        return sum(len(en.bidrag) for en in self.punkter)


def overblik(moede: Moede, punkter: Iterable[Punkt], deltagere: Iterable[Deltager]) -> Overblik:
    """Three queries on top of what the caller has read (`punkter`, and `deltagere` with their person)."""
    paa_dagsordenen = [punkt for punkt in punkter if punkt.tilstand in MED_BIDRAG]
    bidrag = _efter_punkt(Bidrag.objects.select_related("af", "enhed", "faglighed"), paa_dagsordenen)
    filer = _efter_punkt(Punktfil.objects.filter(fjernet_den=None), paa_dagsordenen)
    tilknyttede = {faglighed.pk: faglighed.navn for faglighed in tilknyttede_fagligheder(moede)}
    hoert = {en.faglighed_id for egne in bidrag.values() for en in egne}
    med = [en for en in deltagere if en.person_id and en.indkaldt_den and en.er_aktiv]
    return Overblik(
        forberedte=[en for en in med if en.forberedt_den],
        ikke_endnu=[en for en in med if not en.forberedt_den and en.tilstand != Deltagelse.AFBUD],
        punkter=[_punktets(punkt, bidrag, filer, tilknyttede) for punkt in paa_dagsordenen],
        tilknyttede=list(tilknyttede.values()),
        endnu_ikke=[navn for pk, navn in tilknyttede.items() if pk not in hoert],
    )


def _punktets(
    punkt: Punkt,
    bidrag: dict[int, list[Bidrag]],
    filer: dict[int, list[Punktfil]],
    tilknyttede: dict[int, str],
) -> Punktets:
    egne = bidrag.get(punkt.pk, [])
    hoert = {en.faglighed_id for en in egne}
    endnu_ikke = [] if punkt.er_om_et_barn else [navn for pk, navn in tilknyttede.items() if pk not in hoert]
    return Punktets(punkt, egne, len(filer.get(punkt.pk, [])), endnu_ikke)


def tilknyttede_fagligheder(moede: Moede) -> QuerySet[Faglighed]:
    """The professions that the forum has: its resource persons', and those of the people invited to this meeting."""
    ressourcepersoner = Ressourceperson.objects.gaeldende().filter(forum__in=moede.fora).values("faglighed")
    inviterede = mulige_deltagere().filter(moede=moede).values("person__faglighed")
    return Faglighed.objects.filter(pk__in=ressourcepersoner) | Faglighed.objects.filter(pk__in=inviterede)


def mulige_deltagere() -> QuerySet[Deltager]:
    """People who are called and have not sent their apologies."""
    med = [Deltagelse.INVITERET, Deltagelse.ACCEPTERET, Deltagelse.DELTOG]
    return Deltager.objects.filter(tilstand__in=med, indkaldt_den__isnull=False, person__isnull=False)


def _efter_punkt(raekker: QuerySet, punkter: Iterable[Punkt]) -> dict[int, list]:
    grupper: dict[int, list] = {}
    for raekke in raekker.filter(punkt__in=[punkt.pk for punkt in punkter]):
        grupper.setdefault(raekke.punkt_id, []).append(raekke)
    return grupper
