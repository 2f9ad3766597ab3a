"""The environment: what is missing or unusable stops the start, one Danish line each, and never a traceback."""

import base64
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from samarbejde.miljoe import FORBEREDT, laes_miljoe

ROD = Path("/srv/samarbejde")
NOEGLE = bytes(range(32))
HELT = {
    "SECRET_KEY": "x" * 32,
    "ALLOWED_HOSTS": "samarbejde.example, www.samarbejde.example,",
    "BASE_URL": "https://samarbejde.example/",
    "FORTROLIGHED_NOEGLER": base64.b64encode(NOEGLE).decode(),
    "EMAIL_URL": "smtp://localhost:25",
}


def miljoe(**aendret):
    return laes_miljoe({**HELT, **aendret}, ROD)


def fejl(**aendret):
    linjer = miljoe(**aendret).fejl
    for linje in linjer:
        assert re.fullmatch(r"[A-ZÆØÅ].*\.", linje), linje
        assert "\n" not in linje
    return linjer


def test_a_whole_environment_has_no_faults():
    helt = miljoe()
    assert (helt.fejl, helt.advarsler) == ([], [])
    assert helt.base_url == "https://samarbejde.example"
    assert helt.allowed_hosts == ["samarbejde.example", "www.samarbejde.example"]
    assert helt.fortrolighed_noegler == [NOEGLE]
    assert (helt.debug, helt.demo, helt.antal_proxyer) == (False, False, 0)


def test_an_empty_environment_says_all_that_is_missing_at_once():
    manglende = [linje.split()[0] for linje in laes_miljoe({}, ROD).fejl]
    assert manglende == ["SECRET_KEY", "ALLOWED_HOSTS", "BASE_URL", "FORTROLIGHED_NOEGLER"]


@pytest.mark.parametrize(
    ("navn", "vaerdi"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", "x" * 31),
        ("ALLOWED_HOSTS", ""),
        ("ALLOWED_HOSTS", " , "),
        ("BASE_URL", ""),
        ("BASE_URL", "samarbejde.example"),
        ("BASE_URL", "ftp://samarbejde.example"),
        ("BASE_URL", "https://"),
        ("BASE_URL", "https://[::1"),
        ("FORTROLIGHED_NOEGLER", ""),
        ("DATABASE_URL", "mysql://db/samarbejde"),
        ("DATABASE_URL", "postgresql://db.example"),
        ("DATABASE_URL", "postgresql://db.example:mange/samarbejde"),
        ("DATABASE_URL", "postgresql://[::1/samarbejde"),
        ("DATABASE_URL", "sqlite://"),
        ("DATABASE_URL", "sqlite://relativ/samarbejde.sqlite3"),
        ("DATABASE_URL", "samarbejde.sqlite3"),
        ("TRUSTED_PROXIES", "en"),
        ("TRUSTED_PROXIES", "-1"),
    ],
)
def test_each_fault_is_one_danish_line_that_names_it(navn, vaerdi):
    (linje,) = fejl(**{navn: vaerdi})
    assert navn in linje


def test_behind_a_unix_socket_only_a_trusted_proxy_knows_who_logs_in():
    (linje,) = fejl(WEB_BIND="unix:/run/samarbejde.sock")
    assert "TRUSTED_PROXIES" in linje
    assert fejl(WEB_BIND="unix:/run/samarbejde.sock", TRUSTED_PROXIES="1") == []
    assert fejl(WEB_BIND="127.0.0.1:8000") == []


@pytest.mark.parametrize("noegle", ["kort", base64.b64encode(bytes(31)).decode(), "=" * 44, "æøå"])
def test_a_bad_key_is_named_by_its_number_and_never_shown(noegle):
    linjer = fejl(FORTROLIGHED_NOEGLER=f"{HELT['FORTROLIGHED_NOEGLER']},{noegle}")
    assert linjer == ["FORTROLIGHED_NOEGLER: nøgle nummer 2 er ikke 32 byte i base64."]


def test_several_keys_keep_their_order():
    anden = base64.b64encode(NOEGLE[::-1]).decode()
    assert miljoe(FORTROLIGHED_NOEGLER=f"{anden}, {HELT['FORTROLIGHED_NOEGLER']}").fortrolighed_noegler == [
        NOEGLE[::-1],
        NOEGLE,
    ]


def test_only_the_demo_may_do_without_keys():
    assert fejl(FORTROLIGHED_NOEGLER="", DEMO="1") == []


@pytest.mark.parametrize(
    ("vaerdi", "ventet"), [("1", True), ("ja", True), ("TRUE", True), ("0", False), ("nej", False)]
)
def test_yes_and_no(vaerdi, ventet):
    assert miljoe(DEBUG=vaerdi).debug is ventet
    assert miljoe(DEMO=vaerdi).demo is ventet


# --- the database ------------------------------------------------------------------------------------------------
def test_without_a_database_url_sqlite_lies_in_the_data_folder():
    assert miljoe(DATA_DIR="/var/lib/samarbejde").database["NAME"] == "/var/lib/samarbejde/samarbejde.sqlite3"
    assert miljoe().database["NAME"] == "/srv/samarbejde/var/samarbejde.sqlite3"


