"""Wrong files (D27): every wrong row is named with sheet, line, column and reason, and nothing is imported."""

import io
import zipfile
from datetime import date, datetime

import pytest
from django.core.management import CommandError, call_command

from samarbejde.importer import ImportfejlError, indlaes, laesning
from samarbejde.models import Enhed, Haendelse, Person
from tests.samarbejde.importfiler import (
    DISTRIKTER,
    ENHEDER,
    FERIER,
    PERSONER,
    ROLLER,
    TILKNYTNINGER,
    kun,
    mappe,
    regneark,
)

pytestmark = pytest.mark.django_db


def fejl_i(sti):
    """The reasons as lines; nothing at all was written."""
    with pytest.raises(ImportfejlError) as fanget:
        indlaes(sti)
    assert not Enhed.objects.filter(kode="skole").exists()
    assert not Haendelse.objects.exists()
    return str(fanget.value).splitlines()


RAEKKEFEJL = [
    # units
    ("enheder", ENHEDER + "x,X,kiosk,,,2015-08-01,,", "enheder, linje 7, art: »kiosk« kendes ikke. Skriv skole, "),
    ("enheder", ENHEDER + "skole,X,skole,,,2015-08-01,,", "linje 7, kode: »skole« står allerede på linje 3."),
    ("enheder", ENHEDER + "d-klit,X,skole,,,2015-08-01,,", "kode: »d-klit« er også koden for et distrikt."),
    ("enheder", ENHEDER + "x y,X,skole,,,2015-08-01,,", "kode: Koden »x y« må kun bestå af"),
    ("enheder", ENHEDER + f"{'x' * 41},X,skole,,,2015-08-01,,", "kode: Teksten er for lang: 41 tegn, højst 40."),
    ("enheder", ENHEDER + f"x,{'X' * 121},skole,,,2015-08-01,,", "navn: Teksten er for lang: 121 tegn, højst 120."),
    ("enheder", ENHEDER + "x,,skole,,,2015-08-01,,", "linje 7, navn: Feltet skal udfyldes."),
    ("enheder", ENHEDER + "x,a\x00b,skole,,,2015-08-01,,", "navn: Teksten indeholder linjeskift, tabulator eller"),
    ("enheder", ENHEDER + 'x,"a\nb",skole,,,2015-08-01,,', "navn: Teksten indeholder linjeskift, tabulator eller"),
    ("enheder", ENHEDER + "x,a\u202eb,skole,,,2015-08-01,,", "navn: Teksten indeholder linjeskift, tabulator eller"),
    ("enheder", ENHEDER + "x,=1+1,skole,,,2015-08-01,,", "linje 7, navn: Cellen er en formel. Indsæt værdien"),
    ("enheder", ENHEDER + "x,X,skole,,,31-02-2020,,", "gyldig_fra: »31-02-2020« er ikke en dato. Skriv den som"),
    ("enheder", ENHEDER + "x,X,skole,,,1-13-2020,,", "gyldig_fra: »1-13-2020« er ikke en dato."),
    ("enheder", ENHEDER + "x,X,skole,,,2020-W31-1,,", "gyldig_fra: »2020-W31-1« er ikke en dato."),
    ("enheder", ENHEDER + "x,X,skole,,,45870,,", "gyldig_fra: »45870« er ikke en dato."),
    ("enheder", ENHEDER + "x,X,skole,,,0001-01-01,,", "gyldig_fra: Året 1 ligger uden for 1900-2099."),
    ("enheder", ENHEDER + "x,X,skole,,,2015-08-01,9999-12-31,", "gyldig_til: Året 9999 ligger uden for 1900-2099."),
    ("enheder", ENHEDER + "x,X,skole,,,2015-08-01,2015-07-31,", "gyldig_til: Slutter før den begynder 1. august 2015."),
    ("enheder", ENHEDER + "x,X,skole,,måske,2015-08-01,,", "kkfo: »måske« skal være ja eller nej."),
    ("enheder", ENHEDER + "x,X,skole,,ja,2015-08-01,,", "kkfo: Kun en kommunal fritidsinstitution kan være KKFO."),
    ("enheder", ENHEDER + "x,X,skole,,,2015-08-01,2020-07-31,y", "efterfoelger: Enheden »y« kendes ikke."),
    ("enheder", ENHEDER + "x,X,skole,,,2015-08-01,,skole", "efterfoelger: En enhed får først en efterfølger, når"),
    ("enheder", ENHEDER + "x,X,skole,,,2015-08-01,2020-07-31,x", "efterfoelger: Enheden kan ikke efterfølge sig selv."),
    ("enheder", ENHEDER + "x,X,skole,,,2015-08-01,,,og mere", "linje 7: Der står noget i en kolonne uden navn."),
    # the sheet
    ("enheder", "", "enheder: Arket er tomt. Slet det, hvis det ikke skal importeres."),
    ("enheder", ENHEDER.splitlines()[0], "enheder: Arket har kolonnenavne, men ingen rækker."),
    ("enheder", ENHEDER.replace("navn,", "", 1), "enheder: Kolonnen navn mangler."),
    ("enheder", ENHEDER.replace("kkfo,", "kfo,", 1), "enheder: Kolonnen »kfo« kendes ikke. Slet eller omdøb den."),
    ("enheder", ENHEDER.replace("kkfo,", "navn,", 1), "enheder: Kolonnen navn står der to gange."),
    ("enheder", ENHEDER + 'x,"X', "linje 7: Linjen kan ikke læses: et anførselstegn mangler"),
    # districts and links
    (
        "distrikter",
        DISTRIKTER + "d-klit,Y,,2015-08-01,",
        "distrikter, linje 3, kode: »d-klit« står allerede på linje 2.",
    ),
    ("tilknytninger", TILKNYTNINGER + "x,skole,2015-08-01,", "tilknytninger, linje 6, enhed: Enheden »x« kendes ikke."),
    ("tilknytninger", TILKNYTNINGER + "kkfo,x,2015-08-01,", "til: »x« er hverken en enhed eller et distrikt."),
    (
        "tilknytninger",
        TILKNYTNINGER + "klynge,d-klit,2015-08-01,",
        "til: klynge (klynge) kan ikke tilknyttes et distrikt.",
    ),
    (
        "tilknytninger",
        TILKNYTNINGER + "hus,skole,2015-08-01,",
        "til: hus (0-6 års institution) kan ikke tilknyttes skole",
    ),
    ("tilknytninger", TILKNYTNINGER + "kkfo,skole,2021-08-01,", "gyldig_fra: Overlapper linje 4 (fra 1. august 2019)."),
    # people
    ("personer", PERSONER + "p1,X,x@demo.example,,", "personer, linje 5, kode: »p1« står allerede på linje 2."),
    ("personer", PERSONER + "p4,X,Ane@Demo.Example,,", "email: »ane@demo.example« står allerede på linje 2."),
    ("personer", PERSONER + "p4,X,ane.demo.example,,", "email: »ane.demo.example« er ikke en mailadresse."),
    ("personer", PERSONER + f"p4,X,{'x' * 250}@demo.example,,", "email: Teksten er for lang: 263 tegn, højst 254."),
    # roles
    ("roller", ROLLER + "p9,medarbejder,skole,2020-08-01,,,,", "roller, linje 6, person: Personen »p9« kendes ikke."),
    ("roller", ROLLER + "p1,medarbejder,x,2020-08-01,,,,", "enhed: Enheden »x« kendes ikke."),
    ("roller", ROLLER + "p1,pedel,skole,2020-08-01,,,,", "rolle: »pedel« kendes ikke. Skriv skoleleder, koordinator"),
    ("roller", ROLLER + "p1,skoleleder,kkfo,2020-08-01,,,,", "rolle: Rollen skoleleder hører til skole, og kkfo er"),
    ("roller", ROLLER + "p1,skoleleder,skole,2026-08-01,,,,", "gyldig_fra: Overlapper linje 2 (fra 1. august 2020)."),
    ("roller", ROLLER + f"p1,medarbejder,skole,2020-08-01,,{'t' * 61},,", "titel: Teksten er for lang: 61 tegn, højst"),
    # holidays
    ("ferier", FERIER + "lang,2027-01-01,2027-12-31", "ferier, linje 3, til_og_med: En ferie kan højst vare 100 dage."),
    ("ferier", FERIER + "kort,2027-01-02,2027-01-01", "til_og_med: Slutter før den begynder 2. januar 2027."),
    ("ferier", FERIER + "vinterferie,2027-02-18,2027-02-22", "fra: Overlapper linje 2"),
]


