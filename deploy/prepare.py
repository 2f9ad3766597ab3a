"""Database and static files made ready in one process, so that a second start takes seconds."""

import hashlib
from pathlib import Path

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection

ROOT = Path(__file__).resolve().parent.parent


def main() -> None:
    django.setup()
    settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
    seeded = settings.DATA_DIR / "demodata.lagt"
    if not connection.introspection.table_names():
        print("Gør databasen klar …", flush=True)
        seeded.unlink(missing_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    collect_static()
    # The mark is set last: an interrupted first start lays the demo data the next time.
    if settings.DEMO and not seeded.exists():
        print("Lægger demodata ind …", flush=True)
        call_command("demodata")
        seeded.write_text("")


def collect_static() -> None:
    """Hashing and compressing takes seconds; skipped while neither our files nor the packages have changed."""
    mark, now = settings.STATIC_ROOT / ".kilde", static_fingerprint()
    if mark.exists() and mark.read_text() == now:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=settings.STATIC_ROOT.exists())
    mark.write_text(now)


def static_fingerprint() -> str:
    digest = hashlib.sha256((ROOT / "requirements" / "drift.txt").read_bytes())
    for folder in settings.STATICFILES_DIRS:
        for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
            stat = path.stat()
            digest.update(f"{path.relative_to(folder)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    return digest.hexdigest()


if __name__ == "__main__":
    main()
