"""A year's agreement by everybody it concerns, in the browser: written together with two conflicts and a lost session,
sent by two at once, declined, corrected and approved again, for a vacant post too, entered without a silent party, and
acceded to late. And those who must not see it until then.
"""

from datetime import timedelta

import pytest
from django.core.management import call_command

from aftaler.aarshjul import glem_aarshjul
from aftaler.aarshjulsdatoer import Aarshjulsdatoer
from aftaler.models import Aftale, Aktivitet
from samarbejde import tid
from samarbejde.organisation import tilknyt
from samarbejde.permissions import Rolle
from samarbejde.personale import naevn_stedfortraeder
from tests.aftaler import byg
from tests.browser.gaest import Gaest
from tests.fabrik import ADGANGSKODE, FRA, Art, distrikt, enhed, person, rolle, verden

pytestmark = pytest.mark.django_db(transaction=True)
BEHOV = "Mange børn skifter mellem skole og klub midt i dagen.\n\n- De kender ikke de voksne\n- De mangler ro"


@pytest.fixture
def v(transactional_db):
    """Linde with a second school, a centre of three districts and a house without a leader; the deadline is over."""
    call_command("createcachetable", verbosity=0)
    v = verden()
    v.nyskole = enhed("Linde Skole Syd", i=v.distrikt)
    v.nyleder = rolle(person("Nina Nord"), Rolle.SKOLELEDER, v.nyskole).user
    v.birk = distrikt("Birk Skoledistrikt")
    tilknyt(enhed=v.center, til=v.birk, gyldig_fra=FRA, af=None)
    v.bien = enhed("Børnehuset Bien", Art.DAGINSTITUTION, i=v.distrikt, til=v.klynge)
    uger = {"gyldig_fra": tid.i_dag(), "gyldig_til": tid.i_dag() + timedelta(days=14)}
    naevn_stedfortraeder(enhed=v.skole, af=v.skoleleder, medarbejder=v.vejleder, **uger)
    _fristen_er_gaaet()
    yield v
    glem_aarshjul()


def _fristen_er_gaaet():
    aar, i_gaar = byg.dette_aar(), tid.i_dag() - timedelta(days=1)
    datoer = {"kladde_aabner": i_gaar - timedelta(days=90), "midtvejs": i_gaar + timedelta(days=60)}
    Aarshjulsdatoer.objects.create(skoleaar=aar, frist=i_gaar, evaluering=i_gaar + timedelta(days=120), **datoer)
    glem_aarshjul()


@pytest.fixture
def hos(som, live_server):
    return lambda hvem, **valg: Gaest(som(hvem, **valg), live_server.url)


