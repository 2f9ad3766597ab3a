"""Find what bench.toml measures in the bulk data, and give an ordinary leader of it a password.

Prints the toml with its @names@ filled in. Run with the settings of the measured site.
"""

import sys
from pathlib import Path

import django

django.setup()

from django.db.models import Count  # noqa: E402

from aftaler.actions.indgaaelse import bestil_dokument  # noqa: E402
from aftaler.models import Aftale, StrategiskMaal  # noqa: E402
from aftaler.pdf import lav_dokument  # noqa: E402
from aftaler.queries import ledere_af  # noqa: E402
from aftaler.states import Tilstand  # noqa: E402
from moeder.models import Deltager, Kalenderadgang  # noqa: E402
from moeder.models.faelles import aftryk  # noqa: E402
from moeder.queries.kalender import kalender_for  # noqa: E402
from ressourcecenter.models import Forum  # noqa: E402
from samarbejde.models import Enhed, Enhedstilknytning, Person  # noqa: E402
from tests.moeder import byg  # noqa: E402

ADGANGSKODE = "samarbejde-demo"


def forum_ved(fritid):
    """The Ressourcecenter that the leader takes part in: forty people with its leader and coordinators."""
    skoler = Enhedstilknytning.objects.gaeldende().filter(enhed__in=fritid, til__art=Enhed.Art.SKOLE).values("til")
    forum = Forum.objects.filter(enhed__in=skoler, art=Forum.Art.RC).select_related("enhed").first()
    folk = forum.ressourcepersoner.gaeldende().values("person").distinct().count()
    assert folk >= 37, folk
    return forum


def kalender_med_50_moeder():
    """The feed of somebody who takes part at several schools, cut down to fifty meetings."""
    flest = Deltager.objects.filter(person__isnull=False).values("person").annotate(antal=Count("pk"))
    person = Person.objects.get(pk=flest.order_by("-antal")[0]["person"])
    egne = Deltager.objects.filter(person=person, indkaldt_den__isnull=False).order_by("-moede__begynder")
    egne.exclude(pk__in=list(egne.values_list("pk", flat=True)[:50])).update(tilstand="bortfaldet")
    antal = kalender_for(person).count("BEGIN:VEVENT")
    assert antal == 50, antal
    Kalenderadgang.objects.create(person=person, aftryk=aftryk("bench"))
    return "/kalender/bench.ics"


def fuldt_moede(forum, leder, fra):
    """An agenda of twenty items and twenty-five people, to which the leader is invited."""
    moede = byg.moede(forum, af=leder, tilstand="indkaldt", minutter=240)
    folk = forum.ressourcepersoner.gaeldende().select_related("person").order_by("pk")
    byg.inviter(moede, leder, fra)
    for en in {en.person_id: en.person for en in folk if en.person != leder}.values():
        if moede.deltagere.count() < 25:
            byg.inviter(moede, en, forum.enhed)
    for nummer in range(20):
        byg.punkt(moede, f"Overgange {nummer}", ansvarlig=leder, beskrivelse="Hvad gør vi sammen?", minutter=10)
    assert (moede.deltagere.count(), moede.punkter.count()) == (25, 20)
    return moede.get_absolute_url()


def lavet_pdf():
    indgaaet = Aftale.objects.select_related("distrikt").filter(tilstand=Tilstand.INDGAAET).order_by("-pk")[0]
    lav_dokument(bestil_dokument(indgaaet).pk)
    return f"{indgaaet.get_absolute_url()}aftale.pdf"


def main():
    """The largest draft, read and written by a leader who is not its tovholder."""
    maal = StrategiskMaal.objects.filter(aftale__tilstand=Tilstand.KLADDE).order_by("-aftale__pk", "plads")
    aftale = Aftale.objects.select_related("distrikt").get(pk=maal[0].aftale_id)
    parter = aftale.parter.filter(enhed__art=Enhed.Art.FRITIDSINSTITUTION).values("enhed")
    ledelse = ledere_af(parter)[0]
    leder = ledelse.user
    leder.set_password(ADGANGSKODE)
    leder.save(update_fields=["password"])
    tekst = Path(sys.argv[1]).read_text()
    egne = [f"{aftale.get_absolute_url()}maal/{ting.noegle}/" for ting in maal.filter(aftale=aftale)]
    forum = forum_ved(parter)
    navne = {
        "moede": fuldt_moede(forum, leder, ledelse.content_object),
        "leder": leder.email,
        "aftale": aftale.get_absolute_url(),
        "pdf": lavet_pdf(),
        "distrikt": aftale.distrikt.get_absolute_url(),
        "forum": forum.get_absolute_url(),
        "maal": egne[0],
        "kalender": kalender_med_50_moeder(),
    }
    for navn, vaerdi in navne.items():
        tekst = tekst.replace(f"@{navn}@", vaerdi)
    for nummer, adresse in enumerate(egne):
        tekst = tekst.replace(f"@maal{nummer}@", adresse)
    print(tekst)


main()
