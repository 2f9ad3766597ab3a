"""The project's own files, as git would take them: what is ignored is not looked at."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("samarbejde", "ressourcecenter", "aftaler", "moeder")
YARDSTICK = "tests/bench/"


@cache
def project_files(suffix):
    """Paths relative to the root, sorted. Falls back to a walk where there is no git (an unpacked archive)."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, text=True, check=False)
    if listed.returncode == 0 and listed.stdout:
        names = listed.stdout.split("\0")
    else:
        names = [str(path.relative_to(ROOT)) for path in ROOT.rglob("*") if not {".venv", "var"} & set(path.parts)]
    return sorted(name for name in names if name.endswith(suffix) and (ROOT / name).is_file())


def own_python():
    """Written by hand: no migrations, and not the yardstick, which is a copy."""
    return [name for name in project_files(".py") if "/migrations/" not in name and not name.startswith(YARDSTICK)]


@cache
def parsed(name):
    return ast.parse((ROOT / name).read_text(encoding="utf-8"))


def functions(name):
    return [node for node in ast.walk(parsed(name)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def line_count(name):
    return len((ROOT / name).read_text(encoding="utf-8").splitlines())
