"""The pages of requests: three steps from the start page, what each person sees and never sees, and what it costs."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from moeder.models import Anmodning
from moeder.models.anmodning import FRIE_FELTER
from moeder.queries.anmodninger import ventende_skridt
from ressourcecenter.models import LokaleRegler
from samarbejde import tid
from samarbejde.formater import dato
from samarbejde.kalender import ferier
from samarbejde.models import Enhed
from samarbejde.permissions import Rolle
from tests.aftaler.sider import logget_ind
from tests.fabrik import enhed, person, rolle, verden
from tests.moeder.byg import DAG, anmod, moede
from tests.moeder.forberedelse import eget_lager, vedlagt
from tests.ressourcecenter.byg import Art, forum, ressourceperson

pytestmark = pytest.mark.django_db
BEGGE_DELE = "Du har både ret og pligt til at bede om et møde"
TVAERFAGLIG = "Skolen har intet Ressourcecenter. Kontakt områdets tværfaglige support."


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


def formular(v, art="ressourcecenter", skole=None):
    return reverse("anmod_om_moede", args=[(skole or v.skole).slug, art])


def felter(**nye):
    return {"niveau": "boernegruppe", "hvad": "Uro i 5. klasse", **nye}


def under(anmodning, hvad=""):
    return f"{anmodning.get_absolute_url()}{hvad}"


def tekst(svar):
    return re.sub(r"\s+", " ", svar.content.decode())


# --- three steps -------------------------------------------------------------------------------------------------
def test_s2_from_the_start_page_to_sent_in_three_steps_when_there_is_one_school(v):
    mette = logget_ind(v.medarbejder)
    start = tekst(mette.get("/"))
    assert 'href="/moeder/anmod/"' in start
    assert BEGGE_DELE in start
    foerste = mette.get("/moeder/anmod/")
    assert foerste["Location"] == formular(v)  # the choice is left out; the Ressourcecenter is the default (S20)
    side = tekst(mette.get(foerste["Location"]))
    assert BEGGE_DELE in side
    assert "ring 112" in side.lower()
    assert "underretning" in side
    assert formular(v, "laeringscenter") in side
    sendt = mette.post(formular(v), felter(), follow=True)
    anmodning = Anmodning.objects.get()
    assert sendt.redirect_chain == [(anmodning.get_absolute_url(), 302)]
    assert "Anmodningen er sendt" in tekst(sendt)
    assert "Hos: Kirsten Ravn." in tekst(sendt)


def test_s20_a_centre_with_several_schools_chooses_which(v):
    side = tekst(logget_ind(v.centerleder).get("/moeder/anmod/"))
    for skole in (v.skole, v.naboskole):
        assert formular(v, skole=skole) in side
    assert side.index(formular(v)) < side.index(formular(v, "laeringscenter"))
    assert formular(v, "ressourceteam", v.klynge) in side


def test_decision_5_case_42_a_private_school_has_none_and_says_where_to_go(v):
    privat = enhed("Privatskolen", ejerform=Enhed.Ejerform.PRIVAT, i=v.distrikt)
    laerer = person("Lis Privat")
    rolle(laerer, Rolle.MEDARBEJDER, privat)
    lis = logget_ind(laerer)
    assert TVAERFAGLIG in tekst(lis.get("/moeder/anmod/"))
    assert lis.get(formular(v, skole=privat)).status_code == 404
    center = enhed("Center Vest", Enhed.Art.FRITIDSCENTER, i=v.distrikt, til=[v.skole, privat])
    rolle(laerer, Rolle.FRITIDSLEDER, center)
    side = tekst(lis.get("/moeder/anmod/"))
    assert TVAERFAGLIG in side
    assert formular(v) in side


def test_case_12_an_untied_person_meets_404_and_no_name(v):
    for hvem in (v.udenfor, v.naboskoleleder):
        klient = logget_ind(hvem)
        assert klient.get(formular(v)).status_code == 404
        assert klient.post(formular(v), felter()).status_code == 404
    assert "Lindeskolen" not in tekst(logget_ind(v.udenfor).get("/moeder/anmod/"))
    assert not Anmodning.objects.exists()


# --- the form ----------------------------------------------------------------------------------------------------
def test_two_clicks_are_one_request(v):
    mette = logget_ind(v.medarbejder)
    kode = mette.get(formular(v)).context["form"]["kode"].value()
    for _ in range(2):
        assert mette.post(formular(v), felter(kode=kode)).status_code == 302
    assert Anmodning.objects.get().kode == kode


def test_an_error_keeps_every_word_and_opens_what_was_folded(v):
    skrevet = {felt: f"Om {felt}" for felt in FRIE_FELTER}
    svar = logget_ind(v.medarbejder).post(formular(v), {**skrevet, "hvad": ""})
    side = tekst(svar)
    assert svar.status_code == 200
    assert '<details class="details mt-4" open>' in side
    assert "Vælg, hvad det handler om." in side
    assert "Udfyld «Hvad handler det om?»." in side
    assert all(ord_ in side for felt, ord_ in skrevet.items() if felt != "hvad")


@pytest.mark.parametrize("felt", FRIE_FELTER)
def test_case_32_cpr_is_refused_over_http(v, felt):
    svar = logget_ind(v.medarbejder).post(formular(v), felter(**{felt: "Ring om 010203-1234"}))
    assert "personnumre" in tekst(svar)
    assert not Anmodning.objects.exists()


def test_s3_one_child_is_asked_for_without_a_word(v):
    mette = logget_ind(v.medarbejder)
    afvist = mette.post(formular(v), felter(niveau="enkeltbarn", hvad="Bo slår"))
    assert "Skriv ikke om barnet her" in tekst(afvist)
    assert mette.post(formular(v), {"niveau": "enkeltbarn", "hvad": ""}).status_code == 302
    assert "Drøftelse om et barn" in tekst(mette.get(Anmodning.objects.get().get_absolute_url()))
    i_plc = mette.post(formular(v, "laeringscenter"), {"niveau": "enkeltbarn", "hvad": ""})
    assert i_plc.status_code == 200
    assert Anmodning.objects.count() == 1


def test_s59_fritid_is_asked_who_at_the_school_works_with_it(v):
    assert "Hvem på skolen arbejder også med det?" in tekst(logget_ind(v.medarbejder).get(formular(v)))
    assert "Hvem arbejder også med det?" in tekst(logget_ind(v.vejleder).get(formular(v)))


def test_whoever_has_several_units_says_for_which(v):
    rolle(v.medarbejder, Rolle.MEDARBEJDER, v.skole)
    mette = logget_ind(v.medarbejder)
    assert "Vælg, hvilken enhed" in tekst(mette.post(formular(v), felter()))
    assert mette.post(formular(v), felter(enhed=v.kkfo.pk)).status_code == 302
    assert Anmodning.objects.get().anmodere.get().enhed == v.kkfo


def test_the_words_come_back_when_the_right_ended_meanwhile(v):
    rolletildeling = v.medarbejder.rolletildelinger.get()
    mette = logget_ind(v.medarbejder)
    mette.get(formular(v))
    type(rolletildeling).objects.filter(pk=rolletildeling.pk).update(gyldig_til=tid.i_dag())
    svar = mette.post(formular(v), felter(hvad="Det, jeg nåede at skrive"))
    assert svar.status_code == 404
    assert "Det, jeg nåede at skrive" in tekst(svar)
    assert not Anmodning.objects.exists()


# --- the page ----------------------------------------------------------------------------------------------------
def test_the_asker_sees_the_clock_and_the_answerer_the_choices(v, rc):
    anmodning = anmod(rc, v.medarbejder, v.kkfo, arbejder_ogsaa="Viggo Holm")
    mettes, kirstens = (tekst(logget_ind(hvem).get(under(anmodning))) for hvem in (v.medarbejder, v.koordinator))
    for side in (mettes, kirstens):
        assert f"senest {dato(anmodning.frist)}" in side
        assert "Viggo Holm" in side
    assert "Planlæg et møde" not in mettes
    assert "Træk anmodningen tilbage" in mettes
    assert "Planlæg et møde" in kirstens
    assert "Træk anmodningen tilbage" not in kirstens


def test_nobody_else_sees_it_exists(v, rc):
    anmodning = anmod(rc, v.medarbejder, v.kkfo)
    for hvem in (v.vejleder, v.paedagogiskleder, v.naboskoleleder, v.omraadechef, v.forvaltning, v.klyngeleder):
        klient = logget_ind(hvem)
        assert klient.get(under(anmodning)).status_code == 404, hvem
        assert klient.post(under(anmodning, "afvis/"), {"grund": "Nej"}).status_code == 404, hvem
        assert anmodning.hvad not in tekst(klient.get("/moeder/anmodninger/")), hvem
        assert anmodning.hvad not in tekst(klient.get("/haendelser/")), hvem
    assert logget_ind(v.medarbejder).post(under(anmodning, "afvis/"), {"grund": "Nej"}).status_code == 403


def test_case_13_a_decline_without_a_reason_is_refused_over_http(v, rc):
    anmodning = anmod(rc, v.medarbejder, v.kkfo)
    kirsten = logget_ind(v.koordinator)
    for grund in ("", "  \n "):
        assert "Skriv en grund" in tekst(kirsten.post(under(anmodning, "afvis/"), {"grund": grund}))
    assert Anmodning.objects.get().tilstand == "modtaget"
    assert kirsten.post(under(anmodning, "afvis/"), {"grund": "Vi mødes i morgen."}).status_code == 302
    mettes = tekst(logget_ind(v.medarbejder).get(under(anmodning)))
    assert "Vi mødes i morgen." in mettes
    assert "Forelæg afslaget for lederen" in mettes


def test_a_late_answer_keeps_the_reason_and_says_why_not(v, rc):
    anmodning = anmod(rc, v.medarbejder, v.kkfo, tilstand="trukket")
    svar = logget_ind(v.koordinator).post(under(anmodning, "afvis/"), {"grund": "Det, jeg skrev"})
    assert svar.status_code == 409
    assert "allerede besvaret" in tekst(svar)
    assert "Det, jeg skrev" in tekst(svar)


@pytest.mark.parametrize("hvad", ["planlaeg/", "dagsorden/", "henvis/", "afvis/", "saml/"])
def test_opened_when_it_is_answered_it_leads_back(v, rc, hvad):
    anmodning = anmod(rc, v.medarbejder, v.kkfo, tilstand="trukket")
    svar = logget_ind(v.koordinator).get(under(anmodning, hvad), follow=True)
    assert svar.redirect_chain == [(under(anmodning), 302)]
    assert "allerede besvaret" in tekst(svar)


def test_every_answer_over_http(v, rc):
    kirsten, m = logget_ind(v.koordinator), moede(rc, af=v.skoleleder, dage=20)
    anden = anmod(rc, v.vejleder, v.skole)
    plan = {"dato": f"{tid.i_dag() + 30 * DAG:%Y-%m-%d}", "begynder": "8.30", "slutter": "10.00"}
    svarene = {
        "planlaeg/": (plan, "planlagt"),
        "dagsorden/": ({"moede": m.pk}, "paa_dagsorden"),
        "henvis/": ({"forum": forum(v.skole, Art.PLC).pk, "tekst": "Det er om læring."}, "henvist"),
        "saml/": ({"med": anden.pk}, "flettet"),
        "afvis/": ({"grund": "Ikke nu."}, "afvist"),
    }
    for hvad, (data, tilstand) in svarene.items():
        anmodning = anmod(rc, v.medarbejder, v.kkfo)
        assert kirsten.get(under(anmodning, hvad)).status_code == 200, hvad
        assert "fejl" in tekst(kirsten.post(under(anmodning, hvad), {})).lower(), hvad
        assert kirsten.post(under(anmodning, hvad), data).status_code == 302, hvad
        assert Anmodning.objects.get(pk=anmodning.pk).tilstand == tilstand
        assert logget_ind(v.medarbejder).get(under(anmodning)).status_code == 200


def test_a_choice_that_is_not_offered_is_refused(v, rc):
    """A meeting, a forum or a request of somebody else's, by its number."""
    fremmed_moede = moede(forum(v.naboskole), af=v.naboskoleleder)
    fremmed = anmod(forum(v.naboskole), v.centerleder, v.center)
    anmodning, kirsten = anmod(rc, v.medarbejder, v.kkfo), logget_ind(v.koordinator)
    forkerte = {"dagsorden/": {"moede": fremmed_moede.pk}, "saml/": {"med": fremmed.pk}, "henvis/": {"forum": 99_999}}
    for hvad, data in forkerte.items():
        assert kirsten.post(under(anmodning, hvad), data).status_code == 200
    assert Anmodning.objects.get(pk=anmodning.pk).tilstand == "modtaget"


