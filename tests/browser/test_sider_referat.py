"""Running a meeting, its minutes and tasks in a browser: with and without the script, at 1280 and 320 px."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from moeder import actions
from moeder.models import Punkt
from samarbejde import tid
from tests.moeder import byg
from tests.moeder.referatbyg import begyndt, frisk, kom_i_gang, lukket, sendt, skriv

pytestmark = pytest.mark.django_db(transaction=True)


def sted(m, navn="skriv_referat", *mere):
    return reverse(navn, args=[m.moede.kode, *mere])


def opgave_fra_sidst(v):
    gammelt = lukket(v, begynder=tid.nu() - timedelta(days=20))
    byg.opgave(gammelt.andet, v.paedagogiskleder, v.kkfo, "Spørg forældrerådet om legepladsen", dage=-3)
    return byg.opgave(gammelt.emne, v.centerleder, v.center, "Aftal besøg i 4. klasse med begge fritidscentre", dage=20)


# --- every page, judged -------------------------------------------------------------------------------------------
def test_fra_begyndelse_til_lukket_referat(besoeg, v):
    opgave_fra_sidst(v)
    m = kom_i_gang(v, sted="Personalerummet")
    kirsten = besoeg(v.koordinator)
    kirsten.til(sted(m), "referat-begynd")
    kirsten.tryk("Begynd mødet", "referat-i-gang")
    kirsten.tryk("Notér, og sæt resten til «deltog»", "referat-fremmoede")
    kirsten.til(sted(m, "vaelg_referent"), "referat-referent")
    kirsten.til(sted(m, "opret_opgave", m.emne.noegle), "opgave-ny")
    kirsten.tryk("Gem opgaven", "opgave-ny-fejl")
    byg.opgave(m.emne, v.centerleder, v.center, "Book en bus til besøget")
    skriv(m, referat="Vi talte om *overgange*:\n\n- besøg\n- fælles sprog", beslutning="Fælles besøg i uge 10.")
    kirsten.til(sted(m), "referat-skrevet")
    kirsten.til(sted(m, "vis_paa_skaerm"), "referat-skaerm")
    kirsten.til(sted(m, "send_referat"), "referat-send")
    kirsten.tryk("Send referatet", "referat-send-fejl")
    for punkt in (m.andet, m.barn):
        actions.marker_behandlet(moede=m.moede, punkt=punkt.noegle, behandlet=True, af=v.koordinator)
    kirsten.aabn(sted(m, "send_referat"))
    kirsten.tryk("Send referatet", "referat-i-hoering")
    pia = besoeg(v.paedagogiskleder)
    pia.til(sted(m, "bemaerk_referat", m.emne.noegle), "referat-bemaerk")
    pia.tryk("Gem bemærkningen", "referat-bemaerk-fejl")
    pia.skriv(tekst="Vi aftalte uge 11.")
    pia.tryk("Gem bemærkningen", "referat-bemaerket")
    kirsten.til(sted(m, "luk_referat"), "referat-luk")
    kirsten.tryk("Luk referatet", "referat-luk-fejl")
    kirsten.side.get_by_label("Luk referatet, selv om fristen ikke er gået").check()
    kirsten.tryk("Luk referatet", "referat-lukket")
    kirsten.til(sted(m, "berigtig"), "referat-berigtig")
    kirsten.tryk("Gem berigtigelsen", "referat-berigtig-fejl")
    kirsten.skriv(tekst="Det rigtige er uge 11.")
    kirsten.tryk("Gem berigtigelsen", "referat-berigtiget")
    kirsten.til(sted(m, "uddrag", v.center.slug), "referat-uddrag")
    kirsten.til(sted(m), "referat-slut")


def test_den_der_kun_var_med_til_et_punkt_og_de_tomme_sider(besoeg, v):
    m = sendt(v)
    besoeg(v.medarbejder).til(sted(m, "laes_referat"), "referat-eget-punkt")
    tomt = byg.moede(m.rc, af=v.skoleleder, tilstand="indkaldt", dage=-2)
    sanne = besoeg(v.skoleleder)
    sanne.til(reverse("skriv_referat", args=[tomt.kode]), "referat-tid-gaaet")
    sanne.til(reverse("blev_ikke_holdt", args=[tomt.kode]), "referat-ikke-holdt")
    sanne.til(reverse("laes_referat", args=[tomt.kode]), "referat-intet")
    sanne.til(reverse("opgaver"), "opgaver-ingen")
    sanne.til(f"{reverse('opgaver')}?hvilke=overskredne", "opgaver-ingen-passer")
    besoeg(v.paedagogiskleder).til(sted(m), "referat-403", status=403)


def test_opgaver(besoeg, v):
    opgave = opgave_fra_sidst(v)
    carl = besoeg(v.centerleder)
    carl.til(reverse("opgaver"), "opgaver-mine")
    carl.til(opgave.get_absolute_url(), "opgave")
    carl.til(reverse("foelg_op", args=[opgave.pk]), "opgave-foelg-op")
    carl.tryk("Gem opfølgningen", "opgave-foelg-op-fejl")
    carl.side.get_by_label("Fortsætter", exact=True).check()
    carl.skriv(note="Det ene center har svaret.")
    carl.tryk("Gem opfølgningen", "opgave-fulgt-op")
    besoeg(v.koordinator).til(reverse("opgaver"), "opgaver-forum")
    besoeg(v.koordinator).til("/", "start-opgaver")


def test_to_tekster_ved_siden_af_hinanden(besoeg, v):
    m = begyndt(v)
    kirsten = besoeg(v.koordinator)
    kirsten.aabn(reverse("skriv_udfald", args=[m.moede.kode, m.emne.noegle]))
    skriv(m, af=v.skoleleder, referat="Sannes tekst")
    form = kirsten.side.locator("form[data-gem-selv]").first
    kirsten.side.evaluate("() => document.querySelectorAll('form').forEach((f) => f.removeAttribute('data-vaern'))")
    form.locator("[name=referat]").fill("Kirstens tekst")
    with kirsten.side.expect_navigation():
        form.get_by_role("button").click()
    kirsten.doem("referat-konflikt")
    kirsten.tryk("Gem mine rettelser")
    assert frisk(m).emne.referat == "Kirstens tekst"


# --- the script ---------------------------------------------------------------------------------------------------
def felt(side, nummer=1):
    return side.locator(f"#id_{nummer}_referat")


def status(side):
    return side.locator("[data-status]").first


def test_gemmer_selv_et_oejeblik_efter(som, live_server, v):
    m = begyndt(v)
    side = som(v.koordinator)
    side.goto(f"{live_server.url}{sted(m)}")
    felt(side).press_sequentially("Vi talte om overgange")
    expect(status(side)).to_have_text(re.compile(r"^Gemt kl\. \d+\.\d\d$"))
    felt(side).press_sequentially(" og mere til")
    expect(status(side)).to_have_text("")
    expect(status(side)).to_have_text(re.compile("^Gemt"))
    assert frisk(m).emne.referat == "Vi talte om overgange og mere til"
    assert Punkt.objects.get(pk=m.emne.pk).referat_version == 2
    side.goto(f"{live_server.url}/")  # nothing is unsaved: the browser does not ask
    assert side.title().startswith("Start")


def test_scriptet_holder_op_og_viser_vejen_naar_en_anden_har_skrevet(som, live_server, v):
    m = begyndt(v)
    side = som(v.koordinator)
    side.goto(f"{live_server.url}{sted(m)}")
    skriv(m, af=v.skoleleder, referat="Sannes tekst")
    felt(side).press_sequentially("Kirstens tekst")
    expect(status(side)).to_contain_text("En anden har skrevet i punktet")
    expect(felt(side)).to_have_value("Kirstens tekst")
    assert frisk(m).emne.referat == "Sannes tekst"
    side.locator("form[data-gem-selv]").first.get_by_role("button").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Dine rettelser er ikke gemt endnu")
    for tekst in ("Sannes tekst", "Kirstens tekst"):
        expect(side.get_by_text(tekst, exact=True)).to_be_visible()


def test_knappen_kommer_ikke_i_vejen_for_sig_selv(som, live_server, v):
    """Pressed while a save by itself is under way: the button waits, and meets no conflict."""
    m = begyndt(v)
    side = som(v.koordinator)
    side.goto(f"{live_server.url}{sted(m)}")
    side.route("**/punkt/**", lambda rute: (side.wait_for_timeout(300), rute.continue_()))
    felt(side).press_sequentially("Først")
    with side.expect_request(lambda kald: kald.headers.get("accept") == "application/json"):
        pass
    felt(side).press_sequentially(" og så")
    with side.expect_navigation():
        side.locator("form[data-gem-selv]").first.get_by_role("button").click()
    expect(side.get_by_text("Punktet er gemt.")).to_be_visible()
    assert frisk(m).emne.referat == "Først og så"


def test_uden_forbindelse_beholdes_teksten_og_der_proeves_igen(som, live_server, v):
    m = begyndt(v)
    side = som(v.koordinator)
    side.goto(f"{live_server.url}{sted(m)}")
    side.route("**/punkt/**", lambda rute: rute.abort())
    felt(side).press_sequentially("Skrevet i en kælder")
    expect(status(side)).to_contain_text("Ingen forbindelse")
    side.unroute("**/punkt/**")
    expect(status(side)).to_have_text(re.compile("^Gemt"), timeout=15_000)
    assert frisk(m).emne.referat == "Skrevet i en kælder"


def test_uden_script_gemmer_knappen_det_samme(som, live_server, v):
    m = begyndt(v)
    side = som(v.koordinator, javascript=False)
    side.goto(f"{live_server.url}{sted(m)}")
    felt(side).fill("Uden script")
    side.locator("form[data-gem-selv]").first.get_by_role("button").click()
    expect(side.get_by_text("Punktet er gemt.")).to_be_visible()
    assert frisk(m).emne.referat == "Uden script"
