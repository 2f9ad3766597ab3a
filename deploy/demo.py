"""`make run`: a whole working site on this machine, from a fresh clone.

Run by the venv's Python. Everything it makes lies in `var/`; delete that folder to begin again.
"""

import base64
import os
import secrets
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Callable
from functools import partial
from pathlib import Path
from urllib.parse import quote

from deploy.seal import demo_certificate
from deploy.supervise import Program, Supervisor

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "samarbejde-demo"  # noqa: S105 - the published password of the demo
LOGINS = {
    "skoleleder": "skoleleder, tovholder for aftalen",
    "koordinator": "koordinator for Ressourcecenter og PLC",
    "paedagogiskleder": "pædagogisk leder i en fritidsinstitution",
    "centerleder": "leder af et fritidscenter med to skoler",
    "teamkoordinator": "har fast deltagelse på vegne af fritidscentret",
    "medarbejder": "pædagogisk medarbejder",
    "vejleder": "intern ressourceperson",
    "sundhedsplejerske": "ekstern ressourceperson",
    "klyngeleder": "klyngeleder",
    "netvaerkskoordinator": "netværkskoordinator",
    "dagtilbudsleder": "leder af en daginstitution",
    "omraadechef": "områdechef",
    "forvaltning": "forvaltningen",
    "administrator": "konti og teknik",
    "naboskoleleder": "skoleleder i et andet distrikt",
    "nabokoordinator": "koordinator i et andet distrikt",
}
MANAGE = [sys.executable, "manage.py"]
# Whoever waits for a page goes before a PDF that is made for later.
WORKER = partial(Program, "worker", [*MANAGE, "db_worker"], nice=10)


def main() -> int:
    os.umask(0o077)  # the database, the mail and the keys are the owner's alone
    env = environment(os.environ.get("PORT") or "8000")
    address = env["BASE_URL"]
    if not port_is_free(int(env["PORT"])):
        sys.exit(f"Port {env['PORT']} er optaget. Prøv en anden: PORT=8001 make run")
    subprocess.run([sys.executable, "-m", "deploy.prepare"], env=env, cwd=ROOT, stdin=subprocess.DEVNULL, check=True)
    web = [sys.executable, "-m", "gunicorn", "-c", "deploy/gunicorn.conf.py", "samarbejde.wsgi:application"]
    supervisor = Supervisor(
        programs=[
            Program("web", web),
            WORKER(),
            Program("doegnrutiner", [*MANAGE, "doegnrutiner"], every=60),
        ],
        env=env,
        cwd=ROOT,
        is_ready=lambda: answers(f"{address}/healthz"),
        on_ready=lambda: greet(address),
    )
    return supervisor.run()


def environment(port: str) -> dict[str, str]:
    """What the caller has set wins, so that PostgreSQL or real mail can be tried on the demo."""
    if not port.isdigit() or not 0 < int(port) < 65536:
        sys.exit(f"PORT skal være et tal mellem 1 og 65535, ikke »{port}«.")
    var = Path(os.environ.get("DATA_DIR") or ROOT / "var").resolve()
    var.mkdir(parents=True, exist_ok=True)
    defaults = {
        "DEMO": "1",
        "DEBUG": "0",
        "DATA_DIR": str(var),
        "DATABASE_URL": f"sqlite://{quote(str(var / 'samarbejde.sqlite3'))}",
        "EMAIL_URL": f"file://{quote(str(var / 'post'))}",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "ALLOWED_HOSTS": "127.0.0.1,localhost",
        "SECRET_KEY": kept(var / "secret_key", lambda: secrets.token_urlsafe(50)),
        "FORTROLIGHED_NOEGLER": kept(
            var / "fortrolighed_noegler", lambda: base64.b64encode(secrets.token_bytes(32)).decode()
        ),
        "SEGL_P12": demo_certificate(var / "segl.p12"),
        "DJANGO_SETTINGS_MODULE": "samarbejde.settings",
    }
    own = {name: value for name, value in os.environ.items() if value or name not in defaults}
    return {**defaults, **own, "PORT": port, "PYTHONUNBUFFERED": "1"}


def kept(path: Path, make: Callable[[], str]) -> str:
    """A secret that is made once and read by its owner only."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text().strip()
    with os.fdopen(handle, "w") as file:
        secret = make()
        file.write(f"{secret}\n")
    return secret


def port_is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def answers(url: str) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=2) as response:
            return response.status == 200
    except (OSError, urllib.error.URLError):
        return False


def greet(address: str) -> None:
    print(f"\nStærkt samarbejde kører på {address}  (demo; Ctrl-C stopper)\n")
    print(f"Log ind med en af disse. Adgangskoden er {PASSWORD} for alle:\n")
    width = max(map(len, LOGINS)) + len("@demo.example")
    for name, who in LOGINS.items():
        print(f"  {f'{name}@demo.example':{width}}  {who}")
    print("\nMail fra demoen lander i var/post/.\n", flush=True)


if __name__ == "__main__":
    sys.exit(main())
