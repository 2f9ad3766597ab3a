"""A new version of an agreement in force: the only way to correct what was entered (S17)."""

from datetime import UTC, datetime

import pytest
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string

from aftaler import actions
from aftaler.models import Aftale, Aktivitet, StrategiskMaal
from aftaler.pdf import data_til
from aftaler.states import Svar, Tilstand
from aftaler.tur import naeste_skridt
from samarbejde import tid
from samarbejde.models import Besked, Haendelse
from samarbejde.permissions import IkkeTilladtError
from samarbejde.tilstande import IkkeMuligtError
from tests.aftaler import byg
from tests.aftaler.sider import logget_ind, rod, tekst
from tests.fabrik import verden

pytestmark = pytest.mark.django_db
GRUND = "Klubben flytter ind på skolen i januar."


@pytest.fixture
def v():
    return verden()


@pytest.fixture
def gammel(v):
    return byg.indgaaet(v)


def ny_version(aftale, v, af=None):
    ny = actions.lav_ny_version(aftale=aftale, af=af or v.skoleleder, grund=GRUND)
    return byg.frisk(ny)


def alle_godkender(aftale, v):
    byg.send(aftale, v.skoleleder)
    for enhed in byg.parter(v):
        byg.godkend(aftale, enhed, byg.leder(v, enhed))
    return byg.frisk(aftale)


def test_s17_it_begins_with_the_same_text_and_parties_and_nobody_has_approved(v, gammel):
    Aktivitet.objects.get().ansvarlige.set([v.skole, v.kkfo])
    ny = ny_version(gammel, v)
    assert (ny.tilstand, ny.nummer, ny.erstatter_id) == (Tilstand.KLADDE, 2, gammel.pk)
    assert (ny.behov, ny.retning_html) == (gammel.behov, gammel.retning_html)
    maal = StrategiskMaal.objects.get(aftale=ny)
    assert maal.noegle == gammel.maal.get().noegle
    assert [omraade.pk for omraade in maal.omraader.all()] == [3]
    assert set(maal.delmaal.get().aktiviteter.get().ansvarlige.all()) == {v.skole, v.kkfo}
    assert byg.gamle_soegetekster() == []
    assert {part.enhed for part in ny.parter.all()} == set(byg.parter(v))
    assert set(ny.parter.values_list("tilstand", flat=True)) == {Svar.AFVENTER}
    assert byg.frisk(gammel).tilstand == Tilstand.INDGAAET
    assert set(Haendelse.objects.filter(navn="lav_ny_version").values_list("rod_id", flat=True)) == {gammel.pk, ny.pk}


def test_s7_the_old_one_holds_and_keeps_its_address_until_every_party_has_approved_the_new(v, gammel):
    ny = ny_version(gammel, v)
    byg.skriv_afsnit(ny, v.skoleleder, "retning", "Vi vil mødes i klubben.")
    byg.send(ny, v.skoleleder)
    for enhed in byg.parter(v)[:-1]:
        byg.godkend(ny, enhed, byg.leder(v, enhed))
    aarets = rod(gammel)
    side = tekst(logget_ind(v.medarbejder).get(aarets))
    assert "Vi vil mødes om børnefællesskaberne." in side
    assert "En ny version er under arbejde." in side
    byg.godkend(ny, byg.parter(v)[-1], byg.leder(v, byg.parter(v)[-1]))
    assert [byg.frisk(en).tilstand for en in (gammel, ny)] == [Tilstand.ERSTATTET, Tilstand.INDGAAET]
    side = tekst(logget_ind(v.medarbejder).get(aarets))
    assert "Vi vil mødes i klubben." in side
    assert "Den erstattede version 1" in side


def test_the_replaced_one_is_still_read_at_its_own_address_with_its_approvals_and_document(v, gammel):
    alle_godkender(ny_version(gammel, v), v)
    gammel = byg.frisk(gammel)
    assert rod(gammel).endswith("/version/1/")
    side = tekst(logget_ind(v.paedagogiskleder).get(rod(gammel)))
    assert "Aftalen er erstattet" in side
    assert "Gå til version 2, som gælder" in side
    assert "Pia Dahl" in side
    assert "Lav en ny version" not in side
    assert gammel.dokumenter.count() == 1
    assert naeste_skridt(gammel, v.skoleleder) == []
    with pytest.raises(IkkeMuligtError):
        actions.ophaev_aftale(aftale=gammel, af=v.skoleleder, grund=GRUND)