def test_withdraw_and_put_before_the_leader_over_http(v, rc):
    mette, anmodning = logget_ind(v.medarbejder), anmod(rc, v.medarbejder, v.kkfo)
    assert mette.get(under(anmodning, "traek/")).status_code == 200
    assert Anmodning.objects.get().tilstand == "modtaget"
    assert mette.post(under(anmodning, "traek/")).status_code == 302
    assert mette.post(under(anmodning, "traek/")).status_code == 409
    afvist = anmod(rc, v.medarbejder, v.kkfo, tilstand="afvist", svar_tekst="Nej.", besvaret_af=v.koordinator)
    assert mette.get(under(afvist, "forelaeg/")).status_code == 200
    assert mette.post(under(afvist, "forelaeg/")).status_code == 302
    assert mette.post(under(afvist, "forelaeg/")).status_code == 409
    assert "Planlæg et møde" not in tekst(logget_ind(v.koordinator).get(under(afvist)))
    assert "Planlæg et møde" in tekst(logget_ind(v.skoleleder).get(under(afvist)))


def test_d18_cancelling_warns_of_open_requests_in_the_forums_own_words(v, rc):
    m = moede(rc, af=v.skoleleder)
    aflys, sanne = reverse("aflys_moede", args=[m.kode]), logget_ind(v.skoleleder)
    assert "Der ligger anmodninger" not in tekst(sanne.get(aflys))
    lovet = anmod(rc, v.medarbejder, v.kkfo, hvad="Den lovede", tilstand="planlagt", moede=m)
    anmod(rc, v.medarbejder, v.kkfo, hvad="Den ubesvarede")
    anmod(rc, v.medarbejder, v.kkfo, hvad="Den lukkede", tilstand="trukket")
    LokaleRegler.objects.create(forum=rc, aflysningsregel="Vi aflyser kun uden anmodninger.")
    side = tekst(sanne.get(aflys))
    assert all(ord_ in side for ord_ in ("Den lovede", "Den ubesvarede", "Vi aflyser kun uden anmodninger."))
    assert "Den lukkede" not in side
    assert sanne.post(aflys, {"grund": "Sygdom"}).status_code == 302
    assert Anmodning.objects.get(pk=lovet.pk).tilstand == "modtaget"


