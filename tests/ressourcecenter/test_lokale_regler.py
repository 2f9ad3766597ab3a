"""S43: how a forum works is agreed locally. S60: the two forums of a school may be run as one. D18: cancelling."""

from datetime import time

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from ressourcecenter.actions import INDSTILLINGER, ret_lokale_regler
from ressourcecenter.models import Forum, LokaleRegler
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import REGLER, Handling, IkkeTilladtError, Rolle
from samarbejde.tilstande import KonfliktError
from tests.fabrik import enhed, person, rolle, verden
from tests.ressourcecenter.byg import Art, forum

pytestmark = pytest.mark.django_db

REGEL = REGLER[Handling.RET_LOKALE_REGLER].saetning


@pytest.fixture
def v():
    v = verden()
    v.rc, v.plc = forum(v.skole), forum(v.skole, Art.PLC)
    v.team, v.aateam = forum(v.klynge), forum(v.netvaerk)
    # A teacher who coordinates the Ressourcecenter alone.
    v.kun_rc = person("Rikke Rask", email="kunrc@demo.example")
    rolle(v.kun_rc, Rolle.MEDARBEJDER, v.skole)
    rolle(v.kun_rc, Rolle.KOORDINATOR, v.skole, omfang="rc")
    return v


def ret(hvor, af, version=0, **felter):
    return ret_lokale_regler(forum=hvor, af=af, version=version, **(felter or {"minutter": 60}))


def adresse(hvor):
    return reverse("ret_lokale_regler", args=[hvor.enhed.slug, hvor.art])


def indsendt(hvor, **felter):
    """The form as it is shown, with what was changed; None takes a field out."""
    regler = hvor.regler
    data = {felt: getattr(regler, felt) for felt in INDSTILLINGER if felt != "holdes_samlet"}
    data |= {"version": regler.version, "begynder": f"{regler.begynder:%H:%M}"}
    if regler.holdes_samlet:
        data["holdes_samlet"] = "on"
    return {navn: vaerdi for navn, vaerdi in {**data, **felter}.items() if vaerdi is not None}


def frisk(hvor):
    return Forum.objects.select_related("enhed").get(pk=hvor.pk)


# --- without a row -----------------------------------------------------------------------------------------------
def test_s43_a_forum_without_agreed_rules_follows_a_standard_and_reading_makes_no_row(v, client):
    regler = v.rc.regler
    assert (regler.pk, regler.version, regler.svarfrist, regler.referent) == (None, 0, 5, "koordinator")
    client.force_login(v.skoleleder)
    assert client.get(adresse(v.rc)).status_code == 200
    assert client.get(adresse(v.rc) + "?standard=1").status_code == 200
    assert not LokaleRegler.objects.exists()


def test_s39_the_standard_answers_a_request_within_five_school_days():
    assert LokaleRegler().svarfrist == 5


def test_d18_the_standard_says_when_a_meeting_may_be_cancelled(v):
    assert v.rc.regler.aflysningsregel == "Et møde kan kun aflyses, hvis der ikke ligger anmodninger."


def test_a_ressourceteam_has_no_coordinator_to_write_minutes(v):
    assert v.team.regler.vist_referent == "klyngelederen"
    assert v.aateam.regler.vist_referent == "netværkskoordinatoren"
    assert "koordinator" not in LokaleRegler.referenter(v.team)
    with pytest.raises(ValidationError, match="Et ressourceteam har ingen koordinator"):
        ret(v.team, v.klyngeleder, referent="koordinator")


def test_s43_there_are_at_most_fifteen_settings_and_the_form_holds_them_all():
    felter = {felt.name for felt in LokaleRegler._meta.fields} - {"id", "forum", "version"}
    assert felter == set(INDSTILLINGER)
    assert len(felter) <= 15


# --- who ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("hvem", ["skoleleder", "koordinator"])
def test_s43_skoleleder_and_coordinator_of_both_change_the_rules_of_both(v, hvem):
    for hvor in (v.rc, v.plc):
        assert ret(hvor, getattr(v, hvem)).minutter == 60


