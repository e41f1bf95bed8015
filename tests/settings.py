"""The portal's own settings, on a database and folders that belong to one test run."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

os.environ.setdefault("LOCAL", "1")

from branch_portal.settings import *  # noqa: F403
from branch_portal.settings import DATABASES

# Two runs at once in one checkout must not share a test database.
_RUN = os.environ.setdefault("PORTAL_TEST_RUN", str(os.getpid()))
DATABASES["default"]["TEST"] = {"NAME": f"test_portal_{_RUN}"}
DATABASES["default"]["CONN_MAX_AGE"] = 0
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="portal-test-media-"))
atexit.register(shutil.rmtree, MEDIA_ROOT, ignore_errors=True)
# What the sample writes for trying out must not overwrite a developer's own.
VAR_DIR = Path(tempfile.mkdtemp(prefix="portal-test-var-"))
atexit.register(shutil.rmtree, VAR_DIR, ignore_errors=True)
BALLOT_KEYS = Path(tempfile.mkdtemp(prefix="portal-test-ballot-keys-"))
atexit.register(shutil.rmtree, BALLOT_KEYS, ignore_errors=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_AUTOREFRESH = True
