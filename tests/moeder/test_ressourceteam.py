"""Fritid, school and the ressourceteam (S44-S47, S49): cases 18 and 19, over status, sentence and database."""

import pytest
from django.core.exceptions import ValidationError

from moeder import actions
from moeder.models import Deltagelsesoenske
from moeder.queries.kandidater import gaesteenheder, kandidater
from moeder.queries.ressourceteam import teams_for
from moeder.states import Deltagelse, Oenske, Tilstand
from samarbejde.models import Besked, Enhed, Haendelse
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, maa
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler.sider import logget_ind
from tests.fabrik import Art as Enhedsart
from tests.fabrik import distrikt, enhed, person, rolle, verden
from tests.moeder.byg import moede, punkt
from tests.moeder.deltagere import Art, med_faste
from tests.ressourcecenter.byg import forum, ressourceperson

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def team(v):
    return forum(v.klynge)


def inviter_fritid(v, m, af=None, enhed=None, hvem=None):
    valg = {"art": Art.GAEST, "person": hvem or v.paedagogiskleder, "enhed": enhed or v.kkfo}
    return actions.tilfoej_deltager(moede=m, **valg, af=af or v.klyngeleder)


def tematisk(v, team, **felter):
    return med_faste(team, v.klyngeleder, er_tematisk=True, **felter)


# --- case 18 ---------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("er_fast", "er_tematisk"), [(True, False), (False, True), (False, False)])
def test_case_18_fritid_is_refused_unless_the_meeting_is_fixed_and_thematic(v, team, er_fast, er_tematisk):
    m = moede(team, af=v.klyngeleder, er_fast=er_fast, er_tematisk=er_tematisk)
    with pytest.raises(ValidationError, match="faste, tematiske møder"):
        inviter_fritid(v, m)
    with pytest.raises(ValidationError, match="faste, tematiske møder"):
        inviter_fritid(v, m, enhed=v.center, hvem=v.centerleder)  # a member of the klynge itself (S45)


@pytest.mark.parametrize(
    "hvem",
    [
        "skoleleder",
        "koordinator",
        "paedagogiskleder",
        "centerleder",
        "forvaltning",
        "omraadechef",
        "netvaerkskoordinator",
    ],
)
def test_case_18_only_the_leader_of_the_team_invites(v, team, hvem):
    """S46: no self-enrolment, no override by school or forvaltning."""
    with pytest.raises(IkkeTilladtError):
        inviter_fritid(v, tematisk(v, team), af=getattr(v, hvem))


def test_case_18_over_http_a_skoleleder_does_not_even_meet_it(v, team):
    m = tematisk(v, team)
    felter = {"hvem": [f"gaest-{v.paedagogiskleder.pk}-{v.kkfo.pk}"]}
    assert logget_ind(v.skoleleder).post(f"/moeder/{m.kode}/deltagere/tilfoej/", felter).status_code == 404
    assert logget_ind(v.dagtilbudsleder).post(f"/moeder/{m.kode}/deltagere/tilfoej/", felter).status_code == 403
    assert logget_ind(v.klyngeleder).post(f"/moeder/{m.kode}/deltagere/tilfoej/", felter).status_code == 302
    assert m.deltagere.get(art=Art.GAEST).enhed == v.kkfo


def test_case_18_the_leader_of_the_team_invites_and_the_guest_sees_that_meeting_only(v, team):
    m = tematisk(v, team, tilstand=Tilstand.INDKALDT)
    andet = tematisk(v, team, dage=30, tilstand=Tilstand.INDKALDT)
    inviter_fritid(v, m)
    assert maa(v.paedagogiskleder, Handling.SE_MOEDE, m)
    assert not maa(v.paedagogiskleder, Handling.SE_MOEDE, andet)


def test_s46_nobody_is_invited_by_itself(v, team):
    m = tematisk(v, team)
    assert {en.enhed for en in m.deltagere.all()} == {v.klynge, v.boernehus}


# --- which units (S46) -----------------------------------------------------------------------------------------------
def test_those_of_the_districts_in_which_the_institutions_lie_and_of_the_klynge(v, team):
    assert set(gaesteenheder(tematisk(v, team))) == {v.kkfo, v.center, v.nabokkfo}