def test_s36_a_coordinator_of_the_ressourcecenter_alone_changes_only_its_rules(v, client):
    assert ret(v.rc, v.kun_rc).minutter == 60
    with pytest.raises(IkkeTilladtError):
        ret(v.plc, v.kun_rc)
    client.force_login(v.kun_rc)
    for svar in (client.get(adresse(v.plc)), client.post(adresse(v.plc), indsendt(v.plc, minutter=30))):
        assert svar.status_code == 403
        assert REGEL in svar.content.decode()
    assert not LokaleRegler.objects.filter(forum=v.plc).exists()


def test_the_leader_of_a_team_changes_the_rules_of_that_team_and_no_other(v):
    ret(v.team, v.klyngeleder)
    ret(v.aateam, v.netvaerkskoordinator)
    for hvor, hvem in ((v.aateam, v.klyngeleder), (v.team, v.netvaerkskoordinator), (v.team, v.skoleleder)):
        with pytest.raises(IkkeTilladtError):
            ret(hvor, hvem)


@pytest.mark.parametrize(
    ("hvem", "status"),
    [
        ("paedagogiskleder", 403),
        ("centerleder", 403),
        ("medarbejder", 403),
        ("vejleder", 403),
        ("klyngeleder", 403),  # over the centre that is attached
        ("forvaltning", 403),
        ("omraadechef", 403),
        ("administrator", 404),
        ("naboskoleleder", 404),
        ("udenfor", 404),
    ],
)
def test_s43_nobody_else_changes_them(v, client, hvem, status):
    client.force_login(getattr(v, hvem))
    for svar in (client.get(adresse(v.rc)), client.post(adresse(v.rc), indsendt(v.rc, minutter=30))):
        assert svar.status_code == status
        assert (REGEL in svar.content.decode()) == (status == 403)
    assert not LokaleRegler.objects.exists()
    assert not Haendelse.objects.filter(navn="ret_lokale_regler").exists()


def test_an_address_that_names_no_forum_is_not_found(v, client):
    client.force_login(v.skoleleder)
    for sti in (f"/ressourcecentre/{v.skole.slug}/regler/ressourceteam/", "/ressourcecentre/x/regler/ressourcecenter/"):
        assert client.get(sti).status_code == 404
    privat = enhed("Friskolen", ejerform="privat")
    assert client.get(f"/ressourcecentre/{privat.slug}/regler/ressourcecenter/").status_code == 404


# --- saving ------------------------------------------------------------------------------------------------------
def test_s43_what_is_saved_holds_and_stands_in_the_trail_with_old_and_new(v, client):
    client.force_login(v.skoleleder)
    svar = client.post(
        adresse(v.rc), indsendt(v.rc, kadence="hver_3", begynder="13.00", dagsordensskabelon="- Siden sidst")
    )
    assert (svar.status_code, svar.url) == (302, v.rc.get_absolute_url())
    regler = LokaleRegler.objects.get()
    assert (regler.forum, regler.kadence, regler.begynder, regler.version) == (v.rc, "hver_3", time(13), 1)
    haendelse = Haendelse.objects.get(navn="ret_lokale_regler")
    assert haendelse.saetning == "De lokale regler for Ressourcecentret på Lindeskolen er rettet."
    assert (haendelse.rod_art, haendelse.rod_id, haendelse.af) == ("forum", v.rc.pk, v.skoleleder)
    assert haendelse.data["felter"] == {
        "Hvor tit": ["en gang om måneden", "hver 3. uge"],
        "Begynder kl.": ["8.30", "13.00"],
        "Faste punkter på dagsordenen": ["", "- Siden sidst"],
    }
    assert not Besked.objects.exists()


def test_the_same_form_sent_twice_is_one_change_and_no_conflict(v, client):
    client.force_login(v.skoleleder)
    data = indsendt(v.rc, minutter=45)
    assert [client.post(adresse(v.rc), data).status_code for _ in range(2)] == [302, 302]
    assert LokaleRegler.objects.get().version == 1
    assert Haendelse.objects.filter(navn="ret_lokale_regler").count() == 1


def test_saving_the_standard_as_it_is_makes_no_row(v, client):
    client.force_login(v.skoleleder)
    assert client.post(adresse(v.rc), indsendt(v.rc)).status_code == 302
    assert not LokaleRegler.objects.exists()


