"""`make bench`: our pages and the floor measured together on a private PostgreSQL, shown as ratios with their goals.

    python -m tests.bench                            # more: BENCH_ARGS="--rounds 5" make bench
    DEMODATA="--distrikter 70 --aar 10" make bench   # on more bulk data than the 70 districts of one year

Never by milliseconds: the machine is shared. README.md beside this file says how to read the first table.
"""

import base64
import contextlib
import json
import os
import secrets
import shlex
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import tomllib
from pathlib import Path

from deploy.cluster import USER, Cluster
from deploy.demo import WORKER, answers, port_is_free

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
FLOOR_PORT, OUR_PORT = 8100, 8101  # as in bench.toml
BULK = "--distrikter 70 --aar 1"
# More than are made while it is measured.
ORDERED = 60
GUNICORN = [sys.executable, "-m", "gunicorn", "--no-control-socket"]


def main():
    for port in (FLOOR_PORT, OUR_PORT):
        if not port_is_free(port):
            sys.exit(f"Port {port} er optaget.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="samarbejde-bench-"))
    try:
        with Cluster() as cluster, contextlib.ExitStack() as servers:
            servers.enter_context(floor(cluster, folder))
            env = servers.enter_context(ours(cluster, folder))
            results = measured(folder)
            ratios(tomllib.loads((folder / "bench.toml").read_text())["target"], results)
            beside_the_worker(env, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measured(folder, *more):
    # Six in flight: an agreement has six goals, and two savers of one goal would rightly meet.
    more = ["--concurrency", "6", *shlex.split(os.environ.get("BENCH_ARGS", "")), *more]
    run([HERE / "bench_http.py", "bench.toml", "--json", "result.json", *more], dict(os.environ), folder)
    return json.loads((folder / "result.json").read_text())["results"]


def floor(cluster, folder):
    cluster.create("floor")
    database = f"host={cluster.folder} dbname=floor user={USER}"
    env = {**os.environ, "FLOOR_DATABASE": database, "BENCH_TIMING": "1"}
    run(["floor.py", "setup"], env, HERE / "floor")
    command = [*GUNICORN, "-w", "2", "-b", f"127.0.0.1:{FLOOR_PORT}", "--pid", folder / "floor.pid"]
    return server([*command, "--log-level", "warning", "floor:application"], env, HERE / "floor", FLOOR_PORT, "/login/")


@contextlib.contextmanager
def ours(cluster, folder):
    cluster.create("samarbejde")
    env = {
        **os.environ,
        "DEMO": "1",
        "DEBUG": "0",
        "DATA_DIR": str(folder),
        "DATABASE_URL": cluster.url("samarbejde"),
        "EMAIL_URL": f"file://{folder}/post",
        "BASE_URL": f"http://127.0.0.1:{OUR_PORT}",
        "ALLOWED_HOSTS": "127.0.0.1",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FORTROLIGHED_NOEGLER": base64.b64encode(secrets.token_bytes(32)).decode(),
        "PORT": str(OUR_PORT),
        "DJANGO_SETTINGS_MODULE": "samarbejde.settings",
    }
    run(["-m", "deploy.prepare"], env, ROOT)
    run(["manage.py", "demodata", *shlex.split(os.environ.get("DEMODATA", BULK))], env, ROOT)
    filled = subprocess.run(
        [sys.executable, "-m", "tests.bench.forbered", HERE / "bench.toml"],
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        check=True,
    )
    (folder / "bench.toml").write_bytes(filled.stdout)
    cluster.query("ANALYZE", "samarbejde")
    env |= {"DJANGO_SETTINGS_MODULE": "tests.bench.settings", "PYTHONPATH": str(HERE)}
    command = [*GUNICORN, "-c", "deploy/gunicorn.conf.py", "--pid", folder / "samarbejde.pid"]
    with server([*command, "samarbejde.wsgi:application"], env, ROOT, OUR_PORT, "/healthz"):
        yield env


@contextlib.contextmanager
def server(command, env, cwd, port, path):
    process = subprocess.Popen(command, env=env, cwd=cwd, stdin=subprocess.DEVNULL)
    try:
        deadline = time.monotonic() + 60
        while not answers(f"http://127.0.0.1:{port}{path}"):
            if process.poll() is not None or time.monotonic() > deadline:
                sys.exit(f"Serveren på port {port} kom ikke op.")
            time.sleep(0.2)
        yield
    finally:
        process.terminate()
        process.wait(20)


def beside_the_worker(env, folder):
    """What a reader of the agreement notices while the worker makes one PDF after the other; goal 1.5."""
    page = "leder:aftale"
    only = ["--only", f"^{page}$", "--rounds", "3", "--seconds", "2"]
    quiet = measured(folder, *only)[page]
    run(["-m", "tests.bench.bestil", str(ORDERED)], env, ROOT)
    worker = WORKER()
    worker.start(env, ROOT)
    try:
        time.sleep(4)  # it starts
        busy = measured(folder, *only)[page]
        run(["-m", "tests.bench.bestil", "0"], env, ROOT)
    finally:
        worker.send(signal.SIGTERM)
        worker.process.wait(30)
    print(f"\n{page} mens PDF'er laves: p95 {busy['p95'] / quiet['p95']:.2f}, seks ad gangen", end=" ")
    print(f"{busy['c_p95'] / quiet['c_p95']:.2f} (mål 1,5 gange den stille)")


def run(arguments, env, cwd):
    done = subprocess.run([sys.executable, *arguments], env=env, cwd=cwd, stdin=subprocess.DEVNULL, check=False)
    if done.returncode:
        sys.exit(done.returncode)


def ratios(targets, results):
    """Each page against the floor page it is like (`mod` in bench.toml), with the goals of docs/quality."""
    print(f"\n{'side':<26}{'mod':<14}{'forhold':>8}{'mål':>7}{'sql':>6}{'højst':>7}{'KB gz':>8}")
    for target in targets:
        for page in target["pages"]:
            if "mod" not in page:
                continue
            name = f"{target['name']}:{page['name']}"
            if not {name, page["mod"]} <= results.keys():
                continue  # not measured: BENCH_ARGS="--only …"
            mine, other = results[name], results[page["mod"]]
            ratio, queries = mine["cpu"] / other["cpu"], mine["sql"] or 0
            over = " ← over målet" if ratio > page["goal"] or queries > page["queries"] else ""
            print(
                f"{name:<26}{page['mod']:<14}{ratio:>8.2f}{page['goal']:>7}{queries:>6.0f}{page['queries']:>7}"
                f"{mine['gzip'] / 1024:>8.1f}{over}"
            )


if __name__ == "__main__":
    main()
