"""What the forums add to an import: a coordinator's scope (S29, S36), deputies (decision 4), professions (S4)."""

from datetime import date

import pytest

from samarbejde.importer import ImportfejlError, indlaes
from samarbejde.models import Faglighed, Haendelse, Person, Rolletildeling
from samarbejde.permissions import Rolle
from tests.samarbejde.importfiler import ENHEDER, PERSONER, kun, mappe

pytestmark = pytest.mark.django_db

HOVED = "person,rolle,enhed,gyldig_fra,gyldig_til,konstitueret,omfang,arbejder_med,i_fravaer\n"
PERSONHOVED = "kode,navn,email,faglighed\n"


def roller(sti, *linjer):
    return mappe(sti, roller=HOVED + "".join(f"{linje}\n" for linje in linjer))


def personer(sti, *linjer):
    return kun(sti, enheder=ENHEDER, personer=PERSONHOVED + "".join(f"{linje}\n" for linje in linjer))


def fejl_i(sti):
    foer = Haendelse.objects.count()
    with pytest.raises(ImportfejlError) as fanget:
        indlaes(sti)
    assert Haendelse.objects.count() == foer
    return str(fanget.value).splitlines()


def rolle(kode, hvilken=Rolle.KOORDINATOR):
    return Rolletildeling.objects.med_rolle(hvilken).get(user__kode=kode)


# --- roles -------------------------------------------------------------------------------------------------------
def test_s36_a_coordinator_has_the_scope_of_the_file_and_both_forums_without_one(tmp_path):
    indlaes(roller(tmp_path, "p1,koordinator,skole,2026-08-01,,,rc,,", "p2,koordinator,skole,2026-08-01,,,,,"))
    assert (rolle("p1").omfang, rolle("p2").omfang) == ("rc", "rc_plc")


def test_s36_a_file_without_the_column_leaves_the_scope_alone(tmp_path):
    indlaes(roller(tmp_path, "p1,koordinator,skole,2026-08-01,,,rc,,"))
    hoved = "person,rolle,enhed,gyldig_fra,gyldig_til,titel\n"
    resultat = indlaes(kun(tmp_path, roller=hoved + "p1,koordinator,skole,2026-08-01,,PLC\n"))
    assert [list(en.felter) for en in resultat.forskelle[0].aendrede] == [["titel"]]
    assert rolle("p1").omfang == "rc"


def test_s36_a_scope_is_corrected_and_stands_in_the_trail(tmp_path):
    indlaes(roller(tmp_path, "p1,koordinator,skole,2026-08-01,,,rc,,"))
    indlaes(roller(tmp_path, "p1,koordinator,skole,2026-08-01,,,Ressourcecenter og Pædagogisk Læringscenter,,"))
    assert rolle("p1").omfang == "rc_plc"
    assert Haendelse.objects.get(navn="ret_rolle").data["felter"] == {"omfang": ["rc", "rc_plc"]}


def test_what_somebody_works_with_and_a_deputy_come_with_the_file(tmp_path):
    sti = roller(
        tmp_path,
        "p1,skoleleder,skole,2020-08-01,,,,,nej",
        "p3,medarbejder,skole,2020-08-01,,,,4. årgang,",
        "p3,skoleleder,skole,2027-02-01,2027-02-28,,,,ja",
    )
    indlaes(sti)
    assert rolle("p3", Rolle.MEDARBEJDER).arbejder_med == "4. årgang"
    stedfortraeder = rolle("p3", Rolle.SKOLELEDER)
    assert (stedfortraeder.i_fravaer, stedfortraeder.gyldig_til) == (True, date(2027, 3, 1))
    assert stedfortraeder.vist_titel == "skoleleder i leders fravær"
    resultat = indlaes(sti)
    assert [(en.nye, en.aendrede) for en in resultat.forskelle] == [([], [])] * 6