def test_a_unit_outside_every_klynge_and_netvaerk_has_no_team(v):
    alene = enhed("Klubben Alene", Enhedsart.FRITIDSINSTITUTION, i=distrikt("Alene"), ejerform=Enhed.Ejerform.PRIVAT)
    leder = person("Lis Alene")
    rolle(leder, Rolle.FRITIDSLEDER, alene)
    assert teams_for(alene) == []
    assert "Intet ressourceteam" in logget_ind(leder).get(f"/moeder/deltagelse/{alene.slug}/").content.decode()


def test_klynge_and_netvaerk_each_have_a_leader_of_their_own(v):
    assert {str(en) for en in teams_for(v.kkfo)} == {"Ressourceteam, Klynge Nord", "Ressourceteam, Netværk Åen"}
    m = med_faste(forum(v.netvaerk), v.netvaerkskoordinator, er_tematisk=True)
    assert inviter_fritid(v, m, af=v.netvaerkskoordinator)
    with pytest.raises(IkkeTilladtError):
        inviter_fritid(v, m, af=v.klyngeleder)


# --- resource persons of school and fritid (S47) ---------------------------------------------------------------------
def inviter_rs(v, m, **felter):
    return actions.tilfoej_deltager(
        moede=m, art=Art.RESSOURCEPERSON, **{"person": v.vejleder, "enhed": v.skole, "af": v.klyngeleder, **felter}
    )


def test_s47_resource_persons_of_school_and_fritid_only_to_a_thematic_meeting_with_a_basis(v, team):
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    with pytest.raises(ValidationError, match="kun inviteres til et tematisk møde"):
        inviter_rs(v, moede(team, af=v.klyngeleder, grundlag="Aftalt"))
    with pytest.raises(ValidationError) as fejl:
        inviter_rs(v, tematisk(v, team, dage=20))
    assert "grundlag" in fejl.value.message_dict
    m = tematisk(v, team, er_fast=False, dage=30, grundlag="Aftalt")
    assert inviter_rs(v, m).tilstand == Deltagelse.INVITERET


def test_s47_the_teams_own_external_support_comes_to_any_meeting(v, team):
    ressourceperson(team, v.sundhedsplejerske)
    assert inviter_rs(v, moede(team, af=v.klyngeleder), person=v.sundhedsplejerske, enhed=None)


def test_s47_the_school_sees_that_its_own_are_invited(v, team):
    ressourceperson(forum(v.skole), v.vejleder, v.skole)
    inviter_rs(v, tematisk(v, team, grundlag="Aftalt"))
    assert {besked.til for besked in Besked.objects.filter(levering="lejlighed")} == {v.skoleleder, v.koordinator}
    side = v.skole.get_absolute_url()
    assert "Skolens folk i ressourceteamets møder" in logget_ind(v.skoleleder).get(side).content.decode()
    assert "Skolens folk i ressourceteamets møder" not in logget_ind(v.paedagogiskleder).get(side).content.decode()


# --- items about children (S44, case 19) -----------------------------------------------------------------------------
@pytest.mark.parametrize("niveau", ["enkeltbarn", "boernegruppe"])
def test_case_19_no_guest_of_a_team_beside_an_item_about_children(v, team, niveau):
    m = tematisk(v, team)
    punkt(m, niveau=niveau)
    with pytest.raises(ValidationError, match="punkt om børn"):
        inviter_fritid(v, m)


# --- «may we attend?» (S45) ------------------------------------------------------------------------------------------
def bed(v, team, **felter):
    return actions.bed_om_deltagelse(
        **{"enhed": v.kkfo, "forum": team, "tekst": "Om overgange", "af": v.paedagogiskleder, **felter}
    )


def test_s45_a_fritid_leader_asks_and_the_leader_of_the_team_is_mailed_at_once(v, team):
    oenske = bed(v, team)
    assert oenske.tilstand == Oenske.FORESLAAET
    besked = Besked.objects.get()
    assert (besked.til, besked.levering) == (v.klyngeleder, "straks")
    assert "overgange" not in besked.emne + besked.tekst
    with pytest.raises(ValidationError, match="allerede bedt"):
        bed(v, team)


