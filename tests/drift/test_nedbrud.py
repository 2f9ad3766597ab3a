"""What breaks heals by itself and loses nothing: a whole site of real processes on a PostgreSQL of its own."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from datetime import timedelta
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.parse import urlencode

import psycopg
import pytest

from deploy.cluster import Cluster
from samarbejde import tid
from tests.aftaler import certifikater

ROD = Path(__file__).resolve().parents[2]
TAALMODIGHED = 60
DATABASE = "nedbrud"


def ledig_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class Site:
    """`make run` without make: supervisor, web, worker and timer, with demo data."""

    def __init__(self, mappe, cluster):
        self.cluster, self.port = cluster, ledig_port()
        self.adresse = f"http://127.0.0.1:{self.port}"
        egne = ("SECRET_KEY", "BASE_URL", "ALLOWED_HOSTS", "FORTROLIGHED_NOEGLER", "EMAIL_URL", "DEMO")
        env = {navn: v for navn, v in os.environ.items() if navn not in egne and not navn.startswith("COV")}
        env |= {
            "PORT": str(self.port),
            "DATA_DIR": str(mappe),
            "DATABASE_URL": cluster.url(DATABASE),
            "DJANGO_SETTINGS_MODULE": "samarbejde.settings",
        }
        self.log = mappe / "log"
        with self.log.open("wb") as log:
            self.proces = subprocess.Popen(
                [sys.executable, "-m", "deploy.demo"],
                cwd=ROD,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        self.env = env

    def stop(self):
        self.proces.send_signal(signal.SIGINT)
        self.proces.wait(30)

    def status(self, sti):
        try:
            with urllib.request.urlopen(self.adresse + sti, timeout=10) as svar:
                return svar.status
        except urllib.error.HTTPError as fejl:
            self.sidste_fejlside = fejl.read().decode()
            return fejl.code
        except OSError:
            return None

    def sql(self, saetning, *vaerdier):
        with psycopg.connect(self.cluster.url(DATABASE)) as forbindelse:
            return forbindelse.execute(saetning, vaerdier).fetchall()

    def worker_pid(self):
        for mappe in Path("/proc").glob("[0-9]*"):
            try:
                linje = (mappe / "cmdline").read_bytes().split(b"\0")
                miljoe = (mappe / "environ").read_bytes()
            except OSError:
                continue
            if b"db_worker" in linje and f"PORT={self.port}".encode() in miljoe:
                return int(mappe.name)
        return None

    def vent_paa(self, sandt, sekunder=TAALMODIGHED):
        slut = time.monotonic() + sekunder
        while time.monotonic() < slut:
            if svar := sandt():
                return svar
            if self.proces.poll() is not None:
                break
            time.sleep(0.02)
        raise AssertionError(f"Ventede forgæves i {sekunder} s.\n{self.log.read_text()[-4000:]}")

    def log_ind(self, email):
        aabner = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        side = aabner.open(f"{self.adresse}/log-ind/").read().decode()
        felter = {"login": email, "password": "samarbejde-demo", "csrfmiddlewaretoken": csrf(side)}
        assert "Log ud" in aabner.open(f"{self.adresse}/log-ind/", urlencode(felter).encode()).read().decode()
        return aabner


def csrf(side):
    return re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', side)[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    with Cluster() as cluster:
        cluster.create(DATABASE)
        site = Site(tmp_path_factory.mktemp("site"), cluster)
        try:
            site.vent_paa(lambda: site.status("/healthz") == 200, 120)
            yield site
        finally:
            site.stop()


def test_en_worker_draebt_midt_i_en_pdf_taber_ingenting(site):
    """The row stays ordered, the supervisor starts a new worker, the timer wakes it: the PDF comes."""
    site.vent_paa(lambda: not site.sql("SELECT 1 FROM aftaler_dokument WHERE tilstand = 'bestilt'"), 120)
    [(dokument,)] = site.sql("SELECT min(id) FROM aftaler_dokument")
    bestil_igen(site, dokument)
    gammel = site.vent_paa(site.worker_pid)
    os.kill(gammel, signal.SIGSTOP)  # hold it, so that the kill falls inside the work and not beside it
    doegnrutiner(site)
    os.kill(gammel, signal.SIGCONT)
    site.vent_paa(lambda: site.sql("SELECT forsoeg FROM aftaler_dokument WHERE id = %s", dokument) == [(1,)])
    os.kill(gammel, signal.SIGKILL)
    assert site.sql("SELECT tilstand FROM aftaler_dokument WHERE id = %s", dokument) == [("bestilt",)]

    site.vent_paa(lambda: site.worker_pid() not in {None, gammel})
    doegnrutiner(site, om_minutter=5)
    site.vent_paa(lambda: segl_paa(site, dokument) == [("klar", "uden_tidsstempel", "")])


def test_et_udloebet_certifikat_standser_intet_og_et_nyt_tages_i_brug_uden_genstart(site):
    """S17: the agreement gets its document unsealed, with the reason; the next is sealed again."""
    site.vent_paa(lambda: not site.sql("SELECT 1 FROM aftaler_dokument WHERE tilstand = 'bestilt'"), 120)
    [(dokument,)] = site.sql("SELECT min(id) FROM aftaler_dokument")
    segl = Path(site.env["DATA_DIR"], "segl.p12")
    det_gode = segl.read_bytes()
    udloebet = certifikater.p12(segl.parent, fra=tid.nu() - timedelta(days=400), kode="")
    segl.write_bytes(Path(udloebet["p12"]).read_bytes())
    bestil_igen(site, dokument)
    doegnrutiner(site)
    site.vent_paa(lambda: segl_paa(site, dokument) == [("klar", "ikke_forseglet", "Certifikatet var udløbet.")])
    with urllib.request.urlopen(f"{site.adresse}/readyz") as svar:
        assert "Certifikatet til seglet udløb den" in svar.read().decode()
    segl.write_bytes(det_gode)
    bestil_igen(site, dokument)
    doegnrutiner(site)
    site.vent_paa(lambda: segl_paa(site, dokument) == [("klar", "uden_tidsstempel", "")])


def segl_paa(site, dokument):
    return site.sql("SELECT tilstand, segl, segl_bemaerkning FROM aftaler_dokument WHERE id = %s", dokument)


def bestil_igen(site, dokument):
    """A document that is made can be changed by nobody but this switch."""
    with psycopg.connect(site.cluster.url(DATABASE)) as forbindelse:
        forbindelse.execute("SELECT set_config('samarbejde.sporet_er_aabent', 'ja', true)")
        forbindelse.execute(
            "UPDATE aftaler_dokument SET tilstand = 'bestilt', pdf = NULL, sha256 = '', lavet_den = NULL, forsoeg = 0,"
            " segl = 'ikke_forseglet', segl_bemaerkning = '', naeste_forsoeg_den = now() WHERE id = %s",
            [dokument],
        )


def doegnrutiner(site, om_minutter=0):
    [(nu,)] = site.sql("SELECT to_char(now() + %s * interval '1 minute', 'YYYY-MM-DD\"T\"HH24:MI:SSOF')", om_minutter)
    nu = nu + ":00" if nu[-3] in "+-" else nu
    kommando = [sys.executable, "manage.py", "doegnrutiner", "--nu", nu]
    miljoe = site.env | {"BASE_URL": site.adresse, "DEMO": "1", "ALLOWED_HOSTS": "127.0.0.1"}
    miljoe |= {"SECRET_KEY": Path(site.env["DATA_DIR"], "secret_key").read_text().strip()}
    faerdig = subprocess.run(kommando, cwd=ROD, env=miljoe, capture_output=True, text=True, check=False)
    assert faerdig.returncode == 0, faerdig.stderr


def test_postgresql_gaar_ned_og_kommer_igen(site):
    """While it is away the user gets a Danish sentence; afterwards everything acknowledged is there."""
    skoleleder = site.log_ind("skoleleder@demo.example")
    foer = site.sql("SELECT count(*), max(id) FROM samarbejde_haendelse")
    site.cluster.crash()
    assert site.status("/healthz") == 200
    assert site.status("/readyz") == 503
    assert site.status("/log-ind/") in {200, 503}
    with pytest.raises(urllib.error.HTTPError) as fejl:
        skoleleder.open(f"{site.adresse}/")
    assert fejl.value.code == 503
    assert "Prøv igen" in fejl.value.read().decode()

    site.cluster.start()
    site.vent_paa(lambda: site.status("/readyz") == 200)
    assert "Log ud" in skoleleder.open(f"{site.adresse}/").read().decode()
    assert site.sql("SELECT count(*), max(id) FROM samarbejde_haendelse") >= foer
    site.vent_paa(site.worker_pid)