def test_decision_11_the_draft_of_a_new_version_is_the_parties_own(v, gammel):
    ny = ny_version(gammel, v)
    byg.skriv_afsnit(ny, v.skoleleder, "retning", "Fortroligt endnu.")
    assert "Fortroligt endnu." in tekst(logget_ind(v.medarbejder).get(rod(ny)))
    for hvem in (v.forvaltning, v.omraadechef):
        side = tekst(logget_ind(hvem).get(rod(ny)))
        assert "Fortroligt endnu." not in side
        assert "kladde" in side
        assert "Fortroligt endnu." not in tekst(logget_ind(hvem).get(rod(gammel)))
    assert logget_ind(v.udenfor).get(rod(ny)).status_code == 404


def test_it_is_written_sent_and_approved_at_its_own_address(v, gammel):
    ny = ny_version(gammel, v)
    assert rod(ny) == f"{rod(gammel)}version/2/"
    sanne = logget_ind(v.skoleleder)
    svar = sanne.post(f"{rod(ny)}afsnit/retning/", {"tekst": "Ny retning.", "version": ny.retning_version})
    assert svar.url.startswith(rod(ny)), svar.url
    assert byg.frisk(ny).retning == "Ny retning."
    assert byg.frisk(gammel).retning != "Ny retning."
    assert sanne.post(f"{rod(ny)}send-til-godkendelse/").url == rod(ny)
    aftryk = byg.frisk(ny).indhold_id
    pia = logget_ind(v.paedagogiskleder)
    assert pia.post(f"{rod(ny)}parter/{v.kkfo.slug}/godkend/", {"aftryk": aftryk}).url == rod(ny)
    assert byg.part(ny, v.kkfo).tilstand == Svar.GODKENDT
    assert byg.part(gammel, v.kkfo).godkendelse.indhold_id != aftryk


def test_case_22_whoever_approved_the_old_version_meets_the_difference_in_the_new(v, gammel):
    ny = ny_version(gammel, v)
    byg.skriv_afsnit(ny, v.skoleleder, "retning", "Vi vil mødes om klubbens børnefællesskaber.")
    byg.send(ny, v.skoleleder)
    side = tekst(logget_ind(v.paedagogiskleder).get(f"{rod(ny)}parter/{v.kkfo.slug}/godkend/"))
    assert "Teksten er ændret, siden du godkendte den" in side
    assert "[tilføjet: klubbens børnefællesskaber. ]" in side


def test_the_ball_of_the_new_version_is_on_the_start_page_and_the_list_tells_them_apart(v, gammel):
    ny = ny_version(gammel, v)
    assert f"Aftalen {ny}" in tekst(logget_ind(v.skoleleder).get("/"))
    liste = logget_ind(v.skoleleder).get("/aftaler/").content.decode()
    assert f'href="{rod(ny)}"' in liste
    assert f'href="{rod(gammel)}"' in liste
    assert "version 2" in tekst(logget_ind(v.forvaltning).get("/aftaler/aftaler.csv"))


def test_the_years_deadline_was_the_first_versions(v, gammel):
    ny = ny_version(gammel, v)
    assert [skridt.frist for skridt in naeste_skridt(ny, v.skoleleder)] == [None]
    byg.send(ny, v.skoleleder)
    assert {skridt.frist for skridt in naeste_skridt(byg.frisk(ny), v.skoleleder)} == {None}
    assert "overskredet" not in tekst(logget_ind(v.skoleleder).get("/aftaler/"))


def test_d37_every_other_leader_is_told_once_without_the_reason(v, gammel):
    ny_version(gammel, v)
    breve = Besked.objects.filter(noegle__startswith="lav_ny_version:")
    assert sorted(breve.values_list("til__navn", flat=True)) == ["Carl Havn", "Dorte Sol", "Pia Dahl"]
    assert all(GRUND not in brev.tekst for brev in breve)


