"""Staff, leaders and deputies of one unit, and their way in (D26, D32, S28, S57; decisions 3, 4, 8, 9).

Every refusal is one Danish sentence at the field it is about. Rules about roles are asked again by `actions`.
"""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from samarbejde import tid
from samarbejde.actions import haengende, kraev_ret_til_rolle, ret_rolle
from samarbejde.formater import periode
from samarbejde.invitation import find_inviteret, kan_inviteres, send_invitation
from samarbejde.konti import Tildelt, giv, konto_til, kraev_periode, laas, ret_til, ved_felt
from samarbejde.models import Enhed, Faglighed, Person, Rolletildeling
from samarbejde.organisation import ret_person
from samarbejde.permissions import Rolle
from samarbejde.personaleopslag import VALGT_BLANDT, aftryk_af, er_slut, maa_rette, maa_vaelges_udefra
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError

DOEDT_LINK = "Linket virker ikke længere."
LAENGSTE_FRAVAER = timedelta(days=366)
STEDFORTRAEDER = (
    "Du handler i leders fravær og kan det samme som lederen, bortset fra at udpege koordinatorer, uddelegere "
    "deltagelse og udpege en stedfortræder."
)


class ForaeldetError(IkkeMuligtError):
    """The form was overtaken: `nu` is what is stored."""

    def __init__(self, nu: Rolletildeling) -> None:
        self.nu = nu
        super().__init__("Nogen har ændret oplysningerne, siden du åbnede siden. Det, du skrev, er ikke gemt.")


# --- staff -------------------------------------------------------------------------------------------------------
@transaction.atomic
def registrer_medarbejder(
    *,
    enhed: Enhed,
    af: Person,
    email: str,
    navn: str,
    gyldig_fra: date,
    gyldig_til: date | None = None,
    faglighed: Faglighed | None = None,
    udloeber_den: date | None = None,
    titel: str = "",
    arbejder_med: str = "",
) -> Tildelt:
    """A leader registers somebody at their own unit; whoever has an account gets the role on it (decision 8, S57)."""
    laast, rolle = laas(enhed), Rolle.MEDARBEJDER
    kraev_ret_til_rolle(af, rolle, laast)
    kraev_periode(laast, gyldig_fra, gyldig_til)
    konto: dict[str, Any] = {"email": email, "navn": navn, "faglighed": faglighed, "udloeber_den": udloeber_den}
    person, er_ny = konto_til(af=af, spoerg=ret_til(rolle, laast), **konto)
    hvad: dict[str, Any] = {"rolle": rolle, "titel": titel, "arbejder_med": arbejder_med}
    return giv(person=person, ny_konto=er_ny, enhed=laast, af=af, gyldig_fra=gyldig_fra, gyldig_til=gyldig_til, **hvad)


@transaction.atomic
def ret_medarbejder(
    *,
    tildeling: Rolletildeling,
    af: Person,
    aftryk: str,
    gyldig_fra: date,
    gyldig_til: date | None,
    titel: str,
    arbejder_med: str,
    **om_personen: Any,
) -> Rolletildeling:
    """Correct an employment, and of the person what `maa_rette` allows; refused when the form was overtaken."""
    enhed, laast = laas(tildeling.content_object), _laast(tildeling)
    kraev_ret_til_rolle(af, laast.rolle, enhed)
    if er_slut(laast) or aftryk != aftryk_af(laast):
        raise ForaeldetError(laast)
    kraev_periode(enhed, gyldig_fra, gyldig_til)
    _kraev_intet_haenger(laast, gyldig_til)
    _ret_personen(laast, af, om_personen)
    hvad = {"titel": titel, "arbejder_med": arbejder_med}
    with ved_felt("gyldig_fra"):
        return ret_rolle(tildeling=laast, af=af, gyldig_fra=gyldig_fra, gyldig_til=gyldig_til, **hvad)


def _laast(tildeling: Rolletildeling) -> Rolletildeling:
    """Read again, under the lock on its unit."""
    alt = Rolletildeling.objects.select_related("user", "content_object", "permission__content_type")
    return alt.get(pk=tildeling.pk)


def _kraev_intet_haenger(tildeling: Rolletildeling, gyldig_til: date | None) -> None:
    """An earlier end is an end: where something hangs on the role, its own page hands it over."""
    foer = tildeling.gyldig_til
    if gyldig_til is None or (foer is not None and gyldig_til >= foer) or not haengende(tildeling, gyldig_til):
        return
    raise ValidationError(
        {"gyldig_til": "Der hænger noget på rollen. Brug «Afslut» på listen: dér ser du, hvad der skal overdrages."}
    )


