"""From "we need to talk" to agreed minutes, as seven people in the browser, led on by the mail they got: a request, an
escalation and a referral to the ressourceteam, a meeting called and moved, a decline with a substitute, an answer
without login, minutes written, commented and closed.
"""

from datetime import timedelta

import pytest

from moeder.actions.anmodningsgang import eskaler_anmodninger
from moeder.models import Anmodning, Deltager, Moede, Opgave
from samarbejde import tid
from samarbejde.forsendelse import send_besked
from samarbejde.models import Besked
from samarbejde.post import saml_post
from tests.browser.gaest import Gaest
from tests.moeder.byg import anmod, inviter, moede, om
from tests.postkasse import aaben_postkasse
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db(transaction=True)
MINUT = timedelta(minutes=1)


class Postbud:
    """Brings what waits, as the worker does when its time has come; and lets the latest mail to a person be read."""

    def __init__(self, postkasse):
        self.postkasse = postkasse

    def til(self, person):
        for besked in Besked.objects.venter().for_sig().order_by("tidligst_den", "pk"):
            self._aflever(besked)
        return self._seneste(person)

    def samlet_til(self, person):
        sidste = Besked.objects.venter().samles().filter(til=person).latest("tidligst_den").tidligst_den
        with tid.frys(sidste):
            saml_post(sidste)
        return self.til(person)

    def _aflever(self, besked):
        with tid.frys(besked.tidligst_den):
            send_besked(besked.pk)

    def _seneste(self, person):
        breve = [brev for modtagere, brev in self.postkasse.breve if modtagere == [person.email]]
        return f"{breve[-1]['Subject']}\n{breve[-1].get_body(('plain',)).get_content()}".replace("\r", "")


@pytest.fixture
def hos(som, live_server):
    return lambda person: Gaest(som(person), live_server.url)


@pytest.fixture
def post(settings, live_server):
    settings.BASE_URL = live_server.url
    with aaben_postkasse(settings) as postkasse:
        yield Postbud(postkasse)


def snart():
    """Soon enough to be held at once, and not over midnight."""
    begynder = tid.nu().replace(second=0, microsecond=0) + 30 * MINUT
    dagen_efter = tid.lokal(begynder + 25 * MINUT).date()
    return begynder if tid.lokal(begynder).date() == dagen_efter else tid.fra_lokal(dagen_efter, tid.time())


def tidspunkt(begynder):
    """The fields of the form: a quarter of an hour."""
    lokal = tid.lokal(begynder)
    return {"dato": f"{lokal:%Y-%m-%d}", "begynder": f"{lokal:%H:%M}", "slutter": f"{lokal + 15 * MINUT:%H:%M}"}


