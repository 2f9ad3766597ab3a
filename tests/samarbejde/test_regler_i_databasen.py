"""S25 and S29 are kept by the database itself, whoever writes and however many at once (ADR 0012).

The rows here are written past the actions: what is tried is the last line of defence.
"""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import path

from samarbejde import tid
from samarbejde.actions import rettighed, tildel_rolle
from samarbejde.adgang import for_alle_indloggede
from samarbejde.database import BRUDT_REGEL, REGLER
from samarbejde.models import Enhed, Enhedstilknytning, Person, Rolletildeling
from samarbejde.organisation import ret_enhed, ret_tilknytning, tilknyt
from samarbejde.permissions import Rolle
from samarbejde.urls import handler400, handler403, handler404, handler500  # noqa: F401 - of this module's urls
from samarbejde.urls import urlpatterns as sitets
from tests.fabrik import FRA, Art, distrikt, enhed, person, rolle, verden
from tests.samtidigt import fordel, samtidig

NOV = date(2026, 11, 1)
TO = "hoejst_to_koordinatorer"
EN = "en_fritidsinstitution"


@pytest.fixture
def lund(db):
    return enhed("Lundskolen", i=distrikt("Lund"))


def koordinator(skole, fra=FRA, til=None, hvem=None, **felter):
    return Rolletildeling(
        user=hvem or person("Ida Ibsen"),
        content_object=skole,
        permission=rettighed(Rolle.KOORDINATOR),
        gyldig_fra=fra,
        gyldig_til=til,
        omfang="rc_plc",
        **felter,
    )


def gem(*raekker):
    """All or nothing, so that a refusal leaves the test's own transaction usable."""
    with transaction.atomic():
        for raekke in raekker:
            raekke.save()
    return raekker[-1]


def afvist(navn, goer):
    with pytest.raises(IntegrityError, match=navn), transaction.atomic():
        goer()


def antal(skole):
    return Rolletildeling.objects.filter(content_object=skole).med_rolle(Rolle.KOORDINATOR).count()


# --- they are there ----------------------------------------------------------------------------------------------
def udloesere():
    sql = {
        "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT t.tgname, c.relname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid "
        "WHERE NOT t.tgisinternal AND t.tgenabled = 'O'",
    }[connection.vendor]
    with connection.cursor() as markoer:
        markoer.execute(sql)
        return set(markoer.fetchall())


def test_every_rule_stands_in_the_database_after_all_migrations(db):
    """SQLite forgets the triggers of a table that a migration remakes: then that migration runs `regel_sql` again."""
    endelser = ("_insert", "_update") if connection.vendor == "sqlite" else ("",)
    assert {(navn + endelse, tabel) for navn, tabel, *_ in REGLER for endelse in endelser} <= udloesere()


def test_every_rule_has_a_sentence_for_whoever_meets_it():
    assert {navn for navn, *_ in REGLER} == set(BRUDT_REGEL)
    assert all(saetning.count(". ") == 1 and saetning.endswith(".") for saetning in BRUDT_REGEL.values())


# --- S29: two coordinators ---------------------------------------------------------------------------------------
def test_s29_case_1_a_third_coordinator_is_refused_however_it_is_written(lund):
    gem(koordinator(lund), koordinator(lund))
    tredje = gem(koordinator(lund, fra=FRA - timedelta(days=40), til=FRA))
    afvist(TO, lambda: koordinator(lund).save())
    afvist(TO, lambda: Rolletildeling.objects.bulk_create([koordinator(lund)]))
    afvist(TO, lambda: Rolletildeling.objects.filter(pk=tredje.pk).update(gyldig_til=None))
    assert antal(lund) == 3


def test_s29_case_1_three_in_one_statement_are_refused_and_none_is_kept(lund):
    afvist(TO, lambda: Rolletildeling.objects.bulk_create([koordinator(lund) for _ in range(3)]))
    assert antal(lund) == 0
    Rolletildeling.objects.bulk_create([koordinator(lund) for _ in range(2)])
    assert antal(lund) == 2


