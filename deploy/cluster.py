"""A private PostgreSQL cluster: its own folder, its own socket, no port, nobody else's data.

    with Cluster() as pg:            # initdb + start, removed again at the end
        pg.create("min")             # an empty database
        pg.url("min")                # for DATABASE_URL
        pg.crash(); pg.start()       # as if the power had gone

    python -m deploy.cluster start FOLDER [DATABASE]    # prints the url; survives the command
    python -m deploy.cluster url|crash|stop FOLDER      # stop also removes the folder

PostgreSQL refuses to run as root: root runs it as `postgres` (else `nobody`), anybody else as themselves.
"""

import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from deploy.install import postgres_bin

USER = "samarbejde"
PR_SET_PDEATHSIG = 1
START_SECONDS = 60
LIBC = ctypes.CDLL(None)
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    # A crash of the processes loses nothing without these; only a crash of the whole machine would.
    "fsync": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_buffers": "256MB",
    "autovacuum_naptime": "20s",
}


class Cluster:
    def __init__(self, folder: Path | str | None = None, *, outlives_us: bool = False) -> None:
        binaries = postgres_bin()
        if binaries is None:
            raise RuntimeError("PostgreSQL mangler: apt-get install postgresql")
        self.bin = binaries
        # A socket's path holds at most 107 bytes, so the folder must be a short one: not the checkout.
        self.folder = Path(folder or tempfile.mkdtemp(prefix="samarbejde-pg-"))
        self.outlives_us = outlives_us
        self.account = _account()
        self.data = self.folder / "data"
        self.log = self.folder / "log"

    def __enter__(self) -> Self:
        try:
            self.initialise()
            self.start()
        except BaseException:
            self.remove()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.remove()

    def initialise(self) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.account:
            os.chown(self.folder, self.account.pw_uid, self.account.pw_gid)
        trust = ["--auth=trust", f"--username={USER}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
        self._run("initdb", "--pgdata", self.data, *trust)
        with (self.data / "postgresql.conf").open("a") as file:
            file.writelines(f"{name} = '{value}'\n" for name, value in SETTINGS.items())
            file.write(f"unix_socket_directories = '{self.folder}'\n")

    def start(self) -> None:
        """The server is our own child and dies with us, also when we are killed; unless it `outlives_us`."""
        with self.log.open("ab") as log:
            server = subprocess.Popen(
                [self.bin / "postgres", "-D", self.data],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=None if self.outlives_us else _die_with_parent,
                **self._as_account(),
            )
        deadline = time.monotonic() + START_SECONDS
        while self._ask("pg_isready", "--quiet", "--dbname=postgres").returncode:
            if server.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"PostgreSQL kom ikke op:\n{self.log.read_text(errors='replace')[-2000:]}")
            time.sleep(0.1)
        self._server = server

    def stop(self, mode: str = "fast") -> None:
        if (self.data / "postmaster.pid").exists():
            self._run("pg_ctl", "stop", "--pgdata", self.data, f"--mode={mode}", "--wait", "--silent")
        if (server := getattr(self, "_server", None)) is not None:
            server.wait()

    def crash(self) -> None:
        """Everything in the server's memory is gone; the next start recovers from the log."""
        self.stop("immediate")

    def remove(self) -> None:
        try:
            self.stop("immediate")
        finally:
            shutil.rmtree(self.folder, ignore_errors=True)

    def create(self, database: str, template: str = "template0") -> None:
        made = self._ask("createdb", f"--template={template}", database)
        if made.returncode:
            raise RuntimeError(made.stderr)

    def drop(self, database: str) -> None:
        self._ask("dropdb", "--force", "--if-exists", database)

    def query(self, sql: str, database: str = "postgres") -> str:
        """One statement's answer as text, columns parted by `|`."""
        done = self._ask("psql", "--no-psqlrc", "--quiet", "--tuples-only", "--no-align", f"--command={sql}", database)
        if done.returncode:
            raise RuntimeError(done.stderr)
        return done.stdout.strip()

    def url(self, database: str = "samarbejde") -> str:
        return f"postgresql://{USER}@/{database}?host={quote(str(self.folder), safe='')}"

    def _ask(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        where = [f"--host={self.folder}", f"--username={USER}"]
        command = [str(self.bin / program), *where, *arguments]
        return subprocess.run(command, env=_clean_env(), capture_output=True, text=True, check=False)

    def _run(self, program: str, *arguments: str | Path) -> None:
        done = subprocess.run(
            [self.bin / program, *arguments], capture_output=True, text=True, check=False, **self._as_account()
        )
        if done.returncode:
            raise RuntimeError(f"{program}: {done.stdout}{done.stderr}")

    def _as_account(self) -> dict[str, Any]:
        common: dict[str, Any] = {"env": _clean_env(), "cwd": self.folder}
        if self.account is None:
            return common
        return {**common, "user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}


def _account() -> pwd.struct_passwd | None:
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    return known.get("postgres") or known["nobody"]


def _clean_env() -> dict[str, str]:
    """Without the PG* variables of whoever calls us."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}


def _die_with_parent() -> None:
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def main(command: str, folder: str, database: str = "samarbejde") -> None:
    cluster = Cluster(folder, outlives_us=True)
    match command:
        case "start":
            if not cluster.data.exists():
                cluster.initialise()
            cluster.start()
            cluster.create(database)
            print(cluster.url(database))
        case "url":
            print(cluster.url(database))
        case "crash":
            cluster.crash()
        case "stop":
            cluster.remove()
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(*sys.argv[1:])
