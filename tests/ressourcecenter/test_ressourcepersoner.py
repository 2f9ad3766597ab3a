"""Resource persons (S4, S31; decisions 7, 22): from school, from fritid or external, by where they are employed."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from ressourcecenter import actions
from ressourcecenter.models import Forum, Ressourceperson
from samarbejde import tid
from samarbejde.actions import afslut_rolle, luk_person
from samarbejde.models import Besked, Faglighed, Haendelse, Person
from samarbejde.permissions import Handling, IkkeTilladtError, Relation, Rolle, maa
from samarbejde.roller import mine_roller
from tests.fabrik import Art as Enhedsart
from tests.fabrik import enhed, person, rolle, verden
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db
DAG = timedelta(days=1)
Tilhoer = Ressourceperson.Tilhoersforhold


@pytest.fixture
def v():
    v = verden()
    rolle(v.sundhedsplejerske, Rolle.MEDARBEJDER, v.omraade, titel="sundhedsplejerske")
    return v


def fag(navn="psykolog"):
    return Faglighed.objects.get(navn=navn)


def tilknyt(v, hvem, *fora, af=None, **felter):
    standard = {"faglighed": fag(), "gyldig_fra": tid.i_dag(), "gyldig_til": None}
    fora = fora or (forum(v.skole),)
    return actions.tilknyt_ressourceperson(fora=fora, person=hvem, af=af or v.skoleleder, **{**standard, **felter})


def adresse(navn, v, *pk):
    return reverse(navn, args=[v.skole.slug, *pk])


def felter(v, **mere):
    return {
        "person": "",
        "email": "",
        "faglighed": fag().pk,
        "fora": [forum(v.skole).pk],
        "fra": tid.i_dag().isoformat(),
        "til_og_med": "",
        **mere,
    }


def klient(client, hvem):
    client.force_login(hvem)
    return client


# --- where they come from ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("hvem", "ventet", "hvor"),
    [
        ("vejleder", Tilhoer.SKOLE, "skole"),
        ("medarbejder", Tilhoer.FRITID, "kkfo"),
        ("teamkoordinator", Tilhoer.FRITID, "center"),
        ("sundhedsplejerske", Tilhoer.EKSTERN, "omraade"),
    ],
)
def test_s31_the_employment_decides(v, hvem, ventet, hvor):
    """Decision 22: external is everybody not employed at the school or at an attached fritid unit."""
    (ny,) = tilknyt(v, getattr(v, hvem))
    assert (ny.tilhoersforhold, ny.enhed) == (ventet, getattr(v, hvor))


def test_s31_an_external_person_serves_many_forums_of_the_omraade(v):
    tilknyt(v, v.sundhedsplejerske, forum(v.skole), forum(v.skole, Art.PLC))
    tilknyt(v, v.sundhedsplejerske, forum(v.naboskole), af=v.naboskoleleder)
    assert Ressourceperson.objects.filter(person=v.sundhedsplejerske).count() == 3
    assert set(mine_roller(v.sundhedsplejerske).fora.values()) == {frozenset({Relation.EKSTERN_RESSOURCEPERSON})}


def test_s31_from_another_omraade_only_when_one_says_so(v, client):
    andet = enhed("Område Vest", Enhedsart.OMRAADE, til=v.kommune)
    fjern = person("Fjeder Fjern", email="fjern@demo.example")
    rolle(fjern, Rolle.MEDARBEJDER, andet)
    sted = adresse("tilknyt_ressourceperson", v)
    side = unescape(klient(client, v.skoleleder).post(sted, felter(v, email="Fjern@demo.example")).content.decode())
    assert "hører ikke til områdets tværfaglige support" in side
    assert 'type="checkbox" name="ogsaa_udefra"' in side
    assert 'value="Fjern@demo.example"' in side or 'value="fjern@demo.example"' in side
    assert not Ressourceperson.objects.exists()
    client.post(sted, felter(v, email="fjern@demo.example", ogsaa_udefra="on"))
    assert Ressourceperson.objects.get().tilhoersforhold == Tilhoer.EKSTERN


def test_s31_nobody_is_asked_to_confirm_what_is_not_in_question(v, client):
    """The form as the browser posts it: the hidden field is there, and empty. What is missing is another field."""
    sted = adresse("tilknyt_ressourceperson", v)
    side = klient(client, v.skoleleder).post(sted, felter(v, person="", ogsaa_udefra="")).content.decode()
    assert "Vælg en person fra listen" in unescape(side)
    assert 'type="hidden" name="ogsaa_udefra"' in side
    assert "Tilknyt personen alligevel" not in side


def test_d32_from_outside_the_municipality_the_account_must_expire(v):
    udefra = person("Uffe Udefra")
    with pytest.raises(ValidationError, match="kontoen har ingen udløbsdato"):
        tilknyt(v, udefra, ogsaa_udefra=True)
    udefra.udloeber_den = tid.i_dag() + 100 * DAG
    udefra.save()
    (ny,) = tilknyt(v, udefra, ogsaa_udefra=True)
    assert (ny.tilhoersforhold, ny.enhed) == (Tilhoer.EKSTERN, None)
    assert maa(udefra, Handling.SE_FORUM, forum(v.skole))
    with tid.frys(tid.fra_lokal(udefra.udloeber_den, tid.datetime.min.time())):
        assert not maa(udefra, Handling.SE_FORUM, forum(v.skole))


def test_d32_a_new_account_from_outside_expires_and_gets_an_invitation(v, client):
    """And nothing halfway: refused by a rule, there is no account either."""
    udloeber = tid.i_dag() + 200 * DAG
    ny = {"email": "Uffe@udefra.example", "navn": "Uffe Udefra", "udloeber_den": udloeber.isoformat()}
    sted = adresse("tilknyt_ressourceperson", v)
    client.force_login(v.skoleleder)
    advaret = unescape(client.post(sted, felter(v, **ny)).content.decode())
    assert "hører ikke til områdets tværfaglige support" in advaret
    assert not Person.objects.filter(navn="Uffe Udefra").exists()
    client.post(sted, felter(v, **ny, ogsaa_udefra="on"))
    uffe = Person.objects.get(email="uffe@udefra.example")
    assert uffe.udloeber_den == udloeber + DAG
    assert Ressourceperson.objects.get().person == uffe
    assert "/invitation/" in Besked.objects.get(til=uffe, levering="bestilt").tekst


# --- who attaches ------------------------------------------------------------------------------------------------
def test_s30_the_coordinator_attaches_within_the_scope(v, client):
    koordinator = v.koordinator.rolletildelinger.get()
    actions.ret_koordinator(tildeling=koordinator, omfang="rc", gyldig_til=None, af=v.skoleleder)
    side = klient(client, v.koordinator).get(adresse("tilknyt_ressourceperson", v)).content.decode()
    assert f'name="fora" value="{forum(v.skole).pk}"' in side
    assert f'name="fora" value="{forum(v.skole, Art.PLC).pk}"' not in side
    client.post(adresse("tilknyt_ressourceperson", v), felter(v, person=v.vejleder.pk))
    assert Ressourceperson.objects.get().forum.art == Art.RC
    with pytest.raises(IkkeTilladtError):
        tilknyt(v, v.medarbejder, forum(v.skole, Art.PLC), af=v.koordinator)


@pytest.mark.parametrize(
    ("hvem", "status"),
    [
        ("paedagogiskleder", 403),
        ("centerleder", 403),
        ("vejleder", 403),
        ("klyngeleder", 403),
        ("omraadechef", 403),
        ("forvaltning", 403),
        ("administrator", 404),
        ("nabokoordinator", 404),
        ("udenfor", 404),
    ],
)
def test_nobody_else_attaches_or_ends(v, client, hvem, status):
    (der_er,) = tilknyt(v, v.vejleder)
    foer = Haendelse.objects.count()
    klient(client, getattr(v, hvem))
    for navn, pk in (("tilknyt_ressourceperson", ()), ("afslut_ressourceperson", (der_er.pk,))):
        svar = client.post(adresse(navn, v, *pk), felter(v, person=v.medarbejder.pk))
        assert svar.status_code == status, navn
    assert Ressourceperson.objects.get().gyldig_til is None
    assert Haendelse.objects.count() == foer


def test_s46_the_team_is_its_leaders(v):
    team = forum(v.klynge)
    (ny,) = tilknyt(v, v.sundhedsplejerske, team, af=v.klyngeleder)
    assert ny.tilhoersforhold == Tilhoer.EKSTERN
    with pytest.raises(IkkeTilladtError):
        tilknyt(v, v.vejleder, team, af=v.skoleleder)


# --- bad input ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("mere", "fejl"),
    [
        ({}, "Vælg en person fra listen, eller skriv en mailadresse"),
        ({"person": "x"}, "Personen kan ikke vælges mere"),
        ({"email": "ingen@demo.example"}, "Skriv personens navn"),
        ({"email": "ingen@demo.example", "navn": "Uffe"}, "Vælg, hvornår kontoen udløber"),
        ({"email": "ikke en adresse"}, "Skriv en hel mailadresse"),
        ({"person": "VEJLEDER", "fora": []}, "Vælg mindst ét forum"),
        ({"person": "VEJLEDER", "fora": ["999999"]}, "findes ikke længere"),
        ({"person": "VEJLEDER", "faglighed": "999999"}, "Vælg en faglighed fra listen"),
        ({"person": "VEJLEDER", "til_og_med": "2020-01-01"}, "Slutdatoen ligger før startdatoen"),
        ({"person": "VEJLEDER", "email": "udenfor@demo.example"}, "ikke begge"),
    ],
)
def test_bad_input_is_a_danish_sentence_and_attaches_nobody(v, client, mere, fejl):
    mere = {felt: v.vejleder.pk if vaerdi == "VEJLEDER" else vaerdi for felt, vaerdi in mere.items()}
    side = klient(client, v.skoleleder).post(adresse("tilknyt_ressourceperson", v), felter(v, **mere))
    assert side.status_code == 200
    assert fejl in unescape(side.content.decode())
    assert not Ressourceperson.objects.exists()


def test_the_same_person_twice_in_the_same_forum_is_refused(v, client):
    for _ in range(2):
        side = klient(client, v.skoleleder).post(adresse("tilknyt_ressourceperson", v), felter(v, person=v.vejleder.pk))
    assert "Viggo Holm er allerede ressourceperson i Ressourcecenter, Lindeskolen" in unescape(side.content.decode())
    assert Ressourceperson.objects.count() == 1
    tilknyt(v, v.vejleder, forum(v.skole, Art.PLC))


def test_two_forums_or_none(v):
    """Nothing halfway: attached to the Læringscenter already, so not to the Ressourcecenter either."""
    tilknyt(v, v.vejleder, forum(v.skole, Art.PLC))
    with pytest.raises(ValidationError, match="allerede ressourceperson i Pædagogisk Læringscenter"):
        tilknyt(v, v.vejleder, forum(v.skole), forum(v.skole, Art.PLC))
    assert Ressourceperson.objects.count() == 1


def test_a_closed_account_is_not_attached(v):
    v.vejleder.lukket_den = tid.nu()
    v.vejleder.save()
    with pytest.raises(ValidationError, match="Kontoen for Viggo Holm er lukket"):
        tilknyt(v, v.vejleder)


# --- rights that follow and end ----------------------------------------------------------------------------------
def test_s54_rights_follow_the_attachment_and_the_employment_it_rests_on(v, client):
    """External: own forum, its school and district; nothing next door. Gone when either ends, also when logged in."""
    (ny,) = tilknyt(v, v.sundhedsplejerske)
    klient(client, v.sundhedsplejerske)
    assert client.get(adresse("forum", v)).status_code == 200
    assert client.get(v.distrikt.get_absolute_url()).status_code == 200
    assert client.get(reverse("forum", args=[v.naboskole.slug])).status_code == 404
    actions.afslut_ressourceperson(ressourceperson=ny, gyldig_til=tid.i_dag(), af=v.skoleleder)
    assert client.get(adresse("forum", v)).status_code == 404
    assert client.get(v.distrikt.get_absolute_url()).status_code == 404
    tilknyt(v, v.sundhedsplejerske, gyldig_fra=tid.i_dag())
    assert client.get(adresse("forum", v)).status_code == 200
    job = v.sundhedsplejerske.rolletildelinger.get()
    afslut_rolle(tildeling=job, gyldig_til=tid.i_dag(), af=v.administrator)
    assert client.get(adresse("forum", v)).status_code == 404


def test_s54_whoever_has_no_account_any_more_is_not_on_the_page(v, client):
    """Closed: the roles and what hangs on them end with the account. Expired: gone from that day."""
    tilknyt(v, v.vejleder)
    ude = person("Uffe Udefra", udloeber_den=tid.i_dag() + DAG)
    tilknyt(v, ude, ogsaa_udefra=True)
    tekst = klient(client, v.skoleleder).get(adresse("forum", v)).content.decode()
    assert "Viggo Holm" in tekst
    assert "Uffe Udefra" in tekst
    luk_person(person=v.vejleder, af=v.administrator)
    assert not v.vejleder.rolletildelinger.gaeldende().exists()
    assert not Ressourceperson.objects.gaeldende().filter(person=v.vejleder).exists()
    assert Haendelse.objects.get(navn="afslut_ressourceperson").af == v.administrator
    ude.udloeber_den = tid.i_dag()
    ude.save()
    tekst = client.get(adresse("forum", v)).content.decode()
    assert "Viggo Holm" not in tekst
    assert "Uffe Udefra" not in tekst


def test_in_one_forum_is_not_in_the_other(v):
    tilknyt(v, v.sundhedsplejerske, forum(v.skole, Art.PLC))
    synlige = Forum.objects.synlige_for(v.sundhedsplejerske, Handling.SE_FORUM)
    assert {et.art for et in synlige} == {Art.PLC}


def test_decision_7_the_fritid_leader_is_told(v):
    tilknyt(v, v.medarbejder)
    assert Besked.objects.filter(til=v.paedagogiskleder, emne__startswith="Ny ressourceperson").count() == 1
    assert Besked.objects.filter(til=v.medarbejder, emne__startswith="Ny ressourceperson").count() == 1


def test_ending_says_the_last_day_and_keeps_the_row(v, client):
    (ny,) = tilknyt(v, v.vejleder, gyldig_fra=tid.i_dag() - 30 * DAG)
    sidste = tid.i_dag() + 3 * DAG
    klient(client, v.skoleleder).post(adresse("afslut_ressourceperson", v, ny.pk), {"til_og_med": sidste.isoformat()})
    ny.refresh_from_db()
    assert ny.gyldig_til == sidste + DAG
    assert Haendelse.objects.get(navn="afslut_ressourceperson").af == v.skoleleder
    client.post(adresse("afslut_ressourceperson", v, ny.pk), {"til_og_med": tid.i_dag().isoformat()})
    ny.refresh_from_db()
    assert ny.gyldig_til == tid.i_dag()
    side = client.post(adresse("afslut_ressourceperson", v, ny.pk), {"til_og_med": tid.i_dag().isoformat()})
    assert "Tilknytningen er allerede slut" in side.content.decode()
