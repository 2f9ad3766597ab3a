"""The audit trail (S55, D39): who reads what, and that nobody can change what is written."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from samarbejde import queries
from samarbejde.actions import afslut_rolle, luk_person, ret_rolle, tildel_rolle, tildel_roller
from samarbejde.database import aabent_spor
from samarbejde.models import Haendelse, Segling
from samarbejde.permissions import Rolle
from samarbejde.spor import brud_paa_sporet, noter, segl_spor
from tests.fabrik import person, verden

pytestmark = pytest.mark.django_db


@pytest.fixture
def v():
    return verden()


def side(klient, person, adresse="/haendelser/"):
    klient.force_login(person)
    svar = klient.get(adresse)
    assert svar.status_code == 200
    return svar.content.decode()


# --- who reads -------------------------------------------------------------------------------------------------------
def test_s55_en_udpegning_staar_med_hvem_hvornaar_og_for_hvilken_enhed(v, client):
    """S55: forvaltning appoints Ida at Egeskolen; those in Ege read it, with the name of who did it."""
    ida = person("Ida Ibsen")
    fra = date(2026, 8, 1)
    tildel_rolle(person=ida, rolle=Rolle.SKOLELEDER, enhed=v.naboskole, gyldig_fra=fra, af=v.forvaltning)
    tekst = side(client, v.naboskoleleder)
    assert "Ida Ibsen er skoleleder på Egeskolen fra lørdag den 1. august 2026." in tekst
    assert "Frida Ask" in tekst


def test_s53_hvad_der_sker_i_naboens_distrikt_ses_ikke(v, client):
    """S53: Sanne reads nothing about Egeskolen; somebody without a role reads nothing about anybody."""
    assert "skoleleder på Egeskolen" not in side(client, v.skoleleder)
    assert "Der er oprettet en konto til Nils Eg" not in side(client, v.skoleleder)
    tekst = side(client, v.udenfor)
    assert "Lindeskolen" not in tekst
    assert tekst.count("<time") == 1  # her own account


def test_s53_hvem_der_arbejder_paa_en_enhed_laeses_af_personen_selv_og_administrator(v, client):
    """S53: giving, correcting and ending the role medarbejder makes no list of staff for the rest of the district."""
    ida = person("Ida Ibsen")
    fra, til = date(2026, 8, 1), date(2027, 8, 1)
    job = tildel_rolle(person=ida, rolle=Rolle.MEDARBEJDER, enhed=v.skole, gyldig_fra=fra, af=v.skoleleder)
    ret_rolle(tildeling=job, titel="lærer", af=v.skoleleder)
    afslut_rolle(tildeling=job, gyldig_til=til, af=v.skoleleder)
    tildel_roller(
        roller=[{"person": ida, "rolle": Rolle.MEDARBEJDER, "enhed": v.kkfo, "gyldig_fra": fra}],
        af=v.paedagogiskleder,
    )
    for andre in (v.skoleleder, v.koordinator, v.paedagogiskleder, v.omraadechef, v.forvaltning):
        assert "Ida Ibsen" not in side(client, andre)
        assert "Ida Ibsen" not in side(client, andre, v.skole.get_absolute_url())
    for laeser in (ida, v.administrator):
        tekst = side(client, laeser)
        assert "Ida Ibsen er medarbejder på Lindeskolen fra" in tekst
        assert "Rollen som lærer på Lindeskolen for Ida Ibsen er rettet." in tekst
        assert "Ida Ibsen er ikke længere lærer på Lindeskolen" in tekst
        assert "Ida Ibsen er medarbejder på KKFO Lindely" in tekst


def test_d39_mange_noter_paa_en_gang_er_som_een_ad_gangen(v, django_assert_num_queries):
    med, nye = {"rolle": Rolle.MEDARBEJDER, "gyldig_fra": date(2026, 8, 1)}, [person(f"Ny {n}") for n in range(30)]
    for enhed, nogle in ((v.skole, nye[:1]), (v.kkfo, nye)):
        foer = Haendelse.objects.count()
        with django_assert_num_queries(7):  # the lock, the right, the present roles, the roles, the events; savepoint
            roller = tildel_roller(roller=[{"person": en, "enhed": enhed, **med} for en in nogle], af=None)
        haendelser = Haendelse.objects.order_by("pk")[foer:]
        assert [(h.objekt_art, h.objekt_id) for h in haendelser] == [("rolletildeling", en.pk) for en in roller]
        assert [(h.rod_art, h.rod_id, h.af_navn) for h in haendelser] == [("person", en.pk, "Systemet") for en in nogle]
    segl_spor()
    assert brud_paa_sporet() == []


def test_kun_administrator_ser_hvad_der_sker_med_andres_konti(v, client):
    luk_person(person=v.vejleder, af=v.administrator)
    assert "Kontoen for Viggo Holm er lukket" in side(client, v.administrator)
    for andre in (v.skoleleder, v.forvaltning, v.omraadechef):
        assert "Kontoen for Viggo Holm" not in side(client, andre)


def test_listen_viser_det_samme_som_siderne_tillader(v):
    """Every root in the list is one the person may open, and every open root is in the list."""
    for navn, hvem in vars(v).items():
        if hasattr(hvem, "email"):
            linjer = _alle_linjer(hvem)
            maa = set(queries.SPOR["enhed"](hvem).values_list("pk", flat=True))
            fra_enheder = {h.saetning for h in Haendelse.objects.filter(rod_art="enhed", rod_id__in=maa)}
            fremmede = {h.saetning for h in Haendelse.objects.filter(rod_art="enhed").exclude(rod_id__in=maa)}
            assert fra_enheder <= linjer, navn
            assert not (fremmede & linjer), navn


def _alle_linjer(hvem):
    linjer, foer = set(), None
    while True:
        side = queries.haendelser_for(hvem, foer=foer)
        linjer |= {linje.saetning for linje in side.linjer}
        if side.videre_fra is None:
            return linjer
        foer = side.videre_fra


def test_kun_een_slags_og_ukendte_ord_viser_alt(v, client):
    tekst = side(client, v.administrator, "/haendelser/?art=skoledistrikt")
    assert tekst.count("<time") == 2
    assert side(client, v.administrator, "/haendelser/?art=vrøvl").count("<time") == 50


@pytest.mark.parametrize("foer", ["0", "-1", "x", "9" * 40, "²", "1.5", "%00"])
def test_en_skaev_adresse_er_aldrig_en_fejl(v, client, foer):
    client.force_login(v.administrator)
    assert client.get(f"/haendelser/?foer={foer}").status_code in {200, 404}


def test_ved_vejs_ende_staar_det_der(v, client):
    assert "Her er ikke flere" in side(client, v.administrator, "/haendelser/?foer=1")


# --- cost ------------------------------------------------------------------------------------------------------------
KOLONNER = "skete_den, af_id, af_navn, navn, rod_art, rod_id, objekt_art, objekt_id, data, salt, aftryk"


def haendelser(antal, rod):
    """Many rows straight into the table, doubled until they are enough: what is measured is reading."""
    noter(af=None, navn="proeve", objekt=rod, saetning="Noget skete.")
    fra = f"SELECT {KOLONNER} FROM samarbejde_haendelse WHERE navn = 'proeve'"
    with connection.cursor() as markoer:
        while (mangler := antal - Haendelse.objects.filter(navn="proeve").count()) > 0:
            markoer.execute(f"INSERT INTO samarbejde_haendelse ({KOLONNER}) {fra} LIMIT {mangler}")


@pytest.mark.parametrize("hvem", ["skoleleder", "administrator", "udenfor"])
@pytest.mark.parametrize("antal", [1, 50, 70_000])
def test_fire_foresporgsler_ved_1_50_og_70000_haendelser(v, client, django_assert_num_queries, antal, hvem):
    """Constant: session and person, roles, events."""
    haendelser(antal, v.skole)
    client.force_login(getattr(v, hvem))
    with django_assert_num_queries(4):
        tekst = client.get("/haendelser/").content.decode()
    assert tekst.count("<time") <= 50


def test_historik_paa_en_enhed_er_een_foresporgsel(v, django_assert_num_queries):
    haendelser(60, v.skole)
    with django_assert_num_queries(1):
        linjer = queries.historik(v.skole)
    assert len(linjer) == 50
    assert linjer[0].af == "Systemet"
    assert not any("Egeskolen" in linje.saetning for linje in linjer)


def test_aendringer_vises_foer_og_efter(v):
    noter(af=v.forvaltning, navn="ret", objekt=v.skole, saetning="Rettet.", felter={"gyldig_til": ("", "2027-08-01")})
    assert queries.historik(v.skole, 1)[0].aendringer == [("Gyldig til", "", "2027-08-01")]


# --- append-only, sealed ---------------------------------------------------------------------------------------------
def test_d39_sporet_kan_kun_tilfoejes_til(v):
    """D39: the database itself refuses, whoever asks."""
    haendelse = Haendelse.objects.first()
    for ondt in (
        lambda: Haendelse.objects.filter(pk=haendelse.pk).update(af_navn="En anden"),
        lambda: Haendelse.objects.filter(pk=haendelse.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="kun tilføjes"), transaction.atomic():
            ondt()
    assert Haendelse.objects.filter(pk=haendelse.pk, af_navn=haendelse.af_navn).exists()


def test_d39_kaeden_er_hel_naar_den_er_seglet(v, capsys):
    antal = Haendelse.objects.count()
    assert segl_spor() == antal
    assert segl_spor() == 0
    call_command("kontroller_spor")
    assert "Sporet er helt. 0 hændelser venter" in capsys.readouterr().out


def test_d39_en_aendring_bag_om_systemet_bliver_fundet(v, capsys):
    """D39: changed words, a changed name and a removed link each break the chain, and the command fails."""
    segl_spor()
    midt = Segling.objects.order_by("nummer")[10]
    with aabent_spor():
        Haendelse.objects.filter(pk=midt.haendelse_id).update(data={"saetning": "Noget andet."})
    assert brud_paa_sporet() == [f"Hændelse {midt.haendelse_id} er ændret: indholdet svarer ikke til aftrykket."]
    with pytest.raises(CommandError, match="Sporet er brudt: 1 fejl"):
        call_command("kontroller_spor")
    assert f"Hændelse {midt.haendelse_id} er ændret" in capsys.readouterr().out


def test_d39_et_andet_navn_bryder_kaeden(v):
    segl_spor()
    midt = Segling.objects.order_by("nummer")[10]
    with aabent_spor():
        Haendelse.objects.filter(pk=midt.haendelse_id).update(navn="noget_andet")
    assert brud_paa_sporet() == [f"Kæden er brudt ved nummer 11 (hændelse {midt.haendelse_id})."]


def test_d39_et_led_der_er_fjernet_mangler(v):
    segl_spor()
    with aabent_spor(), connection.cursor() as markoer:
        markoer.execute("DELETE FROM samarbejde_segling WHERE nummer = 11")
    assert brud_paa_sporet()[0] == "Kæden springer fra nummer 10 til 12."
