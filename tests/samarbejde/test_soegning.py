"""Search of units and people, within what one may see and nothing more (D33, S53). The order is Danish (D35)."""

from datetime import timedelta

import pytest

from samarbejde import soegning, tid
from samarbejde.actions import afslut_rolle, luk_person
from samarbejde.models import Enhed
from samarbejde.organisation import luk_enhed, ret_enhed, ret_person
from samarbejde.permissions import Rolle
from tests.fabrik import Art, enhed, person, rolle, verden
from tests.ressourcecenter.byg import Art as Forumart
from tests.ressourcecenter.byg import delegation, forum, ressourceperson

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def enheder(hvem, tekst):
    return [fundet.navn for fundet in soegning.soeg(hvem, tekst).enheder]


def personer(hvem, tekst):
    return {fundet.navn: [(et.hvad, et.hvor) for et in fundet.som] for fundet in soegning.soeg(hvem, tekst).personer}


def side(client, hvem, tekst, status=200):
    client.force_login(hvem)
    svar = client.get("/soeg/", {"q": tekst})
    assert svar.status_code == status
    return svar.content.decode()


# --- units -------------------------------------------------------------------------------------------------------
def test_s53_units_of_ones_own_district_are_found_and_others_are_not(v):
    assert enheder(v.skoleleder, "linde") == ["KKFO Lindely", "Lindeskolen"]
    assert enheder(v.skoleleder, "ege") == []
    assert enheder(v.naboskoleleder, "linde") == []
    assert enheder(v.naboskoleleder, "EGE") == ["Egeskolen", "KKFO Egely"]
    assert enheder(v.centerleder, "kkfo") == ["KKFO Egely", "KKFO Lindely"]
    assert enheder(v.forvaltning, "skolen") == ["Egeskolen", "Lindeskolen"]


def test_s53_an_outsider_finds_nothing_at_all(v, client):
    for tekst in ("linde", "sanne", "ege", "havn", "e"):
        svar = side(client, v.udenfor, tekst)
        assert "Lindeskolen" not in svar
        assert "Sanne Lund" not in svar
    assert "Ingen fundet" in side(client, v.udenfor, "linde")


def test_danish_letters_are_found_whatever_the_case(v):
    """SQLite's own comparison does not know Ø from ø."""
    assert enheder(v.netvaerkskoordinator, "ÅEN") == enheder(v.netvaerkskoordinator, "åen") == ["Netværk Åen"]
    assert enheder(v.forvaltning, "øst") == ["Område Øst"]


def test_d35_what_is_found_stands_in_danish_order(v):
    for navn in ("Åhuset", "Ærehuset", "Øhuset", "Aabohuset", "Zhuset", "Ahuset"):
        enhed(navn, Art.DAGINSTITUTION, i=v.distrikt)
    for navn in ("Åse Prøve", "Ærna Prøve", "Øjvind Prøve", "Zara Prøve", "Anna Prøve"):
        rolle(person(navn), Rolle.DAGTILBUDSLEDER, v.boernehus)
    assert enheder(v.skoleleder, "huset") == [
        *("Ahuset", "Børnehuset Månen", "Børnehuset Solsikken", "Zhuset", "Ærehuset", "Øhuset", "Aabohuset", "Åhuset"),
    ]
    assert list(personer(v.skoleleder, "prøve")) == [
        *("Anna Prøve", "Zara Prøve", "Ærna Prøve", "Øjvind Prøve", "Åse Prøve"),
    ]


def test_a_closed_unit_and_an_old_name_are_not_found(v):
    luk_enhed(enhed=v.boernehus, gyldig_til=tid.i_dag(), af=None)
    ret_enhed(enhed=v.selvejende, navn="Børnehuset Solen", af=None)
    assert enheder(v.skoleleder, "børnehuset") == ["Børnehuset Solen"]


# --- people ------------------------------------------------------------------------------------------------------
def test_leaders_and_coordinators_of_the_units_one_may_see_are_found(v):
    assert personer(v.medarbejder, "lund") == {"Sanne Lund": [("skoleleder", "Lindeskolen")]}
    assert personer(v.medarbejder, "ravn kirsten") == {"Kirsten Ravn": [("koordinator", "Lindeskolen")]}
    assert personer(v.medarbejder, "nils eg") == personer(v.medarbejder, "niels bo") == {}
    assert personer(v.naboskoleleder, "sanne") == {}


def test_d33_staff_are_found_only_by_the_leader_who_registers_them(v):
    """`_antal_medarbejdere`: who works somewhere is nobody else's list, also not the coordinator's or forvaltning's."""
    assert personer(v.paedagogiskleder, "mette") == {"Mette Bak": [("medarbejder", "KKFO Lindely")]}
    assert personer(v.skoleleder, "viggo") == {"Viggo Holm": [("medarbejder", "Lindeskolen")]}
    for hvem in (v.skoleleder, v.koordinator, v.medarbejder, v.vejleder, v.klyngeleder, v.forvaltning, v.administrator):
        assert personer(hvem, "mette") == {}


def test_s31_resource_persons_are_found_by_those_who_may_see_the_forum(v):
    """One person in both forums of a school is one line; the neighbour's forum is not found."""
    psykolog = person("Petra Psyk")
    for hvor in (forum(v.skole), forum(v.skole, Forumart.PLC), forum(v.naboskole)):
        ressourceperson(hvor, psykolog)
    hos = [(fag, sted) for fag, sted in personer(v.medarbejder, "petra")["Petra Psyk"]]
    assert [sted for _, sted in hos] == ["Lindeskolen"]
    assert hos[0][0].startswith("ressourceperson (")
    assert [sted for _, sted in personer(v.centerleder, "petra")["Petra Psyk"]] == ["Lindeskolen", "Egeskolen"]
    assert personer(v.dagtilbudsleder, "petra") == personer(v.udenfor, "petra") == {}


