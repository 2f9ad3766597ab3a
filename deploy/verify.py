"""`make test`: style, types and import contracts, Django's own checks, then the whole suite on both databases.

python -m deploy.verify [lint]
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import FrameType

from deploy.cluster import Cluster

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("samarbejde", "ressourcecenter", "aftaler", "moeder")
COVERAGE = 90  # per cent of lines and branches that make test asks for
PATIENCE = 20
PYTHON = [sys.executable]
LINT = {
    "ruff": [*PYTHON, "-m", "ruff", "check", "--quiet", "."],
    "format": [*PYTHON, "-m", "ruff", "format", "--quiet", "--check", "."],
    "mypy": [*PYTHON, "-m", "mypy", *PACKAGES, "deploy"],
    "importkontrakter": [*PYTHON, "-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo"],
    "skabeloner": [*PYTHON, "-m", "djlint", "--lint", "--quiet", "templates"],
}
# What `check --deploy` judges is a production: https, own keys.
PRODUCTION = {
    "DEMO": "0",
    "BASE_URL": "https://samarbejde.example",
    "ALLOWED_HOSTS": "samarbejde.example",
    "TRUSTED_PROXIES": "1",
}
DJANGO = {
    "check --deploy": [*PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
    "makemigrations --check": [*PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"],
}
PYTEST = [*PYTHON, "-m", "pytest", "-n", "2", "--complete"]
# Asked once: it costs a third of the time, and both databases run the same lines but for a handful.
GATE = ["--cov", "--cov-report=term:skip-covered", f"--cov-fail-under={COVERAGE}"]


def main(only: str = "") -> int:
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _told_to_stop)
    env = {name: value for name, value in os.environ.items() if name not in {"PYTEST_ADDOPTS", "DATABASE_URL"}}
    env["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    failed = [name for name, command in LINT.items() if not step(name, command, env)]
    if only == "lint":
        return len(failed)
    failed += [name for name, command in DJANGO.items() if not step(name, command, {**env, **PRODUCTION})]
    if failed:
        print(f"\nFejl i: {', '.join(failed)}", flush=True)
        return 1
    if not step("pytest på SQLite", [*PYTEST, *GATE], env):
        return 1
    with Cluster() as cluster:
        env["DATABASE_URL"] = cluster.url()
        return 0 if step("pytest på PostgreSQL", PYTEST, env) else 1


def step(name: str, command: list[str], env: dict[str, str]) -> bool:
    print(f"── {name}", flush=True)
    begin = time.monotonic()
    code = wait(subprocess.Popen(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL))
    if "pytest" not in name:  # pytest says it itself, and its line must be the last
        print(f"   {'i orden' if code == 0 else 'FEJL'} ({time.monotonic() - begin:.0f} s)", flush=True)
    return code == 0


def wait(process: subprocess.Popen[bytes]) -> int:
    """An interrupted step is given time to close its browsers and remove its files."""
    try:
        return process.wait()
    except KeyboardInterrupt as stop:
        if isinstance(stop, ToldToStop):  # Ctrl-C reaches the step from the terminal, this does not
            process.send_signal(signal.SIGINT)
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            process.kill()
        raise


class ToldToStop(KeyboardInterrupt):
    pass


def _told_to_stop(number: int, frame: FrameType | None) -> None:
    raise ToldToStop


if __name__ == "__main__":
    try:
        with tempfile.TemporaryDirectory(prefix="samarbejde-test-") as folder:  # see tests/settings.py
            os.environ["SAMARBEJDE_TEST_DIR"] = folder
            sys.exit(main(*sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit("Afbrudt.")