@pytest.mark.parametrize(("ark", "tekst", "grund"), RAEKKEFEJL)
def test_d27_en_forkert_raekke_afvises_med_sted_og_grund(tmp_path, ark, tekst, grund):
    fejl = fejl_i(mappe(tmp_path, **{ark: tekst}))
    assert len(fejl) == 1
    assert grund in fejl[0]
    assert fejl[0].startswith(ark)


def test_d27_alle_forkerte_raekker_vises_paa_en_gang(tmp_path):
    sti = mappe(
        tmp_path,
        enheder=ENHEDER + "x,,kiosk,,,i går,,\n",
        personer=PERSONER + "p1,X,x,,\n",
        roller=ROLLER + "p9,medarbejder,skole,2020-08-01,,,,\n",
    )
    assert [linje.split(":")[0] for linje in fejl_i(sti)] == [
        *("enheder, linje 7, navn", "enheder, linje 7, art", "enheder, linje 7, gyldig_fra"),
        *("personer, linje 5, email", "personer, linje 5, kode", "roller, linje 6, person"),
    ]


def test_d27_fejl_i_en_afproevning_er_de_samme_og_kommandoen_fejler(tmp_path):
    sti = mappe(tmp_path, roller=ROLLER + "p9,medarbejder,skole,2020-08-01,,,,\n")
    with pytest.raises(CommandError) as fanget:
        call_command("importer", str(sti), "--afproev")
    assert str(fanget.value).startswith("Intet er importeret. ")
    assert str(fanget.value).endswith("roller, linje 6, person: Personen »p9« kendes ikke.")