def _ret_personen(tildeling: Rolletildeling, af: Person, felter: dict[str, Any]) -> None:
    person = tildeling.user
    aendret = {felt: ny for felt, ny in felter.items() if getattr(person, felt) != ny}
    if not aendret:
        return
    maa = maa_rette(person, af)
    for felt, tilladt in (("navn", maa.navn), ("faglighed", maa.navn), ("email", maa.email)):
        if felt in aendret and not tilladt:
            raise ValidationError({felt: maa.hvorfor})
    with ved_felt("email"):
        rettet = ret_person(person=person, af=af, spoerg=ret_til(tildeling.rolle, tildeling.enhed), **aendret)
    if "email" in aendret:
        rettet.set_unusable_password()  # what was sent to the old address opens nothing
        rettet.save(update_fields=["password"])
        send_invitation(rettet, f"{af.navn} har rettet din e-mail i Stærkt samarbejde til denne.")


@transaction.atomic
def inviter(*, tildeling: Rolletildeling, af: Person) -> Person:
    """Send the link to a first login again."""
    enhed, laast = laas(tildeling.content_object), _laast(tildeling)
    kraev_ret_til_rolle(af, laast.rolle, enhed)
    person = Person.objects.select_for_update().get(pk=laast.user_id)
    if er_slut(laast):
        raise IkkeMuligtError(f"{person} er ikke længere registreret på {enhed} og kan ikke inviteres.")
    if not kan_inviteres(person):
        raise IkkeMuligtError(
            f"{person} har allerede valgt en adgangskode, eller kontoen er lukket. Er koden glemt, kan {person} selv "
            "bede om en ny, hvor man logger ind."
        )
    if send_invitation(person, f"{af.navn} har inviteret dig som {laast.vist_post}."):
        noter(af=af, navn="inviter", objekt=person, saetning=f"{person} er inviteret til at logge ind.")
    return person


@transaction.atomic
def vaelg_adgangskode(*, token: str, adgangskode: str, af: Person) -> Person:
    """The invited person opens the account; the link is used up by it."""
    person = find_inviteret(token, laas=True)
    if person is None or person.pk != af.pk:
        raise IkkeMuligtError(DOEDT_LINK)
    person.set_password(adgangskode)
    person.save(update_fields=["password"])
    noter(af=person, navn="vaelg_adgangskode", objekt=person, saetning=f"{person} har taget sin konto i brug.")
    return person


# --- leaders -----------------------------------------------------------------------------------------------------
@transaction.atomic
def udpeg_leder(
    *,
    enhed: Enhed,
    af: Person,
    email: str,
    gyldig_fra: date,
    gyldig_til: date | None = None,
    navn: str = "",
    **hvordan: Any,
) -> Tildelt:
    """Forvaltning or administrator appoint the leader; the role follows the unit's kind (decision 9). `hvordan`:
    titel, konstitueret, er_primaer.
    """
    laast = laas(enhed)
    rolle = _lederrolle(laast)
    kraev_ret_til_rolle(af, rolle, laast)
    kraev_periode(laast, gyldig_fra, gyldig_til)
    person, er_ny = konto_til(af=af, spoerg=ret_til(rolle, laast), email=email, navn=navn)
    ny = Rolletildeling(content_object=laast, user=person, gyldig_fra=gyldig_fra, gyldig_til=gyldig_til, **hvordan)
    _kraev_post(ny, rolle)
    tidsrum: dict[str, Any] = {"gyldig_fra": gyldig_fra, "gyldig_til": gyldig_til}
    return giv(person=person, ny_konto=er_ny, rolle=rolle, enhed=laast, af=af, **tidsrum, **hvordan)


def _lederrolle(enhed: Enhed) -> Rolle:
    if enhed.lederrolle is None:
        raise IkkeMuligtError(f"{enhed} har ingen leder i systemet. Roller i forvaltningen kommer fra importen.")
    return enhed.lederrolle


