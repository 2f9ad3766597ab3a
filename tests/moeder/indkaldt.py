"""A meeting ready to be called, its mails through a real mail server, and every mail read by icalendar.

m = klar(v, rc)                            # purpose, three items of 30 minutes, leader, coordinator, KKFO and centre
breve = send(postkasse)                    # ten minutes later: {recipient: Brev}
breve["paedagogiskleder@demo.example"].start
"""

from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

import icalendar

from moeder.models import Deltager
from samarbejde import tid
from samarbejde.forsendelse import send_besked
from samarbejde.models import Besked
from tests.moeder.byg import inviter, moede, punkt

TIRSDAG_KL_9 = tid.datetime.fromisoformat("2026-11-24T09:00+01:00")
TITEL = "Hemmelig titel om overgange"
Art = Deltager.Art


@dataclass
class Brev:
    mail: object
    tekst: str
    kalender: object
    haendelse: object

    @property
    def start(self):
        return f"{self.haendelse['DTSTART'].dt:%d-%m %H.%M}"

    @property
    def slut(self):
        return f"{self.haendelse['DTEND'].dt:%d-%m %H.%M}"

    @property
    def metode(self):
        return str(self.kalender["METHOD"])

    @property
    def sekvens(self):
        return int(self.haendelse["SEQUENCE"])

    @property
    def link(self):
        """The path of the single-use link, empty when the mail has none."""
        linjer = [linje for linje in self.tekst.splitlines() if "/moeder/svar/" in linje]
        return urlsplit(linjer[0]).path if linjer else ""


def klar(v, hvor, **felter):
    m = moede(hvor, af=v.koordinator, formaal=["sparring"], sted="Lokale 12", **felter)
    for nummer in range(3):
        punkt(m, f"{TITEL} {nummer}", minutter=30, beskrivelse="Hemmelig beskrivelse")
    inviter(m, v.skoleleder, v.skole, art=Art.LEDELSE)
    inviter(m, v.koordinator, v.skole, art=Art.LEDELSE)
    inviter(m, v.paedagogiskleder, v.kkfo)
    inviter(m, v.centerleder, v.center)
    return m


def deltager(m, person):
    return m.deltagere.get(person=person)


def send(postkasse, minutter=10):
    """What is due then, through the mail server: the recipient's address is the key, the last mail to each counts."""
    with tid.frys(tid.nu() + timedelta(minutes=minutter)):
        foer = len(postkasse.breve)
        for pk in Besked.objects.forfaldne(tid.nu()).order_by("pk").values_list("pk", flat=True):
            send_besked(pk)
    breve = postkasse.breve[foer:]
    assert all(len(til) == 1 for til, _ in breve)
    return {til[0]: laes(brev) for til, brev in breve}


def laes(brev):
    tekst = brev.get_body(("plain",)).get_content()
    [ics] = [del_ for del_ in brev.walk() if del_.get_content_type() == "text/calendar"]
    raa = ics.get_payload(decode=True)
    kalender = icalendar.Calendar.from_ical(raa)
    [haendelse] = kalender.walk("VEVENT")
    assert kalender.errors == haendelse.errors == []
    assert ics.get_param("method") == kalender["METHOD"]
    return Brev(brev, tekst, kalender, haendelse)


def alt_i(brev):
    """Every readable word of a mail: subject, text and calendar."""
    return f"{brev.mail['Subject']}\n{brev.tekst}\n{brev.kalender.to_ical().decode()}"