# --- rules that only the database can see ------------------------------------------------------------------------
def test_s25_en_skole_faar_kun_en_fritidsinstitution(tmp_path):
    sti = mappe(
        tmp_path,
        enheder=ENHEDER + "to,KKFO To,fritidsinstitution,,ja,2019-08-01,,\n",
        tilknytninger=TILKNYTNINGER + "to,skole,2019-08-01,\n",
    )
    assert fejl_i(sti) == [
        "tilknytninger, linje 6: Klitskolen har allerede fritidsinstitutionen KKFO Klit. En skole kan kun have én."
    ]


def test_d27_arten_kan_ikke_aendres(tmp_path):
    indlaes(mappe(tmp_path))
    mappe(tmp_path, enheder=ENHEDER.replace("hus,Børnehuset Lyng,daginstitution", "hus,Børnehuset Lyng,skole"))
    with pytest.raises(ImportfejlError, match="linje 6, art: Arten er daginstitution og kan ikke ændres"):
        indlaes(tmp_path)


def test_d27_en_mailadresse_der_er_i_brug_afvises(tmp_path):
    indlaes(mappe(tmp_path))
    kun(tmp_path, personer="kode,navn,email\np7,Ny,ane@demo.example\n")
    with pytest.raises(ImportfejlError, match=r"personer, linje 2: Mailadressen ane@demo.example bruges allerede"):
        indlaes(tmp_path)


def test_d27_to_personer_kan_ikke_bytte_mailadresse_i_samme_import(tmp_path):
    indlaes(mappe(tmp_path))
    mappe(tmp_path, personer=PERSONER.replace("ane@", "x@").replace("bo@", "ane@").replace("x@", "bo@"))
    with pytest.raises(ImportfejlError) as fanget:
        indlaes(tmp_path)
    assert [fejl.linje for fejl in fanget.value.fejl] == [2, 3]
    assert Person.objects.get(kode="p1").email == "ane@demo.example"


def test_d26_en_ny_periode_maa_ikke_daekke_en_der_ikke_staar_i_filen(tmp_path):
    indlaes(mappe(tmp_path))
    mappe(tmp_path, roller=ROLLER.split("p3", 1)[0] + "p3,medarbejder,skole,2015-08-01,,lærer,nej,ja\n")
    with pytest.raises(
        ImportfejlError, match="roller, linje 4: Overlapper en periode, der er registreret, men ikke står i"
    ):
        indlaes(tmp_path)


