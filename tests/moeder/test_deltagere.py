"""Who is invited to a meeting, to what, and why: S32, S33, S36, S37, S48, S49; cases 11, 19, 44."""

import pytest
from django.core.exceptions import ValidationError

from aftaler.models import Aktivitet
from moeder import actions
from moeder.actions import deltagere as modul
from moeder.models import Deltager
from moeder.queries.deltagere import UDEN_FAGLIGHED, deltagerside
from moeder.queries.grundlag import mulige_grundlag
from moeder.queries.kandidater import kandidater
from moeder.states import Deltagelse, Tilstand
from ressourcecenter.models import Ressourceperson
from samarbejde import tid
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import Handling, IkkeTilladtError, Rolle, maa
from samarbejde.skolekalender import skoleaar_for
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg as aftalebyg
from tests.aftaler.sider import logget_ind
from tests.fabrik import Art as Enhedsart
from tests.fabrik import enhed, person, rolle, verden
from tests.moeder.byg import moede, punkt
from tests.moeder.deltagere import Art, med_faste, paa_listen, plads
from tests.ressourcecenter.byg import Art as Forumart
from tests.ressourcecenter.byg import forum, ressourceperson

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def rc(v):
    return forum(v.skole)


def medarbejder(v, m, punkter, **felter):
    return actions.tilfoej_deltager(
        moede=m,
        art=Art.MEDARBEJDER,
        **{"person": v.medarbejder, "enhed": v.kkfo, "punkter": punkter, "af": v.koordinator, **felter},
    )


def rs(v, m, hvem=None, fra=None, **felter):
    return actions.tilfoej_deltager(
        moede=m,
        art=Art.RESSOURCEPERSON,
        person=hvem or v.sundhedsplejerske,
        enhed=fra,
        **{"af": v.koordinator, **felter},
    )


def tematisk(v, rc, **felter):
    return med_faste(rc, v.skoleleder, er_tematisk=True, **{"grundlag": "Aftalt på lederseminaret.", **felter})


def gaest(v, m, **felter):
    valg = {"art": Art.GAEST, "person": v.dagtilbudsleder, "enhed": v.boernehus, "af": v.koordinator, **felter}
    return actions.tilfoej_deltager(moede=m, **valg)


# --- who is there by itself, and who may change the list -----------------------------------------------------------
def test_s32_the_leaders_of_the_forum_and_each_attached_unit_are_there_with_a_reason(v, rc):
    m = med_faste(rc, v.skoleleder)
    assert paa_listen(m) == {"Sanne Lund", "Kirsten Ravn", "Pia Dahl", "Carl Havn"}
    assert all(en.grund for en in m.deltagere.all())


@pytest.mark.parametrize(
    "hvem",
    [
        "paedagogiskleder",
        "centerleder",
        "klyngeleder",
        "vejleder",
        "naboskoleleder",
        "nabokoordinator",
        "administrator",
    ],
)
def test_s36_nobody_else_invites_leaves_out_or_removes(v, rc, hvem):
    m = med_faste(rc, v.skoleleder)
    ressourceperson(rc, v.sundhedsplejerske)
    af = getattr(v, hvem)
    with pytest.raises(IkkeTilladtError):
        rs(v, m, af=af)
    with pytest.raises(IkkeTilladtError):
        actions.udelad(deltager=plads(m, v.kkfo), grund="Nej", af=af)
    with pytest.raises(IkkeTilladtError):
        actions.tilfoej_lokale(moede=m, navn="Lokale 2", mail="lokale2@demo.example", af=af)


def test_case_4_and_31a_a_coordinator_of_the_rc_alone_invites_to_no_plc_and_no_joint_meeting(v, rc):
    rita = person("Rita Rc")
    rolle(rita, Rolle.MEDARBEJDER, v.kkfo)
    rolle(rita, Rolle.KOORDINATOR, v.skole, omfang="rc")
    plc = forum(v.skole, Forumart.PLC)
    ressourceperson(rc, v.sundhedsplejerske)
    ressourceperson(plc, v.sundhedsplejerske)
    assert rs(v, moede(rc, af=v.skoleleder), af=rita)
    for m in (moede(plc, af=v.skoleleder), moede(rc, med=plc, af=v.skoleleder, dage=20)):
        with pytest.raises(IkkeTilladtError):
            rs(v, m, af=rita)


