"""The product's own settings with an environment for tests: nothing has to be set by hand before `pytest`.

A DATABASE_URL from outside wins (make test points it at a private PostgreSQL); else SQLite in a folder of its own,
a file, because the shared in-memory default loses writes between threads.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

if "SAMARBEJDE_TEST_DIR" not in os.environ:  # pytest-xdist's workers inherit the folder of the one that started them
    os.environ["SAMARBEJDE_TEST_DIR"] = tempfile.mkdtemp(prefix="samarbejde-test-")
    atexit.register(shutil.rmtree, os.environ["SAMARBEJDE_TEST_DIR"], ignore_errors=True)
_folder = Path(os.environ["SAMARBEJDE_TEST_DIR"])
os.environ["DATA_DIR"] = str(_folder)
for _name, _value in {
    "SECRET_KEY": "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEF",
    "FORTROLIGHED_NOEGLER": "cHLDuHZlbsO4Z2xlLWt1bi10aWwtcHLDuHZlcjEyMzQ=",
    "BASE_URL": "http://testserver",
    "ALLOWED_HOSTS": "testserver,localhost,127.0.0.1",
    "DATABASE_URL": f"sqlite://{_folder}/samarbejde.sqlite3",
}.items():
    os.environ.setdefault(_name, _value)

from samarbejde.settings import *  # noqa: E402, F403
from samarbejde.settings import DATA_DIR, STORAGES  # noqa: E402

# One argon2 hash costs 0.2 s; what is tested is who gets in, not how slowly.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
# No collectstatic before a test run; a file that does not exist is still an error.
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "tests.static_storage.CheckedStaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
(DATA_DIR / "static").mkdir(exist_ok=True)
