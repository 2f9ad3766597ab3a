"""The measurable half of the house style (docs: architecture, "Style"). The other half is review."""

import ast
import re

from tests.arkitektur.filer import PACKAGES, ROOT, functions, line_count, own_python, parsed, project_files

FUNCTION, VIEW = 40, 20
FILE, TEST_FILE, TEMPLATE = 350, 450, 120
IS_VIEW = re.compile(r"/views(_\w+)?\.py$|/views/")
ACTIONS = re.compile(r"/actions(_\w+)?\.py$|/actions/")
MOVES_STATE = {
    "samarbejde/tilstande.py": "skift() takes the edge: the one place",
    "samarbejde/post.py": "delivery is a state of the outbox's own",
    "samarbejde/forsendelse.py": "the same, compared and swapped by the sender",
    "samarbejde/pdf.py": "so is the making of a PDF, by the worker",
    "aftaler/demo/bulk.py": "bulk data for measuring, too many rows for one action each",
    "moeder/demo/bulk.py": "the same, of meetings",
}


def test_something_is_measured():
    assert len(own_python()) > 10
    assert any(IS_VIEW.search(f"/{name}") for name in ["aftaler/views.py", "samarbejde/views/fejl.py"])


def test_functions_fit_on_a_screen():
    assert [
        f"{name}:{node.lineno} {node.name}: {length} lines (at most {limit})"
        for name in own_python()
        if not name.startswith("tests/")
        for node in functions(name)
        if (length := node.end_lineno - node.lineno + 1) > (limit := VIEW if IS_VIEW.search(f"/{name}") else FUNCTION)
    ] == []


def test_files_are_short():
    assert [
        f"{name}: {length} lines (at most {limit})"
        for name in own_python()
        if (length := line_count(name)) > (limit := TEST_FILE if name.startswith("tests/") else FILE)
    ] == []


def test_templates_are_short():
    assert [
        f"{name}: {length} lines (at most {TEMPLATE})"
        for name in project_files(".html")
        if name.startswith("templates/") and (length := line_count(name)) > TEMPLATE
    ] == []


def test_state_changes_only_through_actions():
    """Any other way goes round the rules, the audit trail and the mail."""
    ours = [name for name in own_python() if name.startswith(PACKAGES) and name not in MOVES_STATE]
    assert [
        f"{name}:{node.lineno}"
        for name in ours
        for node in ast.walk(parsed(name))
        if sets_state(node) or (moves_state(node) and not ACTIONS.search(f"/{name}"))
    ] == []


def sets_state(node):
    """`x.tilstand = …` and `update(tilstand=…)`: only samarbejde.tilstande.skift does that."""
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        return any(isinstance(target, ast.Attribute) and target.attr == "tilstand" for target in targets)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "update":
        return any(keyword.arg == "tilstand" for keyword in node.keywords)
    return False


def moves_state(node):
    """`skift(…)` and `tilstande.skift(…)`: only actions call it."""
    called = node.func if isinstance(node, ast.Call) else None
    return "skift" in {getattr(called, "id", ""), getattr(called, "attr", "")}


def test_the_state_check_sees_what_it_should():
    assert sets_state(ast.parse("aftale.tilstand = 1").body[0])
    assert sets_state(ast.parse("qs.update(tilstand=1)").body[0].value)
    assert moves_state(ast.parse("tilstande.skift(aftale, 1)").body[0].value)
    assert not sets_state(ast.parse("tilstand = aftale.tilstand").body[0])
    assert not moves_state(ast.parse("tilstand = aftale.tilstand").body[0])


def test_nothing_left_open():
    words = re.compile(r"\b(TODO|FIXME|XXX|raise NotImplementedError)\b")
    here = "tests/arkitektur/test_house_style.py"
    suffixes = (".py", ".html", ".css", ".js", ".sh")
    assert [
        name
        for suffix in suffixes
        for name in project_files(suffix)
        if name != here and not name.startswith("static/") and words.search((ROOT / name).read_text(encoding="utf-8"))
    ] == []