def test_nothing_changes_when_the_meeting_is_held_or_cancelled(v, rc):
    ressourceperson(rc, v.sundhedsplejerske)
    for tilstand in (Tilstand.REFERAT_UDKAST, Tilstand.AFLYST):
        m = moede(rc, af=v.skoleleder, tilstand=tilstand, aflyst_grund="Sygdom")
        with pytest.raises(IkkeMuligtError, match="holdt eller aflyst"):
            rs(v, m)


# --- reasons (S37) -------------------------------------------------------------------------------------------------
def test_s37_a_fixed_participant_is_left_out_only_with_a_reason_and_taken_back_in(v, rc):
    m = med_faste(rc, v.skoleleder)
    with pytest.raises(ValidationError, match="Skriv kort"):
        actions.udelad(deltager=plads(m, v.kkfo), grund="", af=v.koordinator)
    ude = actions.udelad(deltager=plads(m, v.kkfo), grund="Handler om 7. klasse", af=v.koordinator)
    assert (ude.tilstand, ude.udeladt_grund) == (Deltagelse.UDELADT, "Handler om 7. klasse")
    with pytest.raises(IkkeMuligtError):
        actions.udelad(deltager=ude, grund="Igen", af=v.koordinator)
    inde = actions.tag_med(deltager=ude, af=v.skoleleder)
    assert (inde.tilstand, inde.udeladt_grund) == (Deltagelse.INVITERET, "")


def test_s19_a_fixed_participant_cannot_be_removed(v, rc):
    m = med_faste(rc, v.skoleleder)
    with pytest.raises(IkkeMuligtError, match="Udelad"):
        actions.fjern_deltager(deltager=plads(m, v.kkfo), af=v.skoleleder)
    assert maa(v.paedagogiskleder, Handling.SE_MOEDE, m)


def test_s37_every_invitee_has_a_reason_the_fixed_one_or_in_words(v, rc):
    ressourceperson(rc, v.sundhedsplejerske)
    ressourceperson(rc, v.vejleder, v.skole)
    m = moede(rc, af=v.skoleleder)
    assert rs(v, m).grund.startswith("ressourceperson (")
    assert rs(v, m, v.vejleder, v.skole, grund="Kender forløbet").grund == "Kender forløbet"
    assert Haendelse.objects.filter(navn="tilfoej_deltager", rod_id=m.pk).count() == 2


# --- resource persons and staff (S33, decision 7, case 11, case 44) --------------------------------------------------
def test_a_resource_person_is_invited_to_items_or_to_the_whole_meeting(v, rc):
    ressourceperson(rc, v.sundhedsplejerske)
    m = moede(rc, af=v.skoleleder)
    p = punkt(m)
    assert rs(v, m, punkter=[p]).kun_punkter is True
    hele = rs(v, m)
    assert (hele.kun_punkter, hele.punkter.count(), m.deltagere.count()) == (False, 0, 1)


def test_decision_7_the_leader_of_a_fritid_unit_is_told_when_its_resource_person_is_invited(v, rc):
    ressourceperson(rc, v.medarbejder, v.kkfo)
    rs(v, moede(rc, af=v.skoleleder), v.medarbejder, v.kkfo)
    besked = Besked.objects.get(til=v.paedagogiskleder)
    assert besked.levering == "lejlighed"
    assert "KKFO Lindely" in besked.emne


def test_case_11_staff_are_invited_to_named_items_only(v, rc):
    m = moede(rc, af=v.skoleleder)
    with pytest.raises(ValidationError, match="mindst ét punkt"):
        medarbejder(v, m, [])
    assert not m.deltagere.exists()


def test_decision_8_a_teacher_of_the_school_is_active_at_once(v, rc):
    m = moede(rc, af=v.skoleleder)
    en = medarbejder(v, m, [punkt(m)], person=v.vejleder, enhed=v.skole)
    assert (en.tilstand, en.kun_punkter) == (Deltagelse.INVITERET, True)


