"""The outbox under load: two workers, two who write at once, and a worker that is killed. On both databases."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from urllib.parse import quote

import pytest
from django.db import connection, transaction

from samarbejde import tid
from samarbejde.database import aabent_spor
from samarbejde.forsendelse import send_besked
from samarbejde.models import Besked, Haendelse, Segling
from samarbejde.post import fortryd, saml_post, underret
from samarbejde.posttid import Levering
from tests.fabrik import verden
from tests.postkasse import aaben_postkasse
from tests.samtidigt import samtidig

TIRSDAG_KL_9 = tid.datetime.fromisoformat("2026-11-24T09:00+01:00")
ONSDAG_KL_7 = tid.datetime.fromisoformat("2026-11-25T07:00+01:00")
MANDAG_KL_7 = tid.datetime.fromisoformat("2026-11-30T07:00+01:00")
TI_MINUTTER = tid.timedelta(minutes=10)


@pytest.fixture
def v(transactional_db):
    with tid.frys(TIRSDAG_KL_9):
        yield verden()
    with transaction.atomic(), aabent_spor():
        Segling.objects.all().delete()
        Haendelse.objects.all().delete()


@pytest.fixture
def postkasse(settings):
    with aaben_postkasse(settings) as modtager:
        yield modtager


def skriv_til(person, noegle, levering=Levering.STRAKS, **felter):
    return underret(til=person, emne=noegle, tekst="Noget nyt.", noegle=noegle, levering=levering, **felter)


def kl(nu, goer, *args):
    """A thread has a clock of its own."""

    def frosset():
        with tid.frys(nu):
            return goer(*args)

    return frosset


class Langsom:
    """A mail server that thinks for a while before it says yes."""

    def __init__(self, postkasse, sekunder):
        self.tag_imod, self.sekunder, self.begyndt = postkasse.handle_DATA, sekunder, 0
        postkasse.handle_DATA = self

    async def __call__(self, server, session, envelope):
        self.begyndt += 1
        await asyncio.sleep(self.sekunder)
        return await self.tag_imod(server, session, envelope)


def test_to_workere_tager_ikke_det_samme_med(v, postkasse):
    """Two mails to Sanne leave at once; what rides along is in one of them."""
    for nummer in range(5):
        skriv_til(v.skoleleder, f"l{nummer}", Levering.LEJLIGHED)
    egne = [skriv_til(v.skoleleder, f"egen{nummer}").pk for nummer in range(4)]
    Langsom(postkasse, 0.2)
    assert samtidig(*[kl(TIRSDAG_KL_9, send_besked, pk) for pk in egne]) == [None] * 4
    tekster = [brev.get_content() for _, brev in postkasse.breve]
    assert len(tekster) == 4
    for nummer in range(5):
        assert sum(f"* l{nummer}" in tekst for tekst in tekster) == 1
    assert Besked.objects.filter(tilstand="samlet", samlet_i__in=egne).count() == 5


def test_samme_mail_af_fire_workere_er_een_mail(v, postkasse):
    besked = skriv_til(v.skoleleder, "egen")
    Langsom(postkasse, 0.2)
    samtidig(*[kl(TIRSDAG_KL_9, send_besked, besked.pk)] * 4)
    assert len(postkasse.breve) == 1


def test_samlet_post_paa_samme_tid_som_en_worker_tager_intet_to_gange(v, postkasse):
    skriv_til(v.skoleleder, "s", Levering.SAMLET)
    skriv_til(v.skoleleder, "l", Levering.LEJLIGHED)
    egen = skriv_til(v.skoleleder, "egen")
    Langsom(postkasse, 0.2)
    samtidig(kl(MANDAG_KL_7, send_besked, egen.pk), *[kl(MANDAG_KL_7, saml_post)] * 3)
    with tid.frys(MANDAG_KL_7):
        for besked in Besked.objects.filter(tilstand="venter", levering="straks"):
            send_besked(besked.pk)
    tekster = "".join(brev.get_content() for _, brev in postkasse.breve)
    assert (tekster.count("* s\r\n"), tekster.count("* l\r\n")) == (1, 1)
    assert not Besked.objects.filter(tilstand="venter").exists()


def test_otte_samtidige_aendringer_er_een_mail(v):
    def aendr():
        return skriv_til(v.skoleleder, "moede:7:1", vent=TI_MINUTTER, erstat=True).pk

    assert len(set(samtidig(*[kl(TIRSDAG_KL_9, aendr)] * 8))) == 1
    Besked.objects.update(tilstand="fortrudt")
    assert len(set(samtidig(*[kl(TIRSDAG_KL_9, aendr)] * 8))) == 1
    assert list(Besked.objects.order_by("nummer").values_list("nummer", "tilstand")) == [(1, "fortrudt"), (2, "venter")]


def test_fortrudt_midt_i_afsendelsen_er_enten_sendt_eller_fortrudt(v, postkasse):
    """The number that comes back is true: what is counted as regretted never arrives."""
    egne = [skriv_til(v.skoleleder, f"moede:7:{nummer}").pk for nummer in range(6)]
    Langsom(postkasse, 0.05)
    *_, fortrudte = samtidig(
        *[kl(TIRSDAG_KL_9, send_besked, pk) for pk in egne[:3]],
        kl(TIRSDAG_KL_9, fortryd, "moede:7", v.koordinator),
    )
    assert Besked.objects.filter(tilstand="fortrudt").count() == fortrudte
    assert len(postkasse.breve) == Besked.objects.filter(tilstand="sendt").count() == 6 - fortrudte
    assert fortrudte >= 3


def database_url():
    felter = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite://{felter['NAME']}"
    return f"postgresql://{felter['USER']}@/{felter['NAME']}?host={quote(felter['HOST'], safe='')}"


WORKER = """
import sys, django
django.setup()
from samarbejde import tid
from samarbejde.forsendelse import send_besked
with tid.frys(tid.datetime.fromisoformat(sys.argv[2])):
    send_besked(int(sys.argv[1]))
"""


def test_en_worker_draebt_mens_mailserveren_tager_imod_taber_intet(v, postkasse, settings):
    """kill -9 in the middle: mail and what rides along still wait; the next worker sends both, once, under the same
    Message-ID, so that a mail system that already took it can tell.
    """
    skriv_til(v.skoleleder, "l", Levering.LEJLIGHED)
    besked = skriv_til(v.skoleleder, "egen")
    langsom = Langsom(postkasse, 2)
    miljoe = {"DATABASE_URL": database_url(), "EMAIL_URL": f"smtp://127.0.0.1:{settings.EMAIL_PORT}"}
    kommando = [sys.executable, "-c", WORKER, str(besked.pk), TIRSDAG_KL_9.isoformat()]
    worker = subprocess.Popen(kommando, env=os.environ | miljoe | {"DJANGO_SETTINGS_MODULE": "samarbejde.settings"})
    slut = time.monotonic() + 20
    while not langsom.begyndt and time.monotonic() < slut:
        time.sleep(0.01)
    worker.send_signal(signal.SIGKILL)
    assert worker.wait() == -signal.SIGKILL
    assert set(Besked.objects.values_list("tilstand", "forsoeg", "samlet_i")) == {("venter", 0, None)}

    langsom.sekunder = 0
    with tid.frys(TIRSDAG_KL_9):
        send_besked(besked.pk)
        send_besked(besked.pk)
    assert len({brev["Message-ID"] for _, brev in postkasse.breve}) == 1
    assert "* l\r\n" in postkasse.breve[-1][1].get_content()
    assert dict(Besked.objects.values_list("noegle", "tilstand")) == {"l": "samlet", "egen": "sendt"}