def test_the_standard_can_be_brought_back_and_is_shown_before_anything_is_saved(v, client):
    ret(v.rc, v.skoleleder, minutter=45, aflysningsregel="Aldrig.")
    client.force_login(v.koordinator)
    svar = client.get(adresse(v.rc) + "?standard=1")
    felter = svar.context["form"].initial
    assert (felter["minutter"], felter["version"]) == (90, 1)
    assert "Den gælder først, når du gemmer." in svar.content.decode()
    assert LokaleRegler.objects.get().minutter == 45
    client.post(adresse(v.rc), {navn: felt for navn, felt in felter.items() if navn != "holdes_samlet"})
    regler = LokaleRegler.objects.get()
    assert (regler.minutter, regler.version) == (90, 2)
    assert regler.aflysningsregel == v.plc.regler.aflysningsregel


# --- somebody else was first -------------------------------------------------------------------------------------
def test_a_stale_save_shows_both_and_loses_nothing(v, client):
    """A page with both values of what differs; one press then keeps one's own, against the version just shown."""
    gammel = indsendt(v.rc, minutter=45, dagsordensskabelon="- Mit eget punkt <b>")
    ret(v.rc, v.koordinator, minutter=120, ugedag="fredag")
    client.force_login(v.skoleleder)
    svar = client.post(adresse(v.rc), gammel)
    tekst = svar.content.decode()
    assert svar.status_code == 409
    assert "En anden har rettet reglerne, mens du skrev." in tekst
    assert [raekke[1:] for raekke in svar.context["raekker"]] == [
        ("tirsdag", "fredag"),
        ("45", "120"),
        ("- Mit eget punkt <b>", ""),
    ]
    assert "- Mit eget punkt &lt;b&gt;" in tekst
    assert LokaleRegler.objects.get().minutter == 120
    assert client.post(adresse(v.rc), dict(svar.context["skjulte"])).status_code == 302
    regler = LokaleRegler.objects.get()
    assert (regler.minutter, regler.ugedag, regler.version) == (45, "tirsdag", 2)


def test_a_form_without_a_readable_version_is_stale(v):
    for version in (-1, 7):
        with pytest.raises(KonfliktError):
            ret(v.rc, v.skoleleder, version=version, minutter=30)
    assert not LokaleRegler.objects.exists()


def test_s54_a_role_that_ended_while_the_form_was_open_saves_nothing(v, client):
    client.force_login(v.koordinator)
    data = indsendt(v.rc, minutter=30)
    v.koordinator.rolletildelinger.update(gyldig_til="2021-01-01")
    assert client.post(adresse(v.rc), data).status_code == 404
    assert not LokaleRegler.objects.exists()


# --- held jointly ------------------------------------------------------------------------------------------------
def test_s60_whoever_may_change_both_may_hold_them_jointly(v, client):
    client.force_login(v.koordinator)
    assert "holdes_samlet" in client.get(adresse(v.rc)).context["form"].fields
    client.post(adresse(v.rc), indsendt(v.rc, holdes_samlet="on"))
    assert LokaleRegler.objects.get(forum=v.rc).holdes_samlet
    client.post(adresse(v.rc), indsendt(frisk(v.rc), holdes_samlet=None))
    assert not LokaleRegler.objects.get(forum=v.rc).holdes_samlet


def test_s60_a_coordinator_of_the_ressourcecenter_alone_neither_sees_nor_sends_it(v, client):
    client.force_login(v.kun_rc)
    assert "holdes_samlet" not in client.get(adresse(v.rc)).context["form"].fields
    svar = client.post(adresse(v.rc), indsendt(v.rc, minutter=45, holdes_samlet="on"))
    assert svar.status_code == 403
    assert REGEL in svar.content.decode()
    assert not LokaleRegler.objects.exists()


def test_s60_what_others_agreed_stays_when_a_coordinator_of_one_saves(v, client):
    ret(v.rc, v.skoleleder, holdes_samlet=True)
    client.force_login(v.kun_rc)
    data = indsendt(frisk(v.rc), minutter=45)
    for felter in (data, {navn: felt for navn, felt in data.items() if navn != "holdes_samlet"} | {"version": 2}):
        assert client.post(adresse(v.rc), felter).status_code == 302
    regler = LokaleRegler.objects.get()
    assert (regler.holdes_samlet, regler.minutter) == (True, 45)