def test_case_44_staff_of_a_fritid_unit_is_active_only_when_the_leader_confirms(v, rc):
    m = moede(rc, af=v.skoleleder, tilstand=Tilstand.INDKALDT)
    p, andet = punkt(m), punkt(m, "Noget andet")
    en = medarbejder(v, m, [p])
    assert en.tilstand == Deltagelse.FORESLAAET
    assert not maa(v.medarbejder, Handling.SE_MOEDE, m)
    besked = Besked.objects.get(til=v.paedagogiskleder)
    assert (besked.levering, besked.adresse) == ("straks", f"/moeder/{m.kode}/deltagere/{en.pk}/bekraeft/")
    assert p.titel not in besked.emne + besked.tekst
    for af in (v.koordinator, v.skoleleder, v.centerleder, v.medarbejder):
        with pytest.raises((IkkeTilladtError, IkkeMuligtError)):
            actions.bekraeft_medarbejder(deltager=en, af=af)
    actions.bekraeft_medarbejder(deltager=en, af=v.paedagogiskleder)
    assert maa(v.medarbejder, Handling.SE_MOEDE, p)
    assert not maa(v.medarbejder, Handling.SE_MOEDE, andet)
    with pytest.raises(IkkeMuligtError):
        actions.bekraeft_medarbejder(deltager=en, af=v.paedagogiskleder)


def test_case_44_the_leader_says_no_and_nobody_asks_again(v, rc):
    m = moede(rc, af=v.skoleleder)
    p = punkt(m)
    en = medarbejder(v, m, [p])
    with pytest.raises(ValidationError, match="Skriv kort hvorfor"):
        actions.afvis_medarbejder(deltager=en, grund="", af=v.paedagogiskleder)
    assert actions.afvis_medarbejder(deltager=en, grund="Ferie", af=v.paedagogiskleder).tilstand == Deltagelse.AFVIST
    with pytest.raises(ValidationError, match="Lederen har svaret nej"):
        medarbejder(v, m, [p])


def test_case_44_one_more_item_is_asked_for_anew(v, rc):
    m = moede(rc, af=v.skoleleder)
    p, q = punkt(m), punkt(m, "Noget andet")
    actions.bekraeft_medarbejder(deltager=medarbejder(v, m, [p]), af=v.paedagogiskleder)
    en = medarbejder(v, m, [q])
    assert (en.tilstand, set(en.punkter.all())) == (Deltagelse.FORESLAAET, {p, q})


def test_s33_never_to_the_matter_of_another_fritid_unit(v, rc):
    m = moede(rc, af=v.skoleleder)
    sag = punkt(m, "Uro i klubben", niveau="boernegruppe", foreslaaet_for=v.center)
    with pytest.raises(ValidationError, match="Fritidscenter Havnens egen sag"):
        medarbejder(v, m, [sag])
    assert medarbejder(v, m, [sag], person=v.vejleder, enhed=v.skole)


# --- 0-6 institutions as guests (S48, S49, case 19) ------------------------------------------------------------------
def test_s48_a_guest_comes_only_to_a_thematic_meeting_of_the_ressourcecenter_alone(v, rc):
    plc = forum(v.skole, Forumart.PLC)
    almindeligt = moede(rc, af=v.skoleleder, grundlag="Aftalt")
    faelles = moede(rc, med=plc, af=v.skoleleder, dage=20, er_tematisk=True, grundlag="Aftalt")
    for m in (almindeligt, faelles, moede(plc, af=v.skoleleder, dage=30, er_tematisk=True, grundlag="Aftalt")):
        with pytest.raises(ValidationError, match="kun være gæster på et tematisk møde"):
            gaest(v, m)
    en = gaest(v, tematisk(v, rc))
    assert (en.art, en.tilstand) == (Art.GAEST, Deltagelse.INVITERET)


def test_s48_the_guest_sees_that_meeting_and_no_other(v, rc):
    m = tematisk(v, rc, tilstand=Tilstand.INDKALDT)
    andet = med_faste(rc, v.skoleleder, dage=30, tilstand=Tilstand.INDKALDT)
    gaest(v, m)
    assert maa(v.dagtilbudsleder, Handling.SE_MOEDE, m)
    assert not maa(v.dagtilbudsleder, Handling.SE_MOEDE, andet)
    assert not maa(v.dagtilbudsleder, Handling.SE_FORUM, rc)


def test_s49_a_cross_invitation_rests_on_a_note_or_an_activity(v, rc):
    m = tematisk(v, rc, grundlag="")
    with pytest.raises(ValidationError) as fejl:
        gaest(v, m)
    assert "grundlag" in fejl.value.message_dict
    actions.skriv_grundlag(moede=m, grundlag="Aftalt på lederseminaret", af=v.koordinator)
    assert gaest(v, m)


