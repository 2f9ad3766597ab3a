"""Flip each cell of `TILLADT` and each edge of `OVERGANGE` in turn, and expect a red test. Prints what survives.

    .venv/bin/python -m tests.vend_celler            # the tests of the pure data: about eight minutes
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


class Flipper:
    """Collects the tests once; each flip is made in a fork that runs them until one is red."""

    def __init__(self) -> None:
        self.count, self.survivors, self.begin = 0, [], time.monotonic()

    def pytest_runtestloop(self, session):
        if outcome(lambda: None, session) != GREEN:
            raise session.Failed("Prøverne er ikke grønne, før noget er vendt.")
        for what, flip in flips():
            self.count += 1
            if (code := outcome(flip, session)) != RED:
                self.survivors.append(f"{what}{'' if code == GREEN else f' (endte med {code})'}")
        return True


def outcome(flip: Callable[[], None], session) -> int:
    """RED when a test fails with the flip made, in a process of its own."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, 1)
        os.dup2(nowhere, 2)
        flip()
        for item, following in zip(session.items, [*session.items[1:], None], strict=True):
            session.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if session.testsfailed:
                os._exit(RED)
        os._exit(GREEN)
    finally:
        os._exit(99)


def main(paths: list[str]) -> int:
    import pytest

    flipper = Flipper()
    options = ["-q", "--reuse-db", "-p", "no:cacheprovider", "-p", "no:terminalreporter", *(paths or TESTS)]
    if (code := pytest.main(options, plugins=[flipper])) not in {0, pytest.ExitCode.NO_TESTS_COLLECTED}:
        sys.exit(f"Prøverne kunne ikke køres ({code}): {' '.join(paths or TESTS)}")
    print(f"{flipper.count} vendt på {time.monotonic() - flipper.begin:.0f} s, {len(flipper.survivors)} overlevede.")
    print("\n".join(flipper.survivors))
    return 1 if flipper.survivors else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