def test_d26_en_rolle_begynder_ikke_efter_at_enheden_er_lukket(tmp_path):
    lukket = ENHEDER.replace("kkfo,KKFO Klit,fritidsinstitution,kommunal,ja,01-08-2019,,", "K").replace(
        "K\n", "kkfo,KKFO Klit,fritidsinstitution,kommunal,ja,01-08-2019,31-07-2020,\n"
    )
    assert fejl_i(mappe(tmp_path, enheder=lukket)) == [
        "roller, linje 3, gyldig_fra: kkfo er lukket fra 1. august 2020."
    ]


# --- spreadsheets ------------------------------------------------------------------------------------------------
HOVED = ["kode", "navn", "email", "udloeber", "beskyttet"]


@pytest.mark.parametrize(
    ("raekke", "grund"),
    [
        (["p9", "=A1", "x@demo.example"], "navn: Cellen er en formel. Indsæt værdien i stedet."),
        (["p9", "X", "x@demo.example", "=TODAY()"], "udloeber: Cellen er en formel."),
        (["p9", date(2026, 1, 1), "x@demo.example"], "navn: Cellen er en dato eller et klokkeslæt, men her skal stå"),
        (["p9", True, "x@demo.example"], "navn: Her skal stå tekst."),
        (["p9", "#N/A", "x@demo.example"], "navn: Cellen viser fejlen #N/A."),
        (["p9", "X", "x@demo.example", 45870], "udloeber: »45870« er ikke en dato."),
        (["p9", "X", "x@demo.example", datetime(2026, 1, 1, 8, 30)], "udloeber: »2026-01-01 08:30« har et klokkeslæt."),
        (["p9", "X\nY", "x@demo.example"], "navn: Teksten indeholder linjeskift"),
    ],
)
def test_d27_en_forkert_celle_i_et_regneark_afvises(tmp_path, raekke, grund):
    fejl = fejl_i(regneark(tmp_path / "k.xlsx", personer=[HOVED, raekke], roller=None))
    assert len(fejl) == 1
    assert f"personer, linje 2, {grund}" in fejl[0]


def test_d27_tal_og_sandt_falsk_i_et_regneark_er_i_orden(tmp_path):
    raekker = [
        HOVED,
        [1001, "Ane", "ane@demo.example", datetime(2030, 7, 31), True],
        [],
        [1002.0, "Bo", "bo@demo.example"],
    ]
    indlaes(
        regneark(
            tmp_path / "k.xlsx",
            **dict.fromkeys(("enheder", "distrikter", "tilknytninger", "roller", "ferier")),
            personer=raekker,
        )
    )
    assert list(Person.objects.order_by("kode").values_list("kode", "udloeber_den", "er_beskyttet")) == [
        ("1001", date(2030, 8, 1), True),
        ("1002", None, False),
    ]


def test_d27_et_fremmed_ark_laeses_ikke_men_naevnes(tmp_path):
    resultat = indlaes(regneark(tmp_path / "k.xlsx", Vejledning=[["Læs mig"]]))
    assert resultat.bemaerk[0].startswith("Vejledning er ikke læst")


# --- broken files ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("navn", ["k.xlsx", "k.zip"])
@pytest.mark.parametrize("indhold", [b"", b"noget helt andet", b"PK\x03\x04" + b"\x00" * 40])
def test_d27_en_oedelagt_fil_afvises(tmp_path, navn, indhold):
    (tmp_path / navn).write_bytes(indhold)
    assert fejl_i(tmp_path / navn) == [f"{navn} er ødelagt eller ikke af den type, navnet siger."]


def test_d27_en_afbrudt_eller_fremmed_zip_er_ikke_et_regneark(tmp_path):
    with zipfile.ZipFile(tmp_path / "k.xlsx", "w") as pakke:
        pakke.writestr("hej.txt", "hej")
    assert fejl_i(tmp_path / "k.xlsx")[0].startswith("k.xlsx er ødelagt eller ikke et regneark.")