def test_fra_vi_skal_tale_sammen_til_et_lukket_referat(v, hos, post):
    mette, kirsten, pia = map(hos, (v.medarbejder, v.koordinator, v.paedagogiskleder))
    carl, sanne, viggo = map(hos, (v.centerleder, v.skoleleder, None))

    # Mette asks, in three steps from the start page (S2, S39).
    mette.til("/").link("Bed om et møde").ser("Du har både ret og pligt til at bede om et møde")
    mette.saet("Et tema").skriv(hvad="Overgangen til klub").knap("Send anmodningen").ser("Overgangen til klub")

    # Kirsten gets word of it, without a word of what it is about (D37), and answers with a meeting.
    mail = post.til(v.koordinator)
    assert "Der er bedt om et møde." in mail
    assert "klub" not in mail
    kirsten.fra(mail, "/moeder/anmodninger/.+").link("Planlæg et møde")
    begynder = snart()
    kirsten.skriv(**tidspunkt(begynder), sted="Lokale 4").knap("Reservér tiden")
    m = Moede.objects.get()
    assert Anmodning.objects.get().moede == m
    kirsten.til(m.get_absolute_url()).ser("Overgangen til klub", "Lokale 4", "kalenderreservation")
    assert not Besked.objects.exclude(kalender="").exists()

    # What it takes to call it: a purpose, and whom the item is about (S37); Viggo teaches there, so he comes for that.
    kirsten.link("Ret mødet").saet("Tværfaglig sparring og vidensdeling").knap("Gem mødet")
    kirsten.link("Deltagere").link("Invitér deltagere").vaelg("medarbejder", label="Viggo Holm")
    kirsten.saet("1. Overgangen til klub").knap("Invitér")
    kirsten.til(m.get_absolute_url()).link("Send indkaldelse").ser("Pia Dahl", "Carl Havn", "Viggo Holm")
    kirsten.knap("Send indkaldelse").ser("Du kan fortryde til kl.")
    assert Besked.objects.filter(metode="REQUEST").count() == 5

    # Viggo has no time to log in: the link in his mail answers, once; the scanner that opened it first did nothing.
    mail = post.til(v.vejleder)
    assert "Kirsten Ravn inviterer dig til et møde." in mail
    plads = Deltager.objects.get(moede=m, person=v.vejleder)
    viggo.fra(mail, "/moeder/svar/.+").ser("Indkaldelsen er til Viggo Holm", "Lokale 4")
    assert Deltager.objects.get(pk=plads.pk).tilstand == "inviteret"
    viggo.knap("Ja, jeg deltager").ser("Tak. Du har svaret, at du deltager.")
    viggo.fra(mail, "/moeder/svar/.+").ser("Linket virker ikke længere")

    # Carl comes; Pia declines and sends Mette in her place (S35), and Kirsten hears of it.
    carl.fra(post.til(v.centerleder), m.get_absolute_url()).link("Svar på indkaldelsen")
    carl.saet("Ja, jeg deltager").knap("Send dit svar")
    pia.fra(post.til(v.paedagogiskleder), m.get_absolute_url()).link("Svar på indkaldelsen")
    pia.saet("Nej, jeg melder afbud").knap("Send dit svar")
    pia.vaelg("person", value=str(v.medarbejder.pk)).knap("Vælg repræsentanten")
    assert Deltager.objects.get(moede=m, person=v.medarbejder).i_stedet_for.person == v.paedagogiskleder
    mail = post.til(v.koordinator)
    assert "Pia Dahl har meldt afbud til mødet i Ressourcecentret, Lindeskolen, " in mail
    kirsten.fra(mail, m.get_absolute_url()).ser("Mette Bak")
    mette.fra(post.til(v.medarbejder), m.get_absolute_url()).ser("Svar på indkaldelsen")

    # The meeting is moved by five minutes; everybody is asked again, and the old answer is shown (D17).
    kirsten.link("Flyt mødet")
    kirsten.skriv(**tidspunkt(begynder + 5 * MINUT)).knap("Flyt mødet").ser("Flyttet fra", "før: deltager")
    carl.til(f"{m.get_absolute_url()}svar/").saet("Ja, jeg deltager").knap("Send dit svar")
    mail = post.til(v.vejleder)
    assert "Dit svar om den gamle tid, «deltager», gælder ikke længere" in mail
    viggo.fra(mail, "/moeder/svar/.+").knap("Ja, jeg deltager").ser(f"{tid.lokal(begynder + 5 * MINUT):%-H.%M}")

    # It is held: attendance, an outcome, a task (D22, D24).
    kirsten.til(f"{m.get_absolute_url()}referat/").knap("Begynd mødet")
    punkt = m.punkter.get()
    kirsten.skriv(referat="Vi talte om overgangen.", beslutning="Vi holder to åbne aftener.").knap("Gem punktet 1")
    kirsten.link("Tilføj opgave til punkt 1").skriv(tekst="Find to aftener i foråret", frist=f"{om(20):%Y-%m-%d}")
    kirsten.vaelg("ansvarlig", label="Carl Havn, Fritidscenter Havnen").knap("Gem opgaven")
    assert Opgave.objects.get(punkt=punkt).ansvarlig == v.centerleder

    # Out for comments, commented, closed (D23). Carl reads of it with the rest of what is new to him.
    kirsten.til(f"{m.get_absolute_url()}referat/send/").knap("Send referatet")
    mail = post.samlet_til(v.centerleder)
    assert "Ny opgave: Møde i Ressourcecentret, Lindeskolen, " in mail
    assert "aftener" not in mail
    carl.fra(mail, f"{m.get_absolute_url()}referat/laes/").link("Skriv en bemærkning til punkt 1")
    carl.skriv(tekst="Det var tre aftener.").knap("Gem bemærkningen").ser("Det var tre aftener.")
    sanne.til(f"{m.get_absolute_url()}referat/laes/").ser("Det var tre aftener.")
    sanne.til(f"{m.get_absolute_url()}referat/luk/").saet("Luk referatet, selv om fristen ikke er gået")
    sanne.knap("Luk referatet")
    m.refresh_from_db()
    assert m.tilstand == "referat_lukket"
    mette.til("/moeder/anmodninger/").ser("behandlet på et møde")
    carl.til("/moeder/opgaver/").ser("Find to aftener i foråret")


def test_ingen_svarer_saa_lederen_henviser_til_ressourceteamet(v, hos, post):
    """One escalation (S39) and one referral (S46); the answer is the klyngeleder's."""
    sanne, kaj, carl = map(hos, (v.skoleleder, v.klyngeleder, v.centerleder))
    anmodning = anmod(forum(v.skole), v.centerleder, v.center, niveau="tema", frist=tid.i_dag() - timedelta(days=1))
    assert eskaler_anmodninger(tid.nu()) == 1
    mail = post.til(v.skoleleder)
    assert "Nu er det din tur til at svare." in mail
    sanne.fra(mail, anmodning.get_absolute_url()).link("Henvis til et andet forum")
    team = forum(v.klynge)
    sanne.radio("forum", team.pk).knap("Henvis anmodningen").ser("Anmodningen er henvist")
    anmodning.refresh_from_db()
    assert (anmodning.tilstand, anmodning.forum) == ("henvist", team)
    mail = post.til(v.klyngeleder)
    assert "En anmodning om møde er henvist til jer." in mail
    kaj.fra(mail, anmodning.get_absolute_url()).link("Afvis med en grund")
    kaj.skriv(grund="Det tager vi på temamødet i maj.").knap("Afvis anmodningen")
    mail = post.samlet_til(v.centerleder)
    assert "temamødet" not in mail
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