@pytest.mark.parametrize(
    ("linje", "grund"),
    [
        ("p1,skoleleder,skole,2020-08-01,,,rc,,", "omfang: Kun en koordinator har et omfang. Lad cellen være tom for"),
        ("p1,koordinator,skole,2020-08-01,,,plc,,", "omfang: »plc« kendes ikke. Skriv rc eller rc_plc."),
        (f"p1,medarbejder,skole,2020-08-01,,,,{'x' * 201},", "arbejder_med: Teksten er for lang: 201 tegn, højst 200."),
        ("p1,skoleleder,skole,2020-08-01,,,,,ja", "i_fravaer: En stedfortræder har altid en sidste dag: udfyld"),
        ("p1,skoleleder,skole,2020-08-01,2020-09-01,ja,,,ja", "i_fravaer: En stedfortræder er ikke konstitueret."),
        ("p1,medarbejder,skole,2020-08-01,2020-09-01,,,,ja", "i_fravaer: Kun enhedens leder har en stedfortræder"),
        ("p1,skoleleder,skole,2020-08-01,2020-09-01,,,,måske", "i_fravaer: »måske« skal være ja eller nej."),
    ],
)
def test_a_detail_that_does_not_fit_is_refused_with_place_and_reason(tmp_path, linje, grund):
    fejl = fejl_i(roller(tmp_path, linje))
    assert len(fejl) == 1
    assert fejl[0].startswith(f"roller, linje 2, {grund}")
    assert not Rolletildeling.objects.exists()


def test_a_role_that_exists_does_not_become_a_deputys(tmp_path):
    indlaes(roller(tmp_path, "p1,skoleleder,skole,2020-08-01,2027-07-31,,,,"))
    fejl = fejl_i(roller(tmp_path, "p1,skoleleder,skole,2020-08-01,2027-07-31,,,,ja"))
    assert fejl == [
        "roller, linje 2: i_fravaer kan ikke rettes på en rolle, der findes. Afslut den, og giv en ny.",
    ]


def test_s29_a_third_coordinator_in_the_file_is_refused_in_a_sentence(tmp_path):
    linjer = [f"p{n},koordinator,skole,2026-08-01,,,{omfang},," for n, omfang in ((1, "rc"), (2, ""), (3, "rc"))]
    (fejl,) = fejl_i(roller(tmp_path, *linjer))
    assert fejl.startswith("roller, linje 4: Klitskolen har allerede to koordinatorer lørdag den 1. august 2026")


# --- people ------------------------------------------------------------------------------------------------------
def test_s4_a_person_has_the_profession_of_the_file(tmp_path):
    indlaes(personer(tmp_path, "p1,Ane Klit,ane@demo.example,psykolog", "p2,Bo Lyng,bo@demo.example,"))
    faglighed = dict(Person.objects.values_list("kode", "faglighed__navn"))
    assert faglighed == {"p1": "psykolog", "p2": None}
    indlaes(personer(tmp_path, "p1,Ane Klit,ane@demo.example,", "p2,Bo Lyng,bo@demo.example,pædagog"))
    assert dict(Person.objects.values_list("kode", "faglighed__navn")) == {"p1": None, "p2": "pædagog"}
    resultat = indlaes(mappe(tmp_path, personer=PERSONER))
    assert Person.objects.get(kode="p2").faglighed.navn == "pædagog"
    assert "faglighed" not in {felt for en in resultat.forskelle[3].aendrede for felt in en.felter}


def test_s4_an_unknown_profession_is_refused_and_the_reason_names_those_there_are(tmp_path):
    (fejl,) = fejl_i(personer(tmp_path, "p1,Ane Klit,ane@demo.example,heksemester"))
    assert fejl.startswith("personer, linje 2, faglighed: Fagligheden »heksemester« findes ikke. Skriv AKT-vejleder, ")
    assert fejl.endswith("eller teamkoordinator. Forvaltningen kan oprette flere på siden Rammer.")


def test_s4_a_closed_profession_is_kept_by_those_who_have_it_and_given_to_nobody(tmp_path):
    ane = "p1,Ane Klit,ane@demo.example,psykolog"
    indlaes(personer(tmp_path, ane))
    Faglighed.objects.filter(navn="psykolog").update(er_lukket=True)
    indlaes(personer(tmp_path, ane))
    (fejl,) = fejl_i(personer(tmp_path, ane, "p2,Bo Lyng,bo@demo.example,psykolog"))
    assert fejl.startswith("personer, linje 3, faglighed: Fagligheden »psykolog« er lukket. Skriv AKT-vejleder, ")
