"""What is said to whom when an item changes: never a word of the item itself (D37)."""

from django.urls import reverse

from moeder.models import Punkt
from ressourcecenter.models import Forum
from samarbejde.models import Person, Rolletildeling
from samarbejde.permissions import Rolle
from samarbejde.post import underret
from samarbejde.posttid import Levering


def fortael_forslagsstiller(punkt: Punkt, af: Person, hvad: str) -> None:
    """One mail with the latest word while it waits; the answer itself is read on the page."""
    if punkt.foreslaaet_af_id == af.pk:
        return
    underret(
        til=punkt.foreslaaet_af,
        emne=f"Nyt om dit forslag til {punkt.forum}",
        tekst=f"Dit forslag {hvad}.",
        noegle=f"forslag:{punkt.noegle}:{punkt.foreslaaet_af_id}",
        adresse=reverse("koepunkt", args=[punkt.noegle]),
        levering=Levering.LEJLIGHED,
        erstat=True,
    )


def fortael_om_forslag(forum: Forum, af: Person) -> None:
    """The coordinators, or the leader where there are none; however many proposals, one mail while it waits."""
    ledelse = Rolletildeling.objects.gaeldende().filter(content_object=forum.enhed_id).select_related("user")
    if forum.art != Forum.Art.RC:
        ledelse = ledelse.exclude(omfang=Rolletildeling.Omfang.RC)
    modtagere = ledelse.med_rolle(Rolle.KOORDINATOR) or ledelse.med_rolle(forum.enhed.lederrolle)
    for tildeling in modtagere:
        if tildeling.user_id != af.pk:
            underret(
                til=tildeling.user,
                emne=f"Nye forslag til {forum}",
                tekst="Der er nye forslag til dagsordenen. Se køen, og tag stilling til dem.",
                noegle=f"nye_forslag:{forum.pk}:{tildeling.user_id}",
                adresse=reverse("koe", args=[forum.enhed.slug, forum.art]),
                levering=Levering.LEJLIGHED,
                erstat=True,
            )