def test_d5_its_document_says_which_version_it_is_and_what_it_replaces(v, gammel):
    ny = alle_godkender(ny_version(gammel, v), v)
    html = render_to_string("aftaler/dokument.html", data_til(ny.dokumenter.get()))
    assert ", version 2</p>" in html
    assert "Erstatter aftalen fra" in html
    assert "version" not in render_to_string("aftaler/dokument.html", data_til(gammel.dokumenter.get()))


# --- what must not happen ------------------------------------------------------------------------------------------
def test_s7_a_second_one_is_refused_and_leads_to_the_first(v, gammel):
    ny_version(gammel, v)
    with pytest.raises(IkkeMuligtError, match="allerede i gang"):
        ny_version(gammel, v)
    assert Aftale.objects.count() == 2
    svar = logget_ind(v.skoleleder).post(f"{rod(gammel)}ny-version/", {"grund": GRUND})
    assert "allerede i gang" in tekst(svar)
    assert logget_ind(v.skoleleder).get(f"{rod(gammel)}ny-version/").url == rod(gammel)


@pytest.mark.parametrize("lav", [byg.kladde, byg.sendt, byg.annulleret])
def test_only_one_that_was_entered_gets_a_new_version(v, lav):
    with pytest.raises(IkkeMuligtError, match="der er indgået, kan få en ny version"):
        ny_version(lav(v), v)


def test_an_expired_one_gets_no_new_version(v):
    with byg.i_aaret(2024):
        gammel = byg.indgaaet(v)
    with pytest.raises(IkkeMuligtError, match="gælder ikke længere"):
        ny_version(gammel, v)


@pytest.mark.parametrize("hvem", ["paedagogiskleder", "koordinator", "klyngeleder", "forvaltning", "administrator"])
def test_only_the_tovholder_begins_one(v, gammel, hvem):
    with pytest.raises(IkkeTilladtError):
        ny_version(gammel, v, getattr(v, hvem))


def test_a_reason_is_asked_for(v, gammel):
    assert "Skriv en grund." in tekst(logget_ind(v.skoleleder).post(f"{rod(gammel)}ny-version/", {"grund": ""}))
    assert Aftale.objects.count() == 1


def test_annulled_the_old_one_goes_on_and_another_can_be_begun(v, gammel):
    ny = ny_version(gammel, v)
    ny_side, sanne = rod(ny), logget_ind(v.skoleleder)
    assert "Den skal erstatte version 1 , som gælder" in tekst(sanne.get(ny_side))
    actions.annuller_aftale(aftale=ny, af=v.skoleleder, grund="Vi venter.")
    side = tekst(sanne.get(ny_side))
    assert "Den skulle have erstattet version 1 ." in side, "and it says nothing of what the old one is now"
    assert "Den skal erstatte" not in side
    assert "En ny version er under arbejde" not in tekst(logget_ind(v.skoleleder).get(rod(gammel)))
    assert ny_version(gammel, v).nummer == 3


def test_the_old_one_ended_meanwhile_is_not_replaced_and_the_new_one_enters(v, gammel):
    ny = ny_version(gammel, v)
    actions.ophaev_aftale(aftale=gammel, af=v.skoleleder, grund="Skolen lukker.")
    assert alle_godkender(ny, v).tilstand == Tilstand.INDGAAET
    assert byg.frisk(gammel).tilstand == Tilstand.OPHAEVET


def test_s7_the_database_itself_refuses_two_in_force(v, gammel):
    ny = ny_version(gammel, v)
    with pytest.raises(IntegrityError), transaction.atomic():
        Aftale.objects.filter(pk=ny.pk).update(
            tilstand="indgaaet", indhold_id=gammel.indhold_id, indgaaet_den=datetime(2026, 11, 1, tzinfo=UTC)
        )


def test_the_party_that_left_is_not_in_the_new_version(v, gammel):
    dato = tid.i_dag()
    actions.lad_udtraede(aftale=gammel, af=v.skoleleder, enhed=v.boernehus, dato=dato, grund="Lukket.")
    assert v.boernehus not in {part.enhed for part in ny_version(gammel, v).parter.all()}


def test_the_district_box_and_the_figure_tell_of_the_one_in_force(v, gammel):
    ny_version(gammel, v)
    side = tekst(logget_ind(v.medarbejder).get(f"/distrikter/{v.distrikt.slug}/"))
    assert "er indgået" in side
    assert "er en kladde" not in side
