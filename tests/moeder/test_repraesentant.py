"""The leader of a unit decides who represents it (S35, decision 20): cases 5, 7, 10; the list follows the register."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from moeder import actions
from moeder.actions.faste import opdater_repraesentanter
from moeder.actions.repraesentant import giv_pladsen_tilbage
from moeder.actions.udsendelse import send_indkaldelser
from moeder.models import Deltager
from moeder.states import Deltagelse, Deltagelsesovergang, Tilstand
from samarbejde import tid
from samarbejde.actions import afslut_rolle
from samarbejde.models import Besked
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, maa
from samarbejde.tilstande import IkkeMuligtError, skift
from tests.aftaler.sider import logget_ind
from tests.fabrik import person, rolle, verden
from tests.moeder.byg import inviter, punkt
from tests.moeder.deltagere import Art, med_faste, paa_listen, plads
from tests.ressourcecenter.byg import delegation, forlad, forum, stedfortraeder, uden_leder

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def m(v):
    return med_faste(forum(v.skole), v.skoleleder, tilstand=Tilstand.INDKALDT)


def vaelg(v, *moeder, person=None, af=None, enhed=None):
    pladser = [plads(en, enhed or v.kkfo) for en in moeder]
    return actions.vaelg_repraesentant(deltagere=pladser, person=person or v.medarbejder, af=af or v.paedagogiskleder)


def meld_afbud(deltager):
    """As the answer does it."""
    skift(deltager, Deltagelsesovergang.MELD_AFBUD)
    deltager.save()
    return deltager


def test_case_5_the_leader_of_a_fritidsinstitution_names_a_representative_for_three_meetings(v, m):
    andre = [med_faste(forum(v.skole), v.skoleleder, dage=dage) for dage in (30, 60, 90)]
    vaelg(v, m, *andre[:2])
    assert [plads(en, v.kkfo).person for en in (m, *andre)] == [v.medarbejder] * 3 + [v.paedagogiskleder]
    assert plads(m, v.kkfo).grund == "repræsenterer KKFO Lindely"


@pytest.mark.parametrize(
    "hvem", ["koordinator", "skoleleder", "centerleder", "medarbejder", "klyngeleder", "naboskoleleder"]
)
def test_case_10_nobody_else_decides_against_the_leader(v, m, hvem):
    with pytest.raises((IkkeTilladtError, IkkeMuligtError)):
        vaelg(v, m, af=getattr(v, hvem))
    assert plads(m, v.kkfo).person == v.paedagogiskleder


def test_case_10_over_http_the_coordinator_meets_the_rule(v, m):
    adresse = f"/moeder/{m.kode}/deltagere/{plads(m, v.kkfo).pk}/repraesentant/"
    svar = logget_ind(v.koordinator).post(adresse, {"person": v.medarbejder.pk, "moeder": [plads(m, v.kkfo).pk]})
    assert (svar.status_code, "enhedens egen leder" in svar.content.decode()) == (403, True)
    assert plads(m, v.kkfo).person == v.paedagogiskleder


def test_case_7_a_delegate_does_not_hand_the_seat_on(v):
    delegation(v.center, v.skole, v.teamkoordinator)
    m = med_faste(forum(v.skole), v.skoleleder, tilstand=Tilstand.INDKALDT)
    with pytest.raises(IkkeTilladtError):
        vaelg(v, m, person=v.teamkoordinator, af=v.teamkoordinator, enhed=v.center)
    assert vaelg(v, m, person=v.teamkoordinator, af=v.centerleder, enhed=v.center)


def test_decision_4_a_deputy_decides_in_the_leaders_absence(v, m):
    stedfortraeder(v.medarbejder, v.kkfo)
    ny = person("Nora Ny")
    rolle(ny, Rolle.MEDARBEJDER, v.kkfo)
    assert vaelg(v, m, person=ny, af=v.medarbejder)[0].person == ny


def test_only_the_units_own_employees(v, m):
    for hvem in (v.teamkoordinator, v.udenfor, v.vejleder):
        with pytest.raises(ValidationError, match="ikke ansat"):
            vaelg(v, m, person=hvem)


def test_one_who_leaves_before_the_meeting_cannot_be_chosen_and_all_or_none_is_chosen(v, m):
    senere = med_faste(forum(v.skole), v.skoleleder, dage=60)
    afslut_rolle(tildeling=v.medarbejder.rolletildelinger.get(), gyldig_til=tid.i_dag() + timedelta(days=30), af=None)
    with pytest.raises(ValidationError, match="ikke ansat"):
        vaelg(v, m, senere)
    assert plads(m, v.kkfo).person == v.paedagogiskleder


def test_somebody_on_the_list_in_another_way_is_named_in_the_refusal(v, m):
    inviter(m, v.medarbejder, v.kkfo, [punkt(m)])
    with pytest.raises(ValidationError, match="står allerede på listen"):
        vaelg(v, m)


def fik_indkaldelsen(m):
    """The call has left: only who has it in the calendar gets a cancellation."""
    send_indkaldelser(m, list(m.deltagere.select_related("person", "enhed")))
    Besked.objects.update(tilstand=Besked.Tilstand.SENDT, sendt_den=tid.nu())


def test_who_gets_the_invitation_and_who_the_cancellation(v, m):
    fik_indkaldelsen(m)
    vaelg(v, m)
    nye = {besked.til: besked.metode for besked in Besked.objects.filter(tilstand=Besked.Tilstand.VENTER)}
    assert nye == {v.paedagogiskleder: "CANCEL", v.medarbejder: "REQUEST"}
    assert maa(v.medarbejder, Handling.SE_MOEDE, m)
    assert maa(v.paedagogiskleder, Handling.SE_MOEDE, m)


def test_a_reservation_mails_nobody(v):
    vaelg(v, med_faste(forum(v.skole), v.skoleleder))
    assert not Besked.objects.exists()


def test_the_choice_is_undone_and_the_resolver_names_the_person_again(v, m):
    vaelg(v, m)
    actions.fortryd_repraesentant(deltager=plads(m, v.kkfo), af=v.paedagogiskleder)
    igen = plads(m, v.kkfo)
    assert (igen.person, igen.valgt_af, igen.grund) == (v.paedagogiskleder, None, "fast deltager som leder")
    with pytest.raises(IkkeMuligtError, match="intet at fortryde"):
        actions.fortryd_repraesentant(deltager=igen, af=v.paedagogiskleder)


def test_d24_after_a_decline_the_choice_is_the_substitute_who_can_give_the_seat_back(v, m):
    afbud = meld_afbud(plads(m, v.kkfo))
    (vikar,) = actions.vaelg_repraesentant(deltagere=[afbud], person=v.medarbejder, af=v.paedagogiskleder)
    assert (vikar.i_stedet_for, vikar.grund) == (afbud, "stedfortræder for Pia Dahl")
    assert plads(m, v.kkfo).tilstand == Deltagelse.AFBUD
    meld_afbud(vikar)
    giv_pladsen_tilbage(vikar)
    assert plads(m, v.kkfo).tilstand == Deltagelse.INVITERET


def test_a_substitute_is_taken_back_by_the_leader(v, m):
    afbud = meld_afbud(plads(m, v.kkfo))
    (vikar,) = actions.vaelg_repraesentant(deltagere=[afbud], person=v.medarbejder, af=v.paedagogiskleder)
    actions.fortryd_repraesentant(deltager=vikar, af=v.paedagogiskleder)
    vikar.refresh_from_db()
    assert (vikar.tilstand, plads(m, v.kkfo).tilstand) == (Deltagelse.BORTFALDET, Deltagelse.INVITERET)


def test_the_seat_of_a_resource_person_is_nobodys_to_give(v, m):
    en = inviter(m, v.medarbejder, v.kkfo, art=Art.RESSOURCEPERSON)
    with pytest.raises(IkkeMuligtError, match="en enhed er inviteret"):
        actions.vaelg_repraesentant(deltagere=[en], person=v.medarbejder, af=v.paedagogiskleder)


# --- while the post is vacant (decisions 2 and 3) ------------------------------------------------------------------
def test_the_skoleleder_decides_for_a_kkfo_only_while_the_post_is_vacant(v, m):
    with pytest.raises(IkkeMuligtError, match="Enheden har en leder"):
        vaelg(v, m, af=v.skoleleder)
    uden_leder(v.kkfo)
    assert vaelg(v, m, af=v.skoleleder)[0].person == v.medarbejder


def test_the_klyngeleder_decides_for_a_unit_of_the_klynge_only_while_the_post_is_vacant(v, m):
    with pytest.raises(IkkeMuligtError, match="Enheden har en leder"):
        vaelg(v, m, person=v.teamkoordinator, af=v.klyngeleder, enhed=v.center)
    uden_leder(v.center)
    assert vaelg(v, m, person=v.teamkoordinator, af=v.klyngeleder, enhed=v.center)
    reserveret = med_faste(forum(v.skole), v.skoleleder, dage=60)
    adresse = f"/moeder/{reserveret.kode}/deltagere/{plads(reserveret, v.center).pk}/repraesentant/"
    assert logget_ind(v.klyngeleder).get(adresse).status_code == 200
    assert logget_ind(v.klyngeleder).get(reserveret.get_absolute_url()).status_code == 404


# --- the page --------------------------------------------------------------------------------------------------------
def test_the_page_shows_who_comes_and_lets_only_the_leader_choose_several_at_once(v, m):
    anden = med_faste(forum(v.skole), v.skoleleder, dage=30)
    rod, pia = f"/moeder/repraesentant/{v.kkfo.slug}/", logget_ind(v.paedagogiskleder)
    assert "Vælg en anden" in pia.get(rod).content.decode()
    assert "Vælg en anden" not in logget_ind(v.koordinator).get(rod).content.decode()
    valg = {"person": v.medarbejder.pk, "moeder": [plads(m, v.kkfo).pk, plads(anden, v.kkfo).pk]}
    adresse = f"/moeder/{m.kode}/deltagere/{plads(m, v.kkfo).pk}/repraesentant/"
    assert pia.post(adresse, valg).status_code == 302
    assert [plads(en, v.kkfo).person for en in (m, anden)] == [v.medarbejder] * 2
    fremmed = {"person": v.medarbejder.pk, "moeder": [plads(m, v.center).pk]}
    assert "findes ikke længere" in pia.post(adresse, fremmed).content.decode()
    assert logget_ind(v.skoleleder).get(f"/moeder/repraesentant/{v.skole.slug}/").status_code == 404
    assert logget_ind(v.udenfor).get(rod).status_code == 404


def test_case_44_the_leader_answers_on_a_page_with_one_button(v, m):
    p = punkt(m, "Fælles sprog")
    en = inviter(m, v.medarbejder, v.kkfo, [p], tilstand=Deltagelse.FORESLAAET)
    rod, pia = f"/moeder/{m.kode}/deltagere/{en.pk}/", logget_ind(v.paedagogiskleder)
    assert "Svar på, om Mette Bak deltager" in pia.get("/").content.decode()
    side = pia.get(f"{rod}bekraeft/").content.decode()
    assert "Fælles sprog" in side
    assert "Bekræft deltagelsen" in side
    assert logget_ind(v.koordinator).post(f"{rod}bekraeft/").status_code == 403
    assert pia.post(f"{rod}afvis/", {"grund": ""}).status_code == 200
    assert pia.post(f"{rod}bekraeft/").status_code == 302
    assert pia.post(f"{rod}bekraeft/").status_code == 409
    assert "allerede svaret" in pia.get(f"{rod}bekraeft/").content.decode()


# --- the list follows the register ---------------------------------------------------------------------------------
def koer():
    return opdater_repraesentanter(tid.nu())


def test_nothing_has_changed_and_nothing_is_done(v, m):
    assert koer() == 0
    assert not Besked.objects.exists()


def test_s32_a_new_leader_takes_the_seat_and_the_old_one_gets_the_cancellation(v, m):
    fik_indkaldelsen(m)
    meld_afbud(plads(m, v.kkfo))
    uden_leder(v.kkfo)
    ny = person("Nora Ny")
    rolle(ny, Rolle.FRITIDSLEDER, v.kkfo, fra=tid.i_dag())
    assert koer() == 1
    sted = plads(m, v.kkfo)
    assert (sted.person, sted.tilstand, sted.svar_tekst) == (ny, Deltagelse.INVITERET, "")
    assert {b.til: b.metode for b in Besked.objects.filter(tilstand=Besked.Tilstand.VENTER)} == {
        ny: "REQUEST",
        v.paedagogiskleder: "CANCEL",
    }
    assert koer() == 0


def test_s54_a_delegate_who_has_left_gives_the_seat_back_to_the_leader(v):
    delegation(v.center, v.skole, v.teamkoordinator)
    m = med_faste(forum(v.skole), v.skoleleder)
    assert plads(m, v.center).person == v.teamkoordinator
    afslut_rolle(tildeling=v.teamkoordinator.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    assert (koer(), plads(m, v.center).person) == (1, v.centerleder)
    assert koer() == 0


def test_a_vacant_post_is_the_skoleleders_or_klyngeleders_or_nobodys(v, m):
    uden_leder(v.center)
    assert (koer(), plads(m, v.center).person) == (1, v.klyngeleder)
    uden_leder(v.klynge)
    assert (koer(), plads(m, v.center).person) == (1, None)
    assert koer() == 0


def test_s35_the_leaders_choice_stands_until_the_chosen_one_has_left(v, m):
    vaelg(v, m)
    assert koer() == 0
    assert plads(m, v.kkfo).person == v.medarbejder
    afslut_rolle(tildeling=v.medarbejder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    assert (koer(), plads(m, v.kkfo).person, plads(m, v.kkfo).valgt_af) == (1, v.paedagogiskleder, None)
    assert koer() == 0


def test_a_substitute_who_has_left_gives_the_seat_back(v, m):
    afbud = meld_afbud(plads(m, v.kkfo))
    actions.vaelg_repraesentant(deltagere=[afbud], person=v.medarbejder, af=v.paedagogiskleder)
    afslut_rolle(tildeling=v.medarbejder.rolletildelinger.get(), gyldig_til=tid.i_dag(), af=None)
    assert (koer(), plads(m, v.kkfo).tilstand) == (1, Deltagelse.INVITERET)
    assert koer() == 0


def test_a_unit_that_was_left_out_stays_so_with_its_new_leader(v, m):
    actions.udelad(deltager=plads(m, v.kkfo), grund="Ikke relevant", af=v.koordinator)
    uden_leder(v.kkfo)
    ny = person("Nora Ny")
    rolle(ny, Rolle.FRITIDSLEDER, v.kkfo, fra=tid.i_dag())
    koer()
    assert (plads(m, v.kkfo).person, plads(m, v.kkfo).tilstand) == (ny, Deltagelse.UDELADT)


def test_a_unit_that_leaves_the_school_leaves_the_list_and_comes_back_with_its_link(v, m):
    forlad(v.center, v.skole)
    assert (koer(), plads(m, v.center).tilstand) == (1, Deltagelse.BORTFALDET)
    assert koer() == 0


def test_a_new_coordinator_comes_on_and_one_who_was_there_for_an_item_stays_on_one_row(v, m):
    inviter(m, v.vejleder, v.skole, [punkt(m)])
    rolle(v.vejleder, Rolle.KOORDINATOR, v.skole, fra=tid.i_dag())
    assert koer() == 1
    en = m.deltagere.get(person=v.vejleder)
    assert (en.art, en.kun_punkter, en.punkter.count()) == (Art.LEDELSE, False, 0)
    assert koer() == 0


def test_meetings_that_have_been_keep_who_was_there(v):
    m = med_faste(forum(v.skole), v.skoleleder, dage=-7, tilstand=Tilstand.REFERAT_UDKAST)
    uden_leder(v.kkfo)
    assert (koer(), plads(m, v.kkfo).person) == (0, v.paedagogiskleder)
    assert "Pia Dahl" in paa_listen(m)
    assert Deltager.objects.filter(moede=m).count() == 4
