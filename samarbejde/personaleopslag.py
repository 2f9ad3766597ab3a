"""What the pages about people read: the staff of a unit, who may correct an account, and a person's own roles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.crypto import salted_hmac

from samarbejde import stik, tid
from samarbejde.formater import dato_uden_ugedag
from samarbejde.models import Enhed, Haendelse, Person, Rolletildeling
from samarbejde.permissions import TILLADT, Handling, Rolle
from samarbejde.querysets import RolletildelingQuerySet
from samarbejde.roller import mine_roller
from samarbejde.stik import Rollelinje

VALGT_BLANDT = (Rolle.MEDARBEJDER, Rolle.KOORDINATOR)


# --- the staff of a unit -----------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Ansat:
    """One employment in the list; a protected person is a name and nothing more (decision 30)."""

    tildeling: Rolletildeling
    er_slut: bool

    @property
    def person(self) -> Person:
        return self.tildeling.user

    @property
    def email(self) -> str:
        return "" if self.person.er_beskyttet else self.person.email

    @property
    def har_logget_ind(self) -> bool:
        return self.person.last_login is not None

    @property
    def kan_inviteres(self) -> bool:
        """As `samarbejde.invitation.kan_inviteres`, for a role that is not over."""
        aldrig = not self.har_logget_ind and not self.person.has_usable_password()
        return aldrig and self.person.is_active and not self.er_slut


def medarbejdere(enhed: Enhed) -> dict[str, list[Ansat]]:
    """Everybody registered as staff, in Danish order: now, later, and before; one query."""
    raekker = enhed.rolletildelinger.med_rolle(Rolle.MEDARBEJDER).ikke_annulleret()
    grupper: dict[str, list[Ansat]] = {"nu": [], "senere": [], "tidligere": []}
    for raekke in raekker.select_related("user__faglighed", "permission").order_by("user__navn", "gyldig_fra"):
        raekke.content_object = enhed
        navn = _hvornaar(raekke, enhed)
        grupper[navn].append(Ansat(raekke, navn == "tidligere"))
    return grupper


def _hvornaar(raekke: Rolletildeling, enhed: Enhed) -> str:
    """A role ends with its unit (S54)."""
    if er_slut(raekke) or (enhed.gyldig_til is not None and enhed.gyldig_til <= tid.i_dag()):
        return "tidligere"
    return "senere" if raekke.gyldig_fra > tid.i_dag() else "nu"


def er_slut(tildeling: Rolletildeling) -> bool:
    """Over, or annulled before it began."""
    return tildeling.gyldig_til is not None and tildeling.gyldig_til <= max(tid.i_dag(), tildeling.gyldig_fra)


def mulige_stedfortraedere(enhed: Enhed) -> RolletildelingQuerySet:
    """The active staff and coordinators of the unit who do not lead it themselves."""
    gaeldende = enhed.rolletildelinger.gaeldende()
    ledere = gaeldende.som_selv().med_rolle(enhed.lederrolle).values("user") if enhed.lederrolle else []
    egne = gaeldende.med_rolle(*VALGT_BLANDT).exclude(user__in=ledere)
    return egne.select_related("user", "permission").order_by("user__navn")


def har_primaer_leder(enhed: Enhed) -> bool:
    ledere = enhed.rolletildelinger.som_selv().gaeldende().filter(er_primaer=True)
    return enhed.lederrolle is not None and ledere.med_rolle(enhed.lederrolle).exists()


def maa_vaelges_udefra(enhed: Enhed) -> bool:
    """A unit other than a school without staff of its own finds its deputy by e-mail."""
    return enhed.art != Enhed.Art.SKOLE and not mulige_stedfortraedere(enhed).exists()


# --- who may correct an account ----------------------------------------------------------------------------------
@dataclass(frozen=True)
class Rettelser:
    """What a leader may correct of a person, and in words why not the rest."""

    navn: bool
    email: bool
    hvorfor: str = ""


def maa_rette(person: Person, af: Person) -> Rettelser:
    """The name: only of somebody whose every role is one that this leader registers. The address: until the first
    login as well, since whoever reads its mail can open the account.
    """
    if person.er_beskyttet:
        return Rettelser(False, False, f"{person.navn} er beskyttet. Navn og e-mail rettes af administrator.")
    egne = mine_roller(af).enheder_med(TILLADT[Handling.REGISTRER_MEDARBEJDER])
    alle = Rolletildeling.objects.filter(user=person).ikke_slut()
    mine = alle.med_rolle(Rolle.MEDARBEJDER).filter(content_object__in=egne)
    if alle.exclude(pk__in=mine).exists():
        hvorfor = f"{person.navn} har også en rolle et andet sted. Navn, faglighed og e-mail rettes af administrator."
        return Rettelser(False, False, hvorfor)
    if person.last_login is None and not person.has_usable_password():
        return Rettelser(True, True)
    return Rettelser(True, False, f"{person.navn} bruger sin konto. E-mailen rettes af administrator.")


def aftryk_af(tildeling: Rolletildeling) -> str:
    """What a form about this employment was opened on: another one was overtaken."""
    person = tildeling.user
    rolle = (tildeling.titel, tildeling.arbejder_med, tildeling.gyldig_fra, tildeling.gyldig_til)
    return salted_hmac("samarbejde.ansat", repr((*rolle, person.navn, person.faglighed_id, person.email))).hexdigest()


# --- one's own roles ---------------------------------------------------------------------------------------------
def mine_rollelinjer(person: Person) -> dict[str, list[Rollelinje]]:
    """Every role now, coming and earlier, with what upper apps add; the newest first among the earlier."""
    raekker = Rolletildeling.objects.filter(user=person).ikke_annulleret()
    roller = list(raekker.select_related("content_object", "permission", "tildelt_af").order_by("gyldig_fra", "pk"))
    hvornaar, synlige = _tildelt_den(roller), _synlige(roller, person)
    linjer = [_linje(rolle, hvornaar, synlige) for rolle in roller]
    linjer += [linje for plug in stik.mine_roller for linje in plug(person)]
    grupper: dict[str, list[Rollelinje]] = {"nu": [], "senere": [], "tidligere": []}
    for linje in linjer:
        grupper[linje.hvornaar].append(linje)
    grupper["tidligere"].sort(key=lambda linje: linje.gyldig_til or date.max, reverse=True)
    return grupper


def _tildelt_den(roller: Iterable[Rolletildeling]) -> dict[int, Any]:
    noter = Haendelse.objects.filter(navn="tildel_rolle", objekt_art="rolletildeling")
    return dict(noter.filter(objekt_id__in=[rolle.pk for rolle in roller]).values_list("objekt_id", "skete_den"))


def _synlige(roller: Iterable[Rolletildeling], person: Person) -> set[int]:
    synlige = Enhed.objects.synlige_for(person, Handling.SE_ENHED).order_by()
    return set(synlige.filter(pk__in=[rolle.content_object_id for rolle in roller]).values_list("pk", flat=True))


def _linje(rolle: Rolletildeling, hvornaar: dict[int, Any], synlige: set[int]) -> Rollelinje:
    enhed = rolle.enhed
    slut = [dag for dag in (rolle.gyldig_til, enhed.gyldig_til) if dag is not None]
    return Rollelinje(
        titel=rolle.vist_titel,
        sted=enhed.navn,
        adresse=enhed.get_absolute_url() if enhed.pk in synlige else "",
        gyldig_fra=rolle.gyldig_fra,
        gyldig_til=max(min(slut), rolle.gyldig_fra) if slut else None,
        hvorfor=_hvorfor(rolle, hvornaar.get(rolle.pk)),
        regler=f"{reverse('hvem_maa_hvad')}?rolle={rolle.rolle.value}",
    )


def _hvorfor(rolle: Rolletildeling, skete_den: Any) -> str:
    if rolle.tildelt_af is None:
        grund = "importeret fra organisationen"
    elif rolle.i_fravaer:
        grund = f"udpeget som stedfortræder af {rolle.tildelt_af.navn}"
    elif rolle.rolle == Rolle.MEDARBEJDER:
        grund = f"registreret af {rolle.tildelt_af.navn}"
    else:
        grund = f"udpeget af {rolle.tildelt_af.navn}"
    saetning = f"{grund} den {dato_uden_ugedag(skete_den)}" if skete_den else grund
    return saetning[0].upper() + saetning[1:]