def test_s29_another_role_that_becomes_a_coordinator_is_refused(lund):
    gem(koordinator(lund), koordinator(lund))
    laerer = rolle(person("Bo Bak"), Rolle.MEDARBEJDER, lund)
    afvist(
        TO,
        lambda: Rolletildeling.objects.filter(pk=laerer.pk).update(permission=rettighed(Rolle.KOORDINATOR)),
    )


def test_s29_a_coordinator_moved_to_a_full_school_is_refused(lund):
    anden = enhed("Engskolen")
    gem(koordinator(lund), koordinator(lund))
    flyttet = gem(koordinator(anden))
    afvist(TO, lambda: Rolletildeling.objects.filter(pk=flyttet.pk).update(content_object=lund))


@pytest.mark.parametrize(
    ("fra", "til"),
    [
        (date(2030, 1, 1), None),  # far ahead
        (FRA, None),  # from the past into the future
        (date(2029, 1, 1), date(2030, 1, 2)),  # one day in common
        (date(2030, 6, 30), date(2030, 7, 1)),  # exactly one day, the last one
        (date(2030, 3, 1), date(2030, 4, 1)),  # within
    ],
)
def test_s29_an_overlap_that_comes_only_in_the_future_is_refused_too(lund, fra, til):
    gem(koordinator(lund), koordinator(lund, fra=date(2030, 1, 1), til=date(2030, 7, 1)))
    afvist(TO, lambda: koordinator(lund, fra=fra, til=til).save())


@pytest.mark.parametrize(
    ("fra", "til"),
    [(date(2029, 1, 1), date(2030, 1, 1)), (date(2030, 7, 1), None), (date(2030, 7, 1), NOV.replace(2031))],
)
def test_s29_a_free_seat_before_or_after_may_be_taken(lund, fra, til):
    gem(koordinator(lund), koordinator(lund, fra=date(2030, 1, 1), til=date(2030, 7, 1)))
    assert gem(koordinator(lund, fra=fra, til=til)).pk


def test_s29_two_who_follow_each_other_take_one_seat_of_a_long_appointment(lund):
    """Three rows touch the new one, but never more than one on the same day."""
    gem(koordinator(lund, til=date(2026, 1, 1)), koordinator(lund, fra=date(2026, 1, 1), til=date(2027, 1, 1)))
    gem(koordinator(lund, fra=date(2027, 1, 1)), koordinator(lund))
    afvist(TO, lambda: koordinator(lund, fra=date(2026, 12, 31), til=date(2027, 1, 2)).save())


def test_s29_case_3_the_new_one_may_begin_the_day_after_the_old_one_ends(lund):
    """«Til og med 31. oktober» is stored as 1 November; 31 October itself is taken."""
    gem(koordinator(lund), koordinator(lund, til=NOV))
    afvist(TO, lambda: koordinator(lund, fra=date(2026, 10, 31)).save())
    assert gem(koordinator(lund, fra=NOV)).pk
    assert antal(lund) == 3


def test_s29_an_annulled_appointment_counts_for_nothing(lund):
    gem(koordinator(lund), koordinator(lund, fra=NOV, til=NOV), koordinator(lund))
    assert gem(koordinator(lund, fra=NOV, til=NOV)).pk


def test_s29_the_seat_is_the_schools_and_the_coordinators_alone(lund):
    """One person at two schools, and any number of other roles."""
    ida, anden = person("Ida Ibsen"), enhed("Engskolen")
    gem(koordinator(lund), koordinator(lund, hvem=ida), koordinator(anden, hvem=ida))
    for _ in range(3):
        rolle(person("Bo Bak"), Rolle.MEDARBEJDER, lund)
    assert (antal(lund), antal(anden)) == (2, 1)


