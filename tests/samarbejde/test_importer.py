"""A municipality is imported, corrected and imported again (D27): what changes, what is only proposed, what stays."""

import ast
import threading
import zipfile
from datetime import date, time
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from ressourcecenter.models import Forum
from samarbejde import importer as importpakke
from samarbejde import tid
from samarbejde.actions import luk_person, tildel_rolle
from samarbejde.database import aabent_spor
from samarbejde.importer import ImportfejlError, indlaes
from samarbejde.models import (
    Distriktstilknytning,
    Enhed,
    Enhedstilknytning,
    Feriedag,
    Haendelse,
    Person,
    Rolletildeling,
    Skoledistrikt,
)
from samarbejde.permissions import Rolle
from tests.fabrik import enhed, person, rolle
from tests.samarbejde import importfiler
from tests.samarbejde.importfiler import ENHEDER, PERSONER, ROLLER, TILKNYTNINGER, kun, mappe, regneark

pytestmark = pytest.mark.django_db

IKKE_INDHOLD = {"id", "password", "oprettet_den", "skete_den", "salt", "aftryk", "last_login"}


def koer(sti, *valg):
    ud = StringIO()
    call_command("importer", str(sti), *valg, stdout=ud)
    return ud.getvalue()


def hele_databasen():
    """Every row of every table of the foundation, with what points elsewhere as text instead of as a number."""
    return {
        model.__name__: sorted(str(_raekke(objekt)) for objekt in model.objects.all())
        for model in apps.get_app_config("samarbejde").get_models()
    }


def _raekke(objekt):
    felter = [felt for felt in objekt._meta.concrete_fields if felt.name not in IKKE_INDHOLD]
    return {f.name: str(getattr(objekt, f.name)) for f in felter if not f.name.endswith("_id")}