def test_d27_et_regneark_med_en_bombe_af_xml_afvises(tmp_path):
    """Entities that grow: expat stops, and the operator is told the file is broken."""
    bombe = (
        '<!DOCTYPE x [<!ENTITY a "'
        + "a" * 1000
        + '">'
        + "".join(f'<!ENTITY {ny} "{f"&{gammel};" * 10}">' for gammel, ny in zip("abcdefg", "bcdefgh", strict=True))
    )
    hel = regneark(tmp_path / "hel.xlsx")
    with zipfile.ZipFile(hel) as fra, zipfile.ZipFile(tmp_path / "k.xlsx", "w") as til:
        for medlem in fra.infolist():
            indhold = fra.read(medlem)
            if medlem.filename == "xl/workbook.xml":
                indhold = f"<?xml version='1.0'?>{bombe}]><workbook>&h;</workbook>".encode()
            til.writestr(medlem.filename, indhold)
    assert fejl_i(tmp_path / "k.xlsx")[0].startswith("k.xlsx er ødelagt eller ikke et regneark.")


def test_d27_en_zip_der_vokser_naar_den_pakkes_ud_afvises(tmp_path):
    with zipfile.ZipFile(tmp_path / "k.zip", "w", zipfile.ZIP_DEFLATED) as pakke:
        pakke.writestr("enheder.csv", b"0" * (laesning.MAKS_UDPAKKET + 1))
    assert (tmp_path / "k.zip").stat().st_size < laesning.MEGABYTE
    assert fejl_i(tmp_path / "k.zip") == ["k.zip er for stor, når den pakkes ud: højst 100 MB."]


def test_d27_en_zip_der_lyver_om_sin_stoerrelse_afvises(tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as pakke:
        pakke.writestr("enheder.csv", ENHEDER * 100)
    loegn = buffer.getvalue().replace(len(ENHEDER.encode() * 100).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    (tmp_path / "k.zip").write_bytes(loegn)
    assert fejl_i(tmp_path / "k.zip") == ["enheder.csv i k.zip er ødelagt."]


def test_d27_for_stor_fil_for_mange_raekker_og_kolonner_afvises(tmp_path, monkeypatch):
    with (tmp_path / "enheder.csv").open("wb") as fil:
        fil.truncate(laesning.MAKS_FIL + 1)
    assert fejl_i(tmp_path / "enheder.csv") == ["enheder.csv er for stor: højst 20 MB."]
    (tmp_path / "enheder.csv").write_text(",".join(f"k{n}" for n in range(51)))
    assert fejl_i(tmp_path / "enheder.csv") == ["enheder: Arket har for mange kolonner: højst 50."]
    monkeypatch.setattr(laesning, "MAKS_RAEKKER", 3)
    assert fejl_i(mappe(tmp_path))[0] == "enheder, linje 4: Arket er for langt: højst 3 rækker."


def test_d27_et_ark_med_celler_langt_nede_laeses_ikke_i_det_uendelige(tmp_path, monkeypatch):
    monkeypatch.setattr(laesning, "MAKS_RAEKKER", 50)
    raekker = [HOVED, ["p9", "X", "x@demo.example"], *[[]] * 500, ["p8", "Y", "y@demo.example"]]
    assert "personer, linje 101: Arket er for langt" in fejl_i(regneark(tmp_path / "k.xlsx", personer=raekker))[0]


@pytest.mark.parametrize(
    ("navn", "indhold", "grund"),
    [
        ("personer.csv", PERSONER.replace("Hav", "Hæv").encode("latin-1"), "personer, linje 4: Filen er ikke i UTF-8."),
        ("personer.csv", PERSONER.encode("utf-16"), "personer, linje 1: Filen er ikke i UTF-8."),
        ("elever.csv", b"kode\n1\n", "elever.csv har ingen af arkene enheder, distrikter,"),
        ("personer.ods", b"x", "personer.ods kan ikke læses: filen skal være .xlsx, .csv, .zip eller en mappe"),
    ],
)
def test_d27_en_fremmed_fil_afvises(tmp_path, navn, indhold, grund):
    (tmp_path / navn).write_bytes(indhold)
    assert fejl_i(tmp_path / navn)[0].startswith(grund)


def test_d27_en_fil_der_ikke_findes(tmp_path):
    assert fejl_i(tmp_path / "væk.xlsx") == [f"Filen {tmp_path / 'væk.xlsx'} findes ikke."]