# --- the list, the start page, the trail ---------------------------------------------------------------------------
def test_the_list_shows_mine_and_those_i_must_answer_by_state(v, rc):
    anmod(rc, v.koordinator, v.skole, hvad="Min egen")
    anmod(rc, v.medarbejder, v.kkfo, hvad="Mettes")
    anmod(rc, v.medarbejder, v.kkfo, hvad="Forelagt", tilstand="forelagt_skoleleder")
    anmod(rc, v.medarbejder, v.kkfo, hvad="Færdig", tilstand="trukket")
    kirsten = logget_ind(v.koordinator)

    def vist(foresporgsel=""):
        return {en.hvad for en in kirsten.get(f"/moeder/anmodninger/{foresporgsel}").context["side"].object_list}

    assert vist() == {"Min egen", "Mettes", "Forelagt", "Færdig"}
    assert vist("?vis=svar") == {"Min egen", "Mettes"}
    assert vist("?vis=mine") == {"Min egen"}
    assert vist("?tilstand=trukket") == {"Færdig"}
    assert vist("?vis=x&tilstand=y&side=-3") == vist()
    assert "Ingen anmodninger passer" in tekst(kirsten.get("/moeder/anmodninger/?tilstand=behandlet"))
    assert "Her er ingen anmodninger endnu" in tekst(logget_ind(v.udenfor).get("/moeder/anmodninger/"))