def test_s60_it_is_said_in_one_place(v, client):
    for hvor, hvem in ((v.plc, v.skoleleder), (v.team, v.klyngeleder)):
        client.force_login(hvem)
        assert "holdes_samlet" not in client.get(adresse(hvor)).context["form"].fields
        svar = client.post(adresse(hvor), indsendt(hvor, holdes_samlet="on"))
        assert "Om de to fora holdes samlet, står i Ressourcecentrets regler. Ret det der." in svar.content.decode()
    assert not LokaleRegler.objects.exists()


# --- bad input ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("felt", "vaerdi", "fejl"),
    [
        ("minutter", "14", "Skriv et helt tal fra 15 til 480."),
        ("minutter", "", "Skriv et helt tal fra 15 til 480."),
        ("minutter", "9" * 400, "Skriv et helt tal fra 15 til 480."),
        ("svarfrist", "0", "Skriv et helt tal fra 1 til 20."),
        ("udsendelse", "-1", "Skriv et helt tal fra 0 til 60."),
        ("udsendelse", "11", "Dagsordenen kan ikke sendes ud, før fristen for punkter er gået."),
        ("begynder", "25:00", "Skriv et klokkeslæt, fx 8.30."),
        ("begynder", "\x00", "Skriv et klokkeslæt, fx 8.30."),
        ("kadence", "hver_dag", "Vælg en af mulighederne."),
        ("ugedag", "", "Vælg en af mulighederne."),
        ("referent", "formanden", "Vælg en af mulighederne."),
        ("aflysningsregel", "a" * 301, "Teksten er på 301 tegn. Der er plads til 300."),
        ("dagsordensskabelon", "Barn 010203-1234", "personnumre"),
    ],
)
def test_what_cannot_be_used_is_said_at_the_field_and_nothing_is_saved(v, client, felt, vaerdi, fejl):
    """D12 too: no cpr-number in an agenda."""
    client.force_login(v.skoleleder)
    svar = client.post(adresse(v.rc), indsendt(v.rc, **{felt: vaerdi}))
    assert svar.status_code == 200
    assert fejl in " ".join(svar.context["form"].errors[felt])
    assert not LokaleRegler.objects.exists()


@pytest.mark.parametrize("felter", [{"minutter": 5}, {"kadence": "aldrig"}, {"svarfrist": 99}])
def test_the_action_itself_refuses_what_the_form_would(v, felter):
    with pytest.raises(ValidationError):
        ret(v.rc, v.skoleleder, **felter)
    assert not LokaleRegler.objects.exists()


# --- what is shown -----------------------------------------------------------------------------------------------
def test_the_rules_are_shown_in_words(v, rf):
    from django.template.loader import render_to_string

    def vist(hvor, kan_rettes):
        indhold = {"forum": hvor, "regler": hvor.regler, "kan_rettes": kan_rettes}
        return " ".join(render_to_string("ressourcecenter/_regler.html", indhold).split())

    assert "En gang om måneden, tirsdag kl. 8.30, 90 minutter" in vist(v.rc, kan_rettes=False)
    assert adresse(v.rc) not in vist(v.rc, kan_rettes=False)
    assert adresse(v.rc) in vist(v.rc, kan_rettes=True)
    ret(v.rc, v.skoleleder, kadence="behov", hoeringsfrist=0, dagsordensskabelon="- Et punkt\n- <script>", svarfrist=1)
    tekst = vist(frisk(v.rc), kan_rettes=False)
    assert "Efter behov, 90 minutter" in tekst
    assert "Inden 1 skoledag<" in tekst
    assert "Lukkes uden en frist for bemærkninger." in tekst
    assert "<li>Et punkt</li>" in tekst
    assert "<script>" not in tekst
    assert "&lt;script&gt;" in tekst


def test_the_form_costs_the_same_whoever_and_however_much(v, client, django_assert_num_queries):
    client.force_login(v.skoleleder)
    client.get(adresse(v.rc))
    with django_assert_num_queries(6):
        client.get(adresse(v.rc))
    ret(v.rc, v.skoleleder, dagsordensskabelon="- Punkt\n" * 50)
    with django_assert_num_queries(6):
        client.get(adresse(v.rc))
