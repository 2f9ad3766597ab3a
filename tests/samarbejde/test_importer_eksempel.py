"""The sample and the demo: an invented område with everything that the demo logins need."""

import csv
import subprocess
import sys
from datetime import date, time
from io import StringIO

import pytest
from django.contrib.auth.hashers import check_password
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from samarbejde import demo, stik, tid
from samarbejde.importer import eksempel, indlaes
from samarbejde.models import Enhed, Feriedag, Haendelse, Person, Rolletildeling, Skoledistrikt
from samarbejde.permissions import Rolle
from samarbejde.roller import mine_roller
from samarbejde.skolekalender import laes_ferieplan

pytestmark = pytest.mark.django_db
EFTERAAR_2026 = tid.fra_lokal(date(2026, 11, 23), time(9))


@pytest.fixture
def omraadet():
    with tid.frys(EFTERAAR_2026):
        indlaes(demo.EKSEMPEL)
        yield


def login(navn):
    return Person.objects.get(email=f"{navn}@demo.example")


def distrikter(navn):
    return {
        Skoledistrikt.objects.get(pk=pk).kode.removeprefix("distrikt-") for pk in mine_roller(login(navn)).distrikter
    }


HVEM_ER_HVEM = {
    "skoleleder": (Rolle.SKOLELEDER, "hejrebakken"),
    "koordinator": (Rolle.KOORDINATOR, "hejrebakken"),
    "paedagogiskleder": (Rolle.FRITIDSLEDER, "kkfo-hejrebakken"),
    "centerleder": (Rolle.FRITIDSLEDER, "tovrullen"),
    "teamkoordinator": (Rolle.MEDARBEJDER, "tovrullen"),
    "medarbejder": (Rolle.MEDARBEJDER, "kkfo-hejrebakken"),
    "vejleder": (Rolle.MEDARBEJDER, "hejrebakken"),
    "sundhedsplejerske": (Rolle.MEDARBEJDER, "omraade-stroemhave"),
    "klyngeleder": (Rolle.KLYNGELEDER, "klynge-nordkaj"),
    "netvaerkskoordinator": (Rolle.NETVAERKSKOORDINATOR, "netvaerk-langfart"),
    "dagtilbudsleder": (Rolle.DAGTILBUDSLEDER, "tranehatten"),
    "omraadechef": (Rolle.OMRAADECHEF, "omraade-stroemhave"),
    "forvaltning": (Rolle.FORVALTNING, "forvaltning"),
    "administrator": (Rolle.ADMINISTRATOR, "forvaltning"),
    "naboskoleleder": (Rolle.SKOLELEDER, "kloeverdam"),
    "nabokoordinator": (Rolle.KOORDINATOR, "kloeverdam"),
}


def test_hvert_demologin_har_sin_rolle(omraadet):
    assert list(HVEM_ER_HVEM) == list(demo.LOGINS)
    for navn, den_ene in HVEM_ER_HVEM.items():
        mine = Rolletildeling.objects.gaeldende().filter(user=login(navn))
        assert [(en.rolle, en.enhed.kode) for en in mine] == [den_ene], navn


def test_naboerne_er_fremmede_i_hoveddistriktet(omraadet):
    assert distrikter("naboskoleleder") == distrikter("nabokoordinator") == {"kloeverdam"}
    for navn in ("skoleleder", "koordinator", "paedagogiskleder", "medarbejder", "vejleder", "dagtilbudsleder"):
        assert distrikter(navn) == {"hejrebakken"}
    assert distrikter("centerleder") == {"hejrebakken", "stroemkajen"}
    for navn in ("klyngeleder", "netvaerkskoordinator", "centerleder"):
        assert "kloeverdam" not in distrikter(navn)


def test_s25_hver_folkeskole_har_sin_fritidsinstitution_og_alle_undtagen_en_er_kkfo(omraadet):
    fritid = {
        skole.kode: [link.enhed for link in skole.medlemmer.filter(enhed__art="fritidsinstitution")]
        for skole in Enhed.objects.filter(art="skole")
    }
    assert {len(enheder) for enheder in fritid.values()} == {1}
    assert [kode for kode, (en,) in fritid.items() if not en.er_kkfo] == ["lodspynten"]


def test_hver_enhed_har_en_leder_undtagen_den_vakante(omraadet):
    med_leder = {(en.enhed.pk, en.rolle) for en in Rolletildeling.objects.gaeldende()}
    uden = [e for e in Enhed.objects.gaeldende() if e.lederrolle and (e.pk, e.lederrolle) not in med_leder]
    assert [enhed.kode for enhed in uden] == ["rygsvoemmeren"]
    assert uden[0].tilknytninger.get().til.kode == "klynge-nordkaj"


def test_eksemplet_har_et_faelles_distrikt_og_et_uden_geografi(omraadet):
    antal = {d.kode: d.enheder.filter(art="skole").count() for d in Skoledistrikt.objects.all()}
    assert sorted(antal.values()) == [1, 1, 1, 1, 2]
    assert Skoledistrikt.objects.get(er_uden_geografi=True).kode == "distrikt-regnspoven"


def test_d26_eksemplet_har_en_af_hver_slags_rolle(omraadet):
    i_dag, roller = tid.i_dag(), Rolletildeling.objects.all()
    ledere = roller.gaeldende().med_rolle(Rolle.DAGTILBUDSLEDER)
    assert len({en.user for en in ledere}) == len(ledere) - 1
    assert roller.gaeldende().filter(konstitueret=True).count() == 1
    assert roller.filter(gyldig_til__lte=i_dag).exists()
    assert roller.filter(gyldig_fra__gt=i_dag).exists()
    assert roller.filter(i_fravaer=True, gyldig_fra__gt=i_dag).count() == 1
    koordinatorer = roller.gaeldende().med_rolle(Rolle.KOORDINATOR)
    assert sorted(koordinatorer.values_list("omfang", flat=True)) == ["rc", "rc_plc", "rc_plc"]
    assert Person.objects.exclude(faglighed=None).count() == 18