def test_the_start_page_says_whose_turn_it_is(v, rc):
    anmodning = anmod(rc, v.medarbejder, v.kkfo)
    assert [(en.er_min, en.frist) for en in ventende_skridt(v.koordinator)] == [(True, anmodning.frist)]
    (mettes,) = ventende_skridt(v.medarbejder)
    assert (mettes.er_min, mettes.hvem) == (False, "Koordinatoren eller skolelederen, Lindeskolen")
    assert ventende_skridt(v.paedagogiskleder) == []
    Anmodning.objects.update(tilstand="forelagt_skoleleder", svar_tekst="Nej.")
    assert [en.er_min for en in ventende_skridt(v.koordinator)] == [False]
    assert [(en.er_min, en.hvem) for en in ventende_skridt(v.skoleleder)] == [(True, "Skolelederen, Lindeskolen")]


def test_the_trail_is_for_those_who_may_see_the_request(v, rc):
    logget_ind(v.medarbejder).post(formular(v), felter())
    for hvem, ser in ((v.medarbejder, True), (v.koordinator, True), (v.vejleder, False), (v.omraadechef, False)):
        assert ("har bedt om et møde i" in tekst(logget_ind(hvem).get("/haendelser/?art=anmodning"))) == ser


# --- what it costs -----------------------------------------------------------------------------------------------
def antal(klient, adresse):
    with CaptureQueriesContext(connection) as kald:
        assert klient.get(adresse).status_code == 200
    return len(kald)


