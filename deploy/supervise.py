"""Keeps a few processes alive: one supervisor for web, worker and timer.

Every child leads a process group of its own. When a child dies, what is left of its group is killed before it starts
again (an orphaned gunicorn worker would hold the port). A stop ends every group; a killed supervisor at least tells its
children to stop.
"""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

PR_SET_PDEATHSIG = 1
WATCHED = {signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD}
TICK = 0.5
SHORT_LIFE = 10
LONGEST_PAUSE = 30
TRIES_BEFORE_READY = 5
PATIENCE = 10
LIBC = ctypes.CDLL(None)


@dataclass
class Program:
    """`every` makes it a timer: it runs to its end, then waits for its next turn."""

    name: str
    command: Sequence[str]
    every: float | None = None
    nice: int = 0
    process: subprocess.Popen[bytes] | None = None
    next_start: float = 0
    started: float = 0
    short_lives: int = 0

    def start(self, env: dict[str, str], cwd: Path) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=env,
            cwd=cwd,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=partial(_in_child, self.nice),
        )
        if self.every is not None:
            self.next_start = self.started + self.every

    def send(self, number: int) -> None:
        if self.process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, number)

    def buried(self, say: Callable[[str], None]) -> bool:
        """True once, when the process has ended: cleans up after it and decides when it may start again."""
        if self.process is None or self.process.poll() is None:
            return False
        code = self.process.returncode
        self.send(signal.SIGKILL)
        self.process = None
        if self.every is not None:
            if code:
                say(f"{self.name} sluttede med kode {code}; prøver igen til næste tid.")
            return True
        now = time.monotonic()
        self.short_lives = self.short_lives + 1 if now - self.started < SHORT_LIFE else 0
        pause = min(LONGEST_PAUSE, 2 ** min(self.short_lives, 5) - 1)
        self.next_start = now + pause
        say(f"{self.name} stoppede (kode {code}); starter igen om {pause} sekunder.")
        return True


@dataclass
class Supervisor:
    programs: list[Program]
    env: dict[str, str]
    cwd: Path
    is_ready: Callable[[], bool]
    on_ready: Callable[[], None]
    ready: bool = field(default=False, init=False)

    def run(self) -> int:
        """Until a signal says stop. 0 for a stop that was asked for, 1 when the site never came up."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WATCHED)
        try:
            return self._watch()
        finally:
            self._stop()

    def _watch(self) -> int:
        while True:
            for program in self.programs:
                program.buried(self._say)
                if program.process is None and time.monotonic() >= program.next_start:
                    program.start(self.env, self.cwd)
            if not self.ready:
                self._look()
            if not self.ready and any(program.short_lives >= TRIES_BEFORE_READY for program in self.programs):
                self._say("Sitet kan ikke komme op; se linjerne ovenfor.")
                return 1
            received = signal.sigtimedwait(WATCHED, TICK)
            if received is not None and received.si_signo != signal.SIGCHLD:
                return 0

    def _look(self) -> None:
        if self.is_ready():
            self.ready = True
            self.on_ready()

    def _stop(self) -> None:
        for program in self.programs:
            program.send(signal.SIGTERM)
        deadline = time.monotonic() + PATIENCE
        for program in self.programs:
            if program.process is not None:
                with contextlib.suppress(subprocess.TimeoutExpired):
                    program.process.wait(max(0.0, deadline - time.monotonic()))
            program.send(signal.SIGKILL)
            if program.process is not None:
                program.process.wait()

    def _say(self, text: str) -> None:
        print(text, file=sys.stderr, flush=True)


def _in_child(nice: int) -> None:
    """The blocked signals are the supervisor's alone; a killed supervisor takes its children with it."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WATCHED)
    if nice:
        os.nice(nice)
        with contextlib.suppress(OSError):  # a session is one group to the scheduler, and weighs as much as another
            Path("/proc/self/autogroup").write_text(str(nice))
