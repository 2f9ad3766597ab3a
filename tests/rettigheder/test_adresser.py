"""The sweep: every URL there is, as nobody and as every known person (S53).

Anonymous: to the login. Outsider: 404. Insider without the right: 403 with the rule, its source and who can.
"""

import re
from collections import defaultdict
from html import escape
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from samarbejde.models import Haendelse, Person
from samarbejde.permissions import REGLER, TILLADT, Handling, maa
from samarbejde.roller import HELE_KOMMUNEN
from tests.moeder.forberedelse import eget_lager
from tests.rettigheder import adresser
from tests.rettigheder.adresser import ADRESSER, ALLE, HEMMELIGT, INDLOGGEDE, KUN_DERES_EGET, alle_adresser

pytestmark = pytest.mark.django_db

VISNINGER = {moenster.name: moenster.callback for moenster in alle_adresser()}
MED_RET = {navn: handling for navn, (handling, _) in ADRESSER.items() if isinstance(handling, Handling)}


@pytest.fixture
def ting(settings, tmp_path):
    settings.STORAGES = eget_lager(settings, tmp_path)
    return adresser.ting()


def adresse(navn, ting):
    return reverse(navn, kwargs=ADRESSER[navn][1](ting))


def ventet(navn, ting):
    """What everybody should meet at an address: {person: 404, 403 or 200}."""
    visning = VISNINGER[navn]
    if not hasattr(visning, "model"):
        return {hvem: 200 if maa(hvem, visning.handling, HELE_KOMMUNEN) else 403 for hvem in Person.objects.all()}
    objekt = visning.model.objects.all().paa_adressen(**ADRESSER[navn][1](ting)).first()
    return {hvem: moeder(hvem, visning, objekt) for hvem in Person.objects.all()}


def moeder(hvem, visning, objekt):
    if not maa(hvem, visning.ses_med, objekt):
        return 404
    return 200 if maa(hvem, visning.handling, objekt) else 403


def indhold(response):
    """What came, whether it is a page or a file, which is closed by being read."""
    return b"".join(response).decode("utf-8", "replace")


def afvisninger(ting, status):
    """(address name, person, response) of every GET and POST by everybody who should meet that status."""
    folk = {navn: ventet(navn, ting) for navn in MED_RET}
    for person in Person.objects.all():
        klient = Client()
        klient.force_login(person)
        for navn in MED_RET:
            if folk[navn][person] == status:
                for response in (klient.get(adresse(navn, ting)), klient.post(adresse(navn, ting), {"alt": "muligt"})):
                    yield navn, person, response


# --- nothing is left out -----------------------------------------------------------------------------------------
def test_every_address_is_written_down_here():
    assert sorted(moenster.name or f"uden navn: {moenster.pattern}" for moenster in alle_adresser()) == sorted(
        ADRESSER
    ), "En ny adresse skal skrives i tests/rettigheder/adresser.py med sin Handling og et rigtigt objekt."


def test_every_view_says_which_act_it_guards():
    uden = [navn for navn, visning in VISNINGER.items() if not hasattr(visning, "handling")]
    assert uden == [], "Sæt @kraever, @kraever_kommunen, @for_alle_indloggede eller @for_alle på visningen."


def test_every_view_asks_for_the_right_that_is_written_here():
    assert {navn: getattr(visning, "handling", None) for navn, visning in VISNINGER.items()} == {
        navn: handling for navn, (handling, _) in ADRESSER.items()
    }


def test_only_what_is_public_is_open_to_anybody():
    aabne = {navn for navn, visning in VISNINGER.items() if not getattr(visning, "login_required", True)}
    assert aabne == {navn for navn, (handling, _) in ADRESSER.items() if handling == ALLE}


# --- who meets what ----------------------------------------------------------------------------------------------
def test_anonymous_is_sent_to_the_login(ting, client):
    for navn in {navn for navn, (handling, _) in ADRESSER.items() if handling != ALLE}:
        for response in (client.get(adresse(navn, ting)), client.post(adresse(navn, ting))):
            assert (response.status_code, urlsplit(response["Location"]).path) == (302, "/log-ind/"), navn


def test_anonymous_meets_no_name_on_the_public_pages(ting, client):
    for navn, (handling, _) in ADRESSER.items():
        if handling == ALLE:
            response = client.get(adresse(navn, ting))
            assert response.status_code in {200, 302}, navn
            for ord_ in ("Sanne Lund", "Lindeskolen", "Linde Skoledistrikt", HEMMELIGT, "@demo.example"):
                assert ord_ not in response.content.decode(), navn


def test_an_outsider_meets_404(ting):
    """Of the two methods one may not exist; the other says that nothing is there."""
    foer, set_ = Haendelse.objects.count(), defaultdict(set)
    for navn, person, response in afvisninger(ting, 404):
        set_[navn, person].add(response.status_code)
    assert {fundet for fundet, status in set_.items() if status not in ({404}, {404, 405})} == set()
    med_objekt = {navn for navn in MED_RET if hasattr(VISNINGER[navn], "model")}
    assert {(navn, hvem) for navn in med_objekt for hvem in (ting.v.udenfor, ting.v.naboskoleleder)} <= set(set_)
    assert Haendelse.objects.count() == foer


