"""A state moves in one place, `samarbejde.tilstande.skift`: anything else goes round the rules, the trail, the mail.

The house style looks for the plain assignment; here also what a quick eye overlooks is seen.
"""

import ast

from tests.arkitektur.filer import PACKAGES, own_python, parsed

# The states of a mail and of a document are technical: the worker's own rows, nobody's right, no reason to give.
UNDTAGELSER = {
    "samarbejde/tilstande.py": "skift itself",
    "samarbejde/post.py": "Besked: gathered into a digest",
    "samarbejde/forsendelse.py": "Besked: delivered, given up",
    "samarbejde/actions_post.py": "Besked: sent again",
    "samarbejde/pdf.py": "Dokument, Overdragelse: made, given up",
    "aftaler/demo/bulk.py": "bulk data for measuring: too many rows for one action each",
    "moeder/demo/bulk.py": "the same, of meetings",
}
SKRIVER = {"update", "bulk_update", "update_or_create", "aupdate"}


def test_no_other_module_sets_a_state():
    assert [
        f"{navn}:{knude.lineno}"
        for navn in own_python()
        if navn.startswith(PACKAGES) and navn not in UNDTAGELSER
        for knude in ast.walk(parsed(navn))
        if saetter_tilstand(knude)
    ] == []


def test_every_exception_is_still_needed():
    for navn in UNDTAGELSER:
        assert any(saetter_tilstand(knude) for knude in ast.walk(parsed(navn))), navn


def saetter_tilstand(knude):
    """Assigned alone or in a tuple, through setattr, or straight to the rows."""
    if isinstance(knude, ast.Attribute) and isinstance(knude.ctx, ast.Store):
        return knude.attr == "tilstand"
    if not isinstance(knude, ast.Call):
        return False
    kaldt = getattr(knude.func, "id", "") or getattr(knude.func, "attr", "")
    if kaldt == "setattr":
        return len(knude.args) > 1 and getattr(knude.args[1], "value", "") == "tilstand"
    navngivne = {argument.arg for argument in knude.keywords}
    if kaldt == "bulk_update":
        return any(getattr(del_, "value", "") == "tilstand" for argument in knude.args for del_ in ast.walk(argument))
    return kaldt in SKRIVER and "tilstand" in navngivne


def test_the_lint_sees_what_it_should():
    for kode in (
        "aftale.tilstand = 1",
        "aftale.tilstand, x = 1, 2",
        "setattr(aftale, 'tilstand', 1)",
        "qs.update(tilstand=1)",
        "qs.bulk_update(rows, ['tilstand'])",
    ):
        assert any(map(saetter_tilstand, ast.walk(ast.parse(kode)))), kode
    for kode in ("tilstand = aftale.tilstand", "qs.filter(tilstand=1)", "save(update_fields=['tilstand'])"):
        assert not any(map(saetter_tilstand, ast.walk(ast.parse(kode)))), kode