def test_every_page_costs_the_same_with_one_and_with_fifty(v, rc, settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    ferier()  # read once an hour
    anmod(rc, v.vejleder, v.skole)
    anmodning = anmod(rc, v.medarbejder, v.kkfo)
    moede(rc, af=v.skoleleder)
    kirsten, mette, carl = (logget_ind(hvem) for hvem in (v.koordinator, v.medarbejder, v.centerleder))
    ventet = {
        (kirsten, "/moeder/anmodninger/"): 6,
        (mette, "/moeder/anmodninger/"): 6,
        (kirsten, under(anmodning)): 9,
        (mette, under(anmodning)): 8,
        (mette, under(anmodning, "filer/")): 5,
        (kirsten, under(anmodning, "dagsorden/")): 6,
        (kirsten, under(anmodning, "saml/")): 7,
        (kirsten, under(anmodning, "henvis/")): 6,
        (kirsten, under(anmodning, "afvis/")): 5,
        (mette, formular(v)): 7,
        (carl, "/moeder/anmod/"): 5,
    }
    assert {sted: antal(*sted) for sted in ventet} == ventet
    for nummer in range(55):
        moede(rc, af=v.skoleleder, dage=20 + nummer)
        anmod(rc, v.medarbejder, v.kkfo, hvad=f"Sag {nummer}")
        ressourceperson(rc, person(f"Person {nummer}"))
        vedlagt(anmodning, v.medarbejder, f"Bilag {nummer}.png")
    assert {sted: antal(*sted) for sted in ventet} == ventet
    side = kirsten.get("/moeder/anmodninger/")
    assert len(side.context["side"].object_list) == 50


def test_the_start_page_costs_one_query_more_for_requests_however_many(v, rc):
    with CaptureQueriesContext(connection) as kald:
        ventende_skridt(v.udenfor)
    assert len(kald) == 1  # her roles, and nothing more
    sanne = logget_ind(v.skoleleder)
    foer = antal(sanne, "/")
    for _ in range(30):
        anmod(rc, v.medarbejder, v.kkfo)
    assert antal(sanne, "/") == foer
    assert foer <= 9