@pytest.mark.parametrize(
    "hvem", ["skoleleder", "koordinator", "medarbejder", "centerleder", "klyngeleder", "forvaltning"]
)
def test_s45_nobody_else_asks_for_the_unit(v, team, hvem):
    with pytest.raises(IkkeTilladtError):
        bed(v, team, af=getattr(v, hvem))


def test_s45_only_a_team_that_covers_the_unit(v):
    with pytest.raises(ValidationError, match="dækker ikke"):
        bed(v, forum(v.skole))
    fjern = enhed("Klynge Syd", Enhedsart.KLYNGE)
    with pytest.raises(ValidationError, match="dækker ikke"):
        bed(v, forum(fjern))


def test_s46_the_leader_of_the_team_answers_and_a_yes_invites_nobody(v, team):
    m = tematisk(v, team)
    oenske = bed(v, team)
    for af in (v.paedagogiskleder, v.skoleleder, v.netvaerkskoordinator, v.forvaltning):
        with pytest.raises(IkkeTilladtError):
            actions.svar_paa_oenske(oenske=oenske, ja=True, tekst="", af=af)
    actions.svar_paa_oenske(oenske=oenske, ja=True, tekst="Når det handler om overgange", af=v.klyngeleder)
    assert not m.deltagere.filter(enhed=v.kkfo).exists()
    forslag = {en.enhed: en.forslag for en in kandidater(m) if en.forslag}
    assert forslag == {v.kkfo: "har bedt om at deltage, og det er aftalt"}
    with pytest.raises(IkkeMuligtError):
        actions.svar_paa_oenske(oenske=oenske, ja=False, tekst="Nej", af=v.klyngeleder)
    assert Haendelse.objects.filter(navn="svar_paa_oenske").count() == 1


def test_s46_a_no_has_a_reason_and_one_can_ask_again(v, team):
    oenske = bed(v, team)
    with pytest.raises(ValidationError, match="Skriv hvorfor"):
        actions.svar_paa_oenske(oenske=oenske, ja=False, tekst="", af=v.klyngeleder)
    actions.svar_paa_oenske(oenske=oenske, ja=False, tekst="Ikke i år", af=v.klyngeleder)
    assert bed(v, team).tilstand == Oenske.FORESLAAET


def test_either_side_ends_it_and_nobody_else(v, team):
    oenske = bed(v, team)
    with pytest.raises(IkkeTilladtError):
        actions.afslut_oenske(oenske=oenske, af=v.centerleder)
    actions.afslut_oenske(oenske=oenske, af=v.paedagogiskleder)
    oenske = bed(v, team)
    actions.afslut_oenske(oenske=oenske, af=v.klyngeleder)
    assert set(Deltagelsesoenske.objects.values_list("tilstand", flat=True)) == {Oenske.OPHOERT}


def test_the_whole_of_it_on_the_pages(v, team):
    pia, kaj = logget_ind(v.paedagogiskleder), logget_ind(v.klyngeleder)
    hos_os, hos_dem = f"/moeder/deltagelse/{v.kkfo.slug}/", f"/moeder/oensker/{v.klynge.slug}/ressourceteam/"
    assert pia.post(hos_os, {"forum": team.pk, "tekst": ""}).status_code == 200
    assert pia.post(hos_os, {"forum": team.pk, "tekst": "Om overgange"}).status_code == 302
    assert "gerne vil deltage" in kaj.get("/").content.decode()
    oenske = Deltagelsesoenske.objects.get()
    svar = kaj.post(f"{hos_dem}{oenske.pk}/svar/", {"svar": "nej", "tekst": ""})
    assert "Skriv hvorfor" in svar.content.decode()
    assert kaj.post(f"{hos_dem}{oenske.pk}/svar/", {"svar": "ja", "tekst": ""}).status_code == 302
    assert "aftalt" in pia.get(hos_os).content.decode()
    assert pia.post(f"{hos_os}{oenske.pk}/traek/").status_code == 302
    assert logget_ind(v.skoleleder).get(hos_os).status_code == 403
    assert logget_ind(v.centerleder).get(hos_dem).status_code == 403
    assert logget_ind(v.skoleleder).get(f"/moeder/oensker/{v.skole.slug}/ressourcecenter/").status_code == 404