def test_s29_a_row_may_be_corrected_where_it_stands(lund):
    raekke = gem(koordinator(lund), koordinator(lund))
    raekke.titel, raekke.gyldig_til = "PLC-koordinator", NOV
    raekke.save()
    assert Rolletildeling.objects.get(pk=raekke.pk).gyldig_til == NOV


def test_s29_case_1_the_action_says_it_in_a_sentence(lund):
    rolle(person("Ida Ibsen"), Rolle.KOORDINATOR, lund)
    rolle(person("Bo Bak"), Rolle.KOORDINATOR, lund, fra=NOV)
    with pytest.raises(ValidationError) as fejl:
        rolle(person("Eva Eg"), Rolle.KOORDINATOR, lund)
    assert fejl.value.messages == [
        "Lundskolen har allerede to koordinatorer søndag den 1. november 2026, og der kan højst være to ad gangen. "
        "Afslut en af dem først, eller vælg en dag, hvor der er en ledig plads."
    ]
    assert antal(lund) == 2


# --- S25: one school, one fritidsinstitution -----------------------------------------------------------------------
@pytest.fixture
def lindely(lund):
    return enhed("KKFO Lindely", Art.FRITIDSINSTITUTION, til=lund)


def link(fra_enhed, til, fra=FRA, slut=None):
    return Enhedstilknytning(enhed=fra_enhed, til=til, gyldig_fra=fra, gyldig_til=slut)


def test_s25_a_second_fritidsinstitution_for_a_school_is_refused_however_it_is_written(lund, lindely):
    anden = enhed("KKFO Egely", Art.FRITIDSINSTITUTION)
    gammel = gem(link(anden, lund, fra=FRA - timedelta(days=9), slut=FRA))
    afvist(EN, lambda: link(anden, lund).save())
    afvist(EN, lambda: link(anden, lund, fra=date(2040, 1, 1)).save())
    afvist(EN, lambda: Enhedstilknytning.objects.bulk_create([link(anden, lund)]))
    afvist(EN, lambda: Enhedstilknytning.objects.filter(pk=gammel.pk).update(gyldig_til=FRA + timedelta(days=1)))


def test_s25_a_second_school_for_a_fritidsinstitution_is_refused(lund, lindely):
    afvist(EN, lambda: link(lindely, enhed("Egeskolen")).save())


def test_s25_one_may_follow_the_other(lund, lindely):
    Enhedstilknytning.objects.filter(enhed=lindely).update(gyldig_til=NOV)
    anden = enhed("KKFO Egely", Art.FRITIDSINSTITUTION)
    gem(link(anden, lund, fra=NOV), link(lindely, enhed("Egeskolen"), fra=NOV))
    afvist(EN, lambda: link(lindely, lund, fra=date(2027, 1, 1)).save())


def test_s25_an_annulled_link_counts_for_nothing(lund, lindely):
    anden = enhed("KKFO Egely", Art.FRITIDSINSTITUTION)
    assert gem(link(anden, lund, fra=NOV, slut=NOV)).pk


def test_s25_a_private_one_may_stand_beside_and_a_centre_has_many_schools(lund, lindely):
    """Decision 2: a private fritidsinstitution is a voluntary party beside the school's own."""
    privat = enhed("Skovbørn", Art.FRITIDSINSTITUTION, ejerform=Enhed.Ejerform.PRIVAT)
    center = enhed("Havnen", Art.FRITIDSCENTER)
    gem(link(privat, lund), link(center, lund), link(center, enhed("Egeskolen")))
    gem(link(lindely, enhed("Klynge Nord", Art.KLYNGE)))
    assert lund.medlemmer.count() == 3


# --- many at once ------------------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_s29_case_2_24_parallel_writers_past_the_actions_leave_two():
    skole = enhed("Lundskolen")
    raekker = [koordinator(skole, hvem=person(f"Ida Ibsen {n}")) for n in range(24)]
    lykkedes, afviste = fordel(samtidig(*[raekke.save for raekke in raekker]), IntegrityError)
    assert (len(lykkedes), len(afviste), antal(skole)) == (2, 22, 2)
    assert {TO in str(fejl) for fejl in afviste} == {True}