def test_aarets_aftale_af_alle_dem_den_angaar(v, hos, live_server):
    sanne, nina, pia, carl = map(hos, (v.skoleleder, v.nyleder, v.paedagogiskleder, v.centerleder))
    dorte, kaj, kirsten, mette = map(hos, (v.dagtilbudsleder, v.klyngeleder, v.koordinator, v.medarbejder))
    frida, otto, ulla = map(hos, (v.forvaltning, v.omraadechef, v.udenfor))

    # The tovholder starts it from the start page; the register has proposed the parties (S7, S8, case 25).
    sanne.til("/").link("Opret årets aftale").radio("tovholder", v.skole.pk).knap("Opret aftalen")
    aftale = Aftale.objects.get()
    sted = aftale.get_absolute_url()
    sanne.ser("Linde Skole Syd", "Børnehuset Månen")

    # Written by school and leisure alike (S9), each in turn led on to what is missing.
    pia.til("/").link("Skriv med på kladden").link("Skriv det næste, der mangler").skriv(tekst=BEHOV).knap("Gem")
    nina.til(f"{sted}maal/nyt/").saet("3. Overgange").skriv(titel="Gode overgange").knap("Gem")
    nina.skriv(titel="En kendt voksen med").knap("Gem")
    nina.saet("Linde Skole Syd").saet("KKFO Lindely").skriv(titel="Besøgsuger i maj").knap("Gem")

    # The coordinator writes when the skoleleder lets her (matrix), and only then.
    kirsten.til(f"{sted}afsnit/retning/", status=403)
    sanne.til(sted).link("Lad koordinatorerne på Lindeskolen skrive med").knap("Lad koordinatorerne skrive med")
    kirsten.til(f"{sted}afsnit/retning/").skriv(tekst="Vi vil være ét distrikt om ét barneliv.").knap("Gem")

    # A pedagogue comments and proposes a tiltag (decision 8); the KKFO's leader takes it in.
    mette.til(f"{sted}afsnit/behov/", status=403)
    mette.til(f"{sted}kommentarer/skriv/").vaelg("sted", label="Behov og udfordringer")
    mette.skriv(tekst="Husk dem, der går hjem alene.").knap("Gem kommentaren")
    mette.til(f"{sted}forslag/nyt/").vaelg("delmaal", index=1).skriv(titel="Legepatrulje").knap("Send forslaget")
    pia.til(f"{sted}forslag/").knap("Tag tiltaget med", exact=False).ser("Tiltaget er taget med.")
    assert Aktivitet.objects.filter(delmaal__maal__aftale=aftale, titel="Legepatrulje").exists()

    # Two in the same text: both texts and the merged one (S9).
    dorte.til(f"{sted}afsnit/behov/")
    pia.til(f"{sted}afsnit/behov/").skriv(tekst=BEHOV.replace("klub", "fritidscenter")).knap("Gem")
    dorte.skriv(tekst=BEHOV.replace("ro", "en fast voksen")).knap("Gem", status=409)
    dorte.ser("Begges rettelser samlet", "fritidscenter").knap("Gem den samlede tekst")
    assert "fritidscenter" in byg.frisk(aftale).behov
    assert "en fast voksen" in byg.frisk(aftale).behov

    # One writes in a goal that another deletes: it is laid back with the text (S9).
    carl.til(f"{sted}maal/nyt/").saet("1. Børn og unges kulturfællesskaber i centrum").skriv(titel="Havnen for alle")
    carl.knap("Gem").til(sted)
    nina.til(sted).link("Ret mål 2")
    carl.link("Ret mål 2").link("Slet målet").knap("Slet målet")
    nina.skriv(beskrivelse="Også for dem fra Syd.").knap("Gem", status=409)
    nina.knap("Læg målet tilbage med min tekst")
    carl.til(sted).ser("Havnen for alle", "Også for dem fra Syd.")
    carl.link("Ret mål 2").link("Tilføj delmål").skriv(titel="Åbent værksted").knap("Gem")
    carl.skriv(titel="Værksted hver onsdag").knap("Gem")

    # A login that runs out in mid-sentence costs nobody a word.
    carl.til(f"{sted}afsnit/retning/").skriv(tekst="Vi vil være ét distrikt om ét barneliv, også om aftenen.")
    carl.side.context.clear_cookies(name="sessionid")
    carl.knap("Gem")
    carl.skriv(login=v.centerleder.email, password=ADGANGSKODE).knap("Log ind")
    carl.knap("Send det, jeg havde skrevet")
    assert byg.frisk(aftale).retning.endswith("også om aftenen.")

    # Those outside know that there is a draft, and not what it says (decision 11, case 43).
    for udefra in (frida, otto):
        udefra.til(sted).ser("kladde").ser_ikke("barneliv", "Havnen for alle")
    ulla.til(sted, status=404)

    # Two send it at once: the skoleleder and her deputy.
    viggo = hos(v.vejleder)
    viggo.til(f"{sted}send-til-godkendelse/")
    sanne.til(f"{sted}send-til-godkendelse/").knap("Send til godkendelse").ser("til godkendelse")
    viggo.knap("Send til godkendelse", status=409).ser("Aftalen er allerede sendt til godkendelse.")

    # Sanne approves; Carl cannot yet, and says why; it is withdrawn, corrected, sent, and approved again (decision 12).
    godkend(sanne, v.skole)
    carl.til(f"{sted}parter/{v.center.slug}/kan-ikke-godkende/").skriv(grund="Aftenerne mangler en plan.")
    carl.knap("Send svaret")
    sanne.til(sted).ser("Aftenerne mangler en plan.").link("Træk tilbage til kladde").knap("Træk tilbage til kladde")
    sanne.til(f"{sted}afsnit/retning/").skriv(tekst="Vi vil være ét distrikt om ét barneliv, med åbent til kl. 21.")
    sanne.knap("Gem").til(f"{sted}send-til-godkendelse/").knap("Send til godkendelse")
    phone = hos(v.skoleleder, width=320, height=640)
    phone.til("/").link("Godkend den ændrede aftale for Lindeskolen").ser("Teksten er ændret, siden du godkendte den")
    phone.ser("med åbent til kl. 21.").knap("Godkend for Lindeskolen").bekraeft()
    for hvem, part in ((nina, v.nyskole), (pia, v.kkfo), (carl, v.center), (dorte, v.boernehus), (kaj, v.bien)):
        godkend(hvem, part)
    sanne.til(sted).ser("Kaj Nordby, klyngeleder, på vegne af Børnehuset Bien")

    # Nobody answers for Månen: the deadline is gone, and the others enter without it (case 39). Then the text opens.
    sanne.link("Indgå uden dem, der ikke har svaret").skriv(grund="Huset har ikke en leder endnu.").knap(
        "Indgå aftalen"
    )
    frida.til(sted).ser("barneliv", "pladsen står åben")
    otto.til(sted).ser("Havnen for alle")
    mette.til(f"{sted}paa-en-side/").ser("Besøgsuger i maj")
    ulla.til(sted, status=404)

    # A leader is appointed and accedes late to the same text; nobody is asked again (case 38).
    nyt = rolle(person("Mona Måne"), Rolle.DAGTILBUDSLEDER, v.selvejende).user
    hos(nyt).til("/").link("Tiltræd aftalen for Børnehuset Månen").knap("Tiltræd for Børnehuset Månen").bekraeft()
    sanne.til(sted).ser("tiltrådt senere", "Mona Måne").ser_ikke("Venter på andre")
    call_command("db_worker", batch=True, startup_delay=False, verbosity=0)
    svar = carl.side.request.get(f"{live_server.url}{sted}aftale.pdf")
    assert svar.body().startswith(b"%PDF-1.7")


def godkend(hvem, part):
    """From the start page, by its own party alone (case 27)."""
    hvem.til("/").link(f"Godkend aftalen for {part.navn}").knap(f"Godkend for {part.navn}").bekraeft()
