"""Whatever a machine lacks before the site can run: system packages, a venv, the locked Python packages.

    python3 -m deploy.install drift|udvikling

Run by the system's python3, so standard library only. The machine's own pip configuration is left alone.
"""

import ctypes
import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
VENV_PYTHON = VENV / "bin" / "python"
STAMP = VENV / "installed"
OLDEST_PYTHON = (3, 11)
OLDEST_POSTGRES = 15
# The first, where it is at hand, is the same without what draws windows: a quarter faster.
BROWSERS = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def main(lock: str) -> None:
    if sys.version_info < OLDEST_PYTHON:
        sys.exit("Der skal bruges Python 3.11 eller nyere.")
    system_packages(lock)
    python_packages(lock)
    if lock == "udvikling" and not browser():
        download_browser()


# --- system packages ---------------------------------------------------------------------------------------------
def system_packages(lock: str) -> None:
    missing = missing_packages(lock)
    if missing:
        apt_install(missing)
        missing = missing_packages(lock)
    if missing:
        sys.exit(f"Systempakkerne blev installeret, men der mangler stadig: {' '.join(missing)}")


def missing_packages(lock: str) -> list[str]:
    """Asks for the thing itself, not for a package by name, so that other ways of installing it count too."""
    needs: list[tuple[str, Callable[[], bool]]] = [
        ("python3-venv", _has_venv),
        ("libpango-1.0-0", lambda: _loads("libpango-1.0.so.0")),
        ("libpangoft2-1.0-0", lambda: _loads("libpangoft2-1.0.so.0")),
        ("libharfbuzz-subset0", lambda: _loads("libharfbuzz-subset.so.0")),
    ]
    if lock == "udvikling":
        needs += [
            ("postgresql", lambda: postgres_bin() is not None),
            ("fonts-dejavu-core", _has_fonts),
            ("libatomic1", lambda: _loads("libatomic.so.1")),  # Playwright's driver
        ]
        if not is_ubuntu():
            needs.append(("chromium", lambda: browser() is not None))
    return [package for package, is_there in needs if not is_there()]


def apt_install(packages: list[str]) -> None:
    # One command for a person to paste; as root the same two steps run here.
    line = f"apt-get update && apt-get install -y --no-install-recommends {' '.join(packages)}"
    if shutil.which("apt-get") is None:
        sys.exit(f"Der mangler systempakker, og her er ingen apt-get. På Debian hedder de: {' '.join(packages)}")
    if os.geteuid() != 0:
        sys.exit(f"Der mangler systempakker. Installér dem, og prøv igen:\n\n  sudo sh -c '{line}'\n")
    print(f"Installerer systempakker: {' '.join(packages)}", flush=True)
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    patient = ["-qq", "-o", "DPkg::Lock::Timeout=120", "-o", "Acquire::Retries=3"]
    for command in (["update"], ["install", "-y", "--no-install-recommends", *packages]):
        step = subprocess.run(["apt-get", *patient, *command], env=env, stdin=subprocess.DEVNULL, check=False)
        if step.returncode:
            sys.exit(f"Systempakkerne kunne ikke installeres. Prøv selv:\n\n  {line}\n")


def is_ubuntu() -> bool:
    """There `chromium` is a snap, useless without snapd and to root; Playwright's own build is used instead."""
    release = Path("/etc/os-release")
    return release.exists() and "\nID=ubuntu" in f"\n{release.read_text()}"


def postgres_bin() -> Path | None:
    """The folder of the newest usable PostgreSQL server; Debian keeps it off the PATH."""
    found = [path for path in Path("/usr/lib/postgresql").glob("*/bin") if (path / "initdb").exists()]
    found = [path for path in found if path.parent.name.isdigit() and int(path.parent.name) >= OLDEST_POSTGRES]
    if found:
        return max(found, key=lambda path: int(path.parent.name))
    initdb = shutil.which("initdb")
    return Path(initdb).resolve().parent if initdb else None


def browser() -> str | None:
    """The system's Chromium, or the one Playwright keeps; CHROMIUM names another."""
    named = os.environ.get("CHROMIUM")
    found = [path for path in map(shutil.which, BROWSERS) if path and not _is_snap(path)]
    cache = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    found += [str(path) for path in sorted(cache.glob("chromium-*/chrome-linux*/chrome"), reverse=True)]
    return named or next(iter(found), None)


def download_browser() -> None:
    deps = ["--with-deps"] if os.geteuid() == 0 else []
    subprocess.run([VENV_PYTHON, "-m", "playwright", "install", *deps, "chromium"], cwd=ROOT, check=False)
    if not browser():
        sys.exit(
            "Der mangler en Chromium til browserprøverne. Installér en, eller peg på en med CHROMIUM=/sti/til/den."
        )


def _is_snap(path: str) -> bool:
    real = Path(path).resolve()
    return "snap" in real.parts or real.name == "snap" or b"snap" in real.read_bytes()[:4096]


def _loads(library: str) -> bool:
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def _has_venv() -> bool:
    return VENV_PYTHON.exists() or importlib.util.find_spec("ensurepip") is not None


def _has_fonts() -> bool:
    return any(Path("/usr/share/fonts").glob("**/*.[ot]tf"))


def _minor() -> str:
    return f"{sys.version_info.major}.{sys.version_info.minor}"


# --- Python packages ---------------------------------------------------------------------------------------------
def python_packages(lock: str) -> None:
    if is_installed(lock):
        return
    if not _runs(VENV_PYTHON):
        shutil.rmtree(VENV, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    print(f"Installerer de låste pakker fra requirements/{lock}.txt …", flush=True)
    # --no-user: a `user = true` in the machine's pip configuration would refuse every venv.
    options = ["--quiet", "--no-input", "--no-user", "--require-hashes", "-r", f"requirements/{lock}.txt"]
    STAMP.unlink(missing_ok=True)
    pip = subprocess.run([VENV_PYTHON, "-m", "pip", "install", *options], cwd=ROOT, check=False)
    if pip.returncode:
        sys.exit("Pakkerne kunne ikke installeres; se linjerne ovenfor.")
    STAMP.write_text(fingerprint(lock))


def is_installed(lock: str) -> bool:
    """A development venv also serves production: udvikling.txt holds every pin of drift.txt."""
    if not STAMP.exists() or not _runs(VENV_PYTHON):
        return False
    return STAMP.read_text() in {fingerprint(lock), fingerprint("udvikling")}


def fingerprint(lock: str) -> str:
    digest = hashlib.sha256((ROOT / "requirements" / f"{lock}.txt").read_bytes()).hexdigest()
    return f"{lock} {digest}\n"


def _runs(python: Path) -> bool:
    """False also when the system's Python was upgraded under the venv."""
    try:
        version = subprocess.run(
            [python, "-c", "import sys; print('%d.%d' % sys.version_info[:2])"],
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return False
    return version.stdout.strip() == _minor()


if __name__ == "__main__":
    main(sys.argv[1])