def skrivninger(sti):
    with CaptureQueriesContext(connection) as koert:
        indlaes(sti)
    return [q["sql"] for q in koert if q["sql"].lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE"))]


# --- the first time ----------------------------------------------------------------------------------------------
def test_d27_en_kommune_indlaeses_fra_filer(tmp_path):
    ud = koer(mappe(tmp_path))

    assert "enheder: 5 nye, 0 ændrede, 0 foreslås lukket og 0 uændrede" in ud
    assert "Importen er gemt." in ud
    kkfo = Enhed.objects.get(kode="kkfo")
    assert (kkfo.navn, kkfo.slug, kkfo.er_kkfo, kkfo.gyldig_fra) == ("KKFO Klit", "kkfo-klit", True, date(2019, 8, 1))
    assert [link.til.kode for link in kkfo.tilknytninger.all()] == ["skole"]
    assert {enhed.kode for enhed in Skoledistrikt.objects.get(kode="d-klit").enheder.all()} == {"skole", "omr"}
    assert Feriedag.objects.get().til_og_med == date(2027, 2, 19)


def test_d27_slutdage_i_filen_er_til_og_med(tmp_path):
    indlaes(mappe(tmp_path))
    assert Rolletildeling.objects.get(user__kode="p3", titel="lærer", gyldig_fra="2015-08-01").gyldig_til == date(
        2020, 8, 1
    )
    bo = Person.objects.get(kode="p2")
    with tid.frys(tid.fra_lokal(date(2030, 7, 31), time(23, 59))):
        assert bo.is_active
    with tid.frys(tid.fra_lokal(date(2030, 8, 1), time(0, 0))):
        assert not bo.is_active


def test_s57_en_importeret_konto_har_ingen_adgangskode(tmp_path):
    indlaes(mappe(tmp_path))
    assert not any(person.has_usable_password() is True for person in Person.objects.all())


def test_d26_roller_er_konstituerede_og_kan_komme_igen_i_en_ny_periode(tmp_path):
    indlaes(mappe(tmp_path))
    assert Rolletildeling.objects.get(user__kode="p2").vist_titel == "konstitueret pædagogisk leder"
    assert Rolletildeling.objects.filter(user__kode="p3").count() == 2
    assert set(Rolletildeling.objects.values_list("tildelt_af", flat=True)) == {None}


def test_d39_hver_raekke_giver_en_haendelse_fra_systemet(tmp_path):
    indlaes(mappe(tmp_path))
    raekker = sum(tekst.count("\n") - 1 for tekst in importfiler.ARK.values())
    assert Haendelse.objects.count() == raekker
    assert set(Haendelse.objects.values_list("af_navn", flat=True)) == {"Systemet"}


def test_d27_regneark_og_csv_giver_det_samme(tmp_path):
    """Every row of every table is compared."""
    i_dag = tid.fra_lokal(date(2026, 11, 23), time(9))
    with tid.frys(i_dag):
        indlaes(mappe(tmp_path / "csv"))
    af_csv = hele_databasen()
    for model in (
        Forum,
        Rolletildeling,
        Enhedstilknytning,
        Distriktstilknytning,
        Feriedag,
        Person,
        Enhed,
        Skoledistrikt,
    ):
        model.objects.all().delete()
    with connection.cursor() as markoer, aabent_spor():
        markoer.execute("DELETE FROM samarbejde_haendelse")
    with tid.frys(i_dag):
        indlaes(regneark(tmp_path / "kommune.xlsx"))
    af_regneark = hele_databasen()

    assert af_csv["Enhed"]
    assert _uden_id(af_regneark) == _uden_id(af_csv)
    assert skrivninger(tmp_path / "csv") == []


def _uden_id(tabeller):
    """Events name rows by number, and the numbers go on counting."""
    haendelser = [str({**ast.literal_eval(raekke), "rod_id": 0, "objekt_id": 0}) for raekke in tabeller["Haendelse"]]
    return {**tabeller, "Haendelse": sorted(haendelser)}


@pytest.mark.parametrize("kodning", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("skilletegn", [",", ";"])
def test_d27_csv_med_komma_eller_semikolon_med_og_uden_bom(tmp_path, kodning, skilletegn):
    kun(tmp_path, personer=PERSONER)
    (tmp_path / "personer.csv").write_text(PERSONER.replace(",", skilletegn), encoding=kodning)
    indlaes(tmp_path)
    assert Person.objects.count() == 3


def test_d27_zip_og_enkelt_fil(tmp_path):
    mappe(tmp_path / "m")
    with zipfile.ZipFile(tmp_path / "alt.zip", "w") as pakke:
        for fil in (tmp_path / "m").iterdir():
            pakke.write(fil, f"eksport/{fil.name}")
        pakke.writestr("__MACOSX/eksport/enheder.csv", "noget helt andet")
    indlaes(tmp_path / "alt.zip")
    assert Enhed.objects.count() == 5
    assert skrivninger(tmp_path / "m" / "personer.csv") == []


# --- dry run -----------------------------------------------------------------------------------------------------
def test_d27_afproevning_viser_forskellen_og_gemmer_intet(tmp_path):
    foer = hele_databasen()
    ud = koer(mappe(tmp_path), "--afproev")
    assert "+ skole Klitskolen" in ud
    assert "Afprøvning: intet er gemt." in ud
    assert hele_databasen() == foer


def test_d27_afproevning_og_import_viser_det_samme(tmp_path):
    indlaes(mappe(tmp_path))
    mappe(tmp_path, enheder=ENHEDER.replace("Klitskolen", "Skolen i Klitten"), personer=None)
    proeve, rigtig = koer(tmp_path, "--afproev"), koer(tmp_path)
    assert "~ skole Skolen i Klitten: navn: Klitskolen → Skolen i Klitten" in proeve
    assert proeve.replace("Afprøvning: intet er gemt.", "Importen er gemt.") == rigtig


# --- the second time ---------------------------------------------------------------------------------------------
def test_d27_anden_gang_skrives_intet(tmp_path):
    """No INSERT, no UPDATE, no event: counted in the database's own log of statements."""
    indlaes(mappe(tmp_path))
    foer = Haendelse.objects.count()
    assert skrivninger(tmp_path) == []
    assert Haendelse.objects.count() == foer


def test_d27_antal_forespoergsler_ved_gentagelse_vokser_ikke_med_raekkerne(tmp_path):
    def forespoergsler(antal):
        linjer = "".join(f"m{n},Person {n},m{n}@demo.example,,nej\n" for n in range(antal))
        indlaes(kun(tmp_path, personer=PERSONER + linjer))
        with CaptureQueriesContext(connection) as koert:
            indlaes(tmp_path)
        return len(koert)

    assert forespoergsler(1) == forespoergsler(50)


def test_d27_en_omdoebt_enhed_er_den_samme(tmp_path):
    indlaes(mappe(tmp_path))
    foer = Enhed.objects.get(kode="skole")
    indlaes(mappe(tmp_path, enheder=ENHEDER.replace("Klitskolen", "Skolen i Klitten")))
    efter = Enhed.objects.get(kode="skole")
    assert (efter.pk, efter.slug, efter.navn) == (foer.pk, "klitskolen", "Skolen i Klitten")
    haendelse = Haendelse.objects.first()
    assert haendelse.navn == "ret_enhed"
    assert haendelse.aendringer == [("navn", "Klitskolen", "Skolen i Klitten")]


def test_d27_en_person_med_ny_mailadresse_er_den_samme(tmp_path):
    indlaes(mappe(tmp_path))
    foer = Person.objects.get(kode="p1").pk
    indlaes(mappe(tmp_path, personer=PERSONER.replace("ane@", "Ane.Klit@")))
    assert Person.objects.get(kode="p1").email == "ane.klit@demo.example"
    assert Person.objects.get(email="ane.klit@demo.example").pk == foer


def test_d27_en_mailadresse_kan_gaa_i_arv(tmp_path):
    """p1 gives hers up and p2 takes it over, whatever their order in the file."""
    indlaes(mappe(tmp_path))
    arvet = PERSONER.replace("bo@", "x@").replace("ane@", "ane2@").replace("x@", "ane@")
    *hoved, p1, p2, p3 = arvet.splitlines(keepends=True)
    indlaes(mappe(tmp_path, personer="".join([*hoved, p2, p1, p3])))
    assert Person.objects.get(kode="p2").email == "ane@demo.example"


def test_d30_en_beskyttet_persons_adresse_staar_ikke_i_sporet(tmp_path):
    indlaes(mappe(tmp_path))
    indlaes(mappe(tmp_path, personer=PERSONER.replace("dagny@", "hemmelig@")))
    assert "hemmelig" not in str(Haendelse.objects.first().data)


def test_d27_en_konto_uden_kode_kendes_paa_sin_mailadresse(tmp_path):
    fandtes = person("Ane Klit", email="ane@demo.example")
    indlaes(mappe(tmp_path))
    assert Person.objects.get(kode="p1").pk == fandtes.pk


def test_d27_en_kolonne_der_mangler_roerer_ikke_det_gemte(tmp_path):
    indlaes(mappe(tmp_path))
    kun(tmp_path, personer="kode,navn,email\np3,Dagny Hav,dagny@demo.example\n")
    assert skrivninger(tmp_path) == []
    assert Person.objects.get(kode="p3").er_beskyttet


def test_d27_en_rettet_startdag_er_en_rettelse_og_ikke_en_ny_tilknytning(tmp_path):
    indlaes(mappe(tmp_path))
    foer = Enhedstilknytning.objects.get(enhed__kode="kkfo").pk
    ud = koer(mappe(tmp_path, tilknytninger=TILKNYTNINGER.replace("kkfo,skole,2019-08-01", "kkfo,skole,2020-01-01")))
    assert "gyldig_fra: 01-08-2019 → 01-01-2020" in ud
    assert Enhedstilknytning.objects.get(enhed__kode="kkfo").pk == foer


# --- closing -----------------------------------------------------------------------------------------------------
def test_d27_det_der_mangler_i_filen_foreslaas_lukket_og_lukkes_aldrig(tmp_path):
    indlaes(mappe(tmp_path))
    uden = "\n".join(linje for linje in ENHEDER.splitlines() if not linje.startswith("hus,"))
    foer = hele_databasen()
    ud = koer(mappe(tmp_path, enheder=uden, personer=PERSONER.rsplit("p3", 1)[0]))
    assert "Foreslås lukket" in ud
    assert "- hus Børnehuset Lyng" in ud
    assert "- p3 Dagny Hav" in ud
    assert hele_databasen() == foer


def test_d27_gyldig_til_i_filen_lukker_og_sletter_intet(tmp_path):
    indlaes(mappe(tmp_path))
    lukket = ENHEDER.replace("hus,Børnehuset Lyng,daginstitution,kommunal,nej,2015-08-01,,", "X").replace(
        "X", "hus,Børnehuset Lyng,daginstitution,kommunal,nej,2015-08-01,31-07-2027,"
    )
    ud = koer(mappe(tmp_path, enheder=lukket))
    assert "gyldig_til: (tom) → 31-07-2027" in ud
    assert "Bemærk: hus lukker efter 31. juli 2027, men har 1 rolle eller tilknytning uden slutdag" in ud
    assert Enhed.objects.get(kode="hus").gyldig_til == date(2027, 8, 1)
    assert Haendelse.objects.first().navn == "luk_enhed"
    assert Enhedstilknytning.objects.filter(enhed__kode="hus").exists()


def test_d27_sammenlagte_enheder_oprettes_med_efterfoelgeren_foerst(tmp_path):
    sammenlagt = (
        ENHEDER + "a,Huset A,daginstitution,,,2015-08-01,2020-07-31,b\nb,Huset B,daginstitution,,,2015-08-01,,\n"
    )
    indlaes(mappe(tmp_path, enheder=sammenlagt))
    assert Enhed.objects.get(kode="a").efterfoelger.kode == "b"
    assert skrivninger(tmp_path) == []


def test_d26_en_rolle_slutter_forlaenges_og_rettes(tmp_path):
    indlaes(mappe(tmp_path))
    for linje, navn in [
        ("p1,skoleleder,skole,2020-08-01,31-12-2026,,nej,ja", "afslut_rolle"),
        ("p1,skoleleder,skole,2020-08-01,31-07-2027,,nej,ja", "ret_rolle"),
        ("p1,skoleleder,skole,2020-08-01,,,ja,ja", "ret_rolle"),
    ]:
        indlaes(mappe(tmp_path, roller=ROLLER.replace("p1,skoleleder,skole,2020-08-01,,,nej,ja", linje)))
        assert Haendelse.objects.first().navn == navn
        assert skrivninger(tmp_path) == []
    rollen = Rolletildeling.objects.get(user__kode="p1")
    assert (rollen.gyldig_til, rollen.konstitueret) == (None, True)


def test_d27_roller_givet_i_systemet_foreslaas_ikke_lukket(tmp_path):
    indlaes(mappe(tmp_path))
    skole, forvaltning = Enhed.objects.get(kode="skole"), enhed("Forvaltningen", Enhed.Art.FORVALTNING)
    frida = person("Frida Ask")
    rolle(frida, Rolle.FORVALTNING, forvaltning)
    dagny = Person.objects.get(kode="p3")
    tildel_rolle(person=dagny, rolle=Rolle.SKOLELEDER, enhed=skole, gyldig_fra=date(2024, 8, 1), af=frida)
    ud = koer(tmp_path)
    assert "p3: skoleleder" not in ud
    assert "(person uden kode): forvaltning på" in ud


def test_d27_en_lukket_konto_aabnes_ikke(tmp_path):
    indlaes(mappe(tmp_path))
    luk_person(person=Person.objects.get(kode="p1"), af=None)
    assert "Bemærk: Kontoen for p1 er lukket. Importen åbner den ikke igen." in koer(tmp_path)
    assert not Person.objects.get(kode="p1").is_active


# --- two at once -------------------------------------------------------------------------------------------------
@pytest.fixture
def toemt_spor(transactional_db):
    """The test flush meets the append-only triggers, so what the test wrote goes first."""
    yield
    with transaction.atomic(), aabent_spor():
        Haendelse.objects.all().delete()


@pytest.mark.usefixtures("toemt_spor")
def test_d27_to_importer_paa_en_gang_venter_paa_hinanden(tmp_path):
    mappe(tmp_path)
    svar, klar = [], threading.Barrier(2)

    def en_import():
        klar.wait()
        try:
            svar.append(sum(len(en.nye) for en in indlaes(tmp_path).forskelle))
        except ImportfejlError as fejl:
            svar.append(str(fejl))
        finally:
            connections.close_all()

    traade = [threading.Thread(target=en_import) for _ in range(2)]
    for traad in traade:
        traad.start()
    for traad in traade:
        traad.join()
    assert sorted(svar) == [0, 18]
    assert Haendelse.objects.count() == 18


@pytest.mark.usefixtures("toemt_spor")
def test_d27_den_der_venter_for_laenge_faar_besked_og_intet_er_importeret(tmp_path, monkeypatch):
    mappe(tmp_path)
    monkeypatch.setattr(importpakke, "VENT", "100ms")
    faerdig, svar = threading.Event(), []

    def den_anden():
        try:
            if connection.vendor == "sqlite":
                with connection.cursor() as markoer:
                    markoer.execute("PRAGMA busy_timeout = 100")
            indlaes(tmp_path)
        except ImportfejlError as fejl:
            svar.append(str(fejl))
        finally:
            connections.close_all()
            faerdig.set()

    with importpakke._alene():
        threading.Thread(target=den_anden).start()
        assert faerdig.wait(30)
    assert svar == ["En anden import eller rettelse er i gang. Intet er importeret. Prøv igen om et øjeblik."]
    assert Enhed.objects.count() == 0
