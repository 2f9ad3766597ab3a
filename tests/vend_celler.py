"""Flip each cell of `TILLADT` and each edge of `OVERGANGE` in turn, and expect a red test. Prints what survives.

    .venv/bin/python -m tests.vend_celler            # the tests of the pure data: two to five minutes
    .venv/bin/python -m tests.vend_celler tests/rettigheder/test_hvem_kan.py     # which cells do known people prove?

Run it before an issue is resolved: a survivor is a right or a transition that no test would miss. Nothing on disk is
changed: Django and the tables are loaded once, and each flip happens in a fork of its own. Paths of your own replace
the tests that are run; those that need the database are slower and keep it between the flips.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

TESTS = ["tests/rettigheder/test_tabellen.py", "tests/rettigheder/test_regler.py", "tests/tilstande/test_overgange.py"]
RED, GREEN = 1, 0


def flips() -> Iterator[tuple[str, Callable[[], None]]]:
    """(what is flipped, how) for every cell, every edge and every goal of an edge."""
    from aftaler import states
    from moeder import states as m
    from samarbejde.permissions import TILLADT, Handling, Relation, Rolle

    for handling in Handling:
        for who in (*Rolle, *Relation):
            yield f"TILLADT: {handling} × {who}", lambda h=handling, w=who: _toggle(TILLADT, h, w)
    for edges, kinds in (
        (states.OVERGANGE, states.Tilstand),
        (states.SVAROVERGANGE, states.Svar),
        (m.ANMODNINGSOVERGANGE, m.Anmodningstilstand),
        (m.OVERGANGE, m.Tilstand),
        (m.DELTAGELSESOVERGANGE, m.Deltagelse),
        (m.PUNKTOVERGANGE, m.Punkttilstand),
        (m.OPGAVEOVERGANGE, m.Opgavetilstand),
        (m.OENSKEOVERGANGE, m.Oenske),
    ):
        for name in edges:
            for state in kinds:
                yield f"fra {state} × {name}", lambda e=edges, n=name, s=state: _from(e, n, s)
                if edges[name].til != state:
                    yield f"{name} → {state}", lambda e=edges, n=name, s=state: _to(e, n, s)


def _toggle(table, handling, who):
    table[handling] = table[handling] ^ {who}


def _from(edges, name, state):
    edges[name] = replace(edges[name], fra=edges[name].fra ^ {state})


def _to(edges, name, state):
    edges[name] = replace(edges[name], til=state)


def outcome(flip: Callable[[], None], paths: list[str]) -> int:
    """pytest's exit code with the flip made, in a process of its own."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        flip()
        os._exit(_pytest(paths))
    finally:
        os._exit(99)


def _pytest(paths: list[str]) -> int:
    import pytest

    return int(pytest.main(["-x", "-q", "--reuse-db", "-p", "no:cacheprovider", "-p", "no:terminalreporter", *paths]))


def main(paths: list[str]) -> int:
    import django

    django.setup()
    paths = paths or TESTS
    if outcome(lambda: None, paths) != GREEN:
        sys.exit(f"Prøverne er ikke grønne, før noget er vendt: {' '.join(paths)}")
    begin, count, survivors = time.monotonic(), 0, []
    for what, flip in flips():
        count += 1
        if (code := outcome(flip, paths)) != RED:
            survivors.append(f"{what}{'' if code == GREEN else f' (pytest endte med {code})'}")
    print(f"{count} vendt på {time.monotonic() - begin:.0f} s, {len(survivors)} overlevede.")
    print("\n".join(survivors))
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
