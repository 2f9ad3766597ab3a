"""Acts on the outbox."""

from django.core.exceptions import ValidationError
from django.db import transaction

from samarbejde import tid
from samarbejde.kalender import ferier
from samarbejde.models import Besked, Person
from samarbejde.permissions import Handling, kraev_ret
from samarbejde.post import flyt_samlet, vaek_worker
from samarbejde.posttid import Levering, naeste_posttid
from samarbejde.roller import HELE_KOMMUNEN, glem_roller
from samarbejde.spor import noter
from samarbejde.tilstande import IkkeMuligtError


@transaction.atomic
def gensend_besked(*, besked: Besked, af: Person) -> Besked:
    """Try again to deliver a mail that was given up; the count of attempts begins anew. The quiet hours hold."""
    laast = Besked.objects.select_for_update().get(pk=besked.pk)
    glem_roller()
    kraev_ret(af, Handling.GENSEND_BESKED, HELE_KOMMUNEN)
    if laast.tilstand != Besked.Tilstand.FEJLET:
        raise IkkeMuligtError("Kun en mail, der ikke kunne afleveres, kan sendes igen.")
    if laast.levering == Levering.BESTILT:
        raise IkkeMuligtError(
            f"Linket i mailen virker ikke længere. {laast.til} kan bede om et nyt, hvor man logger ind."
        )
    if Besked.objects.filter(noegle=laast.noegle, nummer__gt=laast.nummer).exists():
        raise IkkeMuligtError(f"Der er skrevet en nyere mail til {laast.til} om det samme. Den gamle sendes ikke.")
    hast = Levering.HASTER if laast.levering == Levering.HASTER else Levering.STRAKS
    laast.tilstand, laast.forsoeg = Besked.Tilstand.VENTER, 0
    laast.tidligst_den = naeste_posttid(tid.nu(), hast, ferier())
    laast.save(update_fields=["tilstand", "forsoeg", "tidligst_den"])
    noter(
        af=af,
        navn="gensend_besked",
        objekt=laast,
        rod=laast.til,
        saetning=f"En mail til {laast.til} bliver sendt igen.",
    )
    transaction.on_commit(lambda: vaek_worker(laast.pk))
    return laast


@transaction.atomic
def vaelg_post(*, samlet_mail: str, af: Person) -> Person:
    """One's own choice, and only how often what is gathered comes: what is one's turn is not in it."""
    person = Person.objects.select_for_update().get(pk=af.pk)
    if samlet_mail not in Person.SamletMail.values:
        raise ValidationError({"samlet_mail": "Vælg, hvornår du vil have samlet mail."})
    if samlet_mail == person.samlet_mail:
        return person
    foer = person.get_samlet_mail_display()
    person.samlet_mail = samlet_mail
    person.save(update_fields=["samlet_mail"])
    flyt_samlet(person)
    valgt = person.get_samlet_mail_display()
    saetning = f"{person} har valgt samlet mail {valgt[0].lower()}{valgt[1:]}."
    noter(af=af, navn="vaelg_post", objekt=person, saetning=saetning, felter={"samlet_mail": (foer, valgt)})
    return person
