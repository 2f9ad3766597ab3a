"""From "we need to talk" to agreed minutes, as six people in the browser: a request, an escalation and a referral to
the ressourceteam, a meeting called and moved, a decline with a substitute, minutes written, commented and closed.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from moeder.actions.anmodningsgang import eskaler_anmodninger
from moeder.models import Anmodning, Deltager, Moede, Opgave
from samarbejde import tid
from samarbejde.models import Besked
from tests.moeder.byg import anmod, inviter, moede, om
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db(transaction=True)
MINUT = timedelta(minutes=1)


class Gaest:
    """Somebody at a screen: goes somewhere, presses what is there, and reads what came."""

    def __init__(self, side, rod):
        self.side, self.rod = side, rod

    def til(self, sti):
        svar = self.side.goto(f"{self.rod}{sti}")
        assert svar.status == 200, f"{sti}: {svar.status}"
        return self

    def link(self, navn):
        self.side.locator("main").get_by_role("link", name=navn).first.click()
        self.side.wait_for_load_state()
        return self

    def knap(self, navn):
        with self.side.expect_navigation() as ventet:
            self.side.locator("main").get_by_role("button", name=navn, exact=True).first.click()
        assert ventet.value.status == 200, f"{navn}: {ventet.value.status} {self.side.inner_text('main')[:400]}"
        return self

    def skriv(self, **felter):
        for navn, tekst in felter.items():
            self.side.locator(f"main [name={navn}]").first.fill(tekst)
        return self

    def saet(self, navn):
        self.side.locator("main").get_by_label(navn, exact=True).first.check()
        return self

    def vaelg(self, felt, **hvad):
        self.side.locator(f"main select[name={felt}]").select_option(**hvad)
        return self

    def radio(self, felt, vaerdi):
        self.side.locator(f"main [name={felt}][value='{vaerdi}']").check()
        return self

    def ser(self, *tekster):
        for tekst in tekster:
            expect(self.side.locator("main")).to_contain_text(tekst)
        return self


@pytest.fixture
def hos(som, live_server):
    return lambda person: Gaest(som(person), live_server.url)


def tidspunkt(nu):
    """Soon enough to be held today; the fields of the form."""
    lokal = tid.lokal(nu)
    return {"dato": f"{lokal:%Y-%m-%d}", "begynder": f"{lokal:%H:%M}"}


def test_fra_vi_skal_tale_sammen_til_et_lukket_referat(v, hos):
    mette, kirsten, pia, carl = map(hos, (v.medarbejder, v.koordinator, v.paedagogiskleder, v.centerleder))

    # Mette asks, in three steps from the start page (S2, S39).
    mette.til("/").link("Bed om et møde").ser("Du har både ret og pligt til at bede om et møde")
    mette.link("Ressourcecenter") if "/anmod/lindeskolen" not in mette.side.url else None
    mette.saet("Et tema").skriv(hvad="Overgangen til klub").knap("Send anmodningen").ser("Overgangen til klub")

    # Kirsten answers with a meeting.
    kirsten.til("/").link("Svar på en anmodning om møde").link("Planlæg et møde")
    begynder = tid.nu().replace(second=0, microsecond=0) + 40 * MINUT
    kirsten.skriv(**tidspunkt(begynder), slutter=f"{tid.lokal(begynder + 15 * MINUT):%H:%M}", sted="Lokale 4")
    kirsten.knap("Reservér tiden")
    m = Moede.objects.get()
    assert Anmodning.objects.get().moede == m
    kirsten.til(m.get_absolute_url()).ser("Overgangen til klub", "Lokale 4", "kalenderreservation")
    assert not Besked.objects.exclude(kalender="").exists()

    # What it takes to call it: a purpose (S37).
    kirsten.link("Ret mødet").saet("Tværfaglig sparring og vidensdeling").knap("Gem mødet")
    kirsten.link("Send indkaldelse").ser("Pia Dahl", "Carl Havn").knap("Send indkaldelse")
    kirsten.ser("Du kan fortryde til kl.")
    assert Besked.objects.filter(metode="REQUEST").count() >= 4

    # Carl comes; Pia declines and sends Mette in her place (S35).
    carl.til("/").link("Svar på indkaldelsen").link("Svar på indkaldelsen")
    carl.saet("Ja, jeg deltager").knap("Send dit svar")
    pia.til(m.get_absolute_url()).link("Svar på indkaldelsen")
    pia.saet("Nej, jeg melder afbud").knap("Send dit svar")
    pia.vaelg("person", value=str(v.medarbejder.pk)).knap("Vælg repræsentanten")
    stedfortraeder = Deltager.objects.get(moede=m, person=v.medarbejder)
    assert stedfortraeder.i_stedet_for.person == v.paedagogiskleder

    # The meeting is moved by five minutes; everybody is asked again, and the old answer is shown (D17).
    kirsten.til(f"{m.get_absolute_url()}flyt/")
    senere = begynder + 5 * MINUT
    kirsten.skriv(**tidspunkt(senere), slutter=f"{tid.lokal(senere + 15 * MINUT):%H:%M}").knap("Flyt mødet")
    kirsten.ser("Flyttet fra", "før: deltager")
    carl.til(f"{m.get_absolute_url()}svar/").saet("Ja, jeg deltager").knap("Send dit svar")

    # It is held: attendance, an outcome, a task (D22, D24).
    kirsten.til(f"{m.get_absolute_url()}referat/").knap("Begynd mødet")
    punkt = m.punkter.get()
    kirsten.skriv(referat="Vi talte om overgangen.", beslutning="Vi holder to åbne aftener.").knap("Gem punktet 1")
    kirsten.link("Tilføj opgave til punkt 1").skriv(tekst="Find to aftener i foråret", frist=f"{om(20):%Y-%m-%d}")
    kirsten.vaelg("ansvarlig", label="Carl Havn, Fritidscenter Havnen").knap("Gem opgaven")
    assert Opgave.objects.get(punkt=punkt).ansvarlig == v.centerleder

    # Out for comments, commented, closed (D23).
    kirsten.til(f"{m.get_absolute_url()}referat/send/").knap("Send referatet")
    carl.til(f"{m.get_absolute_url()}referat/laes/").link("Skriv en bemærkning til punkt 1")
    carl.skriv(tekst="Det var tre aftener.").knap("Gem bemærkningen").ser("Det var tre aftener.")
    sanne = hos(v.skoleleder)
    sanne.til(f"{m.get_absolute_url()}referat/laes/").ser("Det var tre aftener.")
    sanne.til(f"{m.get_absolute_url()}referat/luk/").saet("Luk referatet, selv om fristen ikke er gået").knap(
        "Luk referatet"
    )
    m.refresh_from_db()
    assert m.tilstand == "referat_lukket"
    mette.til("/moeder/anmodninger/").ser("behandlet på et møde")
    carl.til("/moeder/opgaver/").ser("Find to aftener i foråret")


def test_ingen_svarer_saa_lederen_henviser_til_ressourceteamet(v, hos):
    """One escalation (S39) and one referral (S46); the answer is the klyngeleder's."""
    sanne, kaj = hos(v.skoleleder), hos(v.klyngeleder)
    anmodning = anmod(forum(v.skole), v.centerleder, v.center, niveau="tema", frist=tid.i_dag() - timedelta(days=1))
    assert eskaler_anmodninger(tid.nu()) == 1
    sanne.til("/").link("Svar på en anmodning om møde").link("Henvis til et andet forum")
    team = forum(v.klynge)
    sanne.radio("forum", team.pk).knap("Henvis anmodningen").ser("Anmodningen er henvist")
    anmodning.refresh_from_db()
    assert (anmodning.tilstand, anmodning.forum) == ("henvist", team)
    kaj.til("/").link("Svar på en anmodning om møde").link("Afvis med en grund")
    kaj.skriv(grund="Det tager vi på temamødet i maj.").knap("Afvis anmodningen")
    carl = hos(v.centerleder)
    carl.til(anmodning.get_absolute_url()).ser("Det tager vi på temamødet i maj.")


def test_et_sammenfald_siges_uden_indhold(v, hos):
    """One collision: the centre's leader is somewhere else at that time; where and why is nobody's business."""
    andet = moede(forum(v.naboskole), af=v.naboskoleleder, begynder=om(14), tilstand="indkaldt")
    inviter(andet, v.centerleder, v.center)
    kirsten = hos(v.koordinator)
    kirsten.til(f"/moeder/serie/{v.skole.slug}/{Art.RC}/ny/")
    kirsten.vaelg("kadence", label="hver uge").vaelg("ugedag", index=om(14).weekday())
    kirsten.skriv(begynder="08:30").knap("Vis datoerne").ser("Carl Havn", "optaget")
    assert "Egeskolen" not in kirsten.side.inner_text("main")