@pytest.mark.parametrize("url", ["sqlite:////var/data/b%C3%B8rn.sqlite3", "sqlite:///var/data/b%C3%B8rn.sqlite3"])
def test_sqlite_waits_its_turn_and_keeps_what_it_said(url):
    database = miljoe(DATABASE_URL=url).database
    assert Path(database["NAME"]).as_posix().replace("//", "/") == "/var/data/børn.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] >= 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert Path(database["TEST"]["NAME"]).is_absolute(), "the shared in-memory default loses writes between threads"


def test_postgresql_over_the_net():
    database = miljoe(DATABASE_URL="postgresql://sam:p%40ss%2Ford@db.example:6432/samarbejde?sslmode=require").database
    assert database["ENGINE"] == "django.db.backends.postgresql"
    assert [database[navn] for navn in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "samarbejde",
        "sam",
        "p@ss/ord",
        "db.example",
        "6432",
    ]
    assert database["OPTIONS"] == {"sslmode": "require", **FORBEREDT}
    assert (database["CONN_MAX_AGE"], database["CONN_HEALTH_CHECKS"]) == (600, True)


def test_postgresql_over_a_socket():
    database = miljoe(DATABASE_URL="postgres://samarbejde@/samarbejde?host=/run/postgresql&port=5433").database
    assert [database[navn] for navn in ("NAME", "USER", "HOST", "PORT", "OPTIONS")] == [
        "samarbejde",
        "samarbejde",
        "/run/postgresql",
        "5433",
        FORBEREDT,
    ]


# --- mail --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("url", "ventet"),
    [
        ("smtp://mail.example", ("smtp", "mail.example", 25, "", "", False)),
        (
            "smtp://u%40b.example:k%3Ade@mail.example:587?tls=1",
            ("smtp", "mail.example", 587, "u@b.example", "k:de", True),
        ),
        ("smtp://mail.example:587?tls", ("smtp", "mail.example", 587, "", "", True)),
        ("smtp://mail.example?tls=0", ("smtp", "mail.example", 25, "", "", False)),
        ("smtps://mail.example", ("smtps", "mail.example", 465, "", "", False)),
    ],
)
def test_mail_servers(url, ventet):
    email = miljoe(EMAIL_URL=url).email
    assert tuple(email[navn] for navn in ("skema", "vaert", "port", "bruger", "kode", "starttls")) == ventet


def test_mail_in_a_folder_and_on_the_console():
    assert miljoe(EMAIL_URL="file:///var/post").email["sti"] == "/var/post"
    assert miljoe(EMAIL_URL="console://").email["skema"] == "console"


@pytest.mark.parametrize("url", ["", "http://mail.example", "mail.example", "smtp://mail.example:mange", "smtp://[::1"])
def test_unusable_mail_warns_and_starts_all_the_same(url):
    """Mail waits in the outbox, and /readyz says why."""
    uden = miljoe(EMAIL_URL=url)
    assert uden.fejl == []
    assert uden.email == {}
    (linje,) = uden.advarsler
    assert re.fullmatch(r"EMAIL_URL .*\.", linje)


# --- the start itself --------------------------------------------------------------------------------------------
def test_the_site_does_not_start_with_faults_and_says_each():
    env = {navn: os.environ[navn] for navn in ("PATH", "PYTHONPATH") if navn in os.environ}
    start = subprocess.run(
        [sys.executable, "-c", "import samarbejde.settings"],
        env={**env, "SECRET_KEY": "kort"},
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert start.returncode != 0
    assert "Traceback" not in start.stderr
    linjer = start.stderr.strip().splitlines()
    assert linjer[0] == "Sitet kan ikke starte:"
    assert [linje.split()[0] for linje in linjer[1:]] == [
        "SECRET_KEY",
        "ALLOWED_HOSTS",
        "BASE_URL",
        "FORTROLIGHED_NOEGLER",
    ]


@pytest.mark.parametrize("adresse", ["tsa.eksempel.dk", "ftp://tsa.eksempel.dk", "http://"])
def test_en_tsa_der_ikke_er_en_adresse_bruges_ikke_og_siges_paa_readyz(adresse):
    med = miljoe(SEGL_TSA=adresse)
    assert (med.segl["tsa"], med.fejl) == ("", [])
    (linje,) = med.advarsler
    assert linje.startswith("SEGL_TSA er ikke en adresse")


def test_seglets_miljoe_laeses_som_det_staar():
    med = miljoe(SEGL_P12=" /etc/samarbejde/segl.p12", SEGL_KODE="med mellemrum ", SEGL_TSA="http://tsa.eksempel.dk/ts")
    assert med.segl == {"p12": "/etc/samarbejde/segl.p12", "kode": "med mellemrum ", "tsa": "http://tsa.eksempel.dk/ts"}
    assert med.advarsler == []
