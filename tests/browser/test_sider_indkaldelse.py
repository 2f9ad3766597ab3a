"""The call, the regret, the answer on the site and by link, and the calendar's address, judged like every page."""

import pytest
from playwright.sync_api import expect

from moeder import actions
from moeder.models import Deltager, Moede
from moeder.models.faelles import aftryk
from moeder.states import Deltagelse
from tests.moeder.byg import inviter, om
from tests.moeder.indkaldt import Art, klar
from tests.ressourcecenter.byg import forum

pytestmark = pytest.mark.django_db(transaction=True)
NOEGLE = "en-noegle-som-kun-staar-i-mailen"


@pytest.fixture
def m(v):
    m = klar(v, forum(v.skole))
    inviter(m, v.medarbejder, v.kkfo, [m.punkter.order_by("plads")[1]], grund="Arbejder med overgange til 4. klasse")
    inviter(m, v.vejleder, v.skole, [m.punkter.order_by("plads")[0]], tilstand=Deltagelse.FORESLAAET)
    Deltager.objects.create(
        moede=m, art=Art.LOKALE, lokale="Lokale 12", lokale_mail="lokale12@skole.example", grund="stedet"
    )
    return m


def kaldt(v, m):
    actions.indkald(moede=m, af=v.koordinator)
    pia = m.deltagere.get(person=v.paedagogiskleder)
    Deltager.objects.filter(pk=pia.pk).update(svarnoegle=aftryk(NOEGLE))
    return pia


def test_indkald_tom_fuld_sendt_og_fortrudt(besoeg, v, m):
    kirsten = besoeg(v.koordinator)
    rod = m.get_absolute_url()
    Moede.objects.filter(pk=m.pk).update(formaal=[])
    m.punkter.update(moede=None, tilstand="venter")
    kirsten.til(f"{rod}indkald/", "indkald-mangler")
    Moede.objects.filter(pk=m.pk).update(formaal=["sparring", "inkluderende"])
    for nummer, punkt in enumerate(m.punkter.model.objects.filter(forum=m.forum)):
        m.punkter.model.objects.filter(pk=punkt.pk).update(moede=m, tilstand="paa_dagsorden", plads=nummer)
    kirsten.til(f"{rod}indkald/", "indkald-klar")
    inviter(m, v.sundhedsplejerske, None, art=Art.RESSOURCEPERSON)
    kirsten.tryk("Send indkaldelse", "indkald-aendret", status=409)
    kirsten.tryk("Send indkaldelse", "indkald-sendt")
    expect(kirsten.side.get_by_role("heading", name="Indkaldelsen er klar til at blive sendt")).to_be_visible()
    kirsten.tryk("Fortryd indkaldelsen", "indkald-fortrudt")
    m.refresh_from_db()
    assert m.tilstand == "reserveret"


def test_indkald_paa_en_anden_dag_siger_hvad_der_er_galt(besoeg, v, m):
    Moede.objects.filter(pk=m.pk).update(begynder=om(-1), slutter=om(0))
    besoeg(v.koordinator).til(f"{m.get_absolute_url()}indkald/", "indkald-for-sent")


def test_svar_paa_siden_tom_fejl_og_svaret(besoeg, v, m):
    pia = kaldt(v, m)
    sider = besoeg(v.paedagogiskleder)
    sider.til("/", "start-svar")
    sider.til(f"{m.get_absolute_url()}svar/", "svar-tom")
    sider.tryk("Send dit svar", "svar-fejl")
    expect(sider.side.locator(".fejlopsummering")).to_be_focused()
    sider.side.get_by_label("Nej, jeg melder afbud").check()
    sider.skriv(grund="Jeg er på kursus")
    sider.tryk("Send dit svar", "svar-afbud")
    pia.refresh_from_db()
    assert (pia.tilstand, pia.svar_tekst) == ("afbud", "Jeg er på kursus")
    Deltager.objects.filter(pk=pia.pk).update(tilstand="inviteret", tidligere_svar="afbud")
    sider.til(f"{m.get_absolute_url()}svar/", "svar-flyttet")


def test_svar_med_link_uden_login_med_tastatur_og_kun_en_gang(besoeg, v, m):
    pia = kaldt(v, m)
    ingen = besoeg(None)
    ingen.til(f"/moeder/svar/{NOEGLE}/", "svar-link")
    pia.refresh_from_db()
    assert pia.tilstand == "inviteret"
    ingen.aabn(f"/moeder/svar/{NOEGLE}/")
    ingen.side.get_by_role("button", name="Ja, jeg deltager").focus()
    with ingen.side.expect_navigation():
        ingen.side.keyboard.press("Enter")
    ingen.doem("svar-link-svaret")
    pia.refresh_from_db()
    assert pia.tilstand == "accepteret"
    nyt = besoeg(None)
    nyt.til(f"/moeder/svar/{NOEGLE}/", "svar-link-brugt")


def test_svar_med_link_uden_javascript(som, live_server, v, m):
    pia = kaldt(v, m)
    side = som(None, javascript=False)
    side.goto(f"{live_server.url}/moeder/svar/{NOEGLE}/")
    side.get_by_role("button", name="Nej, jeg melder afbud").click()
    expect(side.get_by_role("heading", level=1)).to_have_text("Dit svar er gemt")
    pia.refresh_from_db()
    assert pia.tilstand == "afbud"


def test_min_kalender_tom_ny_og_lukket(besoeg, v):
    sider = besoeg(v.paedagogiskleder)
    sider.til("/kalender/", "kalender-tom")
    sider.tryk("Lav en adresse", "kalender-ny")
    adresse = sider.side.locator("#adresse").input_value()
    assert "/kalender/" in adresse
    sider2 = besoeg(v.paedagogiskleder)
    sider2.til("/kalender/", "kalender-lavet")
    sider2.tryk("Luk adressen", "kalender-lukket")
