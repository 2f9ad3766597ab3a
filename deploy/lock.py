"""`make lock`: writes both lock files anew, without any address or path in them.

python -m deploy.lock [PACKAGE]
"""

import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TOOL = ROOT / "var" / "uv"
# Extras stay: else pip asks for `coverage[toml]` beside the pinned `coverage`, finds a newer one and stops.
RECIPE = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-strip-extras", "--no-annotate"]
RECIPE += ["--no-header", "--quiet"]


def main(package: str = "") -> None:
    if not (TOOL / "bin" / "uv").exists():
        venv.create(TOOL, with_pip=True)
        subprocess.run([TOOL / "bin" / "python", "-m", "pip", "install", "--quiet", "uv"], check=True)
    upgrade = ["--upgrade-package", package] if package else ["--upgrade"]
    for name in ("drift", "udvikling"):  # in this order: udvikling.in is constrained by drift.txt
        files = [f"requirements/{name}.in", "--output-file", f"requirements/{name}.txt"]
        subprocess.run([TOOL / "bin" / "uv", "pip", "compile", *RECIPE, *upgrade, *files], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
