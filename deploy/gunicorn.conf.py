"""Gunicorn for production and demo alike; the environment decides the address and the number of workers."""

import gc
import os

bind = os.environ.get("WEB_BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
workers = int(os.environ.get("WEB_WORKERS") or 2)
# The heartbeat file belongs in memory: on a slow disk it stalls the workers.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112
timeout = 60
graceful_timeout = 8
loglevel = os.environ.get("WEB_LOGLEVEL") or "warning"
control_socket_disable = True


def post_worker_init(worker: object) -> None:
    """What was loaded at the start lives as long as the worker: the collector need not walk it for each page."""
    gc.collect()
    gc.freeze()