def _kraev_post(ny: Rolletildeling, rolle: Rolle) -> None:
    """One skoleleder a school, beside whom one may act (S28); one primary leader at a time (decision 2)."""
    andre = Rolletildeling.objects.filter(content_object=ny.content_object).exclude(user=ny.user)
    samtidige = andre.med_rolle(rolle).som_selv().deler_dag(ny.gyldig_fra, ny.gyldig_til)
    for anden in samtidige.select_related("user"):
        hvem = f"{anden.user}, {periode(anden.gyldig_fra, anden.gyldig_til)}"
        if rolle == Rolle.SKOLELEDER and not (ny.konstitueret or anden.konstitueret):
            optaget = f"{ny.enhed} har allerede en skoleleder: {hvem}. En skole har kun én ad gangen."
            vej = "Afslut den rolle først, vælg en senere dag, eller sæt kryds ved konstitueret."
            raise ValidationError({"gyldig_fra": f"{optaget} {vej}"})
        if ny.er_primaer and anden.er_primaer:
            optaget = f"{ny.enhed} har allerede en primær leder: {hvem}."
            raise ValidationError({"er_primaer": f"{optaget} Fjern krydset, eller afslut den rolle først."})


# --- deputies ----------------------------------------------------------------------------------------------------
@transaction.atomic
def naevn_stedfortraeder(
    *,
    enhed: Enhed,
    af: Person,
    gyldig_fra: date,
    gyldig_til: date,
    medarbejder: Person | None = None,
    email: str = "",
    navn: str = "",
) -> Tildelt:
    """The leader in person names one deputy for a period, who acts "i leders fravær" (decision 4)."""
    laast = laas(enhed)
    rolle, felt = _lederrolle(laast), "medarbejder" if medarbejder else "email"
    kraev_ret_til_rolle(af, rolle, laast, i_fravaer=True)
    _kraev_fravaer(laast, gyldig_fra, gyldig_til)
    if medarbejder is not None:
        person, er_ny = _kraev_ansat(laast, medarbejder, gyldig_fra, gyldig_til), False
    elif maa_vaelges_udefra(laast):
        person, er_ny = konto_til(af=af, spoerg=ret_til(rolle, laast, i_fravaer=True), email=email, navn=navn)
    else:
        raise ValidationError({"medarbejder": "Vælg en af enhedens egne medarbejdere."})
    hvordan: dict[str, Any] = {"rolle": rolle, "i_fravaer": True, "er_primaer": False, "felt": felt}
    hvordan |= {"gyldig_fra": gyldig_fra, "gyldig_til": gyldig_til, "besked": STEDFORTRAEDER}
    return giv(person=person, ny_konto=er_ny, enhed=laast, af=af, **hvordan)


def _kraev_fravaer(enhed: Enhed, fra: date, til: date) -> None:
    """From today on, for a year at most, one deputy at a time."""
    kraev_periode(enhed, fra, til)
    if fra < tid.i_dag():
        raise ValidationError({"gyldig_fra": "En stedfortræder kan tidligst begynde i dag."})
    if til - fra > LAENGSTE_FRAVAER:
        raise ValidationError({"gyldig_til": "En stedfortræder kan højst have perioden et år ad gangen."})
    andre = Rolletildeling.objects.filter(content_object=enhed, i_fravaer=True).deler_dag(fra, til)
    if anden := andre.select_related("user").first():
        hvem = f"{anden.user} er allerede stedfortræder {periode(anden.gyldig_fra, anden.gyldig_til)}."
        raise ValidationError({"gyldig_fra": f"{hvem} Vælg en anden periode, eller afslut den først."})


def _kraev_ansat(enhed: Enhed, person: Person, fra: date, til: date) -> Person:
    """One of the unit's own, for the whole period."""
    egne = Rolletildeling.objects.filter(content_object=enhed, user=person).med_rolle(*VALGT_BLANDT)
    gaeldende = egne.deler_dag(fra, til).order_by("gyldig_fra")
    if not gaeldende:
        raise ValidationError({"medarbejder": "Vælg en af enhedens egne medarbejdere."})
    if not any(rolle.gyldig_fra <= fra and til <= (rolle.gyldig_til or til) for rolle in gaeldende):
        rolle = gaeldende[0]
        ansat = periode(rolle.gyldig_fra, rolle.gyldig_til)
        raise ValidationError({"gyldig_til": f"{person} er kun registreret {ansat}. Vælg en periode inden for den."})
    if not person.is_active:
        raise ValidationError({"medarbejder": f"Kontoen for {person} er lukket eller udløbet. Vælg en anden."})
    return person
