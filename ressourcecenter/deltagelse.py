"""What the pages of participation show: who takes part for a fritid unit, school by school, and what waits."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from ressourcecenter.models import Delegation, Forum, Ressourceperson
from ressourcecenter.repraesentation import Grund, Repraesentant, Repraesentanter, hindring
from samarbejde import tid
from samarbejde.forespoergsel import hent
from samarbejde.models import Enhed, Enhedstilknytning, Person, Rolletildeling
from samarbejde.permissions import Handling, Relation, Rolle, maa
from samarbejde.roller import i_perioden, mine_roller
from samarbejde.skridt import Skridt
from samarbejde.stik import Rollelinje


@dataclass(frozen=True)
class Valg:
    """A delegation as it stands; `ophoersgrund` says why it has lost its ground, and waits to be confirmed."""

    delegation: Delegation
    ophoersgrund: str = ""

    @property
    def er_begyndt(self) -> bool:
        return self.delegation.gyldig_fra <= tid.i_dag()

    @property
    def er_slut(self) -> bool:
        return er_slut(self.delegation)


@dataclass(frozen=True)
class Skolelinje:
    skole: Enhed
    repraesentant: Repraesentant
    valg: list[Valg]

    @property
    def ophoersgrund(self) -> str:
        return next((valg.ophoersgrund for valg in self.valg if valg.ophoersgrund), "")


def er_slut(delegation: Delegation) -> bool:
    return delegation.gyldig_til is not None and delegation.gyldig_til <= tid.i_dag()


def skolelinjer(enhed: Enhed, alle: Repraesentanter | None = None) -> list[Skolelinje]:
    """School by school: who represents the unit today, and whom its leader has chosen; three queries."""
    i_dag, alle = tid.i_dag(), alle or Repraesentanter([enhed])
    valg = sorted(alle.delegationer.get(enhed.pk, []), key=_nu_foerst)
    skoler = alle.skoler(enhed, i_dag)
    skoler += sorted({en.skole for en in valg if not er_slut(en)} - set(skoler), key=lambda skole: skole.navn)
    return [
        Skolelinje(skole, alle.hos(enhed, skole, i_dag), [_valg(alle, en) for en in valg if en.skole == skole])
        for skole in skoler
    ]


def _nu_foerst(delegation: Delegation) -> tuple[bool, date]:
    """Those that hold and those to come, then those that are over."""
    return er_slut(delegation), delegation.gyldig_fra


def _valg(alle: Repraesentanter, delegation: Delegation) -> Valg:
    return Valg(delegation, "" if er_slut(delegation) else alle.ophoersgrund(delegation, tid.i_dag()))


def repraesentationsside(enhed: Enhed, person: Person) -> dict[str, Any]:
    alle = Repraesentanter([enhed])
    linjer, uden = skolelinjer(enhed, alle), alle.private_skoler(enhed, tid.i_dag())
    er_leder = maa(person, Handling.DELEGER_DELTAGELSE, enhed)
    forhindret = hindring(
        enhed, [linje.skole for linje in linjer if linje.repraesentant.grund != Grund.IKKE_TILKNYTTET]
    )
    return {"linjer": linjer, "uden_forum": uden, "er_leder": er_leder, "forhindret": forhindret if er_leder else ""}


def ophoersgrund(delegation: Delegation) -> str:
    return Repraesentanter([delegation.center]).ophoersgrund(delegation, tid.i_dag())


def valgbare_skoler(center: Enhed) -> list[Enhed]:
    """Schools the centre works with, now or from a later day."""
    nu_eller_senere = i_perioden(tid.i_dag()) | Q(gyldig_fra__gt=tid.i_dag())
    links = Enhedstilknytning.objects.ikke_annulleret().filter(nu_eller_senere, enhed=center)
    skoler = Enhed.objects.filter(nu_eller_senere, art=Enhed.Art.SKOLE, pk__in=links.values("til"))
    return list(skoler.exclude(ejerform=Enhed.Ejerform.PRIVAT))


def valgbare_personer(center: Enhed) -> list[tuple[Person, str]]:
    """The centre's own staff, now or from a later day, with their titles; never its leader."""
    nu_eller_senere = i_perioden(tid.i_dag()) | Q(gyldig_fra__gt=tid.i_dag())
    roller = Rolletildeling.objects.ikke_annulleret().filter(nu_eller_senere, content_object=center)
    roller = roller.select_related("user", "permission", "content_object").order_by("user__navn", "user", "gyldig_fra")
    ledere = {rolle.user_id for rolle in roller if rolle.rolle == Rolle.FRITIDSLEDER and not rolle.i_fravaer}
    personer = {rolle.user: rolle.vist_titel for rolle in roller if rolle.user.is_active}
    return [(person, titel) for person, titel in personer.items() if person.pk not in ledere]