def test_alle_adresser_er_demo_adresser(omraadet):
    assert not Person.objects.exclude(email__endswith="@demo.example").exists()


def test_d17_eksemplet_har_ferier_i_fire_skoleaar_og_hele_ferieplanen(omraadet):
    ferier = set(Feriedag.objects.values_list("navn", "fra", "til_og_med"))
    assert {(f.navn, f.fra, f.til_og_med) for f in laes_ferieplan()} <= ferier
    assert {fra.year for navn, fra, _ in ferier if navn == "efterårsferie"} == {2024, 2025, 2026, 2027}


def celler(fil):
    """Not its bytes: openpyxl writes others where lxml is at hand."""
    from openpyxl import load_workbook

    bog = load_workbook(fil)
    return {ark.title: [[celle.value for celle in raekke] for raekke in ark.rows] for ark in bog}


def test_d27_eksemplets_regneark_er_lavet_af_csv_filerne(omraadet, tmp_path):
    eksempel.skriv_regneark(fil=tmp_path / "nyt.xlsx")
    assert celler(tmp_path / "nyt.xlsx") == celler(demo.EKSEMPEL / "eksempel.xlsx")
    foer = Haendelse.objects.count()
    resultat = indlaes(demo.EKSEMPEL / "eksempel.xlsx")
    assert [(en.nye, en.aendrede, en.foreslaas_lukket) for en in resultat.forskelle] == [([], [], [])] * 6
    assert Haendelse.objects.count() == foer


def test_d27_vejledningen_naevner_hver_kolonne():
    from samarbejde.importer.skema import SKEMA
    from tests.arkitektur.filer import ROOT

    tekst = (ROOT / "docs" / "import.md").read_text(encoding="utf-8")
    assert [f"{ark}.{navn}" for ark, skema in SKEMA.items() for navn in skema if f"`{navn}`" not in tekst] == []
    for fil in demo.EKSEMPEL.glob("*.csv"):
        with fil.open(encoding="utf-8") as linjer:
            assert set(next(csv.reader(linjer))) <= set(SKEMA[fil.stem])


# --- demodata ----------------------------------------------------------------------------------------------------
@pytest.fixture
def demo_til(settings, monkeypatch):
    settings.DEMO = True
    monkeypatch.setattr(stik.demo, "_plugs", {})


def demodata(*valg):
    ud = StringIO()
    call_command("demodata", *valg, stdout=ud)
    return ud.getvalue()


def test_demodata_kun_med_demo(settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="kun ind med DEMO=1"):
        demodata()
    assert not Person.objects.exists()


def test_demodata_giver_seksten_logins_samme_kode_og_er_ens_anden_gang(demo_til):
    kald = []
    stik.demo.tilslut("prøve", lambda **antal: kald.append(antal))
    assert "16 demo-logins har fået adgangskode." in demodata()
    assert sum(check_password(demo.KODEORD, p.password) for p in Person.objects.filter(email__regex="^[a-z]+@")) == 16
    with CaptureQueriesContext(connection) as koert:
        demodata()
    assert [q["sql"] for q in koert if q["sql"].startswith(("INSERT", "UPDATE", "DELETE"))] == []
    assert kald == [{"distrikter": None, "aar": None}] * 2


def test_demodata_lader_en_selvvalgt_adgangskode_vaere(demo_til):
    demodata()
    leder = login("skoleleder")
    leder.set_password("min egen lange kode")
    leder.save()
    demodata()
    assert login("skoleleder").check_password("min egen lange kode")


@pytest.mark.parametrize("valg", [["--distrikter", "0", "--aar", "1"], ["--distrikter", "2"], ["--aar", "-1"]])
def test_demodata_afviser_umulige_tal(demo_til, valg):
    with pytest.raises(CommandError):
        demodata(*valg)


def test_demodata_i_maengde_har_ledere_i_alle_aar_og_er_ens_anden_gang(demo_til):
    demodata("--distrikter", "16", "--aar", "3")
    antal = Enhed.objects.count(), Person.objects.count(), Rolletildeling.objects.count()
    maalt = demo.maengde.distrikter()
    assert maalt.count() == 16
    for distrikt in maalt:
        assert distrikt.enheder.filter(art="skole").count() == 1
        assert distrikt.enheder.filter(art="fritidscenter").count() == 1
    with tid.frys(tid.fra_lokal(date(tid.i_dag().year - 2, 9, 1), time(9))):
        skole = maalt.first().enheder.get(art="skole")
        assert skole.rolletildelinger.gaeldende().med_rolle(Rolle.SKOLELEDER).count() == 1
    demodata("--distrikter", "16", "--aar", "3")
    assert (Enhed.objects.count(), Person.objects.count(), Rolletildeling.objects.count()) == antal


def test_openpyxl_indlaeses_kun_naar_der_er_et_regneark():
    """A web worker never needs it (quality: memory)."""
    kode = (
        "import django, sys; django.setup(); import samarbejde.importer, samarbejde.demo, samarbejde.organisation;"
        "import samarbejde.management.commands.importer; sys.exit('openpyxl' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", kode], check=False).returncode == 0