def test_s49_an_activity_of_another_district_is_no_basis(v, rc):
    with pytest.raises(ValidationError, match="ikke i en af distriktets aftaler"):
        actions.skriv_grundlag(moede=tematisk(v, rc), grundlag="", aktivitet_id=987654, af=v.koordinator)


def test_case_19_no_guest_beside_an_item_about_a_child(v, rc):
    m = tematisk(v, rc)
    punkt(m, niveau="enkeltbarn")
    with pytest.raises(ValidationError, match="drøftelse om et barn"):
        gaest(v, m)


# --- bad input -----------------------------------------------------------------------------------------------------
def test_foreign_ids_and_people_from_elsewhere_are_refused(v, rc):
    m = moede(rc, af=v.skoleleder)
    for hvem, fra in ((v.udenfor, None), (v.nabokoordinator, v.naboskole), (v.teamkoordinator, v.nabokkfo)):
        with pytest.raises(ValidationError, match="kan ikke inviteres"):
            medarbejder(v, m, [punkt(m)], person=hvem, enhed=fra)
    with pytest.raises(ValidationError, match="kan ikke inviteres"):
        actions.tilfoej_deltagere(moede=m, noegler=["gaest-0-x", "<script>"], af=v.koordinator)
    with pytest.raises(ValidationError, match="ikke længere på dagsordenen"):
        medarbejder(v, m, [punkt(moede(rc, af=v.skoleleder, dage=20))])
    assert not m.deltagere.exists()


def test_the_same_person_stands_on_the_list_once(v, rc):
    ressourceperson(rc, v.sundhedsplejerske)
    m = moede(rc, af=v.skoleleder)
    rs(v, m)
    with pytest.raises(ValidationError, match="står allerede på mødets liste"):
        rs(v, m)
    actions.fjern_deltager(deltager=m.deltagere.get(), af=v.koordinator)
    assert rs(v, m).tilstand == Deltagelse.INVITERET
    assert m.deltagere.count() == 1


def test_two_hundred_invitees_meet_a_sentence(v, rc, monkeypatch):
    monkeypatch.setattr(modul, "FLEST", 3)
    folk = [person(f"Ekspert {nr}") for nr in range(4)]
    for hvem in folk:
        ressourceperson(rc, hvem)
    m = moede(rc, af=v.skoleleder)
    with pytest.raises(ValidationError, match="højst være 100 på mødets liste"):
        actions.tilfoej_deltagere(moede=m, noegler=[f"ressourceperson-{en.pk}-0" for en in folk], af=v.koordinator)
    assert not m.deltagere.exists()


def test_decision_10_a_room_is_invited_once(v, rc):
    m = moede(rc, af=v.skoleleder)
    lokale = actions.tilfoej_lokale(moede=m, navn="Lokale 2", mail="lokale2@demo.example", af=v.koordinator)
    assert (lokale.art, str(lokale)) == (Art.LOKALE, "Lokale 2")
    with pytest.raises(ValidationError, match="allerede inviteret"):
        actions.tilfoej_lokale(moede=m, navn="Lokale 2", mail="LOKALE2@demo.example", af=v.koordinator)


# --- over HTTP -----------------------------------------------------------------------------------------------------
def test_the_whole_of_it_on_the_pages(v, rc):
    ressourceperson(rc, v.sundhedsplejerske)
    m = med_faste(rc, v.skoleleder)
    p = punkt(m)
    klient, rod = logget_ind(v.koordinator), f"/moeder/{m.kode}/deltagere/"
    assert "Pia Dahl" in klient.get(rod).content.decode()
    svar = klient.post(f"{rod}tilfoej/", {"medarbejder": f"medarbejder-{v.medarbejder.pk}-{v.kkfo.pk}"})
    assert "Vælg mindst ét punkt" in svar.content.decode()
    felter = {"hvem": [f"ressourceperson-{v.sundhedsplejerske.pk}-0"], "punkter": [p.pk], "grund": "Kender emnet"}
    assert klient.post(f"{rod}tilfoej/", felter).status_code == 302
    assert Deltager.objects.get(moede=m, person=v.sundhedsplejerske).grund == "Kender emnet"
    assert klient.post(f"{rod}{plads(m, v.kkfo).pk}/udelad/", {"grund": ""}).status_code == 200
    assert klient.post(f"{rod}{plads(m, v.kkfo).pk}/udelad/", {"grund": "Ikke relevant"}).status_code == 302
    assert "Udeladt denne gang" in klient.get(rod).content.decode()
    assert klient.post(f"{rod}{plads(m, v.kkfo).pk}/tag-med/").status_code == 302
    assert klient.post(f"{rod}lokale/", {"navn": "Lokale 2", "mail": "ikke en mail"}).status_code == 200
    assert logget_ind(v.paedagogiskleder).post(f"{rod}tilfoej/", felter).status_code == 403
    assert logget_ind(v.udenfor).get(rod).status_code == 404