def ventende_skridt(person: Person) -> list[Skridt]:
    """Case 9: a delegation that has lost its ground ends only when the centre's leader confirms it."""
    if not mine_roller(person).enheder_med({Relation.FRITIDSLEDER_SELV}):
        return []
    centre = {en.center_id: en.center for en in hent(_egne_delegationer, person)}
    if not centre:
        return []
    alle = Repraesentanter(centre.values())
    valg = [en for raekker in alle.delegationer.values() for en in raekker if not er_slut(en)]
    return [
        Skridt(
            hvem=f"Centerlederen, {en.center}",
            hvad=f"Bekræft, at uddelegeringen på {en.skole} ophører",
            maal=f"{en.person}, {en.center}",
            adresse=reverse("afslut_delegation", args=[en.center.slug, en.pk]),
            er_min=True,
        )
        for en in valg
        if alle.ophoersgrund(en, tid.i_dag())
    ]


def _egne_delegationer(person: Person) -> QuerySet[Delegation]:
    egne = mine_roller(person).enheder_med({Relation.FRITIDSLEDER_SELV})
    nu_eller_senere = i_perioden(tid.i_dag()) | Q(gyldig_fra__gt=tid.i_dag())
    return Delegation.objects.filter(nu_eller_senere, center__in=egne).select_related("center")


# --- one's own ---------------------------------------------------------------------------------------------------
def mine_roller_i_fora(person: Person) -> list[Rollelinje]:
    """«Mine roller»: what one is by delegation and as resource person, with dates and why."""
    delegationer = Delegation.objects.filter(person=person).ikke_annulleret()
    tilknytninger = Ressourceperson.objects.filter(person=person).ikke_annulleret()
    return [
        *(_delegeret(en) for en in delegationer.select_related("center", "skole", "delegeret_af")),
        *(_ressourceperson(en) for en in tilknytninger.select_related("forum__enhed", "faglighed", "enhed")),
    ]


def _delegeret(valg: Delegation) -> Rollelinje:
    hvorfor = f"{valg.delegeret_af} har uddelegeret den faste deltagelse for {valg.center} til dig."
    adresse, regler = Forum(enhed=valg.skole).get_absolute_url(), Relation.DELEGERET
    return Rollelinje("fast deltager", str(valg.skole), valg.gyldig_fra, valg.gyldig_til, hvorfor, adresse, regler)


def _ressourceperson(en: Ressourceperson) -> Rollelinje:
    er_ekstern = en.tilhoersforhold == Ressourceperson.Tilhoersforhold.EKSTERN
    hvorfor = f"Du er {en.get_tilhoersforhold_display() if er_ekstern else f'fra {en.get_tilhoersforhold_display()}'}"
    hvorfor += f" og kommer fra {en.enhed}." if en.enhed else " og har en konto med en udløbsdato."
    regler = Relation.EKSTERN_RESSOURCEPERSON if er_ekstern else Relation.RESSOURCEPERSON
    titel, sted = f"ressourceperson, {en.faglighed}", str(en.forum)
    return Rollelinje(titel, sted, en.gyldig_fra, en.gyldig_til, hvorfor, en.forum.get_absolute_url(), regler)
