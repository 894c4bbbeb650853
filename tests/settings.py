"""The settings of the platform, for tests: a folder that disappears, and nothing from the machine's variables."""

import os
import tempfile

_FOLDER = tempfile.TemporaryDirectory(prefix="werkplaats-test-")
_POSTGRES = os.environ.get("WERKPLAATS_DATABASE_URL", "")
for _name in [name for name in os.environ if name.startswith("WERKPLAATS_")]:
    del os.environ[_name]
os.environ["WERKPLAATS_FOLDER"] = _FOLDER.name
if _POSTGRES:
    os.environ["WERKPLAATS_DATABASE_URL"] = _POSTGRES

from werkplaats.config.settings import *  # noqa: E402  # the variables above must be set before

# A real file: every thread of the live server has a connection of its own, as it has when the platform runs.
DATABASES["default"]["TEST"] = {} if _POSTGRES else {"NAME": str(VAR / "test.sqlite3")}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
WHITENOISE_USE_FINDERS = True