def test_s31_one_whose_time_is_over_or_not_come_is_not_found(v):
    i_dag = tid.i_dag()
    ressourceperson(forum(v.skole), person("Petra Forhen"), til=i_dag)
    ressourceperson(forum(v.skole), person("Petra Fremtid"), fra=i_dag + timedelta(days=1))
    afslut_rolle(tildeling=v.koordinator.rolletildelinger.get(), gyldig_til=i_dag, af=None)
    assert personer(v.skoleleder, "petra") == personer(v.skoleleder, "kirsten") == {}


def test_s34_a_delegate_is_found_at_the_school_and_not_next_door(v):
    delegation(v.center, v.skole, v.teamkoordinator)
    assert personer(v.medarbejder, "tove") == {"Tove Krog": [("fast deltager for Fritidscenter Havnen", "Lindeskolen")]}
    assert personer(v.naboskoleleder, "tove") == {}
    assert len(personer(v.centerleder, "tove")["Tove Krog"]) == 2  # and as the centre's own employee


def test_a_closed_account_is_not_found(v):
    luk_person(person=v.koordinator, af=None)
    assert personer(v.skoleleder, "kirsten") == {}


def test_a_protected_person_is_found_by_name_where_they_are_shown_and_never_with_mail(v, client):
    """Decision 30. And nobody is found by a mail address."""
    ret_person(person=v.koordinator, af=None, er_beskyttet=True)
    tekst = side(client, v.skoleleder, "kirsten")
    assert "Kirsten Ravn" in tekst
    assert v.koordinator.email not in tekst
    assert personer(v.skoleleder, "koordinator@demo") == {}
    ret_person(person=v.medarbejder, af=None, er_beskyttet=True)
    assert personer(v.skoleleder, "mette") == {}


def test_somebody_with_two_roles_is_one_person(v):
    rolle(v.centerleder, Rolle.DAGTILBUDSLEDER, v.boernehus)
    assert personer(v.skoleleder, "carl") == {
        "Carl Havn": [("centerleder", "Fritidscenter Havnen"), ("dagtilbudsleder", "Børnehuset Solsikken")]
    }


# --- what is typed -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("tekst", ["%", "_", "%%", "__", "li_de", "%skolen", "\\%", "' OR 1=1 --", "a" * 100, "🙂🙂"])
def test_signs_of_the_database_are_letters_like_others(v, client, tekst):
    """Lindeskolen is there to be found by a wildcard."""
    svar = side(client, v.skoleleder, tekst)
    assert "Lindeskolen" not in svar
    assert "Sanne Lund</strong>" not in svar


@pytest.mark.parametrize(
    ("tekst", "svar"),
    [
        ("", "Du kan finde enheder i dine egne distrikter"),
        ("   ", "Du kan finde enheder i dine egne distrikter"),
        ("l", "Skriv mindst to bogstaver af navnet."),
        ("a" * 101, "Skriv højst 100 tegn."),
        ("lind\r\n\x07eskolen", "Lindeskolen"),
        ("\u202elinde", "Lindeskolen"),
        ("<script>alert(1)</script>", "&lt;script&gt;"),
    ],
)
def test_what_cannot_be_searched_is_said_and_never_a_fault(v, client, tekst, svar):
    fundet = side(client, v.skoleleder, tekst)
    assert svar in fundet
    assert "<script>alert" not in fundet


def test_nul_in_an_address_is_no_page(v, client):
    side(client, v.skoleleder, "li\x00nde", status=404)


def test_searching_is_a_get_that_needs_a_login_and_nothing_else(v, client):
    assert client.get("/soeg/?q=linde").status_code == 302
    client.force_login(v.skoleleder)
    assert client.post("/soeg/", {"q": "linde"}).status_code == 405
    assert "/soeg/" in client.get("/").content.decode()


# --- many --------------------------------------------------------------------------------------------------------
def test_more_than_fifty_are_cut_and_one_is_asked_to_write_more(v, client):
    for nummer in range(51):
        hus = enhed(f"Prøvehus {nummer:02}", Art.DAGINSTITUTION, i=v.distrikt)
        rolle(person(f"Prøve {nummer:02}"), Rolle.DAGTILBUDSLEDER, hus)
    resultat = soegning.soeg(v.skoleleder, "prøve")
    assert (len(resultat.enheder), len(resultat.personer)) == (50, 50)
    assert resultat.flere_enheder
    assert resultat.flere_personer
    assert side(client, v.skoleleder, "prøve").count("Skriv mere af navnet.") == 2
    assert "Skriv mere af navnet." not in side(client, v.skoleleder, "prøvehus 01")


def test_the_page_asks_the_same_number_of_questions_however_much_is_found(v, client, django_assert_num_queries):
    client.force_login(v.skoleleder)
    client.get("/soeg/?q=linde")
    with django_assert_num_queries(7):
        client.get("/soeg/?q=prøve")
    rc = forum(v.skole)
    for nummer in range(30):
        rolle(
            person(f"Prøve {nummer}"), Rolle.DAGTILBUDSLEDER, enhed(f"Prøve {nummer}", Art.DAGINSTITUTION, i=v.distrikt)
        )
        ressourceperson(rc, person(f"Prøve R{nummer}"))
        delegation(v.center, v.skole, person(f"Prøve D{nummer}"))
    with django_assert_num_queries(7):
        svar = client.get("/soeg/?q=prøve")
    assert len(svar.context["resultat"].enheder) == 30
    assert Enhed.objects.filter(navn__startswith="Prøve").count() == 30
