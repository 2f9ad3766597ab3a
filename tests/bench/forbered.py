"""Find what bench.toml measures in the bulk data, and give an ordinary leader of it a password.

Prints the toml with its @names@ filled in. Run with the settings of the measured site.
"""

import sys
from pathlib import Path

import django

django.setup()

from aftaler.models import Aftale, StrategiskMaal  # noqa: E402
from aftaler.queries import ledere_af  # noqa: E402
from aftaler.states import Tilstand  # noqa: E402
from ressourcecenter.models import Forum  # noqa: E402
from samarbejde.models import Enhed, Enhedstilknytning  # noqa: E402

ADGANGSKODE = "samarbejde-demo"


def forum_ved(fritid):
    """The Ressourcecenter that the leader takes part in: forty people with its leader and coordinators."""
    skoler = Enhedstilknytning.objects.gaeldende().filter(enhed__in=fritid, til__art=Enhed.Art.SKOLE).values("til")
    forum = Forum.objects.filter(enhed__in=skoler, art=Forum.Art.RC).select_related("enhed").first()
    folk = forum.ressourcepersoner.gaeldende().values("person").distinct().count()
    assert folk >= 37, folk
    return forum


def main():
    """The largest draft, read and written by a leader who is not its tovholder."""
    maal = StrategiskMaal.objects.filter(aftale__tilstand=Tilstand.KLADDE).order_by("-aftale__pk", "plads")
    aftale = Aftale.objects.select_related("distrikt").get(pk=maal[0].aftale_id)
    parter = aftale.parter.filter(enhed__art=Enhed.Art.FRITIDSINSTITUTION).values("enhed")
    leder = ledere_af(parter)[0].user
    leder.set_password(ADGANGSKODE)
    leder.save(update_fields=["password"])
    tekst = Path(sys.argv[1]).read_text()
    egne = [f"{aftale.get_absolute_url()}maal/{ting.noegle}/" for ting in maal.filter(aftale=aftale)]
    navne = {
        "leder": leder.email,
        "aftale": aftale.get_absolute_url(),
        "distrikt": aftale.distrikt.get_absolute_url(),
        "forum": forum_ved(parter).get_absolute_url(),
        "maal": egne[0],
    }
    for navn, vaerdi in navne.items():
        tekst = tekst.replace(f"@{navn}@", vaerdi)
    for nummer, adresse in enumerate(egne):
        tekst = tekst.replace(f"@maal{nummer}@", adresse)
    print(tekst)


main()