@pytest.mark.django_db(transaction=True)
def test_s29_case_2_24_parallel_appointments_give_two_and_22_sentences():
    v = verden()
    Rolletildeling.objects.filter(user=v.koordinator).delete()
    folk = [person(f"Ida Ibsen {n}") for n in range(24)]

    def udpeg(hvem):
        return tildel_rolle(
            person=hvem, rolle=Rolle.KOORDINATOR, enhed=v.skole, gyldig_fra=tid.i_dag(), af=v.skoleleder
        )

    svar = samtidig(*[lambda hvem=hvem: udpeg(hvem) for hvem in folk])
    lykkedes, afviste = fordel(svar, ValidationError)
    assert (len(lykkedes), len(afviste), antal(v.skole)) == (2, 22, 2)
    assert all("der kan højst være to ad gangen" in fejl.messages[0] for fejl in afviste)


@pytest.mark.django_db(transaction=True)
def test_s25_parallel_links_give_the_school_one_fritidsinstitution():
    skole = enhed("Lundskolen")
    links = [link(enhed(f"KKFO {n}", Art.FRITIDSINSTITUTION), skole) for n in range(8)]
    lykkedes, afviste = fordel(samtidig(*[ny.save for ny in links]), IntegrityError)
    assert (len(lykkedes), len(afviste), skole.medlemmer.count()) == (1, 7, 1)


# --- what a person meets -----------------------------------------------------------------------------------------
@for_alle_indloggede
def _tredje(request):
    skole = Enhed.objects.get(navn="Lundskolen")
    with transaction.atomic():
        koordinator(skole, hvem=request.user).save()


@for_alle_indloggede
def _noget_andet(request):
    with transaction.atomic():
        Person.objects.create(email=request.user.email, navn="Dobbelt")


urlpatterns = [*sitets, path("tredje/", _tredje), path("noget-andet/", _noget_andet)]


def test_s29_an_action_that_was_overtaken_is_a_danish_sentence_and_no_fault(client, settings, lund):
    settings.ROOT_URLCONF = __name__
    gem(koordinator(lund), koordinator(lund))
    client.force_login(person("Eva Eg"))
    svar = client.post("/tredje/")
    assert svar.status_code == 409
    assert BRUDT_REGEL[TO] in svar.content.decode()
    assert antal(lund) == 2


def test_other_things_that_the_database_refuses_are_still_faults(client, settings, lund):
    settings.ROOT_URLCONF = __name__
    client.raise_request_exception = False
    client.force_login(person("Eva Eg"))
    assert client.post("/noget-andet/").status_code == 500


def test_s25_the_register_says_it_in_a_sentence_first(lund, lindely):
    with pytest.raises(ValidationError, match=r"Lundskolen har allerede fritidsinstitutionen KKFO Lindely\."):
        tilknyt(enhed=enhed("KKFO Egely", Art.FRITIDSINSTITUTION), til=lund, gyldig_fra=NOV, af=None)
    andet = Enhedstilknytning.objects.create(
        enhed=enhed("KKFO Elly", Art.FRITIDSINSTITUTION), til=lund, gyldig_fra=date(2010, 1, 1), gyldig_til=FRA
    )
    with pytest.raises(ValidationError, match="En skole kan kun have én"):
        ret_tilknytning(tilknytning=andet, af=None, gyldig_til=None)


def test_s25_a_private_one_that_becomes_municipal_counts_again(lund, lindely):
    """It may not slip past the rule by what it is called."""
    privat = enhed("Fritidshjemmet Frie", Art.FRITIDSINSTITUTION, til=lund, ejerform=Enhed.Ejerform.PRIVAT)
    with pytest.raises(ValidationError, match="En skole kan kun have én"):
        ret_enhed(enhed=privat, af=None, ejerform=Enhed.Ejerform.KOMMUNAL)
    privat.refresh_from_db()
    assert privat.er_privat