def test_an_insider_without_the_right_meets_the_rule(ting):
    foer, afviste = Haendelse.objects.count(), set()
    for navn, person, response in afvisninger(ting, 403):
        if response.status_code == 405:
            continue
        afviste.add((navn, person))
        side, handling = response.content.decode(), MED_RET[navn]
        assert response.status_code == 403, f"{person}: {navn}"
        for ord_ in (REGLER[handling].saetning, REGLER[handling].kilde, *(rolle.label for rolle in TILLADT[handling])):
            assert escape(ord_) in side, f"{person}: {navn}"
    assert Haendelse.objects.count() == foer
    assert afviste == {(navn, hvem) for navn in MED_RET for hvem, status in ventet(navn, ting).items() if status == 403}
    bare_at_se = {navn for navn in MED_RET if VISNINGER[navn].handling == getattr(VISNINGER[navn], "ses_med", "")}
    assert {"aftale", "enhed", "distrikt", "forum", "moede"} <= bare_at_se
    assert {navn for navn, _ in afviste} == set(MED_RET) - bare_at_se


def test_those_with_the_right_get_in(ting, client):
    for navn in MED_RET:
        inde = [hvem for hvem, status in ventet(navn, ting).items() if status == 200]
        assert inde, f"en ret, som ingen i verden har, er ikke prøvet: {navn}"
        for person in inde:
            client.force_login(person)
            response = client.get(adresse(navn, ting))
            status, _ = response.status_code, indhold(response)
            uden_pdf = navn == "aftale_pdf" and status == 404
            assert status in {200, 302, 405} or uden_pdf, f"{person}: {navn} {status}"


def test_what_everybody_may_open_is_for_everybody_who_is_logged_in(ting, client):
    for person in (ting.v.udenfor, ting.v.medarbejder, ting.v.administrator, ting.v.skoleleder):
        client.force_login(person)
        for navn, (handling, _) in ADRESSER.items():
            if handling == INDLOGGEDE and navn not in KUN_DERES_EGET:
                assert client.get(adresse(navn, ting)).status_code in {200, 302}, navn


def test_what_one_wrote_is_for_nobody_else(ting, client):
    for person in (ting.v.udenfor, ting.v.paedagogiskleder, ting.v.administrator):
        client.force_login(person)
        assert client.get(adresse("gemt", ting)).status_code == 404


def test_decision_11_no_word_of_a_draft_reaches_anybody_without_the_right(ting, client):
    """Case 43: every page there is, as everybody; and those who may read it do meet it."""
    moedt = set()
    for person in Person.objects.all():
        client.force_login(person)
        for navn in ADRESSER:
            if navn != "account_logout" and HEMMELIGT in indhold(client.get(adresse(navn, ting))):
                moedt.add(person)
    assert moedt == {person for person in Person.objects.all() if maa(person, Handling.LAES_KLADDE, ting.kladde)}
    assert not moedt & {ting.v.forvaltning, ting.v.omraadechef, ting.v.administrator, ting.v.netvaerkskoordinator}


# --- forged forms ------------------------------------------------------------------------------------------------
def test_a_form_without_the_csrf_token_is_refused_everywhere(ting):
    foer = Haendelse.objects.count()
    for navn in ADRESSER:
        klient = Client(enforce_csrf_checks=True)
        klient.force_login(ting.v.skoleleder)
        assert klient.post(adresse(navn, ting), {"grund": "x"}).status_code == 403, navn
        assert "_auth_user_id" in klient.session, navn
    assert Haendelse.objects.count() == foer


def test_a_forged_form_with_a_stolen_signature_is_shown_and_not_sent(ting):
    """The signed name of the writer lets the text be kept; it never stands for the token."""
    klient = Client(enforce_csrf_checks=True)
    klient.force_login(ting.v.skoleleder)
    response = klient.post(
        adresse("send_til_godkendelse", ting),
        adresser.underskrift(ting.v.skoleleder),
        HTTP_REFERER="https://ond.example",
    )
    assert response.status_code in {302, 403}
    ting.kladde.refresh_from_db()
    assert ting.kladde.tilstand == "kladde"


def test_no_view_is_exempt_from_csrf():
    assert [navn for navn, visning in VISNINGER.items() if getattr(visning, "csrf_exempt", False)] == []


def test_every_form_on_every_page_carries_the_token(ting, client):
    set_formularer = 0
    for person in (ting.v.skoleleder, ting.v.paedagogiskleder, ting.v.administrator):
        client.force_login(person)
        for navn in set(ADRESSER) - {"account_logout"}:
            side = indhold(client.get(adresse(navn, ting)))
            for formular in re.findall(r"<form\b.*?</form>", side, re.DOTALL | re.IGNORECASE):
                if re.search(r"method=[\"']?post", formular, re.IGNORECASE):
                    set_formularer += 1
                    assert 'name="csrfmiddlewaretoken"' in formular, f"{navn}: {formular[:200]}"
    assert set_formularer > 20
