"""The supervisor of `make run`: what dies starts again, and what stops takes everybody along."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from deploy.demo import WORKER
from tests.arkitektur.filer import ROOT

# A child that has a child of its own, as gunicorn has; both write down who they are.
FAMILY = """
import os, subprocess, sys, time
grandchild = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
open(sys.argv[1], "a").write(f"{os.getpid()} {grandchild.pid}\\n")
time.sleep(60)
"""
SUPERVISOR = """
import os, sys
from pathlib import Path
from deploy.supervise import Program, Supervisor
folder = Path(sys.argv[1])
s = Supervisor(
    programs=[
        Program("familie", [sys.executable, "-c", sys.argv[2], str(folder / "familie")]),
        Program("tid", ["/bin/sh", "-c", "printf x >> tid"], every=0.5),
    ],
    env=dict(os.environ), cwd=folder,
    is_ready=lambda: (folder / "familie").exists(), on_ready=lambda: print("oppe", flush=True),
)
sys.exit(s.run())
"""
DOOMED = """
import os, sys
from pathlib import Path
import deploy.supervise as d
d.LONGEST_PAUSE = 0
s = d.Supervisor(
    programs=[d.Program("web", [sys.executable, "-c", "raise SystemExit(3)"])],
    env=dict(os.environ), cwd=Path("."), is_ready=lambda: False, on_ready=print,
)
sys.exit(s.run())
"""


def wait_for(condition, seconds=20):
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.05)
    return found


def alive(pid):
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def families(folder):
    path = folder / "familie"
    return [tuple(map(int, line.split())) for line in path.read_text().splitlines()] if path.exists() else []


@pytest.fixture
def supervisor(tmp_path):
    command = [sys.executable, "-c", SUPERVISOR, str(tmp_path), FAMILY]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout.readline() == "oppe\n"
        yield process
        process.terminate()


def test_a_killed_program_starts_again_without_its_orphans(supervisor, tmp_path):
    ((child, grandchild),) = families(tmp_path)
    os.kill(child, signal.SIGKILL)
    wait_for(lambda: len(families(tmp_path)) == 2)
    assert not alive(child)
    assert not alive(grandchild)


def test_a_timer_comes_again(supervisor, tmp_path):
    wait_for(lambda: (tmp_path / "tid").exists() and (tmp_path / "tid").read_text().startswith("xx"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_ends_everybody(supervisor, tmp_path, number):
    ((child, grandchild),) = families(tmp_path)
    supervisor.send_signal(number)
    assert supervisor.wait(20) == 0
    wait_for(lambda: not alive(child) and not alive(grandchild))


def test_a_killed_supervisor_leaves_no_program(supervisor, tmp_path):
    ((child, grandchild),) = families(tmp_path)
    supervisor.kill()
    wait_for(lambda: not alive(child))
    os.kill(grandchild, signal.SIGKILL)  # this one has nobody to tell it; gunicorn's and Django's children see to that


def test_a_site_that_never_comes_up_is_given_up():
    done = subprocess.run(
        [sys.executable, "-c", DOOMED], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 1
    assert done.stderr.count("web stoppede (kode 3)") == 5
    assert "kan ikke komme op" in done.stderr


TELL = """
import os, sys
from pathlib import Path
group = Path("/proc/self/autogroup")
Path(sys.argv[1]).write_text(f"{os.nice(0)} {group.read_text() if group.exists() else ''}")
"""


def test_the_worker_gives_way_to_the_web_processes(tmp_path):
    """By its nice value, and by that of its session where the scheduler weighs one session against another."""
    told, worker = tmp_path / "told", WORKER()
    worker.command = [sys.executable, "-c", TELL, str(told)]
    worker.start(dict(os.environ), tmp_path)
    worker.process.wait(20)
    nice, *group = told.read_text().split()
    assert int(nice) > os.nice(0)
    assert group[-1:] in ([], [nice])