def test_another_meetings_invitation_is_not_found_under_this_one(v, rc):
    m, andet = med_faste(rc, v.skoleleder), med_faste(rc, v.skoleleder, dage=30)
    adresse = f"/moeder/{m.kode}/deltagere/{plads(andet, v.kkfo).pk}/udelad/"
    assert logget_ind(v.koordinator).post(adresse, {"grund": "x"}).status_code == 404


def test_s41_the_list_shows_which_professions_are_there_and_which_are_not(v, rc):
    fag = ressourceperson(rc, v.sundhedsplejerske).faglighed
    m = med_faste(rc, v.skoleleder)
    punkt(m, "Overgange")
    klient, rod = logget_ind(v.koordinator), f"/moeder/{m.kode}/deltagere/"
    assert deltagerside(m)["fagligheder"][0].mangler == [fag.navn]
    rs(v, m)
    assert deltagerside(m)["fagligheder"][0].med == [fag.navn]
    assert klient.get(rod).status_code == 200


def test_s41_the_balance_counts_those_who_took_part_this_year_by_side(v, rc):
    ressourceperson(rc, v.vejleder, v.skole)
    holdt = med_faste(rc, v.skoleleder, dage=-7, tilstand=Tilstand.REFERAT_UDKAST)
    for en in holdt.deltagere.all():
        Deltager.objects.filter(pk=en.pk).update(tilstand=Deltagelse.DELTOG)
    m = moede(rc, af=v.skoleleder)
    assert deltagerside(m)["balance"] == [(UDEN_FAGLIGHED, [2, 2, 0, 0])]
    assert "ikke angivet" in logget_ind(v.koordinator).get(f"/moeder/{m.kode}/deltagere/").content.decode()


def test_proposals_come_from_the_agenda(v, rc):
    """S37: the profession an item calls for, its owner, and whoever asked for the meeting."""
    fag = ressourceperson(rc, v.sundhedsplejerske).faglighed
    m = med_faste(rc, v.skoleleder)
    assert not any(en.forslag for en in kandidater(m))
    p = punkt(m, ansvarlig=v.vejleder)
    p.fagligheder.add(fag)
    forslag = {str(en.person): en.forslag for en in kandidater(m) if en.forslag}
    assert forslag == {"Susan Vig": f"et punkt kalder på {fag.navn}", "Viggo Holm": "ansvarlig for et punkt"}
    assert Ressourceperson.objects.count() == 1
    assert enhed("Uden for", Enhedsart.DAGINSTITUTION).pk not in {en.enhed.pk for en in kandidater(m) if en.enhed}


def test_s49_the_activity_of_an_expired_agreement_still_counts_and_is_warned_of(v, rc):
    aar = skoleaar_for(tid.i_dag())
    with aftalebyg.i_aaret(aar - 1):
        aftalebyg.indgaaet(v)
    m = tematisk(v, rc, grundlag="")
    aktivitet = Aktivitet.objects.get()
    assert [en.er_udloebet for en in mulige_grundlag(m)] == [True]
    klient, rod = logget_ind(v.koordinator), f"/moeder/{m.kode}/deltagere/"
    felter = {"hvem": [f"gaest-{v.dagtilbudsleder.pk}-{v.boernehus.pk}"], "grundlag": "", "aktivitet": ""}
    assert "aftales lokalt" in klient.post(f"{rod}tilfoej/", felter).content.decode()
    assert klient.post(f"{rod}tilfoej/", {**felter, "aktivitet": aktivitet.pk}).status_code == 302
    assert m.deltagere.filter(art=Art.GAEST).count() == 1
    assert "er udløbet" in klient.get(rod).content.decode()
